//! Programs as sentences with holes: whatever is read out of a program and written back leaves it as it was, for every kind of
//! part, every preset and every setting.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::path::Path;

use chrono::DateTime;
use proptest::prelude::*;
use regulars::domain::{
    money::Currency,
    program::{
        Program,
        draft::{Frame, parse},
        earn::EARN_RULES,
        outline::{Fields, Place, Section, fields_of, fill, parts, touches, within},
    },
};
use serde_json::{Value, json};
use uuid::Uuid;

/// Every kind of rule, and every setting there is.
const EVERYTHING: &str = r#"
name = { en = "All of it", es = "Todo" }
story = "One line.\nAnother."
unit = { en = ["bean", "beans"], ro = ["boaba", "boabe", "de boabe"] }
limit = { points = 500, per = "week" }
pending_days = 3
may_be_negative = true
expiry = { after_months = 12, yearly_on = "12-31", inactive_months = 6 }

[[earn]]
rule = "visit"
points = 1
gap_minutes = 60
when = { weekdays = ["monday", "friday"], hours = "14:00-17:00", from = "2026-01-01", until = "2026-12-31" }
[[earn]]
rule = "spend"
points = 5
per = "2.50"
tax = "included"
round = "nearest"
articles = { categories = ["beans", "tea"], skus = ["B-1"] }
limit = { points = 100, per = "day" }
[[earn]]
rule = "item"
name = "Cups"
points = 5
articles = { categories = ["reusable cup"] }
[[earn]]
rule = "card"
id = "coffees"
stamps = 9
reward = "coffee"
articles = { categories = ["coffee"] }
head_start = 2
[[earn]]
rule = "card"
id = "breakfasts"
stamps = 4
per = "visit"
basket_from = 12.5
reward = "cake"
limit = { times = 1, per = "day" }
[[earn]]
rule = "multiplier"
times = 1.5
of = ["spend", "visit"]
when = { basket_from = "150.01", levels = ["gold"], paid_member = true, payments = ["store card"] }
[[earn]]
rule = "bonus"
points = 20
reward = "cake"
when = { first_purchase = true, items_from = 3, articles = { categories = ["coffee"], skus = ["A", "B"] } }
[[earn]]
rule = "welcome"
points = 10
reward = "coffee"
[[earn]]
rule = "birthday"
reward = "cake"
days_before = 7
days_after = 7
leap_day = "03-01"
[[earn]]
rule = "referral"
points = 30
reward = "coffee"
friend_points = 20
friend_reward = "cake"
friends_a_year_max = 12
[[earn]]
rule = "code"
points = 2
limit = { times = 10, per = "day" }
[[earn]]
rule = "check_in"
points = 1
limit = { times = 1, per = "day" }
[[earn]]
rule = "action"
name = { en = "Pledge", es = "Promesa" }
points = 5
word = { en = "PLEDGE", es = "PROMESA" }
thanks = "Thank you."
limit = { times = 1, per = "ever" }
when = { answers = { skin = "Dry", hair = "Long" }, days_around_birthday = 3 }

[[rewards]]
id = "coffee"
name = { en = "A coffee", es = "Un café" }
cost = 10
worth = { kind = "free_item", articles = { categories = ["coffee"] } }
[[rewards]]
id = "cake"
name = "Cake"
[[rewards]]
id = "five"
name = "Five off"
cost = 50
worth = { kind = "amount_off", amount = 5 }
stock = 50
limit = { times = 1, per = "ever" }
valid_days = 10
from = "2026-05-01"
until = "2026-05-31"
level_from = "gold"
[[rewards]]
id = "part"
name = "A part off"
cost = 60
worth = { kind = "percent_off", percent = 15, amount_max = 50 }
[[rewards]]
id = "money"
name = "Money"
cost = 100
worth = { kind = "money", amount = "4.50" }

[membership]
name = "Plus"
price = 99
months = 12
skus = ["PLUS-YEAR"]
level = "plus"
reminder_days = 30

[tiers]
by = "points"
window = { last_months = 12 }
grace_days = 30
fall = "one_level"
[[tiers.levels]]
id = "green"
name = "Green"
from = 0
[[tiers.levels]]
id = "gold"
name = { en = "Gold", es = "Oro" }
from = 30
times = 1.5
perks = ["Refills", { en = "A word", es = "Una palabra" }]
gifts = [{ reward = "coffee", per = "month" }, { reward = "cake", per = "ever" }]
[[tiers.levels]]
id = "plus"
name = "Plus"
"#;

