//! A shop's figures: facts are folded into sums by day. A sum does not depend on the order of what is summed, so facts may be
//! folded in any pieces, each once.

mod texts;
mod worth;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

pub use texts::{HOURS_KEPT, Outcome, Sent, fold_text, next_look};
pub use worth::{Cost, cost_of};

/// The names of the figures. They are in the database: never rename one.
pub mod name {
    /// Who joined, by source.
    pub const JOINS: &str = "joins";
    /// Who came back after leaving.
    pub const REJOINS: &str = "rejoins";
    /// Who left.
    pub const LEAVES: &str = "leaves";
    /// Who wants no more texts, by how they said so.
    pub const OPT_OUTS: &str = "opt_outs";
    /// Who wants texts again.
    pub const OPT_INS: &str = "opt_ins";
    /// Members now.
    pub const MEMBERS: &str = "members";
    /// Sales and visits, less those that were taken back.
    pub const VISITS: &str = "visits";
    /// What was paid, less what was given back, in the smallest unit.
    pub const SPEND: &str = "spend";
    /// Members who ever came, now.
    pub const VISITORS: &str = "visitors";
    /// Members who came more than once, now.
    pub const REPEATERS: &str = "repeaters";
    /// Members by the day of their last visit.
    pub const LAST_VISIT: &str = "last_visit";
    /// Members by the month in which they joined.
    pub const COHORT_SIZE: &str = "cohort_size";
    /// Members by the month in which they joined who came so many months later.
    pub const COHORT: &str = "cohort";
    /// Points earned.
    pub const POINTS_EARNED: &str = "points_earned";
    /// Points taken back with what had earned them.
    pub const POINTS_REVERSED: &str = "points_reversed";
    /// Points given or taken by hand.
    pub const POINTS_ADJUSTED: &str = "points_adjusted";
    /// Points lapsed.
    pub const POINTS_LAPSED: &str = "points_lapsed";
    /// Points of vouchers that were redeemed.
    pub const POINTS_SPENT: &str = "points_spent";
    /// Points that members of a program hold now.
    pub const POINTS: &str = "points";
    /// Vouchers issued, by reward.
    pub const ISSUED: &str = "issued";
    /// Vouchers redeemed, by reward.
    pub const REDEEMED: &str = "redeemed";
    /// Vouchers cancelled, by reward.
    pub const CANCELLED: &str = "cancelled";
    /// Vouchers lapsed, by reward.
    pub const LAPSED: &str = "lapsed";
    /// Texts by what became of them.
    pub const TEXTS: &str = "texts";
    /// Segments of texts.
    pub const SEGMENTS: &str = "segments";
    /// Texts that failed, by the provider's number for why.
    pub const CODES: &str = "codes";
    /// A sender's texts by the hour, by what became of them.
    pub const TEXTS_BY_HOUR: &str = "texts_by_hour";
    /// Texts that came in to a sender, by the hour.
    pub const RECEIVED_BY_HOUR: &str = "received_by_hour";
    /// When a sender's last receipt came in, Unix milliseconds.
    pub const LAST_RECEIPT: &str = "last_receipt";
}

/// The longest part of a figure: names of sources and rewards are cut to it.
const PART_CHARS_MAX: usize = 60;

/// The most months after joining that are told apart.
const MONTHS_MAX: i64 = 62;

/// Something that happened at a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The shop.
    pub shop_id: Uuid,
    /// The program in which its members earn.
    pub program_id: Uuid,
    /// The member, where it is about one.
    pub member_id: Option<Uuid>,
    /// The day on the shop's calendar, in days since 1970.
    pub day: i64,
    /// What.
    pub what: What,
}

/// What can happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Somebody joined, from where.
    Joined(Option<String>),
    /// Somebody who had left came back.
    Rejoined,
    /// Somebody left.
    Left,
    /// Somebody wants no more texts: how they said so.
    OptedOut(String),
    /// Somebody wants texts again.
    OptedIn,
    /// A sale of so much, or a visit.
    Sold(i64),
    /// So much was given back; whether all of the sale.
    Returned(i64, bool),
    /// Points, as the ledger moved them.
    Points(Moved, i64),
    /// A voucher for a reward, with the points in it.
    Voucher(Step, String, i64),
}

/// How points moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// Earned.
    Earned,
    /// Taken back with what had earned them.
    Reversed,
    /// By hand, below zero where they were taken.
    Adjusted,
    /// Lapsed.
    Lapsed,
}

/// What happens to a voucher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is issued.
    Issued,
    /// It is redeemed.
    Redeemed,
    /// That it was redeemed is taken back.
    Reinstated,
    /// It is cancelled.
    Cancelled,
    /// It lapses.
    Lapsed,
}

/// How a member visits a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Patron {
    /// The month in which they joined.
    pub joined_month: i64,
    /// How often they came.
    pub visits: i64,
    /// When they last came.
    pub last_day: Option<i64>,
    /// A bit for each month in which they came, from the month of joining on.
    pub months: i64,
}

/// All patrons that facts are about, by (shop, member).
pub type Patrons = HashMap<(Uuid, Uuid), Patron>;

