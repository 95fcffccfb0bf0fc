//! `/v1/webhooks`: where a merchant's own systems are told what happens.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web,
};
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Refusals,
    body::{Body, Checks, given, text_of_at_most},
    caller::Caller,
    events::kind,
    listing::{Listing, Paging, id_in_query, unfit_query},
};
use crate::{
    clock::from_millis,
    domain::{access::Role, event::EventKind},
    http::{Gateway, problem::Problem},
    service::webhooks::{self, NewWebhook, WebhookChanges},
    store::webhooks::WebhookRow,
};

const DESCRIPTION_CHARS_MAX: usize = 200;
/// How long the secret before signs too where nothing is said, and at most.
const GRACE_HOURS: i64 = 24;
const GRACE_HOURS_MAX: i64 = 7 * 24;

/// A webhook.
#[derive(Debug, Serialize, ToSchema)]
pub struct Webhook {
    /// Our id.
    id: Uuid,
    /// Whose it is.
    merchant_id: Uuid,
    /// Where it leads.
    #[schema(example = "https://example.com/regulars")]
    url: String,
    /// Of which types of events; empty: all.
    #[schema(example = json!(["points.earned", "reward.issued"]))]
    types: Vec<String>,
    /// What it is for.
    #[schema(example = "Our cash desk")]
    description: String,
    /// `active`; `paused`: nothing but failures came of it for five days; `disabled`: it answered 410 Gone. `POST …/resume` makes it
    /// active again.
    #[schema(example = "active")]
    state: String,
    /// Why it is not active.
    #[schema(required)]
    pause_reason: Option<String>,
    /// Since when nothing but failures came of it.
    #[schema(required)]
    failing_since: Option<DateTime<Utc>>,
    /// Until when it is left alone, since it asked for that.
    #[schema(required)]
    rests_until: Option<DateTime<Utc>>,
    /// Until when the secret before signs too.
    #[schema(required)]
    previous_secret_until: Option<DateTime<Utc>>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// The secret that signs: shown when it is made, and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")]
    secret: Option<String>,
}

/// A webhook to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookBody {
    /// Where it leads: an https:// address on the public network.
    #[schema(max_length = 2000, example = "https://example.com/regulars")]
    url: String,
    /// Of which types of events. Left out or empty, all, with those that are added later.
    #[serde(default)]
    #[schema(example = json!(["points.earned", "reward.issued"]))]
    types: Vec<String>,
    /// What it is for.
    #[serde(default)]
    #[schema(max_length = 200, example = "Our cash desk")]
    description: String,
    /// The merchant: needed with the operator's key.
    merchant_id: Option<Uuid>,
}

/// What shall change of a webhook; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookPatch {
    /// Where it leads.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, max_length = 2000)]
    url: Option<String>,
    /// Of which types of events; empty: all.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Vec<String>, required = false)]
    types: Option<Vec<String>>,
    /// What it is for.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, max_length = 200)]
    description: Option<String>,
}

/// How a secret is replaced.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// So many hours the secret before signs too, 0 to 168; 24 where it is left out. 0 where somebody else has learnt it.
    #[schema(minimum = 0, maximum = 168, example = 24)]
    grace_hours: Option<i64>,
}

/// Which webhooks.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WebhookQuery {
    /// Only this merchant's, with the operator's key.
    #[param(value_type = Option<Uuid>)]
    merchant_id: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Items of a page, 1 to 200; 50 where it is left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 200)]
    limit: Option<String>,
}

/// Makes a webhook; its secret is in this answer alone. What happens from now on is told to it.
#[utoipa::path(post, path = "/v1/webhooks", tag = "webhooks", request_body = WebhookBody,
    responses((status = 201, body = Webhook), Refusals))]
