//! Every keyword of every sender in memory: one hash look-up for what is on the sign, some more for near misses, however
//! many there are.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use uuid::Uuid;

use super::likeness::{Wanted, skeleton_of};
use super::neighbours::{self, Neighbours};
use super::table::{Key, Table};
use super::{Phrase, Place};
use crate::{intent::spelling::in_simplified, text::Text};

/// Which keywords a text to a sender may mean. Knows places only: whether a keyword is in season is for its caller to say.
///
/// It keeps a fingerprint of sender and phrase in place of the two: a find touches one entry and no phrase.
#[derive(Debug, Clone)]
pub struct KeywordIndex {
    phrases: Table<Fingerprint, 3, 4>,
    /// Where a phrase belongs to more than one: campaigns that follow each other.
    several: HashMap<Fingerprint, Vec<Place>>,
    /// How many phrases of a sender begin with a word, by a hash of the two.
    beginnings: hashbrown::HashMap<u64, u32>,
    keywords: usize,
    hashing: [RandomState; 2],
    neighbours: hashbrown::HashMap<Uuid, Neighbours>,
    /// Where the hashes of skeletons are taken.
    point: u64,
}

impl Default for KeywordIndex {
    fn default() -> Self {
        let hashing = <[RandomState; 2]>::default();
        let point = neighbours::point(hashing[0].hash_one("skeletons"));
        let (phrases, several, beginnings, neighbours) = Default::default();
        Self { phrases, several, beginnings, keywords: 0, hashing, neighbours, point }
    }
}

impl KeywordIndex {
    /// An index of no keywords.
    pub fn new() -> Self {
        Self::default()
    }

    /// The keywords whose phrase is the whole of `text`, oldest insertion first; none for most texts.
    pub fn find(&self, sender: Uuid, text: &Text) -> &[Place] {
        self.find_normal(sender, text.normal())
    }

    /// The keywords of this phrase, or of the same in traditional characters or simplified ones.
    pub fn find_phrase(&self, sender: Uuid, phrase: &Phrase) -> &[Place] {
        self.find_normal(sender, phrase.normal())
    }

    /// The keywords whose phrase is these words, in normal form.
    pub fn find_normal(&self, sender: Uuid, normal: &str) -> &[Place] {
        let fingerprint = fingerprint(&self.hashing, sender, normal);
        self.under(fingerprint)
    }

    fn under(&self, fingerprint: Fingerprint) -> &[Place] {
        match self.phrases.under(fingerprint).next() {
            None => &[],
            Some(&SEVERAL) => self.several.get(&fingerprint).map_or(&[], Vec::as_slice),
            Some(only) => std::slice::from_ref(only),
        }
    }

    /// Whether a phrase may begin with this word.
    pub fn begins(&self, sender: Uuid, word: &str) -> bool {
        self.beginnings.contains_key(&self.beginning(sender, word))
    }

    fn beginning(&self, sender: Uuid, normal: &str) -> u64 {
        let first = in_simplified(normal.split_once(' ').map_or(normal, |(first, _)| first));
        self.beginnings.hasher().hash_one((sender.as_bytes(), first.as_ref()))
    }

    /// Adds keywords that may be like what is wanted, as a round of looking finds them, until there are
    /// [`super::CANDIDATES_MAX`]. Says how many entries it looked at: never more than some thousand, however many there are.
    pub fn gather(&self, sender: Uuid, wanted: &Wanted<'_>, round: usize, candidates: &mut Vec<Place>) -> usize {
        let Some(neighbours) = self.neighbours.get(&sender) else { return 0 };
        let looks = wanted.skeletons(round);
        looks.map(|(skeleton, nearness)| neighbours.gather(&skeleton, nearness, self.point, candidates)).sum()
    }

    /// Adds a keyword; one that is there already is not added again.
    pub fn insert(&mut self, sender: Uuid, phrase: &Phrase, keyword: Place) {
        if self.add(fingerprint(&self.hashing, sender, phrase.normal()), keyword) {
            self.keywords += 1;
            *self.beginnings.entry(self.beginning(sender, phrase.normal())).or_default() += 1;
            self.neighbours.entry(sender).or_default().insert(&skeleton_of(phrase), keyword, self.point);
        }
    }

