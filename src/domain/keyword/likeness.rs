//! How like a text is to a phrase: the same but for courtesy and blanks, or some slips of the thumb away.

use std::borrow::Cow;

use strsim::osa_distance;

use super::courtesy::{
    Around, Bare, after_please, first_word, is_refusal, without_joined_please, without_slipped_please,
};
use super::neighbours::Nearness;
use super::{
    KeywordRule, MAX_LENGTH, MAX_WORDS, Phrase,
    skeleton::{Skeleton, have_alike_letters, with_letter},
};
use crate::{intent::spelling::in_simplified, text::Text};

/// How like a phrase is to a text. The lesser is the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// It is the phrase, by this rule; with please left out or said in another word, but nothing else changed.
    Same {
        /// Whether the phrase has a please that the text has as well, or neither.
        politely: Politely,
        /// By which rule.
        rule: KeywordRule,
    },
    /// It may be meant: so many slips lie between.
    Near(usize),
}

impl Likeness {
    /// The phrase itself.
    pub const SAME: Self = Self::Same { politely: Politely::Alike, rule: KeywordRule::Exact };
}

/// Whether a text and a phrase agree in saying please.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Politely {
    /// Both say it, or neither.
    Alike,
    /// The text says it, the phrase does not.
    More,
}

/// The most slips that are forgiven in this many characters. (House rule: a short word is soon another word.)
pub fn slips_max(characters: usize) -> usize {
    match characters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// What a text may mean, prepared once for all phrases it is compared with.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// The text without all that is around the keyword, with some of it, and whole; those that differ.
    readings: Vec<Reading>,
    normal: &'a str,
    /// Whether it may only be asked for: all of it is quoted.
    doubtful: bool,
}

#[derive(Debug)]
struct Reading {
    loose: Loose,
    rule: Option<KeywordRule>,
    doubtful: bool,
    /// Whether its please was said with a slip of the thumb.
    slipped: bool,
    /// Of the spelling, and of the letters without please where there is one.
    skeletons: (Skeleton, Option<Skeleton>),
}

impl<'a> Wanted<'a> {
    /// Prepares a text; `None` where no keyword is like it: it says too much, or only courtesies.
    pub fn read(text: &'a Text) -> Option<Self> {
        Self::within(text, &Around::of(text))
    }

    /// Prepares a text that was looked through for courtesies.
    pub fn within(text: &'a Text, around: &Around<'a>) -> Option<Self> {
        let normal = text.normal();
        if normal.len() > BYTES_MAX {
            return None;
        }
        let barest = around.barest()?;
        let mut readings: Vec<Reading> = Vec::with_capacity(READINGS_MAX);
        readings.extend(Reading::new(barest));
        let others = [around.nearly_barest(), around.whole()].into_iter().flatten();
        for other in others.filter(|other| *other != barest).filter_map(Reading::new) {
            // Where only please was left out, that is said to both.
            if readings.iter().all(|reading| reading.loose != other.loose) {
                readings.push(other);
            }
        }
        readings.extend(Reading::with_slipped_please(barest));
        (!readings.is_empty()).then_some(Self { readings, normal, doubtful: text.is_only_quoted() })
    }

    /// How often to look for phrases that may be like it: first for what is the same, then further.
    pub fn rounds(&self) -> usize {
        1 + self.readings.len()
    }

    /// The skeletons under which to look in a round, and how near them.
    pub(super) fn skeletons(&self, round: usize) -> impl Iterator<Item = (Cow<'_, Skeleton>, Nearness)> {
        let first = round == 0;
        let of_all = self.readings.iter().filter(move |_| first).flat_map(Reading::skeletons);
        let of_one =
            round.checked_sub(1).and_then(|at| self.readings.get(at)).into_iter().flat_map(Reading::own_skeletons);
        of_all
            .map(|skeleton| (skeleton, Nearness::Same))
            .chain(of_one.map(|skeleton| (Cow::Borrowed(skeleton), Nearness::Near)))
    }

    /// How like it is to the phrase; `None` where it is not.
    pub fn likeness(&self, phrase: &Phrase) -> Option<Likeness> {
        let theirs = Loose::of(phrase.normal());
        let best = self.readings.iter().filter_map(|reading| reading.likeness(&theirs)).min()?;
        match best {
            Likeness::Same { .. } if self.doubtful => Some(Likeness::Near(0)),
            Likeness::Near(_) if self.refuses_otherwise_than(phrase) => None,
            _ => Some(best),
        }
    }

