use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::DateOrder::{DayFirst, MonthFirst};
use super::*;
use crate::text::hides_something;

fn options(options: &[&str]) -> Vec<String> {
    options.iter().map(|&option| option.to_owned()).collect()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 1, 15).unwrap()
}

fn read(expected: Expected<'_>, typed: &str) -> Result<String, Unclear> {
    match read_answer(expected, &Text::read(typed), DayFirst, today()) {
        Answer::Value(value) => Ok(value.as_stored()),
        Answer::Unclear(why) => Err(why),
    }
}

/// Those that are read otherwise, all at once.
fn misread(of: &[&str], expected: Result<&str, Unclear>, typed: &[&str]) -> Vec<(String, Result<String, Unclear>)> {
    let options = options(of);
    let read = typed.iter().map(|typed| ((*typed).to_owned(), read(Expected::Choice(&options), typed)));
    read.filter(|(_, read)| read.as_deref().map_err(|why| *why) != expected).collect()
}

const SKIN: &[&str] = &["Oily skin", "Dry skin", "Normal"];

#[test]
#[rustfmt::skip]
fn an_option_is_chosen_by_its_place() {
    for (option, typed) in [
        (
            0,
            vec![
                "1", "1.", "#1", "(1)", "one", "the first", "the 1st one", "a", "A)", "option a", "number one", "uno",
                "la primera", "opción 1", "le premier", "prima", "varianta 1", "1️⃣", "第一个", "一", "选1", "1号", "１",
                "1 please", "I pick 1", "no. 1",
            ],
        ),
        (
            1,
            vec![
                "2", "two", "second", "The second one!", "2nd", "b", "option b", "Option 2", "la segunda",
                "el segundo", "le deuxième", "la 2", "a doua", "al doilea", "第二个", "二", "2 👍",
            ],
        ),
        (2, vec!["3", "three", "third", "c", "tercera", "3ème", "trei", "a treia", "第三"]),
    ] {
        assert_eq!(misread(SKIN, Ok(SKIN[option]), &typed), [], "{option}");
    }
}

#[test]
#[rustfmt::skip]
fn an_option_is_chosen_by_its_words_also_misspelled() {
    for (option, typed) in [
        (
            0,
            vec![
                "Oily skin", "OILY SKIN!", "oily", "my skin is oily", "I have oily skin I think", "oilly", "oliy",
                "Oily 😩", "óily", "pretty oily",
            ],
        ),
        (1, vec!["Dry skin", "dry", "Dry.", "it's dry", "very very dry"]),
        (2, vec!["Normal", "normal skin", "nornal", "normla", "I guess normal", "just normal"]),
    ] {
        assert_eq!(misread(SKIN, Ok(SKIN[option]), &typed), [], "{option}");
    }
    assert_eq!(
        misread(&["Oily", "Very oily"], Ok("Very oily"), &["very oily", "I have very oily skin", "VERY oily", "2"]),
        []
    );
    assert_eq!(misread(&["Oily", "Very oily"], Ok("Oily"), &["oily", "it is oily"]), []);
    assert_eq!(misread(&["Dogs", "Cats", "Both"], Ok("Dogs"), &["dog", "dogs", "a dog"]), []);
    assert_eq!(misread(&["Dogs", "Cats", "Both"], Ok("Both"), &["both", "both!", "3"]), []);
    assert_eq!(misread(&["油性", "干性", "中性"], Ok("油性"), &["油性", "油", "我是油性皮肤", "油性的", "1"]), []);
    assert_eq!(misread(&["👍", "👎"], Ok("👎"), &["👎🏽", "2"]), []);
    assert_eq!(
        misread(
            &["Té", "Café con leche"],
            Ok("Café con leche"),
            &["cafe", "CAFE CON LECHE", "con leche", "un cafecon leche", "leche"]
        ),
        []
    );
    assert_eq!(
        misread(
            &["Piele uscată", "Piele grasă"],
            Ok("Piele grasă"),
            &["grasa", "piele grasa", "am pielea grasă", "a doua"]
        ),
        []
    );
    assert_eq!(misread(&["1", "2", "3+"], Ok("3+"), &["3", "3+", "three"]), []);
    assert_eq!(misread(&["No milk", "Oat milk"], Ok("No milk"), &["no milk", "No milk please"]), []);
}

