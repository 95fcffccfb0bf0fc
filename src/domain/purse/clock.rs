//! What time alone does to a purse: points become free or lapse, vouchers lapse, levels are reviewed, perks and birthday
//! gifts are given, memberships end. Each thing at its own moment, in order, however late it is looked at.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Timelike, Utc};

use super::{Book, Books, Change, LAPSED_KNOWN_DAYS, Lapsed, Lot, Notice, Occasion, Person, Purse, draw::Draw};
use crate::{
    profile::birthday::Birthday,
    program::{
        Program,
        earn::Event,
        tier::{Fall, Level, Perk},
    },
};

/// No purse has more to catch up with at once; what is left is due again at once.
const STEPS_MAX: usize = 10_000;

/// What is due.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Due {
    /// Points become free on this day.
    Release(NaiveDate),
    /// Points lapsed with this day.
    Lapse(NaiveDate),
    /// Nothing was earned or spent for too long.
    Inactive(NaiveDate),
    /// A voucher lapsed.
    Voucher(String),
    /// Progress no longer counts, or a level's grace is over.
    Review,
    /// A level gives something: the level, and the place among its gifts.
    Perk(String, usize),
    /// The days around the birthday of this year begin.
    Birthday(i32),
    /// The paid membership ends soon.
    Remind,
    /// The paid membership has ended.
    End,
}

impl Purse {
    /// When something is due next, looked at from `now` on; what is overdue is due at its own moment.
    pub fn next_due(&self, program: &Program, person: &Person, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.due(program, person, now).map(|(at, ..)| at)
    }

    /// Does everything that is due at `now`, in order. Doing it again changes nothing.
    pub fn tick(self, program: &Program, person: &Person, now: DateTime<Utc>, draw: &mut Draw) -> Change {
        let active_from = self.last_active_on.map(|day| program.begin_of(day));
        let mut books = Books::open(program, self, Occasion::clock("clock", "", now), draw);
        books.purse.know_birthday(program, person, program.day(now));
        // Nothing happens by a version before it is in force, nor before what the member did last.
        let mut done_until = active_from.map_or(program.valid_from, |from| from.max(program.valid_from)).min(now);
        for _ in 0..STEPS_MAX {
            let Some((at, day, due)) = books.purse.due(program, person, now) else { break };
            // What one thing leads to does not happen before it, though its day may have been over.
            let at = at.max(done_until);
            if at > now {
                break;
            }
            books.do_due(&due, day, at, person);
            done_until = at;
        }
        books.close()
    }

    /// What is due first, when, and on which day: as the day begins, and what is told at an hour for telling.
    fn due(&self, program: &Program, person: &Person, now: DateTime<Utc>) -> Option<(DateTime<Utc>, NaiveDate, Due)> {
        let today = program.day(now);
        // Of very many only the first can be due first; lots are in the order of their deadlines.
        let released = self.pending.iter().map(|pending| pending.on).min().map(|day| (Some(day), Due::Release(day)));
        let lapsed = self.lots.first().and_then(|lot| lot.last_day).map(|day| (day.succ_opt(), Due::Lapse(day)));
        let vouchers =
            self.vouchers.iter().map(|voucher| (voucher.last_day.succ_opt(), Due::Voucher(voucher.code.clone())));
        let single = [
            self.inactive_on(program).map(|day| (day.succ_opt(), Due::Inactive(day))),
            self.review_on(program).map(|day| (Some(day), Due::Review)),
            self.next_perk(program)
                .map(|(day, level, perk)| (Some(day), Due::Perk(level.id.clone(), place_of(level, perk)))),
            self.birthday_on(program, person, today).map(|(day, year)| (Some(day), Due::Birthday(year))),
            self.remind_on(program).map(|day| (Some(day), Due::Remind)),
            self.membership.map(|membership| (membership.until.succ_opt(), Due::End)),
        ];
        let all = released.into_iter().chain(lapsed).chain(vouchers).chain(single.into_iter().flatten());
        // The first of several on the same day, in the order above.
        let moment = |day: NaiveDate, due: &Due| match due {
            Due::Remind => hour_for_telling(program, day, now),
            _ => program.begin_of(day),
        };
        all.filter_map(|(day, due)| Some((moment(day?, &due), day?, due)))
            .reduce(|first, next| if next.0 < first.0 { next } else { first })
    }

