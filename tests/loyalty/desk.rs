//! A counter with one member: things happen at it, and after each the books are looked through.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use regulars::domain::{
    money::Currency,
    program::{
        Program,
        draft::{Frame, parse},
        earn::Event,
        sale::{Item, Sale},
    },
    purse::{
        Book, Cause, Change, Entry, NotIssued, Occasion, Person, Purse, Versions, Voucher,
        draw::Draw,
        refund::{NotRefunded, Refund, Returned},
        sale::{NotAdjusted, SaleRecord},
        spend::Purchase,
    },
};

pub const NEW_YORK: Tz = chrono_tz::America::New_York;

/// A program as its shop wrote it.
pub fn program(written: &str, version: i32, valid_from: DateTime<Utc>, time_zone: Tz) -> Program {
    let frame = Frame {
        id: Uuid::from_u128(1),
        merchant_id: Uuid::from_u128(2),
        version,
        valid_from,
        currency: Currency::from_code("USD").unwrap(),
        time_zone,
        secret: vec![7; 32],
    };
    Program::read(&parse(written).unwrap(), frame).unwrap_or_else(|mistakes| panic!("{mistakes:?}\n{written}"))
}

pub fn day(written: &str) -> NaiveDate {
    written.parse().unwrap()
}

/// What a refund or a member's wish came to.
type Outcome<T, E> = Result<T, E>;

pub struct Desk {
    pub versions: Vec<Program>,
    pub person: Person,
    pub purse: Purse,
    pub entries: Vec<Entry>,
    pub records: BTreeMap<String, SaleRecord>,
    /// How each voucher ended, by code.
    pub ended: BTreeMap<String, &'static str>,
    pub last: Change,
    zone: Tz,
    counted: u32,
    ids: BTreeSet<Uuid>,
    sums: BTreeMap<(Option<String>, Book), i64>,
}

impl Desk {
    pub fn open(written: &str) -> Self {
        Self::open_in(NEW_YORK, written)
    }

    pub fn open_in(zone: Tz, written: &str) -> Self {
        let long_ago = DateTime::from_timestamp(1_500_000_000, 0).unwrap();
        Self {
            versions: vec![program(written, 1, long_ago, zone)],
            person: Person::default(),
            purse: Purse::default(),
            entries: Vec::new(),
            records: BTreeMap::new(),
            ended: BTreeMap::new(),
            last: Change::default(),
            zone,
            counted: 0,
            ids: BTreeSet::new(),
            sums: BTreeMap::new(),
        }
    }

    /// The same with codes that no other desk draws.
    pub fn drawing_from(self, counted: u32) -> Self {
        Self { counted, ..self }
    }

    pub fn program(&self) -> &Program {
        self.versions.last().unwrap()
    }

    /// A moment on the shop's clock: "2026-03-01 10:00", or a day, which is its noon.
    pub fn at(&self, written: &str) -> DateTime<Utc> {
        let full = if written.len() == 10 { format!("{written} 12:00") } else { written.to_owned() };
        let local = NaiveDateTime::parse_from_str(&full, "%Y-%m-%d %H:%M").unwrap();
        local.and_local_timezone(self.zone).earliest().unwrap().with_timezone(&Utc)
    }

    /// The next version comes into force.
    pub fn rewrite(&mut self, written: &str, at: &str) {
        self.rewrite_at(written, self.at(at));
    }

    pub fn rewrite_at(&mut self, written: &str, at: DateTime<Utc>) {
        let version = self.program().version + 1;
        self.versions.push(program(written, version, at, self.zone));
    }

    pub fn tick(&mut self, at: DateTime<Utc>) {
        let draw = &mut self.draw();
        let change = self.purse.clone().tick(self.program(), &self.person, at, draw);
        self.keep(change);
    }

    pub fn wait(&mut self, until: &str) {
        self.tick(self.at(until));
    }

    pub fn join(&mut self, at: &str) {
        self.happen(Event::Joined, "joined", "", at);
    }

    /// Anything but a sale.
    pub fn happen(&mut self, event: Event<'_>, kind: &'static str, id: &str, at: &str) -> i64 {
        let at = self.at(at);
        self.tick(at);
        let (occasion, draw) = (self.occasion(kind, id, at), &mut self.draw());
        let (change, award) = self.purse.clone().earn(self.program(), &self.person, event, self.zone, occasion, draw);
        self.keep(change);
        award.points()
    }

