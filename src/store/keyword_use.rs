//! How often and when last somebody joined by a shop's signs, source by source: read from figures that are kept as it happens.

use sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;

use super::{Result, Store, Transaction};

/// What came of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeywordUse {
    /// Where the sign hangs; empty where its keyword does not say.
    pub source: String,
    /// How many joined by it.
    pub joins: i64,
    /// On which day last, as a day in UTC. Unix milliseconds.
    pub last_at: i64,
}

/// A day in milliseconds.
const DAY: i64 = 86_400_000;

impl Store {
    /// What came of each source of a shop.
    pub async fn keyword_use(&self, shop_id: Uuid) -> Result<Vec<KeywordUse>> {
        // By the key of the table: it costs as much as there are days with joins.
        let sql = "SELECT part, CAST(SUM(value) AS BIGINT), MAX(day) FROM figure WHERE of_id = $1 AND name = 'joins' \
                   GROUP BY part";
        let read = |row: &sea_orm::QueryResult| {
            let day: i64 = row.try_get_by_index(2)?;
            Ok(KeywordUse { source: row.try_get_by_index(0)?, joins: row.try_get_by_index(1)?, last_at: day * DAY })
        };
        self.read_all(sql, vec![shop_id.into()], read).await
    }

    /// Whether somebody holds something in a program, or could.
    pub async fn has_holders(&self, program_id: Uuid) -> Result<bool> {
        let sql = "SELECT 1 FROM purse WHERE program_id = $1 LIMIT 1";
        Ok(!self.read_all(sql, vec![program_id.into()], |_| Ok(())).await?.is_empty())
    }
}

impl Transaction {
    /// Whether somebody holds something in a program, or could, as it is kept now.
    pub async fn has_holders(&self, program_id: Uuid) -> Result<bool> {
        let sql = "SELECT 1 FROM purse WHERE program_id = $1 LIMIT 1";
        let statement = Statement::from_sql_and_values(self.backend(), sql, [program_id.into()]);
        Ok(self.0.query_one_raw(statement).await?.is_some())
    }
}
