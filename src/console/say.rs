//! What the console says, in English and Spanish: Fluent files of its own, apart from what members read.

use std::{collections::HashMap, sync::LazyLock};

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::domain::{language::Language, money::Currency};

/// The files of each language, a room of the console each. The first language is used where a text is missing in another.
const LANGUAGES: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            include_str!("../../locales/console/en/frame.ftl"),
            include_str!("../../locales/console/en/door.ftl"),
            include_str!("../../locales/console/en/people.ftl"),
            include_str!("../../locales/console/en/words.ftl"),
            include_str!("../../locales/console/en/figures.ftl"),
            include_str!("../../locales/console/en/operator.ftl"),
            include_str!("../../locales/console/en/till.ftl"),
            include_str!("../../locales/console/en/members.ftl"),
            include_str!("../../locales/console/en/inbox.ftl"),
            include_str!("../../locales/console/en/program.ftl"),
            include_str!("../../locales/console/en/keywords.ftl"),
            include_str!("../../locales/console/en/start.ftl"),
            include_str!("../../locales/console/en/shop.ftl"),
        ],
    ),
    (
        "es",
        &[
            include_str!("../../locales/console/es/frame.ftl"),
            include_str!("../../locales/console/es/door.ftl"),
            include_str!("../../locales/console/es/people.ftl"),
            include_str!("../../locales/console/es/words.ftl"),
            include_str!("../../locales/console/es/figures.ftl"),
            include_str!("../../locales/console/es/operator.ftl"),
            include_str!("../../locales/console/es/till.ftl"),
            include_str!("../../locales/console/es/members.ftl"),
            include_str!("../../locales/console/es/inbox.ftl"),
            include_str!("../../locales/console/es/program.ftl"),
            include_str!("../../locales/console/es/keywords.ftl"),
            include_str!("../../locales/console/es/start.ftl"),
            include_str!("../../locales/console/es/shop.ftl"),
        ],
    ),
];

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<HashMap<&'static str, Bundle>> =
    LazyLock::new(|| LANGUAGES.iter().map(|(code, files)| (*code, bundle(code, files))).collect());

fn bundle(code: &str, files: &[&str]) -> Bundle {
    let language: LanguageIdentifier = code.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    for file in files {
        // What does not parse is missing, and a test finds it.
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(rest, _)| rest);
        bundle.add_resource(resource).ok();
    }
    bundle
}

/// A value in a text.
pub(super) enum Told {
    /// Words.
    Text(String),
    /// A number, which decides over plurals.
    Count(i64),
}

impl From<&str> for Told {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Told {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Told {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Told {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<&i64> for Told {
    fn from(count: &i64) -> Self {
        Self::Count(*count)
    }
}

impl From<&usize> for Told {
    fn from(count: &usize) -> Self {
        Self::from(*count)
    }
}

impl From<usize> for Told {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// Says things in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Say {
    code: &'static str,
}

impl Say {
    /// In the viewer's language, else in the first that their browser asks for and we have.
    pub(super) fn new(language: Option<Language>, accepted: Option<&str>) -> Self {
        let asked = accepted.unwrap_or_default().split(',').map(|one| one.split(';').next().unwrap_or_default().trim());
        let mut codes = language.map(Language::code).into_iter().chain(asked);
        let known = codes.find_map(|code| LANGUAGES.iter().find(|(known, _)| code.split('-').next() == Some(*known)));
        Self { code: known.or(LANGUAGES.first()).map_or("en", |(code, _)| code) }
    }

    /// The language's code, for `<html lang>`.
    pub(super) fn code(self) -> &'static str {
        self.code
    }

    /// The codes of all languages, each with its own name.
    pub(super) fn all() -> impl Iterator<Item = (&'static str, String)> {
        LANGUAGES.iter().map(|(code, _)| (*code, Say { code }.t("language-name")))
    }

    /// A text.
    pub(super) fn t(self, key: &str) -> String {
        self.find(key).unwrap_or_else(|| key.to_owned())
    }

    /// The text of one of several things: `menu-till`, `role-owner`.
    pub(super) fn word(self, kind: &str, name: &str) -> String {
        self.t(&format!("{kind}-{name}"))
    }

    /// A text, if there is one.
    pub(super) fn find(self, key: &str) -> Option<String> {
        self.write(key, &FluentArgs::new())
    }

