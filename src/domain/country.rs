//! Which country a phone is from, by its number.

use std::fmt;

use rlibphonenumber::{PHONE_NUMBER_UTIL, Region};

/// A country or territory with an ISO 3166 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country(Region);

impl Country {
    /// The country with this code of two letters; `None` where no phone can be from there.
    pub fn from_code(code: &str) -> Option<Self> {
        let region = Region::from_code(code).ok()?;
        PHONE_NUMBER_UTIL.get_supported_regions().find(|known| *known == region).and_then(Self::of_region)
    }

    /// All from which phones can be.
    pub fn all() -> impl Iterator<Item = Self> {
        PHONE_NUMBER_UTIL.get_supported_regions().filter_map(Self::of_region)
    }

    /// The country of an E.164 number; that of its country code (US for +1) where nobody was given the number, and
    /// `None` where the code itself is nobody's or belongs to no country (+800, satellites).
    pub fn of_phone(phone: &str) -> Option<Self> {
        let number = PHONE_NUMBER_UTIL.parse(phone, None).ok()?;
        let exactly = PHONE_NUMBER_UTIL.get_region_for_number(&number);
        let region = exactly.or_else(|| PHONE_NUMBER_UTIL.get_region_for_country_code(number.country_code))?;
        Self::of_region(region)
    }

    /// As the library of numbers calls it.
    pub(super) fn region(self) -> Region {
        self.0
    }

    fn of_region(region: Region) -> Option<Self> {
        (region != Region::World).then_some(Self(region))
    }
}

/// Its ISO 3166 code.
impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(phone: &str) -> Option<String> {
        Country::of_phone(phone).map(|country| country.to_string())
    }

    #[test]
    fn countries_that_share_a_code_are_told_apart() {
        for (phone, country) in [
            ("+14155550199", "US"),
            ("+16135550199", "CA"),
            ("+12425551234", "BS"),
            ("+40712345678", "RO"),
            ("+447624900123", "IM"),
            ("+77012345678", "KZ"),
            ("+79161234567", "RU"),
            ("+8613800138000", "CN"),
            ("+85251234567", "HK"),
        ] {
            assert_eq!(of(phone).as_deref(), Some(country), "{phone}");
        }
    }

    #[test]
    fn a_number_that_nobody_was_given_is_of_its_country_code() {
        for (phone, country) in [("+447700900123", "GB"), ("+1415555019912", "US"), ("+14155550", "US")] {
            assert_eq!(of(phone).as_deref(), Some(country), "{phone}");
        }
    }

    #[test]
    fn what_is_nobodys_has_no_country() {
        for phone in ["+99900010000001", "+8005551234567", "+883510000000000", "32665", "", "rcs:agent"] {
            assert_eq!(of(phone), None, "{phone}");
        }
    }

    #[test]
    fn codes_are_read_in_any_case_and_typing_errors_are_none() {
        assert_eq!(Country::from_code("us"), Country::of_phone("+14155550199"));
        for wrong in ["UK", "XX", "USA", "001", "", "1", "Ü"] {
            assert_eq!(Country::from_code(wrong), None, "{wrong}");
        }
    }
}
