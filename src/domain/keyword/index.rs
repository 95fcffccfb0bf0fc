//! Every keyword of every sender in memory: one hash look-up, however many there are.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};
use std::iter::successors;

use uuid::Uuid;

use super::{KeywordId, Phrase};
use crate::domain::text::Text;

/// Which keywords a text to a sender may mean. Knows ids only: whether a keyword is in season is for its caller to say.
///
/// A short hash of sender and phrase leads to a slot; slots of equal hash are chained and compared, so a find is exact.
/// At a million keywords that takes about 120 bytes each, against 150 in a map keyed by the phrase itself, whose spare
/// room is as wide as its entries.
#[derive(Debug, Clone, Default)]
pub struct KeywordIndex {
    first: HashMap<u32, u32, BuildHasherDefault<Spread>>,
    slots: Vec<Slot>,
    free: Vec<u32>,
    keywords: usize,
    hashing: RandomState,
}

impl KeywordIndex {
    /// An index of no keywords.
    pub fn new() -> Self {
        Self::default()
    }

    /// The keywords whose phrase is the whole of `text`, oldest insertion first; none for most texts.
    pub fn find(&self, sender: Uuid, text: &Text) -> &[KeywordId] {
        self.find_normal(sender, text.normal())
    }

    /// The keywords of this phrase.
    pub fn find_phrase(&self, sender: Uuid, phrase: &Phrase) -> &[KeywordId] {
        self.find_normal(sender, phrase.normal())
    }

    /// Adds a keyword; one that is there already is not added again.
    pub fn insert(&mut self, sender: Uuid, phrase: &Phrase, keyword: KeywordId) {
        let hash = self.short_hash(sender, phrase.normal());
        if let Some(at) = self.slot_of(hash, sender, phrase.normal()) {
            let added = self.slots[at as usize].keywords.add(keyword);
            self.keywords += usize::from(added);
            return;
        }
        let at = self.fill_slot(Slot {
            sender,
            phrase: phrase.normal().into(),
            keywords: Keywords::One(keyword),
            next: self.first.get(&hash).copied(),
        });
        self.first.insert(hash, at);
        self.keywords += 1;
    }

    /// Takes a keyword out; says whether it was there.
    pub fn remove(&mut self, sender: Uuid, phrase: &Phrase, keyword: KeywordId) -> bool {
        let hash = self.short_hash(sender, phrase.normal());
        let Some(at) = self.slot_of(hash, sender, phrase.normal()) else {
            return false;
        };
        match self.slots[at as usize].keywords.take(keyword) {
            Taken::WasNotThere => return false,
            Taken::OthersAreLeft => {}
            Taken::WasTheLast => self.clear_slot(hash, at),
        }
        self.keywords -= 1;
        true
    }

    /// How many keywords there are.
    pub fn len(&self) -> usize {
        self.keywords
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.keywords == 0
    }

    fn find_normal(&self, sender: Uuid, normal: &str) -> &[KeywordId] {
        let hash = self.short_hash(sender, normal);
        match self.slot_of(hash, sender, normal) {
            Some(at) => self.slots[at as usize].keywords.as_slice(),
            None => &[],
        }
    }

    fn slot_of(&self, hash: u32, sender: Uuid, normal: &str) -> Option<u32> {
        self.chain(hash).find(|&at| {
            let slot = &self.slots[at as usize];
            slot.sender == sender && *slot.phrase == *normal
        })
    }

    fn chain(&self, hash: u32) -> impl Iterator<Item = u32> {
        let first = self.first.get(&hash).copied();
        successors(first, |&at| self.slots[at as usize].next)
    }

    fn fill_slot(&mut self, slot: Slot) -> u32 {
        if let Some(at) = self.free.pop() {
            self.slots[at as usize] = slot;
            return at;
        }
        self.slots.push(slot);
        // More than a u32 counts would be over 300 GB of keywords.
        (self.slots.len() - 1) as u32
    }

    fn clear_slot(&mut self, hash: u32, at: u32) {
        let before = self
            .chain(hash)
            .find(|&slot| self.slots[slot as usize].next == Some(at));
        let cleared = &mut self.slots[at as usize];
        cleared.phrase = Box::default();
        let next = cleared.next.take();
        match (before, next) {
            (Some(before), _) => self.slots[before as usize].next = next,
            (None, Some(next)) => drop(self.first.insert(hash, next)),
            (None, None) => drop(self.first.remove(&hash)),
        }
        self.free.push(at);
    }

    fn short_hash(&self, sender: Uuid, normal: &str) -> u32 {
        let hash = self.hashing.hash_one((sender.as_bytes(), normal)) as u32;
        // Few hashes in tests, so that they walk the chains.
        if cfg!(test) { hash % 4 } else { hash }
    }
}

/// One phrase on one sender.
#[derive(Debug, Clone)]
struct Slot {
    sender: Uuid,
    phrase: Box<str>,
    keywords: Keywords,
    /// The next slot of the same short hash.
    next: Option<u32>,
}

/// Nearly every phrase belongs to one keyword; several are campaigns that follow each other.
#[derive(Debug, Clone)]
enum Keywords {
    One(KeywordId),
    Several(Vec<KeywordId>),
}

