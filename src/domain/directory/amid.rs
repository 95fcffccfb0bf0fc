//! Keywords in full amid other words: "coffee pls my name is Ana", "coffee pls bread pls". Worth a question, never more.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Directory, Found, OFFERED_MAX};
use crate::{
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
        let normal = text.normal();
        if normal.len() > BYTES_MAX || normal.split(' ').nth(WORDS_MAX).is_some() {
            return Found::Nothing;
        }
        let blanks = normal.bytes().enumerate().filter(|(_, byte)| *byte == b' ');
        let starts = std::iter::once(0).chain(blanks.map(|(blank, _)| blank + 1)).collect();
        let pleases = (0_u32..).zip(normal.split(' ')).filter(|(_, word)| is_please(word));
        let pleases = pleases.fold(0, |pleases, (at, _)| pleases | 1 << at);
        let found = Amid { directory: self, sender_id, now, normal, starts, pleases }.look();
        if found.is_empty() { Found::Nothing } else { Found::Near(found) }
    }
}

struct Amid<'a, 't> {
    directory: &'a Directory,
    sender_id: Uuid,
    now: DateTime<Utc>,
    normal: &'t str,
    /// Where each word begins.
    starts: Vec<usize>,
    /// Which words say please, a bit each.
    pleases: u32,
}

/// A keyword and how many words it is there.
type There<'a> = (usize, &'a Keyword, &'a Shop);

impl<'a, 't> Amid<'a, 't> {
    /// So many words from this one on.
    fn words(&self, at: usize, count: usize) -> &'t str {
        let end = self.starts.get(at + count).map_or(self.normal.len(), |next| next - 1);
        &self.normal[self.starts[at]..end]
    }

    fn look(&self) -> Vec<(&'a Keyword, &'a Shop)> {
        let mut found: Vec<There<'a>> = Vec::new();
        let mut others: Vec<&str> = Vec::new();
        let mut pleases = 0;
        let mut at = 0;
        while at < self.starts.len() {
            match self.longest_at(at, &mut pleases) {
                Some(there) => {
                    at += there.0;
                    found.push(there);
                }
                None => {
                    others.push(self.words(at, 1));
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
        let most = MAX_WORDS.min(self.starts.len() - at);
        // Nearly every word begins no phrase, and need not be looked for with those behind it.
        let begins_one = self.directory.index.begins(self.sender_id, self.words(at, 1));
        if !begins_one && self.pleases >> at == 0 {
            return None;
        }
        (1..=most).rev().find_map(|count| {
            let said = self.words(at, count);
            let ids = if begins_one { self.directory.index.find_normal(self.sender_id, said) } else { &[] };
            let (keyword, shop) = self.directory.live(ids, self.now).or_else(|| {
                let is_said = self.pleases >> (at + count - 1) & 1 != 0;
                let is_polite = count > 1 && *pleases < POLITE_MAX && is_said;
                *pleases += usize::from(is_polite);
                is_polite.then(|| self.politely(said))?
            })?;
            Some((count, keyword, shop))
        })
    }

    /// The keyword that these words are but for how please is said; of several the likest, then the oldest.
    fn politely(&self, said: &str) -> Option<(&'a Keyword, &'a Shop)> {
        let text = Text::read(said);
        let wanted = Wanted::read(&text)?;
        let mut candidates = Vec::new();
        self.directory.index.gather(self.sender_id, &wanted, 0, &mut candidates);
        let live = candidates.iter().filter_map(|place| self.directory.keyword_at(*place));
        let like = live.filter(|keyword| keyword.is_live(self.now)).filter_map(|keyword| {
            let likeness = wanted.likeness(&keyword.phrase)?;
            matches!(likeness, Likeness::Same { .. }).then_some((likeness, keyword))
        });
        let (_, keyword) = like.min_by_key(|(likeness, keyword)| (*likeness, keyword.created_at, keyword.id))?;
        Some((keyword, self.directory.shop(keyword.shop_id)?))
    }
}

/// The most groups of words before a please that are compared.
const POLITE_MAX: usize = PLEASES_MAX * (MAX_WORDS - 1);

/// What joins the names of several things.
const JOINING: &[&str] =
    &["and", "y", "e", "et", "si", "or", "o", "ou", "sau", "plus", "also", "n", "hi", "hello", "hey"];
