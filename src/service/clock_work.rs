//! What time does by itself: points become free and lapse, gifts are given, levels are reviewed, memberships end, and members
//! are told what waits to be told. In small batches, on one node at a time; what was missed is made up for, each thing at its
//! own moment.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    directory::LiveDirectory,
    ledger::{Holder, person},
    once, telling,
};
use crate::{
    clock::Clock,
    domain::purse::{Purse, draw::Draw},
    secrets::random_bytes,
    store::{Result, Store, Transaction, receiving::Writes},
};

/// How many purses share a commit.
const BATCH: u64 = 200;

/// Looks for what is due, now and then, until it is stopped.
pub async fn keep_going(
    store: Store,
    directory: Arc<LiveDirectory>,
    clock: Clock,
    poll: Duration,
    stop: CancellationToken,
) {
    while stop.run_until_cancelled(tokio::time::sleep(poll)).await.is_some() {
        if let Err(error) = do_due(&store, &directory, clock.now(), &stop).await {
            tracing::warn!(%error, "what was due in members' purses could not all be done; the next look goes on");
        }
    }
}

/// Does all that is due now, and tells what is to be told; answers in how many purses something was due.
pub async fn do_due(
    store: &Store,
    directory: &LiveDirectory,
    now: DateTime<Utc>,
    stop: &CancellationToken,
) -> Result<u64> {
    let mut done = 0;
    while !stop.is_cancelled() {
        let tx = store.begin().await?;
        let of_batch = if tx.try_clock_lock().await? { do_batch(&tx, directory, now).await? } else { 0 };
        tx.commit().await?;
        if of_batch == 0 {
            break;
        }
        done += of_batch;
        metrics::counter!("regulars_purses_due_total").increment(of_batch);
    }
    once::forget_old(store, now, stop).await?;
    telling::tell_due(store, directory, now, stop).await?;
    Ok(done)
}

async fn do_batch(tx: &Transaction, directory: &LiveDirectory, now: DateTime<Utc>) -> Result<u64> {
    let due = tx.purse_ids_due(now.timestamp_millis(), BATCH).await?;
    if !due.is_empty() {
        return do_purses(tx, directory, &due, now).await;
    }
    match review(tx, directory, now).await? {
        0 => tx.delete_lapsed_sales(now.timestamp_millis(), BATCH).await,
        reviewed => Ok(reviewed),
    }
}

/// A new version may make other things due: every purse of the program is looked at once.
async fn review(tx: &Transaction, directory: &LiveDirectory, now: DateTime<Utc>) -> Result<u64> {
    let Some((program_id, version, after)) = tx.unreviewed_version(now.timestamp_millis()).await? else { return Ok(0) };
    let ids = tx.purse_ids_after(program_id, after, BATCH).await?;
    do_purses(tx, directory, &ids, now).await?;
    let is_last = (ids.len() as u64) < BATCH;
    let reviewed_at = is_last.then(|| now.timestamp_millis());
    tx.note_review((program_id, version), ids.last().copied().or(after), reviewed_at).await?;
    Ok(ids.len().max(1) as u64)
}

/// Answers in how many something could be done: what cannot be done stays due, and must not be tried at once again.
async fn do_purses(tx: &Transaction, directory: &LiveDirectory, ids: &[Uuid], now: DateTime<Utc>) -> Result<u64> {
    let addresses = tx.addresses_of_purses(ids).await?;
    tx.lock_addresses(&addresses.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    let mut writes = Writes::default();
    for row in tx.purses(ids).await? {
        let program = directory.read().directory.program_at(row.program_id, now).cloned();
        let Some(holder) = tx.holder(row.member_id).await? else { continue };
        let Some(program) = program else {
            // Of a program that this node cannot read, nothing can be done until it can.
            tracing::error!(program_id = %row.program_id, "a purse belongs to a program that is not known here");
            continue;
        };
        let person = person(holder.birthday.as_deref(), holder.answers.clone());
        let mut draw = Draw::new(random_bytes().unwrap_or_default());
        let change = row.purse.clone().tick(&program, &person, now, &mut draw);
        let purse = {
            let known = directory.read();
            let told = telling::hear(&known.directory, &program, &row.purse, &change, now);
            let mut purse = Purse { told, ..change.purse.clone() };
            if let Some(shop) = telling::teller(&known.directory, &purse, program.id) {
                purse.told.belong_to(shop);
            }
            purse
        };
        let holder = Holder { purse_id: row.id, member_id: row.member_id, program: &program, person: &person };
        holder.keep_moves(&change, now, &mut writes.ledger);
        holder.keep_state(&purse, now, &mut writes.ledger);
    }
    tx.write(&writes).await?;
    Ok(writes.ledger.purses.len() as u64)
}
