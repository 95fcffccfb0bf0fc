//! `/v1/keys`: who may call, and what they may do.

use actix_web::{HttpResponse, http::header, web};
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Refusals,
    body::{Body, Checks, given, line},
    caller::Caller,
    listing::{Listing, Paging, id_in_query, unfit_query},
};
use crate::{
    clock::from_millis,
    domain::access::Role,
    http::{Gateway, problem::Problem},
    service::keys::{self, GRACE_SECONDS, GRACE_SECONDS_MAX, KeyKeeper, NewKey},
    store::keys::{KeyFilter, KeyRow},
};

const NAME_CHARS_MAX: usize = 80;

/// A key for this API. Its secret is not among what is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct Key {
    /// Our id; it stays when the secret is replaced.
    id: Uuid,
    /// Whose it is.
    merchant_id: Uuid,
    /// The one shop it is for; `null`: all of the merchant's.
    #[schema(required)]
    shop_id: Option<Uuid>,
    /// `staff`, `manager` or `owner`.
    #[schema(example = "staff")]
    role: &'static str,
    /// What the merchant calls it; stands in the ledger as who did it.
    #[schema(example = "Till 2")]
    name: String,
    /// The last characters of its secret, by which people tell keys apart; empty for keys of old.
    #[schema(example = "3f9a")]
    hint: String,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was last used, to the minute; `null`: never.
    #[schema(required)]
    last_used_at: Option<DateTime<Utc>>,
    /// Until when the secret before the last rotation is good; `null`: it is not.
    #[schema(required)]
    previous_until: Option<DateTime<Utc>>,
    /// Since when it is good no more; `null`: it is good.
    #[schema(required)]
    revoked_at: Option<DateTime<Utc>>,
}

/// A key with its secret, which is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShownKey {
    #[serde(flatten)]
    key: Key,
    /// The secret: `Authorization: Bearer …`. Shown this once: only a hash is kept.
    #[schema(example = "rgl_8a3f…")]
    api_key: String,
}

/// A key to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyBody {
    /// Whose it shall be. A merchant's key may leave it out.
    merchant_id: Option<Uuid>,
    /// The one shop it shall be for; left out, all of the merchant's. A key for one shop makes keys for that shop alone.
    shop_id: Option<Uuid>,
    /// `staff` records and redeems; `manager` also adjusts, merges, makes codes, edits keywords and programs; `owner` also decides
    /// over shops, keys, webhooks, tills, staff phones, imports and exports.
    #[schema(pattern = "^(staff|manager|owner)$", example = "staff")]
    role: String,
    /// What the merchant calls it; stands in the ledger as who did it.
    #[schema(min_length = 1, max_length = 80, example = "Till 2")]
    name: String,
}

/// How a secret is replaced.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RotationBody {
    /// For how many seconds the old secret is good; 0: no more from now on.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = i64, required = false, default = 86400, minimum = 0, maximum = 2592000)]
    grace_seconds: Option<i64>,
}

/// Which keys.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct KeyQuery {
    /// Only this merchant's.
    #[param(value_type = Option<Uuid>)]
    merchant_id: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Items of a page, 1 to 200; 50 where it is left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 200)]
    limit: Option<String>,
}

/// Makes a key. Its secret is in this answer and nowhere else. A key is never widened: make another, and revoke this one.
#[utoipa::path(post, path = "/v1/keys", tag = "keys", request_body = KeyBody,
    responses((status = 201, body = ShownKey), Refusals))]
pub async fn create(caller: Caller, gateway: web::Data<Gateway>, body: Body<KeyBody>) -> Result<HttpResponse, Problem> {
    let new = read_new(caller, body.0)?;
    let (row, secret) = keys::create(gateway.change(&caller.author(&gateway)), keeper(caller), new).await?;
    let location = format!("/v1/keys/{}", row.key.id);
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(shown(&gateway, row, &secret)))
}

/// Keys, those that were revoked too: all for the operator, a merchant's own for its owner.
#[utoipa::path(get, path = "/v1/keys", tag = "keys", params(KeyQuery),
    responses((status = 200, body = Listing<Key>), Refusals))]
