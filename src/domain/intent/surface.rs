//! The surface of a text: its letters and words as they were typed, with what stands between them. The model weighs it
//! beside what the text means, for how something is said tells much where the lexicon knows no word.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{features::hash, spelling::simplified};
use crate::text::MAX_CHARACTERS;

/// How many features there may be: a feature's number is its hash.
pub const WIDTH: usize = 1 << 17;

/// The longest row of letters, and of words.
const LETTERS_MOST: usize = 5;
const WORDS_MOST: usize = 3;

/// Kinds of features; each kind counts alike however many a text has of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One to five letters in a row, the edges of words included.
    Letters,
    /// One to three words or marks in a row.
    Words,
}

/// How many kinds there are.
pub const KINDS: usize = 2;

/// How much these features count beside those of the sense.
const SCALE: f32 = 3.0;

/// What each feature of a kind is worth in a text that has so many of them.
pub fn worth(count: u32) -> f32 {
    SCALE / (count.max(1) as f32).sqrt()
}

/// Tells `found` every feature of the text: its number, below [`WIDTH`], and its kind.
pub fn look(raw: &str, mut found: impl FnMut(u32, Kind)) {
    let typed = fold(raw);
    for piece in typed.split(|c: &char| c.is_whitespace()).filter(|piece| !piece.is_empty()) {
        letters(piece, &mut found);
    }
    words(&typed, &mut found);
}

/// Lower case, without width and accents, traditional characters as simplified ones.
fn fold(raw: &str) -> Vec<char> {
    let counted = raw.chars().take(MAX_CHARACTERS);
    let plain = counted.nfkd().filter(|c| !is_combining_mark(*c)).take(2 * MAX_CHARACTERS);
    plain.flat_map(char::to_lowercase).map(simplified).collect()
}

fn letters(piece: &[char], found: &mut impl FnMut(u32, Kind)) {
    let at = |place: usize| if place == 0 || place > piece.len() { ' ' } else { piece[place - 1] };
    let places = piece.len() + 2;
    for place in 0..places {
        let mut row = 0_u64;
        for end in place..places.min(place + LETTERS_MOST) {
            row = hash(&[row, u64::from(at(end))]);
            // A blank alone says nothing.
            if !(end == place && at(end) == ' ') {
                found(number(row, 1), Kind::Letters);
            }
        }
    }
}

fn words(typed: &[char], found: &mut impl FnMut(u32, Kind)) {
    let mut before = [0_u64; WORDS_MOST - 1];
    for word in typed.chunk_by(|left, right| left.is_alphanumeric() && right.is_alphanumeric()) {
        if word.iter().all(|c| c.is_whitespace()) {
            continue;
        }
        let word = word.iter().fold(0, |word, c| hash(&[word, u64::from(*c)]));
        let mut row = word;
        found(number(row, 2), Kind::Words);
        for earlier in before.iter().take_while(|earlier| **earlier != 0) {
            row = hash(&[*earlier, row]);
            found(number(row, 2), Kind::Words);
        }
        before.rotate_right(1);
        before[0] = word;
    }
}

fn number(row: u64, kind: u64) -> u32 {
    (hash(&[kind, row]) >> 20) as u32 & (WIDTH as u32 - 1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn features(raw: &str) -> BTreeSet<u32> {
        let mut numbers = BTreeSet::new();
        look(raw, |number, _| {
            numbers.insert(number);
        });
        numbers
    }

    #[test]
    fn case_width_and_accents_do_not_show_but_marks_do() {
        assert_eq!(features("ARRÊTEZ ça"), features("arretez ｃａ"));
        assert_eq!(features("請停"), features("请停"));
        assert_ne!(features("stop"), features("stop?"));
        assert!(features("stop it").is_superset(&features("stop")));
        assert!(features(" \n ").is_empty());
    }

    #[test]
    fn there_are_so_many_rows_of_letters_and_words() {
        let count = |raw, wanted| {
            let mut count = 0;
            look(raw, |_, kind| count += usize::from(kind == wanted));
            count
        };
        // " ab ": 2 letters, 3 twos, 2 threes, 1 four.
        assert_eq!(count("ab", Kind::Letters), 8);
        // Three words, two twos, one three; the question mark is a word.
        assert_eq!(count("ab cd?", Kind::Words), 6);
    }
}
