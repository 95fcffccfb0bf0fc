//! Random histories, lived by the engine and by the model side by side.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use proptest::{collection::vec, prelude::*};

use regulars::domain::{
    program::sale::{Item, Sale},
    purse::{Purse, refund::Returned},
};
use uuid::Uuid;

use super::{
    desk::{Desk, item, sale},
    judging::Bought,
    model::Model,
    terms::{Terms, any_terms},
};

#[derive(Debug, Clone)]
pub enum Deed {
    /// Bought, and so many minutes late.
    Sell(Bought, i64),
    /// Of the sale of this number: all, so many hundredths of the money, or so many of each thing.
    Return(usize, Part),
    Issue,
    Redeem(usize),
    /// Redeemed, and given back at once.
    Unredeem(usize),
    Cancel(usize),
    Adjust(i64),
    Rewrite(Box<Terms>),
}

#[derive(Debug, Clone)]
pub enum Part {
    All,
    Hundredths(i64),
    Things([i64; 3]),
}

/// Minutes that pass, and what happens then.
pub type Step = (i64, Deed);

pub fn any_bought() -> impl Strategy<Value = Bought> {
    let thing = || prop_oneof![2 => Just((0_i64, 0_i64)), 3 => (1..6_i64, 0..9_000_i64)];
    let money = prop_oneof![3 => 0..3_000_i64, 2 => 0..30_000_i64, 1 => Just(15_000_i64)];
    (money, 0..25_i64, [thing(), thing(), thing()], 0..3_i64).prop_map(|(money, tax, things, coupon)| {
        let price: i64 = things.iter().map(|(quantity, price)| quantity * price).sum();
        // Without things only an amount is told; with a coupon less is paid than they cost.
        let amount = if price == 0 { money } else { price - (money * coupon / 4).min(price) };
        Bought { amount, tax: amount * tax / 100, things }
    })
}

fn any_part() -> impl Strategy<Value = Part> {
    prop_oneof![
        Just(Part::All),
        (1..100_i64).prop_map(Part::Hundredths),
        [0..3_i64, 0..3_i64, 0..3_i64].prop_map(Part::Things),
    ]
}

/// From minutes to more than a year.
pub fn any_wait() -> impl Strategy<Value = i64> {
    prop_oneof![
        4 => 0..200_i64,
        4 => 200..6_000_i64,
        3 => 1_440 * 5..1_440 * 45_i64,
        1 => 1_440 * 100..1_440 * 420_i64,
    ]
}

/// In minutes, two days at most.
fn any_lateness() -> impl Strategy<Value = i64> {
    prop_oneof![4 => Just(0_i64), 1 => 1..2_880_i64]
}

pub fn any_deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        10 => (any_bought(), any_lateness()).prop_map(|(bought, late)| Deed::Sell(bought, late)),
        5 => (0..30_usize, any_part()).prop_map(|(which, part)| Deed::Return(which, part)),
        3 => Just(Deed::Issue),
        2 => (0..9_usize).prop_map(Deed::Redeem),
        1 => (0..9_usize).prop_map(Deed::Unredeem),
        1 => (0..9_usize).prop_map(Deed::Cancel),
        1 => (-60..120_i64).prop_map(Deed::Adjust),
        1 => any_terms().prop_map(|terms| Deed::Rewrite(Box::new(terms))),
    ]
}

pub fn any_zone() -> impl Strategy<Value = chrono_tz::Tz> {
    use chrono_tz::{
        Africa::Cairo,
        America::{New_York, Santiago},
        Europe::Bucharest,
        Pacific::Auckland,
    };
    prop_oneof![Just(New_York), Just(Bucharest), Just(Santiago), Just(Cairo), Just(Auckland)]
}

pub fn begin() -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(2027, 10, 20).unwrap().and_hms_opt(15, 0, 0).unwrap().and_utc()
}

/// The things as the till tells them.
pub fn items(bought: &Bought) -> Vec<Item> {
    let names = ["Cup", "beans", "other"];
    let all = names.iter().zip(bought.things).map(|(name, (quantity, price))| item(name, quantity, price));
    all.filter(|item| item.quantity > 0).collect()
}

pub fn told(id: usize, bought: &Bought, at: DateTime<Utc>) -> Sale {
    Sale { tax: bought.tax, items: items(bought), ..sale(&id.to_string(), bought.amount, at) }
}

