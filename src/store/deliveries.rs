//! Deliveries: an event on its way to a webhook. Claimed with a lease, sent, settled.
//!
//! States: `queued` → `claimed` → `delivered` | `failed`, and `queued` again until it is given up. While it is claimed it is due
//! when the lease ends, so that what a dead node had claimed comes back by itself.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};
use uuid::Uuid;

use super::{
    Result, Store, Transaction,
    rows::{Columns, Kind, given},
    webhooks::WebhookRow,
};

/// A delivery that is ours to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedDelivery {
    /// The event.
    pub event_id: Uuid,
    /// How often it was tried, this claim included.
    pub attempts: u32,
}

/// What became of a claimed delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledDelivery {
    /// The event.
    pub event_id: Uuid,
    /// What became of it.
    pub state: DeliveryState,
    /// The status that was answered, where there was an answer.
    pub status: Option<u16>,
    /// What went wrong, in plain words.
    pub reason: Option<String>,
}

/// The states in which a claimed delivery can be left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// The webhook took it.
    Delivered,
    /// Not taken; to be tried again from this moment on.
    Queued(DateTime<Utc>),
    /// Claimed but not tried: as it was before.
    Untried,
    /// Given up.
    Failed,
}

/// What its answers mean for a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Since when nothing but failures came of it.
    pub failing_since: Option<DateTime<Utc>>,
    /// Until when it is left alone.
    pub rests_until: Option<DateTime<Utc>>,
    /// `paused` or `disabled`, and why.
    pub stopped: Option<(&'static str, String)>,
}

/// A delivery as its log shows it. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRow {
    /// The event.
    pub event_id: Uuid,
    /// What kind of event.
    pub kind: Option<String>,
    /// `queued`, `claimed`, `delivered` or `failed`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is tried next.
    pub due_at: i64,
    /// The last answer's status.
    pub status: Option<i32>,
    /// What went wrong last.
    pub reason: Option<String>,
    /// When the event was written.
    pub created_at: i64,
    /// When it was last tried.
    pub attempted_at: Option<i64>,
    /// When it was delivered or given up.
    pub settled_at: Option<i64>,
}

/// Whose deliveries to claim.
#[derive(Debug, Clone, Copy)]
pub struct DeliveryClaim<'a> {
    /// The webhook.
    pub webhook_id: Uuid,
    /// This node.
    pub node: &'a str,
    /// The time.
    pub now: DateTime<Utc>,
    /// When the lease ends.
    pub until: DateTime<Utc>,
    /// How many at most.
    pub limit: usize,
}

const SETTLED: Columns = &[
    ("event_id", Kind::Uuid),
    ("state", Kind::Text),
    ("due_at", Kind::Integer),
    ("untried", Kind::Integer),
    ("status", Kind::Integer),
    ("reason", Kind::Text),
    ("settled_at", Kind::Integer),
];

impl Store {
    /// The webhooks for which something is due.
    pub async fn webhooks_due(&self, now: DateTime<Utc>) -> Result<Vec<Uuid>> {
        // One probe of a partial index for each webhook, however long the queues are.
        let sql = "SELECT w.id FROM webhook AS w WHERE w.state = 'active' AND (w.rests_until IS NULL OR w.rests_until <= $1) \
                   AND EXISTS (SELECT 1 FROM delivery AS d WHERE d.webhook_id = w.id AND d.state IN ('queued', 'claimed') \
                   AND d.due_at <= $1)";
        self.read_all(sql, vec![now.timestamp_millis().into()], |row| row.try_get_by_index(0)).await
    }

    /// Lets all claims go: right when this process alone uses the database and has just started.
    pub async fn release_deliveries(&self) -> Result<u64> {
        let tx = self.begin().await?;
        let sql = "UPDATE delivery SET state = 'queued', due_at = created_at, leased_by = NULL, leased_until = NULL \
                   WHERE state = 'claimed'";
        let released = tx.change(sql, []).await?;
        tx.commit().await?;
        Ok(released)
    }

    /// A webhook's deliveries, newest event first, those behind `before`: (when written, event).
    pub async fn deliveries(
        &self,
        webhook_id: Uuid,
        before: Option<(i64, Uuid)>,
        state: Option<&'static str>,
        limit: u64,
    ) -> Result<Vec<DeliveryRow>> {
        let (at, id) = before.unwrap_or((i64::MAX, Uuid::max()));
        let of_state = state.map(|state| format!("AND d.state = '{state}'")).unwrap_or_default();
        let sql = format!(
            "SELECT d.event_id, e.kind, d.state, d.attempts, d.due_at, d.status, d.reason, d.created_at, d.attempted_at, \
             d.settled_at FROM delivery AS d LEFT JOIN event AS e ON e.id = d.event_id WHERE d.webhook_id = $1 \
             AND (d.created_at, d.event_id) < ($2, $3) {of_state} ORDER BY d.created_at DESC, d.event_id DESC LIMIT {limit}"
        );
        self.read_all(&sql, vec![webhook_id.into(), at.into(), id.into()], read_delivery).await
    }
}

impl Transaction {
    /// Writes what became of deliveries that `node` had claimed; what another node has claimed since is left to it.
    pub async fn settle_deliveries(
        &self,
        (webhook_id, node): (Uuid, &str),
        settled: &[SettledDelivery],
        now: DateTime<Utc>,
    ) -> Result<()> {
        let rows: Vec<_> = settled.iter().map(|settled| settled_values(settled, now)).collect();
        let sql = format!(
            "UPDATE delivery SET state = given.state, due_at = COALESCE(given.due_at, delivery.created_at), \
             attempts = delivery.attempts - given.untried, status = COALESCE(given.status, CASE WHEN given.untried = 1 \
             THEN delivery.status END), reason = CASE WHEN given.untried = 1 THEN delivery.reason ELSE given.reason END, \
             leased_by = NULL, leased_until = NULL, settled_at = given.settled_at, \
             attempted_at = CASE WHEN given.untried = 1 THEN delivery.attempted_at ELSE $4 END FROM {} WHERE delivery.webhook_id = $2 \
             AND delivery.event_id = given.event_id AND delivery.state = 'claimed' AND delivery.leased_by = $3",
            given(self.backend(), SETTLED)
        );
        self.run(&sql, &rows, vec![webhook_id.into(), node.into(), now.timestamp_millis().into()]).await?;
        Ok(())
    }

