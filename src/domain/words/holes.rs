//! The holes that a text may have: those that the text built in has, in whichever language.

use std::{collections::HashMap, sync::LazyLock};

use crate::language::{LANGUAGES, Language};

/// Something that is filled in when the text is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hole {
    /// What stands in its braces.
    pub name: &'static str,
    /// Whether it is a number, which can decide over the forms of words.
    pub is_number: bool,
}

/// Numbers wherever they stand.
const NUMBERS: &[&str] = &["per_month", "count", "size", "minutes"];
/// Numbers in these texts; elsewhere the same name is something in words.
const NUMBERS_IN: &[(&str, &[&str])] = &[
    ("points", &["points"]),
    ("stamps", &["stamps"]),
    ("missing", &["near-missing", "reward-missing", "card", "card-line", "redeem-too-few"]),
    ("example", &["rewards-how-many"]),
];
/// A number in all texts but these.
const NUMBER_BUT_IN: (&str, &[&str]) = ("number", &["refer"]);

/// By key, the holes of all texts.
static HOLES: LazyLock<HashMap<&'static str, Vec<Hole>>> =
    LazyLock::new(|| Language::default().replies().map(|key| (key, look_up(key))).collect());

/// The holes that a text may have, in the order in which the first language has them.
pub fn holes_of(key: &str) -> &'static [Hole] {
    HOLES.get(key).map(Vec::as_slice).unwrap_or_default()
}

fn look_up(key: &str) -> Vec<Hole> {
    let mut holes: Vec<Hole> = Vec::new();
    for (code, _) in LANGUAGES {
        let language = Language::from_code(code).unwrap_or_default();
        for name in language.forms(key).into_iter().flat_map(names_in) {
            if !holes.iter().any(|hole| hole.name == name) {
                holes.push(Hole { name, is_number: is_number(key, name) });
            }
        }
        if let Some(name) = language.decided_by(key).filter(|name| !holes.iter().any(|hole| hole.name == *name)) {
            holes.push(Hole { name, is_number: true });
        }
    }
    holes
}

fn is_number(key: &str, name: &str) -> bool {
    let (number, elsewhere) = NUMBER_BUT_IN;
    NUMBERS.contains(&name)
        || (name == number && !elsewhere.contains(&key))
        || NUMBERS_IN.iter().any(|(known, keys)| *known == name && keys.contains(&key))
}

/// The values that a message in a file names: `{ $shop }`. The forms of a unit are one hole.
pub(super) fn names_in(form: &'static str) -> impl Iterator<Item = &'static str> {
    let names = form.split("{ $").skip(1).filter_map(|rest| Some(rest.split_once(" }")?.0));
    names.map(|name| if name.starts_with("unit_") { "unit" } else { name })
}
