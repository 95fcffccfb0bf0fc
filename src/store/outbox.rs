//! The outbox: replies wait here, are claimed with a lease, sent, and settled.
//!
//! States: `queued` → `claimed` → `sent` | `failed` | `opted_out`, with `unclear` for what may have been sent and must
//! be looked up first, `withdrawn` for what was taken back before it was sent, and `deferred` for what is held back until its time:
//! it is in nobody's way meanwhile, and becomes `queued` then.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryResult, QuerySelect, Statement, Value,
};
use serde::Serialize;
use uuid::Uuid;

use super::{
    Result, Store,
    entity::outbox,
    rows::{Columns, Kind, given},
    script::Script,
};
use crate::clock::from_millis;

/// A text that is ours to send, or to look up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Our id; grows in the order of writing.
    pub id: i64,
    /// The person.
    pub address: String,
    /// What it says.
    pub body: String,
    /// How often it was tried, this claim included.
    pub attempts: u32,
    /// When it was last tried: now for one to be sent, the doubtful attempt for one to be looked up.
    pub attempted_at: Option<DateTime<Utc>>,
    /// The request that caused it.
    pub request_id: String,
}

/// What became of a claimed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Which one.
    pub id: i64,
    /// What became of it.
    pub state: Settled,
    /// The provider's number for what went wrong.
    pub error_code: Option<u32>,
    /// In plain words, for the operator; no phone number in it.
    pub reason: Option<String>,
}

/// The states in which a claimed text can be left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// The provider took it, under this id.
    Sent {
        /// The provider's id.
        provider_message_id: String,
    },
    /// Not taken; to be sent again from this moment on.
    Queued {
        /// When.
        due_at: DateTime<Utc>,
    },
    /// Claimed but not tried: as it was before.
    Untried,
    /// Perhaps taken; to be looked up from this moment on.
    Unclear {
        /// When.
        due_at: DateTime<Utc>,
    },
    /// Given up.
    Failed,
    /// The carrier says that the person opted out.
    OptedOut,
}

impl Settled {
    /// Whether the text waits to be sent again, unless its person has opted out meanwhile.
    pub fn is_queued(&self) -> bool {
        matches!(self, Self::Queued { .. } | Self::Untried)
    }

    /// Whether the text is not tried again.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Sent { .. } | Self::Failed | Self::OptedOut)
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Sent { .. } => "sent",
            Self::Queued { .. } | Self::Untried => "queued",
            Self::Unclear { .. } => "unclear",
            Self::Failed => "failed",
            Self::OptedOut => "opted_out",
        }
    }
}

const SETTLEMENT: Columns = &[
    ("id", Kind::Integer),
    ("state", Kind::Text),
    ("due_at", Kind::Integer),
    ("provider_message_id", Kind::Text),
    ("error_code", Kind::Integer),
    ("reason", Kind::Text),
    ("untried", Kind::Integer),
    ("node", Kind::Text),
    ("at", Kind::Integer),
];

impl Store {
    /// Makes this node the one that drains the sender, until `until`; `false` where another one does.
    pub async fn lease_sender(
        &self,
        sender_id: Uuid,
        node: &str,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<bool> {
        let sql = "INSERT INTO sender_lease (sender_id, leased_by, leased_until, paused_until) VALUES ($1, $2, $3, 0) \
                   ON CONFLICT (sender_id) DO UPDATE SET leased_by = excluded.leased_by, leased_until = excluded.leased_until \
                   WHERE sender_lease.leased_by = excluded.leased_by OR sender_lease.leased_until < $4";
        let values: [Value; 4] =
            [sender_id.into(), node.into(), until.timestamp_millis().into(), now.timestamp_millis().into()];
        Ok(self.write_one(sql, values).await? > 0)
    }

    /// Gives the sender back, if it is ours.
    pub async fn release_sender(&self, sender_id: Uuid, node: &str) -> Result<()> {
        let sql = "UPDATE sender_lease SET leased_until = 0 WHERE sender_id = $1 AND leased_by = $2";
        self.write_one(sql, [sender_id.into(), node.into()]).await?;
        Ok(())
    }

    /// Lets the sender rest until `until`, on every node, and keeps why.
    pub async fn pause_sender(&self, sender_id: Uuid, until: DateTime<Utc>, reason: &str) -> Result<()> {
        let sql = "UPDATE sender_lease SET paused_until = $2, pause_reason = $3 WHERE sender_id = $1";
        self.write_one(sql, [sender_id.into(), until.timestamp_millis().into(), reason.into()]).await?;
        Ok(())
    }

    /// Until when the sender rests; in the past where it does not.
    pub async fn sender_paused_until(&self, sender_id: Uuid) -> Result<DateTime<Utc>> {
        let sql = "SELECT paused_until FROM sender_lease WHERE sender_id = $1";
        let statement = Statement::from_sql_and_values(self.backend(), sql, [sender_id.into()]);
        let row = self.reader.query_one_raw(statement).await?;
        Ok(from_millis(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0)))
    }

