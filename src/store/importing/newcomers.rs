//! The rows of people who come from another system, each kind in one statement.

use sea_orm::{ConnectionTrait, Statement, Value};
use serde::Serialize;
use uuid::Uuid;

use super::Destination;
use crate::store::{
    Result, Transaction,
    purses::{LedgerWrites, NewEntry},
    rows::{Columns, Kind, given},
};

/// What all rows of an import have in common.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Where they go.
    pub to: Destination<'a>,
    /// The version of the program.
    pub version: i32,
    /// Who imports.
    pub actor: &'a str,
    /// On which shelf the index by last digits has those who are new.
    pub shelf: i64,
    /// When, Unix milliseconds.
    pub now: i64,
}

/// Somebody who becomes a member. Times are Unix milliseconds.
#[derive(Debug, Clone)]
pub struct ImportedMember {
    /// Our id.
    pub id: Uuid,
    /// The person.
    pub address: String,
    /// The code of the language they are answered in.
    pub language: &'static str,
    /// What they want to be called.
    pub first_name: Option<String>,
    /// Their birthday, `MM-DD`.
    pub birthday: Option<String>,
    /// When they joined.
    pub joined_at: i64,
}

/// Proof of consent, or of its end. Times are Unix milliseconds.
#[derive(Debug, Clone)]
pub struct ImportedConsent {
    /// The person.
    pub address: String,
    /// `opt_in` or `opt_out`.
    pub kind: &'static str,
    /// How, in the other system's words.
    pub typed: String,
    /// What they were shown.
    pub shown: String,
    /// When.
    pub occurred_at: i64,
}

/// All that a set of rows writes.
#[derive(Debug, Default)]
pub struct Newcomers {
    /// Members that are added.
    pub members: Vec<ImportedMember>,
    /// Enrolments that begin: (id, member, enrolled_at, left_at).
    pub enrolments: Vec<(Uuid, Uuid, i64, Option<i64>)>,
    /// Purses that are opened, with what the other system knew of them; all their entries are imported ones.
    pub opened: LedgerWrites,
    /// What happens to purses that were there.
    pub ledger: LedgerWrites,
    /// Proof.
    pub consents: Vec<ImportedConsent>,
    /// Who wants no texts, and since when.
    pub opted_out: Vec<(String, i64)>,
    /// What is learnt of members who were there: (id, first name, birthday). Fills gaps alone.
    pub learnt: Vec<(Uuid, Option<String>, Option<String>)>,
    /// What else the other system knew: (member, question, prompt, answer).
    pub answers: Vec<(Uuid, &'static str, &'static str, String)>,
}

const MEMBER: Columns = &[
    ("id", Kind::Uuid),
    ("address", Kind::Text),
    ("language", Kind::Text),
    ("first_name", Kind::Text),
    ("birthday", Kind::Text),
    ("created_at", Kind::Integer),
];
const ENROLMENT: Columns =
    &[("id", Kind::Uuid), ("member_id", Kind::Uuid), ("enrolled_at", Kind::Integer), ("left_at", Kind::Integer)];
const PURSE: Columns = &[
    ("id", Kind::Uuid),
    ("member_id", Kind::Uuid),
    ("available", Kind::Integer),
    ("level", Kind::Text),
    ("state", Kind::Text),
    ("due_at", Kind::Integer),
];
const ENTRY: Columns = &[
    ("purse_id", Kind::Uuid),
    ("number", Kind::Integer),
    ("id", Kind::Uuid),
    ("from_book", Kind::Text),
    ("to_book", Kind::Text),
    ("card", Kind::Text),
    ("amount", Kind::Integer),
    ("reason", Kind::Text),
    ("happened_at", Kind::Integer),
];
const CONSENT: Columns = &[
    ("address", Kind::Text),
    ("kind", Kind::Text),
    ("typed", Kind::Text),
    ("shown", Kind::Text),
    ("occurred_at", Kind::Integer),
];
const SILENCED: Columns = &[("address", Kind::Text), ("opted_out_at", Kind::Integer)];
const LEARNT: Columns = &[("id", Kind::Uuid), ("first_name", Kind::Text), ("birthday", Kind::Text)];
const ANSWER: Columns =
    &[("member_id", Kind::Uuid), ("question", Kind::Text), ("prompt", Kind::Text), ("answer", Kind::Text)];

