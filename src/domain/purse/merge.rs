//! Two phones of one person: what one purse holds moves to another of the same program, and back. Whatever leaves the one
//! arrives in the other, with the deadlines it had; entries of both account for it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Book, Books, Change, Lapsed, Lot, MembershipHeld, Occasion, Pending, Purse, Voucher, draw::Draw, lots::take_of,
};
use crate::program::{Program, tier::Measure};

/// What moves, and what it takes to move it back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Holding {
    /// Points that can be spent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<Lot>,
    /// Points that are owed.
    pub owed: i64,
    /// Points that cannot be spent yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<Pending>,
    /// Points that lapsed, which a refund must not take again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lapsed: Vec<Lapsed>,
    /// Vouchers that wait to be redeemed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vouchers: Vec<Voucher>,
    /// Stamps on cards in hand.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub stamps: BTreeMap<String, i64>,
    /// What counts towards a level.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub progress: Vec<(NaiveDate, i64)>,
    /// What is counted there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress_by: Option<Measure>,
    /// The paid membership.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub membership: Option<MembershipHeld>,
    /// Sales and visits that stand.
    pub sales: i64,
}

/// What happens to both purses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The purse that gives.
    pub from: Change,
    /// The purse that takes.
    pub into: Change,
    /// What moved.
    pub holding: Holding,
    /// What could not be moved, since it is no longer there.
    pub missing: Missing,
}

/// What is no longer there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Missing {
    /// Points that were spent or lapsed.
    pub points: i64,
    /// Codes of vouchers that ended.
    pub vouchers: Vec<String>,
    /// Stamps that filled a card.
    pub stamps: i64,
}

impl Holding {
    /// Points that can be spent, less what is owed.
    pub fn points(&self) -> i64 {
        self.lots.iter().map(|lot| lot.points).sum::<i64>() - self.owed
    }

    /// Points that cannot be spent yet.
    pub fn pending_points(&self) -> i64 {
        self.pending.iter().map(|pending| pending.lot.points).sum()
    }
}

/// Moves all that a purse holds into another one. Stamps of cards that the program has no longer stay where they are.
pub fn merge(program: &Program, from: Purse, into: Purse, occasion: &Occasion, draw: &mut Draw) -> Moved {
    let mut giving = Books::open(program, from, occasion.clone(), draw);
    let holding = giving.give_all();
    let from = giving.close();
    let mut taking = Books::open(program, into, occasion.clone(), draw);
    taking.remember_as_known(&from.purse);
    taking.take_in(&holding);
    Moved { from, into: taking.close(), holding, missing: Missing::default() }
}

/// Moves back what is still there of what was moved.
pub fn unmerge(
    program: &Program,
    from: Purse,
    into: Purse,
    moved: &Holding,
    occasion: &Occasion,
    draw: &mut Draw,
) -> Moved {
    let mut giving = Books::open(program, into, occasion.clone(), draw);
    let (holding, missing) = giving.give_back_of(moved);
    let into = giving.close();
    let mut taking = Books::open(program, from, occasion.clone(), draw);
    taking.take_in(&holding);
    Moved { from: into, into: taking.close(), holding, missing }
}

