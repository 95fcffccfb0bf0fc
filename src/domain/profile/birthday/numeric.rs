//! Dates of numbers alone: 5/3, 05.03.1990, 1990-03-05, 5.III, "el 5 del 3", 19900305, 0305.

use super::{
    Birthday, DateOrder, NoBirthday,
    found::{Found, is_strange_sign},
    named::{is_counted, is_ordinal_end},
    tokens::{Number, Token},
};

const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

/// Above this, it is not a day that somebody mistyped, but a year or something else.
const MISTYPED_MAX: u8 = 39;

/// All dates of numbers.
pub(super) fn find(tokens: &[Token], order: DateOrder) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match Chain::read(tokens, at) {
            Some(chain) => {
                found.extend(chain.date(tokens, order));
                at = chain.end.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// Numbers that belong together.
struct Chain {
    start: usize,
    end: usize,
    parts: Vec<Part>,
    joints: Vec<Joint>,
}

#[derive(Clone, Copy)]
enum Part {
    Arabic(Number),
    /// A month: 1 to 12.
    Roman(u8),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Blank,
    Sign,
    /// "the 5th of the 3rd"
    Of,
}

impl Chain {
    /// All numbers from `start` on with nothing but joints between them; `None` where there is none.
    fn read(tokens: &[Token], start: usize) -> Option<Self> {
        let mut chain = Self { start, end: start + 1, parts: vec![part_at(tokens, start)?], joints: Vec::new() };
        loop {
            let (joint, next) = joint_at(tokens, chain.end);
            let Some(part) = part_at(tokens, next).filter(|part| chain.may_go_on(joint, *part)) else {
                return Some(chain);
            };
            chain.parts.push(part);
            chain.joints.push(joint);
            chain.end = next + 1;
        }
    }

    /// A Roman numeral of one letter is a month only where a sign stands beside it.
    fn may_go_on(&self, joint: Joint, part: Part) -> bool {
        let is_short = |part: Option<&Part>| matches!(part, Some(Part::Roman(1 | 5 | 10)));
        joint != Joint::Blank || !(is_short(Some(&part)) || is_short(self.parts.last()))
    }

    fn date(&self, tokens: &[Token], order: DateOrder) -> Option<Found> {
        let end = self.end + usize::from(is_ordinal_end(tokens, self.end));
        let is_chinese = tokens.get(end).and_then(Token::han).is_some_and(|last| matches!(last, '日' | '号' | '號'));
        let end = end + usize::from(is_chinese);
        if self.is_something_else(tokens, end) {
            return None;
        }
        let order = match self.joints.first() {
            Some(Joint::Of) => DateOrder::DayFirst,
            _ if is_chinese => DateOrder::MonthFirst,
            _ => order,
        };
        Some(Found { span: self.start..end, read: self.day(order)?, is_clear: false })
    }

    /// Part of a price, a time, a phone number, an address of the web.
    fn is_something_else(&self, tokens: &[Token], end: usize) -> bool {
        let before = self.start.checked_sub(1).map(|before| &tokens[before]);
        let after = tokens.get(end);
        let is_word = |token: Option<&Token>| token.is_some_and(|token| token.word().is_some());
        let is_strange = |token: Option<&Token>| token.and_then(Token::sign).is_some_and(is_strange_sign);
        let is_time = before.is_some_and(|token| token.sign() == Some(':'))
            && self.start >= 2
            && tokens[self.start - 2].number().is_some();
        (is_word(before) && tokens[self.start].is_glued)
            || (is_word(after) && after.is_some_and(|token| token.is_glued))
            || is_strange(before)
            || is_time
            || is_counted(tokens, end)
    }

    fn day(&self, order: DateOrder) -> Option<Result<Birthday, NoBirthday>> {
        match (&self.parts[..], &self.joints[..]) {
            (&[Part::Arabic(digits)], _) => read_digits(digits, order),
            (&[one, other], _) => read_two(one, other, order),
            // 5 3/90 is neither.
            (_, &[Joint::Blank, Joint::Sign | Joint::Of]) => None,
            (&[Part::Arabic(year), one, other], _) if year.digits == 4 => {
                year.is_year().then(|| read_two(one, other, DateOrder::MonthFirst)).flatten()
            }
            (&[one, other, Part::Arabic(year)], _) if year.is_year() || year.digits <= 2 => {
                let year_first = || match one {
                    Part::Arabic(one) if one.small().is_some_and(|year| year > 31) => {
                        read_two(other, Part::Arabic(year), DateOrder::MonthFirst)
                    }
                    _ => None,
                };
                match read_two(one, other, order) {
                    Some(Ok(day)) => Some(Ok(day)),
                    read => year_first().or(read),
                }
            }
            _ => None,
        }
    }
}

fn part_at(tokens: &[Token], at: usize) -> Option<Part> {
    let token = tokens.get(at)?;
    let roman =
        |word: &str| (1..).zip(ROMAN).find(|(_, numeral)| *numeral == word).map(|(month, _)| Part::Roman(month));
    token.number().map(Part::Arabic).or_else(|| roman(token.word()?))
}

/// What joins a number that ends at `at` to the next, and where that would be.
fn joint_at(tokens: &[Token], at: usize) -> (Joint, usize) {
    let at = at + usize::from(is_ordinal_end(tokens, at));
    let count =
        |most: usize, joins: fn(&Token) -> bool| tokens.iter().skip(at).take(most).take_while(|t| joins(t)).count();
    let signs = count(2, |token| token.sign().is_some_and(parts_dates));
    if signs > 0 {
        return (Joint::Sign, at + signs);
    }
    match count(4, |token| token.word().is_some_and(|word| OF.contains(&word))) {
        0 => (Joint::Blank, at),
        words => (Joint::Of, at + words),
    }
}

const OF: &[&str] =
    &["of", "the", "de", "del", "du", "din", "la", "luna", "lunii", "month", "mes", "mois", "day", "dia", "jour"];

fn parts_dates(sign: char) -> bool {
    matches!(sign, '/' | '-' | '.' | '\\' | '|' | '_' | '·' | '・' | '•' | '–' | '—' | '−' | '‐' | '‑')
}

/// A month and a day of at most two digits; `None` where they could hardly be meant for that.
fn read_two(one: Part, other: Part, order: DateOrder) -> Option<Result<Birthday, NoBirthday>> {
    let (month, day) = match (one, other) {
        (Part::Roman(month), Part::Arabic(day)) | (Part::Arabic(day), Part::Roman(month)) => (month, day.small()?),
        (Part::Arabic(one), Part::Arabic(other)) => in_order(one.small()?, other.small()?, order),
        (Part::Roman(_), Part::Roman(_)) => return None,
    };
    let is_mistyped = |number| (1..=MISTYPED_MAX).contains(&number);
    let could_be_meant = is_mistyped(month) && is_mistyped(day) && (month <= 12 || day <= 31);
    match Birthday::new(month, day) {
        Some(day) => Some(Ok(day)),
        None => could_be_meant.then_some(Err(NoBirthday::NoSuchDay)),
    }
}

/// Month and day, by the order, unless the month would be over 12.
fn in_order(one: u8, other: u8, order: DateOrder) -> (u8, u8) {
    let (month, day) = match order {
        DateOrder::MonthFirst => (one, other),
        DateOrder::DayFirst => (other, one),
    };
    if month > 12 && day <= 12 { (day, month) } else { (month, day) }
}

/// Digits without signs: 0305, 050390, 19900305. Four that may be a year are no date.
fn read_digits(number: Number, order: DateOrder) -> Option<Result<Birthday, NoBirthday>> {
    let two = |drop: u32| u8::try_from(number.value / 10_u32.pow(drop) % 100).unwrap_or_default();
    let read = |one, other, order| {
        let (month, day) = in_order(one, other, order);
        Birthday::new(month, day).ok_or(NoBirthday::NoSuchDay)
    };
    let is_year = |value: u32| (1900..=2100).contains(&value);
    match number.digits {
        4 if is_year(number.value) => None,
        4 => {
            let (one, other) = (two(2), two(0));
            let is_date = one > 0 && other > 0 && one <= 31 && other <= 31 && one.min(other) <= 12;
            is_date.then(|| read(one, other, order))
        }
        6 => read(two(4), two(2), order).or_else(|_| read(two(2), two(0), DateOrder::MonthFirst)).ok().map(Ok),
        8 => {
            let year_first = is_year(number.value / 10_000).then(|| read(two(2), two(0), DateOrder::MonthFirst).ok());
            let year_last = || is_year(number.value % 10_000).then(|| read(two(6), two(4), order).ok());
            year_first.flatten().or_else(|| year_last().flatten()).map(Ok)
        }
        _ => None,
    }
}
