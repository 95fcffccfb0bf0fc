//! Webhooks: where a merchant wants to be told, of what, and how that goes.

use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};
use uuid::Uuid;

use super::{Result, Store, Transaction, directory::Page};

/// A webhook as it is kept: its secrets are sealed. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookRow {
    /// Our id.
    pub id: Uuid,
    /// Whose it is.
    pub merchant_id: Uuid,
    /// Where it leads.
    pub url: String,
    /// The kinds of events wanted, each between commas; empty: all.
    pub kinds: String,
    /// What the merchant says it is for.
    pub description: String,
    /// The secret that signs, sealed.
    pub secret_sealed: String,
    /// The one before, during a rotation, sealed.
    pub previous_secret_sealed: Option<String>,
    /// Until when the one before signs too.
    pub previous_until: Option<i64>,
    /// `active`, `paused` or `disabled`.
    pub state: String,
    /// Why it is paused or disabled.
    pub pause_reason: Option<String>,
    /// Since when nothing but failures came of it.
    pub failing_since: Option<i64>,
    /// Until when it is left alone, since it asked for that.
    pub rests_until: Option<i64>,
    /// When it was made.
    pub created_at: i64,
}

const READ: &str = "SELECT id, merchant_id, url, kinds, description, secret_sealed, previous_secret_sealed, previous_until, \
                    state, pause_reason, failing_since, rests_until, created_at FROM webhook";

impl WebhookRow {
    /// The kinds of events wanted; none: all.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kinds.split(',').filter(|kind| !kind.is_empty())
    }

    /// Whether it wants events of a kind.
    pub fn wants(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds().any(|wanted| wanted == kind)
    }
}

impl Transaction {
    /// Keeps a new webhook.
    pub async fn insert_webhook(&self, new: &WebhookRow) -> Result<()> {
        let sql = "INSERT INTO webhook (url, kinds, description, secret_sealed, previous_secret_sealed, previous_until, state, \
                   pause_reason, failing_since, rests_until, id, merchant_id, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
        let more: [Value; 3] = [new.id.into(), new.merchant_id.into(), new.created_at.into()];
        self.change(sql, values(new).into_iter().chain(more)).await?;
        Ok(())
    }

    /// Writes a changed webhook.
    pub async fn update_webhook(&self, changed: &WebhookRow) -> Result<()> {
        let sql = "UPDATE webhook SET url = $1, kinds = $2, description = $3, secret_sealed = $4, \
                   previous_secret_sealed = $5, previous_until = $6, state = $7, pause_reason = $8, failing_since = $9, \
                   rests_until = $10 WHERE id = $11";
        self.change(sql, values(changed).into_iter().chain([changed.id.into()])).await?;
        Ok(())
    }

    /// A webhook as it is now; on PostgreSQL nobody else changes it until this transaction ends.
    pub async fn webhook(&self, id: Uuid) -> Result<Option<WebhookRow>> {
        let lock = if self.backend() == sea_orm::DbBackend::Postgres { "FOR NO KEY UPDATE" } else { "" };
        let sql = format!("{READ} WHERE id = $1 AND state <> 'deleted' {lock}");
        let row = self.0.query_one_raw(Statement::from_sql_and_values(self.backend(), sql, [id.into()])).await?;
        Ok(row.as_ref().map(read_webhook).transpose()?)
    }

    /// How many webhooks a merchant has. On PostgreSQL nobody else adds one until this transaction ends.
    pub async fn count_webhooks(&self, merchant_id: Uuid) -> Result<i64> {
        if self.backend() == sea_orm::DbBackend::Postgres {
            let sql = "SELECT 1 FROM merchant WHERE id = $1 FOR NO KEY UPDATE";
            self.0.query_one_raw(Statement::from_sql_and_values(self.backend(), sql, [merchant_id.into()])).await?;
        }
        let sql = "SELECT COUNT(*) FROM webhook WHERE merchant_id = $1 AND state <> 'deleted'";
        let statement = Statement::from_sql_and_values(self.backend(), sql, [merchant_id.into()]);
        let row = self.0.query_one_raw(statement).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0))
    }

    /// Runs a statement; answers how many rows it changed.
    pub(super) async fn change(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64> {
        let statement = Statement::from_sql_and_values(self.backend(), sql, values);
        Ok(self.0.execute_raw(statement).await?.rows_affected())
    }
}

impl Store {
    /// Webhooks in the order of their ids; with `merchant_id`, its own.
    pub async fn webhooks(&self, merchant_id: Option<Uuid>, page: Page) -> Result<Vec<WebhookRow>> {
        let whose = if merchant_id.is_some() { "AND merchant_id = $2" } else { "" };
        let sql = format!("{READ} WHERE id > $1 AND state <> 'deleted' {whose} ORDER BY id LIMIT {}", page.limit);
        let after: Value = page.after.unwrap_or_default().into();
        let values = std::iter::once(after).chain(merchant_id.map(Value::from)).collect();
        self.read_all(&sql, values, read_webhook).await
    }

    /// A webhook by our id.
    pub async fn webhook(&self, id: Uuid) -> Result<Option<WebhookRow>> {
        let sql = format!("{READ} WHERE id = $1 AND state <> 'deleted'");
        Ok(self.read_all(&sql, vec![id.into()], read_webhook).await?.pop())
    }
}

fn values(row: &WebhookRow) -> [Value; 10] {
    let row = row.clone();
    [
        row.url.into(),
        row.kinds.into(),
        row.description.into(),
        row.secret_sealed.into(),
        row.previous_secret_sealed.into(),
        row.previous_until.into(),
        row.state.into(),
        row.pause_reason.into(),
        row.failing_since.into(),
        row.rests_until.into(),
    ]
}

pub(super) fn read_webhook(row: &QueryResult) -> Result<WebhookRow, DbErr> {
    Ok(WebhookRow {
        id: row.try_get_by_index(0)?,
        merchant_id: row.try_get_by_index(1)?,
        url: row.try_get_by_index(2)?,
        kinds: row.try_get_by_index(3)?,
        description: row.try_get_by_index(4)?,
        secret_sealed: row.try_get_by_index(5)?,
        previous_secret_sealed: row.try_get_by_index(6)?,
        previous_until: row.try_get_by_index(7)?,
        state: row.try_get_by_index(8)?,
        pause_reason: row.try_get_by_index(9)?,
        failing_since: row.try_get_by_index(10)?,
        rests_until: row.try_get_by_index(11)?,
        created_at: row.try_get_by_index(12)?,
    })
}
