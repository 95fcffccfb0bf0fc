//! Days, worked out with a calendar: clocks that jump, midnights that do not exist, leap years, birthdays.

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use regulars::domain::{profile::birthday::Birthday, program::earn::Event};

use super::desk::{Desk, NEW_YORK, day};

const PENDING: &str = r#"
name = "P"
pending_days = 1
expiry = { after_months = 1 }
[[earn]]
rule = "spend"
points = 1
"#;

/// Points earned at noon are pending to the midnight after, and that midnight is at this moment of UTC.
fn midnight_after(zone: Tz, noon: &str, midnight: &str) {
    let midnight: DateTime<Utc> = midnight.parse().unwrap();
    let mut desk = Desk::open_in(zone, PENDING);
    desk.pay("a", 500, noon);
    let next = desk.purse.next_due(desk.program(), &desk.person, desk.at(noon));
    assert_eq!(next, Some(midnight), "{zone}");
    desk.tick(midnight - Duration::seconds(1));
    assert_eq!(desk.points(), (0, 5, 0), "{zone}: a second before");
    desk.tick(midnight);
    assert_eq!(desk.points(), (5, 0, 0), "{zone}: at midnight");
}

#[test]
fn a_day_begins_at_midnight_of_the_shop_also_when_the_clocks_change() {
    midnight_after(NEW_YORK, "2026-03-07 12:00", "2026-03-08T05:00:00Z");
    midnight_after(NEW_YORK, "2026-03-08 12:00", "2026-03-09T04:00:00Z");
    midnight_after(NEW_YORK, "2026-10-31 12:00", "2026-11-01T04:00:00Z");
    midnight_after(NEW_YORK, "2026-11-01 12:00", "2026-11-02T05:00:00Z");
    midnight_after(chrono_tz::Europe::Bucharest, "2026-03-28 12:00", "2026-03-28T22:00:00Z");
    midnight_after(chrono_tz::Europe::Bucharest, "2026-03-29 12:00", "2026-03-29T21:00:00Z");
    midnight_after(chrono_tz::Europe::Bucharest, "2026-10-24 12:00", "2026-10-24T21:00:00Z");
    midnight_after(chrono_tz::Europe::Bucharest, "2026-10-25 12:00", "2026-10-25T22:00:00Z");
}

#[test]
fn where_the_clocks_skip_midnight_the_day_begins_at_one_and_where_they_repeat_it_the_first_time() {
    // On 6 September 2026 Santiago goes from 24:00 to 01:00, on 24 April 2026 Cairo does.
    midnight_after(chrono_tz::America::Santiago, "2026-09-05 12:00", "2026-09-06T04:00:00Z");
    midnight_after(chrono_tz::Africa::Cairo, "2026-04-23 12:00", "2026-04-23T22:00:00Z");
    // On 1 November 2026 Havana goes from 01:00 back to 00:00.
    midnight_after(chrono_tz::America::Havana, "2026-10-31 12:00", "2026-11-01T04:00:00Z");
    // On 29 October 2026 Cairo goes from 24:00 back to 23:00.
    midnight_after(chrono_tz::Africa::Cairo, "2026-10-29 12:00", "2026-10-29T22:00:00Z");
}

#[test]
fn a_sale_a_second_before_midnight_is_of_the_day_before() {
    let limited = r#"
name = "L"
[[earn]]
rule = "visit"
points = 1
limit = { times = 1, per = "day" }
"#;
    let mut desk = Desk::open_in(chrono_tz::Africa::Cairo, limited);
    assert_eq!(desk.pay("a", 0, "2026-04-23 23:59"), 1);
    assert_eq!(desk.pay("b", 0, "2026-04-24 01:00"), 1, "a minute later, and another day");
    assert_eq!(desk.pay("c", 0, "2026-04-24 23:59"), 0);
    let mut desk = Desk::open(limited);
    assert_eq!(desk.pay("a", 0, "2026-12-31 23:59"), 1);
    assert_eq!(desk.pay("b", 0, "2027-01-01 00:00"), 1);
}

#[test]
fn months_end_where_they_end_also_in_leap_years() {
    for (earned, last_day) in [
        ("2026-01-31", "2026-02-28"),
        ("2028-01-31", "2028-02-29"),
        ("2028-01-29", "2028-02-29"),
        ("2028-02-29", "2028-03-29"),
        ("2026-12-31", "2027-01-31"),
    ] {
        let mut desk = Desk::open(
            r#"
name = "M"
expiry = { after_months = 1 }
[[earn]]
rule = "spend"
points = 1
"#,
        );
        desk.pay("a", 100, earned);
        assert_eq!(desk.purse.next_to_lapse(), Some((day(last_day), 1)), "{earned}");
    }
    let mut desk = Desk::open(
        r#"
name = "Y"
expiry = { after_months = 12 }
[[earn]]
rule = "spend"
points = 1
"#,
    );
    desk.pay("a", 100, "2028-02-29");
    assert_eq!(desk.purse.next_to_lapse(), Some((day("2029-02-28"), 1)));
}

