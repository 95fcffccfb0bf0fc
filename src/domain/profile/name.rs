//! First names, as people give them: alone, in a sentence, with a surname, in capitals.
//!
//! The rule: what introduces a name ("my name is", "je m'appelle", 我叫) and what is polite around it goes; of what is left
//! the first word is the name. The second belongs to it where the two are one name as one gives it: "Ana Maria",
//! "Mary Jane", "Juan Carlos", "Jean Luc". Who gives a title and a surname wants to be called so: "Mrs Murphy". A hyphen or an apostrophe parts no name. A Chinese name is kept whole. A name
//! is kept as it was typed, unless all of it is in small letters or in capitals.

use self::words::{Word, is_abbreviation, is_compound, is_no_name, is_opinion, is_particle};
use super::plain::plain_line;
use crate::{commands, reserved::reserved, text::Text};

mod spelling;
mod words;

/// What a person wants to be greeted by: at most [`NAME_MAX`] characters that hide nothing, so that it can be put into
/// texts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FirstName(String);

/// The most characters of a first name.
pub const NAME_MAX: usize = 40;

/// The most words of a full name, without "de la" and the like; more are a sentence.
const WORDS_MAX: usize = 5;

/// How much of a text is looked at, in characters: nobody takes longer to say a name.
const READ_MAX: usize = 160;

impl FirstName {
    /// Reads a first name; `None` where none was given.
    pub fn read(typed: &str) -> Option<Self> {
        if typed.chars().nth(READ_MAX).is_some() || means_something_else(&Text::read(typed)) {
            return None;
        }
        let lines: Vec<String> = typed.lines().map(|line| plain_line(line, READ_MAX)).collect();
        let lines = lines.iter().take_while(|line| !has_an_address(line));
        let sentences: Vec<&str> = lines.flat_map(|line| sentences_of(line)).collect();
        let mut introductions = sentences.iter().map(|sentence| words_of(beginning(sentence)));
        // "Hi there! My name is Ana. Nice to meet you": where a name is introduced, it is that one.
        let introduced = introductions.find_map(|words| name_in(&words::introduced(&words)?));
        let plain = sentences.iter().take_while(|sentence| beginning(sentence) == **sentence);
        introduced.or_else(|| name_in(&words::first_that_says_more(plain.map(|sentence| words_of(sentence)))?))
    }

    /// A name as it was stored; `None` where it could not be put into a text.
    pub fn restore(stored: &str) -> Option<Self> {
        (!stored.is_empty() && plain_line(stored, NAME_MAX) == stored).then(|| Self(stored.to_owned()))
    }

