//! What the carrier remembers: the last texts in a ring, and for every phone its texts, counters and blocks.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, Utc};

use super::blocks::{Admission, Blocks, StopBlocks};
use super::message::{Direction, Message, Status};
use crate::domain::message::DeliveryStatus;

/// Most phones with counters of their own; texts of further phones are taken, but only counted in the totals.
const PHONES_MAX: usize = 1_000_000;

/// The carrier's memory. Everything in it is bounded.
#[derive(Debug)]
pub struct Mailbox {
    /// Sets the ids of this run apart from those of any other.
    run: u64,
    messages_max: usize,
    stop_blocks: StopBlocks,
    messages: VecDeque<Message>,
    next_number: u64,
    /// Ids we did not make, by number.
    foreign_sids: HashMap<String, u64>,
    phones: HashMap<Box<str>, Phone>,
    totals: Counts,
}

/// What one phone, or all together, have sent and been sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Texts from the phone.
    pub inbound: u64,
    /// Texts from the gateway to the phone.
    pub outbound: u64,
}

#[derive(Debug, Default)]
struct Phone {
    counts: Counts,
    /// Numbers of its texts in the ring, oldest first.
    numbers: VecDeque<u64>,
    blocks: Blocks,
}

/// A text before the carrier has given it a number.
pub(super) struct NewMessage {
    pub sid: Option<String>,
    pub direction: Direction,
    pub from: String,
    pub to: String,
    pub body: String,
    pub status: Status,
    pub service: Option<String>,
    pub media: Vec<String>,
}

impl Mailbox {
    pub(super) fn new(run: u64, messages_max: usize, stop_blocks: StopBlocks) -> Self {
        Self {
            run,
            messages_max: messages_max.max(1),
            stop_blocks,
            messages: VecDeque::new(),
            next_number: 0,
            foreign_sids: HashMap::new(),
            phones: HashMap::new(),
            totals: Counts::default(),
        }
    }

