//! A text in the carrier's books, and how the API and the phone page each show it.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::domain::message::DeliveryStatus;
use crate::domain::segment;

/// The API version in every path and every callback.
pub const API_VERSION: &str = "2010-04-01";

/// A text the carrier has taken, from a phone or from the gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Position in the order of arrival; never used twice by one carrier.
    pub number: u64,
    /// `SM…` or `MM…`, 34 characters; given by us, or by a test that plays a text twice.
    pub sid: String,
    /// Which way it goes.
    pub direction: Direction,
    /// The sender; empty until a messaging service has chosen one.
    pub from: String,
    /// The receiver.
    pub to: String,
    /// What is read.
    pub body: String,
    /// How far along it is.
    pub status: Status,
    /// Why it failed, as Twilio's number.
    pub error_code: Option<u32>,
    /// The messaging service it was sent through.
    pub service: Option<String>,
    /// Links of attachments.
    pub media: Vec<String>,
    /// When the carrier took it.
    pub created_at: DateTime<Utc>,
    /// When its status last changed.
    pub updated_at: DateTime<Utc>,
    /// When it left; `None` while it waits, so that a list filtered by date misses it, as with Twilio.
    pub sent_at: Option<DateTime<Utc>>,
}

/// Which way a text goes, seen from the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From a phone to the gateway.
    Inbound,
    /// From the gateway to a phone.
    Outbound,
}

/// How far along a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// From a phone, the webhook not answered yet.
    Receiving,
    /// From a phone, the webhook answered 2xx.
    Received,
    /// From a phone, the webhook refused it or was not there.
    NotReceived,
    /// From the gateway.
    Outbound(DeliveryStatus),
}

impl Status {
    /// Twilio's word; a text the webhook did not take is received all the same.
    pub fn word(self) -> &'static str {
        match self {
            Self::Receiving => "receiving",
            Self::Received | Self::NotReceived => "received",
            Self::Outbound(status) => status.word(),
        }
    }
}

impl Message {
    /// The phone at this text's far end: whoever is not the gateway.
    pub fn phone(&self) -> &str {
        match self.direction {
            Direction::Inbound => &self.from,
            Direction::Outbound => &self.to,
        }
    }

    /// The gateway's side: the number texted, or sent from.
    pub fn sender(&self) -> &str {
        match self.direction {
            Direction::Inbound => &self.to,
            Direction::Outbound => &self.from,
        }
    }

    /// The resource as Twilio's Messages API shows it.
    pub(super) fn resource<'a>(&'a self, account_sid: &'a str, prefix: &str) -> Resource<'a> {
        let uri = format!("{prefix}/{API_VERSION}/Accounts/{account_sid}/Messages/{}", self.sid);
        Resource {
            account_sid,
            api_version: API_VERSION,
            body: &self.body,
            date_created: self.created_at.to_rfc2822(),
            date_sent: self.sent_at.map(|at| at.to_rfc2822()),
            date_updated: self.updated_at.to_rfc2822(),
            direction: match self.direction {
                Direction::Inbound => "inbound",
                Direction::Outbound => "outbound-api",
            },
            error_code: self.error_code,
            error_message: self.error_code.map(meaning),
            from: Some(&*self.from).filter(|from| !from.is_empty()),
            messaging_service_sid: self.service.as_deref(),
            num_media: self.media.len().to_string(),
            num_segments: self.segments_shown(),
            price: None,
            price_unit: None,
            sid: &self.sid,
            status: self.status.word(),
            subresource_uris: Subresources { media: format!("{uri}/Media.json") },
            to: &self.to,
            uri: format!("{uri}.json"),
        }
    }

    /// A messaging service has not cut the text yet when it answers: Twilio then says "0".
    fn segments_shown(&self) -> String {
        if self.from.is_empty() { "0".to_owned() } else { segment::count(&self.body).segments.to_string() }
    }

    /// The text as the phone page shows it.
    pub(super) fn bubble(&self) -> Bubble {
        let counted = segment::count(&self.body);
        Bubble {
            number: self.number,
            sid: self.sid.clone(),
            inbound: self.direction == Direction::Inbound,
            phone: self.phone().to_owned(),
            sender: self.sender().to_owned(),
            body: self.body.clone(),
            status: if self.status == Status::NotReceived { "failed" } else { self.status.word() },
            error_code: self.error_code,
            error_message: self.error_code.map(meaning),
            segments: counted.segments,
            encoding: counted.encoding.name(),
            media: self.media.clone(),
            at: self.created_at.to_rfc3339_opts(SecondsFormat::Millis, true),
        }
    }
}

/// What Twilio's error dictionary says about a delivery error, in short.
fn meaning(code: u32) -> &'static str {
    match code {
        11200 => "the gateway's webhook did not take it",
        30003 => "unreachable destination handset",
        30004 => "message blocked",
        30005 => "unknown destination handset",
        30006 => "landline or unreachable carrier",
        30007 => "message filtered",
        30008 => "unknown error",
        _ => "not delivered",
    }
}

/// The Messages resource: names and types of Twilio's OpenAPI description, numbers as strings.
#[derive(Debug, Serialize)]
pub(super) struct Resource<'a> {
    account_sid: &'a str,
    api_version: &'static str,
    body: &'a str,
    date_created: String,
    date_sent: Option<String>,
    date_updated: String,
    direction: &'static str,
    error_code: Option<u32>,
    error_message: Option<&'static str>,
    from: Option<&'a str>,
    messaging_service_sid: Option<&'a str>,
    num_media: String,
    num_segments: String,
    price: Option<&'static str>,
    price_unit: Option<&'static str>,
    sid: &'a str,
    status: &'static str,
    subresource_uris: Subresources,
    to: &'a str,
    uri: String,
}

#[derive(Debug, Serialize)]
struct Subresources {
    media: String,
}

/// What one bubble on the phone page needs.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Bubble {
    number: u64,
    sid: String,
    inbound: bool,
    phone: String,
    sender: String,
    body: String,
    status: &'static str,
    error_code: Option<u32>,
    error_message: Option<&'static str>,
    segments: usize,
    encoding: &'static str,
    media: Vec<String>,
    at: String,
}

impl Bubble {
    /// The phone it is shown on.
    pub fn phone(&self) -> &str {
        &self.phone
    }
}
