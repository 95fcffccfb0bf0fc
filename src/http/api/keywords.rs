//! `/v1/shops/{id}/keywords`

use actix_web::{HttpResponse, http::header, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Refusals,
    body::{Body, Checks, given, line, moment},
    caller::Caller,
    listing::{Listing, PageQuery, Paging},
    senders::sender_name,
    shops::{self, senders_of},
};
use crate::{
    domain::{
        keyword::{MAX_LENGTH, Phrase},
        shop::{self, Sender},
    },
    http::{Gateway, problem::Problem},
    service::{
        fields::{SOURCE_CHARS_MAX, language, phrase},
        keywords::{self, KeywordChanges, NewKeyword, Within},
    },
};

/// A phrase on a sign that makes members of a shop.
#[derive(Debug, Serialize, ToSchema)]
pub struct Keyword {
    /// Our id.
    id: Uuid,
    /// The shop one joins by it.
    shop_id: Uuid,
    /// What is on the sign.
    #[schema(example = "COFFEE PLS")]
    phrase: String,
    /// The address of the sender on which it is understood.
    #[schema(example = "+14155550100")]
    sender: String,
    /// Our id of that sender.
    sender_id: Uuid,
    /// Where it hangs, or which campaign it belongs to.
    #[schema(required, example = "door")]
    source: Option<String>,
    /// The language that its sign is written in, in which whoever texts it is answered; `null`: the shop's.
    #[schema(required, example = "es")]
    language: Option<String>,
    /// Not understood before.
    #[schema(required)]
    starts_at: Option<DateTime<Utc>>,
    /// Not understood from then on.
    #[schema(required)]
    ends_at: Option<DateTime<Utc>>,
    /// When it was added.
    created_at: DateTime<Utc>,
}

/// A keyword to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeywordBody {
    /// One to five words, at most 60 characters. Case, width, accents, punctuation and blanks do not matter.
    #[schema(min_length = 1, max_length = 60, example = "COFFEE PLS")]
    phrase: String,
    /// The sender on which it is understood, by address or id. Left out, the shop's.
    #[schema(example = "+14155550100")]
    sender: Option<String>,
    /// Where it hangs, or which campaign it belongs to.
    #[schema(max_length = 80, example = "door")]
    source: Option<String>,
    /// The language that its sign is written in, in which whoever texts it is answered. Left out, the shop's.
    #[schema(example = "es")]
    language: Option<String>,
    /// Not understood before. (RFC 3339)
    #[schema(value_type = Option<DateTime<Utc>>)]
    starts_at: Option<String>,
    /// Not understood from then on. (RFC 3339)
    #[schema(value_type = Option<DateTime<Utc>>)]
    ends_at: Option<String>,
}

/// What shall change of a keyword; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeywordPatch {
    /// One to five words, at most 60 characters.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 60)]
    phrase: Option<String>,
    /// The sender on which it is understood, by address or id.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false)]
    sender: Option<String>,
    /// Where it hangs; `null`: unsaid.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 80)]
    source: Option<Option<String>>,
    /// The language that its sign is written in; `null`: the shop's.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, example = "es")]
    language: Option<Option<String>>,
    /// Not understood before; `null`: understood at once.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<DateTime<Utc>>)]
    starts_at: Option<Option<String>>,
    /// Not understood from then on; `null`: understood until it is deleted.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<DateTime<Utc>>)]
    ends_at: Option<Option<String>>,
}

/// Adds a keyword to a shop. It works from now on.
#[utoipa::path(post, path = "/v1/shops/{id}/keywords", tag = "keywords", params(("id" = Uuid, Path, description = "The shop.")),
    request_body = KeywordBody, responses((status = 201, body = Keyword), Refusals))]
pub async fn create(
    caller: Caller,
    gateway: web::Data<Gateway>,
    shop_id: web::Path<Uuid>,
    body: Body<KeywordBody>,
) -> Result<HttpResponse, Problem> {
    let within = within(caller, *shop_id);
    shops::find(caller, &gateway, *shop_id).await?;
    let keyword = keywords::create(gateway.change(&caller.author(&gateway)), within, read_new(body.0)?).await?;
    let location = format!("/v1/shops/{}/keywords/{}", keyword.shop_id, keyword.id);
    let keyword = look_up(&gateway, keyword).await?;
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(keyword))
}

/// A shop's keywords.
#[utoipa::path(get, path = "/v1/shops/{id}/keywords", tag = "keywords",
    params(("id" = Uuid, Path, description = "The shop."), Paging), responses((status = 200, body = Listing<Keyword>), Refusals))]
pub async fn list(
    caller: Caller,
    gateway: web::Data<Gateway>,
    shop_id: web::Path<Uuid>,
    query: PageQuery,
) -> Result<HttpResponse, Problem> {
    let shop = shops::find(caller, &gateway, *shop_id).await?;
    let found = gateway.store.keywords(shop.id, query.by_id()?).await?;
    let senders = senders_of(&gateway, found.iter().map(|keyword| keyword.sender_id)).await?;
    let show = |keyword: shop::Keyword| {
        let sender = senders.get(&keyword.sender_id);
        show(keyword, sender)
    };
    Ok(HttpResponse::Ok().json(Listing::page(found, &query, |keyword| keyword.id, show)?))
}

