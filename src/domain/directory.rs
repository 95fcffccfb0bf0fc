//! Who is here, in memory: senders, shops and keywords as plain values, found at a cost that does not grow.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    keyword::KeywordIndex,
    language::Language,
    money::Currency,
    program::{Program, draft::Frame},
    shop::{Keyword, Sender, Shop},
    text::Text,
    words::{OwnWords, Template, Voice},
};

mod amid;
mod found;
mod places;

pub use found::{Found, OFFERED_MAX};
use places::{Kept, KeptShop, Places};

/// All senders, shops and keywords. Changes are applied one by one, so that a change costs the same at any size.
#[derive(Debug, Default)]
pub struct Directory {
    senders: HashMap<Uuid, Arc<Sender>>,
    senders_by_address: HashMap<Box<str>, Uuid>,
    senders_by_service: HashMap<Box<str>, Uuid>,
    shops: Places<KeptShop>,
    shops_by_sender: HashMap<Uuid, Vec<Uuid>>,
    keywords: Places<Kept>,
    keywords_by_shop: HashMap<Uuid, Vec<Uuid>>,
    index: KeywordIndex,
    /// By program, its versions in the order in which they came into force.
    programs: HashMap<Uuid, Vec<Arc<Program>>>,
    /// By shop, what it says in its own words; only of those that do.
    words: HashMap<Uuid, OwnWords>,
}

impl Directory {
    /// A sender by our id.
    pub fn sender(&self, id: Uuid) -> Option<&Arc<Sender>> {
        self.senders.get(&id)
    }

    /// The sender that a text was addressed to: by its address, else by the messaging service it came through.
    pub fn sender_of(&self, address: &str, service: Option<&str>) -> Option<&Arc<Sender>> {
        let by_address = self.senders_by_address.get(address);
        let id = by_address.or_else(|| self.senders_by_service.get(service?))?;
        self.senders.get(id)
    }

    /// A shop by our id.
    pub fn shop(&self, id: Uuid) -> Option<&Shop> {
        self.shops.get(id)?.as_deref()
    }

    /// All shops, in no order.
    pub fn all_shops(&self) -> impl Iterator<Item = &Shop> {
        self.shops.all().filter_map(|kept| kept.as_deref())
    }

    /// All senders, in no order.
    pub fn all_senders(&self) -> impl Iterator<Item = &Arc<Sender>> {
        self.senders.values()
    }

    /// The senders that are kept for a merchant alone, in no order.
    pub fn senders_of(&self, merchant_id: Uuid) -> impl Iterator<Item = Uuid> {
        self.senders.values().filter(move |sender| sender.merchant_id == Some(merchant_id)).map(|sender| sender.id)
    }

    /// The shops that text from a sender, oldest first.
    pub fn shops_on(&self, sender_id: Uuid) -> impl Iterator<Item = &Shop> {
        self.shops_by_sender.get(&sender_id).into_iter().flatten().filter_map(|id| self.shop(*id))
    }

    /// Whether a shop is spoken of on a sender: it texts from there, or has a keyword there.
    pub fn speaks_on(&self, shop_id: Uuid, sender_id: Uuid) -> bool {
        let has_keyword = || self.keywords_of(shop_id).any(|keyword| keyword.sender_id == sender_id);
        self.shop(shop_id).is_some_and(|shop| shop.sender_id == sender_id || has_keyword())
    }

    /// A keyword by our id.
    pub fn keyword(&self, id: Uuid) -> Option<&Keyword> {
        self.keywords.get(id).map(Kept::keyword)
    }

    /// The live keyword that the whole text is, with its shop.
    pub fn keyword_of(&self, sender_id: Uuid, text: &Text, now: DateTime<Utc>) -> Option<(&Keyword, &Shop)> {
        self.live(self.index.find(sender_id, text), now)
    }

    /// For each shop on a sender that has one, the live keyword for who reads this language.
    pub fn offers_on(
        &self,
        sender_id: Uuid,
        language: Language,
        now: DateTime<Utc>,
    ) -> impl Iterator<Item = (&Keyword, &Shop)> {
        self.shops_on(sender_id).filter_map(move |shop| Some((self.offer_of(shop, sender_id, language, now)?, shop)))
    }

    /// The live keyword of a shop on a sender for who reads this language: the oldest in it, or else the oldest.
    pub fn offer_of(&self, shop: &Shop, sender_id: Uuid, language: Language, now: DateTime<Utc>) -> Option<&Keyword> {
        let is_theirs = |keyword: &&Keyword| keyword.language.unwrap_or(shop.language) == language;
        let theirs = self.offers_of(shop.id, sender_id, now).find(is_theirs);
        theirs.or_else(|| self.offers_of(shop.id, sender_id, now).next())
    }

    /// The live keywords of a shop on a sender, oldest first.
    pub fn offers_of(&self, shop_id: Uuid, sender_id: Uuid, now: DateTime<Utc>) -> impl Iterator<Item = &Keyword> {
        self.keywords_of(shop_id).filter(move |keyword| keyword.sender_id == sender_id && keyword.is_live(now))
    }

    /// All keywords of a shop, oldest first.
    pub fn keywords_of(&self, shop_id: Uuid) -> impl Iterator<Item = &Keyword> {
        self.keywords_by_shop.get(&shop_id).into_iter().flatten().filter_map(|id| self.keyword(*id))
    }

