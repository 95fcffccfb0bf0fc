use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::DateOrder::{DayFirst, MonthFirst};
use super::*;

fn day(month: u8, day: u8) -> Birthday {
    Birthday::new(month, day).unwrap()
}

/// Those that are read otherwise, all at once: one sees at a glance what a change breaks.
fn misread(
    order: DateOrder,
    expected: Result<Birthday, NoBirthday>,
    typed: &[&str],
) -> Vec<(String, Result<Birthday, NoBirthday>)> {
    let read = typed.iter().map(|typed| ((*typed).to_owned(), read(typed, order)));
    read.filter(|(_, read)| *read != expected).collect()
}

fn all_read(month: u8, number: u8, typed: &[&str]) {
    for order in [MonthFirst, DayFirst] {
        assert_eq!(misread(order, Ok(day(month, number)), typed), [], "{order:?}");
    }
}

fn none_read(reason: NoBirthday, typed: &[&str]) {
    for order in [MonthFirst, DayFirst] {
        assert_eq!(misread(order, Err(reason), typed), [], "{order:?}");
    }
}

#[test]
#[rustfmt::skip]
fn a_month_and_a_day_in_five_languages() {
    all_read(
        3,
        5,
        &[
            "March 5", "5 March", "march 5th", "Mar 5", "5 mar", "the 5th of March", "5th march", "5th of march",
            "MARCH 5TH!!", "March the 5th", "march fifth", "fifth of march", "the fifth of March", "March five",
            "mar. 5", "5 mar.", "March, 5", "5 de marzo", "el 5 de marzo", "marzo 5", "5 marzo", "5 del mes de marzo",
            "cinco de marzo", "5 de Marzo del 90", "día 5 de marzo", "5 mars", "le 5 mars", "cinq mars",
            "5 du mois de mars", "mars 5", "le cinq mars", "5 martie", "pe 5 martie", "cinci martie", "5 mart",
            "martie 5", "5 ale lunii martie", "5 luna martie", "data de 5 martie", "3月5日", "3月5号", "3月5號", "三月五号",
            "三月五日", "三月五", "3月5", "03月05日", "３月５日", "3 月 5 日", "3月份5号", "阳历3月5日", "5.March", "5-mar", "5/mar",
            "March-5", "5March", "march5", "mar5th", "5-Mar-1990", "Mar-05-90", "05/MAR/1990",
        ],
    );
}

#[test]
#[rustfmt::skip]
fn the_first_and_the_last_and_the_leap_day() {
    all_read(
        1,
        1,
        &[
            "1er janvier", "1º de enero", "1° janvier", "primero de enero", "1 ianuarie", "întâi ianuarie",
            "1ro de enero", "Jan 1st", "le premier janvier", "1月1日", "一月一号", "first of january",
            "New year's baby: January 1",
        ],
    );
    all_read(4, 1, &["1er avril", "le 1ᵉʳ avril", "le premier d'avril", "premier avril", "1-er avril"]);
    all_read(
        5,
        1,
        &[
            "1 mai", "întâi mai", "1er mai", "le premier mai", "pe întâi mai", "May Day, May 1", "uno de mayo",
            "may first",
        ],
    );
    all_read(
        12,
        31,
        &[
            "31 décembre", "31 decembrie", "treinta y uno de diciembre", "trente et un décembre",
            "treizeci și unu decembrie", "12月31日", "十二月三十一号", "December thirty-first", "dec 31st", "31/12", "12/31",
            "31.12.", "1990-12-31", "31121999", "12311999",
        ],
    );
    all_read(
        2,
        29,
        &[
            "29 February", "Feb 29th", "I was born 29 Feb", "29 de febrero", "29 février", "29 februarie", "2月29日",
            "29/2", "2/29", "29.02.1992", "1992-02-29", "Feb 29 1991", "vingt-neuf février",
            "douăzeci și nouă februarie", "twenty ninth of february",
        ],
    );
}

#[test]
#[rustfmt::skip]
fn numbers_in_the_order_of_the_shop() {
    let typed = [
        "5/3", "5-3", "5.3", "5.3.", "05/03", "05.03.", "5 / 3", "05.03.1990", "05/03/1990", "5-3-90", "05 03 1990",
        "5/3/90", "5/3/’90", "５／３", "5・3", "0503", "050390", "05031990", "5 3", "5_3", "5–3", "5\\3", "5|3",
        "5️⃣/3️⃣", "My birthday is 5/3", "5/3 thanks!", "it's 5/3 🎂", "5/3, 1990", "mi cumple es el 5/3",
        "Mon anniversaire est le 5/3", "ziua mea e pe 5.3", "我的生日是5/3", "on 5/3", "umm 5/3 lol", "Hi! 5/3. Thanks :)",
        "(5/3)", "Birthday: 5/3", "I turned 34 last week, my birthday was 5/3",
    ];
    assert_eq!(misread(MonthFirst, Ok(day(5, 3)), &typed), []);
    assert_eq!(misread(DayFirst, Ok(day(3, 5)), &typed), []);
}

