//! Spending points: in two steps. Issuing locks them and makes a voucher, redeeming is final, cancelling gives them back.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Book, Books, Change, Lot, Occasion, Purse, draw::Draw, lots::add_lot};
use crate::program::{
    Program,
    earn::Period,
    reward::{Reward, RewardLimit, Worth},
};

/// A reward that waits to be redeemed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voucher {
    /// Its code, as it is kept.
    pub code: String,
    /// The reward.
    pub reward: String,
    /// Points it holds; 0 where it was given.
    #[serde(default)]
    pub points: i64,
    /// Their deadlines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<Lot>,
    /// Stamps of the full card that gave it.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub stamps: i64,
    /// When it was issued.
    pub at: DateTime<Utc>,
    /// Within which time a limit counts it, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_per: Option<Period>,
    /// The last day on which it can be redeemed.
    pub last_day: NaiveDate,
    /// The rule or level that gave it; empty where points bought it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of: String,
    /// What caused it: kind and id, so that a reversal finds it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cause: String,
    /// How often it was redeemed and given back.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub reinstated: i64,
}

/// Why a voucher was not issued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotIssued {
    /// There is no such reward to buy.
    #[error("this program has no such reward to buy")]
    NoSuchReward,
    /// There are not enough points.
    #[error("it costs {cost} points, and there are {available}")]
    TooFew {
        /// What it costs.
        cost: i64,
        /// What there is.
        available: i64,
    },
    /// It is for a higher level.
    #[error("it is for members of a higher level: {0}")]
    Level(String),
    /// It cannot be bought today.
    #[error("it cannot be bought today")]
    NotToday,
    /// The member has had as many as they may.
    #[error("the member has had as many of it as one may")]
    Limit(RewardLimit),
    /// There are none left.
    #[error("there are none left")]
    OutOfStock,
    /// An amount of points for a reward with a fixed cost, or none where points are money.
    #[error("{0}")]
    Points(String),
}

/// What is to be bought.
#[derive(Debug, Clone, Copy)]
pub struct Purchase<'a> {
    /// The reward.
    pub reward: &'a str,
    /// How many points, where points are money.
    pub points: Option<i64>,
    /// How many there are left, where there is a stock.
    pub stock_left: Option<i64>,
}

/// Under this name a limit on a reward is counted.
pub fn counter_of(reward: &str) -> String {
    format!("reward:{reward}")
}

impl Purse {
    /// How many points a reward costs the member now.
    ///
    /// # Errors
    /// Why they cannot have it.
    pub fn cost_of(&self, program: &Program, wanted: Purchase<'_>, at: DateTime<Utc>) -> Result<i64, NotIssued> {
        let reward = program.reward(wanted.reward).ok_or(NotIssued::NoSuchReward)?;
        let cost = reward.cost.ok_or(NotIssued::NoSuchReward)?;
        let day = program.day(at);
        if !reward.is_on(day) {
            return Err(NotIssued::NotToday);
        }
        if let Some(level) = &reward.level_from {
            self.has_level(program, level, day).then_some(()).ok_or_else(|| NotIssued::Level(level.clone()))?;
        }
        if let Some(limit) = reward.limit
            && self.used(&counter_of(&reward.id), limit.per, day) >= limit.times
        {
            return Err(NotIssued::Limit(limit));
        }
        if wanted.stock_left.is_some_and(|left| left <= 0) {
            return Err(NotIssued::OutOfStock);
        }
        let points = match (reward.is_money(), wanted.points) {
            (true, Some(points)) if points > 0 => points,
            (true, Some(_)) => return Err(NotIssued::Points("spend at least 1 point".to_owned())),
            (false, Some(points)) if points != cost => {
                return Err(NotIssued::Points(format!("it costs {cost} points, no more and no less")));
            }
            _ => cost,
        };
        if self.available < points {
            return Err(NotIssued::TooFew { cost: points, available: self.available });
        }
        Ok(points)
    }

    /// Buys a reward: its points are locked in a voucher, the last one in the purse afterwards.
    ///
    /// # Errors
    /// Why not; nothing has happened then.
    pub fn issue(
        self,
        program: &Program,
        wanted: Purchase<'_>,
        occasion: Occasion,
        draw: &mut Draw,
    ) -> Result<Change, NotIssued> {
        let points = self.cost_of(program, wanted, occasion.at)?;
        let reward = program.reward(wanted.reward).ok_or(NotIssued::NoSuchReward)?;
        let mut books = Books::open(program, self, occasion, draw);
        let lots = books.take_available(points);
        books.post(Book::Available, Book::Locked, points, Some(&reward.id));
        let counted_per = reward.limit.map(|limit| limit.per);
        let voucher = Voucher { points, lots, counted_per, ..books.voucher(reward, "", None) };
        books.put_voucher(voucher);
        let today = books.today();
        if let Some(limit) = reward.limit {
            books.purse.count(&counter_of(&reward.id), limit.per, today, 1);
        }
        books.purse.last_active_on = Some(today);
        Ok(books.close())
    }

