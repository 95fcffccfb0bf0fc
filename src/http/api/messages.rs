//! `/v1/members/{id}/messages` and `/v1/members/{id}/consents`: what was said, and what was agreed to.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Refusals,
    caller::Caller,
    listing::{Listing, PageQuery, Paging},
    members,
};
use crate::{
    clock::from_millis,
    domain::{message::Media, segment},
    http::{Gateway, problem::Problem},
    store::said::{ConsentRecord, Onlooker, Said, SaidPlace},
};

/// A text from or to a member.
#[derive(Debug, Serialize, ToSchema)]
pub struct Message {
    /// Our id: `in_…` or `out_…`.
    #[schema(example = "out_34")]
    id: String,
    /// `inbound`: from the member; `outbound`: to the member.
    #[schema(example = "outbound")]
    direction: &'static str,
    /// The address of the sender, ours.
    #[schema(example = "+14155550100")]
    sender: String,
    /// What it says; `null` where it also speaks for other merchants on a shared sender, or for other shops.
    #[schema(required, example = "Bean There: you have 10 points.")]
    body: Option<String>,
    /// What is attached to one that came in.
    media: Vec<Attachment>,
    /// When it came in, or was written to be sent.
    at: DateTime<Utc>,
    /// Outbound: which reply.
    #[schema(required, example = "balance")]
    reply: Option<String>,
    /// Outbound, on our side: `deferred` (until the morning), `queued`, `claimed`, `unclear`, `sent`, `failed`, `opted_out` or `withdrawn`.
    #[schema(required, example = "sent")]
    state: Option<String>,
    /// Outbound, on the provider's side: its word, such as `sent`, `delivered` or `undelivered`; `null` until it reports.
    #[schema(required, example = "delivered")]
    delivery: Option<String>,
    /// The provider's number for what went wrong.
    #[schema(required)]
    error_code: Option<i32>,
    /// What went wrong, in plain words.
    #[schema(required)]
    reason: Option<String>,
    /// The provider's id of the text.
    #[schema(required, example = "SM00000000000000000000000000000000")]
    provider_message_id: Option<String>,
    /// Outbound: how often it was tried.
    #[schema(required)]
    attempts: Option<i32>,
    /// Parts it travels in, each of which is paid for.
    #[schema(required, example = 1)]
    segments: Option<i64>,
}

/// A picture or file.
#[derive(Debug, Serialize, ToSchema)]
pub struct Attachment {
    /// Where the provider keeps it.
    url: String,
    /// Its MIME type, as the provider says.
    #[schema(example = "image/jpeg")]
    content_type: String,
}

/// Proof of consent: what happened, how, and what was typed and shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct Consent {
    /// Our id.
    id: i64,
    /// The shop; `null`: everything on the sender.
    #[schema(required)]
    shop_id: Option<Uuid>,
    /// The address of the sender.
    #[schema(example = "+14155550100")]
    sender: String,
    /// `asked`, `opt_in`, `declined`, `opt_out`, `opt_in_again`, `no_marketing` (it is in doubt whether they want any more)
    /// or `marketing` (they do).
    #[schema(example = "opt_in")]
    kind: String,
    /// `keyword`, `answer`, `reserved_word`, `own_words`, `command`, `provider_notice` or `carrier_refusal`.
    #[schema(example = "keyword")]
    method: String,
    /// By which rule it was heard, where it was said in their own words.
    #[schema(required, example = "opt-out: rule: asks to stop the messages")]
    reason: Option<String>,
    /// What the person typed.
    #[schema(example = "COFFEE PLS")]
    typed: String,
    /// What we showed in the same turn; `null` where it also speaks for other merchants on a shared sender.
    #[schema(required)]
    shown: Option<String>,
    /// The provider's id of the person's text.
    #[schema(required)]
    provider_message_id: Option<String>,
    /// When.
    occurred_at: DateTime<Utc>,
}

/// What was said between a member and their merchant, in both directions, newest first.
#[utoipa::path(get, path = "/v1/members/{id}/messages", tag = "members", params(("id" = Uuid, Path,), Paging),
    responses((status = 200, body = Listing<Message>), Refusals))]
pub async fn list(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    query: PageQuery,
) -> Result<HttpResponse, Problem> {
    let member = members::find(caller, &gateway, *id).await?;
    let before: Option<(i64, i64, bool, i64)> = query.after()?;
    let before = before.map(|(at, cause, is_outbound, id)| SaidPlace { at, cause, is_outbound, id });
    let found = gateway.store.said(&member, before, query.limit()? + 1, onlooker(caller)).await?;
    let place = |said: &Said| (said.place.at, said.place.cause, said.place.is_outbound, said.place.id);
    Ok(HttpResponse::Ok().json(Listing::page(found, &query, place, show)?))
}

/// A member's proof of consent, newest first.
#[utoipa::path(get, path = "/v1/members/{id}/consents", tag = "members", params(("id" = Uuid, Path,), Paging),
    responses((status = 200, body = Listing<Consent>), Refusals))]
pub async fn consents(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    query: PageQuery,
) -> Result<HttpResponse, Problem> {
    let member = members::find(caller, &gateway, *id).await?;
    let found = gateway.store.consents(&member, query.after()?, query.limit()? + 1, onlooker(caller)).await?;
    Ok(HttpResponse::Ok().json(Listing::page(found, &query, |consent| consent.id, show_consent)?))
}

/// How much of a conversation this caller may see.
pub(super) fn onlooker(caller: Caller) -> Onlooker {
    match caller {
        Caller::Operator => Onlooker::Operator,
        Caller::Key { shop_id: Some(shop_id), .. } => Onlooker::Shop(shop_id),
        Caller::Key { shop_id: None, .. } => Onlooker::Merchant,
    }
}

fn show(said: Said) -> Message {
    let SaidPlace { at, is_outbound, id, .. } = said.place;
    let counted = said.segments.map(i64::from);
    let segments = if is_outbound { said.body.as_deref().map(parts_of) } else { counted };
    Message {
        id: if is_outbound { format!("out_{id}") } else { format!("in_{id}") },
        direction: if is_outbound { "outbound" } else { "inbound" },
        sender: said.sender,
        body: said.body,
        media: said.media.as_deref().map(attachments).unwrap_or_default(),
        at: from_millis(at),
        reply: said.reply,
        state: said.state,
        delivery: said.delivery,
        error_code: said.error_code,
        reason: said.reason,
        provider_message_id: said.provider_message_id,
        attempts: said.attempts,
        segments,
    }
}

fn attachments(json: &str) -> Vec<Attachment> {
    let media: Vec<Media> = serde_json::from_str(json).unwrap_or_default();
    media.into_iter().map(|Media { url, content_type }| Attachment { url, content_type }).collect()
}

fn parts_of(body: &str) -> i64 {
    i64::try_from(segment::count(body).segments).unwrap_or(i64::MAX)
}

fn show_consent(consent: ConsentRecord) -> Consent {
    let ConsentRecord { id, shop_id, sender, kind, method, reason, typed, shown, provider_message_id, occurred_at } =
        consent;
    let occurred_at = from_millis(occurred_at);
    Consent { id, shop_id, sender, kind, method, reason, typed, shown, provider_message_id, occurred_at }
}
