//! `/v1/shops/{id}/tills`: tills that a shop has already.

use actix_web::{HttpResponse, http::header, web};
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Refusals,
    body::{Body, Checks, given, given_object, line, object},
    caller::Caller,
    listing::{Listing, PageQuery, Paging},
    shops,
};
use crate::{
    clock::from_millis,
    http::{Gateway, problem::Problem, till_webhooks::public_address},
    service::tills::{self, NewTill, TillChanges},
    store::tills::SealedTill,
    tills::{Options, TILLS, TillKind, till_kind},
};

const NAME_CHARS_MAX: usize = 80;
const LOCATION_CHARS_MAX: usize = 64;
const STATUSES_MAX: usize = 20;

/// A till whose sales and refunds count at a shop.
#[derive(Debug, Serialize, ToSchema)]
pub struct Till {
    /// Our id.
    id: Uuid,
    /// Where its sales count.
    shop_id: Uuid,
    /// What it is: `square`, `shopify` or `woocommerce`.
    #[schema(example = "square")]
    kind: String,
    /// What its owner calls it.
    #[schema(example = "Counter")]
    name: String,
    /// The address to give to the till.
    #[schema(example = "https://texts.example.com/webhooks/tills/0197a3c0-7d1a-7cc2-9d3c-0b8f8a1f0e11")]
    webhook_url: String,
    /// The events to subscribe it to, in its own words.
    #[schema(example = json!(["payment.created", "payment.updated", "refund.created", "refund.updated"]))]
    events: Vec<&'static str>,
    /// Whether what it signs with is known here; nothing it says is believed before.
    has_secret: bool,
    /// Whether it can be asked who a buyer is.
    has_access_token: bool,
    /// What its owner has chosen.
    options: TillOptions,
    /// The last sale that it reported and that was not recorded.
    #[schema(required)]
    last_unrecorded: Option<Unrecorded>,
    /// When it was added.
    created_at: DateTime<Utc>,
}

/// A sale that was not recorded.
#[derive(Debug, Serialize, ToSchema)]
pub struct Unrecorded {
    /// Why: `no_member`, `no_phone`, `elsewhere`, `other_currency`, `too_early`, `refunded` or `refused`.
    #[schema(example = "no_member")]
    why: String,
    /// When it was reported.
    at: DateTime<Utc>,
}

/// What the owner of a till can choose. Replaced as a whole by a change.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TillOptions {
    /// Square: the address it was told to call, where that is not `webhook_url` letter by letter; it is signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        max_length = 500,
        pattern = r"^https?://([A-Za-z0-9-]+\.)+[A-Za-z]{2,}(:[1-9][0-9]{0,3})?([/?][^#\s\u0000-\u0020\u007f-\u009f]*)?$",
        example = "https://shop.example.com/hook"
    )]
    notification_url: Option<String>,
    /// Square and Shopify: the till's number for the one place whose sales count. Left out: all places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 64, example = "L88917AVBK2S5")]
    location: Option<String>,
    /// WooCommerce: the words for orders that are paid. Left out: `processing` and `completed`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, max_items = 20, example = json!(["completed"]))]
    paid_statuses: Vec<String>,
    /// Whether a phone that is no member's is invited by one text, whose YES makes them one. Its purchases wait for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    invite: bool,
}

/// A till to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TillBody {
    /// What it is: `square`, `shopify` or `woocommerce`.
    #[schema(pattern = "^(square|shopify|woocommerce)$", example = "square")]
    kind: String,
    /// What its owner calls it. Left out: its kind.
    #[schema(min_length = 1, max_length = 80, example = "Counter")]
    name: Option<String>,
    /// What it signs with: Square's signature key, Shopify's signing secret, WooCommerce's secret. Sealed, never shown. Where the
    /// till shows it only once it knows the address, leave it out and send it with PATCH.
    #[schema(value_type = Option<String>, write_only, min_length = 1, max_length = 256)]
    secret: Option<SecretString>,
    /// Square: an access token that may read customers, to ask whose phone a buyer has. Sealed, never shown.
    #[schema(value_type = Option<String>, write_only, min_length = 1, max_length = 512)]
    access_token: Option<SecretString>,
    /// What its owner chooses.
    #[serde(default, deserialize_with = "object")]
    #[schema(required = false)]
    options: TillOptions,
}

/// What shall change of a till; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TillPatch {
    /// What its owner calls it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 80)]
    name: Option<String>,
    /// What it signs with from now on.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, write_only, min_length = 1, max_length = 256)]
    secret: Option<SecretString>,
    /// Square: another access token; `null`: none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, write_only, max_length = 512)]
    access_token: Option<Option<SecretString>>,
    /// What its owner chooses, as a whole.
    #[serde(default, deserialize_with = "given_object")]
    #[schema(value_type = TillOptions, required = false)]
    options: Option<TillOptions>,
}

