//! Keeping the books of one purse while something happens to it: whatever moves leaves an entry.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use uuid::Uuid;

use super::{
    Book, Cause, Entry, LevelChange, Lot, Pending, Purse, Recent, Voucher,
    draw::Draw,
    lots::{add_lot, take_lapsed, take_of, take_pending},
};
use crate::program::{
    Program,
    award::{Award, Gift, Line},
};

/// What happened to a purse.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// The purse afterwards.
    pub purse: Purse,
    /// The entries that account for it.
    pub entries: Vec<Entry>,
    /// Vouchers that were issued.
    pub issued: Vec<Voucher>,
    /// Vouchers that ended, by code.
    pub ended: Vec<Ended>,
    /// Codes of vouchers that had been redeemed and wait again.
    pub reinstated: Vec<String>,
    /// What the member might be told.
    pub notices: Vec<Notice>,
    /// Levels that were reached or lost, by whatever: what was earned, a return, a paid membership.
    pub levels: Vec<LevelChange>,
}

/// How a voucher ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Its code.
    pub code: String,
    /// The reward it was for.
    pub reward: String,
    /// Points it held.
    pub points: i64,
    /// How often it had been reinstated.
    pub reinstated: i64,
    /// `redeemed`, `cancelled` or `lapsed`.
    pub state: &'static str,
    /// When.
    pub at: DateTime<Utc>,
    /// At which shop.
    pub shop_id: Option<Uuid>,
    /// Who did it.
    pub actor: String,
}

/// Something a member might be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A level was reached.
    LevelReached(String),
    /// A level was lost; the one they have now.
    LevelLost(Option<String>),
    /// A voucher was given; its code.
    VoucherGiven(String),
    /// The paid membership ends after this day.
    MembershipEnds(NaiveDate),
}

/// Why, when, where and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// Why.
    pub cause: Cause,
    /// When.
    pub at: DateTime<Utc>,
    /// At which shop.
    pub shop_id: Option<Uuid>,
    /// Who: `till`, `member`, `clock`, or what staff are known by.
    pub actor: String,
    /// What staff said why.
    pub reason: Option<String>,
}

impl Occasion {
    /// Something that the clock does.
    pub fn clock(kind: &'static str, id: impl Into<String>, at: DateTime<Utc>) -> Self {
        Self { cause: Cause::new(kind, id), at, shop_id: None, actor: "clock".to_owned(), reason: None }
    }
}

/// A program in two versions: a purse is kept by the present one, and what happened is judged by the one of then.
#[derive(Debug, Clone, Copy)]
pub struct Versions<'a> {
    /// The present one: its levels, its cards, whether a balance may be below zero.
    pub now: &'a Program,
    /// The one that judges what happened: its rules, limits, deadlines.
    pub judged: &'a Program,
}

impl<'a> From<&'a Program> for Versions<'a> {
    /// One version for both.
    fn from(program: &'a Program) -> Self {
        Self { now: program, judged: program }
    }
}

/// When points were earned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Earned {
    /// On which day.
    pub on: NaiveDate,
    /// On which day that was written down.
    pub written_on: NaiveDate,
}

/// A purse whose books are open.
pub struct Books<'a> {
    pub(super) program: &'a Program,
    pub(super) versions: Versions<'a>,
    pub(super) purse: Purse,
    pub(super) occasion: Occasion,
    pub(super) draw: &'a mut Draw,
    pub(super) change: Change,
    of_occasion: i64,
    pub(super) level: Option<String>,
}

impl<'a> Books<'a> {
    /// Opens the books.
    pub fn open(versions: impl Into<Versions<'a>>, purse: Purse, occasion: Occasion, draw: &'a mut Draw) -> Self {
        let versions = versions.into();
        let level = purse.level_kept(versions.now).map(|level| level.id.clone());
        Self {
            program: versions.now,
            versions,
            purse,
            occasion,
            draw,
            change: Change::default(),
            of_occasion: 0,
            level,
        }
    }

    /// Closes them: what happened.
    pub fn close(mut self) -> Change {
        self.remember();
        self.change.purse = self.purse;
        self.change
    }

    /// Goes on with another occasion.
    pub(super) fn turn_to(&mut self, occasion: Occasion) {
        self.remember();
        self.occasion = occasion;
        self.of_occasion = 0;
    }

    /// The day of the occasion on the program's calendar.
    pub(super) fn today(&self) -> NaiveDate {
        self.program.day(self.occasion.at)
    }

