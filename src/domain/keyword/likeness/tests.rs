use super::*;

fn likeness(typed: &str, phrase: &str) -> Option<Likeness> {
    let phrase = Phrase::parse(phrase).unwrap();
    Wanted::read(&Text::read(typed))?.likeness(&phrase)
}

fn same(typed: &str, phrase: &str) -> Option<KeywordRule> {
    match likeness(typed, phrase) {
        Some(Likeness::Same { rule, .. }) => Some(rule),
        _ => None,
    }
}

#[test]
fn courtesy_requests_pictures_and_blanks_change_no_keyword() {
    use KeywordRule::{Courtesy, Joined, Picture, Repeated, Request};
    for (typed, phrase, rule) in [
        ("hi, coffee please!", "COFFEE PLS", Courtesy),
        ("COFFEE PLZ", "COFFEE PLS", Courtesy),
        ("Coffee PLS thanks!", "COFFEE PLS", Courtesy),
        ("pls coffee", "COFFEE PLS", Courtesy),
        ("coffee por favor", "COFFEE PLS", Courtesy),
        ("latte pls", "LATTE", Courtesy),
        ("请给拿铁咖啡", "给拿铁咖啡", Courtesy),
        ("☕ coffee please ☕", "COFFEE PLS", Courtesy),
        ("☕ latte", "LATTE", Picture),
        ("text COFFEE PLS", "COFFEE PLS", Request),
        ("Please sign me up for coffee pls", "COFFEE PLS", Request),
        ("我要加入拿铁咖啡", "拿铁咖啡", Request),
        ("coffee pls coffee pls", "COFFEE PLS", Repeated),
        ("COFFEEPLS", "COFFEE PLS", Joined),
        ("coffeeplease", "COFFEE PLS", Joined),
        ("cof fee pls", "COFFEE PLS", Joined),
        ("iced latte", "ICEDLATTE", Joined),
    ] {
        assert_eq!(same(typed, phrase), Some(rule), "{typed} for {phrase}");
    }
}

#[test]
fn a_near_miss_is_asked_about() {
    for (typed, phrase, slips) in [
        ("cofee pls", "COFFEE PLS", 1),
        ("coffe plz", "COFFEE PLS", 1),
        ("cofefe pls", "COFFEE PLS", 1),
        ("coffee pks", "COFFEE PLS", 1),
        ("hi, kofee pls thanks", "COFFEE PLS", 1),
        ("coffeee plss", "COFFEE PLS", 1),
        ("coffee", "COFFEE PLS", 1),
        ("late", "LATTE", 1),
        ("c0ffee pls", "COFFEE PLS", 1),
        ("coffee", "COFFEE ☕", 1),
        ("coffee pls 2", "COFFEE PLS", 1),
        ("i want latte", "LATTE", 0),
        ("text coffee pls to join", "COFFEE PLS", 0),
    ] {
        assert_eq!(likeness(typed, phrase), Some(Likeness::Near(slips)), "{typed} for {phrase}");
    }
    assert_eq!(likeness("> coffee pls", "COFFEE PLS"), Some(Likeness::Near(0)));
    assert_eq!(likeness("p et", "PET"), Some(Likeness::Near(0)));
}

#[test]
fn what_says_something_else_is_no_keyword() {
    for (typed, phrase) in [
        ("I don't like your coffee pls call me", "COFFEE PLS"),
        ("no coffee pls", "COFFEE PLS"),
        ("I don't want coffee pls stop", "COFFEE PLS"),
        ("COFFEE PLS STOP", "COFFEE PLS"),
        ("cat", "CAR"),
        ("pls", "COFFEE PLS"),
        ("hello", "HALLO PLS"),
        ("thanks", "TANKS"),
        ("tea pls", "COFFEE PLS"),
        ("", "COFFEE PLS"),
        ("咖非", "咖啡"),
    ] {
        assert_eq!(likeness(typed, phrase), None, "{typed} for {phrase}");
    }
    assert!(Wanted::read(&Text::read(&"coffee pls ".repeat(140))).is_none());
}
