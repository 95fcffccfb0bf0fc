//! The holidays of the United States on which some states allow no promotional texts: the federal ones (5 U.S.C. 6103),
//! with the days on which they are kept, and Mardi Gras and Good Friday, which are Louisiana's (La. R.S. 1:55).

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Whether a day is one.
pub(super) fn is_holiday(day: NaiveDate) -> bool {
    is_floating(day) || is_fixed(day) || is_kept_instead(day) || is_around_easter(day)
}

/// By their date: New Year's, Juneteenth, Independence, Veterans, Christmas.
fn is_fixed(day: NaiveDate) -> bool {
    matches!((day.month(), day.day()), (1, 1) | (6, 19) | (7, 4) | (11, 11) | (12, 25))
}

/// One on a Saturday is kept on the Friday before, one on a Sunday on the Monday after.
fn is_kept_instead(day: NaiveDate) -> bool {
    match day.weekday() {
        Weekday::Fri => day.succ_opt().is_some_and(is_fixed),
        Weekday::Mon => day.pred_opt().is_some_and(is_fixed),
        _ => false,
    }
}

/// By their place in the month: King, Washington, Memorial, Labor, Columbus, Thanksgiving.
fn is_floating(day: NaiveDate) -> bool {
    let which = (day.day() - 1) / 7 + 1;
    let is_last = day.checked_add_days(Days::new(7)).is_some_and(|next| next.month() != day.month());
    match (day.month(), day.weekday()) {
        (1 | 2, Weekday::Mon) => which == 3,
        (5, Weekday::Mon) => is_last,
        (9, Weekday::Mon) => which == 1,
        (10, Weekday::Mon) => which == 2,
        (11, Weekday::Thu) => which == 4,
        _ => false,
    }
}

fn is_around_easter(day: NaiveDate) -> bool {
    let Some(easter) = easter(day.year()) else { return false };
    [2, 47].into_iter().any(|before| easter.checked_sub_days(Days::new(before)) == Some(day))
}

/// Easter Sunday by the Gregorian calendar. (Meeus, Astronomical Algorithms, chapter 8)
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_holidays_of_2027_are_known() {
        let begin = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
        let found: Vec<String> = begin
            .iter_days()
            .take(365)
            .filter(|day| is_holiday(*day))
            .map(|day| day.format("%m-%d").to_string())
            .collect();
        let known = [
            "01-01", "01-18", "02-09", "02-15", "03-26", "05-31", "06-18", "06-19", "07-04", "07-05", "09-06", "10-11",
            "11-11", "11-25", "12-24", "12-25", "12-31",
        ];
        assert_eq!(found, known);
    }
}
