//! Why something was not done, in the words of whoever is at the till.

use super::figures::points;
use crate::{
    console::say::Say,
    domain::{program::Program, purse::NotIssued},
    service::till::NotDone,
};

/// Why a reward cannot be had now.
pub(super) fn why_not(say: Say, program: &Program, refused: &NotIssued) -> String {
    match refused {
        NotIssued::TooFew { cost, available } => {
            say.of("till-too-few", "missing", points(say, program, cost - available.min(cost)))
        }
        NotIssued::Points(_) => say.t("till-wrong-points"),
        NotIssued::Level(level) => say.of("till-higher-level", "level", level),
        NotIssued::Limit(_) => say.t("till-had-all"),
        NotIssued::OutOfStock => say.t("till-none-left"),
        NotIssued::NotToday | NotIssued::NoSuchReward => say.t("till-not-today"),
    }
}

/// Why something was not recorded. `None`: it may work in a moment.
pub(super) fn refusal(say: Say, program: Option<&Program>, refused: &NotDone) -> Option<String> {
    Some(match refused {
        NotDone::Store(error) if error.is_passing() => return None,
        NotDone::QueueFull | NotDone::KeyRunning => return None,
        NotDone::NoSuchMember => say.t("till-no-member"),
        NotDone::NoSuchVoucher => say.t("till-no-voucher"),
        NotDone::NotTheirs => say.t("till-not-theirs"),
        NotDone::VoucherEnded(state) => say.word("till-voucher", state),
        NotDone::NotIssued(refused) => match program {
            Some(program) => why_not(say, program, refused),
            None => refused.to_string(),
        },
        NotDone::SaleOfAnother => say.t("till-sale-of-another"),
        NotDone::NoSale(_) => say.t("till-no-sale"),
        NotDone::NoSuchSale | NotDone::NotRefunded(_) | NotDone::TooMuch(_) => say.t("till-cannot-undo"),
        NotDone::Store(_) => say.t("till-failed"),
        other => other.to_string(),
    })
}
