//! Levels, worked out with a pencil.

use regulars::domain::purse::{Notice, refund::Returned};

use super::desk::{Desk, day};

/// Levels by money spent: silver from 150, gold from 500.
fn tiers(more: &str) -> Desk {
    Desk::open(&format!(
        r#"
name = "Levels"
[[earn]]
rule = "spend"
points = 1
[[rewards]]
id = "cake"
name = "A cake"
[tiers]
by = "spend"
{more}
[[tiers.levels]]
id = "silver"
name = "Silver"
from = 150
times = 1.5
[[tiers.levels]]
id = "gold"
name = "Gold"
from = 500
times = 2
gifts = [{{ reward = "cake", per = "quarter" }}]
"#
    ))
}

fn some(level: &str) -> Option<String> {
    Some(level.to_owned())
}

#[test]
fn a_level_of_a_calendar_year_stays_to_the_end_of_the_next_and_through_its_grace() {
    let mut desk = tiers("window = \"calendar_year\"\ngrace_days = 30");
    assert_eq!(desk.pay("a", 15_000, "2026-06-01"), 150);
    assert_eq!(desk.level("2026-06-01"), some("silver"));
    assert_eq!(desk.pay("b", 35_000, "2026-12-31"), 525, "judged as silver, half as much again");
    assert_eq!(desk.level("2026-12-31"), some("gold"));
    assert_eq!(desk.pay("c", 20_000, "2027-05-01"), 400);
    desk.wait("2028-01-30 23:59");
    assert_eq!(desk.level("2028-01-30"), some("gold"), "2027 ended with 200 only; 30 days of grace");
    desk.wait("2028-01-31 00:00");
    assert_eq!(desk.level("2028-01-31"), some("silver"), "by the 200 of 2027");
    assert_eq!(desk.last.notices, [Notice::LevelLost(some("silver"))]);
    desk.wait("2029-01-31");
    assert_eq!(desk.level("2029-01-31"), None);
}

#[test]
fn spending_enough_in_the_days_of_grace_keeps_the_level() {
    let mut desk = tiers("window = \"calendar_year\"\ngrace_days = 30");
    desk.pay("a", 50_000, "2026-06-01");
    desk.wait("2028-01-15");
    assert_eq!(desk.purse.level.as_ref().unwrap().lost_on, Some(day("2028-01-31")));
    desk.pay("b", 50_000, "2028-01-20");
    desk.wait("2028-06-01");
    assert_eq!((desk.level("2028-06-01"), desk.purse.level.as_ref().unwrap().lost_on), (some("gold"), None));
}

#[test]
fn one_falls_one_level_a_year_where_the_program_says_so_and_a_purchase_is_no_fall() {
    let mut desk = tiers("window = \"calendar_year\"\nfall = \"one_level\"\ngrace_days = 10");
    desk.pay("a", 50_000, "2026-06-01");
    desk.wait("2028-01-10");
    assert_eq!(desk.level("2028-01-10"), some("gold"));
    desk.wait("2028-01-11");
    assert_eq!(desk.level("2028-01-11"), some("silver"), "nothing was spent in 2027, and one level is one");
    desk.pay("b", 1_000, "2028-01-12");
    assert_eq!(desk.level("2028-01-12"), some("silver"));
    assert_eq!(desk.purse.level.as_ref().unwrap().lost_on, Some(day("2029-01-11")));
    desk.wait("2029-01-10");
    assert_eq!(desk.level("2029-01-10"), some("silver"));
    desk.wait("2029-01-11");
    assert_eq!(desk.level("2029-01-11"), None);
}

#[test]
fn a_level_that_never_falls_stays() {
    let mut desk = tiers("window = { last_months = 3 }\nfall = \"never\"");
    desk.pay("a", 50_000, "2026-06-01");
    desk.wait("2030-01-01");
    desk.pay("b", 100, "2030-01-02");
    assert_eq!(desk.level("2030-01-02"), some("gold"));
    desk.refund("b", &Returned::All, "2030-01-03");
    assert_eq!(desk.level("2030-01-03"), some("gold"), "it was not earned by the 1.00");
    desk.refund("a", &Returned::All, "2030-01-04");
    assert_eq!(desk.level("2030-01-04"), None, "it was earned by this one alone");
}

const STARS: &str = r#"
name = "Stars"
unit = "star"
[[earn]]
rule = "visit"
points = 1
[[earn]]
rule = "code"
id = "pack"
points = 5
[tiers]
by = "points"
window = { last_months = 12 }
[[tiers.levels]]
id = "green"
name = "Green"
from = 0
[[tiers.levels]]
id = "gold"
name = "Gold"
from = 30
"#;

#[test]
fn thirty_stars_in_twelve_months_are_gold_and_codes_count() {
    let mut desk = Desk::open(STARS);
    desk.join("2026-01-15");
    for month in 1..=5 {
        desk.happen(
            regulars::domain::program::earn::Event::Code("pack"),
            "code",
            &month.to_string(),
            &format!("2026-0{month}-20"),
        );
    }
    for visit in 1..=4 {
        desk.pay(&format!("v{visit}"), 0, &format!("2026-06-0{visit}"));
    }
    assert_eq!((desk.points().0, desk.level("2026-06-04")), (29, some("green")));
    desk.pay("last", 0, "2027-01-19");
    assert_eq!(desk.level("2027-01-19"), some("gold"), "30 in the twelve months to 19 January");
    desk.wait("2027-01-19 23:59");
    assert_eq!(desk.level("2027-01-19"), some("gold"));
    desk.wait("2027-01-20 00:00");
    assert_eq!(desk.level("2027-01-20"), some("green"), "the 5 of 20 January 2026 are twelve months old");
}

