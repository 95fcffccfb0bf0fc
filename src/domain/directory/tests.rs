use super::*;
use crate::{
    keyword::{KeywordRule, Phrase},
    language::Language,
    machine::{self, MachineKind},
    profile::{birthday::DateOrder, question::SignUpQuestions},
    shop::OptIn,
};
use chrono::{Duration, TimeZone};
use serde_json::Value;

const SENDER: Uuid = Uuid::from_u128(1);

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 5, 1, 12, 0, 0).unwrap()
}

fn shop(number: u128) -> Shop {
    Shop {
        id: Uuid::from_u128(number),
        merchant_id: Uuid::from_u128(7),
        sender_id: SENDER,
        name: format!("Shop {number}"),
        time_zone: chrono_tz::UTC,
        language: Language::default(),
        currency: "USD".into(),
        opt_in: OptIn::Single,
        welcome_points: 0,
        contact: String::new(),
        terms: String::new(),
        messages_per_month: 4,
        sign_up: SignUpQuestions::default(),
        date_order: DateOrder::MonthFirst,
        telling: Default::default(),
        program_id: Uuid::from_u128(number),
        created_at: now(),
    }
}

/// A keyword of a shop, live from so many days before now to so many after.
fn keyword(number: u128, shop: u128, phrase: &str, days: (Option<i64>, Option<i64>)) -> Keyword {
    Keyword {
        id: Uuid::from_u128(number),
        shop_id: Uuid::from_u128(shop),
        sender_id: SENDER,
        phrase: Phrase::parse(phrase).unwrap(),
        source: None,
        language: None,
        starts_at: days.0.map(|days| now() + Duration::days(days)),
        ends_at: days.1.map(|days| now() + Duration::days(days)),
        created_at: now(),
    }
}

/// A directory of these phrases, each of a shop of its own.
fn directory(phrases: &[&str]) -> Directory {
    let mut directory = Directory::default();
    for (number, phrase) in (1..).zip(phrases) {
        directory.put_shop(shop(number));
        directory.put_keyword(keyword(100 + number, number, phrase, (None, None)));
    }
    directory
}

/// What is found, in short: the rule and phrase, or the phrases that are asked about.
fn found(directory: &Directory, typed: &str) -> String {
    match directory.find(SENDER, &Text::read(typed), now()) {
        Found::Keyword { keyword, rule, .. } => format!("{} {}", rule.name(), keyword.phrase.display()),
        Found::Past { keyword, current, .. } => {
            format!(
                "past {} now {}",
                keyword.phrase.display(),
                current.map_or("none", |keyword| keyword.phrase.display())
            )
        }
        Found::Near(near) => {
            let phrases: Vec<_> = near.iter().map(|(keyword, _)| keyword.phrase.display()).collect();
            format!("near {}", phrases.join(", "))
        }
        Found::Nothing => "nothing".into(),
    }
}

#[test]
fn the_longest_phrase_wins() {
    let directory = directory(&["COFFEE", "COFFEE PLS", "COFFEE PLS MONDAY"]);
    for (typed, expected) in [
        ("coffee", "exact COFFEE"),
        ("coffee pls", "exact COFFEE PLS"),
        ("coffee please", "courtesy COFFEE PLS"),
        ("hi coffee thanks", "courtesy COFFEE"),
        ("hi, coffee pls monday!", "courtesy COFFEE PLS MONDAY"),
        ("coffee please monday", "courtesy COFFEE PLS MONDAY"),
        ("coffeeplsmonday", "joined COFFEE PLS MONDAY"),
        ("please sign me up for coffee", "request COFFEE"),
        ("cofee", "near COFFEE"),
        ("cofee pls mnday", "near COFFEE PLS MONDAY"),
    ] {
        assert_eq!(found(&directory, typed), expected, "{typed}");
    }
}

#[test]
fn two_that_are_equally_near_are_both_offered() {
    let directory = directory(&["BREAD 1", "BREAD 2", "ROLLS", "ROLLED OATS"]);
    for (typed, expected) in [
        ("bread", "near BREAD 1, BREAD 2"),
        ("bread 3", "near BREAD 1, BREAD 2"),
        ("bred 2", "near BREAD 2"),
        ("roll", "near ROLLS"),
        ("rolld oats", "near ROLLED OATS"),
        ("cake", "nothing"),
    ] {
        assert_eq!(found(&directory, typed), expected, "{typed}");
    }
}