#[test]
#[rustfmt::skip]
fn what_names_several_options_or_none_is_unclear() {
    assert_eq!(
        misread(
            SKIN,
            Err(Unclear::SeveralOptions),
            &["oily and dry", "dry or normal", "oily, dry", "not oily", "no soy dry", "Oily skin. Dry skin."]
        ),
        []
    );
    assert_eq!(
        misread(
            SKIN,
            Err(Unclear::NoOption),
            &[
                "4", "0", "17", "d", "skin", "combination", "why do you ask", "all of them", "1 or 2", "option",
                "99999999999999999999999", "it depends", "only on weekends in winter",
            ]
        ),
        []
    );
    assert_eq!(misread(SKIN, Err(Unclear::Blank), &["", " ", "\u{200b}\n"]), []);
    assert_eq!(misread(&["1-2 cups", "3-4 cups"], Err(Unclear::SeveralOptions), &["3 cups or 2", "cups 2 or 3"]), []);
}

#[test]
#[rustfmt::skip]
fn no_preference_passes_and_both_picks_none() {
    let flour = options(&["Wheat", "Rye"]);
    let passes = |options: &[String], typed: &str| skips(Expected::Choice(options), &Text::read(typed));
    for typed in [
        "any", "either", "either one", "Any is fine", "no preference", "I don't mind", "doesn't matter", "whichever", "cualquiera", "me da igual",
        "n'importe lequel", "peu importe", "oricare", "indiferent", "随便", "都行", "都可以", "無所謂",
    ] {
        assert!(passes(&flour, typed), "{typed}");
    }
    let drinks = options(&["Tea", "Coffee", "Any"]);
    assert!(!passes(&drinks, "any") && !passes(&flour, "any wheat") && !passes(&flour, "both"));
    assert_eq!(misread(&["Tea", "Coffee", "Any"], Ok("Any"), &["any", "any please"]), []);
    assert_eq!(
        misread(&["Wheat", "Rye"], Err(Unclear::NoOption), &["both", "either one", "all of them", "los dos", "les deux", "ambele", "都要", "both please"]),
        []
    );
}

#[test]
fn what_one_must_not_have_is_not_picked() {
    let flours = ["Wheat", "Rye", "Corn"];
    let typed = [
        "wheat allergy",
        "allergic to wheat",
        "wheat free",
        "no wheat",
        "not wheet",
        "anything but rye",
        "sin wheat",
        "rye過敏",
    ];
    assert_eq!(misread(&flours, Err(Unclear::SeveralOptions), &typed), []);
    assert_eq!(misread(&["Wheat", "Gluten free"], Ok("Gluten free"), &["gluten free", "gluten-free please"]), []);
}

#[test]
#[rustfmt::skip]
fn a_word_that_says_yes_no_or_skip_picks_no_option_alone() {
    let flour = &["Wheat", "Rye", "No matter"];
    assert_eq!(
        misread(flour, Err(Unclear::NoOption), &["centeno no sé qué es", "no idea what you mean", "I have no preference between bakeries", "no sé"]),
        []
    );
    assert_eq!(misread(flour, Ok("No matter"), &["no matter", "no matter to me", "it does not matter", "doesn't matter", "matter", "3"]), []);
    assert_eq!(misread(&["Trigo", "Centeno", "No importa"], Err(Unclear::SeveralOptions), &["centeno no sé qué es"]), []);
    assert_eq!(misread(&["Tueste claro", "Tueste oscuro"], Ok("Tueste claro"), &["claro", "el claro", "claro por favor", "tueste claro"]), []);
    assert_eq!(misread(&["Today", "Next week"], Ok("Next week"), &["next week", "the next week works", "week"]), []);
    assert_eq!(misread(&["Da", "Nu"], Ok("Nu"), &["nu", "Nu."]), []);
}

