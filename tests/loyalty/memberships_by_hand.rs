//! The paid membership, worked out with a pencil.

use regulars::domain::purse::{Notice, refund::Returned};

use super::desk::{Desk, basket, day, item};

const PRIME: &str = r#"
name = "Prime"
[[earn]]
rule = "spend"
points = 1
[[rewards]]
id = "box"
name = "A box"
valid_days = 10
[membership]
name = "Prime"
price = 99
months = 12
skus = ["prime"]
level = "prime"
reminder_days = 14
[tiers]
by = "spend"
window = "calendar_year"
[[tiers.levels]]
id = "prime"
name = "Prime"
from = 100000
times = 2
gifts = [{ reward = "box", per = "month" }]
"#;

fn buy(desk: &mut Desk, id: &str, at: &str) {
    let sold = basket(id, &[item("prime", 1, 9_900), item("tea", 1, 500)], desk.at(at));
    desk.sell(sold);
}

fn until(desk: &Desk) -> Option<chrono::NaiveDate> {
    desk.purse.membership.map(|held| held.until)
}

#[test]
fn a_membership_runs_a_year_is_reminded_of_and_ends() {
    let mut desk = Desk::open(PRIME);
    buy(&mut desk, "a", "2026-03-15");
    assert_eq!(
        (desk.points().0, until(&desk)),
        (104, Some(day("2027-03-14"))),
        "it begins with the sale, not before it"
    );
    assert_eq!(desk.pay("b", 1_000, "2026-03-16"), 20);
    desk.wait("2027-02-28 09:59");
    assert!(desk.last.notices.iter().all(|notice| !matches!(notice, Notice::MembershipEnds(_))));
    desk.wait("2027-02-28 10:00");
    assert_eq!(desk.last.notices, [Notice::MembershipEnds(day("2027-03-14"))]);
    desk.wait("2027-03-14 23:59");
    assert_eq!(desk.level("2027-03-14").as_deref(), Some("prime"));
    desk.wait("2027-03-15 00:00");
    assert_eq!((desk.level("2027-03-15"), until(&desk)), (None, None));
    assert_eq!(desk.ended.len() + desk.purse.vouchers.len(), 13, "a box in each month from March to March");
}

#[test]
fn who_looks_by_night_reminds_in_the_morning() {
    let mut desk = Desk::open(PRIME);
    buy(&mut desk, "a", "2026-03-15");
    desk.wait("2027-03-01 22:30");
    assert_eq!(desk.purse.membership.map(|held| held.is_reminded), Some(false));
    let next = desk.purse.next_due(desk.program(), &desk.person, desk.at("2027-03-01 22:30"));
    assert_eq!(next, Some(desk.at("2027-03-02 10:00")));
    desk.wait("2027-03-02 10:00");
    assert_eq!(desk.last.notices, [Notice::MembershipEnds(day("2027-03-14"))]);
}

#[test]
fn a_member_who_looks_in_after_it_ended_was_given_every_box() {
    let mut desk = Desk::open(PRIME);
    buy(&mut desk, "a", "2026-03-15");
    desk.wait("2027-12-01");
    assert_eq!(desk.ended.len(), 13);
}

#[test]
fn prolonging_adds_a_year_and_a_return_takes_it_away_in_whatever_order() {
    for (first, second) in [("a", "b"), ("b", "a")] {
        let mut desk = Desk::open(PRIME);
        buy(&mut desk, "a", "2026-03-15");
        buy(&mut desk, "b", "2026-06-01");
        assert_eq!(until(&desk), Some(day("2028-03-14")));
        desk.refund(first, &Returned::All, "2026-06-02");
        assert_eq!(until(&desk), Some(day("2027-03-14")), "{first} first");
        desk.refund(second, &Returned::All, "2026-06-03");
        assert_eq!((until(&desk), desk.level("2026-06-03"), desk.purse.vouchers.len()), (None, None, 0));
    }
}

#[test]
fn returning_the_article_alone_ends_it_and_what_it_gave_goes_with_it() {
    let mut desk = Desk::open(PRIME);
    buy(&mut desk, "a", "2026-03-15");
    assert_eq!(desk.purse.vouchers.len(), 1);
    desk.refund("a", &Returned::Items(vec![item("tea", 1, 0)]), "2026-03-16");
    assert_eq!(until(&desk), Some(day("2027-03-14")), "the tea is not the membership");
    desk.refund("a", &Returned::Items(vec![item("prime", 1, 0)]), "2026-03-17");
    assert_eq!((until(&desk), desk.purse.vouchers.len()), (None, 0));
    buy(&mut desk, "b", "2026-03-18");
    assert_eq!(desk.purse.vouchers.len(), 1);
    assert!(desk.redeem(&desk.purse.vouchers[0].code.clone(), "2026-03-18"));
    desk.refund("b", &Returned::Items(vec![item("prime", 1, 0)]), "2026-03-19");
    buy(&mut desk, "c", "2026-03-20");
    assert_eq!(desk.purse.vouchers.len(), 0, "the box of March was used");
}