/// Adds a till. Give it the address that is answered, and subscribe it to the events.
#[utoipa::path(post, path = "/v1/shops/{id}/tills", tag = "tills", params(("id" = Uuid, Path, description = "The shop.")),
    request_body = TillBody, responses((status = 201, body = Till), Refusals))]
pub async fn create(
    caller: Caller,
    gateway: web::Data<Gateway>,
    shop_id: web::Path<Uuid>,
    body: Body<TillBody>,
) -> Result<HttpResponse, Problem> {
    let shop = shops::find_owned(caller, &gateway, *shop_id).await?;
    let till = tills::create(gateway.change(&caller.author(&gateway)), read_new(shop.id, body.0)?).await?;
    let location = format!("/v1/shops/{}/tills/{}", shop.id, till.id);
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(show(&gateway, till).await?))
}

/// A shop's tills.
#[utoipa::path(get, path = "/v1/shops/{id}/tills", tag = "tills",
    params(("id" = Uuid, Path, description = "The shop."), Paging), responses((status = 200, body = Listing<Till>), Refusals))]
pub async fn list(
    caller: Caller,
    gateway: web::Data<Gateway>,
    shop_id: web::Path<Uuid>,
    query: PageQuery,
) -> Result<HttpResponse, Problem> {
    let shop = shops::find_owned(caller, &gateway, *shop_id).await?;
    let found = gateway.store.tills(shop.id, query.by_id()?).await?;
    let mut page = Vec::with_capacity(found.len());
    for till in found {
        page.push(show(&gateway, till).await?);
    }
    Ok(HttpResponse::Ok().json(Listing::page(page, &query, |till| till.id, |till| till)?))
}

/// One till.
#[utoipa::path(get, path = "/v1/shops/{id}/tills/{till_id}", tag = "tills",
    params(("id" = Uuid, Path, description = "The shop."), ("till_id" = Uuid, Path,)),
    responses((status = 200, body = Till), Refusals))]
pub async fn get(
    caller: Caller,
    gateway: web::Data<Gateway>,
    ids: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, Problem> {
    let shop = shops::find_owned(caller, &gateway, ids.0).await?;
    let till = gateway.store.till(shop.id, ids.1).await?.ok_or_else(Problem::not_found)?;
    Ok(HttpResponse::Ok().json(show(&gateway, till).await?))
}

/// Changes a till: its secret, once the till shows it, or what its owner chooses.
#[utoipa::path(patch, path = "/v1/shops/{id}/tills/{till_id}", tag = "tills",
    params(("id" = Uuid, Path, description = "The shop."), ("till_id" = Uuid, Path,)),
    request_body = TillPatch, responses((status = 200, body = Till), Refusals))]
pub async fn update(
    caller: Caller,
    gateway: web::Data<Gateway>,
    ids: web::Path<(Uuid, Uuid)>,
    body: Body<TillPatch>,
) -> Result<HttpResponse, Problem> {
    let shop = shops::find_owned(caller, &gateway, ids.0).await?;
    let till = gateway.store.till(shop.id, ids.1).await?.ok_or_else(Problem::not_found)?;
    let changes = read_changes(till_kind(&till.kind), body.0)?;
    let till = tills::update(gateway.change(&caller.author(&gateway)), shop.id, till.id, changes).await?;
    Ok(HttpResponse::Ok().json(show(&gateway, till).await?))
}

/// Removes a till. What it reported stays.
#[utoipa::path(delete, path = "/v1/shops/{id}/tills/{till_id}", tag = "tills",
    params(("id" = Uuid, Path, description = "The shop."), ("till_id" = Uuid, Path,)),
    responses((status = 204), Refusals))]