    /// With which day all points lapse, because nothing is earned or spent.
    pub(crate) fn inactive_on(&self, program: &Program) -> Option<NaiveDate> {
        let months = program.expiry.inactive_months?;
        self.last_active_on.filter(|_| !self.lots.is_empty())?.checked_add_months(Months::new(months))
    }

    /// When the level is to be looked at: when what it was earned by drops out, or it is to be lost.
    fn review_on(&self, program: &Program) -> Option<NaiveDate> {
        let tiers = program.tiers.as_ref().filter(|tiers| tiers.fall != Fall::Never)?;
        let held = self.level.as_ref()?;
        let ends = self.progress.iter().filter_map(|(bucket, _)| tiers.window.ends(*bucket));
        held.lost_on.or_else(|| ends.filter(|end| *end > held.earned_on).min())
    }

    /// The first of the days around the next birthday whose gift was not given, with the birthday's year.
    fn birthday_on(&self, program: &Program, person: &Person, today: NaiveDate) -> Option<(NaiveDate, i32)> {
        let (_, gift) = program.birthday()?;
        let birthday = person.birthday?;
        let given = self.birthday_given.or_else(|| last_birthday_over(program, birthday, today))?;
        // The rule may be newer than the last gift.
        let from = program.day(program.valid_from);
        (given.max(from.year() - 2) + 1..=given.max(from.year()) + 2)
            .filter_map(|year| Some((gift.days(birthday, year)?, year)))
            .find(|((_, last), _)| *last >= from)
            .map(|((first, _), year)| (first, year))
    }

    /// From the day on which a birthday is known its gifts are due, each in its year, however late they are looked for.
    pub(super) fn know_birthday(&mut self, program: &Program, person: &Person, today: NaiveDate) {
        if self.birthday_given.is_none() {
            self.birthday_given = person.birthday.and_then(|birthday| last_birthday_over(program, birthday, today));
        }
    }

    fn remind_on(&self, program: &Program) -> Option<NaiveDate> {
        let reminder_days = program.membership.as_ref()?.reminder_days;
        let held = self.membership.filter(|held| !held.is_reminded && reminder_days > 0)?;
        held.until.checked_sub_days(Days::new(reminder_days.into()))
    }
}

/// The year of the last birthday whose days are over.
fn last_birthday_over(program: &Program, birthday: Birthday, today: NaiveDate) -> Option<i32> {
    let (_, gift) = program.birthday()?;
    let is_over = |year: &i32| gift.days(birthday, *year).is_some_and(|(_, last)| last < today);
    (today.year() - 2..=today.year()).rev().find(is_over)
}

/// Ten in the morning of a day. What could not be told then is told at once by day, and by night at ten in the morning: no phone
/// rings between 8 p.m. and 9 a.m. (TCPA, 47 CFR 64.1200(c)(1): not before 8 a.m. or after 9 p.m.)
fn hour_for_telling(program: &Program, day: NaiveDate, now: DateTime<Utc>) -> DateTime<Utc> {
    let local = program.local(now);
    let ten = |day: NaiveDate| program.begin_of(day) + chrono::Duration::hours(10);
    if local.date() < day || now < ten(day) || (9..20).contains(&local.hour()) {
        return ten(day);
    }
    if local.hour() < 9 { ten(local.date()) } else { local.date().succ_opt().map_or(now, ten) }
}

fn place_of(level: &Level, perk: &Perk) -> usize {
    level.gifts.iter().position(|gift| gift == perk).unwrap_or_default()
}

