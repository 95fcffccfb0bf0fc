//! What was sold in a program, read member by member in bounded pages: so that another program can be tried on it.

use sea_orm::QueryResult;
use uuid::Uuid;

use super::{
    Result, Store, StoreError,
    rows::{Kind, given},
};
use crate::domain::purse::sale::SaleRecord;

/// Whose purse it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurseHolder {
    /// The purse.
    pub purse_id: Uuid,
    /// The member.
    pub member_id: Uuid,
    /// Their phone.
    pub address: String,
    /// What they want to be called.
    pub first_name: Option<String>,
}

impl Store {
    /// Ids of the purses of a program, in their order, those behind `after`; found in the index alone.
    pub async fn purses_behind(&self, program_id: Uuid, after: Uuid, limit: u64) -> Result<Vec<Uuid>> {
        let sql = format!("SELECT id FROM purse WHERE program_id = $1 AND id > $2 ORDER BY id LIMIT {limit}");
        self.read_all(&sql, vec![program_id.into(), after.into()], |row| row.try_get_by_index(0)).await
    }

    /// What was sold to these purses since a moment (Unix milliseconds): purse by purse, in the order of time; at most `limit`.
    pub async fn sales_since(&self, purse_ids: &[Uuid], since: i64, limit: u64) -> Result<Vec<(Uuid, SaleRecord)>> {
        let sql = format!(
            "SELECT s.purse_id, s.record FROM {} CROSS JOIN sale AS s WHERE s.purse_id = given.id AND s.happened_at >= $2 \
             ORDER BY s.purse_id, s.happened_at, s.id LIMIT {limit}",
            given(self.backend(), &[("id", Kind::Uuid)])
        );
        let read = |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index::<String>(1)?));
        let rows = self.read_all(&sql, vec![rows_of(purse_ids)?.into(), since.into()], read).await?;
        let corrupt = |error| StoreError::Corrupt(format!("sale.record: {error}"));
        rows.into_iter().map(|(id, record)| Ok((id, serde_json::from_str(&record).map_err(corrupt)?))).collect()
    }

    /// Whose these purses are.
    pub async fn holders_of(&self, purse_ids: &[Uuid]) -> Result<Vec<PurseHolder>> {
        let sql = format!(
            "SELECT p.id, m.id, m.address, m.first_name FROM {} CROSS JOIN purse AS p JOIN member AS m ON m.id = p.member_id \
             WHERE p.id = given.id",
            given(self.backend(), &[("id", Kind::Uuid)])
        );
        let read = |row: &QueryResult| {
            Ok(PurseHolder {
                purse_id: row.try_get_by_index(0)?,
                member_id: row.try_get_by_index(1)?,
                address: row.try_get_by_index(2)?,
                first_name: row.try_get_by_index(3)?,
            })
        };
        self.read_all(&sql, vec![rows_of(purse_ids)?.into()], read).await
    }
}

fn rows_of(ids: &[Uuid]) -> Result<String> {
    let rows: Vec<[&Uuid; 1]> = ids.iter().map(|id| [id]).collect();
    serde_json::to_string(&rows).map_err(|error| StoreError::Refused(error.to_string()))
}
