//! Laws that hold for every history, whatever the program: those of the presets too.

use chrono::{DateTime, Duration, Utc};
use proptest::{collection::vec, prelude::*, sample::select};

use regulars::domain::{
    profile::birthday::Birthday,
    program::earn::Event,
    purse::{
        Change, MembershipHeld, Notice, Purse,
        draw::Draw,
        merge::{merge, unmerge},
        refund::Returned,
    },
};
use regulars::stage::presets;

use super::{
    desk::{Desk, item, sale},
    histories::{Deed, Part, any_bought, any_deed, any_wait, any_zone, begin, told, what_is_left, with_room},
    judging::Bought,
    terms::{Terms, any_terms},
};

/// All that only time gives, at once.
const TIMELY: &str = r#"
name = "Timely"
pending_days = 3
expiry = { after_months = 2, inactive_months = 5 }
[[earn]]
rule = "spend"
points = 1
[[earn]]
rule = "birthday"
points = 20
reward = "tea"
days_before = 3
days_after = 3
[[rewards]]
id = "tea"
name = "Tea"
cost = 15
valid_days = 10
[membership]
name = "Prime"
price = 99
months = 2
skus = ["beans"]
level = "gold"
reminder_days = 5
[tiers]
by = "points"
window = { last_months = 3 }
grace_days = 7
fall = "one_level"
[[tiers.levels]]
id = "base"
name = "Base"
from = 0
gifts = [{ reward = "tea", per = "quarter" }]
[[tiers.levels]]
id = "silver"
name = "Silver"
from = 40
gifts = [{ reward = "tea", per = "month" }]
[[tiers.levels]]
id = "gold"
name = "Gold"
from = 90
times = 2
gifts = [{ reward = "tea", per = "week" }]
"#;

/// A program of any kind, as it is written.
fn any_written() -> impl Strategy<Value = String> {
    let presets: Vec<String> = presets::all().map(|(_, written)| written.to_owned()).collect();
    prop_oneof![3 => any_terms().prop_map(|terms| terms.written()), 1 => Just(TIMELY.to_owned()), 3 => select(presets)]
}

/// Does something at a counter, where it can be done.
fn act(desk: &mut Desk, deed: &Deed, now: DateTime<Utc>) {
    match deed {
        Deed::Sell(bought, late) => {
            let at = (now - Duration::minutes(*late)).max(desk.program().valid_from);
            let id = desk.records.len();
            desk.sell_late(told(id, bought, at), now);
        }
        Deed::Return(which, part) if !desk.records.is_empty() => {
            let id = (which % desk.records.len()).to_string();
            let returned = match part {
                Part::Hundredths(part) => Returned::Amount(desk.records[&id].sale.amount * part / 100),
                _ => Returned::All,
            };
            let stood = desk.records[&id].stands;
            let is_possible = stood && returned != Returned::Amount(0);
            assert_eq!(desk.try_refund(&id, &returned, now).is_ok(), is_possible);
        }
        Deed::Issue => {
            let rewards: Vec<String> = desk.program().for_sale().iter().map(|reward| reward.id.clone()).collect();
            let _ = rewards.iter().map(|reward| desk.try_issue(reward, now)).find(Result::is_ok);
        }
        Deed::Redeem(which) | Deed::Cancel(which) if !desk.purse.vouchers.is_empty() => {
            let code = desk.purse.vouchers[which % desk.purse.vouchers.len()].code.clone();
            if matches!(deed, Deed::Redeem(_)) {
                desk.redeem_at(&code, now)
            } else {
                desk.cancel_at(&code, now)
            };
            assert!(!desk.redeem_at(&code, now) && !desk.cancel_at(&code, now), "{code} ends twice");
        }
        Deed::Unredeem(which) => {
            desk.tick(now);
            // Each time has a cause of its own.
            for _ in 0..2 {
                let Some(voucher) = desk.purse.vouchers.iter().cycle().nth(*which).cloned() else { return };
                let before = desk.points();
                assert!(desk.redeem_at(&voucher.code, now) && desk.reinstate_at(&voucher, now));
                assert_eq!(desk.points(), before);
            }
        }
        Deed::Adjust(points) => {
            let _ = desk.adjust_at(*points, now);
        }
        _ => {}
    }
}

