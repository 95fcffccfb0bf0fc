//! What a batch of inbound texts writes, each kind of row in one statement.

use std::collections::HashMap;

use sea_orm::DbBackend;
use serde::Serialize;
use uuid::Uuid;

use super::ConversationRow;
use crate::store::{
    Result, Transaction,
    consent::{NewConsent, add_consents, withdraw},
    inbox::{NewInboxItem, add_inbox},
    invitations::InvitationWrites,
    merging::part_members,
    orders::{NewOnce, add_once},
    purses::{LedgerWrites, UsedCode, add_ledger},
    rows::{Columns, Kind, given},
    script::Script,
};

/// All that a batch writes besides the texts themselves.
#[derive(Debug, Default)]
pub struct Writes {
    /// (id, merchant, address, language, created_at)
    pub members: Vec<(Uuid, Uuid, String, &'static str, i64)>,
    /// Enrolments that begin.
    pub enrolments: Vec<NewEnrolment>,
    /// By enrolment: when the member left, or nothing where they came back.
    pub left: HashMap<Uuid, Option<i64>>,
    /// (member, column of the member, what they said)
    pub profiles: Vec<(Uuid, ProfileColumn, String)>,
    /// (member, shop, question, prompt, answer, answered_at)
    pub answers: Vec<(Uuid, Uuid, String, String, String, i64)>,
    /// What happened to purses.
    pub ledger: LedgerWrites,
    /// By (sender, address), the conversation afterwards.
    pub conversations: HashMap<(Uuid, String), ConversationRow>,
    /// Proof of consent.
    pub consents: Vec<NewConsent>,
    /// (sender, address): what waits to be sent there is taken back, before the outbox rows below are written.
    pub withdrawals: Vec<(Uuid, String)>,
    /// Members who begin anew on the phone from which they had been merged away.
    pub parted: Vec<Uuid>,
    /// What happened to invitations.
    pub invitations: InvitationWrites,
    /// Replies to be sent.
    pub outbox: Vec<NewOutbox>,
    /// Texts that staff should see.
    pub inbox: Vec<NewInboxItem>,
    /// Results of orders, kept for repeats.
    pub once: Vec<NewOnce>,
}

/// An enrolment that begins: (id, member, shop, keyword, source, enrolled_at).
pub type NewEnrolment = (Uuid, Uuid, Uuid, Option<Uuid>, Option<String>, i64);

/// What of a member a person can tell us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileColumn {
    /// What they want to be called.
    FirstName,
    /// Their birthday, `MM-DD`.
    Birthday,
    /// The code of the language they are answered in.
    Language,
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
    /// Until when it is held back, Unix milliseconds: what may go before is not held up by it. `None`: it may go at once.
    pub held_until: Option<i64>,
    /// Unix milliseconds.
    pub created_at: i64,
}

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
    ("source", Kind::Text),
    ("enrolled_at", Kind::Integer),
];
const CONVERSATION: Columns = &[
    ("sender_id", Kind::Uuid),
    ("address", Kind::Text),
    ("question", Kind::Text),
    ("opted_out_at", Kind::Integer),
    ("no_marketing_since", Kind::Integer),
    ("hinted_at", Kind::Integer),
    ("language", Kind::Text),
    ("language_offered_at", Kind::Integer),
    ("spoken_shop_id", Kind::Uuid),
    ("spoken_at", Kind::Integer),
    ("updated_at", Kind::Integer),
];
const ANSWER: Columns = &[
    ("member_id", Kind::Uuid),
    ("shop_id", Kind::Uuid),
    ("question", Kind::Text),
    ("prompt", Kind::Text),
    ("answer", Kind::Text),
    ("answered_at", Kind::Integer),
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

/// What a batch writes, as the database takes it.
pub struct Prepared {
    script: Script,
    used_codes: Vec<UsedCode>,
    invitations: InvitationWrites,
}

impl Transaction {
    /// Writes what was decided; whether somebody's own systems are to be told of it.
    pub async fn write(&self, writes: &Writes) -> Result<bool> {
        self.write_prepared(self.prepare(writes)?).await
    }

    /// Prepares what was decided; nothing is written by it.
    pub fn prepare(&self, writes: &Writes) -> Result<Prepared> {
        let mut script = self.script();
        script.insert("member", MEMBER, "", &writes.members)?;
        script.insert("enrolment", ENROLMENT, "", &writes.enrolments)?;
        add_ledger(&mut script, &writes.ledger)?;
        leave(&mut script, &writes.left)?;
        part_members(&mut script, &writes.parted)?;
        add_profiles(&mut script, writes)?;
        add_conversations(&mut script, writes)?;
        add_consents(&mut script, &writes.consents)?;
        withdraw(&mut script, &writes.withdrawals)?;
        let outbox: Vec<_> = writes.outbox.iter().map(outbox_values).collect();
        script.add(&outbox, insert_outbox)?;
        add_inbox(&mut script, &writes.inbox)?;
        add_once(&mut script, &writes.once)?;
        let (used_codes, invitations) = (writes.ledger.used_codes.clone(), writes.invitations.clone());
        Ok(Prepared { script, used_codes, invitations })
    }

    /// Writes what was prepared; whether somebody's own systems are to be told of it.
    pub async fn write_prepared(&self, prepared: Prepared) -> Result<bool> {
        let is_told = !self.play(prepared.script).await?.is_empty();
        self.use_codes(&prepared.used_codes).await?;
        self.write_invitations(&prepared.invitations).await?;
        Ok(is_told)
    }

    /// The same as the last that this transaction does.
    pub async fn write_and_commit(self, prepared: Prepared) -> Result<bool> {
        if prepared.used_codes.is_empty() && prepared.invitations.is_empty() {
            return Ok(!self.play_and_commit(prepared.script).await?.is_empty());
        }
        let is_told = self.write_prepared(prepared).await?;
        self.commit().await?;
        Ok(is_told)
    }
}

/// Marks enrolments as left, or as taken up again.
fn leave(script: &mut Script, left: &HashMap<Uuid, Option<i64>>) -> Result<()> {
    let columns: Columns = &[("id", Kind::Uuid), ("left_at", Kind::Integer)];
    script.add(&left.iter().collect::<Vec<_>>(), |backend| {
        format!(
            "UPDATE enrolment SET left_at = given.left_at FROM {} WHERE enrolment.id = given.id",
            given(backend, columns)
        )
    })
}

/// Keeps what members told of themselves; what they say later replaces it.
fn add_profiles(script: &mut Script, writes: &Writes) -> Result<()> {
    for (column, name) in [
        (ProfileColumn::FirstName, "first_name"),
        (ProfileColumn::Birthday, "birthday"),
        (ProfileColumn::Language, "language"),
    ] {
        // The last word of each member counts.
        let said = writes.profiles.iter().filter(|(_, of, _)| *of == column);
        let said: HashMap<Uuid, &str> = said.map(|(id, _, value)| (*id, value.as_str())).collect();
        let columns: Columns = &[("id", Kind::Uuid), ("value", Kind::Text)];
        script.add(&said.iter().collect::<Vec<_>>(), |backend| {
            format!(
                "UPDATE member SET {name} = given.value FROM {} WHERE member.id = given.id",
                given(backend, columns)
            )
        })?;
    }
    let tail = "ON CONFLICT (member_id, shop_id, question) DO UPDATE SET prompt = excluded.prompt, \
                answer = excluded.answer, answered_at = excluded.answered_at";
    let answers: HashMap<_, _> =
        writes.answers.iter().map(|answer| ((answer.0, answer.1, answer.2.as_str()), answer)).collect();
    script.insert("profile_answer", ANSWER, tail, &answers.values().collect::<Vec<_>>())
}

fn add_conversations(script: &mut Script, writes: &Writes) -> Result<()> {
    let conversations: Vec<_> = writes.conversations.values().map(conversation_values).collect();
    let tail = "ON CONFLICT (sender_id, address) DO UPDATE SET question = excluded.question, \
                opted_out_at = excluded.opted_out_at, no_marketing_since = excluded.no_marketing_since, \
                hinted_at = excluded.hinted_at, language = excluded.language, \
                language_offered_at = excluded.language_offered_at, spoken_shop_id = excluded.spoken_shop_id, \
                spoken_at = excluded.spoken_at, updated_at = excluded.updated_at";
    script.insert("conversation", CONVERSATION, tail, &conversations)
}

fn conversation_values(row: &ConversationRow) -> impl Serialize + '_ {
    let (shop_id, at) = row.spoken_of.unzip();
    (
        row.sender_id,
        &row.address,
        &row.question,
        row.opted_out_at,
        row.no_marketing_since,
        row.hinted_at,
        &row.language,
        row.language_offered_at,
        shop_id,
        at,
        row.updated_at,
    )
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
    let NewOutbox { request_id, held_until, created_at, .. } = row;
    let state = if held_until.is_some() { "deferred" } else { "queued" };
    (
        sender_id,
        address,
        merchant_id,
        shop_id,
        account_id,
        cause,
        reply,
        body,
        state,
        0,
        held_until.unwrap_or(*created_at),
        request_id,
        created_at,
    )
}
