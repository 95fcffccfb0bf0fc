//! The phrases printed on posters, and the index that finds them in what people text.

use super::commands;
use super::reserved::reserved;
use super::text::Text;

mod check;
mod courtesy;
mod index;
mod likeness;
mod neighbours;
mod rule;
mod skeleton;
mod table;

pub use check::{Objection, SUGGESTED_MAX, objections, suggestions};
pub use courtesy::{Around, is_please, is_refusal, within_courtesy, without_courtesy};
pub use index::KeywordIndex;
pub use likeness::{Likeness, Politely, Wanted};
pub use neighbours::{CANDIDATES_MAX, Nearness};
pub use rule::KeywordRule;

/// The most words a phrase has.
pub const MAX_WORDS: usize = 5;

/// The most characters a phrase has, as typed and in normal form.
pub const MAX_LENGTH: usize = 60;

/// A keyword phrase: one to five words that a person texts to reach a shop. Two phrases are the same when their normal
/// forms are.
#[derive(Debug, Clone)]
pub struct Phrase {
    display: String,
    normal: String,
}

impl Phrase {
    /// Reads what a merchant typed.
    ///
    /// # Errors
    /// Says what is wrong with it, in a sentence for the merchant.
    pub fn parse(typed: &str) -> Result<Self, PhraseError> {
        let display = typed.trim();
        if is_longer_than(display, MAX_LENGTH) {
            return Err(PhraseError::TooLong);
        }
        let text = Text::read(display);
        if text.is_blank() {
            return Err(PhraseError::Empty);
        }
        let words = text.words().count();
        if words > MAX_WORDS {
            return Err(PhraseError::TooManyWords(words));
        }
        if is_longer_than(text.normal(), MAX_LENGTH) {
            return Err(PhraseError::TooLong);
        }
        if reserved(&text).is_some() || commands::is_taken(&text) {
            return Err(PhraseError::Reserved(text.normal().to_owned()));
        }
        Ok(Self { display: display.to_owned(), normal: text.normal().to_owned() })
    }

    /// A phrase as it was stored. It was checked when it was parsed, by the rules of that day.
    pub fn restore(display: String, normal: String) -> Self {
        Self { display, normal }
    }

    /// As the merchant typed it, for posters and lists.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// How near it is to another, whichever of them is texted; `None` where nobody would mistake them.
    pub fn likeness(&self, other: &Self) -> Option<Likeness> {
        let one_way = |texted: &Self, meant: &Self| Wanted::read(&Text::read(&texted.display))?.likeness(meant);
        one_way(self, other).into_iter().chain(one_way(other, self)).min()
    }

    /// The normal form, under which it is stored and found.
    pub fn normal(&self) -> &str {
        &self.normal
    }
}

impl PartialEq for Phrase {
    fn eq(&self, other: &Self) -> bool {
        self.normal == other.normal
    }
}

impl Eq for Phrase {}

/// What is wrong with a phrase; the sentence says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// No word in it.
    #[error("a keyword phrase needs at least one letter, digit or emoji, such as COFFEE PLS")]
    Empty,
    /// This many words, which is over [`MAX_WORDS`].
    #[error("a keyword phrase has at most {MAX_WORDS} words, and this one has {0}; every emoji is a word")]
    TooManyWords(usize),
    /// Over [`MAX_LENGTH`].
    #[error("a keyword phrase has at most {MAX_LENGTH} characters; shorten it")]
    TooLong,
    /// This reserved word or command.
    #[error("\"{0}\" already means something to carriers or members; add a word to it, or choose another")]
    Reserved(String),
}

/// Where a keyword is kept, by which the index knows it: four bytes, and nothing to look up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(pub u32);

fn is_longer_than(text: &str, most: usize) -> bool {
    text.chars().nth(most).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_phrase_keeps_what_was_typed_and_knows_its_normal_form() {
        let phrase = Phrase::parse("  Café-Crème, pls! ").unwrap();
        assert_eq!(phrase.display(), "Café-Crème, pls!");
        assert_eq!(phrase.normal(), "cafe creme pls");
        assert_eq!(phrase, Phrase::parse("CAFE CREME PLS").unwrap());
    }

    #[test]
    fn what_nobody_could_text_is_refused_with_a_reason() {
        for (typed, expected) in [
            ("", PhraseError::Empty),
            (" …!? ", PhraseError::Empty),
            ("one two three four five six", PhraseError::TooManyWords(6)),
            ("☕☕☕☕☕☕", PhraseError::TooManyWords(6)),
            (&"a".repeat(61), PhraseError::TooLong),
            (&"\u{fdfa}".repeat(5), PhraseError::TooManyWords(16)),
            (&"a".repeat(1_000_000), PhraseError::TooLong),
            ("Stop!", PhraseError::Reserved("stop".into())),
            ("OPT-OUT", PhraseError::Reserved("opt out".into())),
            ("Start", PhraseError::Reserved("start".into())),
            ("No.", PhraseError::Reserved("no".into())),
            ("yes", PhraseError::Reserved("yes".into())),
            ("Помощь", PhraseError::Reserved("помощь".into())),
            ("BAL", PhraseError::Reserved("bal".into())),
            ("STOP NOW", PhraseError::Reserved("stop now".into())),
            ("please stop", PhraseError::Reserved("please stop".into())),
            ("S T O P", PhraseError::Reserved("s t o p".into())),
            ("stop stop stop", PhraseError::Reserved("stop stop stop".into())),
            ("STOP 🛑", PhraseError::Reserved("stop 🛑".into())),
        ] {
            assert_eq!(Phrase::parse(typed).unwrap_err(), expected, "{typed:.20}");
        }
        assert!(PhraseError::TooLong.to_string().contains("at most 60"));
    }

    #[test]
    fn one_to_five_words_in_any_script_are_a_phrase() {
        for typed in [
            "COFFEE",
            "one two three four five",
            "咖啡",
            "☕",
            "coffee ☕",
            "BAL 2",
            "non stop",
            "COFFEE STOP",
            "PLS",
            &"ß".repeat(30),
        ] {
            assert!(Phrase::parse(typed).is_ok(), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_answered_and_what_is_accepted_is_accepted_in_normal_form(typed in "\\PC{0,70}") {
            if let Ok(phrase) = Phrase::parse(&typed) {
                prop_assert_eq!(&Phrase::parse(phrase.normal()).unwrap(), &phrase);
            }
        }
    }
}
