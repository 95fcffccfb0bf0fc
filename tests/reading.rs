//! What texts are taken for: every tricky text of the vectors, and those of the same kind that a sign brings.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use chrono::{DateTime, Utc};
use regulars::domain::{
    directory::Directory,
    keyword::Phrase,
    language::Language,
    machine::MachineKind,
    profile::{birthday::DateOrder, question::SignUpQuestions},
    reading::{Meaning, Reading, read},
    shop::{Keyword, OptIn, Shop},
    text::Text,
};
use serde_json::Value;
use uuid::Uuid;

const SENDER: Uuid = Uuid::from_u128(1);
const SHOP: Uuid = Uuid::from_u128(2);

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

/// A sender with one shop and the keyword COFFEE PLS.
fn directory() -> Directory {
    let mut directory = Directory::default();
    directory.put_shop(Shop {
        id: SHOP,
        merchant_id: Uuid::from_u128(3),
        sender_id: SENDER,
        name: "Bean There".to_owned(),
        time_zone: chrono_tz::UTC,
        language: Language::default(),
        currency: "USD".to_owned(),
        opt_in: OptIn::Single,
        welcome_points: 10,
        contact: String::new(),
        terms: String::new(),
        messages_per_month: 4,
        sign_up: SignUpQuestions::default(),
        date_order: DateOrder::MonthFirst,
        telling: Default::default(),
        program_id: SHOP,
        created_at: now(),
    });
    directory.put_keyword(Keyword {
        id: Uuid::from_u128(4),
        shop_id: SHOP,
        sender_id: SENDER,
        phrase: Phrase::parse("COFFEE PLS").unwrap(),
        source: None,
        language: None,
        starts_at: None,
        ends_at: None,
        created_at: now(),
    });
    directory
}

/// The class of a reading, in the words of the vectors.
fn class(reading: &Reading<'_>) -> &'static str {
    match &reading.meaning {
        Meaning::Blank => "EMPTY",
        Meaning::Machine(machine) if machine.kind == MachineKind::Reaction => "REACTION",
        Meaning::Machine(machine) if machine.kind == MachineKind::SystemText => "OTHER",
        Meaning::Machine(_) => "AUTO_REPLY",
        Meaning::OptOut => "OPT_OUT",
        Meaning::OptIn | Meaning::Yes => "OPT_IN",
        Meaning::Help => "HELP",
        Meaning::Keyword { .. } => "KEYWORD",
        Meaning::PerhapsOptOut | Meaning::NearKeywords(_) => "REVIEW",
        Meaning::Command { command, .. } if command.name == "help" => "HELP",
        Meaning::PastKeyword { .. } | Meaning::Command { .. } | Meaning::Unknown => "OTHER",
    }
}

#[test]
fn every_tricky_text_is_classed_as_it_should_be() {
    let facts: Value = serde_json::from_str(include_str!("vectors/keywords.json")).unwrap();
    let directory = directory();
    let mut wrong = Vec::new();
    let cases = facts["tricky_inputs"].as_array().unwrap();
    for case in cases {
        let text = Text::read(case["text"].as_str().unwrap());
        let reading = read(&text, SENDER, &directory, now());
        let class = class(&reading);
        let mut accepted = std::iter::once(&case["expected"]).chain(case["also_acceptable"].as_array().unwrap());
        if !accepted.any(|accepted| accepted == class) {
            wrong.push(format!(
                "{}: {:.60?} is {class} ({}), not {}",
                case["id"],
                text.raw(),
                reading.rule,
                case["expected"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn every_reading_says_which_rule_matched() {
    let directory = directory();
    for (typed, rule) in [
        ("", "nothing is said"),
        ("STOP", "a reserved word is all of it"),
        ("Liked “COFFEE PLS”", "made by a machine"),
        ("coffee pls", "keyword: exact"),
        ("hi, coffee please!", "keyword"),
        ("cofee pls", "nearly a keyword"),
        ("BAL", "a word of a command"),
        ("please stop texting me", "opt-out"),
        ("what a day", "no rule"),
    ] {
        let text = Text::read(typed);
        let reading = read(&text, SENDER, &directory, now());
        assert!(reading.rule.to_string().starts_with(rule), "{typed:?}: {}", reading.rule);
    }
}

#[test]
fn a_request_to_be_left_alone_is_no_command_though_it_begins_like_one() {
    let directory = directory();
    for typed in ["leave me alone", "Leave me alone!!", "dejar de enviarme mensajes", "quitter la liste"] {
        let text = Text::read(typed);
        let reading = read(&text, SENDER, &directory, now());
        assert!(matches!(reading.meaning, Meaning::OptOut | Meaning::PerhapsOptOut), "{typed:?}: {}", reading.rule);
    }
    for typed in ["leave the parcel at the back door", "sold out?", "balance is everything in life"] {
        let text = Text::read(typed);
        let reading = read(&text, SENDER, &directory, now());
        assert!(matches!(reading.meaning, Meaning::Unknown), "{typed:?}: {}", reading.rule);
    }
}
