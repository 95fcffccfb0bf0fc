//! What staff do with texts that no rule answered: write back, within consent, and mark as done.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    audit::Line,
    change::{Change, ChangeError},
    directory::Known,
};
use crate::{
    bell::Bell,
    clock::from_millis,
    domain::{
        address::Address,
        conversation::{Question, Step},
        delivery::replying::{Hearer, NoReply, REPLY, TALKS_FOR, worded},
        shop::Shop,
        telling::place::Place,
    },
    store::{
        StoreError, Transaction,
        inbox::InboxItem,
        receiving::{ConversationRow, MemberRow, NewOutbox, TextKey, Writes},
    },
};

/// Why staff's text was not sent; nothing has happened then.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    /// Nothing was written, or too much.
    #[error("write 1 to {} characters", crate::domain::delivery::replying::CHARS_MAX)]
    Words,
    /// Consent does not reach so far.
    #[error(transparent)]
    NoReply(#[from] NoReply),
    /// It could not be kept.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

impl From<StoreError> for NotSent {
    fn from(error: StoreError) -> Self {
        Self::Change(error.into())
    }
}

/// Writes to people on behalf of a shop's staff.
#[derive(Clone, Copy)]
pub struct Inbox<'i> {
    /// Where to write, the time, and who writes.
    pub change: Change<'i>,
    /// Rung when there is something to send.
    pub bell: &'i Bell,
}

impl Inbox<'_> {
    /// Sends what staff wrote about an item of the shop's inbox; the item is done with then.
    ///
    /// # Errors
    /// Why not.
    pub async fn reply(
        &self,
        (shop, item): (&Shop, &InboxItem),
        typed: &str,
        request_id: String,
    ) -> Result<(), NotSent> {
        let body = worded(&shop.name, typed).ok_or(NotSent::Words)?;
        let change = self.change;
        let tx = change.store.begin().await?;
        tx.lock_addresses(&[&item.address]).await?;
        let (hearer, conversation) = self.hearer(&tx, shop, item).await?;
        hearer.may_be_written_to(change.now)?;
        let now = change.now.timestamp_millis();
        let mut writes = Writes::default();
        writes.conversations.insert((item.sender_id, item.address.clone()), self.talking(conversation, shop, item));
        writes.outbox.push(NewOutbox {
            sender_id: item.sender_id,
            address: item.address.clone(),
            merchant_id: Some(shop.merchant_id),
            shop_id: Some(shop.id),
            account_id: None,
            cause: None,
            reply: REPLY,
            body,
            request_id,
            held_until: None,
            created_at: now,
        });
        tx.write(&writes).await?;
        tx.note_inbox_reply(item.id, &change.author.name, now).await?;
        change.note(&tx, line(shop, item).changed(picture(item), answered()).did("answered")).await?;
        tx.commit().await?;
        self.bell.ring([item.sender_id]);
        Ok(())
    }

    /// Marks an item as done with, or as open again.
    ///
    /// # Errors
    /// That there is no such item, or that the store failed.
    pub async fn mark(&self, (shop, item): (&Shop, &InboxItem), is_done: bool) -> Result<(), ChangeError> {
        let change = self.change;
        let tx = change.store.begin().await?;
        let done = is_done.then_some((change.now.timestamp_millis(), &*change.author.name));
        if !tx.mark_inbox(shop.id, item.id, done).await? {
            return Err(ChangeError::NotFound);
        }
        let after = json!({ "done": is_done, "answered": item.replied.is_some() });
        change.note(&tx, line(shop, item).changed(picture(item), after)).await?;
        Ok(tx.commit().await?)
    }

    async fn hearer(
        &self,
        tx: &Transaction,
        shop: &Shop,
        item: &InboxItem,
    ) -> Result<(Hearer, Option<ConversationRow>), StoreError> {
        let key = TextKey {
            account_id: Uuid::nil(),
            provider_message_id: "",
            sender_id: Some(item.sender_id),
            address: &item.address,
        };
        let known = tx.look_up(&[key]).await?;
        let last = tx.last_text_at(item.sender_id, &item.address).await?;
        let is_here = |row: &MemberRow| {
            row.enrolment.is_some_and(|enrolment| enrolment.shop_id == shop.id && enrolment.left_at.is_none())
        };
        let conversation = known.conversations.into_iter().next();
        let hearer = Hearer {
            is_opted_out: conversation.as_ref().is_some_and(|row| row.opted_out_at.is_some()),
            is_in_doubt: conversation.as_ref().is_some_and(|row| row.no_marketing_since.is_some()),
            is_member: known.members.iter().any(is_here),
            last_text_at: last.map(from_millis),
            open_at: open_at(&self.change.directory.read(), shop, &item.address, self.change.now),
        };
        Ok((hearer, conversation))
    }

    /// What they text next is for staff; a question that is open is left so.
    fn talking(&self, known: Option<ConversationRow>, shop: &Shop, item: &InboxItem) -> ConversationRow {
        let (now, millis) = (self.change.now, self.change.now.timestamp_millis());
        let mut row = known.unwrap_or_else(|| ConversationRow {
            sender_id: item.sender_id,
            address: item.address.clone(),
            question: None,
            opted_out_at: None,
            no_marketing_since: None,
            hinted_at: None,
            language: None,
            language_offered_at: None,
            spoken_of: None,
            updated_at: millis,
        });
        let open = row.question.as_deref().and_then(|json| serde_json::from_str::<Question>(json).ok());
        let is_free = open.is_none_or(|open| now >= open.lapses_at || matches!(open.step, Step::Talk { .. }));
        if is_free {
            let step = Step::Talk { shop_id: shop.id };
            let question = Question { step, asked_at: now, lapses_at: now + TALKS_FOR, language: None };
            row.question = serde_json::to_string(&question).ok();
        }
        row.spoken_of = Some((shop.id, millis));
        row.updated_at = millis;
        row
    }
}

/// What the book says of a text: whose it is, masked. What is said is with the text, and goes with it.
fn line(shop: &Shop, item: &InboxItem) -> Line {
    let whose = Address::parse(&item.address).map(|address| address.to_string()).unwrap_or_default();
    Line::about("inbox", item.id, whose).at(shop)
}

fn picture(item: &InboxItem) -> Value {
    json!({ "done": item.done.is_some(), "answered": item.replied.is_some() })
}

fn answered() -> Value {
    json!({ "done": true, "answered": true })
}

/// When texts may arrive where somebody is: now, or later.
fn open_at(known: &Known, shop: &Shop, address: &str, now: DateTime<Utc>) -> DateTime<Utc> {
    let address = Address::parse(address).ok();
    let place = Place::of(address.as_ref().and_then(Address::phone), shop.time_zone);
    known.quiet_hours.next_open(&place, now)
}
