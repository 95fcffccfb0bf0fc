//! Replays: a draft is played against what was really sold, in the background and page by page, one replay at a time for each
//! program. Only read; how far it has got and what comes of it is kept until the next one, for every node.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::directory::LiveDirectory;
use crate::{
    clock::Clock,
    domain::{
        program::Program,
        purse::{
            replay::{Comparison, Recorded, replay},
            sale::SaleRecord,
        },
    },
    secrets::hash_token,
    store::{Result, Store, StoreError, replays::ReplayRow},
};

/// About so many sales are played; where there are more, a part of the members is looked at.
pub const SALES_MAX: usize = 100_000;
/// So long before what is played, sales fill cards and take of limits, and do not count.
pub const WARM_UP_MONTHS: u32 = 3;
/// So many purses are looked through at once.
const PURSES_AT_ONCE: u64 = 2_000;
/// The sales of so many members are read at once.
const MEMBERS_AT_ONCE: usize = 100;
/// At most so many sales are read at once.
const SALES_AT_ONCE: u64 = 20_000;
/// So many outcomes are kept in memory.
const KEPT_MAX: usize = 20;
/// How often a replay says how far it has got.
const NOTED: Duration = Duration::from_secs(1);
/// A replay that has not said so for this long has ended with its node.
const DEAD_AFTER: chrono::Duration = chrono::Duration::seconds(60);

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The program to be tried.
    pub program: Arc<Program>,
    /// What the draft is known by: see [`mark_of`].
    pub draft: String,
    /// How many months back.
    pub months: u32,
    /// From when on sales count.
    pub since: DateTime<Utc>,
    /// From when on they are played.
    pub warm_since: DateTime<Utc>,
}

/// By what a draft is known: the same for the same document, whoever wrote it and when.
pub fn mark_of(document: &Value) -> String {
    hash_token(&document.to_string())
}

/// How far a replay has got, or what came of it.
#[derive(Debug, Clone)]
pub struct Replay {
    /// What the draft was known by when it began.
    pub draft: String,
    /// How many months back it looks.
    pub months: u32,
    /// When it began, Unix milliseconds.
    pub began_at: i64,
    /// What has become of it.
    pub state: State,
}

/// What has become of a replay.
#[derive(Debug, Clone)]
pub enum State {
    /// It goes on: members and sales so far.
    Running {
        /// Members looked through.
        members: u64,
        /// Sales played.
        sales: u64,
    },
    /// It is done.
    Done(Arc<Outcome>),
    /// The store failed, or the node on which it ran ended.
    Failed,
}

/// What came of a replay.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// By member's purse, those who bought something.
    pub members: Vec<(Uuid, Comparison)>,
    /// One in so many members was looked at.
    pub one_in: u64,
    /// Whether somebody bought so much that not all of it was read.
    pub is_cut: bool,
}

/// The replays that run here, and those whose outcome was looked at.
pub struct Replays {
    outcomes: Mutex<HashMap<Uuid, Arc<Outcome>>>,
    store: Store,
    clock: Clock,
    /// Where they run: apart from the threads that answer requests.
    runtime: Handle,
    stop: CancellationToken,
}

impl Replays {
    /// Those that run end with `stop`.
    pub fn new(store: Store, clock: Clock, runtime: Handle, stop: CancellationToken) -> Self {
        Self { outcomes: Mutex::default(), store, clock, runtime, stop }
    }

    /// The last replay of a program, wherever it ran.
    ///
    /// # Errors
    /// The store failed.
    pub async fn of(&self, program_id: Uuid) -> Result<Option<Replay>> {
        let Some(row) = self.store.replay_of(program_id).await? else { return Ok(None) };
        let ReplayRow { id, draft, months, began_at, seen_at, .. } = row;
        let state = match row.state.as_str() {
            "running" if seen_at >= self.dead_before() => State::Running {
                members: u64::try_from(row.members).unwrap_or_default(),
                sales: u64::try_from(row.sales).unwrap_or_default(),
            },
            "done" => self.outcome(program_id, id).await?.map_or(State::Failed, State::Done),
            _ => State::Failed,
        };
        Ok(Some(Replay { draft, months: u32::try_from(months).unwrap_or_default(), began_at, state }))
    }

