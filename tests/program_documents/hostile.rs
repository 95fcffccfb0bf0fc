//! Programs that were written to harm: refused, quickly, and with a short answer. A reader that compares everything with
//! everything would not come to the end of these tests.

use regulars::domain::program::{Program, draft};
use serde_json::{Value, json};

use super::{against_schema, frame, presets, read};

fn refuse(what: &str, written: &str) -> Vec<String> {
    let mistakes = read(written).expect_err(what);
    let told: Vec<String> =
        mistakes.into_iter().map(|mistake| format!("{}: {}", mistake.path, mistake.sentence)).collect();
    assert!(told.iter().map(String::len).sum::<usize>() < 64 * 1024, "{what}: a long answer");
    told
}

fn refuse_json(what: &str, program: &Value) -> Vec<String> {
    refuse(what, &program.to_string())
}

#[test]
fn what_is_too_long_is_not_even_read() {
    let long = format!("name = \"A\"\nearn = []\nstory = \"{}\"", "a".repeat(300_000));
    assert_eq!(refuse("a long program", &long), [": the program is longer than 256 KiB; shorten it"]);
    let rules: Vec<Value> = (0..101).map(|n| json!({ "rule": "visit", "id": format!("v{n}"), "points": 1 })).collect();
    let told = refuse_json("101 rules", &json!({ "name": "A", "earn": rules }));
    assert_eq!(told, ["earn: has at most 100 entries"]);
    let rewards: Vec<Value> = (0..101).map(|n| json!({ "id": format!("r{n}"), "name": "R" })).collect();
    let told = refuse_json("101 rewards", &json!({ "name": "A", "earn": [], "rewards": rewards }));
    assert_eq!(told, ["rewards: has at most 100 entries"]);
}

#[test]
fn what_is_nested_deeply_does_not_exhaust_the_stack() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let json = format!("{{\"name\": {}1{}}}", open.repeat(20_000), close.repeat(20_000));
        refuse("deep JSON", &json);
    }
    refuse("deep TOML lists", &format!("name = {}1{}", "[".repeat(60_000), "]".repeat(60_000)));
    refuse("deep TOML tables", &format!("name = {}1{}", "{a = ".repeat(40_000), "}".repeat(40_000)));
    refuse("deep TOML keys", &format!("{}a = 1", "a.".repeat(60_000)));
    refuse("a deep TOML header", &format!("[{}a]\nb = 1", "a.".repeat(60_000)));
    refuse("a deep TOML list of tables", &format!("[[{}a]]\nb = 1", "a.".repeat(60_000)));
    // What comes as a value already, as from the API, is as deep as its reader allows.
    let deep = (0..120).fold(json!(1), |inner, _| json!([inner]));
    assert!(Program::read(&json!({ "name": deep, "earn": deep, "tiers": deep, "limit": deep }), frame()).is_err());
}

#[test]
fn long_lists_and_long_names_take_no_time() {
    let long = "x".repeat(1_000);
    let rules: Vec<Value> = (0..100)
        .map(|n| json!({ "rule": "multiplier", "id": format!("{long}{n}"), "times": 2, "of": [format!("{long}y"), "b"] }))
        .collect();
    refuse_json("long ids", &json!({ "name": "A", "earn": rules }));
    let names: Vec<String> = (0..20_000).map(|n| format!("rule-{n}")).collect();
    let rules: Vec<Value> = (0..1).map(|_| json!({ "rule": "multiplier", "times": 2, "of": names })).collect();
    refuse_json("many names", &json!({ "name": "A", "earn": rules }));
    let levels: Vec<Value> = (0..4_000).map(|n| json!({ "id": format!("l{n}"), "name": "L", "from": n })).collect();
    let told = refuse_json(
        "many levels",
        &json!({ "name": "A", "earn": [], "tiers": { "by": "spend", "window": "lifetime", "levels": levels } }),
    );
    assert_eq!(told, ["tiers.levels: has 1 to 10 levels"]);
    let mut keys = json!({ "name": "A", "earn": [] });
    (0..15_000).for_each(|n| keys[format!("nam{n}")] = json!(1));
    assert_eq!(refuse_json("many parts", &keys).len(), draft::MISTAKES_MAX);
    let mut settings = json!({ "rule": "visit", "points": 1 });
    (0..8_000).for_each(|n| settings[format!("point{n}")] = json!(1));
    refuse_json("many settings", &json!({ "name": "A", "earn": vec![settings; 1] }));
    let words: Vec<String> = (0..10_000).map(|n| format!("sku{n}")).collect();
    refuse_json(
        "many articles",
        &json!({ "name": "A", "earn": [{ "rule": "item", "points": 1, "articles": { "skus": words } }] }),
    );
}

