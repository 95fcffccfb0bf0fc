//! Of which messages of which language's file a reply is made: found by what is fixed in them.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use regulars::domain::language::Language;

/// Messages that only ever stand within others.
const PARTS: &[&str] = &[
    "points",
    "and-more",
    "shops-joined",
    "shops-and-more",
    "shop-with-contact",
    "language-name",
    "sign-up-own-example",
    "stamps",
    "month",
    "day",
    "day-with-year",
    "gain",
    "gift",
    "points-and-gift",
    "card-name",
    "tier-spend",
    "tier-visits",
    "tier-friends",
    "tier-times",
    "perks-joined",
    "stamps-moved",
    "why-sale",
    "why-refund",
    "why-joined",
    "why-code",
    "why-check-in",
    "why-action",
    "why-given-back",
    "why-lapsed",
    "why-birthday",
    "why-friend",
    "why-other",
    "profile-yes",
    "profile-no",
    "help-joined",
    "staff-used-today",
    "staff-used-before",
];

/// All that can be said, in all languages.
pub struct Wording {
    forms: Vec<Form>,
}

/// One form of a message.
struct Form {
    language: Language,
    key: &'static str,
    /// The whole of it, whatever its values are.
    whole: Regex,
    /// How many of its characters are the same whatever its values are.
    fixed: usize,
}

/// What was said: languages' codes and keys.
pub type Said = BTreeSet<(&'static str, &'static str)>;

impl Wording {
    pub fn of_all_languages() -> Self {
        let keys = Language::all().flat_map(|language| language.replies().map(move |key| (language, key)));
        let forms =
            keys.flat_map(|(language, key)| language.forms(key).into_iter().map(move |form| (language, key, form)));
        Self { forms: forms.map(|(language, key, written)| Form::read(language, key, written)).collect() }
    }

    /// Every message that can be said.
    pub fn all(&self) -> Said {
        self.forms.iter().map(|form| (form.language.code(), form.key)).collect()
    }

    /// The messages of a reply; `None` where part of it is none. What is worded alike in several languages is said in all
    /// of them.
    pub fn messages_of(&self, reply: &str) -> Option<Said> {
        let mut said = self.best_cover(reply)?;
        let parts = self.forms.iter().filter(|form| form.is_part() && form.whole.is_match(reply));
        said.extend(parts.map(|form| (form.language.code(), form.key)));
        Some(said)
    }

    /// The messages behind each other that have the most in common with a reply, from its first character to its last; of
    /// several the one whose messages are longer.
    fn best_cover(&self, reply: &str) -> Option<Said> {
        let mut best: BTreeMap<usize, (usize, Said)> = BTreeMap::from([(reply.len(), (0, Said::new()))]);
        let ends = ends(reply);
        for (_, begin) in ends.iter().rev().copied().skip(1).chain([(0, 0)]) {
            for (end, next) in ends.iter().filter(|(end, _)| *end > begin) {
                let Some((fixed_behind, said_behind)) = best.get(next).cloned() else { continue };
                let Some((fixed, said)) = self.closest(&reply[begin..*end]) else { continue };
                if best.get(&begin).is_none_or(|(known, _)| *known <= fixed + fixed_behind) {
                    best.insert(begin, (fixed + fixed_behind, &said | &said_behind));
                }
            }
        }
        best.remove(&0).map(|(_, said)| said)
    }

    /// The messages that a piece of a reply may be, of those that have the most in common with it.
    fn closest(&self, piece: &str) -> Option<(usize, Said)> {
        let fitting: Vec<&Form> =
            self.forms.iter().filter(|form| !form.is_part() && form.whole.is_match(piece)).collect();
        let most = fitting.iter().map(|form| form.fixed).max()?;
        let closest = fitting.into_iter().filter(|form| form.fixed == most);
        Some((most, closest.map(|form| (form.language.code(), form.key)).collect()))
    }
}

impl Form {
    fn read(language: Language, key: &'static str, written: &'static str) -> Self {
        let mut pattern = String::new();
        let mut fixed = 0;
        for piece in written.split_inclusive(['{', '}']) {
            match piece.strip_suffix('}') {
                Some(name) => pattern += &value(language, key, name.trim()),
                None => {
                    let text = piece.trim_end_matches('{');
                    fixed += text.chars().count();
                    pattern += &regex::escape(text);
                }
            }
        }
        let whole = match PARTS.contains(&key) {
            true => format!(r"{pattern}(\W|$)"),
            false => format!("^{pattern}$"),
        };
        Self { language, key, whole: Regex::new(&whole).unwrap(), fixed }
    }

    fn is_part(&self) -> bool {
        PARTS.contains(&self.key)
    }
}

/// What may stand for a value: digits for a number, the language's own words for points.
fn value(language: Language, key: &str, name: &str) -> String {
    match name {
        "points" => {
            let forms = language.forms("points");
            let forms: Vec<String> = forms.iter().map(|form| form.replace("{ $points }", r"-?\d+")).collect();
            format!("({})", forms.join("|"))
        }
        // Within other messages points are told with their unit.
        "$points" if key != "points" => r"-?\d+.+".to_owned(),
        "$moved" | "$gain" => r"[+-]?\d+.+".to_owned(),
        "$number" if key == "refer" => r"\+\d+".to_owned(),
        "$number" | "$per_month" | "$count" | "$points" => r"-?\d+".to_owned(),
        _ => ".+".to_owned(),
    }
}

/// Where a message may end, and where the next one then begins: behind a sentence, at a line's end, at the reply's.
fn ends(reply: &str) -> Vec<(usize, usize)> {
    let characters: Vec<(usize, char)> = reply.char_indices().collect();
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for pair in characters.windows(2) {
        let ((_, before), (at, character)) = (pair[0], pair[1]);
        match (before, character) {
            (_, '\n') | ('.' | '!' | '?' | ':', ' ') => ends.push((at, at + 1)),
            ('。' | '！' | '？' | '：' | '；' | '】', _) => ends.push((at, at)),
            _ => {}
        }
    }
    ends.push((reply.len(), reply.len()));
    ends
}