    /// A text that counts: `$count`.
    pub(super) fn n(self, key: &str, count: impl Into<Told>) -> String {
        self.of(key, "count", count)
    }

    /// A text with a value.
    pub(super) fn of(self, key: &str, name: &str, value: impl Into<Told>) -> String {
        self.with(key, vec![(name, value.into())])
    }

    /// A text with two values.
    pub(super) fn of2(
        self,
        key: &str,
        one: &str,
        first: impl Into<Told>,
        other: &str,
        second: impl Into<Told>,
    ) -> String {
        self.with(key, vec![(one, first.into()), (other, second.into())])
    }

    /// A text with values.
    pub(super) fn with(self, key: &str, values: Vec<(&str, Told)>) -> String {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            match value {
                Told::Text(text) => args.set(name.to_owned(), FluentValue::from(text)),
                Told::Count(count) => {
                    args.set(format!("{name}_written"), FluentValue::from(self.number(count)));
                    args.set(name.to_owned(), FluentValue::from(count));
                }
            }
        }
        self.write(key, &args).unwrap_or_else(|| key.to_owned())
    }

    fn write(self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let in_bundle = |code: &str| {
            let bundle = BUNDLES.get(code)?;
            let pattern = bundle.get_message(key)?.value()?;
            Some(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
        };
        in_bundle(self.code).or_else(|| in_bundle("en"))
    }

    /// A number with its thousands apart: 12,345 or 12.345.
    pub(super) fn number(self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let apart = if self.code == "es" { '.' } else { ',' };
        let mut written = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                written.push(apart);
            }
            written.push(digit);
        }
        if number < 0 { format!("−{written}") } else { written }
    }

    /// An amount in the smallest unit, its thousands apart: $1,234.50 or $1.234,50.
    pub(super) fn money(self, currency: Currency, minor: i64) -> String {
        let written = currency.write(minor.saturating_abs());
        let begins = written.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        let ends = written.rfind(|c: char| c.is_ascii_digit()).map_or(written.len(), |at| at + 1);
        let amount = &written[begins..ends];
        let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
        let whole = whole.parse().map_or_else(|_| whole.to_owned(), |whole| self.number(whole));
        let point = if part.is_empty() { String::new() } else { self.point().to_string() };
        let sign = if minor < 0 { "−" } else { "" };
        format!("{sign}{}{whole}{point}{part}{}", &written[..begins], &written[ends..])
    }

    /// The same without cents where there are none: $5, and $4.50.
    pub(super) fn round_money(self, currency: Currency, minor: i64) -> String {
        let cents = format!("{}{}", self.point(), "0".repeat(currency.digits() as usize));
        let written = self.money(currency, minor);
        if currency.digits() > 0 { written.replacen(&cents, "", 1) } else { written }
    }

    fn point(self) -> char {
        if self.code == "es" { ',' } else { '.' }
    }

    /// A part of a whole in hundredths, with one decimal: 12.5%. A dash where there is no whole.
    pub(super) fn percent(self, part: i64, whole: i64) -> String {
        if whole == 0 {
            return "–".to_owned();
        }
        let tenths = part.saturating_mul(1_000) / whole;
        self.hundred(&format!("{}{}{}", tenths / 10, self.point(), (tenths % 10).abs()))
    }

    /// A number as so many of a hundred: 12% in English, 12 % in Spanish, which never parts the two.
    pub(super) fn hundred(self, number: &str) -> String {
        if self.code == "es" { format!("{number}\u{a0}%") } else { format!("{number}%") }
    }

    /// A number in hundredths, as one with two decimals: 0.42.
    pub(super) fn hundredths(self, number: i64) -> String {
        format!("{}{}{:02}", self.number(number / 100), self.point(), (number % 100).abs())
    }

    /// A day without its year, as it fits below a chart: 30 Nov.
    pub(super) fn short_day(self, day: NaiveDate) -> String {
        format!("{} {}", day.day(), self.month_name(day.month0()))
    }

    /// A day: 30 Nov 2026.
    pub(super) fn whole_day(self, day: NaiveDate) -> String {
        format!("{} {}", self.short_day(day), day.year())
    }

