//! `/v1/shops/{id}/staff-phones`

use actix_web::{HttpResponse, http::header, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Refusals,
    body::{Body, Checks, line},
    caller::Caller,
    listing::{Listing, PageQuery, Paging},
    shops,
};
use crate::{
    domain::{address::Address, staff},
    http::{Gateway, problem::Problem},
    service::staff::phones::{self, NAME_CHARS_MAX},
};

/// A phone that may record visits, purchases and vouchers at a shop by text.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffPhone {
    /// Our id.
    id: Uuid,
    /// The shop.
    shop_id: Uuid,
    /// The phone.
    #[schema(example = "+14155550142")]
    phone: String,
    /// Who has it; stands in the ledger as who did it.
    #[schema(example = "Bo")]
    name: String,
    /// When it was authorised.
    created_at: DateTime<Utc>,
}

/// A phone to be authorised.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffPhoneBody {
    /// The phone, as the provider writes it.
    #[schema(
        min_length = 8,
        max_length = 128,
        pattern = r"^([a-z]{2,20}:)?\+[1-9][0-9]{6,14}$",
        example = "+14155550142"
    )]
    phone: String,
    /// Who has it.
    #[schema(min_length = 1, max_length = 40, example = "Bo")]
    name: String,
}

/// Authorises a phone of the staff to record by text. It works from now on.
#[utoipa::path(post, path = "/v1/shops/{id}/staff-phones", tag = "shops", params(("id" = Uuid, Path, description = "The shop.")),
    request_body = StaffPhoneBody, responses((status = 201, body = StaffPhone), Refusals))]
pub async fn create(
    caller: Caller,
    gateway: web::Data<Gateway>,
    shop_id: web::Path<Uuid>,
    body: Body<StaffPhoneBody>,
) -> Result<HttpResponse, Problem> {
    let shop = shops::find_owned(caller, &gateway, *shop_id).await?;
    let mut checks = Checks::default();
    let address = checks.check("phone", phone(&body.0.phone));
    let name = checks.check("name", line(NAME_CHARS_MAX)(body.0.name));
    let (address, name) = checks.passed(address.zip(name))?;
    let phone = phones::add(gateway.change(&caller.author(&gateway)), &shop, address, name).await?;
    let location = format!("/v1/shops/{}/staff-phones/{}", shop.id, phone.id);
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(show(phone)))
}

/// The phones of a shop's staff.
#[utoipa::path(get, path = "/v1/shops/{id}/staff-phones", tag = "shops",
    params(("id" = Uuid, Path, description = "The shop."), Paging), responses((status = 200, body = Listing<StaffPhone>), Refusals))]
pub async fn list(
    caller: Caller,
    gateway: web::Data<Gateway>,
    shop_id: web::Path<Uuid>,
    query: PageQuery,
) -> Result<HttpResponse, Problem> {
    let shop = shops::find_owned(caller, &gateway, *shop_id).await?;
    let found = gateway.store.staff_phones(shop.id, query.by_id()?).await?;
    Ok(HttpResponse::Ok().json(Listing::page(found, &query, |phone| phone.id, show)?))
}

/// Removes a phone of the staff: its texts are a member's from now on.
#[utoipa::path(delete, path = "/v1/shops/{id}/staff-phones/{phone_id}", tag = "shops",
    params(("id" = Uuid, Path, description = "The shop."), ("phone_id" = Uuid, Path,)),
    responses((status = 204), Refusals))]
pub async fn delete(
    caller: Caller,
    gateway: web::Data<Gateway>,
    ids: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, Problem> {
    let shop = shops::find_owned(caller, &gateway, ids.0).await?;
    phones::remove(gateway.change(&caller.author(&gateway)), shop.id, ids.1).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn phone(written: &str) -> Result<Address, String> {
    let address = Address::parse(written).map_err(|error| error.to_string())?;
    let is_phone = address.phone().is_some();
    is_phone
        .then_some(address)
        .ok_or_else(|| "must be a phone as the provider writes it, such as +14155550142".to_owned())
}

fn show(phone: staff::StaffPhone) -> StaffPhone {
    let staff::StaffPhone { id, shop_id, address, name, created_at } = phone;
    StaffPhone { id, shop_id, phone: address.as_str().to_owned(), name, created_at }
}
