//! Taking back: a sale is judged again without what was returned, and the difference goes back, with all that it caused.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Books, Change, Occasion, Purse, Versions, Voucher,
    books::Earned,
    draw::Draw,
    membership::{Prolonged, is_bought},
    sale::SaleRecord,
};
use crate::program::{
    award::{Award, Gift, Line},
    sale::{Item, Sale},
};

/// What of a sale is returned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Returned {
    /// All that still stands.
    All,
    /// So much money, in the smallest unit.
    Amount(i64),
    /// These articles, each with how many; the money for them is reckoned by their share of what was paid.
    Items(Vec<Item>),
}

/// A refund that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refunded {
    /// The till's number for it, unique within the sale.
    pub id: String,
    /// The money that went back, in the smallest unit.
    pub amount: i64,
    /// Points that were taken back.
    pub points: i64,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why nothing was taken back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotRefunded {
    /// All of it was returned already.
    #[error("all of this sale was returned already")]
    NothingLeft,
    /// More money than was paid.
    #[error("only {0} (in the smallest unit) of this sale is left to return")]
    TooMuch(i64),
    /// Articles that were not bought, or not so many.
    #[error("{0}")]
    NotBought(String),
    /// An amount that is none.
    #[error("the amount to return must be more than nothing")]
    Nothing,
}

/// What a refund did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// To the purse.
    pub change: Change,
    /// The sale afterwards.
    pub record: SaleRecord,
    /// What it was.
    pub refunded: Refunded,
    /// The thanks that are to be taken back from the friend who brought the member.
    pub unthank: Option<Line>,
}

impl SaleRecord {
    /// The sale without what is returned.
    ///
    /// # Errors
    /// What cannot be returned.
    fn without(&self, returned: &Returned) -> Result<Option<Sale>, NotRefunded> {
        if !self.stands {
            return Err(NotRefunded::NothingLeft);
        }
        match returned {
            Returned::All => Ok(None),
            Returned::Amount(amount) if *amount <= 0 => Err(NotRefunded::Nothing),
            Returned::Amount(amount) if *amount > self.sale.amount => Err(NotRefunded::TooMuch(self.sale.amount)),
            Returned::Amount(amount) if *amount == self.sale.amount => Ok(None),
            Returned::Amount(amount) => Ok(Some(self.less(*amount, self.sale.items.clone()))),
            Returned::Items(items) => {
                let (left, price) = take_items(&self.sale.items, items)?;
                Ok((!left.is_empty()).then(|| self.less(self.paid_for(price), left)))
            }
        }
    }

    /// What was paid for articles of this price. Where a coupon made the sale cheaper than its lines, all lines became
    /// cheaper alike; the line of a discount, whose price is below zero, is worth nothing.
    fn paid_for(&self, price: i64) -> i64 {
        let prices = self.sale.items.iter().map(|item| item.quantity.saturating_mul(item.unit_price));
        let whole = i128::from(prices.fold(0, i64::saturating_add).max(self.sale.amount).max(1));
        let share = i128::from(price) * i128::from(self.sale.amount);
        let paid = i64::try_from((share + whole / 2).div_euclid(whole)).unwrap_or(self.sale.amount);
        paid.clamp(0, self.sale.amount.max(0))
    }

    /// The sale with less paid, its tax in proportion.
    fn less(&self, amount: i64, items: Vec<Item>) -> Sale {
        let paid = self.sale.amount - amount;
        let share = i128::from(self.sale.tax) * i128::from(paid);
        let whole = i128::from(self.sale.amount.max(1));
        let tax = i64::try_from((share + whole / 2) / whole).unwrap_or(0);
        Sale { amount: paid, tax, items, ..self.sale.clone() }
    }
}

fn take_items(bought: &[Item], returned: &[Item]) -> Result<(Vec<Item>, i64), NotRefunded> {
    let mut left = bought.to_vec();
    let mut amount = 0_i64;
    for item in returned {
        let is_same = |known: &&mut Item| {
            let same = |a: &Option<String>, b: &Option<String>| b.is_none() || a == b;
            same(&known.sku, &item.sku)
                && same(&known.name, &item.name)
                && same(&known.category, &item.category)
                && known.quantity > 0
        };
        let mut wanted = item.quantity;
        for known in left.iter_mut().filter(is_same) {
            let part = known.quantity.min(wanted);
            known.quantity -= part;
            wanted -= part;
            amount = amount.saturating_add(part.saturating_mul(known.unit_price));
        }
        if wanted > 0 || item.quantity <= 0 {
            let what = item.name.as_ref().or(item.sku.as_ref()).or(item.category.as_ref());
            let what = what.map_or("such articles", String::as_str);
            return Err(NotRefunded::NotBought(format!("this sale has no {} of {what} left to return", item.quantity)));
        }
    }
    left.retain(|item| item.quantity > 0);
    Ok((left, amount))
}

