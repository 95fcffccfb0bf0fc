//! One of several options: by its number, its letter, its words, or nearly its words.

use std::{collections::HashSet, sync::LazyLock};

use strsim::osa_distance;

use self::alike::{BOTH, INDIFFERENT};
use super::Unclear;
use crate::{
    language::words_in_all_languages,
    text::{Text, is_picture},
};

mod alike;
mod places;

/// A word from this many letters on is also read with one mistake.
const FORGIVEN_FROM: usize = 4;

/// The most words of an answer that is read with mistakes; in longer ones too many words are near to something.
const FORGIVEN_WORDS_MAX: usize = 3;

/// Reads which of the options is meant: the one that is said exactly, or the only one that is said by its number or by its
/// words, or the only one that is nearly said.
pub(super) fn read<'a>(options: &'a [String], text: &Text) -> Result<&'a str, Unclear> {
    let said = Words::of(text);
    let options_said: Vec<Words> = options.iter().map(|option| Words::of(&Text::read(option))).collect();
    let is_all = |option: &&usize| options_said[**option].joined() == said.joined();
    let all: Vec<usize> = (0..options.len()).collect();
    if let Some(&exactly) = all.iter().find(is_all).filter(|_| !said.0.is_empty()) {
        return Ok(&options[exactly]);
    }
    let named = Named { options: &options_said, said: &said };
    let mut meant = named.by_words();
    if meant.is_empty() && picks_none(text) {
        return Err(Unclear::NoOption);
    }
    let place = places::read(&said.without_pictures()).filter(|place| *place < options.len());
    if meant.is_empty() && place.is_none() {
        meant = named.nearly();
    }
    // "Wheat allergy" is not "Wheat". Of a place, "no" says the number: "no. 1".
    if !meant.is_empty() && said.negates() && !meant.iter().any(|&option| options_said[option].negates()) {
        return Err(Unclear::SeveralOptions);
    }
    meant.extend(place);
    let mut meant = meant.into_iter();
    match (meant.next(), meant.next()) {
        (Some(only), None) => Ok(&options[only]),
        (None, _) => Err(Unclear::NoOption),
        (Some(_), Some(_)) => Err(Unclear::SeveralOptions),
    }
}

/// The place that the text names, from 0.
pub(super) fn place(text: &Text) -> Option<usize> {
    places::read(&Words::of(text).without_pictures())
}

/// Whether the text has no preference: that is as good as passing, where no option is called so.
pub(super) fn is_indifferent(options: &[String], text: &Text) -> bool {
    let said = Words::of(text);
    let options_said: Vec<Words> = options.iter().map(|option| Words::of(&Text::read(option))).collect();
    INDIFFERENT.is_said(text) && Named { options: &options_said, said: &said }.by_words().is_empty()
}

/// Whether the text is about all options alike: "either one" is not number one.
fn picks_none(text: &Text) -> bool {
    INDIFFERENT.is_said(text) || BOTH.is_said(text)
}

/// The words of a normal form; each Chinese character is a word.
struct Words(Vec<String>);

impl Words {
    fn of(text: &Text) -> Self {
        let mut words = Vec::new();
        for word in text.words() {
            let mut rest = word;
            while let Some(at) = rest.find(is_han) {
                let end = at + rest[at..].chars().next().map_or(0, char::len_utf8);
                words.extend(
                    [&rest[..at], &rest[at..end]].iter().filter(|part| !part.is_empty()).map(|&part| part.to_owned()),
                );
                rest = &rest[end..];
            }
            words.extend((!rest.is_empty()).then(|| rest.to_owned()));
        }
        Self(words)
    }

    fn joined(&self) -> String {
        self.0.join(" ")
    }

    fn without_pictures(&self) -> Vec<&str> {
        self.0.iter().map(String::as_str).filter(|word| !is_picture(word)).collect()
    }

    fn has(&self, word: &str) -> bool {
        self.0.iter().any(|own| own == word)
    }

    /// Whether these words are among the others, one behind the other.
    fn are_in(&self, other: &Self) -> bool {
        !self.0.is_empty() && other.0.windows(self.0.len()).any(|part| part == self.0)
    }

