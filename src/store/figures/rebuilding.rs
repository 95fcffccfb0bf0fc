//! What the tables know of the time before figures were kept, read in slices of members.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement, Value};
use uuid::Uuid;

use super::{Cursor, Followed, following::json};
use crate::{
    domain::purse::sale::SaleRecord,
    store::{
        Result, Store, StoreError, Transaction,
        rows::{Kind, given},
    },
};

/// Rebuilding has come to its end.
const DONE: Cursor = (i64::MAX, i64::MAX);

/// How far rebuilding has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rebuilding {
    /// The last member that was looked at.
    pub behind: Uuid,
    /// What was written after this is told by events. Unix milliseconds.
    pub until: i64,
    /// How many members were looked at.
    pub members: i64,
}

/// A slice of members with all that counts of theirs. Times are Unix milliseconds.
#[derive(Debug, Clone, Default)]
pub struct Slice {
    /// (member, phone), in the order of their ids.
    pub members: Vec<(Uuid, String)>,
    /// Where they joined.
    pub enrolments: Vec<PastEnrolment>,
    /// What they bought, with when it was written down: (member, shop, program, sale, when).
    pub sales: Vec<(Uuid, Uuid, Uuid, SaleRecord, i64)>,
    /// Their points, as they moved.
    pub moves: Vec<PastMove>,
    /// Their vouchers.
    pub vouchers: Vec<PastVoucher>,
    /// Where they opted out and in again, in order: (member, sender, kind, method, when).
    pub consents: Vec<(Uuid, Uuid, String, String, i64)>,
}

/// Somebody joined.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the table")]
pub struct PastEnrolment {
    pub member_id: Uuid,
    pub shop_id: Uuid,
    pub source: Option<String>,
    pub enrolled_at: i64,
    pub left_at: Option<i64>,
    /// Whether they ever agreed.
    pub has_agreed: bool,
}

/// Points moved.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the table")]
pub struct PastMove {
    pub member_id: Uuid,
    pub program_id: Uuid,
    pub shop_id: Option<Uuid>,
    pub cause: String,
    pub cause_id: String,
    pub from: String,
    pub to: String,
    pub amount: i64,
    pub happened_at: i64,
    pub created_at: i64,
}

/// A voucher.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the table")]
pub struct PastVoucher {
    pub member_id: Uuid,
    pub program_id: Uuid,
    pub reward: String,
    pub points: i64,
    pub state: String,
    pub cause: String,
    pub issued_at: i64,
    pub ended_at: Option<i64>,
    pub ended_shop_id: Option<Uuid>,
}

impl Store {
    /// How far rebuilding has got; `None` where there is nothing to do.
    pub async fn rebuilding(&self) -> Result<Option<Rebuilding>> {
        let sql = "SELECT a.first, a.second, b.first, b.second FROM figure_cursor AS a JOIN figure_cursor AS b \
                   ON b.name = 'rebuilt' WHERE a.name = 'rebuilding'";
        let read = |row: &QueryResult| {
            let at: Cursor = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let rebuilding =
                Rebuilding { behind: id_at(at), until: row.try_get_by_index(2)?, members: row.try_get_by_index(3)? };
            Ok((at, rebuilding))
        };
        let found = self.read_all(sql, Vec::new(), read).await?.pop();
        Ok(found.filter(|(at, _)| *at != DONE).map(|(_, rebuilding)| rebuilding))
    }

    /// Whether it was looked at whether there is anything to rebuild.
    pub async fn has_looked_back(&self) -> Result<bool> {
        let sql = "SELECT 1 FROM figure_cursor WHERE name = 'rebuilding'";
        Ok(!self.read_all(sql, Vec::new(), |_| Ok(())).await?.is_empty())
    }

    /// How many members there are.
    pub async fn count_members(&self) -> Result<i64> {
        let sql = "SELECT COUNT(*) FROM member";
        Ok(self.read_all(sql, Vec::new(), |row| row.try_get_by_index(0)).await?.pop().unwrap_or_default())
    }

