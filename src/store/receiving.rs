//! What a batch of inbound texts reads, in one statement for the whole batch; what it writes is in `writes`.

mod writes;

use std::collections::{HashMap, HashSet};

use sea_orm::DbBackend;
use serde::Serialize;
use uuid::Uuid;

pub use writes::{NewOutbox, Prepared, ProfileColumn, Writes};

use super::{
    Result, Transaction,
    purses::{PURSE_READ, PurseRow, read_purse},
    rows::{Columns, Kind, gathered, given, read_gathered},
    script::Script,
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
    /// Since when nothing but answers may be sent.
    pub no_marketing_since: Option<i64>,
    /// When we last said that we did not understand.
    pub hinted_at: Option<i64>,
    /// The code of the language that the person chose.
    pub language: Option<String>,
    /// When another language was offered.
    pub language_offered_at: Option<i64>,
    /// The shop last spoken of, and when.
    pub spoken_of: Option<(Uuid, i64)>,
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
    /// What they want to be called.
    pub first_name: Option<String>,
    /// Their birthday, `MM-DD`.
    pub birthday: Option<String>,
    /// Whether what they had is another member's now.
    pub is_merged: bool,
    /// One enrolment, or none.
    pub enrolment: Option<EnrolmentRow>,
}

/// An enrolment as it is kept.
#[derive(Debug, Clone, Copy)]
pub struct EnrolmentRow {
    /// Our id.
    pub id: Uuid,
    /// The shop.
    pub shop_id: Uuid,
    /// Since when the member has left, Unix milliseconds.
    pub left_at: Option<i64>,
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
    /// What they hold.
    pub purses: Vec<PurseRow>,
    /// What they answered to the shops' questions: (member, question, answer).
    pub answers: Vec<(Uuid, String, String)>,
    /// By purse, the member's own code to bring friends by.
    pub referral_codes: Vec<(Uuid, String)>,
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
/// Who talks with which sender.
pub(super) const PHONE: Columns = &[("sender_id", Kind::Uuid), ("address", Kind::Text)];

const TEXT: Columns = &[
    ("account_id", Kind::Uuid),
    ("provider_message_id", Kind::Text),
    ("sender_id", Kind::Uuid),
    ("address", Kind::Text),
];

pub(super) const CONVERSATION_READ: &[(&str, Kind)] = &[
    ("c.sender_id", Kind::Uuid),
    ("c.address", Kind::Text),
    ("c.question", Kind::Text),
    ("c.opted_out_at", Kind::Integer),
    ("c.no_marketing_since", Kind::Integer),
    ("c.hinted_at", Kind::Integer),
    ("c.language", Kind::Text),
    ("c.language_offered_at", Kind::Integer),
    ("c.spoken_shop_id", Kind::Uuid),
    ("c.spoken_at", Kind::Integer),
    ("c.updated_at", Kind::Integer),
];
pub(super) type ConversationValues = (
    Uuid,
    String,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<String>,
    Option<i64>,
    Option<Uuid>,
    Option<i64>,
    i64,
);

const MEMBER_READ: &[(&str, Kind)] = &[
    ("m.id", Kind::Uuid),
    ("m.merchant_id", Kind::Uuid),
    ("m.address", Kind::Text),
    ("m.language", Kind::Text),
    ("m.first_name", Kind::Text),
    ("m.birthday", Kind::Text),
    ("m.merged_into", Kind::Uuid),
    ("e.id", Kind::Uuid),
    ("e.shop_id", Kind::Uuid),
    ("e.left_at", Kind::Integer),
];
type MemberValues =
    (Uuid, Uuid, String, String, Option<String>, Option<String>, Option<Uuid>, Option<Uuid>, Option<Uuid>, Option<i64>);

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
        let purses = gathered(
            backend,
            PURSE_READ,
            &format!(
                "FROM {people} CROSS JOIN member AS m JOIN purse AS p ON p.member_id = m.id \
                 WHERE m.address = person.address"
            ),
        );
        let answers = gathered(
            backend,
            &[("a.member_id", Kind::Uuid), ("a.question", Kind::Text), ("a.answer", Kind::Text)],
            &format!(
                "FROM {people} CROSS JOIN member AS m JOIN profile_answer AS a ON a.member_id = m.id \
                 WHERE m.address = person.address"
            ),
        );
        let referral_codes = gathered(
            backend,
            &[("r.purse_id", Kind::Uuid), ("r.code", Kind::Text)],
            &format!(
                "FROM {people} CROSS JOIN member AS m JOIN purse AS p ON p.member_id = m.id \
                 JOIN referral_code AS r ON r.purse_id = p.id WHERE m.address = person.address"
            ),
        );
        let sql = format!(
            "WITH given AS MATERIALIZED {given} \
             SELECT {seen}, {conversations}, {members}, {purses}, {answers}, {referral_codes}"
        );
        let rows: Vec<_> = texts.iter().map(text_values).collect();
        let found = self.query(&sql, &rows, Vec::new()).await?;
        let mut known = Known::default();
        let mut purses_read: Vec<PurseRow> = Vec::new();
        let mut members: HashMap<(Uuid, Option<Uuid>), MemberRow> = HashMap::new();
        for row in &found {
            known.seen.extend(read_gathered::<(Uuid, String)>(row, 0)?);
            known.conversations.extend(read_gathered(row, 1)?.into_iter().map(read_conversation));
            let rows = read_gathered(row, 2)?.into_iter().map(read_member);
            members.extend(
                rows.map(|member| ((member.member_id, member.enrolment.map(|enrolment| enrolment.id)), member)),
            );
            for values in read_gathered(row, 3)? {
                purses_read.push(read_purse(values)?);
            }
            known.answers.extend(read_gathered::<(Uuid, String, String)>(row, 4)?);
            known.referral_codes.extend(read_gathered::<(Uuid, String)>(row, 5)?);
        }
        // A person in several statements of one look is read several times.
        purses_read.sort_unstable_by_key(|purse| purse.id);
        purses_read.dedup_by_key(|purse| purse.id);
        known.purses = purses_read;
        known.members = members.into_values().collect();
        // Oldest enrolment first; ids grow with time.
        known.members.sort_unstable_by_key(|member| member.enrolment.map(|enrolment| enrolment.id));
        Ok(known)
    }
}

/// Keeps texts that came in.
pub(super) fn put_texts(script: &mut Script, texts: &[NewInbound<'_>]) -> Result<()> {
    script.insert("inbound", INBOUND, "", &texts.iter().map(inbound_values).collect::<Vec<_>>())
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

fn text_values<'a>(key: &'a TextKey<'a>) -> impl Serialize + 'a {
    (key.account_id, key.provider_message_id, key.sender_id, key.address)
}

pub(super) fn read_conversation(values: ConversationValues) -> ConversationRow {
    let (
        sender_id,
        address,
        question,
        opted_out_at,
        no_marketing_since,
        hinted_at,
        language,
        offered,
        shop,
        at,
        updated_at,
    ) = values;
    ConversationRow {
        sender_id,
        address,
        question,
        opted_out_at,
        no_marketing_since,
        hinted_at,
        language,
        language_offered_at: offered,
        spoken_of: shop.zip(at),
        updated_at,
    }
}

fn read_member(values: MemberValues) -> MemberRow {
    let (member_id, merchant_id, address, language, first_name, birthday, merged_into, id, shop_id, left_at) = values;
    let is_merged = merged_into.is_some();
    let enrolment = id.zip(shop_id).map(|(id, shop_id)| EnrolmentRow { id, shop_id, left_at });
    MemberRow { member_id, merchant_id, address, language, first_name, birthday, is_merged, enrolment }
}