fn frame() -> Frame {
    Frame {
        id: Uuid::from_u128(1),
        merchant_id: Uuid::from_u128(2),
        version: 1,
        valid_from: DateTime::UNIX_EPOCH,
        currency: Currency::from_code("USD").unwrap(),
        time_zone: chrono_tz::America::New_York,
        secret: vec![7; 32],
    }
}

fn read(what: &str, document: &Value) -> Program {
    Program::read(document, frame()).unwrap_or_else(|mistakes| panic!("{what}: {mistakes:#?}"))
}

/// The program with everything, and all presets.
fn programs() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/programs");
    let presets = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let presets = presets.map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
    let all = std::iter::once(("everything".to_owned(), EVERYTHING.to_owned())).chain(presets);
    all.map(|(name, written)| (name, parse(&written).unwrap())).collect()
}

fn places(document: &Value) -> Vec<Place> {
    Section::ALL.into_iter().flat_map(|section| section.places(document)).collect()
}

fn fields_at(document: &Value, place: Place) -> Fields {
    fields_of(place.part(document).unwrap(), &place.clauses(document))
}

#[test]
fn the_program_with_everything_has_every_kind_of_rule_and_reads() {
    let document = parse(EVERYTHING).unwrap();
    let program = read("everything", &document);
    for kind in EARN_RULES {
        assert!(program.rules.iter().any(|rule| rule.kind.name == kind.name), "{}", kind.name);
    }
}

#[test]
fn what_is_read_out_and_written_back_leaves_every_part_as_it_was() {
    for (name, document) in programs() {
        for place in places(&document) {
            let mut written = document.clone();
            fill(place.part_mut(&mut written).unwrap(), &place.clauses(&document), &fields_at(&document, place));
            assert_eq!(written, document, "{name} {place:?}");
        }
    }
}

/// What no sentence may lose: a part that knows only what it is, filled in with what the sentences say, is the same part.
#[test]
fn the_sentences_say_everything_that_a_program_says() {
    for (name, document) in programs() {
        let before = read(&name, &document);
        let mut written = document.clone();
        for place in places(&document) {
            let fields = fields_at(&document, place);
            let part = place.part_mut(&mut written).unwrap();
            let kept = ["rule", "id", "earn", "rewards", "tiers", "membership", "levels"];
            part.as_object_mut().unwrap().retain(|key, _| kept.contains(&key.as_str()));
            fill(part, &place.clauses(&document), &fields);
        }
        let after = read(&name, &written);
        assert_eq!(format!("{after:?}"), format!("{before:?}"), "{name}: {written:#}");
        assert_eq!(written.get("story"), document.get("story"));
    }
}

#[test]
fn a_hole_that_is_filled_in_anew_changes_its_setting_alone() {
    let mut document = json!({ "name": "A", "earn": [
        { "rule": "spend", "points": 1, "per": "1.00", "of_a_later_version": { "x": [1] }, "when": { "hours": "08:00-09:00" } } ] });
    let place = Place { section: Section::Earn, index: 0 };
    let clauses = place.clauses(&document);
    let typed = |name: &str, value: &str| Fields::from([(name.to_owned(), value.to_owned())]);
    fill(place.part_mut(&mut document).unwrap(), &clauses, &typed("points", " 3 "));
    fill(place.part_mut(&mut document).unwrap(), &clauses, &typed("when.basket_from", "12.50"));
    fill(place.part_mut(&mut document).unwrap(), &clauses, &typed("when.hours", ""));
    let one_more = Fields::from(
        [("limit.most", "5"), ("limit.of", "points"), ("limit.per", "week")].map(|(k, v)| (k.to_owned(), v.to_owned())),
    );
    fill(place.part_mut(&mut document).unwrap(), &clauses, &one_more);
    assert_eq!(
        document["earn"][0],
        json!({ "rule": "spend", "points": 3, "per": "1.00", "of_a_later_version": { "x": [1] },
                "when": { "basket_from": "12.50" }, "limit": { "points": 5, "per": "week" } })
    );
    fill(place.part_mut(&mut document).unwrap(), &clauses, &typed("when.basket_from", ""));
    assert_eq!(document["earn"][0].get("when"), None);
}

