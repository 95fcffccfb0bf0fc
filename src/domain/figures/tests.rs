//! Figures: a month by hand, and that folding in pieces comes to the same.

use proptest::prelude::*;

use super::*;

const SHOP: Uuid = Uuid::from_u128(1);
const PROGRAM: Uuid = Uuid::from_u128(2);

/// The day of a date in 2026.
fn day(month: u32, day: u32) -> i64 {
    number_of(NaiveDate::from_ymd_opt(2026, month, day).unwrap())
}

fn fact(member: u128, day: i64, what: What) -> Fact {
    Fact { shop_id: SHOP, program_id: PROGRAM, member_id: Some(Uuid::from_u128(100 + member)), day, what }
}

fn sums(tally: Tally) -> BTreeMap<(Uuid, String, i64, String), i64> {
    tally.into_sums().map(|((of, name, day, part), value)| ((of, name.to_owned(), day, part), value)).collect()
}

#[test]
fn a_few_visits_by_hand() {
    let facts = [
        fact(1, day(1, 5), What::Joined(Some("door".to_owned()))),
        fact(1, day(1, 5), What::Sold(500)),
        fact(1, day(1, 20), What::Sold(700)),
        // The till was off the line: this was sold before.
        fact(1, day(1, 10), What::Sold(300)),
        fact(1, day(3, 1), What::Sold(0)),
        fact(2, day(1, 6), What::Joined(None)),
        fact(2, day(2, 2), What::Sold(1_000)),
        fact(2, day(2, 3), What::Returned(1_000, true)),
    ];
    let (mut patrons, mut tally) = (Patrons::new(), Tally::default());
    fold(&facts, &mut patrons, &mut tally);
    let sums = sums(tally);
    let of = |name: &str, day: i64, part: &str| {
        sums.get(&(SHOP, name.to_owned(), day, part.to_owned())).copied().unwrap_or(0)
    };
    assert_eq!((of("joins", day(1, 5), "door"), of("joins", day(1, 6), "")), (1, 1));
    assert_eq!((of("visits", day(1, 10), ""), of("spend", day(1, 10), "")), (1, 300));
    assert_eq!(
        (of("spend", day(2, 2), ""), of("spend", day(2, 3), ""), of("visits", day(2, 3), "")),
        (1_000, -1_000, -1)
    );
    assert_eq!((of("members", 0, ""), of("visitors", 0, ""), of("repeaters", 0, "")), (2, 1, 1));
    assert_eq!((of("last_visit", day(1, 20), ""), of("last_visit", day(3, 1), "")), (0, 1));
    let january = month_of(day(1, 1));
    assert_eq!((of("cohort", january, "0"), of("cohort", january, "1"), of("cohort", january, "2")), (1, 0, 1));
    assert_eq!(of("cohort_size", january, ""), 2);
}

#[test]
fn points_are_held_until_they_are_spent_taken_back_or_lapse() {
    let reward = || "coffee".to_owned();
    let facts = [
        fact(1, 9, What::Points(Moved::Earned, 100)),
        fact(1, 9, What::Points(Moved::Adjusted, -5)),
        fact(1, 9, What::Voucher(Step::Issued, reward(), 60)),
        fact(1, 9, What::Voucher(Step::Redeemed, reward(), 60)),
        fact(1, 9, What::Voucher(Step::Reinstated, reward(), 60)),
        fact(1, 9, What::Voucher(Step::Redeemed, reward(), 60)),
        fact(1, 9, What::Points(Moved::Reversed, 10)),
        fact(1, 9, What::Points(Moved::Lapsed, 1)),
    ];
    let mut tally = Tally::default();
    fold(&facts, &mut Patrons::new(), &mut tally);
    let sums = sums(tally);
    assert_eq!(sums[&(PROGRAM, "points".to_owned(), 0, String::new())], 100 - 5 - 60 - 10 - 1);
    assert_eq!(sums[&(SHOP, "points_spent".to_owned(), 9, String::new())], 60);
    assert_eq!(sums[&(SHOP, "redeemed".to_owned(), 9, reward())], 1);
}

