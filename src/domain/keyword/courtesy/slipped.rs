//! Please by a slip of the thumb.

use std::{ops::RangeInclusive, sync::LazyLock};

use super::{
    super::{
        likeness::slips,
        skeleton::{have_alike_letters, with_letter},
    },
    words::PLEASE,
};

/// A text whose last words are please by a slip of the thumb, or its first ones, without them: "cafe por fabor".
pub(in super::super) fn without_slipped_please(normal: &str) -> Option<&str> {
    // The most words first: there may be a please within a please.
    let mut behind = first_few(normal.bytes().rev(), |at| normal.len() - 1 - at);
    let mut before = first_few(normal.bytes(), |at| at);
    let rest = behind.find(|at| is_slipped_please(&normal[at + 1..])).map(|at| &normal[..at]);
    rest.or_else(|| before.find(|at| is_slipped_please(&normal[..*at])).map(|at| &normal[at + 1..]))
}

/// Where the first few blanks are, the last of them first.
fn first_few(bytes: impl Iterator<Item = u8>, place: impl Fn(usize) -> usize) -> impl Iterator<Item = usize> {
    let mut few = [None; PLEASE_WORDS_MAX];
    let blanks = bytes.enumerate().filter(|(_, byte)| *byte == b' ');
    for (slot, (at, _)) in few.iter_mut().rev().zip(blanks) {
        *slot = Some(place(at));
    }
    few.into_iter().flatten()
}

/// The most words of please: "s il vous plait".
const PLEASE_WORDS_MAX: usize = 4;

fn is_slipped_please(words: &str) -> bool {
    if words.len() > SLIPPING.longest + SLIPS_MOST + PLEASE_WORDS_MAX || !words.is_ascii() {
        return false;
    }
    let letters = words.bytes().filter(|byte| *byte != b' ');
    let (mask, count) = letters.fold((0, 0), |(mask, count), byte| (with_letter(mask, char::from(byte)), count + 1));
    if count <= SHORT_PLEASE {
        return false;
    }
    let most = if count < LONG_PLEASE { 1 } else { SLIPS_MOST };
    let about_as_long = SLIPPING.of_lengths(count.saturating_sub(most)..=count + most);
    let mut near = about_as_long.iter().filter(|(_, theirs)| have_alike_letters(mask, *theirs, most)).peekable();
    near.peek().is_some() && {
        let joined = words.replace(' ', "");
        near.any(|(please, _)| slips(&joined, please, most).is_some())
    }
}

/// Please as it is typed, without blanks, each with the mask of its letters, the shortest first.
struct Slipping {
    pleases: Vec<(String, u64)>,
    longest: usize,
}

impl Slipping {
    fn of_lengths(&self, lengths: RangeInclusive<usize>) -> &[(String, u64)] {
        let from = self.pleases.partition_point(|(please, _)| please.len() < *lengths.start());
        let about = &self.pleases[from..];
        &about[..about.partition_point(|(please, _)| please.len() <= *lengths.end())]
    }
}

static SLIPPING: LazyLock<Slipping> = LazyLock::new(|| {
    let is_typed = |please: &&&str| please.is_ascii() && please.len() >= SHORT_PLEASE;
    let typed = PLEASE.iter().filter(is_typed).map(|please| please.replace(' ', ""));
    let mut pleases: Vec<_> = typed.map(|please| (please.clone(), please.chars().fold(0, with_letter))).collect();
    pleases.sort_by_key(|(please, _)| please.len());
    let longest = pleases.last().map_or(0, |(please, _)| please.len());
    Slipping { pleases, longest }
});

/// The most slips there may be in a please.
const SLIPS_MOST: usize = 2;

/// So few letters are no please with a slip in it.
const SHORT_PLEASE: usize = 3;

/// From so many letters on there may be two slips.
const LONG_PLEASE: usize = 9;