pub async fn list(
    caller: Caller,
    gateway: web::Data<Gateway>,
    query: web::Query<KeyQuery>,
) -> Result<HttpResponse, Problem> {
    let KeyQuery { merchant_id, cursor, limit } = query.into_inner();
    let merchant_id = merchant_id.map(|id| id_in_query("merchant_id", &id)).transpose()?;
    if merchant_id.is_some_and(|id| !caller.may_see(id)) {
        return Err(unfit_query("merchant_id", "is not the merchant of this key; leave it out"));
    }
    let paging = Paging { cursor, limit };
    let filter = KeyFilter { merchant_id: merchant_id.or(caller.scope()), shop_id: caller.shop() };
    let found = gateway.store.keys(filter, paging.by_id()?).await?;
    let listing = Listing::page(found, &paging, |row| row.key.id, |row| show(&gateway, row))?;
    Ok(HttpResponse::Ok().json(listing))
}

/// One key.
#[utoipa::path(get, path = "/v1/keys/{id}", tag = "keys", params(("id" = Uuid, Path,)),
    responses((status = 200, body = Key), Refusals))]
pub async fn get(caller: Caller, gateway: web::Data<Gateway>, id: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    let found = gateway.store.key(*id).await?.filter(|row| keeper(caller).keeps(&row.key));
    Ok(HttpResponse::Ok().json(show(&gateway, found.ok_or_else(Problem::not_found)?)))
}

/// Gives a key a new secret, which is in this answer and nowhere else. The old one is good for `grace_seconds` more.
#[utoipa::path(post, path = "/v1/keys/{id}/rotate", tag = "keys", params(("id" = Uuid, Path,)), request_body = RotationBody,
    responses((status = 200, body = ShownKey), Refusals))]
pub async fn rotate(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    body: Body<RotationBody>,
) -> Result<HttpResponse, Problem> {
    let mut checks = Checks::default();
    let grace = checks.check("grace_seconds", body.0.grace_seconds.map_or(Ok(GRACE_SECONDS), grace));
    let grace = checks.passed(grace)?;
    let (row, secret) = keys::rotate(gateway.change(&caller.author(&gateway)), keeper(caller), *id, grace).await?;
    Ok(HttpResponse::Ok().json(shown(&gateway, row, &secret)))
}

/// Revokes a key: it is refused from now on, and stays in the list.
#[utoipa::path(delete, path = "/v1/keys/{id}", tag = "keys", params(("id" = Uuid, Path,)),
    responses((status = 204), Refusals))]
pub async fn revoke(caller: Caller, gateway: web::Data<Gateway>, id: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    keys::revoke(gateway.change(&caller.author(&gateway)), keeper(caller), *id).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn keeper(caller: Caller) -> KeyKeeper {
    KeyKeeper { merchant_id: caller.scope(), shop_id: caller.shop() }
}

fn read_new(caller: Caller, body: KeyBody) -> Result<NewKey, Problem> {
    let mut checks = Checks::default();
    let merchant_id = checks.fit("merchant_id", caller.merchant_of(body.merchant_id));
    let role = checks.check("role", role(&body.role));
    let name = checks.check("name", line(NAME_CHARS_MAX)(body.name));
    let shop_id = body.shop_id.or(caller.shop());
    let made = merchant_id.zip(role).zip(name);
    checks.passed(made.map(|((merchant_id, role), name)| NewKey { merchant_id, shop_id, role, name }))
}

fn role(word: &str) -> Result<Role, &'static str> {
    Role::of_key(word).ok_or("must be \"staff\", \"manager\" or \"owner\"")
}

fn grace(seconds: i64) -> Result<u32, String> {
    let seconds = u32::try_from(seconds).ok().filter(|seconds| *seconds <= GRACE_SECONDS_MAX);
    seconds.ok_or_else(|| format!("must be from 0 to {GRACE_SECONDS_MAX}"))
}

fn shown(gateway: &Gateway, row: KeyRow, secret: &SecretString) -> ShownKey {
    ShownKey { key: show(gateway, row), api_key: secret.expose_secret().to_owned() }
}

fn show(gateway: &Gateway, row: KeyRow) -> Key {
    let now = gateway.clock.now().timestamp_millis();
    let KeyRow { key, hint, previous_until, created_at, last_used_at, revoked_at, .. } = row;
    Key {
        id: key.id,
        merchant_id: key.merchant_id,
        shop_id: key.shop_id,
        role: key.role.word(),
        name: key.name,
        hint,
        created_at: from_millis(created_at),
        // What was seen here since the last minute is not written yet.
        last_used_at: last_used_at.max(gateway.key_use.last(key.id)).map(from_millis),
        previous_until: previous_until.filter(|until| now < *until).map(from_millis),
        revoked_at: revoked_at.map(from_millis),
    }
}