    /// "No coffee pls" is not COFFEE PLS.
    fn refuses_otherwise_than(&self, phrase: &Phrase) -> bool {
        let mut refusals = self.normal.split(' ').filter(|word| is_refusal(word));
        refusals.any(|word| !phrase.normal().split(' ').any(|other| other == word))
    }
}

/// Barest, nearly barest, whole, and with a slip in its please.
const READINGS_MAX: usize = 4;

/// The most bytes of a text that may be a keyword and what is around it.
const BYTES_MAX: usize = 4 * MAX_LENGTH;

/// The most words of a text that may be a keyword: some are pulled apart.
const WORDS_MAX: usize = MAX_WORDS + 3;

/// The fewest letters that are the same keyword whatever blanks are between: fewer fall apart too easily.
const JOINED_MIN: usize = 4;

impl Reading {
    fn new(bare: Bare<'_>) -> Option<Self> {
        if bare.core.split(' ').nth(WORDS_MAX).is_some() && !is_spelled_out(bare.core) {
            return None;
        }
        let mut loose = Loose::of(bare.core);
        loose.say_please(bare.please);
        let characters = loose.letters.chars().count();
        if characters == 0 || characters > MAX_LENGTH + slips_max(MAX_LENGTH) {
            return None;
        }
        let skeletons = (Skeleton::of(&loose.spelled), loose.please.then(|| Skeleton::of(&loose.letters)));
        Some(Self { loose, rule: bare.rule, doubtful: bare.doubtful, slipped: false, skeletons })
    }

    /// With please for what is nearly that: "cafe svpp"; but "the coffee place" is a place.
    fn with_slipped_please(bare: Bare<'_>) -> Option<Self> {
        let core = without_slipped_please(bare.core).filter(|_| !bare.please && !bare.doubtful)?;
        Some(Self { slipped: true, ..Self::new(Bare { core, please: true, ..bare })? })
    }

    /// Of what is spelled, and of it without please.
    fn own_skeletons(&self) -> impl Iterator<Item = &Skeleton> {
        std::iter::once(&self.skeletons.0).chain(&self.skeletons.1)
    }

    /// The same, and with please behind.
    fn skeletons(&self) -> impl Iterator<Item = Cow<'_, Skeleton>> {
        let is_behind = self.loose.spelled.strip_suffix(PLEASE) == Some(&self.loose.letters);
        let letters = self.skeletons.1.as_ref().unwrap_or(&self.skeletons.0);
        let with = (!is_behind).then(|| Cow::Owned(letters.followed_by(&self.loose.letters, PLEASE)));
        self.own_skeletons().map(Cow::Borrowed).chain(with)
    }

    fn likeness(&self, theirs: &Loose) -> Option<Likeness> {
        let likeness = if self.loose.letters == theirs.letters || self.loose.spelled == theirs.spelled {
            self.same(theirs)
        } else {
            self.near(theirs)
        };
        match likeness? {
            // A word like please is another word where the phrase has none.
            _ if self.slipped && !theirs.please => None,
            Likeness::Same { .. } if self.slipped => Some(Likeness::Near(1)),
            Likeness::Near(slips) if self.slipped => Some(Likeness::Near(slips + 1)),
            likeness => Some(likeness),
        }
    }

    fn same(&self, theirs: &Loose) -> Option<Likeness> {
        let politely = match (self.loose.please, theirs.please) {
            (false, true) if self.loose.spelled != theirs.spelled => return Some(Likeness::Near(1)),
            (true, false) => Politely::More,
            _ => Politely::Alike,
        };
        let joined = self.loose.words != theirs.words;
        if self.doubtful || (joined && self.loose.letters.chars().count() < JOINED_MIN) {
            return Some(Likeness::Near(0));
        }
        let rule = if joined { KeywordRule::Joined } else { self.rule.unwrap_or(KeywordRule::Courtesy) };
        Some(Likeness::Same { politely, rule })
    }

    fn near(&self, theirs: &Loose) -> Option<Likeness> {
        let ours = &self.loose;
        let most = slips_max(ours.characters.min(theirs.characters));
        let (spelled, letters) = &self.skeletons;
        let spelled = (&*ours.spelled, spelled);
        let letters = (&*ours.letters, letters.as_ref().unwrap_or(spelled.1));
        let slips = match (ours.please, theirs.please) {
            (true, true) => distance(spelled, &theirs.spelled, most),
            // Said to be missing, or misspelled and so a part of the letters.
            (false, true) => {
                let missing = distance(letters, &theirs.letters, most.saturating_sub(1)).map(|slips| slips + 1);
                let sounds_alike = || letters.1.letters() == Skeleton::of(&theirs.letters).letters();
                let missing = missing.or_else(|| (most > 0 && sounds_alike()).then_some(2));
                missing.into_iter().chain(distance(letters, &theirs.spelled, most)).min()
            }
            _ => distance(letters, &theirs.letters, most),
        };
        slips.map(Likeness::Near)
    }
}

