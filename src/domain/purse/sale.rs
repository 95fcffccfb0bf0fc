//! Earning: a sale or a visit, joining, a code, a check-in, an action, and what staff adjust.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{
    Book, Books, Change, Lot, Occasion, Person, Purse, Versions,
    draw::Draw,
    limits::counter_of,
    membership::{Prolonged, is_bought},
    refund::Refunded,
};
use crate::program::{
    Program,
    award::{AT_ONCE_MAX, Award},
    earn::Event,
    sale::{Facts, Sale},
};

/// A sale as it is kept: what was bought, what was true then, what it earned. A refund needs nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleRecord {
    /// What of it stands: less what was returned.
    pub sale: Sale,
    /// What was true then.
    pub facts: Facts,
    /// What it earned, less what was taken back.
    pub award: Award,
    /// The version of the program that judged it.
    pub version: i32,
    /// The day on the program's calendar.
    pub day: NaiveDate,
    /// The day on which it was written down.
    pub written_on: NaiveDate,
    /// What stands in the ledger as the cause of what it earned.
    pub cause: String,
    /// Whether anything of it stands.
    pub stands: bool,
    /// Whether the friend who brought the member was thanked for it.
    #[serde(default)]
    pub referrer_thanked: bool,
    /// How it began or prolonged the paid membership, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prolonged: Option<Prolonged>,
    /// What was returned so far, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refunds: Vec<Refunded>,
}

impl SaleRecord {
    /// What was paid, returned or not.
    pub fn paid(&self) -> i64 {
        self.sale.amount + self.refunds.iter().map(|refund| refund.amount).sum::<i64>()
    }
}

/// Why staff's adjustment was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAdjusted {
    /// It would leave less than nothing, which the program does not allow.
    #[error("there are only {0} points to take")]
    TooFew(i64),
    /// It is more than anybody has.
    #[error("at most {AT_ONCE_MAX} points can be given or taken at once")]
    TooMany,
}

impl Purse {
    /// Records a sale or a visit, judged by the version that was in force then. It happened at `sale.at`, on the clock of
    /// the shop; it is written down at the occasion's time, which may be later.
    pub fn sell<'p>(
        self,
        versions: impl Into<Versions<'p>>,
        person: &Person,
        sale: &Sale,
        shop_zone: Tz,
        occasion: Occasion,
        draw: &mut Draw,
    ) -> (Change, SaleRecord) {
        let versions = versions.into();
        let program = versions.judged;
        let facts = self.facts(program, person, sale.at, shop_zone);
        let award = program.judge_sale(sale, &facts);
        let day = program.day(sale.at);
        let cause = occasion.cause.written();
        let mut books = Books::open(versions, self, occasion, draw);
        let written_on = books.today();
        books.purse.know_birthday(versions.now, person, written_on);
        books.give(&award, day);
        books.purse.sales += 1;
        books.purse.add_visit(sale.at);
        books.purse.last_active_on = books.purse.last_active_on.max(Some(written_on));
        let prolonged = if is_bought(program, sale) { books.prolong_membership() } else { None };
        let record = SaleRecord {
            sale: sale.clone(),
            facts,
            award,
            version: program.version,
            day,
            written_on,
            cause,
            stands: true,
            referrer_thanked: false,
            prolonged,
            refunds: Vec::new(),
        };
        (books.close(), record)
    }

    /// What a sale would earn now; nothing is changed.
    pub fn quote(&self, program: &Program, person: &Person, sale: &Sale, shop_zone: Tz) -> Award {
        program.judge_sale(sale, &self.facts(program, person, sale.at, shop_zone))
    }

    /// Anything but a sale: joining, a code, a check-in, an action. Answers what it earned.
    pub fn earn(
        self,
        program: &Program,
        person: &Person,
        event: Event<'_>,
        shop_zone: Tz,
        occasion: Occasion,
        draw: &mut Draw,
    ) -> (Change, Award) {
        let facts = self.facts(program, person, occasion.at, shop_zone);
        let mut award = program.judge(event, &facts);
        // What only counts has no points, and its limit must hold all the same.
        let counted = match event {
            Event::Action(rule) if award.is_nothing() => Some(rule),
            _ => None,
        };
        let mut books = Books::open(program, self, occasion, draw);
        let today = books.today();
        books.purse.know_birthday(program, person, today);
        books.give(&award, today);
        if let Some((rule, limit)) = counted.and_then(|id| program.rule(id)).and_then(|rule| Some((rule, rule.limit?)))
            && facts.left.get(&rule.id).is_none_or(|left| *left > 0)
        {
            books.purse.count(&counter_of(&rule.id, &limit), limit.per, today, 1);
        }
        if matches!(event, Event::Joined) {
            books.purse.last_active_on = books.purse.last_active_on.max(Some(today));
            books.review_level();
        }
        award.progress = 0;
        (books.close(), award)
    }

    /// Gives or takes points by hand.
    ///
    /// # Errors
    /// Fewer points than are to be taken, where the program allows no balance below zero; or too many at once.
    pub fn adjust(
        self,
        program: &Program,
        points: i64,
        occasion: Occasion,
        draw: &mut Draw,
    ) -> Result<Change, NotAdjusted> {
        if !(-AT_ONCE_MAX..=AT_ONCE_MAX).contains(&points) {
            return Err(NotAdjusted::TooMany);
        }
        if points < 0 && self.available + points < 0 && !program.may_be_negative {
            return Err(NotAdjusted::TooFew(self.available.max(0)));
        }
        let mut books = Books::open(program, self, occasion, draw);
        let today = books.today();
        if points >= 0 {
            // What staff give by hand can be spent at once.
            let last_day = books.deadline_of(today);
            books.post(Book::Outside, Book::Available, points, None);
            books.add_available(Lot { last_day, points });
        } else {
            books.post(Book::Available, Book::Outside, -points, None);
            books.take_available(-points);
        }
        books.purse.last_active_on = Some(today);
        Ok(books.close())
    }
}
