//! Yes and no, as systems write them into files; and "opted out", which is more than no.

use chrono::{DateTime, Utc};

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Yes, and since when where it is a date.
    Yes(Option<DateTime<Utc>>),
    /// No.
    No,
    /// They agreed to get texts.
    In,
    /// They want no texts.
    Out,
    /// It is blank.
    Nothing,
}

const YES: &[&str] = &["yes", "y", "true", "t", "1", "x", "on", "si", "sí", "oui", "o", "da", "是", "✓"];
const NO: &[&str] = &["no", "n", "false", "f", "0", "off", "non", "nu", "否", "never", "pending"];
const IN: &[&str] =
    &["opted in", "opted-in", "opted_in", "optin", "opt-in", "opt_in", "subscribed", "granted", "active"];
const OUT: &[&str] = &[
    "opted out",
    "opted-out",
    "opted_out",
    "optout",
    "opt-out",
    "opt_out",
    "unsubscribed",
    "not subscribed",
    "not_subscribed",
    "declined",
    "revoked",
    "withdrawn",
    "stop",
    "stopped",
    "blocked",
    "inactive",
];

/// Reads it; `None` for what is nothing of it. `moment` reads a date.
pub fn read(typed: &str, moment: impl FnOnce(&str) -> Option<DateTime<Utc>>) -> Option<Said> {
    if typed.is_empty() {
        return Some(Said::Nothing);
    }
    let small = typed.to_lowercase();
    let known = [(YES, Said::Yes(None)), (NO, Said::No), (IN, Said::In), (OUT, Said::Out)];
    let found = known.into_iter().find(|(words, _)| words.contains(&small.as_str()));
    found.map(|(_, said)| said).or_else(|| moment(typed).map(|at| Said::Yes(Some(at))))
}
