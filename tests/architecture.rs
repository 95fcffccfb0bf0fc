//! The house rules, kept by reading the sources: who may import whom, what a room must not know, and what is tidy.
//!
//! `ARCHITECTURE.md` has the same table for people. To change a rule, change both and say why in the commit.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Each room of the house, and what of the others it may import: a room, or only some path within it.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("providers", &["domain"]),
    ("tills", &["domain"]),
    ("buyers", &["tills"]),
    ("store", &["domain", "clock"]),
    (
        "service",
        &[
            "domain",
            "providers::Account",
            "providers::provider",
            "tills",
            "buyers",
            "store",
            "bell",
            "clock",
            "config",
            "secrets",
        ],
    ),
    ("http", &["domain", "providers", "tills", "buyers", "service", "store", "bell", "clock", "config", "secrets"]),
    ("console", &["domain", "http", "service", "store", "clock", "config", "secrets"]),
    (
        "notifier",
        &[
            "domain",
            "providers",
            "service::batch",
            "service::directory",
            "service::write",
            "store",
            "bell",
            "clock",
            "config",
            "secrets",
        ],
    ),
    ("herald", &["domain", "service::events", "service::webhooks", "store", "bell", "clock", "config", "secrets"]),
    ("bell", &[]),
    ("clock", &[]),
    ("config", &[]),
    ("secrets", &[]),
    ("telemetry", &["config"]),
    (
        "app",
        &[
            "bell",
            "buyers",
            "clock",
            "config",
            "console",
            "herald",
            "http",
            "notifier",
            "secrets",
            "service",
            "store",
            "telemetry",
        ],
    ),
    (
        "cli",
        &[
            "app",
            "clock",
            "config",
            "domain",
            "loadtest",
            "sandbox",
            "secrets",
            "service",
            "stage",
            "store",
            "telemetry",
        ],
    ),
    ("sandbox", &["domain", "providers::twilio"]),
    ("stage", &["app", "clock", "config", "domain", "http", "sandbox", "secrets", "service", "store"]),
    ("loadtest", &["config", "providers::twilio", "sandbox", "yardstick"]),
    ("yardstick", &["providers::twilio"]),
];

/// Words that only some rooms may use, and why.
const ONLY_IN: &[(&[&str], &[&str], &str)] = &[
    (&["sea_orm", "sea_query", "sea_orm_migration", "regulars_migrations"], &["store"], "only the store knows SeaORM"),
    (&["sqlx"], &["store", "loadtest"], "only the store talks SQL; the load test makes a database to play on"),
    (
        &["reqwest"],
        &["notifier", "herald", "buyers", "sandbox", "loadtest", "app", "cli"],
        "only the notifier calls providers, the herald webhooks, and buyers the APIs of tills; app names the client's error, cli \
         asks for the health of a gateway",
    ),
    (
        &["actix_web"],
        &["http", "console", "sandbox", "yardstick", "app", "telemetry", "config"],
        "only http and the console serve the gateway; config checks a header's name, telemetry makes a request's span",
    ),
    (&["Utc::now", "SystemTime::now"], &["clock", "sandbox", "stage", "loadtest"], "the time is passed in"),
    (&["getrandom"], &["secrets", "sandbox", "loadtest"], "chance comes from one place"),
    (&["println!", "print!"], &["cli"], "standard output belongs to the command line"),
];

/// What the pure rooms may not even mention.
const IMPURE: &[&str] = &[
    "tokio",
    "sea_orm",
    "sqlx",
    "reqwest",
    "actix",
    "hyper",
    "getrandom",
    "metrics::",
    "tracing::",
    ".await",
    "async fn",
    "async {",
    "async move",
    "now()",
    "now_v7",
    "new_v4",
    "std::fs",
    "std::env",
    "std::net::Tcp",
    "std::thread",
    "static mut",
];
const PURE: &[&str] = &["domain", "providers", "tills"];

/// The crates that `domain` may use.
const DOMAIN_CRATES: &[&str] = &[
    "std",
    "crate",
    "super",
    "self",
    "aho_corasick",
    "chrono",
    "chrono_tz",
    "fluent_bundle",
    "hashbrown",
    "regex",
    "rlibphonenumber",
    "rust_decimal",
    "rustc_hash",
    "schemars",
    "serde",
    "serde_json",
    "serde_path_to_error",
    "sha2",
    "strsim",
    "thiserror",
    "unic_langid",
    "unicode_normalization",
    "unicode_security",
    "unicode_segmentation",
    "uuid",
    "yada",
    "whatlang",
];

