//! What time does by itself: points become free and lapse, gifts are given, levels are reviewed, memberships end. In small
//! batches, on one node at a time; what was missed is made up for, each thing at its own moment.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, NaiveDate, Utc};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    directory::LiveDirectory,
    ledger::{Holder, person},
};
use crate::{
    clock::Clock,
    domain::{
        commands::day,
        language::{Language, Line},
        program::Program,
        purse::{Notice, draw::Draw},
    },
    secrets::random_bytes,
    store::{
        Result, Store, Transaction,
        purses::HolderRow,
        receiving::{NewOutbox, Writes},
    },
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

/// Does all that is due now; answers in how many purses something was.
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
    Ok(done)
}

async fn do_batch(tx: &Transaction, directory: &LiveDirectory, now: DateTime<Utc>) -> Result<u64> {
    let due = tx.purse_ids_due(now.timestamp_millis(), BATCH).await?;
    if !due.is_empty() {
        return do_purses(tx, directory, &due, now).await;
    }
    review(tx, directory, now).await
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
        let change = row.purse.tick(&program, &person, now, &mut draw);
        Holder { purse_id: row.id, program: &program, person: &person }.keep(&change, now, &mut writes.ledger);
        for notice in &change.notices {
            if let Notice::MembershipEnds(day) = notice {
                writes.outbox.extend(remind(tx, directory, &program, &holder, *day, now).await?);
            }
        }
    }
    tx.write(&writes).await?;
    Ok(writes.ledger.purses.len() as u64)
}

/// The reminder that the paid membership ends, from a shop where the member is one; none to somebody who opted out.
async fn remind(
    tx: &Transaction,
    directory: &LiveDirectory,
    program: &Program,
    holder: &HolderRow,
    ends_on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Option<NewOutbox>> {
    let shop_ids = tx.shops_of_member(holder.member_id).await?;
    let sender = {
        let known = directory.read();
        let shops = shop_ids.iter().filter_map(|id| known.directory.shop(*id));
        let shop = shops.filter(|shop| shop.program_id == program.id).min_by_key(|shop| shop.created_at).cloned();
        shop.and_then(|shop| known.directory.sender(shop.sender_id).map(|sender| (Arc::clone(sender), shop)))
    };
    let (Some((sender, shop)), Some(membership)) = (sender, &program.membership) else { return Ok(None) };
    if tx.is_opted_out(sender.id, &holder.address).await? {
        return Ok(None);
    }
    let language = Language::from_code(&holder.language).unwrap_or(shop.language);
    let line = Line::new("membership-ends")
        .text("shop", shop.name.as_str())
        .words("membership", &membership.name)
        .part("day", day::written(ends_on, program.day(now)));
    Ok(Some(NewOutbox {
        sender_id: sender.id,
        address: holder.address.clone(),
        merchant_id: Some(shop.merchant_id),
        shop_id: Some(shop.id),
        account_id: None,
        cause: None,
        reply: "membership-ends",
        body: language.write(&line.into()),
        request_id: format!("membership-{}", holder.member_id),
        created_at: now.timestamp_millis(),
    }))
}
