//! What people put around a keyword, in five languages and then some: greetings, please, thanks, requests, pictures.

use std::sync::LazyLock;

use hashbrown::{HashMap, HashSet};

use super::{
    KeywordRule, MAX_LENGTH,
    likeness::slips,
    skeleton::{have_alike_letters, with_letter},
};
use crate::domain::text::{Text, is_picture};

mod words;

use self::words::{
    ADDRESSED, AND, ASKING, DOUBTFUL_BEFORE, DOUBTFUL_BEHIND, GREETINGS, HOW_MUCH, JOINED_PLEASE, PLEASE, REFUSALS,
    REQUESTS, THANKS,
};

/// A text without what stands around the keyword in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bare<'a> {
    /// What is left.
    pub core: &'a str,
    /// The weightiest of what was left out; `None` where nothing was.
    pub rule: Option<KeywordRule>,
    /// Whether please was said to the core, and left out of it.
    pub please: bool,
    /// Whether what was left out leaves open that the keyword is meant: "I want coffee".
    pub doubtful: bool,
}

/// Where a text can be cut so that what is around a keyword is left out: nowhere, after one courtesy, after two …
#[derive(Debug)]
pub(super) struct Around<'a> {
    normal: &'a str,
    fronts: Vec<Cut>,
    backs: Vec<Cut>,
    /// Which of the cuts leave the core.
    barest: (usize, usize),
}

/// What is left out up to one place.
#[derive(Debug, Clone, Copy)]
struct Cut {
    at: usize,
    rule: Option<KeywordRule>,
    please: bool,
    doubtful: bool,
}

/// The most courtesies that are left out at each end.
const CUTS_MAX: usize = 6;

/// The most bytes of a phrase.
const PHRASE_BYTES_MAX: usize = 4 * MAX_LENGTH;

impl<'a> Around<'a> {
    /// Looks for courtesies at both ends.
    pub(super) fn read(normal: &'a str) -> Self {
        let mut fronts = vec![Cut { at: 0, rule: None, please: false, doubtful: false }];
        let (mut rest, mut last) = (normal, None);
        let mut picture = None;
        while let Some((kind, after)) = first_courtesy(rest, last).filter(|_| fronts.len() <= CUTS_MAX) {
            if kind == Kind::Picture {
                picture.get_or_insert((fronts.len() - 1, normal.len() - rest.len() + first_word(rest).len()));
            }
            (rest, last) = (after, Some(kind));
            fronts.extend(fronts.last().map(|cut| cut.and(kind, normal.len() - after.len())));
        }
        // Of nothing but courtesies, each may be the phrase; a picture rather than a word.
        let is_core_open = rest.is_empty() || (is_picture(rest) && !rest.contains(' '));
        let start = if is_core_open { 0 } else { normal.len() - rest.len() };
        let mut backs = vec![Cut { at: normal.len(), rule: None, please: false, doubtful: false }];
        let mut rest = &normal[start..];
        while let Some((kind, before)) = last_courtesy(rest).filter(|_| backs.len() <= CUTS_MAX) {
            rest = before;
            backs.extend(backs.last().map(|cut| cut.and(kind, start + before.len())));
        }
        let barest = match picture.filter(|_| is_core_open) {
            Some((front, end)) => (front, backs.iter().rposition(|cut| cut.at >= end).unwrap_or(0)),
            None if is_core_open => (fronts.len() - 1, 0),
            None => (fronts.len() - 1, backs.len() - 1),
        };
        Self { normal, fronts, backs, barest }
    }

    /// Without all that can be left out; `None` where nothing is left.
    pub(super) fn barest(&self) -> Option<Bare<'a>> {
        self.bare(self.barest.0, self.barest.1)
    }

    /// Without all but the last courtesy of the front, which may belong to the keyword: "hi, THE BEAN".
    pub(super) fn nearly_barest(&self) -> Option<Bare<'a>> {
        self.bare(self.barest.0.checked_sub(1)?, self.barest.1)
    }

    /// The whole, once.
    pub(super) fn whole(&self) -> Option<Bare<'a>> {
        self.bare(0, 0)
    }

    /// All there is with something left out, the longest first.
    fn shorter(&self) -> impl Iterator<Item = Bare<'a>> {
        let cuts = |left_out: usize| {
            let front = (0..=left_out).filter(|front| *front < self.fronts.len());
            front.map(move |front| (front, left_out - front)).filter(|(_, back)| *back < self.backs.len())
        };
        let all = (0..self.fronts.len() + self.backs.len()).flat_map(cuts);
        let may_be_phrase = |bare: &Bare<'_>| bare.rule.is_some() && bare.core.len() <= PHRASE_BYTES_MAX;
        all.filter_map(|(front, back)| self.bare(front, back)).filter(may_be_phrase)
    }

    fn bare(&self, front: usize, back: usize) -> Option<Bare<'a>> {
        let (front, back) = (self.fronts.get(front)?, self.backs.get(back)?);
        let core = self.normal.get(front.at..back.at)?.trim();
        let mut bare = Bare {
            core,
            rule: front.rule.max(back.rule),
            please: front.please || back.please,
            doubtful: front.doubtful || back.doubtful,
        };
        if let Some(once) = once(core) {
            bare.core = once;
            bare.rule = bare.rule.max(Some(KeywordRule::Repeated));
        }
        (!core.is_empty()).then_some(bare)
    }
}

