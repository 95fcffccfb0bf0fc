//! The one stream of writes that decides the pace of everything: texts, receipts and settled sends share their commits.
//!
//! Waking a thread costs as much as writing ten rows, and a commit is an fsync: so whatever has gathered while the last
//! commit was on its way goes into the next one, whichever its kind.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::{
    batch::WriteBatch,
    directory::LiveDirectory,
    events,
    receipt::{self, ArrivedReceipt},
    receive::{self, Arrival, Received},
    recent::Recent,
    staff,
    tail::Tail,
    till::{self, Placed, Terms},
};
use crate::{
    bell::Bell,
    config,
    store::{
        Result, Store, Transaction, consent::CarrierRefusal, failed::Reports, outbox::Settlement, receiving::Writes,
    },
};

/// Something to write.
pub enum Write {
    /// A text came in.
    Text(Box<Arrival>),
    /// A receipt came in.
    Receipt(Box<ArrivedReceipt>),
    /// A send was answered.
    Settled(Box<SettledSend>),
    /// Something was ordered at the counter.
    Order(Arc<Placed>),
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
    /// Rung when there may be events to deliver.
    pub event_bell: Bell,
    /// What was lately seen.
    pub recent: Recent,
    /// Within this time an equal text counts as a repeat; zero: never.
    pub equal_text: Duration,
    /// How much staff may record by text.
    pub staff: config::Staff,
    /// On what terms strangers are invited.
    pub terms: Terms,
    /// What passes, for whoever runs the gateway.
    pub tail: Arc<Tail>,
}

impl WriteBatch for Writer {
    type Item = Write;

    async fn write(&self, items: &[Write]) -> Result<()> {
        let Sorted { texts, receipts, settled, orders } = sort(items);
        let tx = self.store.begin().await?;
        // All locks before any row is touched, so that two nodes never wait for each other crosswise.
        let authors = texts.iter().map(|arrival| arrival.inbound.from.as_str());
        let refusing = receipts.iter().filter_map(|arrived| arrived.refusing());
        let settling = settled.iter().filter_map(|settled| settled.affected());
        let by_staff = staff::read(&tx, &self.directory, &texts).await?;
        let guesses = by_staff.iter().flat_map(|ordered| ordered.guesses());
        let all: Vec<&Placed> = orders.iter().copied().chain(guesses).collect();
        let ordered = till::addresses(&tx, &self.directory, &all).await?;
        let ordering = ordered.iter().map(String::as_str);
        tx.lock_addresses(&authors.chain(refusing).chain(settling).chain(ordering).collect::<Vec<_>>()).await?;
        let heard_at = at(&receipts, &settled);
        let silenced_tells = self.silence_refusing(&tx, &receipts, &settled, heard_at).await?;
        let reports = Reports {
            settlements: settled.iter().map(|settled| settled.settlement()).collect(),
            receipts: receipt::rows(&receipts),
            failing: receipt::failing(&receipts),
        };
        let to_staff: Vec<_> = by_staff.iter().map(|ordered| ordered.key()).collect();
        let world = (&*self.directory, &self.recent, self.equal_text);
        let Received { decided, mut wakes, seen, to_staff, failed } =
            receive::receive(&tx, world, (&texts, &to_staff), &reports).await?;
        wakes.tells |= silenced_tells | events::tell_failed(&tx, failed, heard_at).await?;
        let by_staff: Vec<_> = by_staff.iter().filter(|ordered| to_staff.contains(&ordered.key())).collect();
        if by_staff.is_empty() && orders.is_empty() {
            wakes.tells |= tx.write_and_commit(decided).await?;
        } else {
            wakes.tells |= tx.write_prepared(decided).await?;
            wakes.add(staff::take_all(&tx, &self.directory, (&self.staff, &self.terms), &by_staff).await?);
            if let Some(now) = orders.iter().map(|placed| placed.at).max() {
                wakes.add(till::take_all(&tx, &self.directory, &self.terms, &orders, now).await?);
            }
            tx.commit().await?;
        }
        self.recent.keep(seen);
        self.tail.keep(items);
        self.bell.ring(wakes.senders);
        self.event_bell.ring(wakes.tells.then(Uuid::nil));
        Ok(())
    }
}

impl Writer {
    /// Opts out whom carriers report to have opted out; whether somebody's own systems are to be told of it. Before anything is
    /// read of anybody, so that it counts for the texts of this batch.
    async fn silence_refusing(
        &self,
        tx: &Transaction,
        receipts: &[&ArrivedReceipt],
        settled: &[&SettledSend],
        at: DateTime<Utc>,
    ) -> Result<bool> {
        let mut refusals = receipt::refusals(tx, &self.directory, receipts).await?;
        refusals.extend(settled.iter().filter_map(|settled| settled.refusal.clone()));
        let silenced = tx.opt_out(&refusals, at.timestamp_millis()).await?;
        events::tell_opted_out(tx, &self.directory, &silenced, at).await
    }
}

/// Whom a commit wakes.
#[derive(Debug, Default)]
pub struct Wakes {
    /// The senders that have something to send.
    pub senders: Vec<Uuid>,
    /// Whether there are events to deliver.
    pub tells: bool,
}

impl Wakes {
    /// What was written, of which these rows are to be sent.
    pub(super) fn of(writes: &Writes, tells: bool) -> Self {
        let senders: BTreeSet<Uuid> = writes.outbox.iter().map(|row| row.sender_id).collect();
        Self { senders: senders.into_iter().collect(), tells }
    }

    fn add(&mut self, more: Self) {
        self.senders.extend(more.senders);
        self.tells |= more.tells;
    }
}

/// The items by kind, each in order of arrival.
#[derive(Default)]
struct Sorted<'a> {
    texts: Vec<&'a Arrival>,
    receipts: Vec<&'a ArrivedReceipt>,
    settled: Vec<&'a SettledSend>,
    orders: Vec<&'a Placed>,
}

fn sort(items: &[Write]) -> Sorted<'_> {
    let mut sorted = Sorted::default();
    for item in items {
        match item {
            Write::Text(arrival) => sorted.texts.push(arrival),
            Write::Receipt(receipt) => sorted.receipts.push(receipt),
            Write::Settled(settled) => sorted.settled.push(settled),
            Write::Order(placed) => sorted.orders.push(placed),
        }
    }
    sorted
}

/// The time of what a batch reports.
fn at(receipts: &[&ArrivedReceipt], settled: &[&SettledSend]) -> DateTime<Utc> {
    let last_receipt = receipts.iter().map(|receipt| receipt.received_at).max();
    last_receipt.max(settled.iter().map(|settled| settled.at).max()).unwrap_or_default()
}
