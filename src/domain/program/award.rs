//! What an event earns. Precedence, in this order: what is earned as such · the one multiplier that gives most · fixed
//! bonuses · limits. Rules only put down what they would give; [`Award::settle`] applies the precedence.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::money::Times;

/// The most points that one line of an award gives, and that staff give or take at once: with it no sum of points
/// overflows.
pub const AT_ONCE_MAX: i64 = 1_000_000_000_000;
/// The most stamps on one card at once.
const STAMPS_AT_ONCE_MAX: i64 = 10_000;

/// What an event earns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Award {
    /// Points by rule, in the order of precedence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// Stamps by punch card.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub stamps: BTreeMap<String, i64>,
    /// Rewards that cost nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gifts: Vec<Gift>,
    /// Thanks for the friend who brought this member: the rule, and its points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referrer: Option<Line>,
    /// What counts towards the next level: the smallest unit of money, points or visits, as the program says.
    #[serde(default)]
    pub progress: i64,
    #[serde(skip)]
    multipliers: Vec<Multiplier>,
    #[serde(skip)]
    bonuses: Vec<Line>,
}

/// Points that one rule gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The id of the rule.
    pub rule: String,
    /// How many.
    pub points: i64,
}

/// A reward that a rule gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gift {
    /// The id of the rule.
    pub rule: String,
    /// The id of the reward.
    pub reward: String,
    /// The last day on which it can be used, where the rule says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Multiplier {
    rule: String,
    times: Times,
    /// Only of what these rules give; empty: of all.
    of: Vec<String>,
}

impl Award {
    /// Points as such, which may be multiplied.
    pub fn give(&mut self, rule: &str, points: i64) {
        if points > 0 {
            self.lines.push(Line { rule: rule.to_owned(), points: points.min(AT_ONCE_MAX) });
        }
    }

    /// Points on top, which are not multiplied.
    pub fn give_on_top(&mut self, rule: &str, points: i64) {
        if points > 0 {
            self.bonuses.push(Line { rule: rule.to_owned(), points: points.min(AT_ONCE_MAX) });
        }
    }

    /// Multiplies what is given as such, or only what some rules give. Of several, the one that gives most counts.
    pub fn multiply(&mut self, rule: &str, times: Times, of: &[String]) {
        self.multipliers.push(Multiplier { rule: rule.to_owned(), times, of: of.to_vec() });
    }

    /// Stamps on a punch card.
    pub fn stamp(&mut self, card: &str, stamps: i64) {
        if stamps > 0 {
            *self.stamps.entry(card.to_owned()).or_default() += stamps.min(STAMPS_AT_ONCE_MAX);
        }
    }

    /// A reward that costs nothing.
    pub fn present(&mut self, rule: &str, reward: &str, last_day: Option<NaiveDate>) {
        self.gifts.push(Gift { rule: rule.to_owned(), reward: reward.to_owned(), last_day });
    }

    /// Thanks for the friend who brought this member: points, none where only a reward is given.
    pub fn thank_referrer(&mut self, rule: &str, points: i64) {
        self.referrer = Some(Line { rule: rule.to_owned(), points });
    }

    /// All points for the member.
    pub fn points(&self) -> i64 {
        self.lines.iter().map(|line| line.points).sum()
    }

    /// What a rule gives.
    pub fn points_of(&self, rule: &str) -> i64 {
        self.lines.iter().filter(|line| line.rule == rule).map(|line| line.points).sum()
    }

    /// Whether nothing is earned at all.
    pub fn is_nothing(&self) -> bool {
        self.lines.is_empty() && self.stamps.is_empty() && self.gifts.is_empty() && self.referrer.is_none()
    }

    /// Applies the precedence. `left` says what limits leave, in points, by rule and for [`ALL_RULES`] together.
    pub fn settle(&mut self, left: &BTreeMap<String, i64>) {
        let extra = |multiplier: &Multiplier| {
            let counts = |line: &&Line| multiplier.of.is_empty() || multiplier.of.contains(&line.rule);
            multiplier.times.extra(self.lines.iter().filter(counts).map(|line| line.points).sum())
        };
        // The first of several that give the same: hence in reverse.
        let best =
            self.multipliers.iter().rev().map(|one| (extra(one), one.rule.clone())).max_by_key(|(extra, _)| *extra);
        if let Some((points, rule)) = best.filter(|(points, _)| *points > 0) {
            self.lines.push(Line { rule, points: points.min(AT_ONCE_MAX) });
        }
        self.lines.append(&mut self.bonuses);
        self.multipliers.clear();
        let mut left = left.clone();
        let mut all = left.remove(ALL_RULES);
        for line in &mut self.lines {
            for most in [left.get_mut(&line.rule), all.as_mut()].into_iter().flatten() {
                line.points = line.points.min((*most).max(0));
            }
            for most in [left.get_mut(&line.rule), all.as_mut()].into_iter().flatten() {
                *most -= line.points;
            }
        }
        self.lines.retain(|line| line.points > 0);
    }
}

/// Under this name stands the limit of the whole program.
pub const ALL_RULES: &str = "*";

#[cfg(test)]
mod tests {
    use super::*;

    fn times(times: &str) -> Times {
        serde_json::from_str(times).unwrap()
    }

    #[test]
    fn the_best_multiplier_counts_alone_then_bonuses_then_limits() {
        let mut award = Award::default();
        award.give("spend", 10);
        award.give("visit", 1);
        award.multiply("tuesday", times("2"), &[]);
        award.multiply("gold", times("1.5"), &[]);
        award.multiply("only-visits", times("10"), &["visit".to_owned()]);
        award.give_on_top("thanks", 5);
        award.settle(&BTreeMap::from([("thanks".to_owned(), 3), (ALL_RULES.to_owned(), 23)]));
        let lines: Vec<(&str, i64)> = award.lines.iter().map(|line| (line.rule.as_str(), line.points)).collect();
        assert_eq!(lines, [("spend", 10), ("visit", 1), ("tuesday", 11), ("thanks", 1)]);
    }
}
