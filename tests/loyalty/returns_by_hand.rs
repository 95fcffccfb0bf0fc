//! Returns, worked out with a pencil: all that a sale caused goes back, and nothing else.

use regulars::domain::{
    program::sale::Sale,
    purse::refund::{NotRefunded, Returned},
};

use super::desk::{Desk, basket, day, item, sale};

const DOUBLE: &str = r#"
name = "Double over 150"
[[earn]]
rule = "spend"
points = 1
[[earn]]
rule = "multiplier"
id = "double"
times = 2
when = { basket_from = 150 }
[[earn]]
rule = "multiplier"
id = "gold-hour"
times = 1.5
[[earn]]
rule = "bonus"
id = "thanks"
points = 20
when = { basket_from = 100 }
"#;

#[test]
fn a_partial_return_leaves_what_the_rest_would_have_earned() {
    let mut desk = Desk::open(DOUBLE);
    assert_eq!(desk.pay("a", 20_000, "2026-01-01"), 420, "200, doubled, and 20");
    assert_eq!(desk.refund("a", &Returned::Amount(6_000), "2026-01-02"), 190);
    assert_eq!(desk.points().0, 230, "140, half as much again, and 20: the next best multiplier counts");
    assert_eq!(desk.refund("a", &Returned::Amount(5_000), "2026-01-03"), 95);
    assert_eq!(desk.points().0, 135, "90 and 45; no thanks under 100");
    assert_eq!(desk.refund("a", &Returned::All, "2026-01-04"), 135);
    assert_eq!(desk.points(), (0, 0, 0));
    assert_eq!(desk.try_refund("a", &Returned::All, desk.at("2026-01-05")), Err(NotRefunded::NothingLeft));
}

#[test]
fn of_a_basket_that_a_coupon_made_cheaper_an_article_is_worth_its_share() {
    let mut desk = Desk::open("name = \"Coupon\"\n[[earn]]\nrule = \"spend\"\npoints = 1\n");
    let full = basket("a", &[item("shoes", 1, 10_000), item("hat", 2, 5_000)], desk.at("2026-01-01"));
    assert_eq!(desk.sell(Sale { amount: 15_000, ..full }), 150, "200 less 50");
    assert_eq!(desk.refund("a", &Returned::Items(vec![item("hat", 1, 0)]), "2026-01-02"), 38, "37.50 of 150");
    assert_eq!(desk.records["a"].sale.amount, 11_250);
    assert_eq!(desk.refund("a", &Returned::Items(vec![item("hat", 1, 0)]), "2026-01-02"), 37);
    assert_eq!(desk.refund("a", &Returned::Items(vec![item("shoes", 1, 0)]), "2026-01-02"), 75);
}

#[test]
fn a_return_that_would_earn_more_gives_nothing() {
    let first_class = r#"
name = "First class"
may_be_negative = true
[[earn]]
rule = "spend"
points = 100
articles = { skus = ["first"] }
"#;
    let mut desk = Desk::open(first_class);
    let full = basket("a", &[item("first", 1, 200), item("second", 1, 100)], desk.at("2026-01-01"));
    assert_eq!(desk.sell(Sale { amount: 100, ..full }), 66, "two thirds of 1.00");
    assert_eq!(
        desk.refund("a", &Returned::Items(vec![item("second", 1, 0)]), "2026-01-02"),
        0,
        "0.33 back, 0.67 stand"
    );
    assert_eq!(desk.points().0, 66);
    assert_eq!(desk.refund("a", &Returned::All, "2026-01-03"), 66);
    assert_eq!(desk.points().0, 0);
}

#[test]
fn returning_a_discount_returns_no_money() {
    let mut desk = Desk::open("name = \"Discount\"\n[[earn]]\nrule = \"spend\"\npoints = 1\n");
    desk.sell(basket("a", &[item("shoes", 1, 5_000), item("coupon", 1, -1_000)], desk.at("2026-01-01")));
    let refund = desk.try_refund("a", &Returned::Items(vec![item("coupon", 1, 0)]), desk.at("2026-01-02")).unwrap();
    assert_eq!((refund.refunded.amount, refund.record.sale.amount), (0, 4_000));
    desk.refund("a", &Returned::All, "2026-01-03");
    assert_eq!(desk.points().0, 0);
}

#[test]
fn tax_goes_back_in_proportion() {
    let mut desk = Desk::open("name = \"Tax\"\n[[earn]]\nrule = \"spend\"\npoints = 1\n");
    let mut taxed = sale("a", 11_000, desk.at("2026-01-01"));
    taxed.tax = 1_000;
    assert_eq!(desk.sell(taxed), 100);
    assert_eq!(desk.refund("a", &Returned::Amount(5_500), "2026-01-02"), 50);
    assert_eq!(desk.records["a"].sale.tax, 500);
}