    async fn outcome(&self, program_id: Uuid, id: Uuid) -> Result<Option<Arc<Outcome>>> {
        if let Some(known) = self.lock().get(&id) {
            return Ok(Some(Arc::clone(known)));
        }
        let Some(written) = self.store.replay_outcome(program_id, id).await? else { return Ok(None) };
        let corrupt = |error| StoreError::Corrupt(format!("program_replay.outcome: {error}"));
        let outcome = Arc::new(serde_json::from_str::<Outcome>(&written).map_err(corrupt)?);
        self.remember(id, Arc::clone(&outcome));
        Ok(Some(outcome))
    }

    /// Begins a replay; whether none was running for this program.
    ///
    /// # Errors
    /// The store failed.
    pub async fn begin(self: &Arc<Self>, directory: Arc<LiveDirectory>, wish: Wish) -> Result<bool> {
        let now = self.clock.now().timestamp_millis();
        let row = ReplayRow {
            program_id: wish.program.id,
            id: Uuid::now_v7(),
            draft: wish.draft.clone(),
            months: i32::try_from(wish.months).unwrap_or_default(),
            began_at: now,
            seen_at: now,
            state: String::new(),
            members: 0,
            sales: 0,
        };
        let tx = self.store.begin().await?;
        if !tx.begin_replay(&row, self.dead_before()).await? {
            return Ok(false);
        }
        tx.commit().await?;
        let (replays, id) = (Arc::clone(self), row.id);
        self.runtime.spawn(async move {
            let walk = Walk { directory, wish, id, replays: Arc::clone(&replays), noted: Instant::now() };
            let outcome = replays.stop.run_until_cancelled(walk.go()).await;
            if let Err(error) = replays.end(id, outcome.unwrap_or(Ok(None))).await {
                tracing::warn!(replay = %id, %error, "how a replay ended could not be kept");
            }
        });
        Ok(true)
    }

    /// Keeps what came of a replay; nothing where it was broken off.
    async fn end(&self, id: Uuid, outcome: Result<Option<Outcome>>) -> Result<()> {
        let outcome = outcome.unwrap_or_else(|error| {
            tracing::warn!(replay = %id, %error, "a replay could not be finished");
            None
        });
        let written = outcome.as_ref().and_then(|outcome| serde_json::to_string(outcome).ok());
        let tx = self.store.begin().await?;
        tx.end_replay(id, written).await?;
        tx.commit().await?;
        if let Some(outcome) = outcome {
            self.remember(id, Arc::new(outcome));
        }
        Ok(())
    }

    fn dead_before(&self) -> i64 {
        (self.clock.now() - DEAD_AFTER).timestamp_millis()
    }

