//! The model: what the terms of a program mean, done naively. It keeps all that ever happened, counts it anew whenever it
//! needs a number, and lives through every day. It shares no code with the engine.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use chrono_tz::Tz;

use super::{
    judging::{Award, Bought, Facts, judge},
    terms::{Per, Terms},
};

/// A part of the points, all of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    pub points: i64,
    pub free_on: NaiveDate,
    /// The last day; points without one come last.
    pub last_day: Option<NaiveDate>,
    pub place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Pending,
    Free,
    /// Lapsed; where nothing had happened for too long, with the last day.
    Lapsed(Option<NaiveDate>),
    /// In the voucher of this number.
    Locked(usize),
    Gone,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    pub number: usize,
    /// `mug` or `tea`.
    pub reward: &'static str,
    pub bought_on: NaiveDate,
    pub last_day: NaiveDate,
    /// The card that gave it, with the stamps on it.
    pub card: Option<(usize, i64)>,
    /// The sale whose gift it is.
    pub sale: Option<usize>,
}

/// A sale, with what stands of it.
#[derive(Debug, Clone)]
pub struct Kept {
    pub bought: Bought,
    pub at: DateTime<Utc>,
    pub day: NaiveDate,
    pub written_on: NaiveDate,
    pub version: usize,
    pub facts: Facts,
    pub award: Award,
    pub stands: bool,
}

#[derive(Debug, Clone)]
pub struct Model {
    pub zone: Tz,
    pub versions: Vec<(DateTime<Utc>, Terms)>,
    pub sales: Vec<Kept>,
    pub parcels: Vec<Parcel>,
    pub owed: i64,
    pub tickets: Vec<Ticket>,
    /// Mugs bought that were neither cancelled nor lapsed: when, and by which version.
    pub mugs: Vec<(usize, NaiveDate, usize)>,
    /// Stamps that are on full cards, and how many those are.
    pub filled: [(i64, i64); 2],
    pub level: Option<super::model_levels::Held>,
    pub last_active: Option<NaiveDate>,
    pub today: NaiveDate,
    numbers: usize,
}

impl Model {
    pub fn new(zone: Tz, terms: Terms, valid_from: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        Self {
            zone,
            versions: vec![(valid_from, terms)],
            sales: Vec::new(),
            parcels: Vec::new(),
            owed: 0,
            tickets: Vec::new(),
            mugs: Vec::new(),
            filled: [(0, 0); 2],
            level: None,
            last_active: None,
            today: now.with_timezone(&zone).date_naive(),
            numbers: 0,
        }
    }

    pub fn terms(&self) -> &Terms {
        &self.versions.last().unwrap().1
    }

    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    pub fn sum(&self, is_there: impl Fn(&Place) -> bool) -> i64 {
        self.parcels.iter().filter(|parcel| is_there(&parcel.place)).map(|parcel| parcel.points).sum()
    }

    pub fn free(&self) -> i64 {
        self.sum(|place| *place == Place::Free) - self.owed
    }

    pub fn locked(&self, ticket: &Ticket) -> i64 {
        self.sum(|place| *place == Place::Locked(ticket.number))
    }

    pub fn in_hand(&self, card: usize) -> i64 {
        self.sales.iter().map(|sale| sale.award.stamps[card]).sum::<i64>() - self.filled[card].0
    }

    /// Lives through the days up to a moment.
    pub fn live_until(&mut self, now: DateTime<Utc>) {
        let last = self.day_of(now);
        while self.today < last {
            self.today = self.today.succ_opt().unwrap();
            self.begin_day();
        }
    }

    /// All that is due today, until nothing more is.
    pub fn begin_day(&mut self) {
        while self.do_something_due() {}
        self.review_if_due();
    }

    fn do_something_due(&mut self) -> bool {
        let today = self.today;
        if let Some(place) =
            self.parcels.iter().position(|parcel| parcel.place == Place::Pending && parcel.free_on <= today)
        {
            let parcel = self.parcels.remove(place);
            self.arrive(parcel);
            return true;
        }
        let is_over = |parcel: &Parcel| parcel.place == Place::Free && parcel.last_day.is_some_and(|day| day < today);
        if self.parcels.iter().any(is_over) {
            self.lapse(is_over, None);
            return true;
        }
        if let Some(ticket) = self.tickets.iter().find(|ticket| ticket.last_day < today) {
            let number = ticket.number;
            self.give_back(number);
            return true;
        }
        let idle_on = self.terms().idle_months.zip(self.last_active).map(|(months, day)| day + Months::new(months));
        let is_free = |parcel: &Parcel| parcel.place == Place::Free;
        if idle_on.is_some_and(|day| day < today) && self.parcels.iter().any(is_free) {
            self.lapse(is_free, idle_on);
            return true;
        }
        false
    }

