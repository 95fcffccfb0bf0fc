//! Punch cards: stamps come, a full card gives its reward, and what is left over is on the next.

use serde::{Deserialize, Serialize};

use super::{Book, Books};
use crate::program::award::Gift;

/// A punch card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stamps {
    /// All stamps ever given, less those taken back.
    pub given: i64,
    /// Those of them that are on full cards, whatever filled one then.
    pub used: i64,
    /// How many cards were filled and gave their reward.
    pub filled: i64,
}

impl Stamps {
    /// The stamps on the card in hand; below zero when a reward was used whose stamps were taken back.
    pub fn in_hand(self) -> i64 {
        self.given - self.used
    }
}

impl Books<'_> {
    /// Stamps on a punch card; a full one gives its reward.
    pub(super) fn stamp(&mut self, rule: &str, stamps: i64) {
        let Some((size, reward)) = self.card(rule) else { return };
        self.post_stamps(Book::Outside, Book::Available, stamps, rule);
        let mut card = self.purse.card(rule);
        card.given += stamps;
        while card.in_hand() >= size {
            card.filled += 1;
            card.used += size;
            self.post_stamps(Book::Available, Book::Spent, size, rule);
            let gift = Gift { rule: rule.to_owned(), reward: reward.clone(), last_day: None };
            self.present(&gift, size);
        }
        self.purse.cards.insert(rule.to_owned(), card);
        self.purse.last_active_on = Some(self.today());
    }

    /// Takes stamps back. A reward that they filled is taken back with them, unless it was used: then the next stamps pay
    /// for it.
    pub(super) fn take_stamps_back(&mut self, rule: &str, stamps: i64) {
        self.post_stamps(Book::Available, Book::Outside, stamps, rule);
        let mut card = self.purse.card(rule);
        card.given -= stamps;
        while card.in_hand() < 0 {
            let filled = self.purse.vouchers.iter().rev().find(|voucher| voucher.of == rule && voucher.stamps > 0);
            let Some((code, size)) = filled.map(|voucher| (voucher.code.clone(), voucher.stamps)) else { break };
            self.end_voucher(&code, "cancelled");
            card.filled -= 1;
            card.used -= size;
            self.post_stamps(Book::Spent, Book::Available, size, rule);
        }
        if card == Stamps::default() {
            self.purse.cards.remove(rule);
        } else {
            self.purse.cards.insert(rule.to_owned(), card);
        }
    }

    /// How many stamps fill a card and what it gives: as the present version says, where it still has that card.
    fn card(&self, rule: &str) -> Option<(i64, String)> {
        let of = |program: &crate::program::Program| {
            let card = program.rule(rule)?.earn.as_card()?;
            Some((card.stamps, card.reward.clone()))
        };
        of(self.program).or_else(|| of(self.versions.judged))
    }
}
