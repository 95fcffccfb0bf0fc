//! What a shop's own till reports: pure translators between the webhooks of tills and sales. No network here.
//!
//! The web side finds the [`Till`], asks its [`TillKind`] whether the request is signed, and has it read into [`Reported`]:
//! sales, refunds and buyers without a trace of who reported them.

mod fields;
mod lines;
pub mod shopify;
mod signature;
pub mod square;
pub mod woocommerce;

use std::fmt::{self, Debug, Formatter};

use chrono::{DateTime, Duration, Utc};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

use crate::domain::{money::Currency, program::sale::Item};

/// Every kind of till, in the order they are offered. A new one is a file and a line here.
pub const TILLS: &[TillKind] = &[square::TILL, shopify::TILL, woocommerce::TILL];

/// What is known of a kind of till.
#[derive(Clone, Copy)]
pub struct TillKind {
    /// Its name in tables, in the API, and in the ledger as who did it.
    pub name: &'static str,
    /// The events that it must be told to send, in its own words.
    pub events: &'static [&'static str],
    /// Whether a request is signed with the till's secret. An empty secret signed nothing. Compares in constant time.
    pub is_signed: fn(&Posted<'_>, &SecretString) -> bool,
    /// Whether it is the greeting that a till sends unsigned when it is set up; it is answered 200 and does nothing.
    pub is_greeting: fn(&Posted<'_>) -> bool,
    /// What is reported; nothing where it is not about a sale, a refund or a buyer.
    pub read: fn(&Posted<'_>, &Options) -> Result<Vec<Reported>, Unreadable>,
    /// Whether no two sales of all its tills share a number.
    pub has_global_ids: bool,
    /// How old a refund may be that came before its sale, and is asked for once more.
    pub refund_waits: Duration,
    /// How to ask who a buyer is, where it can be asked.
    pub look_up: Option<LookUp>,
}

impl Debug for TillKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl TillKind {
    /// The number under which a sale of a till is kept: unique within the shop, whatever other tills it has.
    pub fn sale_id(&self, till_id: Uuid, id: &str) -> String {
        let Self { name, .. } = self;
        if self.has_global_ids {
            return format!("{name}:{id}");
        }
        let till = till_id.simple().to_string();
        // The end of a UUID of version 7 is chance; its beginning is the time.
        format!("{name}:{}:{id}", &till[till.len() - 12..])
    }
}

/// The kind of till of that name.
pub fn till_kind(name: &str) -> Option<&'static TillKind> {
    TILLS.iter().find(|kind| kind.name == name)
}

/// A till that reports to a shop.
#[derive(Debug, Clone)]
pub struct Till {
    /// Our id.
    pub id: Uuid,
    /// Where its sales count.
    pub shop_id: Uuid,
    /// What it is.
    pub kind: &'static TillKind,
    /// What the owner calls it.
    pub name: String,
    /// What it signs with; empty until it is told.
    pub secret: SecretString,
    /// What opens its API, where it can be asked who a buyer is.
    pub access_token: Option<SecretString>,
    /// What its owner has chosen.
    pub options: Options,
    /// When it was added; sales of long before are not its business.
    pub created_at: DateTime<Utc>,
}

/// What the owner of a till can choose.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// The address that the till was told to call, where it is not ours: it is signed (Square).
    pub notification_url: Option<String>,
    /// The till's number for the one place whose sales count (Square, Shopify); `None`: all.
    pub location: Option<String>,
    /// The words for orders that are paid (WooCommerce); empty: `processing` and `completed`.
    pub paid_statuses: Vec<String>,
    /// Whether a phone that is no member's is invited by one text.
    pub invite: bool,
}

/// A request of a till.
#[derive(Debug, Clone)]
pub struct Posted<'a> {
    /// The address that the till was told to call.
    pub url: &'a str,
    /// Its headers.
    pub headers: Vec<(&'a str, &'a str)>,
    /// Its raw body.
    pub body: &'a [u8],
}

impl<'a> Posted<'a> {
    /// The value of a header, in whatever case its name is; empty where it is missing.
    pub fn header(&self, name: &str) -> &'a str {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }
}

/// What a till reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reported {
    /// Something was bought and paid.
    Sale(Box<ReportedSale>),
    /// Money went back.
    Refund(ReportedRefund),
    /// The phone of a buyer; `None`: it is known no more.
    Buyer {
        /// The till's number for the buyer.
        id: String,
        /// Their phone.
        phone: Option<Phone>,
        /// Since when.
        at: DateTime<Utc>,
    },
}

/// A sale. Amounts are in the smallest unit of the currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedSale {
    /// The till's number for it.
    pub id: String,
    /// The till's number for the place.
    pub location: Option<String>,
    /// The phones that were given, the best first.
    pub phones: Vec<Phone>,
    /// The till's number for the buyer.
    pub buyer: Option<String>,
    /// The currency it was paid in.
    pub currency: Currency,
    /// What was paid for goods, with tax.
    pub amount: i64,
    /// The tax within it.
    pub tax: i64,
    /// What was bought, where it is told.
    pub items: Vec<Item>,
    /// How it was paid, in the till's word.
    pub payment: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// A refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedRefund {
    /// The till's number for the sale.
    pub sale_id: String,
    /// The till's number for the refund, unique within the sale.
    pub id: String,
    /// How much went back, in the smallest unit; `None`: all.
    pub money: Option<(i64, Currency)>,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the till may say so of sales that it never reported.
    pub may_be_unknown: bool,
}

/// A phone as it was written. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone {
    /// As it was typed.
    pub written: String,
    /// The ISO code of the country beside it, where there is one.
    pub country: Option<String>,
}

impl Phone {
    /// A phone where something is written, with the country beside it.
    pub fn of(written: Option<String>, country: Option<&str>) -> Option<Self> {
        let written = written.filter(|written| !written.trim().is_empty() && written.len() <= PHONE_BYTES_MAX)?;
        Some(Self { written, country: country.map(str::to_owned) })
    }
}

impl Debug for Phone {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(…)")
    }
}

/// More than anybody writes for a phone number.
const PHONE_BYTES_MAX: usize = 64;

/// How to ask a till who a buyer is.
#[derive(Clone, Copy)]
pub struct LookUp {
    /// The request, for the API at this address.
    pub write: fn(base: &Url, access_token: &SecretString, buyer: &str) -> Question,
    /// What was answered: the phone, or that there is none; an error where it must be asked again.
    pub read: fn(http_status: u16, body: &[u8]) -> Result<Option<Phone>, Unreadable>,
}

/// A GET request with a bearer token.
#[derive(Debug, Clone)]
pub struct Question {
    /// Where to.
    pub url: Url,
    /// What opens it.
    pub access_token: SecretString,
    /// Further headers.
    pub headers: &'static [(&'static str, &'static str)],
}

/// Why something from a till cannot be read: one sentence that names the part, never its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not JSON.
    #[error("the body is not JSON")]
    NotJson,
    /// A part is missing or of another kind.
    #[error("{0} of the {1} is missing, or is not what the till's documents say")]
    Field(String, &'static str),
    /// The till's API refused.
    #[error("the till's API answered with status {0}")]
    Status(u16),
}

#[cfg(test)]
mod tests;