impl Cut {
    fn and(self, kind: Kind, at: usize) -> Self {
        let rule = match kind {
            Kind::Picture => KeywordRule::Picture,
            Kind::Greeting | Kind::Addressed | Kind::Please | Kind::Thanks => KeywordRule::Courtesy,
            Kind::Request | Kind::Doubtful => KeywordRule::Request,
        };
        // Please said to a request is not said to the keyword.
        let please = match kind {
            Kind::Request | Kind::Doubtful => false,
            _ => self.please || kind == Kind::Please,
        };
        Self { at, rule: self.rule.max(Some(rule)), please, doubtful: self.doubtful || kind == Kind::Doubtful }
    }
}

/// What may be a phrase word for word when what is around it is left out, the longest first, and why that was left out.
/// Nothing where that leaves any doubt, or where please was left out, which may belong to the phrase.
pub fn without_courtesy(text: &Text) -> impl Iterator<Item = (&str, KeywordRule)> {
    let around = Around::read(text.normal());
    let sure: Vec<_> = match text.is_only_quoted() {
        true => Vec::new(),
        false => around.shorter().filter(|bare| !bare.doubtful && !bare.please).collect(),
    };
    sure.into_iter().filter_map(|bare| Some((bare.core, bare.rule?)))
}

/// What is left of a text when greetings, please, thanks and pictures are left out, and nothing else, the longest first.
pub fn within_courtesy(text: &Text) -> impl Iterator<Item = &str> {
    let around = Around::read(text.normal());
    let is_courtesy = |bare: &Bare<'_>| !bare.doubtful && bare.rule <= Some(KeywordRule::Courtesy);
    let cores: Vec<_> = around.shorter().filter(is_courtesy).map(|bare| bare.core).collect();
    cores.into_iter()
}

/// A text whose last words are please by a slip of the thumb, or its first ones, without them: "cafe por fabor".
pub(super) fn without_slipped_please(normal: &str) -> Option<&str> {
    let blanks: Vec<usize> = normal.match_indices(' ').map(|(at, _)| at).collect();
    let many = blanks.len().min(PLEASE_WORDS_MAX);
    let behind = &blanks[blanks.len() - many..];
    let found = behind.iter().map(|&at| (&normal[..at], &normal[at + 1..])).find(|(_, words)| is_slipped_please(words));
    let mut before = blanks[..many].iter().rev().map(|&at| (&normal[at + 1..], &normal[..at]));
    found.or_else(|| before.find(|(_, words)| is_slipped_please(words))).map(|(rest, _)| rest)
}

/// The most words of please: "s il vous plait".
const PLEASE_WORDS_MAX: usize = 4;

fn is_slipped_please(words: &str) -> bool {
    let letters = words.bytes().filter(|byte| *byte != b' ');
    let count = letters.clone().count();
    if !words.is_ascii() || !(SHORT_PLEASE + 1..=SLIPPING.longest + SLIPS_MOST).contains(&count) {
        return false;
    }
    let most = if count < LONG_PLEASE { 1 } else { SLIPS_MOST };
    let mask = letters.fold(0, |mask, byte| with_letter(mask, char::from(byte)));
    let may_be = |(please, theirs): &&(String, u64)| {
        please.len().abs_diff(count) <= most && have_alike_letters(mask, *theirs, most)
    };
    let mut near = SLIPPING.pleases.iter().filter(may_be).peekable();
    near.peek().is_some() && {
        let joined = words.replace(' ', "");
        near.any(|(please, _)| slips(&joined, please, most).is_some())
    }
}

/// Please as it is typed, without blanks, each with the mask of its letters.
struct Slipping {
    pleases: Vec<(String, u64)>,
    longest: usize,
}

static SLIPPING: LazyLock<Slipping> = LazyLock::new(|| {
    let is_typed = |please: &&&str| please.is_ascii() && please.len() >= SHORT_PLEASE;
    let typed = PLEASE.iter().filter(is_typed).map(|please| please.replace(' ', ""));
    let pleases: Vec<_> = typed.map(|please| (please.clone(), please.chars().fold(0, with_letter))).collect();
    let longest = pleases.iter().map(|(please, _)| please.len()).max().unwrap_or(0);
    Slipping { pleases, longest }
});

/// The most slips there may be in a please.
const SLIPS_MOST: usize = 2;

/// So few letters are no please with a slip in it.
const SHORT_PLEASE: usize = 3;

/// From so many letters on there may be two slips.
const LONG_PLEASE: usize = 9;

/// Whether a text begins with please, and the rest of it.
pub(super) fn after_please(normal: &str) -> Option<&str> {
    PLEASES.longest(normal, strip_front).map(|(_, rest)| rest)
}

