//! What figures are made of, read in the order in which it was written, a bounded piece at a time.

use sea_orm::{DbBackend, DbErr, QueryResult, Value};
use serde::Serialize;
use uuid::Uuid;

use super::Cursor;
use crate::{
    domain::figures::{Patron, Patrons},
    store::{
        Result, Store, StoreError, Transaction,
        rows::{Columns, Kind, given},
    },
};

/// An event as figures need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowedEvent {
    /// Where it stands.
    pub place: Cursor,
    /// At which shop, where it was at one.
    pub shop_id: Option<Uuid>,
    /// To which member, where it was to one.
    pub member_id: Option<Uuid>,
    /// What kind of thing.
    pub kind: String,
    /// The rest, a JSON object.
    pub data: String,
    /// When it was written, Unix milliseconds.
    pub created_at: i64,
}

/// A text as a look finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLooked {
    /// Our id.
    pub id: i64,
    /// The sender it goes out from.
    pub sender_id: Uuid,
    /// The shop it speaks for, where it is one.
    pub shop_id: Option<Uuid>,
    /// What it says.
    pub body: String,
    /// Its state in the outbox.
    pub state: String,
    /// What the furthest receipt says.
    pub receipt: Option<String>,
    /// When that receipt came in, Unix milliseconds.
    pub receipt_at: Option<i64>,
    /// The provider's number for what went wrong.
    pub error_code: Option<i32>,
    /// When it was written, Unix milliseconds.
    pub created_at: i64,
    /// What the look before had counted, on which day, and how many looks there were.
    pub before: Option<(String, i64, i64)>,
}

const MEMBERSHIP: Columns = &[("shop_id", Kind::Uuid), ("member_id", Kind::Uuid)];
const PATRON: Columns = &[
    ("shop_id", Kind::Uuid),
    ("member_id", Kind::Uuid),
    ("joined_month", Kind::Integer),
    ("visits", Kind::Integer),
    ("last_day", Kind::Integer),
    ("months", Kind::Integer),
];
const OPEN: Columns = &[
    ("outbox_id", Kind::Integer),
    ("outcome", Kind::Text),
    ("day", Kind::Integer),
    ("looks", Kind::Integer),
    ("due_at", Kind::Integer),
];
const LOOK: &str = "o.id, o.sender_id, o.shop_id, o.body, o.state, r.status, r.received_at, \
                    COALESCE(r.error_code, o.error_code), o.created_at";
const LOOKED_AT: &str = "JOIN sender AS s ON s.id = o.sender_id LEFT JOIN receipt AS r \
                         ON r.provider_message_id = o.provider_message_id AND r.account_id = s.account_id";

impl Store {
    /// Events behind a place, oldest first, none of them passed over: those of transactions that may still be under way, and
    /// what is behind them, are not there yet.
    pub async fn events_behind(&self, after: Cursor, limit: u64) -> Result<Vec<FollowedEvent>> {
        let (behind, order) = match self.backend() {
            DbBackend::Postgres => (
                "(xact, number) > ($1, $2) AND xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
                "xact, number",
            ),
            _ => ("$1 IS NOT NULL AND number > $2", "number"),
        };
        let sql = format!(
            "SELECT xact, number, shop_id, member_id, kind, data, created_at FROM event WHERE {behind} \
             ORDER BY {order} LIMIT {limit}"
        );
        self.read_all(&sql, vec![after.0.into(), after.1.into()], read_event).await
    }

    /// How these members (shop, member) visit; of those who have not come yet, when they joined is not known.
    pub async fn patrons(&self, of: &[(Uuid, Uuid)]) -> Result<Patrons> {
        let sql = format!(
            "SELECT p.shop_id, p.member_id, p.joined_month, p.visits, p.last_day, p.months FROM {} CROSS JOIN patron AS p \
             WHERE p.shop_id = given.shop_id AND p.member_id = given.member_id",
            given(self.backend(), MEMBERSHIP)
        );
        let read = |row: &QueryResult| {
            let patron = Patron {
                joined_month: row.try_get_by_index(2)?,
                visits: row.try_get_by_index(3)?,
                last_day: row.try_get_by_index(4)?,
                months: row.try_get_by_index(5)?,
            };
            Ok(((row.try_get_by_index(0)?, row.try_get_by_index(1)?), patron))
        };
        Ok(self.read_all(&sql, vec![json(of)?], read).await?.into_iter().collect())
    }

    /// When these members (shop, member) joined, in Unix milliseconds.
    pub async fn joined_at(&self, of: &[(Uuid, Uuid)]) -> Result<Vec<((Uuid, Uuid), i64)>> {
        let sql = format!(
            "SELECT e.shop_id, e.member_id, e.enrolled_at FROM {} CROSS JOIN enrolment AS e \
             WHERE e.member_id = given.member_id AND e.shop_id = given.shop_id",
            given(self.backend(), MEMBERSHIP)
        );
        let read =
            |row: &QueryResult| Ok(((row.try_get_by_index(0)?, row.try_get_by_index(1)?), row.try_get_by_index(2)?));
        self.read_all(&sql, vec![json(of)?], read).await
    }

