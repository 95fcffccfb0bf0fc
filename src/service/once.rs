//! A write with an `Idempotency-Key` is done once, and answered to every repeat as it was the first time.
//!
//! Orders at the counter keep their result in the commit that does them (`till`). Every other write claims its key, is done,
//! and has its answer kept, sealed: it may show a secret, and speaks of people.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{change::ChangeError, till::Once};
use crate::{
    clock::from_millis,
    secrets::{Vault, VaultError},
    store::{Result as Stored, Store, StoreError, once::OnceClaim},
};

/// For how long answers are kept, in hours; published in the API's description.
pub const KEPT_HOURS: i64 = 24;

/// After so many seconds a claim is taken over by a repeat: whoever made it has died.
const CLAIM_SECONDS: i64 = 60;

/// How many answers are forgotten in one commit.
const FORGOTTEN_AT_ONCE: u64 = 1_000;

/// An answer as it was given the first time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The kind of the body.
    pub content_type: Option<String>,
    /// Where what was made is.
    pub location: Option<String>,
    /// The body.
    pub body: String,
}

/// How a request with a key begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beginning {
    /// It is the first: it is to be done, and then [`keep`]t or [`release`]d.
    First,
    /// It was done; this was answered.
    Done(KeptAnswer),
    /// The first one is under way.
    UnderWay,
    /// The key stands for another request.
    Another,
}

/// The requests with a key that are under way on this node.
#[derive(Debug, Default)]
pub struct UnderWay(Mutex<HashSet<(Uuid, String)>>);

/// A request under way; it has ended when this is dropped.
#[derive(Debug)]
pub struct Turn {
    of: Arc<UnderWay>,
    key: (Uuid, String),
}

impl UnderWay {
    /// Takes the turn for a key; `None` while another request with it is under way.
    pub fn take(self: &Arc<Self>, once: &Once) -> Option<Turn> {
        let key = (once.scope, once.key.clone());
        let is_free = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone());
        is_free.then(|| Turn { of: Arc::clone(self), key })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.of.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}

/// Looks a key up, and claims it where it is new.
///
/// # Errors
/// The store's, or that nothing can be sealed; nothing is claimed then.
pub async fn begin(store: &Store, vault: &Vault, once: &Once, now: DateTime<Utc>) -> Result<Beginning, ChangeError> {
    // Said before anything is done: an answer that cannot be sealed could not be kept.
    vault.seal(&SecretString::default(), "")?;
    if let Some(known) = look_up(store, vault, once, now).await? {
        return Ok(known);
    }
    let (now, stale) = (now.timestamp_millis(), (now - Duration::seconds(CLAIM_SECONDS)).timestamp_millis());
    let tx = store.begin().await?;
    let is_claimed = tx.claim_once(claim(once), now, stale).await?;
    tx.commit().await?;
    if is_claimed {
        return Ok(Beginning::First);
    }
    // Another node was faster.
    let found = look_up(store, vault, once, from_millis(0)).await?;
    Ok(found.unwrap_or(Beginning::UnderWay))
}

/// Keeps the answer of a request that was done.
///
/// # Errors
/// The store's; a repeat is then done anew once the claim is stale.
pub async fn keep(
    store: &Store,
    vault: &Vault,
    once: &Once,
    answer: &KeptAnswer,
    now: DateTime<Utc>,
) -> Result<(), ChangeError> {
    let written = serde_json::to_string(answer).map_err(|error| StoreError::Refused(error.to_string()))?;
    let sealed = vault.seal(&SecretString::from(written), &purpose(once))?;
    let tx = store.begin().await?;
    tx.keep_once(claim(once), answer.status, &sealed, now.timestamp_millis()).await?;
    Ok(tx.commit().await?)
}

/// Gives the key back after a refusal: nothing was done, and the same key may be used for the corrected request.
///
/// # Errors
/// The store's; the claim then becomes stale.
pub async fn release(store: &Store, once: &Once) -> Stored<()> {
    let tx = store.begin().await?;
    tx.release_once(claim(once)).await?;
    tx.commit().await
}

/// Forgets answers that are older than [`KEPT_HOURS`], in small batches; answers how many.
///
/// # Errors
/// The store's; the next look goes on.
pub async fn forget_old(store: &Store, now: DateTime<Utc>, stop: &CancellationToken) -> Stored<u64> {
    let before = (now - Duration::hours(KEPT_HOURS)).timestamp_millis();
    let mut forgotten = 0;
    while !stop.is_cancelled() {
        let tx = store.begin().await?;
        let of_batch = tx.forget_once(before, FORGOTTEN_AT_ONCE).await?;
        tx.commit().await?;
        forgotten += of_batch;
        if of_batch < FORGOTTEN_AT_ONCE {
            break;
        }
    }
    Ok(forgotten)
}

async fn look_up(
    store: &Store,
    vault: &Vault,
    once: &Once,
    now: DateTime<Utc>,
) -> Result<Option<Beginning>, ChangeError> {
    let Some(row) = store.once(once.scope, &once.key).await? else { return Ok(None) };
    if row.fingerprint != once.fingerprint {
        return Ok(Some(Beginning::Another));
    }
    match row.answer {
        Some(sealed) => Ok(Some(Beginning::Done(open(vault, once, &sealed)?))),
        None if row.created_at < (now - Duration::seconds(CLAIM_SECONDS)).timestamp_millis() => Ok(None),
        None => Ok(Some(Beginning::UnderWay)),
    }
}

fn open(vault: &Vault, once: &Once, sealed: &str) -> Result<KeptAnswer, ChangeError> {
    let written = vault.open(sealed, &purpose(once))?;
    serde_json::from_str(written.expose_secret()).map_err(|_| ChangeError::Vault(VaultError::WrongKey))
}

/// An answer opens for its own key alone, so rows cannot be swapped.
fn purpose(once: &Once) -> String {
    format!("answer to {} {}", once.scope, once.key)
}

fn claim(once: &Once) -> OnceClaim<'_> {
    OnceClaim { scope: once.scope, key: &once.key, fingerprint: &once.fingerprint }
}
