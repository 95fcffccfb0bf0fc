//! What the model looks at in a text. Training and hearing share this one function.

use super::{
    concept::{Concepts, WORDS, bit, each},
    phrases::said,
    rules::{followed, rule},
    tokens::{Token, Tokens},
};

/// How many features there may be: a feature's number is its hash.
pub const WIDTH: usize = 1 << 17;

/// Something of the text that weighs for or against opting out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// Its number, below [`WIDTH`].
    pub number: u32,
    /// What kind it is.
    pub kind: Kind,
    /// The bytes of the spelled text that it is about.
    pub start: u32,
    /// Their end.
    pub end: u32,
}

/// Kinds of features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words, and words in a row.
    Words,
    /// Letters in a row.
    Letters,
    /// Concepts, and concepts in a row: the same in all languages.
    Concepts,
    /// Of a clause as a whole.
    Clauses,
    /// Rules that a clause follows.
    Rules,
    /// Of the text as a whole.
    Whole,
}

impl Kind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Self; KINDS] =
        [Self::Words, Self::Letters, Self::Concepts, Self::Clauses, Self::Rules, Self::Whole];
}

/// How many kinds there are.
pub const KINDS: usize = 6;

/// How much a kind counts, found by cross-validation; that of each feature falls with how many of its kind a text has.
const SCALES: [f32; KINDS] = [3.5, 3.5, 3.5, 2.1, 2.0, 2.1];

/// What each feature of a kind is worth in a text that has so many of them. Rules are not diluted by a long text.
pub fn worth(kind: Kind, count: u32) -> f32 {
    let scale = SCALES[kind as usize];
    if kind == Kind::Rules { scale } else { scale / (count.max(1) as f32).sqrt() }
}

/// Tells `found` every feature of the text.
pub fn look(tokens: &Tokens, raw: &str, mut found: impl FnMut(Feature)) {
    words(tokens, &mut found);
    let meant = concepts(tokens, &mut found);
    rules(tokens, &mut found);
    whole(tokens, &meant, raw, &mut found);
}

pub(super) fn hash(parts: &[u64]) -> u64 {
    let mut number = 0x9e37_79b9_7f4a_7c15_u64;
    for part in parts {
        number = (number ^ part).wrapping_mul(0xff51_afd7_ed55_8ccd);
        number ^= number >> 29;
    }
    number
}

fn number(parts: &[u64]) -> u32 {
    (hash(parts) >> 20) as u32 & (WIDTH as u32 - 1)
}

/// Words by themselves, in twos and threes, twos with one between, none across clauses; letters in threes to fives.
fn words(tokens: &Tokens, found: &mut impl FnMut(Feature)) {
    let mut at = 0;
    for clause in tokens.each_clause() {
        let end = clause.last().map_or(at, |token| token.end as usize);
        at = words_of(&tokens.spelled, at, end, found);
    }
}

fn words_of(spelled: &str, from: usize, to: usize, found: &mut impl FnMut(Feature)) -> usize {
    let mut before = [(0_u64, from as u32); 3];
    let mut at = from;
    let mut all = 0;
    let mut count = 0;
    while at < to {
        let rest = &spelled[at..to];
        let first = rest.chars().next().unwrap_or(' ');
        let is_han = super::spelling::is_han(first);
        let long = if is_han { first.len_utf8() } else { rest.find(' ').unwrap_or(rest.len()) };
        let (start, end) = (at as u32, (at + long) as u32);
        let word = hash_of(&rest.as_bytes()[..long]);
        let mut say = |parts: &[u64], start| found(Feature { number: number(parts), kind: Kind::Words, start, end });
        say(&[1, word], start);
        say(&[2, before[0].0, word], before[0].1);
        say(&[3, before[1].0, before[0].0, word], before[1].1);
        say(&[4, before[1].0, word], before[1].1);
        if is_han {
            say(&[5, before[2].0, before[1].0, before[0].0, word], before[2].1);
        } else {
            letters(rest.as_bytes(), long, start, found);
        }
        before = [(word, start), before[0], before[1]];
        all = hash(&[all, word]);
        count += 1;
        at += long;
        at += usize::from(spelled[at..].starts_with(' '));
    }
    let end = to as u32;
    let mut say = |parts: &[u64], start| found(Feature { number: number(parts), kind: Kind::Words, start, end });
    say(&[2, before[0].0, 0], before[0].1);
    say(&[3, before[1].0, before[0].0, 0], before[1].1);
    if count <= 5 {
        say(&[7, all], from as u32);
    }
    at
}

