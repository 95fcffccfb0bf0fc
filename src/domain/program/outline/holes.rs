//! What stands in the holes of a sentence, read from a part of a program and written back: as text in fields with names.

use serde_json::{Map, Value, json};

use super::{
    Fields,
    clauses::{Clause, Fill, Hole, Variant},
};
use crate::language::Language;

/// The most names, and the most gifts, of a level.
const ROWS_MAX: usize = 10;

/// The fields of a hole, with what stands in them.
pub fn read(part: &Value, hole: &Hole) -> Fields {
    let (path, found) = (hole.path, get(part, hole.path));
    match hole.fill {
        Fill::Name => name_fields(path, found),
        Fill::Names => rows(found).flat_map(|(row, name)| name_fields(&format!("{path}.{row}"), name)).collect(),
        Fill::Gifts => rows(found).flat_map(|(row, gift)| gift_fields(&format!("{path}.{row}"), gift)).collect(),
        Fill::Unit => unit_fields(path, found),
        Fill::Limit => {
            let times = found.is_some_and(|limit| limit.get("times").is_some());
            let kind = if times { "times" } else { "points" };
            let most = found.and_then(|limit| limit.get(kind)).map(text_of).unwrap_or_default();
            let kind = if most.is_empty() { "times" } else { kind };
            fields([(format!("{path}.most"), most), (format!("{path}.of"), kind.to_owned()), per_field(path, found)])
        }
        Fill::Often => {
            let most = found.and_then(|limit| limit.get("times")).map(text_of).unwrap_or_default();
            fields([(format!("{path}.most"), most), per_field(path, found)])
        }
        Fill::Answers => {
            let pairs = found.and_then(Value::as_object).into_iter().flatten();
            let written: Vec<String> =
                pairs.map(|(question, answer)| format!("{question}: {}", text_of(answer))).collect();
            fields([(path.to_owned(), written.join(", "))])
        }
        _ => fields([(path.to_owned(), found.map_or_else(|| hole.absent.to_owned(), text_of))]),
    }
}

/// Whether a part says something there.
pub fn is_there(part: &Value, hole: &Hole) -> bool {
    match get(part, hole.path) {
        None | Some(Value::Null) => false,
        Some(Value::Array(list)) => !list.is_empty(),
        Some(Value::Object(settings)) => !settings.is_empty(),
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Number(number)) => hole.absent != "0" || number.as_i64() != Some(0),
        Some(Value::Bool(_)) => true,
    }
}

/// Writes what was filled in; nothing filled in takes the setting out.
pub fn write(part: &mut Value, hole: &Hole, fields: &Fields) {
    let path = hole.path;
    let given = |name: &str| fields.get(name).map_or("", |value| value.trim());
    let value = match hole.fill {
        Fill::Name => name_of(path, get(part, path), fields),
        Fill::Names => list_of((0..=ROWS_MAX).filter_map(|row| {
            let at = format!("{path}.{row}");
            name_of(&at, get(part, path).and_then(|names| names.get(row)), fields)
        })),
        Fill::Gifts => list_of((0..=ROWS_MAX).filter_map(|row| {
            let reward = Some(given(&format!("{path}.{row}.reward"))).filter(|reward| !reward.is_empty())?;
            Some(json!({ "reward": reward, "per": given(&format!("{path}.{row}.per")) }))
        })),
        Fill::Unit => unit_of(path, fields),
        Fill::Limit => {
            limit_of(given(&format!("{path}.most")), given(&format!("{path}.of")), given(&format!("{path}.per")))
        }
        Fill::Often => limit_of(given(&format!("{path}.most")), "times", given(&format!("{path}.per"))),
        Fill::Answers => answers_of(given(path)),
        fill => value_of(fill, given(path)),
    };
    put(part, path, value);
}

/// Of several sentences: which one is chosen, by the setting that says so.
pub fn variant_of<'v>(part: &'v Value, path: &str) -> &'v str {
    match part.get(path) {
        Some(Value::String(kind)) => kind,
        Some(Value::Object(settings)) => {
            let kind = settings.get("kind").and_then(Value::as_str);
            // A window that takes a number is written by its name alone.
            kind.or_else(|| settings.keys().next().map(String::as_str)).unwrap_or_default()
        }
        _ if path == "worth" => "gift",
        _ => "",
    }
}

