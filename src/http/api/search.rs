//! Members by what a cashier types: the last digits of a number, a number in any spelling, or the beginning of a name.

use uuid::Uuid;

use super::{caller::Caller, listing::bad_query};
use crate::{
    domain::phone::read_phone,
    http::{Gateway, problem::Problem},
};

/// The fewest digits that are looked for.
const DIGITS_MIN: usize = 4;
/// So many digits are a whole number, with or without its country.
const WHOLE_NUMBER: usize = 7;
/// The most characters that can be looked for.
const SEARCH_CHARS_MAX: usize = 60;

/// Ids of members that fit what was typed, at most `limit`: a longer search says more.
pub async fn find(caller: Caller, gateway: &Gateway, typed: &str, limit: u64) -> Result<Vec<Uuid>, Problem> {
    let typed = typed.trim();
    if typed.is_empty() || typed.chars().nth(SEARCH_CHARS_MAX).is_some() {
        return Err(bad_query("search", format!("has 1 to {SEARCH_CHARS_MAX} characters")));
    }
    let mut found = if typed.chars().any(char::is_alphabetic) {
        by_name(caller, gateway, typed, limit).await?
    } else {
        by_number(caller, gateway, typed, limit).await?
    };
    found.sort_unstable();
    found.dedup();
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

async fn by_number(caller: Caller, gateway: &Gateway, typed: &str, limit: u64) -> Result<Vec<Uuid>, Problem> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < DIGITS_MIN {
        let sentence = format!("must have {DIGITS_MIN} digits or more of the number, or the beginning of a name");
        return Err(bad_query("search", sentence));
    }
    // Before a whole number stand zeros that are not part of it abroad: 07700 900123, 0040 712 345 678.
    let digits = if digits.len() >= WHOLE_NUMBER { digits.trim_start_matches('0') } else { &digits };
    if digits.len() < DIGITS_MIN {
        return Ok(Vec::new());
    }
    let mut found = gateway.store.members_by_tail(caller.scope(), digits, limit).await?;
    if let Ok(address) = read_phone(typed, None) {
        found.extend(gateway.store.members_by_address(caller.scope(), &address).await?);
    }
    Ok(found)
}

/// SQLite knows capitals of ASCII alone, so a name is looked for as it is written small, and with its first letter large.
async fn by_name(caller: Caller, gateway: &Gateway, typed: &str, limit: u64) -> Result<Vec<Uuid>, Problem> {
    let small = typed.to_lowercase();
    let mut chars = small.chars();
    let large: String = chars.next().map(char::to_uppercase).into_iter().flatten().chain(chars).collect();
    let mut spellings = vec![small.to_ascii_lowercase(), large.to_ascii_lowercase()];
    spellings.dedup();
    let mut found = Vec::new();
    for begins in &spellings {
        found.extend(gateway.store.members_by_name(caller.scope(), begins, limit).await?);
    }
    Ok(found)
}
