//! Feasts that are on the same day each year: Christmas Day, Nochevieja, la Saint-Sylvestre, Crăciun, 元旦. Those that move (Easter,
//! Mother's Day, Thanksgiving), or are on another day in another country, are no date.

use std::ops::Range;

use super::{
    Birthday, NoBirthday,
    found::Found,
    tokens::{Piece, Token},
};
use crate::intent::spelling::simplified;

/// All feasts, none of them in the midst of a longer one's name. "The day after Christmas" is none.
pub(super) fn find(tokens: &[Token]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match longest_at(tokens, at) {
            Some((span, month, day)) => {
                at = span.end;
                let read = Birthday::new(month, day).ok_or(NoBirthday::NoSuchDay);
                found.push(Found { span, read, is_clear: false });
            }
            None if is_near_by(&tokens[at]) => return Vec::new(),
            None => at += 1,
        }
    }
    found
}

fn is_near_by(token: &Token) -> bool {
    token.word().is_some_and(|word| NEAR_BY.contains(&word)) || token.han().is_some_and(|c| HAN_NEAR_BY.contains(c))
}

fn longest_at(tokens: &[Token], at: usize) -> Option<(Range<usize>, u8, u8)> {
    let names = FEASTS.iter().flat_map(|(month, day, names)| names.iter().map(move |name| (*month, *day, *name)));
    let found = names.filter_map(|(month, day, name)| Some((end_of(tokens, at, name)?, month, day)));
    found.max_by_key(|(end, ..)| *end).map(|(end, month, day)| (at..end, month, day))
}

/// Where the name ends that begins at `at`: words, with full stops and hyphens between, or Chinese characters.
fn end_of(tokens: &[Token], mut at: usize, name: &str) -> Option<usize> {
    if !name.is_ascii() {
        let is_it = |(token, character): (&Token, char)| token.han().map(simplified) == Some(character);
        let length = name.chars().count();
        return (tokens.len() >= at + length && tokens[at..].iter().zip(name.chars()).all(is_it))
            .then_some(at + length);
    }
    let mut end = at;
    for word in name.split(' ') {
        while end > at && matches!(tokens.get(end)?.piece, Piece::Sign('.' | '-')) {
            end += 1;
        }
        if tokens.get(end)?.word() != Some(word) {
            return None;
        }
        at = at.min(end);
        end += 1;
    }
    Some(end)
}

/// What makes another day of a feast.
#[rustfmt::skip]
const NEAR_BY: &[&str] = &[
    "after", "before", "around", "near", "close", "about", "almost", "nearly", "week", "weeks", "between", "until", "like", "not",
    "antes", "despues", "cerca", "casi", "semana", "vispera", "entre", "avant", "apres", "pres", "presque", "semaine", "vers", "lendemain", "veille",
    "inainte", "dupa", "langa", "aproape", "saptamana", "intre", "preajma",
];
const HAN_NEAR_BY: &str = "前后後近左右附周";

/// Month, day, and what the feast is called, in normal form and simplified characters.
#[rustfmt::skip]
const FEASTS: &[(u8, u8, &[&str])] = &[
    (1, 1, &["new years day", "new year day", "new years", "new year", "ano nuevo", "dia de ano nuevo", "primero de ano", "nouvel an", "jour de lan", "premier de lan",
        "anul nou", "元旦", "元旦节"]),
    (1, 6, &["epiphany", "three kings", "three kings day", "dia de reyes", "reyes", "reyes magos", "epifania", "dia de los reyes", "dia de los reyes magos", "epiphanie",
        "boboteaza", "主显节"]),
    (1, 7, &["sfantul ion", "sf ion"]),
    (2, 2, &["groundhog day", "candelaria", "dia de la candelaria", "chandeleur", "la chandeleur"]),
    (2, 14, &["valentines day", "valentine day", "valentines", "valentine", "saint valentines day", "st valentines day", "san valentin", "dia de san valentin",
        "dia de los enamorados", "saint valentin", "st valentin", "ziua indragostitilor", "sfantul valentin", "情人节"]),
    (2, 24, &["dragobete", "dragobetele"]),
    (2, 29, &["leap day", "leap year day", "dia bisiesto"]),
    (3, 1, &["martisor", "st davids day"]),
    (3, 8, &["womens day", "international womens day", "dia de la mujer", "journee de la femme", "journee des femmes", "ziua femeii", "妇女节", "三八妇女节", "三八节", "女神节"]),
    (3, 12, &["植树节"]),
    (3, 14, &["pi day"]),
    (3, 17, &["st patricks day", "saint patricks day", "st paddys day", "paddys day", "st patricks", "san patricio", "saint patrick"]),
    (4, 1, &["april fools", "april fools day", "april fool", "poisson davril", "ziua pacalelilor", "愚人节"]),
    (4, 22, &["earth day"]),
    (4, 23, &["st georges day", "saint georges day", "sfantul gheorghe", "sf gheorghe", "sant jordi", "san jorge"]),
    (5, 1, &["may day", "primero de mayo", "五一", "五一节", "劳动节", "五一劳动节"]),
    (5, 4, &["五四", "五四青年节", "star wars day"]),
    (6, 1, &["六一", "六一儿童节"]),
    (6, 19, &["juneteenth"]),
    (6, 24, &["san juan", "dia de san juan", "saint jean", "la saint jean", "st jean", "sanziene"]),
    (7, 1, &["canada day", "建党节"]),
    (7, 4, &["fourth of july"]),
    (7, 14, &["bastille day"]),
    (8, 1, &["建军节", "八一"]),
    (8, 15, &["assumption", "assumption day", "asuncion", "assomption", "sfanta maria", "sf maria", "sfanta maria mare"]),
    (10, 31, &["halloween", "noche de brujas", "dia de brujas", "万圣夜"]),
    (11, 1, &["all saints", "all saints day", "todos los santos", "dia de todos los santos", "toussaint", "la toussaint"]),
    (11, 2, &["all souls day", "dia de muertos", "dia de los muertos", "day of the dead", "dia de los difuntos"]),
    (11, 5, &["guy fawkes", "guy fawkes night", "bonfire night"]),
    (11, 11, &["veterans day", "armistice", "armistice day", "remembrance day", "双十一", "光棍节", "singles day"]),
    (11, 30, &["st andrews day", "sfantul andrei", "sf andrei"]),
    (12, 1, &["ziua romaniei", "ziua nationala a romaniei"]),
    (12, 6, &["st nicholas day", "san nicolas", "saint nicolas", "sfantul nicolae", "sf nicolae", "mos nicolae"]),
    (12, 12, &["dia de la virgen de guadalupe", "virgen de guadalupe", "dia de la virgen", "双十二"]),
    (12, 24, &["christmas eve", "xmas eve", "nochebuena", "vispera de navidad", "veille de noel", "la veille de noel", "reveillon de noel", "ajunul craciunului", "ajun de craciun", "ajunul de craciun", "mos ajun", "平安夜", "圣诞夜"]),
    (12, 25, &["christmas day", "christmas", "xmas day", "xmas", "x mas", "navidad", "dia de navidad", "noel", "jour de noel", "le jour de noel", "craciun", "craciunul",
        "ziua de craciun", "圣诞", "圣诞节", "耶诞", "耶诞节"]),
    (12, 26, &["boxing day", "st stephens day", "sfantul stefan", "sf stefan", "节礼日"]),
    (12, 28, &["dia de los inocentes", "dia de los santos inocentes", "santos inocentes"]),
    (12, 31, &["new years eve", "new year eve", "nye", "nochevieja", "vispera de ano nuevo", "veille du nouvel an", "veille du jour de lan", "noche vieja", "fin de ano", "saint sylvestre", "st sylvestre", "la saint sylvestre",
        "reveillon du nouvel an", "revelion", "revelionul", "ajunul anului nou", "noaptea de revelion", "hogmanay", "跨年", "跨年夜", "新年夜"]),
];