    /// The next members with all that counts of theirs.
    pub async fn slice_behind(&self, at: Rebuilding, limit: u64) -> Result<Slice> {
        let sql =
            format!("SELECT id, address FROM member WHERE id > $1 AND created_at <= $2 ORDER BY id LIMIT {limit}");
        let read = |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
        let members: Vec<(Uuid, String)> = self.read_all(&sql, vec![at.behind.into(), at.until.into()], read).await?;
        let whose = json(&members)?;
        let of = |sql: &str| {
            let columns = &[("id", Kind::Uuid), ("address", Kind::Text)];
            sql.replace("GIVEN", &given(self.backend(), columns).to_string())
        };
        let values = || -> Vec<Value> { vec![whose.clone(), at.until.into()] };
        let corrupt = |error| StoreError::Corrupt(format!("sale.record: {error}"));
        let sales = self.read_all(&of(SALES), values(), read_sale).await?.into_iter();
        let sales = sales.map(|(member, shop, program, record, written)| {
            Ok((member, shop, program, serde_json::from_str(&record).map_err(corrupt)?, written))
        });
        Ok(Slice {
            enrolments: self.read_all(&of(ENROLMENTS), values(), read_enrolment).await?,
            sales: sales.collect::<Result<_>>()?,
            moves: self.read_all(&of(MOVES), values(), read_move).await?,
            vouchers: self.read_all(&of(VOUCHERS), values(), read_voucher).await?,
            consents: self.read_all(&of(CONSENTS), values(), read_consent).await?,
            members,
        })
    }
}

const ENROLMENTS: &str = "SELECT e.member_id, e.shop_id, COALESCE(e.source, CASE WHEN e.keyword_id IS NULL THEN 'invitation' END), e.enrolled_at, e.left_at, \
    CASE WHEN EXISTS (SELECT 1 FROM consent AS c WHERE c.address = given.address AND c.shop_id = e.shop_id AND c.kind = 'opt_in') \
    THEN 1 ELSE 0 END FROM GIVEN CROSS JOIN enrolment AS e WHERE e.member_id = given.id AND e.enrolled_at <= $2";
const SALES: &str = "SELECT p.member_id, s.shop_id, s.program_id, s.record, s.created_at FROM GIVEN CROSS JOIN purse AS p \
    JOIN sale AS s ON s.purse_id = p.id WHERE p.member_id = given.id AND s.created_at <= $2";
const MOVES: &str = "SELECT p.member_id, p.program_id, n.shop_id, n.cause, n.cause_id, n.from_book, n.to_book, n.amount, \
    n.happened_at, n.created_at FROM GIVEN CROSS JOIN purse AS p JOIN entry AS n ON n.purse_id = p.id \
    WHERE p.member_id = given.id AND n.card IS NULL AND n.created_at <= $2";
const VOUCHERS: &str = "SELECT p.member_id, v.program_id, v.reward, v.points, v.state, v.cause, v.issued_at, v.ended_at, \
    v.ended_shop_id FROM GIVEN CROSS JOIN purse AS p JOIN voucher AS v ON v.purse_id = p.id \
    WHERE p.member_id = given.id AND v.issued_at <= $2";
const CONSENTS: &str = "SELECT given.id, c.sender_id, c.kind, c.method, c.occurred_at FROM GIVEN CROSS JOIN consent AS c \
    WHERE c.address = given.address AND c.occurred_at <= $2 AND c.kind IN ('opt_out', 'opt_in', 'opt_in_again') ORDER BY c.id";

