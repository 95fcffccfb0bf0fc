//! `/v1/webhooks/{id}/deliveries`: how telling goes; and what is told again, or for a test.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Refusals,
    body::{Body, Checks, moment},
    caller::Caller,
    listing::{Listing, Paging, bad_query},
    webhooks::{find, only_owner},
};
use crate::{
    clock::from_millis,
    domain::event::{read_id, shown_id},
    http::{Gateway, problem::Problem},
    service::webhooks::{self, Again},
    store::deliveries::DeliveryRow,
};

/// The most events that are named in a request.
const EVENTS_MAX: usize = 200;
const STATES: [&str; 4] = ["queued", "claimed", "delivered", "failed"];

/// An event on its way to a webhook.
#[derive(Debug, Serialize, ToSchema)]
pub struct Delivery {
    /// The event.
    #[schema(example = "evt_0123456789abcdef0123456789abcdef")]
    event_id: String,
    /// Its type; `null` where it is no longer kept.
    #[serde(rename = "type")]
    #[schema(required, example = "points.earned")]
    kind: Option<String>,
    /// `queued`, `claimed` (on its way just now), `delivered` or `failed` (given up).
    #[schema(example = "delivered")]
    state: String,
    /// How often it was tried.
    #[schema(example = 1)]
    attempts: i32,
    /// The status that was last answered; `null` where there was no answer.
    #[schema(required, example = 204)]
    status: Option<i32>,
    /// What went wrong last.
    #[schema(required, example = json!(null))]
    reason: Option<String>,
    /// When the event was written down.
    created_at: DateTime<Utc>,
    /// When it was last tried.
    #[schema(required)]
    attempted_at: Option<DateTime<Utc>>,
    /// When it is tried next.
    #[schema(required)]
    next_attempt_at: Option<DateTime<Utc>>,
    /// When it was delivered or given up.
    #[schema(required)]
    settled_at: Option<DateTime<Utc>>,
}

/// Which deliveries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveryQuery {
    /// Only those in this state: `queued`, `claimed`, `delivered` or `failed`.
    #[param(pattern = "^(queued|claimed|delivered|failed)$")]
    state: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Items of a page, 1 to 200; 50 where it is left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 200)]
    limit: Option<String>,
}

/// What shall be told again: one of both.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Replay {
    /// Everything of the types that the webhook wants, from this moment on. (RFC 3339)
    #[schema(value_type = Option<DateTime<Utc>>, example = "2026-03-01T00:00:00Z")]
    since: Option<String>,
    /// These events, whatever their types.
    #[schema(min_items = 1, max_items = 200, example = json!(null))]
    event_ids: Option<Vec<String>>,
}

/// What came of a replay.
#[derive(Debug, Serialize, ToSchema)]
pub struct Replayed {
    /// So many events are in the queue again.
    #[schema(example = 12)]
    queued: u64,
    /// Whether there are more: 10000 events are looked at in one request. Then ask again from the time of the last one.
    has_more: bool,
}

/// A test under way.
#[derive(Debug, Serialize, ToSchema)]
pub struct TestSent {
    /// The event; `GET …/deliveries` says what came of it.
    #[schema(example = "evt_0123456789abcdef0123456789abcdef")]
    event_id: String,
}

/// How telling goes, the newest event first.
#[utoipa::path(get, path = "/v1/webhooks/{id}/deliveries", tag = "webhooks", params(("id" = Uuid, Path,), DeliveryQuery),
    responses((status = 200, body = Listing<Delivery>), Refusals))]
pub async fn list(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    query: web::Query<DeliveryQuery>,
) -> Result<HttpResponse, Problem> {
    let webhook = find(caller, &gateway, *id).await?;
    let DeliveryQuery { state, cursor, limit } = query.into_inner();
    let known = |state: String| STATES.into_iter().find(|known| *known == state);
    let unknown = || bad_query("state", format!("must be one of {}", STATES.join(", ")));
    let state = state.map(|state| known(state).ok_or_else(unknown)).transpose()?;
    let paging = Paging { cursor, limit };
    let found = gateway.store.deliveries(webhook.id, paging.after()?, state, paging.limit()? + 1).await?;
    Ok(HttpResponse::Ok().json(Listing::page(found, &paging, |row| (row.created_at, row.event_id), show)?))
}

