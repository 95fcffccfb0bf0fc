//! Slips of the thumb: an unknown word that one edit away is a word of weight.

use rustc_hash::FxHashMap;

use super::{
    concept::{Concepts, bit},
    lexicon::Entry,
};

/// Shorter words have too many neighbours; their usual misspellings are in the lexicon.
const LETTERS_MIN: usize = 6;
/// Nobody misspells a longer one by a letter only.
const LETTERS_MAX: usize = 20;

/// Only words that an opt-out cannot do without are worth a guess.
const WEIGHTY: Concepts = bit("END")
    | bit("UNSUB")
    | bit("CANCEL")
    | bit("REMOVE")
    | bit("BLOCK")
    | bit("ENOUGH")
    | bit("BOTHER")
    | bit("CONTACT")
    | bit("MESSAGES")
    | bit("ADS")
    | bit("NUMBER")
    | bit("WRONG")
    | bit("INTEREST")
    | bit("NEVER")
    | bit("RECEIVE")
    | bit("WANT");

/// Words by what is left of them without one letter.
pub struct Near {
    words: Vec<(&'static [u8], u32)>,
    gapped: FxHashMap<u64, u32>,
}

impl Near {
    /// The letters of a form that is a single word of weight.
    pub fn word_in<'a>(form: &'a str, entry: &Entry) -> Option<&'a [u8]> {
        let word = form.trim_end().as_bytes();
        let is_word = word.is_ascii() && !word.contains(&b' ') && form.ends_with(' ');
        let has_weight = entry.meaning(u8::MAX) & WEIGHTY != 0;
        (is_word && has_weight && (LETTERS_MIN..=LETTERS_MAX).contains(&word.len())).then_some(word)
    }

    /// Of these words, each with the number of its form.
    pub fn new(words: impl Iterator<Item = (u32, &'static [u8])>) -> Self {
        let mut near = Self { words: Vec::new(), gapped: FxHashMap::default() };
        for (number, word) in words {
            let at = u32::try_from(near.words.len()).unwrap_or(u32::MAX);
            near.words.push((word, number));
            for gap in 0..=word.len() {
                near.gapped.entry(gapped(word, gap)).or_insert(at);
            }
        }
        near
    }

    /// The number of the form that `word` is a slip of.
    pub fn find(&self, word: &str) -> Option<u32> {
        let word = word.as_bytes();
        if !word.is_ascii() || !(LETTERS_MIN..=LETTERS_MAX).contains(&word.len()) {
            return None;
        }
        // From the last letter on: the first letter is seldom the wrong one.
        (0..=word.len()).rev().find_map(|gap| {
            let (known, number) = &self.words[*self.gapped.get(&gapped(word, gap))? as usize];
            is_one_slip(word, known).then_some(*number)
        })
    }
}

/// A number for the word without the letter at `gap`; for the whole word where there is none.
fn gapped(word: &[u8], gap: usize) -> u64 {
    let mut number = 0xcbf2_9ce4_8422_2325_u64;
    for (_, &byte) in word.iter().enumerate().filter(|(at, _)| *at != gap) {
        number = (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    number
}

/// Whether one letter too many, too few, wrong, or two swapped are all the difference.
fn is_one_slip(left: &[u8], right: &[u8]) -> bool {
    let start = left.iter().zip(right).take_while(|(l, r)| l == r).count();
    let (left, right) = (&left[start..], &right[start..]);
    let end = left.iter().rev().zip(right.iter().rev()).take_while(|(l, r)| l == r).count();
    match (&left[..left.len() - end], &right[..right.len() - end]) {
        ([], [] | [_]) | ([_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_one_letter_more_less_other_or_two_swapped() {
        for (typed, meant) in [("remvoe", "remove"), ("remov", "remove"), ("remmove", "remove"), ("remobe", "remove")] {
            assert!(is_one_slip(typed.as_bytes(), meant.as_bytes()), "{typed}");
        }
        for (typed, meant) in [("rmov", "remove"), ("remvoee", "remove"), ("evomer", "remove")] {
            assert!(!is_one_slip(typed.as_bytes(), meant.as_bytes()), "{typed}");
        }
    }
}
