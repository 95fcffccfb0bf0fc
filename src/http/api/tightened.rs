//! What the generator of the description cannot say of a body, and what holds all the same.

use serde_json::{Map, Value, json};

use crate::{
    domain::{event::EventKind, language::Language},
    providers::PROVIDERS,
};

/// A line of text that says something.
const LINE: &str = r"^[^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f]*$";
/// A line of text, or nothing.
const LINE_OR_NOTHING: &str = r"^[^\u0000-\u001f\u007f-\u009f]*$";
/// What a cursor is made of.
const CURSOR: &str = "^[A-Za-z0-9_-]{2,256}$";

/// What a provider's token is made of.
const TOKEN: &str = "^[!-~]{1,256}$";
/// The base of an API.
const BASE_URL: &str = r"^https?://([a-z][a-z0-9]*\.)*[a-z][a-z0-9]*(:[1-9][0-9]{0,3})?(/[A-Za-z0-9_-]+)*/?$";

/// Says it.
pub fn tighten(description: &mut Value) {
    if let Some(schemas) = description.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        let words = words();
        // What is answered may be older than these rules.
        let is_sent = |name: &str| name.starts_with("New") || name.ends_with("Body") || name.ends_with("Patch");
        let sent = schemas.iter_mut().filter(|(name, _)| is_sent(name));
        sent.for_each(|(_, schema)| named(schema, &words));
        schemas.values_mut().for_each(lines);
        one_of(schemas, "NewPurchase", &["phone", "member_id"]);
        for name in ["NewRefund", "BatchRefund"] {
            not_both(schemas, name, ["amount", "items"]);
            not_both(schemas, name, ["phone", "member_id"]);
        }
        not_both(schemas, "Redemption", ["phone", "member_id"]);
        one_of(schemas, "MergeBody", &["from_member_id", "from_phone"]);
        one_of(schemas, "Replay", &["since", "event_ids"]);
        for webhook in ["WebhookBody", "WebhookPatch"] {
            types_of_events(schemas, webhook);
        }
        // What is no item of a batch is refused alone, and the batch is taken.
        if let Some(items) = schemas.get_mut("Batch").and_then(|batch| batch.pointer_mut("/properties/items/items")) {
            *items = json!({ "anyOf": [{ "$ref": "#/components/schemas/BatchItem" }, {}] });
        }
    }
    // No rows are a body too: all of them were refused before.
    if let Some(rows) = description.pointer_mut("/paths/~1v1~1imports~1{id}~1rows/post/requestBody") {
        rows["required"] = false.into();
    }
    if let Some(paths) = description.get_mut("paths").and_then(Value::as_object_mut) {
        let operations = paths.values_mut().filter_map(Value::as_object_mut).flat_map(Map::values_mut);
        let parameters = operations.filter_map(|operation| operation.get_mut("parameters")?.as_array_mut()).flatten();
        parameters.for_each(|parameter| {
            let is_cursor = parameter["name"] == "cursor";
            let schema = parameter.get_mut("schema").and_then(Value::as_object_mut).filter(|_| is_cursor);
            if let Some(schema) = schema {
                schema.insert("pattern".to_owned(), CURSOR.into());
            }
        });
    }
}

/// The types of events that there are.
fn types_of_events(schemas: &mut Map<String, Value>, name: &str) {
    let types = schemas.get_mut(name).and_then(|schema| schema.pointer_mut("/properties/types"));
    if let Some(types) = types.and_then(Value::as_object_mut) {
        types.insert("maxItems".to_owned(), EventKind::ALL.len().into());
        types.insert("items".to_owned(), json!({ "type": "string", "enum": EventKind::ALL.map(EventKind::name) }));
    }
}

/// What the fields of these names may be, wherever they are.
fn words() -> Vec<(&'static str, &'static str, Value)> {
    let languages: Vec<&str> = Language::all().map(Language::code).collect();
    let zones: Vec<&str> = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    let providers: Vec<&str> = PROVIDERS.iter().map(|provider| provider.name).collect();
    vec![
        ("language", "enum", json!(languages)),
        ("time_zone", "enum", json!(zones)),
        ("opt_in", "enum", json!(["single", "double"])),
        ("date_order", "enum", json!(["month_first", "day_first"])),
        ("terms_url", "pattern", "^([^\\s<>\"]+\\.[^\\s<>\"]+)?$".into()),
        ("currency", "pattern", "^[A-Z]{3}$".into()),
        ("provider", "enum", json!(providers)),
        ("auth_token", "pattern", TOKEN.into()),
        ("auth_token_previous", "pattern", TOKEN.into()),
        ("signing_key", "pattern", TOKEN.into()),
        ("account_sid", "pattern", "^[A-Za-z0-9_-]{1,64}$".into()),
        ("service_sid", "minLength", 1.into()),
        ("api_base_url", "pattern", BASE_URL.into()),
        ("signature_header", "pattern", "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$".into()),
        ("account_sid_pattern", "maxLength", 200.into()),
        ("account_sid_pattern", "minLength", 1.into()),
    ]
}

fn named(schema: &mut Value, words: &[(&'static str, &'static str, Value)]) {
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (name, keyword, value) in words {
        let Some(property) = properties.get_mut(*name).and_then(Value::as_object_mut) else { continue };
        let kinds = property.get("type").cloned().unwrap_or_default();
        let may_be_null = kinds.as_array().is_some_and(|kinds| kinds.contains(&json!("null")));
        let mut value = value.clone();
        if let Value::Array(values) = &mut value
            && may_be_null
        {
            values.push(Value::Null);
        }
        if kinds == json!("string") || may_be_null {
            property.insert((*keyword).to_owned(), value);
        }
    }
}

/// A text of so many characters at most is a line.
fn lines(schema: &mut Value) {
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for property in properties.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut) {
        if property.contains_key("maxLength") && !property.contains_key("pattern") {
            let pattern = if property.contains_key("minLength") { LINE } else { LINE_OR_NOTHING };
            property.insert("pattern".to_owned(), pattern.into());
        }
    }
}

/// Of these fields there is one, and no other.
fn one_of(schemas: &mut Map<String, Value>, name: &str, fields: &[&str]) {
    if let Some(schema) = schemas.get_mut(name).and_then(Value::as_object_mut) {
        let alone =
            |field: &&str| json!({ "required": [field], "properties": { *field: { "not": { "type": "null" } } } });
        schema.insert("oneOf".to_owned(), fields.iter().map(alone).collect());
    }
}

/// Of two fields there is one at most.
fn not_both(schemas: &mut Map<String, Value>, name: &str, [one, other]: [&str; 2]) {
    if let Some(schema) = schemas.get_mut(name).and_then(Value::as_object_mut) {
        let is_there =
            |field: &str| json!({ "required": [field], "properties": { field: { "not": { "type": "null" } } } });
        let both = json!({ "not": { "allOf": [is_there(one), is_there(other)] } });
        if let Value::Array(all) = schema.entry("allOf").or_insert_with(|| json!([])) {
            all.push(both);
        }
    }
}