/// One keyword.
#[utoipa::path(get, path = "/v1/shops/{id}/keywords/{keyword_id}", tag = "keywords",
    params(("id" = Uuid, Path, description = "The shop."), ("keyword_id" = Uuid, Path,)),
    responses((status = 200, body = Keyword), Refusals))]
pub async fn get(
    caller: Caller,
    gateway: web::Data<Gateway>,
    ids: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, Problem> {
    let shop = shops::find(caller, &gateway, ids.0).await?;
    let keyword = gateway.store.keyword(shop.id, ids.1).await?.ok_or_else(Problem::not_found)?;
    Ok(HttpResponse::Ok().json(look_up(&gateway, keyword).await?))
}

/// Changes a keyword. It works as changed from now on.
#[utoipa::path(patch, path = "/v1/shops/{id}/keywords/{keyword_id}", tag = "keywords",
    params(("id" = Uuid, Path, description = "The shop."), ("keyword_id" = Uuid, Path,)),
    request_body = KeywordPatch, responses((status = 200, body = Keyword), Refusals))]
pub async fn update(
    caller: Caller,
    gateway: web::Data<Gateway>,
    ids: web::Path<(Uuid, Uuid)>,
    body: Body<KeywordPatch>,
) -> Result<HttpResponse, Problem> {
    shops::find(caller, &gateway, ids.0).await?;
    let changes = read_changes(body.0)?;
    let keyword =
        keywords::update(gateway.change(&caller.author(&gateway)), within(caller, ids.0), ids.1, changes).await?;
    Ok(HttpResponse::Ok().json(look_up(&gateway, keyword).await?))
}

/// Deletes a keyword. Who joined by it stays a member.
#[utoipa::path(delete, path = "/v1/shops/{id}/keywords/{keyword_id}", tag = "keywords",
    params(("id" = Uuid, Path, description = "The shop."), ("keyword_id" = Uuid, Path,)),
    responses((status = 204), Refusals))]
pub async fn delete(
    caller: Caller,
    gateway: web::Data<Gateway>,
    ids: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, Problem> {
    shops::find(caller, &gateway, ids.0).await?;
    keywords::delete(gateway.change(&caller.author(&gateway)), within(caller, ids.0), ids.1).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn within(caller: Caller, shop_id: Uuid) -> Within {
    Within { merchant_id: caller.scope(), shop_id }
}

async fn look_up(gateway: &Gateway, keyword: shop::Keyword) -> Result<Keyword, Problem> {
    let senders = gateway.store.senders_by_ids(&[keyword.sender_id]).await?;
    Ok(show(keyword, senders.first()))
}

fn show(keyword: shop::Keyword, sender: Option<&Sender>) -> Keyword {
    Keyword {
        id: keyword.id,
        shop_id: keyword.shop_id,
        phrase: keyword.phrase.display().to_owned(),
        sender: sender.map(|sender| sender.address.as_str().to_owned()).unwrap_or_default(),
        sender_id: keyword.sender_id,
        source: keyword.source,
        language: keyword.language.map(|language| language.code().to_owned()),
        starts_at: keyword.starts_at,
        ends_at: keyword.ends_at,
        created_at: keyword.created_at,
    }
}

fn read_new(body: KeywordBody) -> Result<NewKeyword, Problem> {
    let mut checks = Checks::default();
    let phrase = read_phrase(&mut checks, body.phrase);
    let sender = checks.optional("sender", body.sender, sender_name);
    let source = checks.optional("source", body.source, line(SOURCE_CHARS_MAX));
    let language = checks.optional("language", body.language, language);
    let starts_at = checks.optional("starts_at", body.starts_at, moment);
    let ends_at = checks.optional("ends_at", body.ends_at, moment);
    checks.passed(phrase.map(|phrase| NewKeyword { phrase, sender, source, language, starts_at, ends_at }))
}

fn read_changes(body: KeywordPatch) -> Result<KeywordChanges, Problem> {
    let mut checks = Checks::default();
    let changes = KeywordChanges {
        phrase: body.phrase.and_then(|typed| read_phrase(&mut checks, typed)),
        sender: checks.optional("sender", body.sender, sender_name),
        source: checks.nullable("source", body.source, line(SOURCE_CHARS_MAX)),
        language: checks.nullable("language", body.language, language),
        starts_at: checks.nullable("starts_at", body.starts_at, moment),
        ends_at: checks.nullable("ends_at", body.ends_at, moment),
    };
    checks.passed(Some(changes))
}

/// A line of so many characters; whether it can be a keyword is not to be seen from its signs.
fn read_phrase(checks: &mut Checks, typed: String) -> Option<Phrase> {
    let typed = checks.check("phrase", line(MAX_LENGTH)(typed))?;
    checks.fit("phrase", phrase(typed))
}
