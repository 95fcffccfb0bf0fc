//! Purses and what belongs to them: the ledger's entries, vouchers, sales, codes. Read by ids and codes, written set-wise.

mod writes;

use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use uuid::Uuid;

pub(super) use writes::add_ledger;
pub use writes::{EndedVoucher, LedgerWrites, NewEntry, NewSale, NewVoucher, PurseState, UsedCode};

use super::{
    Result, Store, StoreError, Transaction,
    rows::{Columns, Kind, gathered, given, read_gathered},
};
use crate::domain::purse::Purse;

/// A purse as it is kept, with whom it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurseRow {
    /// Our id.
    pub id: Uuid,
    /// The member.
    pub member_id: Uuid,
    /// The program.
    pub program_id: Uuid,
    /// What it holds.
    pub purse: Purse,
    /// When something is due in it, Unix milliseconds.
    pub due_at: Option<i64>,
}

/// A member with what counts in a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderRow {
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
    /// What they answered: (question, answer).
    pub answers: Vec<(String, String)>,
}

/// A single-use code as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRow {
    /// What is kept of it.
    pub hash: String,
    /// The program.
    pub program_id: Uuid,
    /// The rule that says what it is worth.
    pub rule: String,
    /// From when on it is worth nothing, Unix milliseconds.
    pub ends_at: Option<i64>,
    /// Whether it was used.
    pub is_used: bool,
}

/// A member's own code to bring friends by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferralRow {
    /// The code.
    pub code: String,
    /// The program.
    pub program_id: Uuid,
    /// Whose it is.
    pub purse_id: Uuid,
    /// The member.
    pub member_id: Uuid,
    /// What they want to be called.
    pub first_name: Option<String>,
}

/// What is read of a purse `p`.
pub(super) const PURSE_READ: &[(&str, Kind)] = &[
    ("p.id", Kind::Uuid),
    ("p.member_id", Kind::Uuid),
    ("p.program_id", Kind::Uuid),
    ("p.state", Kind::Text),
    ("p.due_at", Kind::Integer),
];
pub(super) type PurseValues = (Uuid, Uuid, Uuid, String, Option<i64>);
const CODE: Columns = &[
    ("program_id", Kind::Uuid),
    ("hash", Kind::Text),
    ("rule", Kind::Text),
    ("batch", Kind::Text),
    ("created_at", Kind::Integer),
    ("ends_at", Kind::Integer),
];
const WORD: Columns = &[("word", Kind::Text)];

pub(super) fn read_purse(values: PurseValues) -> Result<PurseRow> {
    let (id, member_id, program_id, state, due_at) = values;
    let purse = serde_json::from_str(&state).map_err(|error| StoreError::Corrupt(format!("purse.state: {error}")))?;
    Ok(PurseRow { id, member_id, program_id, purse, due_at })
}

impl Transaction {
    /// Purses by their ids.
    pub async fn purses(&self, ids: &[Uuid]) -> Result<Vec<PurseRow>> {
        let rows: Vec<[Uuid; 1]> = ids.iter().map(|id| [*id]).collect();
        self.read_purses("CROSS JOIN purse AS p WHERE p.id = given.id", &rows).await
    }

    /// All purses of members.
    pub async fn purses_of(&self, member_ids: &[Uuid]) -> Result<Vec<PurseRow>> {
        let rows: Vec<[Uuid; 1]> = member_ids.iter().map(|id| [*id]).collect();
        self.read_purses("CROSS JOIN purse AS p WHERE p.member_id = given.id", &rows).await
    }

    async fn read_purses(&self, joined: &str, rows: &[[Uuid; 1]]) -> Result<Vec<PurseRow>> {
        let given = given(self.backend(), &[("id", Kind::Uuid)]);
        let sql = format!("SELECT {}", gathered(self.backend(), PURSE_READ, &format!("FROM {given} {joined}")));
        let mut purses = Vec::new();
        for row in &self.query(&sql, rows, Vec::new()).await? {
            for values in read_gathered(row, 0)? {
                purses.push(read_purse(values)?);
            }
        }
        Ok(purses)
    }

    /// A member by our id, with what counts in a program.
    pub async fn holder(&self, member_id: Uuid) -> Result<Option<HolderRow>> {
        self.read_holder("m.id = $1", vec![member_id.into()]).await
    }

    /// A member of a merchant by their address.
    pub async fn holder_by_address(&self, merchant_id: Uuid, address: &str) -> Result<Option<HolderRow>> {
        self.read_holder("m.address = $1 AND m.merchant_id = $2", vec![address.into(), merchant_id.into()]).await
    }

