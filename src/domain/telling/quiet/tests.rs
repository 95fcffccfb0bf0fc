use chrono::TimeZone;

use super::*;

/// When a phone may be texted next, where it is asked at a moment on a zone's clock; in that clock again.
fn next(phone: &str, zone: Tz, asked: &str) -> String {
    let at = chrono::NaiveDateTime::parse_from_str(asked, "%Y-%m-%d %H:%M").unwrap();
    let at = zone.from_local_datetime(&at).earliest().unwrap().to_utc();
    let place = Place::of(Some(phone), chrono_tz::UTC);
    let open = QuietHours::default().next_open(&place, at);
    open.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()
}

const PACIFIC: Tz = chrono_tz::America::Los_Angeles;
const CENTRAL: Tz = chrono_tz::America::Chicago;
const EASTERN: Tz = chrono_tz::America::New_York;

#[test]
fn by_day_at_once_by_night_in_the_morning() {
    let ca = "+14155550123";
    assert_eq!(next(ca, PACIFIC, "2027-03-02 08:00"), "2027-03-02 08:00");
    assert_eq!(next(ca, PACIFIC, "2027-03-02 20:49"), "2027-03-02 20:49");
    // What is begun in the last minutes might arrive after them.
    assert_eq!(next(ca, PACIFIC, "2027-03-02 20:50"), "2027-03-03 08:00");
    assert_eq!(next(ca, PACIFIC, "2027-03-02 23:30"), "2027-03-03 08:00");
    assert_eq!(next(ca, PACIFIC, "2027-03-03 07:59"), "2027-03-03 08:00");
}

#[test]
fn the_clock_is_that_of_the_number_and_not_of_the_shop() {
    // Nine in the evening in New York is six in Los Angeles.
    assert_eq!(next("+12125550123", PACIFIC, "2027-03-02 18:00"), "2027-03-03 05:00");
    assert_eq!(next("+40712345678", chrono_tz::Europe::Bucharest, "2027-03-02 22:00"), "2027-03-03 08:00");
    assert_eq!(next("+8613800138000", chrono_tz::Asia::Shanghai, "2027-03-02 06:00"), "2027-03-02 08:00");
}

#[test]
fn where_the_clocks_change_it_is_eight_by_the_new_time() {
    // Spring: 2027-03-14 at two; autumn: 2027-11-07 at two.
    for (evening, morning, hours) in
        [("2027-03-13 22:00", "2027-03-14 08:00", 9), ("2027-11-06 22:00", "2027-11-07 08:00", 11)]
    {
        assert_eq!(next("+14155550123", PACIFIC, evening), morning);
        let at = |written: &str| {
            let local = chrono::NaiveDateTime::parse_from_str(written, "%Y-%m-%d %H:%M").unwrap();
            PACIFIC.from_local_datetime(&local).unwrap()
        };
        assert_eq!((at(morning) - at(evening)).num_hours(), hours);
    }
    assert_eq!(next("+40712345678", chrono_tz::Europe::Bucharest, "2027-03-27 23:00"), "2027-03-28 08:00");
}

#[test]
fn stricter_states_have_their_own_hours() {
    // Florida to eight, Texas from nine and on Sundays from twelve, Kentucky from ten.
    assert_eq!(next("+13055550123", EASTERN, "2027-03-02 20:00"), "2027-03-03 08:00");
    assert_eq!(next("+12145550123", CENTRAL, "2027-03-02 08:00"), "2027-03-02 09:00");
    assert_eq!(next("+12145550123", CENTRAL, "2027-03-07 09:00"), "2027-03-07 12:00");
    assert_eq!(next("+15025550123", EASTERN, "2027-03-02 08:00"), "2027-03-02 10:00");
    // Rhode Island: to six, at weekends ten to five.
    assert_eq!(next("+14015550123", EASTERN, "2027-03-05 18:00"), "2027-03-06 10:00");
    // Mississippi not on Sundays, Alabama and Louisiana not on holidays either: 2027-07-05 is kept for the fourth.
    assert_eq!(next("+16015550123", CENTRAL, "2027-03-06 20:00"), "2027-03-08 08:00");
    assert_eq!(next("+12055550123", CENTRAL, "2027-07-03 20:00"), "2027-07-06 08:00");
    assert_eq!(next("+15045550123", CENTRAL, "2027-02-09 10:00"), "2027-02-10 08:00");
}

#[test]
fn a_code_in_two_zones_is_texted_when_it_is_day_in_both() {
    // North Dakota: eight in the Mountain zone is nine in the Central one, and nine in the evening comes first there.
    assert_eq!(next("+17015550123", CENTRAL, "2027-03-02 08:00"), "2027-03-02 09:00");
    assert_eq!(next("+17015550123", CENTRAL, "2027-03-02 20:55"), "2027-03-03 09:00");
    // Tennessee's east: its mornings are Central, its evenings Eastern.
    assert_eq!(next("+14235550123", EASTERN, "2027-03-02 08:30"), "2027-03-02 09:00");
}

#[test]
fn a_table_without_an_hour_is_looked_at_again() {
    let none = QuietHours::parse("hours = [{ region = \"*\", source = \"x\", checked = \"2026-11-30\" }]").unwrap();
    let at = Utc.timestamp_opt(1_800_000_000, 0).unwrap();
    assert_eq!(none.next_open(&Place::of(None, chrono_tz::UTC), at), at + Duration::days(1));
}

#[test]
fn what_is_wrong_with_a_table_is_said() {
    let row = |rest: &str| format!("[[hours]]\nregion = \"*\"\nsource = \"x\"\nchecked = \"2026-11-30\"\n{rest}");
    assert!(QuietHours::parse(&row("from = \"09:00\"\nuntil = \"20:00\"")).is_ok());
    assert!(QuietHours::parse(&row("from = \"21:00\"\nuntil = \"20:00\"")).unwrap_err().contains("ends before"));
    assert!(QuietHours::parse(&row("from = \"21:00\"")).unwrap_err().contains("only one"));
    assert!(QuietHours::parse(&row("hour = 3")).unwrap_err().contains("hour"));
    assert!(QuietHours::parse("hours = []").unwrap_err().contains("everywhere else"));
    assert!(QuietHours::parse(BUILT_IN).is_ok());
}
