//! Reading a written program: part by part, so that every mistake is found at once, each with its path and a sentence.

mod check;
mod reader;
mod sentence;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde_json::Value;
use uuid::Uuid;

pub use check::Check;
use reader::Reader;

use super::{Expiry, Program, document::DOCUMENT_BYTES_MAX, tier::Tiers, words::Words};
use crate::{money::Currency, profile::question::Mistake, text::hides_something};

/// The most mistakes that are told at once.
pub const MISTAKES_MAX: usize = 50;
/// The most characters of a program's story.
const STORY_MAX: usize = 500;

/// Whose a program is, and when it holds: what is not written in it.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Its id.
    pub id: Uuid,
    /// Its merchant.
    pub merchant_id: Uuid,
    /// Its version.
    pub version: i32,
    /// From when on it is in force.
    pub valid_from: DateTime<Utc>,
    /// The currency of its amounts.
    pub currency: Currency,
    /// Its calendar.
    pub time_zone: Tz,
    /// Where the code of the day comes from.
    pub secret: Vec<u8>,
}

/// Reads TOML, or JSON where it begins with a brace.
///
/// # Errors
/// What is wrong with its form, with the line.
pub fn parse(written: &str) -> Result<Value, Mistake> {
    let wrong = |sentence: String| Mistake { path: String::new(), sentence };
    if written.len() > DOCUMENT_BYTES_MAX {
        return Err(wrong(format!("the program is longer than {} KiB; shorten it", DOCUMENT_BYTES_MAX / 1024)));
    }
    let written = written.trim_start_matches('\u{feff}');
    if written.trim_start().starts_with('{') {
        return serde_json::from_str(written).map_err(|error| wrong(format!("this is no JSON: {error}")));
    }
    let table: toml::Table = toml::from_str(written).map_err(|error| wrong(why_no_toml(written, &error)))?;
    serde_json::to_value(plain_dates(toml::Value::Table(table))).map_err(|error| wrong(error.to_string()))
}

fn why_no_toml(written: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| written.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    format!("this is no TOML: line {line}: {}", sentence::shortened(error.message().trim(), 200))
}

/// Dates of TOML become texts, which is what they are in JSON.
fn plain_dates(value: toml::Value) -> toml::Value {
    match value {
        toml::Value::Datetime(date) => toml::Value::String(date.to_string()),
        toml::Value::Array(values) => toml::Value::Array(values.into_iter().map(plain_dates).collect()),
        toml::Value::Table(table) => {
            toml::Value::Table(table.into_iter().map(|(key, value)| (key, plain_dates(value))).collect())
        }
        other => other,
    }
}

impl Program {
    /// Reads a program and checks it as a whole.
    ///
    /// # Errors
    /// Everything that is wrong with it, at most [`MISTAKES_MAX`] mistakes.
    pub fn read(document: &Value, frame: Frame) -> Result<Self, Vec<Mistake>> {
        let (read, mut mistakes) = Self::read_parts(document, frame);
        mistakes.truncate(MISTAKES_MAX);
        read.filter(|_| mistakes.is_empty()).ok_or(mistakes)
    }

    fn read_parts(document: &Value, frame: Frame) -> (Option<Self>, Vec<Mistake>) {
        let Some(mut reader) = Reader::open(document) else {
            let sentence = "a program is a table with a name and earn rules".to_owned();
            return (None, vec![Mistake { path: String::new(), sentence }]);
        };
        let blank = Self::blank(frame, reader.needed::<Words>("name").unwrap_or_default());
        reader.needs("earn");
        reader.skip("$schema");
        let story: String = reader.part("story").unwrap_or_default();
        if story.chars().count() > STORY_MAX || story.lines().any(hides_something) {
            reader.wrong("story", &format!("is at most {STORY_MAX} characters, none of them invisible"));
        }
        let (rule_places, rules) = reader.rules();
        let (reward_places, rewards) = reader.list("rewards");
        let program = Self {
            rules,
            rewards,
            unit: reader.part("unit").unwrap_or_default(),
            limit: reader.part("limit"),
            tiers: reader.part::<Tiers>("tiers"),
            membership: reader.part("membership"),
            expiry: reader.part("expiry").unwrap_or_default(),
            pending_days: reader.part("pending_days").unwrap_or_default(),
            may_be_negative: reader.part("may_be_negative").unwrap_or_default(),
            ..blank
        };
        let mut mistakes = reader.close();
        let written = check::Written { document, rule_places, reward_places };
        check::check(&program, &written, &mut mistakes);
        (Some(program), mistakes)
    }

    /// The program of a shop that has none of its own: points on joining, and nothing else.
    pub fn plain(frame: Frame, name: &str, welcome_points: i64) -> Self {
        let welcome = serde_json::json!({ "earn": [{ "rule": "welcome", "points": welcome_points }] });
        let rules = Reader::open(&welcome).filter(|_| welcome_points > 0).map(|mut reader| reader.rules().1);
        Self { rules: rules.unwrap_or_default(), ..Self::blank(frame, Words::from(name)) }
    }

    /// A program in which nothing is earned.
    fn blank(frame: Frame, name: Words) -> Self {
        Self {
            id: frame.id,
            merchant_id: frame.merchant_id,
            version: frame.version,
            valid_from: frame.valid_from,
            name,
            unit: super::words::Unit::default(),
            currency: frame.currency,
            time_zone: frame.time_zone,
            rules: Vec::new(),
            limit: None,
            rewards: Vec::new(),
            tiers: None,
            membership: None,
            expiry: Expiry::default(),
            pending_days: 0,
            may_be_negative: false,
            secret: frame.secret,
        }
    }
}
