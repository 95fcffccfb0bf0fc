//! `/v1/programs`: what members earn and what it buys.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Refusals, caller::Caller, listing::bad_query};
use crate::{
    clock::from_millis,
    domain::program::{document::json_schema, draft},
    http::{Gateway, problem::Problem},
    service::{
        change::Mistake,
        programs::{self, NewProgram},
    },
    store::programs::ProgramVersion,
};

/// The most shops that are given a program at once.
const SHOPS_MAX: usize = 200;

/// A loyalty program, in the version that is in force now or, before the first one is, in that.
#[derive(Debug, Serialize, ToSchema)]
pub struct Program {
    /// Its id; that of the shop where it is the shop's own.
    id: Uuid,
    /// Whose it is.
    merchant_id: Uuid,
    /// Which version this is, from 1.
    version: i32,
    /// From when on it is in force.
    valid_from: DateTime<Utc>,
    /// ISO 4217 code of its amounts.
    #[schema(example = "USD")]
    currency: String,
    /// The IANA time zone of its calendar.
    #[schema(example = "America/Los_Angeles")]
    time_zone: String,
    /// The shops that have it, as far as the key sees them.
    shop_ids: Vec<Uuid>,
    /// As it was written; its form is that of `/v1/programs/schema`.
    #[schema(value_type = Object)]
    program: Value,
    /// All versions, the latest first.
    versions: Vec<Version>,
}

/// A version of a program.
#[derive(Debug, Serialize, ToSchema)]
pub struct Version {
    /// Which, from 1.
    version: i32,
    /// From when on it is in force.
    valid_from: DateTime<Utc>,
    /// When it was applied.
    created_at: DateTime<Utc>,
}

/// Which version is shown.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VersionQuery {
    /// This one, instead of the one in force.
    #[param(value_type = Option<i32>, minimum = 1)]
    version: Option<String>,
}

/// How a program is applied.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApplyQuery {
    /// From when on it is in force (RFC 3339); at once where it is left out. Never in the past.
    #[param(value_type = Option<DateTime<Utc>>)]
    valid_from: Option<String>,
    /// Shops that shall have it besides those that have it already, their ids parted by commas.
    #[param(example = json!(null))]
    shop_ids: Option<String>,
}

/// A program, by its id or by that of a shop with a program of its own.
#[utoipa::path(get, path = "/v1/programs/{id}", tag = "programs", params(("id" = Uuid, Path,), VersionQuery),
    responses((status = 200, body = Program), Refusals))]
pub async fn get(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    query: web::Query<VersionQuery>,
) -> Result<HttpResponse, Problem> {
    let number = query.into_inner().version.map(|version| version.parse::<i32>()).transpose();
    let number = number.map_err(|_| bad_query("version", "must be a whole number from 1"))?;
    let versions = versions_of(caller, &gateway, *id).await?;
    let now = gateway.clock.now().timestamp_millis();
    let in_force = || versions.iter().find(|version| version.valid_from <= now).or(versions.last());
    let shown = match number {
        Some(number) => versions.iter().find(|version| version.version == number),
        None => in_force(),
    };
    let shown = shown.ok_or_else(Problem::not_found)?;
    Ok(HttpResponse::Ok().json(show(caller, &gateway, shown, &versions)))
}

/// Applies a program as a new version. The body is the program itself, as JSON or, with `Content-Type: application/toml`, as
/// TOML. Under a shop's id it is the shop's own; under any other id it is shared by the shops that are named.
#[utoipa::path(put, path = "/v1/programs/{id}", tag = "programs", params(("id" = Uuid, Path,), ApplyQuery),
    request_body(content = Object, description = "The program, see /v1/programs/schema", example = json!({
        "name": "Coffee club", "earn": [{ "rule": "spend", "points": 1, "per": 1 }],
        "rewards": [{ "id": "coffee", "name": "Free coffee", "cost": 50 }],
    })),
    responses((status = 200, body = Program), Refusals))]
pub async fn put(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    query: web::Query<ApplyQuery>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let ApplyQuery { valid_from, shop_ids } = query.into_inner();
    let valid_from = valid_from.map(|moment| DateTime::parse_from_rfc3339(&moment)).transpose();
    let valid_from =
        valid_from.map_err(|_| bad_query("valid_from", "must be a moment such as 2027-01-01T09:00:00Z"))?;
    let mut named = read_ids(shop_ids.as_deref())?;
    // The id of a shop means the shop's own program.
    if gateway.store.shop(*id).await?.is_some_and(|shop| caller.may_act_at(&shop)) && !named.contains(&id) {
        named.push(*id);
    }
    refuse_other_shops(caller, &gateway, *id, &named)?;
    if named.is_empty() && gateway.store.program_versions(*id).await?.is_empty() {
        let detail =
            "There is no such program here; to make one, name its shops in shop_ids. GET /v1/shops lists them.";
        return Err(Problem::new(StatusCode::NOT_FOUND, detail));
    }
    let document = read_document(&request, &body)?;
    let new = NewProgram { id: *id, document, valid_from: valid_from.map(|moment| moment.to_utc()), shop_ids: named };
    let applied = programs::apply(gateway.change(&caller.author(&gateway)), caller.scope(), new).await?;
    let versions = versions_of(caller, &gateway, *id).await?;
    Ok(HttpResponse::Ok().json(show(caller, &gateway, &applied, &versions)))
}

