//! Purses with the sums of their entries, for checking the one by the other.

use sea_orm::{DbErr, QueryResult};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Result, Store, StoreError,
    rows::{Kind, gathered, read_gathered},
};
use crate::domain::purse::Purse;

/// A purse beside its entries.
#[derive(Debug, Clone)]
pub struct PurseToCheck {
    /// Our id.
    pub id: Uuid,
    /// What it holds.
    pub purse: Purse,
    /// Its column.
    pub available: i64,
    /// Its column.
    pub pending: i64,
    /// Its column.
    pub locked: i64,
    /// How many vouchers of it wait to be redeemed.
    pub vouchers: i64,
    /// What its entries moved.
    pub sums: Vec<BookSum>,
}

/// What all entries of a kind moved.
#[derive(Debug, Clone, Deserialize)]
pub struct BookSum {
    /// From where.
    pub from_book: String,
    /// Where to.
    pub to_book: String,
    /// Stamps of this card; `None` for points.
    pub card: Option<String>,
    /// How many.
    pub amount: i64,
    /// In how many entries.
    pub entries: i64,
}

impl Store {
    /// Purses in the order of their ids, those after `after`.
    pub async fn purse_page(&self, after: Uuid, limit: u64) -> Result<Vec<PurseToCheck>> {
        let sums = gathered(
            self.backend(),
            &[
                ("s.from_book", Kind::Text),
                ("s.to_book", Kind::Text),
                ("s.card", Kind::Text),
                ("s.amount", Kind::Integer),
                ("s.entries", Kind::Integer),
            ],
            "FROM (SELECT n.from_book, n.to_book, n.card, CAST(SUM(n.amount) AS BIGINT) AS amount, COUNT(*) AS entries \
             FROM entry AS n WHERE n.purse_id = p.id GROUP BY n.from_book, n.to_book, n.card) AS s",
        );
        let sql = format!(
            "SELECT p.id, p.state, p.available, p.pending, p.locked, \
             (SELECT COUNT(*) FROM voucher AS v WHERE v.purse_id = p.id AND v.state = 'issued'), {sums} \
             FROM purse AS p WHERE p.id > $1 ORDER BY p.id LIMIT {limit}"
        );
        let rows = self.read_all(&sql, vec![after.into()], read_row).await?;
        rows.into_iter().map(|(row, state)| Ok(PurseToCheck { purse: read_state(&state)?, ..row })).collect()
    }
}

fn read_row(row: &QueryResult) -> Result<(PurseToCheck, String), DbErr> {
    let sums: Vec<(String, String, Option<String>, i64, i64)> =
        read_gathered(row, 6).map_err(|error| DbErr::Type(error.to_string()))?;
    let read = |(from_book, to_book, card, amount, entries)| BookSum { from_book, to_book, card, amount, entries };
    let checked = PurseToCheck {
        id: row.try_get_by_index(0)?,
        purse: Purse::default(),
        available: row.try_get_by_index(2)?,
        pending: row.try_get_by_index(3)?,
        locked: row.try_get_by_index(4)?,
        vouchers: row.try_get_by_index(5)?,
        sums: sums.into_iter().map(read).collect(),
    };
    Ok((checked, row.try_get_by_index(1)?))
}

fn read_state(state: &str) -> Result<Purse> {
    serde_json::from_str(state).map_err(|error| StoreError::Corrupt(format!("purse.state: {error}")))
}
