//! Which keyword a text is on a sender, which ones it may be, or none.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Directory;
use crate::domain::{
    keyword::{KeywordId, KeywordRule, Likeness, Phrase, Wanted, without_courtesy},
    shop::{Keyword, Shop},
    text::Text,
};

/// The most keywords that are offered where several may be meant.
pub const OFFERED_MAX: usize = 3;

/// What a text is on a sender.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<'a> {
    /// A live keyword, for sure.
    Keyword {
        /// The keyword.
        keyword: &'a Keyword,
        /// Whose it is.
        shop: &'a Shop,
        /// Why it is taken for that.
        rule: KeywordRule,
    },
    /// A keyword of a campaign that is over.
    Past {
        /// The keyword.
        keyword: &'a Keyword,
        /// Whose it is.
        shop: &'a Shop,
        /// The one by which the shop is joined on this sender now, if there is one.
        current: Option<&'a Keyword>,
    },
    /// It may be one of these live keywords, to be asked about: one to [`OFFERED_MAX`], equally near, no phrase twice.
    Near(Vec<(&'a Keyword, &'a Shop)>),
    /// No keyword.
    Nothing,
}

impl Directory {
    /// What a text is on a sender. What is said in full wins over what is understood, the longer over the shorter.
    pub fn find(&self, sender_id: Uuid, text: &Text, now: DateTime<Utc>) -> Found<'_> {
        let exactly = self.index.find(sender_id, text);
        if let Some((keyword, shop)) = self.live_as_written(exactly, text, now).or_else(|| self.live(exactly, now)) {
            return match text.is_only_quoted() {
                true => Found::Near(vec![(keyword, shop)]),
                false => Found::Keyword { keyword, shop, rule: KeywordRule::Exact },
            };
        }
        if !exactly.is_empty() {
            return self.past(exactly, now).unwrap_or(Found::Nothing);
        }
        if let Some(found) = self.find_bare(sender_id, text, now) {
            return found;
        }
        match Wanted::read(text).map(|wanted| self.find_like(sender_id, &wanted, now)) {
            None | Some(Found::Nothing) => self.find_amid(sender_id, text, now),
            Some(found) => found,
        }
    }

    /// Of keywords that differ only in traditional and simplified characters, the one that is written like the text.
    fn live_as_written(&self, ids: &[KeywordId], text: &Text, now: DateTime<Utc>) -> Option<(&Keyword, &Shop)> {
        let is_written_so =
            |id: &&KeywordId| self.keyword(id.0).is_some_and(|keyword| keyword.phrase.normal() == text.normal());
        let first = || ids.iter().filter(is_written_so).find_map(|id| self.live(std::slice::from_ref(id), now));
        (ids.len() > 1).then(first)?
    }

    /// What is left without greetings and thanks, where that is a phrase word for word.
    fn find_bare(&self, sender_id: Uuid, text: &Text, now: DateTime<Utc>) -> Option<Found<'_>> {
        without_courtesy(text).find_map(|(core, rule)| {
            let (keyword, shop) = self.live(self.index.find_normal(sender_id, core), now)?;
            Some(Found::Keyword { keyword, shop, rule })
        })
    }

    /// Looks further until something is found; what is found nearer by is what is meant.
    fn find_like(&self, sender_id: Uuid, wanted: &Wanted<'_>, now: DateTime<Utc>) -> Found<'_> {
        let mut candidates = Vec::new();
        let mut compared = 0;
        let mut like: Vec<(Likeness, &Keyword)> = Vec::new();
        for round in 0..wanted.rounds() {
            self.index.gather(sender_id, wanted, round, &mut candidates);
            let new = candidates.iter().skip(compared).filter_map(|id| self.keyword(id.0));
            like.extend(new.filter_map(|keyword| Some((wanted.likeness(&keyword.phrase)?, keyword))));
            compared = candidates.len();
            like.sort_by_key(|(likeness, keyword)| (*likeness, keyword.created_at, keyword.id));
            if like.first().is_some_and(|(likeness, _)| round > 0 || matches!(likeness, Likeness::Same { .. })) {
                break;
            }
        }
        self.choose(&like, now)
    }

    fn choose<'a>(&'a self, like: &[(Likeness, &'a Keyword)], now: DateTime<Utc>) -> Found<'a> {
        let live: Vec<_> = like.iter().copied().filter(|(_, keyword)| keyword.is_live(now)).collect();
        if let Some((Likeness::Same { rule, .. }, keyword)) = live.first() {
            return self.sure(&live, keyword, *rule).unwrap_or_else(|| self.offer(&live));
        }
        let same = like.iter().filter(|(likeness, _)| matches!(likeness, Likeness::Same { .. }));
        let same: Vec<KeywordId> = same.map(|(_, keyword)| KeywordId(keyword.id)).collect();
        self.past(&same, now).unwrap_or_else(|| self.offer(&live))
    }

    /// The keywords on a sender that are like a phrase, either way round: what is texted for one may be taken for the other.
    /// Whether they are live is for the caller to say.
    pub fn like(&self, sender_id: Uuid, phrase: &Phrase) -> Vec<(Likeness, &Keyword)> {
        let text = Text::read(phrase.display());
        let mut ids = self.index.find_phrase(sender_id, phrase).to_vec();
        let known = ids.len();
        if let Some(wanted) = Wanted::read(&text) {
            for round in 0..wanted.rounds() {
                self.index.gather(sender_id, &wanted, round, &mut ids);
            }
        }
        let exactly = ids.iter().take(known).map(|id| (Likeness::SAME, *id));
        let others = ids.iter().skip(known).filter(|id| !ids[..known].contains(id));
        let alike = others.filter_map(|id| Some((self.keyword(id.0)?.phrase.likeness(phrase)?, *id)));
        exactly.chain(alike).filter_map(|(likeness, id)| Some((likeness, self.keyword(id.0)?))).collect()
    }

    /// The keyword, unless another is meant just as surely.
    fn sure<'a>(
        &'a self,
        like: &[(Likeness, &'a Keyword)],
        keyword: &'a Keyword,
        rule: KeywordRule,
    ) -> Option<Found<'a>> {
        let politely = |likeness: &Likeness| match likeness {
            Likeness::Same { politely, .. } => Some(*politely),
            Likeness::Near(_) => None,
        };
        let (best, _) = like.first()?;
        let is_rival = |(likeness, other): &&(Likeness, &Keyword)| {
            politely(likeness) == politely(best) && other.phrase != keyword.phrase
        };
        let shop = self.shop(keyword.shop_id)?;
        (!like.iter().any(|other| is_rival(&other))).then_some(Found::Keyword { keyword, shop, rule })
    }

    /// The nearest, if they are not too many to choose from.
    fn offer<'a>(&'a self, like: &[(Likeness, &'a Keyword)]) -> Found<'a> {
        let mut offered: Vec<(&Keyword, &Shop)> = Vec::new();
        let mut nearest = None;
        for &(likeness, keyword) in like {
            let slips = match likeness {
                Likeness::Same { .. } => 0,
                Likeness::Near(slips) => slips,
            };
            if *nearest.get_or_insert(slips) != slips || offered.len() == OFFERED_MAX {
                break;
            }
            let is_new = offered.iter().all(|(other, _)| other.phrase != keyword.phrase);
            if let Some(shop) = self.shop(keyword.shop_id).filter(|_| is_new) {
                offered.push((keyword, shop));
            }
        }
        if offered.is_empty() { Found::Nothing } else { Found::Near(offered) }
    }

    pub(super) fn live(&self, ids: &[KeywordId], now: DateTime<Utc>) -> Option<(&Keyword, &Shop)> {
        let keyword = ids.iter().filter_map(|id| self.keyword(id.0)).find(|keyword| keyword.is_live(now))?;
        Some((keyword, self.shop(keyword.shop_id)?))
    }

    /// The one of these keywords that ended last; `None` where all are still to come.
    fn past(&self, ids: &[KeywordId], now: DateTime<Utc>) -> Option<Found<'_>> {
        let over = ids
            .iter()
            .filter_map(|id| self.keyword(id.0))
            .filter(|keyword| keyword.ends_at.is_some_and(|end| end <= now));
        let keyword = over.max_by_key(|keyword| keyword.ends_at)?;
        let shop = self.shop(keyword.shop_id)?;
        let language = keyword.language.unwrap_or(shop.language);
        Some(Found::Past { keyword, shop, current: self.offer_of(shop, keyword.sender_id, language, now) })
    }
}
