//! What staff do for a member on their page: points by hand, rewards, vouchers. Everything is an order of the counter, done once
//! however often its form is sent.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    AtMember, actor,
    overview::{self, Adjusted},
    shown::points,
};
use crate::{
    console::{
        form::{Hints, Posted},
        page::go_done,
        say::Say,
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::{
        program::{Program, award::AT_ONCE_MAX},
        purse::{NotIssued, sale::NotAdjusted},
    },
    http::Gateway,
    service::till::{self, NotDone, Order, What, Whom},
};

/// The most characters of a reason.
const REASON_CHARS_MAX: usize = 500;
/// The most characters of a reward's id, or of a code.
const ID_CHARS_MAX: usize = 100;

/// Points by hand.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct AdjustForm {
    points: String,
    reason: String,
    once: String,
}

/// A reward to be bought.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct RewardForm {
    reward: String,
    points: String,
    once: String,
}

/// A voucher, and what is done with it.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct VoucherForm {
    code: String,
    deed: String,
}

/// Gives or takes points by hand.
pub(in crate::console) async fn adjust(
    request: HttpRequest,
    at: AtShop,
    form: Posted<AdjustForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtMember::find(&request, at, &gateway).await?;
    let Posted(AdjustForm { points: typed, reason, once }) = form;
    let say = at.frame(&request, "overview").0.say;
    let mut hints = Hints::default();
    let points = number(&typed).filter(|points| *points != 0 && points.abs() <= AT_ONCE_MAX);
    if points.is_none() {
        hints.add("points", say.t("adjust-points-wrong"));
    }
    let trimmed = reason.trim();
    if trimmed.is_empty() || trimmed.chars().count() > REASON_CHARS_MAX || trimmed.chars().any(char::is_control) {
        hints.add("reason", say.t("adjust-reason-wrong"));
    }
    if let Some(points) = points.filter(|_| !hints.any()) {
        let what = What::Adjust { points, reason: trimmed.to_owned() };
        match place(&at, &gateway, what, &once).await {
            Ok(()) => return Ok(go_done(&at.base(), "adjusted")),
            Err(NotDone::NotAdjusted(NotAdjusted::TooFew(left))) => {
                hints.add("points", say.n("adjust-too-few", left));
            }
            Err(other) => hints.add("points", refused(say, other)?),
        }
    }
    let adjust = Adjusted { points: typed, reason };
    overview::show(&request, &at, &gateway, StatusCode::UNPROCESSABLE_ENTITY, (adjust, hints)).await
}

/// Buys a reward with the member's points.
pub(in crate::console) async fn issue(
    request: HttpRequest,
    at: AtShop,
    form: Posted<RewardForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtMember::find(&request, at, &gateway).await?;
    let Posted(RewardForm { reward, points, once }) = form;
    let program = gateway.directory.read().directory.program_of(&at.shop, gateway.clock.now()).cloned();
    let is_money = program.as_ref().and_then(|program| program.reward(&reward)).is_some_and(|reward| reward.is_money());
    let points = number(&points).filter(|_| is_money);
    let reward: String = reward.chars().take(ID_CHARS_MAX).collect();
    let done = place(&at, &gateway, What::Issue { reward, points }, &once).await;
    answer(&request, &at, &gateway, done, "issued").await
}

/// Redeems or cancels a voucher of the member's.
pub(in crate::console) async fn end_voucher(
    request: HttpRequest,
    at: AtShop,
    form: Posted<VoucherForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtMember::find(&request, at, &gateway).await?;
    let Posted(VoucherForm { code, deed }) = form;
    let code: String = code.chars().take(ID_CHARS_MAX).collect();
    let (what, done) = match deed.as_str() {
        "redeem" => (What::Redeem(code), "redeemed"),
        "cancel" => (What::Cancel(code), "cancelled"),
        _ => return Err(Trouble::StaleForm),
    };
    let placed = place(&at, &gateway, what, "").await;
    answer(&request, &at, &gateway, placed, done).await
}

async fn answer(
    request: &HttpRequest,
    at: &AtMember,
    gateway: &Gateway,
    placed: Result<(), NotDone>,
    done: &str,
) -> Result<HttpResponse, Trouble> {
    let refused = match placed {
        Ok(()) => return Ok(go_done(&at.base(), done)),
        Err(refused) => refused,
    };
    let say = at.frame(request, "overview").0.say;
    let program = gateway.directory.read().directory.program_of(&at.shop, gateway.clock.now()).cloned();
    let sentence = match (&refused, program) {
        (NotDone::NotIssued(why), Some(program)) => why_not(&program, why, say),
        _ => self::refused(say, refused)?,
    };
    let mut hints = Hints::default();
    hints.add("voucher", sentence);
    overview::show(request, at, gateway, StatusCode::UNPROCESSABLE_ENTITY, (Adjusted::default(), hints)).await
}

async fn place(at: &AtMember, gateway: &Gateway, what: What, once: &str) -> Result<(), NotDone> {
    // One key for each form that was shown, of this person: another's cannot be met.
    let once = Uuid::try_parse(once).unwrap_or_else(|_| Uuid::now_v7());
    let order = Order {
        shop_id: at.shop.id,
        whom: Whom::Member(at.member.id),
        actor: actor(&at.viewer),
        key: format!("console:{}:{once}", at.viewer.person.id),
        what,
        invites: false,
    };
    till::place(&gateway.writes, order, None, gateway.clock.now()).await.map(drop)
}

/// Why a reward cannot be had, in words.
pub(super) fn why_not(program: &Program, refused: &NotIssued, say: Say) -> String {
    match refused {
        NotIssued::TooFew { cost, available } => {
            say.of("reward-too-few", "points", points(program, cost - available, say))
        }
        NotIssued::Level(_) => say.t("reward-level"),
        NotIssued::Limit(_) => say.t("reward-limit"),
        NotIssued::OutOfStock => say.t("reward-sold-out"),
        NotIssued::NotToday => say.t("reward-not-today"),
        NotIssued::NoSuchReward | NotIssued::Points(_) => say.t("reward-wrong"),
    }
}

/// Why something was not done, in words; what is no mistake of theirs is a trouble.
fn refused(say: Say, refused: NotDone) -> Result<String, Trouble> {
    Ok(match refused {
        NotDone::Store(error) => return Err(error.into()),
        NotDone::QueueFull => return Err(Trouble::Busy),
        NotDone::NoSuchMember => say.t("order-no-member"),
        NotDone::NoSuchVoucher => say.t("order-no-voucher"),
        NotDone::NotTheirs => say.t("order-not-theirs"),
        NotDone::VoucherEnded(state) => {
            say.find(&format!("order-voucher-{state}")).unwrap_or_else(|| say.t("order-no-voucher"))
        }
        other => other.to_string(),
    })
}

/// A whole number as people type it: `+50`, `-20`, `−20`, `1,000`.
fn number(typed: &str) -> Option<i64> {
    let plain: String = typed.trim().chars().filter(|c| !matches!(c, ',' | '.' | ' ' | '\u{a0}' | '\'')).collect();
    let plain = plain.replace('−', "-");
    let digits = plain.trim_start_matches(['+', '-']);
    let is_number = !digits.is_empty() && digits.len() <= 15 && digits.chars().all(|c| c.is_ascii_digit());
    plain.parse().ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (typed, read) in [("50", 50), ("+50", 50), (" −20 ", -20), ("-1,000", -1000), ("1.000", 1000)] {
            assert_eq!(number(typed), Some(read), "{typed}");
        }
        for wrong in ["", "-", "ten", "1e3", "+-5", "99999999999999999"] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }
}
