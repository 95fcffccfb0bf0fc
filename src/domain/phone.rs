//! A phone number as people of a country write it: `415-555-0199`, `(0)712 345 678`, `+1 415 555 0199`.

use rlibphonenumber::{NumberLengthType, PHONE_NUMBER_UTIL, PhoneNumberFormat};

use super::{
    address::{Address, is_e164},
    country::Country,
};

/// The most characters that a number is looked for in.
pub const PHONE_CHARS_MAX: usize = 128;

/// Why what was written is no phone number, as a sentence for whoever wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is no phone number; write it with + and the country code, such as +14155550199")]
pub struct NoPhone;

/// The address that a number means: E.164, or an address on a channel (`whatsapp:+1…`) as it is. Without a country code it
/// is a number of `country`.
///
/// # Errors
/// What no phone can have for its number.
pub fn read_phone(written: &str, country: Option<Country>) -> Result<String, NoPhone> {
    let written = written.trim();
    if written.chars().nth(PHONE_CHARS_MAX).is_some() || written.chars().any(char::is_control) {
        return Err(NoPhone);
    }
    if written.contains(':') {
        let address = Address::parse(written).map_err(|_| NoPhone)?;
        return address.is_person().then(|| address.as_str().to_owned()).ok_or(NoPhone);
    }
    if is_e164(written) {
        return Ok(written.to_owned());
    }
    if !written.chars().any(|c| c.is_ascii_digit()) || written.chars().any(char::is_alphabetic) {
        return Err(NoPhone);
    }
    let number = PHONE_NUMBER_UTIL.parse(written, country.map(Country::region)).map_err(|_| NoPhone)?;
    // What can only be dialled from next door lacks the code of its town.
    if PHONE_NUMBER_UTIL.is_possible_number_with_reason(&number) != Ok(NumberLengthType::IsPossible) {
        return Err(NoPhone);
    }
    let phone = PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164);
    Some(phone.into_owned()).filter(|phone| is_e164(phone)).ok_or(NoPhone)
}

/// A phone as people read it out: +1 415-555-0199. What is none stays as it is.
pub fn written(address: &str) -> String {
    let number =
        Some(address).filter(|address| is_e164(address)).and_then(|phone| PHONE_NUMBER_UTIL.parse(phone, None).ok());
    number.map_or_else(
        || address.to_owned(),
        |number| PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::International).into_owned(),
    )
}

/// A number as people of its country write it: `(415) 555-0100`; a short code and whatever else is no phone's number stays.
pub fn as_people_write(number: &str) -> String {
    let parsed = PHONE_NUMBER_UTIL.parse(number, None).ok().filter(|_| is_e164(number));
    let written = parsed.map(|parsed| PHONE_NUMBER_UTIL.format(&parsed, PhoneNumberFormat::National).into_owned());
    written.unwrap_or_else(|| number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_a_cashier_of_its_country_writes_it() {
        for (written, country, meant) in [
            ("+14155550199", None, "+14155550199"),
            (" +1 (415) 555-0199 ", None, "+14155550199"),
            ("415-555-0199", Some("US"), "+14155550199"),
            ("(415) 555.0199", Some("US"), "+14155550199"),
            ("1 415 555 0199", Some("US"), "+14155550199"),
            ("0712 345 678", Some("RO"), "+40712345678"),
            ("07700 900123", Some("GB"), "+447700900123"),
            ("0040712345678", Some("RO"), "+40712345678"),
            ("138 0013 8000", Some("CN"), "+8613800138000"),
            ("whatsapp:+14155550199", Some("RO"), "whatsapp:+14155550199"),
        ] {
            assert_eq!(read_phone(written, country.and_then(Country::from_code)).as_deref(), Ok(meant), "{written}");
        }
    }

    #[test]
    fn a_number_is_written_in_groups() {
        assert_eq!(written("+14155550199"), "+1 415-555-0199");
        assert_eq!(written("whatsapp:+14155550199"), "whatsapp:+14155550199");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for (written, country) in [
            ("", Some("US")),
            ("415-555-0199", None),
            ("0199", Some("US")),
            ("555-0199", Some("US")),
            ("+1 (415) 555-0199 999999999", Some("US")),
            ("Ana", Some("US")),
            ("1-800-FLOWERS", Some("US")),
            ("+1\n415", Some("US")),
            ("whatsapp:", None),
        ] {
            assert_eq!(read_phone(written, country.and_then(Country::from_code)), Err(NoPhone), "{written}");
        }
        assert!(read_phone(&"4".repeat(200), Country::from_code("US")).is_err());
    }

    #[test]
    fn a_number_on_a_sign_is_written_as_its_country_does() {
        for (number, written) in [
            ("+14155550100", "(415) 555-0100"),
            ("+40712345678", "0712 345 678"),
            ("+33612345678", "06 12 34 56 78"),
            ("32665", "32665"),
            ("BEANS", "BEANS"),
        ] {
            assert_eq!(as_people_write(number), written);
        }
    }
}