#[test]
#[rustfmt::skip]
fn some_numbers_have_one_order_everywhere() {
    all_read(
        3,
        25,
        &[
            "25/3", "3/25", "25.03.", "03-25", "25/03/1990", "3/25/90", "0325", "2503", "250390", "25 3", "三月二十五日",
            "三月廿五", "三月二五", "3月二十五号",
        ],
    );
    all_read(
        3,
        5,
        &[
            "1990-03-05", "1990/3/5", "1990.03.05", "19900305", "90/03/05", "900305", "1990年3月5日", "90年3月5日",
            "一九九〇年三月五日", "5.III", "5/III/1990", "05.III.1990", "5 III", "III-5", "el 5 del 3", "5 del 3 del 90",
            "le 5 du 3", "the 5th of the 3rd", "pe 5 luna 3", "3/5日", "3.5号",
        ],
    );
}

#[test]
#[rustfmt::skip]
fn names_are_read_without_accents_with_a_mistake_and_after_weekdays() {
    all_read(
        2,
        14,
        &[
            "Febuary 14", "feburary 14th", "14 fevrier", "14 FÉVRIER", "14 de febreo", "14 februare", "14 febr",
            "fev 14", "Fri Feb 14", "vendredi 14 février", "viernes, 14 de febrero", "vineri 14 februarie",
            "Friday, February the 14th", "14 févr.", "February 14 (Valentine's lol)",
        ],
    );
    all_read(
        8,
        15,
        ["15 aout", "15 août", "agosto 15", "15 d'août", "Agust 15", "aug 15", "15 AUG", "15 ago", "15 auguste"]
            .split_last()
            .unwrap()
            .1,
    );
    all_read(
        9,
        17,
        &[
            "17 sept", "Sept. 17", "septembre 17", "dix-sept septembre", "setiembre 17", "17 Setpember",
            "diecisiete de septiembre", "șaptesprezece septembrie", "9月17日", "septemeber 17th", "17 set",
            "seventeenth of sept",
        ],
    );
    all_read(
        5,
        5,
        &["mar 5 de mayo", "cinco de mayo", "5 mai", "mar. 5 mai", "martes 5 de mayo", "May fifth", "5/5", "五月五号"],
    );
}

#[test]
#[rustfmt::skip]
fn words_around_change_nothing_and_years_are_dropped() {
    all_read(
        3,
        5,
        &[
            "my birthday is March 5", "My bday is on the 5th of March 1990 :)", "I was born on March 5, 1990",
            "born 5 March 90", "it's March 5th!", "March 5 🎂🎉", "umm I think March 5th, why?",
            "mi cumple es el 5 de marzo", "nací el 5 de marzo de 1990", "cumplo años el 5 de marzo",
            "es el cinco de marzo, gracias!", "Hola! Mi cumpleaños es el 5 de marzo.", "je suis né le 5 mars 1990",
            "mon anniversaire c'est le 5 mars", "née le 5 mars", "c’est le 5 mars !",
            "je suis nee le cinq mars mille neuf cent", "le 5 mars, merci", "m-am născut pe 5 martie 1990",
            "ziua mea este pe 5 martie", "sunt născută în 5 martie", "e pe 5 martie, mulțumesc", "5 martie 1990",
            "我的生日是3月5日", "生日：3月5号", "我是1990年3月5日出生的", "3月5号哦😊", "是三月五号呢", "我3月5日生", "March 5 1990", "5 March '90",
            "Mar 5 90", "5 mars 90", "March 5th please don't spam me", "5/3 I mean March 5", "3/5 (March 5)",
            "March 5. I'm 34", "Ana, March 5", "I'm 34 and my birthday is March 5", "March 5 and March 5th",
            "birthday march 5 phone 555-1234", "March 5; I live at 12 Elm",
        ],
    );
}

