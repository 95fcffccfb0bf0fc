//! How senders are: what waits, whether they rest and why.

use sea_orm::{DbErr, QueryResult};
use uuid::Uuid;

use super::{
    Result, Store, StoreError,
    rows::{Kind, given},
};

/// So many texts that wait are counted, no more.
pub const COUNTED_MAX: i64 = 20_000;

/// How a sender is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenderHealth {
    /// Our id of it.
    pub id: Uuid,
    /// How many texts wait to be sent; [`COUNTED_MAX`] stands for that many and more.
    pub queued: i64,
    /// How many may have been sent and are looked up.
    pub unclear: i64,
    /// Until when it rests, Unix milliseconds.
    pub paused_until: i64,
    /// Why it rests.
    pub pause_reason: Option<String>,
}

impl Store {
    /// How these senders are.
    pub async fn sender_health(&self, ids: &[Uuid]) -> Result<Vec<SenderHealth>> {
        let count = |state: &str| {
            format!(
                "(SELECT COUNT(*) FROM (SELECT 1 FROM outbox AS o WHERE o.sender_id = s.id AND o.state = '{state}' \
                 LIMIT {COUNTED_MAX}) AS few)"
            )
        };
        let sql = format!(
            "SELECT s.id, {}, {}, COALESCE(l.paused_until, 0), l.pause_reason FROM {} CROSS JOIN sender AS s \
             LEFT JOIN sender_lease AS l ON l.sender_id = s.id WHERE s.id = given.id",
            count("queued"),
            count("unclear"),
            given(self.backend(), &[("id", Kind::Uuid)])
        );
        let rows: Vec<[Uuid; 1]> = ids.iter().map(|id| [*id]).collect();
        let json = serde_json::to_string(&rows).map_err(|error| StoreError::Refused(error.to_string()))?;
        self.read_all(&sql, vec![json.into()], read_health).await
    }
}

fn read_health(row: &QueryResult) -> Result<SenderHealth, DbErr> {
    Ok(SenderHealth {
        id: row.try_get_by_index(0)?,
        queued: row.try_get_by_index(1)?,
        unclear: row.try_get_by_index(2)?,
        paused_until: row.try_get_by_index(3)?,
        pause_reason: row.try_get_by_index(4)?,
    })
}