pub async fn create(
    caller: Caller,
    gateway: web::Data<Gateway>,
    body: Body<WebhookBody>,
) -> Result<HttpResponse, Problem> {
    only_owner(caller)?;
    let WebhookBody { url, types, description, merchant_id } = body.0;
    let mut checks = Checks::default();
    let merchant_id = checks.fit("merchant_id", caller.merchant_of(merchant_id));
    let url = read_url(&mut checks, &url, &gateway);
    let kinds = checks.check("types", read_kinds(types));
    let description = checks.check("description", text_of_at_most(DESCRIPTION_CHARS_MAX)(description));
    let made = merchant_id.zip(url).zip(kinds).zip(description);
    let made =
        made.map(|(((merchant_id, url), kinds), description)| NewWebhook { merchant_id, url, kinds, description });
    let (row, secret) = webhooks::create(gateway.change(&caller.author(&gateway)), checks.passed(made)?).await?;
    let location = format!("/v1/webhooks/{}", row.id);
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(show(row, Some(&secret))))
}

/// All webhooks for the operator; for a merchant, its own.
#[utoipa::path(get, path = "/v1/webhooks", tag = "webhooks", params(WebhookQuery),
    responses((status = 200, body = Listing<Webhook>), Refusals))]
pub async fn list(
    caller: Caller,
    gateway: web::Data<Gateway>,
    query: web::Query<WebhookQuery>,
) -> Result<HttpResponse, Problem> {
    only_owner(caller)?;
    let WebhookQuery { merchant_id, cursor, limit } = query.into_inner();
    let merchant_id = merchant_id.map(|id| id_in_query("merchant_id", &id)).transpose()?;
    if merchant_id.is_some_and(|id| !caller.may_see(id)) {
        return Err(unfit_query("merchant_id", "is not the merchant of this key; leave it out"));
    }
    let paging = Paging { cursor, limit };
    let found = gateway.store.webhooks(merchant_id.or(caller.scope()), paging.by_id()?).await?;
    Ok(HttpResponse::Ok().json(Listing::page(found, &paging, |row| row.id, |row| show(row, None))?))
}

/// One webhook.
#[utoipa::path(get, path = "/v1/webhooks/{id}", tag = "webhooks", params(("id" = Uuid, Path,)),
    responses((status = 200, body = Webhook), Refusals))]
pub async fn get(caller: Caller, gateway: web::Data<Gateway>, id: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok().json(show(find(caller, &gateway, *id).await?, None)))
}

/// Changes a webhook. One that leads elsewhere now begins without a history of failures.
#[utoipa::path(patch, path = "/v1/webhooks/{id}", tag = "webhooks", params(("id" = Uuid, Path,)),
    request_body = WebhookPatch, responses((status = 200, body = Webhook), Refusals))]
pub async fn update(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    body: Body<WebhookPatch>,
) -> Result<HttpResponse, Problem> {
    find(caller, &gateway, *id).await?;
    let WebhookPatch { url, types, description } = body.0;
    let mut checks = Checks::default();
    let changes = WebhookChanges {
        url: url.and_then(|url| read_url(&mut checks, &url, &gateway)),
        kinds: checks.optional("types", types, read_kinds),
        description: checks.optional("description", description, text_of_at_most(DESCRIPTION_CHARS_MAX)),
    };
    let row = webhooks::update(
        gateway.change(&caller.author(&gateway)),
        (caller.scope(), *id),
        checks.passed(Some(changes))?,
    )
    .await?;
    Ok(HttpResponse::Ok().json(show(row, None)))
}

/// Deletes a webhook: it is called no more.
#[utoipa::path(delete, path = "/v1/webhooks/{id}", tag = "webhooks", params(("id" = Uuid, Path,)),
    responses((status = 204), Refusals))]
