//! Days in words, 1 to 31, cardinal and ordinal: "twenty-first", "veinticinco", "le premier", "întâi".

use std::{collections::HashMap, sync::LazyLock};

use super::tokens::Token;

/// English, Spanish, French and Romanian words for 1 to 20 and 30, in normal form.
const WORDS: &[(u8, &str)] = &[
    (1, "one first uno primero primer un premier unu intai intaiul intii prima primul"),
    (2, "two second dos segundo deux deuxieme doi doua"),
    (3, "three third tres tercero trois troisieme trei"),
    (4, "four fourth forth cuatro quatre quatrieme patru"),
    (5, "five fifth cinco cinq cinquieme cinci"),
    (6, "six sixth seis sixieme sase"),
    (7, "seven seventh siete sept septieme sapte"),
    (8, "eight eighth eigth ocho huit huitieme opt"),
    (9, "nine ninth nineth nueve neuf neuvieme noua"),
    (10, "ten tenth diez dix dixieme zece"),
    (11, "eleven eleventh once onze unsprezece unspe"),
    (12, "twelve twelfth twelvth doce douze doisprezece douasprezece doispe"),
    (13, "thirteen thirteenth trece treize treisprezece treispe"),
    (14, "fourteen fourteenth catorce quatorze paisprezece patrusprezece paispe"),
    (15, "fifteen fifteenth quince quinze cincisprezece cinsprezece cinspe"),
    (16, "sixteen sixteenth dieciseis seize saisprezece sasesprezece saispe"),
    (17, "seventeen seventeenth diecisiete dixsept saptesprezece saptisprezece saptespe saptispe"),
    (18, "eighteen eighteenth dieciocho dixhuit optsprezece optisprezece optspe optispe"),
    (19, "nineteen nineteenth diecinueve dixneuf nouasprezece nouaspe"),
    (20, "twenty twentieth veinte vingt vingtieme douazeci"),
    (21, "twentyone twentyfirst veintiuno veintiun veintiuna"),
    (22, "twentytwo twentysecond veintidos"),
    (23, "twentythree twentythird veintitres"),
    (24, "twentyfour twentyfourth veinticuatro"),
    (25, "twentyfive twentyfifth veinticinco"),
    (26, "twentysix twentysixth veintiseis"),
    (27, "twentyseven twentyseventh veintisiete"),
    (28, "twentyeight twentyeighth veintiocho"),
    (29, "twentynine twentyninth veintinueve"),
    (30, "thirty thirtieth treinta trente trentieme treizeci"),
    (31, "thirtyone thirtyfirst"),
];

/// Only behind tens: "vingt-et-unième".
const ONLY_UNITS: &[(&str, u8)] = &[("unieme", 1)];

/// "Diez y seis", "dix-sept": the ten that takes units as well.
const TENS_OF_ONE: &[&str] = &["diez", "dix"];

const AND: &[&str] = &["y", "et", "si", "and"];

/// The most tokens of a number in words: "vingt", "-", "et", "-", "un".
pub(super) const TOKENS_MAX: usize = 5;

static BY_WORD: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    WORDS.iter().flat_map(|(value, words)| words.split_whitespace().map(move |word| (word, *value))).collect()
});

/// Every word that says a number alone.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    BY_WORD.keys().copied()
}

/// The number that all of these tokens together say in words.
pub(super) fn in_words(tokens: &[Token]) -> Option<u8> {
    let mut words = tokens.iter().filter(|token| token.sign() != Some('-')).map(Token::word);
    let first = words.next()??;
    let value = *BY_WORD.get(first)?;
    let Some(mut second) = words.next() else { return (tokens.len() == 1).then_some(value) };
    if second.is_some_and(|word| AND.contains(&word)) {
        second = words.next()?;
    }
    let units = units(second?)?;
    let takes_units = matches!(value, 20 | 30) || (TENS_OF_ONE.contains(&first) && units > 5);
    (takes_units && words.next().is_none() && ends_in_word(tokens)).then_some(value + units)
}

fn units(word: &str) -> Option<u8> {
    let only = ONLY_UNITS.iter().find(|(unit, _)| *unit == word).map(|(_, value)| *value);
    only.or_else(|| BY_WORD.get(word).copied()).filter(|units| *units < 10)
}

fn ends_in_word(tokens: &[Token]) -> bool {
    tokens.last().is_some_and(|token| token.word().is_some())
}

#[cfg(test)]
mod tests {
    use super::{super::tokens, *};
    use crate::text::Text;

    #[test]
    fn numbers_are_said_in_four_languages() {
        for (typed, expected) in [
            ("first", Some(1)),
            ("întâi", Some(1)),
            ("twenty-first", Some(21)),
            ("Twenty First", Some(21)),
            ("treinta y uno", Some(31)),
            ("veinticinco", Some(25)),
            ("diez y seis", Some(16)),
            ("vingt et un", Some(21)),
            ("vingt-et-unième", Some(21)),
            ("dix-sept", Some(17)),
            ("douăzeci și cinci", Some(25)),
            ("treizeci şi unu", Some(31)),
            ("paișpe", Some(14)),
            ("thirty five", Some(35)),
            ("twenty eleven", None),
            ("dix un", None),
            ("one one", None),
            ("twenty-", None),
            ("twenty and", None),
            ("unième", None),
            ("word", None),
            ("5", None),
            ("", None),
        ] {
            assert_eq!(in_words(&tokens::read(typed)), expected, "{typed}");
        }
    }

    #[test]
    fn every_word_can_be_met_in_a_normal_form_and_says_one_number() {
        let words: Vec<_> = WORDS.iter().flat_map(|(_, words)| words.split_whitespace()).collect();
        assert_eq!(BY_WORD.len(), words.len());
        assert!(words.iter().all(|word| Text::read(word).normal() == *word));
    }
}