fn letters(rest: &[u8], long: usize, start: u32, found: &mut impl FnMut(Feature)) {
    let end = start + long as u32;
    let at = |place: usize| if place == 0 || place > long { b' ' } else { rest[place - 1] };
    // Longer ones are no words.
    let places = long.min(24) + 2;
    for place in 0..places {
        let mut gram = 0_u64;
        for size in 1..=5 {
            if place + size > places {
                break;
            }
            gram = gram << 8 | u64::from(at(place + size - 1));
            if size >= 3 {
                found(Feature { number: number(&[6, gram]), kind: Kind::Letters, start, end });
            }
        }
    }
}

fn hash_of(word: &[u8]) -> u64 {
    let mut number = 0xcbf2_9ce4_8422_2325_u64;
    for byte in word {
        number = (number ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    number
}

/// Concepts by themselves, in twos and threes, and in twos further apart; otherwise where a clause ends between them.
fn concepts(tokens: &Tokens, found: &mut impl FnMut(Feature)) -> Vec<(Token, u64)> {
    let mut meant: Vec<(Token, u64)> = Vec::with_capacity(tokens.list.len());
    for clause in tokens.each_clause() {
        let from = meant.len();
        let mut gap = if from == 0 { 0 } else { ACROSS };
        for token in clause {
            if token.concepts & !WORDS == 0 {
                gap += if gap >= ACROSS {
                    0
                } else if token.concepts == 0 {
                    2
                } else {
                    1
                };
            } else {
                meant.push((*token, if gap >= ACROSS { ACROSS } else { gap.min(3) }));
                gap = 0;
            }
        }
        clause_of(&meant[from..], clause, found);
    }
    for (at, (token, gap)) in meant.iter().enumerate() {
        let end = token.end;
        let mut say = |parts: &[u64], start| found(Feature { number: number(parts), kind: Kind::Concepts, start, end });
        for this in few(token.concepts) {
            say(&[11, this], token.start);
            let mut across = u64::from(*gap == ACROSS);
            for back in 1..=3.min(at) {
                let (before, gap_before) = &meant[at - back];
                for that in few(before.concepts) {
                    if back == 1 {
                        say(&[12, that, this, across], before.start);
                        say(&[13, that, this, *gap], before.start);
                    } else {
                        say(&[14, that, this, across], before.start);
                    }
                    if back == 2 {
                        for middle in few(meant[at - 1].0.concepts) {
                            say(&[15, that, middle, this, across], before.start);
                        }
                    }
                }
                across |= u64::from(*gap_before == ACROSS);
            }
        }
        if at == 0 {
            few(token.concepts).for_each(|this| say(&[16, this], token.start));
        }
        if at + 1 == meant.len() {
            few(token.concepts).for_each(|this| say(&[17, this], token.start));
        }
    }
    meant
}

/// The end of a clause between two concepts.
const ACROSS: u64 = 4;

/// What a clause as a whole speaks of.
fn clause_of(meant: &[(Token, u64)], clause: &[Token], found: &mut impl FnMut(Feature)) {
    let (Some(first), Some(last)) = (clause.first(), clause.last()) else { return };
    let (start, end) = (first.start, last.end);
    let mut say = |parts: &[u64]| found(Feature { number: number(parts), kind: Kind::Clauses, start, end });
    let all = clause.iter().fold(0, |all, token| all | token.concepts) & !WORDS;
    let unknown = clause.iter().filter(|token| token.concepts == 0).count().min(2) as u64;
    if meant.len() <= 5 {
        let shape = meant.iter().fold(0, |shape, (token, _)| hash(&[shape, token.concepts & !WORDS]));
        say(&[40, shape]);
        say(&[41, shape, unknown]);
        say(&[42, all]);
    }
    let against = u64::from(all & AGAINST != 0);
    for this in each(all & ASKED).map(u64::from) {
        say(&[43, this, against, unknown]);
        for that in each(all).map(u64::from).filter(|that| *that != this) {
            say(&[44, this, that]);
            say(&[45, this, that, against]);
        }
    }
}

/// The rules that clauses follow, by themselves and with those that speak against; how many there are.
fn rules(tokens: &Tokens, found: &mut impl FnMut(Feature)) {
    let (mut for_it, mut against) = (0_u64, 0_u64);
    let mut hits: Vec<(u64, u32, u32)> = Vec::new();
    for clause in tokens.each_clause() {
        let (Some(first), Some(last)) = (clause.first(), clause.last()) else { continue };
        followed(clause, |number| {
            if rule(number).is_against() {
                against += 1
            } else {
                for_it += 1
            }
            hits.push((number as u64, first.start, last.end));
        });
    }
    let doubts = u64::from(tokens.concepts & DOUBTS != 0);
    for (rule, start, end) in hits {
        let mut say = |parts: &[u64]| found(Feature { number: number(parts), kind: Kind::Rules, start, end });
        say(&[50, rule]);
        say(&[51, rule, against.min(1)]);
        say(&[52, rule, doubts]);
    }
    let end = tokens.spelled.len() as u32;
    let mut say = |parts: &[u64]| found(Feature { number: number(parts), kind: Kind::Rules, start: 0, end });
    say(&[53, for_it.min(4), against.min(3)]);
    say(&[54, for_it.min(4)]);
    say(&[55, against.min(3)]);
    if said(tokens).is_some() {
        say(&[56]);
    }
}

/// At most three concepts of a word: more are noise.
fn few(concepts: Concepts) -> impl Iterator<Item = u64> {
    each(concepts).take(3).map(u64::from)
}

/// How long, in what tone, and what is and is not spoken of at all.
fn whole(tokens: &Tokens, meant: &[(Token, u64)], raw: &str, found: &mut impl FnMut(Feature)) {
    let end = tokens.spelled.len() as u32;
    let mut say = |parts: &[u64]| found(Feature { number: number(parts), kind: Kind::Whole, start: 0, end });
    let count = tokens.list.len() as u64;
    let length = match count {
        0..=2 => count,
        3..=4 => 3,
        5..=7 => 4,
        8..=12 => 5,
        13..=20 => 6,
        _ => 7,
    };
    let asks = u64::from(raw.contains(['?', '？', '¿']));
    let shouts = u64::from(raw.contains(['!', '！']));
    let digits = u64::from(tokens.spelled.bytes().any(|byte| byte.is_ascii_digit()));
    say(&[20]);
    say(&[21, length]);
    say(&[22, asks]);
    say(&[23, shouts]);
    say(&[24, digits]);
    say(&[25, asks, length]);
    let unknown = tokens.list.iter().filter(|token| token.concepts == 0).count() as u64;
    say(&[26, unknown.min(4)]);
    say(&[27, unknown * 4 / count.max(1)]);
    if meant.len() <= 4 {
        let shape = meant.iter().fold(0, |shape, (token, gap)| hash(&[shape, token.concepts & !WORDS, *gap]));
        say(&[28, shape]);
        let shape = meant.iter().fold(0, |shape, (token, _)| hash(&[shape, token.concepts & !WORDS]));
        say(&[29, shape]);
    }
    for concept in each(tokens.concepts).map(u64::from) {
        say(&[30, concept]);
        say(&[31, concept, length.min(5)]);
        if asks == 1 {
            say(&[32, concept]);
        }
    }
    let has = |names: Concepts| u64::from(tokens.concepts & names != 0);
    let ordinary = has(SHOP | FOOD) + 2 * has(PLACE | TIME | MUSIC | HABIT | FAMILY | WHEN) + 4 * has(DOUBTS);
    say(&[33, ordinary]);
    for concept in each(tokens.concepts & ASKED).map(u64::from) {
        say(&[34, concept, ordinary]);
        say(&[35, concept, has(TOPIC)]);
        say(&[36, concept, has(bit("ME")), has(bit("NUMBER") | bit("LIST"))]);
    }
}

const SHOP: Concepts = bit("SHOP");
const FOOD: Concepts = bit("FOOD");
const PLACE: Concepts = bit("PLACE");
const TIME: Concepts = bit("TIME");
const MUSIC: Concepts = bit("MUSIC");
const HABIT: Concepts = bit("HABIT");
const FAMILY: Concepts = bit("FAMILY");
const WHEN: Concepts = bit("WHEN");
const DOUBTS: Concepts = bit("DONTSTOP") | bit("BACK") | bit("KEEP") | bit("LIKE") | bit("CHANNEL") | bit("NAMECALL");
const AGAINST: Concepts =
    SHOP | FOOD | PLACE | TIME | MUSIC | HABIT | FAMILY | WHEN | DOUBTS | bit("ASK") | bit("ONLY");
const TOPIC: Concepts = bit("CONTACT") | bit("MESSAGES") | bit("ADS") | bit("OFFERS");
const ASKED: Concepts = bit("END")
    | bit("UNSUB")
    | bit("CANCEL")
    | bit("REMOVE")
    | bit("BLOCK")
    | bit("DNC")
    | bit("ALONE")
    | bit("GOAWAY")
    | bit("ENOUGH")
    | bit("NEG")
    | bit("WRONG")
    | bit("NOTME")
    | bit("BOTHER")
    | bit("REPORT")
    | bit("SIGNUP");
