//! Phrases with nearly the same skeleton, found at a cost that does not grow with how many there are.

use hashbrown::HashTable;

use super::{
    KeywordId,
    likeness::{slips, slips_max},
    skeleton::{Skeleton, have_alike_letters},
};

/// The most candidates for which a text is compared with phrases.
pub const CANDIDATES_MAX: usize = 32;

/// A sender with so many keywords or fewer has them looked through.
const FEW_MAX: usize = 32;

/// The most entries under one variant. Where so many phrases are one slip apart, nobody can say which was meant.
const CROWD_MAX: usize = 16;

/// How near a skeleton must be to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    /// The same.
    Same,
    /// With a slip between them, or most kinds of two.
    Near,
}

/// The keywords of one sender, for near misses.
#[derive(Debug, Clone)]
pub(super) enum Neighbours {
    Few(Vec<Known>),
    Many(Box<Many>),
}

#[derive(Debug, Clone)]
pub(super) struct Known {
    keyword: KeywordId,
    skeleton: Box<str>,
    mask: u64,
    count: u16,
}

impl Default for Neighbours {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

impl Neighbours {
    pub(super) fn insert(&mut self, skeleton: &Skeleton, keyword: KeywordId, base: u64) {
        match self {
            Self::Few(known) if known.len() < FEW_MAX => known.push(Known {
                keyword,
                skeleton: skeleton.letters().into(),
                mask: skeleton.mask(),
                count: u16::try_from(skeleton.count()).unwrap_or(u16::MAX),
            }),
            Self::Few(known) => {
                let mut many = Many::default();
                known.iter().for_each(|known| many.insert(&known.skeleton, known.keyword, base));
                many.insert(skeleton.letters(), keyword, base);
                *self = Self::Many(Box::new(many));
            }
            Self::Many(many) => many.insert(skeleton.letters(), keyword, base),
        }
    }

    pub(super) fn remove(&mut self, skeleton: &Skeleton, keyword: KeywordId, base: u64) {
        match self {
            Self::Few(known) => known.retain(|known| known.keyword != keyword),
            Self::Many(many) => many.remove(skeleton.letters(), keyword, base),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Few(known) => known.is_empty(),
            Self::Many(many) => many.free.len() == many.slots.len(),
        }
    }

    /// Adds keywords whose skeletons are this one, or nearly, until there are [`CANDIDATES_MAX`]. Says how many entries
    /// were looked at.
    pub(super) fn gather(
        &self,
        wanted: &Skeleton,
        nearness: Nearness,
        base: u64,
        candidates: &mut Vec<KeywordId>,
    ) -> usize {
        match self {
            Self::Few(known) => {
                let near = known.iter().filter(|known| known.is(wanted, nearness)).map(|known| known.keyword);
                for keyword in near {
                    add(keyword, candidates);
                }
                known.len()
            }
            Self::Many(many) => many.gather(wanted, nearness, base, candidates),
        }
    }
}

impl Known {
    fn is(&self, wanted: &Skeleton, nearness: Nearness) -> bool {
        match nearness {
            Nearness::Same => self.mask == wanted.mask() && *self.skeleton == *wanted.letters(),
            Nearness::Near => self.is_near(wanted),
        }
    }

    /// A slip changes the length by one at most.
    fn is_near(&self, wanted: &Skeleton) -> bool {
        let most = slips_max(usize::MAX);
        usize::from(self.count).abs_diff(wanted.count()) <= most
            && have_alike_letters(self.mask, wanted.mask(), most)
            && slips(&self.skeleton, wanted.letters(), most).is_some()
    }
}

/// Many keywords, under their skeletons and each skeleton with one letter left out. Two spellings with one slip
/// between them have one such variant in common, most with two slips as well. (Symmetric delete: W. Garbe's SymSpell.)
#[derive(Debug, Clone, Default)]
pub(super) struct Many {
    variants: HashTable<Entry>,
    slots: Vec<KeywordId>,
    free: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Entry {
    variant: u32,
    slot: u32,
}

impl Many {
    fn insert(&mut self, skeleton: &str, keyword: KeywordId, base: u64) {
        let variants = Variants::of(skeleton, base);
        if self.is_crowded(variants.whole) {
            return;
        }
        let Some(slot) = self.take_slot(keyword) else { return };
        self.variants.insert_unique(spread(variants.whole), Entry { variant: variants.whole, slot }, Entry::hash);
        for variant in variants.shorter {
            if !self.is_crowded(variant) {
                self.variants.insert_unique(spread(variant), Entry { variant, slot }, Entry::hash);
            }
        }
    }

