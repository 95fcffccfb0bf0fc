//! What happens at the counter: sales, visits, refunds, adjustments, actions, vouchers. Orders that arrive together share a
//! commit; each is done as a whole or not at all, and the same order again changes nothing and is answered as before.

mod deeds;
mod desk;
mod orders;
pub mod outcome;
pub mod standing;
mod strangers;
mod telling;
pub mod voucher;

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use uuid::Uuid;

pub use deeds::sale_uuid;
pub use orders::{Done, NotDone, Once, Order, Taken, What, Whom};
pub use strangers::Terms;

use self::{deeds::first_entry, desk::Desk};
use super::{
    batch::{NotTaken, Queue},
    directory::{Known, LiveDirectory},
    silence,
    write::{Wakes, Write},
};
use crate::{
    domain::purse::draw::typed,
    store::{
        Result as Stored, Store, StoreError, Transaction,
        invitations::StrangerKey,
        orders::{OrderKey, OrdersKnown},
        purses::PurseRow,
    },
};

/// How often an order is tried when another writer is in the way.
const TRIES: usize = 3;

/// An order with the way back for its answer.
pub struct Placed {
    /// What is ordered.
    pub order: Order,
    /// The key under which it is done once.
    pub once: Option<Once>,
    /// When it arrived.
    pub at: DateTime<Utc>,
    outcome: Mutex<Option<Result<Taken, NotDone>>>,
}

impl Placed {
    /// An order that arrived now.
    pub fn new(order: Order, once: Option<Once>, at: DateTime<Utc>) -> Self {
        Self { order, once, at, outcome: Mutex::default() }
    }

    /// Puts the answer where [`place`] finds it; it counts once the batch is committed.
    pub(super) fn answer(&self, outcome: Result<Taken, NotDone>) {
        *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
    }

    /// What was answered.
    pub(super) fn outcome(&self) -> Result<Taken, NotDone> {
        let outcome = self.outcome.lock().unwrap_or_else(PoisonError::into_inner).take();
        outcome.unwrap_or_else(|| Err(StoreError::Unavailable("the writer has stopped".to_owned()).into()))
    }
}

/// Hands an order into the stream of writes and waits until it is durable.
///
/// # Errors
/// Why it was not done; nothing has happened then.
pub async fn place(
    writes: &Queue<Write>,
    order: Order,
    once: Option<Once>,
    now: DateTime<Utc>,
) -> Result<Taken, NotDone> {
    let placed = Arc::new(Placed::new(order, once, now));
    match writes.put(Write::Order(Arc::clone(&placed))).await {
        Ok(()) => placed.outcome(),
        Err(NotTaken::QueueFull) => Err(NotDone::QueueFull),
        Err(NotTaken::Unavailable) => Err(StoreError::Unavailable("the store does not answer".to_owned()).into()),
        Err(NotTaken::Poisoned) => Err(StoreError::Refused("this order could not be written".to_owned()).into()),
    }
}

/// Takes orders where no gateway runs: each in a transaction of its own.
#[derive(Clone, Copy)]
pub struct Till<'a> {
    /// Where to write.
    pub store: &'a Store,
    /// Who is here.
    pub directory: &'a LiveDirectory,
    /// The time.
    pub now: DateTime<Utc>,
}

impl Till<'_> {
    /// Does what is ordered.
    ///
    /// # Errors
    /// Why it was not done; nothing has happened then.
    pub async fn take(&self, order: Order) -> Result<Taken, NotDone> {
        let placed = Placed::new(order, None, self.now);
        let mut tries = 1;
        loop {
            match self.try_once(&placed).await {
                // A code that was drawn may be there already: another try draws another.
                Err(error) if tries < TRIES && (error.is_passing() || error.is_conflict()) => tries += 1,
                Err(error) => return Err(error.into()),
                Ok(()) => return placed.outcome(),
            }
        }
    }

    async fn try_once(&self, placed: &Placed) -> Stored<()> {
        let tx = self.store.begin().await?;
        let orders = [placed];
        let addresses = addresses(&tx, self.directory, &orders).await?;
        tx.lock_addresses(&addresses.iter().map(String::as_str).collect::<Vec<_>>()).await?;
        take_all(&tx, self.directory, &Terms::default(), &orders, self.now).await?;
        tx.commit().await
    }
}

/// The people whose purses these orders change: they must be locked before [`take_all`].
pub(super) async fn addresses(tx: &Transaction, directory: &LiveDirectory, orders: &[&Placed]) -> Stored<Vec<String>> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let coded = codes(orders);
    let keys = keys(&directory.read(), orders, &coded);
    let mut addresses = tx.addresses_of_orders(&keys).await?;
    // A stranger who may be invited is nobody's member yet.
    let strangers = orders.iter().filter(|placed| placed.order.invites);
    addresses.extend(strangers.filter_map(|placed| match &placed.order.whom {
        Whom::Address(address) => Some(address.clone()),
        _ => None,
    }));
    Ok(addresses)
}

