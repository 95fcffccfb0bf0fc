//! Who a text is from or to, as the provider names it.

use std::fmt;

/// Most characters an address may have; the longest seen in the wild (an RCS agent) stays far below.
pub const ADDRESS_CHARS_MAX: usize = 128;

/// A phone number, short code, alphanumeric sender or channel address (`whatsapp:+1…`, `rcs:agent`).
///
/// Opaque: kept exactly as the provider writes it, so that an answer goes back the way the text came.
/// `Display` and `Debug` are masked; [`Address::as_str`] is the only way to the full value.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(Box<str>);

/// Why a string is no address, as a sentence for whoever sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing but blanks.
    #[error("an address must not be empty")]
    Empty,
    /// More than [`ADDRESS_CHARS_MAX`] characters.
    #[error("an address has at most {ADDRESS_CHARS_MAX} characters")]
    TooLong,
    /// A line break or another control character.
    #[error("an address must not contain control characters")]
    ControlCharacter,
}

impl Address {
    /// Takes an address as written, without surrounding blanks.
    pub fn parse(written: &str) -> Result<Self, AddressError> {
        let trimmed = written.trim();
        if trimmed.is_empty() {
            Err(AddressError::Empty)
        } else if trimmed.chars().count() > ADDRESS_CHARS_MAX {
            Err(AddressError::TooLong)
        } else if trimmed.chars().any(char::is_control) {
            Err(AddressError::ControlCharacter)
        } else {
            Ok(Self(trimmed.into()))
        }
    }

    /// The address in full. Never log it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The channel before the colon (`whatsapp`, `rcs`), or `None` for SMS.
    pub fn channel(&self) -> Option<&str> {
        self.0.split_once(':').map(|(channel, _)| channel)
    }

    fn without_channel(&self) -> &str {
        self.0.split_once(':').map_or(&*self.0, |(_, rest)| rest)
    }

    /// The E.164 number, with or without a channel before it.
    pub fn phone(&self) -> Option<&str> {
        Some(self.without_channel()).filter(|rest| is_e164(rest))
    }

    /// Whether a person can be at the other end: an E.164 number, or somebody on a channel.
    /// Short codes, alphanumeric senders and withheld numbers are machines or one-way: never enrolled, never answered.
    pub fn is_person(&self) -> bool {
        self.phone().is_some() || (self.channel().is_some() && !self.without_channel().is_empty())
    }
}

/// `+`, a first digit from 1 to 9, at most 15 digits in all (ITU-T E.164); 7 digits at least is our own bound.
pub fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0')
    })
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let chars: Vec<char> = self.0.chars().collect();
        let shown = chars.len().saturating_sub(2).max(chars.len() / 2);
        f.write_str("…")?;
        chars.iter().skip(shown).try_for_each(|c| write!(f, "{c}"))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::parse(text).unwrap()
    }

    #[test]
    fn channels_and_short_codes_are_kept_as_written() {
        assert_eq!(address(" whatsapp:+14155550123 ").as_str(), "whatsapp:+14155550123");
        assert_eq!(address("whatsapp:+14155550123").phone(), Some("+14155550123"));
        assert_eq!(address("rcs:regulars_agent").channel(), Some("rcs"));
        assert_eq!(address("32665").phone(), None);
    }

    #[test]
    fn machines_and_withheld_numbers_are_no_persons() {
        for machine in ["32665", "7378742883", "AMAZON", "+0123456789", "whatsapp:"] {
            assert!(!address(machine).is_person(), "{machine}");
        }
        for person in ["+14155550123", "rcs:+40712345678", "messenger:1234567"] {
            assert!(address(person).is_person(), "{person}");
        }
    }

    #[test]
    fn display_hides_all_but_the_last_two() {
        assert_eq!(format!("{} {0:?}", address("+14155550123")), "…23 Address(…23)");
        assert_eq!(format!("{}", address("12")), "…2");
    }

    #[test]
    fn hostile_addresses_are_refused() {
        assert_eq!(Address::parse("  "), Err(AddressError::Empty));
        assert_eq!(Address::parse("+1\n2"), Err(AddressError::ControlCharacter));
        assert_eq!(Address::parse(&"9".repeat(129)), Err(AddressError::TooLong));
    }
}