/// A word without a please that was run together with it: "coffeepls".
pub(super) fn without_joined_please(word: &str) -> Option<&str> {
    let bare = JOINED_PLEASE.iter().find_map(|please| word.strip_suffix(please))?;
    (!bare.is_empty()).then_some(bare)
}

/// Whether a word says please, or is the last of several that do.
pub fn is_please(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| PLEASE.iter().map(|please| last_word(please)).collect());
    WORDS.contains(word)
}

/// Whether a word turns a text into its opposite, so that a near miss is none.
pub fn is_refusal(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| REFUSALS.iter().copied().collect());
    WORDS.contains(word)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
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
static PLEASES: LazyLock<Courtesies> = LazyLock::new(|| Courtesies::new(first_word, &[(Kind::Please, PLEASE)]));

/// Who is greeted.
static TO_WHOM: LazyLock<Courtesies> = LazyLock::new(|| Courtesies::new(first_word, &[(Kind::Addressed, ADDRESSED)]));

/// Who is thanked, and how much.
static MORE_THANKS: LazyLock<Courtesies> =
    LazyLock::new(|| Courtesies::new(last_word, &[(Kind::Addressed, ADDRESSED), (Kind::Thanks, HOW_MUCH)]));

/// What one begins with who asks to be signed up.
static ASKED: LazyLock<Courtesies> = LazyLock::new(|| Courtesies::new(first_word, &[(Kind::Request, ASKING)]));

/// Phrases by the word at their edge; those of a script without blanks apart, for their edge is anywhere.
struct Courtesies {
    by_word: HashMap<&'static str, Vec<(Kind, &'static str)>>,
    without_blanks: Vec<(Kind, &'static str)>,
    edge: fn(&str) -> &str,
}

impl Courtesies {
    fn new(edge: fn(&str) -> &str, lists: &[(Kind, &'static [&'static str])]) -> Self {
        let mut courtesies = Self { by_word: HashMap::new(), without_blanks: Vec::new(), edge };
        for (kind, words) in lists.iter().flat_map(|(kind, list)| list.iter().map(|words| (*kind, *words))) {
            let edge = edge(words);
            match is_without_blanks(words) {
                true => courtesies.without_blanks.push((kind, words)),
                false => courtesies.by_word.entry(edge).or_default().push((kind, words)),
            }
        }
        courtesies
    }

    /// What leaves the least of a text: "sign me up for" before "sign me up".
    fn longest<'a>(&self, normal: &'a str, strip: fn(&'a str, &str) -> Option<&'a str>) -> Option<(Kind, &'a str)> {
        let word = (self.edge)(normal);
        let without_blanks = if word.is_ascii() { &[][..] } else { &self.without_blanks };
        let known = self.by_word.get(word).into_iter().flatten().chain(without_blanks);
        known.filter_map(|(kind, words)| Some((*kind, strip(normal, words)?))).min_by_key(|(_, rest)| rest.len())
    }
}

fn first_word(words: &str) -> &str {
    words.split_once(' ').map_or(words, |(word, _)| word)
}

fn last_word(words: &str) -> &str {
    words.rsplit_once(' ').map_or(words, |(_, word)| word)
}

fn first_courtesy(normal: &str, last: Option<Kind>) -> Option<(Kind, &str)> {
    let word = first_word(normal);
    if is_picture(word) {
        return not_alone(normal[word.len()..].trim_start());
    }
    let addressed = || {
        let (_, rest) = TO_WHOM.longest(normal, strip_front).filter(|_| last == Some(Kind::Greeting))?;
        Some((Kind::Addressed, rest))
    };
    let known = BEFORE.longest(normal, strip_front).filter(|(kind, _)| *kind != Kind::Doubtful);
    known.or_else(|| asked(normal)).or_else(addressed).or_else(|| BEFORE.longest(normal, strip_front))
}

/// A request that is asked for: "can you please sign me up for", "quiero inscribirme en", 请帮我加入.
fn asked(normal: &str) -> Option<(Kind, &str)> {
    let (_, rest) = ASKED.longest(normal, strip_front)?;
    let rest = after_please(rest).unwrap_or(rest);
    BEFORE.longest(rest, strip_front).filter(|(kind, _)| *kind == Kind::Request)
}

fn last_courtesy(normal: &str) -> Option<(Kind, &str)> {
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
fn strip_front<'a>(normal: &'a str, words: &str) -> Option<&'a str> {
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

/// A text that says the same several times, said once.
fn once(normal: &str) -> Option<&str> {
    const TIMES_MAX: usize = 4;
    (2..=TIMES_MAX).find_map(|times| {
        let length = (normal.len() + 1).checked_div(times).filter(|length| length * times == normal.len() + 1)?;
        let once = normal.get(..length.checked_sub(1)?).filter(|once| !once.is_empty())?;
        let is_same = |at: usize| {
            let start = at * length;
            normal.get(start..start + once.len()) == Some(once)
                && (at == 0 || normal.as_bytes().get(start - 1) == Some(&b' '))
        };
        (0..times).all(is_same).then_some(once)
    })
}

#[cfg(test)]
mod tests;
