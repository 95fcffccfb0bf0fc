//! The program changes while purses hold what older versions gave.

use regulars::domain::purse::{NotIssued, refund::Returned};

use super::desk::{Desk, basket, item, sale};

fn card(size: i64) -> String {
    format!(
        r#"
name = "Card"
[[earn]]
rule = "card"
id = "c"
stamps = {size}
reward = "tea"
[[rewards]]
id = "tea"
name = "Tea"
valid_days = 365
"#
    )
}

fn stamps(desk: &mut Desk, id: &str, quantity: i64, at: &str) {
    let sold = basket(id, &[item("x", quantity, 100)], desk.at(at));
    desk.sell(sold);
}

#[test]
fn a_card_of_another_size_keeps_the_stamps_in_hand() {
    let mut desk = Desk::open(&card(5));
    stamps(&mut desk, "a", 12, "2026-01-01");
    assert_eq!((desk.purse.card("c").in_hand(), desk.purse.vouchers.len()), (2, 2));
    desk.rewrite(&card(10), "2026-02-01");
    stamps(&mut desk, "b", 1, "2026-02-02");
    assert_eq!((desk.purse.card("c").in_hand(), desk.purse.vouchers.len()), (3, 2), "the two full cards are paid for");
    desk.rewrite(&card(3), "2026-03-01");
    stamps(&mut desk, "c", 1, "2026-03-02");
    assert_eq!((desk.purse.card("c").in_hand(), desk.purse.vouchers.len()), (1, 3));
    for id in ["a", "b", "c"] {
        desk.refund(id, &Returned::All, "2026-03-03");
    }
    assert_eq!(desk.purse.cards.len() + desk.purse.vouchers.len(), 0, "each full card gave back what had filled it");
}

#[test]
fn what_a_version_no_longer_has_can_still_be_redeemed_returned_and_cancelled() {
    let rich = format!(
        "{}cost = 10\nlimit = {{ times = 1, per = \"year\" }}\n[[earn]]\nrule = \"spend\"\npoints = 1\n",
        card(2)
    );
    let mut desk = Desk::open(&rich);
    stamps(&mut desk, "a", 20, "2026-01-01");
    let bought = desk.issue("tea", "2026-01-02");
    desk.rewrite("name = \"Bare\"\n[[earn]]\nrule = \"visit\"\npoints = 3\n", "2026-02-01");
    assert_eq!(desk.try_issue("tea", desk.at("2026-02-02")), Err(NotIssued::NoSuchReward));
    assert!(desk.cancel(&bought, "2026-02-02"));
    let given = desk.purse.vouchers[0].code.clone();
    assert!(desk.redeem(&given, "2026-02-03"));
    desk.refund("a", &Returned::All, "2026-02-04");
    assert_eq!((desk.points().0, desk.purse.vouchers.len(), desk.purse.card("c").in_hand()), (0, 0, -2));
}

#[test]
fn a_sale_is_judged_and_returned_by_the_version_of_its_time() {
    let earn = |points: i64, more: &str| {
        format!(
            r#"
name = "V"
{more}
[[earn]]
rule = "spend"
points = {points}
"#
        )
    };
    let mut desk = Desk::open(&earn(1, "pending_days = 30\nexpiry = { after_months = 6 }"));
    desk.pay("old", 10_000, "2026-01-01");
    desk.rewrite(&earn(3, ""), "2026-01-10 00:00");
    assert_eq!(desk.pay("new", 1_000, "2026-01-10 00:00"), 30);
    let at = desk.at("2026-01-09 23:59");
    assert_eq!(desk.sell_late(sale("late", 1_000, at), desk.at("2026-01-11")), 10);
    assert_eq!(desk.points(), (30, 110, 0));
    assert_eq!(desk.refund("old", &Returned::Amount(5_000), "2026-01-12"), 50);
    assert_eq!(desk.points(), (30, 60, 0), "from where it is: pending");
    assert_eq!(desk.refund("new", &Returned::All, "2026-01-12"), 30);
    assert_eq!(desk.refund("late", &Returned::All, "2026-01-12"), 10);
    assert_eq!(desk.entries.last().unwrap().version, 1);
    assert_eq!(desk.refund("old", &Returned::All, "2026-01-12"), 50);
    assert_eq!(desk.points(), (0, 0, 0));
}

#[test]
fn a_limit_with_another_period_holds_from_the_change_on() {
    let limited = |per: &str| {
        format!(
            r#"
name = "L"
[[earn]]
rule = "visit"
points = 1
limit = {{ times = 1, per = "{per}" }}
"#
        )
    };
    let mut desk = Desk::open(&limited("day"));
    assert_eq!(desk.pay("a", 0, "2026-03-15"), 1);
    desk.rewrite(&limited("year"), "2026-03-16 00:00");
    assert_eq!(desk.pay("b", 0, "2026-03-16"), 1);
    assert_eq!(desk.pay("c", 0, "2026-03-17"), 0, "once a year");
    desk.refund("a", &Returned::All, "2026-03-18");
    assert_eq!(desk.pay("d", 0, "2026-03-18"), 0, "the one of another period makes no room");
}