    /// A month, as months since the year 0: Nov 2026.
    pub(super) fn month(self, month: i64) -> String {
        let in_year = u32::try_from(month.rem_euclid(12)).unwrap_or_default();
        format!("{} {}", self.month_name(in_year), month.div_euclid(12))
    }

    fn month_name(self, month0: u32) -> String {
        self.t("months-short").split(' ').nth(month0 as usize).unwrap_or_default().to_owned()
    }

    /// A day where the shop is: 30 Nov 2026.
    pub(super) fn day(self, millis: i64, zone: Tz) -> String {
        let Some(at) = DateTime::<Utc>::from_timestamp_millis(millis) else { return String::new() };
        let at = at.with_timezone(&zone);
        let months = self.t("months-short");
        let month = months.split(' ').nth(at.month0() as usize).unwrap_or_default().to_owned();
        format!("{} {month} {}", at.day(), at.year())
    }

    /// The time where the shop is, to the second: 14:05:09.
    pub(super) fn clock(self, millis: i64, zone: Tz) -> String {
        let at = DateTime::<Utc>::from_timestamp_millis(millis).map(|at| at.with_timezone(&zone));
        at.map(|at| at.format("%H:%M:%S").to_string()).unwrap_or_default()
    }

    /// The day and the time where the shop is: 30 Nov 2026, 14:05.
    pub(super) fn moment(self, millis: i64, zone: Tz) -> String {
        let Some(at) = DateTime::<Utc>::from_timestamp_millis(millis) else { return String::new() };
        let local = at.with_timezone(&zone);
        format!("{}, {:02}:{:02}", self.day(millis, zone), local.hour(), local.minute())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys(files: &[&str]) -> BTreeSet<String> {
        let lines = files.iter().flat_map(|file| file.lines());
        let keys = lines.filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        keys.filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned())).collect()
    }

    #[test]
    fn every_text_is_there_once_in_each_language_and_can_be_read() {
        let (_, english) = LANGUAGES[0];
        for (code, files) in LANGUAGES {
            let whole = files.concat();
            let resource = FluentResource::try_new(whole.clone());
            assert!(resource.is_ok(), "{code}: {:?}", resource.err().map(|(_, errors)| errors));
            assert_eq!(keys(files), keys(english), "{code}");
            let lines = whole.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
            let mut seen = BTreeSet::new();
            for line in lines {
                let key = line.split('=').next().unwrap().trim().to_owned();
                assert!(seen.insert(key.clone()), "{code}: {key} is there twice");
            }
        }
    }

    #[test]
    fn numbers_and_days_are_written_as_people_write_them() {
        let (english, spanish) = (Say { code: "en" }, Say { code: "es" });
        assert_eq!(english.number(-1_234_567), "−1,234,567");
        assert_eq!(spanish.number(1_000), "1.000");
        assert_eq!((&*english.percent(1, 8), &*spanish.percent(1, 8)), ("12.5%", "12,5\u{a0}%"));
        assert_eq!(spanish.percent(1, 0), "–");
        for (code, minor, in_english, in_spanish) in [
            ("USD", 123_456_789, "$1,234,567.89", "$1.234.567,89"),
            ("USD", -450, "−$4.50", "−$4,50"),
            ("RON", 100_000, "1,000.00 RON", "1.000,00 RON"),
            ("JPY", 5_000, "¥5,000", "¥5.000"),
        ] {
            let currency = Currency::from_code(code).unwrap();
            assert_eq!((&*english.money(currency, minor), &*spanish.money(currency, minor)), (in_english, in_spanish));
        }
        let dollars = Currency::default();
        assert_eq!((&*english.round_money(dollars, 500), &*spanish.round_money(dollars, 450)), ("$5", "$4,50"));
        let millis = 1_796_047_500_000;
        assert_eq!(english.moment(millis, Tz::UTC), "30 Nov 2026, 14:05");
        assert_eq!(spanish.day(millis, Tz::UTC), "30 nov 2026");
    }

    #[test]
    fn a_viewers_own_language_comes_before_their_browsers() {
        assert_eq!(Say::new(None, Some("fr-FR, es;q=0.8, en;q=0.5")).code(), "es");
        assert_eq!(Say::new(Language::from_code("en"), Some("es")).code(), "en");
        assert_eq!(Say::new(None, None).code(), "en");
    }
}
