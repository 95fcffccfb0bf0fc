//! What shops choose from: time zones, currencies, numbers; and what is usual where a number is from.

use chrono_tz::Tz;

use super::sign::link;
use crate::domain::{
    country::Country,
    shop::{Sender, Shop},
};

/// Time zones that are offered; any other that a shop has or a browser names is taken as well.
const ZONES: &[&str] = &[
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "America/Halifax",
    "America/St_Johns",
    "America/Toronto",
    "America/Winnipeg",
    "America/Edmonton",
    "America/Vancouver",
    "America/Mexico_City",
    "America/Monterrey",
    "America/Tijuana",
    "America/Cancun",
    "America/Guatemala",
    "America/Costa_Rica",
    "America/Panama",
    "America/Bogota",
    "America/Lima",
    "America/Guayaquil",
    "America/Caracas",
    "America/La_Paz",
    "America/Santiago",
    "America/Asuncion",
    "America/Montevideo",
    "America/Argentina/Buenos_Aires",
    "America/Sao_Paulo",
    "America/Santo_Domingo",
    "Atlantic/Canary",
    "Europe/Lisbon",
    "Europe/Dublin",
    "Europe/London",
    "Europe/Madrid",
    "Europe/Paris",
    "Europe/Brussels",
    "Europe/Amsterdam",
    "Europe/Berlin",
    "Europe/Zurich",
    "Europe/Vienna",
    "Europe/Rome",
    "Europe/Prague",
    "Europe/Warsaw",
    "Europe/Budapest",
    "Europe/Belgrade",
    "Europe/Athens",
    "Europe/Bucharest",
    "Europe/Chisinau",
    "Europe/Sofia",
    "Europe/Helsinki",
    "Europe/Kyiv",
    "Europe/Istanbul",
    "Africa/Casablanca",
    "Africa/Lagos",
    "Africa/Cairo",
    "Africa/Nairobi",
    "Africa/Johannesburg",
    "Asia/Jerusalem",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Bangkok",
    "Asia/Ho_Chi_Minh",
    "Asia/Jakarta",
    "Asia/Singapore",
    "Asia/Hong_Kong",
    "Asia/Shanghai",
    "Asia/Taipei",
    "Asia/Manila",
    "Asia/Seoul",
    "Asia/Tokyo",
    "Australia/Perth",
    "Australia/Brisbane",
    "Australia/Sydney",
    "Pacific/Auckland",
    "UTC",
];

/// Currencies that are offered; any other that a shop has stays.
const CURRENCIES: &[&str] = &[
    "USD", "CAD", "MXN", "EUR", "GBP", "RON", "CNY", "CHF", "PLN", "CZK", "HUF", "SEK", "NOK", "DKK", "AUD", "NZD",
    "SGD", "HKD", "JPY", "KRW", "INR", "ZAR", "BRL", "ARS", "CLP", "COP", "PEN", "UYU", "DOP", "GTQ", "CRC", "MDL",
    "TRY",
];

/// What is usual in a country: its currency, and the time zone in which most people live.
const USUAL: &[(&str, &str, &str)] = &[
    ("US", "USD", "America/New_York"),
    ("CA", "CAD", "America/Toronto"),
    ("MX", "MXN", "America/Mexico_City"),
    ("GB", "GBP", "Europe/London"),
    ("IE", "EUR", "Europe/Dublin"),
    ("ES", "EUR", "Europe/Madrid"),
    ("FR", "EUR", "Europe/Paris"),
    ("BE", "EUR", "Europe/Brussels"),
    ("DE", "EUR", "Europe/Berlin"),
    ("IT", "EUR", "Europe/Rome"),
    ("PT", "EUR", "Europe/Lisbon"),
    ("RO", "RON", "Europe/Bucharest"),
    ("MD", "MDL", "Europe/Chisinau"),
    ("CN", "CNY", "Asia/Shanghai"),
    ("HK", "HKD", "Asia/Hong_Kong"),
    ("SG", "SGD", "Asia/Singapore"),
    ("AU", "AUD", "Australia/Sydney"),
    ("NZ", "NZD", "Pacific/Auckland"),
    ("CO", "COP", "America/Bogota"),
    ("AR", "ARS", "America/Argentina/Buenos_Aires"),
    ("CL", "CLP", "America/Santiago"),
    ("PE", "PEN", "America/Lima"),
    ("BR", "BRL", "America/Sao_Paulo"),
];

/// The time zones to choose from, with the one that is chosen: (name in tables, as it is read).
pub(super) fn zones(chosen: &str) -> Vec<(String, String)> {
    with_chosen(ZONES, Some(chosen).filter(|zone| zone.parse::<Tz>().is_ok()))
        .into_iter()
        .map(|zone| (zone.to_owned(), zone.replace('_', " ")))
        .collect()
}

/// The currencies to choose from, with the one that is chosen.
pub(super) fn currencies(chosen: &str) -> Vec<String> {
    with_chosen(CURRENCIES, Some(chosen).filter(|code| code.len() == 3)).into_iter().map(str::to_owned).collect()
}

fn with_chosen<'a>(offered: &[&'a str], chosen: Option<&'a str>) -> Vec<&'a str> {
    let missing = chosen.filter(|chosen| !offered.contains(chosen));
    missing.into_iter().chain(offered.iter().copied()).collect()
}

/// The currency and the time zone that are usual where a number is from.
pub(super) fn usual_at(sender: Option<&Sender>) -> (&'static str, &'static str) {
    let country =
        sender.and_then(|sender| Country::of_phone(sender.address.phone()?)).map(|country| country.to_string());
    let usual = USUAL.iter().find(|(code, ..)| Some(*code) == country.as_deref());
    usual.map_or(("USD", "America/New_York"), |(_, currency, zone)| (currency, zone))
}

/// A number that a shop may text from.
pub(super) struct Number {
    /// Our id of the sender.
    pub(super) id: String,
    /// As people write it.
    pub(super) written: String,
    /// Whether other merchants use it too.
    pub(super) is_shared: bool,
}

/// Numbers to choose from, the merchant's own first.
pub(super) fn numbers(senders: &[Sender]) -> Vec<Number> {
    let mut senders: Vec<&Sender> = senders.iter().collect();
    senders.sort_by_key(|sender| (sender.merchant_id.is_none(), sender.created_at, sender.id));
    let number = |sender: &Sender| Number {
        id: sender.id.to_string(),
        written: link::number_written(&sender.address),
        is_shared: sender.merchant_id.is_none(),
    };
    senders.into_iter().map(number).collect()
}

/// Where a shop's guide goes on.
pub(super) fn guide(shop: &Shop, step: &str) -> String {
    format!("/console/shops/{}/start/{step}", shop.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;

    #[test]
    fn everything_that_is_offered_is_known() {
        assert!(ZONES.iter().all(|zone| zone.parse::<Tz>().is_ok()));
        assert!(CURRENCIES.iter().all(|code| Currency::from_code(code).is_some()));
        for (country, currency, zone) in USUAL {
            assert!(Country::from_code(country).is_some() && CURRENCIES.contains(currency) && ZONES.contains(zone));
        }
    }

    #[test]
    fn what_a_shop_has_is_offered_even_if_it_is_rare() {
        assert_eq!(zones("Asia/Kathmandu").first().map(|(zone, _)| zone.as_str()), Some("Asia/Kathmandu"));
        assert!(zones("<script>").iter().all(|(zone, _)| !zone.contains('<')));
        assert_eq!(currencies("ISK").first().map(String::as_str), Some("ISK"));
    }
}
