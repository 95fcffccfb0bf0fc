//! Reading what somebody answers to a sign-up question.

use std::{collections::HashSet, sync::LazyLock};

use chrono::NaiveDate;

use super::{
    birthday::{self, Birthday, DateOrder, NoBirthday},
    name::FirstName,
    plain::plain_line,
    question::Expected,
};
use crate::{
    language::words_in_all_languages,
    text::{Text, is_picture},
};

mod choice;
mod yes_no;

/// The most characters of a free answer that are kept.
pub const FREE_TEXT_MAX: usize = 300;

/// What an answer came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Understood.
    Value(ProfileValue),
    /// Not understood: ask once more.
    Unclear(Unclear),
}

/// Why an answer was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unclear {
    /// It says nothing: blanks and punctuation.
    Blank,
    /// It is no first name.
    NoName,
    /// It is no birthday, and why.
    NoBirthday(NoBirthday),
    /// It is none of the options, and neither yes nor no.
    NoOption,
    /// It names several of the options, or yes and no.
    SeveralOptions,
}

/// One value of a member's profile. It is stored and shown as a string.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ProfileValue {
    /// What the person is greeted by.
    FirstName(FirstName),
    /// A month and a day.
    Birthday(Birthday),
    /// The option, as the shop wrote it.
    Choice(String),
    /// Yes or no.
    YesNo(bool),
    /// The person's own words, at most [`FREE_TEXT_MAX`] characters that hide nothing.
    FreeText(String),
}

impl ProfileValue {
    /// What is stored: the name, `MM-DD`, the option, `yes` or `no`, the words.
    pub fn as_stored(&self) -> String {
        match self {
            Self::FirstName(name) => name.as_str().to_owned(),
            Self::Birthday(birthday) => birthday.to_string(),
            Self::Choice(text) | Self::FreeText(text) => text.clone(),
            Self::YesNo(true) => "yes".to_owned(),
            Self::YesNo(false) => "no".to_owned(),
        }
    }

    /// Reads what was stored as an answer to such a question. `None` where it is none any more, since the shop has changed
    /// the question meanwhile; what was stored can still be shown.
    pub fn from_stored(expected: Expected<'_>, stored: &str) -> Option<Self> {
        match expected {
            Expected::FirstName => FirstName::restore(stored).map(Self::FirstName),
            Expected::Birthday => stored.parse().ok().map(Self::Birthday),
            Expected::Choice(options) => options.iter().find(|option| *option == stored).cloned().map(Self::Choice),
            Expected::YesNo => match stored {
                "yes" => Some(Self::YesNo(true)),
                "no" => Some(Self::YesNo(false)),
                _ => None,
            },
            Expected::FreeText => (!stored.is_empty()).then(|| Self::FreeText(stored.to_owned())),
        }
    }
}

/// Reads an answer, given on this day. Whether it skips the question is to be asked first: [`skips`].
pub fn read_answer(expected: Expected<'_>, text: &Text, order: DateOrder, today: NaiveDate) -> Answer {
    let value = match expected {
        _ if plain_line(text.raw(), 1).is_empty() => Err(Unclear::Blank),
        Expected::FirstName => FirstName::read(text.raw()).map(ProfileValue::FirstName).ok_or(Unclear::NoName),
        Expected::Birthday => {
            birthday::read_on(today, text.raw(), order).map(ProfileValue::Birthday).map_err(Unclear::NoBirthday)
        }
        Expected::Choice(options) => choice::read(options, text).map(|option| ProfileValue::Choice(option.to_owned())),
        Expected::YesNo => yes_no::read(text).map(ProfileValue::YesNo),
        Expected::FreeText => read_free_text(text),
    };
    match value {
        Ok(value) => Answer::Value(value),
        Err(why) => Answer::Unclear(why),
    }
}

/// The place that the text names, from 0: "2", "the second one", "la segunda", "第二个".
pub fn place(text: &Text) -> Option<usize> {
    choice::place(text)
}

/// Yes or no by a thumb, a tick or a cross, where nothing is said besides.
pub fn by_pictures(text: &Text) -> Option<bool> {
    yes_no::by_pictures(text)
}

fn read_free_text(text: &Text) -> Result<ProfileValue, Unclear> {
    if text.is_blank() {
        return Err(Unclear::Blank);
    }
    Ok(ProfileValue::FreeText(plain_line(text.raw(), FREE_TEXT_MAX)))
}

/// Whether the text skips any question: "skip", "pass please", "omitir esta pregunta".
pub fn is_skip(text: &Text) -> bool {
    let is_picture_of_it = || !text.is_blank() && text.words().all(|word| SKIP_PICTURES.contains(&word));
    is_listed(text, &SKIP) || is_picture_of_it()
}

/// Whether the text will not answer this question, which says nothing of the texts: "I don't want to".
fn refuses(text: &Text) -> bool {
    is_listed(text, &REFUSALS)
}

/// Whether the text skips this question. "No thanks" does, unless yes or no was asked, or an option is said so.
pub fn skips(expected: Expected<'_>, text: &Text) -> bool {
    let is_option = |option: &String| Text::read(option).normal() == text.normal();
    match expected {
        Expected::YesNo => is_skip(text),
        Expected::Choice(options) if options.iter().any(is_option) => false,
        Expected::Choice(options) if choice::is_indifferent(options, text) => true,
        Expected::Choice(_) | Expected::FirstName | Expected::Birthday => {
            is_skip(text) || is_listed(text, &NO) || refuses(text)
        }
        // "No" may well answer "Any allergies?".
        Expected::FreeText => is_skip(text) || refuses(text),
    }
}

static SKIP: LazyLock<HashSet<String>> = LazyLock::new(|| words_in_all_languages("words-skip").into_keys().collect());
static REFUSALS: LazyLock<HashSet<String>> =
    LazyLock::new(|| words_in_all_languages("words-refusal").into_keys().collect());
static NO: LazyLock<HashSet<String>> = LazyLock::new(|| words_in_all_languages("words-no").into_keys().collect());

const SKIP_PICTURES: &[&str] = &["⏭", "⏩", "🤐", "🙊"];

/// What changes nothing about a skip, in normal form: politeness, and what is skipped.
#[rustfmt::skip]
const BESIDES: &[&str] = &[
    "please", "pls", "plz", "thanks", "thx", "ok", "sorry", "this", "that", "it", "one", "question", "the", "now",
    "lol", "ill", "lets", "just", "por", "favor", "gracias", "esta", "esto", "pregunta", "la", "svp", "stp", "merci",
    "cette", "ca", "desole", "je", "va", "rog", "multumesc", "mersi", "intrebarea", "asta", "aceasta", "谢谢", "吧",
];

/// Whether the text, or the text without what changes nothing, is one of the words.
fn is_listed(text: &Text, words: &HashSet<String>) -> bool {
    if words.contains(text.normal()) {
        return true;
    }
    let said: Vec<&str> = text.words().filter(|word| !is_picture(word) && !BESIDES.contains(word)).collect();
    words.contains(&said.join(" "))
}

#[cfg(test)]
mod tests;
