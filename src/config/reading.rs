//! Reads settings from where they are given, and names everything that is wrong with them at once.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    fs,
    path::Path,
};

use config::{File, FileFormat, Source, Value, ValueKind};
use serde_path_to_error::Path as KeyPath;

use super::{DEFAULT_TOML, Settings, SettingsError, rules::RULES};

/// What the names of our variables begin with.
const PREFIX: &str = "REGULARS__";

/// Values by `section.name`.
type Values = BTreeMap<String, Value>;

/// The defaults, overridden by the file, overridden by the environment.
pub fn read(
    file: Option<&Path>,
    environment: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<Settings, SettingsError> {
    let defaults = flatten(parse(DEFAULT_TOML, "config/default.toml")?, None);
    let mut reading = Reading { values: defaults.clone(), defaults, mistakes: BTreeMap::new() };
    if let Some(path) = file {
        let origin = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| {
            SettingsError(vec![format!("{origin}: cannot be read: {error}; --config or REGULARS_CONFIG names it")])
        })?;
        flatten(parse(&text, &origin)?, Some(&origin)).into_iter().for_each(|(key, value)| reading.take(key, value));
    }
    for (name, value) in environment {
        reading.take_variable(name, value);
    }
    reading.finish()
}

struct Reading {
    defaults: Values,
    values: Values,
    /// A sentence for each key.
    mistakes: BTreeMap<String, String>,
}

impl Reading {
    /// Takes a value, unless it cannot be one for this key.
    fn take(&mut self, key: String, value: Value) {
        match self.defaults.get(&key) {
            None => self.complain(&key, &self.no_such_key(&key), value.origin()),
            Some(default) if !is_of_a_kind(&default.kind, &value.kind) => {
                let is_text = matches!(default.kind, ValueKind::String(_));
                let sentence = if is_text { "must be a text in quotes" } else { must_be(&key) };
                self.complain(&key, sentence, value.origin());
            }
            Some(_) => {
                self.values.insert(key, value);
            }
        }
    }

    fn take_variable(&mut self, name: OsString, value: OsString) {
        let Some(key) = name.to_str().and_then(key_of_variable) else { return };
        let origin = name.to_string_lossy().into_owned();
        match value.into_string() {
            Ok(value) => self.take(key, Value::new(Some(&origin), ValueKind::String(value))),
            Err(_) => self.complain(&key, "is not readable: it must be UTF-8", Some(&origin)),
        }
    }

    /// Reads all values. What cannot be read is complained of and stands back for its default, so that the rest is read too.
    fn finish(mut self) -> Result<Settings, SettingsError> {
        let settings: Settings = loop {
            match serde_path_to_error::deserialize(nest(&self.values)) {
                Ok(settings) => break settings,
                Err(error) => self.set_aside(error.path(), error.inner())?,
            }
        };
        for (key, sentence, holds) in RULES {
            if !holds(&settings) {
                self.complain_of_value(key, sentence);
            }
        }
        match self.mistakes.is_empty() {
            true => Ok(settings),
            false => Err(SettingsError(self.mistakes.into_values().collect())),
        }
    }

    fn set_aside(&mut self, path: &KeyPath, error: &config::ConfigError) -> Result<(), SettingsError> {
        let key = path.to_string();
        self.complain_of_value(&key, must_be(&key));
        let Some(default) = self.defaults.get(&key).filter(|default| self.values.get(&key) != Some(default)) else {
            // The embedded file and `Settings` differ: every test that reads settings fails.
            return Err(SettingsError(vec![format!("{key}: {error}")]));
        };
        self.values.insert(key, default.clone());
        Ok(())
    }

    fn complain_of_value(&mut self, key: &str, sentence: &str) {
        let origin = self.values.get(key).and_then(Value::origin).map(str::to_owned);
        self.complain(key, sentence, origin.as_deref());
    }

    /// The first complaint about a key stands; what follows may only follow from it.
    fn complain(&mut self, key: &str, sentence: &str, origin: Option<&str>) {
        let origin = origin.map(|origin| format!(" (set by {origin})")).unwrap_or_default();
        self.mistakes.entry(key.to_owned()).or_insert_with(|| format!("{key}: {sentence}{origin}"));
    }

    fn no_such_key(&self, key: &str) -> String {
        let section = key.split('.').next().unwrap_or_default();
        let known = self.defaults.keys().filter_map(|key| key.split_once('.'));
        let names: Vec<&str> = known.clone().filter(|(of, _)| *of == section).map(|(_, name)| name).collect();
        if names.is_empty() {
            let sections: BTreeSet<&str> = known.map(|(section, _)| section).collect();
            let sections: Vec<&str> = sections.into_iter().collect();
            format!("is no setting; the sections are {}", sections.join(", "))
        } else if key == section {
            format!("is a section and has no value; its settings are {}", names.join(", "))
        } else {
            format!("is no setting; [{section}] has {}", names.join(", "))
        }
    }
}

fn must_be(key: &str) -> &'static str {
    RULES.iter().find(|(of, ..)| *of == key).map_or("cannot be read", |(_, sentence, _)| sentence)
}

/// `REGULARS__SERVER__BIND` is `server.bind`.
fn key_of_variable(name: &str) -> Option<String> {
    let name = name.to_ascii_uppercase();
    Some(name.strip_prefix(PREFIX)?.to_ascii_lowercase().replace("__", "."))
}

fn parse(toml: &str, origin: &str) -> Result<BTreeMap<String, Value>, SettingsError> {
    let tree = File::from_str(toml, FileFormat::Toml).collect();
    tree.map(|tree| tree.into_iter().collect()).map_err(|error| {
        // The parser shows the line, which may hold a secret: keep where it is and what is wrong with it.
        let said = error.to_string();
        let kept: Vec<&str> = said.lines().filter(|line| !line.contains(" |")).map(str::trim).collect();
        SettingsError(vec![format!("{origin}: {}", kept.join(": "))])
    })
}

fn flatten(tree: BTreeMap<String, Value>, origin: Option<&str>) -> Values {
    let origin = origin.map(str::to_owned);
    let value = |kind| Value::new(origin.as_ref(), kind);
    let mut values = Values::new();
    for (section, inside) in tree {
        match inside.kind {
            ValueKind::Table(inside) => {
                let named = inside.into_iter().map(|(name, inside)| (format!("{section}.{name}"), value(inside.kind)));
                values.extend(named);
            }
            kind => {
                values.insert(section, value(kind));
            }
        }
    }
    values
}

fn nest(values: &Values) -> Value {
    let mut tree: BTreeMap<&str, config::Map<String, Value>> = BTreeMap::new();
    for (key, value) in values {
        if let Some((section, name)) = key.split_once('.') {
            tree.entry(section).or_default().insert(name.to_owned(), value.clone());
        }
    }
    let tree: config::Map<String, Value> =
        tree.into_iter().map(|(section, inside)| (section.to_owned(), inside.into())).collect();
    Value::new(None, tree)
}

/// Whether the value can stand where the default stands; from the environment all values come as texts.
/// Stricter than `config`, which takes 1.5 for 2 and "yes" for 1.
fn is_of_a_kind(default: &ValueKind, value: &ValueKind) -> bool {
    use ValueKind::{Float, I64, I128, String, U64, U128};
    match (default, value) {
        (I64(_), String(text)) => text.parse::<i64>().is_ok(),
        (Float(_), String(text)) => text.parse::<f64>().is_ok(),
        (I64(_), I64(_) | I128(_) | U64(_) | U128(_)) | (String(_), String(_)) => true,
        (Float(_), Float(_) | I64(_) | I128(_) | U64(_) | U128(_)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
