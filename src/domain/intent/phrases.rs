//! Whole texts that say nothing but "no more", listed by language.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{
    concept::{Concepts, bit},
    tokens::{Token, Tokens},
};
use crate::text::Text;

const SOURCE: &str = include_str!("lexicon/phrases.txt");

/// Said along with a phrase without changing it.
const AROUND: Concepts = bit("PLEASE") | bit("ANGRY") | bit("STOPSIGN");

/// The phrases by their words without polite ones.
static PHRASES: LazyLock<FxHashMap<String, &'static str>> =
    LazyLock::new(|| listed().filter_map(|phrase| Some((bare(&Tokens::read(&Text::read(phrase)))?, phrase))).collect());

fn listed() -> impl Iterator<Item = &'static str> {
    let lines = SOURCE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(": ")).flat_map(|(_, phrases)| phrases.split('|')).map(str::trim)
}

/// Longer texts are no phrases.
const WORDS_MOST: usize = 14;

/// The phrase that the whole text is.
pub fn said(tokens: &Tokens) -> Option<&'static str> {
    let found = bare(tokens).and_then(|words| PHRASES.get(words.as_str()).copied());
    // A phrase may hold a polite word or picture of its own.
    found.or_else(|| (tokens.list.len() <= WORDS_MOST).then(|| PHRASES.get(tokens.spelled.trim_end()).copied())?)
}

/// The words without what is said around a phrase; none where nothing is left, or too much.
fn bare(tokens: &Tokens) -> Option<String> {
    if tokens.list.len() > WORDS_MOST {
        return None;
    }
    let counts = |token: &&Token| token.concepts == 0 || token.concepts & !AROUND != 0;
    let mut words = String::new();
    for token in tokens.list.iter().filter(counts) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(tokens.typed(token));
    }
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intent::spelling::spell;

    #[test]
    fn every_phrase_is_spelled_as_texts_are_and_said_by_itself() {
        for phrase in listed() {
            assert_eq!(spell(Text::read(phrase).normal()).trim_end().replace(' ', ""), phrase.replace(' ', ""));
            assert!(said(&Tokens::read(&Text::read(phrase))).is_some(), "{phrase}");
        }
    }

    #[test]
    fn politeness_and_pictures_around_a_phrase_do_not_matter_other_words_do() {
        let said = |text: &str| said(&Tokens::read(&Text::read(text)));
        assert_eq!(said("Hi! PLEASE stop texting me, thanks 🙏"), Some("stop texting me"));
        assert_eq!(said("Noooo mas!!! 😡"), Some("no mas"));
        assert!(said("別再發了!").is_some());
        assert_eq!(said("stop texting me about the order"), None);
        assert_eq!(said("please"), None);
        assert_eq!(said(""), None);
    }
}
