//! A phone in any spelling of a country, or with its country code.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat};

use crate::{address::is_e164, country::Country};

/// The phone in E.164.
///
/// # Errors
/// What is wrong with it.
pub fn read(typed: &str, country: Option<Country>) -> Result<String, &'static str> {
    let typed = typed.trim().trim_start_matches("tel:").trim();
    if typed.chars().nth(40).is_some() {
        return Err("is too long for a phone");
    }
    if is_north_american(typed) {
        return Ok(typed.to_owned());
    }
    if let Some(digits) = without_exponent(typed)? {
        return parsed(&digits, country);
    }
    if typed.chars().any(char::is_alphabetic) {
        return Err("has letters in it");
    }
    parsed(typed, country)
}

/// The shape of most numbers of most files, which need not be parsed.
fn is_north_american(typed: &str) -> bool {
    typed.strip_prefix("+1").is_some_and(|rest| {
        let is_code = |at: usize| rest.as_bytes().get(at).is_some_and(|digit| (b'2'..=b'9').contains(digit));
        rest.len() == 10 && rest.bytes().all(|digit| digit.is_ascii_digit()) && is_code(0) && is_code(3)
    })
}

/// A spreadsheet writes long numbers as 1.4155550123E+10; where all digits are there, they are the number.
fn without_exponent(typed: &str) -> Result<Option<String>, &'static str> {
    let Some((mantissa, exponent)) = typed.split_once(['E', 'e']) else { return Ok(None) };
    let Ok(exponent) = exponent.trim_start_matches('+').parse::<usize>() else { return Ok(None) };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    if digits.len() == exponent + 1 {
        Ok(Some(digits))
    } else {
        Err("was shortened by a spreadsheet; format the column as text and export it again")
    }
}

fn parsed(typed: &str, country: Option<Country>) -> Result<String, &'static str> {
    let number = PHONE_NUMBER_UTIL.parse(typed, country.map(Country::region)).ok();
    let number = number.filter(is_possible).or_else(|| with_lost_plus(typed));
    let Some(number) = number else {
        let is_bare = country.is_none() && !typed.starts_with('+');
        let needs_country = "needs + and its country code, or name the country of such numbers";
        return Err(if is_bare { needs_country } else { "is no phone number" });
    };
    if number.extension.is_some() {
        return Err("has an extension: only a mobile phone gets texts");
    }
    let written = PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164).into_owned();
    Some(written).filter(|written| is_e164(written)).ok_or("is no phone number")
}

/// A spreadsheet takes the + off a number of another country.
fn with_lost_plus(typed: &str) -> Option<PhoneNumber> {
    let is_bare = typed.len() >= 11 && typed.bytes().all(|byte| byte.is_ascii_digit());
    let number = PHONE_NUMBER_UTIL.parse(format!("+{typed}"), None).ok().filter(|_| is_bare)?;
    PHONE_NUMBER_UTIL.is_valid_number(&number).then_some(number)
}

fn is_possible(number: &PhoneNumber) -> bool {
    PHONE_NUMBER_UTIL.is_possible_number(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn us(typed: &str) -> Result<String, &'static str> {
        read(typed, Country::from_code("US"))
    }

    #[test]
    fn any_spelling_is_one_number() {
        for typed in [
            "+14155550123",
            "14155550123",
            "(415) 555-0123",
            "415.555.0123",
            "1-415-555-0123",
            "tel:+1-415-555-0123",
            " 4155550123 ",
            "1.4155550123E+10",
            "+1 (415) 555 0123",
        ] {
            assert_eq!(us(typed).as_deref(), Ok("+14155550123"), "{typed}");
        }
        let ro = Country::from_code("RO");
        assert_eq!(read("0712 345 678", ro).as_deref(), Ok("+40712345678"));
        assert_eq!(us("40712345678").as_deref(), Ok("+40712345678"), "a plus that was lost");
        assert_eq!(read("+40 712 345 678", None).as_deref(), Ok("+40712345678"));
    }

    #[test]
    fn what_is_none_is_refused_with_a_reason() {
        for (typed, reason) in [
            ("", "is no phone number"),
            ("12", "is no phone number"),
            ("1.41556E+10", "was shortened"),
            ("ana@example.com", "has letters"),
            ("415-555-0123 ext 4", "has letters"),
            ("41555501234155550123415555012341555501234155550123", "too long"),
        ] {
            assert!(us(typed).is_err_and(|said| said.contains(reason)), "{typed}: {:?}", us(typed));
        }
        assert!(read("0712 345 678", None).is_err_and(|said| said.contains("country")));
    }
}
