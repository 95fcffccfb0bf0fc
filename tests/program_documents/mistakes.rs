//! What can be wrong with a program, where that is said to be, and what is said.

use regulars::domain::program::draft;

use super::{
    against_schema,
    cases::{CONDITIONS, Case, NAMES, OTHERS, REWARDS, RULES, Schema::Refuses},
    read, told,
};

#[test]
fn every_mistake_is_pointed_at_and_said_in_a_sentence() {
    let all = NAMES.iter().map(|case| (case.0.to_owned(), case));
    let coffee = "[[rewards]]\nid = \"coffee\"\nname = \"Coffee\"\n";
    let rules = RULES.iter().map(|case| (format!("name = \"A\"\n{coffee}[[earn]]\n{}", case.0), case));
    let when = |case: &Case| format!("name = \"A\"\n[[earn]]\nrule = \"visit\"\npoints = 1\n[earn.when]\n{}", case.0);
    let conditions = CONDITIONS.iter().map(|case| (when(case), case));
    let rewards = REWARDS.iter().map(|case| (format!("name = \"A\"\nearn = []\n[[rewards]]\n{}", case.0), case));
    let others = OTHERS.iter().map(|case| (format!("name = \"A\"\nearn = []\n{}", case.0), case));
    let mut wrong = Vec::new();
    for (written, (_, path, sentence, schema)) in all.chain(rules).chain(conditions).chain(rewards).chain(others) {
        let mistakes = read(&written).err().unwrap_or_default();
        let is_told = mistakes.iter().any(|mistake| mistake.path == *path && mistake.sentence.contains(sentence));
        if mistakes.len() != 1 || !is_told {
            wrong.push(format!("{written}\n  wanted {path}: …{sentence}…\n{}", told(&mistakes)));
        }
        let is_refused = !against_schema(&draft::parse(&written).unwrap()).is_empty();
        if is_refused != (*schema == Refuses) {
            wrong.push(format!("{written}\n  is refused by the schema: {is_refused}\n"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn all_mistakes_are_told_at_once_and_none_that_follows_from_another() {
    let written = r#"
name = "A"
pending_day = 3

[[earn]]
rule = "visit"
point = 1
gap_minutes = "an hour"

[[earn]]
rule = "card"
stamps = 9
reward = "tenth"

[[earn]]
rule = "crad"

[[earn]]
rule = "bonus"
points = 5
reward = "cake"
when = { levels = ["gold"], hours = "always" }

[[rewards]]
id = "tenth"
nam = "The tenth"
cost = "ten"

[[rewards]]
id = "other"
name = "Other"
cost = 0

[tiers]
by = "spend"
window = "lifetime"
levels = [{ id = "gold", name = "Gold", from = "much" }]
"#;
    let mistakes = read(written).unwrap_err();
    let mut paths: Vec<&str> = mistakes.iter().map(|mistake| mistake.path.as_str()).collect();
    paths.sort_unstable();
    // The reward "tenth" and the level "gold" are there, though wrong; and the second reward is still the second.
    let wanted = [
        "earn[0].gap_minutes",
        "earn[0].point",
        "earn[0].points",
        "earn[2].rule",
        "earn[3].when.hours",
        "pending_day",
        "rewards[0].cost",
        "rewards[0].nam",
        "rewards[0].name",
        "rewards[1].cost",
        "tiers.levels[0].from",
    ];
    assert_eq!(paths, wanted, "\n{}", told(&mistakes));
}

#[test]
fn ids_and_words_are_there_once() {
    let twice = r#"{ "name": "A", "earn": [{ "rule": "visit", "points": 1 }, { "rule": "visit", "points": 2 },
        { "rule": "action", "id": "a", "word": "PLEDGE" }, { "rule": "action", "id": "b", "word": { "es": "pledge!" } },
        { "rule": "birthday", "points": 1 }, { "rule": "birthday", "id": "again", "points": 1 }],
        "rewards": [{ "id": "r", "name": "R" }, { "id": "r", "name": "R" }],
        "tiers": { "by": "spend", "window": "lifetime", "levels": [{ "id": "visit", "name": "V", "from": 1,
            "gifts": [{ "reward": "r", "per": "day" }, { "reward": "r", "per": "year" }] }] } }"#;
    let mistakes = read(twice).unwrap_err();
    for (path, sentence) in [
        ("earn[1].id", "give one of them an id"),
        ("earn[2].word", "means something else"),
        ("earn[3].word", "means something else"),
        ("earn[4].rule", "only one birthday rule"),
        ("rewards[1].id", "choose another"),
        ("tiers.levels[0].id", "also the id of a rule"),
        ("tiers.levels[0].gifts[1].reward", "take it out"),
    ] {
        let is_told = mistakes.iter().any(|mistake| mistake.path == path && mistake.sentence.contains(sentence));
        assert!(is_told, "{path}: {sentence}\n{}", told(&mistakes));
    }
}

#[test]
fn what_is_no_toml_and_no_json_is_told_with_its_line() {
    let toml = read("name = \"A\"\nearn = [\n  { rule \"visit\" },\n]").unwrap_err();
    assert!(toml[0].sentence.starts_with("this is no TOML: line 3: "), "{}", toml[0].sentence);
    let json = read("{ \"name\": \"A\",\n  \"earn\": [}").unwrap_err();
    assert!(
        json[0].sentence.starts_with("this is no JSON: ") && json[0].sentence.contains("line 2"),
        "{}",
        json[0].sentence
    );
    let twice = read("name = \"A\"\nname = \"B\"\nearn = []").unwrap_err();
    assert!(twice[0].sentence.contains("line 2"), "{}", twice[0].sentence);
}
