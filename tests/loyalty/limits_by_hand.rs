//! Limits, gaps and friends, worked out with a pencil.

use regulars::domain::{
    program::award::Line,
    purse::{Purse, refund::Returned},
};
use uuid::Uuid;

use super::desk::{Desk, sale};

const ONCE_A_DAY: &str =
    "name = \"Once\"\n[[earn]]\nrule = \"spend\"\npoints = 1\nlimit = { times = 1, per = \"day\" }\n";

#[test]
fn a_return_of_a_part_does_not_make_room_in_a_limit() {
    let mut desk = Desk::open(ONCE_A_DAY);
    assert_eq!(desk.pay("a", 10_000, "2026-01-01 09:00"), 100);
    desk.refund("a", &Returned::Amount(100), "2026-01-01 10:00");
    assert_eq!(desk.pay("b", 10_000, "2026-01-01 11:00"), 0, "the first of the day still stands");
    desk.refund("a", &Returned::All, "2026-01-01 12:00");
    assert_eq!(desk.pay("c", 10_000, "2026-01-01 13:00"), 100);
}

#[test]
fn a_limit_holds_for_sales_that_are_written_down_after_the_next_day_began() {
    let mut desk = Desk::open(ONCE_A_DAY);
    desk.pay("today", 100, "2026-01-03 09:00");
    for (id, at, points) in [("a", "2026-01-02 10:00", 1), ("b", "2026-01-02 11:00", 0), ("c", "2026-01-01 11:00", 1)] {
        let at = desk.at(at);
        assert_eq!(desk.sell_late(sale(id, 100, at), desk.at("2026-01-03 10:00")), points, "{id}");
    }
    assert_eq!(desk.pay("again", 100, "2026-01-03 12:00"), 0);
}

#[test]
fn a_return_after_the_period_is_over_makes_no_room_in_the_next() {
    let mut desk = Desk::open(
        r#"
name = "Ten"
[[earn]]
rule = "spend"
points = 1
limit = { points = 10, per = "month" }
"#,
    );
    assert_eq!(desk.pay("a", 900, "2026-01-31 23:00"), 9);
    assert_eq!(desk.pay("b", 900, "2026-01-31 23:30"), 1);
    assert_eq!(desk.pay("c", 900, "2026-02-01 00:30"), 9);
    desk.refund("a", &Returned::All, "2026-02-02");
    assert_eq!(desk.pay("d", 900, "2026-02-03"), 1);
    assert_eq!(desk.points().0, 11);
}

#[test]
fn all_rules_together_have_a_limit_and_returns_free_it() {
    let mut desk = Desk::open(
        r#"
name = "All"
limit = { points = 50, per = "week" }
[[earn]]
rule = "spend"
points = 1
[[earn]]
rule = "visit"
points = 5
"#,
    );
    assert_eq!(desk.pay("a", 4_000, "2026-01-05"), 45);
    assert_eq!(desk.pay("b", 4_000, "2026-01-11"), 5, "Sunday of the same week");
    desk.refund("a", &Returned::Amount(2_000), "2026-01-11");
    assert_eq!(desk.pay("c", 1_000, "2026-01-11"), 15);
    assert_eq!(desk.pay("d", 9_000, "2026-01-12"), 50, "Monday");
}

const GAP: &str = "name = \"Gap\"\n[[earn]]\nrule = \"visit\"\npoints = 1\ngap_minutes = 60\n";

#[test]
fn visits_count_an_hour_apart_in_whatever_order_they_are_written_down() {
    let mut desk = Desk::open(GAP);
    assert_eq!(desk.pay("a", 0, "2026-01-01 10:00"), 1);
    assert_eq!(desk.pay("b", 0, "2026-01-01 10:59"), 0);
    assert_eq!(desk.pay("c", 0, "2026-01-01 12:30"), 1);
    let at = desk.at("2026-01-01 11:20");
    assert_eq!(desk.sell_late(sale("d", 0, at), desk.at("2026-01-01 13:00")), 0, "21 minutes after 10:59");
    desk.refund("b", &Returned::All, "2026-01-01 13:00");
    desk.refund("d", &Returned::All, "2026-01-01 13:00");
    let at = desk.at("2026-01-01 11:15");
    assert_eq!(desk.sell_late(sale("e", 0, at), desk.at("2026-01-01 14:00")), 1, "75 minutes to both that stand");
}