    fn lapse(&mut self, which: impl Fn(&Parcel) -> bool, idle_on: Option<NaiveDate>) {
        for parcel in self.parcels.iter_mut().filter(|parcel| which(parcel)) {
            parcel.place = Place::Lapsed(idle_on);
        }
        // For 400 days it is known what lapsed.
        let from = self.today - Days::new(400);
        for parcel in &mut self.parcels {
            if let Place::Lapsed(idle_on) = parcel.place
                && idle_on.or(parcel.last_day) < Some(from)
            {
                parcel.place = Place::Gone;
            }
        }
    }

    fn arrive(&mut self, parcel: Parcel) {
        let paid = parcel.points.min(self.owed);
        self.owed -= paid;
        self.parcels.push(Parcel { points: parcel.points - paid, place: Place::Free, ..parcel });
        self.parcels.retain(|parcel| parcel.points > 0);
    }

    /// When points that are earned on a day by these terms become free, and lapse.
    pub fn parcel(terms: &Terms, points: i64, day: NaiveDate) -> Parcel {
        let yearly = terms.yearly_on.and_then(|(month, date)| {
            let in_year = |year| {
                NaiveDate::from_ymd_opt(year, month, date).or_else(|| NaiveDate::from_ymd_opt(year, month, date - 1))
            };
            [day.year(), day.year() + 1].into_iter().filter_map(in_year).find(|last| *last >= day)
        });
        let after = terms.after_months.map(|months| day + Months::new(months));
        let last_day = match (after, yearly) {
            (Some(after), Some(yearly)) => Some(after.min(yearly)),
            (after, yearly) => after.or(yearly),
        };
        Parcel { points, free_on: day + Days::new(terms.pending_days), last_day, place: Place::Pending }
    }

    fn gain(&mut self, parcel: Parcel) {
        if parcel.points == 0 {
            return;
        }
        if parcel.free_on <= self.today {
            self.arrive(parcel)
        } else {
            self.parcels.push(parcel)
        }
        self.last_active = Some(self.today);
    }

    /// Moves so many of the points that fit to another place; answers how many there were.
    pub fn take(&mut self, most: i64, fits: impl Fn(&Parcel) -> bool, to: Place) -> i64 {
        // Those that lapse first go first.
        self.parcels.sort_by_key(|parcel| (parcel.last_day.is_none(), parcel.last_day));
        let mut left = most;
        let mut moved = Vec::new();
        for parcel in self.parcels.iter_mut().filter(|parcel| fits(parcel)) {
            let part = parcel.points.min(left);
            parcel.points -= part;
            left -= part;
            moved.push(Parcel { points: part, place: to, ..parcel.clone() });
        }
        self.parcels.extend(moved);
        self.parcels.retain(|parcel| parcel.points > 0);
        most - left
    }

    pub fn spend(&mut self, points: i64, to: Place) {
        let taken = self.take(points, |parcel| parcel.place == Place::Free, to);
        self.owed += points - taken;
    }

    pub fn sell(&mut self, bought: Bought, at: DateTime<Utc>) -> i64 {
        let version = self.versions.iter().rposition(|(from, _)| *from <= at).unwrap();
        let terms = self.versions[version].1.clone();
        let day = self.day_of(at);
        let facts = self.facts(&terms, at, day);
        let award = judge(&terms, &bought, &facts);
        let points = award.points();
        self.gain(Self::parcel(&terms, points, day));
        let (written_on, award_kept) = (self.today, award.clone());
        let number = self.sales.len();
        self.sales.push(Kept { bought, at, day, written_on, version, facts, award: award_kept, stands: true });
        for card in 0..2 {
            let size = self.terms().cards[card].or(terms.cards[card]);
            while award.stamps[card] > 0 && self.in_hand(card) >= size.unwrap() {
                self.filled[card] = (self.filled[card].0 + size.unwrap(), self.filled[card].1 + 1);
                self.print("tea", Some((card, size.unwrap())), None);
            }
        }
        if award.has_tea {
            self.print("tea", None, Some(number));
        }
        self.last_active = Some(self.today);
        if award.progress != 0 {
            self.review();
        }
        points
    }

    fn print(&mut self, reward: &'static str, card: Option<(usize, i64)>, sale: Option<usize>) -> usize {
        self.numbers += 1;
        let last_day = self.today + Days::new(self.terms().valid_days);
        self.tickets.push(Ticket { number: self.numbers, reward, bought_on: self.today, last_day, card, sale });
        self.numbers
    }

