//! A line as it may be put into texts and lists: of what was typed, all that one sees.

use crate::text::{MAX_CHARACTERS, hides_something};

/// `typed` without what hides something, its blanks and line breaks single, cut to at most `most` characters. Reads the
/// first [`MAX_CHARACTERS`] only.
pub(super) fn plain_line(typed: &str, most: usize) -> String {
    let mut line = Line::default();
    for character in typed.chars().take(MAX_CHARACTERS) {
        line.add(character);
    }
    let end = line.text.char_indices().nth(most).map_or(line.text.len(), |(end, _)| end);
    line.text.truncate(end);
    line.without_loose_end()
}

#[derive(Default)]
struct Line {
    text: String,
    last: Option<char>,
}

impl Line {
    fn add(&mut self, character: char) {
        if character.is_whitespace() {
            if self.last.is_some_and(|last| last != ' ') {
                self.push(' ');
            }
        } else if self.is_shown(character) {
            self.push(character);
        }
    }

    /// Whether the character hides nothing where it stands; a joiner is judged by what it stands behind.
    fn is_shown(&self, character: char) -> bool {
        let mut pair = String::new();
        if is_joiner(character) {
            pair.extend(self.last);
        }
        pair.push(character);
        !hides_something(&pair)
    }

    fn push(&mut self, character: char) {
        self.text.push(character);
        self.last = Some(character);
    }

    /// A blank or joiner at the end joins nothing.
    fn without_loose_end(mut self) -> String {
        let end = self.text.trim_end_matches(|c| c == ' ' || is_joiner(c)).len();
        self.text.truncate(end);
        self.text
    }
}

fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_plain_line_is_what_one_sees() {
        for (typed, expected) in [
            ("  oat   milk\r\n\tplease ", "oat milk please"),
            ("a\u{202e}b\u{200b}c\0d", "abcd"),
            ("👩🏽\u{200d}🍳 x\u{200d}", "👩🏽\u{200d}🍳 x"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("é\u{200d}\u{200d}\u{200d}", "é"),
            ("\u{200d}\u{200b} \u{feff}", ""),
        ] {
            assert_eq!(plain_line(typed, 40), expected, "{typed:?}");
        }
        assert_eq!(plain_line("abc def", 4), "abc");
    }

    proptest! {
        #[test]
        fn a_plain_line_hides_nothing_and_is_its_own_plain_line(typed in "(\\PC|\\s|\\p{Cc}|\\p{Cf}|\u{200d}){0,60}") {
            let line = plain_line(&typed, 30);
            prop_assert!(!hides_something(&line) && line.chars().count() <= 30 && line.trim() == line);
            prop_assert_eq!(plain_line(&line, 30), line);
        }
    }
}