    async fn read_holder(&self, which: &str, values: Vec<Value>) -> Result<Option<HolderRow>> {
        let answers = gathered(
            self.backend(),
            &[("a.question", Kind::Text), ("a.answer", Kind::Text)],
            "FROM profile_answer AS a WHERE a.member_id = m.id",
        );
        let sql = format!(
            "SELECT m.id, m.merchant_id, m.address, m.language, m.first_name, m.birthday, {answers} \
             FROM member AS m WHERE {which}"
        );
        let row = self.0.query_one_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(HolderRow {
            member_id: row.try_get_by_index(0)?,
            merchant_id: row.try_get_by_index(1)?,
            address: row.try_get_by_index(2)?,
            language: row.try_get_by_index(3)?,
            first_name: row.try_get_by_index(4)?,
            birthday: row.try_get_by_index(5)?,
            answers: read_gathered(&row, 6)?,
        }))
    }

    /// The shops of which somebody is a member now.
    pub async fn shops_of_member(&self, member_id: Uuid) -> Result<Vec<Uuid>> {
        let sql = "SELECT shop_id FROM enrolment WHERE member_id = $1 AND left_at IS NULL";
        let rows =
            self.0.query_all_raw(Statement::from_sql_and_values(self.backend(), sql, [member_id.into()])).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }

    /// Whether a person is opted out of a sender.
    pub async fn is_opted_out(&self, sender_id: Uuid, address: &str) -> Result<bool> {
        let sql = "SELECT 1 FROM conversation WHERE sender_id = $1 AND address = $2 AND opted_out_at IS NOT NULL";
        let values = [sender_id.into(), address.into()];
        Ok(self.0.query_one_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?.is_some())
    }

    /// A sale as it is kept: its purse, its program and what is written of it.
    pub async fn sale(&self, id: Uuid) -> Result<Option<(Uuid, Uuid, String)>> {
        let sql = "SELECT purse_id, program_id, record FROM sale WHERE id = $1";
        let row = self.0.query_one_raw(Statement::from_sql_and_values(self.backend(), sql, [id.into()])).await?;
        let read =
            |row: QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?));
        row.map(read).transpose()
    }

    /// Whether the ledger has an entry of this id: what it accounts for has happened.
    pub async fn entry_exists(&self, id: Uuid) -> Result<bool> {
        let statement =
            Statement::from_sql_and_values(self.backend(), "SELECT 1 FROM entry WHERE id = $1", [id.into()]);
        Ok(self.0.query_one_raw(statement).await?.is_some())
    }

    /// A voucher by its code: its purse, and in which state it is.
    pub async fn voucher(&self, program_id: Uuid, code: &str) -> Result<Option<(Uuid, String)>> {
        let sql = "SELECT purse_id, state FROM voucher WHERE program_id = $1 AND code = $2";
        let values = [program_id.into(), code.into()];
        let row = self.0.query_one_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        row.map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).transpose()
    }

    /// Single-use codes by what is kept of them.
    pub async fn codes(&self, hashes: &[String]) -> Result<Vec<CodeRow>> {
        let sql = format!(
            "SELECT c.hash, c.program_id, c.rule, c.ends_at, c.used_at FROM {} CROSS JOIN code AS c WHERE c.hash = given.word",
            given(self.backend(), WORD)
        );
        let rows: Vec<[&String; 1]> = hashes.iter().map(|hash| [hash]).collect();
        let found = self.query(&sql, &rows, Vec::new()).await?;
        let read = |row: &QueryResult| {
            let used_at: Option<i64> = row.try_get_by_index(4)?;
            Ok(CodeRow {
                hash: row.try_get_by_index(0)?,
                program_id: row.try_get_by_index(1)?,
                rule: row.try_get_by_index(2)?,
                ends_at: row.try_get_by_index(3)?,
                is_used: used_at.is_some(),
            })
        };
        found.iter().map(read).collect()
    }

    /// Keeps single-use codes of a rule and batch, as what is kept of them. Times (made, from when on worth nothing) are Unix
    /// milliseconds.
    pub async fn insert_codes(
        &self,
        program_id: Uuid,
        (rule, batch): (&str, &str),
        hashes: &[String],
        (now, ends_at): (i64, Option<i64>),
    ) -> Result<()> {
        let rows: Vec<_> = hashes.iter().map(|hash| (program_id, hash, rule, batch, now, ends_at)).collect();
        self.insert("code", CODE, "", &rows).await?;
        Ok(())
    }

    /// Members' own codes.
    pub async fn referrals(&self, codes: &[String]) -> Result<Vec<ReferralRow>> {
        let sql = format!(
            "SELECT r.code, r.program_id, r.purse_id, p.member_id, m.first_name FROM {} CROSS JOIN referral_code AS r \
             JOIN purse AS p ON p.id = r.purse_id JOIN member AS m ON m.id = p.member_id WHERE r.code = given.word",
            given(self.backend(), WORD)
        );
        let rows: Vec<[&String; 1]> = codes.iter().map(|code| [code]).collect();
        let found = self.query(&sql, &rows, Vec::new()).await?;
        let read = |row: &QueryResult| {
            Ok(ReferralRow {
                code: row.try_get_by_index(0)?,
                program_id: row.try_get_by_index(1)?,
                purse_id: row.try_get_by_index(2)?,
                member_id: row.try_get_by_index(3)?,
                first_name: row.try_get_by_index(4)?,
            })
        };
        found.iter().map(read).collect()
    }

    /// How many vouchers of stocked rewards were bought: (program, reward, issued). On PostgreSQL nobody else issues any
    /// until this transaction ends.
    pub async fn stock_issued(&self, programs: &[Uuid]) -> Result<Vec<(Uuid, String, i64)>> {
        let lock = if self.backend() == sea_orm::DbBackend::Postgres {
            "ORDER BY s.program_id, s.reward FOR UPDATE"
        } else {
            ""
        };
        let sql = format!(
            "SELECT s.program_id, s.reward, s.issued FROM reward_stock AS s WHERE s.program_id IN (SELECT id FROM {}) {lock}",
            given(self.backend(), &[("id", Kind::Uuid)])
        );
        let rows: Vec<[Uuid; 1]> = programs.iter().map(|id| [*id]).collect();
        let found = self.query(&sql, &rows, Vec::new()).await?;
        let read =
            |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?));
        found.iter().map(read).collect()
    }

    /// Purses of a program in the order of their ids, those after `after`.
    pub async fn purse_ids_after(&self, program_id: Uuid, after: Option<Uuid>, limit: u64) -> Result<Vec<Uuid>> {
        let sql = format!("SELECT id FROM purse WHERE program_id = $1 AND id > $2 ORDER BY id LIMIT {limit}");
        let values = [program_id.into(), after.unwrap_or(Uuid::nil()).into()];
        let rows = self.0.query_all_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }

    /// Purses in which something is due, the longest overdue first. `now` is in Unix milliseconds.
    pub async fn purse_ids_due(&self, now: i64, limit: u64) -> Result<Vec<Uuid>> {
        let sql = format!("SELECT id FROM purse WHERE due_at <= $1 ORDER BY due_at LIMIT {limit}");
        let rows = self.0.query_all_raw(Statement::from_sql_and_values(self.backend(), sql, [now.into()])).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }

    /// The addresses of these purses' members.
    pub async fn addresses_of_purses(&self, ids: &[Uuid]) -> Result<Vec<String>> {
        let sql = format!(
            "SELECT m.address FROM {} CROSS JOIN purse AS p JOIN member AS m ON m.id = p.member_id WHERE p.id = given.id",
            given(self.backend(), &[("id", Kind::Uuid)])
        );
        let rows: Vec<[Uuid; 1]> = ids.iter().map(|id| [*id]).collect();
        let found = self.query(&sql, &rows, Vec::new()).await?;
        Ok(found.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }

    /// Takes a lock that only one node at a time has, until this transaction ends; whether it was free.
    pub async fn try_clock_lock(&self) -> Result<bool> {
        if self.backend() != sea_orm::DbBackend::Postgres {
            return Ok(true);
        }
        let row = self.0.query_one_raw(Statement::from_string(self.backend(), CLOCK_LOCK)).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(false))
    }
}

