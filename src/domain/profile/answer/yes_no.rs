//! Yes or no, in any language and as a thumb.

use std::{collections::HashSet, sync::LazyLock};

use super::Unclear;
use crate::{
    intent::spelling::spell,
    language::words_in_all_languages,
    text::{Text, is_picture},
};

/// The most words of an answer whose first word decides: "yes I do", "no, never on Sundays".
const WORDS_MAX: usize = 8;

/// Reads yes or no: the whole text, or what stands alone at one end, or its first word where nothing after it says the
/// contrary.
pub(super) fn read(text: &Text) -> Result<bool, Unclear> {
    let words: Vec<&str> = text.words().filter(|word| !is_picture(word)).collect();
    let said = words.join(" ");
    if is_undecided(&said) {
        return Err(Unclear::NoOption);
    }
    match (is_yes(&said), is_no(&said)) {
        (true, false) => return Ok(true),
        (false, true) => return Ok(false),
        _ if words.is_empty() => return read_pictures(text),
        _ => {}
    }
    if let Some(at_an_end) = read_ends(text).filter(|_| words.len() <= WORDS_MAX) {
        return Ok(at_an_end);
    }
    let first = words.first().copied().filter(|word| words.len() <= WORDS_MAX && (word.len() > 1));
    let rest = words.get(1..).unwrap_or_default();
    let says = |is_said: &dyn Fn(&str) -> bool| rest.iter().any(|word| is_said(word) || BUT.contains(word));
    match first {
        Some(first) if is_yes(first) && !says(&|word| is_no(word) || NOT.contains(&word)) => Ok(true),
        Some(first) if is_no(first) && !says(&is_yes) => Ok(false),
        Some(first) if is_yes(first) || is_no(first) => Err(Unclear::SeveralOptions),
        _ => Err(Unclear::NoOption),
    }
}

/// Yes or no where it stands alone at one end, set off by a comma, and the other end does not say the contrary.
fn read_ends(text: &Text) -> Option<bool> {
    let clauses: Vec<Text> =
        text.raw().split(parts_clauses).map(Text::read).filter(|clause| !clause.is_blank()).collect();
    let [first, .., last] = clauses.as_slice() else { return None };
    let takes_back =
        clauses.iter().any(|clause| clause.words().any(|word| BUT.contains(&word)) || is_undecided(clause.normal()));
    match [first, last].map(said_plainly) {
        _ if takes_back => None,
        [Some(first), Some(last)] => (first == last).then_some(first),
        [first, last] => first.or(last),
    }
}

fn parts_clauses(character: char) -> bool {
    matches!(character, ',' | '.' | '!' | ';' | ':' | '，' | '。' | '！' | '；' | '、' | '—' | '–' | '\n')
}

/// Yes or no, where the whole says it.
fn said_plainly(clause: &Text) -> Option<bool> {
    let said: Vec<&str> = clause.words().filter(|word| !is_picture(word)).collect();
    let said = said.join(" ");
    (is_yes(&said) != is_no(&said)).then(|| is_yes(&said))
}

fn is_yes(said: &str) -> bool {
    is_listed(said, |said| YES.contains(said) || SURELY.contains(&said))
}

fn is_no(said: &str) -> bool {
    is_listed(said, |said| NO.contains(said) || NEVER.contains(&said))
}

/// Also in traditional characters, and with letters held down: "yeahhh".
fn is_listed(said: &str, listed: impl Fn(&str) -> bool) -> bool {
    listed(said) || listed(spell(said).trim_end())
}

