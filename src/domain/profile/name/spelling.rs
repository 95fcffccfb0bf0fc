//! How a name is spelled: which words can be one, and which letters are capitals.

use super::is_han;

/// The most marks on a letter: more are a joke, and no name.
const MARKS_MAX: usize = 3;

/// The most characters of a Chinese name; of one from elsewhere, as it sounds in Chinese.
const HAN_MAX: usize = 8;

/// The word as a name; `None` where no name is spelled so.
pub(super) fn write(word: &str) -> Option<String> {
    if word.contains(is_han) {
        let is_name = word.chars().all(|c| is_han(c) || c == '·') && word.chars().count() <= HAN_MAX;
        return if is_name { Some(word.to_owned()) } else { write_in_two_scripts(word) };
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let is_single = letters == 1 && word.is_ascii();
    (letters > 0 && !is_single && !is_babble(word) && !is_overloaded(word)).then(|| with_capitals(word))
}

/// 阿Ken, Ken哥: a name in letters with the character that makes it one to call somebody by.
fn write_in_two_scripts(word: &str) -> Option<String> {
    let before = CALLED_BEFORE.iter().find_map(|before| Some((*before, word.strip_prefix(before)?, "")));
    let behind = || CALLED_BEHIND.iter().find_map(|behind| Some(("", word.strip_suffix(behind)?, *behind)));
    let (before, letters, behind) = before.or_else(behind)?;
    let letters = Some(letters).filter(|letters| !letters.contains(is_han)).and_then(write)?;
    Some(format!("{before}{letters}{behind}"))
}

const CALLED_BEFORE: &[&str] = &["阿", "小", "老", "大"];
const CALLED_BEHIND: &[&str] = &[
    "先生", "小姐", "女士", "老师", "老師", "哥", "姐", "妹", "弟", "仔", "叔", "姨", "伯", "嫂", "爷", "爺", "总",
    "總",
];

/// "hmmm", "aaaa": the same letter three times.
fn is_babble(word: &str) -> bool {
    let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    letters.windows(3).any(|three| three[0] == three[1] && three[1] == three[2])
}

fn is_overloaded(word: &str) -> bool {
    let mut marks = 0;
    word.chars().any(|c| {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        marks > MARKS_MAX
    })
}

/// Capitals as the person set them; where there are only small letters or only capitals, as names have them. Two or three
/// consonants in capitals are initials, and so is AJ.
fn with_capitals(word: &str) -> String {
    let has = |is: fn(char) -> bool| word.chars().any(is);
    let is_mixed = has(char::is_lowercase) && has(char::is_uppercase);
    let is_vowel = |c: char| "AEIOUY".contains(c);
    let are_initials = word.len() <= 3
        && word.chars().all(|c| c.is_ascii_uppercase())
        && (!word.contains(is_vowel) || (word.len() == 2 && word.ends_with('J')));
    if is_mixed || are_initials {
        return word.to_owned();
    }
    let mut written = String::with_capacity(word.len());
    let mut part_start = 0;
    for (at, character) in word.char_indices() {
        let starts = at == part_start;
        if starts {
            written.extend(character.to_uppercase())
        } else {
            written.extend(character.to_lowercase())
        }
        // O'Neil and D'Angelo, but not Noa'h.
        let opens = is_hyphen(character) || (is_apostrophe(character) && word[part_start..at].chars().count() == 1);
        if opens {
            part_start = at + character.len_utf8();
        }
    }
    written
}

pub(super) fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}')
}

pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{2bc}' | '`')
}

/// What belongs to the letter before it: accents, vowel signs, joiners.
pub(super) fn is_mark(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character) || is_joiner(character)
}

/// What joins letters that would else stand apart, and the other way round.
pub(super) fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}