impl Books<'_> {
    fn do_due(&mut self, due: &Due, day: NaiveDate, at: DateTime<Utc>, person: &Person) {
        let active_on = self.purse.last_active_on;
        match due {
            Due::Release(on) => self.release(*on, at),
            Due::Lapse(last_day) => self.lapse(*last_day, at),
            Due::Inactive(last_day) => self.lapse_all(*last_day, at),
            Due::Voucher(code) => {
                self.turn_to(Occasion::clock("voucher_lapsed", code.as_str(), at));
                self.give_back(code, "lapsed");
            }
            Due::Review => {
                self.turn_to(Occasion::clock("level", day.to_string(), at));
                self.review_level();
            }
            Due::Perk(level, place) => {
                self.turn_to(Occasion::clock("level", day.to_string(), at));
                let level = self.program.level(level);
                if let Some((level, perk)) = level.and_then(|level| Some((level, level.gifts.get(*place)?))) {
                    self.give_perk(level, perk, day);
                }
            }
            Due::Birthday(year) => self.celebrate(*year, at, person),
            Due::Remind => {
                if let Some(held) = &mut self.purse.membership {
                    held.is_reminded = true;
                    let until = held.until;
                    self.notice(Notice::MembershipEnds(until));
                }
            }
            Due::End => {
                self.turn_to(Occasion::clock("membership_ended", day.to_string(), at));
                self.purse.membership = None;
                self.review_level();
            }
        }
        // The clock is nobody's activity.
        self.purse.last_active_on = active_on;
    }

    fn release(&mut self, on: NaiveDate, at: DateTime<Utc>) {
        self.turn_to(self.clock_with_place("released", on, at));
        let (free, waiting): (Vec<_>, Vec<_>) = self.purse.pending.iter().partition(|pending| pending.on <= on);
        self.purse.pending = waiting;
        for pending in free {
            self.post(Book::Pending, Book::Available, pending.lot.points, None);
            self.add_available(pending.lot);
        }
    }

    fn lapse(&mut self, last_day: NaiveDate, at: DateTime<Utc>) {
        self.turn_to(self.clock_with_place("lapsed", last_day, at));
        let is_over = |lot: &Lot| lot.last_day.is_some_and(|day| day <= last_day);
        let (over, left): (Vec<_>, Vec<_>) = self.purse.lots.iter().partition(|lot| is_over(lot));
        self.purse.lots = left;
        self.note_lapsed(over, None);
    }

    fn lapse_all(&mut self, last_day: NaiveDate, at: DateTime<Utc>) {
        self.turn_to(self.clock_with_place("lapsed", last_day, at));
        let all = std::mem::take(&mut self.purse.lots);
        self.note_lapsed(all, Some(last_day));
    }

    fn note_lapsed(&mut self, over: Vec<Lot>, idle_on: Option<NaiveDate>) {
        for lot in over {
            self.post(Book::Available, Book::Lapsed, lot.points, None);
            self.purse.available -= lot.points;
            let lapsed = &mut self.purse.lapsed;
            match lapsed.iter_mut().find(|known| known.lot.last_day == lot.last_day && known.idle_on == idle_on) {
                Some(known) => known.lot.points += lot.points,
                None => lapsed.push(Lapsed { lot, idle_on }),
            }
        }
        let known_from = self.today().checked_sub_days(Days::new(LAPSED_KNOWN_DAYS));
        self.purse.lapsed.retain(|known| known.idle_on.or(known.lot.last_day) >= known_from);
    }

    /// What lapsed on a day can come back by a cancelled voucher and lapse again: the count of entries tells them apart.
    fn clock_with_place(&self, kind: &'static str, day: NaiveDate, at: DateTime<Utc>) -> Occasion {
        Occasion::clock(kind, format!("{day}#{}", self.purse.entries), at)
    }

    fn celebrate(&mut self, year: i32, at: DateTime<Utc>, person: &Person) {
        self.turn_to(Occasion::clock("birthday", year.to_string(), at));
        self.purse.birthday_given = Some(year);
        let days = self.program.birthday().zip(person.birthday).and_then(|((_, gift), day)| gift.days(day, year));
        let Some((_, last_day)) = days else { return };
        let facts = self.purse.facts(self.program, person, at, self.program.time_zone);
        let award = self.program.judge(Event::Birthday(last_day), &facts);
        let today = self.today();
        self.give(&award, today);
    }

    /// The deadline of points that are earned on a day.
    pub(super) fn deadline_of(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.lot_of(0, day).0.last_day
    }
}