    fn remove(&mut self, skeleton: &str, keyword: KeywordId, base: u64) {
        let variants = Variants::of(skeleton, base);
        let is_it = |entry: &&Entry| entry.variant == variants.whole && self.keyword(entry.slot) == Some(keyword);
        let Some(slot) = self.variants.iter_hash(spread(variants.whole)).find(is_it).map(|entry| entry.slot) else {
            return;
        };
        for variant in std::iter::once(variants.whole).chain(variants.shorter) {
            let entry = self.variants.find_entry(spread(variant), |entry| *entry == Entry { variant, slot });
            if let Ok(entry) = entry {
                entry.remove();
            }
        }
        self.free.push(slot);
    }

    fn gather(&self, wanted: &Skeleton, nearness: Nearness, base: u64, candidates: &mut Vec<KeywordId>) -> usize {
        let variants = match nearness {
            Nearness::Same => Variants { whole: short(hash(wanted.letters(), base)), shorter: Vec::new() },
            Nearness::Near => Variants::of(wanted.letters(), base),
        };
        let mut looked_at = 0;
        for variant in std::iter::once(variants.whole).chain(variants.shorter) {
            looked_at += 1;
            let entries = self.variants.iter_hash(spread(variant)).filter(|entry| entry.variant == variant);
            for entry in entries {
                looked_at += 1;
                if candidates.len() >= CANDIDATES_MAX {
                    return looked_at;
                }
                if let Some(keyword) = self.keyword(entry.slot) {
                    add(keyword, candidates);
                }
            }
        }
        looked_at
    }

    fn keyword(&self, slot: u32) -> Option<KeywordId> {
        self.slots.get(slot as usize).copied()
    }

    fn is_crowded(&self, variant: u32) -> bool {
        self.variants.iter_hash(spread(variant)).filter(|entry| entry.variant == variant).count() >= CROWD_MAX
    }

