//! Points, worked out with a pencil: what is spent first, when points lapse, when they become free.

use regulars::domain::{
    program::earn::Event,
    purse::{NotIssued, sale::NotAdjusted},
};

use super::desk::{Desk, day};

const REWARDS: &str = r#"
[[rewards]]
id = "coffee"
name = "A coffee"
cost = 30
limit = { times = 2, per = "month" }

[[rewards]]
id = "mug"
name = "A mug"
cost = 100
"#;

fn dollar_points(more: &str) -> Desk {
    Desk::open(&format!("name = \"Dollars\"\n{more}\n[[earn]]\nrule = \"spend\"\npoints = 1\n{REWARDS}"))
}

#[test]
fn the_oldest_points_are_spent_first_and_each_lapse_a_year_after_they_were_earned() {
    let mut desk = dollar_points("expiry = { after_months = 12 }");
    desk.pay("a", 5_000, "2026-01-10");
    desk.pay("b", 4_000, "2026-03-10");
    let code = desk.issue("coffee", "2026-04-01");
    assert_eq!(desk.points(), (60, 0, 30), "50 + 40 − 30");
    assert!(desk.redeem(&code, "2026-04-02"));
    assert_eq!(desk.purse.next_to_lapse(), Some((day("2027-01-10"), 20)), "50 − 30 of January are left");
    desk.wait("2027-01-10 23:59");
    assert_eq!(desk.points().0, 60, "the last day counts whole");
    desk.wait("2027-01-11 00:00");
    assert_eq!(desk.points().0, 40);
    desk.wait("2027-03-11 00:00");
    assert_eq!(desk.points().0, 0);
}

#[test]
fn a_voucher_that_lapses_gives_its_points_back_with_the_deadlines_they_had() {
    let mut desk = dollar_points("expiry = { after_months = 1 }");
    desk.pay("a", 2_000, "2026-01-10");
    desk.pay("b", 2_000, "2026-01-25");
    desk.issue("coffee", "2026-01-26");
    assert_eq!(desk.points(), (10, 0, 30));
    desk.wait("2026-02-20");
    assert_eq!(desk.points(), (10, 0, 30), "points in a voucher are out of reach of their deadline");
    desk.wait("2026-02-26");
    assert_eq!(desk.points(), (0, 0, 0), "the voucher lapsed after 25 February, and its points on the same day");
    let mut desk = dollar_points("expiry = { after_months = 3 }");
    desk.pay("a", 3_000, "2026-01-10");
    let code = desk.issue("coffee", "2026-01-11");
    assert!(desk.cancel(&code, "2026-01-12"));
    assert_eq!(desk.purse.next_to_lapse(), Some((day("2026-04-10"), 30)));
}

#[test]
fn points_are_pending_for_so_many_days_and_then_free() {
    let mut desk = dollar_points("pending_days = 14");
    desk.pay("a", 10_000, "2026-05-01 18:00");
    assert_eq!(desk.points(), (0, 100, 0));
    let refused = desk.try_issue("mug", desk.at("2026-05-14"));
    assert_eq!(refused, Err(NotIssued::TooFew { cost: 100, available: 0 }));
    desk.wait("2026-05-14 23:59");
    assert_eq!(desk.points(), (0, 100, 0));
    desk.wait("2026-05-15 00:00");
    assert_eq!(desk.points(), (100, 0, 0));
}

#[test]
fn points_lapse_on_a_day_of_the_year_or_when_nothing_happens() {
    let mut desk = dollar_points("expiry = { yearly_on = \"12-31\", inactive_months = 6 }");
    desk.pay("a", 1_000, "2026-01-31");
    desk.wait("2026-07-31 12:00");
    assert_eq!(desk.points().0, 10, "six months after 31 January is 31 July, the last day");
    desk.wait("2026-08-01 00:00");
    assert_eq!(desk.points().0, 0);
    desk.pay("b", 1_000, "2026-12-30");
    desk.wait("2027-01-01 00:00");
    assert_eq!(desk.points().0, 0);
    desk.pay("c", 1_000, "2026-12-31 23:59".replace("2026", "2027").as_str());
    desk.wait("2028-01-01 00:00");
    assert_eq!(desk.points().0, 0, "earned on the very day they lapse");
}

