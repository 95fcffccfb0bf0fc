//! Birthdays told from today: "tomorrow", "es hoy", 昨天.

use chrono::{Datelike, Days, NaiveDate};

use super::{
    Birthday,
    tokens::{Piece, Token},
    words::is_anchor,
};

/// The day that is told, where nothing else is said.
pub(super) fn read(tokens: &[Token], today: NaiveDate) -> Option<Birthday> {
    let mut told = None;
    let mut said = String::new();
    for token in tokens {
        match &token.piece {
            Piece::Word(word) => match day_of(word, DAYS) {
                Some(day) if told.is_none_or(|told| told == day) => told = Some(day),
                None if AROUND.contains(&word.as_str()) || is_anchor(word) => {}
                _ => return None,
            },
            Piece::Han(character) => said.push(*character),
            Piece::Sign('?' | '¿') | Piece::Number(_) => return None,
            Piece::Sign(_) => {}
        }
    }
    if let Some((before, day, behind)) = in_chinese(&said).filter(|_| told.is_none()) {
        told = (before.chars().chain(behind.chars()).all(|c| HAN_AROUND.contains(c))).then_some(day);
    } else if !said.is_empty() {
        return None;
    }
    let date = match told? {
        Day::Yesterday => today.checked_sub_days(Days::new(1))?,
        Day::Today => today,
        Day::Tomorrow => today.checked_add_days(Days::new(1))?,
    };
    Birthday::new(u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    Yesterday,
    Today,
    Tomorrow,
}

type Names = &'static [(Day, &'static [&'static str])];

fn day_of(word: &str, names: Names) -> Option<Day> {
    names.iter().find(|(_, names)| names.contains(&word)).map(|(day, _)| *day)
}

/// What stands before the day and behind it.
fn in_chinese(said: &str) -> Option<(&str, Day, &str)> {
    let names = HAN_DAYS.iter().flat_map(|(day, names)| names.iter().map(move |name| (*day, *name)));
    let mut found = names.filter_map(|(day, name)| said.split_once(name).map(|(before, behind)| (before, day, behind)));
    found.next()
}

const DAYS: Names = &[
    (Day::Yesterday, &["yesterday", "ayer", "hier", "ieri"]),
    (Day::Today, &["today", "tonight", "2day", "hoy", "aujourdhui", "azi", "astazi"]),
    (Day::Tomorrow, &["tomorrow", "tomorow", "tommorow", "tommorrow", "tmrw", "tmr", "manana", "demain", "maine"]),
];

const HAN_DAYS: Names = &[
    (Day::Yesterday, &["昨天", "昨日"]),
    (Day::Today, &["今天", "今日", "就是今天"]),
    (Day::Tomorrow, &["明天", "明日", "听日"]),
];

/// What one says around it.
#[rustfmt::skip]
const AROUND: &[&str] = &[
    "its", "it", "is", "was", "my", "on", "the", "actually", "haha", "lol", "day", "oh", "hi", "im", "i", "am", "just", "in", "fact", "yes",
    "es", "fue", "mi", "el", "la", "dia", "justo", "si", "cest", "est", "etait", "mon", "ma", "le", "oui", "justement", "jour", "e", "este", "a", "fost", "ziua",
    "mea", "chiar", "da",
];
const HAN_AROUND: &str = "我的生日是就在啊呀哦哈呢！啦";

#[cfg(test)]
mod tests {
    use super::super::{DateOrder, NoBirthday, read_on};
    use super::*;

    fn day(typed: &str) -> Result<String, NoBirthday> {
        let today = NaiveDate::from_ymd_opt(2027, 12, 31).unwrap_or_default();
        read_on(today, typed, DateOrder::DayFirst).map(|birthday| birthday.to_string())
    }

    #[test]
    #[rustfmt::skip]
    fn a_day_may_be_told_from_today() {
        for (typed, expected) in [
            ("today", "12-31"), ("It's today!", "12-31"), ("my birthday is tomorrow", "01-01"), ("tomorrow 🎂", "01-01"), ("yesterday lol", "12-30"),
            ("hoy", "12-31"), ("es mañana", "01-01"), ("mi cumpleaños fue ayer", "12-30"), ("aujourd'hui", "12-31"), ("c'est demain !", "01-01"),
            ("azi", "12-31"), ("mâine", "01-01"), ("ieri", "12-30"), ("今天", "12-31"), ("我的生日是明天", "01-01"), ("昨天", "12-30"), ("today, March 5", "03-05"),
        ] {
            assert_eq!(day(typed).as_deref(), Ok(expected), "{typed}");
        }
        for typed in ["not today", "today?", "ask me tomorrow", "mañana te digo", "today or tomorrow", "in 3 days", "明天再说", "the day after tomorrow", ""] {
            assert_eq!(day(typed), Err(NoBirthday::NoDate), "{typed}");
        }
    }
}
