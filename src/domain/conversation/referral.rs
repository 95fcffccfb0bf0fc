//! A friend's code behind a keyword: COFFEE PLS ANNA7.

use super::Context;
use crate::{purse::draw::typed, text::Text};

/// The text without the friend's code that is its last word; `None` where there is none, or nothing else.
pub(super) fn without_code(text: &Text, context: &Context<'_>) -> Option<Text> {
    if context.found.referrals.is_empty() {
        return None;
    }
    let raw = text.raw().trim_end();
    let (rest, last) = raw.rsplit_once(char::is_whitespace)?;
    let is_code = context.found.referrals.iter().any(|referral| referral.code == typed(last));
    Some(Text::read(rest)).filter(|rest| is_code && !rest.is_blank())
}

#[cfg(test)]
mod tests;
