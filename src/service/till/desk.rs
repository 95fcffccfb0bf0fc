//! What a batch of orders knows, as far as it has got, and what it will write. Each order sees what those before it changed;
//! one that is refused leaves nothing behind.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    Done, NotDone, Once, Order, Taken, Whom, sale_uuid,
    strangers::{Strangers, Terms},
};
use crate::{
    domain::{
        program::Program,
        purse::{Change, Person, Purse, draw::Draw, sale::SaleRecord},
        shop::Shop,
    },
    secrets::random_bytes,
    service::{
        directory::Known,
        events::OfSale,
        ledger::{Holder, person},
        telling,
    },
    store::{
        StoreError,
        invitations::StrangersKnown,
        orders::{Listener, NewOnce, OrdersKnown},
        purses::{HolderRow, NewSale, PurseRow},
        receiving::Writes,
    },
};

/// A batch of orders under way.
pub(super) struct Desk<'a> {
    pub(super) known: &'a Known,
    pub(super) now: DateTime<Utc>,
    who: HashMap<usize, Uuid>,
    pub(super) holders: HashMap<Uuid, HolderRow>,
    purses: HashMap<Uuid, Standing>,
    purse_of: HashMap<(Uuid, Uuid), Uuid>,
    sales: HashMap<Uuid, KeptSale>,
    vouchers: HashMap<(Uuid, String), (Uuid, String)>,
    entries: HashSet<Uuid>,
    stock: HashMap<(Uuid, String), i64>,
    once: HashMap<(Uuid, String), (String, String)>,
    /// How members stand with senders: by (member, sender).
    pub(super) listeners: HashMap<(Uuid, Uuid), Listener>,
    /// Who is a member of which shop: (member, shop).
    pub(super) enrolled: HashSet<(Uuid, Uuid)>,
    pub(super) terms: &'a Terms,
    pub(super) strangers: Strangers,
    /// What the batch will write.
    pub(super) writes: Writes,
}

/// A purse as the batch has left it.
struct Standing {
    member_id: Uuid,
    program: Arc<Program>,
    person: Person,
    purse: Purse,
    /// What was due before anything was ordered, until it is kept.
    ticked: Option<Change>,
}

/// A sale as it is kept: its purse, the program that judged it, and what is written of it.
#[derive(Clone)]
pub(super) struct KeptSale {
    pub(super) purse_id: Uuid,
    pub(super) program_id: Uuid,
    record: String,
}

/// A member at the counter: their purse in the shop's program, with all that was due by now.
pub(super) struct AtCounter {
    pub(super) purse_id: Uuid,
    pub(super) member_id: Uuid,
    /// At whose counter; `None` for the friend who is thanked.
    pub(super) shop_id: Option<Uuid>,
    pub(super) first_name: Option<String>,
    pub(super) program: Arc<Program>,
    pub(super) person: Person,
    pub(super) purse: Purse,
}

impl<'a> Desk<'a> {
    pub(super) fn new(known: &'a Known, now: DateTime<Utc>, terms: &'a Terms, found: OrdersKnown) -> Self {
        let OrdersKnown { who, holders, purses, sales, vouchers, listeners, enrolments, once } = found;
        let mut desk = Self {
            known,
            now,
            who,
            holders: HashMap::new(),
            purses: HashMap::new(),
            purse_of: HashMap::new(),
            sales: HashMap::new(),
            vouchers: vouchers
                .into_iter()
                .map(|(program, code, purse, state)| ((program, code), (purse, state)))
                .collect(),
            entries: HashSet::new(),
            stock: HashMap::new(),
            once: once
                .into_iter()
                .map(|(scope, key, fingerprint, answer)| ((scope, key), (fingerprint, answer)))
                .collect(),
            listeners: listeners
                .into_iter()
                .map(|listener| ((listener.member_id, listener.sender_id), listener))
                .collect(),
            enrolled: enrolments.into_iter().map(|(member, shop, _)| (member, shop)).collect(),
            terms,
            strangers: Strangers::default(),
            writes: Writes::default(),
        };
        for (id, purse_id, program_id, record) in sales {
            desk.sales.insert(id, KeptSale { purse_id, program_id, record });
        }
        desk.take_in(holders, purses);
        desk
    }

