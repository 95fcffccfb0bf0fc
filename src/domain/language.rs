//! What is said, in the member's language: a [`Reply`] names a Fluent message and its values, a [`Language`] writes it.

pub mod guess;

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

use super::{
    program::words::{Unit, Words},
    text::Text,
    words::Voice,
};

/// Every language we speak: its code and its file. The first one is used where a text is missing in another.
pub const LANGUAGES: &[(&str, &str)] = &[
    ("en", include_str!("../../locales/en.ftl")),
    ("es", include_str!("../../locales/es.ftl")),
    ("fr", include_str!("../../locales/fr.ftl")),
    ("ro", include_str!("../../locales/ro.ftl")),
    ("zh", include_str!("../../locales/zh.ftl")),
];

/// One of [`LANGUAGES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(into = "&'static str", from = "String")]
pub struct Language(usize);

impl From<Language> for &'static str {
    fn from(language: Language) -> Self {
        language.code()
    }
}

impl From<String> for Language {
    /// What is no code of ours is the first language.
    fn from(code: String) -> Self {
        Self::from_code(&code).unwrap_or_default()
    }
}

impl Language {
    /// Finds a language by its code; the region does not matter (`en-US` is `en`).
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or(code);
        LANGUAGES.iter().position(|(known, _)| known.eq_ignore_ascii_case(primary)).map(Self)
    }

    /// Its ISO 639-1 code.
    pub fn code(self) -> &'static str {
        LANGUAGES.get(self.0).map_or("en", |(code, _)| code)
    }

    /// All languages, in the order of [`LANGUAGES`].
    pub fn all() -> impl Iterator<Item = Self> {
        (0..LANGUAGES.len()).map(Self)
    }

    /// Writes a reply as it is built in: its lines in order.
    pub fn write(self, reply: &Reply) -> String {
        Voice::of(self).write(reply)
    }

    /// Writes one line as it is built in; English where this language lacks it, which a test rules out.
    pub fn write_line(self, line: &Line) -> String {
        Voice::of(self).write_line(line)
    }

    /// Writes one line as it is built in, or says what is wrong with its Fluent message. What is part of it is said by `voice`.
    pub(super) fn try_line(self, line: &Line, voice: Voice<'_>) -> Result<String, String> {
        let bundle = BUNDLES.get(self.0).ok_or("no such language")?;
        let pattern = bundle
            .get_message(line.key)
            .and_then(|message| message.value())
            .ok_or_else(|| format!("{}: {} is missing", self.code(), line.key))?;
        let mut args = FluentArgs::with_capacity(line.values.len());
        for (name, value) in &line.values {
            match value {
                Value::Text(text) => args.set(*name, FluentValue::String(Cow::Borrowed(text.as_str()))),
                Value::Count(count) => args.set(*name, FluentValue::from(*count)),
                Value::Part(part) => args.set(*name, FluentValue::String(Cow::Owned(voice.write(part)))),
                Value::Unit(unit) => {
                    let forms = unit.forms(self);
                    for (name, form) in [("unit_one", forms.one), ("unit_few", forms.few), ("unit_other", forms.other)]
                    {
                        args.set(name, FluentValue::String(Cow::Borrowed(form)));
                    }
                }
                Value::Words(words) => {
                    args.set(*name, FluentValue::String(Cow::Borrowed(words.in_language(self))));
                }
            }
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
        match errors.first() {
            None => Ok(text.into_owned()),
            Some(error) => Err(format!("{}: {}: {error}", self.code(), line.key)),
        }
    }

    /// The keys of all that can be said; lists of words that people text are not among them.
    pub fn replies(self) -> impl Iterator<Item = &'static str> {
        let source = LANGUAGES.get(self.0).map_or("", |(_, source)| source);
        let keys = source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        let keys = keys.filter_map(|line| Some(line.split_once('=')?.0.trim()));
        keys.filter(|key| !key.starts_with("words-"))
    }

    /// A message as its file has it, with its values in braces: one form, or several where a number decides.
    pub fn forms(self, key: &str) -> Vec<&'static str> {
        self.forms_by_number(key).into_iter().map(|(_, form)| form).collect()
    }

    /// The same, each with the kind of number that it stands with: `one`, `few`, `other`; empty where there is one form.
    pub fn forms_by_number(self, key: &str) -> Vec<(&'static str, &'static str)> {
        let source = LANGUAGES.get(self.0).map_or("", |(_, source)| source);
        let value_in = |line: &'static str| Some(line.strip_prefix(key)?.trim_start().strip_prefix('=')?.trim());
        let mut lines = source.lines().skip_while(|line| value_in(line).is_none());
        match lines.next().and_then(value_in) {
            None => Vec::new(),
            // The forms stand below, each behind its number: [one] …, *[other] …
            Some("") => {
                let below = lines.take_while(|line| line.starts_with(' '));
                below
                    .filter_map(|line| {
                        let (number, form) = line.trim().trim_start_matches('*').strip_prefix('[')?.split_once(']')?;
                        Some((number, form.trim()))
                    })
                    .collect()
            }
            Some(only) => vec![("", only)],
        }
    }

    /// The value whose number decides over the forms of a message.
    pub fn decided_by(self, key: &str) -> Option<&'static str> {
        let source = LANGUAGES.get(self.0).map_or("", |(_, source)| source);
        let is_key = |line: &&str| line.strip_prefix(key).is_some_and(|rest| rest.trim() == "=");
        let mut lines = source.lines().skip_while(|line| !is_key(line));
        lines.next();
        lines.next()?.trim().strip_prefix("{ $")?.strip_suffix(" ->")
    }

    /// The words of a comma-separated Fluent message, as written; none where it is missing.
    pub fn words(self, key: &str) -> Vec<String> {
        let Some(bundle) = BUNDLES.get(self.0) else { return Vec::new() };
        let pattern = bundle.get_message(key).and_then(|message| message.value());
        let line = pattern.map(|pattern| bundle.format_pattern(pattern, None, &mut Vec::new())).unwrap_or_default();
        line.split([',', '，', '、']).map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
    }
}

