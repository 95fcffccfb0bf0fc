//! What people put around a keyword, in five languages and then some: greetings, please, thanks, requests, pictures.

use std::sync::LazyLock;

use super::{KeywordRule, MAX_LENGTH};
use crate::text::{Text, Words, is_picture};

mod lists;
mod slipped;
mod words;

pub(super) use self::lists::first_word;
use self::lists::{Kind, PLEASES, first_courtesy, last_courtesy, last_word, strip_front};
use self::words::{JOINED_PLEASE, PLEASE, REFUSALS};
pub(super) use slipped::without_slipped_please;

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
pub struct Around<'a> {
    normal: &'a str,
    fronts: Cuts,
    backs: Cuts,
    /// Which of the cuts leave the core.
    barest: (usize, usize),
}

/// Cuts at one end, each of which leaves out more.
#[derive(Debug)]
struct Cuts {
    cuts: [Cut; CUTS_MAX + 1],
    count: usize,
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
    /// Looks for courtesies at both ends of a text.
    pub fn of(text: &'a Text) -> Self {
        Self::read(text.normal())
    }

    /// Looks for courtesies at both ends of a normal form.
    pub(super) fn read(normal: &'a str) -> Self {
        let mut fronts = Cuts::none(0);
        let (mut rest, mut last) = (normal, None);
        let mut picture = None;
        while let Some((kind, after)) = first_courtesy(rest, last).filter(|_| fronts.count <= CUTS_MAX) {
            if kind == Kind::Picture {
                picture.get_or_insert((fronts.count - 1, normal.len() - rest.len() + first_word(rest).len()));
            }
            (rest, last) = (after, Some(kind));
            fronts.add(kind, normal.len() - after.len());
        }
        // Of nothing but courtesies, each may be the phrase; a picture rather than a word.
        let is_core_open = rest.is_empty() || (is_picture(rest) && !rest.contains(' '));
        let start = if is_core_open { 0 } else { normal.len() - rest.len() };
        let mut backs = Cuts::none(normal.len());
        let mut rest = &normal[start..];
        while let Some((kind, before)) = last_courtesy(rest).filter(|_| backs.count <= CUTS_MAX) {
            rest = before;
            backs.add(kind, start + before.len());
        }
        let barest = match picture.filter(|_| is_core_open) {
            Some((front, end)) => (front, backs.all().iter().rposition(|cut| cut.at >= end).unwrap_or(0)),
            None if is_core_open => (fronts.count - 1, 0),
            None => (fronts.count - 1, backs.count - 1),
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
            let front = (0..=left_out).filter(|front| *front < self.fronts.count);
            front.map(move |front| (front, left_out - front)).filter(|(_, back)| *back < self.backs.count)
        };
        let all = (0..self.fronts.count + self.backs.count).flat_map(cuts);
        let may_be_phrase = |bare: &Bare<'_>| bare.rule.is_some() && bare.core.len() <= PHRASE_BYTES_MAX;
        all.filter_map(|(front, back)| self.bare(front, back)).filter(may_be_phrase)
    }

    fn bare(&self, front: usize, back: usize) -> Option<Bare<'a>> {
        let (front, back) = (self.fronts.all().get(front)?, self.backs.all().get(back)?);
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

impl Cuts {
    /// Nothing is left out.
    fn none(at: usize) -> Self {
        Self { cuts: [Cut { at, rule: None, please: false, doubtful: false }; CUTS_MAX + 1], count: 1 }
    }

    fn all(&self) -> &[Cut] {
        &self.cuts[..self.count]
    }

    /// One courtesy more, if there is room for it.
    fn add(&mut self, kind: Kind, at: usize) {
        let last = self.cuts[self.count - 1];
        if let Some(next) = self.cuts.get_mut(self.count) {
            *next = last.and(kind, at);
            self.count += 1;
        }
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
pub fn without_courtesy<'a>(text: &'a Text, around: &Around<'a>) -> impl Iterator<Item = (&'a str, KeywordRule)> {
    let sure = (!text.is_only_quoted()).then(|| around.shorter().filter(|bare| !bare.doubtful && !bare.please));
    sure.into_iter().flatten().filter_map(|bare| Some((bare.core, bare.rule?)))
}

/// What is left of a text when greetings, please, thanks and pictures are left out, and nothing else, the longest first.
pub fn within_courtesy(text: &Text) -> impl Iterator<Item = &str> {
    let around = Around::read(text.normal());
    let is_courtesy = |bare: &Bare<'_>| !bare.doubtful && bare.rule <= Some(KeywordRule::Courtesy);
    let cores: Vec<_> = around.shorter().filter(is_courtesy).map(|bare| bare.core).collect();
    cores.into_iter()
}

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
    static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(PLEASE.iter().map(|please| last_word(please))));
    WORDS.has(word)
}

/// Whether a word turns a text into its opposite, so that a near miss is none.
pub fn is_refusal(word: &str) -> bool {
    static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(REFUSALS.iter().copied()));
    WORDS.has(word)
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
