//! What happens at the counter: sales, visits, refunds, adjustments, actions, vouchers. Each order is one transaction; the
//! same order again changes nothing and is answered as before.

mod orders;

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

pub use orders::{Done, NotDone, Order, What};

use super::{
    directory::LiveDirectory,
    ledger::{Holder, person},
};
use crate::{
    domain::{
        money::AMOUNT_MAX,
        program::{
            Program,
            award::{Award, Line},
            earn::Event,
            sale::{ITEMS_MAX, Item, Sale},
        },
        purse::{
            Change, Occasion, Person, Purse,
            books::Versions,
            draw::{Draw, typed},
            refund::{NotRefunded, Returned},
            sale::SaleRecord,
            spend::Purchase,
        },
        shop::Shop,
    },
    secrets::random_bytes,
    store::{
        Store, StoreError, Transaction,
        purses::{LedgerWrites, NewSale},
    },
};

/// How often an order is tried when another writer is in the way.
const TRIES: usize = 3;

/// Takes orders.
#[derive(Clone, Copy)]
pub struct Till<'a> {
    /// Where to write.
    pub store: &'a Store,
    /// Who is here.
    pub directory: &'a LiveDirectory,
    /// The time.
    pub now: DateTime<Utc>,
}

/// A member at the counter: their purse in the shop's program, with all that was due by now.
struct AtCounter {
    purse_id: Uuid,
    program: Arc<Program>,
    person: Person,
    purse: Purse,
    ticked: Option<Change>,
}

