//! Phrases with nearly the same skeleton, found at a cost that does not grow with how many there are.

use super::{
    Place,
    likeness::{slips, slips_max},
    skeleton::{Skeleton, have_alike_letters},
    table::{Key, Table},
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
    Many(Many),
}

#[derive(Debug, Clone)]
pub(super) struct Known {
    keyword: Place,
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
    pub(super) fn insert(&mut self, skeleton: &Skeleton, keyword: Place, base: u64) {
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
                *self = Self::Many(many);
            }
            Self::Many(many) => many.insert(skeleton.letters(), keyword, base),
        }
    }

    pub(super) fn remove(&mut self, skeleton: &Skeleton, keyword: Place, base: u64) {
        match self {
            Self::Few(known) => known.retain(|known| known.keyword != keyword),
            Self::Many(many) => many.remove(skeleton.letters(), keyword, base),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Few(known) => known.is_empty(),
            Self::Many(many) => many.variants.is_empty(),
        }
    }

    /// Adds keywords whose skeletons are this one, or nearly, until there are [`CANDIDATES_MAX`]. Says how many entries
    /// were looked at.
    pub(super) fn gather(
        &self,
        wanted: &Skeleton,
        nearness: Nearness,
        base: u64,
        candidates: &mut Vec<Place>,
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
    variants: Table<u32, 7, 8>,
}

/// A variant is a hash already, and a short one.
impl Key for u32 {
    const NONE: Self = 0;

    fn spread(self) -> u64 {
        u64::from(self).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

impl Many {
    fn insert(&mut self, skeleton: &str, keyword: Place, base: u64) {
        let variants = hashes(skeleton, base);
        if variants.first().is_none_or(|whole| self.is_crowded(*whole)) {
            return;
        }
        for variant in variants {
            if !self.is_crowded(variant) {
                self.variants.insert(variant, keyword);
            }
        }
    }

    fn remove(&mut self, skeleton: &str, keyword: Place, base: u64) {
        let variants = hashes(skeleton, base);
        let is_kept = |whole: &u32| self.variants.under(*whole).any(|other| *other == keyword);
        if variants.first().is_some_and(is_kept) {
            variants.into_iter().for_each(|variant| self.variants.remove(variant, keyword));
        }
    }

    fn gather(&self, wanted: &Skeleton, nearness: Nearness, base: u64, candidates: &mut Vec<Place>) -> usize {
        let mut variants = match nearness {
            Nearness::Same => vec![short(hash(wanted.letters(), base))],
            Nearness::Near => hashes(wanted.letters(), base),
        };
        let mut looked_at = variants.len();
        self.variants.retain_had(&mut variants);
        for keyword in variants.iter().flat_map(|variant| self.variants.under(*variant)) {
            looked_at += 1;
            if candidates.len() >= CANDIDATES_MAX {
                break;
            }
            add(*keyword, candidates);
        }
        looked_at
    }

    fn is_crowded(&self, variant: u32) -> bool {
        self.variants.under(variant).nth(CROWD_MAX - 1).is_some()
    }
}

fn add(keyword: Place, candidates: &mut Vec<Place>) {
    if candidates.len() < CANDIDATES_MAX && !candidates.contains(&keyword) {
        candidates.push(keyword);
    }
}

/// Hashes of a skeleton, first, and of its variants, in one pass: a polynomial over a prime field at a secret point, so that
/// the hash of what is left without one letter follows from those of what is before it and behind it.
fn hashes(skeleton: &str, base: u64) -> Vec<u32> {
    let mut before = Vec::with_capacity(skeleton.len());
    let mut whole = 0;
    for character in skeleton.chars() {
        before.push(whole);
        whole = modular(whole, base, u64::from(character) + 1);
    }
    let mut hashes = Vec::with_capacity(before.len() + 1);
    hashes.push(short(whole));
    let (mut behind, mut power, mut next) = (0, 1, None);
    let mut characters = skeleton.chars().rev().peekable();
    let mut place = before.len();
    while let Some(character) = characters.next() {
        place -= 1;
        // Two alike letters that meet are one in a skeleton; of two alike digits, leaving out either is the same.
        let meet = next.is_some_and(char::is_alphabetic) && characters.peek().copied() == next;
        if next != Some(character) {
            let start = before.get(place - usize::from(meet)).copied().unwrap_or(0);
            hashes.push(short(modular(start, power, behind)));
        }
        behind = modular(u64::from(character) + 1, power, behind);
        power = modular(power, base, 0);
        next = Some(character);
    }
    hashes
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

    fn id(number: usize) -> Place {
        Place(number as u32)
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
            let variants = hashes(skeleton.letters(), BASE);
            let expected: BTreeSet<u32> = shorter(skeleton.letters()).iter().map(|left| short(hash(left, BASE))).collect();
            prop_assert_eq!(variants[0], short(hash(skeleton.letters(), BASE)));
            prop_assert_eq!(variants[1..].iter().copied().collect::<BTreeSet<u32>>(), expected);
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