enum Taken {
    WasNotThere,
    OthersAreLeft,
    WasTheLast,
}

impl Keywords {
    fn as_slice(&self) -> &[KeywordId] {
        match self {
            Self::One(keyword) => std::slice::from_ref(keyword),
            Self::Several(keywords) => keywords,
        }
    }

    fn add(&mut self, keyword: KeywordId) -> bool {
        if self.as_slice().contains(&keyword) {
            return false;
        }
        match self {
            Self::One(only) => *self = Self::Several(vec![*only, keyword]),
            Self::Several(keywords) => keywords.push(keyword),
        }
        true
    }

    fn take(&mut self, keyword: KeywordId) -> Taken {
        let left: Vec<_> = self
            .as_slice()
            .iter()
            .copied()
            .filter(|&other| other != keyword)
            .collect();
        if left.len() == self.as_slice().len() {
            return Taken::WasNotThere;
        }
        match left[..] {
            [] => return Taken::WasTheLast,
            [only] => *self = Self::One(only),
            _ => *self = Self::Several(left),
        }
        Taken::OthersAreLeft
    }
}

/// Spreads a short hash, which is random already, over the 64 bits a map looks at.
#[derive(Debug, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write_u32(&mut self, hash: u32) {
        // 2^64 divided by the golden ratio (Knuth, multiplicative hashing)
        self.0 = u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(self.0 as u32 ^ u32::from(byte));
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn id(number: u8) -> KeywordId {
        KeywordId(Uuid::from_u128(number.into()))
    }

    fn sender(number: u8) -> Uuid {
        Uuid::from_u128(number.into())
    }

    fn phrase(typed: &str) -> Phrase {
        Phrase::parse(typed).unwrap()
    }

    #[test]
    fn a_text_finds_the_keyword_whose_phrase_it_is_on_its_own_sender_only() {
        let mut index = KeywordIndex::new();
        index.insert(sender(1), &phrase("COFFEE PLS"), id(1));
        index.insert(sender(2), &phrase("Coffee pls!"), id(2));
        let text = Text::read(" “Coffee-Pls”. ");
        assert_eq!(index.find(sender(1), &text), [id(1)]);
        assert_eq!(index.find(sender(2), &text), [id(2)]);
        assert_eq!(index.find(sender(3), &text), []);
        for other in ["coffee", "coffee pls thanks", "coffeepls", ""] {
            assert_eq!(index.find(sender(1), &Text::read(other)), [], "{other}");
        }
    }

    #[test]
    fn campaigns_that_follow_each_other_share_a_phrase() {
        let mut index = KeywordIndex::new();
        let spring = phrase("spring");
        for keyword in [3, 1, 2, 1] {
            index.insert(sender(1), &spring, id(keyword));
        }
        assert_eq!(index.find_phrase(sender(1), &spring), [id(3), id(1), id(2)]);
        assert_eq!(index.len(), 3);
        assert!(index.remove(sender(1), &spring, id(1)));
        assert!(!index.remove(sender(1), &spring, id(1)));
        assert_eq!(index.find_phrase(sender(1), &spring), [id(3), id(2)]);
        assert!(index.remove(sender(1), &spring, id(3)) && index.remove(sender(1), &spring, id(2)));
        assert!(index.is_empty() && index.first.is_empty());
        assert_eq!(index.find_phrase(sender(1), &spring), []);
    }

    #[test]
    fn a_cleared_slot_is_filled_again() {
        let mut index = KeywordIndex::new();
        for round in 0..100 {
            index.insert(sender(round), &phrase("coffee"), id(round));
            assert!(index.remove(sender(round), &phrase("coffee"), id(round)));
        }
        assert_eq!(index.slots.len(), 1);
    }

    proptest! {
        #[test]
        fn whatever_comes_and_goes_the_index_knows_what_a_plain_map_knows(
            changes in prop::collection::vec((any::<bool>(), 0..3_u8, 0..8_u8, 0..4_u8), 0..200)
        ) {
            let mut index = KeywordIndex::new();
            let mut plain: BTreeMap<(u8, u8), Vec<KeywordId>> = BTreeMap::new();
            for (add, on, word, keyword) in changes {
                let (phrase, known) = (phrase(&format!("word {word}")), plain.entry((on, word)).or_default());
                let there = known.contains(&id(keyword));
                if add {
                    index.insert(sender(on), &phrase, id(keyword));
                    if !there {
                        known.push(id(keyword));
                    }
                } else {
                    prop_assert_eq!(index.remove(sender(on), &phrase, id(keyword)), there);
                    known.retain(|&other| other != id(keyword));
                }
                for (on, word) in (0..3).flat_map(|on| (0..8).map(move |word| (on, word))) {
                    let expected = plain.get(&(on, word)).map_or(&[][..], Vec::as_slice);
                    prop_assert_eq!(index.find(sender(on), &Text::read(&format!("WORD {word}"))), expected);
                }
                prop_assert_eq!(index.len(), plain.values().map(Vec::len).sum::<usize>());
            }
        }
    }
}
