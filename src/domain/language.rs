//! What is said, in the member's language: a [`Reply`] names a Fluent message and its values, a [`Language`] writes it.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

/// Every language we speak: its code and its file. The first one is used where a text is missing in another.
pub const LANGUAGES: &[(&str, &str)] =
    &[("en", include_str!("../../locales/en.ftl")), ("es", include_str!("../../locales/es.ftl"))];

/// One of [`LANGUAGES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Language(usize);

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

    /// Writes a reply: its lines in order, each rendered, with line breaks between.
    pub fn write(self, reply: &Reply) -> String {
        let lines: Vec<String> = reply.lines.iter().map(|line| self.write_line(line)).collect();
        lines.join(reply.between)
    }

    /// Writes one line; English where this language lacks it, which a test rules out.
    pub fn write_line(self, line: &Line) -> String {
        self.try_line(line).or_else(|_| Self::default().try_line(line)).unwrap_or_else(|_| line.key.to_owned())
    }

    /// Writes one line, or says what is wrong with its Fluent message.
    pub fn try_line(self, line: &Line) -> Result<String, String> {
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
            }
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
        match errors.first() {
            None => Ok(text.into_owned()),
            Some(error) => Err(format!("{}: {}: {error}", self.code(), line.key)),
        }
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What it is made of, at least one line.
    pub lines: Vec<Line>,
    /// What stands between the lines: a blank or a line break.
    between: &'static str,
}

impl Reply {
    /// A reply of lines below each other.
    pub fn lines(lines: Vec<Line>) -> Self {
        Self { lines, between: "\n" }
    }

    /// A reply of sentences behind each other.
    pub fn sentences(lines: Vec<Line>) -> Self {
        Self { lines, between: " " }
    }

    /// The name under which it is recorded: the key of its first line.
    pub fn key(&self) -> &'static str {
        self.lines.first().map_or("", |line| line.key)
    }
}

impl From<Line> for Reply {
    fn from(line: Line) -> Self {
        Self::sentences(vec![line])
    }
}

/// One Fluent message with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    key: &'static str,
    values: Vec<(&'static str, Value)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Text(String),
    Count(i64),
}

impl Line {
    /// The message `key`, so far without values.
    pub fn new(key: &'static str) -> Self {
        Self { key, values: Vec::new() }
    }

    /// Adds a text.
    pub fn text(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.values.push((name, Value::Text(text.into())));
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
            words.entry(super::text::Text::read(&word).normal().to_owned()).or_insert(language);
        }
    }
    words
}
