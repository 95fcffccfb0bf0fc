//! Sends what waits in the outbox: claim → send → settle. Every sender has a lane of its own, so a slow one holds up
//! no other; one node drains a sender at a time.

mod carrier;
mod lane;
mod look_up;
mod pace;
mod settle;
mod shift;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures_util::FutureExt;
use tokio::{
    sync::{Notify, watch},
    task::{JoinHandle, JoinSet},
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    bell::Bell,
    clock::Clock,
    config,
    service::{batch::Queue, directory::LiveDirectory, write::Write},
    store::Store,
};
use carrier::Carrier;
use lane::Lane;

/// How long after a node is gone its claims are looked up: what it sent last shall be in the provider's list by then.
const RECOVERY_PAUSE: chrono::Duration = chrono::Duration::seconds(2);

/// What the notifier needs.
pub struct Parts {
    /// Where the outbox is.
    pub store: Store,
    /// Who is here.
    pub directory: Arc<LiveDirectory>,
    /// What time it is.
    pub clock: Clock,
    /// Rung when there is something to send.
    pub bell: Bell,
    /// Where settled sends are written.
    pub writes: Queue<Write>,
    /// `[notifier]`
    pub settings: config::Notifier,
    /// Where providers report what became of a text.
    pub status_callback: String,
}

/// A running notifier.
pub struct Notifier {
    stop: CancellationToken,
    task: JoinHandle<()>,
    settled: watch::Receiver<u64>,
}

/// What the lanes share.
struct Shared {
    store: Store,
    directory: Arc<LiveDirectory>,
    clock: Clock,
    writes: Queue<Write>,
    settings: config::Notifier,
    carrier: Carrier,
    /// Names this node in leases.
    node: Arc<str>,
    settled: watch::Sender<u64>,
    stop: CancellationToken,
}

impl Notifier {
    /// Starts sending.
    pub fn start(parts: Parts) -> Result<Self, reqwest::Error> {
        let timeout = Duration::from_secs(parts.settings.request_timeout_seconds);
        let (settled_tx, settled) = watch::channel(0);
        let stop = CancellationToken::new();
        let shared = Arc::new(Shared {
            carrier: Carrier::new(timeout, parts.status_callback)?,
            store: parts.store,
            directory: parts.directory,
            clock: parts.clock,
            writes: parts.writes,
            settings: parts.settings,
            node: Uuid::new_v4().simple().to_string().into(),
            settled: settled_tx,
            stop: stop.clone(),
        });
        let task = tokio::spawn(watch_over_lanes(shared, parts.bell));
        Ok(Self { stop, task, settled })
    }

    /// Counts the settled texts; changes with each.
    pub fn settled(&self) -> watch::Receiver<u64> {
        self.settled.clone()
    }

    /// Stops: finishes the sends under way, hands back what was claimed but not tried, gives the senders back.
    pub async fn stop(self) {
        self.stop.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the notifier did not stop in order");
        }
    }
}

/// Wakes the lane of each sender that the bell or a poll names.
async fn watch_over_lanes(shared: Arc<Shared>, bell: Bell) {
    // Whatever a SQLite file says is claimed was claimed by a process that is gone.
    recover(&shared, shared.store.is_sqlite()).await;
    let mut lanes = Lanes::default();
    let mut poll = tokio::time::interval(shared.settings.poll());
    poll.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = shared.stop.cancelled() => break,
            senders = bell.heard() => lanes.wake(&shared, senders),
            _ = poll.tick() => {
                recover(&shared, false).await;
                if let Err(error) = shared.store.queue_deferred(shared.clock.now()).await {
                    tracing::warn!(%error, "could not queue what was held back");
                }
                match shared.store.senders_with_work(shared.clock.now()).await {
                    Ok(senders) => lanes.wake(&shared, senders),
                    Err(error) => tracing::warn!(%error, "could not look for texts to send"),
                }
            }
        }
    }
    lanes.finish().await;
}

async fn recover(shared: &Shared, all: bool) {
    let now = shared.clock.now();
    match shared.store.recover_claims(now, now + RECOVERY_PAUSE, all).await {
        Ok(0) => {}
        Ok(texts) => tracing::warn!(texts, "texts were claimed by a node that is gone; they are looked up first"),
        Err(error) => tracing::warn!(%error, "could not look for claims left behind"),
    }
}

/// The lanes at work, each with the bell that wakes it.
#[derive(Default)]
struct Lanes {
    tasks: JoinSet<()>,
    bells: Bells,
}

type Bells = Arc<Mutex<HashMap<Uuid, Arc<Notify>>>>;

impl Lanes {
    fn wake(&mut self, shared: &Arc<Shared>, senders: impl IntoIterator<Item = Uuid>) {
        let mut bells = lock(&self.bells);
        while let Some(ended) = self.tasks.try_join_next() {
            if let Err(error) = ended {
                tracing::error!(%error, "a sender's lane broke; it starts anew");
                bells.clear();
            }
        }
        for sender_id in senders {
            if let Some(bell) = bells.get(&sender_id) {
                bell.notify_one();
                continue;
            }
            let bell = Arc::new(Notify::new());
            bells.insert(sender_id, Arc::clone(&bell));
            let lane = Lane::new(Arc::clone(shared), sender_id, Arc::clone(&bell));
            self.tasks.spawn(work(lane, sender_id, bell, Arc::clone(&self.bells)));
        }
    }

    async fn finish(mut self) {
        while self.tasks.join_next().await.is_some() {}
    }
}

/// Drains the sender until its bell is silent. That is looked at under the lock, so that no ring is lost at the end.
async fn work(lane: Lane, sender_id: Uuid, bell: Arc<Notify>, bells: Bells) {
    loop {
        lane.drain().await;
        let mut bells = lock(&bells);
        if lane.shared.stop.is_cancelled() || bell.notified().now_or_never().is_none() {
            bells.remove(&sender_id);
            return;
        }
    }
}

fn lock(bells: &Bells) -> MutexGuard<'_, HashMap<Uuid, Arc<Notify>>> {
    bells.lock().unwrap_or_else(PoisonError::into_inner)
}
