//! Effect → rows, gathered for a whole batch. The only exhaustive match on [`Effect`].

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::receive::Arrival;
use crate::{
    clock::from_millis,
    domain::{
        conversation::{Conversation, Enrolment, Turn},
        directory::Directory,
        effect::{Cause, Effect},
        language::Language,
        shop::Sender,
    },
    store::{
        consent::NewConsent,
        receiving::{ConversationRow, MemberRow, NewOutbox, Writes},
    },
};

/// What a batch knows of the people in it, as far as it has got, and what it will write.
pub struct World {
    conversations: HashMap<(Uuid, String), Conversation>,
    members: HashMap<String, Vec<Member>>,
    /// What the batch will write.
    pub writes: Writes,
}

/// A person at one merchant.
struct Member {
    id: Uuid,
    merchant_id: Uuid,
    enrolments: Vec<Enrolment>,
    language: Language,
}

impl World {
    /// What was loaded.
    pub fn new(conversations: Vec<ConversationRow>, rows: Vec<MemberRow>) -> Self {
        let conversations = conversations
            .into_iter()
            .map(|row| ((row.sender_id, row.address.clone()), read_conversation(&row)))
            .collect();
        let mut members: HashMap<String, Vec<Member>> = HashMap::new();
        for row in rows {
            let language = Language::from_code(&row.language).unwrap_or_default();
            let known = members.entry(row.address).or_default();
            let at = known.iter().position(|member| member.id == row.member_id).unwrap_or_else(|| {
                known.push(Member {
                    id: row.member_id,
                    merchant_id: row.merchant_id,
                    enrolments: Vec::new(),
                    language,
                });
                known.len() - 1
            });
            if let (Some(member), Some((id, shop_id, balance))) = (known.get_mut(at), row.enrolment) {
                member.enrolments.push(Enrolment { id, member_id: row.member_id, shop_id, balance, language });
            }
        }
        Self { conversations, members, writes: Writes::default() }
    }

    /// The conversation of a person with a sender.
    pub fn conversation(&self, sender_id: Uuid, address: &str) -> Conversation {
        self.conversations.get(&(sender_id, address.to_owned())).cloned().unwrap_or_default()
    }

    /// The person's enrolments at shops that are spoken of on this sender.
    pub fn enrolments(&self, address: &str, sender_id: Uuid, directory: &Directory) -> Vec<Enrolment> {
        let members = self.members.get(address).into_iter().flatten();
        let enrolments = members.flat_map(|member| &member.enrolments);
        enrolments.filter(|enrolment| directory.speaks_on(enrolment.shop_id, sender_id)).cloned().collect()
    }

    /// Takes in what a turn asks for.
    pub fn apply(&mut self, arrival: &Arrival, sender: &Sender, turn: Turn, directory: &Directory) {
        let now = arrival.received_at;
        let address = arrival.inbound.from.as_str();
        let said = said_in(&turn);
        let shown = said.join("\n");
        let mut said = said.into_iter();
        for effect in &turn.effects {
            match effect {
                Effect::Say { reply, shop_id } => {
                    let merchant_id = self.merchant_of(*shop_id, sender, address, directory);
                    self.writes.outbox.push(NewOutbox {
                        sender_id: sender.id,
                        address: address.to_owned(),
                        merchant_id,
                        shop_id: *shop_id,
                        account_id: Some(arrival.account_id),
                        cause: Some(arrival.inbound.provider_message_id.clone()),
                        reply: reply.key(),
                        body: said.next().unwrap_or_default(),
                        request_id: arrival.request_id.clone(),
                        created_at: now.timestamp_millis(),
                    });
                }
                Effect::Enrol { shop_id, keyword_id } => {
                    if let Some(shop) = directory.shop(*shop_id) {
                        self.enrol(address, shop.merchant_id, *shop_id, *keyword_id, turn.language, now);
                    }
                }
                Effect::Post { shop_id, points, cause } => self.post(address, *shop_id, *points, *cause, now),
                Effect::Record { kind, method, shop_id } => self.writes.consents.push(NewConsent {
                    sender_id: sender.id,
                    address: address.to_owned(),
                    shop_id: *shop_id,
                    kind: kind.word(),
                    method: method.word(),
                    typed: arrival.inbound.body.clone(),
                    shown: shown.clone(),
                    provider_message_id: Some(arrival.inbound.provider_message_id.clone()),
                    occurred_at: now.timestamp_millis(),
                }),
                Effect::Withdraw => self.withdraw(sender.id, address),
            }
        }
        self.keep(sender.id, address, turn.conversation, now);
    }

