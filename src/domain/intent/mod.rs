//! Opting out by intent: what people say who want no more texts, in their own words.

use std::fmt;

use self::{
    concept::{Concepts, WORDS, bit},
    model::{MODEL, Thresholds},
    rules::{Rule, Strength},
    tokens::{Token, Tokens},
};
use super::text::Text;

pub mod concept;
pub mod corpus;
pub mod features;
pub mod lexicon;
pub mod model;
pub mod near;
pub mod pause;
pub mod phrases;
pub mod rules;
pub mod spelling;
pub mod surface;
pub mod tokens;

/// What was heard in a text that may be an opt-out.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// How sure it is.
    pub certainty: Certainty,
    /// Why.
    pub reason: Reason,
}

/// How sure it is that somebody wants no more texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// To be obeyed.
    Certain,
    /// To be asked about, once; silence is no further marketing.
    InDoubt,
}

/// Why a text was heard as an opt-out, or may be one.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// It follows a rule over concepts.
    Rule(&'static str),
    /// The whole of it is a phrase that says only this.
    Phrase(&'static str),
    /// The model weighed it.
    Model {
        /// How likely an opt-out is, 0 to 1.
        likelihood: f32,
        /// The parts of the text that weighed most, the weightiest first.
        parts: Vec<String>,
    },
}

impl Reason {
    /// Whether it is a pause that was asked for.
    pub fn is_pause(&self) -> bool {
        *self == Self::Rule(pause::REASON)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(rule) => write!(f, "rule: {rule}"),
            Self::Phrase(phrase) => write!(f, "phrase: {phrase}"),
            Self::Model { likelihood, parts } => {
                write!(f, "model: {:.0} % by “{}”", likelihood * 100.0, parts.join("”, “"))
            }
        }
    }
}

/// Whether somebody wants no more texts, in whatever words. Reserved words are known already (see `reserved`).
pub fn hear(text: &Text) -> Option<Heard> {
    if text.is_blank() {
        return None;
    }
    let tokens = Tokens::read(text);
    if let Some(phrase) = phrases::said(&tokens) {
        return Some(Heard { certainty: Certainty::Certain, reason: Reason::Phrase(phrase) });
    }
    if tokens.list.iter().all(is_empty_word) {
        return None;
    }
    let score = MODEL.score(&tokens, text.raw());
    let Thresholds { certain_from, sure_from, doubt_from } = MODEL.thresholds;
    let hints = Hints::of(&tokens);
    let heard = |certainty| Some(Heard { certainty, reason: hints.reason(&tokens, text, score) });
    if score >= certain_from || (hints.is_sure() && score >= sure_from) {
        heard(Certainty::Certain)
    } else if ends_with_stop(&tokens) {
        Some(Heard { certainty: Certainty::Certain, reason: Reason::Rule("ends with “please stop”") })
    } else if pause::is_asked_for(text) {
        Some(Heard { certainty: Certainty::InDoubt, reason: Reason::Rule(pause::REASON) })
    } else if score >= doubt_from || hints.is_sure() {
        heard(Certainty::InDoubt)
    } else {
        None
    }
}

/// Whether a word says nothing by itself: "please", "so".
fn is_empty_word(token: &Token) -> bool {
    token.concepts != 0 && token.concepts & !(bit("PLEASE") | WORDS) == 0
}

/// A keyword or anything else, and then "please stop": opting out wins over what is before it.
fn ends_with_stop(tokens: &Tokens) -> bool {
    let [.., asks, stops] = tokens.list.as_slice() else { return false };
    let against = ["DONTSTOP", "PLACE", "BACK", "HABIT", "FAMILY", "NAMECALL", "MUSIC"];
    let speaks_against = against.iter().any(|name| tokens.concepts & bit(name) != 0);
    tokens.typed(stops) == "stop" && asks.concepts & bit("PLEASE") != 0 && !speaks_against
}

/// Whether a rule is sure that this is an opt-out, and nothing in it speaks against.
pub fn is_sure(tokens: &Tokens) -> bool {
    Hints::of(tokens).is_sure()
}

/// What the rules say of a text.
struct Hints {
    rules: Vec<&'static Rule>,
    is_doubtful: bool,
}

impl Hints {
    fn of(tokens: &Tokens) -> Self {
        let mut rules = Vec::new();
        for clause in tokens.each_clause() {
            rules::followed(clause, |number| rules.push(rules::rule(number)));
        }
        let is_doubtful = tokens.concepts & DOUBTFUL != 0 || rules.iter().any(|rule| rule.is_against());
        Self { rules, is_doubtful }
    }

    fn is_sure(&self) -> bool {
        !self.is_doubtful && self.rules.iter().any(|rule| rule.strength == Strength::Sure)
    }

    /// The rule that says most of it, or else what the model weighed.
    fn reason(&self, tokens: &Tokens, text: &Text, score: f32) -> Reason {
        let sure = self.rules.iter().find(|rule| rule.strength == Strength::Sure);
        let hint = || self.rules.iter().find(|rule| !rule.is_against());
        match sure.or_else(hint).filter(|_| !self.is_doubtful) {
            Some(rule) => Reason::Rule(rule.reason),
            None => {
                let parts = MODEL.parts(tokens, text.raw()).into_iter().map(str::to_owned).collect();
                Reason::Model { likelihood: 1.0 / (1.0 + (-score).exp()), parts }
            }
        }
    }
}

/// No rule is sure of a text that speaks of these.
const DOUBTFUL: Concepts = bit("DONTSTOP")
    | bit("BACK")
    | bit("KEEP")
    | bit("CHANNEL")
    | bit("NAMECALL")
    | bit("FAMILY")
    | bit("ONLY")
    | bit("MUSIC")
    | bit("HABIT")
    | bit("PLACE");
