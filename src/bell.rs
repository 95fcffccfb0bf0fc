//! A bell that says for which senders there is something to send, or (another one) that there are events to tell. Rung after a commit; a poll is the fallback.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::Notify;
use uuid::Uuid;

/// Rung by whoever wrote to the outbox, heard by the notifier.
#[derive(Clone, Debug, Default)]
pub struct Bell(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    rung_for: Mutex<HashSet<Uuid>>,
    rung: Notify,
}

impl Bell {
    /// Says that these senders have something to send.
    pub fn ring(&self, senders: impl IntoIterator<Item = Uuid>) {
        let mut rung_for = self.0.rung_for.lock().unwrap_or_else(PoisonError::into_inner);
        let before = rung_for.len();
        rung_for.extend(senders);
        if rung_for.len() > before {
            self.0.rung.notify_one();
        }
    }

    /// Waits until somebody rings; answers for whom, each once however often it was rung.
    pub async fn heard(&self) -> HashSet<Uuid> {
        loop {
            let rung_for = std::mem::take(&mut *self.0.rung_for.lock().unwrap_or_else(PoisonError::into_inner));
            if !rung_for.is_empty() {
                return rung_for;
            }
            self.0.rung.notified().await;
        }
    }
}
