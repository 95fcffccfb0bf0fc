//! When promotional texts may arrive: by the rows of a table (`config/quiet_hours.toml`, or the operator's own), on the clock
//! of where the number is from. Of several rows that apply the strictest counts.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;
use serde::Deserialize;

use super::{holidays::is_holiday, place::Place};

/// The table that is built in.
const BUILT_IN: &str = include_str!("../../../config/quiet_hours.toml");
/// So far ahead the next hour for texts is sought; where a table allows none, it is looked for again then.
const DAYS_MAX: u64 = 14;
/// Shortly before the hours end nothing is begun, so that nothing arrives after them.
const MARGIN: Duration = Duration::minutes(10);

/// The hours in which texts may arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuietHours {
    rows: Vec<Row>,
}

/// A row of the table: in a region, on some days, from when until when on the local clock.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// `*`, a country (`US`), or a state (`US-TX`).
    region: String,
    #[serde(default)]
    days: On,
    /// Left out with `until`: not at all on these days.
    from: Option<NaiveTime>,
    until: Option<NaiveTime>,
    /// Where it is said.
    source: String,
    /// When that was looked at.
    checked: NaiveDate,
}

/// On which days a row applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum On {
    #[default]
    All,
    Weekdays,
    Weekend,
    MondayToSaturday,
    Saturday,
    Sunday,
    Holidays,
}

impl On {
    fn includes(self, day: NaiveDate) -> bool {
        match (self, day.weekday()) {
            (Self::All, _)
            | (Self::Weekend | Self::Saturday, Weekday::Sat)
            | (Self::Weekend | Self::Sunday, Weekday::Sun) => true,
            (Self::Weekdays, weekday) => !matches!(weekday, Weekday::Sat | Weekday::Sun),
            (Self::MondayToSaturday, weekday) => weekday != Weekday::Sun,
            (Self::Holidays, _) => is_holiday(day),
            _ => false,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    hours: Vec<Row>,
}

static DEFAULT: LazyLock<QuietHours> =
    LazyLock::new(|| QuietHours::parse(BUILT_IN).unwrap_or(QuietHours { rows: Vec::new() }));

impl Default for QuietHours {
    /// Those that are built in.
    fn default() -> Self {
        DEFAULT.clone()
    }
}

impl QuietHours {
    /// Reads a table (TOML).
    ///
    /// # Errors
    /// What is wrong with it, as a sentence.
    pub fn parse(written: &str) -> Result<Self, String> {
        let Table { hours } = toml::from_str(written).map_err(|error| error.to_string())?;
        for row in &hours {
            let wrong = match (row.from, row.until) {
                (Some(from), Some(until)) if from < until => continue,
                (None, None) => continue,
                (Some(_), Some(_)) => "ends before it begins",
                _ => "has only one of from and until",
            };
            return Err(format!("the row of {} {wrong} (source: {}, checked {})", row.region, row.source, row.checked));
        }
        if hours.iter().all(|row| row.region != "*") {
            return Err("the table has no row for everywhere else: region = \"*\"".to_owned());
        }
        Ok(Self { rows: hours })
    }

    /// The first moment from `at` on at which a text may arrive at a place.
    pub fn next_open(&self, place: &Place, at: DateTime<Utc>) -> DateTime<Utc> {
        let mut open = at;
        // Where a number may be in one of several zones, it must be day in all of them.
        for _ in 0..100 {
            let latest = place.zones.iter().map(|zone| self.open_in(place, *zone, open)).max().unwrap_or(open);
            if latest == open {
                return open;
            }
            open = latest;
        }
        at + Duration::days(1)
    }

    fn open_in(&self, place: &Place, zone: Tz, at: DateTime<Utc>) -> DateTime<Utc> {
        let local = at.with_timezone(&zone).naive_local();
        for later in 0..=DAYS_MAX {
            let Some(day) = local.date().checked_add_days(Days::new(later)) else { break };
            let Some((from, until)) = self.hours_on(place, day) else { continue };
            let last = until.overflowing_sub_signed(MARGIN).0;
            if later == 0 && (from..last).contains(&local.time()) {
                return at;
            }
            if (later > 0 || local.time() < from) && from < last {
                return on_clock(day, from, zone);
            }
        }
        at + Duration::days(1)
    }

    /// From when until when texts may arrive on a day; `None` where they may not at all.
    fn hours_on(&self, place: &Place, day: NaiveDate) -> Option<(NaiveTime, NaiveTime)> {
        let mut hours = (NaiveTime::MIN, NaiveTime::from_hms_opt(23, 59, 59)?);
        for row in self.rows.iter().filter(|row| place.is_in(&row.region) && row.days.includes(day)) {
            let (from, until) = row.from.zip(row.until)?;
            hours = (hours.0.max(from), hours.1.min(until));
        }
        (hours.0 < hours.1).then_some(hours)
    }
}

/// A time on a zone's clock; where the clocks skip it, the first moment after.
fn on_clock(day: NaiveDate, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    let local = day.and_time(time);
    let found = local.and_local_timezone(zone).earliest();
    let found = found.or_else(|| (local + Duration::hours(1)).and_local_timezone(zone).earliest());
    found.map_or_else(|| local.and_utc(), |at| at.to_utc())
}

#[cfg(test)]
mod tests;
