//! The presets in `config/programs`.

use std::{collections::BTreeSet, fs};

use regulars::domain::{program::draft, segment::first_non_gsm};
use serde_json::{Value, json};

use super::{against_schema, read, read_right, root};

const LANGUAGES: [&str; 5] = ["en", "es", "fr", "ro", "zh"];

pub fn all() -> Vec<(String, String)> {
    let files = fs::read_dir(root().join("config/programs")).unwrap().map(|entry| entry.unwrap().path());
    let mut presets: Vec<(String, String)> = files
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    presets.sort();
    presets
}

#[test]
fn every_preset_that_was_promised_is_there_and_reads() {
    let promised = [
        "bazaar",
        "birthday-and-referral",
        "buy-4-get-5th",
        "buy-9-get-10th",
        "coffee-club",
        "dollar-points",
        "double-over-150",
        "fare-class",
        "paid-membership",
        "pledge-and-trade-in",
        "spend-tiers",
        "stars-gold",
        "vip-500",
        "visit-points",
    ];
    let there: BTreeSet<String> = all().into_iter().map(|(name, _)| name).collect();
    assert_eq!(there, promised.map(str::to_owned).into());
    for (name, written) in all() {
        read_right(&name, &written);
    }
}

#[test]
fn the_schema_accepts_every_preset_and_refuses_what_it_does_not_know() {
    for (name, written) in all() {
        let document = draft::parse(&written).unwrap();
        assert_eq!(against_schema(&document), Vec::<String>::new(), "{name}");
        // What is asked in a profile is the shop's own.
        for path in tables(&document).into_iter().filter(|path| !path.ends_with("/answers")) {
            let mut misspelled = document.clone();
            misspelled.pointer_mut(&path).unwrap()["colour"] = json!("red");
            assert!(!against_schema(&misspelled).is_empty(), "{name}: the schema accepts {path}/colour");
            assert!(is_refused(&misspelled), "{name}: the reader accepts {path}/colour");
        }
    }
}

fn is_refused(document: &Value) -> bool {
    read(&document.to_string()).is_err()
}

/// The JSON pointers of everything in a document.
pub fn everywhere(value: &Value, at: String) -> Vec<String> {
    let inner: Vec<String> = match value {
        Value::Object(map) => map.iter().flat_map(|(key, value)| everywhere(value, format!("{at}/{key}"))).collect(),
        Value::Array(list) => {
            list.iter().enumerate().flat_map(|(place, value)| everywhere(value, format!("{at}/{place}"))).collect()
        }
        _ => Vec::new(),
    };
    inner.into_iter().chain([at]).collect()
}

/// The JSON pointers of all tables in a document.
fn tables(document: &Value) -> Vec<String> {
    let is_table = |path: &String| document.pointer(path).is_some_and(Value::is_object);
    everywhere(document, String::new()).into_iter().filter(is_table).collect()
}

#[test]
fn presets_speak_all_languages_in_an_alphabet_that_texts_are_cheap_in() {
    for (name, written) in all() {
        let document = draft::parse(&written).unwrap();
        let story = document["story"].as_str().unwrap_or_default();
        let sentences = story.split_inclusive(['.', '!']).filter(|part| !part.trim().is_empty()).count();
        assert!((2..=3).contains(&sentences), "{name}: the story has {sentences} sentences");
        for words in names(&document) {
            let codes: Vec<&str> = words.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(codes, LANGUAGES, "{name}: {words}");
            for language in &LANGUAGES[..4] {
                assert_eq!(first_non_gsm(words[language].as_str().unwrap()), None, "{name}: {words}");
            }
        }
    }
}

/// What members read: names, perks, words.
fn names(document: &Value) -> Vec<Value> {
    let is_read =
        |path: &String| ["/name", "/word", "/thanks"].iter().any(|end| path.ends_with(end)) || path.contains("/perks/");
    let found: Vec<Value> = tables(document)
        .iter()
        .filter(|path| is_read(path))
        .map(|path| document.pointer(path).unwrap().clone())
        .collect();
    let rewards = document["rewards"].as_array().map_or(0, Vec::len);
    assert!(found.len() > rewards, "every reward has a name for each language: {found:?}");
    found
}

#[test]
fn a_program_reads_the_same_from_json_as_from_toml() {
    for (name, written) in all() {
        let document = draft::parse(&written).unwrap();
        let json = serde_json::to_string_pretty(&document).unwrap();
        assert_eq!(draft::parse(&json).unwrap(), document, "{name}");
        let (from_toml, from_json) = (read_right(&name, &written), read_right(&name, &json));
        assert_eq!(format!("{from_toml:?}"), format!("{from_json:?}"), "{name}");
    }
}

#[test]
fn what_editors_add_is_let_be() {
    let program = r#"{ "$schema": "https://shop.example/program.schema.json", "name": "A", "earn": [] }"#;
    read_right("with $schema", program);
    assert_eq!(against_schema(&draft::parse(program).unwrap()), Vec::<String>::new());
    read_right("with a byte order mark", "\u{feff}name = \"A\"\nearn = []");
}