    /// Points of a rule, earned on a day.
    pub(super) fn earn(&mut self, rule: &str, points: i64, on: NaiveDate) {
        let (lot, free_on) = self.lot_of(points, on);
        if free_on <= self.today() {
            self.post(Book::Outside, Book::Available, points, Some(rule));
            self.add_available(lot);
        } else {
            self.post(Book::Outside, Book::Pending, points, Some(rule));
            match self.purse.pending.iter_mut().find(|known| known.on == free_on && known.lot.last_day == lot.last_day)
            {
                Some(known) => known.lot.points += points,
                None => self.purse.pending.push(Pending { on: free_on, lot }),
            }
        }
        self.purse.last_active_on = Some(self.today());
    }

    /// Points with the deadline that the program gives them, and from which day on they can be spent.
    pub(super) fn lot_of(&self, points: i64, on: NaiveDate) -> (Lot, NaiveDate) {
        let program = self.versions.judged;
        let expiry = &program.expiry;
        let after = expiry.after_months.and_then(|months| on.checked_add_months(Months::new(months)));
        let yearly = expiry.yearly_on.and_then(|day| {
            let leap = program.leap_day();
            (on.year()..=on.year() + 1).filter_map(|year| leap.day_in(day.0, year)).find(|day| *day >= on)
        });
        let last_day = after.into_iter().chain(yearly).min();
        let free_on = on.checked_add_days(Days::new(program.pending_days.into())).unwrap_or(on);
        (Lot { last_day, points }, free_on)
    }

    /// Adds points that can be spent. What is owed is paid first.
    pub(super) fn add_available(&mut self, lot: Lot) {
        let owed = (-self.purse.available).max(0);
        self.purse.available += lot.points;
        let points = (lot.points - owed).max(0);
        if points > 0 {
            add_lot(&mut self.purse.lots, Lot { points, ..lot });
        }
    }

    /// Takes points that can be spent, those that lapse first before the others; what there is not is owed.
    pub(super) fn take_available(&mut self, points: i64) -> Vec<Lot> {
        self.purse.available -= points;
        let mut wanted = points;
        let mut taken = Vec::new();
        self.purse.lots.retain_mut(|lot| {
            let part = lot.points.min(wanted);
            if part > 0 {
                taken.push(Lot { points: part, ..*lot });
                wanted -= part;
                lot.points -= part;
            }
            lot.points > 0
        });
        taken
    }

    /// Takes back what rules gave at once: from where it is now, pending or lapsed or to be spent. Answers how much was.
    pub(super) fn take_back(&mut self, lines: &[Line], earned: Earned) -> i64 {
        let points: i64 = lines.iter().map(|line| line.points).sum();
        let (lot, free_on) = self.lot_of(points, earned.on);
        let pending = take_pending(&mut self.purse.pending, free_on, lot);
        let lapsed = take_lapsed(&mut self.purse.lapsed, Lot { points: points - pending, ..lot }, earned.written_on);
        let left = points - pending - lapsed;
        if !self.program.may_be_negative {
            self.unlock(left);
        }
        let same = take_of(&mut self.purse.lots, lot.last_day, left);
        self.purse.available -= same;
        let owed = left - same;
        let rest = if self.program.may_be_negative { owed } else { owed.min(self.purse.available.max(0)) };
        self.take_available(rest);
        self.post_back(lines, [(Book::Pending, pending), (Book::Lapsed, lapsed), (Book::Available, same + rest)]);
        pending + lapsed + same + rest
    }

    /// Writes down what goes back, rule by rule, from the books where it was.
    fn post_back(&mut self, lines: &[Line], mut found: [(Book, i64); 3]) {
        for Line { rule, points } in lines {
            let mut left = *points;
            for (book, there) in &mut found {
                let part = left.min(*there);
                self.post(*book, Book::Outside, part, Some(rule));
                *there -= part;
                left -= part;
            }
        }
    }

    /// Cancels vouchers that points bought, the last first, until so many points are there: a reward cannot be kept whose
    /// points are taken back.
    fn unlock(&mut self, points: i64) {
        while self.purse.available < points {
            let Some(voucher) = self.purse.vouchers.iter().rev().find(|voucher| voucher.points > 0) else { break };
            let code = voucher.code.clone();
            self.give_back(&code, "cancelled");
        }
    }