    /// Takes in members and what they hold. A purse of a program that cannot be read here is as if there were none.
    pub(super) fn take_in(&mut self, holders: Vec<HolderRow>, purses: Vec<PurseRow>) {
        self.holders.extend(holders.into_iter().map(|holder| (holder.member_id, holder)));
        for PurseRow { id, member_id, program_id, purse, .. } in purses {
            let program = self.known.directory.program_at(program_id, self.now).cloned();
            if let Some((program, holder)) = program.zip(self.holders.get(&member_id)) {
                let person = person(holder.birthday.as_deref(), holder.answers.iter().cloned());
                self.purse_of.insert((member_id, program_id), id);
                self.purses.entry(id).or_insert(Standing { member_id, program, person, purse, ticked: None });
            }
        }
    }

    /// Takes in what is known of strangers.
    pub(super) fn take_in_strangers(&mut self, known: StrangersKnown) {
        self.strangers = known.into();
    }

    /// Takes in how many of stocked rewards were bought, and which entries there are.
    pub(super) fn take_in_counts(&mut self, stock: Vec<(Uuid, String, i64)>, entries: Vec<Uuid>) {
        self.stock = stock.into_iter().map(|(program, reward, issued)| ((program, reward), issued)).collect();
        self.entries.extend(entries);
    }

    /// What was answered to the same request before.
    pub(super) fn answered(&self, once: &Once) -> Result<Option<Taken>, NotDone> {
        let Some((fingerprint, answer)) = self.once.get(&(once.scope, once.key.clone())) else { return Ok(None) };
        if *fingerprint != once.fingerprint {
            return Err(NotDone::KeyReused);
        }
        let corrupt = |error| StoreError::Corrupt(format!("idempotency.answer: {error}"));
        Ok(Some(serde_json::from_str(answer).map_err(corrupt)?))
    }

    /// Keeps what is answered, for repeats.
    pub(super) fn keep_answer(&mut self, once: &Once, taken: &Taken) {
        let answer = serde_json::to_string(taken).unwrap_or_default();
        let Once { scope, key, fingerprint } = once.clone();
        self.once.insert((scope, key.clone()), (fingerprint.clone(), answer.clone()));
        self.writes.once.push(NewOnce { scope, key, fingerprint, answer, created_at: self.now.timestamp_millis() });
    }

    /// The member for whom an order is, with all that was due by now.
    pub(super) fn at_counter(&mut self, place: usize, order: &Order, shop: &Shop) -> Result<AtCounter, NotDone> {
        let unknown = || match &order.whom {
            Whom::Holder => order.what.no_such_thing(),
            Whom::Address(_) | Whom::Member(_) => NotDone::NoSuchMember,
        };
        let sold_here = || {
            let sale = order.what.sale_uuid(shop.id).and_then(|id| self.sales.get(&id))?;
            self.purses.get(&sale.purse_id).map(|standing| standing.member_id)
        };
        let member_id = self.who.get(&place).copied().or_else(sold_here).ok_or_else(unknown)?;
        let purse_id = self.purse_of.get(&(member_id, shop.program_id)).copied().ok_or_else(unknown)?;
        let member = self.by_purse(purse_id).ok_or_else(unknown)?;
        Ok(AtCounter { shop_id: Some(shop.id), ..member })
    }

    /// Whose purse it is, with all that was due by now.
    pub(super) fn by_purse(&mut self, purse_id: Uuid) -> Option<AtCounter> {
        let standing = self.purses.get_mut(&purse_id)?;
        let Standing { program, person, purse, .. } = &*standing;
        let is_due = purse.next_due(program, person, self.now).is_some_and(|due| due <= self.now);
        if is_due && standing.ticked.is_none() {
            let change = purse.clone().tick(program, person, self.now, &mut draw());
            let told = telling::hear(&self.known.directory, program, purse, &change, self.now);
            standing.purse = Purse { told, ..change.purse.clone() };
            standing.ticked = Some(change);
        }
        let standing = self.purses.get(&purse_id)?;
        Some(AtCounter {
            purse_id,
            member_id: standing.member_id,
            shop_id: None,
            first_name: self.holders.get(&standing.member_id).and_then(|holder| holder.first_name.clone()),
            program: Arc::clone(&standing.program),
            person: standing.person.clone(),
            purse: standing.purse.clone(),
        })
    }

    /// Keeps what happened to a purse because of a sale: its events name the sale as the till does.
    pub(super) fn keep_of_sale(&mut self, member: &AtCounter, change: &Change, sale_id: &str, what: OfSale) {
        self.keep_due(member);
        let events = self.writes.ledger.events.len();
        self.keep(member, change);
        if self.writes.ledger.events.len() == events
            && let Some(shop_id) = member.shop_id
        {
            let whose = (member.program.merchant_id, member.member_id, shop_id);
            self.writes.ledger.events.push(what.alone(sale_uuid(shop_id, sale_id), whose, self.now));
        }
        let events = self.writes.ledger.events.iter_mut().skip(events);
        for (place, event) in events.enumerate() {
            event.add("sale_id", sale_id);
            if place == 0 {
                what.mark(event);
            }
        }
    }

