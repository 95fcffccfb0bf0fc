//! A birthday: a month and a day, read as people write it in five languages.
//!
//! A date is looked for in what was typed, and then weighed: one with a month's name may stand among other words, one of
//! numbers alone only where the rest is what one says around a birthday. So no phone number, price, age or address is
//! taken for a date; who is misunderstood is asked again. Lunar dates (三月初五, 腊月初八) are told apart and not read.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use self::{found::Found, tokens::Token};

mod chinese;
mod feasts;
mod found;
mod named;
mod numbers;
mod numeric;
mod relative;
mod tokens;
mod words;
mod written;

/// A month and a day that exist, 29 February among them. Its stored form is `MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Birthday {
    month: u8,
    day: u8,
}

/// Days of each month in a leap year.
const DAYS: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

impl Birthday {
    /// One to show how a birthday is written.
    pub const EXAMPLE: Self = Self { month: 3, day: 5 };

    /// The day where it exists; months and days count from 1.
    pub fn new(month: u8, day: u8) -> Option<Self> {
        let days = *DAYS.get(usize::from(month).checked_sub(1)?)?;
        (1..=days).contains(&day).then_some(Self { month, day })
    }

    /// 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Every day of a leap year, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=12).flat_map(|month| (1..=31).filter_map(move |day| Self::new(month, day)))
    }
}

impl fmt::Display for Birthday {
    /// The stored form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl FromStr for Birthday {
    type Err = NoBirthday;

    /// Reads the stored form, and that only.
    fn from_str(stored: &str) -> Result<Self, NoBirthday> {
        let &[tens, ones, b'-', day_tens, day_ones] = stored.as_bytes() else { return Err(NoBirthday::NoDate) };
        let number = |tens: u8, ones: u8| {
            let digits = tens.is_ascii_digit() && ones.is_ascii_digit();
            digits.then(|| (tens - b'0') * 10 + (ones - b'0')).ok_or(NoBirthday::NoDate)
        };
        Self::new(number(tens, ones)?, number(day_tens, day_ones)?).ok_or(NoBirthday::NoSuchDay)
    }
}

impl From<Birthday> for String {
    fn from(birthday: Birthday) -> Self {
        birthday.to_string()
    }
}

impl TryFrom<String> for Birthday {
    type Error = NoBirthday;

    fn try_from(stored: String) -> Result<Self, NoBirthday> {
        stored.parse()
    }
}

/// Which number of 5/3 is the month, where both could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 5/3 is the third of May.
    MonthFirst,
    /// 5/3 is the fifth of March.
    DayFirst,
}

impl DateOrder {
    /// The order that is usual where a shop speaks the language of this code and takes this currency (ISO 4217): the month
    /// comes first in Chinese, and in whatever language where one pays in US dollars or Philippine pesos.
    pub fn usual(language_code: &str, currency: &str) -> Self {
        if language_code == "zh" || matches!(currency, "USD" | "PHP") { Self::MonthFirst } else { Self::DayFirst }
    }

    /// The word in tables and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::MonthFirst => "month_first",
            Self::DayFirst => "day_first",
        }
    }

    /// Reads the word; `None` for another.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::MonthFirst, Self::DayFirst].into_iter().find(|order| order.word() == word)
    }
}

/// Why no birthday was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NoBirthday {
    /// There is no date in it, or none that must be meant for one.
    #[error("no date with a month and a day")]
    NoDate,
    /// A date that no year has: 31/2.
    #[error("there is no such day")]
    NoSuchDay,
    /// A day of the lunar calendar, which is another day each year.
    #[error("a date of the lunar calendar")]
    LunarCalendar,
    /// Dates that differ: "March 5 or 6".
    #[error("several dates")]
    SeveralDates,
}

/// Reads a birthday. Years are dropped. Of 5/3 the shop's order decides, but a number over 12 is no month in any order:
/// 25/3 and 3/25 are the same day.
///
/// # Errors
/// Says why none was read.
pub fn read(typed: &str, order: DateOrder) -> Result<Birthday, NoBirthday> {
    let tokens = tokens::read(typed);
    if chinese::is_lunar(&tokens) {
        return Err(NoBirthday::LunarCalendar);
    }
    let mut named = named::find(&tokens);
    named.extend(chinese::find(&tokens));
    named.extend(feasts::find(&tokens));
    decide(&tokens, named).or_else(|reason| match decide(&tokens, numeric::find(&tokens, order)) {
        // What is said in words weighs more than what numbers could mean.
        Err(NoBirthday::NoDate) => Err(reason),
        _ if reason != NoBirthday::NoDate => Err(reason),
        read => read,
    })
}

/// Reads a birthday where it is known what day it is where the person is: "today!" is one, too.
///
/// # Errors
/// Says why none was read.
pub fn read_on(today: NaiveDate, typed: &str, order: DateOrder) -> Result<Birthday, NoBirthday> {
    read(typed, order).or_else(|reason| match reason {
        NoBirthday::NoDate => relative::read(&tokens::read(typed), today).ok_or(reason),
        _ => Err(reason),
    })
}

fn decide(tokens: &[Token], found: Vec<Found>) -> Result<Birthday, NoBirthday> {
    let meant = found::meant(tokens, found);
    let mut days: Vec<Birthday> = meant.iter().filter_map(|found| found.read.ok()).collect();
    days.dedup();
    match days[..] {
        [day] if meant.iter().all(|found| found.read != Err(NoBirthday::SeveralDates)) => Ok(day),
        [] => Err(meant.first().and_then(|found| found.read.err()).unwrap_or(NoBirthday::NoDate)),
        _ => Err(NoBirthday::SeveralDates),
    }
}

#[cfg(test)]
mod tests;
