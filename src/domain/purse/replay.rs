//! What sales that were recorded would have earned by another program: judged again as things stood then, with a purse that
//! stands in for the member's. Nothing is kept of it but figures.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Books, Occasion, Purse, draw::Draw, sale::SaleRecord};
use crate::program::{Program, award::Award, reward::Worth, sale::Facts};

/// What a member earned by sales.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Gain {
    /// Points.
    pub points: i64,
    /// Rewards that were given, by id.
    pub rewards: BTreeMap<String, i64>,
}

/// What a member earned, and what they would have.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Comparison {
    /// Sales that were played, with those that only warm up.
    pub played: i64,
    /// Sales that stand and count.
    pub sales: i64,
    /// What they really earned.
    pub before: Gain,
    /// What they would have earned.
    pub after: Gain,
    /// Points that friends would have got as thanks: really, and by the other program.
    pub thanks: (i64, i64),
}

/// What rewards cost the shop, in the smallest unit of its currency, by id; those of unknown worth are left out.
pub type Worths = BTreeMap<String, i64>;

/// A sale as it was recorded, with the program that judged it.
#[derive(Debug, Clone, Copy)]
pub struct Recorded<'a> {
    /// What is kept of it.
    pub record: &'a SaleRecord,
    /// The program as it judged it then; `None` where that version is not known any more.
    pub judge: Option<&'a Program>,
}