pub async fn delete(
    caller: Caller,
    gateway: web::Data<Gateway>,
    ids: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, Problem> {
    let shop = shops::find_owned(caller, &gateway, ids.0).await?;
    tills::remove(gateway.change(&caller.author(&gateway)), shop.id, ids.1).await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn show(gateway: &Gateway, till: SealedTill) -> Result<Till, Problem> {
    let unrecorded = gateway.store.last_unrecorded(till.id).await?;
    let has_secret = tills::has_secret(&gateway.vault, &till).map_err(Problem::internal)?;
    let Options { notification_url, location, paid_statuses, invite } = tills::options(&till).unwrap_or_default();
    Ok(Till {
        id: till.id,
        shop_id: till.shop_id,
        webhook_url: public_address(gateway, till.id),
        events: till_kind(&till.kind).map(|kind| kind.events.to_vec()).unwrap_or_default(),
        kind: till.kind,
        name: till.name,
        has_secret,
        has_access_token: till.token_sealed.is_some(),
        options: TillOptions { notification_url, location, paid_statuses, invite },
        last_unrecorded: unrecorded.map(|(why, at)| Unrecorded { why, at: from_millis(at) }),
        created_at: from_millis(till.created_at),
    })
}

fn read_new(shop_id: Uuid, body: TillBody) -> Result<NewTill, Problem> {
    let mut checks = Checks::default();
    let kind = checks.check("kind", kind_of(&body.kind));
    let name = checks.optional("name", body.name, line(NAME_CHARS_MAX));
    let secret = checks.optional("secret", body.secret, secret(256));
    let access_token = checks.optional("access_token", body.access_token, secret_of_api);
    refuse_unasked(&mut checks, kind, access_token.is_some());
    let options = read_options(&mut checks, kind, body.options);
    let made = kind.map(|kind| {
        let name = name.unwrap_or_else(|| kind.name.to_owned());
        NewTill { shop_id, kind, name, secret, access_token, options }
    });
    checks.passed(made)
}

fn read_changes(kind: Option<&'static TillKind>, body: TillPatch) -> Result<TillChanges, Problem> {
    let mut checks = Checks::default();
    let access_token = checks.nullable("access_token", body.access_token, secret_of_api);
    refuse_unasked(&mut checks, kind, matches!(access_token, Some(Some(_))));
    let changes = TillChanges {
        name: checks.optional("name", body.name, line(NAME_CHARS_MAX)),
        secret: checks.optional("secret", body.secret, secret(256)),
        access_token,
        options: body.options.map(|options| read_options(&mut checks, kind, options)),
    };
    checks.passed(Some(changes))
}

fn kind_of(name: &str) -> Result<&'static TillKind, String> {
    let names = || TILLS.iter().map(|kind| kind.name).collect::<Vec<_>>().join(", ");
    till_kind(name).ok_or_else(|| format!("must be one of: {}", names()))
}

/// What is chosen, each for the kinds that know it.
fn read_options(checks: &mut Checks, kind: Option<&'static TillKind>, sent: TillOptions) -> Options {
    let only = |kinds: &[&str]| match kind {
        Some(kind) if !kinds.contains(&kind.name) => Err(format!("is for {} only", kinds.join(" and "))),
        _ => Ok(()),
    };
    let notification_url = checks.optional("options.notification_url", sent.notification_url, address);
    let location = checks.optional("options.location", sent.location, line(LOCATION_CHARS_MAX));
    let chosen = Some(sent.paid_statuses).filter(|statuses| !statuses.is_empty());
    let statuses = checks.optional("options.paid_statuses", chosen, words);
    for (field, is_chosen, kinds) in [
        ("notification_url", notification_url.is_some(), &["square"][..]),
        ("location", location.is_some(), &["square", "shopify"]),
        ("paid_statuses", statuses.is_some(), &["woocommerce"]),
    ] {
        if is_chosen {
            checks.fit(&format!("options.{field}"), only(kinds));
        }
    }
    Options { notification_url, location, paid_statuses: statuses.unwrap_or_default(), invite: sent.invite }
}

/// An address as it is written: the till signs it letter by letter.
fn address(written: String) -> Result<String, String> {
    let is_address = |url: &Url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    let is_right = written.len() <= 500 && Url::parse(&written).is_ok_and(|url| is_address(&url));
    is_right.then_some(written).ok_or_else(|| "must be an http:// or https:// address".to_owned())
}

fn words(statuses: Vec<String>) -> Result<Vec<String>, String> {
    let is_word = |word: &String| {
        (1..=40).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase() || b"-_".contains(&byte))
    };
    let is_right = statuses.len() <= STATUSES_MAX && statuses.iter().all(is_word);
    is_right.then_some(statuses).ok_or_else(|| "must be at most 20 words such as completed".to_owned())
}

fn secret(most: usize) -> impl FnOnce(SecretString) -> Result<SecretString, String> {
    move |secret| {
        let text = secret.expose_secret();
        let fits = !text.trim().is_empty() && text.chars().nth(most).is_none();
        let is_right = fits && !text.chars().any(char::is_control);
        is_right.then_some(secret).ok_or_else(|| format!("has 1 to {most} characters, and no line breaks"))
    }
}

/// A token for a till that can be asked; it travels in a header.
fn secret_of_api(token: SecretString) -> Result<SecretString, String> {
    let is_plain = token.expose_secret().bytes().all(|byte| byte.is_ascii_graphic());
    if is_plain { secret(512)(token) } else { Err("has visible ASCII characters only".to_owned()) }
}

fn refuse_unasked(checks: &mut Checks, kind: Option<&'static TillKind>, has_token: bool) {
    if has_token && kind.is_some_and(|kind| kind.look_up.is_none()) {
        checks.fit::<(), _>("access_token", Err("is for tills that can be asked who a buyer is: square"));
    }
}