    /// As it is written in texts and stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A line with an address of the web or of mail holds no name.
fn has_an_address(line: &str) -> bool {
    let is_dotted = |(at, _): (usize, char)| {
        let mut behind = line[at + 1..].chars();
        line[..at].ends_with(char::is_alphabetic) && behind.by_ref().take(2).filter(|c| c.is_alphabetic()).count() == 2
    };
    line.contains(['@', '/', '\\']) || line.char_indices().filter(|(_, c)| *c == '.').any(is_dotted)
}

/// The sentence up to a digit, question mark or symbol: with one of these it is no name, but may introduce one.
fn beginning(sentence: &str) -> &str {
    let is_strange = |c: char| {
        (c.is_numeric() && !is_han(c))
            || matches!(c, '?' | '？' | '¿' | '<' | '>' | '{' | '}' | '=' | '$' | '€' | '£' | '%' | '_' | '#')
    };
    sentence.split(is_strange).next().unwrap_or_default()
}

/// A reserved word, a command, yes or no, or a skip.
fn means_something_else(text: &Text) -> bool {
    text.is_blank() || reserved(text).is_some() || commands::is_taken(text) || super::answer::is_skip(text)
}

/// The sentences of a line; the full stop of "Mrs." and "Ma." ends none.
fn sentences_of(line: &str) -> Vec<&str> {
    let mut start = 0;
    let is_inside = |at: usize, start: usize| line[at..].starts_with('.') && is_abbreviation(&line[start..at]);
    let mut sentences = Vec::new();
    for (at, sign) in line.char_indices().filter(|(_, character)| ends_a_sentence(*character)) {
        if !is_inside(at, start) {
            sentences.push(&line[start..at]);
            start = at + sign.len_utf8();
        }
    }
    sentences.push(&line[start..]);
    sentences
}

fn ends_a_sentence(character: char) -> bool {
    matches!(
        character,
        '.' | '!'
            | ','
            | ';'
            | ':'
            | '('
            | ')'
            | '，'
            | '。'
            | '！'
            | '；'
            | '：'
            | '、'
            | '…'
            | '¡'
            | '~'
            | '～'
            | '\n'
    )
}

/// The words of a sentence: letters and their marks, with hyphens and apostrophes inside.
fn words_of(sentence: &str) -> Vec<Word<'_>> {
    let is_inner = |c: char| spelling::is_hyphen(c) || spelling::is_apostrophe(c) || c == '·';
    let is_part = |c: char| c.is_alphabetic() || spelling::is_mark(c) || is_inner(c);
    let is_loose = |c: char| is_inner(c) || spelling::is_joiner(c);
    // Where a full stop is left, it belongs to a word.
    let words = sentence.split(|c: char| !is_part(c) && c != '.').map(|word| word.trim_matches(is_loose));
    words.filter(|word| word.contains(char::is_alphabetic)).map(Word::new).collect()
}

/// The name in a sentence without what introduces it.
fn name_in(words: &[Word<'_>]) -> Option<FirstName> {
    let (first, rest) = words.split_first()?;
    if let Some(title) = first.as_title() {
        return with_title(title, rest).or_else(|| name_in(rest));
    }
    let many = words.iter().filter(|word| !is_particle(word)).count() > WORDS_MAX;
    let is_cut_short = first.typed.ends_with('.');
    if many || (is_no_name(first) && !is_cut_short) || (rest.is_empty() && is_opinion(first)) {
        return None;
    }
    if rest.iter().any(|word| is_no_name(word) && !is_particle(word)) {
        return None;
    }
    let first_written = spelling::write(first.typed.trim_end_matches('.'))?;
    if words.iter().all(|word| word.typed.chars().all(is_han)) {
        // 李 雷
        let whole: String = words.iter().map(|word| word.typed).collect();
        return spelling::write(&whole).and_then(|whole| FirstName::restore(&whole));
    }
    let given = match rest.first().filter(|second| is_compound(first, second)) {
        Some(second) => format!("{first_written} {}", spelling::write(second.typed)?),
        // Ma. Guadalupe
        None if is_cut_short => format!("{first_written}. {}", with_particles(rest)?),
        None => first_written,
    };
    FirstName::restore(&given).filter(|_| !means_something_else(&Text::read(&given)))
}

/// A title and a surname, with its particles; `None` where more names follow the title: of these the first is the one.
fn with_title(title: String, rest: &[Word<'_>]) -> Option<FirstName> {
    let names = rest.iter().filter(|word| !is_particle(word)).count();
    let surname = with_particles(rest).filter(|_| names == 1)?;
    FirstName::restore(&format!("{title} {surname}"))
}

/// The first name of these, with the particles before it: "van Gogh", "del Carmen".
fn with_particles(words: &[Word<'_>]) -> Option<String> {
    let at = words.iter().position(|word| !is_particle(word))?;
    let name = words.get(at).filter(|word| !is_no_name(word))?;
    let particles = words[..at].iter().map(|word| word.typed.to_lowercase());
    let written: Vec<String> = particles.chain([spelling::write(name.typed)?]).collect();
    Some(written.join(" "))
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

#[cfg(test)]
mod tests;
