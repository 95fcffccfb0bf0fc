//! `/v1/members/{id}/adjustments` and `/v1/members/{id}/actions`: what staff give, take and record by hand.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Refusals,
    body::{Body, Checks, line},
    caller::Caller,
    members,
    once::OnceKey,
    orders, place,
};
use crate::{
    domain::{access::Role, program::award::AT_ONCE_MAX},
    http::{Gateway, problem::Problem},
    service::till::{What, Whom, outcome::Outcome},
};

/// The most characters of a reason.
const REASON_CHARS_MAX: usize = 500;
/// The most characters of a rule's id.
const ACTION_CHARS_MAX: usize = 100;

/// Points by hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAdjustment {
    /// How many; below zero takes.
    #[schema(minimum = -1000000000000i64, maximum = 1000000000000i64, example = 50)]
    points: i64,
    /// Why; it stands in the member's history.
    #[schema(min_length = 1, max_length = 500, example = "A long wait on Monday")]
    reason: String,
    /// At which shop; may be left out where the member belongs to one.
    shop_id: Option<Uuid>,
}

/// An action of the program, such as a cup brought along.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAction {
    /// The id of the action's rule in the program.
    #[schema(min_length = 1, max_length = 100, example = "own-cup")]
    action: String,
    /// At which shop; may be left out where the member belongs to one.
    shop_id: Option<Uuid>,
}

/// Gives or takes points by hand. For managers. Send an Idempotency-Key, so that the same request twice gives once.
#[utoipa::path(post, path = "/v1/members/{id}/adjustments", tag = "till", params(("id" = Uuid, Path,)),
    request_body = NewAdjustment, responses((status = 201, body = Outcome, description = "It was done."),
    (status = 200, body = Outcome, description = "It had been done before; nothing has changed."), Refusals))]
pub async fn adjust(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    OnceKey(once): OnceKey,
    body: Body<NewAdjustment>,
) -> Result<HttpResponse, Problem> {
    caller.needs(Role::Manager)?;
    let NewAdjustment { points, reason, shop_id } = body.0;
    let member = members::find(caller, &gateway, *id).await?;
    let mut checks = Checks::default();
    let range = -AT_ONCE_MAX..=AT_ONCE_MAX;
    let too_many = || format!("must be from {} to {AT_ONCE_MAX}", -AT_ONCE_MAX);
    let points = checks.check("points", Some(points).filter(|points| range.contains(points)).ok_or_else(too_many));
    let reason = checks.check("reason", line(REASON_CHARS_MAX)(reason));
    let (points, reason) = checks.passed(points.zip(reason))?;
    let shop = place::of_member(caller, &gateway, member.id, shop_id).await?;
    let order = (&shop, Whom::Member(member.id), What::Adjust { points, reason });
    Ok(orders::answer(&orders::place(caller, &gateway, order, once).await?, None))
}

/// Records an action of the program for a member. Send an Idempotency-Key, so that the same request twice counts once.
#[utoipa::path(post, path = "/v1/members/{id}/actions", tag = "till", params(("id" = Uuid, Path,)),
    request_body = NewAction, responses((status = 201, body = Outcome, description = "It was recorded."),
    (status = 200, body = Outcome, description = "It had been recorded before; nothing has changed."), Refusals))]
pub async fn act(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    OnceKey(once): OnceKey,
    body: Body<NewAction>,
) -> Result<HttpResponse, Problem> {
    let NewAction { action, shop_id } = body.0;
    let member = members::find(caller, &gateway, *id).await?;
    let mut checks = Checks::default();
    let action = checks.check("action", line(ACTION_CHARS_MAX)(action));
    let action = checks.passed(action)?;
    let shop = place::of_member(caller, &gateway, member.id, shop_id).await?;
    let order = (&shop, Whom::Member(member.id), What::Action(action));
    Ok(orders::answer(&orders::place(caller, &gateway, order, once).await?, None))
}