/// The field that says which sentence is chosen, and those of one of them.
pub fn read_variant(part: &Value, clause: &Clause, variant: Variant) -> Fields {
    let chosen = variant_of(part, variant.path);
    let within = part.get(variant.path).filter(|_| chosen == variant.value);
    let value = |hole: &Hole| {
        let found = match variant.path {
            "window" => within.and_then(|window| window.get(variant.value)),
            _ => within.and_then(|settings| get(settings, hole.path)),
        };
        (field_of(variant, hole), found.map_or_else(|| hole.absent.to_owned(), text_of))
    };
    let mut fields: Fields = clause.holes.iter().map(value).collect();
    fields.insert(variant.path.to_owned(), chosen.to_owned());
    fields
}

/// The name of a field of a sentence that is one of several.
pub fn field_of(variant: Variant, hole: &Hole) -> String {
    format!("{}:{}:{}", variant.path, variant.value, hole.path)
}

/// Writes the sentence that was chosen, with what its holes were filled with.
pub fn write_variant(part: &mut Value, clause: &Clause, fields: &Fields) {
    let Some(variant) = clause.variant else { return };
    let given = |hole: &Hole| fields.get(&field_of(variant, hole)).map_or("", |value| value.trim());
    let value = match (variant.path, clause.holes.first()) {
        ("window", None) => json!(variant.value),
        ("window", Some(hole)) => json!({ variant.value: value_of(hole.fill, given(hole)) }),
        _ => {
            let mut settings = json!({ "kind": variant.value });
            clause.holes.iter().for_each(|hole| put(&mut settings, hole.path, value_of(hole.fill, given(hole))));
            settings
        }
    };
    put(part, variant.path, Some(value));
}

fn fields<const N: usize>(fields: [(String, String); N]) -> Fields {
    fields.into_iter().collect()
}

/// What stands at a path.
pub fn get<'v>(part: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(part, |value, key| value.get(key))
}

/// Puts a value at a path, or takes out what is there; a table that becomes empty goes with it.
fn put(part: &mut Value, path: &str, value: Option<Value>) {
    let Some(settings) = part.as_object_mut() else { return };
    match (path.split_once('.'), value) {
        (None, Some(value)) => drop(settings.insert(path.to_owned(), value)),
        (None, None) => drop(settings.remove(path)),
        (Some((key, rest)), value) => {
            let within = settings.entry(key).or_insert_with(|| Value::Object(Map::new()));
            if !within.is_object() {
                *within = Value::Object(Map::new());
            }
            put(within, rest, value);
            if within.as_object().is_some_and(Map::is_empty) {
                settings.remove(key);
            }
        }
    }
}

/// A value as a field has it.
fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(text_of).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// What a field is as a value: a number where numbers belong and it is one; `None` where it is empty.
fn value_of(fill: Fill, given: &str) -> Option<Value> {
    if given.is_empty() {
        return None;
    }
    Some(match fill {
        // Numbers, where they are some.
        Fill::Points | Fill::Whole(_) | Fill::Money | Fill::Threshold | Fill::Times => {
            given.parse::<i64>().map_or_else(|_| json!(given), |number| json!(number))
        }
        Fill::Flag => json!(given == "true"),
        Fill::Words | Fill::Rules | Fill::Levels | Fill::Weekdays => {
            json!(given.split(',').map(str::trim).filter(|word| !word.is_empty()).collect::<Vec<_>>())
        }
        _ => json!(given),
    })
}

fn list_of(values: impl Iterator<Item = Value>) -> Option<Value> {
    let values: Vec<Value> = values.collect();
    (!values.is_empty()).then_some(Value::Array(values))
}

/// The rows of a list, and one more to be filled in.
fn rows(found: Option<&Value>) -> impl Iterator<Item = (usize, Option<&Value>)> {
    let list = found.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let more = usize::from(list.len() < ROWS_MAX);
    (0..list.len() + more).map(move |row| (row, list.get(row)))
}

