//! `/v1/messages/{id}/why` and `/v1/members/{id}/why`: every step of a text, who or what held it back, and what happens next; and
//! why somebody gets no text at all.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Refusals, caller::Caller, members, place, vouchers::ShopChoice};
use crate::{
    domain::delivery::Step,
    http::{Gateway, problem::Problem},
    service::way,
    store::way::TextOnItsWay,
};

/// The way of a text, or how somebody stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Why {
    /// What happened or is so, in order; what happens next at the end.
    steps: Vec<WayStep>,
}

/// A step on the way.
#[derive(Debug, Serialize, ToSchema)]
pub struct WayStep {
    /// What, in a word for programs: `queued`, `held`, `behind`, `paced`, `taken`, `delivered`, `opted_out` … see docs/api.md.
    #[schema(example = "delivered")]
    step: &'static str,
    /// The same in a sentence.
    #[schema(example = "The carrier says that it arrived.")]
    detail: String,
    /// When it happened; `null`: it is so now, or is still to come.
    #[schema(required)]
    at: Option<DateTime<Utc>>,
    /// Until when it holds, from when on it does, or when it happens next.
    #[schema(required)]
    until: Option<DateTime<Utc>>,
    /// Whether it is still to come.
    next: bool,
    /// The provider's number for what went wrong.
    #[schema(required)]
    error_code: Option<i32>,
    /// What that number means, in a word: `unreachable`, `out_of_reach`, `filtered` …
    #[schema(required)]
    trouble: Option<&'static str>,
}

/// Why a text did not arrive, or has not yet: every step with its time, and what happens next. Texts that came in have none.
#[utoipa::path(get, path = "/v1/messages/{id}/why", tag = "members",
    params(("id" = String, Path, description = "The id of a text that went out", pattern = "^out_[0-9]{1,18}$", example = "out_34")),
    responses((status = 200, body = Why), Refusals))]
pub async fn of_message(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let text = find(caller, &gateway, &id).await?.ok_or_else(Problem::not_found)?;
    let steps = way::of_text(&gateway.store, &gateway.directory, &text, gateway.clock.now()).await?;
    Ok(HttpResponse::Ok().json(show(steps)))
}

/// Why a member gets no text from a shop, or when they get what waits for them.
#[utoipa::path(get, path = "/v1/members/{id}/why", tag = "members", params(("id" = Uuid, Path,), ShopChoice),
    responses((status = 200, body = Why), Refusals))]
pub async fn of_member(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    query: web::Query<ShopChoice>,
) -> Result<HttpResponse, Problem> {
    let member = members::find(caller, &gateway, *id).await?;
    let shop = place::of_holder(caller, &gateway, member.id, query.id()?).await?;
    if shop.merchant_id != member.merchant_id {
        return Err(Problem::not_found());
    }
    let enrolments = gateway.store.enrolments(&[member.id]).await?.remove(&member.id).unwrap_or_default();
    let enrolment = enrolments.iter().find(|enrolment| enrolment.shop_id == shop.id);
    let (store, directory) = (&gateway.store, &gateway.directory);
    let steps = way::of_member(store, directory, (&shop, &member, enrolment), gateway.clock.now()).await?;
    Ok(HttpResponse::Ok().json(show(steps)))
}

/// A text that went out, if this caller may see it.
async fn find(caller: Caller, gateway: &Gateway, id: &str) -> Result<Option<TextOnItsWay>, Problem> {
    let Some(number) = id.strip_prefix("out_").and_then(|number| number.parse::<i64>().ok()) else { return Ok(None) };
    let Some(text) = gateway.store.text_on_its_way(number).await? else { return Ok(None) };
    let Some(merchant_id) = caller.scope() else { return Ok(Some(text)) };
    // One that also speaks for other merchants is theirs to ask about whose member it went to.
    let is_theirs = text.merchant_id.is_none_or(|id| id == merchant_id);
    let Some(member_id) = gateway.store.member_id_at(merchant_id, &text.address).await?.filter(|_| is_theirs) else {
        return Ok(None);
    };
    let is_at_shop = match (caller.shop(), text.shop_id) {
        (Some(own), Some(of)) => own == of,
        (Some(own), None) => gateway.store.was_enrolled(member_id, own).await?,
        (None, _) => true,
    };
    Ok(is_at_shop.then_some(text))
}

fn show(steps: Vec<Step>) -> Why {
    let step = |Step { at, what, is_next }: Step| WayStep {
        step: what.word(),
        detail: what.sentence(),
        at,
        until: what.until(),
        next: is_next,
        error_code: what.trouble().map(|(code, _)| code),
        trouble: what.trouble().map(|(_, trouble)| trouble.word()),
    };
    Why { steps: steps.into_iter().map(step).collect() }
}
