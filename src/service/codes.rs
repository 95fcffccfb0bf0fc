//! Codes that stand in texts: single-use ones, and members' own to bring friends by. Looked up for a whole batch at once.

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::{
    audit::Line,
    change::{Change, ChangeError},
    directory::LiveDirectory,
    receive::Arrival,
};
use crate::{
    clock::from_millis,
    domain::{
        conversation::{FoundCode, FoundCodes, FoundReferral},
        directory::Directory,
        program::earn::check_in::code_of_day,
        purse::draw::{Draw, shown, typed},
        shop::Shop,
    },
    secrets::random_bytes,
    store::{
        StoreError, Transaction,
        purses::{CodeRow, ReferralRow},
    },
};

/// How many signs a code can have.
const SIGNS: std::ops::RangeInclusive<usize> = 4..=24;
/// A text of more words has no code that we look for.
const WORDS_MAX: usize = 12;

/// What the words of a batch are known as.
#[derive(Debug, Default)]
pub struct Codes {
    codes: Vec<(String, CodeRow)>,
    referrals: Vec<ReferralRow>,
}

/// Single-use codes to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCodes {
    /// The program.
    pub program_id: Uuid,
    /// The rule that says what each is worth.
    pub rule: String,
    /// What they are printed on, so that they can be told apart.
    pub batch: String,
    /// How many.
    pub count: usize,
    /// From when on they are worth nothing.
    pub ends_at: Option<DateTime<Utc>>,
}

/// Why no codes were made.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// The rule takes none.
    #[error("the program has no code rule named {0}; its code rules are: {1}")]
    NoSuchRule(String, String),
    /// Too many at once.
    #[error("make 1 to {CODES_MAX} codes at once")]
    Count,
    /// They could not be kept safely.
    #[error("secrets.key is not set; make one with: openssl rand -base64 32")]
    NoKey,
    /// They could not be kept.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

impl From<StoreError> for NotMade {
    fn from(error: StoreError) -> Self {
        Self::Change(error.into())
    }
}

/// How many codes are made at once at most.
pub const CODES_MAX: usize = 100_000;
/// The signs of a single-use code: 10 million million of them, so that nobody guesses one.
const SINGLE_USE_SIGNS: usize = 10;
/// How many codes share a statement.
const CODES_AT_ONCE: usize = 1_000;

/// Makes single-use codes and answers them as they are to be printed; what is kept cannot be read back.
pub async fn make(change: Change<'_>, new: &NewCodes) -> Result<Vec<String>, NotMade> {
    if !(1..=CODES_MAX).contains(&new.count) {
        return Err(NotMade::Count);
    }
    let (directory, now) = (change.directory, change.now);
    let (program, line) = {
        let known = directory.read();
        (known.directory.program_at(new.program_id, now).cloned(), line(&known.directory, new))
    };
    let rules = program.iter().flat_map(|program| &program.rules).filter(|rule| rule.earn.takes_codes());
    let rules: Vec<&str> = rules.map(|rule| rule.id.as_str()).collect();
    if !rules.contains(&new.rule.as_str()) {
        return Err(NotMade::NoSuchRule(new.rule.clone(), rules.join(", ")));
    }
    let mut draw = Draw::new(random_bytes().map_err(ChangeError::from)?);
    let codes: Vec<String> = (0..new.count).map(|_| draw.code(SINGLE_USE_SIGNS)).collect();
    let tx = change.store.begin().await?;
    for some in codes.chunks(CODES_AT_ONCE) {
        let hashes: Option<Vec<String>> = some.iter().map(|code| directory.hash_code(code)).collect();
        let hashes = hashes.ok_or(NotMade::NoKey)?;
        let ends_at = new.ends_at.map(|time| time.timestamp_millis());
        tx.insert_codes(new.program_id, (&new.rule, &new.batch), &hashes, (now.timestamp_millis(), ends_at)).await?;
    }
    change.note(&tx, line).await?;
    tx.commit().await?;
    Ok(codes.iter().map(|code| shown(code)).collect())
}

