//! What somebody at a counter types to find a member: the last digits of a number, a number in any spelling, or the beginning
//! of a name.

use super::phone::read_phone;

/// The fewest digits that are looked for.
pub const DIGITS_MIN: usize = 4;
/// So many digits are a whole number, with or without its country.
const WHOLE_NUMBER: usize = 7;
/// The most characters that can be looked for.
pub const SEARCH_CHARS_MAX: usize = 60;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// Nobody can be meant.
    Nobody,
    /// A number.
    Number {
        /// Its last digits, at least [`DIGITS_MIN`].
        tail: String,
        /// All of it, where all of it was typed.
        address: Option<String>,
    },
    /// The beginning of a name, in the spellings under which it may be kept.
    Name(Vec<String>),
}

/// What cannot be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSought {
    /// Nothing, or too much.
    #[error("has 1 to {SEARCH_CHARS_MAX} characters")]
    Length,
    /// Too few digits to find one of many.
    #[error("must have {DIGITS_MIN} digits or more of the number, or the beginning of a name")]
    TooFewDigits,
}

/// Reads what was typed.
///
/// # Errors
/// What cannot be looked for.
pub fn read(typed: &str) -> Result<Sought, NotSought> {
    let typed = typed.trim();
    if typed.is_empty() || typed.chars().nth(SEARCH_CHARS_MAX).is_some() {
        return Err(NotSought::Length);
    }
    if typed.chars().any(char::is_alphabetic) { Ok(Sought::Name(spellings(typed))) } else { number(typed) }
}

fn number(typed: &str) -> Result<Sought, NotSought> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < DIGITS_MIN {
        return Err(NotSought::TooFewDigits);
    }
    // Before a whole number stand zeros that are not part of it abroad: 07700 900123, 0040 712 345 678.
    let tail = if digits.len() >= WHOLE_NUMBER { digits.trim_start_matches('0') } else { &digits };
    if tail.len() < DIGITS_MIN {
        return Ok(Sought::Nobody);
    }
    Ok(Sought::Number { tail: tail.to_owned(), address: read_phone(typed, None).ok() })
}

/// SQLite knows capitals of ASCII alone, so a name is looked for as it is written small, and with its first letter large.
fn spellings(typed: &str) -> Vec<String> {
    let small = typed.to_lowercase();
    let mut chars = small.chars();
    let large: String = chars.next().map(char::to_uppercase).into_iter().flatten().chain(chars).collect();
    let mut spellings = vec![small.to_ascii_lowercase(), large.to_ascii_lowercase()];
    spellings.dedup();
    spellings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_a_number_and_letters_are_a_name() {
        let tail = |typed: &str| match read(typed) {
            Ok(Sought::Number { tail, .. }) => tail,
            other => format!("{other:?}"),
        };
        assert_eq!(tail("0199"), "0199");
        assert_eq!(tail("(415) 555-0199"), "4155550199");
        assert_eq!(tail("0040 712 345 678"), "40712345678");
        assert_eq!(read("Ána"), Ok(Sought::Name(vec!["ána".to_owned(), "Ána".to_owned()])));
        assert_eq!(read("Ana"), Ok(Sought::Name(vec!["ana".to_owned()])));
    }

    #[test]
    fn what_says_too_little_is_not_looked_for() {
        assert_eq!(read(" "), Err(NotSought::Length));
        assert_eq!(read(&"a".repeat(61)), Err(NotSought::Length));
        assert_eq!(read("199"), Err(NotSought::TooFewDigits));
        assert_eq!(read("0000000000"), Ok(Sought::Nobody));
    }

    #[test]
    fn a_whole_number_is_known_as_one() {
        let Ok(Sought::Number { address, .. }) = read("+1 415 555 0199") else { panic!("a number") };
        assert_eq!(address.as_deref(), Some("+14155550199"));
    }
}
