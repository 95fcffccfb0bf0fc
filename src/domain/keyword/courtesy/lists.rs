//! Which courtesies stand at the ends of a text.

use std::sync::LazyLock;

use hashbrown::HashMap;

use super::after_please;
use super::words::{
    ADDRESSED, AND, ASKING, DOUBTFUL_BEFORE, DOUBTFUL_BEHIND, GREETINGS, HOW_MUCH, PLEASE, REQUESTS, THANKS,
};
use crate::text::{Sieve, is_picture};

/// What a courtesy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Picture,
    Greeting,
    /// Who is greeted.
    Addressed,
    Please,
    Thanks,
    Request,
    Doubtful,
}

/// What is said before a keyword.
static BEFORE: LazyLock<Courtesies> = LazyLock::new(|| {
    Courtesies::new(
        first_word,
        &[
            (Kind::Request, REQUESTS),
            (Kind::Greeting, GREETINGS),
            (Kind::Please, PLEASE),
            (Kind::Thanks, THANKS),
            (Kind::Doubtful, DOUBTFUL_BEFORE),
        ],
    )
});

/// What is said behind it.
static BEHIND: LazyLock<Courtesies> = LazyLock::new(|| {
    Courtesies::new(last_word, &[(Kind::Please, PLEASE), (Kind::Thanks, THANKS), (Kind::Doubtful, DOUBTFUL_BEHIND)])
});

/// Please alone.
pub(super) static PLEASES: LazyLock<Courtesies> =
    LazyLock::new(|| Courtesies::new(first_word, &[(Kind::Please, PLEASE)]));

/// Who is greeted.
static TO_WHOM: LazyLock<Courtesies> = LazyLock::new(|| Courtesies::new(first_word, &[(Kind::Addressed, ADDRESSED)]));

/// Who is thanked, and how much.
static MORE_THANKS: LazyLock<Courtesies> =
    LazyLock::new(|| Courtesies::new(last_word, &[(Kind::Addressed, ADDRESSED), (Kind::Thanks, HOW_MUCH)]));

/// What one begins with who asks to be signed up.
static ASKED: LazyLock<Courtesies> = LazyLock::new(|| Courtesies::new(first_word, &[(Kind::Request, ASKING)]));

/// Phrases by the word at their edge; those of a script without blanks apart, for their edge is anywhere.
pub(super) struct Courtesies {
    by_word: HashMap<&'static str, Vec<(Kind, &'static str)>>,
    /// Nearly no word is at an edge, and need not be looked up.
    edges: Sieve,
    without_blanks: Vec<(Kind, &'static str)>,
    edge: fn(&str) -> &str,
}

impl Courtesies {
    fn new(edge: fn(&str) -> &str, lists: &[(Kind, &'static [&'static str])]) -> Self {
        let mut courtesies = Self { by_word: HashMap::new(), edges: Sieve::EMPTY, without_blanks: Vec::new(), edge };
        for (kind, words) in lists.iter().flat_map(|(kind, list)| list.iter().map(|words| (*kind, *words))) {
            let edge = edge(words);
            match is_without_blanks(words) {
                true => courtesies.without_blanks.push((kind, words)),
                false => {
                    courtesies.edges.add(edge);
                    courtesies.by_word.entry(edge).or_default().push((kind, words));
                }
            }
        }
        courtesies
    }

    /// What leaves the least of a text: "sign me up for" before "sign me up".
    pub(super) fn longest<'a>(
        &self,
        normal: &'a str,
        strip: fn(&'a str, &str) -> Option<&'a str>,
    ) -> Option<(Kind, &'a str)> {
        let word = (self.edge)(normal);
        let without_blanks = if word.is_ascii() { &[][..] } else { &self.without_blanks };
        let known = if self.edges.passes(word) { self.by_word.get(word).map_or(&[][..], Vec::as_slice) } else { &[] };
        let known = known.iter().chain(without_blanks);
        known.filter_map(|(kind, words)| Some((*kind, strip(normal, words)?))).min_by_key(|(_, rest)| rest.len())
    }
}

/// All up to the first blank.
pub(in super::super) fn first_word(words: &str) -> &str {
    words.bytes().position(|byte| byte == b' ').map_or(words, |end| &words[..end])
}

/// All behind the last blank.
pub(super) fn last_word(words: &str) -> &str {
    words.bytes().rposition(|byte| byte == b' ').map_or(words, |blank| &words[blank + 1..])
}

pub(super) fn first_courtesy(normal: &str, last: Option<Kind>) -> Option<(Kind, &str)> {
    let word = first_word(normal);
    if is_picture(word) {
        return not_alone(normal[word.len()..].trim_start());
    }
    let addressed = || {
        let (_, rest) = TO_WHOM.longest(normal, strip_front).filter(|_| last == Some(Kind::Greeting))?;
        Some((Kind::Addressed, rest))
    };
    match BEFORE.longest(normal, strip_front) {
        Some((kind, rest)) if kind != Kind::Doubtful => Some((kind, rest)),
        doubtful => asked(normal).or_else(addressed).or(doubtful),
    }
}

/// A request that is asked for: "can you please sign me up for", "quiero inscribirme en", 请帮我加入.
fn asked(normal: &str) -> Option<(Kind, &str)> {
    let (_, rest) = ASKED.longest(normal, strip_front)?;
    let rest = after_please(rest).unwrap_or(rest);
    BEFORE.longest(rest, strip_front).filter(|(kind, _)| *kind == Kind::Request)
}

pub(super) fn last_courtesy(normal: &str) -> Option<(Kind, &str)> {
    let word = last_word(normal);
    if is_picture(word) {
        return not_alone(normal[..normal.len() - word.len()].trim_end());
    }
    let (kind, rest) = thanked(normal).or_else(|| BEHIND.longest(normal, strip_back))?;
    let joined = AND.iter().find_map(|and| strip_back(rest, and)).filter(|rest| !rest.is_empty());
    Some((kind, joined.filter(|_| kind == Kind::Thanks).unwrap_or(rest)))
}

/// Thanks, and to whom or how much: "thank you guys", "thx so much", "merci madame".
fn thanked(normal: &str) -> Option<(Kind, &str)> {
    let (_, rest) = MORE_THANKS.longest(normal, strip_back)?;
    BEHIND.longest(rest, strip_back).filter(|(kind, _)| *kind == Kind::Thanks)
}

/// A picture with nothing beside it is what is said.
fn not_alone(rest: &str) -> Option<(Kind, &str)> {
    (!rest.is_empty()).then_some((Kind::Picture, rest))
}

/// The words end at a blank, or are of a script that has none.
pub(super) fn strip_front<'a>(normal: &'a str, words: &str) -> Option<&'a str> {
    let rest = normal.strip_prefix(words)?;
    (rest.is_empty() || rest.starts_with(' ') || is_without_blanks(words)).then(|| rest.trim_start())
}

fn strip_back<'a>(normal: &'a str, words: &str) -> Option<&'a str> {
    let rest = normal.strip_suffix(words)?;
    (rest.is_empty() || rest.ends_with(' ') || is_without_blanks(words)).then(|| rest.trim_end())
}

fn is_without_blanks(words: &str) -> bool {
    words.starts_with(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'))
}
