//! The fields of a shop, as they are read.

use chrono_tz::Tz;

use crate::{
    domain::{language::Language, profile::birthday::DateOrder, shop::OptIn, text::hides_something},
    http::api::body::{line, text_of_at_most},
};

const NAME_CHARS_MAX: usize = 80;
const CONTACT_CHARS_MAX: usize = 120;

pub(super) fn name(text: String) -> Result<String, String> {
    line(NAME_CHARS_MAX)(text).and_then(nothing_hidden)
}

pub(super) fn contact(text: String) -> Result<String, String> {
    text_of_at_most(CONTACT_CHARS_MAX)(text).and_then(nothing_hidden)
}

/// Members read it in texts, where nothing shall look like something else.
fn nothing_hidden(text: String) -> Result<String, String> {
    if hides_something(&text) {
        return Err("must not contain invisible characters or ones that turn the direction of writing".to_owned());
    }
    Ok(text)
}

pub(super) fn time_zone(name: String) -> Result<Tz, &'static str> {
    name.parse().map_err(|_| "is not an IANA time zone, such as America/New_York")
}

pub(in crate::http::api) fn language(code: String) -> Result<Language, String> {
    let known = || Language::all().map(Language::code).collect::<Vec<_>>().join(", ");
    Language::from_code(&code).ok_or_else(|| format!("is none that the gateway speaks, which are: {}", known()))
}

pub(super) const USD: &str = "USD";

/// Of those who pay in dollars most write the month first; nearly everybody else the day.
pub(super) fn usual_date_order(currency: Option<&str>) -> DateOrder {
    if currency.is_none_or(|currency| currency == USD) { DateOrder::MonthFirst } else { DateOrder::DayFirst }
}

pub(super) fn date_order(word: String) -> Result<DateOrder, &'static str> {
    DateOrder::from_word(&word).ok_or("must be \"month_first\" or \"day_first\"")
}

pub(super) fn currency(code: String) -> Result<String, &'static str> {
    let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_code { Ok(code) } else { Err("is not a currency's code of three capitals, such as USD (ISO 4217)") }
}

pub(super) fn opt_in(word: String) -> Result<OptIn, &'static str> {
    OptIn::from_word(&word).ok_or("must be \"single\" or \"double\"")
}

pub(super) fn welcome_points(points: i64) -> Result<i64, &'static str> {
    Some(points).filter(|points| (0..=1_000_000).contains(points)).ok_or("must be from 0 to 1000000")
}

pub(super) fn messages_per_month(count: i64) -> Result<u16, &'static str> {
    let count = u16::try_from(count).ok().filter(|count| (1..=100).contains(count));
    count.ok_or("must be from 1 to 100")
}
