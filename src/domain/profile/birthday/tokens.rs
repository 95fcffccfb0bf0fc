//! What was typed, cut into numbers, words, Chinese characters and signs.

use unicode_normalization::UnicodeNormalization;

use crate::text::{MAX_CHARACTERS, Text, is_picture};

/// A piece of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) piece: Piece,
    /// Whether nothing, not even a blank, stands before it.
    pub(super) is_glued: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Number(Number),
    /// In normal form: no capitals, accents or apostrophes.
    Word(String),
    /// One Chinese character.
    Han(char),
    /// Punctuation or a symbol; no apostrophe and no emoji.
    Sign(char),
}

/// Arabic digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// [`u32::MAX`] where it has more than eight digits.
    pub(super) value: u32,
    pub(super) digits: usize,
}

impl Number {
    fn read(digits: &str) -> Self {
        let value = if digits.len() <= 8 { digits.parse().unwrap_or(u32::MAX) } else { u32::MAX };
        Self { value, digits: digits.len() }
    }

    /// Whether it is a year of somebody's birth, in four digits.
    pub(super) fn is_year(self) -> bool {
        self.digits == 4 && (1900..=2100).contains(&self.value)
    }

    /// Where it may be a day or a month.
    pub(super) fn small(self) -> Option<u8> {
        u8::try_from(self.value).ok().filter(|_| self.digits <= 2)
    }
}

impl Token {
    pub(super) fn number(&self) -> Option<Number> {
        if let Piece::Number(number) = self.piece { Some(number) } else { None }
    }

    pub(super) fn word(&self) -> Option<&str> {
        if let Piece::Word(word) = &self.piece { Some(word) } else { None }
    }

    pub(super) fn han(&self) -> Option<char> {
        if let Piece::Han(character) = self.piece { Some(character) } else { None }
    }

    pub(super) fn sign(&self) -> Option<char> {
        if let Piece::Sign(sign) = self.piece { Some(sign) } else { None }
    }
}

/// Cuts the first [`MAX_CHARACTERS`] of what was typed.
pub(super) fn read(typed: &str) -> Vec<Token> {
    let mut cutter = Cutter::default();
    for character in typed.chars().take(MAX_CHARACTERS).nfkc().take(MAX_CHARACTERS) {
        cutter.take(character);
    }
    cutter.end_segment();
    cutter.tokens
}

#[derive(Default)]
struct Cutter {
    tokens: Vec<Token>,
    /// Letters, digits, marks and pictures since the last sign or blank.
    segment: String,
    is_glued: bool,
}

impl Cutter {
    fn take(&mut self, character: char) {
        if character.is_whitespace() {
            self.end_segment();
            self.is_glued = false;
        } else if is_sign(character) {
            self.end_segment();
            self.push(Piece::Sign(character));
        } else {
            self.segment.push(character);
        }
    }

    fn end_segment(&mut self) {
        let segment = Text::read(&std::mem::take(&mut self.segment));
        for word in segment.words() {
            if is_picture(word) {
                self.is_glued = false;
            } else {
                self.cut_word(word);
            }
        }
    }

    /// A word is cut where its kind of characters changes: "5th", "3月5日".
    fn cut_word(&mut self, word: &str) {
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let kind = Kind::of(first);
            let end = rest.find(|c| Kind::of(c) != kind).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            match kind {
                Kind::Digit => self.push(Piece::Number(Number::read(run))),
                Kind::Letter => self.push(Piece::Word(run.to_owned())),
                Kind::Han => run.chars().for_each(|character| self.push(Piece::Han(character))),
            }
            rest = after;
        }
    }

    fn push(&mut self, piece: Piece) {
        self.tokens.push(Token { piece, is_glued: self.is_glued });
        self.is_glued = true;
    }
}

#[derive(PartialEq)]
enum Kind {
    Digit,
    Letter,
    Han,
}

impl Kind {
    fn of(character: char) -> Self {
        match character {
            '0'..='9' => Self::Digit,
            '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => Self::Han,
            _ => Self::Letter,
        }
    }
}

fn is_sign(character: char) -> bool {
    let is_apostrophe = matches!(character, '\'' | '`');
    (character.is_ascii_punctuation() && !is_apostrophe)
        || matches!(
            character,
            '°' | '¿'
                | '¡'
                | '£'
                | '¥'
                | '₩'
                | '€'
                | '₽'
                | '₹'
                | '·'
                | '•'
                | '・'
                | '、'
                | '。'
                | '…'
                | '⁄'
                | '×'
                | '–'
                | '—'
                | '−'
                | '‐'
                | '‑'
                | '―'
                | '“'
                | '”'
                | '«'
                | '»'
                | '„'
                | '《'
                | '》'
                | '「'
                | '」'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(typed: &str) -> String {
        let show = |token: &Token| {
            let glue = if token.is_glued { "+" } else { "" };
            match &token.piece {
                Piece::Number(number) => format!("{glue}{}#{}", number.value, number.digits),
                Piece::Word(word) => format!("{glue}{word}"),
                Piece::Han(character) | Piece::Sign(character) => format!("{glue}{character}"),
            }
        };
        read(typed).iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_was_typed_is_cut_where_its_kind_changes() {
        for (typed, expected) in [
            ("I'm 5th of März!", "im 5#1 +th of marz +!"),
            ("05/03 - ’90", "5#2 +/ +3#2 - 90#2"),
            ("３月５日", "3#1 +月 +5#1 +日"),
            ("三月五号，谢谢", "三 +月 +五 +号 +, +谢 +谢"),
            ("5️⃣/3🎂ok", "5#1 +/ +3#1 ok"),
            ("½ 1º 1ᵉʳ", "1#1 +⁄ +2#1 1#1 +o 1#1 +er"),
            ("123456789 \u{200b}", "4294967295#9"),
        ] {
            assert_eq!(shown(typed), expected, "{typed:?}");
        }
    }
}
