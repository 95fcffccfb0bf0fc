//! When keys were last used: gathered in memory, to the minute, and written once a minute, so that no request pays for it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::store::{Result, Store};

/// How often what has gathered is written.
const WRITES_EVERY: Duration = Duration::from_secs(60);
const MINUTE_MILLISECONDS: i64 = 60_000;

/// The last use of each key that this node has seen; by key, Unix milliseconds and whether it is written.
#[derive(Debug, Default)]
pub struct KeyUse(Mutex<HashMap<Uuid, (i64, bool)>>);

impl KeyUse {
    /// A key was used.
    pub fn note(&self, key: Uuid, now: DateTime<Utc>) {
        let minute = now.timestamp_millis() / MINUTE_MILLISECONDS * MINUTE_MILLISECONDS;
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (last, is_written) = seen.entry(key).or_insert((0, true));
        if *last < minute {
            (*last, *is_written) = (minute, false);
        }
    }

    /// When this node last saw a key, Unix milliseconds.
    pub fn last(&self, key: Uuid) -> Option<i64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).map(|(last, _)| *last)
    }

    /// Writes what is not written yet, in one statement; answers of how many keys.
    ///
    /// # Errors
    /// The store's; the next write makes up for it.
    pub async fn write(&self, store: &Store) -> Result<usize> {
        let news = self.news();
        if news.is_empty() {
            return Ok(0);
        }
        let tx = store.begin().await?;
        tx.note_key_use(&news).await?;
        tx.commit().await?;
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, at) in &news {
            // Used again meanwhile, it is news again.
            if let Some((_, is_written)) = seen.get_mut(key).filter(|(last, _)| last == at) {
                *is_written = true;
            }
        }
        Ok(news.len())
    }

    /// In the order of ids, so that two nodes never wait for each other crosswise.
    fn news(&self) -> Vec<(Uuid, i64)> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut news: Vec<(Uuid, i64)> =
            seen.iter().filter(|(_, (_, is_written))| !is_written).map(|(key, (last, _))| (*key, *last)).collect();
        news.sort_unstable();
        news
    }
}

/// Writes once a minute until it is stopped; what comes after that, the stop itself writes.
pub async fn keep_noting(used: Arc<KeyUse>, store: Store, stop: CancellationToken) {
    while stop.run_until_cancelled(tokio::time::sleep(WRITES_EVERY)).await.is_some() {
        if let Err(error) = used.write(&store).await {
            tracing::warn!(%error, "when keys were last used could not be written; the next minute makes up for it");
        }
    }
}