    fn negates(&self) -> bool {
        self.0.iter().any(|word| NEGATIONS.contains(&word.as_str()))
    }
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

/// Words that turn what is said about an option, in normal form: not it, all but it, or what one must not have.
#[rustfmt::skip]
const NEGATIONS: &[&str] = &[
    "not", "no", "dont", "isnt", "never", "neither", "nor", "except", "but", "without", "free", "avoid", "hate", "cant", "cannot", "wont", "intolerant",
    "intolerance", "allergy", "allergies", "allergic",
    "ni", "nunca", "sin", "menos", "salvo", "excepto", "odio", "alergia", "alergias", "alergico", "alergica", "intolerante", "intolerancia",
    "pas", "ne", "sans", "sauf", "jamais", "deteste", "allergie", "allergies", "allergique", "intolerant", "intolerante",
    "nu", "nici", "fara", "afara", "niciodata", "urasc", "alergie", "alergii", "alergic", "alergica", "intoleranta",
    "不", "没", "沒", "过", "過", "除", "讨", "討", "无", "無",
];

/// Words that tell no option from another, in normal form.
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "a", "an", "the", "i", "im", "my", "is", "it", "its", "and", "or", "of", "to", "in", "with", "have", "am", "me",
    "for", "on", "you", "please", "el", "la", "los", "las", "un", "una", "de", "del", "y", "o", "con", "mi", "es",
    "soy", "tengo", "en", "lo", "por", "favor", "le", "les", "une", "des", "du", "et", "ou", "avec", "mon", "ma",
    "est", "je", "jai", "cest", "svp", "si", "sau", "cu", "mea", "meu", "e", "eu", "am", "pe", "va", "rog", "我", "的",
    "是", "有", "和", "或", "很", "了", "在",
];

/// Words of any language that say yes, no or skip when they stand alone.
static ANSWERS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let keys = ["words-yes", "words-no", "words-skip"];
    keys.into_iter().flat_map(|key| words_in_all_languages(key).into_keys()).collect()
});

/// What a text may mean, by the words of the options.
struct Named<'a> {
    options: &'a [Words],
    said: &'a Words,
}

impl Named<'_> {
    /// The options of which the whole, or a word that no other option has, is said. One whose words are within those of
    /// another that is said as a whole is not meant: "very oily" is not "oily".
    fn by_words(&self) -> HashSet<usize> {
        let whole: Vec<usize> = (0..self.options.len()).filter(|&at| self.options[at].are_in(self.said)).collect();
        let is_within_another = |at: usize| {
            whole.iter().any(|&other| other != at && self.words_said(at).all(|word| self.options[other].has(word)))
        };
        let is_named = |at: &usize| whole.contains(at) || self.own_words(*at).any(|word| self.said.has(word));
        (0..self.options.len()).filter(is_named).filter(|at| !is_within_another(*at)).collect()
    }

    /// The options with a word of their own that is one mistake from a word that was said.
    fn nearly(&self) -> HashSet<usize> {
        let words = self.said.without_pictures();
        if words.len() > FORGIVEN_WORDS_MAX {
            return HashSet::new();
        }
        let is_said = |own: &str| words.iter().any(|said| is_near(own, said));
        (0..self.options.len()).filter(|at| self.own_words(*at).any(is_said)).collect()
    }

    /// The words of an option that no other option has and that mean something. What may say yes, no or skip counts only
    /// where nothing else is said.
    fn own_words(&self, at: usize) -> impl Iterator<Item = &str> {
        let is_all = self.said.without_pictures().iter().filter(|word| !PLAIN.contains(word)).count() <= 1;
        let is_own = move |word: &&str| {
            !PLAIN.contains(word)
                && (is_all || !ANSWERS.contains(*word))
                && self.options.iter().enumerate().all(|(other, words)| other == at || !words.has(word))
        };
        self.options[at].0.iter().map(String::as_str).filter(is_own)
    }

    fn words_said(&self, at: usize) -> impl Iterator<Item = &str> {
        self.options[at].0.iter().map(String::as_str).filter(|word| self.said.has(word))
    }
}

/// One letter more, less or other, or two swapped; in short words a plural only.
fn is_near(own: &str, said: &str) -> bool {
    let is_plural = |one: &str, many: &str| one.len() > 2 && many.strip_suffix('s') == Some(one);
    let length = |word: &str| word.chars().count();
    is_plural(own, said)
        || is_plural(said, own)
        || (length(own).min(length(said)) >= FORGIVEN_FROM
            && length(own).abs_diff(length(said)) <= 1
            && own.chars().all(char::is_alphabetic)
            && osa_distance(own, said) <= 1)
}
