//! The form of a keyword: as it is shown, and as it is read. Days are those of the shop.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use serde::Deserialize;

use crate::{
    console::{form::Hints, say::Say},
    domain::{
        language::Language,
        shop::{Keyword, Shop},
    },
    service::{
        fields::{SOURCE_CHARS_MAX, text_of_at_most},
        keywords::{KeywordChanges, NewKeyword},
    },
};

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct KeywordForm {
    /// What shall be on the sign.
    pub(in crate::console) phrase: String,
    /// Where it hangs.
    pub(in crate::console) source: String,
    /// The code of its sign's language; nothing: the shop's.
    pub(in crate::console) language: String,
    /// The first day.
    pub(in crate::console) starts: String,
    /// The last day.
    pub(in crate::console) ends: String,
    /// A suggestion that was pressed: it takes the place of what was typed.
    take: String,
}

impl KeywordForm {
    /// Of a keyword as it is kept.
    pub(in crate::console) fn of(keyword: &Keyword, shop: &Shop) -> Self {
        let day = |at: DateTime<Utc>| at.with_timezone(&shop.time_zone).date_naive().to_string();
        Self {
            phrase: keyword.phrase.display().to_owned(),
            source: keyword.source.clone().unwrap_or_default(),
            language: keyword.language.map(|language| language.code().to_owned()).unwrap_or_default(),
            starts: keyword.starts_at.map(day).unwrap_or_default(),
            ends: keyword.ends_at.map(|end| day(just_before(end))).unwrap_or_default(),
            take: String::new(),
        }
    }

    /// The same with the suggestion that was pressed.
    pub(in crate::console) fn with_suggestion(mut self) -> Self {
        if !self.take.is_empty() {
            self.phrase = std::mem::take(&mut self.take);
        }
        self
    }

    /// Reads it for a new keyword; the phrase is checked by itself.
    pub(in crate::console) fn read_new(&self, shop: &Shop, say: Say, hints: &mut Hints) -> Option<NewKeyword> {
        let phrase = crate::service::fields::phrase(self.phrase.clone());
        let phrase = phrase.map_err(|sentence| hints.add("phrase", sentence)).ok();
        let source = self.source(say, hints);
        let (starts_at, ends_at) = self.season(shop, say, hints);
        let language = Language::from_code(&self.language).filter(|_| !self.language.is_empty());
        let new = NewKeyword { phrase: phrase?, sender: None, source, language, starts_at, ends_at };
        (!hints.any()).then_some(new)
    }

    /// Reads what shall change of a keyword. A day that stays keeps its hour: it may have come from elsewhere.
    pub(in crate::console) fn read_changes(
        &self,
        keyword: &Keyword,
        shop: &Shop,
        say: Say,
        hints: &mut Hints,
    ) -> Option<KeywordChanges> {
        let new = self.read_new(shop, say, hints)?;
        let before = Self::of(keyword, shop);
        Some(KeywordChanges {
            phrase: Some(new.phrase).filter(|phrase| phrase.display() != keyword.phrase.display()),
            sender: None,
            source: Some(new.source),
            language: Some(new.language),
            starts_at: (self.starts != before.starts).then_some(new.starts_at),
            ends_at: (self.ends != before.ends).then_some(new.ends_at),
        })
    }

    fn source(&self, say: Say, hints: &mut Hints) -> Option<String> {
        let read = text_of_at_most(SOURCE_CHARS_MAX)(self.source.clone());
        let source = read.map_err(|_| hints.add("source", say.n("hint-line", SOURCE_CHARS_MAX))).ok();
        source.filter(|source| !source.is_empty())
    }

    fn season(&self, shop: &Shop, say: Say, hints: &mut Hints) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let mut day = |field: &str, written: &str| {
            if written.trim().is_empty() {
                return None;
            }
            let read = NaiveDate::parse_from_str(written.trim(), "%Y-%m-%d").ok().filter(|day| is_near(*day));
            if read.is_none() {
                hints.add(field, say.t("hint-day"));
            }
            read
        };
        let (first, last) = (day("starts", &self.starts), day("ends", &self.ends));
        if first.zip(last).is_some_and(|(first, last)| last < first) {
            hints.add("ends", say.t("hint-ends-before"));
        }
        let after = last.and_then(|last| last.succ_opt());
        (first.map(|day| begin_of(day, shop)), after.map(|day| begin_of(day, shop)))
    }
}

/// Days that a sign may be about: whoever types another has slipped.
fn is_near(day: NaiveDate) -> bool {
    use chrono::Datelike;
    (2020..=2100).contains(&day.year())
}

/// When a day begins at the shop; where the clocks skip midnight, at the first moment after.
fn begin_of(day: NaiveDate, shop: &Shop) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let moments = (0..=48).map(|halves| midnight + Duration::minutes(30 * halves));
    let mut begins = moments.filter_map(|local| local.and_local_timezone(shop.time_zone).earliest());
    begins.next().map_or_else(|| midnight.and_utc(), |begin| begin.with_timezone(&Utc))
}

fn just_before(end: DateTime<Utc>) -> DateTime<Utc> {
    end - Duration::milliseconds(1)
}

/// The last day on which a keyword is understood, written out.
pub(in crate::console) fn last_day(end: DateTime<Utc>, shop: &Shop, say: Say) -> String {
    say.day(just_before(end).timestamp_millis(), shop.time_zone)
}