impl Purse {
    /// Takes back what a sale earned by what is returned of it: what is left is judged again, by the version that judged it.
    ///
    /// # Errors
    /// What cannot be returned; nothing has happened then.
    pub fn refund<'p>(
        self,
        versions: impl Into<Versions<'p>>,
        record: &SaleRecord,
        returned: &Returned,
        refund_id: &str,
        occasion: Occasion,
        draw: &mut Draw,
    ) -> Result<Refund, NotRefunded> {
        let versions = versions.into();
        let left = record.without(returned)?;
        let award = left.as_ref().map(|sale| versions.judged.judge_sale(sale, &record.facts)).unwrap_or_default();
        let at = occasion.at;
        let mut books = Books::open(versions, self, occasion, draw);
        let (award, points) = books.take_award_back(record, award);
        let prolonged = books.unbuy(record, left.as_ref());
        let unthank = record.award.referrer.clone().filter(|_| record.referrer_thanked && award.referrer.is_none());
        let amount = left.as_ref().map_or(record.sale.amount, |sale| record.sale.amount - sale.amount);
        let refunded = Refunded { id: refund_id.to_owned(), amount, points, at };
        let mut after = SaleRecord { award, prolonged, ..record.clone() };
        after.referrer_thanked = record.referrer_thanked && unthank.is_none();
        after.stands = left.is_some();
        after.sale = left.unwrap_or_else(|| Sale { amount: 0, ..record.sale.clone() });
        after.refunds.push(refunded.clone());
        Ok(Refund { change: books.close(), record: after, refunded, unthank })
    }
}

/// What is left of the points that a sale earned: what it would earn now, but never more than it did. A return gives
/// nothing, though without what is returned another multiplier may be the best.
fn lines_left(before: &Award, now: &Award) -> Vec<Line> {
    if now.points() < before.points() { now.lines.clone() } else { before.lines.clone() }
}

/// What of the points of each rule goes. What another rule gives instead stays, the last rule's first.
fn lines_taken(before: &Award, rest: &Award) -> Vec<Line> {
    let mut taken: Vec<Line> = Vec::new();
    for Line { rule, .. } in &before.lines {
        if taken.iter().all(|line| line.rule != *rule) {
            taken.push(Line { rule: rule.clone(), points: (before.points_of(rule) - rest.points_of(rule)).max(0) });
        }
    }
    let mut instead = taken.iter().map(|line| line.points).sum::<i64>() - (before.points() - rest.points());
    for line in taken.iter_mut().rev() {
        let part = line.points.min(instead);
        line.points -= part;
        instead -= part;
    }
    taken.retain(|line| line.points > 0);
    taken
}

impl Books<'_> {
    /// Takes back what a sale earned and would not earn now. Answers what is left of it, and how many points went.
    fn take_award_back(&mut self, record: &SaleRecord, now: Award) -> (Award, i64) {
        let before = &record.award;
        let progress = now.progress.min(before.progress);
        let mut rest = now;
        rest.lines = lines_left(before, &rest);
        rest.progress = progress;
        rest.referrer = before.referrer.clone().filter(|_| rest.referrer.is_some());
        let earned = Earned { on: record.day, written_on: record.written_on };
        let taken = lines_taken(before, &rest);
        let points = self.take_back(&taken, earned);
        rest.stamps = self.take_card_stamps_back(before, &rest);
        let kept = |gift: &&Gift| rest.gifts.contains(gift) || !self.take_gift_back(gift, &record.cause);
        rest.gifts = before.gifts.iter().filter(kept).cloned().collect();
        self.recount(before, &rest, record.day);
        if progress < before.progress {
            self.add_progress(progress - before.progress, record.day);
            self.unearn_level();
        }
        (rest, points)
    }

    fn take_card_stamps_back(&mut self, before: &Award, now: &Award) -> BTreeMap<String, i64> {
        let mut rest = BTreeMap::new();
        for (card, stamps) in &before.stamps {
            let left = now.stamps.get(card).copied().unwrap_or(0).min(*stamps);
            if left < *stamps {
                self.take_stamps_back(card, *stamps - left);
            }
            if left > 0 {
                rest.insert(card.clone(), left);
            }
        }
        rest
    }

    /// Takes back a reward that a rule gave for a sale. Answers whether it was still there: what was used stays given.
    fn take_gift_back(&mut self, gift: &Gift, cause: &str) -> bool {
        let is_it =
            |voucher: &&Voucher| voucher.of == gift.rule && voucher.reward == gift.reward && voucher.cause == cause;
        let given = self.purse.vouchers.iter().find(is_it).map(|voucher| voucher.code.clone());
        given.is_some_and(|code| self.end_voucher(&code, "cancelled").is_some())
    }

    /// A sale of which nothing stands was no visit, and one without the membership prolonged none. Answers how it still
    /// does.
    fn unbuy(&mut self, record: &SaleRecord, left: Option<&Sale>) -> Option<Prolonged> {
        if left.is_none() {
            self.purse.sales = (self.purse.sales - 1).max(0);
            self.purse.remove_visit(record.sale.at);
        }
        let prolonged = record.prolonged?;
        if left.is_some_and(|sale| is_bought(self.versions.judged, sale)) {
            return Some(prolonged);
        }
        self.shorten_membership(prolonged);
        None
    }
}
