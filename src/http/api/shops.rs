//! `/v1/shops`

use std::collections::HashMap;

use actix_web::{HttpResponse, http::header, web};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Refusals,
    body::{Body, Checks, given, given_object, object_if_any},
    caller::Caller,
    listing::{Listing, Paging, id_in_query, unfit_query},
    senders::sender_name,
    sign_up::{self, SignUp},
    telling::{self, Telling, TellingBody},
};
use crate::{
    domain::{
        access::Role,
        shop::{self, OptIn},
    },
    http::{Gateway, problem::Problem},
    service::{
        fields::{
            USD, contact, currency, date_order, language, messages_per_month, name, opt_in, terms, time_zone,
            usual_date_order, welcome_points,
        },
        shops::{self, NewShop, ShopChanges},
    },
    store::directory::ShopFilter,
};

/// Where members earn.
#[derive(Debug, Serialize, ToSchema)]
pub struct Shop {
    /// Our id.
    id: Uuid,
    /// Whose shop it is.
    merchant_id: Uuid,
    /// Its name as members know it.
    #[schema(example = "Bean There")]
    name: String,
    /// The address of the sender it texts from.
    #[schema(example = "+14155550100")]
    sender: String,
    /// Our id of that sender.
    sender_id: Uuid,
    /// Its IANA time zone.
    #[schema(example = "America/Los_Angeles")]
    time_zone: String,
    /// The language it speaks to begin with.
    #[schema(example = "en")]
    language: String,
    /// ISO 4217 code.
    #[schema(example = "USD")]
    currency: String,
    /// `single`: the keyword enrols at once; `double`: it asks, and YES enrols.
    #[schema(example = "single")]
    opt_in: String,
    /// What a new member is given.
    welcome_points: i64,
    /// Whom HELP names: a phone number, e-mail address or URL.
    #[schema(example = "hello@beanthere.example")]
    contact: String,
    /// Where terms and privacy are told; printed on signs.
    #[schema(example = "beanthere.example/terms")]
    terms_url: String,
    /// How many texts a month a member is told to expect at most.
    messages_per_month: u16,
    /// What it asks whoever has just joined.
    sign_up: SignUp,
    /// How its members write dates: `month_first` (3/25) or `day_first` (25/3).
    #[schema(example = "month_first")]
    date_order: String,
    /// What it tells its members by text without having been asked.
    telling: Telling,
    /// When it was added.
    created_at: DateTime<Utc>,
}

/// A shop to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShopBody {
    /// Whose shop it is. A merchant's key may leave it out.
    merchant_id: Option<Uuid>,
    /// Its name as members know it.
    #[schema(min_length = 1, max_length = 80, example = "Bean There")]
    name: String,
    /// The sender it texts from, by address or id: a shared one, or one kept for this merchant.
    #[schema(example = "+14155550100")]
    sender: String,
    /// Its IANA time zone.
    #[schema(default = "UTC", example = "America/Los_Angeles")]
    time_zone: Option<String>,
    /// The language it speaks to begin with.
    #[schema(default = "en", example = "en")]
    language: Option<String>,
    /// ISO 4217 code.
    #[schema(default = "USD", example = "USD")]
    currency: Option<String>,
    /// `single`: the keyword enrols at once; `double`: it asks, and YES enrols.
    #[schema(default = "single", example = "single")]
    opt_in: Option<String>,
    /// What a new member is given.
    #[schema(default = 0, minimum = 0, maximum = 1000000)]
    welcome_points: Option<i64>,
    /// Whom HELP names: a phone number, e-mail address or URL.
    #[schema(default = "", max_length = 120, example = "hello@beanthere.example")]
    contact: Option<String>,
    /// Where terms and privacy are told: a web address. Printed on signs.
    #[schema(default = "", max_length = 120, example = "beanthere.example/terms")]
    terms_url: Option<String>,
    /// How many texts a month a member is told to expect at most.
    #[schema(default = 4, minimum = 1, maximum = 100)]
    messages_per_month: Option<i64>,
    /// What it asks whoever has just joined. Left out, nothing.
    #[serde(default, deserialize_with = "object_if_any")]
    sign_up: Option<SignUp>,
    /// How its members write dates: `month_first` (3/25) or `day_first` (25/3). Left out, as its currency suggests: the month
    /// first for USD.
    #[schema(example = "month_first")]
    date_order: Option<String>,
    /// What it tells its members by text without having been asked. What is left out is as quiet as usual.
    telling: Option<TellingBody>,
}