impl Transaction {
    /// Writes them.
    pub async fn insert_newcomers(&self, origin: &Origin<'_>, newcomers: &Newcomers) -> Result<()> {
        let Origin { to, now, shelf, .. } = *origin;
        self.put_up_shelf(shelf).await?;
        let members: Vec<_> = newcomers.members.iter().map(member_values).collect();
        let sql = "INSERT INTO member (id, merchant_id, shelf, address, language, first_name, birthday, created_at) \
                   SELECT id, $2, $3, address, language, first_name, birthday, created_at FROM";
        self.add(sql, MEMBER, "", &members, vec![to.merchant_id.into(), shelf.into()]).await?;
        let sql = "INSERT INTO enrolment (id, member_id, shop_id, source, enrolled_at, left_at) \
                   SELECT id, member_id, $2, $3, enrolled_at, left_at FROM";
        let values = vec![to.shop_id.into(), to.source.into()];
        self.add(sql, ENROLMENT, "", &newcomers.enrolments, values).await?;
        self.open_purses(origin, &newcomers.opened).await?;
        self.write_ledger(&newcomers.ledger).await?;
        let consents: Vec<_> = newcomers.consents.iter().map(consent_values).collect();
        let sql = "INSERT INTO consent (sender_id, address, shop_id, kind, method, reason, typed, shown, occurred_at) \
                   SELECT $2, address, CASE WHEN kind = 'opt_in' THEN $3 END, kind, 'imported', $4, typed, shown, \
                   occurred_at FROM";
        let values = vec![to.sender_id.into(), to.shop_id.into(), to.source.into()];
        self.add(sql, CONSENT, "", &consents, values).await?;
        self.silence(origin, &newcomers.opted_out).await?;
        let learnt = format!(
            "UPDATE member SET first_name = COALESCE(member.first_name, given.first_name), \
             birthday = COALESCE(member.birthday, given.birthday) FROM {} WHERE member.id = given.id",
            given(self.backend(), LEARNT)
        );
        self.run(&learnt, &newcomers.learnt, Vec::new()).await?;
        let sql = "INSERT INTO profile_answer (member_id, shop_id, question, prompt, answer, answered_at) \
                   SELECT member_id, $2, question, prompt, answer, $3 FROM";
        let tail = "ON CONFLICT (member_id, shop_id, question) DO NOTHING";
        self.add(sql, ANSWER, tail, &newcomers.answers, vec![to.shop_id.into(), now.into()]).await
    }

    async fn put_up_shelf(&self, number: i64) -> Result<()> {
        let sql = "INSERT INTO shelf (number) VALUES ($1) ON CONFLICT (number) DO NOTHING";
        self.0.execute_raw(Statement::from_sql_and_values(self.backend(), sql, [number.into()])).await?;
        Ok(())
    }

    async fn open_purses(&self, origin: &Origin<'_>, opened: &LedgerWrites) -> Result<()> {
        let Origin { to, version, actor, now, .. } = *origin;
        let purses: Vec<_> = opened
            .opened
            .iter()
            .filter_map(|(id, member_id, ..)| {
                let state = opened.purses.get(id)?;
                Some((id, member_id, state.available, &state.level, &state.state, state.due_at))
            })
            .collect();
        let sql = "INSERT INTO purse (id, member_id, program_id, available, pending, locked, level, state, due_at, opened_at, \
                   updated_at) SELECT id, member_id, $2, available, 0, 0, level, state, due_at, $3, $3 FROM";
        self.add(sql, PURSE, "", &purses, vec![to.program_id.into(), now.into()]).await?;
        let entries: Vec<_> = opened.entries.iter().map(entry_values).collect();
        let sql = "INSERT INTO entry (purse_id, number, id, cause, cause_id, from_book, to_book, card, amount, rule, version, \
                   shop_id, actor, reason, happened_at, created_at) SELECT purse_id, number, id, 'imported', $2, from_book, \
                   to_book, card, amount, card, $3, $4, $5, reason, happened_at, $6 FROM";
        let values: Vec<Value> = vec![to.source.into(), version.into(), to.shop_id.into(), actor.into(), now.into()];
        self.add(sql, ENTRY, "", &entries, values).await?;
        // A card that was full gives its voucher.
        let issued = LedgerWrites { issued: opened.issued.clone(), ..LedgerWrites::default() };
        if !issued.issued.is_empty() {
            self.write_ledger(&issued).await?;
        }
        Ok(())
    }

    /// Who opted out before is left as they are; what waits for the others is taken back.
    async fn silence(&self, origin: &Origin<'_>, opted_out: &[(String, i64)]) -> Result<()> {
        let Origin { to, now, .. } = *origin;
        let sql = "INSERT INTO conversation (sender_id, address, opted_out_at, updated_at) \
                   SELECT $2, address, opted_out_at, $3 FROM";
        let tail = "ON CONFLICT (sender_id, address) DO UPDATE SET question = NULL, \
                    opted_out_at = excluded.opted_out_at, updated_at = excluded.updated_at \
                    WHERE conversation.opted_out_at IS NULL";
        self.add(sql, SILENCED, tail, opted_out, vec![to.sender_id.into(), now.into()]).await?;
        let pairs: Vec<_> = opted_out.iter().map(|(address, _)| (to.sender_id, address.clone())).collect();
        self.withdraw(&pairs).await
    }

    async fn add<R: Serialize>(
        &self,
        insert: &str,
        columns: Columns,
        tail: &str,
        rows: &[R],
        more: Vec<Value>,
    ) -> Result<()> {
        // SQLite needs the WHERE to tell the join's ON from that of ON CONFLICT.
        let sql = format!("{insert} {} WHERE true {tail}", given(self.backend(), columns));
        self.run(&sql, rows, more).await?;
        Ok(())
    }
}

fn member_values(member: &ImportedMember) -> impl Serialize + '_ {
    let ImportedMember { id, address, language, first_name, birthday, joined_at } = member;
    (id, address, language, first_name, birthday, joined_at)
}

fn entry_values(entry: &NewEntry) -> impl Serialize + '_ {
    let NewEntry { purse_id, number, id, from_book, to_book, card, amount, reason, happened_at, .. } = entry;
    (purse_id, number, id, from_book, to_book, card, amount, reason, happened_at)
}

fn consent_values(consent: &ImportedConsent) -> impl Serialize + '_ {
    let ImportedConsent { address, kind, typed, shown, occurred_at } = consent;
    (address, kind, typed, shown, occurred_at)
}
