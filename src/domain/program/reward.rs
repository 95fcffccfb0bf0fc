//! What points are spent on, and what cards, birthdays and levels give.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{earn::Period, sale::Articles, words::Words};
use crate::money::Amount;

/// A reward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reward {
    /// Its name within the program.
    pub id: String,
    /// What members read.
    pub name: Words,
    /// What it is worth at the till.
    #[serde(default)]
    pub worth: Worth,
    /// How many points it costs; left out, it cannot be bought, only be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 1000000))]
    pub cost: Option<i64>,
    /// How many there are in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 1000000000))]
    pub stock: Option<i64>,
    /// How often a member may buy it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<RewardLimit>,
    /// How many days a voucher for it is valid.
    #[serde(default = "month")]
    #[schemars(range(min = 1, max = 3650))]
    pub valid_days: u32,
    /// It can be bought from this day on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// It can be bought up to this day, which is included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// The lowest level that may buy it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level_from: Option<String>,
}

/// How often a member may buy a reward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RewardLimit {
    /// So often.
    #[schemars(range(min = 1, max = 1000000))]
    pub times: i64,
    /// Within which time, on the shop's calendar.
    pub per: Period,
}

/// What a reward is worth at the till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Worth {
    /// Something to take away or to enjoy, that its name describes. With braces, so that it refuses settings.
    Gift {},
    /// One of these articles free of charge.
    FreeItem {
        /// Which; any where none are named.
        #[serde(default)]
        articles: Articles,
    },
    /// So much off.
    AmountOff {
        /// How much.
        amount: Amount,
    },
    /// So many percent off.
    PercentOff {
        /// How many.
        #[schemars(range(min = 1, max = 100))]
        percent: u8,
        /// But at most so much off.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount_max: Option<Amount>,
    },
    /// Points as money: as many as the member likes, each [`Reward::cost`] of them worth so much.
    Money {
        /// How much the reward's cost buys.
        amount: Amount,
    },
}

impl Default for Worth {
    fn default() -> Self {
        Self::Gift {}
    }
}

fn month() -> u32 {
    30
}

impl Reward {
    /// Whether its dates allow buying it on a day.
    pub fn is_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether one may spend as many points on it as one likes.
    pub fn is_money(&self) -> bool {
        matches!(self.worth, Worth::Money { .. })
    }
}
