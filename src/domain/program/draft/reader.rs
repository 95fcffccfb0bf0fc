//! Takes a written program apart. A part that cannot be read is told and left out, and reading goes on.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use serde_path_to_error::{Path, Segment};

use super::sentence::{did_you_mean, said};
use crate::{
    profile::question::Mistake,
    program::{
        document::{COMMON_KEYS, Common, LIST_MAX},
        earn::{EARN_RULES, Rule, RuleKind},
    },
};

/// What a program has.
const PARTS: &[&str] = &[
    "name",
    "story",
    "unit",
    "earn",
    "limit",
    "rewards",
    "tiers",
    "membership",
    "expiry",
    "pending_days",
    "may_be_negative",
];
/// So many mistakes of one part are looked for.
const TRIES_MAX: usize = 8;

/// A written program while it is read.
pub(super) struct Reader {
    parts: Map<String, Value>,
    mistakes: Vec<Mistake>,
}

type Failure = serde_path_to_error::Error<serde_json::Error>;

impl Reader {
    /// Begins; `None` where the document is no table.
    pub(super) fn open(document: &Value) -> Option<Self> {
        Some(Self { parts: document.as_object()?.clone(), mistakes: Vec::new() })
    }

    /// Ends: all that was wrong. What nobody has asked for is no part of a program.
    pub(super) fn close(mut self) -> Vec<Mistake> {
        for key in std::mem::take(&mut self.parts).keys() {
            let sentence =
                did_you_mean(&format!("is no part of a program; there are {}", PARTS.join(", ")), key, PARTS);
            self.wrong(key, &sentence);
        }
        self.mistakes
    }

    pub(super) fn wrong(&mut self, path: &str, sentence: &str) {
        self.mistakes.push(Mistake { path: super::sentence::shortened(path, 200), sentence: sentence.to_owned() });
    }

    pub(super) fn skip(&mut self, key: &str) {
        self.parts.remove(key);
    }

    pub(super) fn needs(&mut self, key: &str) {
        if !self.parts.contains_key(key) {
            self.wrong(key, "is needed");
        }
    }

    pub(super) fn needed<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        self.needs(key);
        self.part(key)
    }

    pub(super) fn part<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        let value = self.parts.remove(key)?;
        if value.is_array() {
            self.wrong(key, "is no list");
            return None;
        }
        self.value(value, key, &[])
    }

    /// The entries of a list that can be read, with their places.
    pub(super) fn list<T: DeserializeOwned>(&mut self, key: &str) -> (Vec<usize>, Vec<T>) {
        let items = self.items(key).into_iter().enumerate();
        items.filter_map(|(place, item)| Some((place, self.entry(item, &format!("{key}[{place}]"))?))).unzip()
    }

    /// The earn rules that can be read, with their places.
    pub(super) fn rules(&mut self) -> (Vec<usize>, Vec<Rule>) {
        let items = self.items("earn").into_iter().enumerate();
        items.filter_map(|(place, item)| Some((place, self.rule(item, &format!("earn[{place}]"))?))).unzip()
    }

    fn entry<T: DeserializeOwned>(&mut self, item: Value, at: &str) -> Option<T> {
        if !item.is_object() {
            self.wrong(at, "is a table of settings: { … }");
            return None;
        }
        self.value(item, at, &[])
    }

    fn items(&mut self, key: &str) -> Vec<Value> {
        match self.parts.remove(key) {
            None => Vec::new(),
            Some(Value::Array(items)) if items.len() <= LIST_MAX => items,
            Some(Value::Array(_)) => {
                self.wrong(key, &format!("has at most {LIST_MAX} entries"));
                Vec::new()
            }
            Some(_) => {
                self.wrong(key, &format!("is a list: in TOML each entry begins with [[{key}]]"));
                Vec::new()
            }
        }
    }

    fn rule(&mut self, item: Value, at: &str) -> Option<Rule> {
        let Value::Object(mut settings) = item else {
            self.wrong(at, "is a table that begins with the name of its rule: rule = \"visit\"");
            return None;
        };
        let kind = self.kind_of(&settings, at)?;
        settings.remove("rule");
        let common = COMMON_KEYS.iter().filter_map(|key| settings.remove_entry(*key)).collect();
        let common: Option<Common> = self.value(Value::Object(common), at, &[]);
        let earn = self.read_all(Value::Object(settings), at, &COMMON_KEYS, kind.read)?;
        let common = common?;
        let id = common.id.unwrap_or_else(|| kind.name.to_owned());
        Some(Rule { id, kind, name: common.name, when: common.when, limit: common.limit, earn })
    }

    fn kind_of(&mut self, settings: &Map<String, Value>, at: &str) -> Option<&'static RuleKind> {
        let named = settings.get("rule").and_then(Value::as_str).unwrap_or_default();
        let found = EARN_RULES.iter().find(|kind| kind.name == named);
        if found.is_none() {
            let names: Vec<&str> = EARN_RULES.iter().map(|kind| kind.name).collect();
            let sentence = did_you_mean(&format!("must be one of {}", names.join(", ")), named, &names);
            self.wrong(&format!("{at}.rule"), &sentence);
        }
        found
    }

    fn value<T: DeserializeOwned>(&mut self, value: Value, at: &str, also: &[&str]) -> Option<T> {
        self.read_all(value, at, also, |value| serde_path_to_error::deserialize(value))
    }

    /// Reads a value; where that fails, once more without what was wrong, to find what else is. `also` are settings that
    /// are read elsewhere.
    fn read_all<T>(
        &mut self,
        mut value: Value,
        at: &str,
        also: &[&str],
        read: impl Fn(Value) -> Result<T, Failure>,
    ) -> Option<T> {
        if let Some(path) = list_for_table(&value, at) {
            self.wrong(&path, "must be a table of settings: { … }");
            return None;
        }
        let mut removed: Vec<String> = Vec::new();
        for _ in 0..TRIES_MAX {
            let error = match read(value.clone()) {
                Ok(read) => return Some(read).filter(|_| removed.is_empty()),
                Err(error) => error,
            };
            let (setting, sentence) = said(&error.inner().to_string(), also);
            let path = path_of(at, error.path(), setting.as_deref());
            // What was taken out is missing now, which is no other mistake.
            if removed.contains(&path) {
                return None;
            }
            self.wrong(&path, &sentence);
            removed.push(path);
            if !remove(&mut value, error.path(), setting.as_deref()) {
                return None;
            }
        }
        None
    }
}