impl Transaction {
    /// Notes once that figures are kept from `now` on (Unix milliseconds). What is in the tables by then is to be rebuilt, where
    /// figures were never kept before; what the feed of events has of it then counts no more.
    pub async fn look_back(&self, now: i64) -> Result<()> {
        let has_followed = "EXISTS (SELECT 1 FROM figure_cursor WHERE name = 'events' AND second >= 0)";
        let has_members = "EXISTS (SELECT 1 FROM member)";
        let sql = format!(
            "INSERT INTO figure_cursor (name, first, second) SELECT 'rebuilding', \
             CASE WHEN {has_followed} OR NOT {has_members} THEN {done} ELSE 0 END, \
             CASE WHEN {has_followed} OR NOT {has_members} THEN {done} ELSE 0 END \
             WHERE NOT EXISTS (SELECT 1 FROM figure_cursor WHERE name = 'rebuilding')",
            done = i64::MAX
        );
        if self.change(&sql, []).await? == 0 {
            return Ok(());
        }
        self.change("INSERT INTO figure_cursor (name, first, second) VALUES ('rebuilt', $1, 0)", [now.into()]).await?;
        let order = if self.backend() == DbBackend::Postgres { "xact DESC, number DESC" } else { "number DESC" };
        let sql = format!(
            "UPDATE figure_cursor SET first = last.xact, second = last.number FROM \
             (SELECT xact, number FROM event ORDER BY {order} LIMIT 1) AS last WHERE name = 'events' AND EXISTS \
             (SELECT 1 FROM figure_cursor AS other WHERE other.name = 'rebuilding' AND other.second = 0)"
        );
        self.change(&sql, []).await?;
        Ok(())
    }

    /// Says that so many members up to this one were looked at, or all of them; `false` where another was faster.
    pub async fn move_rebuilding(&self, from: Rebuilding, to: Option<Uuid>, members: usize) -> Result<bool> {
        let to = to.map_or(DONE, cursor_at);
        if !self.move_cursor(Followed::Rebuilding, cursor_at(from.behind), to).await? {
            return Ok(false);
        }
        let members = i64::try_from(members).unwrap_or_default();
        let sql = "UPDATE figure_cursor SET second = second + $1 WHERE name = 'rebuilt'";
        let statement = Statement::from_sql_and_values(self.backend(), sql, [members.into()]);
        self.0.execute_raw(statement).await?;
        Ok(true)
    }
}

fn cursor_at(id: Uuid) -> Cursor {
    let (high, low) = id.as_u64_pair();
    (high.cast_signed(), low.cast_signed())
}

fn id_at((high, low): Cursor) -> Uuid {
    Uuid::from_u64_pair(high.cast_unsigned(), low.cast_unsigned())
}

fn read_enrolment(row: &QueryResult) -> Result<PastEnrolment, DbErr> {
    Ok(PastEnrolment {
        member_id: row.try_get_by_index(0)?,
        shop_id: row.try_get_by_index(1)?,
        source: row.try_get_by_index(2)?,
        enrolled_at: row.try_get_by_index(3)?,
        left_at: row.try_get_by_index(4)?,
        has_agreed: row.try_get_by_index::<i32>(5)? == 1,
    })
}

fn read_sale(row: &QueryResult) -> Result<(Uuid, Uuid, Uuid, String, i64), DbErr> {
    let (member, shop, program) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
    Ok((member, shop, program, row.try_get_by_index(3)?, row.try_get_by_index(4)?))
}

fn read_move(row: &QueryResult) -> Result<PastMove, DbErr> {
    Ok(PastMove {
        member_id: row.try_get_by_index(0)?,
        program_id: row.try_get_by_index(1)?,
        shop_id: row.try_get_by_index(2)?,
        cause: row.try_get_by_index(3)?,
        cause_id: row.try_get_by_index(4)?,
        from: row.try_get_by_index(5)?,
        to: row.try_get_by_index(6)?,
        amount: row.try_get_by_index(7)?,
        happened_at: row.try_get_by_index(8)?,
        created_at: row.try_get_by_index(9)?,
    })
}

fn read_voucher(row: &QueryResult) -> Result<PastVoucher, DbErr> {
    Ok(PastVoucher {
        member_id: row.try_get_by_index(0)?,
        program_id: row.try_get_by_index(1)?,
        reward: row.try_get_by_index(2)?,
        points: row.try_get_by_index(3)?,
        state: row.try_get_by_index(4)?,
        cause: row.try_get_by_index(5)?,
        issued_at: row.try_get_by_index(6)?,
        ended_at: row.try_get_by_index(7)?,
        ended_shop_id: row.try_get_by_index(8)?,
    })
}

fn read_consent(row: &QueryResult) -> Result<(Uuid, Uuid, String, String, i64), DbErr> {
    let (member, sender, kind) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
    Ok((member, sender, kind, row.try_get_by_index(3)?, row.try_get_by_index(4)?))
}
