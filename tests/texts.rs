//! Every reply there is: its alphabet, its segments, its lawful parts.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use regulars::{
    domain::{
        conversation::Enrolment,
        language::Language,
        segment::{Encoding, count, first_non_gsm},
        shop::OptIn,
    },
    stage::rehearsal::{Rehearsal, SCRIPTS, Sign},
};

/// The most segments that a reply takes, on a shop with a name of ordinary length.
const SEGMENTS_MAX: usize = 2;
/// The same where names are as long as they may be.
const SEGMENTS_MAX_LONG_NAMED: usize = 3;
/// The same in Chinese, whose segments hold fewer than half as many characters.
const SEGMENTS_MAX_LONG_NAMED_UCS2: usize = 6;
/// Twilio refuses a longer text. (Error 21617)
const CHARACTERS_MAX: usize = 1_600;

/// A name of 80 characters.
fn long_named(index: usize) -> Sign {
    let name = format!("{index} The Original Corner Bakery, Delicatessen & Coffee Roasters of Old Town Harbor");
    Sign { name: name.chars().take(80).collect(), ..Sign::ordinary(index) }
}

/// Everything as long as the API lets it be: 80, 120 and 60 characters.
fn long_in_all(index: usize) -> Sign {
    let contact = format!("https://www.{}.example/help", "the-original-corner-bakery.".repeat(4));
    let phrase = format!("COFFEE PLS {index} {}", "deliciously".repeat(5));
    Sign {
        contact: contact.chars().take(120).collect(),
        phrase: phrase.chars().take(60).collect(),
        ..long_named(index)
    }
}

struct World(Rehearsal);

impl World {
    fn new(language: Language, opt_in: OptIn, shops: usize) -> Self {
        Self::with_signs(language, opt_in, shops, Sign::ordinary)
    }

    fn with_signs(language: Language, opt_in: OptIn, shops: usize, sign: fn(usize) -> Sign) -> Self {
        Self(Rehearsal::new(language, opt_in, shops, sign).unwrap())
    }

    fn member_of(&self, shops: usize) -> Vec<Enrolment> {
        self.0.member_of(shops)
    }

    /// What is read after these texts, the last one's replies only.
    fn read(&self, enrolments: &[Enrolment], texts: &[&str]) -> Vec<String> {
        self.0.say(enrolments, texts).into_iter().map(|said| said.body).collect()
    }
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
}

#[test]
fn every_reply_stays_in_gsm_7_and_in_its_budget() {
    let mut replies = 0;
    for language in Language::all() {
        for opt_in in [OptIn::Single, OptIn::Double] {
            let world = World::new(language, opt_in, 5);
            for joined in [0, 1, 2, 5] {
                for texts in SCRIPTS {
                    for reply in world.read(&world.member_of(joined), texts) {
                        let segments = count(&reply);
                        let odd = first_non_gsm(&reply);
                        assert!(segments.encoding == Encoding::Gsm7 || is_chinese(&reply), "{odd:?} in {reply:?}");
                        assert!(segments.segments <= SEGMENTS_MAX, "{} segments: {reply:?}", segments.segments);
                        replies += 1;
                    }
                }
            }
        }
    }
    assert!(replies > 100, "only {replies} replies were looked at");
}

/// More shops than anybody joins.
const MANY: usize = 40;

/// All that is said where there are many shops, to members of none, some and all of them.
fn said_among_many_shops(signs: fn(usize) -> Sign) -> Vec<String> {
    let mut said = Vec::new();
    for language in Language::all() {
        for opt_in in [OptIn::Single, OptIn::Double] {
            let world = World::with_signs(language, opt_in, MANY, signs);
            let phrase = signs(0).phrase;
            for joined in [0, 1, 2, 3, 4, 10, MANY] {
                for texts in SCRIPTS {
                    let texts: Vec<&str> =
                        texts.iter().map(|text| if *text == "COFFEE PLS 0" { &phrase } else { *text }).collect();
                    said.extend(world.read(&world.member_of(joined), &texts));
                }
            }
        }
    }
    said
}

#[test]
fn many_shops_with_long_names_fit_three_segments() {
    for reply in said_among_many_shops(long_named) {
        let segments = count(&reply).segments;
        let most = if is_chinese(&reply) { SEGMENTS_MAX_LONG_NAMED_UCS2 } else { SEGMENTS_MAX_LONG_NAMED };
        assert!(segments <= most, "{segments} segments: {reply:?}");
    }
}