    fn remember(&self, id: Uuid, outcome: Arc<Outcome>) {
        let mut known = self.lock();
        known.insert(id, outcome);
        // Ids grow with the time: the oldest is the least.
        let oldest = known.keys().min().copied().filter(|_| known.len() > KEPT_MAX);
        oldest.map(|oldest| known.remove(&oldest));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, Arc<Outcome>>> {
        self.outcomes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One replay under way.
struct Walk {
    directory: Arc<LiveDirectory>,
    wish: Wish,
    /// Of this run.
    id: Uuid,
    replays: Arc<Replays>,
    /// When it last said how far it has got.
    noted: Instant,
}

impl Walk {
    async fn go(mut self) -> Result<Option<Outcome>> {
        let mut outcome = Outcome { one_in: 1, ..Outcome::default() };
        let (mut after, mut sales, mut seen) = (Uuid::nil(), 0, 0);
        loop {
            let page = self.replays.store.purses_behind(self.wish.program.id, after, PURSES_AT_ONCE).await?;
            let Some(last) = page.last().copied() else { break };
            after = last;
            seen += page.len() as u64;
            let mut looked_at: Vec<Uuid> = page.into_iter().filter(|id| is_of_sample(*id, outcome.one_in)).collect();
            while !looked_at.is_empty() {
                let chunk: Vec<Uuid> = looked_at.drain(..looked_at.len().min(MEMBERS_AT_ONCE)).collect();
                self.play(&chunk, &mut outcome, &mut sales).await?;
                if sales > SALES_MAX {
                    halve(&mut outcome, &mut sales);
                    looked_at.retain(|id| is_of_sample(*id, outcome.one_in));
                }
                self.note(seen, sales).await?;
                tokio::task::yield_now().await;
            }
        }
        Ok(Some(outcome))
    }

    /// Says now and then how far it has got.
    async fn note(&mut self, members: u64, sales: usize) -> Result<()> {
        if self.noted.elapsed() < NOTED {
            return Ok(());
        }
        self.noted = Instant::now();
        let so_far = (i64::try_from(members).unwrap_or(i64::MAX), i64::try_from(sales).unwrap_or(i64::MAX));
        let tx = self.replays.store.begin().await?;
        tx.note_replay(self.id, so_far, self.replays.clock.now().timestamp_millis()).await?;
        tx.commit().await
    }

    /// Plays what some members bought.
    async fn play(&self, purses: &[Uuid], outcome: &mut Outcome, sales: &mut usize) -> Result<()> {
        let since = self.wish.warm_since.timestamp_millis();
        let rows = self.replays.store.sales_since(purses, since, SALES_AT_ONCE).await?;
        outcome.is_cut |= rows.len() as u64 >= SALES_AT_ONCE;
        *sales += rows.len();
        for of_one in rows.chunk_by(|one, other| one.0 == other.0) {
            let Some((purse_id, _)) = of_one.first() else { continue };
            let comparison = self.compare(of_one);
            if comparison.sales > 0 {
                outcome.members.push((*purse_id, comparison));
            }
        }
        Ok(())
    }

    fn compare(&self, sales: &[(Uuid, SaleRecord)]) -> Comparison {
        let id = self.wish.program.id;
        let known = self.directory.read();
        let judge = |record: &SaleRecord| known.directory.program_version(id, record.version).cloned();
        let judges: Vec<Option<Arc<Program>>> = sales.iter().map(|(_, record)| judge(record)).collect();
        drop(known);
        let recorded: Vec<Recorded<'_>> = sales
            .iter()
            .zip(&judges)
            .map(|((_, record), judge)| Recorded { record, judge: judge.as_deref() })
            .collect();
        replay(&self.wish.program, &recorded, self.wish.since)
    }
}

/// Whether a member is among those looked at, one in so many: by their purse's id alone, so that it is always the same ones.
fn is_of_sample(purse_id: Uuid, one_in: u64) -> bool {
    // Ids begin with the time and a count (RFC 9562, 6.2); only the last four bytes are random.
    let random = purse_id.as_bytes().iter().rev().take(4).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    random % one_in == 0
}

/// From now on half as many members are looked at; what is known of the others is forgotten, so that those left are no
/// chosen ones.
fn halve(outcome: &mut Outcome, sales: &mut usize) {
    while *sales > SALES_MAX && outcome.one_in < 1 << 32 {
        outcome.one_in *= 2;
        outcome.members.retain(|(id, _)| is_of_sample(*id, outcome.one_in));
        *sales = outcome.members.iter().map(|(_, told)| usize::try_from(told.played).unwrap_or_default()).sum();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_a_part_of_the_larger_one_before_and_about_as_large_as_it_says() {
        let ids: Vec<Uuid> = (0..10_000).map(|_| Uuid::now_v7()).collect();
        let of = |one_in: u64| ids.iter().filter(|id| is_of_sample(**id, one_in)).count();
        assert_eq!(of(1), 10_000);
        assert!((2_200..2_800).contains(&of(4)), "{}", of(4));
        assert!(ids.iter().all(|id| !is_of_sample(*id, 8) || is_of_sample(*id, 4)));
    }

    #[test]
    fn beyond_the_bound_half_of_the_members_are_forgotten_with_their_sales() {
        let one = || (Uuid::now_v7(), Comparison { played: 30, ..Comparison::default() });
        let mut outcome = Outcome { members: (0..4_000).map(|_| one()).collect(), one_in: 1, is_cut: false };
        let mut sales = 120_000;
        halve(&mut outcome, &mut sales);
        assert_eq!((outcome.one_in, sales), (2, outcome.members.len() * 30));
        assert!(sales < SALES_MAX);
    }
}
