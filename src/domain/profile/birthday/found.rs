//! Dates that were found, and which of them must be meant, by what stands around them.

use std::ops::Range;

use super::{
    Birthday, NoBirthday,
    tokens::{Piece, Token},
    words::{IS_ADDRESS, IS_KNOWN, is_anchor},
};

/// A date among the tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Its tokens.
    pub(super) span: Range<usize>,
    /// The day, or why it is none.
    pub(super) read: Result<Birthday, NoBirthday>,
    /// Whether it is a date in any sentence; another is one only where nothing strange is around it.
    pub(super) is_clear: bool,
}

/// From so many dates on, it is a list of something.
const FOUND_MAX: usize = 8;

/// How many words that have nothing to do with birthdays may stand around a clear date.
const STRANGE_MAX: usize = 8;

/// Of the dates that were found those that must be meant, in order; days that do not exist only where there is no other.
pub(super) fn meant(tokens: &[Token], mut found: Vec<Found>) -> Vec<Found> {
    if found.is_empty() || found.len() > FOUND_MAX {
        return Vec::new();
    }
    let clear: Vec<Range<usize>> =
        found.iter().filter(|found| found.is_clear).map(|found| found.span.clone()).collect();
    found.retain(|found| found.is_clear || !clear.iter().any(|span| overlap(span, &found.span)));
    let around = Surroundings::of(tokens, &found);
    found.retain(|found| around.allow(found));
    if found.iter().any(|found| found.read != Err(NoBirthday::NoSuchDay)) {
        found.retain(|found| found.read != Err(NoBirthday::NoSuchDay));
    }
    found
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// What stands around the dates.
#[derive(Default)]
struct Surroundings {
    /// Somebody speaks of a birthday.
    has_anchor: bool,
    has_address: bool,
    is_question: bool,
    /// Words, numbers and symbols that have nothing to do with it.
    strange: usize,
}

impl Surroundings {
    fn of(tokens: &[Token], found: &[Found]) -> Self {
        let mut around = Self::default();
        let is_outside = |at: &usize| !found.iter().any(|found| found.span.contains(at));
        for at in (0..tokens.len()).filter(is_outside) {
            around.add(&tokens[at].piece);
        }
        around
    }

    fn add(&mut self, piece: &Piece) {
        let is_strange = match piece {
            Piece::Word(word) => {
                let is_strange = !IS_KNOWN.has(word);
                let is_anchor = is_strange && is_anchor(word);
                self.has_anchor |= is_anchor;
                self.has_address |= IS_ADDRESS.has(word);
                is_strange && !is_anchor
            }
            Piece::Han(character) => {
                self.has_anchor |= *character == '生';
                self.has_address |= matches!(character, '路' | '街' | '弄' | '巷' | '楼' | '室');
                self.is_question |= matches!(character, '吗' | '么' | '几');
                !HAN_FILLERS.contains(*character)
            }
            Piece::Sign(sign) => {
                self.is_question |= matches!(sign, '?' | '¿');
                is_strange_sign(*sign)
            }
            Piece::Number(number) => !number.is_year(),
        };
        self.strange += usize::from(is_strange);
    }

    fn allow(&self, found: &Found) -> bool {
        let most = if found.is_clear && !self.is_question { STRANGE_MAX } else { 0 };
        self.has_anchor || (!self.has_address && self.strange <= most)
    }
}

/// What one says around a date in Chinese.
const HAN_FILLERS: &str =
    "我的生日是在出于呢哦喔噢啊呀吧嗯那天每年公历曆阳陽西新國国份哈嘿你您好了叫呵谢謝号號就是为為一下答案应該该";

/// A symbol that makes something else of a number.
pub(super) fn is_strange_sign(sign: char) -> bool {
    matches!(sign, '$' | '€' | '£' | '¥' | '₩' | '₽' | '₹' | '%' | '#' | '@' | '+' | '=' | '×' | '⁄')
}
