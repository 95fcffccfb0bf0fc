//! Why something was not done at the counter, as a problem: the one place that gives each reason its type and status.
//!
//! 404: there is no such thing. 409: it does not go together with what is there, or not now. 422: it is not as the description
//! says, or the key stands for another request. (draft-ietf-httpapi-idempotency-key-header-07)

use actix_web::http::StatusCode;

use crate::{
    domain::purse::{NotIssued, refund::NotRefunded, sale::NotAdjusted},
    http::problem::Problem,
    service::{change::Mistake, codes::NotMade, till::NotDone},
};

/// Every type of problem that has a meaning beyond its status: its name, its title, its status. `docs/api.md` explains them.
pub const KINDS: &[(&str, &str, u16)] = &[
    ("no-such-shop", "No such shop", 404),
    ("no-such-member", "No such member", 404),
    ("no-such-sale", "No such sale", 404),
    ("no-such-voucher", "No such voucher", 404),
    ("no-such-page", "No such page", 404),
    ("which-shop", "Say which shop", 409),
    ("sale-of-another", "The sale is another member's", 409),
    ("other-amount", "The sale has another amount", 409),
    ("voucher-ended", "The voucher has ended", 409),
    ("voucher-of-another", "The voucher is another member's", 409),
    ("nothing-left", "Nothing is left", 409),
    ("too-few-points", "Too few points", 409),
    ("not-now", "It cannot be had now", 409),
    ("key-running", "The first request is still running", 409),
    ("no-secret-key", "The gateway has no key", 409),
    ("key-reused", "The key was used for another request", 422),
    ("no-sale", "This can be no sale", 409),
    ("wrong-currency", "It is not the shop's currency", 409),
    ("too-much", "More than was paid", 409),
    ("not-bought", "It was not bought", 409),
    ("no-such-reward", "No such reward", 404),
    ("no-such-action", "No such action", 404),
    ("no-such-rule", "No such rule", 404),
    ("wrong-points", "Not so many points", 409),
    ("no-membership", "No paid membership", 409),
    ("queue-full", "Too much is waiting", 503),
];

impl From<NotDone> for Problem {
    fn from(refused: NotDone) -> Self {
        let sentence = refused.to_string();
        let (kind, field) = match refused {
            NotDone::Store(error) => return error.into(),
            NotDone::NoSuchShop => ("no-such-shop", None),
            NotDone::NoSuchMember => ("no-such-member", None),
            NotDone::NoSuchSale => ("no-such-sale", None),
            NotDone::NoSuchVoucher => ("no-such-voucher", None),
            NotDone::SaleOfAnother => ("sale-of-another", None),
            NotDone::OtherAmount { .. } => ("other-amount", Some("amount")),
            NotDone::VoucherEnded(_) => ("voucher-ended", None),
            NotDone::NotTheirs => ("voucher-of-another", None),
            NotDone::KeyReused => ("key-reused", None),
            NotDone::KeyRunning => ("key-running", None),
            NotDone::QueueFull => ("queue-full", None),
            NotDone::NoSale(_) => ("no-sale", Some("sale_id")),
            NotDone::TooMuch(_) => ("too-much", Some("amount")),
            NotDone::NoSuchAction(_) => ("no-such-action", Some("action")),
            NotDone::NoMembership => ("no-membership", None),
            NotDone::NotIssued(why) => not_issued(&why),
            NotDone::NotRefunded(why) => not_refunded(&why),
            NotDone::NotAdjusted(why) => match why {
                NotAdjusted::TooFew(_) => ("too-few-points", Some("points")),
                NotAdjusted::TooMany => ("wrong-points", Some("points")),
            },
        };
        of(kind, field, &sentence)
    }
}

impl From<NotMade> for Problem {
    fn from(refused: NotMade) -> Self {
        let sentence = refused.to_string();
        match refused {
            NotMade::Change(error) => error.into(),
            NotMade::NoKey => of("no-secret-key", None, &sentence),
            NotMade::NoSuchRule(..) => of("no-such-rule", Some("rule"), &sentence),
            NotMade::Count => of("wrong-points", Some("count"), &sentence),
        }
    }
}

fn not_issued(why: &NotIssued) -> (&'static str, Option<&'static str>) {
    match why {
        NotIssued::NoSuchReward => ("no-such-reward", Some("reward")),
        NotIssued::TooFew { .. } => ("too-few-points", None),
        NotIssued::Level(_) | NotIssued::NotToday | NotIssued::Limit(_) => ("not-now", None),
        NotIssued::OutOfStock => ("nothing-left", None),
        NotIssued::Points(_) => ("wrong-points", Some("points")),
    }
}

fn not_refunded(why: &NotRefunded) -> (&'static str, Option<&'static str>) {
    match why {
        NotRefunded::NothingLeft => ("nothing-left", None),
        NotRefunded::TooMuch(_) => ("too-much", Some("amount")),
        NotRefunded::NotBought(_) => ("not-bought", Some("items")),
        NotRefunded::Nothing => ("too-much", Some("amount")),
    }
}

/// A problem of a type, about a field where one is named.
fn of(kind: &'static str, field: Option<&str>, sentence: &str) -> Problem {
    let status = KINDS.iter().find(|(name, ..)| *name == kind).map_or(422, |(.., status)| *status);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    let problem = match field {
        Some(field) => {
            let mistake = Mistake { field: field.to_owned(), sentence: sentence.to_owned() };
            Problem::of_fields(status, vec![mistake])
        }
        None => Problem::new(status, as_sentence(sentence)),
    };
    problem.of_kind(kind)
}

/// Errors begin small and end without a stop; a problem's detail is a sentence.
fn as_sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(chars).chain(std::iter::once('.')).collect()
}
