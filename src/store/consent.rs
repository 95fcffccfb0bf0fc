//! Proof of consent, and opt-outs that the carrier tells us of.

use std::collections::HashMap;

use sea_orm::QueryResult;
use serde::Serialize;
use uuid::Uuid;

use crate::domain::consent::{ConsentKind, ConsentMethod};

use super::{
    Result, Transaction,
    receiving::PHONE,
    rows::{Columns, Kind, given},
    script::Script,
};

/// Proof of consent as it is kept.
#[derive(Debug)]
pub struct NewConsent {
    /// The sender.
    pub sender_id: Uuid,
    /// The person.
    pub address: String,
    /// The shop; `None`: all on the sender.
    pub shop_id: Option<Uuid>,
    /// What happened.
    pub kind: &'static str,
    /// How.
    pub method: &'static str,
    /// By which rule it was heard, where it was said in their own words.
    pub reason: Option<String>,
    /// What the person typed.
    pub typed: String,
    /// What we showed in the same turn.
    pub shown: String,
    /// The provider's id of the person's text.
    pub provider_message_id: Option<String>,
    /// Unix milliseconds.
    pub occurred_at: i64,
}

/// The carrier's word that a person opted out of a sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarrierRefusal {
    /// The sender.
    pub sender_id: Uuid,
    /// The person.
    pub address: String,
    /// The provider's id of the text that was refused, where it got one.
    pub provider_message_id: Option<String>,
}

const CONSENT: Columns = &[
    ("sender_id", Kind::Uuid),
    ("address", Kind::Text),
    ("shop_id", Kind::Uuid),
    ("kind", Kind::Text),
    ("method", Kind::Text),
    ("reason", Kind::Text),
    ("typed", Kind::Text),
    ("shown", Kind::Text),
    ("provider_message_id", Kind::Text),
    ("occurred_at", Kind::Integer),
];
const SILENCED: Columns = &[("sender_id", Kind::Uuid), ("address", Kind::Text), ("opted_out_at", Kind::Integer)];

impl Transaction {
    /// Takes back what waits to be sent to these (sender, address) pairs.
    pub async fn withdraw(&self, pairs: &[(Uuid, String)]) -> Result<()> {
        let mut script = self.script();
        withdraw(&mut script, pairs)?;
        self.play(script).await?;
        Ok(())
    }

    /// Opts people out on the carrier's word: keeps proof once, and takes back what waits to be sent to them.
    /// `now` is in Unix milliseconds. Answers whom: (sender, address).
    pub async fn opt_out(&self, refusals: &[CarrierRefusal], now: i64) -> Result<Vec<(Uuid, String)>> {
        let by_pair: HashMap<(Uuid, &str), &CarrierRefusal> =
            refusals.iter().map(|refusal| ((refusal.sender_id, refusal.address.as_str()), refusal)).collect();
        let addresses: Vec<&str> = by_pair.keys().map(|(_, address)| *address).collect();
        self.lock_addresses(&addresses).await?;
        let rows: Vec<_> = by_pair.keys().map(|(sender_id, address)| (sender_id, address, now)).collect();
        let sql = format!(
            "INSERT INTO conversation (sender_id, address, opted_out_at, updated_at) \
             SELECT sender_id, address, opted_out_at, opted_out_at FROM {} WHERE true \
             ON CONFLICT (sender_id, address) DO UPDATE SET question = NULL, opted_out_at = excluded.opted_out_at, \
             updated_at = excluded.updated_at WHERE conversation.opted_out_at IS NULL RETURNING sender_id, address",
            given(self.backend(), SILENCED)
        );
        let mut silenced: Vec<(Uuid, String)> = Vec::new();
        for row in self.query(&sql, &rows, Vec::new()).await? {
            silenced.push((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
        }
        let proof = |(sender_id, address): &(Uuid, String)| NewConsent {
            sender_id: *sender_id,
            address: address.clone(),
            shop_id: None,
            kind: ConsentKind::OptOut.word(),
            method: ConsentMethod::CarrierRefusal.word(),
            reason: None,
            typed: String::new(),
            shown: String::new(),
            provider_message_id: by_pair
                .get(&(*sender_id, address.as_str()))
                .and_then(|refusal| refusal.provider_message_id.clone()),
            occurred_at: now,
        };
        let mut script = self.script();
        add_consents(&mut script, &silenced.iter().map(proof).collect::<Vec<_>>())?;
        withdraw(&mut script, &silenced)?;
        self.play(script).await?;
        Ok(silenced)
    }

    /// Where the people of these (sender, address) pairs are members, or were: (sender, member, merchant, shop).
    pub async fn enrolments_with(&self, pairs: &[(Uuid, String)]) -> Result<Vec<(Uuid, Uuid, Uuid, Uuid)>> {
        let sql = format!(
            "SELECT given.sender_id, m.id, m.merchant_id, e.shop_id FROM {} CROSS JOIN member AS m \
             JOIN enrolment AS e ON e.member_id = m.id WHERE m.address = given.address",
            given(self.backend(), PHONE)
        );
        let found = self.query(&sql, pairs, Vec::new()).await?;
        let read = |row: &QueryResult| {
            let (sender_id, member_id) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            Ok((sender_id, member_id, row.try_get_by_index(2)?, row.try_get_by_index(3)?))
        };
        found.iter().map(read).collect()
    }
}

/// Keeps proof of consent.
pub(super) fn add_consents(script: &mut Script, consents: &[NewConsent]) -> Result<()> {
    script.insert("consent", CONSENT, "", &consents.iter().map(consent_values).collect::<Vec<_>>())
}

/// Takes back what waits to be sent to these (sender, address) pairs.
pub(super) fn withdraw(script: &mut Script, pairs: &[(Uuid, String)]) -> Result<()> {
    // Each by an index of its own: of what is open, and of what is held back.
    script.add(pairs, |backend| {
        format!(
            "UPDATE outbox SET state = 'withdrawn' WHERE state = 'queued' AND id IN \
             (SELECT o.id FROM {} CROSS JOIN outbox AS o WHERE o.sender_id = given.sender_id \
             AND o.address = given.address AND o.state IN ('queued', 'claimed', 'unclear'))",
            given(backend, PHONE)
        )
    })?;
    script.add(pairs, |backend| {
        format!(
            "UPDATE outbox SET state = 'withdrawn' WHERE state = 'deferred' AND id IN \
             (SELECT o.id FROM {} CROSS JOIN outbox AS o WHERE o.sender_id = given.sender_id \
             AND o.address = given.address AND o.state = 'deferred')",
            given(backend, PHONE)
        )
    })
}

fn consent_values(row: &NewConsent) -> impl Serialize + '_ {
    let NewConsent { sender_id, address, shop_id, kind, method, reason, typed, shown, .. } = row;
    let NewConsent { provider_message_id, occurred_at, .. } = row;
    (sender_id, address, shop_id, kind, method, reason, typed, shown, provider_message_id, occurred_at)
}
