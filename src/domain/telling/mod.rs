//! What members are told by text without having asked: points earned, a reward reached or near, a level, what is about to
//! lapse, that they are missed. A shop says what (`Telling`); what happens is heard (`hear`), waits in the purse (`told`),
//! and is said in one text when it may be (`decide`): not twice for one sale, not at night where the member is (`quiet`,
//! `place`), not more often a week than the shop allows, and to nobody who does not want it.

pub mod decide;
pub mod hear;
mod holidays;
mod nanp;
pub mod place;
pub mod quiet;
pub mod told;
mod words;

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// How many days before something lapses, or after the last visit, a member may be told.
pub const DAYS: RangeInclusive<u16> = 0..=365;
/// How many stamps may be missing for a reward to be near.
pub const NEAR_STAMPS: RangeInclusive<u16> = 0..=100;
/// How many points may be missing for a reward to be near.
pub const NEAR_POINTS: RangeInclusive<i64> = 0..=1_000_000;
/// For how many minutes what follows closely is bundled.
pub const BUNDLE_MINUTES: RangeInclusive<u16> = 0..=1440;
/// How many such texts a member may get in seven days.
pub const TEXTS_PER_WEEK: RangeInclusive<u16> = 0..=20;

/// What a shop tells its members by text without having been asked. A shop that says nothing tells little: what was reached,
/// and what would be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Telling {
    /// Points and stamps that were earned.
    pub earned: bool,
    /// A reward that was given, or for which there are enough points now.
    pub reward_reached: bool,
    /// A reward is near where so many stamps are missing; 0 is off.
    pub reward_near_stamps: u16,
    /// A reward is near where so many points are missing; 0 is off.
    pub reward_near_points: i64,
    /// A level that was reached.
    pub level: bool,
    /// So many days before a voucher lapses; 0 is off.
    pub voucher_lapses_days: u16,
    /// So many days before points lapse; 0 is off.
    pub points_lapse_days: u16,
    /// So many days after the last visit; 0 is off.
    pub welcome_back_days: u16,
    /// For so many minutes after a text what follows is bundled into the next one; 0: each sale has its own.
    pub bundle_minutes: u16,
    /// The most such texts in seven days; 0: none at all.
    pub texts_per_week: u16,
}

impl Default for Telling {
    fn default() -> Self {
        Self {
            earned: false,
            reward_reached: true,
            reward_near_stamps: 0,
            reward_near_points: 0,
            level: true,
            voucher_lapses_days: 3,
            points_lapse_days: 7,
            welcome_back_days: 0,
            bundle_minutes: 10,
            texts_per_week: 2,
        }
    }
}