/// A counter at which a history happened, and when it ended.
fn lived(written: &str, zone: chrono_tz::Tz, birthday: u8, steps: &[(i64, Deed)]) -> (Desk, DateTime<Utc>) {
    live_at(Desk::open_in(zone, written), zone, birthday, steps)
}

fn live_at(mut desk: Desk, zone: chrono_tz::Tz, birthday: u8, steps: &[(i64, Deed)]) -> (Desk, DateTime<Utc>) {
    desk.person.birthday = Birthday::all().nth(usize::from(birthday));
    let mut now = begin();
    desk.tick(now);
    let (occasion, draw) = (desk.occasion("joined", "", now), &mut desk.draw());
    let (change, _) = desk.purse.clone().earn(desk.program(), &desk.person, Event::Joined, zone, occasion, draw);
    desk.keep(change);
    for (minutes, deed) in steps {
        now += Duration::minutes(*minutes);
        act(&mut desk, deed, now);
    }
    (desk, now)
}

/// Reminders are told at an hour for telling, which depends on when one looks.
fn without_reminders(mut change: Change) -> Change {
    change.notices.retain(|notice| !matches!(notice, Notice::MembershipEnds(_)));
    change.purse.membership = change.purse.membership.map(|held| MembershipHeld { is_reminded: false, ..held });
    change
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    fn time_in_many_small_steps_is_time_in_one_in_all_cases(
        written in any_written(),
        zone in any_zone(),
        birthday in any::<u8>(),
        steps in vec((any_wait(), any_deed()), 0..15),
        waits in vec(prop_oneof![1..60_i64, 60..3_000_i64, 3_000..90_000_i64], 1..60),
    ) {
        let (desk, begin) = lived(&written, zone, birthday, &steps);
        let (mut draw, mut now) = (Draw::new([1; 16]), begin);
        let mut sum = Change { purse: desk.purse.clone(), ..Change::default() };
        for wait in &waits {
            now += Duration::minutes(*wait);
            let due = sum.purse.next_due(desk.program(), &desk.person, now);
            let change = sum.purse.clone().tick(desk.program(), &desk.person, now, &mut draw);
            let is_nothing = change == Change { purse: sum.purse.clone(), ..Change::default() };
            prop_assert!(is_nothing || due.is_some_and(|due| due <= now), "nothing was due: {:?}", change);
            let again = change.purse.clone().tick(desk.program(), &desk.person, now, &mut draw);
            prop_assert_eq!(again, Change { purse: change.purse.clone(), ..Change::default() });
            sum.purse = change.purse;
            sum.entries.extend(change.entries);
            sum.ended.extend(change.ended);
            sum.issued.extend(change.issued);
            sum.notices.extend(change.notices);
            sum.levels.extend(change.levels);
        }
        let at_once = desk.purse.clone().tick(desk.program(), &desk.person, now, &mut Draw::new([1; 16]));
        prop_assert_eq!(without_reminders(at_once), without_reminders(sum));
    }

    fn two_purses_that_become_one_and_two_again_hold_the_same_together_in_all_cases(
        written in any_written(),
        zone in any_zone(),
        one in vec((any_wait(), any_deed()), 0..20),
        other in vec((any_wait(), any_deed()), 0..20),
        meanwhile in vec((any_wait(), any_deed()), 0..4),
    ) {
        let ((mut from, from_end), (mut into, into_end)) = (lived(&written, zone, 1, &one), live_at(Desk::open_in(zone, &written).drawing_from(1_000_000), zone, 1, &other));
        let mut now = from_end.max(into_end);
        from.tick(now);
        into.tick(now);
        let held = |desk: &Desk| { let (free, pending, locked) = desk.points(); free + pending + locked };
        let before = held(&from) + held(&into);
        let occasion = from.occasion("merged", "1", now);
        let moved = merge(into.program(), from.purse.clone(), into.purse.clone(), &occasion, &mut Draw::new([9; 16]));
        from.keep(moved.from);
        into.keep(moved.into);
        prop_assert_eq!((held(&from), held(&into)), (0, before));
        prop_assert!(from.purse.vouchers.is_empty() && from.purse.lots.is_empty());
        let versions = into.versions.len();
        for (minutes, deed) in &meanwhile {
            now += Duration::minutes(*minutes);
            act(&mut into, deed, now);
        }
        into.tick(now);
        from.tick(now);
        let before = (held(&from) + held(&into), into.purse.available);
        let occasion = from.occasion("unmerged", "1", now);
        let back = unmerge(into.program(), from.purse.clone(), into.purse.clone(), &moved.holding, &occasion, &mut Draw::new([8; 16]));
        into.keep(back.from);
        from.keep(back.into);
        prop_assert_eq!(held(&from) + held(&into), before.0);
        // What is not there is not given, unless the program lets balances be below zero.
        let may_be_negative = into.program().may_be_negative;
        prop_assert!(may_be_negative || into.purse.available >= before.1.min(0), "{:?}", before);
        prop_assert_eq!(versions, into.versions.len());
    }

    fn the_books_of_a_preset_balance_whatever_happens_in_all_cases(
        written in select(presets::all().map(|(_, written)| written).collect::<Vec<_>>()),
        zone in any_zone(),
        birthday in any::<u8>(),
        steps in vec((any_wait(), any_deed()), 1..30),
    ) {
        lived(written, zone, birthday, &steps);
    }

    fn returning_everything_returns_to_the_start_in_all_cases(
        terms in any_terms(),
        zone in any_zone(),
        sales in vec((0..900_i64, any_bought(), prop_oneof![3 => Just(0_i64), 1 => 0..2_000_i64]), 1..15),
        parts in vec((0..15_usize, 1..100_i64), 0..10),
        order in Just((0..15_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        // Long enough for vouchers and points to be still there.
        let terms = Terms { after_months: None, yearly_on: None, valid_days: 60, ..terms };
        let mut desk = Desk::open_in(zone, &terms.written());
        let mut now = begin();
        for (place, (wait, bought, late)) in sales.iter().enumerate() {
            now += Duration::minutes(*wait);
            desk.sell_late(told(place, bought, now - Duration::minutes(*late)), now);
        }
        for (which, part) in parts {
            let place = which % sales.len();
            let record = &desk.records[&place.to_string()];
            let left = Bought { amount: record.sale.amount, ..sales[place].1 };
            if let (Some(returned), true) = (what_is_left(&left, &Part::Hundredths(part)).0, record.stands) {
                desk.try_refund(&place.to_string(), &returned, now).unwrap();
            }
        }
        for place in order.into_iter().filter(|place| *place < sales.len()) {
            now += Duration::minutes(30);
            desk.try_refund(&place.to_string(), &Returned::All, now).unwrap();
        }
        let purse = Purse { recent: Vec::new(), entries: 0, last_active_on: None, progress_by: None, ..desk.purse };
        prop_assert_eq!(purse, Purse::default());
    }
}

#[test]
fn time_in_many_small_steps_is_time_in_one() {
    with_room(time_in_many_small_steps_is_time_in_one_in_all_cases);
}

#[test]
fn two_purses_that_become_one_and_two_again_hold_the_same_together() {
    with_room(two_purses_that_become_one_and_two_again_hold_the_same_together_in_all_cases);
}

#[test]
fn the_books_of_a_preset_balance_whatever_happens() {
    with_room(the_books_of_a_preset_balance_whatever_happens_in_all_cases);
}

#[test]
fn returning_everything_returns_to_the_start() {
    with_room(returning_everything_returns_to_the_start_in_all_cases);
}

#[test]
fn what_is_told_twice_is_told_once() {
    let mut desk = Desk::open(TIMELY);
    desk.sell(regulars::domain::program::sale::Sale {
        items: vec![item("beans", 1, 1_000)],
        ..sale("a", 1_000, desk.at("2026-01-01"))
    });
    let purse = desk.purse.clone();
    let (first, second) = (&mut Draw::new([3; 16]), &mut Draw::new([3; 16]));
    let until = desk.at("2026-06-01");
    let once = purse.clone().tick(desk.program(), &desk.person, until, first);
    let twice = purse.tick(desk.program(), &desk.person, until, second);
    assert_eq!(once, twice, "the same from the same");
    assert!(!once.entries.is_empty() && !once.notices.is_empty());
}