    fn enrol(
        &mut self,
        address: &str,
        merchant_id: Uuid,
        shop_id: Uuid,
        keyword_id: Uuid,
        language: Language,
        now: DateTime<Utc>,
    ) {
        let now = now.timestamp_millis();
        let known = self.members.entry(address.to_owned()).or_default();
        let at = known.iter().position(|member| member.merchant_id == merchant_id).unwrap_or_else(|| {
            let id = Uuid::now_v7();
            self.writes.members.push((id, merchant_id, address.to_owned(), language.code(), now));
            known.push(Member { id, merchant_id, enrolments: Vec::new(), language });
            known.len() - 1
        });
        let Some(member) = known.get_mut(at) else { return };
        let (id, language) = (Uuid::now_v7(), member.language);
        self.writes.enrolments.push((id, member.id, shop_id, keyword_id, 0, now));
        member.enrolments.push(Enrolment { id, member_id: member.id, shop_id, balance: 0, language });
    }

    /// An entry's id derives from its cause, so that the same cause posts once.
    fn post(&mut self, address: &str, shop_id: Uuid, points: i64, cause: Cause, now: DateTime<Utc>) {
        let members = self.members.get_mut(address).into_iter().flatten();
        let mut enrolments = members.flat_map(|member| &mut member.enrolments);
        let Some(enrolment) = enrolments.find(|enrolment| enrolment.shop_id == shop_id) else { return };
        enrolment.balance += points;
        let id = Uuid::new_v5(&enrolment.id, cause.word().as_bytes());
        self.writes.entries.push((id, enrolment.id, points, cause.word(), now.timestamp_millis()));
        // What was enrolled in this batch is written with its balance; what was there before is added to.
        match self.writes.enrolments.iter_mut().rev().find(|row| row.0 == enrolment.id) {
            Some(row) => row.4 += points,
            None => self.writes.balances.push((enrolment.id, points)),
        }
    }

    fn withdraw(&mut self, sender_id: Uuid, address: &str) {
        self.writes.outbox.retain(|row| (row.sender_id, row.address.as_str()) != (sender_id, address));
        self.writes.withdrawals.push((sender_id, address.to_owned()));
    }

    /// Only a conversation that changed is written: most texts leave it as it was.
    fn keep(&mut self, sender_id: Uuid, address: &str, after: Conversation, now: DateTime<Utc>) {
        let key = (sender_id, address.to_owned());
        if self.conversations.get(&key).cloned().unwrap_or_default() == after {
            return;
        }
        let row = ConversationRow {
            sender_id,
            address: address.to_owned(),
            question: after.question.as_ref().and_then(|question| serde_json::to_string(question).ok()),
            opted_out_at: after.silent_since.map(|time| time.timestamp_millis()),
            hinted_at: after.hinted_at.map(|time| time.timestamp_millis()),
            updated_at: now.timestamp_millis(),
        };
        self.writes.conversations.insert(key.clone(), row);
        self.conversations.insert(key, after);
    }

    /// Whose reply it is: the shop's merchant, the sender's, or that of the person's only membership.
    fn merchant_of(
        &self,
        shop_id: Option<Uuid>,
        sender: &Sender,
        address: &str,
        directory: &Directory,
    ) -> Option<Uuid> {
        let by_shop = shop_id.and_then(|id| directory.shop(id)).map(|shop| shop.merchant_id);
        let by_membership = || match self.members.get(address).map(Vec::as_slice) {
            Some([only]) => Some(only.merchant_id),
            _ => None,
        };
        by_shop.or(sender.merchant_id).or_else(by_membership)
    }
}

/// All that is said in a turn, in order, as it will be read.
fn said_in(turn: &Turn) -> Vec<String> {
    let said = turn.effects.iter().filter_map(|effect| match effect {
        Effect::Say { reply, .. } => Some(turn.language.write(reply)),
        _ => None,
    });
    said.collect()
}

/// A question that no longer reads (from an older version) has lapsed.
fn read_conversation(row: &ConversationRow) -> Conversation {
    Conversation {
        question: row.question.as_deref().and_then(|question| serde_json::from_str(question).ok()),
        silent_since: row.opted_out_at.map(from_millis),
        hinted_at: row.hinted_at.map(from_millis),
    }
}
