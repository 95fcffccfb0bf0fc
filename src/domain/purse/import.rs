//! What a member held in another system, taken over: a balance with its history, stamps, a level. Nothing is told of it, and
//! nothing that the other system gave is given again.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    Book, Books, Cause, Change, Occasion, Purse,
    draw::Draw,
    entry::{IMPORTED, entry_id},
};
use crate::program::{Program, tier::Measure};

/// What somebody held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opening {
    /// Points to be spent; below zero where they owed some.
    pub points: i64,
    /// All points they ever earned, where that is known.
    pub lifetime: i64,
    /// Stamps on the card in hand.
    pub stamps: i64,
    /// The level held, by its id.
    pub level: Option<String>,
    /// What is known of how the balance came about, in the order of time.
    pub past: Vec<Past>,
}

/// Points that came or went in another system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// When.
    pub at: DateTime<Utc>,
    /// How many; below zero they were spent.
    pub points: i64,
    /// What that system says why.
    pub reason: Option<String>,
}

impl Opening {
    /// Whether it leaves an entry in the ledger.
    pub fn leaves_entries(&self) -> bool {
        self.points != 0 || self.stamps > 0 || self.past.iter().any(|past| past.points != 0)
    }
}

/// The cause of what comes from a source.
pub fn cause_of(source: &str) -> Cause {
    Cause::new(IMPORTED, source)
}

/// The first entry that an import from a source leaves in a purse: where it is there, that was imported before.
pub fn first_entry(purse_id: Uuid, source: &str) -> Uuid {
    entry_id(purse_id, &cause_of(source), 0)
}

impl Purse {
    /// Adds what was held elsewhere. Points have the deadline that the program gives those earned today, so that none lapse
    /// the night after; they can be spent at once. The history becomes entries; what it leaves out of the balance is one more,
    /// the first. The occasion's cause is [`cause_of`].
    pub fn import(self, program: &Program, opening: &Opening, occasion: Occasion, draw: &mut Draw) -> Change {
        let mut books = Books::open(program, self, occasion, draw);
        books.take_over(opening);
        books.close()
    }
}

impl Books<'_> {
    fn take_over(&mut self, opening: &Opening) {
        let today = self.today();
        let told: i64 = opening.past.iter().map(|past| past.points).sum();
        self.post_past(opening.points - told);
        let now = (self.occasion.at, self.occasion.reason.clone());
        for past in &opening.past {
            (self.occasion.at, self.occasion.reason) = (past.at, past.reason.clone());
            self.post_past(past.points);
        }
        (self.occasion.at, self.occasion.reason) = now;
        if opening.points > 0 {
            let (lot, _) = self.lot_of(opening.points, today);
            self.add_available(lot);
        } else {
            self.take_available(-opening.points);
        }
        if opening.points != 0 {
            self.purse.last_active_on = self.purse.last_active_on.max(Some(today));
        }
        if opening.stamps > 0
            && let Some(card) = self.program.cards().next().map(|(rule, _)| rule.id.clone())
        {
            self.stamp(&card, opening.stamps);
        }
        let earned = opening.past.iter().filter(|past| past.points > 0).count();
        let had_any = opening.points != 0 || opening.stamps > 0 || opening.lifetime > 0;
        // Who brings something has bought before: their next sale is not their first.
        self.purse.sales += i64::try_from(earned).unwrap_or_default().max(i64::from(had_any));
        let counts_points = self.program.tiers.as_ref().is_some_and(|tiers| tiers.by == Measure::Points);
        let counted = if counts_points { opening.lifetime } else { 0 };
        self.take_level_over(opening.level.as_deref(), counted);
    }

    fn post_past(&mut self, points: i64) {
        let (from, to) = if points < 0 { (Book::Available, Book::Outside) } else { (Book::Outside, Book::Available) };
        self.post(from, to, points.abs(), None);
    }
}
