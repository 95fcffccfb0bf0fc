//! A batch of inbound texts: seen before? → load → respond → apply → commit.

use std::{collections::HashSet, sync::Arc};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{apply::World, batch::WriteBatch, directory::LiveDirectory};
use crate::{
    bell::Bell,
    domain::{
        conversation::{Context, respond},
        message::{Inbound, OptOutType},
        text::Text,
    },
    store::{Result, Store, receiving::NewInbound},
};

/// A text as it came in, verified.
pub struct Arrival {
    /// The account it came through.
    pub account_id: Uuid,
    /// The text.
    pub inbound: Inbound,
    /// The request that brought it.
    pub request_id: String,
    /// When.
    pub received_at: DateTime<Utc>,
}

/// Receives batches of texts.
pub struct Receive {
    /// Where to write.
    pub store: Store,
    /// Who is here.
    pub directory: Arc<LiveDirectory>,
    /// Rung when there is something to send.
    pub bell: Bell,
}

impl WriteBatch for Receive {
    type Item = Arrival;

    async fn write(&self, arrivals: &[Arrival]) -> Result<()> {
        let senders = self.senders(arrivals);
        let tx = self.store.begin().await?;
        tx.lock_addresses(&distinct(arrivals.iter().map(|arrival| arrival.inbound.from.as_str()))).await?;
        let rows: Vec<_> = arrivals.iter().zip(&senders).map(|(arrival, sender)| row(arrival, *sender)).collect();
        let mut unseen = tx.insert_inbound(&rows).await?;
        let mut fresh = Vec::with_capacity(unseen.len());
        for (arrival, sender) in arrivals.iter().zip(&senders) {
            let key = (arrival.account_id, arrival.inbound.provider_message_id.clone());
            if let Some(inbound_id) = unseen.remove(&key) {
                fresh.push(Fresh { arrival, sender_id: *sender, inbound_id });
            }
        }
        metrics::counter!("regulars_inbound_seen_before_total").increment((arrivals.len() - fresh.len()) as u64);
        fresh.retain(|fresh| fresh.sender_id.is_some() && fresh.arrival.inbound.from.is_person());
        let mut world = self.load(&tx, &fresh).await?;
        self.decide(&mut world, &fresh);
        tx.write(&world.writes).await?;
        tx.commit().await?;
        self.bell.ring(distinct(world.writes.outbox.iter().map(|row| row.sender_id)));
        Ok(())
    }
}

/// A text that was not seen before, with our id for it.
struct Fresh<'a> {
    arrival: &'a Arrival,
    sender_id: Option<Uuid>,
    inbound_id: i64,
}

impl Receive {
    /// The sender that each text was addressed to; `None` for an address nobody told us of.
    fn senders(&self, arrivals: &[Arrival]) -> Vec<Option<Uuid>> {
        let known = self.directory.read();
        let sender = |arrival: &Arrival| {
            let inbound = &arrival.inbound;
            let sender = known.directory.sender_of(inbound.to.as_str(), inbound.service.as_deref());
            sender.filter(|sender| sender.account_id == arrival.account_id).map(|sender| sender.id)
        };
        arrivals.iter().map(sender).collect()
    }

    async fn load(&self, tx: &crate::store::Transaction, fresh: &[Fresh<'_>]) -> Result<World> {
        let pairs = fresh.iter().filter_map(|fresh| Some((fresh.sender_id?, fresh.arrival.inbound.from.as_str())));
        let conversations = tx.load_conversations(&distinct(pairs)).await?;
        let addresses = distinct(fresh.iter().map(|fresh| fresh.arrival.inbound.from.as_str()));
        let members = tx.load_members(&addresses).await?;
        Ok(World::new(conversations, members))
    }

    /// One turn for each text, in order of arrival; each sees what those before it in the batch have changed.
    fn decide(&self, world: &mut World, fresh: &[Fresh<'_>]) {
        let known = self.directory.read();
        for Fresh { arrival, sender_id, inbound_id } in fresh {
            let Some(sender) = sender_id.and_then(|id| known.directory.sender(id)) else { continue };
            let address = arrival.inbound.from.as_str();
            let conversation = world.conversation(sender.id, address);
            let enrolments = world.enrolments(address, sender.id, &known.directory);
            let context = Context {
                now: arrival.received_at,
                directory: &known.directory,
                sender,
                enrolments: &enrolments,
                opt_out_type: arrival.inbound.opt_out_type,
            };
            let turn = respond(&conversation, &Text::read(&arrival.inbound.body), &context);
            world.apply(arrival, *inbound_id, sender, turn, &known.directory);
        }
    }
}

fn row(arrival: &Arrival, sender_id: Option<Uuid>) -> NewInbound<'_> {
    let Inbound { provider_message_id, from, to, body, media, opt_out_type, segments, .. } = &arrival.inbound;
    NewInbound {
        account_id: arrival.account_id,
        provider_message_id,
        sender_id,
        address: from.as_str(),
        to_address: to.as_str(),
        body,
        media: (!media.is_empty()).then(|| serde_json::to_string(media).unwrap_or_default()),
        opt_out_type: opt_out_type.map(|opt_out_type| match opt_out_type {
            OptOutType::Stop => "STOP",
            OptOutType::Start => "START",
            OptOutType::Help => "HELP",
        }),
        segments: *segments,
        request_id: &arrival.request_id,
        received_at: arrival.received_at.timestamp_millis(),
    }
}

fn distinct<T: std::hash::Hash + Eq>(items: impl Iterator<Item = T>) -> Vec<T> {
    items.collect::<HashSet<_>>().into_iter().collect()
}
