//! What the presets do with a purse, worked out by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a test")]

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::America::New_York;
use regulars::domain::{
    money::Currency,
    program::{
        Program,
        draft::{self, Frame},
        earn::Event,
    },
    purse::{Cause, Change, Occasion, Person, Purse, draw::Draw, sale::SaleRecord},
};
use serde_json::{Value, json};
use uuid::Uuid;

fn preset(name: &str) -> Program {
    let path = format!("{}/config/programs/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    program(&std::fs::read_to_string(path).unwrap())
}

fn program(written: &str) -> Program {
    let frame = Frame {
        id: Uuid::from_u128(1),
        merchant_id: Uuid::from_u128(2),
        version: 1,
        valid_from: DateTime::UNIX_EPOCH,
        currency: Currency::from_code("USD").unwrap(),
        time_zone: New_York,
        secret: vec![7; 32],
    };
    Program::read(&draft::parse(written).unwrap(), frame).unwrap()
}

fn noon(day: &str) -> DateTime<Utc> {
    format!("{day}T17:00:00Z").parse().unwrap()
}

fn occasion(kind: &'static str, id: &str, at: DateTime<Utc>) -> Occasion {
    Occasion { cause: Cause::new(kind, id), at, shop_id: None, actor: "till".to_owned(), reason: None }
}

fn draw(seed: &str) -> Draw {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(seed.bytes()).for_each(|(byte, sign)| *byte = sign);
    Draw::new(bytes)
}

/// A sale of so many cents on a day, with what else the till says.
fn sell(program: &Program, purse: Purse, day: &str, cents: i64, more: &Value) -> (Purse, SaleRecord) {
    let mut sale = json!({ "id": format!("{day}-{}", purse.sales), "amount": cents, "at": noon(day) });
    more.as_object().unwrap().iter().for_each(|(key, value)| sale[key] = value.clone());
    let sale = serde_json::from_value(sale).unwrap();
    let occasion = occasion("sale", &format!("{day}-{}", purse.sales), noon(day));
    let person = Person { birthday: None, answers: [("skin".to_owned(), "dry".to_owned())].into() };
    let (change, record) = purse.sell(program, &person, &sale, New_York, occasion, &mut draw(day));
    (change.purse, record)
}

fn lines(record: &SaleRecord) -> Vec<(&str, i64)> {
    record.award.lines.iter().map(|line| (line.rule.as_str(), line.points)).collect()
}

fn items(lines: &[(&str, i64, i64)]) -> Value {
    let item = |(category, quantity, price): &(&str, i64, i64)| json!({ "category": category, "sku": category, "quantity": quantity, "unit_price": price });
    json!({ "items": lines.iter().map(item).collect::<Vec<_>>() })
}

fn rewards(purse: &Purse) -> Vec<&str> {
    purse.vouchers.iter().map(|voucher| voucher.reward.as_str()).collect()
}

#[test]
fn points_by_visit_and_by_money() {
    let visits = preset("visit-points");
    let (purse, _) = sell(&visits, Purse::default(), "2026-03-02", 450, &json!({}));
    let (purse, second) = sell(&visits, purse, "2026-03-02", 450, &json!({}));
    assert_eq!((purse.available, lines(&second)), (1, vec![]), "the second within the hour is the same visit");
    let dollars = preset("dollar-points");
    let (purse, _) = sell(&dollars, Purse::default(), "2026-03-02", 1_398, &json!({ "tax": 99 }));
    assert_eq!(purse.available, 12, "12.99 without tax");
    assert_eq!(purse.lots[0].last_day, "2027-03-02".parse().ok());
}

#[test]
fn punch_cards_carry_over() {
    let ninth = preset("buy-9-get-10th");
    let (purse, _) =
        sell(&ninth, Purse::default(), "2026-03-02", 4_000, &items(&[("Coffee", 8, 400), ("Cake", 2, 400)]));
    assert!(purse.vouchers.is_empty());
    let (purse, _) = sell(&ninth, purse, "2026-03-03", 1_200, &items(&[("coffee", 3, 400)]));
    assert_eq!((rewards(&purse), purse.card("coffees").in_hand()), (vec!["tenth-coffee"], 2));
    let fifth = preset("buy-4-get-5th");
    let joined = occasion("joined", "1", noon("2026-03-01"));
    let (change, _) =
        Purse::default().earn(&fifth, &Person::default(), Event::Joined, New_York, joined, &mut draw("joined"));
    let mut purse = change.purse;
    for (day, cents) in [("2026-03-02", 1_000), ("2026-03-03", 999), ("2026-03-04", 1_500), ("2026-03-05", 5_000)] {
        purse = sell(&fifth, purse, day, cents, &json!({})).0;
    }
    assert_eq!((rewards(&purse), purse.card("washes").in_hand()), (vec!["fifth-wash"], 0), "9.99 is no wash");
}

#[test]
fn doubles_and_levels() {
    let double = preset("double-over-150");
    let points = [14_999, 15_000, 20_050]
        .map(|cents| sell(&double, Purse::default(), "2026-03-02", cents, &json!({})).0.available);
    assert_eq!(points, [149, 300, 400]);
    let vip = preset("vip-500");
    let (purse, _) = sell(&vip, Purse::default(), "2026-03-02", 49_999, &json!({}));
    assert_eq!(purse.level, None);
    let (purse, _) = sell(&vip, purse, "2026-12-30", 1, &json!({}));
    assert_eq!((purse.level.as_ref().unwrap().id.as_str(), rewards(&purse)), ("vip", vec!["tasting"]));
    let (_, as_vip) = sell(&vip, purse, "2027-06-01", 10_000, &json!({}));
    assert_eq!(lines(&as_vip), [("spend", 100), ("vip", 100)]);
}

#[test]
fn fares_earn_by_class_and_promotions_by_their_dates() {
    let fares = preset("fare-class");
    let trip = items(&[("Saver", 1, 10_000), ("FLEX", 1, 20_000), ("meal", 1, 1_500)]);
    let (purse, before) = sell(&fares, Purse::default(), "2027-02-28", 31_500, &trip);
    assert_eq!(lines(&before), [("saver", 600), ("flex", 2_000)]);
    assert_eq!((purse.available, purse.pending_points()), (0, 2_600), "trips are cancelled");
    let (_, within) = sell(&fares, Purse::default(), "2027-03-01", 31_500, &trip);
    assert_eq!(lines(&within), [("saver", 600), ("flex", 2_000), ("spring-flex", 2_000)]);
    let (_, autumn) = sell(&fares, Purse::default(), "2027-11-30", 5_000, &items(&[("business", 1, 5_000)]));
    assert_eq!(lines(&autumn), [("business", 600), ("autumn", 500)]);
    let (_, meal) = sell(&fares, Purse::default(), "2027-11-30", 1_500, &items(&[("meal", 1, 1_500)]));
    assert_eq!(lines(&meal), [], "a meal is no fare, in autumn neither");
}

#[test]
fn what_one_answered_and_bought_counts() {
    let bazaar = preset("bazaar");
    let (_, care) = sell(&bazaar, Purse::default(), "2026-03-02", 4_000, &items(&[("hydration", 1, 4_000)]));
    assert_eq!(lines(&care), [("spend", 40), ("dry-skin", 20)]);
    let (_, other) = sell(&bazaar, Purse::default(), "2026-03-02", 4_000, &items(&[("lips", 1, 4_000)]));
    assert_eq!(lines(&other), [("spend", 40)]);
}

#[test]
fn a_level_that_is_only_bought_lasts_as_long_as_the_membership() {
    let plus = preset("paid-membership");
    let (purse, _) = sell(&plus, Purse::default(), "2026-03-02", 5_000_000, &json!({}));
    assert_eq!(purse.level_now(&plus, day("2026-03-02")), None, "no money spent makes one a member");
    let (purse, _) = sell(&plus, purse, "2026-03-10", 9_900, &items(&[("plus-year", 1, 9_900)]));
    assert_eq!(purse.level_now(&plus, day("2026-03-10")).unwrap().id, "plus");
    assert_eq!(rewards(&purse), ["coffee"]);
    let change = purse.tick(&plus, &Person::default(), noon("2026-04-05"), &mut draw("april"));
    assert_eq!(issued(&change), ["coffee"], "the coffee of April");
    assert!(change.purse.level_now(&plus, day("2027-03-09")).is_some());
    let change = change.purse.tick(&plus, &Person::default(), noon("2027-03-11"), &mut draw("end"));
    assert_eq!((change.purse.level_now(&plus, day("2027-03-11")), change.purse.membership), (None, None));
}

fn day(day: &str) -> NaiveDate {
    day.parse().unwrap()
}

fn issued(change: &Change) -> Vec<&str> {
    change.issued.iter().map(|voucher| voucher.reward.as_str()).collect()
}

const AMBASSADORS: &str = r#"
name = "Ambassadors"
rewards = [{ id = "coffee", name = "Coffee" }, { id = "cake", name = "Cake" }, { id = "tote", name = "Tote" }]
[[earn]]
rule = "referral"
reward = "coffee"
friend_reward = "cake"
[tiers]
by = "friends"
window = "lifetime"
levels = [{ id = "ambassador", name = "Ambassador", from = 2, gifts = [{ reward = "tote", per = "ever" }] }]
"#;

#[test]
fn friends_bring_rewards_and_levels_and_take_them_back() {
    let program = program(AMBASSADORS);
    let friend = Purse { referred_by: Some(Uuid::from_u128(9)), ..Purse::default() };
    let (friend, bought) = sell(&program, friend, "2026-03-02", 500, &json!({}));
    assert_eq!(rewards(&friend), ["cake"]);
    let thanks = bought.award.referrer.clone().expect("the member is thanked though there are no points");
    let thank = |purse: Purse, friend: &str| {
        let occasion = occasion("referral", friend, noon("2026-03-02"));
        purse.thank(&program, &thanks, occasion, &mut draw(friend)).unwrap().purse
    };
    let one = thank(Purse::default(), "one");
    assert_eq!((rewards(&one), &one.level), (vec!["coffee"], &None));
    let two = thank(one, "two");
    assert_eq!(
        (rewards(&two), two.level.as_ref().unwrap().id.as_str()),
        (vec!["coffee", "coffee", "tote"], "ambassador")
    );
    let occasion = occasion("refund", "two", noon("2026-03-05"));
    let back = two.unthank(&program, &thanks, day("2026-03-02"), occasion, &mut draw("back")).purse;
    assert_eq!(
        (rewards(&back), &back.level, back.progress_now(&program, day("2026-03-05"))),
        (vec!["coffee"], &None, 1)
    );
}
