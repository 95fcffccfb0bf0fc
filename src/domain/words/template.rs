//! The language of own texts: what stands in braces is a hole. `{shop}` is filled with the shop's name, `{count|star|stars}`
//! with the form that the number takes. A form may hold plain holes, and nothing goes deeper.

use super::{
    holes::{Hole, holes_of},
    voice::Voice,
};
use crate::language::{Language, Line};

/// The most holes of a text, those in forms included.
const HOLES_MAX: usize = 24;

/// A text that has been read and can be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pieces: Box<[Piece]>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(Box<str>),
    Hole(&'static str),
    /// The forms of a word, in the order of the language's.
    Forms(&'static str, Box<[Box<[Piece]>]>),
}

/// Why a text cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A brace opens and does not close.
    #[error("a brace {{ is not closed; a hole is written {{shop}}")]
    Open,
    /// A brace closes that was not opened, or there are braces within braces where none may be.
    #[error("a brace }} closes nothing; braces are for holes alone, use ( ) instead")]
    Stray,
    /// There is no such hole in this text.
    #[error("there is no {{{0}}} in this text")]
    Unknown(String),
    /// Forms by something that is no number.
    #[error("{{{0}|…}} has forms, but {0} is no number")]
    NoNumber(&'static str),
    /// Another number of forms than the language has.
    #[error("{{{hole}|…}} needs {wanted} forms in this language")]
    Forms {
        /// The number that decides.
        hole: &'static str,
        /// How many forms there are to be.
        wanted: usize,
    },
    /// More holes than anybody needs.
    #[error("has more than 24 holes")]
    TooMany,
}

impl Template {
    /// Reads a text that stands for one of ours.
    ///
    /// # Errors
    /// The first thing that cannot be read.
    pub fn read(text: &str, language: Language, key: &str) -> Result<Self, Unreadable> {
        let mut reader = Reader { language, holes: holes_of(key), left: HOLES_MAX };
        Ok(Self { pieces: reader.read(text, true)? })
    }

    /// The names of all holes, in the order in which they stand, some more than once.
    pub fn holes(&self) -> Vec<&'static str> {
        let mut found = Vec::new();
        collect(&self.pieces, &mut found);
        found
    }

    /// What stands outside of holes; forms are parted by blanks.
    pub fn words(&self) -> String {
        let mut words = String::new();
        collect_words(&self.pieces, &mut words);
        words
    }

    /// Fills the holes with the values of a line, behind what is written; `None` where the line has not all of them.
    pub(super) fn fill(&self, line: &Line, voice: Voice<'_>, written: &mut String) -> Option<()> {
        fill(&self.pieces, line, voice, written)
    }
}

fn fill(pieces: &[Piece], line: &Line, voice: Voice<'_>, written: &mut String) -> Option<()> {
    for piece in pieces {
        match piece {
            Piece::Text(text) => written.push_str(text),
            Piece::Hole(hole) => voice.fill(hole, line, written)?,
            Piece::Forms(hole, forms) => fill(forms.get(voice.form(hole, line)?)?, line, voice, written)?,
        }
    }
    Some(())
}

fn collect(pieces: &[Piece], found: &mut Vec<&'static str>) {
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Hole(hole) => found.push(hole),
            Piece::Forms(hole, forms) => {
                found.push(hole);
                forms.iter().for_each(|form| collect(form, found));
            }
        }
    }
}

fn collect_words(pieces: &[Piece], words: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => words.push_str(text),
            Piece::Hole(_) => words.push('\u{fffc}'),
            Piece::Forms(_, forms) => forms.iter().for_each(|form| {
                words.push(' ');
                collect_words(form, words);
            }),
        }
    }
}

struct Reader {
    language: Language,
    holes: &'static [Hole],
    left: usize,
}

impl Reader {
    fn read(&mut self, text: &str, may_have_forms: bool) -> Result<Box<[Piece]>, Unreadable> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            if !before.is_empty() {
                pieces.push(Piece::Text(before.into()));
            }
            let inside = from.strip_prefix('{').ok_or(Unreadable::Stray)?;
            let end = closing(inside).ok_or(Unreadable::Open)?;
            let (hole, behind) = inside.split_at(end);
            pieces.push(self.read_hole(hole, may_have_forms)?);
            rest = behind.strip_prefix('}').unwrap_or_default();
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.into()));
        }
        Ok(pieces.into())
    }

    fn read_hole(&mut self, inside: &str, may_have_forms: bool) -> Result<Piece, Unreadable> {
        self.left = self.left.checked_sub(1).ok_or(Unreadable::TooMany)?;
        let (name, forms) = match inside.split_once('|') {
            Some((name, forms)) => (name, Some(forms)),
            None => (inside, None),
        };
        let name = name.trim();
        let known = self.holes.iter().find(|hole| hole.name.eq_ignore_ascii_case(name)).copied();
        let hole = known.ok_or_else(|| Unreadable::Unknown(name.chars().take(40).collect()))?;
        let Some(forms) = forms else { return Ok(Piece::Hole(hole.name)) };
        if !may_have_forms {
            return Err(Unreadable::Stray);
        }
        if !hole.is_number {
            return Err(Unreadable::NoNumber(hole.name));
        }
        let forms: Vec<&str> = outside_of_braces(forms);
        let wanted = self.language.plurals().len();
        if forms.len() != wanted {
            return Err(Unreadable::Forms { hole: hole.name, wanted });
        }
        let read = forms.into_iter().map(|form| self.read(form, false)).collect::<Result<_, _>>()?;
        Ok(Piece::Forms(hole.name, read))
    }
}

