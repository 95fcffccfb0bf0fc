use super::*;

const ANA: &str = "+14155550123";

fn us() -> Country {
    Country::from_code("US").unwrap()
}

fn asked(typed: &str) -> Option<Asked> {
    read(typed, us()).map(|text| text.asked)
}

fn spend(amount: &str) -> Option<Asked> {
    Some(Asked::Spend(ANA.to_owned(), amount.parse().unwrap()))
}

#[test]
fn a_phone_is_read_as_people_write_it() {
    for typed in [
        "PUNCH 4155550123",
        "punch 415-555-0123",
        "Punch (415) 555 0123",
        "PUNCH +1 415 555 0123",
        "punch: 1-415-555-0123",
        "visit 415.555.0123",
        "sello 4155550123",
        "tampon 4155550123",
        "stampila 4155550123",
        "ștampilă 4155550123",
        "打卡4155550123",
        "打卡 ４１５５５５０１２３",
    ] {
        assert_eq!(asked(typed), Some(Asked::Punch(ANA.to_owned())), "{typed}");
    }
    let romania = Country::from_code("RO").unwrap();
    assert_eq!(
        read("PUNCH 0712 345 678", romania).map(|text| text.asked),
        Some(Asked::Punch("+40712345678".to_owned()))
    );
}

#[test]
fn an_amount_stands_before_or_behind_the_phone() {
    for typed in [
        "SPEND 4155550123 12.50",
        "SPEND 12.50 4155550123",
        "spend 415 555 0123 $12.50",
        "spend $12.50 415 555 0123",
        "SPEND 12,50 (415) 555-0123",
        "spend 12.50 usd 4155550123",
        "gasto 4155550123 12,50",
        "消费 4155550123 12.50元",
    ] {
        assert_eq!(asked(typed), spend("12.50"), "{typed}");
    }
    assert_eq!(asked("SPEND 4155550123 12"), spend("12"));
    assert_eq!(asked("SPEND 12 415 555 0123"), spend("12"));
    assert_eq!(asked("SPEND 1,250.00 4155550123"), spend("1250"));
    assert_eq!(asked("SPEND 4155550123 1.250"), spend("1250"));
}

#[test]
fn what_cannot_be_read_is_asked_again() {
    for typed in [
        "PUNCH",
        "PUNCH 415555",
        "SPEND 4155550123",
        "SPEND 12.50",
        "SPEND 4155550123 0",
        "SPEND",
        "PUNCH 41555501231234567890",
        "PUNCH 4155550123 4155550124",
        "INVITE 12345",
    ] {
        assert_eq!(asked(typed), Some(Asked::Unclear), "{typed}");
    }
}

#[test]
fn what_a_member_texts_is_no_order() {
    for typed in [
        "",
        "REDEEM",
        "REDEEM 2",
        "redeem coffee",
        "redeem 50 points",
        "spend my points",
        "INVITE",
        "invite a friend",
        "undo that please",
        "BAL",
        "stop",
        "I will visit you at 5",
        "COFFEE PLS",
        "punch card",
        "4155550123",
        "PUNCH 4155550123\nPUNCH 4155550124",
    ] {
        assert_eq!(asked(typed), None, "{typed}");
    }
    assert_eq!(asked(&format!("PUNCH 4155550123{}", " ".repeat(200))), None);
}

#[test]
fn a_code_is_read_as_it_is_shown_and_a_shop_by_its_number() {
    let code = Some(Asked::Redeem("K7TM3X".to_owned()));
    for typed in ["REDEEM K7T-M3X", "redeem k7tm3x", "Redeem K7T M3X", "canjear K7TM3X", "兑换K7TM3X"] {
        assert_eq!(asked(typed), code, "{typed}");
    }
    assert_eq!(asked("UNDO"), Some(Asked::Undo));
    assert_eq!(asked("Deshacer."), Some(Asked::Undo));
    assert_eq!(asked("撤销"), Some(Asked::Undo));
    let text = read("PUNCH 4155550123 #2", us()).unwrap();
    assert_eq!((text.asked, text.shop), (Asked::Punch(ANA.to_owned()), Some(2)));
    assert_eq!(read("UNDO #1", us()).unwrap().shop, Some(1));
}
