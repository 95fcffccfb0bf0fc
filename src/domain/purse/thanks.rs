//! Thanks for a friend who was brought: after the friend's first purchase, and back when that is returned.

use chrono::NaiveDate;

use super::{Books, Change, Occasion, Purse, Voucher, books::Earned, draw::Draw};
use crate::program::{
    Program,
    award::{Gift, Line},
    earn::Period,
    tier::Measure,
};

/// Under this name the friends are counted whom a rule has thanked for.
pub fn friends_counter(rule: &str) -> String {
    format!("{rule}:friends")
}

impl Purse {
    /// Thanks for a friend who was brought and has now bought something; `None` where the year's friends have been thanked
    /// for already.
    pub fn thank(self, program: &Program, line: &Line, occasion: Occasion, draw: &mut Draw) -> Option<Change> {
        let (rule, referral) = program.referral()?;
        let day = program.day(occasion.at);
        let key = friends_counter(&rule.id);
        if self.used(&key, Period::Year, day) >= referral.friends_a_year_max {
            return None;
        }
        let mut books = Books::open(program, self, occasion, draw);
        books.purse.count(&key, Period::Year, day, 1);
        if line.points > 0 {
            books.earn(&line.rule, line.points, day);
        }
        if let Some(reward) = &referral.reward {
            books.present(&Gift { rule: line.rule.clone(), reward: reward.clone(), last_day: None }, 0);
        }
        if books.counts_friends() {
            books.add_progress(1, day);
            books.review_level();
        }
        Some(books.close())
    }

    /// Takes the thanks of a day for a friend back, whose purchase was returned.
    pub fn unthank(
        self,
        program: &Program,
        line: &Line,
        day: NaiveDate,
        occasion: Occasion,
        draw: &mut Draw,
    ) -> Change {
        let mut books = Books::open(program, self, occasion, draw);
        books.purse.count(&friends_counter(&line.rule), Period::Year, day, -1);
        books.take_back(std::slice::from_ref(line), Earned { on: day, written_on: day });
        books.take_thanks_back();
        if books.counts_friends() {
            books.add_progress(-1, day);
            books.unearn_level();
        }
        books.close()
    }
}

impl Books<'_> {
    fn counts_friends(&self) -> bool {
        self.program.tiers.as_ref().is_some_and(|tiers| tiers.by == Measure::Friends)
    }

    /// Takes the reward for a friend back; one is like the other, and one that was used stays.
    fn take_thanks_back(&mut self) {
        let Some((rule, referral)) = self.program.referral() else { return };
        let is_thanks = |voucher: &&Voucher| voucher.of == rule.id && Some(&voucher.reward) == referral.reward.as_ref();
        let given = self.purse.vouchers.iter().rev().find(is_thanks);
        if let Some(code) = given.map(|voucher| voucher.code.clone()) {
            self.end_voucher(&code, "cancelled");
        }
    }
}