fn is_undecided(said: &str) -> bool {
    let begins =
        |phrase: &&str| said.strip_prefix(*phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    UNDECIDED.iter().any(begins)
}

/// Yes or no by a thumb, a tick or a cross, where nothing is said besides; `None` where they disagree.
pub(super) fn by_pictures(text: &Text) -> Option<bool> {
    let is_all_pictures = !text.is_blank() && text.words().all(is_picture);
    is_all_pictures.then(|| read_pictures(text).ok()).flatten()
}

fn read_pictures(text: &Text) -> Result<bool, Unclear> {
    let has = |pictures: &[&str]| text.words().any(|word| pictures.contains(&word));
    match (has(YES_PICTURES), has(NO_PICTURES)) {
        (true, false) => Ok(true),
        (false, true) => Ok(false),
        (true, true) => Err(Unclear::SeveralOptions),
        (false, false) => Err(Unclear::NoOption),
    }
}

static YES: LazyLock<HashSet<String>> = LazyLock::new(|| words_in_all_languages("words-yes").into_keys().collect());
static NO: LazyLock<HashSet<String>> = LazyLock::new(|| words_in_all_languages("words-no").into_keys().collect());

const YES_PICTURES: &[&str] = &["👍", "👌", "✅", "✔", "☑", "🙋", "💯", "🆗"];
const NO_PICTURES: &[&str] = &["👎", "❌", "✖", "🚫", "🙅", "🙅‍♀", "🙅‍♂"];

/// More than agreement to a contract may be read from: what says yes to a question about oneself, in normal form.
#[rustfmt::skip]
const SURELY: &[&str] = &[
    "yup", "ya", "yea", "yess", "yesss", "yas", "aye", "of course", "definitely", "absolutely", "certainly", "always",
    "i do", "i am", "i have", "i would", "i did", "i can", "very much", "correct", "right", "true", "totally",
    "for sure", "you bet", "every day", "sometimes", "por supuesto", "desde luego", "siempre", "claro que si", "sip",
    "sii", "siii", "asi es", "correcto", "a veces", "efectivamente", "oui", "ouais", "ouaip", "bien sur",
    "evidemment", "toujours", "tout a fait", "absolument", "parfois", "exactement", "da", "desigur", "sigur",
    "bineinteles", "evident", "mereu", "intotdeauna", "uneori", "normal", "clar", "是", "是的", "对", "对的", "有", "有的",
    "why not", "fine", "all right", "please", "obvio", "seguro", "bueno", "como no", "por supuesto que si", "pourquoi pas", "pk pas", "exact",
    "fireste", "加", "加入", "加吧", "我要加入", "我加",
    "要", "好", "好的", "会", "会的", "当然", "嗯", "嗯嗯", "可以", "喜欢", "需要", "行", "對", "當然",
];

/// What says no to a question about oneself, in normal form.
#[rustfmt::skip]
const NEVER: &[&str] = &[
    "nah", "noo", "nooo", "never", "not really", "not at all", "not yet", "i dont", "i do not", "im not", "i am not",
    "i havent", "i wouldnt", "i cant", "none", "negative", "false", "nada", "nunca", "jamas", "todavia no", "aun no",
    "para nada", "tampoco", "nop", "que no", "claro que no", "non", "jamais", "pas du tout", "pas vraiment",
    "pas encore", "aucun", "aucune", "nan", "nu", "niciodata", "deloc", "inca nu", "nicidecum", "nici vorba",
    "nici una", "not interested", "negativo", "ni hablar", "pas interesse", "pas interessee", "nici gand", "in niciun caz", "没兴趣", "不加", "不加了",
    "别加", "不", "不是", "没", "没有", "不要", "否", "不会", "从不", "不用", "不喜欢", "不需要", "不行", "不对", "不可以", "沒有", "不對",
];

/// What begins like a yes or a no and is none, in normal form.
#[rustfmt::skip]
const UNDECIDED: &[&str] = &[
    "no idea", "no clue", "no se", "no lo se", "no sabria", "no estoy seguro", "no estoy segura", "no entiendo",
    "no comprendo", "not sure", "sure about what", "no entendi", "nu stiu", "nu sunt sigur", "nu sunt sigura",
    "nu inteleg", "non sais", "no problem", "no worries", "no way to know", "right now", "si y no", "oui et non",
    "da si nu", "yes and no", "yes or no", "si o no", "ok what", "ok but",
];

/// What takes back what was said before it, in normal form.
const BUT: &[&str] = &["but", "or", "except", "pero", "o", "mais", "ou", "dar", "sau"];

/// What takes back a yes, and underlines a no.
const NOT: &[&str] = &["not", "dont", "pas"];