impl Till<'_> {
    /// Does what is ordered.
    ///
    /// # Errors
    /// Why it was not done; nothing has happened then.
    pub async fn take(&self, order: &Order) -> Result<Done, NotDone> {
        let mut tries = 1;
        loop {
            match self.try_once(order).await {
                // A code that was drawn may be there already: another try draws another.
                Err(NotDone::Store(error)) if tries < TRIES && (error.is_passing() || error.is_conflict()) => {
                    tries += 1
                }
                outcome => return outcome,
            }
        }
    }

    async fn try_once(&self, order: &Order) -> Result<Done, NotDone> {
        let shop = self.directory.read().directory.shop(order.shop_id).cloned().ok_or(NotDone::NoSuchShop)?;
        let referrer = self.store.address_of_referrer(shop.merchant_id, &order.address, shop.program_id).await?;
        let tx = self.store.begin().await?;
        let addresses: Vec<&str> = std::iter::once(order.address.as_str()).chain(referrer.as_deref()).collect();
        tx.lock_addresses(&addresses).await?;
        let mut writes = LedgerWrites::default();
        let done = match &order.what {
            What::Sale(sale) => self.sell(&tx, &shop, order, sale, &mut writes).await?,
            What::Refund { sale_id, returned, refund_id } => {
                self.refund(&tx, &shop, order, (sale_id, returned, refund_id), &mut writes).await?
            }
            _ => self.do_simple(&tx, &shop, order, &mut writes).await?,
        };
        tx.write_ledger(&writes).await?;
        tx.commit().await?;
        Ok(done)
    }

    async fn sell(
        &self,
        tx: &Transaction,
        shop: &Shop,
        order: &Order,
        sale: &Sale,
        writes: &mut LedgerWrites,
    ) -> Result<Done, NotDone> {
        check_sale(sale, self.now)?;
        let id = sale_uuid(shop.id, &sale.id);
        let member = self.at_counter(tx, shop, &order.address).await?;
        if let Some((purse_id, _, record)) = tx.sale(id).await? {
            if purse_id != member.purse_id {
                return Err(NotDone::SaleOfAnother);
            }
            let record: SaleRecord = read(&record)?;
            return Ok(Done { award: record.award, is_repeat: true, ..Done::of(&member.purse, &member.program) });
        }
        let judge = self.directory.read().directory.program_at(shop.program_id, sale.at).cloned();
        let judge = judge.ok_or(NotDone::NoSuchShop)?;
        let versions = Versions { now: &member.program, judged: &judge };
        let occasion = self.occasion(order, "sale", id);
        let draw = &mut draw();
        let purse = member.purse.clone();
        let (change, mut record) = purse.sell(versions, &member.person, sale, shop.time_zone, occasion.clone(), draw);
        member.keep(&change, self.now, writes);
        if let Some((line, referrer)) = record.award.referrer.clone().zip(change.purse.referred_by) {
            record.referrer_thanked = self.thank(tx, referrer, &line, occasion, writes).await?;
        }
        let purse_id = member.purse_id;
        writes.sales.insert(id, self.sale_row(shop, (purse_id, judge.id), &record));
        Ok(Done { award: record.award, ..Done::by(&change, &member.program) })
    }

    async fn refund(
        &self,
        tx: &Transaction,
        shop: &Shop,
        order: &Order,
        (sale_id, returned, refund_id): (&str, &Returned, &str),
        writes: &mut LedgerWrites,
    ) -> Result<Done, NotDone> {
        let id = sale_uuid(shop.id, sale_id);
        let (purse_id, program_id, record) = tx.sale(id).await?.ok_or(NotDone::NoSuchSale)?;
        let record: SaleRecord = read(&record)?;
        let member = self.at_counter(tx, shop, &order.address).await?;
        if member.purse_id != purse_id {
            return Err(NotDone::NoSuchSale);
        }
        if let Some(refunded) = record.refunds.iter().find(|refunded| refunded.id == refund_id) {
            let done = Done::of(&member.purse, &member.program);
            return Ok(Done { taken_back: refunded.points, is_repeat: true, ..done });
        }
        let judge = self.directory.read().directory.program_version(program_id, record.version).cloned();
        let judge = judge.ok_or(NotDone::NoSuchSale)?;
        let versions = Versions { now: &member.program, judged: &judge };
        let occasion = self.occasion(order, "refund", format!("{id}/{refund_id}"));
        let refund = member.purse.clone().refund(versions, &record, returned, refund_id, occasion.clone(), &mut draw());
        let refund = refund.map_err(|refused| match refused {
            NotRefunded::TooMuch(left) => NotDone::TooMuch(judge.currency.write(left)),
            other => other.into(),
        })?;
        member.keep(&refund.change, self.now, writes);
        if let Some((line, referrer)) = refund.unthank.zip(refund.change.purse.referred_by) {
            self.unthank(tx, referrer, (&line, record.written_on), occasion, writes).await?;
        }
        writes.sales.insert(id, self.sale_row(shop, (purse_id, program_id), &refund.record));
        Ok(Done { taken_back: refund.refunded.points, ..Done::by(&refund.change, &member.program) })
    }

    /// What needs nothing but the member's purse.
    async fn do_simple(
        &self,
        tx: &Transaction,
        shop: &Shop,
        order: &Order,
        writes: &mut LedgerWrites,
    ) -> Result<Done, NotDone> {
        let member = self.at_counter(tx, shop, &order.address).await?;
        let (purse, program, draw) = (member.purse.clone(), &*member.program, &mut draw());
        let occasion = self.occasion(order, order.what.kind(), order.key.as_str());
        let first = Uuid::new_v5(&member.purse_id, format!("{}:{}:0", order.what.kind(), order.key).as_bytes());
        if order.what.is_keyed() && tx.entry_exists(first).await? {
            return Ok(Done { is_repeat: true, ..Done::of(&purse, program) });
        }
        let (change, award) = match &order.what {
            What::Adjust { points, .. } => (purse.adjust(program, *points, occasion, draw)?, Award::default()),
            What::Action(rule) => {
                if program.actions().all(|(known, _)| known.id != *rule) {
                    return Err(NotDone::NoSuchAction(rule.clone()));
                }
                purse.earn(program, &member.person, Event::Action(rule), shop.time_zone, occasion, draw)
            }
            What::Prolong => {
                program.membership.as_ref().ok_or(NotDone::NoMembership)?;
                (purse.prolong(program, occasion, draw), Award::default())
            }
            What::Issue { reward, points } => {
                let issued = tx.stock_issued(&[program.id]).await?;
                let issued = issued.iter().find(|(_, known, _)| known == reward).map_or(0, |(.., issued)| *issued);
                let stock_left = program.reward(reward).and_then(|reward| reward.stock).map(|stock| stock - issued);
                let wanted = Purchase { reward, points: *points, stock_left };
                (purse.issue(program, wanted, occasion, draw)?, Award::default())
            }
            What::Redeem(code) => {
                let occasion = self.occasion(order, "redeemed", typed(code));
                let change = purse.redeem(program, &typed(code), occasion, draw);
                (self.ended(tx, program, code, change).await?, Award::default())
            }
            What::Cancel(code) => {
                let occasion = self.occasion(order, "cancelled", typed(code));
                let change = purse.cancel(program, &typed(code), occasion, draw);
                (self.ended(tx, program, code, change).await?, Award::default())
            }
            What::Sale(_) | What::Refund { .. } => unreachable!("these have a way of their own"),
        };
        member.keep(&change, self.now, writes);
        Ok(Done { award, ..Done::by(&change, program) })
    }

    /// A voucher that is none any more: why.
    async fn ended(
        &self,
        tx: &Transaction,
        program: &Program,
        code: &str,
        change: Option<Change>,
    ) -> Result<Change, NotDone> {
        match change {
            Some(change) => Ok(change),
            None => match tx.voucher(program.id, &typed(code)).await? {
                Some((_, state)) if state == "issued" => Err(NotDone::NotTheirs),
                Some((_, state)) => Err(NotDone::VoucherEnded(state)),
                None => Err(NotDone::NoSuchVoucher),
            },
        }
    }

    async fn thank(
        &self,
        tx: &Transaction,
        referrer: Uuid,
        line: &Line,
        occasion: Occasion,
        writes: &mut LedgerWrites,
    ) -> Result<bool, NotDone> {
        let Some(friend) = self.by_purse(tx, referrer).await? else { return Ok(false) };
        let change = friend.purse.clone().thank(&friend.program, line, friend_of(occasion), &mut draw());
        if let Some(change) = &change {
            friend.keep(change, self.now, writes);
        }
        Ok(change.is_some())
    }

    async fn unthank(
        &self,
        tx: &Transaction,
        referrer: Uuid,
        (line, day): (&Line, chrono::NaiveDate),
        occasion: Occasion,
        writes: &mut LedgerWrites,
    ) -> Result<(), NotDone> {
        let Some(friend) = self.by_purse(tx, referrer).await? else { return Ok(()) };
        let change = friend.purse.clone().unthank(&friend.program, line, day, friend_of(occasion), &mut draw());
        friend.keep(&change, self.now, writes);
        Ok(())
    }

    async fn at_counter(&self, tx: &Transaction, shop: &Shop, address: &str) -> Result<AtCounter, NotDone> {
        let holder = tx.holder_by_address(shop.merchant_id, address).await?.ok_or(NotDone::NoSuchMember)?;
        let purses = tx.purses_of(&[holder.member_id]).await?;
        let row = purses.into_iter().find(|row| row.program_id == shop.program_id).ok_or(NotDone::NoSuchMember)?;
        let person = person(holder.birthday.as_deref(), holder.answers);
        self.ticked(row.id, row.program_id, row.purse, person).ok_or(NotDone::NoSuchShop)
    }

    async fn by_purse(&self, tx: &Transaction, id: Uuid) -> Result<Option<AtCounter>, NotDone> {
        let Some(row) = tx.purses(&[id]).await?.pop() else { return Ok(None) };
        let Some(holder) = tx.holder(row.member_id).await? else { return Ok(None) };
        let person = person(holder.birthday.as_deref(), holder.answers);
        Ok(self.ticked(row.id, row.program_id, row.purse, person))
    }

    fn ticked(&self, purse_id: Uuid, program_id: Uuid, purse: Purse, person: Person) -> Option<AtCounter> {
        let program = self.directory.read().directory.program_at(program_id, self.now).cloned()?;
        let is_due = purse.next_due(&program, &person, self.now).is_some_and(|due| due <= self.now);
        let ticked = is_due.then(|| purse.clone().tick(&program, &person, self.now, &mut draw()));
        let purse = ticked.as_ref().map_or(purse, |change| change.purse.clone());
        Some(AtCounter { purse_id, program, person, purse, ticked })
    }

    fn occasion(&self, order: &Order, kind: &'static str, id: impl ToString) -> Occasion {
        Occasion {
            cause: crate::domain::purse::Cause::new(kind, id.to_string()),
            at: self.now,
            shop_id: Some(order.shop_id),
            actor: order.actor.clone(),
            reason: order.what.reason().map(str::to_owned),
        }
    }

    fn sale_row(&self, shop: &Shop, (purse_id, program_id): (Uuid, Uuid), record: &SaleRecord) -> NewSale {
        NewSale {
            shop_id: shop.id,
            sale_id: record.sale.id.clone(),
            purse_id,
            program_id,
            record: serde_json::to_string(record).unwrap_or_default(),
            happened_at: record.sale.at.timestamp_millis(),
            created_at: self.now.timestamp_millis(),
        }
    }
}

