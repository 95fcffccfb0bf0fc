//! What a person typed, in the form in which it is compared.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

mod characters;
mod sieve;
mod signature;

pub use sieve::{Sieve, Words};

use characters::{
    is_accent, is_apostrophe, is_emoji, is_flag_letter, is_invisible, is_joiner, is_trade_mark, is_trick, plain_letters,
};

/// How many characters of a text count, and the most its normal form has: ten GSM-7 parts, as much as Twilio delivers.
pub const MAX_CHARACTERS: usize = 1_600;

/// What a person typed, as it came and in its normal form. Reading never fails.
///
/// The normal form is words joined by single blanks, in lower case, without width, accents, apostrophes or invisible
/// characters. Punctuation, symbols, hyphens and underscores part words; each emoji is a word, without its skin tone.
/// Signatures of phones and quoted lines are left out. The normal form of a normal form is itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    raw: String,
    normal: String,
    only_quoted: bool,
}

impl Text {
    /// Reads what was typed; characters after the first [`MAX_CHARACTERS`] do not count.
    pub fn read(typed: &str) -> Self {
        let counted = first_characters(typed, MAX_CHARACTERS);
        let own = signature::own_words(counted, normal_of_any);
        let mut normal = normal_of_any(&own.said);
        signature::cut(&mut normal);
        Self { raw: typed.to_owned(), normal, only_quoted: own.only_quoted }
    }

    /// What was typed, untouched.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The normal form; empty where nothing was said.
    pub fn normal(&self) -> &str {
        &self.normal
    }

    /// The words of the normal form.
    pub fn words(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.normal.split(' ').filter(|word| !word.is_empty())
    }

    /// Whether all of it is quoted from another text, so that it need not be what the person says.
    pub fn is_only_quoted(&self) -> bool {
        self.only_quoted
    }

    /// Whether nothing was said: blanks, punctuation and invisible characters only.
    pub fn is_blank(&self) -> bool {
        self.normal.is_empty()
    }
}

/// Whether a word of a normal form is an emoji.
pub fn is_picture(word: &str) -> bool {
    word.bytes().next().is_some_and(|byte| !byte.is_ascii()) && word.starts_with(|c| is_emoji(c) || is_flag_letter(c))
}

/// Whether a line that is to be shown to people hides something: control characters, what turns the direction of
/// writing, what takes no room. Joiners may stand behind a letter or emoji that one can join, so behind no ASCII.
pub fn hides_something(line: &str) -> bool {
    let mut last = ' ';
    line.chars().any(|c| {
        let before = std::mem::replace(&mut last, c);
        is_trick(c) || (is_joiner(c) && (before.is_ascii() || is_joiner(before)))
    })
}

fn normal_of_any(typed: &str) -> String {
    if typed.is_ascii() { normal_of_ascii(typed) } else { normal_of(typed) }
}

/// Nearly every text is ASCII: one pass over its bytes.
fn normal_of_ascii(typed: &str) -> String {
    let mut normal = String::with_capacity(typed.len());
    let mut parted = false;
    for byte in typed.bytes() {
        if byte.is_ascii_alphanumeric() {
            if parted && !normal.is_empty() {
                normal.push(' ');
            }
            parted = false;
            normal.push(char::from(byte.to_ascii_lowercase()));
        } else if !matches!(byte, b'\'' | b'`') {
            parted = true;
        }
    }
    normal
}

fn normal_of(typed: &str) -> String {
    let mut spelling = Spelling::default();
    for character in typed.chars() {
        if spelling.words.len() > BYTES_ENOUGH {
            break;
        }
        match character {
            c if is_apostrophe(c) => {}
            c if is_trade_mark(c) => spelling.part(),
            c => decompose_compatible(c, |piece| spelling.add(piece)),
        }
    }
    if is_nfc_quick(spelling.words.chars()) != IsNormalized::Yes {
        spelling.words = spelling.words.nfc().collect();
    }
    first_characters(&spelling.words, MAX_CHARACTERS).trim_end_matches([' ', JOINER]).to_owned()
}

/// So many bytes are [`MAX_CHARACTERS`] at least, also when three letters of at most four bytes become one. (Hangul)
/// One character can be eighteen when its parts are spelled out, and there is no need to spell them all.
const BYTES_ENOUGH: usize = 3 * 4 * MAX_CHARACTERS;

