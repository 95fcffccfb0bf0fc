use super::words::{DOUBTFUL_BEFORE, DOUBTFUL_BEHIND, GREETINGS, REQUESTS, THANKS};
use super::*;
use crate::text::Text;

fn core_of(typed: &str) -> String {
    Around::read(Text::read(typed).normal()).barest().map_or(String::new(), |bare| bare.core.to_owned())
}

#[test]
fn all_words_are_in_normal_form() {
    for word in [PLEASE, GREETINGS, THANKS, REQUESTS, DOUBTFUL_BEFORE, DOUBTFUL_BEHIND, REFUSALS].concat() {
        assert_eq!(Text::read(word).normal(), word);
    }
}

#[test]
fn what_stands_around_a_keyword_is_left_out() {
    for (typed, core) in [
        ("Hi, latte!", "latte"),
        ("hello there, please sign me up for latte, thank you so much 🙏", "latte"),
        ("☕ latte ☕☕", "latte"),
        ("Hola, latte por favor", "latte"),
        ("Bonjour, latte s'il vous plaît", "latte"),
        ("Bună ziua, latte vă rog", "latte"),
        ("你好，请给我拿铁，谢谢", "拿铁"),
        ("我要加入拿铁", "拿铁"),
        ("latte latte LATTE", "latte"),
        ("hi there", ""),
        ("please", ""),
        ("history latte", "history latte"),
        ("I don't like your latte", "i dont like your latte"),
        ("", ""),
    ] {
        assert_eq!(core_of(typed), core, "{typed}");
    }
}

#[test]
fn the_longest_that_may_be_a_phrase_comes_first() {
    let text = Text::read("hi, morning latte thanks 🙏");
    let cores: Vec<_> = without_courtesy(&text, &Around::of(&text)).map(|(core, _)| core).collect();
    assert_eq!(
        cores,
        [
            "hi morning latte thanks",
            "morning latte thanks 🙏",
            "hi morning latte",
            "morning latte thanks",
            "latte thanks 🙏",
            "morning latte",
            "latte thanks",
            "latte"
        ]
    );
    for typed in ["I want latte", &"hi ".repeat(500)] {
        let text = Text::read(typed);
        assert_eq!(without_courtesy(&text, &Around::of(&text)).count(), 0);
    }
}

#[test]
fn please_counts_where_it_is_said_to_the_keyword() {
    for (typed, please) in [
        ("latte pls", true),
        ("please latte", true),
        ("please sign me up for latte", false),
        ("please sign me up for latte please", true),
        ("latte thanks", false),
    ] {
        let text = Text::read(typed);
        assert_eq!(Around::read(text.normal()).barest().unwrap().please, please, "{typed}");
    }
}
