//! `/v1/events`: what happened, for those who would rather ask than be called.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Refusals,
    caller::Caller,
    listing::{Paging, bad_query, id_in_query, of_shop, unfit_query, write_cursor},
};
use crate::{
    domain::event::{EventKind, shown_id},
    http::{Gateway, problem::Problem},
    service::events::payload,
    store::events::{EventFilter, KeptEvent, Place},
};

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct Event {
    /// The same as `webhook-id`: who has seen it has seen it.
    #[schema(example = "evt_0123456789abcdef0123456789abcdef")]
    id: String,
    /// What kind of thing; `docs/events.md` has all of them.
    #[serde(rename = "type")]
    #[schema(example = "points.earned")]
    kind: String,
    /// When it was written down; `data.occurred_at` says when it happened where that was another time.
    timestamp: DateTime<Utc>,
    /// The rest: always the member and the shop where there is one, and what the kind tells.
    #[schema(value_type = Object, example = json!({ "phone": "+14155550199", "points": 12, "balance": 62 }))]
    data: Value,
}

/// A page of the feed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Feed {
    /// What happened, oldest first.
    items: Vec<Event>,
    /// Send it as `cursor` to go on. It is always there: an empty page means that nothing is new, and the same cursor asks again
    /// later. A page can be empty with more behind it where few events are of the wanted types; see `has_more`.
    #[schema(example = "WzAsMTdd")]
    next_cursor: String,
    /// Whether asking again at once is worth it.
    has_more: bool,
}

/// Which events.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FeedQuery {
    /// `next_cursor` of the page before; left out, the feed begins with the oldest event that is kept.
    cursor: Option<String>,
    /// Items of a page, 1 to 200; 50 where it is left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 200)]
    limit: Option<String>,
    /// Only these types, with commas between: `points.earned,reward.issued`.
    types: Option<String>,
    /// Only what happened at this shop.
    #[param(value_type = Option<Uuid>)]
    shop_id: Option<String>,
    /// The merchant: needed with the operator's key, and with another one left out.
    #[param(value_type = Option<Uuid>)]
    merchant_id: Option<String>,
}

/// What happened, oldest first. Nothing is ever passed over: an event that is written late stands behind those that were seen.
#[utoipa::path(get, path = "/v1/events", tag = "events", params(FeedQuery),
    responses((status = 200, body = Feed), Refusals))]
pub async fn list(
    caller: Caller,
    gateway: web::Data<Gateway>,
    query: web::Query<FeedQuery>,
) -> Result<HttpResponse, Problem> {
    let FeedQuery { cursor, limit, types, shop_id, merchant_id } = query.into_inner();
    let paging = Paging { cursor, limit };
    let merchant_id = merchant_in_query(caller, merchant_id)?;
    let shop_id = shop_id.map(|id| id_in_query("shop_id", &id)).transpose()?;
    let filter = EventFilter {
        kinds: types.as_deref().map(kinds_in_query).transpose()?.unwrap_or_default(),
        shop_id: of_shop(caller, shop_id)?,
    };
    let after: Place = paging.after()?.unwrap_or_default();
    let limit = paging.limit()?;
    let (found, end) = gateway.store.feed(merchant_id, after, &filter, limit).await?;
    let feed = Feed {
        // A page that got somewhere may have more behind it; one that stayed where it was has none.
        has_more: end != after,
        next_cursor: write_cursor(&end),
        items: found.iter().map(show).collect(),
    };
    Ok(HttpResponse::Ok().json(feed))
}

/// The merchant of the key; for the operator, the one that is named.
fn merchant_in_query(caller: Caller, named: Option<String>) -> Result<Uuid, Problem> {
    let named = named.map(|id| id_in_query("merchant_id", &id)).transpose()?;
    if named.is_some_and(|id| !caller.may_see(id)) {
        return Err(unfit_query("merchant_id", "is not the merchant of this key; leave it out"));
    }
    caller.scope().or(named).ok_or_else(|| unfit_query("merchant_id", "is needed with the operator's key"))
}

fn kinds_in_query(types: &str) -> Result<Vec<&'static str>, Problem> {
    let known = |name: &str| kind(name).map_err(|sentence| bad_query("types", sentence));
    types.split(',').map(|name| known(name.trim())).collect()
}

/// A kind of event by its name, or what is wrong with it.
pub fn kind(name: &str) -> Result<&'static str, String> {
    let known = || EventKind::ALL.map(EventKind::name).join(", ");
    EventKind::from_name(name)
        .map(EventKind::name)
        .ok_or_else(|| format!("has a type that is none; known: {}", known()))
}

fn show(event: &KeptEvent) -> Event {
    let mut payload = payload(event);
    Event {
        id: shown_id(event.id),
        kind: event.kind.clone(),
        timestamp: crate::clock::from_millis(event.created_at),
        data: payload["data"].take(),
    }
}