/// Makes one emoji of several: a family, a profession.
const JOINER: char = '\u{200d}';

/// The words so far, and what the next character has to know about the last one.
#[derive(Default)]
struct Spelling {
    words: String,
    last: Last,
}

/// What came last.
#[derive(Default, PartialEq)]
enum Last {
    /// Nothing yet, or something that parts words.
    #[default]
    Gap,
    Letter,
    Emoji,
    /// An emoji and a joiner: an emoji that follows belongs to it.
    JoinedEmoji,
    /// The first letter of a flag: one that follows completes it.
    HalfFlag,
}

impl Spelling {
    /// Adds one character of the compatibility decomposition.
    fn add(&mut self, character: char) {
        match character {
            JOINER if self.last == Last::Emoji => self.last = Last::JoinedEmoji,
            c if is_invisible(c) || is_accent(c) => {}
            c if is_apostrophe(c) => {}
            c if is_flag_letter(c) => self.add_flag_letter(c),
            c if is_emoji(c) => self.add_emoji(c),
            c if c.is_alphanumeric() || is_combining_mark(c) => self.add_letter(c),
            _ => self.part(),
        }
    }

    fn add_letter(&mut self, letter: char) {
        if self.last != Last::Letter {
            self.start_word();
        }
        self.last = Last::Letter;
        match plain_letters(letter) {
            Some(letters) => self.words.push_str(letters),
            None if letter.is_ascii() => self.words.push(letter.to_ascii_lowercase()),
            None => self.words.extend(fold_case(letter)),
        }
    }

    fn add_emoji(&mut self, emoji: char) {
        if self.last == Last::JoinedEmoji {
            self.words.push(JOINER);
        } else {
            self.start_word();
        }
        self.last = Last::Emoji;
        self.words.push(emoji);
    }

    fn add_flag_letter(&mut self, letter: char) {
        if self.last == Last::HalfFlag {
            self.last = Last::Emoji;
        } else {
            self.start_word();
            self.last = Last::HalfFlag;
        }
        self.words.push(letter);
    }

    fn start_word(&mut self) {
        if !self.words.is_empty() {
            self.words.push(' ');
        }
    }

    fn part(&mut self) {
        self.last = Last::Gap;
    }
}

/// Full case folding by way of the capital: ß becomes ss, ς σ, ı i.
fn fold_case(letter: char) -> impl Iterator<Item = char> {
    letter.to_uppercase().flat_map(char::to_lowercase)
}

