//! What people answer to a question of ours, in any language: yes, no, later, all of them.

use std::{collections::HashMap, sync::LazyLock};

use super::{in_simplified, is_taken};
use crate::domain::{
    keyword::within_courtesy,
    language::{Language, words_in_all_languages},
    text::Text,
};

/// Words of all languages that answer a question.
type Words = LazyLock<HashMap<String, Language>>;
static YES: Words = LazyLock::new(|| words_in_all_languages("words-yes"));
static JOIN_YES: Words = LazyLock::new(|| words_in_all_languages("words-join-yes"));
static NO: Words = LazyLock::new(|| words_in_all_languages("words-no"));
static SKIP: Words = LazyLock::new(|| words_in_all_languages("words-skip"));
static KEEP: Words = LazyLock::new(|| words_in_all_languages("words-keep"));
static NOT_INTERESTED: Words = LazyLock::new(|| words_in_all_languages("words-not-interested"));
static ANSWERS: [&Words; 5] = [&YES, &NO, &NOT_INTERESTED, &SKIP, &KEEP];

/// All of several, in answer to which one.
static ALL: Words = LazyLock::new(|| words_in_all_languages("words-all"));
static GREETINGS: Words = LazyLock::new(|| words_in_all_languages("words-greeting"));
static THANKS: Words = LazyLock::new(|| words_in_all_languages("words-thanks"));

/// Whether the text says yes, in any language.
pub(super) fn is_yes(text: &Text) -> bool {
    says(&[&YES], text) && !asks(text)
}

/// Whether the text agrees to join, where that is what was asked: yes, or "sign me up". A question agrees to nothing.
pub(super) fn agrees_to_join(text: &Text) -> bool {
    says(&[&YES, &JOIN_YES], text) && !asks(text)
}

/// Whether something is asked: "yes?" is no yes.
fn asks(text: &Text) -> bool {
    text.raw().trim_end().ends_with(['?', '？'])
}

/// Whether the text turns down what was offered: no, no interest, or another time.
pub(super) fn declines(text: &Text) -> bool {
    says(&[&NO, &NOT_INTERESTED, &SKIP], text)
}

/// Whether the text is a no and no thanks: "no thanks" says that enough has been had, whatever was asked; "no way" does not. A no in
/// Chinese is its answer to whether more is wanted.
pub(super) fn is_bare_no(text: &Text) -> bool {
    let is_thankful = text.words().any(|word| THANKFUL.contains(&word));
    let is_no = text.normal().is_ascii() && NO.get(text.normal()).is_some_and(|language| language.code() != "zh");
    is_no && !is_thankful && !is_not_interested(text)
}

/// Words of thanks beside a no, in normal form.
#[rustfmt::skip]
const THANKFUL: &[&str] = &[
    "thanks", "thank", "thankyou", "thx", "tks", "ty", "gracias", "merci", "multumesc", "mersi",
];

/// Whether the text says no first and then more: "no, I like them".
pub(super) fn begins_with_no(text: &Text) -> bool {
    let mut words = text.words();
    words.next().is_some_and(|first| FIRST_NO.contains(&first)) && words.next().is_some()
}

/// No as a first word, in normal form.
const FIRST_NO: &[&str] = &["no", "nope", "nah", "naw", "non", "nan", "nu", "nop", "nel"];

/// Whether the text says no, in any language.
pub(super) fn is_no(text: &Text) -> bool {
    says(&[&NO, &NOT_INTERESTED], text)
}

/// Whether the text says that there is no interest, in any language: a no to any offer.
fn is_not_interested(text: &Text) -> bool {
    says(&[&NOT_INTERESTED], text)
}

/// Whether the text says that all shall stay as it is, in any language.
pub(super) fn is_keep(text: &Text) -> bool {
    says(&[&KEEP], text)
}

/// Whether the text only greets, in any language.
pub(super) fn is_greeting(text: &Text) -> bool {
    says(&[&GREETINGS], text)
}

/// Whether the text is small talk, or a word by which one answers and wants to go on, in any language: it asks for no end.
pub fn goes_on(text: &Text) -> bool {
    says(&[&YES, &SKIP, &KEEP, &GREETINGS, &THANKS], text)
}

/// Whether one of these words is the text; or is what remains of it without pictures, greetings, please and thanks, where the whole of
/// it is no other word that we know.
fn says(sets: &[&Words], text: &Text) -> bool {
    let is_listed =
        |said: &str| sets.iter().any(|words| words.contains_key(said) || words.contains_key(&*in_simplified(said)));
    let is_known = || is_taken(text) || [&GREETINGS, &THANKS].iter().any(|words| words.contains_key(text.normal()));
    is_listed(text.normal()) || (!is_known() && within_courtesy(text).any(is_listed))
}

/// Whether the whole text is a word by which one answers.
pub(super) fn is_answer(text: &Text) -> bool {
    ANSWERS.iter().any(|words| words.contains_key(text.normal()))
}

/// Whether the text says all of several, in any language.
pub(super) fn is_all(text: &Text) -> bool {
    says(&[&ALL], text)
}
