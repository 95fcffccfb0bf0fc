//! A program as sentences with holes: which sentences tell each part of it, what stands in their holes, and how a hole that was
//! filled in changes the part. What is not filled in anew stays as it was written, and so does what no sentence tells.

pub mod clauses;
pub mod difference;
pub mod holes;
pub mod parts;

use std::collections::BTreeMap;

use serde_json::Value;

pub use clauses::{Clause, Fill, Hole, Noun};
pub use parts::{Place, Section};

/// What stands in the fields of a form, by name.
pub type Fields = BTreeMap<String, String>;

/// What stands in the fields of a part.
pub fn fields_of(part: &Value, clauses: &[&Clause]) -> Fields {
    clauses.iter().flat_map(|clause| clause.fields(part)).collect()
}

/// A part with its fields filled in anew. A hole that none of the fields is about, or that holds what it held, is left as it is.
pub fn fill(part: &mut Value, clauses: &[&Clause], fields: &Fields) {
    for clause in clauses.iter().filter(|clause| clause.variant.is_none()) {
        for hole in clause.holes {
            let mut before = holes::read(part, hole);
            if matches!(hole.fill, Fill::Names | Fill::Gifts) {
                // Rows that there are not yet.
                let of_rows = fields.keys().filter(|name| touches(name, hole.path));
                for name in of_rows {
                    before.entry(name.clone()).or_default();
                }
            }
            if let Some(after) = anew(&before, fields) {
                holes::write(part, hole, &after);
            }
        }
    }
    fill_variants(part, clauses, fields);
}

/// What fields are filled in with, where that is something new. Blanks around it do not count.
fn anew(before: &Fields, fields: &Fields) -> Option<Fields> {
    let mut after = before.clone();
    for (name, value) in &mut after {
        if let Some(given) = fields.get(name) {
            *value = given.trim().replace("\r\n", "\n");
        }
    }
    let is_same = after.iter().all(|(name, value)| before.get(name).is_some_and(|known| known.trim() == value.trim()));
    (!is_same).then_some(after)
}

/// Of several sentences one is chosen: its kind, with its holes, takes the place of what was there.
fn fill_variants(part: &mut Value, clauses: &[&Clause], fields: &Fields) {
    let mut done = Vec::new();
    for variant in clauses.iter().filter_map(|clause| clause.variant) {
        if done.contains(&variant.path) {
            continue;
        }
        done.push(variant.path);
        let of_path = |clause: &&&Clause| clause.variant.is_some_and(|other| other.path == variant.path);
        let group: Vec<&Clause> = clauses.iter().filter(of_path).copied().collect();
        let before = fields_of(part, &group);
        let Some(after) = anew(&before, fields) else { continue };
        let chosen = after.get(variant.path).cloned().unwrap_or_default();
        let Some(clause) = group.iter().find(|clause| clause.variant.is_some_and(|one| one.value == chosen)) else {
            continue;
        };
        holes::write_variant(part, clause, &after);
    }
}

/// The part of a mistake's path that is within a part; `None` where it is elsewhere. Places in lists are names of fields:
/// `gifts[0].reward` is `gifts.0.reward`.
pub fn within(path: &str, place: Place) -> Option<String> {
    let prefix = place.prefix();
    let rest = match path.strip_prefix(&prefix) {
        Some(rest) if prefix.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']) => rest,
        _ => return None,
    };
    let rest = rest.trim_start_matches('.').replace('[', ".").replace(']', "");
    let is_of_another = match place.section {
        Section::Basics => ["earn", "rewards", "tiers", "membership"].iter().any(|part| touches(&rest, part)),
        Section::Tiers => rest.starts_with("levels."),
        _ => false,
    };
    (!is_of_another).then(|| rest.trim_start_matches('.').to_owned())
}

/// Whether a path of a mistake is about a setting, or about what it is a part of.
pub fn touches(mistake: &str, setting: &str) -> bool {
    let is_below =
        |long: &str, short: &str| long == short || long.strip_prefix(short).is_some_and(|rest| rest.starts_with('.'));
    is_below(mistake, setting) || is_below(setting, mistake)
}