    fn add(&mut self, fingerprint: Fingerprint, keyword: Place) -> bool {
        match *self.under(fingerprint) {
            [] => self.phrases.insert(fingerprint, keyword),
            ref known if known.contains(&keyword) => return false,
            [only] if !self.several.contains_key(&fingerprint) => {
                self.several.insert(fingerprint, vec![only, keyword]);
                self.phrases.replace(fingerprint, only, SEVERAL);
            }
            _ => self.several.entry(fingerprint).or_default().push(keyword),
        }
        true
    }

    /// Takes a keyword from under its phrase; says whether it was there.
    fn take(&mut self, fingerprint: Fingerprint, keyword: Place) -> bool {
        if !self.under(fingerprint).contains(&keyword) {
            return false;
        }
        let Some(several) = self.several.get_mut(&fingerprint) else {
            self.phrases.remove(fingerprint, keyword);
            return true;
        };
        several.retain(|other| *other != keyword);
        if let [only] = several[..] {
            self.several.remove(&fingerprint);
            self.phrases.replace(fingerprint, SEVERAL, only);
        }
        true
    }

    /// Takes a keyword out; says whether it was there.
    pub fn remove(&mut self, sender: Uuid, phrase: &Phrase, keyword: Place) -> bool {
        if !self.take(fingerprint(&self.hashing, sender, phrase.normal()), keyword) {
            return false;
        }
        self.keywords -= 1;
        let beginning = self.beginning(sender, phrase.normal());
        if let Some(count) = self.beginnings.get_mut(&beginning) {
            *count -= 1;
            if *count == 0 {
                self.beginnings.remove(&beginning);
            }
        }
        if let Some(neighbours) = self.neighbours.get_mut(&sender) {
            neighbours.remove(&skeleton_of(phrase), keyword, self.point);
            if neighbours.is_empty() {
                self.neighbours.remove(&sender);
            }
        }
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
}

/// 128 bits of a keyed hash. Nobody outside knows the keys, so nobody can make two phrases collide; that two of a million
/// do by chance is less likely than one in 10^26.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Fingerprint([u64; 2]);

fn fingerprint(hashing: &[RandomState; 2], sender: Uuid, normal: &str) -> Fingerprint {
    let folded = in_simplified(normal);
    let key = (sender.as_bytes(), folded.as_ref());
    Fingerprint([hashing[0].hash_one(key), hashing[1].hash_one(key)])
}

/// Stands for keywords that are kept elsewhere, for there are several.
const SEVERAL: Place = Place(u32::MAX - 1);

impl Key for Fingerprint {
    const NONE: Self = Self([0; 2]);

    fn spread(self) -> u64 {
        self.0[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn id(number: u8) -> Place {
        Place(number.into())
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
    fn traditional_and_simplified_characters_are_one_phrase() {
        let mut index = KeywordIndex::new();
        index.insert(sender(1), &phrase("咖啡謝謝"), id(1));
        index.insert(sender(2), &phrase("咖啡 谢谢"), id(2));
        assert_eq!(index.find(sender(1), &Text::read("咖啡谢谢")), [id(1)]);
        assert_eq!(index.find(sender(1), &Text::read("咖啡謝謝")), [id(1)]);
        assert_eq!(index.find(sender(2), &Text::read("咖啡 謝謝")), [id(2)]);
        assert!(index.begins(sender(2), "咖啡"));
        assert!(index.remove(sender(1), &phrase("咖啡谢谢"), id(1)));
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
        assert!(index.is_empty() && index.phrases.is_empty() && index.neighbours.is_empty());
        assert!(index.beginnings.is_empty() && !index.begins(sender(1), "spring"));
        assert_eq!(index.find_phrase(sender(1), &spring), []);
    }

    proptest! {
        #[test]
        fn whatever_comes_and_goes_the_index_knows_what_a_plain_map_knows(
            changes in prop::collection::vec((any::<bool>(), 0..3_u8, 0..8_u8, 0..4_u8), 0..200)
        ) {
            let mut index = KeywordIndex::new();
            let mut plain: BTreeMap<(u8, u8), Vec<Place>> = BTreeMap::new();
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
