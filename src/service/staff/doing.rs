//! What is done for one text of staff.

use std::{collections::HashSet, sync::Arc};

use chrono::Duration;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    Ordered, SHOP_IS_MEANT_FOR, UNDO_WITHIN,
    answers::{Answer, Teller},
    midnight, visit,
};
use crate::{
    config,
    domain::{
        money::{Amount, Currency},
        program::{Program, sale::Sale},
        purse::{Voucher, refund::Returned},
        shop::Shop,
        staff::{Asked, StaffPhone},
    },
    service::{
        directory::LiveDirectory,
        till::{self, Done, NotDone, Order, Placed, Taken, Terms, What, Whom},
    },
    store::{Result, StoreError, Transaction, events::NewEvent, receiving::Writes, staff::Deed},
};

/// Within this time the same again is taken for a slip of the thumb. (House rule.)
const AGAIN_AFTER: Duration = Duration::minutes(1);

/// One text under way.
pub(super) struct Work<'w> {
    pub(super) tx: &'w Transaction,
    pub(super) directory: &'w LiveDirectory,
    pub(super) limits: &'w config::Staff,
    pub(super) terms: &'w Terms,
    pub(super) ordered: &'w Ordered<'w>,
    /// What was recorded by this batch.
    pub(super) deeds: &'w mut HashSet<Uuid>,
    pub(super) writes: &'w mut Writes,
    /// Whether somebody's own systems are to be told of what is written already.
    pub(super) tells: &'w mut bool,
}

/// What it takes to undo a deed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kept {
    /// A sale of this amount; 0 for a visit.
    Sale(i64),
    /// The voucher as it was.
    Redeemed(Box<Voucher>),
}

/// At which shop, by whom, and what that phone recorded there lately, the latest first.
struct Counter {
    phone: Arc<StaffPhone>,
    shop: Shop,
    program: Arc<Program>,
    deeds: Vec<Deed>,
}