#[test]
#[rustfmt::skip]
fn yes_and_no_are_read_in_every_language() {
    let misread = |expected: &str, typed: &[&str]| -> Vec<(String, Result<String, Unclear>)> {
        let read = typed.iter().map(|typed| ((*typed).to_owned(), read(Expected::YesNo, typed)));
        read.filter(|(_, read)| read.as_deref() != Ok(expected)).collect()
    };
    assert_eq!(
        misread(
            "yes",
            &[
                "yes", "Y", "YES!!", "yes I do", "yeah of course", "yep 👍", "👍", "👍🏽", "✅", "sure", "sí", "Si, claro",
                "sí por supuesto", "of course", "I do", "always", "oui", "oui bien sûr", "da", "da, desigur", "是的",
                "有", "yes, every morning", "ok", "every day, yes", "With milk, yes!", "con leche, sí", "tous les jours, oui",
                "în fiecare zi, da", "每天都喝，是的", "yes, no sugar", "yes!! never without milk",
            ]
        ),
        []
    );
    assert_eq!(
        misread(
            "no",
            &[
                "no", "N", "Nope!", "no I don't", "no never", "never", "👎", "👎🏿", "❌", "no gracias", "no, para nada",
                "nunca", "non", "non merci", "nu", "nu, niciodată", "不", "没有", "not really", "no thanks", "nah",
                "no, never", "I am vegan, no", "not me, no", "la verdad, no", "pas du tout, non", "no, I said so yesterday",
            ]
        ),
        []
    );
    for (typed, expected) in [
        ("", Unclear::Blank),
        ("?", Unclear::NoOption),
        ("maybe", Unclear::NoOption),
        ("not sure", Unclear::NoOption),
        ("no sé", Unclear::NoOption),
        ("nu știu", Unclear::NoOption),
        ("no idea", Unclear::NoOption),
        ("yes and no", Unclear::NoOption),
        ("yes but no", Unclear::SeveralOptions),
        ("yes, no", Unclear::SeveralOptions),
        ("no, yes", Unclear::SeveralOptions),
        ("yes, but no milk", Unclear::SeveralOptions),
        ("milk, yes or no", Unclear::NoOption),
        ("every day, not sure", Unclear::NoOption),
        ("yes… or not", Unclear::SeveralOptions),
        ("👍👎", Unclear::SeveralOptions),
        ("what?", Unclear::NoOption),
        ("🤷", Unclear::NoOption),
        ("s t o p", Unclear::NoOption),
    ] {
        assert_eq!(read(Expected::YesNo, typed), Err(expected), "{typed:?}");
    }
}

#[test]
#[rustfmt::skip]
fn free_text_is_kept_as_one_sees_it() {
    for (typed, expected) in [
        ("  I'm allergic to nuts.\nThanks!  ", Ok("I'm allergic to nuts. Thanks!")),
        ("oat\u{202e} milk\0 👩🏽\u{200d}🍳", Ok("oat milk 👩🏽\u{200d}🍳")),
        ("我喜欢拿铁", Ok("我喜欢拿铁")),
        ("no", Ok("no")),
        ("5/3", Ok("5/3")),
        ("...", Err(Unclear::Blank)),
        ("\u{200d} \u{2028}", Err(Unclear::Blank)),
    ] {
        assert_eq!(read(Expected::FreeText, typed), expected.map(str::to_owned), "{typed:?}");
    }
    assert_eq!(read(Expected::FreeText, &"ă".repeat(301)).unwrap().chars().count(), 300);
}

#[test]
fn names_and_birthdays_are_read_by_their_own_readers() {
    let birthday = |typed, order| read_answer(Expected::Birthday, &Text::read(typed), order, today());
    let fifth_of_march = Birthday::new(3, 5).unwrap();
    assert_eq!(birthday("5/3", DayFirst), Answer::Value(ProfileValue::Birthday(fifth_of_march)));
    assert_eq!(birthday("3/5", MonthFirst), Answer::Value(ProfileValue::Birthday(fifth_of_march)));
    assert_eq!(birthday("31/2", DayFirst), Answer::Unclear(Unclear::NoBirthday(NoBirthday::NoSuchDay)));
    assert_eq!(read(Expected::FirstName, "I'm ana"), Ok("Ana".to_owned()));
    assert_eq!(read(Expected::FirstName, "yes"), Err(Unclear::NoName));
    assert_eq!(read(Expected::FirstName, " "), Err(Unclear::Blank));
}

#[test]
#[rustfmt::skip]
fn a_skip_is_heard_politely_or_not() {
    for typed in [
        "skip", "SKIP", "Skip!", "skip please", "skip this question", "I'll skip this one", "pass", "next",
        "next question please", "later", "not now", "rather not say", "I'd rather not", "prefer not to say",
        "none of your business", "none of your business!!", "N/A", "⏭", "⏭️", "skip 🙈", "I don't know", "omitir",
        "Saltar", "paso", "paso, gracias", "prefiero no decirlo", "omitir esta pregunta", "más tarde", "ahora no",
        "no sé",
    ] {
        assert!(is_skip(&Text::read(typed)), "{typed}");
    }
    for typed in [
        "", "Ana", "please", "thanks", "👍", "no", "next to the bakery", "I never skip breakfast", "passport",
        "March 5", "Ana 🙊",
    ] {
        assert!(!is_skip(&Text::read(typed)), "{typed}");
    }
}