    /// The senders for which something is due: to be sent, to be looked up, or left behind by a node that died.
    pub async fn senders_with_work(&self, now: DateTime<Utc>) -> Result<Vec<Uuid>> {
        // The number of senders bounds this, not the length of their queues: one probe of a partial index each.
        let sql = "SELECT s.id FROM sender AS s WHERE \
                   EXISTS (SELECT 1 FROM outbox AS o WHERE o.sender_id = s.id AND o.state = 'queued') \
                   OR EXISTS (SELECT 1 FROM outbox AS o WHERE o.sender_id = s.id AND o.state = 'unclear' AND o.due_at <= $1) \
                   OR EXISTS (SELECT 1 FROM outbox AS o WHERE o.sender_id = s.id AND o.state = 'claimed' AND o.leased_until < $1)";
        let statement = Statement::from_sql_and_values(self.backend(), sql, [now.timestamp_millis().into()]);
        let rows = self.reader.query_all_raw(statement).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }

    /// Queues what was held back until now.
    pub async fn queue_deferred(&self, now: DateTime<Utc>) -> Result<u64> {
        let sql = "UPDATE outbox SET state = 'queued' WHERE state = 'deferred' AND due_at <= $1";
        self.write_one(sql, [now.timestamp_millis().into()]).await
    }

    /// Turns what a dead node had claimed into `unclear`, to be looked up at `due_at`: it may have been sent.
    /// With `all`, whatever the lease says: right when this process alone uses the database and has just started.
    pub async fn recover_claims(&self, now: DateTime<Utc>, due_at: DateTime<Utc>, all: bool) -> Result<u64> {
        let lease = if all { i64::MAX } else { now.timestamp_millis() };
        let sql = "UPDATE outbox SET state = 'unclear', leased_by = NULL, due_at = $1 \
                   WHERE state = 'claimed' AND leased_until < $2";
        self.write_one(sql, [due_at.timestamp_millis().into(), lease.into()]).await
    }

    /// Claims up to `limit` texts of a sender that are due, oldest first and for each phone in order: while an earlier
    /// text to the same phone is not settled, a later one is not claimed. Nor is one while as many texts to that phone
    /// as `rest` allows were settled within its time: what comes before a text is settled, so the one that stands
    /// `texts_max` places before it says whether it may go, on any node and after any restart.
    pub async fn claim_queued(&self, claim: &Claim<'_>, rest: PhoneRest) -> Result<Vec<Claimed>> {
        let place = i64::from(rest.texts_max.max(1)) - 1;
        let before = "FROM outbox AS b WHERE b.address = o.address AND b.sender_id = o.sender_id AND b.id < o.id";
        // Few phones have had so many texts: the index alone says so, and the rows need not be read.
        let rested = format!(
            "AND CASE WHEN EXISTS (SELECT b.id {before} ORDER BY b.id DESC LIMIT 1 OFFSET $6) THEN \
             COALESCE((SELECT COALESCE(b.settled_at, b.attempted_at) {before} AND b.attempts > 0 \
             ORDER BY b.id DESC LIMIT 1 OFFSET $6), 0) < $7 ELSE true END"
        );
        let more = [place.into(), (claim.now - rest.time).timestamp_millis().into()];
        self.claim("queued", ", attempted_at = $4", &rested, claim, more).await
    }

    /// Claims up to `limit` texts of a sender that must be looked up.
    pub async fn claim_unclear(&self, claim: &Claim<'_>) -> Result<Vec<Claimed>> {
        self.claim("unclear", "", "", claim, []).await
    }

    async fn claim<const N: usize>(
        &self,
        state: &str,
        also: &str,
        only: &str,
        claim: &Claim<'_>,
        more: [Value; N],
    ) -> Result<Vec<Claimed>> {
        let sql = format!(
            "UPDATE outbox SET state = 'claimed', leased_by = $1, leased_until = $2, attempts = attempts + 1{also} \
             WHERE id IN (SELECT o.id FROM outbox AS o WHERE o.sender_id = $3 AND o.state = '{state}' AND o.due_at <= $4 \
             AND o.id = (SELECT MIN(e.id) FROM outbox AS e WHERE e.sender_id = o.sender_id AND e.address = o.address \
             AND e.state IN ('queued', 'claimed', 'unclear')) {only} ORDER BY o.id LIMIT $5) \
             AND state = '{state}' RETURNING id, address, body, attempts, attempted_at, request_id"
        );
        let values: [Value; 5] = [
            claim.node.into(),
            claim.until.timestamp_millis().into(),
            claim.sender_id.into(),
            claim.now.timestamp_millis().into(),
            i64::try_from(claim.limit).unwrap_or(i64::MAX).into(),
        ];
        let values = values.into_iter().chain(more);
        let tx = self.begin().await?;
        let statement = Statement::from_sql_and_values(self.backend(), sql, values);
        let rows = tx.0.query_all_raw(statement).await?;
        tx.commit().await?;
        let mut claimed: Vec<Claimed> = rows.iter().map(read_claimed).collect::<Result<_, DbErr>>()?;
        claimed.sort_unstable_by_key(|claimed| claimed.id);
        Ok(claimed)
    }

