//! What was bought, and what was true of the member then. Kept with the sale, so that a refund judges it again as it was.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::money::Currency;

/// The most lines of a sale.
pub const ITEMS_MAX: usize = 200;

/// A sale or, without an amount, a visit. Amounts are in the smallest unit of the shop's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sale {
    /// The till's number for it, unique within the shop.
    pub id: String,
    /// What was paid, after every discount and with tax.
    pub amount: i64,
    /// The tax within it.
    #[serde(default)]
    pub tax: i64,
    /// What was bought, where the till says so.
    #[serde(default)]
    pub items: Vec<Item>,
    /// How it was paid, in the till's word.
    #[serde(default)]
    pub payment: Option<String>,
    /// When it happened.
    pub at: DateTime<Utc>,
}

/// A line of a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The till's number for the article.
    #[serde(default)]
    pub sku: Option<String>,
    /// What it is called.
    #[serde(default)]
    pub name: Option<String>,
    /// What kind of thing it is.
    #[serde(default)]
    pub category: Option<String>,
    /// How many.
    pub quantity: i64,
    /// What each cost, with tax.
    #[serde(default)]
    pub unit_price: i64,
}

impl Sale {
    /// What was paid, in whole units.
    pub fn decimal(&self, currency: Currency) -> Decimal {
        Decimal::new(self.amount, currency.digits())
    }

    /// What was paid without tax, in whole units.
    pub fn decimal_before_tax(&self, currency: Currency) -> Decimal {
        Decimal::new(self.amount.saturating_sub(self.tax), currency.digits())
    }

    /// How many things were bought.
    pub fn quantity(&self) -> i64 {
        self.items.iter().map(|item| item.quantity).fold(0, i64::saturating_add)
    }

    /// How much of what was paid was for articles that fit, as a part and the whole. Where a coupon made the sale cheaper
    /// than its lines, all lines became cheaper alike.
    pub fn share_of(&self, wanted: &Articles) -> (i64, i64) {
        if wanted.is_any() {
            return (1, 1);
        }
        let price = |item: &Item| item.quantity.saturating_mul(item.unit_price);
        let sum = |prices: &mut dyn Iterator<Item = i64>| prices.fold(0, i64::saturating_add);
        let whole = sum(&mut self.items.iter().map(price)).max(self.amount).max(1);
        let part = sum(&mut self.items.iter().filter(|item| wanted.fits(item)).map(price));
        (part.clamp(0, whole), whole)
    }

    /// How many things were bought that fit.
    pub fn quantity_of(&self, wanted: &Articles) -> i64 {
        self.items.iter().filter(|item| wanted.fits(item)).map(|item| item.quantity).fold(0, i64::saturating_add)
    }
}

/// Which articles; each list that is given must have the article in it. Upper and lower case are the same.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Articles {
    /// The till's numbers for them.
    #[schemars(length(max = 200))]
    pub skus: Vec<String>,
    /// Their categories.
    #[schemars(length(max = 200))]
    pub categories: Vec<String>,
}

impl Articles {
    /// Whether none is named: then every article fits.
    pub fn is_any(&self) -> bool {
        self.skus.is_empty() && self.categories.is_empty()
    }

    /// Whether an article is one of them.
    pub fn fits(&self, item: &Item) -> bool {
        let among = |list: &[String], value: &Option<String>| {
            list.is_empty() || value.as_ref().is_some_and(|value| has_word(list, value))
        };
        among(&self.skus, &item.sku) && among(&self.categories, &item.category)
    }
}

/// Whether a word is in a list, in any case.
pub fn has_word(list: &[String], word: &str) -> bool {
    list.iter().any(|listed| listed.trim().to_lowercase() == word.trim().to_lowercase())
}

/// What was true of the member when the sale happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// When, on the clock of the shop.
    pub local: NaiveDateTime,
    /// The level they had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Whether their paid membership ran.
    #[serde(default)]
    pub is_paid_member: bool,
    /// Whether they had bought nothing before.
    #[serde(default)]
    pub is_first: bool,
    /// Minutes since the visit before; `None` on the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes_since_visit: Option<i64>,
    /// Days to the nearest birthday, before it or after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_from_birthday: Option<i64>,
    /// Whether a friend brought them, and may still be thanked for it.
    #[serde(default)]
    pub is_referred: bool,
    /// What they answered to the shop's questions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, String>,
    /// What a limit leaves, by rule: points or times.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub left: BTreeMap<String, i64>,
}
