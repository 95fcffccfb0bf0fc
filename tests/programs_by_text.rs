//! What members read who text about their program, on the programs of the rehearsal.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use regulars::{
    domain::{language::Language, shop::OptIn},
    stage::rehearsal::{Rehearsal, Sign},
};

/// The last thing that a member of the first so many shops reads after these texts.
fn read(joined: usize, texts: &[&str]) -> String {
    let rehearsal = Rehearsal::new(Language::default(), OptIn::Single, 5, Sign::ordinary).unwrap();
    let said = rehearsal.say(&rehearsal.member_of(joined), texts);
    said.into_iter().map(|said| said.body).collect::<Vec<_>>().join("\n")
}

fn reads(joined: usize, cases: &[(&[&str], &str)]) {
    for (texts, part) in cases {
        let said = read(joined, texts);
        assert!(said.contains(part), "{texts:?}: {part:?} is not in {said:?}");
    }
}

#[test]
fn a_reward_is_named_by_its_number_its_name_or_a_part_of_it_in_any_language() {
    reads(
        1,
        &[
            (&["REDEEM 2"], "Cake for two is yours"),
            (&["redeem free coffee"], "Free coffee is yours"),
            (&["redeem cake please"], "Cake for two is yours"),
            (&["canjear tarta para dos"], "Cake for two is yours"),
            (&["兑换2"], "Cake for two is yours"),
            (&["兑换免费咖啡"], "Free coffee is yours"),
            (&["REDEEM", "cake"], "Cake for two is yours"),
            (&["REDEEM", "1"], "Free coffee is yours"),
            (&["REDEEM", "3"], "you've had Our mug already"),
            (&["REDEEM 9"], "we don't have that reward"),
        ],
    );
}

#[test]
fn a_number_that_comes_late_or_to_another_question_spends_nothing() {
    let said = read(1, &["REDEEM", "NO", "1"]);
    assert!(!said.contains("is yours"), "{said}");
    reads(1, &[(&["REDEEM", "REDEEM"], "which one?"), (&["REDEEM", "BAL"], "you have 12345 points")]);
}

#[test]
fn points_are_money_in_any_number_and_one_alone_is_asked_about() {
    let at_the_last = |text: &'static str| ["BAL BEAN THERE 4", text];
    for (text, part) in [
        ("REDEEM 250", "$12.50 is yours"),
        ("REDEEM 250 points", "$12.50 is yours"),
        ("REDEEM 1", "how many points would you like to spend?"),
        ("REDEEM 99999", "how many points would you like to spend?"),
    ] {
        let said = read(5, &at_the_last(text));
        assert!(said.contains(part), "{text}: {said}");
    }
}

#[test]
fn where_several_shops_may_be_meant_one_is_chosen_and_remembered() {
    reads(
        2,
        &[
            (&["CARD"], "At which shop?"),
            (&["CARD", "2"], "Teas: 0 of 4 stamps"),
            (&["CARD", "2", "TIER"], "Next is Gold: 30 points"),
            (&["REDEEM 2", "1"], "Cake for two is yours"),
            (&["TIER BEAN THERE 0"], "your level is Silver"),
            (&["CARD", "NO"], "nothing changes"),
        ],
    );
}

#[test]
fn a_code_counts_with_and_without_its_word_and_never_for_a_stranger() {
    reads(
        1,
        &[
            (&["CODE CDFH-JK34"], "+12 points, you have 12357 points"),
            (&["cdfh jk34"], "+12 points"),
            (&["my code is CDFHJK34"], "+12 points"),
            (&["CHECK IN TODAYS-0"], "+5 points, you have 12350 points"),
            (&["TODAYS-0"], "+5 points"),
            (&["REDEEM", "CDFHJK34"], "+12 points"),
        ],
    );
    for texts in [&["CDFHJK34"][..], &["TODAYS-0"], &["PLEDGE"], &["REDEEM 1"], &["CODE CDFHJK34"]] {
        let said = read(0, texts);
        assert!(said.contains("join") && !said.contains("have 12"), "{texts:?}: {said}");
    }
}

#[test]
fn an_actions_word_is_heard_with_courtesy_and_in_a_question_of_the_shops_too() {
    reads(
        1,
        &[
            (&["hi, pledge please"], "+25 points"),
            (&["PROMESA"], "+25 points"),
            (&["PLEDGE", "PLEDGE"], "you've done that already"),
        ],
    );
    let said = read(1, &["I do not want to pledge anything"]);
    assert!(!said.contains("+25"), "{said}");
}

#[test]
fn a_members_code_to_bring_friends_stays_the_same_and_bears_their_name() {
    let first = read(1, &["REFER"]);
    assert!(first.contains("COFFEE%20PLS%200%20COFFEE"), "{first}");
    assert_eq!(first, read(1, &["REFER", "BAL", "REFER"]));
    let named = read(1, &["PROFILE", "Ana", "REFER"]);
    assert!(named.contains("COFFEE PLS 0 ANA"), "{named}");
}

#[test]
fn an_end_that_is_asked_for_behind_redeem_is_heard() {
    let said = read(1, &["redeem my points and stop texting me"]);
    assert!(said.contains("STOP") || said.contains("unsubscribed"), "{said}");
}

#[test]
fn help_names_only_what_the_programs_use() {
    let plain = read(4, &["BAL BEAN THERE 3", "HELP"]);
    assert!(!plain.contains("REWARDS"), "{plain}");
    let cards = read(3, &["BAL BEAN THERE 2", "HELP"]);
    assert!(cards.contains("CARD") && !cards.contains("CODE"), "{cards}");
}
