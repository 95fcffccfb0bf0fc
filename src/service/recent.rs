//! What was lately seen on this node, and so what is one too many: loops between robots, floods of texts and of sign-ups.
//!
//! Memory is bounded: who was seen least lately is forgotten first. What a batch has seen is kept when it is committed, so that
//! a batch that is written a second time does not count twice.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
};

use hashlink::LruCache;
use uuid::Uuid;

use super::receive::Arrival;
use crate::{
    config,
    domain::{
        address::Address,
        conversation::{Allowed, Turn},
        country::Country,
        flood::{
            CROWD_SECONDS, RATE_SECONDS, changes_something, joins, opts_out,
            phone::{Phone, PhoneLimits},
            prefix_of, print_of,
            window::Window,
        },
    },
};

/// Most phones, crowds and prefixes that are remembered, of each.
const REMEMBERED_MAX: usize = 65_536;

/// What was lately seen on this node.
pub struct Recent {
    limits: config::Limits,
    countries: Vec<Country>,
    memory: Mutex<Memory>,
}

struct Memory {
    /// By sender and phone, hashed with a key of this process: a number takes less room than both.
    phones: LruCache<u64, Phone>,
    crowds: LruCache<Crowd, Window>,
    /// By the number without its last four digits.
    countries: LruCache<u64, Option<Country>>,
    hasher: RandomState,
}

/// Whom a window counts, each on one sender: a flood at one merchant's number damps no other's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Crowd {
    /// All texts.
    Texts(Uuid),
    /// All who join.
    Joins(Uuid),
    /// Who joins from a prefix.
    Prefix(Uuid, u64),
    /// Who joins from a country.
    Country(Uuid, Country),
}

/// What a batch has seen; kept by [`Recent::keep`] once it is committed.
#[derive(Default)]
pub struct Seen {
    phones: HashMap<u64, Phone>,
    crowds: HashMap<Crowd, Window>,
    /// Why texts were damped.
    damped: Vec<&'static str>,
    alarms: Vec<(Crowd, u32)>,
}

/// A batch that is being decided.
pub struct Batch<'a> {
    recent: &'a Recent,
    memory: MutexGuard<'a, Memory>,
    seen: Seen,
}

impl Recent {
    /// A node that has seen nothing yet.
    pub fn new(limits: &config::Limits) -> Self {
        let codes = limits.countries().unwrap_or_default();
        let memory = Memory {
            phones: LruCache::new(REMEMBERED_MAX),
            crowds: LruCache::new(REMEMBERED_MAX),
            countries: LruCache::new(REMEMBERED_MAX),
            hasher: RandomState::new(),
        };
        Self {
            limits: limits.clone(),
            countries: codes.iter().filter_map(|code| Country::from_code(code)).collect(),
            memory: Mutex::new(memory),
        }
    }

