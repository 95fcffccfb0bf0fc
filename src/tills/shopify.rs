//! Shopify: orders of the web shop and of its point of sale.
//!
//! Sources: <https://shopify.dev/docs/apps/build/webhooks/verify-deliveries> (the signature),
//! <https://shopify.dev/docs/api/admin-rest/latest/resources/order> and `…/refund` (what is in `orders/paid` and
//! `refunds/create`), <https://shopify.dev/changelog/updates-to-webhook-retry-mechanism>.
//!
//! Points are for goods: the subtotal after every discount, with its tax; not for shipping, duties, tips, or gift cards, which
//! earn when they are spent. The amounts are those of the order as it was placed: what goes back comes as a refund, and would
//! count twice if the `current_…` amounts were taken.

use chrono::{DateTime, Duration, Utc};
use rust_decimal::Decimal;
use secrecy::SecretString;
use serde::Deserialize;

use super::{
    Options, Phone, Posted, Reported, ReportedRefund, ReportedSale, TillKind, Unreadable,
    fields::{Id, Written, currency, minor, or_nothing, read, sum},
    lines::{Line, items},
    signature,
};

/// Its line in the list of tills.
pub const TILL: TillKind = TillKind {
    name: "shopify",
    events: &["orders/paid", "refunds/create"],
    is_signed,
    is_greeting: |_| false,
    read: read_report,
    has_global_ids: true,
    // Shopify tries eight times in four hours and then may drop the subscription: it must not come to that for one refund.
    refund_waits: Duration::hours(1),
    look_up: None,
};

fn is_signed(posted: &Posted<'_>, secret: &SecretString) -> bool {
    signature::is_made_with(secret, posted.header("x-shopify-hmac-sha256"), &[posted.body])
}

fn read_report(posted: &Posted<'_>, _: &Options) -> Result<Vec<Reported>, Unreadable> {
    let reported = match posted.header("x-shopify-topic") {
        "orders/paid" => sale(read(posted.body, "order")?)?,
        "refunds/create" => refund(read(posted.body, "refund")?)?,
        _ => None,
    };
    Ok(reported.into_iter().collect())
}

#[derive(Deserialize)]
struct Order {
    id: Id,
    #[serde(default)]
    test: Option<bool>,
    financial_status: Option<String>,
    currency: String,
    subtotal_price: Written,
    taxes_included: Option<bool>,
    location_id: Option<Id>,
    phone: Option<String>,
    customer: Option<Buyer>,
    billing_address: Option<Place>,
    shipping_address: Option<Place>,
    payment_gateway_names: Option<Vec<String>>,
    processed_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    line_items: Option<Vec<Bought>>,
}

#[derive(Deserialize)]
struct Buyer {
    phone: Option<String>,
    default_address: Option<Place>,
}

#[derive(Deserialize)]
struct Place {
    phone: Option<String>,
    country_code: Option<String>,
}

#[derive(Deserialize)]
struct Bought {
    sku: Option<String>,
    title: Option<String>,
    product_type: Option<String>,
    vendor: Option<String>,
    quantity: Written,
    price: Written,
    gift_card: Option<bool>,
    discount_allocations: Option<Vec<Part>>,
    tax_lines: Option<Vec<Tax>>,
}

#[derive(Deserialize)]
struct Part {
    amount: Option<Written>,
}

#[derive(Deserialize)]
struct Tax {
    price: Option<Written>,
}

#[derive(Deserialize)]
struct Refund {
    id: Id,
    order_id: Id,
    created_at: DateTime<Utc>,
    transactions: Option<Vec<Payment>>,
    order_adjustments: Option<Vec<Adjustment>>,
}

#[derive(Deserialize)]
struct Payment {
    kind: Option<String>,
    status: Option<String>,
    amount: Option<Written>,
    currency: Option<String>,
}

#[derive(Deserialize)]
struct Adjustment {
    kind: Option<String>,
    amount: Option<Written>,
    tax_amount: Option<Written>,
}

