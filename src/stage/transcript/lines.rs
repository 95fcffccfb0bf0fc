//! How the lines of a transcript are written.

use chrono::{Duration, NaiveDateTime};

/// What begins a line about the counter.
pub const COUNTER: &str = "at the counter";
/// How a moment is written.
pub(super) const MOMENT: &str = "%Y-%m-%d %H:%M";

pub(super) fn moment_of(written: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(written.trim(), MOMENT).ok()
}

/// What follows [`COUNTER`]: the shop's name, empty for the first one's, and what is done.
pub(super) fn shop_and_deed(written: &str) -> Option<(&str, &str)> {
    let (shop, deed) = match written.strip_prefix(" of ") {
        Some(rest) => rest.split_once(": ")?,
        None => ("", written.strip_prefix(':')?),
    };
    Some((shop.trim(), deed.trim()))
}

/// "2 hours later" as a span.
pub fn span_of(written: &str) -> Option<Duration> {
    let mut words = written.split_whitespace();
    let count: i64 = words.next()?.parse().ok()?;
    match words.next()?.trim_end_matches('s') {
        "second" => Duration::try_seconds(count),
        "minute" => Duration::try_minutes(count),
        "hour" => Duration::try_hours(count),
        "day" => Duration::try_days(count),
        "week" => Duration::try_weeks(count),
        _ => None,
    }
}

/// A span so that [`span_of`] reads the same one.
pub(super) fn write_span(span: Duration) -> String {
    let seconds = span.num_seconds();
    let (count, unit) = match seconds {
        _ if seconds % 3600 == 0 => (seconds / 3600, "hour"),
        _ if seconds % 60 == 0 => (seconds / 60, "minute"),
        _ => (seconds, "second"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}

pub(super) fn indented(text: &str) -> String {
    text.replace('\n', "\n  ")
}

/// `Ana> text` or `> text`; a name is one word.
pub(super) fn spoken(line: &str, mark: char) -> Option<(String, String)> {
    let (who, said) = line.split_once(mark)?;
    let is_name = who.chars().all(char::is_alphanumeric);
    is_name.then(|| (who.to_owned(), said.strip_prefix(' ').unwrap_or(said).to_owned()))
}