/// A text to be said, free of language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reply {
    /// What it is made of, at least one line, each with what stands before it.
    pub(super) lines: Vec<(Before, Line)>,
}

/// What stands before a line of a reply, but for the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Before {
    Blank,
    Break,
}

impl Reply {
    /// A reply of lines below each other.
    pub fn lines(lines: Vec<Line>) -> Self {
        Self { lines: lines.into_iter().map(|line| (Before::Break, line)).collect() }
    }

    /// A reply of sentences behind each other.
    pub fn sentences(lines: Vec<Line>) -> Self {
        Self { lines: lines.into_iter().map(|line| (Before::Blank, line)).collect() }
    }

    /// Adds a line below.
    pub fn below(mut self, line: Line) -> Self {
        self.lines.push((Before::Break, line));
        self
    }

    /// Puts another reply below.
    pub fn above(mut self, below: Self) -> Self {
        let mut lines = below.lines.into_iter();
        self.lines.extend(lines.next().map(|(_, line)| (Before::Break, line)));
        self.lines.extend(lines);
        self
    }

    /// Adds a sentence behind.
    pub fn behind(mut self, line: Line) -> Self {
        self.lines.push((Before::Blank, line));
        self
    }

    /// The name under which it is recorded: the key of its first line.
    pub fn key(&self) -> &'static str {
        self.lines.first().map_or("", |(_, line)| line.key)
    }

    /// The keys of all its lines.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.lines.iter().map(|(_, line)| line.key)
    }
}

impl From<Line> for Reply {
    fn from(line: Line) -> Self {
        Self::sentences(vec![line])
    }
}

/// One Fluent message with its values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Line {
    pub(super) key: &'static str,
    pub(super) language: Option<Language>,
    pub(super) values: Vec<(&'static str, Value)>,
}

/// What fills a hole of a line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Value {
    Text(String),
    Count(i64),
    Part(Reply),
    Unit(Unit),
    Words(Words),
}

impl Line {
    /// The message `key`, so far without values.
    pub fn new(key: &'static str) -> Self {
        Self { key, language: None, values: Vec::new() }
    }

    /// Said in this language, whatever the rest of the reply is said in.
    pub fn in_language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// Adds a text.
    pub fn text(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.values.push((name, Value::Text(text.into())));
        self
    }

    /// Adds a name that each language has its own of.
    pub fn words(mut self, name: &'static str, words: &Words) -> Self {
        self.values.push((name, Value::Words(words.clone())));
        self
    }

    /// Adds what is said elsewhere in the same language.
    pub fn part(mut self, name: &'static str, part: impl Into<Reply>) -> Self {
        self.values.push((name, Value::Part(part.into())));
        self
    }

    /// Says in which unit its number counts.
    pub fn unit(mut self, unit: &Unit) -> Self {
        self.values.push(("unit", Value::Unit(unit.clone())));
        self
    }

    /// Adds a number that decides the plural.
    pub fn count(mut self, name: &'static str, count: i64) -> Self {
        self.values.push((name, Value::Count(count)));
        self
    }
}

/// Parsed once; a file that does not parse is found by the tests, and says nothing until then.
static BUNDLES: LazyLock<Vec<FluentBundle<FluentResource>>> =
    LazyLock::new(|| LANGUAGES.iter().map(|(code, source)| bundle(code, source)).collect());

fn bundle(code: &str, source: &str) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = code.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // An SMS must not carry the invisible marks that Fluent puts around values.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
    bundle.add_resource_overriding(resource);
    bundle
}

/// Which words of all languages a Fluent message lists, in normal form, with the language of each.
pub fn words_in_all_languages(key: &str) -> HashMap<String, Language> {
    let mut words = HashMap::new();
    for language in Language::all() {
        for word in language.words(key) {
            words.entry(Text::read(&word).normal().to_owned()).or_insert(language);
        }
    }
    words
}

/// The same without the words that several languages have: each tells its language.
pub fn words_of_one_language(key: &str) -> HashMap<String, Language> {
    let languages_of = |word: &str| {
        let has = |language: &Language| language.words(key).iter().any(|known| Text::read(known).normal() == word);
        Language::all().filter(has).count()
    };
    words_in_all_languages(key).into_iter().filter(|(word, _)| languages_of(word) == 1).collect()
}
