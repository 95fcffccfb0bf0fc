//! What a purse knows of telling: when its member was told something lately, what waits to be told, what need not be told
//! again.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Telling;
use crate::{program::Program, purse::Purse, shop::Shop};

/// The hour of the program's day at which what lapses is told, where the hours for texts allow it.
const HOUR: i64 = 10;
/// The time within which texts are counted.
pub(super) const WEEK: Duration = Duration::days(7);

/// What was told to a member of what is in their purse.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// When, in the last seven days, in Unix seconds, the oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<i64>,
    /// The shop that tells it, where it is not the one whose id the program has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop_id: Option<Uuid>,
    /// How long before, as that shop said last, where it is not as usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leads: Option<Leads>,
    /// What waits to be told.
    #[serde(skip_serializing_if = "Waiting::is_nothing")]
    pub waiting: Waiting,
    /// When to look at it again, in Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub look_at: Option<i64>,
    /// What is not told again.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub marks: BTreeSet<String>,
    /// Points that lapse up to this day were told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lapses_told_to: Option<NaiveDate>,
    /// When a text last said how to opt out, in Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_told_at: Option<i64>,
}

/// How many days before a voucher and points lapse, and after the last visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leads(pub u16, pub u16, pub u16);

impl From<&Telling> for Leads {
    fn from(telling: &Telling) -> Self {
        Self(telling.voucher_lapses_days, telling.points_lapse_days, telling.welcome_back_days)
    }
}

/// What waits to be told. Whether it is still true is seen when it is told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Waiting {
    /// What was earned, sale by sale.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earned: Vec<EarnedThen>,
    /// The codes of vouchers that were given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gifts: Vec<String>,
    /// Whether there are enough points for another reward.
    #[serde(skip_serializing_if = "is_false")]
    pub enough: bool,
    /// Whether a reward is near.
    #[serde(skip_serializing_if = "is_false")]
    pub near: bool,
    /// The level that was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The points that a birthday brought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birthday: Option<i64>,
    /// The day after which the paid membership ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub membership: Option<NaiveDate>,
    /// The codes of vouchers that lapse soon.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lapsing: Vec<String>,
    /// Up to this day points lapse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points_lapse: Option<NaiveDate>,
    /// The last visit of somebody who is missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missed: Option<DateTime<Utc>>,
}

/// What one sale, or whatever else earns, has brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarnedThen {
    /// What: its cause's id.
    pub of: String,
    /// Points.
    #[serde(default)]
    pub points: i64,
    /// Stamps.
    #[serde(default)]
    pub stamps: i64,
    /// When, in Unix seconds.
    pub at: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_false(is: &bool) -> bool {
    !*is
}

impl Waiting {
    /// Whether nothing waits.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl Told {
    /// Whether nothing is known.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Keeps which shop tells, and how long before something it does.
    pub fn belong_to(&mut self, shop: &Shop) {
        self.shop_id = (shop.id != shop.program_id).then_some(shop.id);
        let (leads, usual) = (Leads::from(&shop.telling), Leads::from(&Telling::default()));
        self.leads = (leads != usual).then_some(leads);
    }

    /// Nothing waits any more.
    pub fn be_silent(&mut self) {
        self.waiting = Waiting::default();
        self.look_at = None;
    }

    fn leads(&self) -> Leads {
        self.leads.unwrap_or_else(|| Leads::from(&Telling::default()))
    }

    /// Forgets texts of more than a week ago.
    pub(super) fn forget(&mut self, now: DateTime<Utc>) {
        let from = (now - WEEK).timestamp();
        self.at.retain(|at| *at > from);
    }
}

/// What time makes worth telling.
enum Reminder {
    Voucher(String),
    Points,
    Missed(DateTime<Utc>),
}

impl Purse {
    /// When something is to be told next, or looked at whether it is.
    pub fn next_telling(&self, program: &Program, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let looked_at = self.told.look_at.filter(|_| !self.told.waiting.is_nothing());
        let looked_at = looked_at.and_then(|at| DateTime::from_timestamp(at, 0));
        looked_at.into_iter().chain(self.reminders(program, now).into_iter().map(|(at, _)| at)).min()
    }

