//! What the generator of the description cannot say of a body, and what holds all the same.

use serde_json::{Map, Value, json};

use crate::{
    domain::{country::Country, event::EventKind, language::Language},
    http::api::{imports::PLACE_MAX, once::key, senders::ADDRESS},
    providers::PROVIDERS,
    service::{import::ROWS_MAX, once::KEPT_HOURS},
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

/// A line that members read in texts: nothing in it is invisible or turns the direction of writing.
const SHOWN_LINE: &str = concat!(
    r"^[^\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*",
    r"[^\s\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]",
    r"[^\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*$"
);
/// The same, or nothing.
const SHOWN_OR_NOTHING: &str =
    r"^[^\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*$";
/// A web address, with or without https:// before it, or nothing.
const TERMS: &str = concat!(
    r#"^([^\s<>".\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+"#,
    r#"\.[^\s<>"\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+)?$"#
);
/// Where a webhook may lead; whether it may lead to this machine or go without TLS is for the settings to say.
const WEBHOOK_URL: &str = concat!(
    r"^https?://(([A-Za-z0-9-]+\.)+[A-Za-z]{2,}|localhost|127\.0\.0\.1)",
    r"(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}))?([/?][^#\s\u0000-\u0020\u007f-\u009f]*)?$"
);
/// How an event is named.
const EVENT_ID: &str = "^evt_[0-9a-f]{32}$";
/// Ids with commas between.
const IDS: &str = concat!(
    "^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    "(,[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}){0,99})?$"
);

/// Says it.
pub fn tighten(description: &mut Value) {
    if let Some(schemas) = description.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        let words = words();
        // What is answered may be older than these rules.
        let is_sent = |name: &str| name.starts_with("New") || name.ends_with("Body") || name.ends_with("Patch");
        let sent = schemas.iter_mut().filter(|(name, _)| is_sent(name));
        sent.for_each(|(_, schema)| named(schema, &words));
        for (schema, field, pattern) in [
            ("ShopBody", "name", SHOWN_LINE),
            ("ShopPatch", "name", SHOWN_LINE),
            ("ShopBody", "contact", SHOWN_OR_NOTHING),
            ("ShopPatch", "contact", SHOWN_OR_NOTHING),
        ] {
            set(schemas, &format!("/{schema}/properties/{field}"), "pattern", pattern.into());
        }
        set(schemas, "/AccountBody/oneOf/0", "pattern", "^[A-Za-z0-9_-]{1,64}$".into());
        set(schemas, "/Replay/properties/event_ids/items", "pattern", EVENT_ID.into());
        set(schemas, "/TillOptions/properties/paid_statuses/items", "pattern", "^[a-z_-]{1,40}$".into());
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
    if let Some(body) = description.pointer_mut("/paths/~1v1~1imports~1{id}~1rows/post/requestBody") {
        // No rows are a body too: all of them were refused before.
        body["required"] = false.into();
        body["content"]["application/json"]["schema"] = rows();
    }
    description["components"]["parameters"]["IdempotencyKey"] = idempotency_key();
    if let Some(paths) = description.get_mut("paths").and_then(Value::as_object_mut) {
        let operations = paths.values_mut().filter_map(Value::as_object_mut).flat_map(Map::values_mut);
        let parameters = operations.filter_map(|operation| operation.get_mut("parameters")?.as_array_mut()).flatten();
        parameters.for_each(parameter);
    }
}

/// What a parameter of this name may be, wherever it is.
fn parameter(parameter: &mut Value) {
    let kinds = EventKind::ALL.map(|kind| kind.name().replace('.', r"\.")).join("|");
    let pattern = match parameter["name"].as_str() {
        Some("cursor") => CURSOR.to_owned(),
        Some("shop_ids") => IDS.to_owned(),
        Some("sale_id") => LINE.to_owned(),
        Some("types") => format!("^({kinds})(,({kinds})){{0,20}}$"),
        _ => return,
    };
    if let Some(schema) = parameter.get_mut("schema").and_then(Value::as_object_mut) {
        schema.insert("pattern".to_owned(), pattern.into());
    }
}

/// Rows of an import: each cell as people write it.
fn rows() -> Value {
    let cell = json!({ "type": ["string", "number", "boolean", "null"] });
    let cells = |names: &[&str]| -> Map<String, Value> {
        names.iter().map(|name| ((*name).to_owned(), cell.clone())).collect()
    };
    let past =
        json!({ "type": "object", "additionalProperties": false, "properties": cells(&["at", "points", "reason"]) });
    let mut row = cells(&[
        "phone",
        "first_name",
        "last_name",
        "language",
        "birthday",
        "points",
        "lifetime_points",
        "stamps",
        "joined_at",
        "level",
        "consent",
        "consent_at",
        "consent_how",
        "consent_text",
        "opted_out",
        "external_id",
        "note",
    ]);
    row.insert("history".to_owned(), json!({ "type": "array", "items": past }));
    row.insert("row".to_owned(), json!({ "type": ["integer", "null"], "minimum": 0, "maximum": PLACE_MAX }));
    let row = json!({ "type": "object", "additionalProperties": false, "properties": row });
    json!({ "type": "array", "maxItems": ROWS_MAX, "items": row })
}

/// The header that every write takes; each says so in its description. It is described once, as it is the same everywhere.
fn idempotency_key() -> Value {
    json!({
        "name": key::HEADER,
        "in": "header",
        "required": false,
        "description": format!(
            "A key of your own making, such as a UUID, for any write: the same request with the same key is done once, and answered \
             again as it was, with `Idempotency-Replayed: true` where the answer itself was kept. 409 while the first is under way, \
             422 where the key stands for another request. A refusal changes nothing and is not kept: correct the request and send \
             it with the same key. Kept for {KEPT_HOURS} hours. It may be sent as `idempotency_key` in the body instead."
        ),
        // With its marks, and a backslash before every sign.
        "schema": { "type": "string", "pattern": key::PATTERN, "minLength": 1, "maxLength": 2 * key::KEY_CHARS_MAX + 2 },
        "example": "\"8e03978e-40d5-43e8-bc93-6894a57f9324\"",
    })
}

fn set(schemas: &mut Map<String, Value>, pointer: &str, keyword: &str, value: Value) {
    let mut steps = pointer.trim_start_matches('/').splitn(2, '/');
    let schema = steps.next().and_then(|name| schemas.get_mut(name));
    let part = schema.zip(steps.next()).and_then(|(schema, rest)| schema.pointer_mut(&format!("/{rest}")));
    if let Some(part) = part.and_then(Value::as_object_mut) {
        part.insert(keyword.to_owned(), value);
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
    let mut countries: Vec<String> = Country::all().map(|country| country.to_string()).collect();
    countries.sort_unstable();
    let providers: Vec<&str> = PROVIDERS.iter().map(|provider| provider.name).collect();
    vec![
        ("language", "enum", json!(languages)),
        ("time_zone", "enum", json!(zones)),
        ("opt_in", "enum", json!(["single", "double"])),
        ("date_order", "enum", json!(["month_first", "day_first"])),
        ("terms_url", "pattern", TERMS.into()),
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
        ("access_token", "pattern", "^[!-~]{1,512}$".into()),
        ("address", "pattern", ADDRESS.into()),
        ("sender", "minLength", 1.into()),
        ("sender", "maxLength", 128.into()),
        ("country", "enum", json!(countries)),
        ("url", "pattern", WEBHOOK_URL.into()),
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