#[test]
fn of_several_sentences_the_chosen_one_takes_the_place_of_the_others() {
    let mut document = parse(EVERYTHING).unwrap();
    let place = Place { section: Section::Rewards, index: 2 };
    let clauses = place.clauses(&document);
    let typed = Fields::from(
        [("worth", "percent_off"), ("worth:percent_off:percent", "20")].map(|(k, v)| (k.to_owned(), v.to_owned())),
    );
    fill(place.part_mut(&mut document).unwrap(), &clauses, &typed);
    // A percentage is typed as a number and is one.
    assert_eq!(document["rewards"][2]["worth"], json!({ "kind": "percent_off", "percent": 20 }));
    let tiers = Place::of(Section::Tiers);
    let typed = Fields::from([("window".to_owned(), "lifetime".to_owned())]);
    let clauses = tiers.clauses(&document);
    fill(tiers.part_mut(&mut document).unwrap(), &clauses, &typed);
    assert_eq!(document["tiers"]["window"], json!("lifetime"));
    read("changed", &document);
}

#[test]
fn whatever_is_added_can_be_read_once_it_has_what_it_names() {
    for kind in EARN_RULES {
        let mut document = json!({ "name": "A", "earn": [], "rewards": [{ "id": "coffee", "name": "Coffee" }] });
        for _ in 0..2 {
            parts::add(&mut document, Section::Earn, kind.name, "new").unwrap();
        }
        parts::remove(&mut document, Place { section: Section::Earn, index: 0 });
        read(kind.name, &document);
    }
    let mut document = json!({ "name": "A", "earn": [] });
    for section in [Section::Rewards, Section::Levels, Section::Levels, Section::Levels, Section::Membership] {
        parts::add(&mut document, section, "", "New").unwrap();
        read(section.name(), &document);
    }
    assert_eq!(parts::ids(&document, Section::Levels), ["level", "level-2", "level-3"]);
    assert!(parts::add(&mut document, Section::Membership, "", "Second").is_none());
    assert!(parts::raise(&mut document, Place { section: Section::Levels, index: 2 }));
    assert_eq!(parts::ids(&document, Section::Levels), ["level", "level-3", "level-2"]);
    for index in (0..3).rev() {
        assert!(parts::remove(&mut document, Place { section: Section::Levels, index }));
    }
    assert_eq!(document.get("tiers"), None);
}

#[test]
fn mistakes_are_about_the_field_they_name() {
    let rule = Place { section: Section::Earn, index: 1 };
    assert_eq!(within("earn[1].when.basket_from", rule).as_deref(), Some("when.basket_from"));
    assert_eq!(within("earn[1]", rule).as_deref(), Some(""));
    for elsewhere in ["earn[10].points", "earn[0].points", "rewards[1].cost", "name"] {
        assert_eq!(within(elsewhere, rule), None, "{elsewhere}");
    }
    let level = Place { section: Section::Levels, index: 0 };
    assert_eq!(within("tiers.levels[0].gifts[2].reward", level).as_deref(), Some("gifts.2.reward"));
    assert_eq!(within("tiers.levels[0].from", Place::of(Section::Tiers)), None);
    assert_eq!(within("earn[0].points", Place::of(Section::Basics)), None);
    assert!(touches("gifts.2.reward", "gifts") && touches("limit", "limit.points") && !touches("limits", "limit"));
}

proptest! {
    /// Whatever is typed, nothing panics, what is not typed stays, and what was typed is read back.
    #[test]
    fn whatever_is_typed_is_kept_as_it_was_typed(
        which in 0_usize..100, field in 0_usize..100, value in "[ -~áé漢,:;.]{0,20}"
    ) {
        let document = parse(EVERYTHING).unwrap();
        let all = places(&document);
        let place = all[which % all.len()];
        let clauses = place.clauses(&document);
        let before = fields_at(&document, place);
        let Some(name) = before.keys().nth(field % before.len().max(1)).cloned() else { return Ok(()) };
        let mut written = document.clone();
        fill(place.part_mut(&mut written).unwrap(), &clauses, &Fields::from([(name, value)]));
        let after = fields_at(&written, place);
        // Once more with what stands there now: nothing changes.
        let mut again = written.clone();
        let clauses = place.clauses(&written);
        fill(place.part_mut(&mut again).unwrap(), &clauses, &after);
        prop_assert_eq!(&again, &written);
        let others = all.iter().filter(|other| **other != place && other.section != Section::Basics && place.section != Section::Basics);
        for other in others.filter(|other| !matches!((place.section, other.section), (Section::Tiers, Section::Levels) | (Section::Levels, Section::Tiers))) {
            prop_assert_eq!(other.part(&document), other.part(&again));
        }
    }
}
