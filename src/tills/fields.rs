//! How tills write ids, money and times, and what is said where they do not.

use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use serde::{Deserialize, Deserializer, de::DeserializeOwned, de::Error as _};
use serde_json::Value;

use super::Unreadable;
use crate::domain::money::{AMOUNT_MAX, Currency};

/// The longest id that is read: Square's have 192 characters at most, and that of a refund begins with that of its payment.
const ID_CHARS_MAX: usize = 255;

/// Reads JSON as `what`; a mistake names the part and never its value.
pub(super) fn read<T: DeserializeOwned>(body: &[u8], what: &'static str) -> Result<T, Unreadable> {
    let mut json = serde_json::Deserializer::from_slice(body);
    serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        if error.into_inner().is_data() { Unreadable::Field(named(path), what) } else { Unreadable::NotJson }
    })
}

/// The same of a part that was read already.
pub(super) fn read_part<T: DeserializeOwned>(part: Value, what: &'static str) -> Result<T, Unreadable> {
    serde_path_to_error::deserialize(part).map_err(|error| Unreadable::Field(named(error.path().to_string()), what))
}

fn named(path: String) -> String {
    if path == "." { "a part".to_owned() } else { path }
}

/// An id, written as a number or as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Id(pub(super) String);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = match Value::deserialize(deserializer)? {
            Value::Number(number) if number.is_u64() => number.to_string(),
            Value::String(text) => text,
            _ => return Err(D::Error::custom("is not an id")),
        };
        let is_id = (1..=ID_CHARS_MAX).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
        is_id.then_some(Self(id)).ok_or_else(|| D::Error::custom("is not an id"))
    }
}

/// An amount or a number of things, as text or as a number: `"12.50"`, `-3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Written(pub(super) Decimal);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match Value::deserialize(deserializer)? {
            Value::Number(number) => number.to_string(),
            Value::String(text) => text,
            _ => return Err(D::Error::custom("is not an amount")),
        };
        let read = Decimal::from_str(text.trim()).ok().filter(|amount| amount.abs() <= Decimal::from(AMOUNT_MAX));
        read.map(Self).ok_or_else(|| D::Error::custom("is not an amount"))
    }
}

/// The smallest units of a currency, rounded away from zero at the half.
pub(super) fn minor(amount: Decimal, currency: Currency) -> i64 {
    let scaled = amount.checked_mul(Decimal::from(10_i64.pow(currency.digits()))).unwrap_or(Decimal::MAX);
    let rounded = scaled.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    rounded.to_i64().unwrap_or(if amount.is_sign_negative() { i64::MIN } else { i64::MAX })
}

/// What is written, or nothing.
pub(super) fn or_nothing(amount: Option<Written>) -> Decimal {
    amount.unwrap_or_default().0
}

/// A sum that stops at the bounds.
pub(super) fn sum(amounts: impl Iterator<Item = Decimal>) -> Decimal {
    amounts.fold(Decimal::ZERO, Decimal::saturating_add)
}

/// The currency of that code.
pub(super) fn currency(code: &str, what: &'static str) -> Result<Currency, Unreadable> {
    Currency::from_code(code).ok_or_else(|| Unreadable::Field("currency".to_owned(), what))
}
