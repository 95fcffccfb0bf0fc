//! The parts of a written program: where each is, by which sentences it is told, how one is added or taken out.

use serde_json::{Map, Value, json};

use super::clauses::{A_LEVEL, A_REWARD, BASICS, COMMON, Clause, MEMBERSHIP, OF_SALES, RULES, TIERS};

/// A kind of part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What is of the program itself.
    Basics,
    /// How one earns.
    Earn,
    /// What points buy, and what is given.
    Rewards,
    /// What all levels have in common.
    Tiers,
    /// Levels.
    Levels,
    /// The paid membership.
    Membership,
}

/// Where a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Of which kind it is.
    pub section: Section,
    /// Which of a list, from 0.
    pub index: usize,
}

/// Kinds of rules that look at sales.
const SALES_RULES: &[&str] = &["visit", "spend", "item", "card", "multiplier", "bonus", "referral"];
/// Rules and levels are named by ids of at most so many signs.
const ID_MAX: usize = 40;

impl Section {
    /// All of them, in the order in which a program is told.
    pub const ALL: [Self; 6] = [Self::Basics, Self::Earn, Self::Rewards, Self::Tiers, Self::Levels, Self::Membership];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Basics => "basics",
            Self::Earn => "earn",
            Self::Rewards => "rewards",
            Self::Tiers => "tiers",
            Self::Levels => "levels",
            Self::Membership => "membership",
        }
    }

    /// Finds it by its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.name() == name)
    }

    /// Whether there can be several.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Earn | Self::Rewards | Self::Levels)
    }

    fn pointer(self) -> &'static str {
        match self {
            Self::Basics => "",
            Self::Earn => "/earn",
            Self::Rewards => "/rewards",
            Self::Tiers => "/tiers",
            Self::Levels => "/tiers/levels",
            Self::Membership => "/membership",
        }
    }

    /// The places of its parts in a program.
    pub fn places(self, document: &Value) -> Vec<Place> {
        let found = document.pointer(self.pointer());
        let count = match found {
            Some(Value::Array(list)) if self.is_list() => list.len(),
            Some(_) if !self.is_list() => 1,
            _ => 0,
        };
        (0..count).map(|index| Place { section: self, index }).collect()
    }
}

impl Place {
    /// The only part of its kind, or the first.
    pub fn of(section: Section) -> Self {
        Self { section, index: 0 }
    }

    /// What paths of mistakes within it begin with.
    pub fn prefix(self) -> String {
        match self.section {
            Section::Basics => String::new(),
            Section::Earn => format!("earn[{}]", self.index),
            Section::Rewards => format!("rewards[{}]", self.index),
            Section::Tiers => "tiers".to_owned(),
            Section::Levels => format!("tiers.levels[{}]", self.index),
            Section::Membership => "membership".to_owned(),
        }
    }

    /// The part.
    pub fn part(self, document: &Value) -> Option<&Value> {
        let found = document.pointer(self.section.pointer())?;
        if self.section.is_list() { found.get(self.index) } else { Some(found) }
    }

    /// The part, to be changed.
    pub fn part_mut(self, document: &mut Value) -> Option<&mut Value> {
        let found = document.pointer_mut(self.section.pointer())?;
        if self.section.is_list() { found.get_mut(self.index) } else { Some(found) }
    }

    /// The sentences by which it is told.
    pub fn clauses(self, document: &Value) -> Vec<&'static Clause> {
        match self.section {
            Section::Basics => BASICS.iter().collect(),
            Section::Earn => rule_clauses(self.part(document).map_or("", kind_of)),
            Section::Rewards => A_REWARD.iter().collect(),
            Section::Tiers => TIERS.iter().collect(),
            Section::Levels => A_LEVEL.iter().collect(),
            Section::Membership => MEMBERSHIP.iter().collect(),
        }
    }
}

/// The kind of a rule.
pub fn kind_of(part: &Value) -> &str {
    part.get("rule").and_then(Value::as_str).unwrap_or_default()
}

/// By what others name a part.
pub fn id_of(part: &Value) -> &str {
    part.get("id").or_else(|| part.get("rule")).and_then(Value::as_str).unwrap_or_default()
}

/// The ids of a list, in its order.
pub fn ids(document: &Value, section: Section) -> Vec<&str> {
    section.places(document).into_iter().filter_map(|place| place.part(document)).map(id_of).collect()
}

/// The sentences of a kind of rule; those that all have where the kind is not known.
pub fn rule_clauses(kind: &str) -> Vec<&'static Clause> {
    let own = RULES.iter().find(|(known, _)| *known == kind).map_or(&[][..], |(_, clauses)| clauses);
    let of_sales = if SALES_RULES.contains(&kind) { OF_SALES } else { &[] };
    own.iter().chain(of_sales).chain(COMMON).collect()
}