#[test]
fn visits_that_were_returned_leave_no_gap_whatever_came_back_first() {
    let mut desk = Desk::open(GAP);
    desk.pay("a", 0, "2026-01-01 10:00");
    desk.pay("b", 0, "2026-01-01 11:00");
    desk.refund("a", &Returned::All, "2026-01-01 11:01");
    desk.refund("b", &Returned::All, "2026-01-01 11:02");
    assert_eq!(desk.purse.last_visit_at(), None);
    assert_eq!(desk.pay("c", 0, "2026-01-01 11:03"), 1);
}

#[test]
fn two_friends_a_year_are_thanked_for_and_one_who_returns_makes_room() {
    let written = r#"
name = "Friends"
[[earn]]
rule = "referral"
points = 100
friend_points = 50
friends_a_year_max = 2
"#;
    let mut anna = Desk::open(written);
    let friend = |id: &str, at: &str| {
        let mut friend = Desk::open(written);
        friend.purse = Purse { referred_by: Some(Uuid::from_u128(9)), ..Purse::default() };
        assert_eq!(friend.pay(id, 1_000, at), 50);
        assert_eq!(friend.pay("second", 1_000, at), 0, "the first purchase only");
        let record = friend.records.get_mut(id).unwrap();
        record.referrer_thanked = true;
        (friend, record_line(id))
    };
    for (id, at, thanked) in
        [("b", "2026-02-01", true), ("c", "2026-11-01", true), ("d", "2026-12-01", false), ("e", "2027-01-01", true)]
    {
        let (_, line) = friend(id, at);
        assert_eq!(thank(&mut anna, &line, id, at), thanked, "{id}");
    }
    assert_eq!(anna.points().0, 300);
    let (mut bob, line) = friend("b", "2026-02-01");
    let refund = bob.try_refund("b", &Returned::All, bob.at("2027-02-01")).unwrap();
    assert_eq!((refund.unthank.clone(), bob.points().0), (Some(line), 0));
    let (occasion, draw) = (anna.occasion("refund", "b/r0", anna.at("2027-02-01")), &mut anna.draw());
    let record = &bob.records["b"];
    let change =
        anna.purse.clone().unthank(anna.program(), &refund.unthank.unwrap(), record.written_on, occasion, draw);
    anna.keep(change);
    assert_eq!(anna.points().0, 200);
    assert!(
        thank(&mut anna, &record_line("f"), "f", "2027-03-01"),
        "one of 2027 so far, as the one that left was of 2026"
    );
}

fn record_line(_: &str) -> Line {
    Line { rule: "referral".to_owned(), points: 100 }
}

fn thank(desk: &mut Desk, line: &Line, friend: &str, at: &str) -> bool {
    let at = desk.at(at);
    desk.tick(at);
    let (occasion, draw) = (desk.occasion("referred", friend, at), &mut desk.draw());
    let change = desk.purse.clone().thank(desk.program(), line, occasion, draw);
    change.map(|change| desk.keep(change)).is_some()
}

#[test]
fn levels_by_friends_rise_and_fall_with_them() {
    let written = r#"
name = "Ambassadors"
[[earn]]
rule = "referral"
points = 10
[tiers]
by = "friends"
window = "lifetime"
levels = [{ id = "star", name = "Star", from = 2 }]
"#;
    let mut anna = Desk::open(written);
    let line = Line { rule: "referral".to_owned(), points: 10 };
    assert!(thank(&mut anna, &line, "b", "2026-01-01"));
    assert_eq!(anna.level("2026-01-01"), None);
    assert!(thank(&mut anna, &line, "c", "2026-01-02"));
    assert_eq!(anna.level("2026-01-02").as_deref(), Some("star"));
    let (occasion, draw) = (anna.occasion("refund", "b/r0", anna.at("2026-01-03")), &mut anna.draw());
    let change = anna.purse.clone().unthank(anna.program(), &line, super::desk::day("2026-01-01"), occasion, draw);
    anna.keep(change);
    assert_eq!((anna.level("2026-01-03"), anna.points().0), (None, 10));
}
