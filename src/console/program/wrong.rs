//! What is wrong with a draft, in the reader's language where people often get it wrong.

use serde_json::Value;

use crate::{
    console::say::{Say, Told},
    domain::shop::Shop,
    http::Gateway,
    service::{
        change::{ChangeError, Mistake},
        drafts,
    },
};

/// What is wrong with a draft: paths, and sentences.
pub(super) fn mistakes(say: Say, gateway: &Gateway, shop: &Shop, document: &Value) -> Vec<(String, String)> {
    let read = drafts::read(&gateway.vault, shop, document, gateway.clock.now());
    let told = |mistake: Mistake| (mistake.field, sentence(say, &mistake.sentence));
    read.err().unwrap_or_default().into_iter().map(told).collect()
}

/// What begins so is said by this text.
const KNOWN: &[(&str, &str)] = &[
    ("is needed", "program-wrong-needed"),
    ("must be a whole number", "program-wrong-whole"),
    ("must be an amount", "program-wrong-amount"),
    ("must be a number from 1 to 100", "program-wrong-times"),
    ("must be a number such as", "program-wrong-amount"),
    ("must be a name", "program-wrong-name"),
    ("must be one line", "program-wrong-line"),
    ("names no reward", "program-wrong-reward"),
    ("names no level", "program-wrong-level"),
    ("names no rule", "program-wrong-rule"),
    ("must be more than 0, or", "program-wrong-nothing"),
    ("must be more than nothing", "program-wrong-zero"),
    ("must be more than that of the level before", "program-wrong-order"),
    ("must be a day that exists", "program-wrong-day"),
    ("must be a day such as", "program-wrong-day"),
    ("must be a day of every year", "program-wrong-year-day"),
    ("must be two different times", "program-wrong-hours"),
    ("must not be before", "program-wrong-until"),
    ("there can be only one", "program-wrong-only-one"),
    ("has either points or times", "program-wrong-limit"),
    ("says nothing here, where no points", "program-wrong-limit-times"),
    ("needs a membership", "program-wrong-membership"),
    ("has one to three forms", "program-wrong-forms"),
    ("is for cards with per", "program-wrong-card"),
    ("are for cards with per", "program-wrong-card"),
    ("is in use by", "program-wrong-taken"),
];

/// A sentence of ours for it, or as it was said.
fn sentence(say: Say, said: &str) -> String {
    if let Some((least, most)) = bounds(said) {
        return say.with("program-wrong-within", vec![("least", Told::Text(least)), ("most", Told::Text(most))]);
    }
    let known = KNOWN.iter().find(|(begins, _)| said.starts_with(begins)).and_then(|(_, key)| say.find(key));
    known.unwrap_or_else(|| {
        let mut signs = said.chars();
        signs.next().map(|first| first.to_uppercase().chain(signs).collect::<String>() + ".").unwrap_or_default()
    })
}

/// The bounds of "must be 1 to 1000000".
fn bounds(said: &str) -> Option<(String, String)> {
    let (least, most) = said.strip_prefix("must be ")?.split_once(" to ")?;
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    (is_number(least) && is_number(most)).then(|| (least.to_owned(), most.to_owned()))
}

/// Why nothing was kept.
pub(super) fn refusal(say: Say, error: &ChangeError) -> String {
    match error {
        ChangeError::Taken(_) => say.t("program-wrong-meanwhile"),
        ChangeError::Mistaken(mistakes) => {
            let told = mistakes.iter().map(|mistake| match (&*mistake.field, &*mistake.sentence) {
                ("valid_from", said) if said.starts_with("must not be in the past") => say.t("program-wrong-past"),
                ("valid_from", _) => say.t("program-wrong-before-latest"),
                ("", said) => sentence(say, said),
                (field, said) => format!("{field}: {}", sentence(say, said)),
            });
            told.collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}