    /// Which of these provider's ids belong to a text already.
    pub async fn known_provider_ids(&self, ids: &[&str]) -> Result<Vec<String>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let found: Vec<Option<String>> = outbox::Entity::find()
            .select_only()
            .column(outbox::Column::ProviderMessageId)
            .filter(outbox::Column::ProviderMessageId.is_in(ids.iter().copied()))
            .into_tuple()
            .all(&self.reader)
            .await?;
        Ok(found.into_iter().flatten().collect())
    }

    /// How many texts are not settled yet.
    pub async fn texts_waiting(&self) -> Result<i64> {
        let sql = "SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'claimed', 'unclear')";
        let row = self.reader.query_one_raw(Statement::from_string(self.backend(), sql)).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0))
    }

    async fn write_one<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<u64> {
        let tx = self.begin().await?;
        let statement = Statement::from_sql_and_values(self.backend(), sql, values);
        let changed = tx.0.execute_raw(statement).await?.rows_affected();
        tx.commit().await?;
        Ok(changed)
    }
}

/// Whose texts to claim, and until when they are ours.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// The sender.
    pub sender_id: Uuid,
    /// This node.
    pub node: &'a str,
    /// The time.
    pub now: DateTime<Utc>,
    /// When the lease ends.
    pub until: DateTime<Utc>,
    /// How many at most.
    pub limit: usize,
}

/// How many texts one phone is sent within a time at most, from one sender.
#[derive(Debug, Clone, Copy)]
pub struct PhoneRest {
    /// So many, at least one.
    pub texts_max: u32,
    /// Within this time.
    pub time: Duration,
}

/// Writes what became of texts that `node` had claimed; what another node has claimed since is left to it. One that would be
/// sent again, although its person has opted out since, is taken back instead; only the confirmation of that opt-out is
/// still owed. The people of such texts must be locked ([`super::Transaction::lock_addresses`]).
pub(super) fn settle(script: &mut Script, settlements: &[(&Settlement, &str, DateTime<Utc>)]) -> Result<()> {
    let rows: Vec<_> =
        settlements.iter().map(|(settlement, node, at)| settlement_values(settlement, node, *at)).collect();
    script.add(&rows, |backend| {
        format!(
            "UPDATE outbox SET state = CASE WHEN given.state = 'queued' AND outbox.reply NOT LIKE 'stop-confirmed%' AND EXISTS \
             (SELECT 1 FROM conversation AS c WHERE c.sender_id = outbox.sender_id AND c.address = outbox.address \
             AND c.opted_out_at IS NOT NULL) THEN 'withdrawn' ELSE given.state END, \
             due_at = COALESCE(given.due_at, outbox.due_at), attempts = outbox.attempts - given.untried, \
             provider_message_id = COALESCE(given.provider_message_id, outbox.provider_message_id), \
             error_code = given.error_code, reason = given.reason, leased_by = NULL, leased_until = NULL, \
             settled_at = CASE WHEN given.state IN ('queued', 'unclear') THEN NULL ELSE given.at END \
             FROM {} WHERE outbox.id = given.id \
             AND (outbox.state = 'unclear' OR (outbox.state = 'claimed' AND outbox.leased_by = given.node))",
            given(backend, SETTLEMENT)
        )
    })
}

fn settlement_values<'a>(settlement: &'a Settlement, node: &'a str, at: DateTime<Utc>) -> impl Serialize + 'a {
    let Settlement { id, state, error_code, reason } = settlement;
    let (due_at, provider_message_id) = match state {
        Settled::Queued { due_at } | Settled::Unclear { due_at } => (Some(due_at.timestamp_millis()), None),
        Settled::Sent { provider_message_id } => (None, Some(provider_message_id)),
        Settled::Untried | Settled::Failed | Settled::OptedOut => (None, None),
    };
    let untried = u8::from(*state == Settled::Untried);
    (id, state.word(), due_at, provider_message_id, error_code, reason, untried, node, at.timestamp_millis())
}

fn read_claimed(row: &QueryResult) -> Result<Claimed, DbErr> {
    let attempts: i32 = row.try_get_by_index(3)?;
    let attempted_at: Option<i64> = row.try_get_by_index(4)?;
    Ok(Claimed {
        id: row.try_get_by_index(0)?,
        address: row.try_get_by_index(1)?,
        body: row.try_get_by_index(2)?,
        attempts: u32::try_from(attempts).unwrap_or(0),
        attempted_at: attempted_at.map(from_millis),
        request_id: row.try_get_by_index(5)?,
    })
}