/// The rooms that are packages of their own: `crate` is the room itself, and another room is `regulars_…`.
const PACKAGES: &[&str] = &["domain", "providers", "yardstick"];

const LINES_MAX: usize = 400;

/// Names that say nothing.
const EMPTY_NAMES: &[&str] =
    &["common", "data", "handle", "helper", "helpers", "info", "manager", "misc", "process", "util", "utils"];
/// Words that this trade does not use in names; see the end of `CONTRIBUTING.md`.
const STRANGE_WORDS: &[&str] = &["customer", "helper", "manager", "user", "util", "utils"];

#[test]
fn every_room_imports_only_what_the_table_allows() {
    let table: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(allowed) = table.get(source.room.as_str()) else { continue };
        for import in &source.imports {
            let own = import.split("::").next() == Some(&source.room);
            let is_within = |allowed: &&str| import == *allowed || import.starts_with(&format!("{allowed}::"));
            if !own && !allowed.iter().any(&is_within) {
                wrong.push(format!("{}: crate::{import}", source.name));
            }
        }
    }
    assert_none(wrong, "imports what the table in ARCHITECTURE.md does not allow");
}

#[test]
fn the_table_names_every_room_and_the_paper_has_the_same_one() {
    let rooms: BTreeSet<String> = read("src/lib.rs")
        .lines()
        .filter_map(|line| {
            line.strip_prefix("pub mod ").or_else(|| line.strip_prefix("pub use ")?.split(" as ").nth(1))
        })
        .map(|name| name.trim_end_matches(';').to_owned())
        .collect();
    let in_test: BTreeMap<String, BTreeSet<String>> = MAY_IMPORT
        .iter()
        .map(|(room, may)| ((*room).to_owned(), may.iter().map(|may| (*may).to_owned()).collect()))
        .collect();
    assert_eq!(rooms, in_test.keys().cloned().collect(), "src/lib.rs and MAY_IMPORT name the same rooms");
    let mut in_paper = BTreeMap::new();
    for line in read("ARCHITECTURE.md").lines().skip_while(|line| !line.starts_with("## Who may import whom")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
        if let [room, may, _] = cells.as_slice() {
            in_paper.extend(quoted(room).into_iter().next().map(|room| (room, quoted(may))));
        }
    }
    assert_eq!(in_paper, in_test, "the table in ARCHITECTURE.md (left) is the one in this test (right)");
}

#[test]
fn words_of_one_trade_stay_in_its_room() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (words, rooms, why) in ONLY_IN {
            if rooms.contains(&source.room.as_str()) {
                continue;
            }
            let found = words.iter().filter(|word| mentions(&source.code, word));
            wrong.extend(found.map(|word| format!("{}: {word} ({why})", source.name)));
        }
    }
    assert_none(wrong, "mentions what belongs elsewhere");
}

#[test]
fn what_decides_is_pure() {
    let mut wrong = Vec::new();
    for source in sources().filter(|source| PURE.contains(&source.room.as_str())) {
        let found = IMPURE.iter().filter(|word| mentions(&source.code, word));
        wrong.extend(found.map(|word| format!("{}: {word}", source.name)));
        let foreign = source.code.lines().filter_map(|line| line.strip_prefix("use ")?.split(&[':', ';'][..]).next());
        if source.room == "domain" {
            // A `use` of a module that the file itself declares.
            let declared = |name: &&str| source.code.contains(&format!("mod {name};"));
            let foreign = foreign.filter(|name| !DOMAIN_CRATES.contains(name)).filter(|name| !declared(name));
            wrong.extend(foreign.map(|name| format!("{}: use {name}", source.name)));
        }
    }
    assert_none(wrong, "mentions I/O, async, the time or chance: pass values in instead");
}

#[test]
fn nobody_reaches_another_room_through_super() {
    let mut wrong = Vec::new();
    for source in sources() {
        for line in
            source.code.lines().filter(|line| line.starts_with("use super::") || line.starts_with("pub use super::"))
        {
            if line.matches("super::").count() >= source.depth {
                wrong.push(format!("{}: {line}", source.name));
            }
        }
    }
    assert_none(wrong, "leaves its room through super; say crate:: instead");
}