#[test]
fn emoji_and_chinese_keywords_are_found() {
    let directory = directory(&["☕", "拿铁咖啡", "CAFÉ ☕"]);
    for (typed, expected) in [
        ("☕☕", "repeated ☕"),
        ("hi ☕", "courtesy ☕"),
        ("你好，请给拿铁咖啡，谢谢", "near 拿铁咖啡"),
        ("你好，拿铁咖啡，谢谢", "courtesy 拿铁咖啡"),
        ("我要加入拿铁咖啡", "request 拿铁咖啡"),
        ("我想要拿铁咖啡", "near 拿铁咖啡"),
        ("cafe☕", "exact CAFÉ ☕"),
        ("cafe", "near CAFÉ ☕"),
        ("🙂", "nothing"),
        ("hi! ☕ please", "courtesy ☕"),
        ("☕ pls", "courtesy ☕"),
        ("☕ 🙏", "picture ☕"),
        ("🙏 ☕", "picture ☕"),
        ("请帮我加入拿铁咖啡", "request 拿铁咖啡"),
        ("麻烦帮我报名一下拿铁咖啡，谢谢", "request 拿铁咖啡"),
        ("可以帮我注册拿铁咖啡吗", "near 拿铁咖啡"),
        ("帮我拿铁咖啡", "nothing"),
    ] {
        assert_eq!(found(&directory, typed), expected, "{typed}");
    }
}

#[test]
#[rustfmt::skip]
fn a_please_written_out_or_misspelled_is_a_please() {
    for (phrase, sure, near) in [
        ("CAFÉ SVP", &["café s'il vous plaît", "bonjour madame, café s'il vous plaît, merci 🙏", "bonjour monsieur café s'il te plaît", "cafe silvousplait",
            "bonjour, je veux m'inscrire : café svp", "café svp merci madame"][..], &["cafe svpp", "cafe s'il vous plais", "un café svp", "cafee"][..]),
        ("CAFÉ POR FAVOR", &["cafe porfa", "buenas tardes señorita, café por favor, muchas gracias", "quiero inscribirme: cafe por favor", "cafe x favor"],
            &["cafe por fabor", "cafe por favorr", "cafe porfabor", "por fabor cafe", "quiero cafe por favor"]),
        ("CAFEA VĂ ROG", &["cafea te rog", "bună ziua doamnă, cafea vă rog", "puteti sa ma inscrieti la cafea va rog"], &["cafea va roog", "o cafea va rog"]),
        ("COFFEE PLS", &["coffee pls and thank you", "coffee please and thank you very much", "hey guys coffee pls", "coffee pls thx so much", "c o f f e e p l s",
            "code coffee pls", "the code is coffee pls", "reply coffee pls", "coffee pl s", "can you please sign me up for coffee pls", "Hello I would like to sign up. Coffee pls",
            "thanks coffee pls", "COFFEE PLS 🙏🙏", "COFFEE PLS?"],
            &["coffee place", "Coffee plus", "coffe", "Text coffee pls to join", "coffee pleas3", "cofee pleaze", "cofeepls"]),
    ] {
        let directory = directory(&[phrase, "BREAD"]);
        for typed in sure {
            let found = found(&directory, typed);
            assert!(found.ends_with(phrase) && !found.starts_with("near"), "{typed}: {found}");
        }
        for typed in near {
            assert_eq!(found(&directory, typed), format!("near {phrase}"), "{typed}");
        }
    }
    let directory = directory(&["CAFÉ", "TAZA"]);
    for typed in ["cafe place", "cafe svvp", "cafe stop"] {
        assert_eq!(found(&directory, typed), "nothing", "{typed}");
    }
}

#[test]
fn a_keyword_in_full_amid_other_words_is_asked_about_and_several_are() {
    let directory = directory(&["COFFEE PLS", "BREAD PLS", "TULIP", "ROSE", "GOOD CAKE"]);
    for (typed, expected) in [
        ("coffee pls bread pls", "near COFFEE PLS, BREAD PLS"),
        ("Coffee pls. Bread please!", "near COFFEE PLS, BREAD PLS"),
        ("bread pls and coffee pls please", "near BREAD PLS, COFFEE PLS"),
        ("tulip and rose", "near TULIP, ROSE"),
        ("coffee pls tulip", "near COFFEE PLS, TULIP"),
        ("coffee pls my name is Ana", "near COFFEE PLS"),
        ("coffee please, I'm Ana", "near COFFEE PLS"),
        ("coffee pls to 415 555 0100", "near COFFEE PLS"),
        ("my friend told me to text coffee pls", "near COFFEE PLS"),
        ("hi Bean There, good cake", "near GOOD CAKE"),
        ("COFFEE PLS - Ana", "near COFFEE PLS"),
        ("no coffee pls", "nothing"),
        ("I don't want your coffee pls call me", "nothing"),
        ("please stop coffee pls", "nothing"),
        ("the tulip was red", "nothing"),
        ("rose is my name", "nothing"),
        ("coffee with milk pls", "nothing"),
        ("is this the coffee place?", "nothing"),
    ] {
        assert_eq!(found(&directory, typed), expected, "{typed}");
    }
}