    /// The program in which members of a shop earn, as it is in force at a moment.
    pub fn program_of(&self, shop: &Shop, at: DateTime<Utc>) -> Option<&Arc<Program>> {
        self.program_at(shop.program_id, at)
    }

    /// A program as it is in force at a moment; before its first version that one.
    pub fn program_at(&self, id: Uuid, at: DateTime<Utc>) -> Option<&Arc<Program>> {
        let versions = self.programs.get(&id)?;
        versions.iter().rev().find(|version| version.valid_from <= at).or_else(|| versions.first())
    }

    /// A version of a program.
    pub fn program_version(&self, id: Uuid, version: i32) -> Option<&Arc<Program>> {
        self.programs.get(&id)?.iter().find(|program| program.version == version)
    }

    /// The shops that share a program, oldest first.
    pub fn shops_in(&self, program_id: Uuid) -> Vec<&Shop> {
        let mut shops: Vec<&Shop> = self.all_shops().filter(|shop| shop.program_id == program_id).collect();
        shops.sort_by_key(|shop| (shop.created_at, shop.id));
        shops
    }

    /// How a shop says things in a language: in its own words where it has some.
    pub fn voice(&self, shop_id: Option<Uuid>, language: Language) -> Voice<'_> {
        let voice = Voice::of(language);
        let own = shop_id.and_then(|id| Some((self.words.get(&id)?, self.shop(id)?)));
        own.map_or(voice, |(words, shop)| voice.own(&shop.name, words))
    }

    /// What a shop says in its own words; `None` where it has none.
    pub fn words_of(&self, shop_id: Uuid) -> Option<&OwnWords> {
        self.words.get(&shop_id)
    }

    /// Whether any shop says something in its own words.
    pub fn has_own_words(&self) -> bool {
        !self.words.is_empty()
    }

    /// Takes in a shop's own text; `None`: it is said as built in from now on.
    pub fn put_words(&mut self, shop_id: Uuid, (language, key): (Language, &'static str), text: Option<Template>) {
        let words = self.words.entry(shop_id).or_default();
        words.put(language, key, text);
        if words.is_empty() {
            self.words.remove(&shop_id);
        }
    }

    /// Takes in a version of a program.
    pub fn put_program(&mut self, program: Program) {
        let versions = self.programs.entry(program.id).or_default();
        versions.retain(|known| known.version != program.version);
        let place =
            versions.partition_point(|known| (known.valid_from, known.version) < (program.valid_from, program.version));
        versions.insert(place, Arc::new(program));
    }

    /// Takes in a new or changed sender.
    pub fn put_sender(&mut self, sender: Sender) {
        if let Some(old) = self.senders.get(&sender.id) {
            self.senders_by_address.remove(old.address.as_str());
            if let Some(service) = &old.service_sid {
                self.senders_by_service.remove(service.as_str());
            }
        }
        self.senders_by_address.insert(sender.address.as_str().into(), sender.id);
        if let Some(service) = &sender.service_sid {
            self.senders_by_service.insert(service.as_str().into(), sender.id);
        }
        self.senders.insert(sender.id, Arc::new(sender));
    }

    /// Takes in a new or changed shop.
    pub fn put_shop(&mut self, shop: Shop) {
        if let Some(Some(old)) = self.shops.get(shop.id)
            && let Some(ids) = self.shops_by_sender.get_mut(&old.sender_id)
        {
            ids.retain(|id| *id != shop.id);
        }
        let ids = self.shops_by_sender.entry(shop.sender_id).or_default();
        let is_older = |id: &Uuid| {
            let other = self.shops.get(*id).and_then(Option::as_ref);
            other.is_some_and(|other| (other.created_at, other.id) < (shop.created_at, shop.id))
        };
        ids.insert(ids.partition_point(is_older), shop.id);
        self.put_program(plain_program(&shop));
        self.shops.put(shop.id, Some(Arc::new(shop)));
    }

    /// Takes in a new or changed keyword.
    pub fn put_keyword(&mut self, keyword: Keyword) {
        self.remove_keyword(keyword.id);
        let (id, sender_id, shop_id, phrase) = (keyword.id, keyword.sender_id, keyword.shop_id, keyword.phrase.clone());
        let shop = self.shops.place_of(shop_id).or_else(|| self.shops.put(shop_id, None));
        if let Some(place) = shop.and_then(|shop| self.keywords.put(id, Kept::new(keyword, shop))) {
            self.index.insert(sender_id, &phrase, place);
            self.keywords_by_shop.entry(shop_id).or_default().push(id);
        }
    }

    /// Forgets a keyword.
    pub fn remove_keyword(&mut self, id: Uuid) {
        let Some((place, old)) = self.keywords.remove(id) else { return };
        let old = old.into_keyword();
        self.index.remove(old.sender_id, &old.phrase, place);
        if let Some(ids) = self.keywords_by_shop.get_mut(&old.shop_id) {
            ids.retain(|other| *other != id);
        }
    }
}

/// What a shop's members earn in until it has a program: points on joining.
fn plain_program(shop: &Shop) -> Program {
    let frame = Frame {
        id: shop.id,
        merchant_id: shop.merchant_id,
        version: 0,
        valid_from: DateTime::<Utc>::MIN_UTC,
        currency: Currency::from_code(&shop.currency).unwrap_or_default(),
        time_zone: shop.time_zone,
        secret: Vec::new(),
    };
    Program::plain(frame, &shop.name, shop.welcome_points)
}

#[cfg(test)]
mod tests;
