//! A text as the words and phrases of the lexicon that it is made of.

use super::{
    concept::{Concepts, bit},
    lexicon::{LANGUAGES, LEXICON},
    spelling::{is_han, spell},
};
use crate::text::{MAX_CHARACTERS, Text};

/// A text, read for its intent.
#[derive(Debug)]
pub struct Tokens {
    /// The text as it was looked up: words with a blank behind each.
    pub spelled: String,
    /// Its words and phrases, in order.
    pub list: Vec<Token>,
    /// The languages it may be in, a bit for each of the lexicon's.
    pub languages: u8,
    /// All that is spoken of.
    pub concepts: Concepts,
    /// Where each clause ends in the list; the last ends with it.
    pub clauses: Vec<u32>,
}

/// A word or phrase of the lexicon, or a word it does not know.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Where it begins in the spelled text.
    pub start: u32,
    /// Where it ends, without the blank behind it.
    pub end: u32,
    /// What it may mean; nothing when it is unknown.
    pub concepts: Concepts,
}

/// The last language of the lexicon is everybody's.
const SHARED: u8 = 1 << (LANGUAGES.len() - 1);
const ENGLISH: u8 = 1;
const SPANISH: u8 = 1 << 1;
const FRENCH: u8 = 1 << 2;
const CHINESE: u8 = 1 << 4;

impl Tokens {
    /// Reads a text.
    pub fn read(text: &Text) -> Self {
        let (spelled, ends) = spell_clauses(text);
        let starts = find_forms(&spelled);
        let languages = languages_of(&starts);
        let list = Vec::with_capacity(spelled.len() / 4 + 2);
        let mut tokens = Self { list, spelled, languages, concepts: 0, clauses: Vec::with_capacity(ends.len()) };
        let mut after = 0;
        let mut ends = ends.into_iter().peekable();
        for start in &starts {
            while let Some(end) = ends.next_if(|end| *end <= start.at) {
                after = after.max(end);
                tokens.clauses.push(tokens.list.len() as u32);
            }
            if start.at >= after {
                after = tokens.take(start, ends.peek().copied().unwrap_or(tokens.spelled.len()));
            }
        }
        tokens.clauses.extend(ends.map(|_| tokens.list.len() as u32));
        tokens
    }

    /// The words of each clause, with the part of the spelled text that they are.
    pub fn each_clause(&self) -> impl Iterator<Item = &[Token]> {
        let starts = std::iter::once(0).chain(self.clauses.iter().copied());
        starts.zip(&self.clauses).map(|(start, end)| &self.list[start as usize..*end as usize])
    }

    /// What was typed there.
    pub fn typed(&self, token: &Token) -> &str {
        &self.spelled[token.start as usize..token.end as usize]
    }

    /// Takes the longest form that begins there and ends within the clause, or one unknown word, and answers where the
    /// next may begin.
    fn take(&mut self, start: &Start, clause_end: usize) -> usize {
        let rest = &self.spelled[start.at..clause_end];
        let word = &rest[..start.word];
        let (mut known, mut length) = (0, 0);
        for (number, long) in start.forms.iter().copied().take(start.count) {
            if long as usize > rest.len() {
                continue;
            }
            let entry = LEXICON.entry(number);
            let mut meaning = entry.meaning(self.languages | SHARED);
            if meaning == 0 && long as usize <= start.word + 1 {
                // English words are said in all languages.
                meaning = entry.meaning(ENGLISH);
            }
            if meaning != 0 {
                known = meaning;
                length =
                    if entry.is_stem { start.word.max(long as usize) } else { rest[..long as usize].trim_end().len() };
                if entry.is_stem && entry.languages & self.languages & SPANISH != 0 && has_clitic(word) {
                    known |= bit("ME");
                }
            }
        }
        if length == 0 {
            length = start.word;
            known = guess(word, self.languages) | digits(word);
        }
        self.push(start.at, start.at + length, known);
        start.at + length
    }

    fn push(&mut self, start: usize, end: usize, concepts: Concepts) {
        self.concepts |= concepts;
        self.list.push(Token { start: start as u32, end: end as u32, concepts });
    }
}

/// The text as it is looked up, and where in it each clause ends.
fn spell_clauses(text: &Text) -> (String, Vec<usize>) {
    let counted = text.raw().char_indices().nth(MAX_CHARACTERS).map_or(text.raw(), |(end, _)| &text.raw()[..end]);
    let mut pieces = clauses_of(counted);
    let Some(first) = pieces.next() else { return (String::new(), Vec::new()) };
    if first.len() == counted.len() {
        let spelled = spell(text.normal());
        let end = spelled.len();
        return (spelled, vec![end]);
    }
    let mut spelled = String::with_capacity(counted.len() + 8);
    let mut ends = Vec::new();
    for piece in std::iter::once(first).chain(pieces) {
        spelled.push_str(&spell(Text::read(piece).normal()));
        if ends.last() != Some(&spelled.len()) && !spelled.is_empty() {
            ends.push(spelled.len());
        }
    }
    (spelled, ends)
}

