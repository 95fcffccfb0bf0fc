//! Numbered lists, and which of them a text picks.

use super::{and_more, is_han};
use crate::{
    directory::Directory,
    keyword::is_please,
    language::{Language, Line, Reply},
    profile::answer::place,
    segment::count,
    shop::Shop,
    text::Text,
};

/// The most segments that a list takes, unless fewer than `LINES_MIN` lines would fit.
pub const SEGMENTS_MAX: usize = 2;
/// How many lines a list has at least, where there is so much to list.
const LINES_MIN: usize = 3;
/// No two segments hold more lines than this.
const LINES_MAX: usize = 24;
/// The most choices that one text offers: each has a number of one digit.
const CHOICES_MAX: usize = 9;

/// How many of so many lines fit, where `reply` writes the list with the first so many.
pub fn as_many_as_fit(total: usize, language: Language, reply: impl Fn(usize) -> Reply) -> usize {
    let fits = |listed: &usize| count(&language.write(&reply(*listed))).segments <= SEGMENTS_MAX;
    let most = total.min(LINES_MAX);
    (LINES_MIN..=most).rev().find(fits).unwrap_or(LINES_MIN.min(total))
}

/// The question, below it each of these choices with its number, as many as fit; and how many that are.
pub fn from(question: &Line, choices: &[Line], language: Language) -> (Reply, usize) {
    let reply = |offered: usize| {
        let more = and_more(choices.len() - offered);
        among(question.clone(), choices.iter().take(offered).cloned(), more)
    };
    let offered = as_many_as_fit(choices.len().min(CHOICES_MAX), language, reply);
    (reply(offered), offered)
}

/// The question, and below it each choice with its number.
pub fn among(question: impl Into<Reply>, choices: impl IntoIterator<Item = Line>, more: Option<Line>) -> Reply {
    let numbered = choices.into_iter().zip(1_i64..);
    let lines = numbered.map(|(choice, number)| choice.count("number", number));
    lines.chain(more).fold(question.into(), Reply::below)
}

/// A choice by its name alone.
pub fn named(name: impl Into<String>) -> Line {
    Line::new("choice").text("name", name)
}

/// The place, from 0, of the choice that the text picks by its number, its name or its place ("the second one"); `None` where it picks none, or more
/// than one.
pub fn pick<'a>(text: &Text, names: impl Iterator<Item = &'a str>) -> Option<usize> {
    let names: Vec<&str> = names.collect();
    if let Ok(number) = text.normal().parse::<usize>() {
        return number.checked_sub(1).filter(|place| *place < names.len());
    }
    let count = names.len();
    pick_by_name(text.normal(), names.into_iter()).or_else(|| place(text).filter(|place| *place < count))
}

/// The shop whose name or keyword was said, in normal form; `None` where it may be several.
pub fn shop_named<'a>(said: &str, shops: &[&'a Shop], directory: &Directory) -> Option<&'a Shop> {
    let by_name = pick_by_name(said, shops.iter().map(|shop| shop.name.as_str()));
    let by_phrase = || {
        let phrases_of = |shop: &&Shop| {
            let keywords = directory.keywords_of(shop.id);
            keywords.map(|keyword| keyword.phrase.normal()).collect::<Vec<_>>().join(" ")
        };
        let phrases: Vec<String> = shops.iter().map(phrases_of).collect();
        pick_by_name(said, phrases.iter().map(String::as_str))
    };
    shops.get(by_name.or_else(by_phrase)?).copied()
}

/// The place of the only name that is what was said, in normal form; or else of the only one that has it among its words, letter
/// for letter or nearly; or else of the only one that begins with it.
pub fn pick_by_name<'a>(said: &str, names: impl Iterator<Item = &'a str>) -> Option<usize> {
    if said.is_empty() {
        return None;
    }
    let names: Vec<Text> = names.map(Text::read).collect();
    let only = |is_meant: &dyn Fn(&Text) -> bool| {
        let mut places = names.iter().enumerate().filter(|(_, name)| is_meant(name)).map(|(place, _)| place);
        places.next().filter(|_| places.next().is_none())
    };
    let is_told = |word: &&str| !BESIDES.contains(word) && !is_please(word);
    let has_the_words = |name: &Text, is_same: fn(&str, &str) -> bool| {
        said.split(' ').any(|word| is_told(&word))
            && said.split(' ').filter(is_told).all(|word| name.words().any(|of_name| is_same(of_name, word)))
    };
    only(&|name| name.normal() == said)
        .or_else(|| only(&|name| has_the_words(name, |one, other| one == other)))
        .or_else(|| only(&|name| has_the_words(name, is_nearly)))
        .or_else(|| only(&|name| name.normal().starts_with(said)))
}

/// What stands beside and between the words of a name, in normal form.
const BESIDES: &[&str] =
    &["the", "and", "el", "la", "los", "las", "de", "del", "y", "le", "les", "du", "des", "et", "si", "va", "te"];

/// The only shop of these whose name stands in a text, if others are named as little as none.
pub fn shop_spoken_of<'a>(text: &Text, shops: &[&'a Shop]) -> Option<&'a Shop> {
    let said = format!(" {} ", text.normal());
    let is_named = |shop: &&&Shop| {
        let name = Text::read(&shop.name);
        // Chinese parts no words.
        let whole =
            if name.normal().starts_with(is_han) { name.normal().to_owned() } else { format!(" {} ", name.normal()) };
        !name.is_blank() && said.contains(&whole)
    };
    let mut named = shops.iter().filter(is_named);
    named.next().filter(|_| named.next().is_none()).copied()
}

/// Whether a name may be meant by what was said, in normal form, be it with others.
pub fn may_be(said: &str, name: &str) -> bool {
    pick_by_name(said, std::iter::once(name)).is_some()
}

/// Whether two words are the same but for one slip of the thumb, which short words do not have.
fn is_nearly(word: &str, other: &str) -> bool {
    let is_long = word.chars().nth(3).is_some() && other.chars().nth(3).is_some();
    word == other || (is_long && strsim::osa_distance(word, other) <= 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOPS: [&str; 3] = ["Bean There", "Crumb & Co", "Bean Counters"];

    fn picked(typed: &str) -> Option<usize> {
        pick(&Text::read(typed), SHOPS.into_iter())
    }

    #[test]
    fn a_choice_is_picked_by_its_number_or_its_name() {
        for (typed, place) in
            [("1", 0), (" 2.", 1), ("#3", 2), ("crumb & co", 1), ("Crumb", 1), ("there", 0), ("bean c", 2)]
        {
            assert_eq!(picked(typed), Some(place), "{typed}");
        }
        // Of two that are near, the one that was said.
        let minis = ["A mini of your choice", "A set of four minis"];
        assert_eq!(["mini", "minis"].map(|said| pick_by_name(said, minis.into_iter())), [Some(0), Some(1)]);
        for typed in ["0", "4", "99999999999999999999", "", "bean", "1 2", "the", "-1 2"] {
            assert_eq!(picked(typed), None, "{typed}");
        }
    }
}
