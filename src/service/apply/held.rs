//! What members hold, as far as a batch has got: brought up to date before a text is decided, and kept as its turn left it.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Known, KnownPurse, World};
use crate::{
    domain::{
        conversation::Held,
        directory::Directory,
        purse::{Change, Purse, draw::Draw, sale::SaleRecord},
        shop::Shop,
        telling::hear::forget_spent,
    },
    secrets::random_bytes,
    service::{events::OfSale, ledger::Holder, telling},
    store::{events::NewEvent, purses::NewSale, receiving::Writes},
};

impl World {
    /// Takes in how many of stocked rewards were bought: by (program, reward).
    pub fn with_stock(mut self, issued: Vec<(Uuid, String, i64)>) -> Self {
        self.stock = issued.into_iter().map(|(program, reward, issued)| ((program, reward), issued)).collect();
        self
    }

    /// What the person holds in the programs of this sender's shops, after everything that was due by now.
    pub fn held(&mut self, address: &str, sender_id: Uuid, directory: &Directory, now: DateTime<Utc>) -> Vec<Held> {
        let mut held = Vec::new();
        for known in self.members.get_mut(address).into_iter().flatten() {
            for kept in &mut known.purses {
                let is_here =
                    |shop: &&Shop| shop.program_id == kept.program_id && directory.speaks_on(shop.id, sender_id);
                let shop_ids = known.enrolments.iter().map(|enrolment| enrolment.shop_id);
                let mut shops = shop_ids.filter_map(|id| directory.shop(id));
                let (true, Some(program)) =
                    (shops.any(|shop| is_here(&shop)), directory.program_at(kept.program_id, now))
                else {
                    continue;
                };
                let holder = Holder { purse_id: kept.id, member_id: known.id, program, person: &known.person };
                if kept.purse.next_due(program, &known.person, now).is_some_and(|due| due <= now) {
                    let mut draw = Draw::new(random_bytes().unwrap_or_default());
                    let change = kept.purse.clone().tick(program, &known.person, now, &mut draw);
                    let told = telling::hear(directory, program, &kept.purse, &change, now);
                    holder.keep_moves(&change, now, &mut self.writes.ledger);
                    kept.purse = Purse { told, ..change.purse };
                    holder.keep_state(&kept.purse, now, &mut self.writes.ledger);
                }
                let issued = |reward: &str| {
                    let before = self.stock.get(&(program.id, reward.to_owned())).copied().unwrap_or(0);
                    let more = self.writes.ledger.stock.get(&(program.id, reward.to_owned())).copied().unwrap_or(0);
                    before + more
                };
                let stocked = program.rewards.iter().filter_map(|reward| Some((reward, reward.stock?)));
                held.push(Held {
                    program: Arc::clone(program),
                    purse: kept.purse.clone(),
                    person: known.person.clone(),
                    referral_code: kept.referral_code.clone(),
                    stock_left: stocked
                        .map(|(reward, stock)| (reward.id.clone(), stock - issued(&reward.id)))
                        .collect(),
                });
            }
        }
        held
    }

    /// Keeps what happened to a purse; a member without one in the shop's program is given it.
    pub(super) fn post(
        &mut self,
        address: &str,
        shop: &Shop,
        change: &Change,
        used_code: Option<&str>,
        directory: &Directory,
        now: DateTime<Utc>,
    ) {
        let Some(known) = known_at(&mut self.members, address, shop) else { return };
        let Some(program) = directory.program_of(shop, now) else { return };
        let ledger = &mut self.writes.ledger;
        let at = known.purses.iter().position(|kept| kept.program_id == program.id).unwrap_or_else(|| {
            let (id, program_id, purse) = (Uuid::now_v7(), program.id, Purse::default());
            ledger.opened.push((id, known.id, program_id, now.timestamp_millis()));
            known.purses.push(KnownPurse { id, program_id, purse, referral_code: None });
            known.purses.len() - 1
        });
        let Some(kept) = known.purses.get_mut(at) else { return };
        let holder = Holder { purse_id: kept.id, member_id: known.id, program, person: &known.person };
        holder.keep_moves(change, now, ledger);
        // What a text brings is told by its answer.
        kept.purse = change.purse.clone();
        kept.purse.told.belong_to(shop);
        forget_spent(&mut kept.purse.told, change, program);
        holder.keep_state(&kept.purse, now, ledger);
        if let Some(hash) = used_code {
            ledger.used_codes.push((hash.to_owned(), program.id, kept.id, now.timestamp_millis()));
        }
    }

