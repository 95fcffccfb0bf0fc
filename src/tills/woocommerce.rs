//! WooCommerce: orders of a WordPress shop.
//!
//! Sources: <https://woocommerce.com/document/webhooks/>, <https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks>
//! (the signature, the ping, more than five failures in a row switch it off) and `…/#order-properties`.
//!
//! Every report is the whole order with its refunds, so none ever comes before its sale. Points are for goods: the total after
//! discounts, with tax, without shipping.

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use rust_decimal::Decimal;
use secrecy::SecretString;
use serde::Deserialize;

use super::{
    Options, Phone, Posted, Reported, ReportedRefund, ReportedSale, TillKind, Unreadable,
    fields::{Id, Written, currency, minor, or_nothing, read},
    lines::{Line, items},
    signature,
};
use crate::domain::money::Currency;

/// Its line in the list of tills.
pub const TILL: TillKind = TillKind {
    name: "woocommerce",
    events: &["order.created", "order.updated"],
    is_signed,
    is_greeting: is_ping,
    read: read_report,
    has_global_ids: false,
    refund_waits: Duration::zero(),
    look_up: None,
};

/// The words for orders that are paid, where the owner names no others.
const PAID: [&str; 2] = ["processing", "completed"];

fn is_signed(posted: &Posted<'_>, secret: &SecretString) -> bool {
    signature::is_made_with(secret, posted.header("x-wc-webhook-signature"), &[posted.body])
}

/// When a webhook is saved, its number alone is sent, without a topic and unsigned; anything but a 200 is an error there.
fn is_ping(posted: &Posted<'_>) -> bool {
    let number = posted.body.strip_prefix(b"webhook_id=").unwrap_or_default();
    let is_number = (1..=20).contains(&number.len()) && number.iter().all(u8::is_ascii_digit);
    is_number && posted.header("x-wc-webhook-topic").is_empty()
}

#[derive(Deserialize)]
struct Order {
    id: Id,
    status: String,
    currency: String,
    total: Written,
    total_tax: Option<Written>,
    shipping_total: Option<Written>,
    shipping_tax: Option<Written>,
    date_created_gmt: Option<NaiveDateTime>,
    date_paid_gmt: Option<NaiveDateTime>,
    date_modified_gmt: Option<NaiveDateTime>,
    payment_method: Option<String>,
    billing: Option<Place>,
    shipping: Option<Place>,
    line_items: Option<Vec<Bought>>,
    refunds: Option<Vec<Refund>>,
}

#[derive(Deserialize)]
struct Place {
    phone: Option<String>,
    country: Option<String>,
}

#[derive(Deserialize)]
struct Bought {
    sku: Option<String>,
    name: Option<String>,
    quantity: Written,
    subtotal: Option<Written>,
    subtotal_tax: Option<Written>,
}

#[derive(Deserialize)]
struct Refund {
    id: Id,
    total: Option<Written>,
}

fn read_report(posted: &Posted<'_>, options: &Options) -> Result<Vec<Reported>, Unreadable> {
    if !matches!(posted.header("x-wc-webhook-topic"), "order.created" | "order.updated" | "order.restored") {
        return Ok(Vec::new());
    }
    let order: Order = read(posted.body, "order")?;
    let currency = currency(&order.currency, "order")?;
    let is_paid = match options.paid_statuses.as_slice() {
        [] => PAID.contains(&order.status.as_str()),
        chosen => chosen.contains(&order.status),
    };
    let refunds = refunds(&order, currency);
    let mut reported = Vec::new();
    if is_paid {
        reported.push(Reported::Sale(Box::new(sale(order, currency))));
    }
    reported.extend(refunds.into_iter().map(Reported::Refund));
    Ok(reported)
}

/// The refunds of an order. One that was cancelled or failed after it had been paid is taken back as a whole; an order that
/// never was a sale has nothing to take back, and that is no mistake.
fn refunds(order: &Order, currency: Currency) -> Vec<ReportedRefund> {
    let at = order.date_modified_gmt.or(order.date_created_gmt).unwrap_or_default().and_utc();
    let refund =
        |id: String, money| ReportedRefund { sale_id: order.id.0.clone(), id, money, at, may_be_unknown: true };
    let mut refunds = Vec::new();
    for listed in order.refunds.iter().flatten() {
        let money = minor(or_nothing(listed.total).abs(), currency);
        refunds.extend((money > 0).then(|| refund(listed.id.0.clone(), Some((money, currency)))));
    }
    if matches!(order.status.as_str(), "cancelled" | "failed" | "refunded") {
        refunds.push(refund(order.status.clone(), None));
    }
    refunds
}

fn sale(order: Order, currency: Currency) -> ReportedSale {
    let at = |time: Option<NaiveDateTime>| time.as_ref().map(NaiveDateTime::and_utc);
    let shipping_tax = or_nothing(order.shipping_tax);
    let amount = order.total.0 - or_nothing(order.shipping_total) - shipping_tax;
    let amount = minor(amount, currency).max(0);
    let tax = minor(or_nothing(order.total_tax) - shipping_tax, currency).clamp(0, amount);
    let phone = |place: Place| Phone::of(place.phone, place.country.as_deref());
    ReportedSale {
        id: order.id.0,
        location: None,
        phones: [order.billing, order.shipping].into_iter().flatten().filter_map(phone).collect(),
        buyer: None,
        currency,
        amount,
        tax,
        items: items(order.line_items.unwrap_or_default().into_iter().map(Bought::read), currency),
        payment: order.payment_method.filter(|word| !word.is_empty()),
        at: at(order.date_paid_gmt).or(at(order.date_created_gmt)).unwrap_or(DateTime::<Utc>::UNIX_EPOCH),
    }
}

impl Bought {
    fn read(self) -> Line {
        let price: Decimal = or_nothing(self.subtotal) + or_nothing(self.subtotal_tax);
        Line { sku: self.sku, name: self.name, category: None, quantity: self.quantity.0, price }
    }
}
