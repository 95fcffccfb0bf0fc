//! How pages write what a member is called, has and did.

use super::language;
use crate::{
    console::{say::Say, viewer::Viewer},
    domain::{access::Role, address::Address, phone::written, program::Program},
    store::members::LedgerEntry,
};

/// What a member is called; a word for who has not said.
pub(super) fn display_name(say: Say, first_name: Option<&str>) -> String {
    let name = first_name.map(str::trim).filter(|name| !name.is_empty());
    name.map_or_else(|| say.t("member-unnamed"), str::to_owned)
}

/// A member's phone: masked for who only looks.
pub(crate) fn shown_phone(address: &str, viewer: &Viewer) -> String {
    if viewer.may(Role::Staff) {
        return written(address);
    }
    Address::parse(address).map(|address| address.to_string()).unwrap_or_default()
}

/// So many of the program's unit: "12 stars".
pub(super) fn points(program: &Program, count: i64, say: Say) -> String {
    let forms = program.unit.forms(language(say));
    let form = if count.abs() == 1 { forms.one } else { forms.few };
    format!("{} {form}", say.number(count))
}

/// Why something moved, in words; with the name of the reward or rule, where the program has one.
pub(super) fn cause(program: Option<&Program>, entry: &LedgerEntry, say: Say) -> String {
    let known = say.find(&format!("entry-{}", entry.cause.replace('_', "-")));
    let why = known.unwrap_or_else(|| say.t("entry-other"));
    match named(program, entry, say) {
        Some(name) => format!("{why}: {name}"),
        None => why,
    }
}

fn named(program: Option<&Program>, entry: &LedgerEntry, say: Say) -> Option<String> {
    let (program, rule) = (program?, entry.rule.as_deref()?);
    let reward = program.reward(rule).map(|reward| &reward.name);
    let named = || program.rule(rule).and_then(|rule| rule.name.as_ref());
    Some(reward.or_else(named)?.in_language(language(say)).to_owned()).filter(|name| !name.is_empty())
}

/// What moved, with its sign: "+12 stars", "−100 stars", "1 stamp".
pub(super) fn moved(program: Option<&Program>, entry: &LedgerEntry, say: Say) -> String {
    let gains = matches!(entry.to_book.as_str(), "pending" | "available");
    let signed = if gains { entry.amount } else { -entry.amount };
    let written = match (&entry.card, program) {
        (Some(_), _) => say.n("stamps-count", signed.abs()),
        (None, Some(program)) => points(program, signed.abs(), say),
        (None, None) => say.number(signed.abs()),
    };
    match (signed, entry.points(), entry.card.is_some()) {
        (_, 0, false) => written,
        (1.., ..) => format!("+{written}"),
        _ => format!("−{written}"),
    }
}
