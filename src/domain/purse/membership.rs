//! The paid membership: bought as an article of the till or recorded by staff.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Books, Change, Occasion, Purse, draw::Draw};
use crate::program::{
    Program,
    sale::{Sale, has_word},
};

/// A paid membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipHeld {
    /// Since which day.
    pub since: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
    /// Whether the member was reminded of its end.
    #[serde(default)]
    pub is_reminded: bool,
}

/// How a sale began the paid membership, or prolonged it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prolonged {
    /// As it was before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<MembershipHeld>,
    /// Its last day then.
    pub until: NaiveDate,
    /// So many months were added.
    pub months: u32,
}

/// Whether the paid membership is among what is bought.
pub(super) fn is_bought(program: &Program, sale: &Sale) -> bool {
    let skus = program.membership.as_ref().map_or(&[][..], |membership| &membership.skus);
    sale.items.iter().any(|item| item.sku.as_ref().is_some_and(|sku| has_word(skus, sku)))
}

impl Purse {
    /// Whether the paid membership runs on a day.
    pub fn is_paid_member(&self, day: NaiveDate) -> bool {
        self.membership.is_some_and(|membership| membership.since <= day && day <= membership.until)
    }

    /// Begins the paid membership, or prolongs it, by the hand of staff.
    pub fn prolong(self, program: &Program, occasion: Occasion, draw: &mut Draw) -> Change {
        let mut books = Books::open(program, self, occasion, draw);
        books.prolong_membership();
        books.close()
    }
}

impl Books<'_> {
    /// Begins the paid membership, or prolongs it where it runs.
    pub(super) fn prolong_membership(&mut self) -> Option<Prolonged> {
        let months = self.versions.judged.membership.as_ref()?.months;
        let today = self.today();
        let before = self.purse.membership.filter(|held| today <= held.until);
        let since = before.map_or(Some(today), |held| held.until.succ_opt()).unwrap_or(today);
        let until = since.checked_add_months(Months::new(months)).and_then(|day| day.pred_opt()).unwrap_or(since);
        self.purse.membership =
            Some(MembershipHeld { since: before.map_or(today, |held| held.since), until, is_reminded: false });
        self.give_perks();
        Some(Prolonged { before, until, months })
    }

    /// Takes back the time that a sale added; what later ones added moves forward.
    pub(super) fn shorten_membership(&mut self, prolonged: Prolonged) {
        let Some(held) = self.purse.membership.filter(|held| held.since <= prolonged.until) else { return };
        let today = self.today();
        let level = self.purse.level_now(self.program, today).map(|level| level.id.clone());
        let left = if held.until == prolonged.until {
            prolonged.before
        } else {
            let ended = held.until.succ_opt().and_then(|day| day.checked_sub_months(Months::new(prolonged.months)));
            ended.and_then(|day| day.pred_opt()).map(|until| MembershipHeld { until, ..held })
        };
        self.purse.membership = left.filter(|left| today <= left.until);
        let is_lower = self.purse.level_now(self.program, today).map(|level| &level.id) != level.as_ref();
        if let Some(level) = level.filter(|_| is_lower) {
            self.take_perks_back(&level, held.since);
        }
    }
}
