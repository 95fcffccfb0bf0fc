//! Whether a phrase may be put on a sign, as somebody types it. What is said here binds nobody: another may be quicker.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{fields, keywords::like};
use crate::domain::{
    directory::Directory,
    keyword::{Objection, Phrase, objections, suggestions},
    shop::{Keyword, Shop},
};

/// Which phrase is asked about, and where it shall hang.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What shall be on the sign, as it was typed.
    pub phrase: &'a str,
    /// The sender on which it shall be understood.
    pub sender_id: Uuid,
    /// The shop it shall be for: its own keywords may be near, and suggestions bear its name.
    pub shop: Option<&'a Shop>,
    /// The keyword that shall be changed to it, which does not stand in its own way.
    pub keyword_id: Option<Uuid>,
}

/// What speaks for and against a phrase.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The form in which it is compared with what people text; `None` where it is no phrase.
    pub normal: Option<String>,
    /// What speaks against it, what refuses it first.
    pub objections: Vec<Objection>,
    /// Phrases that would be taken in; none where this one would.
    pub suggestions: Vec<Phrase>,
}

impl Checked {
    /// Whether it would be taken in now.
    pub fn is_free(&self) -> bool {
        !is_refused(&self.objections)
    }
}

/// Checks a phrase.
pub fn check(directory: &Directory, asked: Asked<'_>, now: DateTime<Utc>) -> Checked {
    let against = |phrase: &Phrase| {
        let keyword = asked.keyword(phrase.clone(), now);
        objections(&keyword, &like(directory, &keyword, now))
    };
    let (normal, objections) = match fields::phrase(asked.phrase.to_owned()) {
        Ok(phrase) => (Some(phrase.normal().to_owned()), against(&phrase)),
        Err(sentence) => (None, vec![Objection::no_phrase(sentence)]),
    };
    let is_free = |phrase: &Phrase| !is_refused(&against(phrase));
    let suggested = match is_refused(&objections) {
        true => suggestions(asked.phrase, asked.shop.map(|shop| shop.name.as_str()), is_free),
        false => Vec::new(),
    };
    Checked { normal, objections, suggestions: suggested }
}

fn is_refused(objections: &[Objection]) -> bool {
    objections.iter().any(|objection| objection.refuses)
}

impl Asked<'_> {
    /// The keyword as it would be, without season.
    fn keyword(&self, phrase: Phrase, now: DateTime<Utc>) -> Keyword {
        Keyword {
            id: self.keyword_id.unwrap_or_default(),
            shop_id: self.shop.map_or(Uuid::nil(), |shop| shop.id),
            sender_id: self.sender_id,
            phrase,
            source: None,
            language: None,
            starts_at: None,
            ends_at: None,
            created_at: now,
        }
    }
}
