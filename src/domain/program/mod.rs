//! A loyalty program as data: what is earned, by which rules, what it buys, which levels there are. Read and checked as a
//! whole in `draft`; what it does to a member's purse is in `purse`.

pub mod award;
pub mod document;
pub mod draft;
pub mod earn;
pub mod outline;
pub mod reward;
pub mod sale;
pub mod tier;
pub mod when;
pub mod words;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

pub use document::{Document, Expiry};

use self::{
    award::Award,
    earn::{Case, Event, Limit, Rule, birthday::LeapDay},
    reward::Reward,
    sale::{Facts, Sale},
    tier::{Level, Measure, PaidMembership, Tiers},
    words::{Unit, Words},
};
use crate::money::Currency;

/// A program in the version of one moment, checked as a whole.
#[derive(Debug, Clone)]
pub struct Program {
    /// Our id; that of the shop where the shop has a program of its own.
    pub id: Uuid,
    /// Whose it is.
    pub merchant_id: Uuid,
    /// Which version, from 1; 0 for the plain program of a shop that has none.
    pub version: i32,
    /// From when on it is in force.
    pub valid_from: DateTime<Utc>,
    /// What members read.
    pub name: Words,
    /// What is earned.
    pub unit: Unit,
    /// The currency of its amounts.
    pub currency: Currency,
    /// On whose calendar its days begin.
    pub time_zone: Tz,
    /// How one earns.
    pub rules: Vec<Rule>,
    /// What all rules together give at most.
    pub limit: Option<Limit>,
    /// What points are spent on.
    pub rewards: Vec<Reward>,
    /// Its levels.
    pub tiers: Option<Tiers>,
    /// Its paid membership.
    pub membership: Option<PaidMembership>,
    /// When points lapse.
    pub expiry: Expiry,
    /// After so many days points can be spent.
    pub pending_days: u32,
    /// Whether a refund may leave a balance below zero.
    pub may_be_negative: bool,
    /// Where the code of the day comes from.
    pub secret: Vec<u8>,
}

impl Program {
    /// A rule by its id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// A reward by its id.
    pub fn reward(&self, id: &str) -> Option<&Reward> {
        self.rewards.iter().find(|reward| reward.id == id)
    }

    /// The rewards that points buy, in the order of REWARDS: the cheapest first.
    pub fn for_sale(&self) -> Vec<&Reward> {
        let mut rewards: Vec<&Reward> = self.rewards.iter().filter(|reward| reward.cost.is_some()).collect();
        rewards.sort_by_key(|reward| reward.cost);
        rewards
    }

    /// The punch cards with their rules.
    pub fn cards(&self) -> impl Iterator<Item = (&Rule, &earn::card::Card)> {
        self.rules.iter().filter_map(|rule| Some((rule, rule.earn.as_card()?)))
    }

    /// The referral with its rule.
    pub fn referral(&self) -> Option<(&Rule, &earn::referral::Referral)> {
        self.rules.iter().find_map(|rule| Some((rule, rule.earn.as_referral()?)))
    }

    /// The birthday gift with its rule.
    pub fn birthday(&self) -> Option<(&Rule, &earn::birthday::BirthdayGift)> {
        self.rules.iter().find_map(|rule| Some((rule, rule.earn.as_birthday()?)))
    }

    /// The check-in with its rule.
    pub fn check_in(&self) -> Option<(&Rule, &earn::check_in::CheckIn)> {
        self.rules.iter().find_map(|rule| Some((rule, rule.earn.as_check_in()?)))
    }

    /// The actions with their rules.
    pub fn actions(&self) -> impl Iterator<Item = (&Rule, &earn::action::Action)> {
        self.rules.iter().filter_map(|rule| Some((rule, rule.earn.as_action()?)))
    }

    /// Whether single-use codes can be texted.
    pub fn takes_codes(&self) -> bool {
        self.rules.iter().any(|rule| rule.earn.takes_codes())
    }

    /// Whether it counts points at all; a program may be of punch cards alone.
    pub fn has_points(&self) -> bool {
        self.rules.iter().any(|rule| rule.earn.as_card().is_none()) || self.rules.is_empty()
    }

    /// Where those born on 29 February have their birthday in other years.
    pub fn leap_day(&self) -> LeapDay {
        self.birthday().map(|(_, gift)| gift.leap_day).unwrap_or_default()
    }

    /// A level by its id.
    pub fn level(&self, id: &str) -> Option<&Level> {
        self.tiers.as_ref()?.levels.iter().find(|level| level.id == id)
    }

    /// The time on the program's calendar.
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.time_zone).naive_local()
    }

    /// The day on the program's calendar.
    pub fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        self.local(at).date()
    }

    /// When a day begins: at midnight, or where the clocks skip it at the first moment after.
    pub fn begin_of(&self, day: NaiveDate) -> DateTime<Utc> {
        let mut local = day.and_time(chrono::NaiveTime::MIN);
        // No change of the clocks has ever skipped more than a day.
        for _ in 0..=48 {
            if let Some(begin) = local.and_local_timezone(self.time_zone).earliest() {
                return begin.with_timezone(&Utc);
            }
            local += chrono::Duration::minutes(30);
        }
        local.and_utc()
    }

    /// What a sale earns, from what was bought and what was true then; always the same for the same.
    pub fn judge_sale(&self, sale: &Sale, facts: &Facts) -> Award {
        let mut award = self.gather(Event::Sale(sale), facts);
        let level = facts.level.as_deref().and_then(|id| self.level(id));
        if let Some((level, times)) = level.and_then(|level| Some((level, level.times?))) {
            award.multiply(&level.id, times, &[]);
        }
        award.settle(&facts.left);
        award.progress = match self.tiers.as_ref().map(|tiers| tiers.by) {
            Some(Measure::Spend) => sale.amount,
            Some(Measure::Points) => award.points(),
            Some(Measure::Visits) => 1,
            Some(Measure::Friends) | None => 0,
        };
        award
    }

    /// What anything but a sale earns.
    pub fn judge(&self, event: Event<'_>, facts: &Facts) -> Award {
        let mut award = self.gather(event, facts);
        award.settle(&facts.left);
        if self.tiers.as_ref().is_some_and(|tiers| tiers.by == Measure::Points) {
            award.progress = award.points();
        }
        award
    }

    fn gather(&self, event: Event<'_>, facts: &Facts) -> Award {
        let case = Case { event, facts, currency: self.currency };
        let mut award = Award::default();
        self.rules.iter().for_each(|rule| rule.judge(&case, &mut award));
        award
    }
}