    /// Keeps a sale that had waited.
    pub(super) fn keep_sale(
        &mut self,
        address: &str,
        shop: &Shop,
        (id, record): (Uuid, &SaleRecord),
        now: DateTime<Utc>,
    ) {
        let Some(known) = known_at(&mut self.members, address, shop) else { return };
        let Some(kept) = known.purses.iter().find(|kept| kept.program_id == shop.program_id) else { return };
        let row = NewSale {
            shop_id: shop.id,
            sale_id: record.sale.id.clone(),
            purse_id: kept.id,
            program_id: kept.program_id,
            record: serde_json::to_string(record).unwrap_or_default(),
            happened_at: record.sale.at.timestamp_millis(),
            created_at: now.timestamp_millis(),
        };
        let member_id = known.id;
        self.writes.ledger.sales.insert(id, row);
        self.tell_sale((id, member_id), shop, record, now);
    }

    /// One of the events that the sale caused tells what it was. Those of sales before it are marked already.
    fn tell_sale(&mut self, (id, member_id): (Uuid, Uuid), shop: &Shop, record: &SaleRecord, now: DateTime<Utc>) {
        let what = OfSale::Sold(record.sale.amount, record.sale.at);
        let events = &mut self.writes.ledger.events;
        let is_of_sale = |event: &&mut NewEvent| {
            event.member_id == Some(member_id)
                && event.shop_id == Some(shop.id)
                && event.data.contains("\"cause\":\"sale\"")
                && !event.data.contains("\"sale_id\":")
        };
        let mut is_first = true;
        for event in events.iter_mut().filter(is_of_sale) {
            event.add("sale_id", record.sale.id.as_str());
            if std::mem::take(&mut is_first) {
                what.mark(event);
            }
        }
        if is_first {
            let mut event = what.alone(id, (shop.merchant_id, member_id, shop.id), now);
            event.add("sale_id", record.sale.id.as_str());
            what.mark(&mut event);
            events.push(event);
        }
    }

    pub(super) fn keep_referral_code(&mut self, address: &str, shop: &Shop, code: &str) {
        let Some(known) = known_at(&mut self.members, address, shop) else { return };
        if let Some(kept) = known.purses.iter_mut().find(|kept| kept.program_id == shop.program_id) {
            kept.referral_code = Some(code.to_owned());
            self.writes.ledger.referral_codes.push((code.to_owned(), kept.program_id, kept.id));
        }
    }
}

/// The person at the merchant of a shop.
pub(super) fn known_at<'a>(
    members: &'a mut HashMap<String, Vec<Known>>,
    address: &str,
    shop: &Shop,
) -> Option<&'a mut Known> {
    let mut known = members.get_mut(address)?.iter_mut();
    known.find(|known| known.member.merchant_id == shop.merchant_id)
}

impl Known {
    /// What they told of themselves may change when something is due in their purses.
    pub(super) fn look_again(&self, directory: &Directory, now: DateTime<Utc>, writes: &mut Writes) {
        for kept in &self.purses {
            if let Some(program) = directory.program_at(kept.program_id, now) {
                let holder = Holder { purse_id: kept.id, member_id: self.id, program, person: &self.person };
                holder.keep_state(&kept.purse, now, &mut writes.ledger);
            }
        }
    }
}
