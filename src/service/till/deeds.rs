//! What is done for one order: decided from the purse alone, and kept as a whole or not at all.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use uuid::Uuid;

use super::{
    Done, NotDone, Order, Placed, Taken, What,
    desk::{AtCounter, Desk, draw},
};
use crate::domain::{
    money::AMOUNT_MAX,
    program::{
        award::{Award, Line},
        earn::Event,
        sale::{ITEMS_MAX, Item, Sale},
    },
    purse::{
        Cause, Occasion,
        books::Versions,
        draw::typed,
        entry::entry_id,
        refund::{NotRefunded, Returned},
        spend::Purchase,
    },
    shop::Shop,
};
use crate::service::events::OfSale;

impl Desk<'_> {
    /// Does what is ordered; what is refused leaves nothing behind.
    pub(super) fn take(&mut self, place: usize, placed: &Placed) -> Result<Taken, NotDone> {
        if let Some(once) = &placed.once
            && let Some(answered) = self.answered(once)?
        {
            return Ok(answered);
        }
        let order = &placed.order;
        let shop = self.known.directory.shop(order.shop_id).cloned().ok_or(NotDone::NoSuchShop)?;
        let done = match &order.what {
            What::Sale(sale) => self.sell(place, &shop, order, sale),
            What::Refund { sale_id, returned, refund_id } => {
                self.refund(place, &shop, order, (sale_id, returned, refund_id))
            }
            _ => self.do_simple(place, &shop, order),
        };
        let taken = match done {
            Ok(done) => Taken::Done(Box::new(done)),
            Err(refused) => self.wait_instead(&shop, order, refused)?,
        };
        if let Some(once) = &placed.once {
            self.keep_answer(once, &taken);
        }
        Ok(taken)
    }

    fn sell(&mut self, place: usize, shop: &Shop, order: &Order, sale: &Sale) -> Result<Done, NotDone> {
        check_sale(sale, self.now)?;
        let id = sale_uuid(shop.id, &sale.id);
        let member = self.at_counter(place, order, shop)?;
        if let Some((kept, record)) = self.sale(id)? {
            if kept.purse_id != member.purse_id {
                return Err(NotDone::SaleOfAnother);
            }
            if record.paid() != sale.amount {
                let currency = member.program.currency;
                let (recorded, given) = (currency.write(record.paid()), currency.write(sale.amount));
                return Err(NotDone::OtherAmount { recorded, given });
            }
            return Ok(Done { award: record.award, is_repeat: true, ..member.done() });
        }
        let judge = self.known.directory.program_at(shop.program_id, sale.at).cloned();
        let judge = judge.ok_or(NotDone::NoSuchShop)?;
        let versions = Versions { now: &member.program, judged: &judge };
        let occasion = self.occasion(order, "sale", id);
        let purse = member.purse.clone();
        let (change, mut record) =
            purse.sell(versions, &member.person, sale, shop.time_zone, occasion.clone(), &mut draw());
        self.keep_of_sale(&member, &change, &sale.id, OfSale::Sold(sale.amount, sale.at));
        if let Some((line, referrer)) = record.award.referrer.clone().zip(change.purse.referred_by) {
            record.referrer_thanked = self.thank(referrer, &line, occasion);
        }
        self.keep_sale(id, shop, (member.purse_id, judge.id), &record);
        Ok(Done { award: record.award, ..member.done_by(&change) })
    }

    fn refund(
        &mut self,
        place: usize,
        shop: &Shop,
        order: &Order,
        (sale_id, returned, refund_id): (&str, &Returned, &str),
    ) -> Result<Done, NotDone> {
        let id = sale_uuid(shop.id, sale_id);
        let (kept, record) = self.sale(id)?.ok_or(NotDone::NoSuchSale)?;
        let member = self.at_counter(place, order, shop)?;
        if member.purse_id != kept.purse_id {
            return Err(NotDone::NoSuchSale);
        }
        if let Some(refunded) = record.refunds.iter().find(|refunded| refunded.id == refund_id) {
            return Ok(Done { taken_back: refunded.points, is_repeat: true, ..member.done() });
        }
        let judge = self.known.directory.program_version(kept.program_id, record.version).cloned();
        let judge = judge.ok_or(NotDone::NoSuchSale)?;
        let versions = Versions { now: &member.program, judged: &judge };
        let occasion = self.occasion(order, "refund", format!("{id}/{refund_id}"));
        let purse = member.purse.clone();
        let refund = purse.refund(versions, &record, returned, refund_id, occasion.clone(), &mut draw());
        let refund = refund.map_err(|refused| match refused {
            NotRefunded::TooMuch(left) => NotDone::TooMuch(judge.currency.write(left)),
            other => other.into(),
        })?;
        let returned = OfSale::Returned(refund.refunded.amount, refund.record.stands);
        self.keep_of_sale(&member, &refund.change, sale_id, returned);
        if let Some((line, referrer)) = refund.unthank.zip(refund.change.purse.referred_by) {
            self.unthank(referrer, (&line, record.written_on), occasion);
        }
        self.keep_sale(id, shop, (kept.purse_id, kept.program_id), &refund.record);
        Ok(Done { taken_back: refund.refunded.points, ..member.done_by(&refund.change) })
    }

    /// What needs nothing but the member's purse.
    fn do_simple(&mut self, place: usize, shop: &Shop, order: &Order) -> Result<Done, NotDone> {
        if let Some(code) = order.what.voucher() {
            let wanted = if matches!(order.what, What::Reinstate(_)) { "redeemed" } else { "issued" };
            self.check_voucher(shop.program_id, code, wanted)?;
        }
        let member = self.at_counter(place, order, shop)?;
        let (purse, program) = (member.purse.clone(), &*member.program);
        let occasion = self.occasion(order, order.what.kind(), order.key.as_str());
        if order.what.is_keyed() && self.has_entry(first_entry(member.purse_id, order)) {
            return Ok(Done { is_repeat: true, ..member.done() });
        }
        let mut redeemed = None;
        let (change, award) = match &order.what {
            What::Adjust { points, .. } => (purse.adjust(program, *points, occasion, &mut draw())?, Award::default()),
            What::Action(rule) => {
                if program.actions().all(|(known, _)| known.id != *rule) {
                    return Err(NotDone::NoSuchAction(rule.clone()));
                }
                purse.earn(program, &member.person, Event::Action(rule), shop.time_zone, occasion, &mut draw())
            }
            What::Prolong => {
                program.membership.as_ref().ok_or(NotDone::NoMembership)?;
                (purse.prolong(program, occasion, &mut draw()), Award::default())
            }
            What::Issue { reward, points } => {
                let wanted = Purchase { reward, points: *points, stock_left: self.stock_left(program, reward) };
                (purse.issue(program, wanted, occasion, &mut draw())?, Award::default())
            }
            What::Redeem(code) => {
                redeemed = purse.vouchers.iter().find(|voucher| voucher.code == typed(code)).cloned();
                let occasion = self.occasion(order, "redeemed", typed(code));
                let change = purse.redeem(program, &typed(code), occasion, &mut draw());
                (change.ok_or_else(|| self.why_none(&member, code))?, Award::default())
            }
            What::Cancel(code) => {
                let occasion = self.occasion(order, "cancelled", typed(code));
                let change = purse.cancel(program, &typed(code), occasion, &mut draw());
                (change.ok_or_else(|| self.why_none(&member, code))?, Award::default())
            }
            What::Reinstate(voucher) => {
                let occasion = self.occasion(order, "reinstated", &voucher.code);
                let change = purse.reinstate(program, voucher, occasion, &mut draw());
                (change.ok_or(NotDone::NoSuchVoucher)?, Award::default())
            }
            What::Invite => return Ok(Done { is_repeat: true, ..member.done() }),
            What::Sale(_) | What::Refund { .. } => unreachable!("these have a way of their own"),
        };
        self.keep(&member, &change);
        Ok(Done { award, redeemed, ..member.done_by(&change) })
    }

    /// A voucher that is none any more: why. Somebody who holds a code may learn what became of it.
    fn check_voucher(&self, program_id: Uuid, code: &str, wanted: &str) -> Result<(), NotDone> {
        match self.state_of_voucher(program_id, &typed(code)) {
            Some(state) if state == wanted => Ok(()),
            Some(state) => Err(NotDone::VoucherEnded(state.to_owned())),
            None => Err(NotDone::NoSuchVoucher),
        }
    }

    /// Why a voucher that was issued is not in the member's purse: it has lapsed just now, or it is another's.
    fn why_none(&self, member: &AtCounter, code: &str) -> NotDone {
        if self.has_lapsed_now(member.purse_id, &typed(code)) {
            return NotDone::VoucherEnded("lapsed".to_owned());
        }
        NotDone::NotTheirs
    }

    fn thank(&mut self, referrer: Uuid, line: &Line, occasion: Occasion) -> bool {
        let Some(friend) = self.by_purse(referrer) else { return false };
        let change = friend.purse.clone().thank(&friend.program, line, friend_of(occasion), &mut draw());
        if let Some(change) = &change {
            self.keep(&friend, change);
        }
        change.is_some()
    }

    fn unthank(&mut self, referrer: Uuid, (line, day): (&Line, NaiveDate), occasion: Occasion) {
        let Some(friend) = self.by_purse(referrer) else { return };
        let change = friend.purse.clone().unthank(&friend.program, line, day, friend_of(occasion), &mut draw());
        self.keep(&friend, &change);
    }

    fn occasion(&self, order: &Order, kind: &'static str, id: impl ToString) -> Occasion {
        Occasion {
            cause: Cause::new(kind, id.to_string()),
            at: self.now,
            shop_id: Some(order.shop_id),
            actor: order.actor.clone(),
            reason: order.what.reason().map(str::to_owned),
        }
    }
}

/// How far a till's clock may be ahead of ours.
const AHEAD_MAX: Duration = Duration::minutes(10);
/// The most of one article in a sale.
const QUANTITY_MAX: i64 = 100_000;
/// The largest amount, in the smallest unit of any currency.
const MINOR_MAX: i64 = AMOUNT_MAX * 1000;

/// What a till can have sold.
pub(super) fn check_sale(sale: &Sale, now: DateTime<Utc>) -> Result<(), NotDone> {
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
    Occasion { cause: Cause::new(kind, id), ..occasion }
}

/// The first entry that a keyed order leaves in a purse.
pub(super) fn first_entry(purse_id: Uuid, order: &Order) -> Uuid {
    entry_id(purse_id, &Cause::new(order.what.kind(), order.key.clone()), 0)
}

/// Our id of a sale: the same number of the same shop always has the same.
pub fn sale_uuid(shop_id: Uuid, sale_id: &str) -> Uuid {
    Uuid::new_v5(&shop_id, sale_id.as_bytes())
}
