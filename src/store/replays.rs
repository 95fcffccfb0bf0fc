//! The last replay of each program: how far it has got, and what came of it.

use sea_orm::{QueryResult, Value};
use uuid::Uuid;

use super::{Result, Store, Transaction};

/// A replay as it is kept. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayRow {
    /// The program.
    pub program_id: Uuid,
    /// Of this run.
    pub id: Uuid,
    /// A hash of the draft's document.
    pub draft: String,
    /// How many months back it looks.
    pub months: i32,
    /// When it began.
    pub began_at: i64,
    /// When it last said that it goes on.
    pub seen_at: i64,
    /// `running`, `done` or `failed`.
    pub state: String,
    /// Members looked through.
    pub members: i64,
    /// Sales played.
    pub sales: i64,
}

impl Store {
    /// The last replay of a program, without what came of it.
    pub async fn replay_of(&self, program_id: Uuid) -> Result<Option<ReplayRow>> {
        let sql = "SELECT program_id, id, draft, months, began_at, seen_at, state, members, sales FROM program_replay \
                   WHERE program_id = $1";
        let read = |row: &QueryResult| {
            Ok(ReplayRow {
                program_id: row.try_get_by_index(0)?,
                id: row.try_get_by_index(1)?,
                draft: row.try_get_by_index(2)?,
                months: row.try_get_by_index(3)?,
                began_at: row.try_get_by_index(4)?,
                seen_at: row.try_get_by_index(5)?,
                state: row.try_get_by_index(6)?,
                members: row.try_get_by_index(7)?,
                sales: row.try_get_by_index(8)?,
            })
        };
        Ok(self.read_all(sql, vec![program_id.into()], read).await?.pop())
    }

    /// What came of a run, as it was written down; `None` where it is not done, or another one has begun.
    pub async fn replay_outcome(&self, program_id: Uuid, id: Uuid) -> Result<Option<String>> {
        let sql = "SELECT outcome FROM program_replay WHERE program_id = $1 AND id = $2 AND outcome IS NOT NULL";
        Ok(self.read_all(sql, vec![program_id.into(), id.into()], |row| row.try_get_by_index(0)).await?.pop())
    }
}

impl Transaction {
    /// Begins a run, in place of the one before; not where that goes on, which it said after `dead_before`. Whether it began.
    pub async fn begin_replay(&self, row: &ReplayRow, dead_before: i64) -> Result<bool> {
        let sql = "INSERT INTO program_replay (program_id, id, draft, months, began_at, seen_at, state, members, sales) \
                   VALUES ($1, $2, $3, $4, $5, $5, 'running', 0, 0) ON CONFLICT (program_id) DO UPDATE SET id = excluded.id, \
                   draft = excluded.draft, months = excluded.months, began_at = excluded.began_at, seen_at = excluded.seen_at, \
                   state = 'running', members = 0, sales = 0, outcome = NULL \
                   WHERE program_replay.state <> 'running' OR program_replay.seen_at < $6";
        let ReplayRow { program_id, id, draft, months, began_at, .. } = row.clone();
        let values: [Value; 6] =
            [program_id.into(), id.into(), draft.into(), months.into(), began_at.into(), dead_before.into()];
        Ok(self.change(sql, values).await? == 1)
    }

    /// Says how far a run has got.
    pub async fn note_replay(&self, id: Uuid, (members, sales): (i64, i64), now: i64) -> Result<()> {
        let sql =
            "UPDATE program_replay SET members = $2, sales = $3, seen_at = $4 WHERE id = $1 AND state = 'running'";
        self.change(sql, [id.into(), members.into(), sales.into(), now.into()]).await?;
        Ok(())
    }

    /// Ends a run: with what came of it, or without.
    pub async fn end_replay(&self, id: Uuid, outcome: Option<String>) -> Result<()> {
        let state = if outcome.is_some() { "done" } else { "failed" };
        let sql = "UPDATE program_replay SET state = $2, outcome = $3 WHERE id = $1 AND state = 'running'";
        self.change(sql, [id.into(), state.into(), outcome.into()]).await?;
        Ok(())
    }
}
