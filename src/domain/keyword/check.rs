//! Whether a phrase is fit to be put on a sign: what speaks against it, and what else might do.

use std::sync::LazyLock;

use strsim::osa_distance;
use unicode_security::{MixedScript, confusable_detection::skeleton};

use super::{Likeness, Phrase, courtesy::Around};
use crate::{
    commands,
    intent::{Certainty, hear},
    reserved::{HELP, OPT_IN, OPT_OUT, YES, reserved},
    shop::Keyword,
    text::{Text, is_picture},
};

/// Something that speaks against a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Its name, the same for ever.
    pub code: &'static str,
    /// A sentence for the merchant. Whose another keyword is stays unsaid: the sender may be shared.
    pub sentence: String,
    /// Whether the phrase is refused, or only warned of.
    pub refuses: bool,
    /// Whether another keyword stands in the way, and not the phrase itself.
    pub clashes: bool,
    /// That keyword.
    pub other: Option<String>,
}

impl Objection {
    /// What was typed is no phrase at all; the sentence says why.
    pub fn no_phrase(sentence: String) -> Self {
        Self { code: "phrase", sentence, refuses: true, clashes: false, other: None }
    }
}

/// All that speaks against a keyword: first what stands in its way, then what is wrong with its phrase. `others` are the
/// keywords on its sender that are understood at some time when it is, and are like it.
pub fn objections(asked: &Keyword, others: &[(Likeness, &Keyword)]) -> Vec<Objection> {
    let clashes = others.iter().filter(|(_, other)| other.id != asked.id);
    let clashes = clashes.filter_map(|(likeness, other)| clash(asked, *likeness, other));
    let mut found: Vec<Objection> = clashes.collect();
    found.extend(RULES.iter().filter_map(|(code, refuses, rule)| {
        Some(Objection { code, sentence: rule(&asked.phrase)?, refuses: *refuses, clashes: false, other: None })
    }));
    found.sort_by_key(|objection| !objection.refuses);
    found
}

fn clash(asked: &Keyword, likeness: Likeness, other: &Keyword) -> Option<Objection> {
    let taken = asked.phrase == other.phrase;
    let name = other.phrase.display();
    let sentence = match likeness {
        _ if taken => format!(
            "On this sender the keyword \"{name}\" is taken at that time; choose another phrase, sender or time."
        ),
        _ if asked.shop_id == other.shop_id => return None,
        Likeness::Same { .. } => format!(
            "Who texts this is understood to mean the keyword \"{name}\", which is taken on this sender; choose another phrase or sender."
        ),
        Likeness::Near(slips) => format!(
            "The keyword \"{name}\" on this sender is so near that one would be mistaken for the other{}; choose another phrase or sender.",
            match slips {
                0 => String::new(),
                1 => " (one slip of the thumb)".to_owned(),
                slips => format!(" ({slips} slips of the thumb)"),
            }
        ),
    };
    let code = if taken || matches!(likeness, Likeness::Same { .. }) { "taken" } else { "near" };
    Some(Objection { code, sentence, refuses: true, clashes: true, other: Some(name.to_owned()) })
}

/// What is wrong with a phrase by itself: a name, whether it refuses, and the sentence if it is so.
type Rule = (&'static str, bool, fn(&Phrase) -> Option<String>);

const RULES: &[Rule] = &[
    ("reserved", true, near_reserved_word),
    ("mixed-script", true, mixed_script),
    ("opt-out", true, opts_out),
    ("courtesy", true, only_courtesy),
    ("number", true, only_a_number),
    ("too-short", true, one_letter),
    ("like-reserved", false, like_reserved_word),
    ("looks-alike", false, looks_alike),
    ("contains-opt-out", false, contains_opt_out),
    ("autocorrected", false, autocorrected),
    ("long", false, long),
];

/// The fewest letters of a reserved word that a slip turns into another: BALL is no misspelled BAL.
const NEAR_RESERVED_MIN: usize = 4;

/// HELLP, STPO: one slip from a word that means the same at every shop. The words themselves are no phrases at all.
fn near_reserved_word(phrase: &Phrase) -> Option<String> {
    let around = Around::read(phrase.normal());
    let bare = around.barest().map_or(phrase.normal(), |bare| bare.core);
    let core = Text::read(bare);
    if reserved(&core).is_some() || commands::is_taken(&core) {
        return Some(format!(
            "without its polite words it is \"{bare}\", which already means something; choose another"
        ));
    }
    let word =
        one_slip_from(phrase, |word, said| word.chars().count() != said.chars().count() || is_swapped(word, said))?;
    Some(format!("is one slip from \"{word}\", which already means something to carriers or members; choose another"))
}

/// SHOP: another letter than STOP is another word, but near enough to be warned of.
fn like_reserved_word(phrase: &Phrase) -> Option<String> {
    let word = one_slip_from(phrase, |_, _| true).filter(|_| near_reserved_word(phrase).is_none())?;
    Some(format!("is one letter from \"{word}\", which already means something to carriers or members"))
}

fn one_slip_from(phrase: &Phrase, is_meant: impl Fn(&str, &str) -> bool) -> Option<&'static str> {
    let said: String = phrase.normal().split(' ').collect();
    let is_near = |word: &&str| {
        let letters = word.chars().count();
        letters >= NEAR_RESERVED_MIN && letters.abs_diff(said.chars().count()) <= 1 && osa_distance(word, &said) <= 1
    };
    RESERVED_WORDS.iter().copied().find(|word| is_near(word) && is_meant(word, &said))
}

