//! What two written programs say differently, part by part.

use serde_json::Value;

use super::parts::{Place, Section, id_of};

/// One thing that is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// A part that the first has not.
    Added(Place),
    /// A part that the second has not.
    Gone(Place),
    /// A part that both have: where it is in the first, and where in the second.
    Changed(Place, Place),
    /// The same parts in another order.
    Reordered(Section),
}

/// Everything in which a program differs from the one before, in the order in which a program is told.
pub fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    Section::ALL.into_iter().flat_map(|section| of_section(section, before, after)).collect()
}

fn of_section(section: Section, before: &Value, after: &Value) -> Vec<Difference> {
    let (old, new) = (section.places(before), section.places(after));
    let pair = |place: &Place| {
        let id = place.part(after).map(|part| id_in(section, part));
        let same = old.iter().find(|other| other.part(before).map(|part| id_in(section, part)) == id);
        same.map(|other| (*other, *place))
    };
    let pairs: Vec<(Place, Place)> = new.iter().filter_map(pair).collect();
    let mut found: Vec<Difference> = pairs
        .iter()
        .filter(|(one, other)| own(section, one.part(before)) != own(section, other.part(after)))
        .map(|(one, other)| Difference::Changed(*one, *other))
        .collect();
    let is_new = |place: &&Place| !pairs.iter().any(|(_, other)| other == *place);
    found.extend(new.iter().filter(is_new).map(|place| Difference::Added(*place)));
    let is_gone = |place: &&Place| !pairs.iter().any(|(one, _)| one == *place);
    found.extend(old.iter().filter(is_gone).map(|place| Difference::Gone(*place)));
    if pairs.windows(2).any(|two| two[0].0.index > two[1].0.index) {
        found.push(Difference::Reordered(section));
    }
    found
}

fn id_in(section: Section, part: &Value) -> &str {
    if section.is_list() { id_of(part) } else { "" }
}

/// What is of the part itself, and not of parts within it.
fn own(section: Section, part: Option<&Value>) -> Option<Value> {
    let mut part = part?.clone();
    let within: &[&str] = match section {
        Section::Basics => &["earn", "rewards", "tiers", "membership", "$schema"],
        Section::Tiers => &["levels"],
        _ => &[],
    };
    if let Some(settings) = part.as_object_mut() {
        within.iter().for_each(|key| drop(settings.remove(*key)));
    }
    Some(part)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(section: Section, index: usize) -> Place {
        Place { section, index }
    }

    #[test]
    fn what_is_new_gone_changed_and_moved_is_told_apart() {
        let before = json!({ "name": "A", "earn": [{ "rule": "visit", "points": 1 }, { "rule": "spend", "points": 1 }],
            "rewards": [{ "id": "a", "name": "A" }, { "id": "b", "name": "B" }] });
        let after = json!({ "name": "B", "earn": [{ "rule": "spend", "points": 2 }, { "rule": "bonus", "points": 5 }],
            "rewards": [{ "id": "b", "name": "B" }, { "id": "a", "name": "A" }], "membership": { "name": "Plus" } });
        assert_eq!(
            differences(&before, &after),
            [
                Difference::Changed(at(Section::Basics, 0), at(Section::Basics, 0)),
                Difference::Changed(at(Section::Earn, 1), at(Section::Earn, 0)),
                Difference::Added(at(Section::Earn, 1)),
                Difference::Gone(at(Section::Earn, 0)),
                Difference::Reordered(Section::Rewards),
                Difference::Added(at(Section::Membership, 0)),
            ]
        );
        assert_eq!(differences(&after, &after), []);
    }
}
