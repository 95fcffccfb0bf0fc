//! Batches of whatever has arrived: one commit for all of them, and each waits for that commit.
//!
//! Under light load a batch is one item, under heavy load hundreds: while one is written the next gathers, so no timer
//! is needed. A batch that fails is replayed one by one, so that a poisoned item harms only itself.

use std::{future::Future, panic::AssertUnwindSafe};

use futures_util::FutureExt;
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

use crate::store::StoreError;

/// Writes a batch in one transaction: all of it or nothing.
pub trait WriteBatch: Send + Sync + 'static {
    /// What arrives.
    type Item: Send + Sync + 'static;

    /// Writes the items, which arrived in this order.
    fn write(&self, items: &[Self::Item]) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// The way into a batch.
pub struct Queue<T>(mpsc::Sender<Waiting<T>>);

impl<T> Clone for Queue<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// Why an item was not taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// Too many wait already.
    #[error("too many texts are waiting")]
    QueueFull,
    /// The store does not answer, or we are stopping.
    #[error("the store does not answer")]
    Unavailable,
    /// This one item cannot be written.
    #[error("this text could not be written")]
    Poisoned,
}

struct Waiting<T> {
    item: T,
    answer: oneshot::Sender<Result<(), NotTaken>>,
}

impl<T> Queue<T> {
    /// Hands an item in and waits until it is durable.
    pub async fn put(&self, item: T) -> Result<(), NotTaken> {
        let (answer, answered) = oneshot::channel();
        self.0.try_send(Waiting { item, answer }).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => NotTaken::QueueFull,
            mpsc::error::TrySendError::Closed(_) => NotTaken::Unavailable,
        })?;
        answered.await.unwrap_or(Err(NotTaken::Unavailable))
    }

    /// The same for what must not be refused: waits for room instead.
    pub async fn put_patiently(&self, item: T) -> Result<(), NotTaken> {
        let (answer, answered) = oneshot::channel();
        self.0.send(Waiting { item, answer }).await.map_err(|_| NotTaken::Unavailable)?;
        answered.await.unwrap_or(Err(NotTaken::Unavailable))
    }

    /// How many are waiting.
    pub fn depth(&self) -> usize {
        self.0.max_capacity() - self.0.capacity()
    }

    /// Whether batches are still being written.
    pub fn is_open(&self) -> bool {
        !self.0.is_closed()
    }
}

/// Starts writing batches of at most `batch_max` with at most `queue_max` waiting. The task ends when every [`Queue`]
/// is gone and what was handed in is written.
pub fn start<W: WriteBatch>(writer: W, queue_max: usize, batch_max: usize) -> (Queue<W::Item>, JoinHandle<()>) {
    let (sender, mut receiver) = mpsc::channel(queue_max);
    let task = tokio::spawn(async move {
        let mut waiting = Vec::with_capacity(batch_max);
        while receiver.recv_many(&mut waiting, batch_max).await > 0 {
            let (items, answers): (Vec<_>, Vec<_>) =
                waiting.drain(..).map(|w: Waiting<W::Item>| (w.item, w.answer)).unzip();
            write_and_answer(&writer, &items, answers).await;
        }
    });
    (Queue(sender), task)
}

async fn write_and_answer<W: WriteBatch>(
    writer: &W,
    items: &[W::Item],
    answers: Vec<oneshot::Sender<Result<(), NotTaken>>>,
) {
    metrics::histogram!("regulars_batch_size").record(items.len() as f64);
    let outcome = write(writer, items).await;
    if outcome == Err(NotTaken::Poisoned) && items.len() > 1 {
        for (item, answer) in items.iter().zip(answers) {
            answer.send(write(writer, std::slice::from_ref(item)).await).ok();
        }
        return;
    }
    for answer in answers {
        answer.send(outcome).ok();
    }
}

/// A panic in a decision is a poisoned item, not the end of all receiving.
async fn write<W: WriteBatch>(writer: &W, items: &[W::Item]) -> Result<(), NotTaken> {
    let mut outcome = attempt(writer, items).await;
    // A code that was drawn may be there already: another attempt draws another.
    if matches!(outcome, Err(Some(StoreError::Busy | StoreError::Conflict(_)))) {
        outcome = attempt(writer, items).await;
    }
    outcome.map_err(|error| match error {
        Some(error) => {
            tracing::error!(%error, batch = items.len(), "a batch was not written");
            if error.is_passing() { NotTaken::Unavailable } else { NotTaken::Poisoned }
        }
        None => {
            tracing::error!(batch = items.len(), "a batch panicked");
            NotTaken::Poisoned
        }
    })
}

async fn attempt<W: WriteBatch>(writer: &W, items: &[W::Item]) -> Result<(), Option<StoreError>> {
    match AssertUnwindSafe(writer.write(items)).catch_unwind().await {
        Ok(written) => written.map_err(Some),
        Err(_) => Err(None),
    }
}