    /// Begins a batch.
    pub fn batch(&self) -> Batch<'_> {
        Batch { recent: self, memory: self.lock(), seen: Seen::default() }
    }

    /// Remembers what a batch has seen, now that it is committed, and tells the operator.
    pub fn keep(&self, seen: Seen) {
        let mut memory = self.lock();
        for (key, phone) in seen.phones {
            memory.phones.insert(key, phone);
        }
        for (crowd, window) in seen.crowds {
            memory.crowds.insert(crowd, window);
        }
        drop(memory);
        for why in seen.damped {
            metrics::counter!("regulars_inbound_damped_total", "why" => why).increment(1);
        }
        for (crowd, most) in seen.alarms {
            crowd.raise_alarm(most);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn phone_limits(&self) -> PhoneLimits {
        PhoneLimits {
            same_answer_max: self.limits.same_answer_max,
            minute_max: self.limits.answers_per_phone_minute_max,
            hour_max: self.limits.answers_per_phone_hour_max,
            day_max: self.limits.answers_per_phone_day_max,
        }
    }
}

impl Batch<'_> {
    /// Decides a text: as `respond` does, or with less allowed where it is one too many.
    pub fn decide(&mut self, arrival: &Arrival, sender_id: Uuid, respond: impl Fn(Allowed) -> Turn) -> Turn {
        let now = u32::try_from(arrival.received_at.timestamp()).unwrap_or_default();
        let from = &arrival.inbound.from;
        let phone = self.memory.hasher.hash_one((sender_id, from.as_str()));
        if let Err(why) = self.may_be_answered(phone, from, sender_id, now) {
            return self.damp(why, respond(Allowed::NoAnswer));
        }
        let turn = respond(Allowed::All);
        let Some(print) = print_of(&turn) else { return turn };
        // The confirmation of an opt-out is owed.
        if !opts_out(&turn)
            && let Err(why) = self.may_be_told(phone, print, changes_something(&turn), now)
        {
            return self.damp(why, respond(Allowed::NoAnswer));
        }
        if joins(&turn)
            && let Err(why) = self.may_join(from, sender_id, now)
        {
            return self.damp(why, respond(Allowed::NoJoining));
        }
        self.phone(phone).is_told(print, now);
        turn
    }

    /// Whether an order of staff is not one of too many texts.
    pub fn admits(&mut self, arrival: &Arrival, sender_id: Uuid) -> bool {
        let now = u32::try_from(arrival.received_at.timestamp()).unwrap_or_default();
        let from = &arrival.inbound.from;
        let phone = self.memory.hasher.hash_one((sender_id, from.as_str()));
        match self.may_be_answered(phone, from, sender_id, now) {
            Ok(()) => true,
            Err(why) => {
                self.seen.damped.push(why);
                false
            }
        }
    }

    /// What it has seen.
    pub fn seen(self) -> Seen {
        self.seen
    }

    fn damp(&mut self, why: &'static str, turn: Turn) -> Turn {
        self.seen.damped.push(why);
        turn
    }

    /// Whether more may be done for a text than to hear it, whatever it says; or why not.
    fn may_be_answered(&mut self, phone: u64, from: &Address, sender_id: Uuid, now: u32) -> Result<(), &'static str> {
        let Recent { limits, countries, .. } = self.recent;
        if let Some(number) = from.phone().filter(|_| !countries.is_empty()) {
            let country = self.country_of(number);
            if !country.is_some_and(|country| countries.contains(&country)) {
                return Err("country");
            }
        }
        let most = limits.texts_per_phone_minute_max;
        if most > 0 && !self.phone(phone).texts(most, now) {
            return Err("texts_of_phone");
        }
        let texts = (Crowd::Texts(sender_id), limits.texts_per_sender_minute_max);
        self.admit([texts], now).map_err(|_| "texts_to_sender")
    }

    /// Whether a phone may be told this; or why not.
    fn may_be_told(&mut self, phone: u64, print: u32, confirms: bool, now: u32) -> Result<(), &'static str> {
        let limits = self.recent.phone_limits();
        let phone = self.phone(phone);
        if phone.was_told_enough(print, confirms, &limits, now) {
            return Err("same_answer");
        }
        if phone.was_answered_enough(&limits, now) { Err("answers_to_phone") } else { Ok(()) }
    }

    /// Whether one more may join; or why not.
    fn may_join(&mut self, from: &Address, sender_id: Uuid, now: u32) -> Result<(), &'static str> {
        let limits = &self.recent.limits;
        let (by_prefix, by_country) = (limits.joins_per_prefix_max, limits.joins_per_country_max);
        let prefix = prefix_of(from).map(|prefix| (Crowd::Prefix(sender_id, prefix), by_prefix));
        let number = from.phone().filter(|_| by_country > 0);
        let country = number.and_then(|number| self.country_of(number));
        let country = country.map(|country| (Crowd::Country(sender_id, country), by_country));
        let joins = (Crowd::Joins(sender_id), limits.joins_per_sender_minute_max);
        self.admit(prefix.into_iter().chain(country).chain([joins]), now).map_err(|crowd| crowd.why())
    }

    /// Counts one in each of these crowds; or in none, where one of them has as many as it may.
    fn admit(&mut self, crowds: impl IntoIterator<Item = (Crowd, u32)>, now: u32) -> Result<(), Crowd> {
        let limited: Vec<_> = crowds.into_iter().filter(|(_, most)| *most > 0).collect();
        for (crowd, most) in &limited {
            let window = self.crowd(*crowd);
            if window.is_full(*most, now, crowd.seconds()) {
                if window.is_to_be_told() {
                    self.seen.alarms.push((*crowd, *most));
                }
                return Err(*crowd);
            }
        }
        limited.iter().for_each(|(crowd, _)| self.crowd(*crowd).count(now, crowd.seconds()));
        Ok(())
    }

    fn phone(&mut self, key: u64) -> &mut Phone {
        let known = || self.memory.phones.peek(&key).cloned().unwrap_or_default();
        self.seen.phones.entry(key).or_insert_with(known)
    }

    fn crowd(&mut self, crowd: Crowd) -> &mut Window {
        let known = || self.memory.crowds.peek(&crowd).copied().unwrap_or_default();
        self.seen.crowds.entry(crowd).or_insert_with(known)
    }

    /// Numbers that differ in the last four digits only are of one country.
    fn country_of(&mut self, number: &str) -> Option<Country> {
        let key = number.get(1..number.len().saturating_sub(4))?.parse().ok()?;
        let known = self.memory.countries.entry(key);
        *known.or_insert_with(|| Country::of_phone(number))
    }
}

