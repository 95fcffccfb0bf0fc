//! Dates with a month's name: "March 5", "the 5th of March 1990", "5 de marzo", "le premier avril".

use std::ops::Range;

use super::{
    Birthday, NoBirthday,
    found::{Found, is_strange_sign},
    numbers,
    tokens::{Number, Token},
    words::{self, IS_KNOWN, IS_OF, IS_OF_YEAR, IS_ON, IS_OR, IS_ORDINAL_END, IS_STREET_END, IS_UNIT, is_anchor},
};

/// The most tokens between a month and its day, or a day and its year.
const BETWEEN_MAX: usize = 5;

/// From this number on, what follows a month is a year: "March 85".
const YEARS_FROM: u8 = 40;

/// All months with a day.
pub(super) fn find(tokens: &[Token]) -> Vec<Found> {
    let months = tokens.iter().enumerate().filter_map(|(at, token)| Some((at, words::month(token.word()?)?)));
    months
        .filter_map(|(at, name)| {
            let day = day_of(tokens, at, name.month).filter(|_| !is_another_word(tokens, at))?;
            let span = day.span.start.min(at)..day.span.end.max(at + 1);
            let span = span.start..end_of_year(tokens, span.end);
            let is_clear = name.is_clear || stands_apart(tokens, &span);
            Some(Found { span, read: day.read, is_clear })
        })
        .collect()
}

/// "Mar. 5 mai", "dix-sept mai": where another month follows, "mar" is Tuesday and "sept" seven.
fn is_another_word(tokens: &[Token], at: usize) -> bool {
    let mut next = tokens.iter().skip(at + 1).take(BETWEEN_MAX).filter_map(Token::word);
    matches!(tokens[at].word(), Some("mar" | "sept")) && next.any(|word| words::month(word).is_some())
}

/// Whether beside the date there are only signs and words that one says around dates: "March 5, then" but not "may 2 come".
fn stands_apart(tokens: &[Token], span: &Range<usize>) -> bool {
    let before = span.start.checked_sub(1).and_then(|before| tokens.get(before));
    [before, tokens.get(span.end)].into_iter().flatten().all(|beside| match beside.word() {
        Some(word) => IS_KNOWN.has(word) || is_anchor(word),
        None => beside.number().is_none(),
    })
}

/// A number beside a month.
struct Day {
    span: Range<usize>,
    read: Result<Birthday, NoBirthday>,
    /// A comma parts it from the month.
    is_apart: bool,
}

/// The day of the month at `at`: before it, behind it, or else before it and a comma.
fn day_of(tokens: &[Token], at: usize, month: u8) -> Option<Day> {
    let (near, apart) = match day_before(tokens, at, month) {
        Some(day) if day.is_apart => (None, Some(day)),
        near => (near, None),
    };
    let candidates: Vec<Day> = near.into_iter().chain(day_after(tokens, at, month)).chain(apart).collect();
    let best = candidates.iter().position(|day| day.read.is_ok()).unwrap_or_default();
    candidates.into_iter().nth(best)
}

fn day_before(tokens: &[Token], month_at: usize, month: u8) -> Option<Day> {
    let mut end = month_at;
    let mut is_apart = false;
    while end > month_at.saturating_sub(BETWEEN_MAX) && stands_before_month(tokens, end - 1) {
        end -= 1;
        is_apart |= tokens[end].sign() == Some(',');
    }
    let (start, number) = number_ending(tokens, end)?;
    if is_part_of_more(tokens, start) || is_street(tokens, month_at + 1) {
        return None;
    }
    if let Some(start) = another_before(tokens, start) {
        return Some(Day { span: start..month_at, read: Err(NoBirthday::SeveralDates), is_apart });
    }
    let read = Birthday::new(month, number).ok_or(NoBirthday::NoSuchDay);
    Some(Day { span: start..month_at, read, is_apart })
}

fn stands_before_month(tokens: &[Token], at: usize) -> bool {
    match (tokens[at].word(), tokens[at].sign()) {
        (Some(word), _) => IS_OF.has(word) || is_ordinal_end(tokens, at),
        (_, Some(sign)) => joins(sign),
        _ => false,
    }
}

fn day_after(tokens: &[Token], month_at: usize, month: u8) -> Option<Day> {
    let mut start = month_at + 1;
    let is_between =
        |token: &Token| token.word().is_some_and(|word| IS_ON.has(word)) || token.sign().is_some_and(joins);
    while start <= month_at + BETWEEN_MAX && tokens.get(start).is_some_and(is_between) {
        start += 1;
    }
    let (end, number) = number_starting(tokens, start)?;
    let end = end + usize::from(is_ordinal_end(tokens, end));
    if number >= YEARS_FROM || is_counted(tokens, end) || tokens[start - 1].sign().is_some_and(is_strange_sign) {
        return None;
    }
    let joint = tokens[start - 1].sign();
    if let Some(end) = another_behind(tokens, end, joint) {
        return Some(Day { span: month_at..end, read: Err(NoBirthday::SeveralDates), is_apart: false });
    }
    let read = Birthday::new(month, number).ok_or(NoBirthday::NoSuchDay);
    Some(Day { span: month_at..end, read, is_apart: false })
}

