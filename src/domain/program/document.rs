//! The program as its merchant writes it, in TOML or JSON, and its JSON Schema.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    earn::{EARN_RULES, Limit, RuleKind},
    reward::Reward,
    tier::{PaidMembership, Tiers},
    when::When,
    words::{Unit, Words},
};

/// The most of any list in a program: rules, rewards.
pub const LIST_MAX: usize = 100;
/// The most bytes of a written program.
pub const DOCUMENT_BYTES_MAX: usize = 256 * 1024;

/// A loyalty program, as it is written.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Document {
    /// What members read.
    pub name: Words,
    /// The program in two sentences, for the shop's own people.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub story: String,
    /// What is earned: a known unit, or its forms in each language.
    #[serde(default)]
    pub unit: Unit,
    /// How one earns.
    #[schemars(schema_with = "earn_schema", length(max = 100))]
    pub earn: Vec<Value>,
    /// What all rules together give a member at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// What points are spent on, and what cards, birthdays and levels give.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub rewards: Vec<Reward>,
    /// Its levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tiers: Option<Tiers>,
    /// Its paid membership.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub membership: Option<PaidMembership>,
    /// When points lapse.
    #[serde(default)]
    pub expiry: Expiry,
    /// After so many days points can be spent; until then they are pending.
    #[serde(default)]
    #[schemars(range(min = 0, max = 366))]
    pub pending_days: u32,
    /// Whether a refund may leave a balance below zero, to be earned back; otherwise it ends at zero.
    #[serde(default)]
    pub may_be_negative: bool,
}

/// When points lapse. Without any setting they never do. Of several, the earliest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Expiry {
    /// So many months after they were earned, at the end of that day; the oldest are spent first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 120))]
    pub after_months: Option<u32>,
    /// At the end of this day of every year, MM-DD.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yearly_on: Option<YearDay>,
    /// All of them, when for so many months nothing was earned or spent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 120))]
    pub inactive_months: Option<u32>,
}

/// A day of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct YearDay(pub crate::profile::birthday::Birthday);

impl JsonSchema for YearDay {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "YearDay".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "description": "A day of every year, MM-DD: 12-31.", "type": "string", "pattern": "^[0-9]{2}-[0-9]{2}$" })
    }
}

/// What every earn rule may have besides its own settings.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Common {
    /// Its name within the program; left out, the kind of rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What members read where its points are explained.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Words>,
    /// Under which conditions it holds.
    pub when: When,
    /// How much it gives a member at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
}

/// The keys of [`Common`], with the one that says which kind of rule it is.
pub const COMMON_KEYS: [&str; 5] = ["rule", "id", "name", "when", "limit"];

/// The JSON Schema of a program, for editors.
pub fn json_schema() -> Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Document>().to_value();
    if let Some(object) = schema.as_object_mut() {
        object.insert("title".to_owned(), json!("Regulars loyalty program"));
        // Where an editor finds this schema.
        object["properties"]["$schema"] = json!({ "type": "string" });
    }
    schema
}

fn earn_schema(generator: &mut SchemaGenerator) -> Schema {
    let common = generator.subschema_for::<Common>().to_value();
    let of_kind = |kind: &RuleKind, generator: &mut SchemaGenerator| {
        let own = (kind.schema)(generator).to_value();
        open(generator, &own);
        json!({ "type": "object", "required": ["rule"], "properties": { "rule": { "const": kind.name } },
                "allOf": [common, own], "unevaluatedProperties": false })
    };
    let kinds: Vec<Value> = EARN_RULES.iter().map(|kind| of_kind(kind, generator)).collect();
    schemars::json_schema!({ "type": "array", "maxItems": LIST_MAX, "items": { "oneOf": kinds } })
}

/// Beside the settings of its kind a rule has those of all rules: so its own part must not forbid them.
fn open(generator: &mut SchemaGenerator, reference: &Value) {
    let name = reference.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    let definition = name.and_then(|name| generator.definitions_mut().get_mut(name));
    if let Some(definition) = definition.and_then(Value::as_object_mut) {
        definition.remove("additionalProperties");
    }
}
