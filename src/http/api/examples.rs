//! Examples of the description: requests that were sent to a gateway, and what it answered. `tests/api_examples.rs` plays
//! them, and writes them anew where they have changed.

use serde_json::{Map, Value, json};

/// What was played, in order. A step is a request by the name of its operation, a text from a phone,
/// or time that passes.
pub const PLAYED: &str = include_str!("examples.json");

/// Puts the examples beside what they are examples of: the first of an operation under its parameters, each under its title
/// in the body and in the answer.
pub fn add(description: &mut Value) {
    let steps: Vec<Value> = serde_json::from_str(PLAYED).unwrap_or_default();
    let Some(paths) = description.get_mut("paths").and_then(Value::as_object_mut) else { return };
    for operation in paths.values_mut().filter_map(Value::as_object_mut).flat_map(Map::values_mut) {
        let name = operation["operationId"].clone();
        let examples = steps.iter().filter(|step| step.get("operation") == Some(&name));
        for example in examples.rev() {
            add_one(operation, example);
        }
    }
}

fn add_one(operation: &mut Value, example: &Value) {
    for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        let named = parameter["name"].as_str().unwrap_or_default();
        if let (Some(value), Some(parameter)) = (example["parameters"].get(named).cloned(), parameter.as_object_mut()) {
            parameter.insert("example".to_owned(), value);
        }
    }
    let status = example["status"].to_string();
    if let (Some(body), true) = (example.get("body"), status.starts_with('2')) {
        let content = operation.pointer_mut("/requestBody/content").and_then(Value::as_object_mut);
        put(content.and_then(|content| content.values_mut().next()), example, body);
    }
    if let Some(answer) = example.get("answer") {
        let pointer = format!("/responses/{status}/content");
        let content = operation.pointer_mut(&pointer).and_then(Value::as_object_mut);
        // Where there is a choice of forms, the sheet is the one that is played.
        let form = content.and_then(|content| {
            let is_sheet = content.contains_key("text/csv");
            if is_sheet { content.get_mut("text/csv") } else { content.values_mut().next() }
        });
        put(form, example, answer);
    }
}

fn put(content: Option<&mut Value>, example: &Value, value: &Value) {
    let Some(content) = content.and_then(Value::as_object_mut) else { return };
    content.remove("example");
    let title = example["title"].as_str().unwrap_or_default();
    let name = title.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    if let Value::Object(examples) = content.entry("examples").or_insert_with(|| json!({})) {
        examples.insert(name, json!({ "summary": title, "value": value }));
    }
}
