//! What staff are answered, in the shop's language.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use crate::{
    clock::from_millis,
    domain::{
        commands::{day, holding},
        directory::Directory,
        language::{Line, Reply},
        program::Program,
        purse::{Voucher, draw::shown},
        shop::Shop,
        staff::StaffPhone,
    },
    service::till::Done,
};

/// An answer, in a shop's name.
pub(super) struct Answer {
    /// The shop.
    pub(super) shop: Shop,
    /// What it says.
    pub(super) reply: Reply,
}

impl Answer {
    /// As it will be read.
    pub(super) fn write(&self, directory: &Directory) -> String {
        directory.voice(Some(self.shop.id), self.shop.language).write(&self.reply)
    }
}

/// Tells how it went at a shop.
#[derive(Clone, Copy)]
pub(super) struct Teller<'t> {
    pub(super) shop: &'t Shop,
    pub(super) program: &'t Program,
    pub(super) now: DateTime<Utc>,
}

impl Teller<'_> {
    /// "At which shop?" with the numbers of those that may be meant.
    pub(super) fn which(at: &[(Arc<StaffPhone>, Shop)], typed: &str) -> Answer {
        let example = format!("{} #2", typed.split('#').next().unwrap_or_default().trim());
        let line = Line::new("staff-which").text("example", example);
        let shops = at.iter().zip(1_i64..).take(9);
        let choices = shops
            .map(|((_, shop), number)| Line::new("choice").text("name", shop.name.as_str()).count("number", number));
        let reply = choices.fold(Reply::from(line), Reply::below);
        let shop = at.first().map(|(_, shop)| shop.clone());
        // A phone without a shop is never asked.
        Answer { shop: shop.unwrap_or_else(|| unreachable!("staff belong to a shop")), reply }
    }

    fn say(self, reply: impl Into<Reply>) -> Answer {
        Answer { shop: self.shop.clone(), reply: reply.into() }
    }

    /// How orders are written.
    pub(super) fn how(self) -> Answer {
        self.say(Line::new("staff-how"))
    }

    /// What a member is called: by name, or by the last figures of their phone.
    pub(super) fn name(self, first_name: Option<&str>, address: &str) -> String {
        first_name.map_or_else(|| last_figures(address), str::to_owned)
    }

    /// What was earned, and what there is now.
    pub(super) fn earned(self, done: &Done, address: &str) -> Answer {
        let name = self.name(done.first_name.as_deref(), address);
        let (points, stamps) = (done.award.points(), &done.award.stamps);
        let points = (points > 0).then(|| holding::points(points, &self.program.unit));
        let stamps = stamps.values().map(|stamps| Line::new("stamps-moved").count("count", *stamps));
        let gains = points.into_iter().chain(stamps).map(|held| Line::new("gain").part("held", held));
        let gain = gains.reduce(|gains, gain| Line::new("perks-joined").part("perks", gains).part("perk", gain));
        let line = match gain {
            Some(gain) => Line::new("staff-earned").part("gain", gain),
            None => Line::new("staff-nothing"),
        };
        let line = line.text("name", name.as_str()).part("held", self.held(done));
        let given = done.issued.iter().filter(|voucher| voucher.points == 0).take(2);
        let given = given.filter_map(|voucher| self.gift(voucher, &name));
        self.say(given.fold(Reply::from(line), Reply::below))
    }

    fn gift(self, voucher: &Voucher, name: &str) -> Option<Line> {
        let reward = self.program.reward(&voucher.reward)?;
        let line = Line::new("staff-gift").text("name", name).words("reward", &reward.name);
        Some(line.text("code", shown(&voucher.code)))
    }

    /// The card that was stamped, or else what a member is told of what they have.
    fn held(self, done: &Done) -> Line {
        let only_stamps = done.award.points() == 0;
        let stamped = done.award.stamps.keys().next().filter(|_| only_stamps);
        let card = stamped.and_then(|rule| Some((rule, self.program.rule(rule)?.earn.as_card()?.stamps)));
        match card {
            Some((rule, size)) => holding::stamps(done.purse.card(rule).in_hand(), size),
            None => holding::in_purse(self.program, &done.purse),
        }
    }

    /// A voucher was redeemed.
    pub(super) fn redeemed(self, code: &str, voucher: Option<&Voucher>, name: &str) -> Answer {
        self.say(self.of_voucher("staff-redeemed", code, voucher).text("name", name))
    }

    fn of_voucher(self, key: &'static str, code: &str, voucher: Option<&Voucher>) -> Line {
        let line = Line::new(key).text("code", shown(code));
        match voucher.and_then(|voucher| self.program.reward(&voucher.reward)) {
            Some(reward) => line.words("reward", &reward.name),
            None => line.text("reward", voucher.map(|voucher| voucher.reward.clone()).unwrap_or_default()),
        }
    }

    /// A voucher was redeemed before: when, and by whom.
    pub(super) fn used(self, code: &str, at: i64, by: &str) -> Answer {
        let (at, today) = (self.local(from_millis(at)), self.local(self.now).date_naive());
        let time = at.format("%H:%M").to_string();
        let when = match at.date_naive() {
            day if day == today => Line::new("staff-used-today").text("time", time),
            day => Line::new("staff-used-before").text("time", time).part("day", day::written(day, today)),
        };
        self.say(Line::new("staff-used").text("code", shown(code)).text("who", by).part("when", when))
    }

    /// A voucher lapsed or was cancelled.
    pub(super) fn code_over(self, code: &str) -> Answer {
        self.say(Line::new("staff-code-over").text("code", shown(code)))
    }

    /// There is no such voucher.
    pub(super) fn code_unknown(self, code: &str) -> Answer {
        self.say(Line::new("staff-code-unknown").text("code", shown(code)))
    }

    /// Nobody has this phone.
    pub(super) fn unknown(self, phone: &str) -> Answer {
        self.say(Line::new("staff-unknown").text("phone", phone))
    }

    /// The last deed was taken back.
    pub(super) fn undone(self, done: &Done, voucher: Option<&Voucher>, is_visit: bool, name: &str) -> Answer {
        let card = self.program.cards().next().filter(|_| is_visit);
        let held = match card {
            Some((rule, card)) => holding::stamps(done.purse.card(&rule.id).in_hand(), card.stamps),
            None => holding::in_purse(self.program, &done.purse),
        };
        let line = match voucher {
            Some(voucher) => self.of_voucher("staff-undone-voucher", &voucher.code, Some(voucher)),
            None => Line::new("staff-undone-sale").part("held", held),
        };
        self.say(line.text("name", name))
    }

    /// What waited for a YES was taken back.
    pub(super) fn undone_waiting(self) -> Answer {
        self.say(Line::new("staff-undone-waiting"))
    }

    /// Somebody was invited, or what was recorded for them waits for their YES.
    pub(super) fn waits(self, key: &'static str, phone: &str, until: DateTime<Utc>) -> Answer {
        let day = day::written(self.program.day(until), self.program.day(self.now));
        self.say(Line::new(key).text("phone", phone).part("day", day))
    }

    /// They cannot be invited.
    pub(super) fn not_invited(self, phone: &str) -> Answer {
        self.say(Line::new("staff-not-invited").text("phone", phone))
    }

    /// They need no invitation.
    pub(super) fn member(self, done: &Done, phone: &str) -> Answer {
        let name = self.name(done.first_name.as_deref(), phone);
        let held = holding::in_purse(self.program, &done.purse);
        self.say(Line::new("staff-member").text("name", name).part("held", held))
    }

    /// There is nothing that can be undone.
    pub(super) fn undo_none(self, within: Duration) -> Answer {
        self.say(Line::new("staff-undo-none").count("minutes", within.num_minutes()))
    }

    /// The same was recorded a moment ago.
    pub(super) fn again(self, name: &str) -> Answer {
        self.say(Line::new("staff-again").text("name", name))
    }

    /// The phone recorded as much as it may in an hour, of which the first is so old.
    pub(super) fn enough_in_hour(self, most: usize, first_at: i64) -> Answer {
        let on = self.local(from_millis(first_at) + Duration::minutes(61)).format("%H:%M").to_string();
        self.say(Line::new("staff-enough-hour").count("count", whole(most)).text("time", on))
    }

    /// As much was recorded for a member as may be in a day.
    pub(super) fn enough_on_member(self, most: usize, name: &str) -> Answer {
        self.say(Line::new("staff-enough-day").count("count", whole(most)).text("name", name))
    }

    fn local(self, at: DateTime<Utc>) -> DateTime<chrono_tz::Tz> {
        at.with_timezone(&self.shop.time_zone)
    }
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Enough of a phone for staff who have it before them, and no more.
fn last_figures(address: &str) -> String {
    let figures: Vec<char> = address.chars().filter(char::is_ascii_digit).collect();
    let last = figures.get(figures.len().saturating_sub(4)..).unwrap_or_default();
    format!("...{}", last.iter().collect::<String>())
}
