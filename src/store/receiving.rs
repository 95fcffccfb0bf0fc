//! What a batch of inbound texts reads and writes, each in one statement for the whole batch.

use std::collections::{HashMap, HashSet};

use sea_orm::DbBackend;
use serde::Serialize;
use uuid::Uuid;

use super::{
    Result, Transaction,
    consent::NewConsent,
    rows::{Columns, Kind, gathered, given, insert, read_gathered},
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

/// By what a text is known.
#[derive(Debug, Clone, Copy)]
pub struct TextKey<'a> {
    /// The account it came through.
    pub account_id: Uuid,
    /// The provider's id for it.
    pub provider_message_id: &'a str,
    /// The sender it was addressed to, where we know it.
    pub sender_id: Option<Uuid>,
    /// Who texted.
    pub address: &'a str,
}

/// What is known of a batch of texts.
#[derive(Debug, Default)]
pub struct Known {
    /// (account, provider's id) of those that were taken in before.
    pub seen: HashSet<(Uuid, String)>,
    /// The conversations they belong to, where there are any.
    pub conversations: Vec<ConversationRow>,
    /// Everything that merchants know these people by, oldest enrolment first.
    pub members: Vec<MemberRow>,
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
    /// The account of the text that caused it.
    pub account_id: Option<Uuid>,
    /// The provider's id of the text that caused it.
    pub cause: Option<String>,
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
    ("account_id", Kind::Uuid),
    ("cause", Kind::Text),
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

const TEXT: Columns = &[
    ("account_id", Kind::Uuid),
    ("provider_message_id", Kind::Text),
    ("sender_id", Kind::Uuid),
    ("address", Kind::Text),
];

const CONVERSATION_READ: &[(&str, Kind)] = &[
    ("c.sender_id", Kind::Uuid),
    ("c.address", Kind::Text),
    ("c.question", Kind::Text),
    ("c.opted_out_at", Kind::Integer),
    ("c.hinted_at", Kind::Integer),
    ("c.updated_at", Kind::Integer),
];
type ConversationValues = (Uuid, String, Option<String>, Option<i64>, Option<i64>, i64);

const MEMBER_READ: &[(&str, Kind)] = &[
    ("m.id", Kind::Uuid),
    ("m.merchant_id", Kind::Uuid),
    ("m.address", Kind::Text),
    ("m.language", Kind::Text),
    ("e.id", Kind::Uuid),
    ("e.shop_id", Kind::Uuid),
    ("e.balance", Kind::Integer),
];
type MemberValues = (Uuid, Uuid, String, String, Option<Uuid>, Option<Uuid>, Option<i64>);

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

    /// What is known of these texts and of those who sent them, in one look.
    pub async fn look_up(&self, texts: &[TextKey<'_>]) -> Result<Known> {
        let backend = self.backend();
        let (texts_given, people) = (given(backend, TEXT), "(SELECT DISTINCT address FROM given) AS person");
        // The rows are read once, as a common table under the name that `given` gives them.
        let given = texts_given.strip_suffix(" AS given").unwrap_or(&texts_given);
        let seen = gathered(
            backend,
            &[("i.account_id", Kind::Uuid), ("i.provider_message_id", Kind::Text)],
            "FROM given CROSS JOIN inbound AS i WHERE i.provider_message_id = given.provider_message_id \
             AND i.account_id = given.account_id",
        );
        let conversations = gathered(
            backend,
            CONVERSATION_READ,
            "FROM given CROSS JOIN conversation AS c WHERE c.sender_id = given.sender_id AND c.address = given.address",
        );
        let members = gathered(
            backend,
            MEMBER_READ,
            &format!(
                "FROM {people} CROSS JOIN member AS m LEFT JOIN enrolment AS e ON e.member_id = m.id \
                 WHERE m.address = person.address"
            ),
        );
        let sql = format!("WITH given AS MATERIALIZED {given} SELECT {seen}, {conversations}, {members}");
        let rows: Vec<_> = texts.iter().map(text_values).collect();
        let found = self.query(&sql, &rows, Vec::new()).await?;
        let mut known = Known::default();
        let mut members: HashMap<(Uuid, Option<Uuid>), MemberRow> = HashMap::new();
        for row in &found {
            known.seen.extend(read_gathered::<(Uuid, String)>(row, 0)?);
            known.conversations.extend(read_gathered(row, 1)?.into_iter().map(read_conversation));
            let rows = read_gathered(row, 2)?.into_iter().map(read_member);
            members.extend(rows.map(|member| ((member.member_id, member.enrolment.map(|(id, ..)| id)), member)));
        }
        known.members = members.into_values().collect();
        // Oldest enrolment first; ids grow with time.
        known.members.sort_unstable_by_key(|member| member.enrolment.map(|(id, ..)| id));
        Ok(known)
    }

    /// Keeps the texts.
    pub async fn insert_inbound(&self, texts: &[NewInbound<'_>]) -> Result<()> {
        let rows: Vec<_> = texts.iter().map(inbound_values).collect();
        self.run(&insert(self.backend(), "inbound", INBOUND, ""), &rows, Vec::new()).await?;
        Ok(())
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
        self.run(&insert_outbox(backend), &outbox, Vec::new()).await?;
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

fn text_values<'a>(key: &'a TextKey<'a>) -> impl Serialize + 'a {
    (key.account_id, key.provider_message_id, key.sender_id, key.address)
}

fn read_conversation(values: ConversationValues) -> ConversationRow {
    let (sender_id, address, question, opted_out_at, hinted_at, updated_at) = values;
    ConversationRow { sender_id, address, question, opted_out_at, hinted_at, updated_at }
}

fn read_member(values: MemberValues) -> MemberRow {
    let (member_id, merchant_id, address, language, enrolment_id, shop_id, balance) = values;
    let enrolment = enrolment_id.zip(shop_id).zip(balance).map(|((id, shop_id), balance)| (id, shop_id, balance));
    MemberRow { member_id, merchant_id, address, language, enrolment }
}

/// The cause is named by the provider's id; its row was written just before.
fn insert_outbox(backend: DbBackend) -> String {
    format!(
        "INSERT INTO outbox (sender_id, address, merchant_id, shop_id, inbound_id, reply, body, state, attempts, due_at, \
         request_id, created_at) SELECT sender_id, address, merchant_id, shop_id, (SELECT i.id FROM inbound AS i \
         WHERE i.provider_message_id = given.cause AND i.account_id = given.account_id), reply, body, state, attempts, \
         due_at, request_id, created_at FROM {}",
        given(backend, OUTBOX)
    )
}

fn outbox_values(row: &NewOutbox) -> impl Serialize + '_ {
    let NewOutbox { sender_id, address, merchant_id, shop_id, account_id, cause, reply, body, .. } = row;
    let NewOutbox { request_id, created_at, .. } = row;
    (
        sender_id,
        address,
        merchant_id,
        shop_id,
        account_id,
        cause,
        reply,
        body,
        "queued",
        0,
        created_at,
        request_id,
        created_at,
    )
}
