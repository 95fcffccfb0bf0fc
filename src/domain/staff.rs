//! Staff who text: an authorised phone records visits, sales and vouchers at a shop without a till.
//!
//! `PUNCH 4155550123` · `SPEND 4155550123 12.50`, in either order · `REDEEM K7Q-M3X` · `UNDO` · `INVITE 4155550123`; each in
//! any language, with `#2` behind it for the second of several shops. What reads otherwise is a member's text.

use std::{collections::HashMap, sync::LazyLock};

use chrono::{DateTime, Utc};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::{
    address::Address,
    country::Country,
    language::{Language, words_in_all_languages},
    money::Amount,
    phone::read_phone,
    purse::draw::{may_be_voucher, typed},
    text::Text,
};

/// The most characters of an order by text; a longer text says something else.
const CHARACTERS_MAX: usize = 120;

/// A phone whose texts record what happens at a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffPhone {
    /// Our id.
    pub id: Uuid,
    /// The shop.
    pub shop_id: Uuid,
    /// The phone.
    pub address: Address,
    /// Who has it; stands in the ledger as who did it.
    pub name: String,
    /// When it was authorised.
    pub created_at: DateTime<Utc>,
}

/// What staff text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffText {
    /// What shall be done.
    pub asked: Asked,
    /// Which of the phone's shops, from 1, where that is said.
    pub shop: Option<usize>,
}

/// What shall be done. Phones are E.164 numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Record a visit of the member with this phone.
    Punch(String),
    /// Record a purchase of the member with this phone.
    Spend(String, Amount),
    /// Redeem the voucher of this code, as it is kept.
    Redeem(String),
    /// Take back the last deed of this phone.
    Undo,
    /// Invite the stranger with this phone.
    Invite(String),
    /// One of these, but the rest of it cannot be read.
    Unclear,
}

/// What the first word of an order asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Punch,
    Spend,
    Redeem,
    Undo,
    Invite,
}

type Words = LazyLock<HashMap<String, Language>>;
static PUNCH: Words = LazyLock::new(|| words_in_all_languages("words-staff-punch"));
static SPEND: Words = LazyLock::new(|| words_in_all_languages("words-staff-spend"));
static REDEEM: Words = LazyLock::new(|| words_in_all_languages("words-staff-redeem"));
static UNDO: Words = LazyLock::new(|| words_in_all_languages("words-staff-undo"));
static INVITE: Words = LazyLock::new(|| words_in_all_languages("words-staff-invite"));

/// Reads what an authorised phone texts, where phones are written as in this country; `None` for a member's text.
pub fn read(typed: &str, country: Country) -> Option<StaffText> {
    if typed.chars().nth(CHARACTERS_MAX).is_some() || typed.trim().contains('\n') {
        return None;
    }
    // Full-width figures become plain ones.
    let plain: String = typed.nfkc().collect();
    let (said, shop) = without_shop(plain.trim());
    let asked = ask(said, country)?;
    Some(StaffText { asked, shop })
}

/// `#2` at the end says which shop.
fn without_shop(said: &str) -> (&str, Option<usize>) {
    let named =
        said.rsplit_once('#').and_then(|(before, number)| Some((before.trim_end(), number.trim().parse().ok()?)));
    named.map_or((said, None), |(before, number)| (before, Some(number)))
}

fn ask(said: &str, country: Country) -> Option<Asked> {
    let (verb, rest) = verb_and_rest(said)?;
    let read = match verb {
        Verb::Undo => return rest.is_empty().then_some(Asked::Undo),
        // "Redeem 2" and "redeem coffee" are a member's.
        Verb::Redeem => return may_be_voucher(rest).then(|| Asked::Redeem(self::typed(rest))),
        Verb::Punch => phone(rest, country).map(Asked::Punch),
        Verb::Invite => phone(rest, country).map(Asked::Invite),
        Verb::Spend => phone_and_amount(rest, country).map(|(phone, amount)| Asked::Spend(phone, amount)),
    };
    // "Spend my points" is a member's.
    let is_meant = || rest.is_empty() && verb != Verb::Invite || rest.contains(|c: char| c.is_ascii_digit());
    read.or_else(|| is_meant().then_some(Asked::Unclear))
}