/// Plays a member's sales, in the order in which they happened, by another program. What was sold before `since` only warms up: it
/// fills cards, and takes of limits, as it would have by then.
pub fn replay(program: &Program, sales: &[Recorded<'_>], since: DateTime<Utc>) -> Comparison {
    let mut draw = Draw::new([0; 16]);
    let mut told = Comparison { played: i64::try_from(sales.len()).unwrap_or(i64::MAX), ..Comparison::default() };
    let mut stamps = BTreeMap::new();
    let mut purse = opened(program, sales, &mut draw);
    let mut filled_before: Option<BTreeMap<String, i64>> = None;
    for Recorded { record, judge } in sales.iter().filter(|sale| sale.record.stands) {
        let counts = record.sale.at >= since;
        if counts {
            filled_before.get_or_insert_with(|| filled(program, &purse));
        }
        let (next, award) = purse.sell_again(program, *judge, record, &mut draw);
        purse = next;
        let cards = judge.map(|judge| fill_cards(judge, &record.award, &mut stamps)).unwrap_or_default();
        if counts {
            told.sales += 1;
            told.before.take(&record.award);
            told.before.add(&cards);
            told.after.take(&award);
            told.thanks.0 += record.award.referrer.as_ref().map_or(0, |line| line.points);
            told.thanks.1 += award.referrer.as_ref().map_or(0, |line| line.points);
        }
    }
    let filled_before = filled_before.unwrap_or_else(|| filled(program, &purse));
    for (rule, card) in program.cards() {
        let before = filled_before.get(&rule.id).copied().unwrap_or_default();
        told.after.give(&card.reward, purse.card(&rule.id).filled - before);
    }
    told
}

/// How often each card was filled so far.
fn filled(program: &Program, purse: &Purse) -> BTreeMap<String, i64> {
    program.cards().map(|(rule, _)| (rule.id.clone(), purse.card(&rule.id).filled)).collect()
}

/// A purse to begin with: the level that the member had at the first of these sales, where the program has it too.
fn opened(program: &Program, sales: &[Recorded<'_>], draw: &mut Draw) -> Purse {
    let Some(first) = sales.first().map(|sale| sale.record) else { return Purse::default() };
    let level = first.facts.level.as_deref().filter(|id| program.level(id).is_some());
    let occasion = Occasion::clock("replay", "", first.sale.at);
    let mut books = Books::open(program, Purse::default(), occasion, draw);
    if level.is_some() {
        books.take_level_over(level, 0);
    }
    books.close().purse
}

/// The cards that a sale really filled, counted as if they had been empty before all of these sales.
fn fill_cards(judge: &Program, award: &Award, stamps: &mut BTreeMap<String, i64>) -> Gain {
    let mut gain = Gain::default();
    for (id, more) in &award.stamps {
        let Some(card) = judge.rule(id).and_then(|rule| rule.earn.as_card()) else { continue };
        let stamped = stamps.entry(id.clone()).or_insert(0);
        *stamped += more;
        let size = card.stamps.max(1);
        gain.give(&card.reward, *stamped / size);
        *stamped %= size;
    }
    gain
}

impl Gain {
    fn take(&mut self, award: &Award) {
        self.points = self.points.saturating_add(award.points());
        award.gifts.iter().for_each(|gift| self.give(&gift.reward, 1));
    }

    fn give(&mut self, reward: &str, more: i64) {
        if more > 0 {
            *self.rewards.entry(reward.to_owned()).or_insert(0) += more;
        }
    }

    /// Adds what another earned.
    pub fn add(&mut self, other: &Self) {
        self.points = self.points.saturating_add(other.points);
        other.rewards.iter().for_each(|(reward, more)| self.give(reward, *more));
    }

    /// What it costs the shop, in thousandths of the smallest unit of its currency, as far as worths are known.
    pub fn worth(&self, worths: &Worths, point: Option<i64>) -> i64 {
        let of_points = point.unwrap_or(0).saturating_mul(self.points);
        let of_reward = |(id, count): (&String, &i64)| {
            worths.get(id).copied().unwrap_or(0).saturating_mul(*count).saturating_mul(1000)
        };
        self.rewards.iter().map(of_reward).fold(of_points, i64::saturating_add)
    }
}

impl Comparison {
    /// Adds what another member earned.
    pub fn add(&mut self, other: &Self) {
        self.played += other.played;
        self.sales += other.sales;
        self.before.add(&other.before);
        self.after.add(&other.after);
        self.thanks.0 = self.thanks.0.saturating_add(other.thanks.0);
        self.thanks.1 = self.thanks.1.saturating_add(other.thanks.1);
    }
}

/// What a reward takes off a sale, where the program says so; in the smallest unit of the currency.
pub fn stated_worth(program: &Program, reward: &str) -> Option<i64> {
    match &program.reward(reward)?.worth {
        Worth::AmountOff { amount } | Worth::Money { amount } => Some(amount.minor(program.currency)),
        Worth::Gift {} | Worth::FreeItem { .. } | Worth::PercentOff { .. } => None,
    }
}

/// What a point costs at most, in thousandths of the smallest unit: by the reward that gives most for it. `None` where no reward
/// that can be bought has a known worth.
pub fn point_worth(program: &Program, worths: &Worths) -> Option<i64> {
    let each = |id: &str, cost: i64| Some(worths.get(id)?.saturating_mul(1000) / cost.max(1));
    program.for_sale().into_iter().filter_map(|reward| each(&reward.id, reward.cost?)).max()
}

impl Purse {
    /// Judges a recorded sale by another program: what was true of the member then, but for what hangs on the program itself,
    /// the level and what limits leave.
    fn sell_again(
        self,
        program: &Program,
        judge: Option<&Program>,
        record: &SaleRecord,
        draw: &mut Draw,
    ) -> (Self, Award) {
        let day = program.day(record.sale.at);
        // Where levels are reached as before, the member had the one they had.
        let has_same_levels = judge.is_some_and(|judge| judge.tiers == program.tiers);
        let own = self.level_now(program, day).map(|level| level.id.clone());
        let level = if has_same_levels { record.facts.level.clone() } else { own };
        let facts = Facts { level, left: self.left(program, day), ..record.facts.clone() };
        let award = program.judge_sale(&record.sale, &facts);
        let occasion = Occasion::clock("replay", record.sale.id.as_str(), record.sale.at);
        let mut books = Books::open(program, self, occasion, draw);
        books.give(&award, day);
        let mut purse = books.close().purse;
        // What was earned is told; a purse that is thrown away need not hold it.
        (purse.available, purse.lots, purse.pending, purse.vouchers) = (0, Vec::new(), Vec::new(), Vec::new());
        (purse, award)
    }
}