const BIRTHDAY: &str = r#"
name = "Birthdays"
[[earn]]
rule = "birthday"
points = 50
reward = "cake"
days_before = 7
days_after = 7
leap_day = "03-01"
[[rewards]]
id = "cake"
name = "A cake"
"#;

#[test]
fn born_on_29_february_the_gift_comes_every_year_seven_days_before() {
    let mut desk = Desk::open(BIRTHDAY);
    desk.person.birthday = Birthday::new(2, 29);
    desk.wait("2027-02-21 23:59");
    assert_eq!(desk.points().0, 0);
    desk.wait("2027-02-22 00:00");
    assert_eq!((desk.points().0, desk.purse.vouchers[0].last_day), (50, day("2027-03-08")), "1 March, in 2027");
    desk.wait("2028-02-21 23:59");
    assert_eq!(desk.points().0, 50);
    desk.wait("2028-02-22 00:00");
    assert_eq!((desk.points().0, desk.purse.vouchers[0].last_day), (100, day("2028-03-07")), "29 February, in 2028");
}

#[test]
fn a_birthday_gift_is_given_once_a_year_also_when_the_birthday_is_moved() {
    let mut desk = Desk::open(BIRTHDAY);
    desk.join("2026-12-01");
    desk.person.birthday = Birthday::new(12, 3);
    desk.wait("2026-12-02");
    assert_eq!(desk.points().0, 50, "learned in the midst of its days");
    desk.person.birthday = Birthday::new(12, 20);
    desk.wait("2026-12-20");
    assert_eq!(desk.points().0, 50, "another birthday of the same year");
    desk.person.birthday = Birthday::new(1, 2);
    desk.wait("2026-12-31");
    assert_eq!(desk.points().0, 100, "2 January is next year's, and its days begin on 26 December");
    desk.wait("2027-12-25");
    assert_eq!(desk.points().0, 100);
}

#[test]
fn a_birthday_is_not_missed_when_nobody_looks_for_months() {
    let mut desk = Desk::open(&BIRTHDAY.replace("days_before = 7\ndays_after = 7", "days_after = 0"));
    desk.person.birthday = Birthday::new(6, 1);
    desk.wait("2026-01-01");
    desk.wait("2028-07-01");
    assert_eq!(desk.points().0, 150, "2026, 2027 and 2028");
    assert!(desk.purse.vouchers.is_empty(), "their cakes could be had on the day only");
    let mut late = Desk::open(BIRTHDAY);
    late.join("2026-01-01");
    late.wait("2026-12-01");
    late.person.birthday = Birthday::new(6, 1);
    late.wait("2026-12-02");
    assert_eq!(late.points().0, 0, "no gift for a birthday that was over when it was told");
    late.wait("2027-05-25");
    assert_eq!(late.points().0, 50);
}

#[test]
fn a_gift_whose_days_began_before_one_joined_is_not_dated_before_that() {
    let mut desk = Desk::open(BIRTHDAY);
    desk.join("2026-06-05");
    desk.person.birthday = Birthday::new(6, 3);
    desk.wait("2026-06-06");
    assert_eq!((desk.points().0, desk.entries[0].at >= desk.at("2026-06-05 00:00")), (50, true), "{:?}", desk.entries);
}

#[test]
fn what_time_does_is_dated_when_it_was_due_and_in_order() {
    let mut desk = Desk::open(
        r#"
name = "I"
pending_days = 60
expiry = { inactive_months = 1 }
[[earn]]
rule = "spend"
points = 1
"#,
    );
    desk.pay("a", 700, "2026-01-10");
    desk.wait("2027-01-01");
    assert_eq!(desk.points(), (0, 0, 0));
    assert!(desk.entries.is_sorted_by_key(|entry| entry.at), "{:?}", desk.entries);
    assert_eq!(desk.entries[1].at, desk.at("2026-03-11 00:00"), "60 days after 10 January");
}

#[test]
fn joining_gives_the_welcome_and_the_head_start() {
    let written = r#"
name = "W"
[[earn]]
rule = "welcome"
points = 10
[[earn]]
rule = "card"
stamps = 5
head_start = 2
reward = "tea"
[[rewards]]
id = "tea"
name = "Tea"
"#;
    let mut desk = Desk::open(written);
    desk.join("2026-01-01");
    assert_eq!((desk.points().0, desk.purse.card("card").in_hand()), (10, 2));
    assert_eq!(desk.happen(Event::CheckIn("card"), "check_in", "1", "2026-01-01"), 0);
}