#[test]
#[rustfmt::skip]
fn no_thanks_skips_what_is_not_answered_by_no() {
    let milk = options(&["No", "Oat"]);
    let skin = options(SKIN);
    for (typed, expected, skipped) in [
        ("no thanks", Expected::FirstName, true),
        ("no", Expected::Birthday, true),
        ("no gracias", Expected::Choice(&skin), true),
        ("no", Expected::Choice(&milk), false),
        ("no", Expected::YesNo, false),
        ("no", Expected::FreeText, false),
        ("skip", Expected::YesNo, true),
        ("skip", Expected::FreeText, true),
        ("Nora", Expected::FirstName, false),
    ] {
        assert_eq!(skips(expected, &Text::read(typed)), skipped, "{typed} {expected:?}");
    }
}

#[test]
#[rustfmt::skip]
fn what_is_stored_is_read_back_unless_the_question_changed() {
    let skin = options(SKIN);
    for (expected, typed) in [
        (Expected::FirstName, "Ana"),
        (Expected::Birthday, "5 March"),
        (Expected::Choice(&skin), "dry"),
        (Expected::YesNo, "yes"),
        (Expected::YesNo, "no"),
        (Expected::FreeText, "no nuts, thanks"),
    ] {
        let Answer::Value(value) = read_answer(expected, &Text::read(typed), DayFirst, today()) else { panic!("{typed}") };
        assert_eq!(ProfileValue::from_stored(expected, &value.as_stored()), Some(value));
    }
    for (expected, stored) in [
        (Expected::FirstName, ""),
        (Expected::Birthday, "02-30"),
        (Expected::Choice(&skin), "dry"),
        (Expected::YesNo, "Yes"),
        (Expected::FreeText, ""),
    ] {
        assert_eq!(ProfileValue::from_stored(expected, stored), None, "{expected:?}");
    }
}

proptest! {
    #[test]
    fn whatever_is_answered_can_be_stored_shown_and_read_back(
        typed in "(\\PC|\\s|\\p{Cf}|\\p{M}|[0-9a-e]|oily |dry |not |yes |no |🙂|第|一){0,30}",
        of in prop::collection::vec("(\\PC| |oily|dry|[0-9]){1,12}", 2..=9),
    ) {
        let text = Text::read(&typed);
        for expected in [Expected::FirstName, Expected::Birthday, Expected::FreeText, Expected::Choice(&of), Expected::YesNo] {
            skips(expected, &text);
            if let Answer::Value(value) = read_answer(expected, &text, MonthFirst, today()) {
                let stored = value.as_stored();
                prop_assert!(matches!(expected, Expected::Choice(_)) || !hides_something(&stored), "{stored:?}");
                prop_assert!(stored.chars().count() <= FREE_TEXT_MAX);
                prop_assert_eq!(ProfileValue::from_stored(expected, &stored), Some(value));
            }
        }
    }

    #[test]
    fn every_option_is_chosen_by_its_number_and_by_its_text(of in prop::collection::hash_set("[a-z]{2,9}( [a-z]{2,9}){0,2}", 2..=9)) {
        let of: Vec<String> = of.into_iter().collect();
        for (at, option) in of.iter().enumerate() {
            prop_assert_eq!(read(Expected::Choice(&of), option), Ok(option.clone()));
            prop_assert_eq!(read(Expected::Choice(&of), &(at + 1).to_string()), Ok(option.clone()));
        }
    }

    #[test]
    fn no_piece_repeated_makes_it_slow(piece in "(\\PC|oily |dry|not |oiyl |yes |我|a |1){1,8}") {
        let (text, of) = (Text::read(&piece.repeat(10_000)), options(&[
            "Oily skin", "Dry skin", "我 a b c d e f g h i j k l", "1",
        ]));
        let start = Instant::now();
        for expected in [Expected::FirstName, Expected::FreeText, Expected::Choice(&of), Expected::YesNo] {
            skips(expected, &text);
            read_answer(expected, &text, MonthFirst, today());
        }
        // A hundredfold of what it takes, so that a busy machine does not fail it.
        prop_assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    }
}
