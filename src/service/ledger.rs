//! Changes of purses → rows: the purse afterwards, the entries that account for it, vouchers, stock.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::events;
use crate::{
    domain::{
        program::Program,
        purse::{Change, Entry, Person, Purse, Voucher, books::Ended},
    },
    store::purses::{EndedVoucher, LedgerWrites, NewEntry, NewVoucher, PurseState},
};

/// A purse that changes, and what the change is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Holder<'a> {
    /// Our id of the purse.
    pub purse_id: Uuid,
    /// The member.
    pub member_id: Uuid,
    /// Its program.
    pub program: &'a Program,
    /// Whose it is.
    pub person: &'a Person,
}

impl Holder<'_> {
    /// Adds what happened to what will be written.
    pub fn keep(&self, change: &Change, now: DateTime<Utc>, writes: &mut LedgerWrites) {
        self.keep_moves(change, now, writes);
        self.keep_state(&change.purse, now, writes);
    }

    /// The same without what it holds afterwards.
    pub fn keep_moves(&self, change: &Change, now: DateTime<Utc>, writes: &mut LedgerWrites) {
        let Self { purse_id, program, .. } = *self;
        let of_change = i64::try_from(change.entries.len()).unwrap_or_default();
        let before = change.purse.entries - of_change;
        let entries = change.entries.iter().zip(before + 1..);
        writes.entries.extend(entries.map(|(entry, number)| entry_row(entry, purse_id, number, now)));
        writes.issued.extend(change.issued.iter().map(|voucher| voucher_row(voucher, purse_id, program.id)));
        writes.ended.extend(change.ended.iter().map(|ended| ended_row(ended, program.id)));
        writes.events.extend(events::of_purse((purse_id, self.member_id, program), change, now));
        writes.reinstated.extend(change.reinstated.iter().map(|code| (program.id, code.clone())));
        self.keep_stock(change, writes);
    }

    /// Adds what it holds, whose due time may have changed.
    pub fn keep_state(&self, purse: &Purse, now: DateTime<Utc>, writes: &mut LedgerWrites) {
        writes.purses.insert(self.purse_id, self.state(purse, now));
    }

    fn state(&self, purse: &Purse, now: DateTime<Utc>) -> PurseState {
        let due_at = purse.next_due(self.program, self.person, now);
        let tell_at = purse.next_telling(self.program, now);
        PurseState {
            available: purse.available,
            pending: purse.pending_points(),
            locked: purse.locked_points(),
            level: purse.level_now(self.program, self.program.day(now)).map(|level| level.id.clone()),
            state: serde_json::to_string(purse).unwrap_or_default(),
            due_at: due_at.map(|time| time.timestamp_millis()),
            tell_at: tell_at.map(|time| time.timestamp_millis()),
            updated_at: now.timestamp_millis(),
        }
    }

    /// Only what is bought comes out of the stock; what is not redeemed goes back.
    fn keep_stock(&self, change: &Change, writes: &mut LedgerWrites) {
        let mut moved: HashMap<&str, i64> = HashMap::new();
        let bought = change.issued.iter().filter(|voucher| voucher.points > 0);
        bought.for_each(|voucher| *moved.entry(&voucher.reward).or_default() += 1);
        let given_back = change.ended.iter().filter(|ended| ended.state != "redeemed" && ended.points > 0);
        given_back.for_each(|ended| *moved.entry(&ended.reward).or_default() -= 1);
        for (reward, more) in moved {
            if self.program.reward(reward).is_some_and(|reward| reward.stock.is_some()) {
                *writes.stock.entry((self.program.id, reward.to_owned())).or_default() += more;
            }
        }
    }
}

fn entry_row(entry: &Entry, purse_id: Uuid, number: i64, now: DateTime<Utc>) -> NewEntry {
    NewEntry {
        purse_id,
        number,
        id: entry.id(purse_id),
        cause: entry.cause.kind,
        cause_id: entry.cause.id.clone(),
        from_book: entry.from.word(),
        to_book: entry.to.word(),
        card: entry.card.clone(),
        amount: entry.amount,
        rule: entry.rule.clone(),
        version: entry.version,
        shop_id: entry.shop_id,
        actor: entry.actor.clone(),
        reason: entry.reason.clone(),
        happened_at: entry.at.timestamp_millis(),
        created_at: now.timestamp_millis(),
    }
}

fn voucher_row(voucher: &Voucher, purse_id: Uuid, program_id: Uuid) -> NewVoucher {
    NewVoucher {
        program_id,
        code: voucher.code.clone(),
        purse_id,
        reward: voucher.reward.clone(),
        points: voucher.points,
        state: "issued",
        cause: if voucher.of.is_empty() { "points".to_owned() } else { voucher.of.clone() },
        issued_at: voucher.at.timestamp_millis(),
        last_day: voucher.last_day.to_string(),
    }
}

fn ended_row(ended: &Ended, program_id: Uuid) -> EndedVoucher {
    EndedVoucher {
        program_id,
        code: ended.code.clone(),
        state: ended.state,
        ended_at: ended.at.timestamp_millis(),
        ended_shop_id: ended.shop_id,
        ended_by: ended.actor.clone(),
    }
}

/// What counts of a member, from what they told of themselves.
pub fn person(birthday: Option<&str>, answers: impl IntoIterator<Item = (String, String)>) -> Person {
    Person { birthday: birthday.and_then(|day| day.parse().ok()), answers: answers.into_iter().collect() }
}
