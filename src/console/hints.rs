//! Mistakes that people commonly make, said in their language; what is rarer is said as the service says it.

use super::{form::Hints, say::Say};
use crate::service::change::Mistake;

/// What is wrong, field by field.
pub(super) fn of(say: Say, mistakes: Vec<Mistake>) -> Hints {
    let mistakes = mistakes.into_iter().map(|mistake| {
        let sentence = key_of(&mistake).and_then(|key| say.find(key)).unwrap_or_else(|| own(say, mistake.sentence));
        Mistake { sentence, ..mistake }
    });
    Hints::from(mistakes.collect::<Vec<_>>())
}

fn key_of(mistake: &Mistake) -> Option<&'static str> {
    match &*mistake.field {
        "name" => Some("hint-name"),
        "merchant" => Some("hint-merchant"),
        "password" => Some("hint-password"),
        "email" if mistake.sentence.starts_with("signs") => Some("hint-email-taken"),
        "email" if mistake.sentence.starts_with("is none") => Some("hint-email-none"),
        "email" => Some("hint-email"),
        "shop" if mistake.sentence.starts_with("must be all") => Some("hint-shop-of-owner"),
        "pin" => Some("hint-pin"),
        "again" => Some("hint-again"),
        "shop" | "role" => Some("hint-choice"),
        "currency" if mistake.sentence.starts_with("the shops that share") => Some("hint-currency-shared"),
        "sender" => Some("hint-number"),
        _ => None,
    }
}

/// What stands in the way.
pub(super) fn taken(say: Say, sentence: String) -> String {
    let key = match &*sentence {
        last if last.starts_with("This is the last owner") => "last-owner",
        last if last.starts_with("This is the last operator") => "last-operator",
        full if full.contains(" people already") => "people-full",
        full if full.contains(" links are open") => "links-full",
        _ => return own(say, sentence),
    };
    say.t(key)
}

/// The services speak English: what has no words here is said as they say it to those who read that.
fn own(say: Say, sentence: String) -> String {
    if say.code() == "en" { sentence } else { say.t("hint-other") }
}
