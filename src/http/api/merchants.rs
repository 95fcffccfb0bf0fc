//! `/v1/merchants`

use actix_web::{HttpResponse, http::header, web};
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Refusals,
    body::{Body, Checks, line},
    caller::Caller,
    listing::{Listing, PageQuery, Paging},
};
use crate::{
    clock::from_millis,
    http::{Gateway, problem::Problem},
    service::merchants,
    store::directory::{self, Page},
};

/// A business with one shop or more.
#[derive(Debug, Serialize, ToSchema)]
pub struct Merchant {
    /// Our id.
    id: Uuid,
    /// Its name.
    #[schema(example = "Bean There")]
    name: String,
    /// When it was added.
    created_at: DateTime<Utc>,
}

/// A merchant that was just added.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreatedMerchant {
    #[serde(flatten)]
    merchant: Merchant,
    /// The merchant's key for this API. Shown this once: only a hash is kept.
    #[schema(example = "rgl_8a3f…")]
    api_key: String,
}

/// A merchant to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMerchant {
    /// Its name.
    #[schema(min_length = 1, max_length = 80, example = "Bean There")]
    name: String,
}

/// Adds a merchant and makes its key. Operator only.
#[utoipa::path(post, path = "/v1/merchants", tag = "merchants", request_body = NewMerchant,
    responses((status = 201, body = CreatedMerchant), Refusals))]
pub async fn create(
    caller: Caller,
    gateway: web::Data<Gateway>,
    body: Body<NewMerchant>,
) -> Result<HttpResponse, Problem> {
    caller.only_operator()?;
    let mut checks = Checks::default();
    let name = checks.check("name", line(80)(body.0.name));
    let name = checks.passed(name)?;
    let (merchant, key) = merchants::create(gateway.change(&caller.author(&gateway)), name).await?;
    let location = format!("/v1/merchants/{}", merchant.id);
    let created = CreatedMerchant { merchant: show(merchant), api_key: key.expose_secret().to_owned() };
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(created))
}

/// All merchants for the operator; for a merchant, itself.
#[utoipa::path(get, path = "/v1/merchants", tag = "merchants", params(Paging),
    responses((status = 200, body = Listing<Merchant>), Refusals))]
pub async fn list(caller: Caller, gateway: web::Data<Gateway>, query: PageQuery) -> Result<HttpResponse, Problem> {
    let found = gateway.store.merchants(caller.scope(), query.by_id()?).await?;
    Ok(HttpResponse::Ok().json(Listing::page(found, &query, |merchant| merchant.id, show)?))
}

/// One merchant.
#[utoipa::path(get, path = "/v1/merchants/{id}", tag = "merchants", params(("id" = Uuid, Path,)),
    responses((status = 200, body = Merchant), Refusals))]
pub async fn get(caller: Caller, gateway: web::Data<Gateway>, id: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    if !caller.may_see(*id) {
        return Err(Problem::not_found());
    }
    let found = gateway.store.merchants(Some(*id), Page { after: None, limit: 1 }).await?;
    let merchant = found.into_iter().next().ok_or_else(Problem::not_found)?;
    Ok(HttpResponse::Ok().json(show(merchant)))
}

fn show(merchant: directory::Merchant) -> Merchant {
    Merchant { id: merchant.id, name: merchant.name, created_at: from_millis(merchant.created_at) }
}