/// Sends `webhook.test` to this webhook alone.
#[utoipa::path(post, path = "/v1/webhooks/{id}/test", tag = "webhooks", params(("id" = Uuid, Path,)),
    responses((status = 202, body = TestSent), Refusals))]
pub async fn test(caller: Caller, gateway: web::Data<Gateway>, id: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    only_owner(caller)?;
    let event_id = webhooks::test(gateway.change(&caller.author(&gateway)), (caller.scope(), *id)).await?;
    gateway.event_bell.ring([*id]);
    Ok(HttpResponse::Accepted().json(TestSent { event_id: shown_id(event_id) }))
}

/// Tells again what was told, or was not: after an outage on your side, say. Events keep their ids.
#[utoipa::path(post, path = "/v1/webhooks/{id}/replay", tag = "webhooks", params(("id" = Uuid, Path,)),
    request_body = Replay, responses((status = 202, body = Replayed), Refusals))]
pub async fn replay(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    body: Body<Replay>,
) -> Result<HttpResponse, Problem> {
    only_owner(caller)?;
    let Replay { since, event_ids } = body.0;
    let mut checks = Checks::default();
    let again = match (since, event_ids) {
        (Some(since), None) => checks.check("since", moment(since)).map(Again::Since),
        (None, Some(ids)) => checks.check("event_ids", read_ids(&ids)).map(Again::Events),
        _ => checks.check("since", Err("say since when, or name events in event_ids: one of both")),
    };
    answer(caller, &gateway, *id, checks.passed(again)?).await
}

/// Tells one event again.
#[utoipa::path(post, path = "/v1/webhooks/{id}/deliveries/{event_id}/replay", tag = "webhooks",
    params(("id" = Uuid, Path,), ("event_id" = String, Path, example = "evt_0123456789abcdef0123456789abcdef")),
    responses((status = 202, body = Replayed), Refusals))]
pub async fn replay_one(
    caller: Caller,
    gateway: web::Data<Gateway>,
    ids: web::Path<(Uuid, String)>,
) -> Result<HttpResponse, Problem> {
    only_owner(caller)?;
    let (id, event_id) = ids.into_inner();
    let event_id = read_id(&event_id).ok_or_else(Problem::not_found)?;
    answer(caller, &gateway, id, Again::Events(vec![event_id])).await
}

async fn answer(caller: Caller, gateway: &Gateway, id: Uuid, again: Again) -> Result<HttpResponse, Problem> {
    let (queued, has_more) =
        webhooks::replay(gateway.change(&caller.author(gateway)), (caller.scope(), id), again).await?;
    gateway.event_bell.ring([id]);
    Ok(HttpResponse::Accepted().json(Replayed { queued, has_more }))
}

fn read_ids(ids: &[String]) -> Result<Vec<Uuid>, String> {
    if ids.is_empty() || ids.len() > EVENTS_MAX {
        return Err(format!("names 1 to {EVENTS_MAX} events"));
    }
    let read = |id: &String| read_id(id).ok_or_else(|| "has an id that is none of an event: evt_…".to_owned());
    let mut ids = ids.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

fn show(row: DeliveryRow) -> Delivery {
    let is_open = row.state == "queued";
    Delivery {
        event_id: shown_id(row.event_id),
        kind: row.kind,
        state: row.state,
        attempts: row.attempts,
        status: row.status,
        reason: row.reason,
        created_at: from_millis(row.created_at),
        attempted_at: row.attempted_at.map(from_millis),
        next_attempt_at: is_open.then(|| from_millis(row.due_at)),
        settled_at: row.settled_at.map(from_millis),
    }
}
