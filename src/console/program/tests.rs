//! Every sentence has its text in both languages, with all of its holes.

use serde_json::json;

use super::*;
use crate::{
    console::say::{Say, Told},
    domain::{
        language::Language,
        program::{
            earn::EARN_RULES,
            outline::{Clause, clauses},
        },
    },
};

fn all_clauses() -> Vec<&'static Clause> {
    let of_rules = clauses::RULES.iter().flat_map(|(_, clauses)| clauses.iter());
    let parts = [clauses::BASICS, clauses::COMMON, clauses::OF_SALES, clauses::A_REWARD, clauses::TIERS];
    let more = [clauses::A_LEVEL, clauses::MEMBERSHIP];
    parts.into_iter().chain(more).flatten().chain(of_rules).collect()
}

#[test]
fn every_sentence_has_a_text_in_both_languages_with_all_of_its_holes() {
    for code in ["en", "es"] {
        let say = Say::new(Language::from_code(code), None);
        for clause in all_clauses() {
            let names: Vec<String> = clause.holes.iter().map(|hole| hole.path.replace('.', "_")).collect();
            let args = names.iter().map(|name| (name.as_str(), Told::Text(format!("<{name}>")))).collect();
            let key = format!("clause-{}", clause.key);
            let written = say.with(&key, args);
            assert_ne!(written, key, "{code}");
            for name in &names {
                assert_eq!(written.matches(&format!("<{name}>")).count(), 1, "{code} {key}: {written}");
            }
        }
    }
}

#[test]
fn every_kind_of_rule_is_told_and_has_a_name_and_a_story() {
    let common = clauses_of("no such kind");
    for kind in EARN_RULES {
        assert!(clauses_of(kind.name) > common, "{}", kind.name);
        for code in ["en", "es"] {
            let say = Say::new(Language::from_code(code), None);
            let key = kind.name.replace('_', "-");
            assert!(say.find(&format!("program-kind-{key}")).is_some(), "{key}");
            assert!(say.find(&format!("program-kind-story-{key}")).is_some(), "{key}");
        }
    }
}

#[test]
fn a_part_that_is_not_there_has_no_place() {
    let document = json!({ "earn": [{ "rule": "visit", "points": 1 }] });
    assert!(place_in(&document, "earn", "0").is_some());
    for (section, index) in [("earn", "1"), ("earn", "-1"), ("rewards", "0"), ("members", "0"), ("tiers", "0")] {
        assert!(place_in(&document, section, index).is_none(), "{section} {index}");
    }
}
