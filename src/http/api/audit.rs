//! `/v1/audit`: the book of who changed what, before and after.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Refusals,
    caller::Caller,
    listing::{Listing, Paging, bad_query, id_in_query, of_shop, unfit_query},
};
use crate::{
    clock::from_millis,
    http::{Gateway, problem::Problem},
    store::audit::{AuditFilter, AuditRow},
};

/// The most characters of a kind of thing.
const SUBJECT_CHARS_MAX: usize = 40;

/// A line of the book.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditLine {
    /// Our id; ids grow with the time.
    id: Uuid,
    /// When.
    created_at: DateTime<Utc>,
    /// Whose thing was changed; `null`: the gateway's own.
    #[schema(required)]
    merchant_id: Option<Uuid>,
    /// The shop it belongs to; `null`: to all of the merchant's.
    #[schema(required)]
    shop_id: Option<Uuid>,
    /// Who, where they signed in.
    #[schema(required)]
    person_id: Option<Uuid>,
    /// Who, by name: a person, a key, `operator` or `command line`.
    #[schema(example = "Ana Flores")]
    actor: String,
    /// What was done: `created`, `changed`, `removed`, `signed-in` …
    #[schema(example = "changed")]
    deed: String,
    /// To what kind of thing: `keyword`, `draft`, `person` …
    #[schema(example = "shop")]
    subject: String,
    /// To which.
    #[schema(required)]
    subject_id: Option<Uuid>,
    /// What it is called; a phone is masked.
    #[schema(example = "Coffee on Main")]
    subject_name: String,
    /// How it was: each field that is different, by its path; `null` where there is none. Never a secret.
    #[schema(required, value_type = Option<Object>, example = json!({ "welcome_points": 5 }))]
    before: Option<Value>,
    /// How it is now, in the same way.
    #[schema(required, value_type = Option<Object>, example = json!({ "welcome_points": 7 }))]
    after: Option<Value>,
}

/// Which lines.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Items of a page, 1 to 200; 50 where it is left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 200)]
    limit: Option<String>,
    /// Only what belongs to this shop.
    #[param(value_type = Option<Uuid>)]
    shop_id: Option<String>,
    /// Only what was done to this kind of thing: `keyword`. Who came and went is `session`.
    #[param(max_length = 40)]
    subject: Option<String>,
    /// The merchant; with the operator's key, the gateway's own book where it is left out, and with another needless.
    #[param(value_type = Option<Uuid>)]
    merchant_id: Option<String>,
}

/// Who changed what, the latest first: by the console, by a key, by command. What moves points is in each member's entries.
#[utoipa::path(get, path = "/v1/audit", tag = "audit", params(AuditQuery),
    responses((status = 200, body = Listing<AuditLine>), Refusals))]
pub async fn list(
    caller: Caller,
    gateway: web::Data<Gateway>,
    query: web::Query<AuditQuery>,
) -> Result<HttpResponse, Problem> {
    let AuditQuery { cursor, limit, shop_id, subject, merchant_id } = query.into_inner();
    let paging = Paging { cursor, limit };
    let named = merchant_id.map(|id| id_in_query("merchant_id", &id)).transpose()?;
    if named.is_some_and(|id| !caller.may_see(id)) {
        return Err(unfit_query("merchant_id", "is not the merchant of this key; leave it out"));
    }
    if subject.as_ref().is_some_and(|subject| subject.chars().count() > SUBJECT_CHARS_MAX) {
        return Err(bad_query("subject", format!("must have at most {SUBJECT_CHARS_MAX} characters")));
    }
    let shop_id = shop_id.map(|id| id_in_query("shop_id", &id)).transpose()?;
    let filter = AuditFilter { shop_id: of_shop(caller, shop_id)?, subject, only_changes: false };
    let found = gateway.store.audit(caller.scope().or(named), &filter, paging.by_id()?).await?;
    Ok(HttpResponse::Ok().json(Listing::page(found, &paging, |row| row.id, show)?))
}

fn show(row: AuditRow) -> AuditLine {
    let read = |side: Option<String>| side.and_then(|written| serde_json::from_str(&written).ok());
    AuditLine {
        id: row.id,
        created_at: from_millis(row.created_at),
        merchant_id: row.merchant_id,
        shop_id: row.shop_id,
        person_id: row.person_id,
        actor: row.actor,
        deed: row.deed,
        subject: row.subject,
        subject_id: row.subject_id,
        subject_name: row.subject_name,
        before: read(row.before),
        after: read(row.after),
    }
}