#[test]
#[rustfmt::skip]
fn it_need_not_be_the_shortest_way_to_say_it() {
    all_read(7, 4, &[
        "on the 4th in July", "my birthday is in July on the 4th", "4th day of July", "the 4th day of the 7th month",
        "el 4 en julio", "July fourth nineteen seventy-six", "4 iulie o mie nouă sute optzeci", "el cuatro de julio de mil novecientos ochenta",
        "le quatre juillet mille neuf cent quatre-vingt", "4 a lunii iulie", "My b day is July 4", "1976, 4 July", "4 JULY 1776",
        "B-day: July 4", "mon aniversaire c'est le 4 juillet", "July 4 baby!!!", "next July 4", "I turn 40 on July 4",
    ]);
    all_read(1, 1, &["1-ul ianuarie", "January first two thousand", "jan first, two thousand", "D.O.B. 01-01-76", "1/1 today!", "mon annif est le 1/1"]);
}

#[test]
#[rustfmt::skip]
fn days_that_do_not_exist_are_told() {
    none_read(
        NoBirthday::NoSuchDay,
        [
            "31/2", "2/31", "30.02.1990", "Feb 30", "30 février", "31 de abril", "April 31st", "2月30日", "31 juin",
            "my birthday is February 30", "0231", "3102", "31/11", "13月5日", "32 March", "March 32", "45/3",
        ]
        .split_last()
        .unwrap()
        .1,
    );
}

#[test]
#[rustfmt::skip]
fn lunar_dates_are_told() {
    none_read(
        NoBirthday::LunarCalendar,
        &[
            "三月初五", "农历三月初五", "腊月初八", "臘月二十三", "农历3月5日", "阴历三月十五", "正月十五", "闰四月初一", "我过农历生日，八月十五", "大年初一",
            "lunar March 5",
        ],
    );
}

#[test]
#[rustfmt::skip]
fn several_dates_are_told() {
    none_read(
        NoBirthday::SeveralDates,
        &[
            "March 5 or 6", "5 or 6 March", "March 5 or April 6", "5-6 March", "5 o 6 de marzo", "le 5 ou le 6 mars",
            "5 sau 6 martie", "3月5日或6日", "3月5日和4月6日", "5 mars ou 6 avril", "March 5-7", "born 5/3 or 6/3", "5/3 or 5/4",
        ],
    );
}

#[test]
#[rustfmt::skip]
fn what_is_no_date_is_none() {
    none_read(
        NoBirthday::NoDate,
        &[
            "", " ", "?", "yes", "no", "5", "34", "I'm 34", "I am 34 years old", "tengo 34 años", "j'ai 34 ans",
            "am 34 de ani", "我34岁", "March", "in March", "3月", "5号", "tomorrow", "my birthday is soon", "1990",
            "born in 1990", "2012", "born March 1985", "March 85", "555-1234", "(555) 123-4567", "+1 555 123 4567",
            "06 12 03 05 90", "0721 12 03 05", "+40 5 3", "call me 5-3-5-5", "12-34-56-78", "138 0013 8000",
            "5551234", "0712345678", "07123456789012345678901234567890", "$5.30", "5.30 lei", "5.30€", "€ 5.30",
            "5,30", "5.30 eur", "USD 5.3", "¥3.5", "3.5元", "5/3 off", "50% on 5/3", "12 May Street", "5 March St",
            "Calle 5 de Mayo 12", "avenida 9 de julio", "rue du 8 mai 1945", "12 rue du 11 novembre",
            "strada 1 Decembrie 12", "bd. 1 mai nr 5", "三月街5号", "12/5 Elm Street", "I live at 5 April Avenue", "5:30",
            "10:05", "5.30pm", "at 8.30", "à 8.30", "5-3pm", "at 5 pm", "open 24/7", "1/2 cup", "½", "3 1/2", "4/5 stars", "2-3 people",
            "size 7-8", "score was 3-1", "v1.2", "1.2.3.4", "ana5.3@mail.com", "http://x.co/5/3", "may 2 people come",
            "May I bring 2 friends", "you may 5 times", "we march 5 miles", "In April 5 people came", "March 5 times",
            "mai 2 zile", "sept 2 cafés svp", "What are your hours on 5/3?", "are you open march 5?", "3月5日有空吗",
            "3月5点", "3个月5天", "3月5个人", "0000", "9999", "482913", "00/00", "99/99", "5/0", "0/5", "5/", "/5", "5//",
            "one", "mary 5", "Maria 5", "5 match", "XII", "i - v", "march march", "of the", "the 5th",
            "5 March of 3 for 2 coffees and 12 donuts in the box with many other things inside",
        ],
    );
}

