//! The one stream of writes that decides the pace of everything: texts, receipts and settled sends share their commits.
//!
//! Waking a thread costs as much as writing ten rows, and a commit is an fsync: so whatever has gathered while the last
//! commit was on its way goes into the next one, whichever its kind.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{
    batch::WriteBatch,
    directory::LiveDirectory,
    receipt::{self, ArrivedReceipt},
    receive::{self, Arrival},
};
use crate::{
    bell::Bell,
    store::{Result, Store, consent::CarrierRefusal, outbox::Settlement},
};

/// Something to write.
pub enum Write {
    /// A text came in.
    Text(Box<Arrival>),
    /// A receipt came in.
    Receipt(Box<ArrivedReceipt>),
    /// A send was answered.
    Settled(Box<SettledSend>),
}

/// A send that was answered, and what follows from it.
pub struct SettledSend {
    /// What becomes of the text.
    pub settlement: Settlement,
    /// Set when the carrier says that the person opted out.
    pub refusal: Option<CarrierRefusal>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Writes batches of whatever has gathered.
pub struct Writer {
    /// Where to.
    pub store: Store,
    /// Who is here.
    pub directory: Arc<LiveDirectory>,
    /// Rung when there is something to send.
    pub bell: Bell,
}

impl WriteBatch for Writer {
    type Item = Write;

    async fn write(&self, items: &[Write]) -> Result<()> {
        let Sorted { texts, receipts, settled } = sort(items);
        let mut refusals = receipt::refusals(&self.directory, &receipts);
        refusals.extend(settled.iter().filter_map(|settled| settled.refusal.clone()));
        let tx = self.store.begin().await?;
        // All locks before any row is touched, so that two nodes never wait for each other crosswise.
        let authors = texts.iter().map(|arrival| arrival.inbound.from.as_str());
        let refusing = refusals.iter().map(|refusal| refusal.address.as_str());
        tx.lock_addresses(&authors.chain(refusing).collect::<Vec<_>>()).await?;
        tx.settle(&settled.iter().map(|settled| (&settled.settlement, settled.at)).collect::<Vec<_>>()).await?;
        receipt::keep(&tx, &receipts).await?;
        if let Some(at) = at(&receipts, &settled) {
            tx.opt_out(&refusals, at.timestamp_millis()).await?;
        }
        let senders = receive::receive(&tx, &self.directory, &texts).await?;
        tx.commit().await?;
        self.bell.ring(senders);
        Ok(())
    }
}

/// The items by kind, each in order of arrival.
#[derive(Default)]
struct Sorted<'a> {
    texts: Vec<&'a Arrival>,
    receipts: Vec<&'a ArrivedReceipt>,
    settled: Vec<&'a SettledSend>,
}

fn sort(items: &[Write]) -> Sorted<'_> {
    let mut sorted = Sorted::default();
    for item in items {
        match item {
            Write::Text(arrival) => sorted.texts.push(arrival),
            Write::Receipt(receipt) => sorted.receipts.push(receipt),
            Write::Settled(settled) => sorted.settled.push(settled),
        }
    }
    sorted
}

/// The time of a batch's opt-outs.
fn at(receipts: &[&ArrivedReceipt], settled: &[&SettledSend]) -> Option<DateTime<Utc>> {
    let last_receipt = receipts.iter().map(|receipt| receipt.received_at).max();
    last_receipt.max(settled.iter().map(|settled| settled.at).max())
}
