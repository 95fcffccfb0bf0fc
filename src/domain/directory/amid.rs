//! Keywords in full amid other words: "coffee pls my name is Ana", "coffee pls bread pls". Worth a question, never more.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Directory, Found, OFFERED_MAX};
use crate::domain::{
    keyword::{Likeness, MAX_WORDS, Wanted, is_please, is_refusal},
    shop::{Keyword, Shop},
    text::Text,
};

/// The most words of a text that is looked through: somebody who says more has more to say.
const WORDS_MAX: usize = 20;

/// The most bytes of one.
const BYTES_MAX: usize = 240;

/// The most places that are looked at because a please is there.
const PLEASES_MAX: usize = 3;

impl Directory {
    /// The keywords of several words, or with a please, that stand in a text; those of one word where nothing else is said.
    pub(super) fn find_amid(&self, sender_id: Uuid, text: &Text, now: DateTime<Utc>) -> Found<'_> {
        let amid = Amid { directory: self, sender_id, now, words: text.words().collect() };
        if amid.words.len() > WORDS_MAX || text.normal().len() > BYTES_MAX {
            return Found::Nothing;
        }
        let found = amid.look();
        if found.is_empty() { Found::Nothing } else { Found::Near(found) }
    }
}

struct Amid<'a, 't> {
    directory: &'a Directory,
    sender_id: Uuid,
    now: DateTime<Utc>,
    words: Vec<&'t str>,
}

/// A keyword and how many words it is there.
type There<'a> = (usize, &'a Keyword, &'a Shop);

impl<'a> Amid<'a, '_> {
    fn look(&self) -> Vec<(&'a Keyword, &'a Shop)> {
        let mut found: Vec<There<'a>> = Vec::new();
        let mut others: Vec<&str> = Vec::new();
        let mut pleases = 0;
        let mut at = 0;
        while at < self.words.len() {
            match self.longest_at(at, &mut pleases) {
                Some(there) => {
                    at += there.0;
                    found.push(there);
                }
                None => {
                    others.push(self.words[at]);
                    at += 1;
                }
            }
        }
        if others.iter().any(|word| is_refusal(word)) {
            return Vec::new();
        }
        let is_only_keywords = others.iter().all(|word| JOINING.contains(word) || is_please(word)) && found.len() > 1;
        found.retain(|(words, ..)| *words > 1 || is_only_keywords);
        let mut offered: Vec<(&Keyword, &Shop)> = Vec::new();
        for (_, keyword, shop) in found {
            if offered.len() < OFFERED_MAX && offered.iter().all(|(other, _)| other.phrase != keyword.phrase) {
                offered.push((keyword, shop));
            }
        }
        offered
    }

    fn longest_at(&self, at: usize, pleases: &mut usize) -> Option<There<'a>> {
        let most = MAX_WORDS.min(self.words.len() - at);
        (1..=most).rev().find_map(|count| {
            let words = &self.words[at..at + count];
            let said = words.join(" ");
            let exactly = self.directory.live(self.directory.index.find_normal(self.sender_id, &said), self.now);
            let (keyword, shop) = exactly.or_else(|| {
                let is_polite = count > 1 && words.last().is_some_and(|word| is_please(word)) && *pleases < POLITE_MAX;
                *pleases += usize::from(is_polite);
                is_polite.then(|| self.politely(&said))?
            })?;
            Some((count, keyword, shop))
        })
    }

    /// The keyword that these words are but for how please is said.
    fn politely(&self, said: &str) -> Option<(&'a Keyword, &'a Shop)> {
        let text = Text::read(said);
        let wanted = Wanted::read(&text)?;
        let mut candidates = Vec::new();
        self.directory.index.gather(self.sender_id, &wanted, 0, &mut candidates);
        let is_it = |keyword: &&Keyword| {
            keyword.is_live(self.now) && matches!(wanted.likeness(&keyword.phrase), Some(Likeness::Same { .. }))
        };
        let keyword = candidates.iter().filter_map(|id| self.directory.keyword(id.0)).find(is_it)?;
        Some((keyword, self.directory.shop(keyword.shop_id)?))
    }
}

/// The most groups of words before a please that are compared.
const POLITE_MAX: usize = PLEASES_MAX * (MAX_WORDS - 1);

/// What joins the names of several things.
const JOINING: &[&str] =
    &["and", "y", "e", "et", "si", "or", "o", "ou", "sau", "plus", "also", "n", "hi", "hello", "hey"];
