//! Answers kept for repeats: the same request under the same key is answered as it was the first time.
//!
//! Orders at the counter write theirs in the commit that does them, see `orders`; every other write claims its key first.

use sea_orm::{ConnectionTrait, Statement, Value};
use uuid::Uuid;

use super::{Result, Store, Transaction};

/// What is kept under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnceRow {
    /// Of the request.
    pub fingerprint: String,
    /// What was answered; `None` while the first request is under way.
    pub answer: Option<String>,
    /// When it was claimed or answered, Unix milliseconds.
    pub created_at: i64,
}

/// A key as one request brings it.
#[derive(Debug, Clone, Copy)]
pub struct OnceClaim<'a> {
    /// Whose key it is.
    pub scope: Uuid,
    /// The key.
    pub key: &'a str,
    /// Of the request.
    pub fingerprint: &'a str,
}

impl OnceClaim<'_> {
    fn values(self) -> Vec<Value> {
        vec![self.scope.into(), self.key.into(), self.fingerprint.into()]
    }
}

impl Store {
    /// What is kept under a key.
    pub async fn once(&self, scope: Uuid, key: &str) -> Result<Option<OnceRow>> {
        let sql = "SELECT fingerprint, CASE WHEN state = 'done' THEN answer END, created_at FROM idempotency \
                   WHERE scope = $1 AND key = $2";
        let read = |row: &sea_orm::QueryResult| {
            Ok(OnceRow {
                fingerprint: row.try_get_by_index(0)?,
                answer: row.try_get_by_index(1)?,
                created_at: row.try_get_by_index(2)?,
            })
        };
        Ok(self.read_all(sql, vec![scope.into(), key.into()], read).await?.pop())
    }
}

impl Transaction {
    /// Claims a key for a request; `false` where it is taken. A claim of the same request from before `stale` is taken over:
    /// whoever made it is gone. Times are Unix milliseconds.
    pub async fn claim_once(&self, claim: OnceClaim<'_>, now: i64, stale: i64) -> Result<bool> {
        let sql = "INSERT INTO idempotency (scope, key, fingerprint, state, created_at) VALUES ($1, $2, $3, 'running', $4) \
                   ON CONFLICT (scope, key) DO UPDATE SET created_at = excluded.created_at \
                   WHERE idempotency.state = 'running' AND idempotency.fingerprint = excluded.fingerprint \
                   AND idempotency.created_at < $5";
        let mut values = claim.values();
        values.extend([now.into(), stale.into()]);
        Ok(self.touched(sql, values).await? > 0)
    }

    /// Keeps the answer to a request that had claimed its key.
    pub async fn keep_once(&self, claim: OnceClaim<'_>, status: u16, answer: &str, now: i64) -> Result<()> {
        let sql = "UPDATE idempotency SET state = 'done', status = $4, answer = $5, created_at = $6 \
                   WHERE scope = $1 AND key = $2 AND fingerprint = $3 AND state = 'running'";
        let mut values = claim.values();
        values.extend([i32::from(status).into(), answer.into(), now.into()]);
        self.touched(sql, values).await.map(drop)
    }

    /// Gives a claimed key back: nothing was done.
    pub async fn release_once(&self, claim: OnceClaim<'_>) -> Result<()> {
        let sql = "DELETE FROM idempotency WHERE scope = $1 AND key = $2 AND fingerprint = $3 AND state = 'running'";
        self.touched(sql, claim.values()).await.map(drop)
    }

    /// Forgets at most `limit` answers from before a moment, the oldest first; answers how many.
    pub async fn forget_once(&self, before: i64, limit: u64) -> Result<u64> {
        let sql = format!(
            "DELETE FROM idempotency WHERE (scope, key) IN (SELECT scope, key FROM idempotency \
             WHERE created_at < $1 ORDER BY created_at LIMIT {limit})"
        );
        self.touched(&sql, vec![before.into()]).await
    }

    async fn touched(&self, sql: &str, values: Vec<Value>) -> Result<u64> {
        let statement = Statement::from_sql_and_values(self.backend(), sql, values);
        Ok(self.0.execute_raw(statement).await?.rows_affected())
    }
}
