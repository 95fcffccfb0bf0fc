//! Where a phone is from, as far as its number says: which laws apply, and on which clock.

use chrono_tz::Tz;

use super::nanp;
use crate::country::Country;

/// A place, or the places that share a number's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The country's ISO code, and the state's within it: `US-TX`. Empty where the number tells none.
    pub region: String,
    /// Its time zones, at least one.
    pub zones: Vec<Tz>,
}

impl Place {
    /// Where the phone (E.164) is from; on the clock of the shop where its number does not say.
    pub fn of(phone: Option<&str>, shop_zone: Tz) -> Self {
        let unknown = |region: String| Self { region, zones: vec![shop_zone] };
        let Some(phone) = phone else { return unknown(String::new()) };
        if let Some((region, zones)) = nanp::find(phone) {
            return Self { region: region.to_owned(), zones: read(zones, shop_zone) };
        }
        let Some(country) = Country::of_phone(phone).map(|country| country.to_string()) else {
            return unknown(String::new());
        };
        match COUNTRIES.iter().find(|(code, _)| *code == country) {
            Some((_, zones)) => Self { region: country, zones: read(zones, shop_zone) },
            None => unknown(country),
        }
    }

    /// Whether it is within a region of the table of hours.
    pub(super) fn is_in(&self, region: &str) -> bool {
        let rest = self.region.strip_prefix(region);
        region == "*" || (!region.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
    }
}

fn read(zones: &str, otherwise: Tz) -> Vec<Tz> {
    let read: Vec<Tz> = zones.split(' ').filter_map(|zone| zone.parse().ok()).collect();
    if read.is_empty() { vec![otherwise] } else { read }
}

/// Countries that have one clock, or two that are an hour apart. (IANA time zone database, zone1970.tab) Of the others the
/// shop's clock is the best guess.
const COUNTRIES: &[(&str, &str)] = &[
    ("AD", "Europe/Andorra"),
    ("AE", "Asia/Dubai"),
    ("AF", "Asia/Kabul"),
    ("AL", "Europe/Tirane"),
    ("AM", "Asia/Yerevan"),
    ("AO", "Africa/Luanda"),
    ("AT", "Europe/Vienna"),
    ("AZ", "Asia/Baku"),
    ("BA", "Europe/Sarajevo"),
    ("BB", "America/Barbados"),
    ("BD", "Asia/Dhaka"),
    ("BE", "Europe/Brussels"),
    ("BG", "Europe/Sofia"),
    ("BH", "Asia/Bahrain"),
    ("BO", "America/La_Paz"),
    ("BS", "America/Nassau"),
    ("BW", "Africa/Gaborone"),
    ("BY", "Europe/Minsk"),
    ("BZ", "America/Belize"),
    ("CH", "Europe/Zurich"),
    ("CI", "Africa/Abidjan"),
    ("CM", "Africa/Douala"),
    ("CN", "Asia/Shanghai"),
    ("CO", "America/Bogota"),
    ("CR", "America/Costa_Rica"),
    ("CU", "America/Havana"),
    ("CY", "Asia/Nicosia"),
    ("CZ", "Europe/Prague"),
    ("DE", "Europe/Berlin"),
    ("DK", "Europe/Copenhagen"),
    ("DO", "America/Santo_Domingo"),
    ("DZ", "Africa/Algiers"),
    ("EE", "Europe/Tallinn"),
    ("EG", "Africa/Cairo"),
    ("ES", "Europe/Madrid Atlantic/Canary"),
    ("ET", "Africa/Addis_Ababa"),
    ("FI", "Europe/Helsinki"),
    ("FR", "Europe/Paris"),
    ("GB", "Europe/London"),
    ("GE", "Asia/Tbilisi"),
    ("GG", "Europe/London"),
    ("GH", "Africa/Accra"),
    ("GR", "Europe/Athens"),
    ("GT", "America/Guatemala"),
    ("GY", "America/Guyana"),
    ("HK", "Asia/Hong_Kong"),
    ("HN", "America/Tegucigalpa"),
    ("HR", "Europe/Zagreb"),
    ("HT", "America/Port-au-Prince"),
    ("HU", "Europe/Budapest"),
    ("IE", "Europe/Dublin"),
    ("IL", "Asia/Jerusalem"),
    ("IM", "Europe/London"),
    ("IN", "Asia/Kolkata"),
    ("IQ", "Asia/Baghdad"),
    ("IR", "Asia/Tehran"),
    ("IS", "Atlantic/Reykjavik"),
    ("IT", "Europe/Rome"),
    ("JE", "Europe/London"),
    ("JM", "America/Jamaica"),
    ("JO", "Asia/Amman"),
    ("JP", "Asia/Tokyo"),
    ("KE", "Africa/Nairobi"),
    ("KG", "Asia/Bishkek"),
    ("KH", "Asia/Phnom_Penh"),
    ("KR", "Asia/Seoul"),
    ("KW", "Asia/Kuwait"),
    ("KZ", "Asia/Almaty"),
    ("LA", "Asia/Vientiane"),
    ("LB", "Asia/Beirut"),
    ("LI", "Europe/Zurich"),
    ("LK", "Asia/Colombo"),
    ("LT", "Europe/Vilnius"),
    ("LU", "Europe/Luxembourg"),
    ("LV", "Europe/Riga"),
    ("LY", "Africa/Tripoli"),
    ("MA", "Africa/Casablanca"),
    ("MC", "Europe/Paris"),
    ("MD", "Europe/Chisinau"),
    ("ME", "Europe/Podgorica"),
    ("MG", "Indian/Antananarivo"),
    ("MK", "Europe/Skopje"),
    ("MM", "Asia/Yangon"),
    ("MO", "Asia/Macau"),
    ("MT", "Europe/Malta"),
    ("MU", "Indian/Mauritius"),
    ("MV", "Indian/Maldives"),
    ("MY", "Asia/Kuala_Lumpur"),
    ("MZ", "Africa/Maputo"),
    ("NG", "Africa/Lagos"),
    ("NI", "America/Managua"),
    ("NL", "Europe/Amsterdam"),
    ("NO", "Europe/Oslo"),
    ("NP", "Asia/Kathmandu"),
    ("NZ", "Pacific/Auckland"),
    ("OM", "Asia/Muscat"),
    ("PA", "America/Panama"),
    ("PE", "America/Lima"),
    ("PH", "Asia/Manila"),
    ("PK", "Asia/Karachi"),
    ("PL", "Europe/Warsaw"),
    ("PT", "Europe/Lisbon Atlantic/Azores"),
    ("PY", "America/Asuncion"),
    ("QA", "Asia/Qatar"),
    ("RO", "Europe/Bucharest"),
    ("RS", "Europe/Belgrade"),
    ("RW", "Africa/Kigali"),
    ("SA", "Asia/Riyadh"),
    ("SE", "Europe/Stockholm"),
    ("SG", "Asia/Singapore"),
    ("SI", "Europe/Ljubljana"),
    ("SK", "Europe/Bratislava"),
    ("SN", "Africa/Dakar"),
    ("SV", "America/El_Salvador"),
    ("SY", "Asia/Damascus"),
    ("TH", "Asia/Bangkok"),
    ("TN", "Africa/Tunis"),
    ("TR", "Europe/Istanbul"),
    ("TT", "America/Port_of_Spain"),
    ("TW", "Asia/Taipei"),
    ("TZ", "Africa/Dar_es_Salaam"),
    ("UA", "Europe/Kiev"),
    ("UG", "Africa/Kampala"),
    ("UY", "America/Montevideo"),
    ("UZ", "Asia/Tashkent"),
    ("VE", "America/Caracas"),
    ("VN", "Asia/Ho_Chi_Minh"),
    ("YE", "Asia/Aden"),
    ("ZA", "Africa/Johannesburg"),
    ("ZM", "Africa/Lusaka"),
    ("ZW", "Africa/Harare"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_is_one_and_every_zone_is_one() {
        for (code, zones) in COUNTRIES {
            assert!(Country::from_code(code).is_some(), "{code}");
            assert_eq!(read(zones, chrono_tz::UTC).len(), zones.split(' ').count(), "{zones}");
        }
        assert!(COUNTRIES.is_sorted_by_key(|(code, _)| *code));
    }

    #[test]
    fn where_the_number_does_not_say_it_is_the_shop_s_clock() {
        let zone = chrono_tz::America::Chicago;
        // A channel without a number, a toll-free one, a satellite, a country with many clocks.
        for (phone, region) in [(None, ""), (Some("+18005550123"), "US"), (Some("+79161234567"), "RU")] {
            assert_eq!(Place::of(phone, zone), Place { region: region.to_owned(), zones: vec![zone] }, "{phone:?}");
        }
    }

    #[test]
    fn a_state_is_in_its_country_and_everything_is_somewhere() {
        let texas = Place::of(Some("+12145550123"), chrono_tz::UTC);
        assert_eq!((texas.region.as_str(), texas.zones.as_slice()), ("US-TX", &[chrono_tz::America::Chicago][..]));
        assert!(texas.is_in("US-TX") && texas.is_in("US") && texas.is_in("*"));
        assert!(!texas.is_in("US-T") && !texas.is_in("CA") && !texas.is_in(""));
        assert!(Place::of(None, chrono_tz::UTC).is_in("*") && !Place::of(None, chrono_tz::UTC).is_in("US"));
    }
}
