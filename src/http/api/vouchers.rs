//! `/v1/vouchers/{code}` and `/v1/members/{id}/vouchers`: points become a voucher, whose code is shown at the counter.

use actix_web::{HttpResponse, http::header, web};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Refusals,
    body::{Body, Checks, line},
    caller::Caller,
    listing::{Listing, PageQuery, Paging, id_in_query},
    members,
    once::OnceKey,
    orders, place,
};
use crate::{
    domain::{purse::draw::typed, shop::Shop},
    http::{Gateway, problem::Problem},
    service::till::{
        NotDone, What, Whom,
        outcome::Outcome,
        voucher::{EndedVoucher, Voucher},
    },
    store::counter::VoucherRow,
};

/// The most characters of a reward's id.
const REWARD_CHARS_MAX: usize = 100;

/// A reward to be bought with points.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVoucher {
    /// Its id in the program.
    #[schema(min_length = 1, max_length = 100, example = "coffee")]
    reward: String,
    /// How many points, where points are money.
    #[schema(minimum = 1, maximum = 1000000000000i64)]
    points: Option<i64>,
    /// At which shop; may be left out where the member belongs to one.
    shop_id: Option<Uuid>,
}

/// Where a voucher is redeemed.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Redemption {
    /// At which shop; may be left out where the key is for one, or the merchant has one.
    shop_id: Option<Uuid>,
    /// Whose voucher it must be, where the counter knows: their phone.
    #[schema(max_length = 128, pattern = r"^\+[1-9][0-9]{6,14}$", example = json!(null))]
    phone: Option<String>,
    /// Whose voucher it must be: the member's id.
    member_id: Option<Uuid>,
}

/// At which shop.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ShopChoice {
    /// The shop; may be left out where the key is for one, or there is but one.
    #[param(value_type = Option<Uuid>)]
    pub shop_id: Option<String>,
}

impl ShopChoice {
    /// The shop's id, where one is named.
    pub fn id(&self) -> Result<Option<Uuid>, Problem> {
        self.shop_id.as_deref().map(|id| id_in_query("shop_id", id)).transpose()
    }
}

/// Buys a reward with a member's points: they are locked in a voucher until it is redeemed, cancelled or lapses. Send an
/// Idempotency-Key, so that the same request twice buys once.
#[utoipa::path(post, path = "/v1/members/{id}/vouchers", tag = "till", params(("id" = Uuid, Path,)),
    request_body = NewVoucher, responses((status = 201, body = Outcome, description = "It was issued."),
    (status = 200, body = Outcome, description = "It had been issued before; nothing has changed."), Refusals))]
pub async fn issue(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    OnceKey(once): OnceKey,
    body: Body<NewVoucher>,
) -> Result<HttpResponse, Problem> {
    let NewVoucher { reward, points, shop_id } = body.0;
    let member = members::find(caller, &gateway, *id).await?;
    let mut checks = Checks::default();
    let reward = checks.check("reward", line(REWARD_CHARS_MAX)(reward));
    let reward = checks.passed(reward)?;
    let shop = place::of_member(caller, &gateway, member.id, shop_id).await?;
    let order = (&shop, Whom::Member(member.id), What::Issue { reward, points });
    let outcome = orders::place(caller, &gateway, order, once).await?;
    let location = outcome.vouchers.first().map(|voucher| format!("/v1/vouchers/{}?shop_id={}", voucher.code, shop.id));
    Ok(orders::answer(&outcome, location))
}

/// A member's vouchers in every state, newest first.
#[utoipa::path(get, path = "/v1/members/{id}/vouchers", tag = "members", params(("id" = Uuid, Path,), Paging),
    responses((status = 200, body = Listing<Voucher>), Refusals))]