    /// Everything that an award gives, for what happened on a day.
    pub(super) fn give(&mut self, award: &Award, on: NaiveDate) {
        for Line { rule, points } in &award.lines {
            self.earn(rule, *points, on);
        }
        for (card, stamps) in &award.stamps {
            self.stamp(card, *stamps);
        }
        for gift in &award.gifts {
            self.present(gift, 0);
        }
        self.recount(&Award::default(), award, on);
        if award.progress != 0 {
            self.add_progress(award.progress, on);
            self.review_level();
        }
    }

    /// A reward that costs no points; `stamps` are those on the card that gives it.
    pub(super) fn present(&mut self, gift: &Gift, stamps: i64) {
        let Versions { now, judged } = self.versions;
        let Some(reward) = now.reward(&gift.reward).or_else(|| judged.reward(&gift.reward)) else { return };
        let voucher = Voucher { stamps, ..self.voucher(reward, &gift.rule, gift.last_day) };
        self.change.notices.push(Notice::VoucherGiven(voucher.code.clone()));
        self.put_voucher(voucher);
    }

    pub(super) fn put_voucher(&mut self, voucher: Voucher) {
        self.change.issued.push(voucher.clone());
        self.purse.vouchers.push(voucher);
    }

    /// Ends a voucher: it is no longer in the purse. What it held is the caller's to move.
    pub(super) fn end_voucher(&mut self, code: &str, state: &'static str) -> Option<Voucher> {
        let place = self.purse.vouchers.iter().position(|voucher| voucher.code == code)?;
        let Occasion { at, shop_id, actor, .. } = self.occasion.clone();
        let voucher = self.purse.vouchers.remove(place);
        let (code, reward, points) = (code.to_owned(), voucher.reward.clone(), voucher.points);
        let reinstated = voucher.reinstated;
        self.change.ended.push(Ended { code, reward, points, reinstated, state, at, shop_id, actor });
        Some(voucher)
    }

    pub(super) fn notice(&mut self, notice: Notice) {
        self.change.notices.push(notice);
    }

    /// Writes an entry over points; nothing where none move.
    pub(super) fn post(&mut self, from: Book, to: Book, amount: i64, rule: Option<&str>) {
        self.write(from, to, amount, None, rule);
    }

    pub(super) fn post_stamps(&mut self, from: Book, to: Book, amount: i64, card: &str) {
        self.write(from, to, amount, Some(card), Some(card));
    }

    fn write(&mut self, from: Book, to: Book, amount: i64, card: Option<&str>, rule: Option<&str>) {
        if amount <= 0 {
            return;
        }
        let Occasion { cause, at, shop_id, actor, reason } = self.occasion.clone();
        let version = self.versions.judged.version;
        let (card, rule) = (card.map(str::to_owned), rule.map(str::to_owned));
        let place = self.of_occasion;
        self.change.entries.push(Entry {
            cause,
            place,
            from,
            to,
            card,
            amount,
            rule,
            version,
            at,
            shop_id,
            actor,
            reason,
        });
        self.of_occasion += 1;
        self.purse.entries += 1;
    }

    /// Keeps in mind what the occasion moved, for HISTORY.
    fn remember(&mut self) {
        self.note_level();
        let of_occasion = usize::try_from(self.of_occasion).unwrap_or_default();
        let entries = &self.change.entries[self.change.entries.len() - of_occasion..];
        let is_held = |book: Book| matches!(book, Book::Pending | Book::Available);
        let moved = |entry: &Entry| match (is_held(entry.from), is_held(entry.to)) {
            (false, true) => entry.amount,
            (true, false) => -entry.amount,
            _ => 0,
        };
        let points: i64 = entries.iter().filter(|entry| entry.card.is_none()).map(moved).sum();
        // A card that fills up takes its stamps away; what was earned is told.
        let is_earned = |entry: &&Entry| entry.card.is_some() && [entry.from, entry.to].contains(&Book::Outside);
        let stamps: i64 = entries.iter().filter(is_earned).map(moved).sum();
        if points == 0 && stamps == 0 {
            return;
        }
        let most = entries.iter().filter(|entry| moved(entry) != 0).max_by_key(|entry| entry.amount);
        let recent = Recent {
            on: self.today(),
            points,
            stamps: if points == 0 { stamps } else { 0 },
            cause: self.occasion.cause.kind.to_owned(),
            of: most.and_then(|entry| entry.rule.clone()),
        };
        self.purse.recent.insert(0, recent);
        self.purse.recent.truncate(super::RECENT_MAX);
    }
}
