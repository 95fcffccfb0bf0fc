//! What a member holds in a program: points with their deadlines, punch cards, vouchers, progress towards a level. A few
//! kilobytes at most, however long the history: every decision needs the purse alone, so none costs more as entries
//! become many. Every change is a value ([`Change`]) with the ledger's entries that account for it.

pub mod books;
pub mod cards;
pub mod clock;
pub mod draw;
pub mod entry;
pub mod import;
pub mod level;
pub mod limits;
mod lots;
pub mod membership;
pub mod merge;
pub mod refund;
pub mod replay;
pub mod sale;
pub mod spend;
pub mod thanks;
pub mod waiting;

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use books::{Books, Change, Notice, Occasion, Versions};
pub use cards::Stamps;
pub use entry::{Book, Cause, Entry};
pub use level::{LevelChange, LevelHeld};
pub use limits::Counter;
pub use membership::MembershipHeld;
pub use spend::{NotIssued, Voucher};

use super::{
    profile::birthday::Birthday,
    program::{Program, sale::Facts, tier::Measure},
    telling::told::Told,
};

/// How many of the last changes a purse remembers, for HISTORY.
pub const RECENT_MAX: usize = 5;
/// For so many days after they lapsed points are known as such, so that a refund does not take them twice.
const LAPSED_KNOWN_DAYS: u64 = 400;
/// So many of the last visits are known, so that one that is recorded late is judged by its neighbours.
const VISITS_MAX: usize = 10;

/// What a member holds in a program.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Purse {
    /// Points that can be spent; below zero where a refund took more than there was.
    pub available: i64,
    /// The available points by their deadline, the earliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<Lot>,
    /// Points that cannot be spent yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<Pending>,
    /// Points that lapsed lately.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lapsed: Vec<Lapsed>,
    /// Vouchers that wait to be redeemed, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vouchers: Vec<Voucher>,
    /// Punch cards by rule.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub cards: BTreeMap<String, Stamps>,
    /// What limits count, by what they limit.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub counters: BTreeMap<String, Vec<Counter>>,
    /// What counts towards a level, by the day from which it counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub progress: Vec<(NaiveDate, i64)>,
    /// What is counted there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress_by: Option<Measure>,
    /// The level held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<LevelHeld>,
    /// For which period a level's gift was given last, by level and reward.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub perks: BTreeMap<String, NaiveDate>,
    /// The paid membership.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub membership: Option<MembershipHeld>,
    /// Sales and visits that stand.
    pub sales: i64,
    /// The last visits that stand, the latest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub visits: Vec<DateTime<Utc>>,
    /// The day on which something was last earned or spent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_active_on: Option<NaiveDate>,
    /// The purse of who brought them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referred_by: Option<Uuid>,
    /// The year whose birthday gift was given, or was over when the birthday became known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birthday_given: Option<i32>,
    /// The last changes, the latest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recent: Vec<Recent>,
    /// How many entries it has.
    pub entries: i64,
    /// What its member was told of it, and what waits to be.
    #[serde(skip_serializing_if = "Told::is_nothing")]
    pub told: Told,
}

/// Points with one deadline. Kept as two numbers, since somebody who buys something every day has hundreds of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "WrittenLot", into = "WrittenLot")]
pub struct Lot {
    /// The last day on which they can be spent; `None`: they never lapse.
    pub last_day: Option<NaiveDate>,
    /// How many.
    pub points: i64,
}

/// The day as its number in the common era, and how many points; or, as purses of old have it, the points alone.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WrittenLot {
    Numbers(Option<i32>, i64),
    Points { points: i64 },
}

impl From<Lot> for WrittenLot {
    fn from(lot: Lot) -> Self {
        Self::Numbers(lot.last_day.map(|day| day.num_days_from_ce()), lot.points)
    }
}

impl From<WrittenLot> for Lot {
    fn from(written: WrittenLot) -> Self {
        match written {
            WrittenLot::Numbers(day, points) => {
                Self { last_day: day.and_then(NaiveDate::from_num_days_from_ce_opt), points }
            }
            WrittenLot::Points { points } => Self { last_day: None, points },
        }
    }
}

/// Points that lapsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lapsed {
    /// Their deadline, and how many.
    pub lot: Lot,
    /// Where they lapsed before it because nothing happened: the last day on which they could be spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idle_on: Option<NaiveDate>,
}

/// Points that cannot be spent yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// From this day on they can be spent.
    pub on: NaiveDate,
    /// Their deadline, and how many.
    pub lot: Lot,
}

/// A change as HISTORY tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// The day on the program's calendar.
    pub on: NaiveDate,
    /// Earned, or below zero.
    pub points: i64,
    /// Stamps, where only those moved.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub stamps: i64,
    /// The word of its cause.
    pub cause: String,
    /// The rule that gave most, or the reward.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// What else is known of the member and counts in a program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// Their birthday.
    pub birthday: Option<Birthday>,
    /// What they answered to the shops' questions, by the question's id.
    pub answers: BTreeMap<String, String>,
}

impl Purse {
    /// All pending points.
    pub fn pending_points(&self) -> i64 {
        self.pending.iter().map(|pending| pending.lot.points).sum()
    }

    /// All points that vouchers hold.
    pub fn locked_points(&self) -> i64 {
        self.vouchers.iter().map(|voucher| voucher.points).sum()
    }

    /// The next points to lapse.
    pub fn next_to_lapse(&self) -> Option<(NaiveDate, i64)> {
        self.lots.iter().find_map(|lot| Some((lot.last_day?, lot.points)))
    }

    /// The punch card of a rule.
    pub fn card(&self, rule: &str) -> Stamps {
        self.cards.get(rule).copied().unwrap_or_default()
    }

    /// When the last visit was.
    pub fn last_visit_at(&self) -> Option<DateTime<Utc>> {
        self.visits.first().copied()
    }

    fn add_visit(&mut self, at: DateTime<Utc>) {
        let place = self.visits.partition_point(|known| *known > at);
        self.visits.insert(place, at);
        self.visits.truncate(VISITS_MAX);
    }

    fn remove_visit(&mut self, at: DateTime<Utc>) {
        if let Some(place) = self.visits.iter().position(|known| *known == at) {
            self.visits.remove(place);
        }
    }

    /// What is true of the member at a moment, on the shop's clock.
    pub fn facts(&self, program: &Program, person: &Person, at: DateTime<Utc>, shop_zone: chrono_tz::Tz) -> Facts {
        let local = at.with_timezone(&shop_zone).naive_local();
        let day = program.day(at);
        let days_from = |birthday: Birthday| program.leap_day().days_from(birthday, local.date());
        Facts {
            local,
            level: self.level_now(program, day).map(|level| level.id.clone()),
            is_paid_member: self.is_paid_member(day),
            is_first: self.sales == 0,
            minutes_since_visit: self.visits.iter().map(|visit| (at - visit).num_minutes().abs()).min(),
            days_from_birthday: person.birthday.and_then(days_from),
            is_referred: self.referred_by.is_some(),
            answers: person.answers.clone(),
            left: self.left(program, day),
        }
    }
}
