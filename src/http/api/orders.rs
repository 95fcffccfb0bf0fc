//! Orders of the counter: handed into the stream of writes, and how they went.

use actix_web::{HttpResponse, http::header};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{body::Checks, caller::Caller, place};
use crate::{
    domain::{phone::read_phone, shop::Shop},
    http::{Gateway, problem::Problem},
    service::till::{self, Once, Order, Taken, What, Whom, outcome::Outcome},
};

/// What came of a purchase.
pub enum Recorded {
    /// It was recorded.
    Done(Box<Outcome>),
    /// It waits for the YES of somebody who was invited.
    Waits(Waiting),
}

/// A purchase of somebody who is no member yet, and was invited by text to become one.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Waiting {
    /// Until when it waits for their YES; after that it is forgotten.
    pub waits_until: DateTime<Utc>,
}

/// Does something for somebody at a shop, under the key of the request where it has one.
pub async fn place(
    caller: Caller,
    gateway: &Gateway,
    order: (&Shop, Whom, What),
    once: Option<Once>,
) -> Result<Outcome, Problem> {
    match place_or_invite(caller, gateway, order, false, once).await? {
        Recorded::Done(outcome) => Ok(*outcome),
        Recorded::Waits(_) => Err(Problem::internal("something waits that nobody was invited for")),
    }
}

/// The same, where somebody who is no member may be invited.
pub async fn place_or_invite(
    caller: Caller,
    gateway: &Gateway,
    (shop, whom, what): (&Shop, Whom, What),
    invites: bool,
    once: Option<Once>,
) -> Result<Recorded, Problem> {
    let now = gateway.clock.now();
    let key = key_of(once.as_ref());
    let order = Order { shop_id: shop.id, whom, actor: caller.actor(gateway), key, what, invites };
    let done = match till::place(&gateway.writes, order, once, now).await? {
        Taken::Done(done) => *done,
        Taken::Waits { until } => return Ok(Recorded::Waits(Waiting { waits_until: until })),
    };
    let known = gateway.directory.read();
    let program = known.directory.program_version(shop.program_id, done.version);
    let program = program.or_else(|| known.directory.program_at(shop.program_id, now));
    let program = program.ok_or_else(|| Problem::internal("the program of a shop is not known"))?;
    Ok(Recorded::Done(Box::new(Outcome::of(&done, program, shop.language, now))))
}

/// Names of the API's keys differ between callers, and one purse may be theirs all.
fn key_of(once: Option<&Once>) -> String {
    once.map_or_else(|| Uuid::now_v7().to_string(), |once| format!("{}:{}", once.scope, once.key))
}

/// 201 for what was done, 200 for what had been done before.
pub fn answer(outcome: &Outcome, location: Option<String>) -> HttpResponse {
    let mut response = if outcome.repeat { HttpResponse::Ok() } else { HttpResponse::Created() };
    if let Some(location) = location {
        response.insert_header((header::LOCATION, location));
    }
    response.json(outcome)
}

/// Whom a body names: by their phone or by our id, by one of them.
pub fn whom(
    gateway: &Gateway,
    shop: &Shop,
    (phone, member_id): (Option<String>, Option<Uuid>),
    checks: &mut Checks,
) -> Option<Whom> {
    match (phone, member_id) {
        (Some(phone), None) => {
            let address = read_phone(&phone, place::country(gateway, shop));
            checks.check("phone", address).map(Whom::Address)
        }
        (None, Some(id)) => Some(Whom::Member(id)),
        (None, None) => checks.check("phone", Err("is needed, or member_id: who bought this?")),
        (Some(_), Some(_)) => checks.check("phone", Err("and member_id do not go together; send one of them")),
    }
}

/// The same where nobody need be named: then it is for whoever has the voucher or the sale.
pub fn whom_if_named(
    gateway: &Gateway,
    shop: &Shop,
    named: (Option<String>, Option<Uuid>),
    checks: &mut Checks,
) -> Option<Whom> {
    if named.0.is_none() && named.1.is_none() { Some(Whom::Holder) } else { whom(gateway, shop, named, checks) }
}
