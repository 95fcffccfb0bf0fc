//! What is different between two documents, field by field, as people read it.

use std::collections::BTreeMap;

use serde_json::Value;

/// The most fields that are told of one change.
pub const FIELDS_MAX: usize = 60;
/// The most characters that are told of one field.
pub const CHARS_MAX: usize = 240;

/// A field that is different: where it is, how it was and how it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Different {
    /// Where it is, dotted where it is nested.
    pub path: String,
    /// How it was; `None`: it was not there.
    pub before: Option<Value>,
    /// How it is; `None`: it is gone.
    pub after: Option<Value>,
}

/// The fields that are different, in the order of their paths; at most [`FIELDS_MAX`], and each shortened.
pub fn difference(before: &Value, after: &Value) -> Vec<Different> {
    let (before, after) = (fields(before), fields(after));
    let mut paths: Vec<&String> = before.keys().chain(after.keys()).collect();
    paths.sort_unstable();
    paths.dedup();
    let differing = paths.into_iter().filter(|path| before.get(*path) != after.get(*path)).take(FIELDS_MAX);
    let short = |value: Option<&Value>| value.cloned().map(shortened);
    let told = differing.map(|path| Different {
        path: path.clone(),
        before: short(before.get(path)),
        after: short(after.get(path)),
    });
    told.collect()
}

/// Every value of a document that has no values within, by its path. What is null or empty is not there.
fn fields(document: &Value) -> BTreeMap<String, Value> {
    let mut fields = BTreeMap::new();
    gather(document, "", &mut fields);
    fields
}

fn gather(value: &Value, path: &str, fields: &mut BTreeMap<String, Value>) {
    let below = |step: &str| if path.is_empty() { step.to_owned() } else { format!("{path}.{step}") };
    match value {
        Value::Null => {}
        Value::Object(object) => object.iter().for_each(|(name, value)| gather(value, &below(name), fields)),
        Value::Array(list) if list.iter().any(|one| one.is_object() || one.is_array()) => {
            for (at, one) in list.iter().enumerate() {
                // What has a name of its own keeps it when others come before it.
                let named = one.get("id").and_then(Value::as_str).map(str::to_owned);
                gather(one, &below(&named.unwrap_or_else(|| (at + 1).to_string())), fields);
            }
        }
        Value::Array(list) if list.is_empty() => {}
        plain => {
            fields.insert(path.to_owned(), plain.clone());
        }
    }
}

fn shortened(value: Value) -> Value {
    let shorten = |text: String| match text.char_indices().nth(CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    };
    match value {
        Value::String(text) => Value::String(shorten(text)),
        Value::Array(list) => {
            let words = list.iter().map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned));
            Value::String(shorten(words.collect::<Vec<_>>().join(", ")))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(before: &Value, after: &Value) -> Vec<(String, Option<Value>, Option<Value>)> {
        difference(before, after).into_iter().map(|one| (one.path, one.before, one.after)).collect()
    }

    #[test]
    fn only_what_is_different_is_told() {
        let before = json!({"name": "Bean", "points": 5, "tell": {"weekly": true, "hour": 9}, "gone": 1});
        let after = json!({"name": "Bean", "points": 6, "tell": {"weekly": false, "hour": 9}, "kinds": ["a", "b"]});
        assert_eq!(
            told(&before, &after),
            [
                ("gone".to_owned(), Some(json!(1)), None),
                ("kinds".to_owned(), None, Some(json!("a, b"))),
                ("points".to_owned(), Some(json!(5)), Some(json!(6))),
                ("tell.weekly".to_owned(), Some(json!(true)), Some(json!(false))),
            ]
        );
        assert_eq!(told(&before, &before), []);
        assert_eq!(told(&json!({"a": null, "b": []}), &Value::Null), []);
    }

    #[test]
    fn what_has_a_name_keeps_it_when_others_come_before_it() {
        let before = json!({"earn": [{"id": "visit", "points": 1}]});
        let after = json!({"earn": [{"id": "spend", "points": 2}, {"id": "visit", "points": 1}]});
        assert_eq!(
            told(&before, &after),
            [
                ("earn.spend.id".to_owned(), None, Some(json!("spend"))),
                ("earn.spend.points".to_owned(), None, Some(json!(2))),
            ]
        );
    }

    #[test]
    fn long_texts_and_long_lists_of_fields_are_cut() {
        let long = json!({"text": "é".repeat(CHARS_MAX + 1)});
        let told = difference(&Value::Null, &long);
        assert_eq!(told[0].after, Some(json!(format!("{}…", "é".repeat(CHARS_MAX)))));
        let many: serde_json::Map<String, Value> = (0..500).map(|at| (format!("f{at}"), json!(at))).collect();
        assert_eq!(difference(&Value::Object(many), &Value::Null).len(), FIELDS_MAX);
    }
}