impl Books<'_> {
    fn give_all(&mut self) -> Holding {
        let mut holding = Holding { owed: (-self.purse.available).max(0), ..Holding::default() };
        self.post(Book::Outside, Book::Available, holding.owed, None);
        self.post(Book::Available, Book::Outside, self.purse.available, None);
        self.purse.available = 0;
        holding.lots = std::mem::take(&mut self.purse.lots);
        holding.pending = std::mem::take(&mut self.purse.pending);
        self.post(Book::Pending, Book::Outside, holding.pending_points(), None);
        holding.lapsed = std::mem::take(&mut self.purse.lapsed);
        self.post(Book::Lapsed, Book::Outside, lapsed_points(&holding.lapsed), None);
        holding.vouchers = std::mem::take(&mut self.purse.vouchers);
        holding.vouchers.iter().for_each(|voucher| self.move_voucher(voucher, -1));
        for (card, stamps) in self.purse.cards.clone() {
            if stamps.in_hand() > 0 && self.has_card(&card) {
                self.give_stamps(&card, stamps.in_hand());
                holding.stamps.insert(card, stamps.in_hand());
            }
        }
        holding.progress = std::mem::take(&mut self.purse.progress);
        holding.progress_by = self.purse.progress_by;
        self.purse.level = None;
        holding.membership = self.purse.membership.take();
        holding.sales = std::mem::take(&mut self.purse.sales);
        holding
    }

    /// What is still there of what came from elsewhere leaves.
    fn give_back_of(&mut self, moved: &Holding) -> (Holding, Missing) {
        let (mut given, mut missing) = (Holding::default(), Missing::default());
        // Who took over a debt has it no more.
        given.owed = moved.owed;
        self.post(Book::Outside, Book::Available, moved.owed, None);
        if moved.owed > 0 {
            self.add_available(Lot { last_day: None, points: moved.owed });
        }
        for lot in &moved.lots {
            self.give_lot(*lot, &mut given, &mut missing);
        }
        for pending in &moved.pending {
            let part = self.give_pending(*pending);
            if part > 0 {
                given.pending.push(Pending { lot: Lot { points: part, ..pending.lot }, ..*pending });
            }
            // What has become free since is among the others.
            self.give_lot(Lot { points: pending.lot.points - part, ..pending.lot }, &mut given, &mut missing);
        }
        for voucher in &moved.vouchers {
            match self.purse.vouchers.iter().position(|known| known.code == voucher.code) {
                Some(place) => {
                    let voucher = self.purse.vouchers.remove(place);
                    self.move_voucher(&voucher, -1);
                    given.vouchers.push(voucher);
                }
                None => missing.vouchers.push(voucher.code.clone()),
            }
        }
        for (card, stamps) in &moved.stamps {
            let part = (*stamps).min(self.purse.card(card).in_hand()).max(0);
            self.give_stamps(card, part);
            given.stamps.insert(card.clone(), part);
            missing.stamps += stamps - part;
        }
        given.stamps.retain(|_, stamps| *stamps > 0);
        for (day, amount) in &moved.progress {
            if let Some(known) = self.purse.progress.iter_mut().find(|(known, _)| known == day) {
                let part = (*amount).min(known.1);
                known.1 -= part;
                given.progress.push((*day, part));
            }
        }
        self.purse.progress.retain(|(_, amount)| *amount > 0);
        given.progress_by = moved.progress_by;
        if moved.membership.is_some() && self.purse.membership == moved.membership {
            given.membership = self.purse.membership.take();
        }
        given.sales = moved.sales.min(self.purse.sales);
        self.purse.sales -= given.sales;
        (given, missing)
    }

    /// Points leave with their deadline; where those are spent, others leave, as far as there are any.
    fn give_lot(&mut self, lot: Lot, given: &mut Holding, missing: &mut Missing) {
        let there = if self.program.may_be_negative { lot.points } else { self.purse.available.max(0) };
        let part = lot.points.min(there);
        missing.points += lot.points - part;
        if part <= 0 {
            return;
        }
        let same = take_of(&mut self.purse.lots, lot.last_day, part);
        self.purse.available -= same;
        self.take_available(part - same);
        self.post(Book::Available, Book::Outside, part, None);
        given.lots.push(Lot { points: part, ..lot });
    }

    fn give_pending(&mut self, wanted: Pending) -> i64 {
        let same = |known: &&mut Pending| known.on == wanted.on && known.lot.last_day == wanted.lot.last_day;
        let Some(known) = self.purse.pending.iter_mut().find(same) else { return 0 };
        let part = known.lot.points.min(wanted.lot.points);
        known.lot.points -= part;
        self.purse.pending.retain(|known| known.lot.points > 0);
        self.post(Book::Pending, Book::Outside, part, None);
        part
    }

    fn give_stamps(&mut self, card: &str, stamps: i64) {
        self.post_stamps(Book::Available, Book::Outside, stamps, card);
        let mut known = self.purse.card(card);
        known.given -= stamps;
        self.purse.cards.insert(card.to_owned(), known);
    }

    /// The points that a voucher holds come or go with it, and the stamps of the full card that gave it.
    fn move_voucher(&mut self, voucher: &Voucher, sign: i64) {
        let (from, to) = if sign > 0 { (Book::Outside, Book::Locked) } else { (Book::Locked, Book::Outside) };
        self.post(from, to, voucher.points, Some(&voucher.reward));
        if voucher.stamps > 0 {
            let (from, to) = if sign > 0 { (Book::Outside, Book::Spent) } else { (Book::Spent, Book::Outside) };
            self.post_stamps(from, to, voucher.stamps, &voucher.of);
            let mut card = self.purse.card(&voucher.of);
            card.given += sign * voucher.stamps;
            card.used += sign * voucher.stamps;
            card.filled += sign;
            self.purse.cards.insert(voucher.of.clone(), card);
        }
    }

    /// All of it arrives.
    fn take_in(&mut self, holding: &Holding) {
        for voucher in &holding.vouchers {
            self.move_voucher(voucher, 1);
            let place = self.purse.vouchers.partition_point(|known| known.at <= voucher.at);
            self.purse.vouchers.insert(place, voucher.clone());
        }
        for lot in &holding.lots {
            self.post(Book::Outside, Book::Available, lot.points, None);
            self.add_available(*lot);
        }
        if holding.owed > 0 {
            self.post(Book::Available, Book::Outside, holding.owed, None);
            self.take_available(holding.owed);
        }
        for pending in &holding.pending {
            self.post(Book::Outside, Book::Pending, pending.lot.points, None);
            let same = |known: &&mut Pending| known.on == pending.on && known.lot.last_day == pending.lot.last_day;
            match self.purse.pending.iter_mut().find(same) {
                Some(known) => known.lot.points += pending.lot.points,
                None => self.purse.pending.push(*pending),
            }
        }
        self.post(Book::Outside, Book::Lapsed, lapsed_points(&holding.lapsed), None);
        self.purse.lapsed.extend(&holding.lapsed);
        for (card, stamps) in &holding.stamps {
            self.stamp(card, *stamps);
        }
        self.take_in_progress(holding);
        self.purse.membership = match (self.purse.membership, holding.membership) {
            (Some(one), Some(other)) => Some(if other.until > one.until { other } else { one }),
            (one, other) => one.or(other),
        };
        self.purse.sales += holding.sales;
        self.purse.last_active_on = Some(self.today());
        self.review_level();
    }

    /// What was counted in another way cannot be added.
    fn take_in_progress(&mut self, holding: &Holding) {
        let counted = self.purse.progress_by.or(holding.progress_by);
        if holding.progress.is_empty() || holding.progress_by != counted {
            return;
        }
        self.purse.progress_by = counted;
        for (day, amount) in &holding.progress {
            match self.purse.progress.binary_search_by_key(day, |(known, _)| *known) {
                Ok(place) => self.purse.progress[place].1 += amount,
                Err(place) => self.purse.progress.insert(place, (*day, *amount)),
            }
        }
    }

    /// What is given once is not given again because there were two phones.
    fn remember_as_known(&mut self, other: &Purse) {
        self.purse.birthday_given = self.purse.birthday_given.max(other.birthday_given);
        for (perk, day) in &other.perks {
            let known = self.purse.perks.entry(perk.clone()).or_insert(*day);
            *known = (*known).max(*day);
        }
        for (what, counters) in &other.counters {
            for counter in counters {
                self.purse.count(what, counter.per, counter.since, counter.used);
            }
        }
        for visit in &other.visits {
            self.purse.add_visit(*visit);
        }
    }

    fn has_card(&self, rule: &str) -> bool {
        self.program.rule(rule).is_some_and(|rule| rule.earn.as_card().is_some())
    }
}

fn lapsed_points(lapsed: &[Lapsed]) -> i64 {
    lapsed.iter().map(|lapsed| lapsed.lot.points).sum()
}