/// A number of at most two digits, or in words, whose last token is before `end`.
fn number_ending(tokens: &[Token], end: usize) -> Option<(usize, u8)> {
    let last = end.checked_sub(1)?;
    if let Some(number) = tokens[last].number() {
        return Some((last, number.small()?));
    }
    let starts = end.saturating_sub(numbers::TOKENS_MAX)..end;
    starts.into_iter().find_map(|start| Some((start, numbers::in_words(&tokens[start..end])?)))
}

/// The same at `start`, with where it ends.
fn number_starting(tokens: &[Token], start: usize) -> Option<(usize, u8)> {
    if let Some(number) = tokens.get(start)?.number() {
        return Some((start + 1, number.small()?));
    }
    let most = (start + numbers::TOKENS_MAX).min(tokens.len());
    (start + 1..=most).rev().find_map(|end| Some((end, numbers::in_words(&tokens[start..end])?)))
}

/// "5th", not "5 th": the letters belong to the number before them.
pub(super) fn is_ordinal_end(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let follows_number = at > 0 && tokens[at - 1].number().is_some();
    let is_end = token.word().is_some_and(|word| IS_ORDINAL_END.has(word)) || token.sign() == Some('°');
    is_end && token.is_glued && follows_number
}

/// What may stand between the parts of a date.
fn joins(sign: char) -> bool {
    matches!(sign, ',' | '.' | '-' | '/' | '°' | '_' | '(' | ')' | ':' | '–' | '—' | '‐' | '‑' | '\\' | '…' | '|' | '*')
}

/// $5, +5, 1.5, 10:30, A5: no day.
fn is_part_of_more(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else { return false };
    let is_glued_to = |kind: bool| kind && tokens[at].is_glued;
    let has_number_before = at >= 2 && tokens[at - 2].number().is_some();
    is_glued_to(before.word().is_some() || (matches!(before.sign(), Some('.' | ':')) && has_number_before))
        || before.sign().is_some_and(is_strange_sign)
}

/// "March St": a street.
fn is_street(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).and_then(Token::word).is_some_and(|word| IS_STREET_END.has(word))
}

/// "5 miles", "5 pm", "5:30", "5 €": no day.
pub(super) fn is_counted(tokens: &[Token], end: usize) -> bool {
    let Some(next) = tokens.get(end) else { return false };
    let is_time = next.sign() == Some(':') && tokens.get(end + 1).is_some_and(|token| token.number().is_some());
    is_time || next.sign().is_some_and(is_strange_sign) || next.word().is_some_and(|word| IS_UNIT.has(word))
}

/// Where the other day starts in "5 or 6 March", "5-6 March": which of the two?
fn another_before(tokens: &[Token], start: usize) -> Option<usize> {
    let between = start.checked_sub(1)?;
    let between = if is_on(&tokens[between]) { between.checked_sub(1)? } else { between };
    let is_range = matches!(tokens[between].sign(), Some('-' | '–' | '/' | '&'));
    let other = between.checked_sub(1)?;
    let other = if is_ordinal_end(tokens, other) { other - 1 } else { other };
    ((is_or(&tokens[between]) || is_range) && is_day(&tokens[other])).then_some(other)
}

/// Where the other day ends in "March 5 or 6", "March 5-6"; but in "Mar-5-06" the second is a year.
fn another_behind(tokens: &[Token], end: usize, joint: Option<char>) -> Option<usize> {
    let between = tokens.get(end)?;
    let is_range = between.sign().is_some_and(|sign| matches!(sign, '-' | '–' | '/' | '&') && Some(sign) != joint);
    let other = end + 1 + usize::from(tokens.get(end + 1).is_some_and(is_on));
    let is_another = (is_or(between) || is_range) && tokens.get(other).is_some_and(is_day);
    (is_another && !is_counted(tokens, other + 1)).then_some(other + 1)
}

fn is_day(token: &Token) -> bool {
    token.number().and_then(Number::small).is_some_and(|number| number <= 31)
}

fn is_on(token: &Token) -> bool {
    token.word().is_some_and(|word| IS_ON.has(word))
}

fn is_or(token: &Token) -> bool {
    token.word().is_some_and(|word| IS_OR.has(word))
}

/// Where the year ends that follows a date ending at `end`; there where no year follows.
fn end_of_year(tokens: &[Token], end: usize) -> usize {
    let mut at = end;
    let is_between = |token: &Token| {
        token.word().is_some_and(|word| IS_OF_YEAR.has(word))
            || matches!(token.sign(), Some(',' | '.' | '/' | '-' | '('))
    };
    while at < end + BETWEEN_MAX && tokens.get(at).is_some_and(is_between) {
        at += 1;
    }
    let year = tokens.get(at).and_then(Token::number).filter(|year| year.is_year() || year.digits == 2);
    if year.is_some() && !is_counted(tokens, at + 1) { at + 1 } else { end }
}
