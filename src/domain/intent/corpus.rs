//! Corpora of labelled texts: JSON Lines, a text with its language and label on each.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::tokens::Tokens;
use crate::text::Text;

/// A labelled text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// What was typed.
    pub text: String,
    /// Its language, as the corpus calls it ("en").
    pub language: String,
    /// Whether it is an opt-out.
    pub is_opt_out: bool,
}

/// Why a corpus cannot be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("line {line}: {why}")]
pub struct Unreadable {
    /// The line, from 1 on.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
}

#[derive(Serialize, Deserialize)]
struct Line {
    text: String,
    lang: String,
    label: Label,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Label {
    OptOut,
    Other,
}

impl Sample {
    /// Its line in a corpus.
    pub fn line(&self) -> String {
        let label = if self.is_opt_out { Label::OptOut } else { Label::Other };
        let line = Line { text: self.text.clone(), lang: self.language.clone(), label };
        serde_json::to_string(&line).unwrap_or_default()
    }
}

/// Reads a corpus; empty lines and whatever else a line says do not count, and a mark of the byte order at its start is no part of it.
pub fn read(lines: &str) -> Result<Vec<Sample>, Unreadable> {
    let lines = lines.trim_start_matches('\u{feff}').lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines.map(|(line, number)| read_line(line, number)).collect()
}

fn read_line(line: &str, number: usize) -> Result<Sample, Unreadable> {
    let Line { text, lang, label } = serde_json::from_str(line).map_err(|error| {
        // The reader counts lines of its own, of which there is only one.
        let why = error.to_string();
        let why = why.split(" at line ").next().unwrap_or(&why).to_owned();
        Unreadable {
            line: number,
            why: format!("{why}; a line is {{\"text\": …, \"lang\": …, \"label\": \"OPT_OUT\" or \"OTHER\"}}"),
        }
    })?;
    if lang.trim().is_empty() {
        return Err(Unreadable { line: number, why: "its language (\"lang\") is empty".to_owned() });
    }
    Ok(Sample { text, language: lang, is_opt_out: matches!(label, Label::OptOut) })
}

/// Texts that are in a corpus already, to tell new ones from look-alikes: one word makes no new text.
#[derive(Debug, Default)]
pub struct Known {
    same: HashSet<u64>,
    but_for_a_word: HashSet<u64>,
}

impl Known {
    /// Takes in a text; `false` where one with the same words is in already.
    pub fn add(&mut self, text: &str) -> bool {
        let words = words_of(text);
        self.but_for_a_word.extend(shapes_but_for_a_word(&words));
        self.same.insert(hash_of(&words))
    }

    /// Whether one is in that has the same words, or one other word. Of fewer than four words each counts.
    pub fn has_alike(&self, text: &str) -> bool {
        let words = words_of(text);
        self.same.contains(&hash_of(&words))
            || shapes_but_for_a_word(&words).any(|shape| self.but_for_a_word.contains(&shape))
    }
}

/// Words as they count, and each Chinese character as one.
fn words_of(text: &str) -> Vec<String> {
    let spelled = Tokens::read(&Text::read(text)).spelled;
    let parted: String =
        spelled.chars().flat_map(|c| if c > '\u{2e80}' { vec![' ', c, ' '] } else { vec![c] }).collect();
    parted.split_whitespace().map(str::to_owned).collect()
}

/// The text once without each of its words, and which it is.
fn shapes_but_for_a_word(words: &[String]) -> impl Iterator<Item = u64> {
    const FEWEST: usize = 4;
    let shape = |gap: usize| hash_of(&(gap, &words[..gap], &words[gap + 1..]));
    let gaps = if words.len() < FEWEST { 0 } else { words.len() };
    (0..gaps).map(shape)
}

fn hash_of(words: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_makes_no_new_text() {
        let mut known = Known::default();
        assert!(known.add("please stop texting me now"));
        assert!(!known.add("Please, stop texting me NOW!"));
        for alike in ["please stop texting me now", "please stop texting me today", "pls stop texting me now"] {
            assert!(known.has_alike(alike), "{alike}");
        }
        for new in ["stop", "please do stop texting us now", "stop texting me"] {
            assert!(!known.has_alike(new), "{new}");
        }
        known.add("stop it");
        assert!(known.has_alike("STOP it") && !known.has_alike("stop that"));
    }

    #[test]
    fn a_corpus_is_a_text_a_language_and_a_label_on_each_line() {
        let lines = "\u{feff}{\"text\": \"no más\", \"lang\": \"es\", \"label\": \"OPT_OUT\"}\r\n\n {\"lang\":\"en\",\"label\":\"OTHER\",\"text\":\"\"}";
        let samples = read(lines).unwrap();
        assert_eq!(samples.len(), 2);
        assert_eq!(
            (samples[0].text.as_str(), samples[0].language.as_str(), samples[0].is_opt_out),
            ("no más", "es", true)
        );
        assert!(!samples[1].is_opt_out);
        assert_eq!(read(""), Ok(vec![]));
        assert_eq!(read(&format!("{}\n{}", samples[0].line(), samples[1].line())), Ok(samples));
    }

    #[test]
    fn a_bad_line_is_named_with_its_number_and_what_is_wrong() {
        let good = "{\"text\": \"a\", \"lang\": \"en\", \"label\": \"OTHER\"}\n\n";
        for (bad, why) in [
            ("stop", "expected value"),
            ("{\"text\": \"a\", \"lang\": \"en\"}", "missing field `label`"),
            ("{\"text\": \"a\", \"lang\": \"en\", \"label\": \"STOP\"}", "unknown variant `STOP`"),
            ("{\"text\": 1, \"lang\": \"en\", \"label\": \"OTHER\"}", "invalid type"),
            ("{\"text\": \"a\", \"lang\": \" \", \"label\": \"OTHER\"}", "language"),
        ] {
            let error = read(&format!("{good}{bad}")).unwrap_err();
            assert_eq!(error.line, 3, "{bad}");
            assert!(error.why.contains(why), "{error}");
        }
    }
}
