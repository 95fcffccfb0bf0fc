//! Dates in Chinese: 3月5日, 三月五号, 1990年3月5日, 十二月二十五. Lunar ones are told, not read.

use super::{
    Birthday, NoBirthday,
    found::Found,
    tokens::{Piece, Token},
};

/// The longest day or month in Chinese numerals is of three: 二十五. A year has four.
const NUMERALS_MAX: usize = 4;

/// Whether the date is one of the lunar calendar: it says so, or names a day as only that calendar does.
pub(super) fn is_lunar(tokens: &[Token]) -> bool {
    let said: String = tokens.iter().map(|token| token.han().unwrap_or(' ')).collect();
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    let names_lunar_day = || {
        let pairs = tokens.iter().zip(tokens.iter().skip(1));
        pairs
            .into_iter()
            .any(|(one, next)| one.han() == Some('初') && (numeral(next).is_some() || next.number().is_some()))
    };
    let says_lunar = tokens.iter().any(|token| matches!(token.word(), Some("lunar" | "lunaire")));
    (says_lunar || has(LUNAR) || names_lunar_day()) && !has(SOLAR)
}

const LUNAR: &[&str] = &[
    "农历", "農曆", "阴历", "陰曆", "旧历", "舊曆", "正月", "腊月", "臘月", "冬月", "闰", "閏", "除夕", "元宵", "中秋",
    "端午", "七夕", "大年", "腊八", "臘八",
];
const SOLAR: &[&str] = &["阳历", "陽曆", "公历", "公曆", "新历", "新曆", "国历", "國曆", "西历", "西曆"];

/// All months with a day.
pub(super) fn find(tokens: &[Token]) -> Vec<Found> {
    let months = tokens.iter().enumerate().filter(|(_, token)| token.han() == Some('月'));
    months.filter_map(|(at, _)| date_around(tokens, at)).collect()
}

fn date_around(tokens: &[Token], month_at: usize) -> Option<Found> {
    let (start, month) = number_ending(tokens, month_at)?;
    let month = u8::try_from(month).ok()?;
    let day_at = month_at + 1 + usize::from(tokens.get(month_at + 1).and_then(Token::han) == Some('份'));
    let (end, day) = number_starting(tokens, day_at)?;
    let day = u8::try_from(day).ok().filter(|day| *day < 40)?;
    let end = end + usize::from(han_at(tokens, end).is_some_and(is_day));
    if han_at(tokens, end).is_some_and(|next| COUNTED.contains(next)) {
        return None;
    }
    let read = if another_follows(tokens, end) {
        Err(NoBirthday::SeveralDates)
    } else {
        Birthday::new(month, day).ok_or(NoBirthday::NoSuchDay)
    };
    Some(Found { span: start_of_year(tokens, start)..end, read, is_clear: true })
}

/// What makes a count of the number before it: 3月5个, 3月5点.
const COUNTED: &str = "个個点點岁歲元块塊人次年月分楼路天位折斤杯";

fn is_day(character: char) -> bool {
    matches!(character, '日' | '号' | '號')
}

fn another_follows(tokens: &[Token], end: usize) -> bool {
    let is_between = matches!(
        tokens.get(end).map(|token| &token.piece),
        Some(Piece::Han('或' | '和' | '到' | '至') | Piece::Sign('-' | '~'))
    );
    is_between && number_starting(tokens, end + 1).is_some_and(|(_, number)| number <= 31)
}

fn han_at(tokens: &[Token], at: usize) -> Option<char> {
    tokens.get(at)?.han()
}

fn start_of_year(tokens: &[Token], start: usize) -> usize {
    let year_at = start.checked_sub(1).filter(|at| tokens[*at].han() == Some('年'));
    let year = year_at.and_then(|at| number_ending(tokens, at));
    year.map_or(start, |(start, _)| start)
}

/// A number whose last token is before `end`, with where it starts.
fn number_ending(tokens: &[Token], end: usize) -> Option<(usize, u32)> {
    let last = end.checked_sub(1)?;
    if let Some(number) = tokens[last].number() {
        return Some((last, number.value)).filter(|_| number.digits <= 4);
    }
    let numerals =
        tokens[..end].iter().rev().take(NUMERALS_MAX + 1).take_while(|token| numeral(token).is_some()).count();
    let start = end - numerals;
    Some((start, value(&tokens[start..end])?))
}

/// The same at `start`, with where it ends.
fn number_starting(tokens: &[Token], start: usize) -> Option<(usize, u32)> {
    if let Some(number) = tokens.get(start)?.number() {
        return Some((start + 1, number.value)).filter(|_| number.digits <= 2);
    }
    let numerals = tokens[start..].iter().take(NUMERALS_MAX + 1).take_while(|token| numeral(token).is_some()).count();
    let end = start + numerals;
    Some((end, value(&tokens[start..end])?))
}

/// The value of Chinese numerals: 五, 十五, 二十五, 廿五, digit by digit 二五 and 一九九〇.
fn value(tokens: &[Token]) -> Option<u32> {
    let numerals: Vec<u32> = tokens.iter().filter_map(numeral).collect();
    match numerals[..] {
        [ten @ (10 | 20 | 30)] => Some(ten),
        [ten @ (10 | 20 | 30), unit @ 1..=9] => Some(ten + unit),
        [tens @ 1..=9, 10] => Some(tens * 10),
        [tens @ 1..=9, 10, unit @ 1..=9] => Some(tens * 10 + unit),
        [] => None,
        _ if numerals.len() > NUMERALS_MAX || numerals.iter().any(|digit| *digit > 9) => None,
        _ => Some(numerals.iter().fold(0, |value, digit| value * 10 + digit)),
    }
}

fn numeral(token: &Token) -> Option<u32> {
    let value = match token.han()? {
        '〇' | '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '廿' => 20,
        '卅' => 30,
        _ => return None,
    };
    Some(value)
}
