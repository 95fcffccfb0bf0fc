//! Days, as members read them.

use chrono::{Datelike, Days, NaiveDate};

use crate::language::Line;

/// From so many days on the year is told.
const WITHOUT_YEAR: Days = Days::new(300);

/// A day; with its year where it is far from today.
pub fn written(day: NaiveDate, today: NaiveDate) -> Line {
    let (from, to) = (today.checked_sub_days(WITHOUT_YEAR), today.checked_add_days(WITHOUT_YEAR));
    let is_near = from.is_none_or(|from| from < day) && to.is_none_or(|to| day < to);
    let line = Line::new(if is_near { "day" } else { "day-with-year" });
    line.count("month", day.month().into()).count("day", day.day().into()).text("year", day.year().to_string())
}
