//! What happened → events for the merchants' own systems, written in the transaction of what they tell of.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::directory::LiveDirectory;
use crate::{
    clock::from_millis,
    domain::{
        consent::ConsentMethod,
        event::{EventKind, Told, of_change},
        program::Program,
        purse::{Change, entry::beside},
    },
    store::{
        Result, Transaction,
        events::{KeptEvent, NewEvent},
        failed::FailedText,
    },
};

/// Longest reason of a provider that is passed on; all of an event stays below 20 kB.
const REASON_CHARS_MAX: usize = 500;

/// All that is told of a change of a purse.
pub(super) fn of_purse(
    (purse_id, member_id, program): (Uuid, Uuid, &Program),
    change: &Change,
    now: DateTime<Utc>,
) -> impl Iterator<Item = NewEvent> {
    let merchant_id = program.merchant_id;
    of_change(change, program).into_iter().map(move |told| {
        let Told { kind, of, shop_id, at, mut about } = told;
        if shop_id.is_none() {
            about.insert("program_id".to_owned(), json!(program.id));
        }
        if at != now {
            about.insert("occurred_at".to_owned(), json!(at));
        }
        NewEvent {
            id: id(purse_id, kind, &of),
            merchant_id,
            shop_id,
            member_id: Some(member_id),
            kind: kind.name(),
            data: written(about),
            created_at: now.timestamp_millis(),
        }
    })
}

/// What a sale was, or what was given back of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum OfSale {
    /// So much was paid at a moment.
    Sold(i64, DateTime<Utc>),
    /// So much was given back; whether anything of the sale stands.
    Returned(i64, bool),
}

impl OfSale {
    /// Adds it to one of the events of a sale, so that each sale is told of once.
    pub(super) fn mark(self, event: &mut NewEvent) {
        match self {
            Self::Sold(amount, at) => {
                event.add("amount", amount);
                if at.timestamp_millis() != event.created_at {
                    event.add("sold_at", json!(at));
                }
            }
            Self::Returned(amount, stands) => {
                event.add("refunded", amount);
                event.add("stands", stands);
            }
        }
    }

    /// The event of a sale that moved nothing.
    pub(super) fn alone(
        self,
        sale: Uuid,
        (merchant_id, member_id, shop_id): (Uuid, Uuid, Uuid),
        now: DateTime<Utc>,
    ) -> NewEvent {
        let about = match self {
            Self::Sold(..) => "sold".to_owned(),
            Self::Returned(..) => format!("returned {}", now.timestamp_millis()),
        };
        NewEvent {
            id: id(sale, EventKind::SaleRecorded, &about),
            merchant_id,
            shop_id: Some(shop_id),
            member_id: Some(member_id),
            kind: EventKind::SaleRecorded.name(),
            data: "{}".to_owned(),
            created_at: now.timestamp_millis(),
        }
    }
}

/// Something that a member did, at a shop or on a sender.
pub(super) fn of_member(
    kind: EventKind,
    (merchant_id, member_id, shop_id): (Uuid, Uuid, Option<Uuid>),
    about: Value,
    now: DateTime<Utc>,
) -> NewEvent {
    let data = about.to_string();
    NewEvent {
        id: id(member_id, kind, &format!("{}:{data}:{}", shop_id.unwrap_or_default(), now.timestamp_millis())),
        merchant_id,
        shop_id,
        member_id: Some(member_id),
        kind: kind.name(),
        data,
        created_at: now.timestamp_millis(),
    }
}

/// Writes that the carrier opted people out: for every merchant whose members they are on the sender. Whether somebody's own
/// systems are to be told.
pub(super) async fn tell_opted_out(
    tx: &Transaction,
    directory: &LiveDirectory,
    silenced: &[(Uuid, String)],
    now: DateTime<Utc>,
) -> Result<bool> {
    let mut told = HashSet::new();
    let mut events = Vec::new();
    for (sender_id, member_id, merchant_id, shop_id) in tx.enrolments_with(silenced).await? {
        let known = directory.read();
        let Some(sender) = known.directory.sender(sender_id) else { continue };
        if known.directory.speaks_on(shop_id, sender_id) && told.insert((sender_id, member_id)) {
            let method = ConsentMethod::CarrierRefusal.word();
            let about = json!({ "sender": sender.address.as_str(), "method": method });
            events.push(of_member(EventKind::MemberOptedOut, (merchant_id, member_id, None), about, now));
        }
    }
    tx.insert_events(&events).await
}

/// Writes that texts did not arrive; whether somebody's own systems are to be told. A text is told of once, whoever noticed
/// first.
pub(super) async fn tell_failed(tx: &Transaction, failed: Vec<FailedText>, now: DateTime<Utc>) -> Result<bool> {
    let event = |text: FailedText| {
        let reason = text.reason.map(|reason| reason.chars().take(REASON_CHARS_MAX).collect::<String>());
        let about = json!({
            "message_id": format!("out_{}", text.id),
            "reply": text.reply,
            "state": text.state,
            "error_code": text.error_code,
            "reason": reason,
        });
        NewEvent {
            id: id(text.merchant_id, EventKind::MessageFailed, &text.id.to_string()),
            merchant_id: text.merchant_id,
            shop_id: text.shop_id,
            member_id: text.member_id,
            kind: EventKind::MessageFailed.name(),
            data: about.to_string(),
            created_at: now.timestamp_millis(),
        }
    };
    let events: Vec<NewEvent> = failed.into_iter().map(event).collect();
    tx.insert_events(&events).await
}

/// An event as it is told: its kind, when it was written down, and all about it. The phone is the member's own; it is put in
/// when it is told, so that nothing is kept twice of whoever asks to be forgotten.
pub fn payload(event: &KeptEvent) -> Value {
    let mut about = Map::new();
    let known = [("shop_id", event.shop_id.map(|id| json!(id))), ("member_id", event.member_id.map(|id| json!(id)))];
    about.extend(known.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    about.extend(event.phone.as_ref().map(|phone| ("phone".to_owned(), json!(phone))));
    if let Ok(Value::Object(rest)) = serde_json::from_str(&event.data) {
        about.extend(rest);
    }
    json!({ "type": event.kind, "timestamp": from_millis(event.created_at), "data": about })
}

/// A test of a webhook.
pub(super) fn test(merchant_id: Uuid, webhook_id: Uuid, now: DateTime<Utc>) -> NewEvent {
    NewEvent {
        id: Uuid::now_v7(),
        merchant_id,
        shop_id: None,
        member_id: None,
        kind: EventKind::WebhookTest.name(),
        data: json!({ "webhook_id": webhook_id }).to_string(),
        created_at: now.timestamp_millis(),
    }
}

fn id(of: Uuid, kind: EventKind, what: &str) -> Uuid {
    beside(of, &format!("{}:{what}", kind.name()))
}

fn written(about: Map<String, Value>) -> String {
    Value::Object(about).to_string()
}