impl Work<'_> {
    /// Does it, and says how it went.
    pub(super) async fn answer(&mut self) -> Result<Answer> {
        let since = (self.now() - SHOP_IS_MEANT_FOR).timestamp_millis();
        let shop_ids = self.ordered.shop_ids();
        let deeds = self.tx.deeds_of_phone(self.ordered.address(), &shop_ids, since).await?;
        let Some(counter) = self.counter(deeds) else {
            return Ok(Teller::which(&self.ordered.at, &self.ordered.arrival.inbound.body));
        };
        let teller = Teller { shop: &counter.shop, program: &counter.program, now: self.now() };
        match &self.ordered.text.asked {
            Asked::Unclear => return Ok(teller.how()),
            Asked::Undo => return self.undo(&counter, teller).await,
            _ => {}
        }
        if let Some(answer) = self.too_many_in_hour(&counter, teller).await? {
            return Ok(answer);
        }
        match &self.ordered.text.asked {
            Asked::Redeem(code) => self.redeem(&counter, teller, code).await,
            Asked::Spend(phone, amount) => self.sell(&counter, teller, phone, Some(*amount)).await,
            Asked::Punch(phone) => self.sell(&counter, teller, phone, None).await,
            Asked::Invite(phone) => self.invite(&counter, teller, phone).await,
            Asked::Undo | Asked::Unclear => Ok(teller.how()),
        }
    }

    fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.ordered.arrival.received_at
    }

    /// The shop that is named, or the only one, or that of the last deed.
    fn counter(&self, deeds: Vec<Deed>) -> Option<Counter> {
        let at = &self.ordered.at;
        let last = deeds.first().map(|deed| deed.shop_id);
        let (phone, shop) = match (self.ordered.text.shop, at.as_slice()) {
            (Some(number), several) => several.get(number.checked_sub(1)?)?,
            (None, [only]) => only,
            (None, several) => several.iter().find(|(_, shop)| Some(shop.id) == last)?,
        };
        let program = self.directory.read().directory.program_of(shop, self.now()).cloned()?;
        let deeds = deeds.into_iter().filter(|deed| deed.shop_id == shop.id).collect();
        Some(Counter { phone: Arc::clone(phone), shop: shop.clone(), program, deeds })
    }

    async fn sell(
        &mut self,
        counter: &Counter,
        teller: Teller<'_>,
        phone: &str,
        amount: Option<Amount>,
    ) -> Result<Answer> {
        let currency = Currency::from_code(&counter.shop.currency).unwrap_or_default();
        let minor = amount.map_or(0, |amount| amount.minor(currency));
        let sale = Sale { amount: minor, ..visit(self.ordered.arrival) };
        if let Some((member_id, name)) = self.tx.member_at(counter.shop.merchant_id, phone).await? {
            let name = teller.name(name.as_deref(), phone);
            if self.is_again(counter, member_id, minor) {
                return Ok(teller.again(&name));
            }
            if let Some(answer) = self.too_many_on_member(counter, teller, member_id, &name).await? {
                return Ok(answer);
            }
        }
        let (whom, number) = (Whom::Address(phone.to_owned()), sale.id.clone());
        // Staff say INVITE once; from then on what is recorded waits.
        let invites = self.tx.is_invited(counter.shop.id, phone, self.now().timestamp_millis()).await?;
        match self.place(counter, whom, What::Sale(sale), invites).await? {
            Ok(Taken::Done(done)) => {
                self.keep(counter, "sale", done.member_id, number, Some(&Kept::Sale(minor))).await?;
                Ok(teller.earned(&done, phone))
            }
            Ok(Taken::Waits { until }) => {
                self.keep(counter, "sale", Uuid::nil(), number, Some(&Kept::Sale(minor))).await?;
                Ok(teller.waits("staff-waits", phone, until))
            }
            Err(NotDone::NoSuchMember) => Ok(teller.unknown(phone)),
            Err(_) => Ok(teller.how()),
        }
    }

    async fn redeem(&mut self, counter: &Counter, teller: Teller<'_>, code: &str) -> Result<Answer> {
        match self.place(counter, Whom::Holder, What::Redeem(code.to_owned()), false).await? {
            Ok(Taken::Done(done)) => {
                let name = self.name(teller, &done).await?;
                let kept = done.redeemed.clone().map(|voucher| Kept::Redeemed(Box::new(voucher)));
                self.keep(counter, "redeemed", done.member_id, code.to_owned(), kept.as_ref()).await?;
                Ok(teller.redeemed(code, done.redeemed.as_ref(), &name))
            }
            Err(NotDone::VoucherEnded(state)) if state == "redeemed" => {
                let end = self.tx.end_of_voucher(counter.shop.program_id, code).await?;
                Ok(end.map_or_else(|| teller.code_over(code), |(at, by)| teller.used(code, at, &by)))
            }
            Err(NotDone::VoucherEnded(_)) => Ok(teller.code_over(code)),
            Ok(Taken::Waits { .. }) | Err(_) => Ok(teller.code_unknown(code)),
        }
    }

    async fn invite(&mut self, counter: &Counter, teller: Teller<'_>, phone: &str) -> Result<Answer> {
        match self.place(counter, Whom::Address(phone.to_owned()), What::Invite, true).await? {
            Ok(Taken::Done(done)) => Ok(teller.member(&done, phone)),
            Ok(Taken::Waits { until }) => {
                self.keep(counter, "invited", Uuid::nil(), String::new(), None).await?;
                Ok(teller.waits("staff-invited", phone, until))
            }
            Err(_) => Ok(teller.not_invited(phone)),
        }
    }

    /// Takes back the last deed, once.
    async fn undo(&mut self, counter: &Counter, teller: Teller<'_>) -> Result<Answer> {
        let since = (self.now() - UNDO_WITHIN).timestamp_millis();
        let last = counter.deeds.iter().find(|deed| deed.kept.is_some());
        let Some(last) = last.filter(|deed| deed.undone_at.is_none() && deed.created_at > since) else {
            return Ok(teller.undo_none(UNDO_WITHIN));
        };
        // Recorded by another node since those concerned were locked: another attempt sees it.
        if !self.ordered.undoable.contains(&last.id) && !self.deeds.contains(&last.id) {
            return Err(StoreError::Busy);
        }
        let kept = last.kept.as_deref().map(serde_json::from_str::<Kept>).transpose();
        let kept = kept.map_err(|error| StoreError::Corrupt(format!("staff_deed.kept: {error}")))?;
        let is_visit = kept == Some(Kept::Sale(0));
        let (what, voucher) = match kept {
            Some(Kept::Sale(_)) => {
                let (sale_id, returned) = (last.subject.clone(), Returned::All);
                (What::Refund { sale_id, returned, refund_id: "undo".to_owned() }, None)
            }
            Some(Kept::Redeemed(voucher)) => (What::Reinstate(voucher.clone()), Some(voucher)),
            None => return Ok(teller.undo_none(UNDO_WITHIN)),
        };
        match self.place(counter, Whom::Holder, what, false).await? {
            Ok(Taken::Waits { .. }) => {
                self.tx.undo_deed(last.id, self.now().timestamp_millis()).await?;
                Ok(teller.undone_waiting())
            }
            Ok(Taken::Done(done)) => {
                self.tx.undo_deed(last.id, self.now().timestamp_millis()).await?;
                let name = self.name(teller, &done).await?;
                Ok(teller.undone(&done, voucher.as_deref(), is_visit, &name))
            }
            _ => Ok(teller.undo_none(UNDO_WITHIN)),
        }
    }

    /// Does an order; a failure of the store is none of its refusals.
    async fn place(
        &mut self,
        counter: &Counter,
        whom: Whom,
        what: What,
        invites: bool,
    ) -> Result<std::result::Result<Taken, NotDone>> {
        let (shop_id, actor) = (counter.shop.id, counter.phone.name.clone());
        let key = format!("sms-{}", self.ordered.arrival.inbound.provider_message_id);
        let placed = Placed::new(Order { shop_id, whom, actor, key, what, invites }, None, self.now());
        *self.tells |= till::take_all(self.tx, self.directory, self.terms, &[&placed], self.now()).await?.tells;
        match placed.outcome() {
            Err(NotDone::Store(error)) => Err(error),
            other => Ok(other),
        }
    }

    async fn keep(
        &mut self,
        counter: &Counter,
        kind: &str,
        member_id: Uuid,
        subject: String,
        kept: Option<&Kept>,
    ) -> Result<()> {
        let id = Uuid::now_v7();
        let deed = Deed {
            id,
            shop_id: counter.shop.id,
            address: self.ordered.address().to_owned(),
            kind: kind.to_owned(),
            member_id,
            subject,
            kept: kept.and_then(|kept| serde_json::to_string(kept).ok()),
            created_at: self.now().timestamp_millis(),
            undone_at: None,
        };
        self.tx.insert_deeds(&[deed]).await?;
        self.deeds.insert(id);
        metrics::counter!("regulars_staff_deeds_total").increment(1);
        Ok(())
    }

    /// Whether the same was recorded for a member a moment ago.
    fn is_again(&self, counter: &Counter, member_id: Uuid, minor: i64) -> bool {
        let since = (self.now() - AGAIN_AFTER).timestamp_millis();
        let same = serde_json::to_string(&Kept::Sale(minor)).ok();
        counter.deeds.iter().any(|deed| {
            deed.member_id == member_id && deed.undone_at.is_none() && deed.created_at > since && deed.kept == same
        })
    }

    async fn too_many_in_hour(&mut self, counter: &Counter, teller: Teller<'_>) -> Result<Option<Answer>> {
        let most = self.limits.deeds_per_hour_max as usize;
        let since = (self.now() - Duration::hours(1)).timestamp_millis();
        let Some(oldest) = most.checked_sub(1).and_then(|place| counter.deeds.get(place)) else { return Ok(None) };
        if oldest.created_at <= since {
            return Ok(None);
        }
        self.raise_alarm(counter, "deeds_per_hour_max", most).await?;
        Ok(Some(teller.enough_in_hour(most, oldest.created_at)))
    }

    async fn too_many_on_member(
        &mut self,
        counter: &Counter,
        teller: Teller<'_>,
        member_id: Uuid,
        name: &str,
    ) -> Result<Option<Answer>> {
        let most = self.limits.deeds_per_member_day_max as usize;
        if most == 0 {
            return Ok(None);
        }
        let phones = self.directory.read().staff_at(counter.shop.id);
        let since = midnight(&counter.shop, self.now()).timestamp_millis();
        let count = self.tx.count_deeds_on((counter.shop.id, member_id), &phones, since).await?;
        if usize::try_from(count).unwrap_or_default() < most {
            return Ok(None);
        }
        self.raise_alarm(counter, "deeds_per_member_day_max", most).await?;
        Ok(Some(teller.enough_on_member(most, name)))
    }

    /// Tells the operator at once, and the merchant's own systems once an hour.
    async fn raise_alarm(&mut self, counter: &Counter, limit: &'static str, most: usize) -> Result<()> {
        let (phone, shop) = (&counter.phone, &counter.shop);
        tracing::warn!(shop_id = %shop.id, staff_phone_id = %phone.id, limit, most, "staff recorded as much by text as they may");
        metrics::counter!("regulars_staff_limited_total", "limit" => limit).increment(1);
        let hour = self.now().timestamp() / 3600;
        let id = Uuid::new_v5(&phone.id, format!("{limit}:{hour}").as_bytes());
        let is_told = self.writes.ledger.events.iter().any(|event| event.id == id) || self.tx.has_event(id).await?;
        if !is_told {
            self.writes.ledger.events.push(NewEvent {
                id,
                merchant_id: shop.merchant_id,
                shop_id: Some(shop.id),
                member_id: None,
                kind: "staff.limit_reached",
                data: json!({ "staff_phone_id": phone.id, "name": phone.name, "limit": limit, "most": most })
                    .to_string(),
                created_at: self.now().timestamp_millis(),
            });
        }
        Ok(())
    }

    async fn name(&self, teller: Teller<'_>, done: &Done) -> Result<String> {
        let holder = self.tx.holder(done.member_id).await?;
        let address = holder.map(|holder| holder.address).unwrap_or_default();
        Ok(teller.name(done.first_name.as_deref(), &address))
    }
}