pub async fn delete(caller: Caller, gateway: web::Data<Gateway>, id: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    only_owner(caller)?;
    webhooks::delete(gateway.change(&caller.author(&gateway)), (caller.scope(), *id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Gives a webhook a new secret, which is in this answer alone. For the time of grace both sign.
#[utoipa::path(post, path = "/v1/webhooks/{id}/rotate", tag = "webhooks", params(("id" = Uuid, Path,)),
    request_body = Rotation, responses((status = 200, body = Webhook), Refusals))]
pub async fn rotate(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    body: Body<Rotation>,
) -> Result<HttpResponse, Problem> {
    only_owner(caller)?;
    let within = |hours| match (0..=GRACE_HOURS_MAX).contains(&hours) {
        true => Ok(hours),
        false => Err(format!("must be from 0 to {GRACE_HOURS_MAX}")),
    };
    let mut checks = Checks::default();
    let hours = checks.check("grace_hours", within(body.0.grace_hours.unwrap_or(GRACE_HOURS)));
    let grace = TimeDelta::hours(checks.passed(hours)?);
    let (row, secret) =
        webhooks::rotate(gateway.change(&caller.author(&gateway)), (caller.scope(), *id), grace).await?;
    Ok(HttpResponse::Ok().json(show(row, Some(&secret))))
}

/// Calls a webhook again that was paused or disabled; what has waited for it goes on. What happened while it was disabled is told
/// by a replay.
#[utoipa::path(post, path = "/v1/webhooks/{id}/resume", tag = "webhooks", params(("id" = Uuid, Path,)),
    responses((status = 200, body = Webhook), Refusals))]
pub async fn resume(caller: Caller, gateway: web::Data<Gateway>, id: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    only_owner(caller)?;
    let row = webhooks::resume(gateway.change(&caller.author(&gateway)), (caller.scope(), *id)).await?;
    gateway.event_bell.ring([row.id]);
    Ok(HttpResponse::Ok().json(show(row, None)))
}

/// Refuses whoever does not decide for the whole merchant: a webhook hears of all its shops.
pub(super) fn only_owner(caller: Caller) -> Result<(), Problem> {
    caller.needs(Role::Owner)?;
    match caller {
        Caller::Key { shop_id: Some(_), .. } => {
            let detail = "This key is for one shop, and webhooks hear of all of them; use a key of the merchant.";
            Err(Problem::new(StatusCode::FORBIDDEN, detail))
        }
        _ => Ok(()),
    }
}

/// The webhook, if this caller may see it.
pub(super) async fn find(caller: Caller, gateway: &Gateway, id: Uuid) -> Result<WebhookRow, Problem> {
    only_owner(caller)?;
    let found = gateway.store.webhook(id).await?;
    found.filter(|row| caller.may_see(row.merchant_id)).ok_or_else(Problem::not_found)
}

/// Whether a webhook may lead where the address does is for the settings to say.
fn read_url(checks: &mut Checks, written: &str, gateway: &Gateway) -> Option<Url> {
    let is_address = |url: &Url| matches!(url.scheme(), "http" | "https");
    let is_written_so = Url::parse(written.trim()).is_ok_and(|url| is_address(&url));
    checks
        .check("url", is_written_so.then_some(()).ok_or("must be an address such as https://example.com/regulars"))?;
    checks.fit("url", webhooks::read_url(written.trim(), &gateway.settings.events))
}

fn read_kinds(types: Vec<String>) -> Result<Vec<&'static str>, String> {
    if types.len() > EventKind::ALL.len() {
        return Err("has more types than there are".to_owned());
    }
    types.iter().map(|name| kind(name)).collect()
}

fn show(row: WebhookRow, secret: Option<&SecretString>) -> Webhook {
    Webhook {
        types: row.kinds().map(str::to_owned).collect(),
        id: row.id,
        merchant_id: row.merchant_id,
        url: row.url,
        description: row.description,
        state: row.state,
        pause_reason: row.pause_reason,
        failing_since: row.failing_since.map(from_millis),
        rests_until: row.rests_until.map(from_millis),
        previous_secret_until: row.previous_until.map(from_millis),
        created_at: from_millis(row.created_at),
        secret: secret.map(|secret| secret.expose_secret().to_owned()),
    }
}