#[test]
fn staff_give_and_take_but_not_more_than_there_is_nor_than_anybody_has() {
    let mut desk = dollar_points("");
    desk.adjust(25, "2026-01-01").unwrap();
    assert_eq!(desk.adjust(-30, "2026-01-02"), Err(NotAdjusted::TooFew(25)));
    desk.adjust(-25, "2026-01-02").unwrap();
    assert_eq!(desk.points().0, 0);
    for much in [i64::MIN, i64::MAX, 2_000_000_000_000] {
        assert_eq!(desk.adjust(much, "2026-01-03"), Err(NotAdjusted::TooMany));
    }
}

#[test]
fn debts_are_paid_before_points_can_be_spent() {
    let mut desk = dollar_points("may_be_negative = true\nexpiry = { after_months = 12 }");
    desk.adjust(-40, "2026-01-01").unwrap();
    desk.pay("a", 3_000, "2026-01-02");
    assert_eq!((desk.points().0, desk.purse.lots.len()), (-10, 0));
    desk.pay("b", 3_000, "2026-01-03");
    assert_eq!((desk.points().0, desk.purse.next_to_lapse()), (20, Some((day("2027-01-03"), 20))));
}

#[test]
fn a_member_buys_a_reward_as_often_as_its_limit_says_and_a_cancelled_one_does_not_count() {
    let mut desk = dollar_points("");
    desk.adjust(1_000, "2026-01-01").unwrap();
    let first = desk.issue("coffee", "2026-01-30");
    desk.issue("coffee", "2026-01-31");
    assert!(matches!(desk.try_issue("coffee", desk.at("2026-01-31")), Err(NotIssued::Limit(_))));
    assert!(desk.cancel(&first, "2026-01-31"));
    let again = desk.issue("coffee", "2026-01-31");
    assert!(desk.try_issue("coffee", desk.at("2026-01-31")).is_err());
    desk.issue("coffee", "2026-02-01");
    assert!(desk.cancel(&again, "2026-02-02"));
    assert!(desk.redeem(&desk.purse.vouchers[0].code.clone(), "2026-02-02"));
    desk.issue("coffee", "2026-02-03");
    assert!(desk.try_issue("coffee", desk.at("2026-02-04")).is_err(), "a cancelled one of January is none of February");
}

#[test]
fn a_voucher_is_redeemed_once() {
    let mut desk = dollar_points("");
    desk.adjust(100, "2026-01-01").unwrap();
    let code = desk.issue("mug", "2026-01-02");
    assert!(desk.redeem(&code, "2026-01-03"));
    assert!(!desk.redeem(&code, "2026-01-03"));
    assert!(!desk.cancel(&code, "2026-01-03"));
    assert_eq!(desk.points(), (0, 0, 0));
    let lapsed = {
        desk.adjust(100, "2026-02-01").unwrap();
        desk.issue("mug", "2026-02-01")
    };
    assert!(!desk.redeem(&lapsed, "2026-03-04"), "valid for 30 days: to 3 March");
    assert_eq!(desk.points(), (100, 0, 0));
}

#[test]
fn sums_stay_within_bounds_whatever_the_till_says() {
    let mut desk = Desk::open(
        r#"
name = "Large"
[[earn]]
rule = "spend"
points = 1000000
per = "0.001"
[[earn]]
rule = "item"
points = 1000000
[[earn]]
rule = "multiplier"
times = 100
[[earn]]
rule = "card"
stamps = 1000
reward = "tea"
[[rewards]]
id = "tea"
name = "Tea"
[tiers]
by = "points"
window = "lifetime"
levels = [{ id = "gold", name = "Gold", from = 1000000000 }]
"#,
    );
    let mut large = super::desk::sale("a", i64::MAX, desk.at("2026-01-01"));
    large.items = vec![super::desk::item("x", i64::MAX, i64::MAX), super::desk::item("y", i64::MAX, 1)];
    assert_eq!(desk.sell(large), 3_000_000_000_000, "a million million for each line");
    let mut odd = super::desk::sale("b", 100, desk.at("2026-01-01"));
    odd.tax = i64::MIN;
    desk.sell(odd);
    let mut odd = super::desk::sale("c", i64::MIN, desk.at("2026-01-01"));
    odd.tax = i64::MAX;
    assert_eq!(desk.sell(odd), 0);
    assert_eq!(desk.happen(Event::Action("none"), "action", "1", "2026-01-02"), 0);
}