pub async fn list(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    query: PageQuery,
) -> Result<HttpResponse, Problem> {
    let member = members::find(caller, &gateway, *id).await?;
    let found = gateway.store.vouchers_of(member.id, query.after()?, query.limit()? + 1).await?;
    let place = |row: &VoucherRow| (row.issued_at, row.program_id, row.code.clone());
    let (known, now) = (gateway.directory.read(), gateway.clock.now());
    let show = |row| Voucher::of(row, &known.directory, None, now);
    Ok(HttpResponse::Ok().json(Listing::page(found, &query, place, show)?))
}

/// A voucher by its code: what it is worth, and whether it can be redeemed.
#[utoipa::path(get, path = "/v1/vouchers/{code}", tag = "till",
    params(("code" = String, Path, description = "In any case, with or without what parts it", min_length = 1, max_length = 40,
    example = "K7Q-M3X"), ShopChoice), responses((status = 200, body = Voucher), Refusals))]
pub async fn get(
    caller: Caller,
    gateway: web::Data<Gateway>,
    code: web::Path<String>,
    query: web::Query<ShopChoice>,
) -> Result<HttpResponse, Problem> {
    let shop = place::named(caller, &gateway, query.id()?)?;
    Ok(HttpResponse::Ok().json(find(&gateway, &shop, &code).await?))
}

/// Redeems a voucher, which is final. Of two tills at the same instant one is answered with 201, the other with 409.
#[utoipa::path(post, path = "/v1/vouchers/{code}/redeem", tag = "till",
    params(("code" = String, Path, description = "In any case, with or without what parts it", min_length = 1, max_length = 40,
    example = "K7Q-M3X")), request_body = Redemption,
    responses((status = 201, body = EndedVoucher, description = "It was redeemed."), Refusals))]
pub async fn redeem(
    caller: Caller,
    gateway: web::Data<Gateway>,
    code: web::Path<String>,
    OnceKey(once): OnceKey,
    body: Body<Redemption>,
) -> Result<HttpResponse, Problem> {
    let Redemption { shop_id, phone, member_id } = body.0;
    let shop = place::named(caller, &gateway, shop_id)?;
    let mut checks = Checks::default();
    let whom = orders::whom_if_named(&gateway, &shop, (phone, member_id), &mut checks);
    let whom = checks.passed(whom)?;
    let outcome = orders::place(caller, &gateway, (&shop, whom, What::Redeem(code.clone())), once).await?;
    let voucher = find(&gateway, &shop, &code).await?;
    let location = format!("/v1/vouchers/{}?shop_id={}", voucher.code, shop.id);
    let answer = EndedVoucher { voucher, outcome };
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(answer))
}

/// Cancels a voucher that is not redeemed: the points in it come back.
#[utoipa::path(delete, path = "/v1/vouchers/{code}", tag = "till",
    params(("code" = String, Path, description = "In any case, with or without what parts it", min_length = 1, max_length = 40,
    example = "K7Q-M3X"), ShopChoice),
    responses((status = 200, body = EndedVoucher, description = "It was cancelled."), Refusals))]
pub async fn cancel(
    caller: Caller,
    gateway: web::Data<Gateway>,
    code: web::Path<String>,
    query: web::Query<ShopChoice>,
    OnceKey(once): OnceKey,
) -> Result<HttpResponse, Problem> {
    let shop = place::named(caller, &gateway, query.id()?)?;
    let order = (&shop, Whom::Holder, What::Cancel(code.clone()));
    let outcome = orders::place(caller, &gateway, order, once).await?;
    let voucher = find(&gateway, &shop, &code).await?;
    Ok(HttpResponse::Ok().json(EndedVoucher { voucher, outcome }))
}

async fn find(gateway: &Gateway, shop: &Shop, code: &str) -> Result<Voucher, Problem> {
    let row = gateway.store.voucher_by_code(shop.program_id, &typed(code)).await?;
    let known = gateway.directory.read();
    Ok(Voucher::of(row.ok_or(NotDone::NoSuchVoucher)?, &known.directory, Some(shop), gateway.clock.now()))
}