#[test]
fn the_stored_form_goes_both_ways_and_nothing_else_does() {
    for birthday in Birthday::all() {
        assert_eq!(birthday.to_string().parse(), Ok(birthday));
        let json = serde_json::to_string(&birthday).unwrap();
        assert_eq!(json, format!("\"{birthday}\""));
        assert_eq!(serde_json::from_str::<Birthday>(&json).unwrap(), birthday);
    }
    assert_eq!(Birthday::all().count(), 366);
    assert_eq!("02-30".parse::<Birthday>(), Err(NoBirthday::NoSuchDay));
    for wrong in ["", "3-5", "03/05", "+3-05", "03-5 ", "0３-05", "003-05", "99-99", "00-00", "March 5"] {
        assert!(wrong.parse::<Birthday>().is_err(), "{wrong}");
    }
}

#[test]
#[rustfmt::skip]
fn the_usual_order_is_that_of_language_and_currency() {
    for (language, currency, order) in [
        ("en", "USD", MonthFirst),
        ("es", "USD", MonthFirst),
        ("en", "GBP", DayFirst),
        ("es", "EUR", DayFirst),
        ("zh", "CNY", MonthFirst),
        ("ro", "RON", DayFirst),
    ] {
        assert_eq!(DateOrder::usual(language, currency), order);
        assert_eq!(DateOrder::from_word(order.word()), Some(order));
    }
}

fn any_birthday() -> impl Strategy<Value = Birthday> {
    (0..366_usize).prop_map(|at| Birthday::all().nth(at).unwrap())
}

proptest! {
    #[test]
    fn what_is_written_is_read(birthday in any_birthday(), month_first: bool, year in prop::option::of(1900..=2100_u32)) {
        let order = if month_first { MonthFirst } else { DayFirst };
        for code in ["en", "es", "fr", "ro", "zh"] {
            let written = birthday.written_in(code);
            let with_year = match (code, year) {
                (_, None) => written,
                ("zh", Some(year)) => format!("{year}年{written}"),
                (_, Some(year)) => format!("{written} {year}"),
            };
            prop_assert_eq!(read(&with_year, order), Ok(birthday), "{}", with_year);
            prop_assert_eq!(read(&with_year.to_uppercase(), order), Ok(birthday), "{}", with_year);
        }
    }

    #[test]
    fn numbers_are_read_in_their_order(birthday in any_birthday(), month_first: bool, sign in "[/.-]", year in 1900..=2100_u32) {
        let (order, one, other) = match month_first {
            true => (MonthFirst, birthday.month(), birthday.day()),
            false => (DayFirst, birthday.day(), birthday.month()),
        };
        let (month, number) = (birthday.month(), birthday.day());
        for typed in [
            format!("{one}{sign}{other}"),
            format!("{one:02}{sign}{other:02}"),
            format!("{one} {sign} {other}{sign}{year}"),
            format!("{one}{sign}{other}{sign}{:02}", year % 100),
            format!("{one:02}{other:02}{year}"),
            format!("{year}{sign}{month:02}{sign}{number:02}"),
            format!("{year}{month:02}{number:02}"),
        ] {
            let is_another = typed.len() == 8 && typed.bytes().all(|byte| byte.is_ascii_digit()) && (19..=20).contains(&one);
            prop_assert!(is_another || read(&typed, order) == Ok(birthday), "{} {:?} {:?}", typed, order, read(&typed, order));
        }
    }

    #[test]
    fn whatever_is_typed_a_day_is_one_that_exists(typed in "(\\PC|\\s|\\p{M}|[0-9/.-]|月|日|初|十|March|5|th| of | mai | or |[IVX]){0,40}", month_first: bool) {
        let order = if month_first { MonthFirst } else { DayFirst };
        if let Ok(birthday) = read(&typed, order) {
            prop_assert_eq!(Birthday::new(birthday.month(), birthday.day()), Some(birthday));
        }
    }

    #[test]
    fn no_phone_number_is_a_date(numbers in "\\+?[0-9]{9,15}|[0-9]{3}[ .-][0-9]{3}[ .-][0-9]{4}|0[0-9]([ .-][0-9]{2}){4}") {
        prop_assert_eq!(read(&numbers, DayFirst), Err(NoBirthday::NoDate));
        prop_assert_eq!(read(&numbers, MonthFirst), Err(NoBirthday::NoDate));
    }

    #[test]
    fn no_piece_repeated_makes_it_slow(piece in "(\\PC|[0-9]|[/.,-]|march|twenty|-|and| |月|五|I|of|mai 5 ){1,8}") {
        let typed = piece.repeat(100_000);
        let start = Instant::now();
        let _ = read(&typed, DayFirst);
        // A hundredfold of what it takes, so that a busy machine does not fail it.
        prop_assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    }
}
