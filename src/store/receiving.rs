//! What a batch of inbound texts reads and writes, each in one statement for the whole batch.

use std::collections::HashMap;

use sea_orm::DbBackend;
use serde::Serialize;
use uuid::Uuid;

use super::{
    Result, Transaction,
    consent::NewConsent,
    rows::{Columns, Kind, given, insert},
};

/// A text as it is kept.
pub struct NewInbound<'a> {
    /// The account it came through.
    pub account_id: Uuid,
    /// The provider's id for it.
    pub provider_message_id: &'a str,
    /// The sender it was addressed to, where we know it.
    pub sender_id: Option<Uuid>,
    /// Who texted.
    pub address: &'a str,
    /// The address that was texted, as the provider wrote it.
    pub to_address: &'a str,
    /// What was typed.
    pub body: &'a str,
    /// Attachments as JSON; `None` without any.
    pub media: Option<String>,
    /// The provider's word when it has acted on the text.
    pub opt_out_type: Option<&'static str>,
    /// Parts, as the provider counts.
    pub segments: u16,
    /// The request that brought it.
    pub request_id: &'a str,
    /// Unix milliseconds.
    pub received_at: i64,
}

/// A conversation as it is kept. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationRow {
    /// The sender.
    pub sender_id: Uuid,
    /// The person.
    pub address: String,
    /// The open question as JSON.
    pub question: Option<String>,
    /// Since when the person is opted out.
    pub opted_out_at: Option<i64>,
    /// When we last said that we did not understand.
    pub hinted_at: Option<i64>,
    /// When this row changed.
    pub updated_at: i64,
}

/// A member of a merchant, with one enrolment or none.
#[derive(Debug, Clone)]
pub struct MemberRow {
    /// Our id.
    pub member_id: Uuid,
    /// Whose member.
    pub merchant_id: Uuid,
    /// The person.
    pub address: String,
    /// The code of the language they are answered in.
    pub language: String,
    /// The enrolment's id, shop and balance.
    pub enrolment: Option<(Uuid, Uuid, i64)>,
}

