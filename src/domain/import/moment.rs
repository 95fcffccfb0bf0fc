//! Moments and birthdays as files have them.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use crate::profile::birthday::{self, Birthday, DateOrder};

/// The first day that a spreadsheet's numbers count from, as they count it.
const SPREADSHEET_EPOCH: Option<NaiveDate> = NaiveDate::from_ymd_opt(1899, 12, 30);

/// A moment: RFC 3339, a date with or without a time on the shop's clock, or a spreadsheet's number of a day.
pub fn read(typed: &str, order: DateOrder, zone: Tz) -> Option<DateTime<Utc>> {
    let typed = typed.trim();
    if let Ok(moment) = DateTime::parse_from_rfc3339(typed) {
        return Some(moment.to_utc());
    }
    let (date, time) = match typed.split_once([' ', 'T']) {
        Some((date, time)) => (date, read_time(time.trim())?),
        None => (typed, NaiveTime::MIN),
    };
    let date = read_date(date, order)?;
    let local = NaiveDateTime::new(date, time);
    // An hour that a change of clocks leaves out is taken for the one after.
    let in_zone = zone.from_local_datetime(&local).earliest();
    let in_zone = in_zone.or_else(|| zone.from_local_datetime(&(local + chrono::Duration::hours(1))).earliest());
    in_zone.map(|moment| moment.to_utc())
}

fn read_time(typed: &str) -> Option<NaiveTime> {
    let formats = ["%H:%M:%S%.f", "%H:%M", "%I:%M:%S %p", "%I:%M %p"];
    formats.into_iter().find_map(|format| NaiveTime::parse_from_str(typed, format).ok())
}

fn read_date(typed: &str, order: DateOrder) -> Option<NaiveDate> {
    let parts: Vec<&str> = typed.split(['-', '/', '.']).collect();
    let numbers: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok()).collect();
    match numbers?.as_slice() {
        [days] if (20_000..80_000).contains(days) => SPREADSHEET_EPOCH?.checked_add_days(Days::new((*days).into())),
        [year, month, day] if parts[0].len() == 4 => NaiveDate::from_ymd_opt(i32::try_from(*year).ok()?, *month, *day),
        [first, second, year] if parts[2].len() == 4 => {
            let year = i32::try_from(*year).ok()?;
            let (month, day) = month_and_day(*first, *second, order);
            NaiveDate::from_ymd_opt(year, month, day)
        }
        _ => None,
    }
}

/// A number over 12 is no month in any order.
fn month_and_day(first: u32, second: u32, order: DateOrder) -> (u32, u32) {
    match order {
        _ if first > 12 => (second, first),
        _ if second > 12 => (first, second),
        DateOrder::MonthFirst => (first, second),
        DateOrder::DayFirst => (second, first),
    }
}

/// A birthday: what is written in numbers by a short way, anything else as in a text.
pub fn read_birthday(typed: &str, order: DateOrder) -> Option<Birthday> {
    if let Ok(stored) = typed.parse() {
        return Some(stored);
    }
    let date = typed.split_once([' ', 'T']).map_or(typed, |(date, _)| date);
    if let Some(date) = read_date(date, order) {
        use chrono::Datelike;
        return Birthday::new(u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    }
    birthday::read(typed, order).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_on_the_shops_clock() {
        let zone = chrono_tz::America::Los_Angeles;
        for (typed, moment) in [
            ("2024-03-05T10:00:00Z", "2024-03-05T10:00:00Z"),
            ("2024-03-05", "2024-03-05T08:00:00Z"),
            ("2024-03-05 10:30", "2024-03-05T18:30:00Z"),
            ("3/5/2024", "2024-03-05T08:00:00Z"),
            ("25/3/2024", "2024-03-25T07:00:00Z"),
            ("45356", "2024-03-05T08:00:00Z"),
            ("3/5/2024 10:30 PM", "2024-03-06T06:30:00Z"),
        ] {
            let read = read(typed, DateOrder::MonthFirst, zone);
            assert_eq!(read, Some(moment.parse().unwrap()), "{typed}");
        }
        for typed in ["", "yesterday", "2024-13-05", "12", "3/5", "2024-03-05 25:00"] {
            assert_eq!(read(typed, DateOrder::MonthFirst, zone), None, "{typed}");
        }
    }

    #[test]
    fn birthdays_are_read_in_numbers_and_in_words() {
        let march_fifth = Birthday::new(3, 5);
        for typed in ["03-05", "1990-03-05", "3/5/1990", "5 March", "March 5th, 1990", "1990-03-05 00:00:00"] {
            assert_eq!(read_birthday(typed, DateOrder::MonthFirst), march_fifth, "{typed}");
        }
        assert_eq!(read_birthday("5/3/1990", DateOrder::DayFirst), march_fifth);
        assert_eq!(read_birthday("soon", DateOrder::DayFirst), None);
    }
}
