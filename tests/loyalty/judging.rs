//! What a sale earns by the terms of a program, reckoned in whole numbers.

use super::terms::{By, Round, Terms};

/// What is bought: cups, bags of beans and other things at their prices in cents, and what is paid for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bought {
    pub amount: i64,
    pub tax: i64,
    /// How many cups, bags of beans, other things, and what one costs.
    pub things: [(i64, i64); 3],
}

impl Bought {
    pub fn is_empty(&self) -> bool {
        self.things.iter().all(|(quantity, _)| *quantity == 0)
    }

    /// With so much less paid, and these things.
    pub fn less(&self, amount: i64, things: [(i64, i64); 3]) -> Self {
        let paid = self.amount - amount;
        // Half a cent of tax is one.
        let tax = if self.amount == 0 { 0 } else { (2 * self.tax * paid + self.amount) / (2 * self.amount) };
        Self { amount: paid, tax, things }
    }
}

/// What was true of the member when the sale happened.
#[derive(Debug, Clone)]
pub struct Facts {
    pub is_gold: bool,
    pub is_first: bool,
    pub minutes_to_visit: Option<i64>,
    /// What limits left: for visits, for spending, for all.
    pub left: [Option<i64>; 3],
}

/// What a sale earns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Award {
    /// Points for the visit, for what was spent, for beans, by a multiplier, on top, and for being brought by a friend.
    pub lines: [i64; 6],
    pub stamps: [i64; 2],
    pub has_tea: bool,
    pub progress: i64,
}

impl Award {
    pub fn points(&self) -> i64 {
        self.lines.iter().sum()
    }
}

pub fn judge(terms: &Terms, bought: &Bought, facts: &Facts) -> Award {
    let is_open = |rule: usize| facts.left[rule].is_none_or(|left| left > 0);
    let visit =
        terms.visit.filter(|(_, gap)| is_open(0) && facts.minutes_to_visit.is_none_or(|minutes| minutes >= *gap));
    let visit = visit.map_or(0, |(points, _)| points);
    let spend = terms.spend.filter(|_| is_open(1)).map_or(0, |(points, per, with_tax, round)| {
        let cents = bought.amount - if with_tax { 0 } else { bought.tax };
        divide(cents * points, per, round)
    });
    let beans = terms.beans.unwrap_or(0) * bought.things[1].0;
    let base = visit + spend + beans;
    let double =
        terms.double.filter(|(_, from)| bought.amount >= *from).map_or(0, |(times, _)| base * (times - 100) / 100);
    let gold =
        terms.levels.as_ref().filter(|_| facts.is_gold).map_or(0, |levels| base * (levels.gold_times - 100) / 100);
    let bonus = terms.bonus.filter(|(_, from)| bought.amount >= *from).map_or(0, |(points, _)| points);
    let friend = terms.friend.filter(|_| facts.is_first).unwrap_or(0);
    let mut lines = [visit, spend, beans, double.max(gold), bonus, friend];
    for (line, cap) in [(0, 0), (1, 1)] {
        lines[line] = lines[line].min(facts.left[cap].unwrap_or(i64::MAX).max(0));
    }
    let mut left = facts.left[2].unwrap_or(i64::MAX).max(0);
    for line in &mut lines {
        *line = (*line).min(left);
        left -= *line;
    }
    let by = terms.levels.as_ref().map(|levels| levels.by);
    Award {
        lines,
        stamps: [terms.cards[0].map_or(0, |_| bought.things[0].0), terms.cards[1].map_or(0, |_| 1)],
        has_tea: terms.first_tea && facts.is_first,
        progress: match by {
            None => 0,
            Some(By::Spend) => bought.amount,
            Some(By::Points) => lines.iter().sum(),
            Some(By::Visits) => 1,
        },
    }
}

fn divide(what: i64, by: i64, round: Round) -> i64 {
    match round {
        Round::Down => what / by,
        Round::Nearest => (2 * what + by) / (2 * by),
        Round::Up => (what + by - 1) / by,
    }
}