/// What stands between marks that part clauses: a full stop or comma with a blank behind it, any other mark, a line's end.
fn clauses_of(typed: &str) -> impl Iterator<Item = &str> {
    let mut last = ' ';
    let ends = move |c: char| {
        let parts = matches!(c, '!' | '?' | ';' | '\n' | '。' | '，' | '！' | '？' | '；' | '、' | '…' | '：')
            || (c == ' ' && matches!(last, '.' | ',' | ':' | '-' | '–' | '—'));
        last = c;
        parts
    };
    typed.split(ends)
}

/// A place where a word, or a Chinese character, begins.
struct Start {
    at: usize,
    /// How long the word or character is.
    word: usize,
    /// The forms that begin here, the shortest first: number and length.
    forms: [(u32, u32); FORMS_MOST],
    count: usize,
    /// Whether it is Chinese.
    is_han: bool,
}

/// No more forms begin with each other's beginnings; of more the longest count.
const FORMS_MOST: usize = 8;

fn find_forms(spelled: &str) -> Vec<Start> {
    let mut starts = Vec::with_capacity(spelled.len() / 4 + 2);
    let mut at = 0;
    while at < spelled.len() {
        let rest = &spelled[at..];
        let is_han = rest.starts_with(is_han);
        let word = end_of_word(rest, is_han);
        let mut start = Start { at, word, forms: [(0, 0); FORMS_MOST], count: 0, is_han };
        for (number, long) in LEXICON.walk(rest) {
            let ends = LEXICON.entry(number).is_stem
                || rest[..long].ends_with(' ')
                || rest[..long].ends_with(super::spelling::is_han);
            if ends {
                if start.count == FORMS_MOST {
                    start.forms.rotate_left(1);
                    start.count -= 1;
                }
                start.forms[start.count] = (number, long as u32);
                start.count += 1;
            }
        }
        starts.push(start);
        at += word;
        at += usize::from(spelled[at..].starts_with(' '));
    }
    starts
}

/// Where the word, or the one Chinese character, at the beginning ends.
fn end_of_word(rest: &str, is_han: bool) -> usize {
    if is_han { rest.chars().next().map_or(0, char::len_utf8) } else { rest.find(' ').unwrap_or(rest.len()) }
}

/// The languages most of whose words are in the text.
fn languages_of(starts: &[Start]) -> u8 {
    if starts.iter().any(|start| start.is_han) {
        return CHINESE;
    }
    let mut votes = [0_u32; LANGUAGES.len()];
    for start in starts {
        // The longest form that is no more than the word.
        let word = start.forms.iter().take(start.count).rfind(|(_, long)| *long as usize <= start.word + 1);
        let languages = word.map_or(0, |(number, _)| LEXICON.entry(*number).languages);
        for (at, vote) in votes.iter_mut().enumerate() {
            *vote += u32::from(languages >> at & 1);
        }
    }
    let most = votes[..LANGUAGES.len() - 1].iter().copied().max().unwrap_or(0);
    votes.iter().enumerate().map(|(at, vote)| u8::from(*vote == most) << at).sum()
}

/// Spanish hangs "me" on its verbs: sáquenme.
fn has_clitic(word: &str) -> bool {
    word.len() > 4 && (word.ends_with("me") || word.ends_with("nos"))
}

/// A number that may be one to call or answer to.
fn digits(word: &str) -> Concepts {
    if word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_digit()) { bit("DIGITS") } else { 0 }
}

/// What an unknown word may mean: French behind an elision, digits for letters, a slip of the thumb.
fn guess(word: &str, languages: u8) -> Concepts {
    if languages & FRENCH != 0
        && let Some(meaning) = behind_elision(word)
    {
        return meaning;
    }
    let letters = letters_for_digits(word);
    let near = letters.as_deref().and_then(whole_word).or_else(|| LEXICON.nearest(letters.as_deref().unwrap_or(word)));
    near.map_or(0, |number| LEXICON.entry(number).meaning(languages | SHARED | ENGLISH))
}

/// menvoyez is m'envoyez.
fn behind_elision(word: &str) -> Option<Concepts> {
    let elided = ["qu", "l", "d", "j", "m", "n", "s", "t", "c"].iter().find(|elided| word.starts_with(**elided))?;
    let rest = &word[elided.len()..];
    if !rest.starts_with(['a', 'e', 'i', 'o', 'u', 'h', 'y']) {
        return None;
    }
    let own = match *elided {
        "m" | "j" => bit("ME"),
        "n" => bit("NEG"),
        "t" => bit("YOU"),
        _ => 0,
    };
    let mut spelled = String::with_capacity(rest.len() + 1);
    spelled.push_str(rest);
    spelled.push(' ');
    let found =
        LEXICON.walk(&spelled).filter(|(number, length)| *length > rest.len() || LEXICON.entry(*number).is_stem);
    let meaning = found.last().map(|(number, _)| LEXICON.entry(number).meaning(FRENCH)).filter(|meaning| *meaning != 0);
    meaning.map(|meaning| meaning | own)
}

/// st0p, 5top: only where letters and digits are mixed.
fn letters_for_digits(word: &str) -> Option<String> {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 || digits * 2 > word.len() {
        return None;
    }
    let letter = |c| match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        other => other,
    };
    Some(word.chars().map(letter).collect())
}

fn whole_word(word: &str) -> Option<u32> {
    let spelled = format!("{word} ");
    LEXICON.walk(&spelled).find(|(_, length)| *length == spelled.len()).map(|(number, _)| number)
}