impl AtCounter {
    /// Adds what happened, and what was due before it.
    fn keep(&self, change: &Change, now: DateTime<Utc>, writes: &mut LedgerWrites) {
        let holder = Holder { purse_id: self.purse_id, program: &self.program, person: &self.person };
        if let Some(ticked) = &self.ticked {
            holder.keep(ticked, now, writes);
        }
        holder.keep(change, now, writes);
    }
}

/// How far a till's clock may be ahead of ours.
const AHEAD_MAX: Duration = Duration::minutes(10);
/// The most of one article in a sale.
const QUANTITY_MAX: i64 = 100_000;
/// The largest amount, in the smallest unit of any currency.
const MINOR_MAX: i64 = AMOUNT_MAX * 1000;

/// What a till can have sold.
fn check_sale(sale: &Sale, now: DateTime<Utc>) -> Result<(), NotDone> {
    let amounts = |item: &Item| (1..=QUANTITY_MAX).contains(&item.quantity) && item.unit_price.abs() <= MINOR_MAX;
    let wrong = if sale.id.trim().is_empty() || sale.id.chars().count() > 100 {
        "a sale has a number of 1 to 100 characters"
    } else if !(0..=MINOR_MAX).contains(&sale.amount) {
        "the amount is not below zero, and at most a thousand million"
    } else if !(0..=sale.amount).contains(&sale.tax) {
        "the tax is within the amount"
    } else if sale.items.len() > ITEMS_MAX || !sale.items.iter().all(amounts) {
        "a sale has at most 200 lines, each of 1 to 100000 articles at a price that can be"
    } else if sale.at > now + AHEAD_MAX {
        "a sale is not in the future; is the till's clock right?"
    } else {
        return Ok(());
    };
    Err(NotDone::NoSale(wrong))
}

/// The thanks for a friend are the referrer's own, and another's purchase is their cause.
fn friend_of(occasion: Occasion) -> Occasion {
    let kind = if occasion.cause.kind == "refund" { "referral_reversed" } else { "referral" };
    let id = occasion.cause.id;
    Occasion { cause: crate::domain::purse::Cause::new(kind, id), ..occasion }
}

fn draw() -> Draw {
    Draw::new(random_bytes().unwrap_or_default())
}

/// Our id of a sale: the same number of the same shop always has the same.
pub fn sale_uuid(shop_id: Uuid, sale_id: &str) -> Uuid {
    Uuid::new_v5(&shop_id, sale_id.as_bytes())
}

fn read(record: &str) -> Result<SaleRecord, NotDone> {
    let corrupt = |error| StoreError::Corrupt(format!("sale.record: {error}"));
    Ok(serde_json::from_str(record).map_err(corrupt)?)
}
