//! The one stream of writes that decides the pace of everything: texts, receipts and settled sends share their commits.
//!
//! Waking a thread costs as much as writing ten rows, and a commit is an fsync: so whatever has gathered while the last
//! commit was on its way goes into the next one, whichever its kind.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use super::{
    batch::WriteBatch,
    directory::LiveDirectory,
    receipt::{self, ArrivedReceipt},
    receive::{self, Arrival},
    recent::Recent,
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
    /// The node that had claimed it.
    pub node: Arc<str>,
    /// The person.
    pub address: String,
    /// Set when the carrier says that the person opted out.
    pub refusal: Option<CarrierRefusal>,
    /// When.
    pub at: DateTime<Utc>,
}

impl SettledSend {
    fn settlement(&self) -> (&Settlement, &str, DateTime<Utc>) {
        (&self.settlement, &self.node, self.at)
    }

    /// The person whose conversation this reads or writes.
    fn affected(&self) -> Option<&str> {
        (self.settlement.state.is_queued() || self.refusal.is_some()).then_some(self.address.as_str())
    }
}

/// Writes batches of whatever has gathered.
pub struct Writer {
    /// Where to.
    pub store: Store,
    /// Who is here.
    pub directory: Arc<LiveDirectory>,
    /// Rung when there is something to send.
    pub bell: Bell,
    /// What was lately seen.
    pub recent: Recent,
    /// Within this time an equal text counts as a repeat; zero: never.
    pub equal_text: Duration,
}

impl WriteBatch for Writer {
    type Item = Write;

    async fn write(&self, items: &[Write]) -> Result<()> {
        let Sorted { texts, receipts, settled } = sort(items);
        let tx = self.store.begin().await?;
        // All locks before any row is touched, so that two nodes never wait for each other crosswise.
        let authors = texts.iter().map(|arrival| arrival.inbound.from.as_str());
        let refusing = receipts.iter().filter_map(|arrived| arrived.refusing());
        let settling = settled.iter().filter_map(|settled| settled.affected());
        tx.lock_addresses(&authors.chain(refusing).chain(settling).collect::<Vec<_>>()).await?;
        tx.settle(&settled.iter().map(|settled| settled.settlement()).collect::<Vec<_>>()).await?;
        let mut refusals = receipt::refusals(&tx, &self.directory, &receipts).await?;
        receipt::keep(&tx, &receipts).await?;
        refusals.extend(settled.iter().filter_map(|settled| settled.refusal.clone()));
        if let Some(at) = at(&receipts, &settled) {
            tx.opt_out(&refusals, at.timestamp_millis()).await?;
        }
        let (senders, seen) = receive::receive(&tx, &self.directory, &self.recent, self.equal_text, &texts).await?;
        tx.commit().await?;
        self.recent.keep(seen);
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