    /// The shops of which these are members: (member, shop).
    pub async fn shops_of_members(&self, members: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>> {
        let sql = format!(
            "SELECT e.member_id, e.shop_id FROM {} CROSS JOIN enrolment AS e \
             WHERE e.member_id = given.id AND e.left_at IS NULL",
            given(self.backend(), &[("id", Kind::Uuid)])
        );
        let ids: Vec<[Uuid; 1]> = members.iter().map(|id| [*id]).collect();
        let read = |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
        self.read_all(&sql, vec![json(&ids)?], read).await
    }

    /// Texts behind a number, in order.
    pub async fn texts_behind(&self, after: i64, limit: u64) -> Result<Vec<TextLooked>> {
        let sql = format!(
            "SELECT {LOOK}, NULL, NULL, NULL FROM outbox AS o {LOOKED_AT} WHERE o.id > $1 ORDER BY o.id LIMIT {limit}"
        );
        self.read_all(&sql, vec![after.into()], |row| read_text(row, false)).await
    }

    /// Texts whose end is not known yet and that are to be looked at now (Unix milliseconds).
    pub async fn texts_to_look_at(&self, now: i64, limit: u64) -> Result<Vec<TextLooked>> {
        let sql = format!(
            "SELECT {LOOK}, t.outcome, t.day, t.looks FROM (SELECT * FROM text_open WHERE due_at <= $1 ORDER BY due_at \
             LIMIT {limit}) AS t CROSS JOIN outbox AS o {LOOKED_AT} WHERE o.id = t.outbox_id"
        );
        self.read_all(&sql, vec![now.into()], |row| read_text(row, true)).await
    }

    /// Texts that came in behind a number, in order: (number, sender, Unix milliseconds).
    pub async fn inbound_behind(&self, after: i64, limit: u64) -> Result<Vec<(i64, Option<Uuid>, i64)>> {
        let sql = format!("SELECT id, sender_id, received_at FROM inbound WHERE id > $1 ORDER BY id LIMIT {limit}");
        let read =
            |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?));
        self.read_all(&sql, vec![after.into()], read).await
    }
}

impl Transaction {
    /// Keeps how members visit.
    pub async fn put_patrons(&self, patrons: &Patrons) -> Result<()> {
        let mut rows: Vec<_> = patrons
            .iter()
            .map(|((shop, member), patron)| {
                (*shop, *member, patron.joined_month, patron.visits, patron.last_day, patron.months)
            })
            .collect();
        rows.sort_unstable_by_key(|row| (row.0, row.1));
        let tail = "ON CONFLICT (shop_id, member_id) DO UPDATE SET visits = excluded.visits, last_day = excluded.last_day, \
                    months = excluded.months";
        self.insert("patron", PATRON, tail, &rows).await?;
        Ok(())
    }

    /// Keeps texts to look at again: (number, outcome, day, looks, when).
    pub async fn put_open_texts(&self, texts: &[(i64, &'static str, i64, i64, i64)]) -> Result<()> {
        let tail = "ON CONFLICT (outbox_id) DO UPDATE SET outcome = excluded.outcome, looks = excluded.looks, \
                    due_at = excluded.due_at";
        self.insert("text_open", OPEN, tail, texts).await?;
        Ok(())
    }

    /// Forgets texts whose end is known.
    pub async fn close_texts(&self, ids: &[i64]) -> Result<()> {
        let columns: Columns = &[("id", Kind::Integer)];
        let sql = format!(
            "DELETE FROM text_open WHERE outbox_id IN (SELECT given.id FROM {})",
            given(self.backend(), columns)
        );
        let rows: Vec<[i64; 1]> = ids.iter().map(|id| [*id]).collect();
        self.run(&sql, &rows, Vec::new()).await?;
        Ok(())
    }
}

pub(super) fn json<R: Serialize>(rows: &[R]) -> Result<Value> {
    Ok(serde_json::to_string(rows).map_err(|error| StoreError::Refused(error.to_string()))?.into())
}

fn read_event(row: &QueryResult) -> Result<FollowedEvent, DbErr> {
    Ok(FollowedEvent {
        place: (row.try_get_by_index(0)?, row.try_get_by_index(1)?),
        shop_id: row.try_get_by_index(2)?,
        member_id: row.try_get_by_index(3)?,
        kind: row.try_get_by_index(4)?,
        data: row.try_get_by_index(5)?,
        created_at: row.try_get_by_index(6)?,
    })
}

fn read_text(row: &QueryResult, is_open: bool) -> Result<TextLooked, DbErr> {
    let before = match is_open {
        true => Some((row.try_get_by_index(9)?, row.try_get_by_index(10)?, row.try_get_by_index(11)?)),
        false => None,
    };
    Ok(TextLooked {
        id: row.try_get_by_index(0)?,
        sender_id: row.try_get_by_index(1)?,
        shop_id: row.try_get_by_index(2)?,
        body: row.try_get_by_index(3)?,
        state: row.try_get_by_index(4)?,
        receipt: row.try_get_by_index(5)?,
        receipt_at: row.try_get_by_index(6)?,
        error_code: row.try_get_by_index(7)?,
        created_at: row.try_get_by_index(8)?,
        before,
    })
}