impl Crowd {
    /// How long it is counted.
    fn seconds(self) -> u32 {
        match self {
            Self::Texts(_) | Self::Joins(_) => RATE_SECONDS,
            Self::Prefix(..) | Self::Country(..) => CROWD_SECONDS,
        }
    }

    /// Why one of it is damped.
    fn why(self) -> &'static str {
        match self {
            Self::Texts(_) => "texts_to_sender",
            Self::Joins(_) => "joins_on_sender",
            Self::Prefix(..) => "joins_from_prefix",
            Self::Country(..) => "joins_from_country",
        }
    }

    /// Tells the operator that it is too great.
    fn raise_alarm(self, most: u32) {
        let sender_id = match self {
            Self::Texts(id) | Self::Joins(id) | Self::Prefix(id, _) | Self::Country(id, _) => id,
        };
        let from = match self {
            Self::Texts(_) | Self::Joins(_) => None,
            Self::Prefix(_, prefix) => Some(masked(prefix)),
            Self::Country(_, country) => Some(country.to_string()),
        };
        let (why, seconds) = (self.why(), self.seconds());
        tracing::warn!(sender.id = %sender_id, why, from, most, seconds, "a flood: what is too many is damped");
        metrics::counter!("regulars_flood_alarms_total", "why" => why).increment(1);
    }
}

/// Enough of a prefix to look for it: the first half of its digits.
fn masked(prefix: u64) -> String {
    let digits = prefix.to_string();
    format!("+{}…", digits.get(..digits.len() / 2).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::{
        config::Settings,
        domain::{
            conversation::Conversation,
            language::{Language, Line},
            message::Inbound,
        },
    };

    fn arrival() -> Arrival {
        let inbound = Inbound {
            provider_message_id: "SM1".to_owned(),
            from: Address::parse("+14155550199").unwrap(),
            to: Address::parse("+14155550100").unwrap(),
            service: None,
            body: "HELP".to_owned(),
            media: Vec::new(),
            opt_out_type: None,
            segments: 1,
        };
        let received_at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        Arrival { account_id: Uuid::nil(), inbound, request_id: String::new(), received_at }
    }

    fn help(allowed: Allowed) -> Turn {
        let turn = Turn::keeping(&Conversation::default(), Language::default());
        if allowed == Allowed::All { turn.saying(Line::new("help-one"), None) } else { turn }
    }

    fn is_answered(recent: &Recent, is_committed: bool) -> bool {
        let mut batch = recent.batch();
        let turn = batch.decide(&arrival(), Uuid::nil(), help);
        let seen = batch.seen();
        if is_committed {
            recent.keep(seen);
        }
        print_of(&turn).is_some()
    }

    #[test]
    fn only_what_is_committed_counts() {
        let recent = Recent::new(&Settings::defaults().unwrap().limits);
        assert!((0..20).all(|_| is_answered(&recent, false)));
        assert!((0..3).all(|_| is_answered(&recent, true)));
        assert!(!is_answered(&recent, true));
    }

    #[test]
    fn a_masked_prefix_keeps_half_of_it_at_most() {
        assert_eq!(masked(14_155_550), "+1415…");
    }
}