#[test]
fn files_stay_short_enough_to_be_read() {
    let long = sources().filter(|source| source.lines > LINES_MAX);
    let wrong = long.map(|source| format!("{}: {} lines", source.name, source.lines)).collect();
    assert_none(wrong, "is longer than it may be: split it by what it is about");
}

#[test]
fn names_say_something() {
    let mut wrong = Vec::new();
    for source in sources() {
        let stem = Path::new(&source.name).file_stem().unwrap().to_string_lossy().into_owned();
        if EMPTY_NAMES.contains(&stem.as_str()) {
            wrong.push(format!("{}: the file's name", source.name));
        }
        for kind in ["fn ", "struct ", "enum ", "trait ", "mod ", "const ", "type "] {
            let declared =
                source.code.split(kind).skip(1).map(|rest| rest.split(|c: char| !is_word(c)).next().unwrap_or(""));
            let strange =
                declared.filter(|name| words_in(name).iter().any(|word| STRANGE_WORDS.contains(&word.as_str())));
            wrong.extend(strange.map(|name| format!("{}: {kind}{name}", source.name)));
        }
    }
    assert_none(wrong, "has a name that says nothing, or a word that this trade does not use");
}

#[test]
fn every_language_says_the_same_things() {
    let languages = languages();
    let (_, first) = languages.iter().find(|(name, _)| name == "en.ftl").unwrap();
    let known = read("src/domain/language.rs");
    let mut wrong = Vec::new();
    for (name, messages) in &languages {
        if !known.contains(&format!("locales/{name}\"")) {
            wrong.push(format!("locales/{name}: is not in LANGUAGES"));
        }
        let missing = first.keys().filter(|key| !messages.contains_key(*key));
        wrong.extend(missing.map(|key| format!("locales/{name}: {key} is missing")));
        for (key, text) in messages {
            // Of a unit each language uses the forms that it has.
            let values = |text| -> BTreeSet<&str> {
                values_in(text).into_iter().filter(|value| !value.starts_with("unit_")).collect()
            };
            if first.get(key).is_some_and(|english| values(english) != values(text)) {
                wrong.push(format!("locales/{name}: {key} has other values than in English: {:?}", values(text)));
            }
        }
        let foreign = messages.keys().filter(|key| !first.contains_key(*key));
        wrong.extend(foreign.map(|key| format!("locales/{name}: {key} is not in en.ftl")));
    }
    assert_none(wrong, "does not say what the others say");
}

#[test]
fn what_the_code_says_is_in_the_language_files_and_the_other_way_round() {
    let code: String = sources().map(|source| source.code).collect();
    let (_, english) = languages().into_iter().find(|(name, _)| name == "en.ftl").unwrap();
    let mut wrong = Vec::new();
    for call in ["Line::new(\"", "words_in_all_languages(\"", "words: \""] {
        let keys = code.split(call).skip(1).map(|rest| rest.split('"').next().unwrap_or(""));
        wrong
            .extend(keys.filter(|key| !english.contains_key(*key)).map(|key| format!("{key}: is in no language file")));
    }
    for key in english.keys() {
        let in_code = code.contains(&format!("\"{key}\""));
        let in_another = english.values().any(|text| text.contains(&format!("{{ {key} }}")));
        if !in_code && !in_another {
            wrong.push(format!("{key}: nobody says it"));
        }
    }
    assert_none(wrong, "belongs to nobody");
}

#[test]
fn what_the_pages_say_is_in_the_consoles_language_files() {
    let mut pages = Vec::new();
    gather(&root().join("src/console"), &mut pages);
    let written: String = pages.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut files = Vec::new();
    gather(&root().join("locales/console/en"), &mut files);
    let texts: String = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let keys: BTreeSet<&str> = texts
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| Some(line.split_once(" =")?.0))
        .collect();
    let mut wrong = Vec::new();
    for call in ["say.t(\"", "say.n(\"", "say.of(\"", "say.of2(\"", "say.with(\"", "go_done(to, \"", ".titled(\""] {
        let said = written.split(call).skip(1).filter_map(|rest| rest.split('"').next());
        let prefix = if call == ".titled(\"" { "title-" } else { "" };
        let said = said.map(|key| format!("{prefix}{key}"));
        wrong.extend(said.filter(|key| !keys.contains(&**key)).map(|key| format!("{key}: is in no language file")));
    }
    // The words of one kind, as `word("menu", name)` and `"clause-{}"` say them, and what was done.
    let kinds: BTreeSet<&str> = written.split("word(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for key in keys {
        let is_of_a_kind = key.starts_with("done-")
            || key.starts_with("title-")
            || kinds.iter().any(|kind| key.starts_with(&format!("{kind}-")))
            || key.match_indices('-').any(|(at, _)| written.contains(&format!("\"{}-{{", &key[..at])));
        if !is_of_a_kind && !written.contains(&format!("\"{key}\"")) {
            wrong.push(format!("{key}: no page says it"));
        }
    }
    assert_none(wrong, "belongs to no page");
}