#[test]
fn a_text_counts_once_under_what_is_known_of_it_last() {
    let at = DateTime::<Utc>::from_timestamp(7_200, 0).unwrap();
    let sent = |outcome| Sent {
        sender_id: PROGRAM,
        shop_id: Some(SHOP),
        day: 3,
        written_at: at,
        segments: 2,
        outcome,
        error_code: Some(30_005),
    };
    let mut tally = Tally::default();
    let mut before = None;
    for outcome in [Outcome::Waiting, Outcome::Sent, Outcome::Sent, Outcome::Undelivered] {
        fold_text(&sent(outcome), before, &mut tally);
        before = Some(outcome);
    }
    let sums: Vec<_> = tally.into_sums().map(|((of, name, day, part), value)| (of, name, day, part, value)).collect();
    let expected = vec![
        (SHOP, "codes", 3, "30005".to_owned(), 1),
        (SHOP, "segments", 3, String::new(), 2),
        (SHOP, "texts", 3, "undelivered".to_owned(), 1),
        (PROGRAM, "texts_by_hour", 2, "undelivered".to_owned(), 1),
    ];
    assert_eq!(sums, expected);
}

#[test]
fn days_are_those_of_the_shop() {
    let at: DateTime<Utc> = "2026-03-01T02:00:00Z".parse().unwrap();
    assert_eq!(date_of(day_of(at, Tz::America__Los_Angeles)).to_string(), "2026-02-28");
    assert_eq!(date_of(day_of(at, Tz::UTC)).to_string(), "2026-03-01");
    assert_eq!(month_of(day(12, 31)) + 1, month_of(number_of(NaiveDate::from_ymd_opt(2027, 1, 1).unwrap())));
    // What no calendar has is a day all the same.
    assert_eq!(number_of(date_of(i64::MAX)), 0);
}

fn what() -> impl Strategy<Value = What> {
    prop_oneof![
        Just(What::Joined(Some("door".to_owned()))),
        Just(What::Left),
        (0i64..10_000).prop_map(What::Sold),
        ((0i64..10_000), any::<bool>()).prop_map(|(amount, whole)| What::Returned(amount, whole)),
        (1i64..100).prop_map(|points| What::Points(Moved::Earned, points)),
        (1i64..100).prop_map(|points| What::Voucher(Step::Redeemed, "tea".to_owned(), points)),
    ]
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    proptest::collection::vec((0u128..5, 20_000i64..20_200, what()), 0..60)
        .prop_map(|rows| rows.into_iter().map(|(member, day, what)| fact(member, day, what)).collect())
}

proptest! {
    #[test]
    fn folding_in_two_pieces_is_folding_at_once(facts in facts(), cut in 0usize..60) {
        let (mut whole, mut whole_patrons) = (Tally::default(), Patrons::new());
        fold(&facts, &mut whole_patrons, &mut whole);
        let (first, second) = facts.split_at(cut.min(facts.len()));
        let (mut patrons, mut added) = (Patrons::new(), BTreeMap::new());
        for piece in [first, second] {
            let mut tally = Tally::default();
            fold(piece, &mut patrons, &mut tally);
            for (key, value) in sums(tally) {
                *added.entry(key).or_insert(0) += value;
            }
        }
        added.retain(|_, value| *value != 0);
        prop_assert_eq!(added, sums(whole));
        prop_assert_eq!(patrons, whole_patrons);
    }

    #[test]
    fn the_standing_figures_are_those_of_the_patrons(facts in facts()) {
        let (mut tally, mut patrons) = (Tally::default(), Patrons::new());
        fold(&facts, &mut patrons, &mut tally);
        let sums = sums(tally);
        let of = |name: &str| sums.get(&(SHOP, name.to_owned(), 0, String::new())).copied().unwrap_or(0);
        let count = |least: i64| patrons.values().filter(|patron| patron.visits >= least).count() as i64;
        prop_assert_eq!((of("visitors"), of("repeaters")), (count(1), count(2)));
        let seen: i64 = sums.iter().filter(|((_, name, ..), _)| name == "last_visit").map(|(_, value)| value).sum();
        prop_assert_eq!(seen, patrons.values().filter(|patron| patron.last_day.is_some()).count() as i64);
        let bits: i64 = sums.iter().filter(|((_, name, ..), _)| name == "cohort").map(|(_, value)| value).sum();
        prop_assert_eq!(bits, patrons.values().map(|patron| i64::from(patron.months.count_ones())).sum::<i64>());
    }
}
