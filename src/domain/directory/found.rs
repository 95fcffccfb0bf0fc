//! Which keyword a text is on a sender, which ones it may be, or none.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Directory, places::Kept};
use crate::{
    keyword::{Around, KeywordRule, Likeness, Phrase, Place, Wanted, without_courtesy},
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
            let keywords = exactly.iter().filter_map(|place| self.keyword_at(*place));
            return self.past(keywords, now).unwrap_or(Found::Nothing);
        }
        let around = Around::of(text);
        if let Some(found) = self.find_bare(sender_id, text, &around, now) {
            return found;
        }
        match Wanted::within(text, &around).map(|wanted| self.find_like(sender_id, &wanted, now)) {
            None | Some(Found::Nothing) => self.find_amid(sender_id, text, now),
            Some(found) => found,
        }
    }

    /// Of keywords that differ only in traditional and simplified characters, the one that is written like the text.
    fn live_as_written(&self, places: &[Place], text: &Text, now: DateTime<Utc>) -> Option<(&Keyword, &Shop)> {
        let is_written_so =
            |place: &&Place| self.keyword_at(**place).is_some_and(|keyword| keyword.phrase.normal() == text.normal());
        let first =
            || places.iter().filter(is_written_so).find_map(|place| self.live(std::slice::from_ref(place), now));
        (places.len() > 1).then(first)?
    }

    /// What is left without greetings and thanks, where that is a phrase word for word.
    fn find_bare(&self, sender_id: Uuid, text: &Text, around: &Around<'_>, now: DateTime<Utc>) -> Option<Found<'_>> {
        without_courtesy(text, around).find_map(|(core, rule)| {
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
            let new = candidates.iter().skip(compared).filter_map(|place| self.keyword_at(*place));
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
        self.past(same.map(|(_, keyword)| *keyword), now).unwrap_or_else(|| self.offer(&live))
    }

    /// The keywords on a sender that are like a phrase, either way round: what is texted for one may be taken for the other.
    /// Whether they are live is for the caller to say.
    pub fn like(&self, sender_id: Uuid, phrase: &Phrase) -> Vec<(Likeness, &Keyword)> {
        let text = Text::read(phrase.display());
        let mut places = self.index.find_phrase(sender_id, phrase).to_vec();
        let known = places.len();
        if let Some(wanted) = Wanted::read(&text) {
            for round in 0..wanted.rounds() {
                self.index.gather(sender_id, &wanted, round, &mut places);
            }
        }
        let (exactly, others) = places.split_at(known);
        let others = others.iter().filter(|place| !exactly.contains(place)).filter_map(|place| self.keyword_at(*place));
        let alike = others.filter_map(|keyword| Some((keyword.phrase.likeness(phrase)?, keyword)));
        let exactly = exactly.iter().filter_map(|place| Some((Likeness::SAME, self.keyword_at(*place)?)));
        exactly.chain(alike).collect()
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

    pub(super) fn live(&self, places: &[Place], now: DateTime<Utc>) -> Option<(&Keyword, &Shop)> {
        let kept = places.iter().filter_map(|place| self.keywords.at(*place)).find(|kept| kept.is_live(now))?;
        Some((kept.keyword(), self.shops.at(kept.shop())?.as_deref()?))
    }

    pub(super) fn keyword_at(&self, place: Place) -> Option<&Keyword> {
        self.keywords.at(place).map(Kept::keyword)
    }

    /// The one of these keywords that ended last; `None` where all are still to come.
    fn past<'a>(&'a self, keywords: impl Iterator<Item = &'a Keyword>, now: DateTime<Utc>) -> Option<Found<'a>> {
        let over = keywords.filter(|keyword| keyword.ends_at.is_some_and(|end| end <= now));
        let keyword = over.max_by_key(|keyword| keyword.ends_at)?;
        let shop = self.shop(keyword.shop_id)?;
        let language = keyword.language.unwrap_or(shop.language);
        Some(Found::Past { keyword, shop, current: self.offer_of(shop, keyword.sender_id, language, now) })
    }
}
