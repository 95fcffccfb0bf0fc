//! The words of five languages and what they mean, from the files in `lexicon/`, found in one walk from where they begin.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use yada::{DoubleArray, builder::DoubleArrayBuilder};

use super::{
    concept::{Concepts, bit},
    near::Near,
    spelling::{is_han, spell},
};
use crate::text::Text;

/// The languages of the lexicon; the last is what all share.
pub const LANGUAGES: [(&str, &str); 6] = [
    ("en", include_str!("lexicon/en.txt")),
    ("es", include_str!("lexicon/es.txt")),
    ("fr", include_str!("lexicon/fr.txt")),
    ("ro", include_str!("lexicon/ro.txt")),
    ("zh", include_str!("lexicon/zh.txt")),
    ("shared", include_str!("lexicon/shared.txt")),
];

/// What a form means in each language that has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Entry {
    /// For each of [`LANGUAGES`]; empty where the language has no such word.
    pub meanings: [Concepts; LANGUAGES.len()],
    /// The languages that have this form, a bit for each.
    pub languages: u8,
    /// Whether any word that begins so is meant.
    pub is_stem: bool,
}

impl Entry {
    /// What it means in some of the languages.
    pub fn meaning(&self, languages: u8) -> Concepts {
        let mut rest = languages & self.languages;
        let mut all = 0;
        while rest != 0 {
            all |= self.meanings[rest.trailing_zeros() as usize];
            rest &= rest - 1;
        }
        all
    }
}

/// All forms of all languages.
pub struct Lexicon {
    /// Which of `entries` each form has.
    forms: Vec<u16>,
    /// Each once, for many forms mean the same.
    entries: Vec<Entry>,
    /// Always there: a test finds every form in it.
    tree: Option<DoubleArray<Vec<u8>>>,
    near: Near,
}

/// Read once; about ten thousand forms.
pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

impl Lexicon {
    fn read() -> Self {
        let mut forms: FxHashMap<String, Entry> = FxHashMap::default();
        for (language, (_, source)) in LANGUAGES.iter().enumerate() {
            for (concept, typed) in lines_of(source) {
                let (form, is_stem) = form_of(typed);
                let entry = forms.entry(form).or_default();
                entry.meanings[language] |= bit(concept);
                entry.languages |= 1 << language;
                entry.is_stem |= is_stem;
            }
        }
        forms.remove("");
        let mut forms: Vec<(String, Entry)> = forms.into_iter().collect();
        forms.sort_by(|left, right| left.0.cmp(&right.0));
        let keys: Vec<(&[u8], u32)> = forms.iter().zip(0..).map(|((form, _), at)| (form.as_bytes(), at)).collect();
        let tree = DoubleArrayBuilder::build(&keys).ok().and_then(|tree| DoubleArray::new(tree).ok());
        let near = Near::new(forms.iter().zip(0..).map(|((form, entry), at)| (form.as_str(), entry, at)));
        let mut places: FxHashMap<Entry, u16> = FxHashMap::default();
        let mut entries = Vec::new();
        let place = |(_, entry): (String, Entry)| {
            *places.entry(entry).or_insert_with_key(|entry| {
                entries.push(entry.clone());
                u16::try_from(entries.len() - 1).unwrap_or(u16::MAX)
            })
        };
        let forms = forms.into_iter().map(place).collect();
        Self { tree, near, forms, entries }
    }

    /// The forms that begin where `rest` of a spelled text begins, the shortest first: number and length in bytes.
    pub fn walk<'a>(&'a self, rest: &'a str) -> impl Iterator<Item = (u32, usize)> + 'a {
        self.tree.iter().flat_map(|tree| tree.common_prefix_search(rest.as_bytes()))
    }

    /// What is behind a number.
    pub fn entry(&self, number: u32) -> &Entry {
        &self.entries[usize::from(self.forms[number as usize])]
    }

    /// The word of weight that differs from this unknown one by one slip of the thumb.
    pub fn nearest(&self, word: &str) -> Option<u32> {
        self.near.find(word)
    }
}

/// Concept and form, for each form of a file.
fn lines_of(source: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = source.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(':')).flat_map(|(concept, forms)| {
        forms.split(',').map(move |form| (concept, form.trim())).filter(|(_, form)| !form.is_empty())
    })
}

/// A form as it is found in a spelled text: a word ends with a blank, a stem and Chinese do not.
fn form_of(typed: &str) -> (String, bool) {
    let is_stem = typed.ends_with('*');
    let mut form = spell(Text::read(typed).normal());
    if is_stem || form.trim_end().ends_with(is_han) {
        form.truncate(form.trim_end().len());
    }
    (form, is_stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_names_a_concept_and_every_form_is_found_where_it_stands() {
        for (language, source) in LANGUAGES {
            for (concept, typed) in lines_of(source) {
                assert_ne!(bit(concept), 0, "{language}: {concept}");
                let (form, _) = form_of(typed);
                assert!(!form.trim().is_empty(), "{language}: {typed}");
                let found = LEXICON.walk(&form).last().map(|(number, length)| (LEXICON.entry(number), length));
                let at = LANGUAGES.iter().position(|(name, _)| *name == language).unwrap();
                assert!(
                    found.is_some_and(|(entry, length)| length == form.len() && entry.meanings[at] & bit(concept) != 0),
                    "{language}: {typed}"
                );
            }
        }
    }

    #[test]
    fn every_line_of_the_files_is_read() {
        for (language, source) in LANGUAGES {
            for line in source.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
                assert!(line.contains(": "), "{language}: {line}");
            }
        }
    }
}
