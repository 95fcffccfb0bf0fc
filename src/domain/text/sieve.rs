//! Lists of words, and a quick look that tells of nearly every other word that it is on none of them.

use hashbrown::HashSet;

/// Which words there may be, by their lengths and three of their bytes.
#[derive(Debug, Clone)]
pub struct Sieve([u64; BITS / 64]);

/// Far more than the words of any list.
const BITS: usize = 4_096;

impl Sieve {
    /// A sieve that no word passes.
    pub const EMPTY: Self = Self([0; BITS / 64]);

    /// Lets a word pass.
    pub fn add(&mut self, word: &str) {
        let bit = bit_of(word);
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    /// Whether a word passes: all that were added do, few others.
    pub fn passes(&self, word: &str) -> bool {
        let bit = bit_of(word);
        self.0[bit / 64] & (1 << (bit % 64)) != 0
    }
}

fn bit_of(word: &str) -> usize {
    let bytes = word.as_bytes();
    let at = |place: usize| bytes.get(place).map_or(0, |byte| u32::from(*byte));
    let last = at(bytes.len().saturating_sub(1));
    let mixed = at(0) | at(bytes.len() / 2) << 8 | last << 16 | (bytes.len() as u32) << 24;
    mixed.wrapping_mul(0x9e37_79b1) as usize >> (32 - BITS.ilog2())
}

/// A list of words.
#[derive(Debug)]
pub struct Words {
    sieve: Sieve,
    words: HashSet<&'static str>,
}

impl Words {
    /// Makes a list.
    pub fn new(words: impl IntoIterator<Item = &'static str>) -> Self {
        let mut list = Self { sieve: Sieve::EMPTY, words: words.into_iter().collect() };
        list.words.iter().for_each(|word| list.sieve.add(word));
        list
    }

    /// Whether a word is on it.
    pub fn has(&self, word: &str) -> bool {
        self.sieve.passes(word) && self.words.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_its_words_and_no_other() {
        let list = Words::new(["", "a", "pls", "please", "请", "por favor"]);
        for word in ["", "a", "pls", "please", "请", "por favor"] {
            assert!(list.has(word), "{word}");
        }
        for word in ["b", "pl", "plx", "pleese", "铁", "por fabor"] {
            assert!(!list.has(word), "{word}");
        }
    }

    #[test]
    fn few_words_pass_that_are_on_no_list() {
        let mut sieve = Sieve::EMPTY;
        (0..200).for_each(|number| sieve.add(&format!("word{number}")));
        let passing = (0..1_000).filter(|number| sieve.passes(&format!("{number}other"))).count();
        assert!(passing < 120, "{passing}");
    }
}