#[test]
fn a_past_campaign_is_known_and_a_coming_one_is_not() {
    let mut directory = Directory::default();
    directory.put_shop(shop(1));
    directory.put_keyword(keyword(11, 1, "SPRING LATTE", (Some(-60), Some(-30))));
    directory.put_keyword(keyword(12, 1, "AUTUMN LATTE", (Some(30), None)));
    assert_eq!(found(&directory, "spring latte"), "past SPRING LATTE now none");
    assert_eq!(found(&directory, "autumn latte"), "nothing");
    directory.put_keyword(keyword(13, 1, "SUMMER LATTE", (Some(-1), Some(30))));
    assert_eq!(found(&directory, "Spring latte"), "past SPRING LATTE now SUMMER LATTE");
    assert_eq!(found(&directory, "hi springlatte"), "past SPRING LATTE now SUMMER LATTE");
    assert_eq!(found(&directory, "sumer latte"), "near SUMMER LATTE");
    assert_eq!(found(&directory, "sprng latte"), "nothing", "no question about what is over");
    directory.put_keyword(keyword(14, 1, "SPRING LATTE", (Some(-1), None)));
    assert_eq!(found(&directory, "spring latte"), "exact SPRING LATTE");
}

#[test]
fn all_tricky_texts_that_are_for_keywords_or_machines_come_out_as_each_says() {
    let facts: Value = serde_json::from_str(include_str!("../../../tests/vectors/keywords.json")).unwrap();
    let directory = directory(&["COFFEE PLS"]);
    let mut wrong = Vec::new();
    for case in facts["tricky_inputs"].as_array().unwrap() {
        let text = Text::read(case["text"].as_str().unwrap());
        let class = match machine::kind(&text).map(|made| made.kind) {
            Some(MachineKind::Reaction) => "REACTION",
            Some(MachineKind::SystemText) => "OTHER",
            Some(_) => "AUTO_REPLY",
            None if text.is_blank() => "EMPTY",
            None => match directory.find(SENDER, &text, now()) {
                Found::Keyword { .. } => "KEYWORD",
                Found::Near(_) => "REVIEW",
                Found::Past { .. } | Found::Nothing => "OTHER",
            },
        };
        let accepted: Vec<&str> = std::iter::once(&case["expected"])
            .chain(case["also_acceptable"].as_array().unwrap())
            .map(|class| class.as_str().unwrap())
            .collect();
        let is_ours = ["KEYWORD", "REACTION", "AUTO_REPLY", "EMPTY"];
        let expected_elsewhere = class == "OTHER" && !is_ours.contains(&accepted[0]);
        if !accepted.contains(&class) && !expected_elsewhere {
            wrong.push(format!("{}: {class}, not {accepted:?}", case["id"]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn rules_have_names_of_their_own() {
    use KeywordRule::{Courtesy, Exact, Joined, Picture, Repeated, Request};
    let names: std::collections::BTreeSet<_> =
        [Exact, Picture, Courtesy, Request, Repeated, Joined].map(KeywordRule::name).into_iter().collect();
    assert_eq!(names.len(), 6);
}

#[test]
fn phrases_are_like_each_other_whichever_is_texted() {
    let directory = directory(&["COFFEE PLS", "BREAD", "BEAN"]);
    for (typed, expected) in [
        ("Coffee pls", Some("COFFEE PLS")),
        ("COFFEE", Some("COFFEE PLS")),
        ("COFFEEPLS", Some("COFFEE PLS")),
        ("bred pls", Some("BREAD")),
        ("HI BREAD", Some("BREAD")),
        ("THE BEAN", Some("BEAN")),
        ("CAKE", None),
    ] {
        let like = directory.like(SENDER, &Phrase::parse(typed).unwrap());
        assert_eq!(like.first().map(|(_, keyword)| keyword.phrase.display()), expected, "{typed}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_a_find_look_at_more_than_its_share(
        words in proptest::collection::vec("(hi|please|coffee|cofe|pls|12|the|☕|咖啡|[a-c]{1,9}|\\PC{0,20})", 0..300)
    ) {
        let index = crowd();
        let text = Text::read(&words.join(" "));
        let mut candidates = Vec::new();
        if let Some(wanted) = crate::keyword::Wanted::read(&text) {
            let rounds = 0..wanted.rounds();
            let looked_at: usize = rounds.map(|round| index.gather(SENDER, &wanted, round, &mut candidates)).sum();
            proptest::prop_assert!(looked_at <= 2_000, "{looked_at} for {text:?}");
        }
        proptest::prop_assert!(candidates.len() <= crate::keyword::CANDIDATES_MAX);
        proptest::prop_assert!(crate::keyword::without_courtesy(&text, &crate::keyword::Around::of(&text)).count() < 50);
    }
}

/// Thousands of keywords with one beginning, and thousands of the same few letters.
fn crowd() -> &'static crate::keyword::KeywordIndex {
    static CROWD: std::sync::LazyLock<crate::keyword::KeywordIndex> = std::sync::LazyLock::new(|| {
        let mut index = crate::keyword::KeywordIndex::new();
        let letters = |number: usize| (0..7).map(move |place| ['a', 'b', 'c'][number / 3_usize.pow(place) % 3]);
        let phrases = (0..2_000).map(|number| format!("coffee pls {number}"));
        for (number, phrase) in (0..).zip(phrases.chain((0..2_187).map(|number| letters(number).collect()))) {
            index.insert(SENDER, &Phrase::parse(&phrase).unwrap(), crate::keyword::Place(number));
        }
        index
    });
    &CROWD
}