    /// A sale of so many cents: the points it earned.
    pub fn pay(&mut self, id: &str, cents: i64, at: &str) -> i64 {
        self.sell(sale(id, cents, self.at(at)))
    }

    pub fn sell(&mut self, sale: Sale) -> i64 {
        let at = sale.at;
        self.sell_late(sale, at)
    }

    /// A sale that is written down later than it happened.
    pub fn sell_late(&mut self, sale: Sale, at: DateTime<Utc>) -> i64 {
        self.tick(at);
        let (occasion, draw) = (self.occasion("sale", &sale.id, at), &mut self.draw());
        let judged = self.versions.iter().rev().find(|version| version.valid_from <= sale.at).unwrap();
        let versions = Versions { now: self.program(), judged };
        let (change, record) = self.purse.clone().sell(versions, &self.person, &sale, self.zone, occasion, draw);
        let points = record.award.points();
        assert!(self.records.insert(sale.id.clone(), record).is_none(), "{} is sold twice", sale.id);
        self.keep(change);
        points
    }

    /// A return: the points that went back.
    pub fn refund(&mut self, id: &str, returned: &Returned, at: &str) -> i64 {
        self.try_refund(id, returned, self.at(at)).unwrap().refunded.points
    }

    pub fn try_refund(&mut self, id: &str, returned: &Returned, at: DateTime<Utc>) -> Outcome<Refund, NotRefunded> {
        self.tick(at);
        let record = self.records[id].clone();
        let refund_id = format!("r{}", record.refunds.len());
        let (occasion, draw) = (self.occasion("refund", &format!("{id}/{refund_id}"), at), &mut self.draw());
        let judged = self.versions.iter().find(|version| version.version == record.version).unwrap();
        let versions = Versions { now: self.program(), judged };
        let refund = self.purse.clone().refund(versions, &record, returned, &refund_id, occasion, draw)?;
        let held = |purse: &Purse| purse.available + purse.pending_points() + purse.locked_points();
        assert!(held(&refund.change.purse) <= held(&self.purse), "a return gave points");
        self.records.insert(id.to_owned(), refund.record.clone());
        self.keep(refund.change.clone());
        Ok(refund)
    }

    /// Buys a reward: the voucher's code.
    pub fn issue(&mut self, reward: &str, at: &str) -> String {
        self.try_issue(reward, self.at(at)).unwrap()
    }

    pub fn try_issue(&mut self, reward: &str, at: DateTime<Utc>) -> Outcome<String, NotIssued> {
        self.tick(at);
        let (occasion, draw) = (self.occasion("issued", &self.counted.to_string(), at), &mut self.draw());
        let wanted = Purchase { reward, points: None, stock_left: None };
        let change = self.purse.clone().issue(self.program(), wanted, occasion, draw)?;
        self.keep(change);
        Ok(self.purse.vouchers.last().unwrap().code.clone())
    }

    /// Redeems a voucher; whether there was one.
    pub fn redeem(&mut self, code: &str, at: &str) -> bool {
        self.redeem_at(code, self.at(at))
    }

    pub fn redeem_at(&mut self, code: &str, at: DateTime<Utc>) -> bool {
        self.tick(at);
        let (occasion, draw) = (self.occasion("redeemed", code, at), &mut self.draw());
        let change = self.purse.clone().redeem(self.program(), code, occasion, draw);
        change.map(|change| self.keep(change)).is_some()
    }

    /// Cancels a voucher; whether there was one.
    pub fn cancel(&mut self, code: &str, at: &str) -> bool {
        self.cancel_at(code, self.at(at))
    }

    pub fn cancel_at(&mut self, code: &str, at: DateTime<Utc>) -> bool {
        self.tick(at);
        let (occasion, draw) = (self.occasion("cancelled", code, at), &mut self.draw());
        let change = self.purse.clone().cancel(self.program(), code, occasion, draw);
        change.map(|change| self.keep(change)).is_some()
    }

    /// Takes back that a voucher was redeemed; whether it could be.
    pub fn reinstate_at(&mut self, voucher: &Voucher, at: DateTime<Utc>) -> bool {
        self.tick(at);
        let (occasion, draw) = (self.occasion("reinstated", &voucher.code, at), &mut self.draw());
        let change = self.purse.clone().reinstate(self.program(), voucher, occasion, draw);
        change.map(|change| self.keep(change)).is_some()
    }

    pub fn adjust(&mut self, points: i64, at: &str) -> Outcome<(), NotAdjusted> {
        self.adjust_at(points, self.at(at))
    }

