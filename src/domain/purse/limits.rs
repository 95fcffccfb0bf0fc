//! What limits count: points or times within a part of the calendar, by what they limit.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Books, Purse};
use crate::program::{
    Program,
    award::{ALL_RULES, AT_ONCE_MAX, Award},
    earn::{Limit, Period, Rule},
};

/// So many periods are known of each limit: a sale may be recorded when the next ones have begun.
const PERIODS_KNOWN: usize = 4;

/// What a limit has counted in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// Within which time; a program's next version may say another.
    pub per: Period,
    /// The first day of the period.
    pub since: NaiveDate,
    /// Points or times.
    pub used: i64,
}

impl Purse {
    /// What a limit has counted in the period that a day is in.
    pub fn used(&self, what: &str, per: Period, day: NaiveDate) -> i64 {
        let since = per.begins(day);
        let mut counters = self.counters.get(what).into_iter().flatten();
        counters.find(|counter| counter.per == per && counter.since == since).map_or(0, |counter| counter.used)
    }

    /// Counts for a limit; below zero takes back.
    pub(super) fn count(&mut self, what: &str, per: Period, day: NaiveDate, more: i64) {
        let since = per.begins(day);
        let counters = self.counters.entry(what.to_owned()).or_default();
        match counters.iter_mut().find(|counter| counter.per == per && counter.since == since) {
            Some(counter) => counter.used += more,
            None => counters.push(Counter { per, since, used: more }),
        }
        counters.retain(|counter| counter.used > 0);
        forget_oldest(counters, per);
        if counters.is_empty() {
            self.counters.remove(what);
        }
    }

    /// What limits leave, by rule and for all together.
    pub(super) fn left(&self, program: &Program, day: NaiveDate) -> BTreeMap<String, i64> {
        let of_rules = program.rules.iter().filter_map(|rule| Some((rule.id.as_str(), rule.limit?)));
        let of_all = program.limit.map(|limit| (ALL_RULES, limit));
        let left = |limit: &Limit, what: &str| {
            let used = self.used(&counter_of(what, limit), limit.per, day);
            match (limit.points, limit.times) {
                (Some(points), _) => points - used,
                // Within the times that are left a rule may give what it likes.
                (None, Some(times)) if used < times => AT_ONCE_MAX,
                _ => 0,
            }
        };
        of_rules.chain(of_all).map(|(what, limit)| (what.to_owned(), left(&limit, what))).collect()
    }
}

/// Points and times are counted apart: a program's next version may limit the other.
pub(super) fn counter_of(what: &str, limit: &Limit) -> String {
    if limit.points.is_some() { format!("{what}:points") } else { what.to_owned() }
}

fn forget_oldest(counters: &mut Vec<Counter>, per: Period) {
    let of_period = counters.iter().filter(|counter| counter.per == per);
    if of_period.clone().count() > PERIODS_KNOWN
        && let Some(oldest) = of_period.map(|counter| counter.since).min()
    {
        counters.retain(|counter| counter.per != per || counter.since != oldest);
    }
}

impl Books<'_> {
    /// Counts what limits count of an award that takes the place of another, for what happened on a day.
    pub(super) fn recount(&mut self, before: &Award, after: &Award, on: NaiveDate) {
        for rule in &self.versions.judged.rules {
            let Some(limit) = rule.limit else { continue };
            let more = counted(rule, limit, after) - counted(rule, limit, before);
            if more != 0 {
                self.purse.count(&counter_of(&rule.id, &limit), limit.per, on, more);
            }
        }
        let more = after.points() - before.points();
        if let Some(limit) = self.versions.judged.limit.filter(|_| more != 0) {
            self.purse.count(&counter_of(ALL_RULES, &limit), limit.per, on, more);
        }
    }
}

fn counted(rule: &Rule, limit: Limit, award: &Award) -> i64 {
    let points = award.points_of(&rule.id);
    let gave = points > 0
        || award.stamps.contains_key(&rule.id)
        || award.gifts.iter().any(|gift| gift.rule == rule.id)
        || award.referrer.as_ref().is_some_and(|line| line.rule == rule.id);
    if limit.points.is_some() { points } else { i64::from(gave) }
}
