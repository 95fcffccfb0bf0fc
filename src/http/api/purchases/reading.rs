//! What a till sends of a purchase, and how it is read: field after field, so that every mistake is named at once.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    domain::{
        money::{AMOUNT_MAX, Currency},
        program::sale::{ITEMS_MAX, Item, Sale},
        purse::refund::Returned,
        shop::Shop,
    },
    http::api::body::{Checks, line, moment, object_if_any, objects_if_any, text_of_at_most},
    service::fields::currency,
};

/// The largest amount, in the smallest unit of any currency.
const MINOR_MAX: i64 = AMOUNT_MAX * 1000;
/// The most of one article in a line.
const QUANTITY_MAX: i64 = 100_000;
/// How far a till's clock may be ahead of ours.
const AHEAD_MAX: Duration = Duration::minutes(10);
/// The most characters of a sale's or refund's number, an article's number or category.
pub const NUMBER_CHARS_MAX: usize = 100;
/// The most characters of an article's name.
const NAME_CHARS_MAX: usize = 200;

/// A purchase, or a visit where nothing was paid.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPurchase {
    /// Who bought: their phone, best as E.164. Without + it is read as people of the shop's country write it. This or
    /// `member_id`.
    #[schema(max_length = 128, pattern = r"^\+[1-9][0-9]{6,14}$", example = "+14155550199")]
    pub phone: Option<String>,
    /// Who bought: the member's id.
    pub member_id: Option<Uuid>,
    /// The till's number for it, unique within the shop for all time: the same one again records nothing.
    #[schema(min_length = 1, max_length = 100, example = "2027-03-01-0017")]
    pub sale_id: String,
    /// What was paid, after every discount and with tax. Left out, it is the sum of the items; without items, a visit.
    #[serde(default, deserialize_with = "object_if_any")]
    pub amount: Option<Money>,
    /// The tax within the amount, in the smallest unit.
    #[schema(minimum = 0, maximum = 1000000000000i64, example = 98)]
    pub tax: Option<i64>,
    /// What was bought, for rules about articles.
    #[serde(default, deserialize_with = "objects_if_any")]
    #[schema(max_items = 200)]
    pub items: Option<Vec<NewItem>>,
    /// How it was paid, in the till's word.
    #[schema(max_length = 100, example = "card")]
    pub payment_method: Option<String>,
    /// When it happened (RFC 3339); now where it is left out. At most ten minutes ahead.
    #[schema(value_type = Option<DateTime<Utc>>)]
    pub occurred_at: Option<String>,
    /// Whether somebody who is no member is invited by one text, whose YES makes them one; the purchase waits for it.
    #[serde(default)]
    #[schema(required = false)]
    pub invite: bool,
}

/// Money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// In the smallest unit of the currency: cents, or whole yen.
    #[schema(minimum = 0, maximum = 1000000000000i64, example = 1280)]
    pub minor: i64,
    /// ISO 4217 code; it must be the shop's.
    #[schema(pattern = "^[A-Z]{3}$", example = "USD")]
    pub currency: String,
}

/// A line of a purchase.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewItem {
    /// The till's number for the article.
    #[schema(max_length = 100, example = "LATTE-12")]
    pub sku: Option<String>,
    /// What it is called.
    #[schema(max_length = 200, example = "Latte 12 oz")]
    pub name: Option<String>,
    /// What kind of thing it is.
    #[schema(max_length = 100, example = "coffee")]
    pub category: Option<String>,
    /// How many.
    #[schema(minimum = 1, maximum = 100000, example = 2)]
    pub quantity: i64,
    /// What each cost, with tax, in the smallest unit; below zero for the line of a discount.
    #[schema(minimum = -1000000000000i64, maximum = 1000000000000i64, example = 640)]
    pub unit_price: Option<i64>,
}

/// What is taken back of a purchase; nothing said: all that still stands.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRefund {
    /// The till's number for the refund, unique within the purchase: the same one again takes nothing back. Left out, it is
    /// made of the Idempotency-Key or, without one, of what is returned.
    #[schema(min_length = 1, max_length = 100, example = "2027-03-01-0017-R1")]
    pub refund_id: Option<String>,
    /// So much money goes back. This, or `items`, or neither.
    #[serde(default, deserialize_with = "object_if_any")]
    pub amount: Option<Money>,
    /// These articles come back.
    #[serde(default, deserialize_with = "objects_if_any")]
    #[schema(min_items = 1, max_items = 200)]
    pub items: Option<Vec<ReturnedItem>>,
    /// Whose purchase it must be: their phone.
    #[schema(max_length = 128, pattern = r"^\+[1-9][0-9]{6,14}$", example = "+14155550199")]
    pub phone: Option<String>,
    /// Whose purchase it must be: the member's id.
    pub member_id: Option<Uuid>,
}