    /// Every text still in the ring, oldest first.
    pub fn messages(&self) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.iter()
    }

    /// The texts of one phone still in the ring, both ways, oldest first.
    pub fn messages_of(&self, phone: &str) -> impl DoubleEndedIterator<Item = &Message> {
        let numbers = self.phones.get(phone).map(|phone| phone.numbers.iter());
        numbers.into_iter().flatten().filter_map(|number| self.message(*number))
    }

    /// The texts the gateway has sent to one phone, oldest first.
    pub fn messages_to(&self, phone: &str) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages_of(phone).filter(|message| message.direction == Direction::Outbound)
    }

    /// The text with this number, while it is in the ring.
    pub fn message(&self, number: u64) -> Option<&Message> {
        self.messages.get(self.position(number)?)
    }

    /// The text with this id, while it is in the ring.
    pub fn find(&self, sid: &str) -> Option<&Message> {
        let number = self.foreign_sids.get(sid).copied().or_else(|| self.number_in(sid))?;
        self.message(number).filter(|message| message.sid == sid)
    }

    /// What all phones together have sent and been sent, evicted texts included.
    pub fn totals(&self) -> Counts {
        self.totals
    }

    /// What one phone has sent and been sent, evicted texts included.
    pub fn counts(&self, phone: &str) -> Counts {
        self.phones.get(phone).map(|phone| phone.counts).unwrap_or_default()
    }

    /// Every phone with its counts, in no order.
    pub fn phones(&self) -> impl Iterator<Item = (&str, Counts)> {
        self.phones.iter().map(|(number, phone)| (&**number, phone.counts))
    }

    /// Whether this phone has ever texted or been texted.
    pub fn knows(&self, phone: &str) -> bool {
        self.phones.contains_key(phone)
    }

    /// The senders this phone has stopped.
    pub fn blocked_senders(&self, phone: &str) -> Vec<String> {
        let phone = self.phones.get(phone);
        phone.map(|phone| phone.blocks.senders().map(str::to_owned).collect()).unwrap_or_default()
    }

    /// Whether a text from `sender` goes through to `phone` now.
    pub(super) fn admit(&mut self, sender: &str, phone: &str) -> Admission {
        self.phones.get_mut(phone).map_or(Admission::Open, |phone| phone.blocks.admit(sender))
    }

    /// Reads an inbound text as the carrier does; says whether the phone's blocks changed.
    pub(super) fn hear(&mut self, phone: &str, sender: &str, body: &str) -> bool {
        let policy = self.stop_blocks;
        self.phone_mut(phone).is_some_and(|phone| phone.blocks.hear(sender, body, policy))
    }

    /// Takes a text, giving it a number and an id, and drops the oldest when the ring is full.
    pub(super) fn take(&mut self, new: NewMessage, now: DateTime<Utc>) -> &Message {
        if self.messages.len() >= self.messages_max {
            self.evict();
        }
        let number = self.next_number;
        self.next_number += 1;
        let sid = self.name(new.sid, number, !new.media.is_empty());
        let message = Message {
            number,
            sid,
            direction: new.direction,
            from: new.from,
            to: new.to,
            body: new.body,
            status: new.status,
            error_code: None,
            service: new.service,
            media: new.media,
            created_at: now,
            updated_at: now,
            sent_at: (new.direction == Direction::Inbound).then_some(now),
        };
        self.count(&message);
        let position = self.messages.len();
        self.messages.push_back(message);
        &self.messages[position]
    }

    /// Moves a text on; the changed text, while it is in the ring.
    pub(super) fn advance(
        &mut self,
        number: u64,
        status: Status,
        error_code: Option<u32>,
        now: DateTime<Utc>,
    ) -> Option<&Message> {
        let position = self.position(number)?;
        let message = self.messages.get_mut(position)?;
        message.status = status;
        message.error_code = error_code;
        message.updated_at = now;
        if matches!(status, Status::Outbound(status) if status.rank() >= DeliveryStatus::Sent.rank()) {
            message.sent_at.get_or_insert(now);
        }
        Some(message)
    }

    /// The number a messaging service chose to send from.
    pub(super) fn choose_sender(&mut self, number: u64, sender: &str) {
        let message = self.position(number).and_then(|position| self.messages.get_mut(position));
        if let Some(message) = message.filter(|message| message.from.is_empty()) {
            sender.clone_into(&mut message.from);
        }
    }

    fn count(&mut self, message: &Message) {
        let add = |counts: &mut Counts| match message.direction {
            Direction::Inbound => counts.inbound += 1,
            Direction::Outbound => counts.outbound += 1,
        };
        add(&mut self.totals);
        if let Some(phone) = self.phone_mut(message.phone()) {
            add(&mut phone.counts);
            phone.numbers.push_back(message.number);
        }
    }

    fn phone_mut(&mut self, phone: &str) -> Option<&mut Phone> {
        if !self.phones.contains_key(phone) {
            if self.phones.len() >= PHONES_MAX {
                return None;
            }
            self.phones.insert(phone.into(), Phone::default());
        }
        self.phones.get_mut(phone)
    }

    fn evict(&mut self) {
        let Some(oldest) = self.messages.pop_front() else {
            return;
        };
        self.foreign_sids.remove(&oldest.sid);
        if let Some(phone) = self.phones.get_mut(oldest.phone()) {
            phone.numbers.pop_front_if(|number| *number == oldest.number);
        }
    }

    fn position(&self, number: u64) -> Option<usize> {
        let first = self.messages.front()?.number;
        usize::try_from(number.checked_sub(first)?).ok().filter(|position| *position < self.messages.len())
    }

    /// `SM` or `MM`, the run and the number: ids need no index, and never meet those of another run.
    fn name(&mut self, given: Option<String>, number: u64, media: bool) -> String {
        match given {
            Some(sid) => {
                self.foreign_sids.insert(sid.clone(), number);
                sid
            }
            None => format!("{}{:016x}{number:016x}", if media { "MM" } else { "SM" }, self.run),
        }
    }

    fn number_in(&self, sid: &str) -> Option<u64> {
        let (run, number) = sid.get(2..)?.split_at_checked(16)?;
        let ours = u64::from_str_radix(run, 16).is_ok_and(|run| run == self.run);
        ours.then(|| u64::from_str_radix(number, 16).ok()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(phone: &str, sid: Option<&str>) -> NewMessage {
        NewMessage {
            sid: sid.map(str::to_owned),
            direction: Direction::Outbound,
            from: "+15550000000".to_owned(),
            to: phone.to_owned(),
            body: "hello".to_owned(),
            status: Status::Outbound(DeliveryStatus::Queued),
            service: None,
            media: Vec::new(),
        }
    }

    #[test]
    fn the_ring_forgets_the_oldest_text_but_not_the_counts() {
        let mut mailbox = Mailbox::new(7, 2, StopBlocks::Never);
        let now = Utc::now();
        let first = mailbox.take(text("+1", Some("SMfirst")), now).sid.clone();
        let second = mailbox.take(text("+1", None), now).sid.clone();
        let third = mailbox.take(text("+2", None), now).sid.clone();
        assert_eq!(mailbox.find(&first), None);
        assert_eq!(mailbox.find(&second).map(|message| message.number), Some(1));
        assert_eq!(mailbox.find(&third).map(|message| message.number), Some(2));
        assert_eq!(mailbox.messages_to("+1").count(), 1);
        assert_eq!(mailbox.counts("+1").outbound, 2);
        assert_eq!(mailbox.totals().outbound, 3);
        assert!(mailbox.advance(0, Status::Outbound(DeliveryStatus::Sent), None, now).is_none());
    }

    #[test]
    fn ids_of_other_runs_and_nonsense_are_not_found() {
        let mut mailbox = Mailbox::new(7, 10, StopBlocks::Never);
        mailbox.take(text("+1", None), Utc::now());
        for sid in ["", "SM", "SMé", "SM00000000000000080000000000000000", "MM00000000000000070000000000000000"] {
            assert_eq!(mailbox.find(sid), None, "{sid}");
        }
    }
}
