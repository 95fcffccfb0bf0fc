//! A sale of somebody unknown: they are invited by one text, once, and their sales wait for their YES. Nobody is enrolled
//! without consent, and who said no, or nothing, is not asked again by that shop.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::{
    NotDone, Order, Taken, What, Whom,
    desk::{Desk, draw},
    sale_uuid,
};
use crate::{
    clock::from_millis,
    config::Settings,
    domain::{
        address::Address,
        commands::{day, holding},
        consent::{ConsentKind, ConsentMethod},
        conversation::{Question, Step},
        country::Country,
        language::Line,
        program::sale::Sale,
        purse::{
            Cause, Occasion, Purse,
            refund::Returned,
            waiting::{Bought, Waiting},
        },
        shop::Shop,
        telling::place::Place,
    },
    store::{
        consent::NewConsent,
        invitations::{Invitation, StrangersKnown, WaitingRow},
        receiving::{ConversationRow, NewOutbox},
    },
};

/// On what terms strangers are invited.
#[derive(Debug, Clone)]
pub struct Terms {
    /// How long what they bought waits for their YES.
    pub wait: Duration,
    /// The countries whose phones are texted; none: all.
    pub countries: Vec<Country>,
}

impl Default for Terms {
    fn default() -> Self {
        Self { wait: Duration::days(7), countries: Vec::new() }
    }
}

impl Terms {
    /// As the settings say.
    pub fn of(settings: &Settings) -> Self {
        let codes = settings.limits.countries().unwrap_or_default();
        Self {
            wait: Duration::days(settings.invitations.wait_days.into()),
            countries: codes.iter().filter_map(|code| Country::from_code(code)).collect(),
        }
    }

    fn allow(&self, address: &str) -> bool {
        let phone = Address::parse(address).ok().and_then(|address| address.phone().map(str::to_owned));
        phone.is_some_and(|phone| {
            self.countries.is_empty()
                || Country::of_phone(&phone).is_some_and(|country| self.countries.contains(&country))
        })
    }
}

/// What a batch knows of strangers.
#[derive(Default)]
pub(super) struct Strangers {
    invitations: HashMap<(Uuid, String), Invitation>,
    conversations: HashMap<(Uuid, String), ConversationRow>,
    waiting: HashMap<Uuid, WaitingRow>,
}

impl From<StrangersKnown> for Strangers {
    fn from(known: StrangersKnown) -> Self {
        let StrangersKnown { invitations, conversations, waiting } = known;
        let by_shop = |invitation: Invitation| ((invitation.shop_id, invitation.address.clone()), invitation);
        let by_sender = |row: ConversationRow| ((row.sender_id, row.address.clone()), row);
        Self {
            invitations: invitations.into_iter().map(by_shop).collect(),
            conversations: conversations.into_iter().map(by_sender).collect(),
            waiting: waiting.into_iter().map(|row| (row.waiting.id, row)).collect(),
        }
    }
}