/// What shall change of a shop; what is left out stays. Keywords stay on the sender where they were put.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShopPatch {
    /// A shop stays with its merchant: nothing but the one it has.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Uuid, required = false)]
    merchant_id: Option<Uuid>,
    /// Its name as members know it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 80)]
    name: Option<String>,
    /// The sender it texts from, by address or id.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, example = "+14155550100")]
    sender: Option<String>,
    /// Its IANA time zone.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, example = "America/Los_Angeles")]
    time_zone: Option<String>,
    /// The language it speaks to begin with.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, example = "es")]
    language: Option<String>,
    /// ISO 4217 code.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, example = "USD")]
    currency: Option<String>,
    /// `single` or `double`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, example = "double")]
    opt_in: Option<String>,
    /// What a new member is given.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = i64, required = false, minimum = 0, maximum = 1000000)]
    welcome_points: Option<i64>,
    /// Whom HELP names.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, max_length = 120)]
    contact: Option<String>,
    /// Where terms and privacy are told: a web address. Printed on signs.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, max_length = 120, example = "beanthere.example/terms")]
    terms_url: Option<String>,
    /// How many texts a month a member is told to expect at most.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = i64, required = false, minimum = 1, maximum = 100)]
    messages_per_month: Option<i64>,
    /// What it asks whoever has just joined, as a whole.
    #[serde(default, deserialize_with = "given_object")]
    #[schema(value_type = SignUp, required = false)]
    sign_up: Option<SignUp>,
    /// `month_first` or `day_first`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, example = "day_first")]
    date_order: Option<String>,
    /// What it tells its members by text without having been asked; what is left out in it stays.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = TellingBody, required = false)]
    telling: Option<TellingBody>,
}

/// Which shops.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ShopQuery {
    /// Only this merchant's.
    #[param(value_type = Option<Uuid>)]
    merchant_id: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Items of a page, 1 to 200; 50 where it is left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 200)]
    limit: Option<String>,
}

/// Opens a shop.
#[utoipa::path(post, path = "/v1/shops", tag = "shops", request_body = ShopBody,
    responses((status = 201, body = Shop), Refusals))]
pub async fn create(
    caller: Caller,
    gateway: web::Data<Gateway>,
    body: Body<ShopBody>,
) -> Result<HttpResponse, Problem> {
    caller.not_of_one_shop("This key is for one shop; another takes a key for the whole merchant.")?;
    let new = read_new(caller, body.0)?;
    let (shop, sender) = shops::create(gateway.change(&caller.author(&gateway)), new).await?;
    let location = format!("/v1/shops/{}", shop.id);
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(show(shop, Some(&sender))))
}

/// All shops for the operator; for a merchant, its own.
#[utoipa::path(get, path = "/v1/shops", tag = "shops", params(ShopQuery),
    responses((status = 200, body = Listing<Shop>), Refusals))]
pub async fn list(
    caller: Caller,
    gateway: web::Data<Gateway>,
    query: web::Query<ShopQuery>,
) -> Result<HttpResponse, Problem> {
    let ShopQuery { merchant_id, cursor, limit } = query.into_inner();
    let merchant_id = merchant_id.map(|id| id_in_query("merchant_id", &id)).transpose()?;
    if merchant_id.is_some_and(|id| !caller.may_see(id)) {
        return Err(unfit_query("merchant_id", "is not the merchant of this key; leave it out"));
    }
    let paging = Paging { cursor, limit };
    let filter = ShopFilter { merchant_id: merchant_id.or(caller.scope()), only: caller.shop() };
    let found = gateway.store.shops(filter, paging.by_id()?).await?;
    let senders = senders_of(&gateway, found.iter().map(|shop| shop.sender_id)).await?;
    let show = |shop: shop::Shop| {
        let sender = senders.get(&shop.sender_id);
        show(shop, sender)
    };
    Ok(HttpResponse::Ok().json(Listing::page(found, &paging, |shop| shop.id, show)?))
}

/// One shop.
#[utoipa::path(get, path = "/v1/shops/{id}", tag = "shops", params(("id" = Uuid, Path,)),
    responses((status = 200, body = Shop), Refusals))]
pub async fn get(caller: Caller, gateway: web::Data<Gateway>, id: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    answer(&gateway, find(caller, &gateway, *id).await?).await
}

/// Changes a shop.
#[utoipa::path(patch, path = "/v1/shops/{id}", tag = "shops", params(("id" = Uuid, Path,)), request_body = ShopPatch,
    responses((status = 200, body = Shop), Refusals))]
pub async fn update(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    body: Body<ShopPatch>,
) -> Result<HttpResponse, Problem> {
    let shop = find(caller, &gateway, *id).await?;
    let changes = read_changes(body.0, &shop)?;
    let shop = shops::update(gateway.change(&caller.author(&gateway)), caller.scope(), *id, changes).await?;
    answer(&gateway, shop).await
}

/// The shop, if this caller may see it.
pub(super) async fn find(caller: Caller, gateway: &Gateway, id: Uuid) -> Result<shop::Shop, Problem> {
    let found = gateway.store.shop(id).await?;
    found.filter(|shop| caller.may_act_at(shop)).ok_or_else(Problem::not_found)
}

/// The shop, for whoever decides who records its sales: its owner.
pub(super) async fn find_owned(caller: Caller, gateway: &Gateway, id: Uuid) -> Result<shop::Shop, Problem> {
    let shop = find(caller, gateway, id).await?;
    caller.needs(Role::Owner)?;
    Ok(shop)
}