    fn take_slot(&mut self, keyword: KeywordId) -> Option<u32> {
        if let Some(slot) = self.free.pop() {
            *self.slots.get_mut(slot as usize)? = keyword;
            return Some(slot);
        }
        let slot = u32::try_from(self.slots.len()).ok()?;
        self.slots.push(keyword);
        Some(slot)
    }
}

impl Entry {
    fn hash(&self) -> u64 {
        spread(self.variant)
    }
}

fn add(keyword: KeywordId, candidates: &mut Vec<KeywordId>) {
    if candidates.len() < CANDIDATES_MAX && !candidates.contains(&keyword) {
        candidates.push(keyword);
    }
}

/// The table looks at the topmost bits and at the lowest.
fn spread(variant: u32) -> u64 {
    u64::from(variant).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Hashes of a skeleton and of its variants, in one pass: a polynomial over a prime field at a secret point, so that the
/// hash of what is left without one letter follows from those of what is before it and behind it.
struct Variants {
    whole: u32,
    shorter: Vec<u32>,
}

impl Variants {
    fn of(skeleton: &str, base: u64) -> Self {
        let characters: Vec<char> = skeleton.chars().collect();
        let mut before = Vec::with_capacity(characters.len());
        let mut whole = 0;
        for &character in &characters {
            before.push(whole);
            whole = modular(whole, base, u64::from(character) + 1);
        }
        let at = |at: Option<usize>| characters.get(at?).copied();
        let (mut behind, mut power) = (0, 1);
        let mut shorter = Vec::with_capacity(characters.len());
        for (place, &character) in characters.iter().enumerate().rev() {
            let (last, next) = (at(place.checked_sub(1)), at(Some(place + 1)));
            // Two alike letters that meet are one in a skeleton; of two alike digits, leaving out either is the same.
            let meet = last == next && next.is_some_and(char::is_alphabetic);
            if next != Some(character) {
                let start = before.get(place - usize::from(meet)).copied().unwrap_or(0);
                shorter.push(short(modular(start, power, behind)));
            }
            behind = modular(u64::from(character) + 1, power, behind);
            power = modular(power, base, 0);
        }
        Self { whole: short(whole), shorter }
    }
}

fn hash(skeleton: &str, base: u64) -> u64 {
    skeleton.chars().fold(0, |hash, character| modular(hash, base, u64::from(character) + 1))
}

/// The Mersenne prime 2^61 − 1.
const PRIME: u64 = (1 << 61) - 1;

/// A point of the field made of a random number; neither 0 nor 1.
pub(super) fn point(random: u64) -> u64 {
    random % (PRIME - 2) + 2
}

/// `a * b + c` in the field.
fn modular(a: u64, b: u64, c: u64) -> u64 {
    let product = u128::from(a) * u128::from(b) + u128::from(c);
    // 2^61 is 1 in the field.
    let folded = (product as u64 & PRIME) + (product >> 61) as u64;
    if folded >= PRIME { folded - PRIME } else { folded }
}

fn short(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// The variants, made by hand.
    fn shorter(skeleton: &str) -> BTreeSet<String> {
        let characters: Vec<char> = skeleton.chars().collect();
        let without = |place: usize| {
            let mut left = characters.clone();
            left.remove(place);
            let meet = place > 0 && left.get(place) == left.get(place - 1) && left[place - 1].is_alphabetic();
            if meet {
                left.remove(place);
            }
            left.into_iter().collect()
        };
        (0..characters.len()).map(without).collect()
    }

    fn id(number: usize) -> KeywordId {
        KeywordId(uuid::Uuid::from_u128(number as u128))
    }

    /// One slip in a word: a letter left out, put in, changed, or two that changed places.
    fn slip(word: &str, (kind, place, letter): (u8, prop::sample::Index, char)) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        let place = place.index(letters.len());
        match kind {
            0 => drop(letters.remove(place)),
            1 => letters.insert(place, letter),
            2 => letters[place] = letter,
            _ => letters.swap(place, place.saturating_sub(1)),
        }
        letters.into_iter().collect()
    }

    const BASE: u64 = 12_345_678_901;

    proptest! {
        #[test]
        fn variants_are_what_is_left_without_one_letter(typed in "[abcd0-1铁]{0,12}") {
            let skeleton = Skeleton::of(&typed);
            let variants = Variants::of(skeleton.letters(), BASE);
            let expected: BTreeSet<u32> = shorter(skeleton.letters()).iter().map(|left| short(hash(left, BASE))).collect();
            prop_assert_eq!(variants.whole, short(hash(skeleton.letters(), BASE)));
            prop_assert_eq!(variants.shorter.into_iter().collect::<BTreeSet<u32>>(), expected);
        }

        #[test]
        fn one_slip_away_is_always_found_among_few_and_among_many(
            // Without p: behind it an h changes two letters at once.
            words in prop::collection::btree_set("[a-oq-z]{5,9}", 1..90), which in any::<prop::sample::Index>(),
            slipped in (0..4_u8, any::<prop::sample::Index>(), prop::char::range('a', 'o'))
        ) {
            let words: Vec<String> = words.into_iter().collect();
            let mut neighbours = Neighbours::default();
            for (number, word) in words.iter().enumerate() {
                neighbours.insert(&Skeleton::of(word), id(number), BASE);
            }
            let which = which.index(words.len());
            let mut found = Vec::new();
            neighbours.gather(&Skeleton::of(&slip(&words[which], slipped)), Nearness::Near, BASE, &mut found);
            prop_assert!(found.contains(&id(which)));
            for (number, word) in words.iter().enumerate() {
                prop_assert!(!neighbours.is_empty());
                neighbours.remove(&Skeleton::of(word), id(number), BASE);
            }
            prop_assert!(neighbours.is_empty());
            if let Neighbours::Many(many) = neighbours {
                prop_assert!(many.variants.is_empty());
            }
        }
    }
}
