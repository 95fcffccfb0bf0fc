//! A shop's own words: texts that it says in place of those built in, and how they are checked before they are kept.
//!
//! A text has holes in braces, `{shop}`, and forms of a word where a number decides, `{count|star|stars}`; nothing else. It
//! can reach the values of its own line and no more, and whatever it lacks is said as built in.

mod built_in;
pub mod check;
pub mod facts;
pub mod holes;
pub mod lawful;
pub mod plain;
pub mod template;
pub mod topics;
mod voice;

pub use built_in::as_built_in;
pub use template::Template;
pub use voice::Voice;

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::language::Language;

/// The most characters of a text of one's own: three segments of the GSM alphabet.
pub const CHARACTERS_MAX: usize = 459;

/// The texts that one shop says in its own words.
#[derive(Debug, Clone, Default)]
pub struct OwnWords {
    texts: HashMap<(Language, &'static str), Template, FxBuildHasher>,
}

impl OwnWords {
    /// The shop's own text in place of one of ours.
    pub fn get(&self, language: Language, key: &'static str) -> Option<&Template> {
        self.texts.get(&(language, key))
    }

    /// Takes in a text; `None`: it is said as built in from now on.
    pub fn put(&mut self, language: Language, key: &'static str, text: Option<Template>) {
        match text {
            Some(text) => self.texts.insert((language, key), text),
            None => self.texts.remove(&(language, key)),
        };
    }

    /// Whether nothing is said in other words.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}