    /// Writes how a webhook stands, which was `before`.
    pub async fn note_standing(&self, before: &WebhookRow, standing: &Standing) -> Result<()> {
        let millis = |time: Option<DateTime<Utc>>| time.map(|time| time.timestamp_millis());
        let (failing, rests) = (millis(standing.failing_since), millis(standing.rests_until));
        if (failing, rests) == (before.failing_since, before.rests_until) && standing.stopped.is_none() {
            return Ok(());
        }
        let (state, reason) = standing.stopped.clone().unzip();
        // Whoever stopped it meanwhile, or changed where it leads, is right.
        let sql = "UPDATE webhook SET failing_since = $1, rests_until = $2, state = COALESCE($3, state), pause_reason = $4 \
                   WHERE id = $5 AND state = 'active' AND url = $6";
        let values: [Value; 6] = [
            failing.into(),
            rests.into(),
            state.map(str::to_owned).into(),
            reason.into(),
            before.id.into(),
            before.url.clone().into(),
        ];
        self.change(sql, values).await?;
        Ok(())
    }

    /// Claims up to `limit` deliveries of a webhook that are due, the longest due first.
    pub async fn claim_deliveries(&self, claim: &DeliveryClaim<'_>) -> Result<Vec<ClaimedDelivery>> {
        let sql = "UPDATE delivery SET state = 'claimed', leased_by = $1, leased_until = $2, due_at = $2, \
                   attempts = attempts + 1 WHERE webhook_id = $4 AND event_id IN (SELECT d.event_id \
                   FROM delivery AS d WHERE d.webhook_id = $4 AND d.state IN ('queued', 'claimed') AND d.due_at <= $3 \
                   ORDER BY d.due_at LIMIT $5) AND state IN ('queued', 'claimed') AND due_at <= $3 \
                   RETURNING event_id, attempts";
        let values: [Value; 5] = [
            claim.node.into(),
            claim.until.timestamp_millis().into(),
            claim.now.timestamp_millis().into(),
            claim.webhook_id.into(),
            i64::try_from(claim.limit).unwrap_or(i64::MAX).into(),
        ];
        let rows = self.0.query_all_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        let read = |row: &QueryResult| {
            let attempts: i32 = row.try_get_by_index(1)?;
            Ok(ClaimedDelivery { event_id: row.try_get_by_index(0)?, attempts: u32::try_from(attempts).unwrap_or(0) })
        };
        Ok(rows.iter().map(read).collect::<Result<_, DbErr>>()?)
    }

    /// Puts events into a webhook's queue, as if they had never been delivered; what is under way is left alone. `now` is in
    /// Unix milliseconds. Answers how many.
    pub async fn queue_again(&self, webhook_id: Uuid, events: &[Uuid], now: i64) -> Result<u64> {
        let sql = format!(
            "INSERT INTO delivery (webhook_id, event_id, state, attempts, due_at, created_at) \
             SELECT $2, e.id, 'queued', 0, $3, e.created_at FROM {} CROSS JOIN event AS e WHERE e.id = given.id \
             ON CONFLICT (webhook_id, event_id) DO UPDATE SET state = 'queued', attempts = 0, due_at = excluded.due_at, \
             settled_at = NULL WHERE delivery.state <> 'claimed'",
            given(self.backend(), &[("id", Kind::Uuid)])
        );
        let rows: Vec<[Uuid; 1]> = events.iter().map(|id| [*id]).collect();
        self.run(&sql, &rows, vec![webhook_id.into(), now.into()]).await
    }
}

type SettledValues<'a> = (Uuid, &'static str, Option<i64>, u8, Option<u16>, Option<&'a str>, Option<i64>);

fn settled_values(settled: &SettledDelivery, now: DateTime<Utc>) -> SettledValues<'_> {
    let SettledDelivery { event_id, state, status, reason } = settled;
    let (word, due_at) = match state {
        DeliveryState::Delivered => ("delivered", None),
        DeliveryState::Queued(due_at) => ("queued", Some(due_at.timestamp_millis())),
        DeliveryState::Untried => ("queued", Some(now.timestamp_millis())),
        DeliveryState::Failed => ("failed", None),
    };
    let untried = u8::from(*state == DeliveryState::Untried);
    let settled_at = matches!(state, DeliveryState::Delivered | DeliveryState::Failed).then(|| now.timestamp_millis());
    (*event_id, word, due_at, untried, *status, reason.as_deref(), settled_at)
}

fn read_delivery(row: &QueryResult) -> Result<DeliveryRow, DbErr> {
    Ok(DeliveryRow {
        event_id: row.try_get_by_index(0)?,
        kind: row.try_get_by_index(1)?,
        state: row.try_get_by_index(2)?,
        attempts: row.try_get_by_index(3)?,
        due_at: row.try_get_by_index(4)?,
        status: row.try_get_by_index(5)?,
        reason: row.try_get_by_index(6)?,
        created_at: row.try_get_by_index(7)?,
        attempted_at: row.try_get_by_index(8)?,
        settled_at: row.try_get_by_index(9)?,
    })
}