#[test]
fn the_papers_name_files_that_exist() {
    let mut wrong = Vec::new();
    for paper in papers() {
        for path in read(&paper).split('`').skip(1).step_by(2) {
            let rooms = ["src/", "tests/", "locales/", "migrations/", "config/", "docs/", "benches/", ".ci/"];
            // NAME and NNNN stand for what a recipe's reader chooses.
            let is_pattern = path.contains(['*', '…', '<', ' ', '{']) || path.contains("NAME") || path.contains("NNNN");
            if rooms.iter().any(|room| path.starts_with(room)) && !is_pattern && !root().join(path).exists() {
                wrong.push(format!("{paper}: {path}"));
            }
        }
    }
    assert_none(wrong, "names a file that is not there");
}

#[test]
fn operations_names_every_setting_and_every_figure() {
    let paper = read("docs/operations.md");
    let mut wrong = Vec::new();
    let mut section = String::new();
    for line in read("config/default.toml").lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']').to_owned();
        } else if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            let value = line.split_once(" = ").map_or("", |(_, value)| value.trim_matches('"'));
            let row = format!("| {section}.{key} | {} |", if value.is_empty() { "none" } else { value });
            wrong.extend((!paper.replace('`', "").contains(&row)).then_some(row));
        }
    }
    for source in sources() {
        let figures = source.code.split("\"regulars_").skip(1).map(|rest| rest.split('"').next().unwrap_or(""));
        // The metric's name in the room that makes it; test databases and the like have names of their own.
        let figures = figures.filter(|name| source.name == "src/telemetry.rs" && name.chars().all(is_word));
        let missing = figures.map(|name| format!("`regulars_{name}`")).filter(|name| !paper.contains(name));
        wrong.extend(missing);
    }
    assert_none(wrong, "is missing from docs/operations.md");
}

#[test]
fn use_trees_are_read_to_their_leaves() {
    let code = "use crate::{\n    a::{b, c::D},\n    e,\n    f::{self, g as h, i::{j, k},},\n};\nlet x = crate::l::m(crate::n);";
    let leaves = ["a::b", "a::c::D", "e", "f", "f::g", "f::i::j", "f::i::k", "l::m", "n"];
    assert_eq!(imports(code), leaves.map(str::to_owned).into_iter().collect());
}

/// A file of `src`, without comments and tests.
struct Source {
    name: String,
    room: String,
    /// How many modules deep it is: 1 for `src/app.rs`, 2 for `src/domain/text.rs`.
    depth: usize,
    lines: usize,
    code: String,
    imports: BTreeSet<String>,
}

fn sources() -> impl Iterator<Item = Source> {
    let mut paths = Vec::new();
    gather(&root().join("src"), &mut paths);
    paths.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")).map(|path| {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        let modules: Vec<&str> = name
            .trim_start_matches("src/")
            .trim_end_matches(".rs")
            .trim_end_matches("/mod")
            .trim_end_matches("/lib")
            .split('/')
            .collect();
        let text = fs::read_to_string(&path).unwrap();
        let is_test = modules.last() == Some(&"tests");
        let code = if is_test { String::new() } else { without_tests(&without_comments(&text)) };
        let imports = match PACKAGES.contains(&modules[0]) {
            true => imports(&code.replace("crate::", "own::").replace("regulars_", "crate::")),
            false => imports(&code),
        };
        Source { room: modules[0].to_owned(), depth: modules.len(), lines: text.lines().count(), name, imports, code }
    })
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() { gather(&entry, paths) } else { paths.push(entry) }
    }
}

fn without_comments(text: &str) -> String {
    let code = |line: &str| match line.trim_start().starts_with("//") {
        true => String::new(),
        // " // " and not "//", which is in every URL.
        false => line.split(" // ").next().unwrap_or("").to_owned(),
    };
    text.lines().map(code).collect::<Vec<_>>().join("\n")
}