fn first_characters(text: &str, most: usize) -> &str {
    match text.char_indices().nth(most) {
        Some((end, _)) if text.len() > most => &text[..end],
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn normal(typed: &str) -> String {
        Text::read(typed).normal
    }

    #[test]
    fn case_width_accents_punctuation_and_blanks_do_not_matter() {
        for typed in [
            "COFFEE PLS",
            " Coffee\tPls.",
            "COFFEE\u{a0}PLS",
            "coffee\u{2011}pls",
            "coffee – pls",
            "coffee_pls",
            "“Coffee pls”",
            "#coffee pls!!",
            "COFFEE\u{200b} PLS",
            "Coffée pls",
            "Coffe\u{301}e pls",
            "ＣＯＦＦＥＥ　ＰＬＳ",
            "𝐂offee 𝐏𝐋𝐒",
            "\u{feff}coffee\u{2028}pls\u{202e}",
            "C̶o̶ffee pls",
            "Cof\u{ad}fee™ pls",
        ] {
            assert_eq!(normal(typed), "coffee pls", "{typed:?}");
        }
    }

    #[test]
    fn apostrophes_of_all_kinds_are_dropped() {
        for typed in ["don't", "don’t", "DON‘T", "don´t", "don`t", "don＇t", "donʼt", "don′t"] {
            assert_eq!(normal(typed), "dont", "{typed:?}");
        }
    }

    #[test]
    fn letters_of_many_languages_fold() {
        for (typed, expected) in [
            ("Straße STRASSE", "strasse strasse"),
            ("QUİT quıt", "quit quit"),
            ("Łódź Đorđe Øl", "lodz dorde ol"),
            ("Œuvre Ærø", "oeuvre aero"),
            ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
            ("Ёлка й", "елка и"),
            ("ﬁn ½", "fin 1 2"),
            ("RENUNȚ renunţ", "renunt renunt"),
            ("sữa đá", "sua da"),
        ] {
            assert_eq!(normal(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn scripts_whose_marks_are_letters_keep_them() {
        for (typed, expected) in [
            ("退订。", "退订"),
            ("ﾍﾙﾌﾟ", "ヘルプ"),
            ("が", "が"),
            ("커피 주세요!", "커피 주세요"),
            ("कॉफ़ी", "कॉफ\u{93c}ी"),
            ("காபி", "காபி"),
            ("กาแฟ", "กาแฟ"),
            ("قَهْوَة", "قهوة"),
        ] {
            assert_eq!(normal(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn every_emoji_is_a_word_without_its_skin_tone() {
        for (typed, expected) in [
            ("STOP🛑", "stop 🛑"),
            ("☕️☕", "☕ ☕"),
            ("👍🏽 ok", "👍 ok"),
            ("👩🏽‍🚀!", "👩‍🚀"),
            ("👩‍👩‍👧", "👩‍👩‍👧"),
            ("❤️‍🔥", "❤‍🔥"),
            ("🇷🇴🇩🇪", "🇷🇴 🇩🇪"),
            ("1️⃣", "1"),
            ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴"),
            ("a\u{200d}b", "ab"),
            ("👩\u{200d}", "👩"),
        ] {
            assert_eq!(normal(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn blank_is_what_says_nothing() {
        for typed in ["", "   ", ".", "\u{200b}\u{feff}", "'’", "\u{301}", "\n\t\0"] {
            assert!(Text::read(typed).is_blank(), "{typed:?}");
            assert_eq!(Text::read(typed).words().count(), 0);
        }
        assert_eq!(Text::read(" Hi,  you ").words().collect::<Vec<_>>(), ["hi", "you"]);
    }

    #[test]
    fn a_line_hides_nothing_that_could_mislead() {
        for honest in ["Bean There", "Panes y Cafés", "قهوة", "می‌خواهم", "क्‍ष", "👩🏽‍🍳 Crumb & Co", "❤️ Café", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 Tea"]
        {
            assert!(!hides_something(honest), "{honest:?}");
        }
        for character in [
            '\0', '\n', '\u{7f}', '\u{85}', '\u{ad}', '\u{61c}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}',
            '\u{200f}', '\u{2028}', '\u{2029}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2060}',
            '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{feff}',
        ] {
            assert!(hides_something(&format!("Bean{character} There")), "{character:?}");
        }
        assert!(hides_something("\u{200d}") && hides_something("é\u{200d}\u{200d}"));
    }

    #[test]
    fn what_was_typed_is_kept_and_only_its_beginning_counts() {
        let long = "ab ".repeat(10_000);
        let text = Text::read(&long);
        assert_eq!(text.raw(), long);
        assert_eq!(text.words().count(), 534);
        assert!(normal(&"\u{fdfa}".repeat(10_000)).chars().count() <= MAX_CHARACTERS);
    }

    #[test]
    fn every_single_character_is_stable_and_parts_nothing_it_should_not() {
        for character in '\0'..=char::MAX {
            let once = normal(&format!("a{character}b"));
            assert_eq!(normal(&once), once, "{character:?}");
            assert!(!once.contains("  ") && once.starts_with('a') && once.ends_with('b'), "{character:?}");
        }
    }

    proptest! {
        #[test]
        fn the_normal_form_of_a_normal_form_is_itself(typed in "(\\PC|\\p{M}|\\p{Cf}|[🇦-🇿]|\\p{Emoji}|\u{200d}|[ a'\u{301}\u{1160}ᄀ각]){0,60}") {
            let once = normal(&typed);
            prop_assert_eq!(normal(&once), once);
        }

        #[test]
        fn a_long_normal_form_is_stable_too(piece in "(\\PC|\\p{Emoji}|\u{200d}|\u{fdfa}){1,20}") {
            let once = normal(&piece.repeat(400));
            prop_assert!(once.chars().count() <= MAX_CHARACTERS);
            prop_assert_eq!(normal(&once), once);
        }

        #[test]
        fn the_short_way_for_ascii_is_no_other_way(typed in "[\0-\x7f]{0,200}") {
            prop_assert_eq!(normal_of_ascii(&typed), normal_of(&typed));
        }
    }
}
