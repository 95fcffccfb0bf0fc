//! Square: payments and refunds, at the counter and online, and the phones of those who pay.
//!
//! Sources: <https://developer.squareup.com/docs/webhooks/step3validate> (the signature),
//! <https://developer.squareup.com/docs/payments-api/webhooks>, <https://developer.squareup.com/docs/refunds-api/webhooks>,
//! <https://developer.squareup.com/reference/square/objects/Payment>, `PaymentRefund` and `Customer` beside it.
//!
//! A payment has no phone; it names the customer, whose phone comes with `customer.*` events or is asked for. Points are for
//! what was bought: `amount_money`, which is without the tip. The tax stands in the order, which the events do not bring.

use chrono::{DateTime, Duration, Utc};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::{
    LookUp, Options, Phone, Posted, Question, Reported, ReportedRefund, ReportedSale, TillKind, Unreadable,
    fields::{Id, currency, read, read_part},
    signature,
};
use crate::domain::money::{AMOUNT_MAX, Currency};

/// Its line in the list of tills.
pub const TILL: TillKind = TillKind {
    name: "square",
    events: &[
        "payment.created",
        "payment.updated",
        "refund.created",
        "refund.updated",
        "customer.created",
        "customer.updated",
        "customer.deleted",
    ],
    is_signed,
    is_greeting: |_| false,
    read: read_event,
    has_global_ids: true,
    // Square tries for a day; what was put off by an outage on either side has come by then.
    refund_waits: Duration::days(3),
    look_up: Some(LookUp { write: write_look_up, read: read_looked_up }),
};

/// The version of the API that the look-up speaks.
const HEADERS: &[(&str, &str)] = &[("Square-Version", "2025-01-23")];

fn is_signed(posted: &Posted<'_>, secret: &SecretString) -> bool {
    let signature = posted.header("x-square-hmacsha256-signature");
    signature::is_made_with(secret, signature, &[posted.url.as_bytes(), posted.body])
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    created_at: Option<DateTime<Utc>>,
    #[serde(default)]
    data: Option<Subject>,
}

#[derive(Deserialize)]
struct Subject {
    id: Option<Id>,
    object: Option<Value>,
}

#[derive(Deserialize)]
struct Money {
    amount: i64,
    currency: String,
}

#[derive(Deserialize)]
struct Payment {
    id: Id,
    status: Option<String>,
    amount_money: Option<Money>,
    location_id: Option<Id>,
    customer_id: Option<Id>,
    source_type: Option<String>,
    created_at: DateTime<Utc>,
}

#[derive(Deserialize)]
struct Refund {
    id: Id,
    status: Option<String>,
    amount_money: Money,
    payment_id: Option<Id>,
    created_at: DateTime<Utc>,
}

#[derive(Deserialize)]
struct Buyer {
    id: Id,
    phone_number: Option<String>,
    address: Option<Place>,
    updated_at: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct Place {
    country: Option<String>,
}

fn read_event(posted: &Posted<'_>, _: &Options) -> Result<Vec<Reported>, Unreadable> {
    let event: Event = read(posted.body, "event")?;
    let mut subject = event.data;
    let mut part = |name: &str| {
        let object = subject.as_mut().and_then(|subject| subject.object.as_mut());
        object.and_then(|object| object.get_mut(name)).map(Value::take).unwrap_or_default()
    };
    let reported = match event.kind.as_str() {
        "payment.created" | "payment.updated" => sale(read_part(part("payment"), "payment")?)?,
        "refund.created" | "refund.updated" => refund(read_part(part("refund"), "refund")?)?,
        "customer.created" | "customer.updated" => {
            Some(buyer(read_part(part("customer"), "customer")?, event.created_at))
        }
        "customer.deleted" => {
            let id = subject.and_then(|subject| subject.id).map(|id| id.0);
            id.zip(event.created_at).map(|(id, at)| Reported::Buyer { id, phone: None, at })
        }
        _ => None,
    };
    Ok(reported.into_iter().collect())
}

/// A payment is a sale once it is completed: before that it may still be cancelled.
fn sale(payment: Payment) -> Result<Option<Reported>, Unreadable> {
    let Some(money) = payment.amount_money.filter(|_| payment.status.as_deref() == Some("COMPLETED")) else {
        return Ok(None);
    };
    let (amount, currency) = read_money(&money, "payment")?;
    Ok(Some(Reported::Sale(Box::new(ReportedSale {
        id: payment.id.0,
        location: payment.location_id.map(|id| id.0),
        phones: Vec::new(),
        buyer: payment.customer_id.map(|id| id.0),
        currency,
        amount,
        tax: 0,
        items: Vec::new(),
        payment: payment.source_type.map(|word| word.to_lowercase()),
        at: payment.created_at,
    }))))
}

/// A refund that is not linked to a payment is no sale's.
fn refund(refund: Refund) -> Result<Option<Reported>, Unreadable> {
    let is_done = refund.status.as_deref() == Some("COMPLETED");
    let Some(sale_id) = refund.payment_id.filter(|_| is_done) else { return Ok(None) };
    let money = Some(read_money(&refund.amount_money, "refund")?);
    let (id, at) = (refund.id.0, refund.created_at);
    Ok(Some(Reported::Refund(ReportedRefund { sale_id: sale_id.0, id, money, at, may_be_unknown: false })))
}

fn buyer(buyer: Buyer, told_at: Option<DateTime<Utc>>) -> Reported {
    let at = buyer.updated_at.or(told_at).unwrap_or_default();
    Reported::Buyer { id: buyer.id.0.clone(), phone: phone(buyer), at }
}

fn phone(buyer: Buyer) -> Option<Phone> {
    let country = buyer.address.and_then(|place| place.country);
    Phone::of(buyer.phone_number, country.as_deref())
}

/// Amounts are in the smallest unit already.
fn read_money(money: &Money, what: &'static str) -> Result<(i64, Currency), Unreadable> {
    if !(0..=AMOUNT_MAX * 1000).contains(&money.amount) {
        return Err(Unreadable::Field("amount_money".to_owned(), what));
    }
    Ok((money.amount, currency(&money.currency, what)?))
}

/// `GET /v2/customers/{id}`
fn write_look_up(base: &Url, access_token: &SecretString, buyer: &str) -> Question {
    let mut url = base.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(["v2", "customers", buyer]);
    }
    Question { url, access_token: access_token.clone(), headers: HEADERS }
}

fn read_looked_up(status: u16, body: &[u8]) -> Result<Option<Phone>, Unreadable> {
    #[derive(Deserialize)]
    struct Answer {
        customer: Buyer,
    }
    match status {
        200 => Ok(phone(read::<Answer>(body, "answer")?.customer)),
        404 => Ok(None),
        _ => Err(Unreadable::Status(status)),
    }
}