#[cfg(test)]
mod tests {
    use super::super::{DateOrder, NoBirthday, read};
    use super::*;
    use crate::{intent::spelling::in_simplified, text::Text};

    fn day(typed: &str) -> Result<String, NoBirthday> {
        read(typed, DateOrder::DayFirst).map(|birthday| birthday.to_string())
    }

    #[test]
    #[rustfmt::skip]
    fn feasts_that_do_not_move_are_days() {
        for (typed, expected) in [
            ("Christmas Day", "12-25"), ("christmas!", "12-25"), ("It's on Christmas Eve 🎄", "12-24"), ("New Year's Eve", "12-31"), ("New Year’s Day", "01-01"),
            ("Valentine's day", "02-14"), ("I was born on Halloween", "10-31"), ("St. Patrick's Day", "03-17"), ("Dec 25, Christmas", "12-25"),
            ("Navidad", "12-25"), ("la víspera de Navidad", "12-24"), ("la veille de Noël", "12-24"), ("el día de Navidad", "12-25"), ("Nochevieja", "12-31"), ("Año Nuevo", "01-01"), ("San Valentín", "02-14"),
            ("Noël", "12-25"), ("le jour de Noël", "12-25"), ("la Saint-Sylvestre", "12-31"), ("le jour de l'an", "01-01"), ("la Saint-Valentin", "02-14"),
            ("Crăciun", "12-25"), ("de Crăciun", "12-25"), ("Ajunul Crăciunului", "12-24"), ("de Revelion", "12-31"), ("Anul Nou", "01-01"),
            ("元旦", "01-01"), ("圣诞节", "12-25"), ("聖誕節", "12-25"), ("我生日是情人节", "02-14"), ("平安夜", "12-24"), ("leap day", "02-29"),
        ] {
            assert_eq!(day(typed).as_deref(), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn days_near_a_feast_and_feasts_that_move_are_none() {
        for typed in [
            "the day after Christmas",
            "my birthday is a week before Christmas",
            "around new year",
            "Easter",
            "Mother's Day",
            "Thanksgiving",
            "I love Christmas in Paris",
            "le lendemain de Noël",
            "圣诞节前一天",
            "国庆后",
        ] {
            assert_eq!(day(typed), Err(NoBirthday::NoDate), "{typed}");
        }
        assert_eq!(day("Dec 24, Christmas Day"), Err(NoBirthday::SeveralDates));
        assert_eq!(day("除夕"), Err(NoBirthday::LunarCalendar));
    }

    #[test]
    fn every_name_can_be_met_and_is_one_day() {
        let mut names: Vec<&str> = FEASTS.iter().flat_map(|(_, _, names)| *names).copied().collect();
        for name in &names {
            assert_eq!(in_simplified(Text::read(name).normal()), *name);
        }
        names.sort_unstable();
        assert!(names.windows(2).all(|two| two[0] != two[1]), "{names:?}");
        assert!(FEASTS.iter().all(|(month, day, _)| Birthday::new(*month, *day).is_some()));
    }
}