    pub fn adjust_at(&mut self, points: i64, at: DateTime<Utc>) -> Outcome<(), NotAdjusted> {
        self.tick(at);
        let (occasion, draw) = (self.occasion("adjusted", &self.counted.to_string(), at), &mut self.draw());
        let change = self.purse.clone().adjust(self.program(), points, occasion, draw)?;
        self.keep(change);
        Ok(())
    }

    pub fn occasion(&self, kind: &'static str, id: &str, at: DateTime<Utc>) -> Occasion {
        Occasion { cause: Cause::new(kind, id), at, shop_id: None, actor: "till".to_owned(), reason: None }
    }

    /// A draw that was never used.
    pub fn draw(&mut self) -> Draw {
        self.counted += 1;
        Draw::new(u128::from(self.counted).to_be_bytes())
    }

    /// Whole numbers of points: to be spent, pending, locked.
    pub fn points(&self) -> (i64, i64, i64) {
        (self.purse.available, self.purse.pending_points(), self.purse.locked_points())
    }

    pub fn level(&self, at: &str) -> Option<String> {
        let day = self.program().day(self.at(at));
        self.purse.level_now(self.program(), day).map(|level| level.id.clone())
    }

    /// Takes a change over, and looks through the books.
    pub fn keep(&mut self, change: Change) {
        let purse_id = Uuid::from_u128(9);
        for entry in &change.entries {
            assert!(entry.amount > 0 && entry.from != entry.to, "{entry:?}");
            assert!(self.ids.insert(entry.id(purse_id)), "an id comes twice: {entry:?}");
            *self.sums.entry((entry.card.clone(), entry.from)).or_default() -= entry.amount;
            *self.sums.entry((entry.card.clone(), entry.to)).or_default() += entry.amount;
        }
        for ended in &change.ended {
            assert!(self.ended.insert(ended.code.clone(), ended.state).is_none(), "{} ended twice", ended.code);
        }
        for code in &change.reinstated {
            assert_eq!(self.ended.remove(code), Some("redeemed"), "{code} was not redeemed");
        }
        self.entries.extend(change.entries.iter().cloned());
        self.purse = change.purse.clone();
        self.last = change;
        self.look_through();
    }

    fn look_through(&self) {
        let purse = &self.purse;
        let points = |book| self.sums.get(&(None, book)).copied().unwrap_or(0);
        assert_eq!(self.points(), (points(Book::Available), points(Book::Pending), points(Book::Locked)), "{purse:?}");
        assert_eq!(purse.entries, i64::try_from(self.entries.len()).unwrap());
        let lots: i64 = purse.lots.iter().map(|lot| lot.points).sum();
        assert_eq!(lots, purse.available.max(0), "{purse:?}");
        assert!(purse.lots.iter().all(|lot| lot.points > 0) && purse.pending.iter().all(|known| known.lot.points > 0));
        let order = |at: usize| (purse.lots[at].last_day.is_none(), purse.lots[at].last_day);
        assert!((1..purse.lots.len()).all(|at| order(at - 1) < order(at)), "{purse:?}");
        for (card, stamps) in &purse.cards {
            let held = self.sums.get(&(Some(card.clone()), Book::Available)).copied().unwrap_or(0);
            assert_eq!(stamps.in_hand(), held, "{card}: {purse:?}");
        }
        assert!(purse.vouchers.iter().all(|voucher| !self.ended.contains_key(&voucher.code)));
        for voucher in &purse.vouchers {
            assert_eq!(voucher.points, voucher.lots.iter().map(|lot| lot.points).sum::<i64>(), "{voucher:?}");
        }
        assert_eq!(*purse, again(purse));
        self.records.values().for_each(|record| assert_eq!(*record, again(record)));
    }
}

/// Written as JSON and read again.
fn again<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

pub fn sale(id: &str, cents: i64, at: DateTime<Utc>) -> Sale {
    Sale { id: id.to_owned(), amount: cents, tax: 0, items: Vec::new(), payment: None, at }
}

/// So many of an article, each at a price in cents.
pub fn item(sku: &str, quantity: i64, unit_price: i64) -> Item {
    Item { sku: Some(sku.to_owned()), name: None, category: None, quantity, unit_price }
}

/// A sale of articles, at their price.
pub fn basket(id: &str, items: &[Item], at: DateTime<Utc>) -> Sale {
    let amount = items.iter().map(|item| item.quantity * item.unit_price).sum();
    Sale { items: items.to_vec(), ..sale(id, amount, at) }
}
