//! What a text is, and by which rule: a pure function, so that every answer can be explained.
//!
//! Reserved words come first, as the whole text; then a keyword or command as the whole text; then an opt-out in other
//! words; then what is nearly a keyword. What a machine made is none of these.

use std::fmt;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    commands::{self, Command},
    directory::{Directory, Found},
    intent::{self, Certainty, Heard},
    keyword::KeywordRule,
    machine::{self, MachineMade},
    reserved::{Reserved, reserved},
    shop::{Keyword, Shop},
    text::Text,
};

pub mod verdict;

/// What a text is taken for, and why.
#[derive(Debug, Clone)]
pub struct Reading<'a> {
    /// What it is taken for.
    pub meaning: Meaning<'a>,
    /// Which rule says so.
    pub rule: Rule,
}

/// What a text is taken for, where no question is open.
#[derive(Debug, Clone)]
pub enum Meaning<'a> {
    /// Nothing was said.
    Blank,
    /// A phone or a mailbox wrote it, no person.
    Machine(MachineMade),
    /// No more texts.
    OptOut,
    /// Perhaps no more texts: worth a question.
    PerhapsOptOut,
    /// Texts again.
    OptIn,
    /// Yes, where nothing was asked.
    Yes,
    /// Who is this, and how do I get out.
    Help,
    /// A live keyword.
    Keyword {
        /// The keyword.
        keyword: &'a Keyword,
        /// Its shop.
        shop: &'a Shop,
    },
    /// A keyword of a campaign that has ended.
    PastKeyword {
        /// The one that was texted.
        past: &'a Keyword,
        /// Its shop.
        shop: &'a Shop,
        /// The shop's live one on this sender.
        current: Option<&'a Keyword>,
    },
    /// Nearly a keyword: one or several, equally near.
    NearKeywords(Vec<(&'a Keyword, &'a Shop)>),
    /// A command, with what stands behind it.
    Command {
        /// The command.
        command: &'static Command,
        /// What stands behind its word, in normal form.
        argument: Option<String>,
    },
    /// None of these.
    Unknown,
}

/// Which rule matched.
#[derive(Debug, Clone)]
pub enum Rule {
    /// Nothing is left of the text in normal form.
    NothingSaid,
    /// The shape of a machine's text.
    MachineShape(&'static str),
    /// A reserved word is the whole of it.
    ReservedWord,
    /// The sense of it, and which part of it weighed.
    Intent(intent::Reason),
    /// It tells its reader how to opt out, as other programs' texts do.
    Instruction,
    /// How it matches a keyword.
    Keyword(KeywordRule),
    /// It differs from a keyword by slips of the thumb only.
    NearKeyword,
    /// A word of a command begins it or is the whole of it.
    CommandWord,
    /// No rule.
    None,
}

impl Reading<'_> {
    /// Whether it is perhaps an opt-out, and only the model thinks so, or it may be another program's.
    pub fn is_a_guess(&self) -> bool {
        let is_guessed = matches!(self.rule, Rule::Intent(intent::Reason::Model { .. }) | Rule::Instruction);
        matches!(self.meaning, Meaning::PerhapsOptOut) && is_guessed
    }
}

impl Rule {
    /// Whether a word alone decided, which nobody means otherwise.
    pub fn is_a_word(&self) -> bool {
        matches!(self, Self::ReservedWord)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingSaid => f.write_str("nothing is said"),
            Self::MachineShape(name) => write!(f, "made by a machine: {name}"),
            Self::ReservedWord => f.write_str("a reserved word is all of it"),
            Self::Intent(reason) => write!(f, "opt-out: {reason}"),
            Self::Instruction => f.write_str("tells how to opt out"),
            Self::Keyword(rule) => write!(f, "keyword: {}", rule.name()),
            Self::NearKeyword => f.write_str("nearly a keyword"),
            Self::CommandWord => f.write_str("a word of a command"),
            Self::None => f.write_str("no rule"),
        }
    }
}

/// Reads a text that was sent to `sender_id` at `now`.
pub fn read<'a>(text: &Text, sender_id: Uuid, directory: &'a Directory, now: DateTime<Utc>) -> Reading<'a> {
    let reading = |meaning, rule| Reading { meaning, rule };
    if text.is_blank() {
        return reading(Meaning::Blank, Rule::NothingSaid);
    }
    if let Some(meaning) = reserved(text) {
        return reading(meaning_of(meaning), Rule::ReservedWord);
    }
    if let Some(machine) = machine::kind(text) {
        return reading(Meaning::Machine(machine), Rule::MachineShape(machine.rule));
    }
    let found = directory.find(sender_id, text, now);
    if let Found::Keyword { keyword, shop, rule } = found {
        return reading(Meaning::Keyword { keyword, shop }, Rule::Keyword(rule));
    }
    let mut commands = commands::find_all(text);
    let is_known = |command: &Command, argument: &Option<String>| {
        argument.as_deref().is_none_or(|argument| commands::knows(command, argument, sender_id, directory))
    };
    if let Some((command, argument)) = commands.find(|(command, argument)| is_known(command, argument)) {
        return reading(Meaning::Command { command, argument }, Rule::CommandWord);
    }
    if let Found::Past { keyword: past, shop, current } = found {
        return reading(Meaning::PastKeyword { past, shop, current }, Rule::Keyword(KeywordRule::Exact));
    }
    if machine::instructs(text) {
        return reading(Meaning::PerhapsOptOut, Rule::Instruction);
    }
    // "Continue", "skip", "sure": an answer that comes too late asks for no end; "not now please" asks for a pause.
    let heard = intent::hear(text).filter(|heard| heard.reason.is_pause() || !commands::goes_on(text));
    match (heard, found) {
        (Some(heard), _) if heard.certainty == Certainty::Certain => {
            reading(Meaning::OptOut, Rule::Intent(heard.reason))
        }
        // "Offee pls": its odd words are a keyword's, misspelled; that no rule knows them says nothing.
        (None | Some(Heard { reason: intent::Reason::Model { .. }, .. }), Found::Near(near)) => {
            reading(Meaning::NearKeywords(near), Rule::NearKeyword)
        }
        (Some(heard), _) => reading(Meaning::PerhapsOptOut, Rule::Intent(heard.reason)),
        _ => reading(Meaning::Unknown, Rule::None),
    }
}

fn meaning_of(reserved: Reserved) -> Meaning<'static> {
    match reserved {
        Reserved::OptOut => Meaning::OptOut,
        Reserved::OptIn => Meaning::OptIn,
        Reserved::Help => Meaning::Help,
        Reserved::Yes => Meaning::Yes,
    }
}
