//! What people answer to a question of ours, in any language: yes, no, later, all of them.

use std::{collections::HashMap, sync::LazyLock};

use super::is_taken;
use crate::{
    intent::spelling::spell,
    keyword::{is_refusal, within_courtesy},
    language::{Language, words_in_all_languages},
    profile::answer::by_pictures,
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

/// Whether the text says yes, in any language or by a thumb.
pub(super) fn is_yes(text: &Text) -> bool {
    agrees(&[&YES], text)
}

/// Whether the text agrees to join, where that is what was asked: yes, or "sign me up". A question agrees to nothing.
pub(super) fn agrees_to_join(text: &Text) -> bool {
    agrees(&[&YES, &JOIN_YES], text)
}

/// Whether the text agrees to join after all, where that was declined: "actually yes". An "ok" then only takes note of our answer.
pub(super) fn agrees_after_all(text: &Text) -> bool {
    let takes_note = says(&[&THANKS], text) || by_pictures(text).is_some();
    agrees_to_join(text) && !takes_note
}

fn agrees(sets: &[&Words], text: &Text) -> bool {
    let is_said = || says(sets, text) || after_second_thoughts(text).is_some_and(|said| says(sets, &said));
    !asks(text) && by_pictures(text).unwrap_or_else(is_said)
}

/// What is said where it is said after, or before, second thoughts: "actually yes".
fn after_second_thoughts(text: &Text) -> Option<Text> {
    let said = text.normal();
    let ends = |rest: &str| rest.starts_with(' ') || !rest.is_ascii();
    let behind = || SECOND_THOUGHTS.iter().find_map(|thoughts| said.strip_prefix(thoughts).filter(|rest| ends(rest)));
    let before = || SECOND_THOUGHTS.iter().find_map(|thoughts| said.strip_suffix(thoughts)?.strip_suffix(' '));
    Some(Text::read(behind().or_else(before)?))
}

/// What one says who has changed their mind, in normal form, the longer before the shorter.
#[rustfmt::skip]
const SECOND_THOUGHTS: &[&str] = &[
    "actually", "on second thought", "on second thoughts", "i changed my mind", "changed my mind", "wait", "sorry", "oh", "well", "hmm", "then",
    "en realidad", "pensandolo bien", "pensandolo mejor", "mejor", "cambie de opinion", "bueno", "perdon", "siempre", "pues",
    "en fait", "finalement", "tout compte fait", "jai change davis", "pardon", "enfin", "alors",
    "de fapt", "pana la urma", "m am razgandit", "ba", "totusi", "scuze", "hai",
    "还是", "其实", "改主意了", "想了想", "算了还是", "不好意思",
];

/// Whether something is asked: "yes?" is no yes.
fn asks(text: &Text) -> bool {
    text.raw().trim_end().ends_with(['?', '？'])
}

/// Whether the text turns down what was offered: no, no interest, or another time.
pub(super) fn declines(text: &Text) -> bool {
    by_pictures(text) == Some(false) || says(&[&NO, &NOT_INTERESTED, &SKIP], text)
}

/// Whether the text is a no and no thanks: "no thanks" says that enough has been had, whatever was asked; "no way" does not. A no in
/// Chinese is its answer to whether more is wanted.
pub(super) fn is_bare_no(text: &Text) -> bool {
    let is_thankful = text.words().any(|word| THANKFUL.contains(&word));
    let is_no = text.normal().is_ascii() && NO.get(text.normal()).is_some_and(|language| language.code() != "zh");
    is_no && !is_thankful && !is_not_interested(text) && !is_open_no(text) && !asks(text)
}

/// Whether the text is a no that leaves open to what: "not today", "never mind", a thumb down.
pub(super) fn is_open_no(text: &Text) -> bool {
    let leaves_open = || asks(text) || text.words().any(|word| LEAVES_OPEN.contains(&word));
    by_pictures(text) == Some(false) || (says(&[&NO], text) && leaves_open())
}

/// What puts a no off, or drops what was spoken of, in normal form.
#[rustfmt::skip]
const LEAVES_OPEN: &[&str] = &[
    "never", "nunca", "jamais", "niciodata", "vraiment", "really", "now", "today", "yet", "mind", "nevermind", "nvm", "forget", "neither",
    "none", "ahora", "ahorita", "momento", "todavia", "aun", "ninguno", "ninguna", "maintenant", "instant", "tomber", "facon", "aucun",
    "aucune", "ni", "acum", "inca", "lasa", "niciunul", "niciuna", "nici",
];

/// Words of thanks beside a no, in normal form.
#[rustfmt::skip]
const THANKFUL: &[&str] = &[
    "thanks", "thank", "thankyou", "thx", "tks", "ty", "gracias", "merci", "multumesc", "mersi",
];

/// Whether the text says no first and then more: "no, I already told you".
pub(super) fn begins_with_no(text: &Text) -> bool {
    let mut words = text.words();
    words.next().is_some_and(|first| FIRST_NO.contains(&first)) && words.next().is_some()
}

/// Whether the text says no to an end, and that the texts are liked: "no, I like them". "No, bye" does not.
pub(super) fn is_no_and_likes(text: &Text) -> bool {
    let mut behind = text.words().skip(1);
    begins_with_no(text)
        && text.words().any(|word| LIKING.contains(&word))
        && !behind.any(|word| is_refusal(word) || FIRST_NO.contains(&word))
}

/// What one says who likes the texts, in normal form.
#[rustfmt::skip]
const LIKING: &[&str] = &[
    "like", "love", "enjoy", "keep", "keeping", "stay", "continue", "happy", "useful",
    "gusta", "gustan", "encanta", "encantan", "sigan", "sigue", "seguir", "quedarme", "interesa", "interesan", "utiles",
    "aime", "adore", "continuez", "continuer", "gardez", "garder", "reste", "rester", "utiles", "interessent",
    "place", "plac", "ador", "continuati", "continua", "raman", "pastrez", "pastrati", "utile",
];

/// No as a first word, in normal form.
const FIRST_NO: &[&str] = &["no", "nope", "nah", "naw", "non", "nan", "nu", "nop", "nel"];

/// Whether the text says no, in any language or by a thumb.
pub(super) fn is_no(text: &Text) -> bool {
    by_pictures(text) == Some(false) || says(&[&NO, &NOT_INTERESTED], text)
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

/// Whether one of these words is the text, or each of its clauses: "da, sigur"; "nu, mersi".
fn says(sets: &[&Words], text: &Text) -> bool {
    says_at_once(sets, text) || says_in_clauses(sets, text)
}

/// Whether one of these words is every clause, but for clauses of thanks behind it.
fn says_in_clauses(sets: &[&Words], text: &Text) -> bool {
    let clauses: Vec<Text> =
        text.raw().split(CLAUSE_ENDS).map(Text::read).filter(|clause| !clause.is_blank()).collect();
    let [first, rest @ ..] = clauses.as_slice() else { return false };
    let with_thanks: Vec<&Words> = sets.iter().copied().chain([&THANKFUL_ONLY]).collect();
    (1..CLAUSES_MAX).contains(&rest.len())
        && says_at_once(sets, first)
        && rest.iter().all(|clause| says_at_once(&with_thanks, clause))
}

const CLAUSE_ENDS: [char; 9] = [',', '.', '!', ';', '，', '。', '！', '；', '\n'];

/// Who says more has more to say.
const CLAUSES_MAX: usize = 4;

/// Thanks and nothing else.
static THANKFUL_ONLY: Words = LazyLock::new(|| {
    let thanks = words_in_all_languages("words-thanks").into_iter();
    thanks.filter(|(words, _)| words.split(' ').any(|word| THANKFUL.contains(&word))).collect()
});

/// Whether one of these words is the text; or is what remains of it without pictures, greetings, please and thanks, where the whole of
/// it is no other word that we know. Also in traditional characters, and with letters held down: "yeahhh".
fn says_at_once(sets: &[&Words], text: &Text) -> bool {
    let is_listed =
        |said: &str| sets.iter().any(|words| words.contains_key(said) || words.contains_key(spell(said).trim_end()));
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