#[test]
fn numbers_beyond_all_bounds_are_refused_wherever_they_are() {
    let huge = ["-1", "1e300", "99999999999999999999999999", "-99999999999999999999", "9223372036854775807", "0.5"];
    let places = [
        r#"{"name":"A","earn":[{"rule":"visit","points":#}]}"#,
        r#"{"name":"A","earn":[{"rule":"visit","points":1,"gap_minutes":#}]}"#,
        r#"{"name":"A","earn":[{"rule":"multiplier","times":#}]}"#,
        r#"{"name":"A","earn":[{"rule":"visit","points":1,"limit":{"points":#,"per":"day"}}]}"#,
        r#"{"name":"A","earn":[],"rewards":[{"id":"a","name":"A","cost":#}]}"#,
        r#"{"name":"A","earn":[],"rewards":[{"id":"a","name":"A","stock":#}]}"#,
        r#"{"name":"A","earn":[],"rewards":[{"id":"a","name":"A","cost":1,"limit":{"times":#,"per":"day"}}]}"#,
        r#"{"name":"A","earn":[],"rewards":[{"id":"a","name":"A","valid_days":#}]}"#,
        r#"{"name":"A","earn":[],"rewards":[{"id":"a","name":"A","worth":{"kind":"percent_off","percent":#}}]}"#,
        r#"{"name":"A","earn":[],"expiry":{"after_months":#}}"#,
        r#"{"name":"A","earn":[],"pending_days":#}"#,
        r#"{"name":"A","earn":[],"tiers":{"by":"spend","window":{"last_months":#},"levels":[{"id":"a","name":"A","from":1}]}}"#,
        r#"{"name":"A","earn":[],"membership":{"name":"A","price":1,"months":#}}"#,
    ];
    for place in places {
        for number in huge {
            refuse(&format!("{place} with {number}"), &place.replace('#', number));
        }
    }
    // Amounts may have digits behind the point, but not be below nothing or beyond a thousand million.
    for number in ["-1", "-0.01", "1e300", "1e10", "99999999999999999999999999", "1000000001", "0.0001"] {
        for place in [
            r#"{"name":"A","earn":[{"rule":"spend","points":1,"per":#}]}"#,
            r#"{"name":"A","earn":[{"rule":"visit","points":1,"when":{"basket_from":#}}]}"#,
            r#"{"name":"A","earn":[],"tiers":{"by":"spend","window":"lifetime","levels":[{"id":"a","name":"A","from":#}]}}"#,
            r#"{"name":"A","earn":[],"membership":{"name":"A","price":#,"months":1}}"#,
        ] {
            refuse(&format!("{place} with {number}"), &place.replace('#', number));
        }
    }
}

#[test]
fn what_cannot_be_seen_has_no_place_in_what_members_read() {
    for hidden in ["\u{200b}", "\u{202e}", "\u{feff}", "\u{0}", "\u{7}", "\n", "\r", "\u{2028}", "\u{ad}"] {
        let name = format!("Cof{hidden}fee");
        for program in [
            json!({ "name": name, "earn": [] }),
            json!({ "name": { "en": "A", "es": name }, "earn": [] }),
            json!({ "name": "A", "earn": [], "rewards": [{ "id": "a", "name": name }] }),
            json!({ "name": "A", "earn": [{ "rule": "visit", "points": 1, "name": name }] }),
            json!({ "name": "A", "earn": [{ "rule": "action", "word": name }] }),
            json!({ "name": "A", "earn": [], "unit": { "en": [name] } }),
        ] {
            refuse_json(&format!("{hidden:?} in a name"), &program);
        }
        if !["\n", "\r"].contains(&hidden) {
            refuse_json(&format!("{hidden:?} in a story"), &json!({ "name": "A", "earn": [], "story": name }));
        }
    }
}

#[test]
fn what_is_no_program_at_all_is_refused() {
    for written in
        ["", " ", "{}", "[]", "null", "{\"name\": 1", "name", "= 1", "name = \"A\"", "earn = []", "[name]", "\u{0}"]
    {
        refuse(written, written);
    }
    for value in [json!(null), json!([]), json!("name"), json!(1), json!({})] {
        assert!(Program::read(&value, frame()).is_err(), "{value}");
    }
}

#[test]
fn whatever_stands_in_a_preset_instead_is_read_or_refused_and_the_schema_is_no_stricter() {
    let instead = [
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(7),
        json!(1.5),
        json!(1e300),
        json!(""),
        json!("x"),
        json!("\u{1f600}"),
        json!("2026-02-29"),
        json!([]),
        json!([[]]),
        json!({}),
        json!({ "en": "x" }),
        json!({ "a": { "b": [1] } }),
    ];
    let schema = jsonschema::draft202012::new(&regulars::domain::program::document::json_schema()).unwrap();
    for (name, written) in presets::all() {
        let preset = draft::parse(&written).unwrap();
        for path in presets::everywhere(&preset, String::new()) {
            for value in &instead {
                let mut other = preset.clone();
                *other.pointer_mut(&path).unwrap() = value.clone();
                if Program::read(&other, frame()).is_ok() && !schema.is_valid(&other) {
                    panic!("{name}: {value} at {path} reads, and the schema says {:?}", against_schema(&other));
                }
            }
        }
    }
}