    fn facts(&self, terms: &Terms, at: DateTime<Utc>, day: NaiveDate) -> Facts {
        let standing = || self.sales.iter().filter(|sale| sale.stands);
        let left = |rule: usize, cap: Option<super::terms::Cap>| {
            cap.map(|cap| {
                if cap.in_points {
                    cap.most - self.used(rule, cap, day)
                } else if self.used(rule, cap, day) < cap.most {
                    i64::MAX / 4
                } else {
                    0
                }
            })
        };
        let of_all = standing().filter(|sale| {
            let same = self.versions[sale.version].1.cap.map(|(_, per)| per) == terms.cap.map(|(_, per)| per);
            terms.cap.is_some_and(|(_, per)| same && begins(per, sale.day) == begins(per, day))
        });
        let used_of_all: i64 = of_all.map(|sale| sale.award.points()).sum();
        Facts {
            is_gold: self.level.as_ref().is_some_and(|held| held.place == 1),
            is_first: standing().next().is_none(),
            minutes_to_visit: standing().map(|sale| (at - sale.at).num_minutes().abs()).min(),
            left: [left(0, terms.visit_cap), left(1, terms.spend_cap), terms.cap.map(|(most, _)| most - used_of_all)],
        }
    }

    /// What a limit on a rule has used in the period of a day: by sales that stand, judged under the same limit.
    fn used(&self, rule: usize, cap: super::terms::Cap, day: NaiveDate) -> i64 {
        let same = |sale: &&Kept| {
            let terms = &self.versions[sale.version].1;
            let then =
                [terms.visit_cap.filter(|_| terms.visit.is_some()), terms.spend_cap.filter(|_| terms.spend.is_some())]
                    [rule];
            then.is_some_and(|then| (then.per, then.in_points) == (cap.per, cap.in_points))
                && begins(cap.per, sale.day) == begins(cap.per, day)
        };
        let points = self.sales.iter().filter(same).map(|sale| sale.award.lines[rule]);
        if cap.in_points { points.sum() } else { points.filter(|points| *points > 0).count().try_into().unwrap() }
    }

    pub fn issue(&mut self) -> bool {
        let Some((cost, limit)) = self.terms().mug else { return false };
        let today = self.today;
        let limited = |version: usize| self.versions[version].1.mug.and_then(|(_, limit)| limit);
        let counts = |per: Per, version: usize| limited(version).is_some_and(|(_, then)| then == per);
        let same = |per: Per, day: NaiveDate| begins(per, day) == begins(per, today);
        let had =
            |per: Per| self.mugs.iter().filter(|(_, day, version)| counts(per, *version) && same(per, *day)).count();
        if limit.is_some_and(|(times, per)| i64::try_from(had(per)).unwrap() >= times) || self.free() < cost {
            return false;
        }
        let number = self.print("mug", None, None);
        self.spend(cost, Place::Locked(number));
        self.mugs.push((number, today, self.versions.len() - 1));
        self.last_active = Some(today);
        true
    }

    pub fn redeem(&mut self, place: usize) {
        let ticket = self.tickets.remove(place);
        self.take(i64::MAX, |parcel| parcel.place == Place::Locked(ticket.number), Place::Gone);
        self.last_active = Some(self.today);
    }

    /// A voucher that was redeemed, and given back at once, is as it was; of vouchers of one moment it may be another.
    pub fn use_without_spending(&mut self, place: usize, now_at: usize) {
        let ticket = self.tickets.remove(place);
        self.tickets.insert(now_at, ticket);
        self.last_active = Some(self.today);
    }

    pub fn cancel(&mut self, place: usize) {
        let number = self.tickets[place].number;
        self.give_back(number);
    }

    pub fn give_back(&mut self, number: usize) {
        self.tickets.retain(|ticket| ticket.number != number);
        self.mugs.retain(|(mug, ..)| *mug != number);
        self.parcels.sort_by_key(|parcel| (parcel.last_day.is_none(), parcel.last_day));
        while let Some(place) = self.parcels.iter().position(|parcel| parcel.place == Place::Locked(number)) {
            let parcel = self.parcels.remove(place);
            self.arrive(parcel);
            self.parcels.sort_by_key(|parcel| (parcel.last_day.is_none(), parcel.last_day));
        }
    }

    pub fn adjust(&mut self, points: i64) -> bool {
        if points < 0 && self.free() + points < 0 && !self.terms().may_be_negative {
            return false;
        }
        let parcel = Self::parcel(&self.terms().clone(), points, self.today);
        if points > 0 {
            self.arrive(parcel)
        } else {
            self.spend(-points, Place::Gone)
        }
        self.last_active = Some(self.today);
        true
    }
}

/// A name for the part of the calendar that a day is in.
fn begins(per: Per, day: NaiveDate) -> (i32, u32) {
    match per {
        Per::Day => (day.year(), day.ordinal()),
        Per::Week => (day.iso_week().year(), day.iso_week().week()),
        Per::Month => (day.year(), day.month()),
        Per::Year => (day.year(), 0),
        Per::Ever => (0, 0),
    }
}