fn tiers(by: &str, window: &str, gold: i64) -> String {
    format!(
        r#"
name = "T"
[[earn]]
rule = "visit"
points = 1
[tiers]
by = "{by}"
window = {window}
levels = [{{ id = "gold", name = "Gold", from = {gold} }}]
"#
    )
}

#[test]
fn money_is_not_taken_for_points_when_a_version_counts_something_else() {
    let mut desk = Desk::open(&tiers("spend", "\"calendar_year\"", 500));
    desk.pay("a", 20_000, "2026-01-01");
    desk.rewrite(&tiers("points", "\"calendar_year\"", 30), "2026-02-01");
    desk.pay("b", 0, "2026-02-02");
    assert_eq!(desk.level("2026-02-02"), None, "one point, and no 20,001");
    desk.refund("a", &Returned::All, "2026-02-03");
    assert_eq!(desk.purse.progress_now(desk.program(), super::desk::day("2026-02-03")), 1);
    let mut desk = Desk::open(&tiers("spend", "\"calendar_year\"", 500));
    desk.pay("a", 50_000, "2026-01-01");
    desk.rewrite(&tiers("points", "\"calendar_year\"", 30), "2026-02-01");
    desk.pay("b", 0, "2026-02-02");
    assert_eq!(desk.level("2026-02-02").as_deref(), Some("gold"), "there is the year to earn it again in the new way");
    desk.wait("2027-01-01 00:00");
    assert_eq!(desk.level("2027-01-01"), None);
}

#[test]
fn days_become_years_when_a_version_counts_in_years() {
    let mut desk = Desk::open(&tiers("spend", "{ last_months = 12 }", 500));
    for month in 1..=4 {
        desk.pay(&format!("m{month}"), 10_000, &format!("2026-0{month}-01"));
    }
    desk.rewrite(&tiers("spend", "\"calendar_year\"", 500), "2026-05-01");
    desk.pay("last", 10_000, "2026-05-02");
    assert_eq!(desk.level("2026-05-02").as_deref(), Some("gold"));
    desk.refund("m1", &Returned::All, "2026-05-03");
    assert_eq!(desk.level("2026-05-03"), None, "400 in 2026");
}

#[test]
fn a_return_of_an_old_sale_moves_the_level_of_now_by_the_rules_of_now() {
    let mut desk = Desk::open(&tiers("spend", "{ last_months = 1 }", 500));
    desk.pay("a", 60_000, "2026-01-01");
    desk.rewrite(&tiers("spend", "{ last_months = 12 }", 300), "2026-01-10");
    desk.pay("b", 10_000, "2026-01-11");
    desk.pay("c", 10_000, "2026-03-11");
    desk.refund("a", &Returned::Amount(30_000), "2026-03-12");
    assert_eq!(desk.level("2026-03-12").as_deref(), Some("gold"), "500 are more than 300");
    desk.refund("a", &Returned::All, "2026-03-12");
    assert_eq!(desk.level("2026-03-12"), None);
    assert_eq!(desk.purse.progress.len(), 2, "what counts in the new window is not forgotten by the old one");
}

#[test]
fn a_level_that_a_version_drops_is_held_no_more_and_comes_back_with_it() {
    let mut desk = Desk::open(&tiers("spend", "\"lifetime\"", 500));
    desk.pay("a", 60_000, "2026-01-01");
    desk.rewrite("name = \"Bare\"\n[[earn]]\nrule = \"visit\"\npoints = 1\n", "2026-02-01");
    desk.pay("b", 100, "2026-02-02");
    assert_eq!(desk.level("2026-02-02"), None);
    desk.rewrite(&tiers("spend", "\"lifetime\"", 500), "2026-03-01");
    desk.pay("c", 100, "2026-03-02");
    assert_eq!(desk.level("2026-03-02").as_deref(), Some("gold"));
}

#[test]
fn a_voucher_that_no_limit_counted_makes_no_room_when_it_is_cancelled() {
    let mug = |limit: &str| {
        format!(
            r#"
name = "Mugs"
[[earn]]
rule = "visit"
points = 100
[[rewards]]
id = "mug"
name = "Mug"
cost = 10
{limit}
"#
        )
    };
    let mut desk = Desk::open(&mug(""));
    desk.pay("a", 0, "2026-01-01");
    let old = desk.issue("mug", "2026-01-01");
    desk.rewrite(&mug("limit = { times = 1, per = \"year\" }"), "2026-01-02");
    desk.issue("mug", "2026-01-03");
    assert!(desk.cancel(&old, "2026-01-03"));
    assert!(matches!(desk.try_issue("mug", desk.at("2026-01-03")), Err(NotIssued::Limit(_))));
}
