//! Programs to rehearse with, which between them have everything that a program can have, and what a member holds in them.

use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

use crate::domain::{
    conversation::{FoundCode, FoundCodes, FoundReferral},
    money::Currency,
    program::{
        Program,
        draft::{Frame, parse},
        earn::{Period, check_in::code_of_day},
        tier::{Measure, Window},
    },
    purse::{Counter, LevelHeld, Lot, MembershipHeld, Pending, Purse, Recent, Stamps, Voucher, draw::typed},
};

/// The programs of the first shops, in their order; the other shops have none.
const WRITTEN: [Option<&str>; 5] = [
    Some(include_str!("everything.toml")),
    Some(include_str!("far_away.toml")),
    Some(include_str!("cards.toml")),
    None,
    Some(include_str!("money.toml")),
];

/// Codes that stand in the scripts: what is typed, the rule, whether it is used, whether it is over, the shop.
const CODES: &[(&str, &str, bool, bool, usize)] = &[
    ("CDFHJK34", "pack", false, false, 0),
    ("CDFHJK36", "pack", true, false, 0),
    ("CDFHJK37", "pack", false, true, 0),
    ("CDFHJK39", "daily", false, false, 0),
    ("CDFHJK43", "single", false, false, 0),
    ("CDFHJK44", "gift", false, false, 0),
];

/// In scripts, the code of the day of the first shop and of the second.
pub const TODAYS: [&str; 2] = ["TODAYS-0", "TODAYS-1"];

/// The program of the shop with this place and id; `None` where it has none of its own.
pub fn of(index: usize, shop_id: Uuid, now: DateTime<Utc>) -> Option<Program> {
    let written = WRITTEN.get(index).copied().flatten()?;
    let frame = Frame {
        id: shop_id,
        merchant_id: Uuid::from_u128(1),
        version: 1,
        valid_from: now,
        currency: Currency::default(),
        time_zone: chrono_tz::UTC,
        secret: b"rehearsal".to_vec(),
    };
    Program::read(&parse(written).ok()?, frame).ok()
}

/// What a member holds in it.
pub fn purse(index: usize, program: &Program, now: DateTime<Utc>) -> Purse {
    let today = program.day(now);
    let day = |days: u64| today.checked_add_days(Days::new(days)).unwrap_or(today);
    let purse = Purse { available: 12_345, lots: vec![Lot { last_day: None, points: 12_345 }], ..Purse::default() };
    match index {
        0 => Purse {
            lots: vec![Lot { last_day: Some(day(10)), points: 40 }, Lot { last_day: None, points: 12_305 }],
            level: Some(LevelHeld { id: "silver".to_owned(), since: today, earned_on: today, lost_on: None }),
            membership: Some(MembershipHeld { since: today, until: day(400), is_reminded: false }),
            cards: [("coffees".to_owned(), Stamps { given: 6, ..Stamps::default() })].into(),
            counters: used_up(
                &[
                    ("daily", Period::Day),
                    ("single", Period::Ever),
                    ("reward:mug", Period::Ever),
                    ("reward:tote", Period::Month),
                ],
                today,
            ),
            progress: vec![(Window::CalendarYear.bucket(today), 15_000)],
            progress_by: Some(Measure::Spend),
            recent: recent(today),
            ..purse
        },
        1 => Purse {
            pending: vec![Pending { on: day(3), lot: Lot { last_day: None, points: 25 } }],
            vouchers: vec![voucher("cake", "birthday", day(20), now)],
            cards: [("coffees".to_owned(), Stamps { given: 6, ..Stamps::default() })].into(),
            ..purse
        },
        2 => Purse {
            cards: [("coffees".to_owned(), Stamps { given: 15, used: 9, filled: 1 })].into(),
            vouchers: vec![voucher("tenth", "coffees", day(20), now)],
            ..Purse::default()
        },
        _ => purse,
    }
}

fn used_up(rules: &[(&str, Period)], today: NaiveDate) -> std::collections::BTreeMap<String, Vec<Counter>> {
    let counter = |(rule, per): &(&str, Period)| {
        ((*rule).to_owned(), vec![Counter { per: *per, since: per.begins(today), used: 1 }])
    };
    rules.iter().map(counter).collect()
}

fn voucher(reward: &str, of: &str, last_day: NaiveDate, at: DateTime<Utc>) -> Voucher {
    let (code, reward, of) = ("CDFHJK".to_owned(), reward.to_owned(), of.to_owned());
    Voucher {
        code,
        reward,
        points: 0,
        lots: Vec::new(),
        stamps: 0,
        at,
        last_day,
        of,
        cause: String::new(),
        counted_per: None,
        reinstated: 0,
    }
}

/// Changes of every cause; a purse remembers only five, and so do these by turns.
fn recent(today: NaiveDate) -> Vec<Recent> {
    let change = |points: i64, cause: &str, of: Option<&str>| Recent {
        on: today,
        points,
        stamps: i64::from(points == 0),
        cause: cause.to_owned(),
        of: of.map(str::to_owned),
    };
    vec![
        change(120, "sale", Some("spend")),
        change(-100, "reward", Some("coffee")),
        change(-20, "refund", Some("spend")),
        change(0, "sale", Some("coffees")),
        change(-5, "lapsed", None),
    ]
}

/// The words of a text that are codes.
pub fn codes_in(text: &str, shops: &[Uuid], now: DateTime<Utc>) -> FoundCodes {
    let typed_words: Vec<String> = text.split_whitespace().map(typed).collect();
    let together = (0..typed_words.len()).map(|from| typed_words[from..].concat());
    let words: Vec<String> = typed_words.iter().cloned().chain(together).collect();
    let known = CODES.iter().filter(|(code, ..)| words.iter().any(|word| word == code));
    let codes = known.filter_map(|(code, rule, is_used, is_over, shop)| {
        Some(FoundCode {
            typed: (*code).to_owned(),
            hash: (*code).to_owned(),
            program_id: *shops.get(*shop)?,
            rule: (*rule).to_owned(),
            is_used: *is_used,
            ends_at: is_over.then_some(now),
        })
    });
    let friend = shops.first().filter(|_| words.iter().any(|word| word == "ANNA7"));
    let friend =
        friend.map(|id| FoundReferral { code: "ANNA7".to_owned(), program_id: *id, purse_id: Uuid::from_u128(77) });
    FoundCodes { codes: codes.collect(), referrals: friend.into_iter().collect() }
}

/// A script's text with the codes of the day in it.
pub fn with_codes_of_day(text: &str, shops: &[Uuid], now: DateTime<Utc>) -> String {
    let mut text = text.to_owned();
    for (word, shop) in TODAYS.iter().zip(shops) {
        text = text.replace(word, &code_of_day(b"rehearsal", *shop, now.date_naive()));
    }
    text
}
