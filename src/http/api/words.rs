//! `/v1/shops/{id}/words`

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Refusals, body::Body, caller::Caller, shops};
use crate::{
    clock::from_millis,
    domain::words::{as_built_in, holes::holes_of},
    http::{Gateway, problem::Problem},
    service::{
        keywords::Within,
        words::{self, TextName},
    },
    store::words::WordsRow,
};

/// A text that a shop's members read, in one language.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopText {
    /// The shop.
    shop_id: Uuid,
    /// Its language.
    #[schema(example = "en")]
    language: String,
    /// Which text it is.
    #[schema(example = "join-confirmed")]
    key: &'static str,
    /// What is said, with its holes in braces: `{shop}`.
    text: String,
    /// Whether that is the shop's own, or else what is built in.
    is_own: bool,
    /// What is built in.
    built_in: String,
    /// The holes that the text may have.
    #[schema(example = json!(["shop", "held", "per_month"]))]
    holes: Vec<&'static str>,
    /// When it was changed last.
    #[schema(required)]
    changed_at: Option<DateTime<Utc>>,
    /// Who changed it last: a person's name, or that of a key.
    #[schema(required)]
    changed_by: Option<String>,
}

/// A text in a shop's own words.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShopTextBody {
    /// What is said. `{shop}` is filled in, `{count|star|stars}` takes the form that the number takes; it must keep what the law
    /// wants said.
    #[schema(min_length = 1, max_length = 459)]
    text: String,
}

type Named = web::Path<(Uuid, String, String)>;

/// A text as the shop says it now.
#[utoipa::path(get, path = "/v1/shops/{id}/words/{language}/{key}", tag = "shops",
    params(("id" = Uuid, Path, description = "The shop."), ("language" = String, Path, description = "en, es, fr, ro or zh."),
        ("key" = String, Path, description = "Which text.")),
    responses((status = 200, body = ShopText), Refusals))]
pub async fn get(caller: Caller, gateway: web::Data<Gateway>, named: Named) -> Result<HttpResponse, Problem> {
    let (shop_id, name) = find(caller, &gateway, &named).await?;
    let last = gateway.store.words_before(shop_id, name.language.code(), name.key, 1).await?;
    Ok(HttpResponse::Ok().json(show(shop_id, name, last.into_iter().next())))
}

/// Says a text in the shop's own words from now on.
#[utoipa::path(put, path = "/v1/shops/{id}/words/{language}/{key}", tag = "shops",
    params(("id" = Uuid, Path, description = "The shop."), ("language" = String, Path, description = "en, es, fr, ro or zh."),
        ("key" = String, Path, description = "Which text.")),
    request_body = ShopTextBody, responses((status = 200, body = ShopText), Refusals))]
pub async fn put(
    caller: Caller,
    gateway: web::Data<Gateway>,
    named: Named,
    body: Body<ShopTextBody>,
) -> Result<HttpResponse, Problem> {
    let (shop_id, name) = find(caller, &gateway, &named).await?;
    let by = called(caller, &gateway);
    let row =
        words::put(gateway.change(&caller.author(&gateway)), within(caller, shop_id), name, &body.0.text, &by).await?;
    Ok(HttpResponse::Ok().json(show(shop_id, name, Some(row))))
}

/// Says a text as it is built in again.
#[utoipa::path(delete, path = "/v1/shops/{id}/words/{language}/{key}", tag = "shops",
    params(("id" = Uuid, Path, description = "The shop."), ("language" = String, Path, description = "en, es, fr, ro or zh."),
        ("key" = String, Path, description = "Which text.")),
    responses((status = 204), Refusals))]
pub async fn delete(caller: Caller, gateway: web::Data<Gateway>, named: Named) -> Result<HttpResponse, Problem> {
    let (shop_id, name) = find(caller, &gateway, &named).await?;
    let by = called(caller, &gateway);
    words::reset(gateway.change(&caller.author(&gateway)), within(caller, shop_id), name, &by).await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn find(caller: Caller, gateway: &Gateway, named: &Named) -> Result<(Uuid, TextName), Problem> {
    let (shop_id, language, key) = &**named;
    let shop = shops::find(caller, gateway, *shop_id).await?;
    Ok((shop.id, words::find(language, key)?))
}

fn within(caller: Caller, shop_id: Uuid) -> Within {
    Within { merchant_id: caller.scope(), shop_id }
}

/// What a caller is called in the history.
fn called(caller: Caller, gateway: &Gateway) -> String {
    match caller {
        Caller::Operator => "operator".to_owned(),
        Caller::Key { id, .. } => {
            gateway.directory.read().key(id).map_or_else(|| id.to_string(), |key| key.name.clone())
        }
    }
}

fn show(shop_id: Uuid, name: TextName, last: Option<WordsRow>) -> ShopText {
    let TextName { language, key } = name;
    let built_in = as_built_in(language, key);
    let (changed_at, changed_by) =
        last.as_ref().map(|row| (from_millis(row.changed_at), row.changed_by.clone())).unzip();
    let own = last.and_then(|row| row.text);
    ShopText {
        shop_id,
        language: language.code().to_owned(),
        key,
        is_own: own.is_some(),
        text: own.unwrap_or_else(|| built_in.clone()),
        built_in,
        holes: holes_of(key).iter().map(|hole| hole.name).collect(),
        changed_at,
        changed_by,
    }
}
