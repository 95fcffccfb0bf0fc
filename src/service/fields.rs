//! What is typed into fields, as it is read: the API and the console check alike. A sentence says what is wrong.

use chrono_tz::Tz;

use crate::domain::{
    keyword::Phrase, language::Language, profile::birthday::DateOrder, shop::OptIn, text::hides_something,
};

/// The most characters of where a keyword hangs.
pub const SOURCE_CHARS_MAX: usize = 80;
/// The most characters of a shop's name.
pub const NAME_CHARS_MAX: usize = 80;
/// The most characters of whom HELP names.
pub const CONTACT_CHARS_MAX: usize = 120;
/// The most characters of the address of terms and privacy.
pub const TERMS_CHARS_MAX: usize = 120;

/// A shop's name.
pub fn name(text: String) -> Result<String, String> {
    line(NAME_CHARS_MAX)(text).and_then(nothing_hidden)
}

/// Whom HELP names, or nobody.
pub fn contact(text: String) -> Result<String, String> {
    text_of_at_most(CONTACT_CHARS_MAX)(text).and_then(nothing_hidden)
}

/// Where terms and privacy are told: a web address, or nothing.
pub fn terms(text: String) -> Result<String, String> {
    let text = text_of_at_most(TERMS_CHARS_MAX)(text).and_then(nothing_hidden)?;
    let is_part = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "<>\"".contains(c));
    let is_address = text.split_once('.').is_some_and(|(before, after)| is_part(before) && is_part(after));
    if text.is_empty() || is_address {
        Ok(text)
    } else {
        Err("is no web address, such as shop.example/terms".to_owned())
    }
}

/// Members read it in texts, where nothing shall look like something else.
fn nothing_hidden(text: String) -> Result<String, String> {
    if hides_something(&text) {
        return Err("must not contain invisible characters or ones that turn the direction of writing".to_owned());
    }
    Ok(text)
}

/// An IANA time zone.
pub fn time_zone(name: String) -> Result<Tz, &'static str> {
    name.parse().map_err(|_| "is not an IANA time zone, such as America/New_York")
}

/// A language that members are answered in.
pub fn language(code: String) -> Result<Language, String> {
    let known = || Language::all().map(Language::code).collect::<Vec<_>>().join(", ");
    Language::from_code(&code).ok_or_else(|| format!("is none that the gateway speaks, which are: {}", known()))
}

/// The currency where none is said.
pub const USD: &str = "USD";

/// Of those who pay in dollars most write the month first; nearly everybody else the day.
pub fn usual_date_order(currency: Option<&str>) -> DateOrder {
    if currency.is_none_or(|currency| currency == USD) { DateOrder::MonthFirst } else { DateOrder::DayFirst }
}

/// How members write dates.
pub fn date_order(word: String) -> Result<DateOrder, &'static str> {
    DateOrder::from_word(&word).ok_or("must be \"month_first\" or \"day_first\"")
}

/// A currency's code.
pub fn currency(code: String) -> Result<String, &'static str> {
    let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_code { Ok(code) } else { Err("is not a currency's code of three capitals, such as USD (ISO 4217)") }
}

/// How one joins.
pub fn opt_in(word: String) -> Result<OptIn, &'static str> {
    OptIn::from_word(&word).ok_or("must be \"single\" or \"double\"")
}

/// What a new member is given.
pub fn welcome_points(points: i64) -> Result<i64, &'static str> {
    Some(points).filter(|points| (0..=1_000_000).contains(points)).ok_or("must be from 0 to 1000000")
}

/// How many texts a month members are told to expect at most.
pub fn messages_per_month(count: i64) -> Result<u16, &'static str> {
    let count = u16::try_from(count).ok().filter(|count| (1..=100).contains(count));
    count.ok_or("must be from 1 to 100")
}

/// A phrase, or what is wrong with it.
pub fn phrase(typed: String) -> Result<Phrase, String> {
    if typed.trim().chars().any(char::is_control) {
        return Err("must not contain line breaks or other control characters".to_owned());
    }
    Phrase::parse(&typed).map_err(|error| error.to_string())
}

/// A line of text: without surrounding blanks, not empty, at most `most` characters, no control characters.
pub fn line(most: usize) -> impl FnOnce(String) -> Result<String, String> {
    move |text| match text_of_at_most(most)(text)? {
        text if text.is_empty() => Err("must not be empty".to_owned()),
        text => Ok(text),
    }
}

/// The same, or nothing.
pub fn text_of_at_most(most: usize) -> impl FnOnce(String) -> Result<String, String> {
    move |text| {
        let text = text.trim();
        if text.chars().nth(most).is_some() {
            Err(format!("has at most {most} characters"))
        } else if text.chars().any(char::is_control) {
            Err("must not contain line breaks or other control characters".to_owned())
        } else {
            Ok(text.to_owned())
        }
    }
}