/// The JSON Schema of a program, for editors.
#[utoipa::path(get, path = "/v1/programs/schema", tag = "programs",
    responses((status = 200, body = Object, content_type = "application/schema+json"), Refusals))]
pub async fn schema(_: Caller) -> HttpResponse {
    HttpResponse::Ok().content_type("application/schema+json").body(json_schema().to_string())
}

async fn versions_of(caller: Caller, gateway: &Gateway, id: Uuid) -> Result<Vec<ProgramVersion>, Problem> {
    let versions = gateway.store.program_versions(id).await?;
    let is_theirs = versions.first().is_some_and(|version| caller.may_see(version.merchant_id));
    let is_theirs = is_theirs && (caller.shop().is_none() || program_of_key(caller, gateway) == Some(id));
    is_theirs.then_some(versions).ok_or_else(Problem::not_found)
}

/// The program of the shop that a key is for.
fn program_of_key(caller: Caller, gateway: &Gateway) -> Option<Uuid> {
    let known = gateway.directory.read();
    Some(known.directory.shop(caller.shop()?)?.program_id)
}

/// A key for one shop changes no other shop's program: neither one that is shared, nor one that it would take over.
fn refuse_other_shops(caller: Caller, gateway: &Gateway, id: Uuid, named: &[Uuid]) -> Result<(), Problem> {
    let Some(own) = caller.shop() else { return Ok(()) };
    if id != own && program_of_key(caller, gateway) != Some(id) {
        return Err(Problem::not_found());
    }
    let known = gateway.directory.read();
    let mut touched = known.directory.shops_in(id).into_iter().map(|shop| shop.id).chain(named.iter().copied());
    if touched.any(|shop| shop != own) {
        let detail = "This program is that of other shops too; that takes a key for the whole merchant.";
        return Err(Problem::new(StatusCode::FORBIDDEN, detail));
    }
    Ok(())
}

fn show(caller: Caller, gateway: &Gateway, shown: &ProgramVersion, versions: &[ProgramVersion]) -> Program {
    let known = gateway.directory.read();
    let version = |version: &ProgramVersion| Version {
        version: version.version,
        valid_from: from_millis(version.valid_from),
        created_at: from_millis(version.created_at),
    };
    let shops = known.directory.shops_in(shown.program_id).into_iter();
    Program {
        id: shown.program_id,
        merchant_id: shown.merchant_id,
        version: shown.version,
        valid_from: from_millis(shown.valid_from),
        currency: shown.currency.clone(),
        time_zone: shown.time_zone.clone(),
        shop_ids: shops.filter(|shop| caller.may_act_at(shop)).map(|shop| shop.id).collect(),
        program: shown.document.clone(),
        versions: versions.iter().map(version).collect(),
    }
}

fn read_ids(written: Option<&str>) -> Result<Vec<Uuid>, Problem> {
    let parts = written.unwrap_or_default().split(',').map(str::trim).filter(|part| !part.is_empty());
    let ids: Result<Vec<Uuid>, _> = parts.map(Uuid::parse_str).collect();
    let ids = ids.map_err(|_| bad_query("shop_ids", "must be UUIDs with commas between"))?;
    if ids.len() > SHOPS_MAX {
        return Err(bad_query("shop_ids", format!("names at most {SHOPS_MAX} shops")));
    }
    Ok(ids)
}

fn read_document(request: &HttpRequest, body: &[u8]) -> Result<Value, Problem> {
    let malformed = |detail: String| Problem::new(StatusCode::BAD_REQUEST, detail);
    let written = std::str::from_utf8(body).map_err(|_| malformed("The body is not UTF-8.".to_owned()))?;
    let kind = request.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.contains("toml") {
        let whole = |mistake: Mistake| malformed(format!("The program cannot be read: {}.", mistake.sentence));
        return draft::parse(written)
            .map_err(|mistake| whole(Mistake { field: mistake.path, sentence: mistake.sentence }));
    }
    serde_json::from_str(written).map_err(|error| malformed(format!("The body is not JSON: {error}.")))
}