/// Where a list stands in place of a table; serde would take its entries for settings in their order.
fn list_for_table(value: &Value, at: &str) -> Option<String> {
    const TABLES: [&str; 6] = ["answers", "articles", "expiry", "limit", "when", "worth"];
    match value {
        Value::Array(entries) => entries.iter().enumerate().find_map(|(place, entry)| {
            let at = format!("{at}[{place}]");
            if entry.is_array() { Some(at) } else { list_for_table(entry, &at) }
        }),
        Value::Object(settings) => settings.iter().find_map(|(key, setting)| {
            let at = format!("{at}.{key}");
            if setting.is_array() && TABLES.contains(&key.as_str()) { Some(at) } else { list_for_table(setting, &at) }
        }),
        _ => None,
    }
}

fn path_of(at: &str, within: &Path, setting: Option<&str>) -> String {
    let mut path = at.to_owned();
    for segment in within {
        match segment {
            Segment::Seq { index } => path.push_str(&format!("[{index}]")),
            Segment::Map { key } | Segment::Enum { variant: key } => path.push_str(&format!(".{key}")),
            Segment::Unknown => {}
        }
    }
    match setting.map(|setting| format!(".{setting}")) {
        Some(last) if !path.ends_with(&last) => path + &last,
        _ => path,
    }
}

/// Takes out what a path leads to; answers whether it was there and could be.
fn remove(value: &mut Value, path: &Path, setting: Option<&str>) -> bool {
    let mut keys: Vec<Segment> = path.iter().filter(|segment| !matches!(segment, Segment::Unknown)).cloned().collect();
    let is_last = |key: &Segment, setting: &str| matches!(key, Segment::Map { key } if key == setting);
    if let Some(setting) = setting
        && !keys.last().is_some_and(|last| is_last(last, setting))
    {
        keys.push(Segment::Map { key: setting.to_owned() });
    }
    let Some((last, above)) = keys.split_last() else { return false };
    let inner = above.iter().try_fold(value, |value, segment| match segment {
        Segment::Seq { index } => value.get_mut(*index),
        Segment::Map { key } | Segment::Enum { variant: key } => value.get_mut(key),
        Segment::Unknown => None,
    });
    match (inner, last) {
        (Some(Value::Object(settings)), Segment::Map { key } | Segment::Enum { variant: key }) => {
            settings.remove(key).is_some()
        }
        _ => false,
    }
}