#[test]
fn a_return_takes_the_level_it_reached_in_whatever_order() {
    for (first, second) in [("a", "z"), ("z", "a")] {
        let mut desk = tiers("window = { last_months = 12 }\ngrace_days = 90");
        desk.pay("a", 50_000, "2026-01-10");
        desk.pay("z", 60_000, "2026-01-12");
        assert_eq!((desk.level("2026-01-12"), desk.purse.vouchers.len()), (some("gold"), 1));
        desk.refund(first, &Returned::All, "2026-01-13");
        assert_eq!(desk.level("2026-01-13"), some("gold"), "the other is enough");
        desk.refund(second, &Returned::All, "2026-01-14");
        assert_eq!(
            (desk.level("2026-01-14"), desk.purse.vouchers.len()),
            (None, 0),
            "{first} first; no grace for a return"
        );
        assert!(desk.purse.progress.is_empty() && desk.purse.perks.is_empty());
    }
}

#[test]
fn a_return_of_little_does_not_take_a_level_that_more_than_enough_had_earned() {
    let mut desk = tiers("window = { last_months = 2 }\ngrace_days = 30");
    desk.pay("little", 1_000, "2026-01-01");
    desk.pay("much", 60_000, "2026-01-02");
    desk.wait("2026-03-10");
    assert_eq!(desk.level("2026-03-10"), some("gold"), "in grace to 1 April");
    desk.refund("little", &Returned::All, "2026-03-11");
    assert_eq!(desk.level("2026-03-11"), some("gold"));
    desk.refund("much", &Returned::Amount(20_000), "2026-03-12");
    assert_eq!(desk.level("2026-03-12"), some("silver"), "400 would have been silver");
    desk.refund("much", &Returned::All, "2026-03-13");
    assert_eq!(desk.level("2026-03-13"), None);
}

#[test]
fn what_a_level_gives_comes_once_in_each_quarter_however_late_one_looks() {
    let mut desk = tiers("window = \"calendar_year\"");
    desk.pay("a", 50_000, "2026-02-10");
    let given = |desk: &Desk| desk.purse.vouchers.iter().map(|voucher| voucher.last_day).collect::<Vec<_>>();
    assert_eq!(given(&desk), [day("2026-03-12")]);
    desk.pay("b", 10_000, "2026-03-01");
    assert_eq!(given(&desk).len(), 1);
    desk.wait("2026-10-15");
    assert_eq!(desk.ended.values().filter(|state| **state == "lapsed").count(), 3, "January, April, July");
    assert_eq!(given(&desk), [day("2026-10-31")]);
}

#[test]
fn a_gift_of_a_level_that_was_used_is_not_given_again_for_the_same_quarter() {
    let mut desk = tiers("window = \"calendar_year\"");
    desk.pay("a", 50_000, "2026-02-10");
    assert!(desk.redeem(&desk.purse.vouchers[0].code.clone(), "2026-02-10"));
    desk.refund("a", &Returned::All, "2026-02-11");
    desk.pay("b", 50_000, "2026-02-12");
    assert_eq!((desk.level("2026-02-12"), desk.purse.vouchers.len()), (some("gold"), 0));
    desk.wait("2026-04-01");
    assert_eq!(desk.purse.vouchers.len(), 1);
}

#[test]
fn of_two_gifts_the_used_one_of_this_quarter_is_not_given_again_though_the_older_one_goes_back() {
    let mut desk = tiers("window = \"calendar_year\"");
    desk.pay("a", 50_000, "2026-03-20");
    desk.wait("2026-04-01");
    let codes: Vec<String> = desk.purse.vouchers.iter().map(|voucher| voucher.code.clone()).collect();
    assert!(codes.len() == 2 && desk.redeem(&codes[1], "2026-04-02"));
    desk.refund("a", &Returned::All, "2026-04-03");
    assert_eq!(desk.ended[&codes[0]], "cancelled");
    desk.pay("b", 50_000, "2026-04-04");
    assert_eq!(desk.purse.vouchers.len(), 0, "the one of April was used");
}

#[test]
fn a_year_may_begin_in_any_month() {
    let mut desk = tiers("window = { year_from_month = 4 }");
    desk.pay("a", 10_000, "2026-03-31");
    desk.pay("b", 10_000, "2026-04-01");
    assert_eq!(desk.level("2026-04-01"), None, "100 in each of two years");
    desk.pay("c", 5_000, "2027-03-31");
    assert_eq!(desk.level("2027-03-31"), some("silver"));
    desk.wait("2028-03-31 23:59");
    assert_eq!(desk.level("2028-03-31"), some("silver"));
    desk.wait("2028-04-01 00:00");
    assert_eq!(desk.level("2028-04-01"), None);
}