/// Where the brace closes that was opened before `inside`.
fn closing(inside: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, c) in inside.char_indices() {
        match c {
            '{' => open += 1,
            '}' if open == 0 => return Some(at),
            '}' => open -= 1,
            _ => {}
        }
    }
    None
}

/// Parts forms at the bars between them, not at those within braces.
fn outside_of_braces(forms: &str) -> Vec<&str> {
    let mut open = 0_usize;
    let is_bar = |c: char| {
        match c {
            '{' => open += 1,
            '}' => open = open.saturating_sub(1),
            _ => {}
        }
        c == '|' && open == 0
    };
    forms.split(is_bar).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        language::LANGUAGES,
        words::{CHARACTERS_MAX, OwnWords},
    };

    fn english() -> Language {
        Language::default()
    }

    fn said(text: &str, line: &Line) -> String {
        let mut words = OwnWords::default();
        words.put(english(), line.key, Some(Template::read(text, english(), line.key).unwrap()));
        Voice::of(english()).own("Bean There", &words).write_line(line)
    }

    #[test]
    fn holes_are_filled_and_words_take_the_form_of_their_number() {
        let line = |count| Line::new("tier-visits").count("count", count);
        assert_eq!(said("{count} {count|time|times}", &line(1)), "1 time");
        assert_eq!(said("{ Count } {count|time|times}", &line(2)), "2 times");
        assert_eq!(said("{count|once|{count} times}!", &line(1)), "once!");
        assert_eq!(said("{count|once|{count} times}!", &line(3)), "3 times!");
    }

    #[test]
    fn what_a_line_lacks_is_said_as_built_in_and_so_is_what_is_anothers() {
        let line = |shop| Line::new("join-already").text("shop", shop).text("held", "5 points");
        assert_eq!(said("Hi from {shop}: {held}", &line("Bean There")), "Hi from Bean There: 5 points");
        let other = said("Hi from {shop}: {held}", &line("Bean Here"));
        assert_eq!(other, "Bean Here: good to see you again! You have 5 points.");
        let lacking = Line::new("join-already").text("shop", "Bean There");
        assert!(!said("Hi {held}", &lacking).starts_with("Hi"));
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let read = |text: &str| Template::read(text, english(), "tier-visits").unwrap_err();
        assert_eq!(read("{count"), Unreadable::Open);
        assert_eq!(read("count}"), Unreadable::Stray);
        assert_eq!(read("{shop}"), Unreadable::Unknown("shop".to_owned()));
        assert_eq!(read("{}"), Unreadable::Unknown(String::new()));
        assert_eq!(read("{count|one}"), Unreadable::Forms { hole: "count", wanted: 2 });
        assert_eq!(read("{count|one|{count|a|b}}"), Unreadable::Stray);
        assert_eq!(read(&"{count}".repeat(25)), Unreadable::TooMany);
        let shop = Template::read("{shop|a|b}", english(), "join-already").unwrap_err();
        assert_eq!(shop, Unreadable::NoNumber("shop"));
    }

    #[test]
    fn numbers_take_the_forms_that_fluent_gives_them() {
        use crate::program::words::Unit;
        let unit = Unit::default();
        for (code, _) in LANGUAGES {
            let language = Language::from_code(code).unwrap();
            let mut words = OwnWords::default();
            words.put(language, "points", Some(Template::read("{points} {unit}", language, "points").unwrap()));
            // Of Romanian numbers from 101 on, the crate behind Fluent looks at all figures instead of the last two.
            let most = if *code == "ro" { 101 } else { 1_000 };
            for count in (-3..most).chain([1_000_000, 1_000_020]) {
                let line = Line::new("points").count("points", count).unit(&unit);
                let own = Voice::of(language).own("x", &words).write_line(&line);
                assert_eq!(own.replace(' ', ""), language.write_line(&line).replace(' ', ""), "{code}");
            }
        }
    }

    #[test]
    fn romanian_numbers_take_their_form_by_their_last_two_figures() {
        let language = Language::from_code("ro").unwrap();
        for (count, form) in [(1, 0), (0, 1), (2, 1), (19, 1), (20, 2), (100, 2), (101, 1), (119, 1), (120, 2)] {
            let line = Line::new("tier-visits").count("count", count);
            assert_eq!(Voice::of(language).form("count", &line), Some(form), "{count}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_fail(text in "(\\PC|[{}|]|\\{count\\}|\\{count\\||shop){0,80}") {
            for key in ["tier-visits", "join-confirmed", "nothing"] {
                if let Ok(template) = Template::read(&text, english(), key) {
                    let line = Line::new("tier-visits").count("count", 2);
                    let mut written = String::new();
                    template.fill(&line, Voice::of(english()), &mut written);
                    prop_assert!(written.len() <= text.len() + CHARACTERS_MAX);
                }
            }
        }
    }
}
