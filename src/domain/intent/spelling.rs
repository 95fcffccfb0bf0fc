//! The form in which a text is looked up in the lexicon: one step further than its normal form.

use std::{borrow::Cow, sync::LazyLock};

/// Writes the normal form with a blank behind each word: traditional characters as simplified ones, Chinese parted from
/// other letters and not by blanks, and letters that are held down ("stoooop") once.
pub fn spell(normal: &str) -> String {
    let mut spelled = String::with_capacity(normal.len() + normal.len() / 4 + 2);
    if normal.is_ascii() {
        spell_ascii(normal, &mut spelled);
    } else {
        spell_any(normal, &mut spelled);
    }
    if !spelled.is_empty() {
        spelled.push(' ');
    }
    spelled
}

fn spell_ascii(normal: &str, spelled: &mut String) {
    let bytes = normal.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        if !is_held(
            byte.is_ascii_alphabetic(),
            bytes.get(at + 1) == Some(&byte),
            at > 0 && bytes[at - 1] == byte,
            || bytes.get(at + 2) == Some(&byte) || (at > 1 && bytes[at - 2] == byte),
        ) {
            spelled.push(char::from(byte));
        }
    }
}

/// Whether this letter is one of three or more, and not the last of them.
fn is_held(is_letter: bool, same_next: bool, same_before: bool, third: impl Fn() -> bool) -> bool {
    is_letter && same_next && (third() || same_before)
}

fn spell_any(normal: &str, spelled: &mut String) {
    let mut characters = normal.chars().peekable();
    let mut last = ' ';
    let mut gap = false;
    while let Some(character) = characters.next() {
        if character == ' ' {
            gap = true;
            continue;
        }
        let simple = simplified(character);
        let both_han = is_han(simple) && is_han(last);
        let parts = (gap && !both_han) || (is_han(simple) != is_han(last));
        if parts && last != ' ' {
            spelled.push(' ');
        }
        let mut run = 1;
        while simple.is_alphabetic() && !is_han(simple) && characters.next_if_eq(&character).is_some() {
            run += 1;
        }
        spelled.push(simple);
        if run == 2 {
            spelled.push(simple);
        }
        last = simple;
        gap = false;
    }
}

/// Whether a character is Chinese.
pub fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}')
}

const FIRST: u32 = 0x4e00;

/// Simplified characters by the traditional one's number, 0 where there is none.
static SIMPLIFIED: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table = vec![0; 0x5200];
    let lines = include_str!("lexicon/traditional.txt").lines().filter(|line| !line.starts_with('#'));
    for pair in lines.flat_map(|line| line.split(' ')) {
        let mut letters = pair.chars();
        if let (Some(traditional), Some(simple)) = (letters.next(), letters.next())
            && let Some(slot) = u32::from(traditional).checked_sub(FIRST).and_then(|at| table.get_mut(at as usize))
        {
            *slot = u16::try_from(u32::from(simple)).unwrap_or(0);
        }
    }
    table
});

/// The simplified character for a traditional one; any other as it is.
pub fn simplified(character: char) -> char {
    let number = u32::from(character);
    if !(FIRST..0xa000).contains(&number) {
        return character;
    }
    let simple = SIMPLIFIED.get((number - FIRST) as usize).copied().unwrap_or(0);
    if simple == 0 { character } else { char::from_u32(u32::from(simple)).unwrap_or(character) }
}

/// What is written in traditional characters, in simplified ones.
pub fn in_simplified(said: &str) -> Cow<'_, str> {
    if said.is_ascii() { said.into() } else { said.chars().map(simplified).collect::<String>().into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_held_down_count_once_and_chinese_is_parted_from_other_letters_only() {
        for (normal, expected) in [
            ("stooooop", "stop "),
            ("stoop", "stoop "),
            ("1000 nooo", "1000 no "),
            ("別再發了", "别再发了 "),
            ("别 再 发 了", "别再发了 "),
            ("td退订", "td 退订 "),
            ("唔好再send嘢俾我 ok", "唔好再 send 嘢俾我 ok "),
            ("бастаа 🛑", "бастаа 🛑 "),
            ("", ""),
        ] {
            assert_eq!(spell(normal), expected);
        }
    }
}
