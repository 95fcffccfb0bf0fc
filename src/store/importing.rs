//! Imports: how far each has got, whom a set of rows is about, and their rows. Constant columns travel as parameters, for there
//! may be a million rows.

mod newcomers;

use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};
use uuid::Uuid;

pub use newcomers::{ImportedConsent, ImportedMember, Newcomers, Origin};

use super::{
    Result, Store, Transaction,
    rows::{Columns, Kind, gathered, given, read_gathered},
};

/// An import, and how far it has got. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Our id, which derives from the shop, the source and the fingerprint.
    pub id: Uuid,
    /// The merchant.
    pub merchant_id: Uuid,
    /// The shop whose members they become.
    pub shop_id: Uuid,
    /// What the other system's file is called.
    pub source: String,
    /// Of the file and of how it is read.
    pub fingerprint: String,
    /// How it is read and what is done, as JSON.
    pub options: String,
    /// How many rows are done, from the first one on.
    pub rows_done: i64,
    /// How many of them were refused.
    pub rows_refused: i64,
    /// How many members were added.
    pub members_added: i64,
    /// How many rows were about somebody who was a member.
    pub members_known: i64,
    /// How many points came in.
    pub points_added: i64,
    /// When it began.
    pub created_at: i64,
    /// When it went on last.
    pub updated_at: i64,
}

/// How far an import gets by a set of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Advance {
    /// So many rows were done before.
    pub from: i64,
    /// So many are done now.
    pub until: i64,
    /// So many of these were refused.
    pub refused: i64,
    /// Members added.
    pub added: i64,
    /// Rows about somebody who was a member.
    pub known: i64,
    /// Points that came in.
    pub points: i64,
    /// When, Unix milliseconds.
    pub at: i64,
}

/// Where the rows of an import go.
#[derive(Debug, Clone, Copy)]
pub struct Destination<'a> {
    /// The merchant.
    pub merchant_id: Uuid,
    /// The shop.
    pub shop_id: Uuid,
    /// Its program.
    pub program_id: Uuid,
    /// The sender it texts from.
    pub sender_id: Uuid,
    /// What the file is called.
    pub source: &'a str,
}

/// Somebody who is a member of the merchant already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownMember {
    /// The address in the file.
    pub address: String,
    /// Our id; of the one they were merged into, where they were.
    pub member_id: Uuid,
    /// What they want to be called.
    pub first_name: Option<String>,
    /// Their birthday, `MM-DD`.
    pub birthday: Option<String>,
    /// Whether they are enrolled at the shop, or left it.
    pub is_enrolled: bool,
    /// Their purse in the shop's program.
    pub purse_id: Option<Uuid>,
    /// When something is due in it, Unix milliseconds.
    pub due_at: Option<i64>,
    /// Whether they came from this source before: their enrolment did, or proof of consent.
    pub came_before: bool,
}

const ADDRESS: Columns = &[("address", Kind::Text)];
const KNOWN: &[(&str, Kind)] = &[
    ("given.address", Kind::Text),
    ("t.id", Kind::Uuid),
    ("t.first_name", Kind::Text),
    ("t.birthday", Kind::Text),
    ("e.id", Kind::Uuid),
    ("p.id", Kind::Uuid),
    ("p.due_at", Kind::Integer),
    (
        "CASE WHEN e.keyword_id IS NULL AND e.source = $6 THEN 1 ELSE (SELECT MAX(k.id) FROM consent AS k \
         WHERE k.address = given.address AND k.sender_id = $5 AND k.method = 'imported' AND k.reason = $6) END",
        Kind::Integer,
    ),
];
type KnownValues = (String, Uuid, Option<String>, Option<String>, Option<Uuid>, Option<Uuid>, Option<i64>, Option<i64>);

const IMPORT: &str = "SELECT id, merchant_id, shop_id, source, fingerprint, options, rows_done, rows_refused, members_added, \
                      members_known, points_added, created_at, updated_at FROM import";

impl Store {
    /// An import by our id.
    pub async fn import(&self, id: Uuid) -> Result<Option<ImportRow>> {
        Ok(self.read_all(&format!("{IMPORT} WHERE id = $1"), vec![id.into()], read_import).await?.pop())
    }