/// By what a sum is known: of what, which figure, on which day, which part of it.
pub type Key = (Uuid, &'static str, i64, String);

/// What is to be added to the sums.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally(BTreeMap<Key, i64>);

impl Tally {
    /// Adds to a sum.
    pub fn add(&mut self, of: Uuid, name: &'static str, day: i64, part: &str, value: i64) {
        let part: String = part.chars().filter(|c| *c != '\0').take(PART_CHARS_MAX).collect();
        let sum = self.0.entry((of, name, day, part)).or_default();
        *sum = sum.saturating_add(value);
    }

    /// What is to be added, in one order; nothing where it comes to nothing.
    pub fn into_sums(self) -> impl Iterator<Item = (Key, i64)> {
        self.0.into_iter().filter(|(_, value)| *value != 0)
    }
}

/// The day on a shop's calendar, in days since 1970.
pub fn day_of(at: DateTime<Utc>, zone: Tz) -> i64 {
    number_of(at.with_timezone(&zone).date_naive())
}

/// A day as the number of days since 1970.
pub fn number_of(day: NaiveDate) -> i64 {
    day.signed_duration_since(NaiveDate::default()).num_days()
}

/// The day of a number.
pub fn date_of(day: i64) -> NaiveDate {
    chrono::Duration::try_days(day).and_then(|days| NaiveDate::default().checked_add_signed(days)).unwrap_or_default()
}

/// The month of a day, as months since the year 0.
pub fn month_of(day: i64) -> i64 {
    let date = date_of(day);
    i64::from(date.year()) * 12 + i64::from(date.month0())
}

/// Folds facts: adds to the sums, and brings those whom they are about up to date.
pub fn fold(facts: &[Fact], patrons: &mut Patrons, tally: &mut Tally) {
    for fact in facts {
        fold_one(fact, patrons, tally);
    }
}

fn fold_one(fact: &Fact, patrons: &mut Patrons, tally: &mut Tally) {
    let Fact { shop_id, program_id, day, what, .. } = fact;
    let mut add = |name, part: &str, value| tally.add(*shop_id, name, *day, part, value);
    match what {
        What::Joined(source) => {
            add(name::JOINS, source.as_deref().unwrap_or_default(), 1);
            tally.add(*shop_id, name::COHORT_SIZE, month_of(*day), "", 1);
            tally.add(*shop_id, name::MEMBERS, 0, "", 1);
        }
        What::Rejoined => {
            add(name::REJOINS, "", 1);
            tally.add(*shop_id, name::MEMBERS, 0, "", 1);
        }
        What::Left => {
            add(name::LEAVES, "", 1);
            tally.add(*shop_id, name::MEMBERS, 0, "", -1);
        }
        What::OptedOut(method) => add(name::OPT_OUTS, method, 1),
        What::OptedIn => add(name::OPT_INS, "", 1),
        What::Sold(amount) => {
            add(name::VISITS, "", 1);
            add(name::SPEND, "", *amount);
            visit(fact, patrons, tally);
        }
        What::Returned(amount, is_whole) => {
            add(name::SPEND, "", -*amount);
            if *is_whole {
                add(name::VISITS, "", -1);
                take_visit_back(fact, patrons, tally);
            }
        }
        What::Points(moved, points) => {
            let (name, held) = match moved {
                Moved::Earned => (name::POINTS_EARNED, *points),
                Moved::Reversed => (name::POINTS_REVERSED, -*points),
                Moved::Adjusted => (name::POINTS_ADJUSTED, *points),
                Moved::Lapsed => (name::POINTS_LAPSED, -*points),
            };
            add(name, "", *points);
            tally.add(*program_id, name::POINTS, 0, "", held);
        }
        What::Voucher(step, reward, points) => {
            let (name, value) = match step {
                Step::Issued => (name::ISSUED, 1),
                Step::Redeemed => (name::REDEEMED, 1),
                Step::Reinstated => (name::REDEEMED, -1),
                Step::Cancelled => (name::CANCELLED, 1),
                Step::Lapsed => (name::LAPSED, 1),
            };
            add(name, reward, value);
            if matches!(step, Step::Redeemed | Step::Reinstated) {
                add(name::POINTS_SPENT, "", value * points);
                tally.add(*program_id, name::POINTS, 0, "", -value * points);
            }
        }
    }
}

fn visit(fact: &Fact, patrons: &mut Patrons, tally: &mut Tally) {
    let Some(member_id) = fact.member_id else { return };
    let (shop_id, day) = (fact.shop_id, fact.day);
    let month = month_of(day);
    let patron =
        patrons.entry((shop_id, member_id)).or_insert_with(|| Patron { joined_month: month, ..Patron::default() });
    let before = *patron;
    patron.visits += 1;
    count_visitors(shop_id, before.visits, patron.visits, tally);
    let later = (month - patron.joined_month).clamp(0, MONTHS_MAX);
    if patron.months & (1 << later) == 0 {
        patron.months |= 1 << later;
        tally.add(shop_id, name::COHORT, patron.joined_month, &later.to_string(), 1);
    }
    if before.last_day.is_none_or(|last| last < day) {
        patron.last_day = Some(day);
        tally.add(shop_id, name::LAST_VISIT, day, "", 1);
        if let Some(last) = before.last_day {
            tally.add(shop_id, name::LAST_VISIT, last, "", -1);
        }
    }
}

/// A sale of which nothing stands was no visit. On which day they came before is not known any more: that stays.
fn take_visit_back(fact: &Fact, patrons: &mut Patrons, tally: &mut Tally) {
    let key = fact.member_id.map(|member_id| (fact.shop_id, member_id));
    if let Some(patron) = key.and_then(|key| patrons.get_mut(&key)).filter(|patron| patron.visits > 0) {
        patron.visits -= 1;
        count_visitors(fact.shop_id, patron.visits + 1, patron.visits, tally);
    }
}

fn count_visitors(shop_id: Uuid, before: i64, after: i64, tally: &mut Tally) {
    let crossed = |least: i64| i64::from(after >= least) - i64::from(before >= least);
    tally.add(shop_id, name::VISITORS, 0, "", crossed(1));
    tally.add(shop_id, name::REPEATERS, 0, "", crossed(2));
}

#[cfg(test)]
mod tests;
