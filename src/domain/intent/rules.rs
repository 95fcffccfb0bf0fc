//! Rules over concepts, found within a clause: what a text asks for, in words that can be shown.

use std::sync::LazyLock;

use super::{
    concept::{Concepts, WORDS, bit},
    tokens::Token,
};

/// A rule of `rules.txt`.
#[derive(Debug)]
pub struct Rule {
    /// What it says of a text that follows it.
    pub reason: &'static str,
    /// What it is good for.
    pub strength: Strength,
    steps: Vec<Step>,
    to_the_end: bool,
    never_with: Concepts,
}

/// What a rule is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// It is at least in doubt, whatever the model weighs.
    Sure,
    /// One among others for the model.
    Hint,
    /// It speaks against an opt-out.
    Against,
}

/// One of some concepts, not more than so many words behind the one before.
#[derive(Debug)]
struct Step {
    any_of: Concepts,
    words_between: usize,
}

/// All rules, in their order.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let lines = include_str!("rules.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.rsplit_once(": ")).map(|(reason, pattern)| Rule::read(reason, pattern)).collect()
});

/// Tells `found` the number of each rule that a clause follows.
pub fn followed(clause: &[Token], mut found: impl FnMut(usize)) {
    let concepts = clause.iter().fold(0, |all, token| all | token.concepts);
    for (number, rule) in RULES.iter().enumerate() {
        if rule.is_followed(clause, concepts) {
            found(number);
        }
    }
}

/// The rule of that number.
pub fn rule(number: usize) -> &'static Rule {
    &RULES[number]
}

impl Rule {
    fn read(reason: &'static str, pattern: &str) -> Self {
        let (pattern, never) = pattern.split_once(" but not ").unwrap_or((pattern, ""));
        let (strength, reason) = match reason.split_once(": ") {
            Some(("sure", reason)) => (Strength::Sure, reason),
            Some(("against", reason)) => (Strength::Against, reason),
            _ => (Strength::Hint, reason),
        };
        let mut rule = Self { reason, strength, steps: Vec::new(), to_the_end: false, never_with: concepts(never) };
        // Where a pattern may begin: anywhere, unless it says ^.
        let mut words_between = usize::MAX;
        for piece in pattern.split_whitespace() {
            match piece.strip_prefix('.') {
                Some(count) => words_between = count.parse().unwrap_or(0),
                None if piece == "^" => words_between = 0,
                None if piece == "$" => rule.to_the_end = true,
                None => {
                    rule.steps.push(Step { any_of: concepts(piece), words_between });
                    words_between = 0;
                }
            }
        }
        rule
    }

    /// Whether it speaks against an opt-out.
    pub fn is_against(&self) -> bool {
        self.strength == Strength::Against
    }

    fn is_followed(&self, clause: &[Token], all: Concepts) -> bool {
        all & self.never_with == 0
            && self.steps.iter().all(|step| all & step.any_of != 0)
            && self.is_followed_from(clause, 0, 0)
    }

    /// Whether the steps from `step` on are found from the word at `at` on.
    fn is_followed_from(&self, clause: &[Token], step: usize, at: usize) -> bool {
        let Some(next) = self.steps.get(step) else {
            return !self.to_the_end || clause[at..].iter().all(|token| token.concepts & !POLITE == 0);
        };
        let mut between = 0;
        for (place, token) in clause.iter().enumerate().skip(at) {
            if token.concepts & next.any_of != 0 && self.is_followed_from(clause, step + 1, place + 1) {
                return true;
            }
            // Polite words before the first step do not count.
            between += usize::from(step > 0 || token.concepts & POLITE == 0 || token.concepts == 0);
            if between > next.words_between {
                return false;
            }
        }
        false
    }
}

const POLITE: Concepts = bit("PLEASE") | WORDS;

fn concepts(names: &str) -> Concepts {
    names.split('|').map(|name| bit(name.trim())).fold(0, |all, one| all | one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_rule_of_known_concepts() {
        let lines = include_str!("rules.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        assert_eq!(lines.count(), RULES.len());
        for rule in RULES.iter() {
            assert!(!rule.steps.is_empty() && rule.steps.iter().all(|step| step.any_of != 0), "{rule:?}");
        }
        for names in include_str!("rules.txt").lines().filter(|line| !line.starts_with('#')) {
            let names =
                names.split([' ', '|']).filter(|name| name.len() > 1 && name.bytes().all(|b| b.is_ascii_uppercase()));
            names.for_each(|name| assert_ne!(bit(name), 0, "{name}"));
        }
    }
}
