//! `/v1/programs/{id}/codes`: single-use codes to print on packs and receipts.

use actix_web::{HttpResponse, http::StatusCode, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Refusals,
    body::{Body, Checks, line, moment},
    caller::Caller,
};
use crate::{
    domain::access::Role,
    http::{Gateway, problem::Problem},
    service::codes::{self, NewCodes},
};

/// The most codes of one answer.
const COUNT_MAX: usize = 10_000;
/// The most characters of a rule's id and of a batch's name.
const CHARS_MAX: usize = 100;

/// Codes to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodesBody {
    /// The id of the code rule in the program, which says what each is worth.
    #[schema(min_length = 1, max_length = 100, example = "pack")]
    rule: String,
    /// What they are printed on.
    #[schema(min_length = 1, max_length = 100, example = "spring beans")]
    batch: String,
    /// How many.
    #[schema(minimum = 1, maximum = 10000, example = 3)]
    count: i64,
    /// From when on they are worth nothing (RFC 3339); good for ever where it is left out.
    #[schema(value_type = Option<DateTime<Utc>>)]
    ends_at: Option<String>,
}

/// Codes that were made. Shown this once: only hashes are kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct Codes {
    /// The program.
    program_id: Uuid,
    /// Its rule.
    rule: String,
    /// What they are printed on.
    batch: String,
    /// From when on they are worth nothing.
    #[schema(required)]
    ends_at: Option<DateTime<Utc>>,
    /// The codes, as they are to be printed.
    codes: Vec<String>,
}

/// Makes single-use codes of a code rule of a program, by its id or by that of a shop that has it, and shows them this once.
/// For managers.
#[utoipa::path(post, path = "/v1/programs/{id}/codes", tag = "programs", params(("id" = Uuid, Path,)),
    request_body = CodesBody,
    responses((status = 201, body = Codes, description = "They were made."), Refusals))]
pub async fn create(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    body: Body<CodesBody>,
) -> Result<HttpResponse, Problem> {
    caller.needs(Role::Manager)?;
    let program_id = program(caller, &gateway, *id).ok_or_else(Problem::not_found)?;
    let now = gateway.clock.now();
    let new = read(program_id, body.0, now)?;
    let made = codes::make(gateway.change(&caller.author(&gateway)), &new).await?;
    let NewCodes { program_id, rule, batch, ends_at, .. } = new;
    Ok(HttpResponse::build(StatusCode::CREATED).json(Codes { program_id, rule, batch, ends_at, codes: made }))
}

/// The program of this id, or of the shop of this id. A key for one shop makes codes where that is the shop's program.
fn program(caller: Caller, gateway: &Gateway, id: Uuid) -> Option<Uuid> {
    let known = gateway.directory.read();
    let program_id = known.directory.shop(id).map_or(id, |shop| shop.program_id);
    let is_theirs = known.directory.shops_in(program_id).iter().any(|shop| caller.may_act_at(shop));
    is_theirs.then_some(program_id)
}

fn read(program_id: Uuid, body: CodesBody, now: DateTime<Utc>) -> Result<NewCodes, Problem> {
    let mut checks = Checks::default();
    let rule = checks.check("rule", line(CHARS_MAX)(body.rule));
    let batch = checks.check("batch", line(CHARS_MAX)(body.batch));
    let count = usize::try_from(body.count).ok().filter(|count| (1..=COUNT_MAX).contains(count));
    let count = checks.check("count", count.ok_or_else(|| format!("must be from 1 to {COUNT_MAX}")));
    let ends_at = checks.optional("ends_at", body.ends_at, moment);
    if ends_at.is_some_and(|at| at <= now) {
        checks.fit::<(), _>("ends_at", Err("must not be in the past"));
    }
    let made = rule.zip(batch).zip(count);
    let made = made.map(|((rule, batch), count)| NewCodes { program_id, rule, batch, count, ends_at });
    checks.passed(made)
}