/// Senders by id.
pub(super) async fn senders_of(
    gateway: &Gateway,
    ids: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, shop::Sender>, Problem> {
    let mut ids: Vec<Uuid> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    let senders = gateway.store.senders_by_ids(&ids).await?;
    Ok(senders.into_iter().map(|sender| (sender.id, sender)).collect())
}

async fn answer(gateway: &Gateway, shop: shop::Shop) -> Result<HttpResponse, Problem> {
    let senders = gateway.store.senders_by_ids(&[shop.sender_id]).await?;
    Ok(HttpResponse::Ok().json(show(shop, senders.first())))
}

fn show(shop: shop::Shop, sender: Option<&shop::Sender>) -> Shop {
    Shop {
        id: shop.id,
        merchant_id: shop.merchant_id,
        name: shop.name,
        sender: sender.map(|sender| sender.address.as_str().to_owned()).unwrap_or_default(),
        sender_id: shop.sender_id,
        time_zone: shop.time_zone.name().to_owned(),
        language: shop.language.code().to_owned(),
        currency: shop.currency,
        opt_in: shop.opt_in.word().to_owned(),
        welcome_points: shop.welcome_points,
        contact: shop.contact,
        terms_url: shop.terms,
        messages_per_month: shop.messages_per_month,
        sign_up: sign_up::show(shop.sign_up),
        date_order: shop.date_order.word().to_owned(),
        telling: telling::show(shop.telling),
        created_at: shop.created_at,
    }
}

fn read_new(caller: Caller, body: ShopBody) -> Result<NewShop, Problem> {
    let mut checks = Checks::default();
    let merchant_id = checks.fit("merchant_id", caller.merchant_of(body.merchant_id));
    let name = checks.check("name", name(body.name));
    let sender = checks.check("sender", sender_name(body.sender));
    let time_zone = checks.optional("time_zone", body.time_zone, time_zone);
    let language = checks.optional("language", body.language, language);
    let currency = checks.optional("currency", body.currency, currency);
    let opt_in = checks.optional("opt_in", body.opt_in, opt_in);
    let welcome_points = checks.optional("welcome_points", body.welcome_points, welcome_points);
    let contact = checks.optional("contact", body.contact, contact);
    let terms = checks.optional("terms_url", body.terms_url, terms);
    let messages_per_month = checks.optional("messages_per_month", body.messages_per_month, messages_per_month);
    let sign_up = body.sign_up.map(|sent| sign_up::read(sent, &mut checks));
    let date_order = checks.optional("date_order", body.date_order, date_order);
    let telling = body.telling.and_then(|sent| telling::read(sent, &Default::default(), &mut checks));
    let made = merchant_id.zip(name).zip(sender).map(|((merchant_id, name), sender)| NewShop {
        merchant_id,
        sender,
        name,
        time_zone: time_zone.unwrap_or(Tz::UTC),
        language: language.unwrap_or_default(),
        date_order: date_order.unwrap_or_else(|| usual_date_order(currency.as_deref())),
        currency: currency.unwrap_or_else(|| USD.to_owned()),
        opt_in: opt_in.unwrap_or(OptIn::Single),
        welcome_points: welcome_points.unwrap_or(0),
        contact: contact.unwrap_or_default(),
        terms: terms.unwrap_or_default(),
        messages_per_month: messages_per_month.unwrap_or(4),
        sign_up: sign_up.flatten().unwrap_or_default(),
        telling: telling.unwrap_or_default(),
    });
    checks.passed(made)
}

fn read_changes(body: ShopPatch, shop: &shop::Shop) -> Result<ShopChanges, Problem> {
    let mut checks = Checks::default();
    let stays = |id| if id == shop.merchant_id { Ok(()) } else { Err("a shop stays with its merchant") };
    if let Some(id) = body.merchant_id {
        checks.fit("merchant_id", stays(id));
    }
    let changes = ShopChanges {
        sender: checks.optional("sender", body.sender, sender_name),
        name: checks.optional("name", body.name, name),
        time_zone: checks.optional("time_zone", body.time_zone, time_zone),
        language: checks.optional("language", body.language, language),
        currency: checks.optional("currency", body.currency, currency),
        opt_in: checks.optional("opt_in", body.opt_in, opt_in),
        welcome_points: checks.optional("welcome_points", body.welcome_points, welcome_points),
        contact: checks.optional("contact", body.contact, contact),
        terms: checks.optional("terms_url", body.terms_url, terms),
        messages_per_month: checks.optional("messages_per_month", body.messages_per_month, messages_per_month),
        sign_up: body.sign_up.and_then(|sent| sign_up::read(sent, &mut checks)),
        date_order: checks.optional("date_order", body.date_order, date_order),
        telling: body.telling.and_then(|sent| telling::read(sent, &shop.telling, &mut checks)),
    };
    checks.passed(Some(changes))
}