/// All that a batch writes besides the texts themselves.
#[derive(Debug, Default)]
pub struct Writes {
    /// (id, merchant, address, language, created_at)
    pub members: Vec<(Uuid, Uuid, String, &'static str, i64)>,
    /// (id, member, shop, keyword, balance, enrolled_at)
    pub enrolments: Vec<(Uuid, Uuid, Uuid, Uuid, i64, i64)>,
    /// (id, enrolment, points, cause, created_at)
    pub entries: Vec<(Uuid, Uuid, i64, &'static str, i64)>,
    /// (enrolment, points to add)
    pub balances: Vec<(Uuid, i64)>,
    /// By (sender, address), the conversation afterwards.
    pub conversations: HashMap<(Uuid, String), ConversationRow>,
    /// Proof of consent.
    pub consents: Vec<NewConsent>,
    /// (sender, address): what waits to be sent there is taken back, before the outbox rows below are written.
    pub withdrawals: Vec<(Uuid, String)>,
    /// Replies to be sent.
    pub outbox: Vec<NewOutbox>,
}

/// A reply as it is kept until it is sent.
#[derive(Debug)]
pub struct NewOutbox {
    /// The sender it goes out from.
    pub sender_id: Uuid,
    /// The person.
    pub address: String,
    /// Whose reply it is; `None` where several merchants share it.
    pub merchant_id: Option<Uuid>,
    /// The shop it speaks for, where it is one.
    pub shop_id: Option<Uuid>,
    /// The text that caused it.
    pub inbound_id: Option<i64>,
    /// Which reply.
    pub reply: &'static str,
    /// What it says.
    pub body: String,
    /// The request that caused it.
    pub request_id: String,
    /// Unix milliseconds.
    pub created_at: i64,
}

const INBOUND: Columns = &[
    ("account_id", Kind::Uuid),
    ("provider_message_id", Kind::Text),
    ("sender_id", Kind::Uuid),
    ("address", Kind::Text),
    ("to_address", Kind::Text),
    ("body", Kind::Text),
    ("media", Kind::Text),
    ("opt_out_type", Kind::Text),
    ("segments", Kind::Integer),
    ("request_id", Kind::Text),
    ("received_at", Kind::Integer),
];
const MEMBER: Columns = &[
    ("id", Kind::Uuid),
    ("merchant_id", Kind::Uuid),
    ("address", Kind::Text),
    ("language", Kind::Text),
    ("created_at", Kind::Integer),
];
const ENROLMENT: Columns = &[
    ("id", Kind::Uuid),
    ("member_id", Kind::Uuid),
    ("shop_id", Kind::Uuid),
    ("keyword_id", Kind::Uuid),
    ("balance", Kind::Integer),
    ("enrolled_at", Kind::Integer),
];
const ENTRY: Columns = &[
    ("id", Kind::Uuid),
    ("enrolment_id", Kind::Uuid),
    ("points", Kind::Integer),
    ("cause", Kind::Text),
    ("created_at", Kind::Integer),
];
const CONVERSATION: Columns = &[
    ("sender_id", Kind::Uuid),
    ("address", Kind::Text),
    ("question", Kind::Text),
    ("opted_out_at", Kind::Integer),
    ("hinted_at", Kind::Integer),
    ("updated_at", Kind::Integer),
];
const OUTBOX: Columns = &[
    ("sender_id", Kind::Uuid),
    ("address", Kind::Text),
    ("merchant_id", Kind::Uuid),
    ("shop_id", Kind::Uuid),
    ("inbound_id", Kind::Integer),
    ("reply", Kind::Text),
    ("body", Kind::Text),
    ("state", Kind::Text),
    ("attempts", Kind::Integer),
    ("due_at", Kind::Integer),
    ("request_id", Kind::Text),
    ("created_at", Kind::Integer),
];
/// Who talks with which sender.
pub(super) const PHONE: Columns = &[("sender_id", Kind::Uuid), ("address", Kind::Text)];

impl Transaction {
    /// Makes this transaction the only one, on any node, that works on these people until it ends.
    /// SQLite has one writer anyway. Taken in order, so that two batches never wait for each other crosswise.
    pub async fn lock_addresses(&self, addresses: &[&str]) -> Result<()> {
        if self.backend() != DbBackend::Postgres {
            return Ok(());
        }
        let sql = "SELECT pg_advisory_xact_lock(k) FROM (SELECT DISTINCT hashtextextended(a, 0) AS k \
                   FROM jsonb_array_elements_text($1::jsonb) AS a ORDER BY k) AS ordered";
        self.query(sql, addresses, Vec::new()).await?;
        Ok(())
    }

    /// Keeps the texts; answers our id of each that was not seen before, by (account, provider's id).
    pub async fn insert_inbound(&self, texts: &[NewInbound<'_>]) -> Result<HashMap<(Uuid, String), i64>> {
        let rows: Vec<_> = texts.iter().map(inbound_values).collect();
        let tail = "ON CONFLICT DO NOTHING RETURNING id, account_id, provider_message_id";
        let found = self.query(&insert(self.backend(), "inbound", INBOUND, tail), &rows, Vec::new()).await?;
        found
            .into_iter()
            .map(|row| Ok(((row.try_get_by_index(1)?, row.try_get_by_index(2)?), row.try_get_by_index(0)?)))
            .collect()
    }

    /// The conversations of these (sender, address) pairs, where there are any.
    pub async fn load_conversations(&self, pairs: &[(Uuid, &str)]) -> Result<Vec<ConversationRow>> {
        let sql = format!(
            "SELECT c.sender_id, c.address, c.question, c.opted_out_at, c.hinted_at, c.updated_at FROM {} \
             CROSS JOIN conversation AS c WHERE c.sender_id = given.sender_id AND c.address = given.address",
            given(self.backend(), PHONE)
        );
        let found = self.query(&sql, pairs, Vec::new()).await?;
        let read = |row: sea_orm::QueryResult| -> Result<ConversationRow, sea_orm::DbErr> {
            Ok(ConversationRow {
                sender_id: row.try_get_by_index(0)?,
                address: row.try_get_by_index(1)?,
                question: row.try_get_by_index(2)?,
                opted_out_at: row.try_get_by_index(3)?,
                hinted_at: row.try_get_by_index(4)?,
                updated_at: row.try_get_by_index(5)?,
            })
        };
        Ok(found.into_iter().map(read).collect::<Result<_, _>>()?)
    }

    /// Everything that merchants know these people by, oldest enrolment first.
    pub async fn load_members(&self, addresses: &[&str]) -> Result<Vec<MemberRow>> {
        let rows: Vec<[&str; 1]> = addresses.iter().map(|address| [*address]).collect();
        let sql = format!(
            "SELECT m.id, m.merchant_id, m.address, m.language, e.id, e.shop_id, e.balance FROM {} \
             CROSS JOIN member AS m LEFT JOIN enrolment AS e ON e.member_id = m.id \
             WHERE m.address = given.address ORDER BY e.enrolled_at, e.id",
            given(self.backend(), &[("address", Kind::Text)])
        );
        let found = self.query(&sql, &rows, Vec::new()).await?;
        let read = |row: sea_orm::QueryResult| -> Result<MemberRow, sea_orm::DbErr> {
            let enrolment_id: Option<Uuid> = row.try_get_by_index(4)?;
            Ok(MemberRow {
                member_id: row.try_get_by_index(0)?,
                merchant_id: row.try_get_by_index(1)?,
                address: row.try_get_by_index(2)?,
                language: row.try_get_by_index(3)?,
                enrolment: match enrolment_id {
                    Some(id) => Some((id, row.try_get_by_index(5)?, row.try_get_by_index(6)?)),
                    None => None,
                },
            })
        };
        Ok(found.into_iter().map(read).collect::<Result<_, _>>()?)
    }

    /// Writes what a batch decided.
    pub async fn write(&self, writes: &Writes) -> Result<()> {
        let backend = self.backend();
        self.run(&insert(backend, "member", MEMBER, ""), &writes.members, Vec::new()).await?;
        self.run(&insert(backend, "enrolment", ENROLMENT, ""), &writes.enrolments, Vec::new()).await?;
        self.run(&insert(backend, "entry", ENTRY, "ON CONFLICT DO NOTHING"), &writes.entries, Vec::new()).await?;
        self.add_to_balances(&writes.balances).await?;
        let conversations: Vec<_> = writes.conversations.values().map(conversation_values).collect();
        let tail = "ON CONFLICT (sender_id, address) DO UPDATE SET question = excluded.question, \
                    opted_out_at = excluded.opted_out_at, hinted_at = excluded.hinted_at, updated_at = excluded.updated_at";
        self.run(&insert(backend, "conversation", CONVERSATION, tail), &conversations, Vec::new()).await?;
        self.insert_consents(&writes.consents).await?;
        self.withdraw(&writes.withdrawals).await?;
        let outbox: Vec<_> = writes.outbox.iter().map(outbox_values).collect();
        self.run(&insert(backend, "outbox", OUTBOX, ""), &outbox, Vec::new()).await?;
        Ok(())
    }
}

impl Transaction {
    async fn add_to_balances(&self, points: &[(Uuid, i64)]) -> Result<()> {
        let columns: Columns = &[("id", Kind::Uuid), ("points", Kind::Integer)];
        let sql = format!(
            "UPDATE enrolment SET balance = balance + total.points FROM \
             (SELECT id, SUM(points) AS points FROM {} GROUP BY id) AS total WHERE enrolment.id = total.id",
            given(self.backend(), columns)
        );
        self.run(&sql, points, Vec::new()).await?;
        Ok(())
    }
}

fn inbound_values<'a>(row: &'a NewInbound<'a>) -> impl Serialize + 'a {
    let NewInbound { account_id, provider_message_id, sender_id, address, to_address, body, .. } = row;
    let NewInbound { media, opt_out_type, segments, request_id, received_at, .. } = row;
    (
        account_id,
        provider_message_id,
        sender_id,
        address,
        to_address,
        body,
        media,
        opt_out_type,
        segments,
        request_id,
        received_at,
    )
}

fn conversation_values(row: &ConversationRow) -> impl Serialize + '_ {
    (row.sender_id, &row.address, &row.question, row.opted_out_at, row.hinted_at, row.updated_at)
}

fn outbox_values(row: &NewOutbox) -> impl Serialize + '_ {
    let NewOutbox { sender_id, address, merchant_id, shop_id, inbound_id, reply, body, request_id, created_at } = row;
    (sender_id, address, merchant_id, shop_id, inbound_id, reply, body, "queued", 0, created_at, request_id, created_at)
}