/// An article that comes back: found among those that were bought by what is said of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnedItem {
    /// The till's number for the article.
    #[schema(max_length = 100, example = "LATTE-12")]
    pub sku: Option<String>,
    /// What it is called.
    #[schema(max_length = 200)]
    pub name: Option<String>,
    /// What kind of thing it is.
    #[schema(max_length = 100)]
    pub category: Option<String>,
    /// How many.
    #[schema(minimum = 1, maximum = 100000, example = 1)]
    pub quantity: i64,
}

/// Reads a purchase at a shop; who bought it is read by the caller.
pub fn sale(new: NewPurchase, shop: &Shop, now: DateTime<Utc>, checks: &mut Checks) -> Option<Sale> {
    let id = checks.check("sale_id", line(NUMBER_CHARS_MAX)(new.sale_id));
    let items = items(new.items.unwrap_or_default(), checks);
    let sum = items.iter().map(|item| item.quantity.saturating_mul(item.unit_price)).fold(0, i64::saturating_add);
    let amount = match new.amount {
        Some(money) => minor(&money, shop, checks),
        None => checks.fit("amount", within(sum, 0, MINOR_MAX).map_err(|_| "is needed: the items make no sum")),
    };
    let tax = checks.check("tax", within(new.tax.unwrap_or(0), 0, MINOR_MAX));
    let most = amount.unwrap_or(MINOR_MAX);
    let tax = tax.and_then(|tax| checks.fit("tax", within(tax, 0, most).map_err(|_| "is within the amount")));
    let payment = checks.optional("payment_method", new.payment_method, text_of_at_most(NUMBER_CHARS_MAX));
    let at = checks.optional("occurred_at", new.occurred_at, moment);
    let at = at.and_then(|at| checks.fit("occurred_at", not_ahead(at, now)));
    let payment = payment.filter(|payment| !payment.is_empty());
    let (id, amount, tax) = (id?, amount?, tax?);
    Some(Sale { id, amount, tax, items, payment, at: at.unwrap_or(now) })
}

/// Reads what is returned.
pub fn returned(new: &mut NewRefund, shop: &Shop, checks: &mut Checks) -> Option<Returned> {
    match (new.amount.take(), new.items.take()) {
        (Some(_), Some(_)) => checks.check("amount", Err("and items do not go together; send one of them")),
        (Some(money), None) => {
            let minor = minor(&money, shop, checks)?;
            checks.fit("amount", within(minor, 1, MINOR_MAX)).map(Returned::Amount)
        }
        (None, None) => Some(Returned::All),
        (None, Some(returned)) if returned.is_empty() => {
            checks.check("items", Err("names no article; leave it out to return all"))
        }
        (None, Some(returned)) => Some(Returned::Items(items(returned.into_iter().map(whole).collect(), checks))),
    }
}

fn whole(item: ReturnedItem) -> NewItem {
    let ReturnedItem { sku, name, category, quantity } = item;
    NewItem { sku, name, category, quantity, unit_price: None }
}

fn items(new: Vec<NewItem>, checks: &mut Checks) -> Vec<Item> {
    if new.len() > ITEMS_MAX {
        checks.check::<(), _>("items", Err(format!("has at most {ITEMS_MAX} lines")));
        return Vec::new();
    }
    let read = |(place, item): (usize, NewItem)| {
        let field = |name: &str| format!("items[{place}].{name}");
        let mut text = |name: &str, text: Option<String>, most: usize| {
            let text = checks.optional(&field(name), text, text_of_at_most(most));
            text.filter(|text| !text.is_empty())
        };
        let (sku, category) =
            (text("sku", item.sku, NUMBER_CHARS_MAX), text("category", item.category, NUMBER_CHARS_MAX));
        let name = text("name", item.name, NAME_CHARS_MAX);
        let quantity = checks.check(&field("quantity"), within(item.quantity, 1, QUANTITY_MAX));
        let price = within(item.unit_price.unwrap_or(0), -MINOR_MAX, MINOR_MAX);
        let unit_price = checks.check(&field("unit_price"), price);
        Some(Item { sku, name, category, quantity: quantity?, unit_price: unit_price? })
    };
    new.into_iter().enumerate().filter_map(read).collect()
}

/// The amount, where it is in the shop's currency.
fn minor(money: &Money, shop: &Shop, checks: &mut Checks) -> Option<i64> {
    let minor = checks.check("amount", within(money.minor, 0, MINOR_MAX));
    checks.check("amount", currency(money.currency.clone()))?;
    let theirs = Currency::from_code(&shop.currency).map_or(&*shop.currency, |currency| currency.code());
    if money.currency != theirs {
        return checks.fit("amount", Err(format!("must be in {theirs}, the currency of {}", shop.name)));
    }
    minor
}

fn within(number: i64, least: i64, most: i64) -> Result<i64, String> {
    if (least..=most).contains(&number) { Ok(number) } else { Err(format!("must be from {least} to {most}")) }
}

fn not_ahead(at: DateTime<Utc>, now: DateTime<Utc>) -> Result<DateTime<Utc>, &'static str> {
    if at > now + AHEAD_MAX { Err("is in the future; is the till's clock right?") } else { Ok(at) }
}
