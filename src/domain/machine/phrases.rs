//! All phrases that machines use, looked for in one pass over a text.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::{automatic, echo, notice, reaction, system};

/// Which lists of phrases a text has something of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Said(u32);

/// A list of phrases that mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Declared,
    Contacted,
    Later,
    LaterOfOne,
    Away,
    Busy,
    Closed,
    Undelivered,
    NoNumber,
    Full,
    NoTexts,
    Rates,
    Instructions,
    Out,
    Code,
    CodeWord,
    Secret,
    Parcel,
    UnderWay,
    Account,
    /// At the beginning only.
    DeclaredFirst,
    /// At the beginning only.
    ToldByPeople,
    /// The whole text only.
    QuickReply,
    /// At the end only.
    Thing,
}

const LISTS: &[(List, &[&str])] = &[
    (List::Declared, automatic::DECLARED),
    (List::Contacted, automatic::CONTACTED),
    (List::Later, automatic::LATER),
    (List::LaterOfOne, automatic::LATER_OF_ONE),
    (List::Away, automatic::AWAY),
    (List::Busy, automatic::BUSY),
    (List::Closed, automatic::CLOSED),
    (List::Undelivered, notice::UNDELIVERED),
    (List::NoNumber, notice::NO_NUMBER),
    (List::Full, notice::FULL),
    (List::NoTexts, notice::NO_TEXTS),
    (List::Rates, echo::RATES),
    (List::Instructions, echo::INSTRUCTIONS),
    (List::Out, echo::OUT),
    (List::Code, system::CODES),
    (List::CodeWord, system::CODE_WORDS),
    (List::Secret, system::SECRETS),
    (List::Parcel, system::PARCELS),
    (List::UnderWay, system::UNDER_WAY),
    (List::Account, system::ACCOUNTS),
    (List::DeclaredFirst, automatic::DECLARED_FIRST),
    (List::ToldByPeople, notice::TOLD_BY_PEOPLE),
    (List::QuickReply, automatic::QUICK_REPLIES),
    (List::Thing, reaction::THINGS),
];

struct Phrases {
    automaton: AhoCorasick,
    lists: Vec<List>,
}

/// Built once; an automaton of some ten thousand states is far from what cannot be built.
static PHRASES: LazyLock<Option<Phrases>> = LazyLock::new(|| {
    let all = || LISTS.iter().flat_map(|(list, phrases)| phrases.iter().map(move |words| (*list, *words)));
    let automaton = AhoCorasick::new(all().map(|(_, words)| words)).ok()?;
    Some(Phrases { automaton, lists: all().map(|(list, _)| list).collect() })
});

impl Said {
    /// Looks for all phrases in a normal form.
    pub(super) fn read(normal: &str) -> Self {
        let Some(phrases) = PHRASES.as_ref() else { return Self::default() };
        let found = phrases.automaton.find_overlapping_iter(normal).filter_map(|found| {
            let list = phrases.lists.get(found.pattern().as_usize())?;
            let is_there = list.is_at(found.start() == 0, found.end() == normal.len());
            (is_there && are_words(normal, found.start(), found.end())).then_some(list)
        });
        Self(found.fold(0, |said, list| said | list.bit()))
    }

    /// Whether a phrase of the list is in it.
    pub(super) fn has(self, list: List) -> bool {
        self.0 & list.bit() != 0
    }

    /// Whether somebody asks us to stop, beyond quoting how one does.
    pub(super) fn wants_out(self) -> bool {
        self.has(List::Out) && !self.has(List::Instructions)
    }
}

impl List {
    fn is_at(self, beginning: bool, end: bool) -> bool {
        match self {
            Self::DeclaredFirst | Self::ToldByPeople => beginning,
            Self::QuickReply => beginning && end,
            Self::Thing => end,
            _ => true,
        }
    }

    fn bit(self) -> u32 {
        1 << (self as u32)
    }
}

/// Whether the phrase begins and ends with words; Chinese has no blanks to tell.
fn are_words(normal: &str, start: usize, end: usize) -> bool {
    let is_in_word = |edge: Option<&u8>, beyond: Option<&u8>| {
        edge.is_some_and(u8::is_ascii) && beyond.is_some_and(|byte| byte.is_ascii() && *byte != b' ')
    };
    let byte = |at: usize| normal.as_bytes().get(at);
    let before = start.checked_sub(1).and_then(byte);
    !is_in_word(byte(start), before) && !is_in_word(end.checked_sub(1).and_then(byte), byte(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn all_phrases_are_in_normal_form_and_found() {
        assert!(PHRASES.is_some());
        for (list, phrases) in LISTS {
            for words in *phrases {
                assert_eq!(Text::read(words).normal(), *words);
                assert!(Said::read(words).has(*list), "{words}");
                let amid = Said::read(&format!("x {words} y"));
                assert_eq!(amid.has(*list), list.is_at(false, false), "{words}");
            }
        }
        assert_eq!(Said::read("unstoppable nonstop stops"), Said::default());
    }
}
