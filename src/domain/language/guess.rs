//! Which of our languages a text is written in, if one can tell.

use std::{collections::HashMap, sync::LazyLock};

use whatlang::{Detector, Lang};

use super::{Language, words_of_one_language};
use crate::text::Text;

/// Fewer letters than this say too little.
const LETTERS_MIN: usize = 12;
/// From which confidence on a guess is taken, 0 to 1.
const CONFIDENCE_MIN: f64 = 0.7;

static GREETINGS: LazyLock<HashMap<String, Language>> = LazyLock::new(|| words_of_one_language("words-greeting"));
static DETECTOR: LazyLock<Detector> =
    LazyLock::new(|| Detector::with_allowlist(KNOWN.iter().map(|(lang, _)| *lang).collect()));

const KNOWN: [(Lang, &str); 5] =
    [(Lang::Eng, "en"), (Lang::Spa, "es"), (Lang::Fra, "fr"), (Lang::Ron, "ro"), (Lang::Cmn, "zh")];

/// The language of a text: by its greeting, its script, the small words in it, or the letters of a sentence that is long
/// enough.
pub fn guess(text: &Text) -> Option<Language> {
    if let Some(language) = GREETINGS.get(text.normal()) {
        return Some(*language);
    }
    let letters = text.raw().chars().filter(|c| c.is_alphabetic()).count();
    let is_chinese = text.raw().chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    if is_chinese {
        return Language::from_code("zh");
    }
    if letters < LETTERS_MIN || text.words().nth(2).is_none() {
        return None;
    }
    by_small_words(text).or_else(|| by_letters(text))
}

/// The language of which there are small words, where there are none of another.
fn by_small_words(text: &Text) -> Option<Language> {
    let count = |words: &[&str]| text.words().filter(|word| words.contains(word)).count();
    let mut counts: Vec<(usize, &str)> = SMALL_WORDS.iter().map(|(code, words)| (count(words), *code)).collect();
    counts.sort_unstable_by(|left, right| right.cmp(left));
    match counts.as_slice() {
        [(most, code), (0, _), ..] if *most >= SMALL_WORDS_MIN => Language::from_code(code),
        _ => None,
    }
}

fn by_letters(text: &Text) -> Option<Language> {
    let guess = DETECTOR.detect(text.raw())?;
    let known = KNOWN.iter().find(|(lang, _)| *lang == guess.lang())?;
    (guess.confidence() >= CONFIDENCE_MIN).then(|| Language::from_code(known.1))?
}

/// One may be a name or a dish.
const SMALL_WORDS_MIN: usize = 2;

/// Words that nearly every sentence has some of and that only one of our languages has, in normal form. Letters alone tell
/// too little: to the detector, "do you have oat milk?" may be anything.
#[rustfmt::skip]
const SMALL_WORDS: &[(&str, &[&str])] = &[
    ("en", &[
        "the", "you", "your", "do", "does", "did", "what", "whats", "when", "where", "how", "is", "can", "could", "have", "has", "had", "will",
        "would", "my", "it", "its", "for", "with", "and", "not", "dont", "this", "that", "there", "here", "please", "open", "much", "many", "want",
        "need", "get", "got", "any", "we", "they", "was", "were", "been", "from", "of", "at", "by", "today", "tomorrow", "im", "id",
    ]),
    ("es", &[
        "el", "los", "donde", "cuando", "como", "cual", "cuanto", "cuantos", "cuesta", "por", "para", "esta", "estan", "estoy", "abren", "abre",
        "abierto", "tienen", "tiene", "tengo", "hay", "puedo", "quiero", "quisiera", "muy", "mas", "pero", "hola", "gracias", "hoy", "manana",
        "domingo", "tienda", "ustedes", "del", "al",
    ]),
    ("fr", &[
        "je", "vous", "nous", "est", "cest", "jai", "une", "avec", "pour", "dans", "quelle", "quel", "quelles", "quels", "quand", "comment",
        "combien", "mon", "votre", "notre", "pas", "qui", "du", "aux", "avez", "etes", "sont", "puis", "peux", "chez", "elle", "ouvrez", "ouvert",
        "ouverts", "voudrais", "merci", "bonjour", "dimanche", "demain",
    ]),
    ("ro", &[
        "nu", "sunt", "cand", "unde", "cum", "cate", "aveti", "pentru", "cu", "pe", "vreau", "imi", "mai", "acum", "maine", "azi", "astazi", "buna",
        "multumesc", "ora", "deschideti", "deschis", "magazin", "magazinul", "meu", "mele", "mea", "vostru", "daca", "care", "fara", "bine", "din",
        "duminica", "sambata", "puteti",
    ]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(typed: &str) -> Option<&'static str> {
        guess(&Text::read(typed)).map(Language::code)
    }

    #[test]
    fn a_sentence_or_a_greeting_tells_its_language() {
        for (typed, code) in [
            ("Hola", "es"),
            ("buenos días", "es"),
            ("what time do you open on sunday morning, and is there wifi?", "en"),
            ("¿a qué hora abren el domingo por favor?", "es"),
            ("你们几点开门", "zh"),
        ] {
            assert_eq!(guessed(typed), Some(code), "{typed}");
        }
    }

    #[test]
    fn a_word_or_two_tell_nothing() {
        for typed in [
            "ok",
            "latte",
            "Ana Maria",
            "12 345",
            "☕☕☕",
            "mmm ahh",
            "Jean Luc de la Fontaine",
            "Ana Maria Popescu Ionescu",
        ] {
            assert_eq!(guessed(typed), None, "{typed}");
        }
    }

    #[test]
    fn small_words_are_in_normal_form_and_of_one_language() {
        let all: Vec<&str> = SMALL_WORDS.iter().flat_map(|(_, words)| *words).copied().collect();
        for (at, word) in all.iter().enumerate() {
            assert_eq!(Text::read(word).normal(), *word);
            assert!(!all[..at].contains(word), "{word}");
        }
    }
}