/// Does what is ordered, in the order of arrival; each order is answered on its own. Answers who has something to
/// send or to tell now.
pub(super) async fn take_all(
    tx: &Transaction,
    directory: &LiveDirectory,
    terms: &Terms,
    orders: &[&Placed],
    now: DateTime<Utc>,
) -> Stored<Wakes> {
    if orders.is_empty() {
        return Ok(Wakes::default());
    }
    let coded = codes(orders);
    let keys = keys(&directory.read(), orders, &coded);
    let found = tx.look_up_orders(&keys).await?;
    let entries = tx.entries_known(&first_entries(orders, &keys, &found)).await?;
    let stock = tx.stock_issued(&stocked(orders, &keys)).await?;
    let friends: Vec<Uuid> = found.purses.iter().filter_map(|row| row.purse.referred_by).collect();
    let friends = tx.purses(&friends).await?;
    let mut holders = Vec::with_capacity(friends.len());
    for friend in &friends {
        holders.extend(tx.holder(friend.member_id).await?);
    }
    let unknown = strangers(orders, &keys, &found);
    let mut strangers = tx.look_up_strangers(&unknown).await?;
    let talked = |key: &&StrangerKey<'_>| {
        strangers
            .conversations
            .iter()
            .all(|row| row.sender_id != key.sender_id || Some(row.address.as_str()) != key.address)
    };
    let new: Vec<_> = unknown.iter().filter(talked).filter_map(|key| Some((key.sender_id, key.address?))).collect();
    strangers.conversations.extend(silence::recall(tx, directory, &new).await?);
    let writes = {
        let known = directory.read();
        let mut desk = Desk::new(&known, now, terms, found);
        desk.take_in_strangers(strangers);
        desk.take_in(holders, friends);
        desk.take_in_counts(stock, entries);
        for (place, placed) in orders.iter().enumerate() {
            placed.answer(desk.take(place, placed));
        }
        desk.writes
    };
    let tells = tx.write(&writes).await?;
    Ok(Wakes::of(&writes, tells))
}

/// The codes of vouchers that are named, as they are kept.
fn codes(orders: &[&Placed]) -> Vec<Option<String>> {
    orders.iter().map(|placed| placed.order.what.voucher().map(typed)).collect()
}

/// By what the orders are known. One at a shop that there is not is known by nothing.
fn keys<'a>(known: &Known, orders: &'a [&'a Placed], codes: &'a [Option<String>]) -> Vec<OrderKey<'a>> {
    let key = |(placed, code): (&&'a Placed, &'a Option<String>)| {
        let Placed { order, once, .. } = *placed;
        let shop = known.directory.shop(order.shop_id);
        let nil = Uuid::nil();
        OrderKey {
            merchant_id: shop.map_or(nil, |shop| shop.merchant_id),
            shop_id: order.shop_id,
            program_id: shop.map_or(nil, |shop| shop.program_id),
            sender_id: shop.map_or(nil, |shop| shop.sender_id),
            address: match &order.whom {
                Whom::Address(address) => Some(address),
                _ => None,
            },
            member_id: match order.whom {
                Whom::Member(id) => Some(id),
                _ => None,
            },
            code: code.as_deref(),
            sale_id: order.what.sale_uuid(order.shop_id),
            scope: once.as_ref().map(|once| once.scope),
            once: once.as_ref().map(|once| once.key.as_str()),
        }
    };
    orders.iter().zip(codes).map(key).collect()
}

/// Those orders that may be about somebody who was invited, or may be: nobody's member in the shop's program, or a return of a
/// sale that is not known.
fn strangers<'a>(orders: &[&Placed], keys: &[OrderKey<'a>], found: &OrdersKnown) -> Vec<StrangerKey<'a>> {
    let is_member = |place: usize, key: &OrderKey<'_>| {
        let member_id = found.who.get(&place);
        let is_theirs = |row: &PurseRow| Some(&row.member_id) == member_id && row.program_id == key.program_id;
        found.purses.iter().any(is_theirs)
    };
    let is_unknown = |sale_id: Option<Uuid>| found.sales.iter().all(|(known, ..)| Some(*known) != sale_id);
    let may_be = |(place, (placed, key)): &(usize, (&&Placed, &OrderKey<'_>))| match placed.order.what {
        What::Refund { .. } => is_unknown(key.sale_id),
        _ => placed.order.invites && !is_member(*place, key),
    };
    let stranger = |(_, (_, key)): (usize, (&&Placed, &OrderKey<'a>))| StrangerKey {
        shop_id: key.shop_id,
        sender_id: key.sender_id,
        address: key.address,
        sale_id: key.sale_id,
    };
    orders.iter().zip(keys).enumerate().filter(may_be).map(stranger).collect()
}

/// The first entries that keyed orders leave: where one is there, its order was done before.
fn first_entries(orders: &[&Placed], keys: &[OrderKey<'_>], found: &OrdersKnown) -> Vec<Uuid> {
    let first = |(place, (placed, key)): (usize, (&&Placed, &OrderKey<'_>))| {
        let member_id = found.who.get(&place).filter(|_| placed.order.what.is_keyed())?;
        let is_theirs = |row: &&PurseRow| row.member_id == *member_id && row.program_id == key.program_id;
        Some(first_entry(found.purses.iter().find(is_theirs)?.id, &placed.order))
    };
    orders.iter().zip(keys).enumerate().filter_map(first).collect()
}

/// The programs of rewards that are bought: there may not be enough of them.
fn stocked(orders: &[&Placed], keys: &[OrderKey<'_>]) -> Vec<Uuid> {
    let bought = orders.iter().zip(keys).filter(|(placed, _)| matches!(placed.order.what, What::Issue { .. }));
    let mut programs: Vec<Uuid> = bought.map(|(_, key)| key.program_id).collect();
    programs.sort_unstable();
    programs.dedup();
    programs
}