    /// Redeems a voucher, which is final but for [`Purse::reinstate`]; `None` where there is none with this code.
    pub fn redeem(self, program: &Program, code: &str, occasion: Occasion, draw: &mut Draw) -> Option<Change> {
        let reinstated = self.vouchers.iter().find(|voucher| voucher.code == code).map(|voucher| voucher.reinstated);
        let occasion = again(occasion, reinstated.unwrap_or(0));
        let mut books = Books::open(program, self, occasion, draw);
        let voucher = books.end_voucher(code, "redeemed")?;
        books.post(Book::Locked, Book::Spent, voucher.points, Some(&voucher.reward));
        let today = books.today();
        books.purse.last_active_on = Some(today);
        Some(books.close())
    }

    /// Takes back that a voucher was redeemed: it waits again, with its points and until its last day. `None` where it is
    /// there already.
    pub fn reinstate(
        self,
        program: &Program,
        voucher: &Voucher,
        occasion: Occasion,
        draw: &mut Draw,
    ) -> Option<Change> {
        if self.vouchers.iter().any(|known| known.code == voucher.code) {
            return None;
        }
        let voucher = Voucher { reinstated: voucher.reinstated + 1, ..voucher.clone() };
        let mut books = Books::open(program, self, again(occasion, voucher.reinstated), draw);
        books.post(Book::Spent, Book::Locked, voucher.points, Some(&voucher.reward));
        books.put_back(voucher);
        Some(books.close())
    }

    /// Cancels a voucher: its points come back with the deadlines they had; `None` where there is none with this code.
    pub fn cancel(self, program: &Program, code: &str, occasion: Occasion, draw: &mut Draw) -> Option<Change> {
        let mut books = Books::open(program, self, occasion, draw);
        books.give_back(code, "cancelled")?;
        Some(books.close())
    }
}

/// What happens to a voucher a second time is another cause than the first time.
fn again(mut occasion: Occasion, times: i64) -> Occasion {
    if times > 0 {
        occasion.cause.id = format!("{}/{times}", occasion.cause.id);
    }
    occasion
}

impl Books<'_> {
    /// A voucher for a reward, still without points.
    pub(super) fn voucher(&mut self, reward: &Reward, of: &str, last_day: Option<NaiveDate>) -> Voucher {
        let today = self.today();
        let valid_to = today.checked_add_days(Days::new(reward.valid_days.into())).unwrap_or(NaiveDate::MAX);
        Voucher {
            code: self.draw.voucher(),
            reward: reward.id.clone(),
            points: 0,
            lots: Vec::new(),
            stamps: 0,
            at: self.occasion.at,
            counted_per: None,
            last_day: last_day.unwrap_or(valid_to),
            of: of.to_owned(),
            cause: self.occasion.cause.written(),
            reinstated: 0,
        }
    }

    /// A voucher that had ended waits again, in its old place.
    pub(super) fn put_back(&mut self, voucher: Voucher) {
        self.change.reinstated.push(voucher.code.clone());
        let place = self.purse.vouchers.partition_point(|known| known.at <= voucher.at);
        self.purse.vouchers.insert(place, voucher);
    }

    /// Ends a voucher and gives its points back.
    pub(super) fn give_back(&mut self, code: &str, state: &'static str) -> Option<()> {
        let voucher = self.end_voucher(code, state)?;
        self.post(Book::Locked, Book::Available, voucher.points, Some(&voucher.reward));
        let mut lots = Vec::new();
        voucher.lots.iter().for_each(|lot| add_lot(&mut lots, *lot));
        lots.into_iter().for_each(|lot| self.add_available(lot));
        if let Some(per) = voucher.counted_per {
            self.purse.count(&counter_of(&voucher.reward), per, self.program.day(voucher.at), -1);
        }
        Some(())
    }
}

/// What so many points are worth as money, in the smallest unit.
pub fn worth_of(program: &Program, reward: &Reward, points: i64) -> Option<i64> {
    let Worth::Money { amount } = &reward.worth else { return None };
    let cost = reward.cost?.max(1);
    i64::try_from(i128::from(amount.minor(program.currency)) * i128::from(points) / i128::from(cost)).ok()
}