fn gift_fields(at: &str, gift: Option<&Value>) -> Fields {
    let setting = |name: &str| gift.and_then(|gift| gift.get(name)).map(text_of).unwrap_or_default();
    let per = Some(setting("per")).filter(|per| !per.is_empty()).unwrap_or_else(|| "month".to_owned());
    fields([(format!("{at}.reward"), setting("reward")), (format!("{at}.per"), per)])
}

fn per_field(path: &str, limit: Option<&Value>) -> (String, String) {
    let per = limit.and_then(|limit| limit.get("per")).map(text_of).filter(|per| !per.is_empty());
    (format!("{path}.per"), per.unwrap_or_else(|| "day".to_owned()))
}

/// A name is a field of its own for all languages, which is English where there are several, and one for each other.
fn name_fields(path: &str, found: Option<&Value>) -> Fields {
    let in_language = |code: &str| found.and_then(|names| names.get(code)).map(text_of).unwrap_or_default();
    let main = match found {
        Some(Value::Object(_)) => in_language("en"),
        Some(other) => text_of(other),
        None => String::new(),
    };
    let others = other_languages().map(|code| (format!("{path}.{code}"), in_language(code)));
    std::iter::once((path.to_owned(), main)).chain(others).collect()
}

/// The codes of all languages but English.
pub fn other_languages() -> impl Iterator<Item = &'static str> {
    Language::all().map(Language::code).filter(|code| *code != "en")
}

fn name_of(path: &str, before: Option<&Value>, fields: &Fields) -> Option<Value> {
    let given = |name: &str| Some(fields.get(name)?.trim()).filter(|name| !name.is_empty());
    let main = given(path);
    let others: Vec<(&str, &str)> =
        other_languages().filter_map(|code| Some((code, given(&format!("{path}.{code}"))?))).collect();
    let was_each = before.is_some_and(Value::is_object);
    match (main, &*others) {
        (None, []) => None,
        (Some(name), []) if !was_each => Some(json!(name)),
        _ => {
            let mut names = before.and_then(Value::as_object).cloned().unwrap_or_default();
            names.retain(|code, _| code != "en" && other_languages().all(|other| other != code));
            names.extend(main.map(|name| ("en".to_owned(), json!(name))));
            names.extend(others.iter().map(|(code, name)| ((*code).to_owned(), json!(name))));
            Some(Value::Object(names))
        }
    }
}

/// A known unit, or `own` with its forms by language.
fn unit_fields(path: &str, found: Option<&Value>) -> Fields {
    let forms = found.and_then(Value::as_object);
    let kind = match found {
        Some(Value::String(known)) => known.clone(),
        Some(Value::Object(_)) => "own".to_owned(),
        _ => "point".to_owned(),
    };
    let languages = Language::all().map(Language::code);
    let in_language = |code: &str| forms.and_then(|forms| forms.get(code)).map(text_of).unwrap_or_default();
    let forms = languages.map(|code| (format!("{path}.{code}"), in_language(code)));
    std::iter::once((path.to_owned(), kind)).chain(forms).collect()
}

fn unit_of(path: &str, fields: &Fields) -> Option<Value> {
    let kind = fields.get(path).map_or("point", |kind| kind.trim());
    if kind != "own" {
        return Some(json!(kind));
    }
    let forms = |code: &'static str| {
        let written = fields.get(&format!("{path}.{code}"))?;
        let forms: Vec<&str> = written.split(',').map(str::trim).filter(|form| !form.is_empty()).collect();
        (!forms.is_empty()).then(|| (code.to_owned(), json!(forms)))
    };
    Some(Value::Object(Language::all().map(Language::code).filter_map(forms).collect()))
}

fn limit_of(most: &str, of: &str, per: &str) -> Option<Value> {
    let most = value_of(Fill::Points, most)?;
    let of = if of == "points" { "points" } else { "times" };
    Some(json!({ of: most, "per": per }))
}

/// "skin: Dry, hair: Long".
fn answers_of(given: &str) -> Option<Value> {
    let pairs = given.split(',').filter_map(|pair| pair.split_once(':'));
    let answers: Map<String, Value> =
        pairs.map(|(question, answer)| (question.trim().to_owned(), json!(answer.trim()))).collect();
    if answers.is_empty() { value_of(Fill::Lines, given) } else { Some(Value::Object(answers)) }
}