/// Adds a part of a kind, as it usually is; `name` is what it is called for the time being. Where it is then.
pub fn add(document: &mut Value, section: Section, kind: &str, name: &str) -> Option<Place> {
    if !document.is_object() {
        return None;
    }
    let new = match section {
        Section::Earn => new_rule(document, kind)?,
        Section::Rewards => json!({ "id": free_id(document, "reward"), "name": name, "cost": 10 }),
        Section::Levels => new_level(document, name),
        Section::Membership if document.get("membership").is_none() => {
            document["membership"] = json!({ "name": name, "price": 10, "months": 12 });
            return Some(Place::of(section));
        }
        _ => return None,
    };
    if section == Section::Levels && document.get("tiers").is_none() {
        document["tiers"] = json!({ "by": "spend", "window": "calendar_year", "levels": [] });
    }
    let key = section.pointer().trim_start_matches('/');
    let list = if section == Section::Levels { &mut document["tiers"]["levels"] } else { &mut document[key] };
    if list.is_null() {
        *list = json!([]);
    }
    let list = list.as_array_mut()?;
    list.push(new);
    Some(Place { section, index: list.len() - 1 })
}

fn new_rule(document: &Value, kind: &str) -> Option<Value> {
    RULES.iter().find(|(known, _)| *known == kind)?;
    let rewards = ids(document, Section::Rewards);
    let mut new = match kind {
        "spend" => json!({ "points": 1, "per": 1 }),
        "card" => json!({ "stamps": 9, "reward": rewards.first().copied().unwrap_or_default() }),
        "multiplier" => json!({ "times": 2 }),
        "bonus" | "welcome" | "birthday" => json!({ "points": 10 }),
        "referral" => json!({ "points": 10, "friend_points": 10 }),
        "check_in" => json!({ "points": 1, "limit": { "times": 1, "per": "day" } }),
        _ => json!({ "points": 1 }),
    };
    new["rule"] = json!(kind);
    let id = free_id(document, kind);
    if id != kind {
        new["id"] = json!(id);
    }
    Some(new)
}

/// A level that begins above the last one that can be earned.
fn new_level(document: &Value, name: &str) -> Value {
    let levels = Section::Levels.places(document);
    let from = |place: &super::Place| -> Option<f64> {
        let from = place.part(document)?.get("from")?;
        from.as_f64().or_else(|| from.as_str()?.parse().ok())
    };
    let last =
        levels.iter().filter_map(from).fold(None, |most: Option<f64>, one| Some(most.map_or(one, |m| m.max(one))));
    let next = last.map_or(0, |last| if last < 1.0 { 100 } else { (last.min(1e9) * 2.0).ceil() as i64 });
    json!({ "id": free_id(document, "level"), "name": name, "from": next })
}

/// An id that nothing in the program has: the word itself, or with a number.
fn free_id(document: &Value, word: &str) -> String {
    let taken: Vec<&str> =
        [Section::Earn, Section::Rewards, Section::Levels].into_iter().flat_map(|one| ids(document, one)).collect();
    let mut numbered = std::iter::once(word.to_owned()).chain((2..).map(|number| format!("{word}-{number}")));
    numbered.find(|id| id.len() <= ID_MAX && !taken.contains(&id.as_str())).unwrap_or_default()
}

/// Takes a part out; the last level takes the levels with it. Whether there was one.
pub fn remove(document: &mut Value, place: Place) -> bool {
    let Some(whole) = document.as_object_mut() else { return false };
    match place.section {
        Section::Basics => false,
        Section::Membership => whole.remove("membership").is_some(),
        Section::Tiers => whole.remove("tiers").is_some(),
        Section::Earn | Section::Rewards => take_out(whole, place.section.name(), place.index),
        Section::Levels => {
            let Some(tiers) = whole.get_mut("tiers").and_then(Value::as_object_mut) else { return false };
            let is_out = take_out(tiers, "levels", place.index);
            if tiers.get("levels").and_then(Value::as_array).is_some_and(Vec::is_empty) {
                whole.remove("tiers");
            }
            is_out
        }
    }
}

fn take_out(of: &mut Map<String, Value>, list: &str, index: usize) -> bool {
    let list = of.get_mut(list).and_then(Value::as_array_mut).filter(|list| index < list.len());
    list.map(|list| list.remove(index)).is_some()
}

/// Moves a part one place up in its list. Whether it could be.
pub fn raise(document: &mut Value, place: Place) -> bool {
    let list = document.pointer_mut(place.section.pointer()).filter(|_| place.section.is_list());
    match list.and_then(Value::as_array_mut) {
        Some(list) if (1..list.len()).contains(&place.index) => {
            list.swap(place.index - 1, place.index);
            true
        }
        _ => false,
    }
}