impl Desk<'_> {
    /// What could not be done since nobody is a member with this phone may wait instead.
    pub(super) fn wait_instead(&mut self, shop: &Shop, order: &Order, refused: NotDone) -> Result<Taken, NotDone> {
        let until = match (&order.what, &refused) {
            (What::Refund { sale_id, returned, refund_id }, NotDone::NoSuchSale | NotDone::NoSuchMember) => {
                self.return_waiting(sale_uuid(shop.id, sale_id), (refund_id, returned))
            }
            (What::Sale(sale), NotDone::NoSuchMember) if order.invites => self.let_wait(shop, order, Some(sale)),
            (What::Invite, NotDone::NoSuchMember) if order.invites => self.let_wait(shop, order, None),
            _ => None,
        };
        until.map(|until| Taken::Waits { until }).ok_or(refused)
    }

    fn let_wait(&mut self, shop: &Shop, order: &Order, sale: Option<&Sale>) -> Option<DateTime<Utc>> {
        let Whom::Address(address) = &order.whom else { return None };
        let is_silent = self.conversation_of(shop, address).is_some_and(|row| row.opted_out_at.is_some());
        let lapses_at = match self.strangers.invitations.get(&(shop.id, address.clone())) {
            Some(known) if known.state == "sent" && known.lapses_at > self.now.timestamp_millis() && !is_silent => {
                known.lapses_at
            }
            Some(_) => return None,
            None => self.ask(shop, address, order, sale)?,
        };
        if let Some(sale) = sale {
            let id = sale_uuid(shop.id, &sale.id);
            if !self.strangers.waiting.contains_key(&id) {
                let bought = Bought { sale: sale.clone(), returns: Vec::new() };
                let waiting = Waiting { id, shop_id: shop.id, actor: order.actor.clone(), bought };
                let created_at = self.now.timestamp_millis();
                let row = WaitingRow { waiting, address: address.clone(), created_at, lapses_at };
                self.strangers.waiting.insert(id, row.clone());
                self.writes.invitations.waiting.push(row);
            }
        }
        Some(from_millis(lapses_at))
    }

    /// A return of what waits is kept with it; the same one again changes nothing.
    fn return_waiting(&mut self, id: Uuid, (refund_id, returned): (&str, &Returned)) -> Option<DateTime<Utc>> {
        let row = self.strangers.waiting.get_mut(&id)?;
        if row.waiting.bought.returns.iter().all(|(known, _)| known != refund_id) {
            row.waiting.bought.returns.push((refund_id.to_owned(), returned.clone()));
            let invitations = &mut self.writes.invitations;
            match invitations.waiting.iter_mut().find(|new| new.waiting.id == id) {
                Some(new) => *new = row.clone(),
                None => {
                    invitations.returned.retain(|known| known.waiting.id != id);
                    invitations.returned.push(row.clone());
                }
            }
        }
        Some(from_millis(row.lapses_at))
    }

    fn conversation_of(&self, shop: &Shop, address: &str) -> Option<&ConversationRow> {
        self.strangers.conversations.get(&(shop.sender_id, address.to_owned()))
    }

    /// Invites somebody, where they may be: one text, one question, which lapses with what waits. Answers when that is.
    fn ask(&mut self, shop: &Shop, address: &str, order: &Order, sale: Option<&Sale>) -> Option<i64> {
        let sender = self.known.directory.sender(shop.sender_id)?;
        let row = self.conversation_of(shop, address);
        let is_open = |row: &ConversationRow| {
            let question = row.question.as_deref().and_then(|json| serde_json::from_str::<Question>(json).ok());
            question.is_some_and(|question| self.now < question.lapses_at)
        };
        // An open question is not overwritten, and a doubt whether they want any texts is a no.
        let may_be_asked =
            |row: &ConversationRow| row.opted_out_at.is_none() && row.no_marketing_since.is_none() && !is_open(row);
        if !self.terms.allow(address) || !row.is_none_or(may_be_asked) {
            return None;
        }
        // By night the question is asked in the morning, and no answer to it is heard before.
        let (now, asked_at) = (self.now, self.may_be_texted_from(shop, address));
        let until = asked_at + self.terms.wait;
        let body = self.invitation(shop, order, sale, until)?;
        let language = row.and_then(|row| row.language.clone());
        let question = Question {
            step: Step::ConfirmJoin { shop_id: shop.id, keyword_id: None, referred_by: None },
            asked_at,
            lapses_at: until,
            language: Some(shop.language),
        };
        let asked = ConversationRow {
            sender_id: shop.sender_id,
            address: address.to_owned(),
            question: serde_json::to_string(&question).ok(),
            opted_out_at: None,
            no_marketing_since: None,
            hinted_at: row.and_then(|row| row.hinted_at),
            language,
            language_offered_at: row.and_then(|row| row.language_offered_at),
            spoken_of: row.and_then(|row| row.spoken_of),
            updated_at: now.timestamp_millis(),
        };
        let key = (shop.sender_id, address.to_owned());
        let account_id = sender.account_id;
        self.strangers.conversations.insert(key.clone(), asked.clone());
        self.writes.conversations.insert(key, asked);
        self.writes.consents.push(NewConsent {
            sender_id: shop.sender_id,
            address: address.to_owned(),
            shop_id: Some(shop.id),
            kind: ConsentKind::Asked.word(),
            method: ConsentMethod::Invitation.word(),
            reason: None,
            typed: String::new(),
            shown: body.clone(),
            provider_message_id: None,
            occurred_at: now.timestamp_millis(),
        });
        self.writes.outbox.push(NewOutbox {
            sender_id: shop.sender_id,
            address: address.to_owned(),
            merchant_id: Some(shop.merchant_id),
            shop_id: Some(shop.id),
            account_id: Some(account_id),
            cause: None,
            reply: "invited",
            body,
            request_id: format!("invitation-{}", Uuid::now_v7()),
            held_until: (asked_at > now).then(|| asked_at.timestamp_millis()),
            created_at: now.timestamp_millis(),
        });
        let sent = Invitation {
            shop_id: shop.id,
            address: address.to_owned(),
            state: "sent".to_owned(),
            created_at: now.timestamp_millis(),
            lapses_at: until.timestamp_millis(),
        };
        self.strangers.invitations.insert((shop.id, address.to_owned()), sent.clone());
        self.writes.invitations.sent.push(sent);
        Some(until.timestamp_millis())
    }

    /// From when on somebody unknown may be texted.
    fn may_be_texted_from(&self, shop: &Shop, address: &str) -> DateTime<Utc> {
        let address = Address::parse(address).ok();
        let place = Place::of(address.as_ref().and_then(Address::phone), shop.time_zone);
        self.known.quiet_hours.next_open(&place, self.now)
    }

    /// Says what waits, and what a yes means: what the law wants of the question after a keyword.
    fn invitation(&self, shop: &Shop, order: &Order, sale: Option<&Sale>, until: DateTime<Utc>) -> Option<String> {
        let program = self.known.directory.program_at(shop.program_id, self.now)?;
        let occasion = Occasion {
            cause: Cause::new("invited", ""),
            at: self.now,
            shop_id: Some(shop.id),
            actor: order.actor.clone(),
            reason: None,
        };
        let purse = Purse::of_newcomer(program, sale, &occasion, &mut draw());
        let has_something = purse.available > 0 || purse.cards.values().any(|card| card.in_hand() > 0);
        let line = if has_something {
            let day = day::written(program.day(until), program.day(self.now));
            Line::new("invited").part("held", holding::in_purse(program, &purse)).part("day", day)
        } else {
            Line::new("join-question")
        };
        let line = line.text("shop", shop.name.as_str()).count("per_month", shop.messages_per_month.into());
        Some(self.known.directory.voice(Some(shop.id), shop.language).write_line(&line))
    }
}
