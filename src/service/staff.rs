//! Staff who text: what an authorised phone orders is done like any order at the counter, in the commit that keeps the
//! text, and answered to that phone. Texts of staff are few, so each is done by itself, in the order of arrival.

mod answers;
mod doing;
pub mod phones;

use std::{collections::HashSet, sync::Arc};

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use self::doing::Work;
use super::{
    directory::LiveDirectory,
    receive::Arrival,
    till::{Order, Placed, Terms, What, Whom},
    write::Wakes,
};
use crate::{
    config,
    domain::{
        country::Country,
        program::sale::Sale,
        shop::{Sender, Shop},
        staff::{self, Asked, StaffPhone, StaffText},
    },
    store::{
        Result, Transaction,
        receiving::{NewOutbox, Writes},
    },
};

/// How long the last deed of a phone can be undone. (House rule.)
const UNDO_WITHIN: Duration = Duration::minutes(15);
/// How long the shop at which a phone recorded something last is meant where none is named. (House rule: a shift.)
const SHOP_IS_MEANT_FOR: Duration = Duration::hours(12);

/// An order of staff, before anything is done.
pub(super) struct Ordered<'a> {
    arrival: &'a Arrival,
    sender: Arc<Sender>,
    /// Of whose staff the phone is, oldest shop first.
    at: Vec<(Arc<StaffPhone>, Shop)>,
    text: StaffText,
    /// What it may come to: those whom it may be about are locked before anything is done.
    guesses: Vec<Placed>,
    /// The deeds that may be undone.
    undoable: HashSet<Uuid>,
}

impl Ordered<'_> {
    /// By what the text is known: its account, and the provider's id for it.
    pub(super) fn key(&self) -> (Uuid, &str) {
        (self.arrival.account_id, self.arrival.inbound.provider_message_id.as_str())
    }

    /// What it may come to.
    pub(super) fn guesses(&self) -> impl Iterator<Item = &Placed> {
        self.guesses.iter()
    }

    fn shop_ids(&self) -> Vec<Uuid> {
        self.at.iter().map(|(_, shop)| shop.id).collect()
    }

    fn address(&self) -> &str {
        self.arrival.inbound.from.as_str()
    }
}

/// The orders among these texts. Nothing is locked yet.
pub(super) async fn read<'a>(
    tx: &Transaction,
    directory: &LiveDirectory,
    arrivals: &[&'a Arrival],
) -> Result<Vec<Ordered<'a>>> {
    let mut orders: Vec<Ordered<'a>> = arrivals.iter().filter_map(|arrival| read_one(directory, arrival)).collect();
    for ordered in &mut orders {
        guess(tx, ordered).await?;
    }
    Ok(orders)
}

fn read_one<'a>(directory: &LiveDirectory, arrival: &'a Arrival) -> Option<Ordered<'a>> {
    let inbound = &arrival.inbound;
    if inbound.opt_out_type.is_some() {
        return None;
    }
    let known = directory.read();
    let sender = known.directory.sender_of(inbound.to.as_str(), inbound.service.as_deref())?;
    let sender = Arc::clone(sender).clone();
    if sender.account_id != arrival.account_id {
        return None;
    }
    let at = known.staff_of(inbound.from.as_str(), sender.id);
    if at.is_empty() {
        return None;
    }
    // A short code has no country: then the phones are written as that of the staff is.
    let country =
        [&sender.address, &inbound.from].into_iter().find_map(|address| Country::of_phone(address.phone()?))?;
    let text = staff::read(&inbound.body, country)?;
    Some(Ordered { arrival, sender, at, text, guesses: Vec::new(), undoable: HashSet::new() })
}

/// Whom an order may be about, at any of the shops that may be meant.
async fn guess(tx: &Transaction, ordered: &mut Ordered<'_>) -> Result<()> {
    let now = ordered.arrival.received_at;
    let mut guessed: Vec<(Uuid, Whom, What)> = Vec::new();
    if ordered.text.asked == Asked::Undo {
        let since = (now - UNDO_WITHIN).timestamp_millis();
        for deed in tx.deeds_of_phone(ordered.address(), &ordered.shop_ids(), since).await? {
            ordered.undoable.insert(deed.id);
            guessed.push((deed.shop_id, Whom::Member(deed.member_id), What::Invite));
        }
    }
    for (_, shop) in &ordered.at {
        match &ordered.text.asked {
            Asked::Punch(phone) | Asked::Spend(phone, _) | Asked::Invite(phone) => {
                guessed.push((shop.id, Whom::Address(phone.clone()), What::Sale(visit(ordered.arrival))));
            }
            Asked::Redeem(code) => guessed.push((shop.id, Whom::Holder, What::Redeem(code.clone()))),
            Asked::Undo | Asked::Unclear => {}
        }
    }
    let (actor, key, invites) = (String::new(), String::new(), true);
    let order = |(shop_id, whom, what)| Order { shop_id, whom, actor: actor.clone(), key: key.clone(), what, invites };
    ordered.guesses = guessed.into_iter().map(|guess| Placed::new(order(guess), None, now)).collect();
    Ok(())
}

/// A visit, whose number is the provider's id of the text: the same text again is the same visit.
fn visit(arrival: &Arrival) -> Sale {
    let id = format!("sms-{}", arrival.inbound.provider_message_id);
    Sale { id, amount: 0, tax: 0, items: Vec::new(), payment: None, at: arrival.received_at }
}

/// Does what is ordered and answers each; answers who has something to send or to tell now. All whom it may be about
/// must be locked.
pub(super) async fn take_all(
    tx: &Transaction,
    directory: &LiveDirectory,
    (limits, terms): (&config::Staff, &Terms),
    orders: &[&Ordered<'_>],
) -> Result<Wakes> {
    let mut writes = Writes::default();
    let (mut deeds, mut tells) = (HashSet::new(), false);
    for ordered in orders {
        let mut work =
            Work { tx, directory, limits, terms, ordered, deeds: &mut deeds, writes: &mut writes, tells: &mut tells };
        let answer = work.answer().await?;
        let body = answer.write(&directory.read().directory);
        let row = reply(ordered, &answer.shop, body, answer.reply.key());
        writes.outbox.push(row);
    }
    tells |= tx.write(&writes).await?;
    Ok(Wakes::of(&writes, tells))
}

fn reply(ordered: &Ordered<'_>, shop: &Shop, body: String, key: &'static str) -> NewOutbox {
    let arrival = ordered.arrival;
    NewOutbox {
        sender_id: ordered.sender.id,
        address: ordered.address().to_owned(),
        merchant_id: Some(shop.merchant_id),
        shop_id: Some(shop.id),
        account_id: Some(arrival.account_id),
        cause: Some(arrival.inbound.provider_message_id.clone()),
        reply: key,
        body,
        request_id: arrival.request_id.clone(),
        held_until: None,
        created_at: arrival.received_at.timestamp_millis(),
    }
}

/// The beginning of a shop's day.
fn midnight(shop: &Shop, now: DateTime<Utc>) -> DateTime<Utc> {
    let day = now.with_timezone(&shop.time_zone).date_naive();
    let begins = day.and_time(chrono::NaiveTime::MIN).and_local_timezone(shop.time_zone).earliest();
    begins.map_or(now - Duration::days(1), |begins| begins.to_utc())
}
