//! What a merchant calls things, in each language: names, and the unit that is earned.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    language::{LANGUAGES, Language},
    text::hides_something,
};

/// The most characters of a name.
pub const NAME_MAX: usize = 60;

/// A name by language code; one name alone serves all languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Default)]
#[serde(transparent)]
pub struct Words(BTreeMap<String, String>);

impl Words {
    /// In this language, else in English, else in any.
    pub fn in_language(&self, language: Language) -> &str {
        let found = self.0.get(language.code()).or_else(|| self.0.get("en")).or_else(|| self.0.values().next());
        found.map_or("", String::as_str)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }
}

impl From<&str> for Words {
    fn from(name: &str) -> Self {
        Self(BTreeMap::from([("en".to_owned(), name.to_owned())]))
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrEach<T> {
    One(T),
    Each(BTreeMap<String, T>),
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let wrong = |error: D::Error| {
            // That there is none is told as of any setting.
            let is_missing = error.to_string().starts_with("missing field");
            let sentence = "must be a name, or a name for each language: { en = \"Coffee\", es = \"Café\" }";
            if is_missing { error } else { D::Error::custom(sentence) }
        };
        let names = match OneOrEach::<String>::deserialize(deserializer).map_err(wrong)? {
            OneOrEach::One(name) => BTreeMap::from([("en".to_owned(), name)]),
            OneOrEach::Each(names) => names,
        };
        check_languages(names.keys()).map_err(D::Error::custom)?;
        if names.is_empty() {
            return Err(D::Error::custom("has a name in no language; give it one, such as { en = \"Coffee\" }"));
        }
        for name in names.values() {
            if name.trim().is_empty() || name.chars().count() > NAME_MAX {
                return Err(D::Error::custom(format!("must be a name of 1 to {NAME_MAX} characters")));
            }
            if hides_something(name) {
                return Err(D::Error::custom("must be one line without invisible characters"));
            }
        }
        Ok(Self(names))
    }
}

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A name, or a name for each language.",
            "oneOf": [
                { "type": "string", "minLength": 1, "maxLength": NAME_MAX },
                { "type": "object", "minProperties": 1, "propertyNames": { "enum": codes() },
                  "additionalProperties": { "type": "string", "minLength": 1, "maxLength": NAME_MAX } },
            ],
        })
    }
}

/// What is earned, as it is counted in each language: one star, two stars. Two forms (one, more) or three, where a
/// language has one for 2 to 19 (Romanian: stea, stele, de stele).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unit(Arc<BTreeMap<String, Vec<String>>>);

/// What is counted where a program does not say: one for all shops, of which there may be very many.
static POINT: LazyLock<Unit> = LazyLock::new(|| Unit::known("point").unwrap_or_else(|| Unit(Arc::default())));

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The forms of a unit in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forms<'a> {
    /// For one.
    pub one: &'a str,
    /// For a few.
    pub few: &'a str,
    /// For all other numbers.
    pub other: &'a str,
}

/// The forms of a unit by language.
type FormsByLanguage = &'static [(&'static str, &'static [&'static str])];

/// Units that need no translating: their name, and their forms by language.
const KNOWN: &[(&str, FormsByLanguage)] = &[
    (
        "point",
        &[
            ("en", &["point", "points"]),
            ("es", &["punto", "puntos"]),
            ("fr", &["point", "points"]),
            ("ro", &["punct", "puncte", "de puncte"]),
            ("zh", &["积分"]),
        ],
    ),
    (
        "star",
        &[
            ("en", &["star", "stars"]),
            ("es", &["estrella", "estrellas"]),
            ("fr", &["étoile", "étoiles"]),
            ("ro", &["stea", "stele", "de stele"]),
            ("zh", &["颗星"]),
        ],
    ),
    (
        "mile",
        &[
            ("en", &["mile", "miles"]),
            ("es", &["milla", "millas"]),
            ("fr", &["mile", "miles"]),
            ("ro", &["mila", "mile", "de mile"]),
            ("zh", &["里程"]),
        ],
    ),
];

impl Unit {
    /// One of the units that need no translating.
    pub fn known(name: &str) -> Option<Self> {
        let (_, forms) = KNOWN.iter().find(|(known, _)| *known == name)?;
        let owned = |forms: &&[&str]| forms.iter().map(|form| (*form).to_owned()).collect();
        Some(Self(Arc::new(forms.iter().map(|(code, forms)| ((*code).to_owned(), owned(forms))).collect())))
    }

    /// Its forms in a language, else in English, else in any.
    pub fn forms(&self, language: Language) -> Forms<'_> {
        let found = self.0.get(language.code()).or_else(|| self.0.get("en")).or_else(|| self.0.values().next());
        let forms = found.map_or(&[][..], Vec::as_slice);
        let form = |place: usize| forms.get(place).or_else(|| forms.last()).map_or("", String::as_str);
        Forms { one: form(0), few: form(1), other: form(2) }
    }
}

impl Default for Unit {
    fn default() -> Self {
        POINT.clone()
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Known(String),
            Forms(BTreeMap<String, Vec<String>>),
        }
        let names: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
        let names = names.join(", ");
        let wrong = format!("must be {names}, or the forms in each language: {{ en = [\"bean\", \"beans\"] }}");
        match Written::deserialize(deserializer).map_err(|_| D::Error::custom(&wrong))? {
            Written::Known(name) => Self::known(&name).ok_or_else(|| D::Error::custom(&wrong)),
            Written::Forms(forms) => {
                check_languages(forms.keys()).map_err(D::Error::custom)?;
                let fits =
                    |form: &String| !form.trim().is_empty() && form.chars().count() <= 20 && !hides_something(form);
                if forms.is_empty()
                    || !forms.values().all(|forms| (1..=3).contains(&forms.len()) && forms.iter().all(fits))
                {
                    return Err(D::Error::custom("has one to three forms in a language, each of 1 to 20 characters"));
                }
                Ok(Self(Arc::new(forms)))
            }
        }
    }
}

impl JsonSchema for Unit {
    fn schema_name() -> Cow<'static, str> {
        "Unit".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
        json_schema!({
            "description": "What is earned: a known unit, or its forms by language (one, more; or one, few, more).",
            "oneOf": [
                { "enum": names },
                { "type": "object", "minProperties": 1, "propertyNames": { "enum": codes() },
                  "additionalProperties": { "type": "array", "minItems": 1, "maxItems": 3,
                                            "items": { "type": "string", "minLength": 1, "maxLength": 20 } } },
            ],
        })
    }
}

fn codes() -> Vec<&'static str> {
    LANGUAGES.iter().map(|(code, _)| *code).collect()
}

fn check_languages<'a>(codes_given: impl Iterator<Item = &'a String>) -> Result<(), String> {
    let mut wrong = codes_given.filter(|code| !codes().contains(&code.as_str()));
    wrong.next().map_or(Ok(()), |_| Err(format!("knows the languages {}", codes().join(", "))))
}
