//! The words of five languages and what they mean, from the files in `lexicon/`, found in one walk from where they begin.

use std::{collections::BTreeMap, sync::LazyLock};

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
    /// How many bytes it takes in the file.
    const BYTES: usize = LANGUAGES.len() * 8 + 2;

    fn write(&self) -> Vec<u8> {
        let meanings = self.meanings.iter().flat_map(|meaning| meaning.to_le_bytes());
        meanings.chain([self.languages, u8::from(self.is_stem)]).collect()
    }

    fn read(bytes: &[u8]) -> Self {
        let (meanings, rest) = bytes.as_chunks::<8>();
        let meaning = |at: usize| meanings.get(at).map_or(0, |meaning| Concepts::from_le_bytes(*meaning));
        let (languages, is_stem) = (rest.first().copied().unwrap_or_default(), rest.get(1) == Some(&1));
        Self { meanings: std::array::from_fn(meaning), languages, is_stem }
    }

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
    /// Always there: a test finds every form in it.
    tree: Option<DoubleArray<&'static [u8]>>,
    /// Which of `entries` each form has, two bytes each.
    forms: &'static [u8],
    /// Each once, for many forms mean the same.
    entries: Vec<Entry>,
    near: Near,
}

/// The lexicon that is shipped: about ten thousand forms, looked up where they lie in the file.
pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&SHIPPED.0));

/// The file, from where the numbers in it can be read.
#[repr(align(8))]
struct Aligned<Bytes: ?Sized>(Bytes);

static SHIPPED: &Aligned<[u8]> = &Aligned(*include_bytes!("lexicon.bin"));

/// What [`LEXICON`] is read from.
pub fn shipped() -> &'static [u8] {
    &SHIPPED.0
}

/// The file as it should be, made from the words in `lexicon/`. To build it anew at each start would take a hundred times the memory
/// that is looked at.
pub fn build() -> Vec<u8> {
    let forms = forms();
    let keys: Vec<(&[u8], u32)> = forms.iter().zip(0..).map(|((form, _), at)| (form.as_bytes(), at)).collect();
    let tree = DoubleArrayBuilder::build(&keys).unwrap_or_default();
    let (mut entries, mut places): (Vec<&Entry>, FxHashMap<&Entry, u16>) = Default::default();
    let mut numbers = Vec::new();
    let mut words = Vec::new();
    for ((form, entry), at) in forms.iter().zip(0_u32..) {
        let place = *places.entry(entry).or_insert_with(|| {
            entries.push(entry);
            u16::try_from(entries.len() - 1).unwrap_or(u16::MAX)
        });
        numbers.extend(place.to_le_bytes());
        if let Some(word) = Near::word_in(form, entry) {
            words.extend(at.to_le_bytes());
            words.extend([word.len() as u8]);
            words.extend(word);
        }
    }
    let mut file = Vec::new();
    for part in [tree, numbers, entries.iter().flat_map(|entry| entry.write()).collect(), words] {
        file.extend((part.len() as u64).to_le_bytes());
        file.extend(&part);
        // So that the next part begins at a multiple of eight again.
        file.resize(file.len().next_multiple_of(8), 0);
    }
    file
}

/// Every form once, in order.
fn forms() -> BTreeMap<String, Entry> {
    let mut forms: BTreeMap<String, Entry> = BTreeMap::new();
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
    forms
}

impl Lexicon {
    /// Reads what [`build`] made; of a file that is cut off, nothing is known.
    fn read(file: &'static [u8]) -> Self {
        let mut rest = file;
        let mut part = || {
            let (length, behind) = rest.split_first_chunk()?;
            let (part, behind) = behind.split_at_checked(u64::from_le_bytes(*length) as usize)?;
            rest = behind.get(part.len().next_multiple_of(8) - part.len()..).unwrap_or_default();
            Some(part)
        };
        let [tree, forms, entries, words] = [(); 4].map(|()| part().unwrap_or_default());
        let entries = entries.chunks_exact(Entry::BYTES).map(Entry::read).collect();
        Self { tree: DoubleArray::new(tree).ok(), forms, entries, near: Near::new(words_in(words)) }
    }

    /// The forms that begin where `rest` of a spelled text begins, the shortest first: number and length in bytes.
    pub fn walk<'a>(&'a self, rest: &'a str) -> impl Iterator<Item = (u32, usize)> + 'a {
        self.tree.iter().flat_map(|tree| tree.common_prefix_search(rest.as_bytes()))
    }

    /// What is behind a number.
    pub fn entry(&self, number: u32) -> &Entry {
        let at = 2 * number as usize;
        &self.entries[usize::from(u16::from_le_bytes([self.forms[at], self.forms[at + 1]]))]
    }

    /// The word of weight that differs from this unknown one by one slip of the thumb.
    pub fn nearest(&self, word: &str) -> Option<u32> {
        self.near.find(word)
    }
}

/// Number and letters of the words that slips are guessed from.
fn words_in(mut rest: &'static [u8]) -> impl Iterator<Item = (u32, &'static [u8])> {
    std::iter::from_fn(move || {
        let (number, behind) = rest.split_first_chunk()?;
        let (length, behind) = behind.split_first()?;
        let (word, behind) = behind.split_at_checked(usize::from(*length))?;
        rest = behind;
        Some((u32::from_le_bytes(*number), word))
    })
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
    fn the_file_is_made_of_the_words_as_they_are() {
        assert!(build() == SHIPPED.0, "the words have changed: cargo run -p regulars-training makes the file anew");
        assert!(LEXICON.entries.len() < usize::from(u16::MAX), "a number of two bytes says which entry a form has");
        assert!(LEXICON.walk("stop ").next().is_some());
        for cut in [0, 7, 8, 1_000, SHIPPED.0.len() / 2] {
            assert!(Lexicon::read(&SHIPPED.0[..cut]).walk("stop ").next().is_none(), "cut at {cut}");
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