const CARD: &str = r#"
name = "Buy 4 get the 5th"
[[earn]]
rule = "card"
id = "coffees"
stamps = 4
reward = "coffee"
articles = { skus = ["coffee"] }
[[rewards]]
id = "coffee"
name = "A coffee"
valid_days = 365
"#;

fn coffees(desk: &Desk, id: &str, quantity: i64, at: &str) -> Sale {
    basket(id, &[item("coffee", quantity, 300), item("bagel", 1, 200)], desk.at(at))
}

#[test]
fn stamps_carry_over_to_the_next_card_and_go_back_with_the_reward_they_filled() {
    let mut desk = Desk::open(CARD);
    desk.sell(coffees(&desk, "a", 3, "2026-01-01"));
    desk.sell(coffees(&desk, "b", 7, "2026-01-02"));
    let card = desk.purse.card("coffees");
    assert_eq!(
        (card.in_hand(), card.filled, desk.purse.vouchers.len()),
        (2, 2, 2),
        "10 stamps: two cards and two more"
    );
    desk.refund("b", &Returned::Items(vec![item("coffee", 3, 0)]), "2026-01-03");
    let card = desk.purse.card("coffees");
    assert_eq!((card.in_hand(), card.filled, desk.purse.vouchers.len()), (3, 1, 1), "7 stamps");
    desk.refund("b", &Returned::All, "2026-01-04");
    desk.refund("a", &Returned::All, "2026-01-04");
    assert_eq!(desk.purse.cards.len() + desk.purse.vouchers.len(), 0);
}

#[test]
fn when_the_reward_was_used_the_next_stamps_pay_for_it() {
    let mut desk = Desk::open(CARD);
    desk.sell(coffees(&desk, "a", 4, "2026-01-01"));
    let code = desk.purse.vouchers[0].code.clone();
    assert!(desk.redeem(&code, "2026-01-02"));
    desk.refund("a", &Returned::All, "2026-01-03");
    assert_eq!(desk.purse.card("coffees").in_hand(), -4);
    desk.sell(coffees(&desk, "b", 7, "2026-01-04"));
    assert_eq!((desk.purse.card("coffees").in_hand(), desk.purse.vouchers.len()), (3, 0), "7 − 4, and no reward yet");
    desk.sell(coffees(&desk, "c", 1, "2026-01-05"));
    assert_eq!((desk.purse.card("coffees").in_hand(), desk.purse.vouchers.len()), (0, 1));
}

#[test]
fn articles_are_returned_as_often_as_they_were_bought() {
    let mut desk = Desk::open(CARD);
    desk.sell(coffees(&desk, "a", 2, "2026-01-01"));
    for wrong in [item("coffee", 3, 0), item("tea", 1, 0), item("coffee", 0, 0), item("coffee", -1, 0)] {
        let at = desk.at("2026-01-02");
        assert!(matches!(desk.try_refund("a", &Returned::Items(vec![wrong]), at), Err(NotRefunded::NotBought(_))));
    }
    for (cents, error) in [(0, NotRefunded::Nothing), (-5, NotRefunded::Nothing), (801, NotRefunded::TooMuch(800))] {
        let at = desk.at("2026-01-02");
        assert_eq!(desk.try_refund("a", &Returned::Amount(cents), at), Err(error));
    }
    desk.refund("a", &Returned::Items(vec![item("coffee", 1, 0), item("bagel", 1, 0)]), "2026-01-02");
    assert_eq!((desk.records["a"].sale.amount, desk.purse.card("coffees").in_hand()), (300, 1));
    desk.refund("a", &Returned::Items(vec![item("coffee", 1, 0)]), "2026-01-02");
    assert!(!desk.records["a"].stands, "the last article is all of it");
}

const MUG: &str = r#"
[[earn]]
rule = "spend"
points = 1
[[rewards]]
id = "mug"
name = "A mug"
cost = 100
"#;

#[test]
fn a_reward_is_not_kept_whose_points_are_taken_back() {
    let mut desk = Desk::open(&format!("name = \"Mugs\"\n{MUG}"));
    desk.pay("a", 12_000, "2026-01-01");
    let code = desk.issue("mug", "2026-01-02");
    desk.refund("a", &Returned::Amount(2_000), "2026-01-03");
    assert_eq!((desk.points(), desk.purse.vouchers.len()), ((0, 0, 100), 1), "the 20 that are free are enough");
    desk.refund("a", &Returned::Amount(3_000), "2026-01-04");
    assert_eq!((desk.points(), desk.ended[&code]), ((70, 0, 0), "cancelled"));
    desk.refund("a", &Returned::All, "2026-01-05");
    assert_eq!(desk.points(), (0, 0, 0));
}

