//! The lines of a sale, as a program reads them.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::fields::minor;
use crate::domain::{
    money::Currency,
    program::sale::{ITEMS_MAX, Item},
};

/// The most of a name, a number or a category that is kept.
const TEXT_CHARS_MAX: usize = 120;
/// The most of one article in a line.
const QUANTITY_MAX: i64 = 100_000;

/// A line as a till writes it.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) sku: Option<String>,
    pub(super) name: Option<String>,
    pub(super) category: Option<String>,
    /// How many; a part of one counts as one.
    pub(super) quantity: Decimal,
    /// What all of them cost, with tax.
    pub(super) price: Decimal,
}

/// The lines of a sale: equal ones together, those that are none left out, and no more than a sale may have.
pub(super) fn items(lines: impl Iterator<Item = Line>, currency: Currency) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for line in lines {
        let quantity = line.quantity.ceil().to_i64().unwrap_or(0).min(QUANTITY_MAX);
        if quantity < 1 {
            continue;
        }
        let unit_price = minor(line.price.checked_div(Decimal::from(quantity)).unwrap_or_default(), currency);
        let [sku, name, category] = [line.sku, line.name, line.category].map(short);
        let item = Item { sku, name, category, quantity, unit_price };
        let is_alike = |known: &Item| Item { quantity: known.quantity, ..item.clone() } == *known;
        match items.iter().position(is_alike) {
            Some(place) => items[place].quantity = (items[place].quantity + quantity).min(QUANTITY_MAX),
            None if items.len() < ITEMS_MAX => items.push(item),
            None => {}
        }
    }
    items
}

fn short(text: Option<String>) -> Option<String> {
    let text: String = text?.trim().chars().filter(|c| !c.is_control()).take(TEXT_CHARS_MAX).collect();
    (!text.is_empty()).then_some(text)
}
