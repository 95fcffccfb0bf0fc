//! Tells merchants' own systems what happened: claim → send → settle. Every webhook with something due has a lane of its own,
//! so a slow one holds up no other. It can be told twice (a node may die between the two last steps), under the same id; never not
//! at all.

mod caller;
mod lane;
mod settle;
mod signature;

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::TimeDelta;
use tokio::{
    sync::Semaphore,
    task::JoinSet,
    time::{Instant, MissedTickBehavior},
};
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};
use uuid::Uuid;

use crate::{
    bell::Bell,
    clock::Clock,
    config,
    secrets::Vault,
    store::{Result, Store},
};
use caller::Caller;

/// How often what is too old is forgotten.
const PRUNE_EVERY: Duration = Duration::from_mins(10);
/// How many events, and how many deliveries, are forgotten in one commit.
const PRUNE_BATCH: u64 = 500;
/// Lanes that may use the store at once: the stream of writes comes first.
const AT_STORE_MAX: usize = 2;

/// What the herald needs.
pub struct Parts {
    /// Where events and deliveries are.
    pub store: Store,
    /// Opens the webhooks' secrets.
    pub vault: Vault,
    /// What time it is.
    pub clock: Clock,
    /// Rung when there may be something to tell.
    pub bell: Bell,
    /// `[events]`
    pub settings: config::Events,
}

/// A running herald; dropped, it drops what it was about.
pub struct Herald {
    stop: CancellationToken,
    task: AbortOnDropHandle<()>,
}

/// What the lanes share.
struct Shared {
    store: Store,
    vault: Vault,
    clock: Clock,
    settings: config::Events,
    caller: Caller,
    /// Names this node in leases.
    node: String,
    calls: Semaphore,
    at_store: Semaphore,
    stop: CancellationToken,
}

impl Shared {
    fn timeout(&self) -> Duration {
        Duration::from_secs(self.settings.request_timeout_seconds)
    }
}

impl Herald {
    /// Starts telling.
    pub fn start(parts: Parts) -> Result<Self, reqwest::Error> {
        let Parts { store, vault, clock, bell, settings } = parts;
        let stop = CancellationToken::new();
        let shared = Arc::new(Shared {
            caller: Caller::new(settings.clone())?,
            calls: Semaphore::new(settings.sends_at_once_max),
            at_store: Semaphore::new(AT_STORE_MAX),
            node: Uuid::new_v4().simple().to_string(),
            store,
            vault,
            clock,
            settings,
            stop: stop.clone(),
        });
        let task = AbortOnDropHandle::new(tokio::spawn(watch_over_lanes(shared, bell)));
        Ok(Self { stop, task })
    }

    /// Stops: finishes the calls under way, hands back what was claimed but not tried.
    pub async fn stop(self) {
        self.stop.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the herald did not stop in order");
        }
    }
}

/// Gives each webhook with something due a lane, whenever the bell rings or it is time to look.
async fn watch_over_lanes(shared: Arc<Shared>, bell: Bell) {
    if shared.store.is_sqlite()
        && let Err(error) = shared.store.release_deliveries().await
    {
        tracing::warn!(%error, "could not take up the deliveries of the run before");
    }
    let (mut lanes, busy) = (JoinSet::new(), Busy::default());
    let mut poll = tokio::time::interval(Duration::from_millis(shared.settings.poll_milliseconds));
    poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut prune = tokio::time::interval(PRUNE_EVERY);
    loop {
        tokio::select! {
            () = shared.stop.cancelled() => break,
            _ = bell.heard() => {}
            _ = poll.tick() => {}
            _ = prune.tick() => {
                if let Err(error) = forget(&shared).await {
                    tracing::warn!(%error, "could not forget old events; the next look goes on");
                }
            }
        }
        while let Some(ended) = lanes.try_join_next() {
            if let Err(error) = ended {
                tracing::error!(%error, "a webhook's lane broke; it starts anew");
            }
        }
        match shared.store.webhooks_due(shared.clock.now()).await {
            Ok(due) => {
                for webhook_id in due {
                    if let Some(place) = busy.take(webhook_id) {
                        lanes.spawn(work(Arc::clone(&shared), place));
                    }
                }
            }
            Err(error) => tracing::warn!(%error, "could not look for events to tell"),
        }
    }
    while lanes.join_next().await.is_some() {}
}

async fn work(shared: Arc<Shared>, place: Place) {
    if let Err(error) = lane::drain(&shared, place.webhook_id).await {
        tracing::warn!(%error, webhook.id = %place.webhook_id, "a webhook's deliveries could not be written; tried again");
    }
}

/// Forgets events that are too old, in small batches.
async fn forget(shared: &Shared) -> Result<()> {
    let before = shared.clock.now() - TimeDelta::days(shared.settings.keep_days.into());
    let begun = Instant::now();
    // What is left is forgotten at the next look: telling comes first.
    while begun.elapsed() < Duration::from_secs(5) && !shared.stop.is_cancelled() {
        let tx = shared.store.begin().await?;
        let forgotten = tx.prune_events(before.timestamp_millis(), PRUNE_BATCH).await?;
        tx.commit().await?;
        if forgotten < PRUNE_BATCH {
            break;
        }
    }
    Ok(())
}

/// The webhooks that have a lane at work.
#[derive(Default)]
struct Busy(Arc<Mutex<HashSet<Uuid>>>);

/// A webhook's only place at work; free again when it is dropped, however its lane ends.
struct Place {
    webhook_id: Uuid,
    busy: Arc<Mutex<HashSet<Uuid>>>,
}

impl Busy {
    fn take(&self, webhook_id: Uuid) -> Option<Place> {
        let is_free = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(webhook_id);
        is_free.then(|| Place { webhook_id, busy: Arc::clone(&self.0) })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.webhook_id);
    }
}