#[test]
fn a_return_is_one_however_many_rules_gave_the_points() {
    let mut desk = Desk::open(&format!(
        "name = \"Two\"\nexpiry = {{ after_months = 2 }}\n[[earn]]\nrule = \"visit\"\npoints = 40\n{}",
        MUG.replace("cost = 100", "cost = 50\nvalid_days = 90")
    ));
    assert_eq!(desk.pay("a", 2_000, "2026-01-01"), 60);
    desk.issue("mug", "2026-01-02");
    desk.wait("2026-03-02");
    assert_eq!(desk.points(), (0, 0, 50), "the other 10 lapsed");
    assert_eq!(desk.pay("b", 0, "2026-03-03"), 40);
    assert_eq!(desk.refund("a", &Returned::All, "2026-03-04"), 60);
    desk.wait("2026-03-05");
    assert_eq!(desk.points(), (40, 0, 0), "10 that lapsed and the 50 of the mug: those of March are not touched");
}

#[test]
fn what_was_spent_is_owed_where_the_program_says_so_and_forgiven_where_not() {
    for (more, left) in [("may_be_negative = true", -100), ("", 0)] {
        let mut desk = Desk::open(&format!("name = \"Mugs\"\n{more}\n{MUG}"));
        desk.pay("a", 10_000, "2026-01-01");
        let code = desk.issue("mug", "2026-01-02");
        assert!(desk.redeem(&code, "2026-01-02"));
        assert_eq!(desk.refund("a", &Returned::All, "2026-01-03"), -left);
        assert_eq!(desk.points().0, left);
        desk.pay("b", 4_000, "2026-01-04");
        assert_eq!(desk.points().0, left + 40);
    }
}

#[test]
fn points_that_lapsed_are_not_taken_twice() {
    let mut desk = Desk::open(&format!(
        r#"
name = "Old"
may_be_negative = true
expiry = {{ after_months = 1 }}
{MUG}
"#
    ));
    desk.pay("a", 5_000, "2026-01-01");
    desk.pay("b", 3_000, "2026-01-20");
    desk.wait("2026-02-02");
    assert_eq!(desk.points().0, 30);
    desk.refund("a", &Returned::All, "2026-02-03");
    assert_eq!(desk.points().0, 30, "the 50 had lapsed");
}

#[test]
fn points_that_lapsed_when_nothing_happened_do_not_pay_for_later_sales() {
    let mut desk = Desk::open(&format!("name = \"Idle\"\nexpiry = {{ inactive_months = 1 }}\n{MUG}"));
    desk.pay("a", 10_000, "2026-01-01");
    desk.wait("2026-02-02");
    assert_eq!(desk.points().0, 0);
    desk.pay("b", 5_000, "2026-02-10");
    desk.refund("b", &Returned::All, "2026-02-11");
    assert_eq!(desk.points().0, 0, "bought and returned: nothing is left of it");
    desk.pay("c", 5_000, "2026-02-12");
    desk.refund("a", &Returned::All, "2026-02-13");
    assert_eq!(desk.points().0, 50, "the points of January lapsed, those of today are today's");
}

#[test]
fn pending_points_go_back_as_such() {
    let mut desk = Desk::open(&format!("name = \"Wait\"\npending_days = 30\n{MUG}"));
    desk.pay("a", 5_000, "2026-01-01");
    desk.pay("b", 3_000, "2026-01-02");
    desk.refund("a", &Returned::Amount(2_000), "2026-01-03");
    assert_eq!(desk.points(), (0, 60, 0));
    assert_eq!(desk.purse.pending[0].on, day("2026-01-31"));
    desk.refund("a", &Returned::All, "2026-02-05");
    assert_eq!(desk.points(), (30, 0, 0));
}

const FIRST: &str = r#"
name = "First"
[[earn]]
rule = "bonus"
id = "first"
reward = "muffin"
when = { first_purchase = true }
limit = { times = 1, per = "ever" }
[[rewards]]
id = "muffin"
name = "A muffin"
"#;

#[test]
fn a_gift_goes_back_with_its_sale_whatever_the_till_calls_the_sale() {
    let mut desk = Desk::open(FIRST);
    desk.pay("2026/0042/x", 500, "2026-01-01");
    assert_eq!(desk.purse.vouchers.len(), 1);
    desk.refund("2026/0042/x", &Returned::All, "2026-01-02");
    assert_eq!((desk.purse.vouchers.len(), desk.purse.counters.len()), (0, 0));
    desk.pay("b", 500, "2026-01-03");
    assert_eq!(desk.purse.vouchers.len(), 1, "the first one that stands");
}

#[test]
fn a_gift_that_was_used_is_not_given_again() {
    let mut desk = Desk::open(FIRST);
    desk.pay("a", 500, "2026-01-01");
    assert!(desk.redeem(&desk.purse.vouchers[0].code.clone(), "2026-01-01"));
    desk.refund("a", &Returned::All, "2026-01-02");
    desk.pay("b", 500, "2026-01-03");
    assert_eq!(desk.purse.vouchers.len(), 0, "once, ever");
}
