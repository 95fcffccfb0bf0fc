//! Rewards, levels, the paid membership, and what holds for all of a program.

use std::collections::HashSet;

use super::Check;
use crate::program::{
    earn::POINTS_MAX,
    reward::{Reward, Worth},
    tier::{Level, PaidMembership, Tiers, Window},
};

/// The most perks, and the most gifts, of a level.
const PERKS_MAX: usize = 10;

impl Check<'_> {
    /// What is not of one rule or reward.
    pub(super) fn check_whole(&mut self) {
        self.limit("limit", self.program.limit.as_ref());
        self.check_times();
        if let Some(tiers) = &self.program.tiers {
            self.check_tiers(tiers);
        }
        if let Some(membership) = &self.program.membership {
            self.check_membership(membership);
        }
    }

    fn check_times(&mut self) {
        let expiry = self.program.expiry;
        let pending_days = i64::from(self.program.pending_days);
        self.within("pending_days", pending_days, 0..=366);
        for (name, months) in [("after_months", expiry.after_months), ("inactive_months", expiry.inactive_months)] {
            self.within(&format!("expiry.{name}"), months.map_or(1, i64::from), 1..=120);
        }
        // No month has fewer days.
        if expiry.after_months.is_some_and(|months| months > 0 && pending_days >= i64::from(months) * 28) {
            self.mistake(
                "pending_days",
                "must be shorter than expiry.after_months: points would lapse before they can be spent",
            );
        }
    }

    pub(super) fn check_reward(&mut self, reward: &Reward, is_new: bool) {
        self.id("id", &reward.id);
        if !is_new {
            self.mistake("id", "is also the id of another reward; choose another");
        }
        self.within("cost", reward.cost.unwrap_or(1), 1..=POINTS_MAX);
        self.within("stock", reward.stock.unwrap_or(1), 1..=1_000_000_000);
        self.within("limit.times", reward.limit.map_or(1, |limit| limit.times), 1..=POINTS_MAX);
        self.within("valid_days", i64::from(reward.valid_days), 1..=3650);
        if let Some(level) = &reward.level_from {
            self.level("level_from", level);
        }
        if reward.from.zip(reward.until).is_some_and(|(from, until)| until < from) {
            self.mistake("until", "must not be before from");
        }
        self.check_worth(reward);
    }

    fn check_worth(&mut self, reward: &Reward) {
        match &reward.worth {
            Worth::PercentOff { percent, amount_max } => {
                self.within("worth.percent", i64::from(*percent), 1..=100);
                if amount_max.is_some_and(|most| most.is_zero()) {
                    self.mistake("worth.amount_max", "must be more than nothing");
                }
            }
            Worth::AmountOff { amount } | Worth::Money { amount } if amount.is_zero() => {
                self.mistake("worth.amount", "must be more than nothing");
            }
            Worth::Money { .. } if reward.cost.is_none() => {
                self.mistake("cost", "is needed: so many points are worth the amount");
            }
            Worth::FreeItem { articles } => self.articles("worth.articles", articles),
            _ => {}
        }
    }

    fn check_tiers(&mut self, tiers: &Tiers) {
        self.within("tiers.grace_days", i64::from(tiers.grace_days), 0..=366);
        match tiers.window {
            Window::YearFromMonth(month) => self.within("tiers.window.year_from_month", i64::from(month), 1..=12),
            Window::LastMonths(months) => self.within("tiers.window.last_months", i64::from(months), 1..=36),
            Window::CalendarYear | Window::Lifetime => {}
        }
        if tiers.levels.is_empty() || tiers.levels.len() > 10 {
            self.mistake("tiers.levels", "has 1 to 10 levels");
            return;
        }
        for (place, level) in tiers.levels.iter().enumerate() {
            self.check_level(tiers, level, place);
        }
    }

    fn check_level(&mut self, tiers: &Tiers, level: &Level, place: usize) {
        let at = format!("tiers.levels[{place}]");
        self.id(&format!("{at}.id"), &level.id);
        if tiers.place(&level.id) != Some(place) {
            self.mistake(&format!("{at}.id"), "is also the id of a level before it; choose another");
        }
        if self.written.rules().contains(&level.id.as_str()) {
            self.mistake(&format!("{at}.id"), "is also the id of a rule; choose another");
        }
        self.check_from(tiers, level, place);
        self.at_most(&format!("{at}.perks"), level.perks.len(), PERKS_MAX);
        self.at_most(&format!("{at}.gifts"), level.gifts.len(), PERKS_MAX);
        let mut given = HashSet::new();
        for (gift, perk) in level.gifts.iter().enumerate().take(PERKS_MAX) {
            let setting = format!("{at}.gifts[{gift}].reward");
            self.reward(&setting, &perk.reward);
            if !given.insert(&perk.reward) {
                self.mistake(&setting, "is among the gifts of this level already; take it out");
            }
        }
    }

    fn check_from(&mut self, tiers: &Tiers, level: &Level, place: usize) {
        let setting = format!("tiers.levels[{place}].from");
        let before = tiers.levels[..place].iter().filter_map(|level| level.from).max();
        let sold = self.program.membership.as_ref().and_then(|membership| membership.level.as_deref());
        match level.from {
            Some(from) if before.is_some_and(|before| before >= from) => {
                self.mistake(&setting, "must be more than that of the level before it");
            }
            None if sold != Some(&level.id) => {
                self.mistake(&setting, "is needed, but for a level that is the level of the paid membership");
            }
            None if place + 1 < tiers.levels.len() => {
                self.mistake(&setting, "is needed, but for the last level");
            }
            _ => {}
        }
    }

    fn check_membership(&mut self, membership: &PaidMembership) {
        self.within("membership.months", i64::from(membership.months), 1..=120);
        self.within("membership.reminder_days", i64::from(membership.reminder_days), 0..=60);
        if let Some(level) = &membership.level {
            self.level("membership.level", level);
        }
        self.words_of_till("membership.skus", &membership.skus, 20);
    }
}
