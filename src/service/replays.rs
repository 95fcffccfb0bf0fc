//! Replays: a draft is played against what was really sold, in the background and page by page, one replay at a time for each
//! program. Only read; what comes of it is kept in memory until the next one.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::directory::LiveDirectory;
use crate::{
    domain::{
        program::Program,
        purse::{
            replay::{Comparison, Recorded, replay},
            sale::SaleRecord,
        },
    },
    store::{Result, Store},
};

/// About so many sales are played; where there are more, a part of the members is looked at.
pub const SALES_MAX: usize = 100_000;
/// So many purses are looked through at once.
const PURSES_AT_ONCE: u64 = 2_000;
/// The sales of so many members are read at once.
const MEMBERS_AT_ONCE: usize = 100;
/// At most so many sales are read at once.
const SALES_AT_ONCE: u64 = 20_000;
/// So many results are kept.
const KEPT_MAX: usize = 200;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The program to be tried.
    pub program: Arc<Program>,
    /// The draft's `changed_at`.
    pub draft: i64,
    /// How many months back.
    pub months: u32,
    /// From when on sales count.
    pub since: DateTime<Utc>,
    /// The time.
    pub now: DateTime<Utc>,
}

/// How far a replay has got, or what came of it.
#[derive(Debug, Clone)]
pub struct Replay {
    /// The draft's `changed_at` when it began.
    pub draft: i64,
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
    /// The store failed.
    Failed,
}

/// What came of a replay.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// By member's purse, those who bought something.
    pub members: Vec<(Uuid, Comparison)>,
    /// One in so many members was looked at.
    pub one_in: u64,
    /// Whether somebody bought so much that not all of it was read.
    pub is_cut: bool,
}

/// All replays of this node.
pub struct Replays {
    known: Mutex<HashMap<Uuid, Replay>>,
    /// Where they run: apart from the threads that answer requests.
    runtime: Handle,
    stop: CancellationToken,
}

impl Replays {
    /// None yet; those that run end with `stop`.
    pub fn new(runtime: Handle, stop: CancellationToken) -> Self {
        Self { known: Mutex::default(), runtime, stop }
    }

    /// The last replay of a program.
    pub fn of(&self, program_id: Uuid) -> Option<Replay> {
        self.lock().get(&program_id).cloned()
    }

    /// Begins a replay; whether none was running for this program.
    pub fn begin(self: &Arc<Self>, store: Store, directory: Arc<LiveDirectory>, wish: Wish) -> bool {
        let id = wish.program.id;
        let began_at = wish.now.timestamp_millis();
        {
            let mut known = self.lock();
            if known.get(&id).is_some_and(|replay| matches!(replay.state, State::Running { .. })) {
                return false;
            }
            let state = State::Running { members: 0, sales: 0 };
            known.insert(id, Replay { draft: wish.draft, months: wish.months, began_at, state });
            forget_oldest(&mut known);
        }
        let replays = Arc::clone(self);
        self.runtime.spawn(async move {
            let walk = Walk { store, directory, wish, replays: Arc::clone(&replays) };
            let outcome = replays.stop.run_until_cancelled(walk.go()).await;
            let state = match outcome {
                Some(Ok(outcome)) => State::Done(Arc::new(outcome)),
                Some(Err(error)) => {
                    tracing::warn!(program = %id, %error, "a replay could not be finished");
                    State::Failed
                }
                None => State::Failed,
            };
            replays.note(id, state);
        });
        true
    }

    fn note(&self, program_id: Uuid, state: State) {
        if let Some(replay) = self.lock().get_mut(&program_id) {
            replay.state = state;
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, Replay>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn forget_oldest(known: &mut HashMap<Uuid, Replay>) {
    let ended = known.iter().filter(|(_, replay)| !matches!(replay.state, State::Running { .. }));
    let oldest = ended.min_by_key(|(_, replay)| replay.began_at).map(|(id, _)| *id);
    if let Some(oldest) = oldest.filter(|_| known.len() > KEPT_MAX) {
        known.remove(&oldest);
    }
}

/// One replay under way.
struct Walk {
    store: Store,
    directory: Arc<LiveDirectory>,
    wish: Wish,
    replays: Arc<Replays>,
}

impl Walk {
    async fn go(self) -> Result<Outcome> {
        let mut outcome = Outcome { one_in: 1, ..Outcome::default() };
        let (mut after, mut sales, mut seen) = (Uuid::nil(), 0, 0);
        loop {
            let page = self.store.purses_behind(self.wish.program.id, after, PURSES_AT_ONCE).await?;
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
                self.replays.note(self.wish.program.id, State::Running { members: seen, sales: sales as u64 });
                tokio::task::yield_now().await;
            }
        }
        Ok(outcome)
    }

    /// Plays what some members bought.
    async fn play(&self, purses: &[Uuid], outcome: &mut Outcome, sales: &mut usize) -> Result<()> {
        let since = self.wish.since.timestamp_millis();
        let rows = self.store.sales_since(purses, since, SALES_AT_ONCE).await?;
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
        replay(&self.wish.program, &recorded)
    }
}

/// Whether a member is among those looked at, one in so many: by their purse's id alone, so that it is always the same ones.
fn is_of_sample(purse_id: Uuid, one_in: u64) -> bool {
    // Ids begin with the time; what is random is at their end.
    let random = purse_id.as_bytes().iter().rev().take(6).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    random % one_in == 0
}

/// From now on half as many members are looked at; what is known of the others is forgotten, so that those left are no
/// chosen ones.
fn halve(outcome: &mut Outcome, sales: &mut usize) {
    while *sales > SALES_MAX && outcome.one_in < 1 << 40 {
        outcome.one_in *= 2;
        outcome.members.retain(|(id, _)| is_of_sample(*id, outcome.one_in));
        *sales = outcome.members.iter().map(|(_, told)| usize::try_from(told.sales).unwrap_or_default()).sum();
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
        let one = || (Uuid::now_v7(), Comparison { sales: 30, ..Comparison::default() });
        let mut outcome = Outcome { members: (0..4_000).map(|_| one()).collect(), one_in: 1, is_cut: false };
        let mut sales = 120_000;
        halve(&mut outcome, &mut sales);
        assert_eq!((outcome.one_in, sales), (2, outcome.members.len() * 30));
        assert!(sales < SALES_MAX);
    }
}
