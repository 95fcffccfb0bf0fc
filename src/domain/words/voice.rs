//! How a reply is written: in a language, and in the words of the shop that says it where it has its own.

use std::fmt::Write as _;

use super::{OwnWords, template::Template};
use crate::language::{Before, Language, Line, Reply, Value};

/// Carriers take no longer text. (Twilio's error 21617)
const CARRIED_MAX: usize = 1_600;

/// Who speaks, and in which language.
#[derive(Debug, Clone, Copy)]
pub struct Voice<'w> {
    language: Language,
    /// The shop's name and its own words.
    own: Option<(&'w str, &'w OwnWords)>,
}

impl<'w> Voice<'w> {
    /// All is said as it is built in.
    pub fn of(language: Language) -> Self {
        Self { language, own: None }
    }

    /// The same by a shop of this name that has words of its own.
    pub fn own(self, name: &'w str, words: &'w OwnWords) -> Self {
        Self { own: Some((name, words)), ..self }
    }

    /// Writes a reply: its lines in order. What own words make longer than carriers take is said as built in.
    pub fn write(self, reply: &Reply) -> String {
        let mut written = String::new();
        self.add(reply, &mut written);
        let is_too_long = |text: &str| text.len() > CARRIED_MAX && text.chars().count() > CARRIED_MAX;
        if self.own.is_some() && is_too_long(&written) { Self::of(self.language).write(reply) } else { written }
    }

    /// Writes one line.
    pub fn write_line(self, line: &Line) -> String {
        let mut written = String::new();
        self.add_line(line, &mut written);
        written
    }

    /// Adds a reply to what is written.
    pub(super) fn add(self, reply: &Reply, written: &mut String) {
        let begins = written.len();
        for (before, line) in &reply.lines {
            match before {
                _ if written.len() == begins => {}
                Before::Break => written.push('\n'),
                // Chinese sets no blank behind its full stop.
                Before::Blank if written.ends_with(['。', '！', '？', '：', '；', '】']) => {}
                Before::Blank => written.push(' '),
            }
            self.add_line(line, written);
        }
    }

    fn add_line(self, line: &Line, written: &mut String) {
        let voice = Self { language: line.language.unwrap_or(self.language), ..self };
        let begins = written.len();
        if voice.own_text(line).is_some_and(|text| text.fill(line, voice, written).is_some()) {
            return;
        }
        written.truncate(begins);
        let built_in = voice.language.try_line(line, voice);
        let built_in = built_in.or_else(|_| Language::default().try_line(line, voice));
        written.push_str(built_in.as_deref().unwrap_or(line.key));
    }

    /// The shop's own text of a line; none of a line that is about another shop, or about several.
    fn own_text(self, line: &Line) -> Option<&'w Template> {
        let (name, words) = self.own?;
        let text = words.get(self.language, line.key)?;
        let is_others = |(hole, value): &(&str, Value)| {
            matches!(*hole, "shop" | "shops") && !matches!(value, Value::Text(named) if named == name)
        };
        (!line.values.iter().any(is_others)).then_some(text)
    }

    /// Adds what fills a hole of a line; `None` where the line has nothing to fill it.
    pub(super) fn fill(self, hole: &str, line: &Line, written: &mut String) -> Option<()> {
        let (_, value) = line.values.iter().find(|(name, _)| *name == hole)?;
        match value {
            Value::Text(text) => written.push_str(text),
            Value::Count(count) => write!(written, "{count}").ok()?,
            Value::Part(part) => self.add(part, written),
            Value::Words(words) => written.push_str(words.in_language(self.language)),
            Value::Unit(unit) => {
                let forms = unit.forms(self.language);
                let counted = (line.key == "points").then(|| count_in("points", line)).flatten();
                let form = match counted.map(|count| self.language.plural(count)) {
                    Some(Plural::One) => forms.one,
                    Some(Plural::Other) => forms.other,
                    // Units that no number stands before: so many points.
                    Some(Plural::Few) | None => forms.few,
                };
                written.push_str(form);
            }
        }
        Some(())
    }

    /// Which of the forms of a word a number of the line takes, by its place.
    pub(super) fn form(self, hole: &str, line: &Line) -> Option<usize> {
        let plural = self.language.plural(count_in(hole, line)?);
        self.language.plurals().iter().position(|known| *known == plural)
    }
}

fn count_in(hole: &str, line: &Line) -> Option<i64> {
    line.values.iter().find_map(|(name, value)| match value {
        Value::Count(count) if *name == hole => Some(*count),
        _ => None,
    })
}

/// Which numbers a form of a word stands with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plural {
    /// One.
    One,
    /// A few: 0, and what ends in 01 to 19, in Romanian.
    Few,
    /// All others.
    Other,
}

impl Plural {
    /// Its name in the files of texts.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Few => "few",
            Self::Other => "other",
        }
    }
}

impl Language {
    /// The forms that a counted word has, in the order in which they are written.
    pub fn plurals(self) -> &'static [Plural] {
        match self.code() {
            "zh" => &[Plural::Other],
            "ro" => &[Plural::One, Plural::Few, Plural::Other],
            _ => &[Plural::One, Plural::Other],
        }
    }

    /// The form that a number takes. (Unicode CLDR, cardinal plural rules for whole numbers)
    pub fn plural(self, count: i64) -> Plural {
        match (self.code(), count.unsigned_abs()) {
            ("zh", _) => Plural::Other,
            ("fr", 0) | (_, 1) => Plural::One,
            ("ro", count) if count == 0 || (1..=19).contains(&(count % 100)) => Plural::Few,
            _ => Plural::Other,
        }
    }
}
