//! Money: an amount in the smallest unit of its currency, and as people write it.

use std::{fmt, str::FromStr};

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The largest amount that is taken, in whole units of the currency.
pub const AMOUNT_MAX: i64 = 1_000_000_000;

/// A currency of ISO 4217.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Currency(iso_currency::Currency);

impl Default for Currency {
    fn default() -> Self {
        Self(iso_currency::Currency::USD)
    }
}

impl Currency {
    /// Finds it by its code of three letters.
    pub fn from_code(code: &str) -> Option<Self> {
        iso_currency::Currency::from_code(&code.to_ascii_uppercase()).map(Self)
    }

    /// Its code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many digits stand behind the point: 2 for USD, 0 for JPY.
    pub fn digits(self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }

    /// An amount in the smallest unit, as people read it: `$12.50`, `12.50 RON`.
    pub fn write(self, minor: i64) -> String {
        let amount = Decimal::new(minor, self.digits());
        match self.0.code() {
            "USD" | "CAD" | "AUD" | "NZD" | "MXN" | "SGD" | "HKD" => format!("${amount}"),
            "GBP" => format!("£{amount}"),
            "CNY" | "JPY" => format!("¥{amount}"),
            code => format!("{amount} {code}"),
        }
    }
}

/// An amount of money in whole units with the digits behind the point, as a merchant writes it: `150`, `4.50`. Never below
/// zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(Decimal);

/// What is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("must be an amount such as 4.50, at most {AMOUNT_MAX}, with at most 3 digits behind the point")]
pub struct NoAmount;

impl Amount {
    /// The amount in the smallest unit of a currency; more digits than it has are rounded away from zero at the half.
    pub fn minor(self, currency: Currency) -> i64 {
        let scaled = self.0 * Decimal::from(10_i64.pow(currency.digits()));
        scaled.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64().unwrap_or(i64::MAX)
    }

    /// As a number to reckon with.
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }
}

impl FromStr for Amount {
    type Err = NoAmount;

    fn from_str(written: &str) -> Result<Self, NoAmount> {
        let decimal = Decimal::from_str_exact(written.trim()).map_err(|_| NoAmount)?.normalize();
        let fits = decimal.scale() <= 3 && !decimal.is_sign_negative() && decimal <= Decimal::from(AMOUNT_MAX);
        fits.then_some(Self(decimal)).ok_or(NoAmount)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        number(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Amount {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An amount of money in whole units: 150 or \"4.50\".",
            "type": ["number", "string"], "minimum": 0, "pattern": "^[0-9]+([.][0-9]{1,3})?$",
        })
    }
}

/// By how much points are multiplied: 1.5, 2 … 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Times(Decimal);

impl Times {
    /// What is added to so many points, rounded down: 1.5 times 3 points adds 1.
    pub fn extra(self, points: i64) -> i64 {
        (Decimal::from(points) * (self.0 - Decimal::ONE)).floor().to_i64().unwrap_or(i64::MAX)
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Times {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = number(deserializer)?;
        let times = Decimal::from_str_exact(written.trim()).map(|times| times.normalize()).ok();
        let fits = |times: &Decimal| *times >= Decimal::ONE && *times <= Decimal::ONE_HUNDRED && times.scale() <= 2;
        let wrong = || serde::de::Error::custom("must be a number from 1 to 100, such as 2 or 1.5");
        times.filter(fits).map(Self).ok_or_else(wrong)
    }
}

impl Serialize for Times {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Times {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Times".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "By how much points are multiplied: 2 or 1.5.", "type": ["number", "string"], "minimum": 1, "maximum": 100 })
    }
}

/// A number as it was written, whether as a number or as a text: a float would lose digits.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match serde_json::Value::deserialize(deserializer)? {
        serde_json::Value::Number(number) => Ok(number.to_string()),
        serde_json::Value::String(text) => Ok(text),
        _ => Err(serde::de::Error::custom("must be a number such as 4.50")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_written_and_never_lose_a_cent() {
        let usd = Currency::from_code("usd").unwrap();
        let yen = Currency::from_code("JPY").unwrap();
        for (written, currency, minor) in [
            ("4.50", usd, 450),
            ("0.1", usd, 10),
            ("150", usd, 15_000),
            ("1000", yen, 1000),
            ("999999999.99", usd, 99_999_999_999),
        ] {
            assert_eq!(written.parse::<Amount>().unwrap().minor(currency), minor, "{written}");
        }
        for wrong in ["-1", "1,5", "", "1.2345", "1e3", "2000000000", "$5"] {
            assert!(wrong.parse::<Amount>().is_err(), "{wrong}");
        }
        assert_eq!((usd.write(1250), yen.write(500)), ("$12.50".to_owned(), "¥500".to_owned()));
    }

    #[test]
    fn times_adds_whole_points_only() {
        let times: Times = serde_json::from_str("1.5").unwrap();
        assert_eq!([0, 1, 2, 3].map(|points| times.extra(points)), [0, 0, 1, 1]);
        assert!(serde_json::from_str::<Times>("0.5").is_err());
    }
}