/// The word that the text begins with, and what stands behind. Chinese sets no blank between.
fn verb_and_rest(said: &str) -> Option<(Verb, &str)> {
    let at_blank = said.find(char::is_whitespace);
    let at_figure = said.find(|c: char| c.is_ascii() && !c.is_ascii_alphabetic() && c != ' ' && c != '-');
    let behind_han = said.char_indices().find(|(at, c)| *at > 0 && c.is_ascii()).map(|(at, _)| at);
    let ends = [Some(said.len()), at_blank, at_figure, behind_han.filter(|_| !said.is_ascii())];
    ends.into_iter().flatten().find_map(|end| {
        let (word, rest) = (said.get(..end)?, said.get(end..)?);
        Some((verb(word)?, rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ','))))
    })
}

fn verb(word: &str) -> Option<Verb> {
    let word = Text::read(word);
    let verbs: [(&Words, Verb); 5] = [
        (&PUNCH, Verb::Punch),
        (&SPEND, Verb::Spend),
        (&REDEEM, Verb::Redeem),
        (&UNDO, Verb::Undo),
        (&INVITE, Verb::Invite),
    ];
    verbs.into_iter().find(|(words, _)| words.contains_key(word.normal())).map(|(_, verb)| verb)
}

/// A phone as people write it, in E.164.
pub fn phone(written: &str, country: Country) -> Option<String> {
    let is_sign =
        |c: char| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '-' | '.' | '/' | ' ' | '\u{2011}' | '\u{2013}');
    let fits = written.chars().all(is_sign) && written.chars().filter(char::is_ascii_digit).nth(5).is_some();
    fits.then(|| read_phone(written, Some(country)).ok()).flatten()
}

/// A phone and an amount in either order. Where both readings can be meant, the amount is the one with a decimal sign.
fn phone_and_amount(said: &str, country: Country) -> Option<(String, Amount)> {
    let words: Vec<&str> = said.split_whitespace().filter(|word| !is_currency(word)).collect();
    let (first, behind) = words.split_first()?;
    let (last, before) = words.split_last()?;
    let read =
        |phone_words: &[&str], amount_word: &str| Some((phone(&phone_words.join(" "), country)?, amount(amount_word)?));
    match (read(before, last), read(behind, first)) {
        (Some(behind_phone), Some(before_phone)) => {
            let is_clear = |word: &str| word.contains(['.', ',', '$', '€', '£', '¥']);
            match (is_clear(last), is_clear(first)) {
                (true, false) => Some(behind_phone),
                (false, true) => Some(before_phone),
                _ => None,
            }
        }
        (one, other) => one.or(other),
    }
}

/// Words and signs of money that stand alone, in lower case.
const CURRENCIES: &[&str] = &[
    "$", "€", "£", "¥", "usd", "eur", "euro", "euros", "lei", "leu", "ron", "dollars", "dollar", "pesos", "元", "块",
    "yuan", "rmb",
];

fn is_currency(word: &str) -> bool {
    CURRENCIES.contains(&word.to_lowercase().as_str())
}

/// An amount with a point or a comma, with or without the sign of its currency: $12.50, 12,50, 1.250,00, 12元.
pub fn amount(written: &str) -> Option<Amount> {
    let lower = written.to_lowercase();
    let bare = CURRENCIES.iter().fold(lower.as_str(), |bare, sign| {
        let bare = bare.strip_prefix(sign).unwrap_or(bare);
        bare.strip_suffix(sign).unwrap_or(bare)
    });
    if bare.is_empty() || !bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        return None;
    }
    let decimals = bare.rfind(['.', ',']).filter(|at| bare.len() - at <= 3);
    let (whole, part) = decimals.map_or((bare, ""), |at| (&bare[..at], &bare[at + 1..]));
    let mut groups = whole.split(['.', ',']);
    let begins = groups.next().is_some_and(|first| !first.is_empty());
    let groups_are_whole = groups.all(|group| group.len() == 3);
    if !begins || !groups_are_whole || (decimals.is_some() && part.is_empty()) {
        return None;
    }
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let plain = if part.is_empty() { digits } else { format!("{digits}.{part}") };
    plain.parse().ok().filter(|amount: &Amount| !amount.is_zero())
}

#[cfg(test)]
mod tests;