    fn keep_due(&mut self, member: &AtCounter) {
        let ticked = self.purses.get_mut(&member.purse_id).and_then(|standing| standing.ticked.take());
        if let Some(ticked) = ticked {
            member.holder().keep_moves(&ticked, self.now, &mut self.writes.ledger);
        }
    }

    /// Keeps what happened to a purse, and what was due before it.
    pub(super) fn keep(&mut self, member: &AtCounter, change: &Change) {
        let purse = self.told_of(member, change);
        self.keep_due(member);
        let Some(standing) = self.purses.get_mut(&member.purse_id) else { return };
        let AtCounter { purse_id, program, .. } = member;
        let holder = member.holder();
        holder.keep_moves(change, self.now, &mut self.writes.ledger);
        holder.keep_state(&purse, self.now, &mut self.writes.ledger);
        standing.purse = purse;
        self.entries.extend(change.entries.iter().map(|entry| entry.id(*purse_id)));
        for voucher in &change.issued {
            self.vouchers.insert((program.id, voucher.code.clone()), (*purse_id, "issued".to_owned()));
        }
        for code in &change.reinstated {
            self.vouchers.insert((program.id, code.clone()), (*purse_id, "issued".to_owned()));
        }
        for ended in &change.ended {
            self.vouchers.insert((program.id, ended.code.clone()), (*purse_id, ended.state.to_owned()));
        }
    }

    pub(super) fn sale(&self, id: Uuid) -> Result<Option<(KeptSale, SaleRecord)>, NotDone> {
        let Some(kept) = self.sales.get(&id) else { return Ok(None) };
        let corrupt = |error| StoreError::Corrupt(format!("sale.record: {error}"));
        Ok(Some((kept.clone(), serde_json::from_str(&kept.record).map_err(corrupt)?)))
    }

    pub(super) fn keep_sale(&mut self, id: Uuid, shop: &Shop, (purse_id, program_id): (Uuid, Uuid), sale: &SaleRecord) {
        let record = serde_json::to_string(sale).unwrap_or_default();
        self.sales.insert(id, KeptSale { purse_id, program_id, record: record.clone() });
        let row = NewSale {
            shop_id: shop.id,
            sale_id: sale.sale.id.clone(),
            purse_id,
            program_id,
            record,
            happened_at: sale.sale.at.timestamp_millis(),
            created_at: self.now.timestamp_millis(),
        };
        self.writes.ledger.sales.insert(id, row);
    }

    /// Whether the ledger has an entry of this id.
    pub(super) fn has_entry(&self, id: Uuid) -> bool {
        self.entries.contains(&id)
    }

    /// The state of a voucher that is known: `issued`, or how it ended.
    pub(super) fn state_of_voucher(&self, program_id: Uuid, code: &str) -> Option<&str> {
        self.vouchers.get(&(program_id, code.to_owned())).map(|(_, state)| state.as_str())
    }

    /// Whether a voucher of a purse has lapsed by now, which is not written yet.
    pub(super) fn has_lapsed_now(&self, purse_id: Uuid, code: &str) -> bool {
        let ticked = self.purses.get(&purse_id).and_then(|standing| standing.ticked.as_ref());
        ticked.is_some_and(|change| change.ended.iter().any(|ended| ended.code == code))
    }

    /// How many of a reward there are left; `None` where there is no limit.
    pub(super) fn stock_left(&self, program: &Program, reward: &str) -> Option<i64> {
        let stock = program.reward(reward)?.stock?;
        let key = (program.id, reward.to_owned());
        let issued = |counts: Option<&i64>| counts.copied().unwrap_or(0);
        Some(stock - issued(self.stock.get(&key)) - issued(self.writes.ledger.stock.get(&key)))
    }
}

impl AtCounter {
    fn holder(&self) -> Holder<'_> {
        let Self { purse_id, member_id, program, person, .. } = self;
        Holder { purse_id: *purse_id, member_id: *member_id, program, person }
    }

    /// What stands, without anything done.
    pub(super) fn done(&self) -> Done {
        Done::of(self.member_id, self.first_name.clone(), self.purse.clone(), self.program.version)
    }

    /// What stands after a change.
    pub(super) fn done_by(&self, change: &Change) -> Done {
        Done { purse: change.purse.clone(), issued: change.issued.clone(), ..self.done() }
    }
}

pub(super) fn draw() -> Draw {
    Draw::new(random_bytes().unwrap_or_default())
}
