//! Levels: reached by money spent, points or visits within a span of time, kept for a while, with perks.

use chrono::{Datelike, Months, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{earn::Period, words::Words};
use crate::money::{Amount, Currency, Times};

/// The levels of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tiers {
    /// What counts.
    pub by: Measure,
    /// Within which time it counts.
    pub window: Window,
    /// From the lowest to the highest. The first may begin at 0: then every member has it.
    #[schemars(length(min = 1, max = 10))]
    pub levels: Vec<Level>,
    /// So many days a level stays after it would have been lost.
    #[serde(default)]
    #[schemars(range(min = 0, max = 366))]
    pub grace_days: u32,
    /// How far one falls who loses a level.
    #[serde(default)]
    pub fall: Fall,
}

/// What counts towards a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Money spent, with tax.
    Spend,
    /// Points earned.
    Points,
    /// Visits, each purchase among them.
    Visits,
    /// Friends brought who have bought something, as many as the referral thanks for.
    Friends,
}

/// Within which time it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Window {
    /// The calendar year. A level reached stays to the end of the next year.
    CalendarYear,
    /// The year that begins on the first of a month (1 to 12). A level reached stays to the end of the next such year.
    YearFromMonth(#[schemars(range(min = 1, max = 12))] u32),
    /// The last so many months, day by day. A level stays while they hold enough.
    LastMonths(#[schemars(range(min = 1, max = 36))] u32),
    /// For ever: a level reached is never lost.
    Lifetime,
}

/// How far one falls who loses a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fall {
    /// To what has been earned.
    #[default]
    ToEarned,
    /// One level at most.
    OneLevel,
    /// Not at all: a level reached is never lost.
    Never,
}

/// A level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Its name within the program.
    pub id: String,
    /// What members read.
    pub name: Words,
    /// It begins at so much: money, points, visits or friends. Left out, only the paid membership gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Amount>,
    /// By how much points on sales are multiplied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<Times>,
    /// What it brings, in the merchant's words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 10))]
    pub perks: Vec<Words>,
    /// Rewards given on reaching it and then again each period.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 10))]
    pub gifts: Vec<Perk>,
}

/// A reward that a level gives each period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Perk {
    /// The reward.
    pub reward: String,
    /// How often; `ever` gives it once.
    pub per: Period,
}

/// A paid membership, bought as an article of the till or recorded by staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaidMembership {
    /// What members read.
    pub name: Words,
    /// What it costs, for the texts; the till takes the money.
    pub price: Amount,
    /// How many months it runs.
    #[schemars(range(min = 1, max = 120))]
    pub months: u32,
    /// The till's numbers of the article: whoever buys one begins or prolongs it.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub skus: Vec<String>,
    /// The level it gives at least, where the program has levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// A reminder is sent so many days before it ends; 0 sends none.
    #[serde(default = "fortnight")]
    #[schemars(range(min = 0, max = 60))]
    pub reminder_days: u32,
}

fn fortnight() -> u32 {
    14
}

impl Tiers {
    /// The place of a level.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.levels.iter().position(|level| level.id == id)
    }

    /// The highest level that so much reaches.
    pub fn reached(&self, progress: i64, currency: Currency) -> Option<&Level> {
        self.levels.iter().rev().find(|level| self.threshold(level, currency).is_some_and(|from| from <= progress))
    }

    /// Where a level begins, in what is counted: money in its smallest unit; `None`: it can only be bought.
    pub fn threshold(&self, level: &Level, currency: Currency) -> Option<i64> {
        let from = level.from?;
        Some(match self.by {
            Measure::Spend => from.minor(currency),
            Measure::Points | Measure::Visits | Measure::Friends => {
                rust_decimal::prelude::ToPrimitive::to_i64(&from.decimal().ceil()).unwrap_or(i64::MAX)
            }
        })
    }
}

impl Level {
    /// Whether everybody has it from the start.
    pub fn is_everybodys(&self) -> bool {
        self.from.is_some_and(Amount::is_zero)
    }
}

impl Window {
    /// The first day of the span that a day's progress is counted under: the day itself where days drop out one by one.
    pub fn bucket(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::CalendarYear => Self::YearFromMonth(1).bucket(day),
            Self::YearFromMonth(month) => {
                let year = if day.month() < month { day.year() - 1 } else { day.year() };
                NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(day)
            }
            Self::LastMonths(_) => day,
            Self::Lifetime => NaiveDate::MIN,
        }
    }

    /// The first day on which what was counted under `bucket` no longer counts; `None`: it always does.
    pub fn ends(self, bucket: NaiveDate) -> Option<NaiveDate> {
        match self {
            // What was reached in a year holds to the end of the next.
            Self::CalendarYear | Self::YearFromMonth(_) => bucket.checked_add_months(Months::new(24)),
            Self::LastMonths(months) => bucket.checked_add_months(Months::new(months)),
            Self::Lifetime => None,
        }
    }

    /// The first day after the span that begins on a day or that the day is in; `None`: the span never ends.
    pub fn turns(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::CalendarYear | Self::YearFromMonth(_) => self.bucket(day).checked_add_months(Months::new(12)),
            Self::LastMonths(months) => day.checked_add_months(Months::new(months)),
            Self::Lifetime => None,
        }
    }

    /// Whether the spans are added up, or the best of them counts.
    pub fn adds_up(self) -> bool {
        matches!(self, Self::LastMonths(_) | Self::Lifetime)
    }
}

impl Period {
    /// The first day of the period that a day is in.
    pub fn begins(self, day: NaiveDate) -> NaiveDate {
        let first = |month: u32| NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day);
        match self {
            Self::Day => day,
            Self::Week => day.week(chrono::Weekday::Mon).checked_first_day().unwrap_or(day),
            Self::Month => first(day.month()),
            Self::Quarter => first((day.month0() / 3) * 3 + 1),
            Self::Year => first(1),
            Self::Ever => NaiveDate::MIN,
        }
    }

    /// The first day of the next period; `None`: there is none.
    pub fn next(self, day: NaiveDate) -> Option<NaiveDate> {
        let begins = self.begins(day);
        match self {
            Self::Day => begins.succ_opt(),
            Self::Week => begins.checked_add_days(chrono::Days::new(7)),
            Self::Month => begins.checked_add_months(Months::new(1)),
            Self::Quarter => begins.checked_add_months(Months::new(3)),
            Self::Year => begins.checked_add_months(Months::new(12)),
            Self::Ever => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_and_windows_begin_where_they_should() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(Period::Week.begins(day("2027-01-01")), day("2026-12-28"));
        assert_eq!(Period::Quarter.begins(day("2026-12-31")), day("2026-10-01"));
        assert_eq!(Period::Quarter.next(day("2026-12-31")), Some(day("2027-01-01")));
        assert_eq!(Window::YearFromMonth(4).bucket(day("2026-03-31")), day("2025-04-01"));
        assert_eq!(Window::YearFromMonth(4).ends(day("2025-04-01")), Some(day("2027-04-01")));
        assert_eq!(Window::LastMonths(12).ends(day("2024-02-29")), Some(day("2025-02-28")));
    }
}