/// Engine and model side by side.
pub struct Pair {
    pub desk: Desk,
    pub model: Model,
    pub now: DateTime<Utc>,
}

impl Pair {
    pub fn new(zone: chrono_tz::Tz, terms: &Terms) -> Self {
        let mut desk = Desk::open_in(zone, &terms.written());
        desk.purse = Purse { referred_by: Some(Uuid::from_u128(5)), ..Purse::default() };
        let model = Model::new(zone, terms.clone(), desk.versions[0].valid_from, begin());
        Self { desk, model, now: begin() }
    }

    pub fn step(&mut self, (minutes, deed): &Step) {
        self.now += Duration::minutes(*minutes);
        self.desk.tick(self.now);
        self.model.live_until(self.now);
        self.compare("time");
        match deed {
            Deed::Sell(bought, late) => self.sell(bought, *late),
            Deed::Return(which, part) => self.give_back(*which, part),
            Deed::Issue => assert_eq!(self.desk.try_issue("mug", self.now).is_ok(), self.model.issue()),
            Deed::Redeem(which) => self.end(*which, true),
            Deed::Unredeem(which) => self.redeem_and_give_back(*which),
            Deed::Cancel(which) => self.end(*which, false),
            Deed::Adjust(points) => {
                let done = self.desk.adjust_at(*points, self.now).is_ok();
                assert_eq!(done, self.model.adjust(*points));
            }
            Deed::Rewrite(terms) => self.rewrite(terms),
        }
        // What came back may be overdue.
        self.desk.tick(self.now);
        self.model.begin_day();
        self.compare("deed");
        self.do_again();
    }

    fn sell(&mut self, bought: &Bought, late: i64) {
        // As many visits as a purse knows lie between.
        let mut known: Vec<DateTime<Utc>> = self.model.sales.iter().map(|sale| sale.at).collect();
        known.sort();
        let from = known.iter().rev().nth(6).copied().unwrap_or_default().max(self.model.versions[0].0);
        let at = (self.now - Duration::minutes(late)).max(from);
        let points = self.desk.sell_late(told(self.model.sales.len(), bought, at), self.now);
        assert_eq!(points, self.model.sell(*bought, at));
    }

    fn give_back(&mut self, which: usize, part: &Part) {
        if self.model.sales.is_empty() {
            return;
        }
        let number = which % self.model.sales.len();
        let kept = &self.model.sales[number];
        let (returned, left) = what_is_left(&kept.bought, part);
        let is_possible = kept.stands && returned.is_some();
        let returned = returned.unwrap_or(Returned::Amount(0));
        let refund = self.desk.try_refund(&number.to_string(), &returned, self.now);
        assert_eq!(refund.is_ok(), is_possible, "{refund:?}");
        if let Ok(refund) = refund {
            assert_eq!(refund.refunded.points, self.model.refund(number, left));
        }
    }

    fn end(&mut self, which: usize, is_used: bool) {
        let vouchers = &self.desk.purse.vouchers;
        if vouchers.is_empty() {
            return;
        }
        let place = which % vouchers.len();
        let code = vouchers[place].code.clone();
        if is_used {
            assert!(self.desk.redeem_at(&code, self.now) && !self.desk.redeem_at(&code, self.now));
            self.model.redeem(place);
        } else {
            assert!(self.desk.cancel_at(&code, self.now) && !self.desk.redeem_at(&code, self.now));
            self.model.cancel(place);
        }
    }

    fn redeem_and_give_back(&mut self, which: usize) {
        let vouchers = &self.desk.purse.vouchers;
        if vouchers.is_empty() {
            return;
        }
        let place = which % vouchers.len();
        let voucher = vouchers[place].clone();
        assert!(self.desk.redeem_at(&voucher.code, self.now));
        assert!(self.desk.reinstate_at(&voucher, self.now) && !self.desk.reinstate_at(&voucher, self.now));
        let now_at = self.desk.purse.vouchers.iter().position(|known| known.code == voucher.code).unwrap();
        self.model.use_without_spending(place, now_at);
    }

