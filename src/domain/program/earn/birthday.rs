//! A gift around the birthday, once a year.

use chrono::{Datelike, Days, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Case, Earn, Event};
use crate::{
    profile::birthday::Birthday,
    program::{award::Award, draft::Check},
};

/// A gift around the birthday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BirthdayGift {
    /// Points; 0 where only the reward is given.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1000000))]
    pub points: i64,
    /// A reward, which can be used until the last of the days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reward: Option<String>,
    /// It is given so many days before the birthday.
    #[serde(default)]
    #[schemars(range(min = 0, max = 60))]
    pub days_before: u64,
    /// Its reward can be used until so many days after.
    #[serde(default = "month")]
    #[schemars(range(min = 0, max = 60))]
    pub days_after: u64,
    /// When those born on 29 February have their birthday in other years.
    #[serde(default)]
    pub leap_day: LeapDay,
}

/// When those born on 29 February have their birthday in a year without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum LeapDay {
    /// On 28 February.
    #[default]
    #[serde(rename = "02-28")]
    February28,
    /// On 1 March.
    #[serde(rename = "03-01")]
    March1,
}

fn month() -> u64 {
    30
}

impl LeapDay {
    /// The day of a birthday in a year.
    pub fn day_in(self, birthday: Birthday, year: i32) -> Option<NaiveDate> {
        let (month, day) = (u32::from(birthday.month()), u32::from(birthday.day()));
        let instead = || match self {
            Self::February28 => NaiveDate::from_ymd_opt(year, 2, 28),
            Self::March1 => NaiveDate::from_ymd_opt(year, 3, 1),
        };
        NaiveDate::from_ymd_opt(year, month, day).or_else(instead)
    }

    /// How many days a date is from the nearest birthday.
    pub fn days_from(self, birthday: Birthday, date: NaiveDate) -> Option<i64> {
        let days = (date.year() - 1..=date.year() + 1).filter_map(|year| self.day_in(birthday, year));
        days.map(|day| (day - date).num_days().abs()).min()
    }
}

impl BirthdayGift {
    /// The first and the last of the days around a birthday in a year.
    pub fn days(&self, birthday: Birthday, year: i32) -> Option<(NaiveDate, NaiveDate)> {
        let day = self.leap_day.day_in(birthday, year)?;
        Some((day.checked_sub_days(Days::new(self.days_before))?, day.checked_add_days(Days::new(self.days_after))?))
    }
}

impl Earn for BirthdayGift {
    fn judge(&self, id: &str, case: &Case<'_>, award: &mut Award) {
        if let Event::Birthday(last_day) = case.event {
            award.give(id, self.points);
            self.reward.iter().for_each(|reward| award.present(id, reward, Some(last_day)));
        }
    }

    fn judges_sales(&self) -> bool {
        false
    }

    fn check(&self, check: &mut Check<'_>) {
        check.points_or_reward(self.points, self.reward.as_deref());
        check.within("days_before", i64::try_from(self.days_before).unwrap_or(i64::MAX), 0..=60);
        check.within("days_after", i64::try_from(self.days_after).unwrap_or(i64::MAX), 0..=60);
        check.only_one();
    }

    fn as_birthday(&self) -> Option<&BirthdayGift> {
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_leap_day_is_kept_in_every_year_and_days_reach_over_new_year() {
        let leap = Birthday::new(2, 29).unwrap();
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(LeapDay::February28.day_in(leap, 2027), Some(date("2027-02-28")));
        assert_eq!(LeapDay::March1.day_in(leap, 2027), Some(date("2027-03-01")));
        assert_eq!(LeapDay::March1.day_in(leap, 2028), Some(date("2028-02-29")));
        let new_year = Birthday::new(1, 2).unwrap();
        assert_eq!(LeapDay::March1.days_from(new_year, date("2027-12-31")), Some(2));
        let gift: BirthdayGift = serde_json::from_str(r#"{"points": 5, "days_before": 7}"#).unwrap();
        assert_eq!(gift.days(new_year, 2028), Some((date("2027-12-26"), date("2028-02-01"))));
    }
}