fn is_swapped(word: &str, said: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(word) == sorted(said)
}

static RESERVED_WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let sets = [OPT_OUT, OPT_IN, YES, HELP].concat();
    sets.into_iter().chain(commands::words()).collect()
});

/// Letters of two alphabets in one word: nobody's keyboard types that. (UTS 39, 5.1)
fn mixed_script(phrase: &Phrase) -> Option<String> {
    let word = phrase.display().split_whitespace().find(|word| !word.is_single_script())?;
    Some(format!("\"{word}\" mixes letters of two alphabets, which nobody can type; write it in one"))
}

/// Letters that look like Latin ones and are none. (UTS 39, 4)
fn looks_alike(phrase: &Phrase) -> Option<String> {
    let looks: String = skeleton(phrase.normal()).collect();
    let is_disguised = !phrase.normal().is_ascii() && looks.is_ascii() && looks.chars().any(char::is_alphabetic);
    is_disguised
        .then(|| format!("looks like \"{looks}\" but is other letters; who reads it on a sign may type the wrong ones"))
}

fn only_courtesy(phrase: &Phrase) -> Option<String> {
    let is_polite = Around::read(phrase.normal()).barest().is_none();
    is_polite.then(|| "is what people say to be polite; add a word to it".to_owned())
}

fn only_a_number(phrase: &Phrase) -> Option<String> {
    let is_number = phrase.normal().chars().all(|c| c.is_numeric() || c == ' ');
    is_number.then(|| "is only a number, as people text to choose from a list; add a word to it".to_owned())
}

fn one_letter(phrase: &Phrase) -> Option<String> {
    let mut letters = phrase.normal().chars();
    let is_one = letters.next().is_some_and(|c| c.is_ascii_alphabetic()) && letters.next().is_none();
    is_one.then(|| "is one letter, which pockets text as well; use a word".to_owned())
}

/// WRONG NUMBER, GO AWAY: who texts that wants no more texts.
fn opts_out(phrase: &Phrase) -> Option<String> {
    let heard = hear(&Text::read(phrase.display())).filter(|_| near_reserved_word(phrase).is_none())?;
    (heard.certainty == Certainty::Certain)
        .then(|| "is what people text who want no more texts; choose words that nobody says for that".to_owned())
}

fn contains_opt_out(phrase: &Phrase) -> Option<String> {
    let word = phrase.normal().split(' ').find(|word| OPT_OUT.contains(word))?;
    Some(format!("\"{word}\" alone opts out: who leaves out the rest gets no more texts"))
}

/// What phones turn into something else while one types.
fn autocorrected(phrase: &Phrase) -> Option<String> {
    let word = phrase.normal().split(' ').find_map(|word| Some((word, odd(word)?)));
    word.map(|(word, why)| format!("\"{word}\" {why}, so phones may correct it to another word; test it on one"))
}

fn odd(word: &str) -> Option<&'static str> {
    if !word.is_ascii() || is_picture(word) {
        return None;
    }
    let letters: Vec<char> = word.chars().collect();
    let is_letter = |c: &char| c.is_ascii_alphabetic();
    let mixed = letters.windows(2).any(|pair| is_letter(&pair[0]) != is_letter(&pair[1]));
    let tripled = letters.windows(3).any(|three| is_letter(&three[0]) && three[0] == three[1] && three[1] == three[2]);
    let is_vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let is_abbreviated =
        letters.len() >= ABBREVIATED_MIN && !letters.iter().any(is_vowel) && letters.iter().all(is_letter);
    let crowded = letters.windows(CONSONANTS_MAX + 1).any(|run| run.iter().all(|c| is_letter(c) && !is_vowel(c)));
    match () {
        () if mixed => Some("has digits among letters"),
        () if tripled => Some("has a letter three times"),
        () if is_abbreviated || crowded => Some("has no vowels where one expects them"),
        () => None,
    }
}

/// Fewer letters without a vowel are an abbreviation that phones know: PLS, BBQ.
const ABBREVIATED_MIN: usize = 4;

/// More consonants in a row are in no word that people type without thinking. ("Rhythms", "Angstschweiß" are the limit.)
const CONSONANTS_MAX: usize = 5;

/// The most characters that one texts from memory. (House rule)
const LENGTH_REMEMBERED: usize = 24;