/// The topic stands in a header that is not signed, so the order must say for itself that it is paid.
fn sale(order: Order) -> Result<Option<Reported>, Unreadable> {
    let paid = ["paid", "partially_refunded", "refunded"];
    let is_paid = order.financial_status.as_deref().is_some_and(|status| paid.contains(&status));
    let bought: Vec<Bought> = order.line_items.unwrap_or_default();
    let (cards, goods): (Vec<_>, Vec<_>) = bought.into_iter().partition(|line| line.gift_card == Some(true));
    if !is_paid || order.test == Some(true) || (goods.is_empty() && !cards.is_empty()) {
        return Ok(None);
    }
    let currency = currency(&order.currency, "order")?;
    let tax = sum(goods.iter().map(Bought::tax));
    let tax_on_top = if order.taxes_included == Some(true) { Decimal::ZERO } else { tax };
    let for_cards = sum(cards.iter().map(|line| line.price() - line.discount()));
    let amount = minor(order.subtotal_price.0 - for_cards + tax_on_top, currency).max(0);
    let phones = phones(order.phone, order.customer, order.billing_address, order.shipping_address);
    let taxed = order.taxes_included != Some(true);
    Ok(Some(Reported::Sale(Box::new(ReportedSale {
        id: order.id.0,
        location: order.location_id.map(|id| id.0),
        phones,
        buyer: None,
        currency,
        amount,
        tax: minor(tax, currency).clamp(0, amount),
        items: items(goods.into_iter().map(|line| line.read(taxed)), currency),
        payment: order.payment_gateway_names.and_then(|names| names.into_iter().next()),
        at: order.processed_at.unwrap_or(order.created_at),
    }))))
}

/// The phone that was typed at checkout, the customer's own, then those of the addresses; a parcel may go to somebody else.
fn phones(typed: Option<String>, buyer: Option<Buyer>, billing: Option<Place>, shipping: Option<Place>) -> Vec<Phone> {
    let (own, home) = buyer.map_or((None, None), |buyer| (buyer.phone, buyer.default_address));
    let places = [billing, home, shipping];
    let country = places.iter().flatten().find_map(|place| place.country_code.clone());
    let mut phones: Vec<Phone> =
        [typed, own].into_iter().filter_map(|phone| Phone::of(phone, country.as_deref())).collect();
    let of_place = |place: Place| Phone::of(place.phone, place.country_code.as_deref());
    phones.extend(places.into_iter().flatten().filter_map(of_place));
    phones
}

/// What went back for goods: the money of all transactions that succeeded, without what was for shipping. Goods that only
/// went back on the shelf are no refund.
fn refund(refund: Refund) -> Result<Option<Reported>, Unreadable> {
    let paid_back = |payment: &&Payment| {
        payment.kind.as_deref() == Some("refund") && payment.status.as_deref().is_none_or(|status| status == "success")
    };
    let transactions = refund.transactions.unwrap_or_default();
    let paid_back: Vec<&Payment> = transactions.iter().filter(paid_back).collect();
    let Some(code) = paid_back.first().and_then(|payment| payment.currency.clone()) else { return Ok(None) };
    let currency = currency(&code, "refund")?;
    let money = sum(paid_back.iter().map(|payment| or_nothing(payment.amount)));
    let adjustments = refund.order_adjustments.unwrap_or_default();
    let shipping = adjustments.iter().filter(|adjustment| adjustment.kind.as_deref() == Some("shipping_refund"));
    let shipping = sum(shipping.map(|part| or_nothing(part.amount).abs() + or_nothing(part.tax_amount).abs()));
    let money = minor(money - shipping, currency);
    let Refund { id, order_id, created_at, .. } = refund;
    Ok((money > 0).then_some(Reported::Refund(ReportedRefund {
        sale_id: order_id.0,
        id: id.0,
        money: Some((money, currency)),
        at: created_at,
        may_be_unknown: false,
    })))
}

impl Bought {
    fn price(&self) -> Decimal {
        self.price.0.saturating_mul(self.quantity.0)
    }

    fn discount(&self) -> Decimal {
        sum(self.discount_allocations.iter().flatten().map(|part| or_nothing(part.amount)))
    }

    fn tax(&self) -> Decimal {
        sum(self.tax_lines.iter().flatten().map(|tax| or_nothing(tax.price)))
    }

    fn read(self, is_taxed_on_top: bool) -> Line {
        let tax = if is_taxed_on_top { self.tax() } else { Decimal::ZERO };
        let price = self.price() + tax;
        let category = self.product_type.filter(|kind| !kind.is_empty()).or(self.vendor);
        Line { sku: self.sku, name: self.title, category, quantity: self.quantity.0, price }
    }
}