/// "c o f f e e"
fn is_spelled_out(core: &str) -> bool {
    core.split(' ').all(|word| word.chars().nth(1).is_none())
}

/// The skeleton under which a phrase is kept.
pub(super) fn skeleton_of(phrase: &Phrase) -> Skeleton {
    Skeleton::of(&Loose::of(phrase.normal()).spelled)
}

/// Slips between two spellings: characters more, fewer, other, or two that changed places. What sounds or looks alike
/// counts as one slip, however often. `None` where there are too many to count.
fn distance((ours, skeleton): (&str, &Skeleton), theirs: &str, most: usize) -> Option<usize> {
    let (short, long) = (ours.len().min(theirs.len()), ours.len().max(theirs.len()));
    if most == 0 || long - short > LENGTHS_APART_MAX {
        return None;
    }
    match slips(ours, theirs, most) {
        Some(slips) if slips <= 1 => Some(slips),
        plainly => {
            let alike = slips(skeleton.letters(), Skeleton::of(theirs).letters(), most - 1).map(|slips| slips + 1);
            alike.into_iter().chain(plainly).min()
        }
    }
}

/// Slips between two spellings, if they are not more than so many. What both begin and end with is left out first, and
/// so is what differs in too many letters: that costs nothing beside the table of `osa_distance`.
pub(super) fn slips(ours: &str, theirs: &str, most: usize) -> Option<usize> {
    let (ours, theirs) = differing(ours, theirs);
    let letters = |text: &str| text.chars().fold(0, with_letter);
    let apart = ours.chars().count().abs_diff(theirs.chars().count());
    if apart > most || !have_alike_letters(letters(ours), letters(theirs), most) {
        return None;
    }
    Some(osa_distance(ours, theirs)).filter(|slips| *slips <= most)
}

/// Two texts without their common beginning and end.
fn differing<'a>(ours: &'a str, theirs: &'a str) -> (&'a str, &'a str) {
    let common: usize = ours.chars().zip(theirs.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    let (ours, theirs) = (&ours[common..], &theirs[common..]);
    let ends = ours.chars().rev().zip(theirs.chars().rev()).take_while(|(a, b)| a == b);
    let common: usize = ends.map(|(c, _)| c.len_utf8()).sum();
    (&ours[..ours.len() - common], &theirs[..theirs.len() - common])
}

/// The most bytes by which two spellings with few slips between them differ in length, doubled letters included.
const LENGTHS_APART_MAX: usize = 8;

/// A phrase without blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Loose {
    /// Without its please.
    letters: String,
    /// With its please, always spelled [`PLEASE`].
    spelled: String,
    /// How many characters that are.
    characters: usize,
    please: bool,
    /// Where words begin; tells joined words apart.
    words: u64,
}

/// One spelling of please for all.
const PLEASE: &str = "pls";

impl Loose {
    fn of(normal: &str) -> Self {
        let normal = &*in_simplified(normal);
        let letters = String::with_capacity(normal.len());
        let spelled = String::with_capacity(normal.len() + PLEASE.len());
        let mut loose = Self { letters, spelled, characters: 0, please: false, words: 0 };
        let mut rest = normal;
        while !rest.is_empty() {
            if let Some(after) = after_please(rest) {
                loose.spelled.push_str(PLEASE);
                loose.please = true;
                rest = after;
                continue;
            }
            let word = first_word(rest);
            let after = rest.get(word.len() + 1..).unwrap_or_default();
            loose.words |= 1_u64.checked_shl(u32::try_from(loose.letters.len()).unwrap_or(u32::MAX)).unwrap_or(0);
            loose.letters.push_str(word);
            loose.spelled.push_str(word);
            rest = after;
        }
        loose.part_joined_please();
        loose.characters = loose.spelled.chars().count();
        loose
    }

    fn part_joined_please(&mut self) {
        let Some(bare) = without_joined_please(&self.letters).map(str::len) else { return };
        if self.please {
            return;
        }
        self.letters.truncate(bare);
        self.spelled.truncate(bare);
        self.say_please(true);
        // Whatever its words were, one was run together with please.
        self.words |= JOINED;
    }

    fn say_please(&mut self, please: bool) {
        if please && !self.please {
            self.please = true;
            self.spelled.push_str(PLEASE);
            self.characters += PLEASE.len();
        }
    }
}

/// Set among the words of what had its please joined on.
const JOINED: u64 = 1 << 63;

#[cfg(test)]
mod tests;