#[test]
fn no_reply_is_longer_than_the_carrier_takes_whatever_a_merchant_types() {
    let said = said_among_many_shops(long_in_all);
    assert!(said.len() > 100, "only {} replies were looked at", said.len());
    for reply in said {
        let characters = reply.chars().count();
        assert!(characters <= CHARACTERS_MAX, "{characters} characters: {reply:?}");
    }
}

#[test]
fn the_lawful_parts_stay_where_there_are_many_shops() {
    for signs in [long_named, long_in_all] {
        for (code, rates, how_often) in
            [("en", "Msg & data rates may apply", "300"), ("es", "Pueden aplicarse tarifas de SMS y datos", "300")]
        {
            let world = World::with_signs(Language::from_code(code).unwrap(), OptIn::Single, 10, signs);
            for texts in [&["HELP"][..], &["STOP", "START"], &["START"]] {
                let reply = world.read(&world.member_of(10), texts).join("");
                for part in [rates, how_often, "STOP", &signs(0).name] {
                    assert!(reply.contains(part), "{part:?} is missing in {reply:?}");
                }
            }
        }
    }
}

#[test]
fn of_many_shops_three_are_named_and_the_rest_is_counted() {
    for (code, more) in [("en", "and 7 more"), ("es", "y otras 7 tiendas")] {
        let world = World::new(Language::from_code(code).unwrap(), OptIn::Single, 10);
        for (joined, texts) in [(10, "HELP"), (10, "STOP"), (10, "START"), (0, "HELP"), (0, "STOP")] {
            let reply = world.read(&world.member_of(joined), &[texts]).join("");
            assert!(reply.contains("Bean There 2") && !reply.contains("Bean There 3"), "{texts}: {reply:?}");
            assert!(reply.contains(more), "{texts}: {more:?} is missing in {reply:?}");
        }
    }
}

#[test]
fn a_member_of_forty_shops_reads_one_short_balance() {
    let world = World::new(Language::default(), OptIn::Single, MANY);
    let reply = world.read(&world.member_of(MANY), &["BAL"]).join("");
    let lines: Vec<&str> = reply.lines().collect();
    assert_eq!(lines[0], "Bean There 0: 12345 points");
    assert_eq!(lines[10..], ["and 30 more"]);
}

#[test]
fn start_says_again_only_to_who_had_stopped() {
    for (code, stopped, never) in
        [("en", "messages are on again", "messages are on,"), ("es", "vuelves a recibir", "ya recibes")]
    {
        let world = World::new(Language::from_code(code).unwrap(), OptIn::Single, 1);
        for joined in [0, 1] {
            let member = world.member_of(joined);
            let again = world.read(&member, &["STOP", "START"]).join("").to_lowercase();
            assert!(again.contains(stopped), "{again:?}");
            let first = world.read(&member, &["START"]).join("").to_lowercase().replace("on.", "on,");
            assert!(first.contains(never) && !first.contains(stopped), "{first:?}");
        }
    }
}

#[test]
fn a_confirmation_says_who_how_often_what_it_costs_and_how_to_get_help_and_out() {
    for (code, parts) in [
        ("en", ["Bean There 0", "Recurring", "30/month", "Msg & data rates may apply", "HELP", "STOP"]),
        (
            "es",
            ["Bean There 0", "recurrentes", "30 al mes", "Pueden aplicarse tarifas de SMS y datos", "AYUDA", "STOP"],
        ),
    ] {
        let language = Language::from_code(code).unwrap();
        let single = World::new(language, OptIn::Single, 1);
        let double = World::new(language, OptIn::Double, 1);
        for reply in [
            single.read(&[], &["COFFEE PLS 0"]),
            double.read(&[], &["COFFEE PLS 0"]),
            double.read(&[], &["COFFEE PLS 0", "YES"]),
            single.read(&single.member_of(1), &["STOP", "COFFEE PLS 0"]),
        ] {
            let reply = reply.join("").replace("recurring", "Recurring").replace("Mensajes recurrentes", "recurrentes");
            for part in parts {
                assert!(reply.contains(part), "{part:?} is missing in {reply:?}");
            }
        }
    }
}

#[test]
fn help_names_the_shop_its_contact_and_stop() {
    for language in Language::all() {
        let world = World::new(language, OptIn::Single, 1);
        let reply = world.read(&world.member_of(1), &["HELP"]).join("");
        for part in ["Bean There 0", "hi@beanthere.example", "STOP", "30"] {
            assert!(reply.contains(part), "{part:?} is missing in {reply:?}");
        }
    }
}

#[test]
fn the_same_text_always_gives_the_same_turn() {
    let world = World::new(Language::default(), OptIn::Single, 2);
    assert_eq!(world.read(&[], &["COFFEE PLS 0"]), world.read(&[], &["COFFEE PLS 0"]));
}