/// Everything but modules that are only there for tests.
fn without_tests(code: &str) -> String {
    let mut kept = Vec::new();
    let mut lines = code.lines();
    while let Some(line) = lines.next() {
        if line != "#[cfg(test)]" {
            kept.push(line);
            continue;
        }
        let starts = lines.next().unwrap_or("");
        if starts.ends_with('{') {
            // House style: what began at the margin ends at the margin.
            lines.by_ref().find(|line| *line == "}");
        }
    }
    kept.join("\n")
}

/// All paths after `crate::`, with braces written out.
fn imports(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let is_other = code[..at].ends_with(|c: char| is_word(c) || c == '$');
        if !is_other {
            write_out(&code[at + "crate::".len()..], String::new(), &mut found);
        }
    }
    found
}

/// Reads one branch of a use tree and answers how much of the text it took.
fn write_out(text: &str, path: String, found: &mut BTreeSet<String>) -> usize {
    let blanks = text.len() - text.trim_start().len();
    let rest = &text[blanks..];
    if let Some(inside) = rest.strip_prefix('{') {
        let mut at = 0;
        loop {
            at += write_out(&inside[at..], path.clone(), found);
            let after = inside[at..].trim_start();
            at = inside.len() - after.len() + usize::from(!after.is_empty());
            if !after.starts_with(',') {
                return blanks + 1 + at;
            }
            // A comma behind the last branch: the brace belongs to this tree.
            let next = inside[at..].trim_start();
            if next.starts_with('}') {
                return blanks + 1 + inside.len() - next.len() + 1;
            }
        }
    }
    let word = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
    let path = if path.is_empty() { rest[..word].to_owned() } else { format!("{path}::{}", &rest[..word]) };
    if rest[word..].starts_with("::") {
        return blanks + word + 2 + write_out(&rest[word + 2..], path, found);
    }
    found.insert(path.trim_end_matches("::self").to_owned());
    let ends = rest[word..].find([',', '}', ';', '\n']).unwrap_or(rest.len() - word);
    blanks + word + ends
}

fn languages() -> Vec<(String, BTreeMap<String, String>)> {
    let mut paths = Vec::new();
    gather(&root().join("locales"), &mut paths);
    // What members read; the folders beside have tests of their own.
    paths.retain(|path| path.parent() == Some(root().join("locales").as_path()));
    let read = |path: PathBuf| {
        let mut messages: BTreeMap<String, String> = BTreeMap::new();
        let mut last = String::new();
        for line in fs::read_to_string(&path).unwrap().lines().filter(|line| !line.starts_with('#')) {
            match line.split_once(" =") {
                Some((key, text)) if line.starts_with(|c: char| c.is_ascii_lowercase()) => {
                    last = key.to_owned();
                    messages.insert(last.clone(), text.to_owned());
                }
                _ => messages.entry(last.clone()).or_default().push_str(line),
            }
        }
        messages.remove("");
        (path.file_name().unwrap().to_string_lossy().into_owned(), messages)
    };
    paths.into_iter().map(read).collect()
}

/// The values that a message shows or counts: `$points`, `$shop` …
fn values_in(text: &str) -> BTreeSet<&str> {
    text.split('$').skip(1).map(|rest| rest.split(|c: char| !is_word(c)).next().unwrap_or("")).collect()
}

fn papers() -> Vec<String> {
    let mut paths = Vec::new();
    gather(&root().join("docs"), &mut paths);
    let mut papers: Vec<String> = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(str::to_owned).to_vec();
    let in_docs = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    papers.extend(in_docs.map(|path| path.strip_prefix(root()).unwrap().to_string_lossy().into_owned()));
    papers
}

fn quoted(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether the code has the word, and not only as a part of a longer one.
fn mentions(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back().is_some_and(|c| is_word(c) && word.starts_with(is_word));
        let after = code[at + word.len()..].chars().next().is_some_and(|c| is_word(c) && word.ends_with(is_word));
        !before && !after
    })
}

/// The words of a name in either style: `PhoneBook` and `phone_book` have two.
fn words_in(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in name.chars() {
        if c == '_' || c.is_uppercase() {
            words.push(String::new());
        }
        words.last_mut().unwrap().extend(c.to_lowercase().filter(|c| *c != '_'));
    }
    words
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn assert_none(wrong: Vec<String>, what: &str) {
    assert!(wrong.is_empty(), "{what}:\n  {}\n", wrong.join("\n  "));
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
