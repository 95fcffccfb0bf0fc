//! Sales and visits as the till's script sends them, one after the other in the order in which they were entered: those that
//! were entered while the line was lost, too. Each has an id that was made on the till, and is recorded once under it.

use std::rc::Rc;

use actix_web::{HttpMessage, HttpRequest, HttpResponse, http::StatusCode, web};
use chrono::Duration;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::{AtTill, deeds::program_of, frame::say_of, refusals::refusal};
use crate::{
    console::{trouble::Trouble, viewer::Viewer},
    domain::phone::read_phone,
    service::{
        counter::{LATE_DAYS_MAX, Recorded},
        till::{NotDone, Whom},
    },
};

/// What carries the session's word that every form carries too.
const CSRF_HEADER: &str = "x-csrf";
/// The most bytes of an order.
const ORDER_BYTES_MAX: usize = 4 * 1024;

/// An order of the till's script.
#[derive(Deserialize)]
struct NewOrder {
    /// Made on the till; the same again is the same order.
    id: Uuid,
    /// Who bought, as it was typed. This or `member_id`.
    #[serde(default)]
    phone: Option<String>,
    /// Who bought.
    #[serde(default)]
    member_id: Option<Uuid>,
    /// In the smallest unit of the shop's currency; 0 for a visit.
    amount: i64,
    /// How long ago it was entered, by the till's own clock: whether that goes right does not matter.
    #[serde(default)]
    age_ms: i64,
    /// Who was at the till then.
    #[serde(default)]
    made_by: Option<Uuid>,
    /// Whether somebody unknown is to be invited.
    #[serde(default)]
    invite: bool,
}

/// What came of an order.
#[derive(Serialize)]
struct Answer {
    /// `done`, `waits` or `refused`.
    state: &'static str,
    /// What it is kept as.
    deed: Option<Uuid>,
    /// Why it was refused.
    message: Option<String>,
    /// Whether somebody unknown could be invited.
    may_invite: bool,
}

/// Records one order.
pub(in crate::console) async fn take(
    request: HttpRequest,
    at: AtTill,
    payload: web::Payload,
) -> Result<HttpResponse, Trouble> {
    check_csrf(&request)?;
    let bytes = payload.to_bytes_limited(ORDER_BYTES_MAX).await;
    let bytes = bytes.ok().and_then(Result::ok).ok_or(Trouble::StaleForm)?;
    let order: NewOrder = serde_json::from_slice(&bytes).map_err(|_| Trouble::StaleForm)?;
    let say = say_of(&request, &at);
    let age = Duration::try_milliseconds(order.age_ms.max(0)).unwrap_or(Duration::MAX);
    if age > Duration::days(LATE_DAYS_MAX) {
        return Ok(refused(say.n("till-too-old", LATE_DAYS_MAX), false));
    }
    let whom = match (order.member_id, order.phone.as_deref().map(|phone| read_phone(phone, at.country()))) {
        (Some(id), _) => Whom::Member(id),
        (None, Some(Ok(address))) => Whom::Address(address),
        (None, _) => return Ok(refused(say.t("till-number-wrong"), false)),
    };
    let is_by_phone = matches!(whom, Whom::Address(_));
    let actor = actor(&at, order.made_by).await?;
    let recorded = Recorded::Sale { whom, amount: order.amount, at: at.now - age, invites: order.invite };
    match at.counter(&actor).record(order.id, recorded).await {
        Ok(deed) => {
            let state = if deed.kept.receipt.waits_until.is_some() { "waits" } else { "done" };
            Ok(answer(&Answer { state, deed: Some(deed.id), message: None, may_invite: false }))
        }
        Err(error) => match refusal(say, Some(&*program_of(&at)?), &error) {
            None => Err(Trouble::Busy),
            Some(_) if matches!(error, NotDone::Store(_)) => Err(Trouble::Failed(error.to_string())),
            Some(message) => {
                let may_invite = is_by_phone && !order.invite && matches!(error, NotDone::NoSuchMember);
                Ok(refused(
                    if order.invite && matches!(error, NotDone::NoSuchMember) {
                        say.t("till-cannot-invite")
                    } else {
                        message
                    },
                    may_invite,
                ))
            }
        },
    }
}

fn refused(message: String, may_invite: bool) -> HttpResponse {
    answer(&Answer { state: "refused", deed: None, message: Some(message), may_invite })
}

fn answer(answer: &Answer) -> HttpResponse {
    HttpResponse::build(StatusCode::OK).json(answer)
}

/// Who did it, as it stands in the ledger. What one entered while the line was lost may be sent when another is here.
async fn actor(at: &AtTill, made_by: Option<Uuid>) -> Result<String, Trouble> {
    let sent_by = &at.viewer.person;
    let Some(id) = made_by.filter(|id| *id != sent_by.id) else { return Ok(sent_by.name.clone()) };
    let made_by = at.gateway.store.person(id).await?.filter(|row| row.person.merchant_id == Some(at.shop.merchant_id));
    Ok(made_by.map_or_else(|| sent_by.name.clone(), |row| format!("{} ({})", row.person.name, sent_by.name)))
}

/// Whether it is this session's page that sends.
fn check_csrf(request: &HttpRequest) -> Result<(), Trouble> {
    let extensions = request.extensions();
    let viewer = extensions.get::<Rc<Viewer>>().ok_or(Trouble::NotSignedIn(None))?;
    let sent = request.headers().get(CSRF_HEADER).map(|value| value.as_bytes()).unwrap_or_default();
    if bool::from(sent.ct_eq(viewer.csrf.as_bytes())) { Ok(()) } else { Err(Trouble::StaleForm) }
}