/// Any number will do, as long as every node takes the same one.
const CLOCK_LOCK: &str = "SELECT pg_try_advisory_xact_lock(7305808870)";

impl Store {
    /// All codes that were given to a person: their vouchers', and their own to bring friends by.
    pub async fn codes_of_address(&self, address: &str) -> Result<Vec<String>> {
        let sql = "SELECT v.code FROM member AS m JOIN purse AS p ON p.member_id = m.id \
                   JOIN voucher AS v ON v.purse_id = p.id WHERE m.address = $1 UNION ALL \
                   SELECT r.code FROM member AS m JOIN purse AS p ON p.member_id = m.id \
                   JOIN referral_code AS r ON r.purse_id = p.id WHERE m.address = $1";
        self.read_all(sql, vec![address.into()], |row| row.try_get_by_index(0)).await
    }

    /// The address of who brought a member, where a friend did: both are locked before either's purse is touched.
    pub async fn address_of_referrer(
        &self,
        merchant_id: Uuid,
        address: &str,
        program_id: Uuid,
    ) -> Result<Option<String>> {
        let sql = "SELECT p.state FROM member AS m JOIN purse AS p ON p.member_id = m.id \
                   WHERE m.address = $1 AND m.merchant_id = $2 AND p.program_id = $3";
        let values = vec![address.into(), merchant_id.into(), program_id.into()];
        let states = self.read_all(sql, values, |row| row.try_get_by_index::<String>(0)).await?;
        let purse = states.first().map(|state| serde_json::from_str::<Purse>(state));
        let Some(Ok(Purse { referred_by: Some(referrer), .. })) = purse else { return Ok(None) };
        let sql = "SELECT m.address FROM purse AS p JOIN member AS m ON m.id = p.member_id WHERE p.id = $1";
        Ok(self.read_all(sql, vec![referrer.into()], |row| row.try_get_by_index(0)).await?.pop())
    }
}