    /// The imports of a merchant's shop, in the order of their ids, those after `after`.
    pub async fn imports(&self, merchant_id: Uuid, shop_id: Uuid, after: Uuid, limit: u64) -> Result<Vec<ImportRow>> {
        let sql = format!("{IMPORT} WHERE merchant_id = $1 AND shop_id = $2 AND id > $3 ORDER BY id LIMIT {limit}");
        self.read_all(&sql, vec![merchant_id.into(), shop_id.into(), after.into()], read_import).await
    }
}

impl Transaction {
    /// Keeps an import that begins; one that is there already stays as it is. Whether it begins.
    pub async fn insert_import(&self, import: &ImportRow) -> Result<bool> {
        let sql = "INSERT INTO import (id, merchant_id, shop_id, source, fingerprint, options, rows_done, rows_refused, \
                   members_added, members_known, points_added, created_at, updated_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0, 0, $7, $7) ON CONFLICT (id) DO NOTHING";
        let values: [Value; 7] = [
            import.id.into(),
            import.merchant_id.into(),
            import.shop_id.into(),
            import.source.as_str().into(),
            import.fingerprint.as_str().into(),
            import.options.as_str().into(),
            import.created_at.into(),
        ];
        Ok(self.0.execute_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?.rows_affected() > 0)
    }

    /// Moves an import on; whether it stood where these rows begin. Nobody else moves it until this transaction ends.
    pub async fn advance_import(&self, id: Uuid, advance: &Advance) -> Result<bool> {
        let sql = "UPDATE import SET rows_done = $3, rows_refused = rows_refused + $4, members_added = members_added + $5, \
                   members_known = members_known + $6, points_added = points_added + $7, updated_at = $8 \
                   WHERE id = $1 AND rows_done = $2";
        let Advance { from, until, refused, added, known, points, at } = *advance;
        let values: [Value; 8] = [
            id.into(),
            from.into(),
            until.into(),
            refused.into(),
            added.into(),
            known.into(),
            points.into(),
            at.into(),
        ];
        let done = self.0.execute_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        Ok(done.rows_affected() == 1)
    }

    /// Those of these people who are members of the merchant.
    pub async fn known_members(&self, to: &Destination<'_>, addresses: &[&str]) -> Result<Vec<KnownMember>> {
        let found = gathered(
            self.backend(),
            KNOWN,
            &format!(
                "FROM {} CROSS JOIN member AS m JOIN member AS t ON t.id = COALESCE(m.merged_into, m.id) \
                 LEFT JOIN enrolment AS e ON e.member_id = t.id AND e.shop_id = $3 \
                 LEFT JOIN purse AS p ON p.member_id = t.id AND p.program_id = $4 \
                 WHERE m.address = given.address AND m.merchant_id = $2",
                given(self.backend(), ADDRESS)
            ),
        );
        let rows: Vec<[&str; 1]> = addresses.iter().map(|address| [*address]).collect();
        let more: Vec<Value> =
            vec![to.merchant_id.into(), to.shop_id.into(), to.program_id.into(), to.sender_id.into(), to.source.into()];
        let mut known = Vec::new();
        for row in &self.query(&format!("SELECT {found}"), &rows, more).await? {
            known.extend(read_gathered::<KnownValues>(row, 0)?.into_iter().map(read_known));
        }
        Ok(known)
    }
}

fn read_known(values: KnownValues) -> KnownMember {
    let (address, member_id, first_name, birthday, enrolment_id, purse_id, due_at, before) = values;
    let (is_enrolled, came_before) = (enrolment_id.is_some(), before.is_some());
    KnownMember { address, member_id, first_name, birthday, is_enrolled, purse_id, due_at, came_before }
}

fn read_import(row: &QueryResult) -> Result<ImportRow, DbErr> {
    Ok(ImportRow {
        id: row.try_get_by_index(0)?,
        merchant_id: row.try_get_by_index(1)?,
        shop_id: row.try_get_by_index(2)?,
        source: row.try_get_by_index(3)?,
        fingerprint: row.try_get_by_index(4)?,
        options: row.try_get_by_index(5)?,
        rows_done: row.try_get_by_index(6)?,
        rows_refused: row.try_get_by_index(7)?,
        members_added: row.try_get_by_index(8)?,
        members_known: row.try_get_by_index(9)?,
        points_added: row.try_get_by_index(10)?,
        created_at: row.try_get_by_index(11)?,
        updated_at: row.try_get_by_index(12)?,
    })
}