/// What the book says of new codes: not what they are.
fn line(directory: &Directory, new: &NewCodes) -> Line {
    let NewCodes { program_id, rule, batch, count, ends_at } = new;
    let shops = directory.shops_in(*program_id);
    let only = shops.first().filter(|_| shops.len() == 1).map(|shop| shop.id);
    Line::about("codes", *program_id, batch)
        .of(shops.first().map(|shop| shop.merchant_id))
        .at_shop(only)
        .created(json!({ "rule": rule, "count": count, "ends_at": ends_at }))
}

/// A shop's code of the day; `None` where its program has no check-in, or no key is set.
pub fn of_day(directory: &Directory, shop: &Shop, now: DateTime<Utc>) -> Option<String> {
    let program = directory.program_of(shop, now).filter(|program| !program.secret.is_empty())?;
    program.check_in()?;
    let day = now.with_timezone(&shop.time_zone).date_naive();
    Some(code_of_day(&program.secret, shop.id, day))
}

/// Looks up whatever may be a code in these texts.
pub async fn look_up(
    tx: &Transaction,
    directory: &LiveDirectory,
    texts: &[(&Arrival, Option<Uuid>)],
) -> Result<Codes, StoreError> {
    let mut words: Vec<String> = texts.iter().flat_map(|(arrival, _)| candidates(&arrival.inbound.body)).collect();
    words.sort_unstable();
    words.dedup();
    if words.is_empty() {
        return Ok(Codes::default());
    }
    let hashed: Vec<(String, String)> =
        words.iter().filter_map(|word| Some((word.clone(), directory.hash_code(word)?))).collect();
    let hashes: Vec<String> = hashed.iter().map(|(_, hash)| hash.clone()).collect();
    let typed_of = |row: &CodeRow| hashed.iter().find(|(_, hash)| *hash == row.hash).map(|(word, _)| word.clone());
    let codes = tx.codes(&hashes).await?.into_iter().filter_map(|row| Some((typed_of(&row)?, row))).collect();
    Ok(Codes { codes, referrals: tx.referrals(&words).await? })
}

impl Codes {
    /// What is known of the words of one text.
    pub fn in_text(&self, body: &str) -> FoundCodes {
        if self.codes.is_empty() && self.referrals.is_empty() {
            return FoundCodes::default();
        }
        let words = candidates(body);
        let codes = self.codes.iter().filter(|(typed, _)| words.contains(typed)).map(|(typed, row)| FoundCode {
            typed: typed.clone(),
            hash: row.hash.clone(),
            program_id: row.program_id,
            rule: row.rule.clone(),
            is_used: row.is_used,
            ends_at: row.ends_at.map(from_millis),
        });
        let referrals = self.referrals.iter().filter(|row| words.contains(&row.code)).map(|row| FoundReferral {
            code: row.code.clone(),
            program_id: row.program_id,
            purse_id: row.purse_id,
        });
        FoundCodes { codes: codes.collect(), referrals: referrals.collect() }
    }
}

/// The words that may be codes, and the last few taken together: people part a long code by blanks. Every code of ours has
/// a digit or no vowel, but who types one may forget that: hence any word with a digit, or in capitals without vowels.
fn candidates(body: &str) -> Vec<String> {
    let words: Vec<&str> = body.split_whitespace().take(WORDS_MAX + 1).collect();
    if words.len() > WORDS_MAX {
        return Vec::new();
    }
    let together = (0..words.len().saturating_sub(1)).map(|from| typed(&words[from..].concat()));
    let each = words.iter().map(|word| typed(word));
    each.chain(together).filter(|word| may_be_code(word)).collect()
}

fn may_be_code(word: &str) -> bool {
    let has_vowel = word.chars().any(|c| "AEIOU".contains(c));
    SIGNS.contains(&word.len()) && word.is_ascii() && (word.contains(|c: char| c.is_ascii_digit()) || !has_vowel)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        for typed in ["CODE cdfh-jkmn-pr", "code CDFH JKMN PR", "CDFHJKMNPR", "my code is cdfhjkmnpr"] {
            assert!(candidates(typed).contains(&"CDFHJKMNPR".to_owned()), "{typed}: {:?}", candidates(typed));
        }
        assert_eq!(candidates("COFFEE PLS ANNA7"), ["ANNA7", "COFFEEPLSANNA7", "PLSANNA7"].map(str::to_owned).to_vec());
        assert!(candidates("what a lovely day it is to go out for one more nice coffee with you").is_empty());
        assert!(candidates("coffee please").is_empty());
    }
}