    fn rewrite(&mut self, terms: &Terms) {
        // What a level is counted by stays; a version with another way to count is told of by hand.
        let levels = self.model.terms().levels.clone();
        let levels = levels.map(|known| match &terms.levels {
            Some(new) => super::terms::Levels { by: known.by, window: known.window, from: known.from, ..new.clone() },
            None => known,
        });
        let terms = Terms { levels, ..terms.clone() };
        self.desk.rewrite_at(&terms.written(), self.now);
        self.model.versions.push((self.now, terms));
    }

    /// Time that does not pass does nothing.
    fn do_again(&mut self) {
        let before = self.desk.purse.clone();
        self.desk.tick(self.now);
        assert_eq!(self.desk.purse, before);
        assert!(
            self.desk.last.entries.is_empty() && self.desk.last.ended.is_empty() && self.desk.last.notices.is_empty()
        );
    }

    pub fn compare(&self, when: &str) {
        let (purse, model) = (&self.desk.purse, &self.model);
        assert_eq!(purse.available, model.free(), "{when}: {purse:?} {:?} {}", model.parcels, model.owed);
        assert_eq!(purse.pending_points(), model.sum(|place| *place == super::model::Place::Pending), "{when}");
        let vouchers: Vec<(&str, i64, NaiveDate)> =
            purse.vouchers.iter().map(|voucher| (voucher.reward.as_str(), voucher.points, voucher.last_day)).collect();
        let tickets: Vec<(&str, i64, NaiveDate)> =
            model.tickets.iter().map(|ticket| (ticket.reward, model.locked(ticket), ticket.last_day)).collect();
        assert_eq!(vouchers, tickets, "{when}");
        for (place, card) in ["cups", "visits"].iter().enumerate() {
            let stamps = purse.card(card);
            assert_eq!(
                (stamps.in_hand(), stamps.filled),
                (model.in_hand(place), model.filled[place].1),
                "{when}: {card}"
            );
        }
        assert_eq!(purse.sales, i64::try_from(model.sales.iter().filter(|sale| sale.stands).count()).unwrap());
        let day = self.desk.program().day(self.now);
        if let Some(levels) = &model.terms().levels {
            assert_eq!(purse.progress_now(self.desk.program(), day), model.progress(levels, day), "{when}: progress");
        }
        let level = purse.level_now(self.desk.program(), day).map(|level| level.id.as_str());
        let names = ["silver", "gold"];
        assert_eq!(
            level,
            model.level.as_ref().map(|held| names[held.place]),
            "{when}: {:?} {:?}",
            purse.level,
            model.level
        );
    }
}

/// What is returned, as the till says it, and what is left then; nothing where that cannot be returned.
pub fn what_is_left(bought: &Bought, part: &Part) -> (Option<Returned>, Option<Bought>) {
    match part {
        Part::All => (Some(Returned::All), None),
        Part::Hundredths(part) => {
            let amount = bought.amount * part / 100;
            let left = bought.less(amount, bought.things);
            ((amount > 0).then_some(Returned::Amount(amount)), Some(left))
        }
        Part::Things(wanted) => {
            let mut left = bought.things;
            let mut amount = 0;
            let mut returned = *bought;
            for (place, wanted) in wanted.iter().enumerate() {
                let part = left[place].0.min(*wanted);
                left[place].0 -= part;
                amount += part * left[place].1;
                returned.things[place].0 = part;
            }
            let is_any = !returned.is_empty();
            let price: i64 = bought.things.iter().map(|(quantity, price)| quantity * price).sum();
            // With a coupon each thing cost its share; half a cent is one.
            let whole = price.max(bought.amount).max(1);
            let rest = bought.less((2 * amount * bought.amount + whole) / (2 * whole), left);
            (is_any.then(|| Returned::Items(items(&returned))), (!rest.is_empty()).then_some(rest))
        }
    }
}

/// Values of so many parts need more of the stack than a test's thread has where nothing is optimised.
pub fn with_room(test: fn()) {
    let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(test).unwrap();
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    fn the_model_agrees_in_all_cases(terms in any_terms(), zone in any_zone(), steps in vec((any_wait(), any_deed()), 1..40)) {
        let mut pair = Pair::new(zone, &terms);
        steps.iter().for_each(|step| pair.step(step));
    }
}

#[test]
fn the_model_agrees() {
    with_room(the_model_agrees_in_all_cases);
}