    /// Puts what time has made worth telling to what waits, each thing once.
    pub fn remind(&mut self, program: &Program, now: DateTime<Utc>) {
        let lead = Days::new(self.told.leads().1.into());
        for (_, reminder) in self.reminders(program, now).into_iter().filter(|(at, _)| *at <= now) {
            let told = &mut self.told;
            match reminder {
                Reminder::Voucher(code) => {
                    told.marks.insert(mark_of_voucher(&code));
                    told.waiting.lapsing.push(code);
                }
                Reminder::Points => {
                    let to = program.day(now).checked_add_days(lead);
                    (told.waiting.points_lapse, told.lapses_told_to) = (to, to);
                }
                Reminder::Missed(visit) => {
                    told.marks.insert(mark_of_visit(visit));
                    told.waiting.missed = Some(visit);
                }
            }
        }
        self.tidy();
    }

    /// What is not in the purse any more needs no mark.
    fn tidy(&mut self) {
        let held: BTreeSet<String> = self.vouchers.iter().map(|voucher| mark_of_voucher(&voucher.code)).collect();
        let visit = self.last_visit_at().map(mark_of_visit);
        self.told.marks.retain(|mark| match mark.as_bytes().first() {
            Some(b'v') => held.contains(mark),
            Some(b'm') => Some(mark) == visit.as_ref(),
            _ => true,
        });
    }

    fn reminders(&self, program: &Program, now: DateTime<Utc>) -> Vec<(DateTime<Utc>, Reminder)> {
        let Leads(voucher_days, points_days, visit_days) = self.told.leads();
        let today = program.day(now);
        let hour = |day: NaiveDate| program.begin_of(day) + Duration::hours(HOUR);
        let before = |day: NaiveDate, days: u16| day.checked_sub_days(Days::new(days.into()));
        let mut due = Vec::new();
        for voucher in self.vouchers.iter().filter(|_| voucher_days > 0) {
            let Some(day) = before(voucher.last_day, voucher_days) else { continue };
            // One that was given so late needs no reminder: its text says until when it is good.
            let is_told = program.day(voucher.at) >= day || self.told.marks.contains(&mark_of_voucher(&voucher.code));
            if !is_told && voucher.last_day >= today {
                due.push((hour(day), Reminder::Voucher(voucher.code.clone())));
            }
        }
        if let Some(lapse) = self.next_lapse(program, today).filter(|_| points_days > 0) {
            due.extend(before(lapse, points_days).map(|day| (hour(day), Reminder::Points)));
        }
        if let Some(visit) = self.last_visit_at().filter(|_| visit_days > 0)
            && !self.told.marks.contains(&mark_of_visit(visit))
            && let Some(day) = program.day(visit).checked_add_days(Days::new(visit_days.into()))
        {
            due.push((hour(day), Reminder::Missed(visit)));
        }
        due
    }

    /// The next day with which points lapse that were not told yet.
    fn next_lapse(&self, program: &Program, today: NaiveDate) -> Option<NaiveDate> {
        let by_deadline = self.lots.iter().filter_map(|lot| lot.last_day);
        let idle = self.inactive_on(program);
        by_deadline.chain(idle).filter(|day| *day >= today && Some(*day) > self.told.lapses_told_to).min()
    }

    /// The points that lapse from today up to a day, and the first day with which some do.
    pub(super) fn lapsing_to(&self, program: &Program, today: NaiveDate, to: NaiveDate) -> Option<(i64, NaiveDate)> {
        if let Some(day) = self.inactive_on(program).filter(|day| (today..=to).contains(day)) {
            return Some((self.lots.iter().map(|lot| lot.points).sum(), day));
        }
        let soon = self.lots.iter().filter_map(|lot| Some((lot.last_day?, lot.points)));
        let soon: Vec<_> = soon.filter(|(day, _)| (today..=to).contains(day)).collect();
        let first = soon.iter().map(|(day, _)| *day).min()?;
        Some((soon.iter().map(|(_, points)| points).sum(), first))
    }
}

fn mark_of_voucher(code: &str) -> String {
    format!("v:{code}")
}

fn mark_of_visit(visit: DateTime<Utc>) -> String {
    format!("m:{}", visit.timestamp())
}

/// The mark of a reward for which there are enough points.
pub(super) fn mark_of_enough(reward: &str) -> String {
    format!("e:{reward}")
}

/// The mark of a reward that is near.
pub(super) fn mark_of_near(of: &str) -> String {
    format!("n:{of}")
}
