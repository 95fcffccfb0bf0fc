//! The examples of `docs/programs.md`: whoever copies one must not be told that it is wrong.

use std::fs;

use regulars::domain::program::draft;

use super::{against_schema, read_right, root};

/// What is put around an example that shows a part only, so that it is a program. Its first line says which.
const AROUND: &[(&str, &str)] = &[
    ("# part of a program", "name = \"Part\"\nearn = []\n"),
    ("# some rules", "name = \"Part\"\n"),
    (
        "# some rules of a program with rewards coffee and cake",
        "name = \"Part\"\nrewards = [{ id = \"coffee\", name = \"Coffee\" }, { id = \"cake\", name = \"Cake\" }]\n",
    ),
    (
        "# levels of a program with rewards coffee and cake",
        "name = \"Part\"\nearn = []\nrewards = [{ id = \"coffee\", name = \"Coffee\" }, { id = \"cake\", name = \"Cake\" }]\n",
    ),
];

#[test]
fn every_example_of_the_handbook_reads_and_fits_the_schema() {
    let handbook = fs::read_to_string(root().join("docs/programs.md")).unwrap();
    let examples: Vec<&str> =
        handbook.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(examples.len() > 30, "only {} examples", examples.len());
    for example in examples {
        let first = example.lines().next().unwrap_or_default();
        let around = AROUND.iter().find(|(mark, _)| *mark == first).map_or("", |(_, around)| around);
        let program = format!("{around}{example}");
        read_right(example, &program);
        assert_eq!(against_schema(&draft::parse(&program).unwrap()), Vec::<String>::new(), "{example}");
    }
}

#[test]
fn the_handbook_speaks_of_every_setting() {
    let handbook = fs::read_to_string(root().join("docs/programs.md")).unwrap();
    let schema = regulars::domain::program::document::json_schema();
    let mut missing = Vec::new();
    for definition in schema["$defs"].as_object().unwrap().values().chain([&schema]) {
        let own = definition["properties"].as_object().into_iter().flatten();
        let of_kinds = definition["oneOf"].as_array().into_iter().flatten();
        let of_kinds = of_kinds.flat_map(|kind| kind["properties"].as_object().into_iter().flatten());
        for (setting, _) in own.chain(of_kinds) {
            if setting != "$schema" && !handbook.contains(&format!("`{setting}`")) {
                missing.push(setting.clone());
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new(), "docs/programs.md explains no such setting");
    for kind in regulars::domain::program::earn::EARN_RULES {
        assert!(handbook.contains(&format!("### `{}`", kind.name)), "docs/programs.md has no part on {}", kind.name);
    }
}