fn long(phrase: &Phrase) -> Option<String> {
    let is_long = phrase.normal().chars().count() > LENGTH_REMEMBERED;
    is_long.then(|| "is long to type at a counter; two short words are remembered best".to_owned())
}

/// The most phrases that are suggested.
pub const SUGGESTED_MAX: usize = 3;

/// Up to [`SUGGESTED_MAX`] phrases made of the shop's name and the one that was asked for, that `is_free`.
pub fn suggestions(asked: &str, shop: Option<&str>, is_free: impl Fn(&Phrase) -> bool) -> Vec<Phrase> {
    let words = |text: &str| -> Vec<String> { Text::read(text).words().map(str::to_uppercase).collect() };
    let asked = words(asked);
    let is_content = |word: &&str| {
        let word = Text::read(word);
        Around::read(word.normal()).barest().is_some() && reserved(&word).is_none() && !commands::is_taken(&word)
    };
    let content: Vec<&str> = asked.iter().map(String::as_str).filter(is_content).collect();
    let shop = shop.map(words).unwrap_or_default();
    let name: Vec<&str> = shop.iter().map(String::as_str).filter(|word| word.chars().nth(2).is_some()).collect();
    let first = name.first().copied();
    let mut made = vec![name.join(" ")];
    for word in content.iter().take(2) {
        made.extend(first.map(|first| format!("{first} {word}")));
        made.extend(first.map(|first| format!("{word} {first}")));
    }
    for word in content.iter().take(2).chain(&first) {
        made.extend(["CLUB", "REWARDS", "VIP"].map(|more| format!("{word} {more}")));
    }
    let mut suggested: Vec<Phrase> = Vec::new();
    for phrase in made.iter().filter_map(|words| Phrase::parse(words).ok()) {
        if suggested.len() < SUGGESTED_MAX && !suggested.contains(&phrase) && is_free(&phrase) {
            suggested.push(phrase);
        }
    }
    suggested
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(typed: &str) -> Vec<&'static str> {
        let phrase = Phrase::parse(typed).unwrap();
        let found = RULES.iter().filter(|(_, _, rule)| rule(&phrase).is_some());
        found.map(|(code, ..)| *code).collect()
    }

    #[test]
    fn what_is_hard_to_type_or_means_something_already_is_objected_to() {
        for (typed, expected) in [
            ("COFFEE PLS", vec![]),
            ("BEAN THERE", vec![]),
            ("CAFÉ POR FAVOR", vec![]),
            ("☕", vec![]),
            ("咖啡", vec![]),
            ("кофе", vec![]),
            ("BBQ", vec![]),
            ("TABLE 12", vec![]),
            ("BALL", vec![]),
            ("STPO", vec!["reserved"]),
            ("SHOP", vec!["like-reserved"]),
            ("HELLP", vec!["reserved"]),
            ("HELP PLS", vec!["reserved"]),
            ("unsubcribe", vec!["reserved"]),
            ("CОFFEE", vec!["mixed-script", "looks-alike"]),
            ("сосо", vec!["looks-alike"]),
            ("WRONG NUMBER", vec!["opt-out"]),
            ("go away", vec!["opt-out"]),
            ("别再发了", vec!["opt-out"]),
            ("SPAM MUSUBI", vec![]),
            ("NEVER ENOUGH TACOS", vec![]),
            ("PLEASE", vec!["courtesy"]),
            ("HI THERE", vec!["courtesy"]),
            ("12", vec!["number"]),
            ("Q", vec!["too-short"]),
            ("COFFEE STOP", vec!["contains-opt-out"]),
            ("C0FFEE", vec!["autocorrected"]),
            ("COFFFEE", vec!["autocorrected"]),
            ("CFFT PLS", vec!["autocorrected"]),
            ("THE VERY LONG COFFEE KEYWORD", vec!["long"]),
        ] {
            assert_eq!(codes(typed), expected, "{typed}");
        }
    }

    #[test]
    fn suggestions_are_free_and_made_of_the_shop_and_the_phrase() {
        let suggested = |asked, shop, taken: &[&str]| -> Vec<String> {
            let is_free = |phrase: &Phrase| !taken.contains(&phrase.display());
            suggestions(asked, shop, is_free).iter().map(|phrase| phrase.display().to_owned()).collect()
        };
        assert_eq!(suggested("COFFEE PLS", Some("Bean There"), &[]), ["BEAN THERE", "BEAN COFFEE", "COFFEE BEAN"]);
        assert_eq!(
            suggested("COFFEE PLS", Some("Bean There"), &["BEAN THERE", "COFFEE BEAN"]),
            ["BEAN COFFEE", "COFFEE CLUB", "COFFEE REWARDS"]
        );
        assert_eq!(suggested("cofee stop", None, &[]), ["COFEE CLUB", "COFEE REWARDS", "COFEE VIP"]);
        assert!(suggested("", None, &[]).is_empty());
        assert!(suggested("coffee", Some("Bean"), &[]).len() == SUGGESTED_MAX);
    }
}
