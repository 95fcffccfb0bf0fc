//! `/v1/members/{id}/merge` and `/v1/merges/{id}/undo`: two phones of one person.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Refusals, body::Body, caller::Caller, members};
use crate::{
    domain::{
        access::Role,
        purse::{draw::shown, merge::Holding},
    },
    http::{Gateway, problem::Problem},
    service::{
        change::Mistake,
        merging::{self, Merger, NotMerged, Wish},
    },
    store::{directory::Page, members::MemberFilter},
};

/// Whose things move to the member of the path.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeBody {
    /// The other member; or `from_phone`.
    from_member_id: Option<Uuid>,
    /// The other member's phone, as the provider writes it.
    #[schema(example = "+14155550199")]
    from_phone: Option<String>,
    /// Only say what would move.
    #[serde(default)]
    dry_run: bool,
}

/// What moves from one member to another.
#[derive(Debug, Serialize, ToSchema)]
pub struct Merged {
    /// Our id, to undo it by; `null` where nothing was done.
    #[schema(required)]
    id: Option<Uuid>,
    /// The member whose things move.
    from_member_id: Uuid,
    /// The member who has them.
    into_member_id: Uuid,
    /// What moves, program by program.
    programs: Vec<MovedHolding>,
    /// Shops where the other phone belonged and this one does not: consent never moves, so they may not text this phone
    /// before it joins there itself.
    not_member_at: Vec<Uuid>,
}

/// What moves in one program.
#[derive(Debug, Serialize, ToSchema)]
pub struct MovedHolding {
    /// The program.
    program_id: Uuid,
    /// Points that can be spent; below zero where they are owed.
    points: i64,
    /// Points that cannot be spent yet.
    pending: i64,
    /// Vouchers, by their codes.
    vouchers: Vec<String>,
    /// Stamps on cards in hand, by rule.
    stamps: BTreeMap<String, i64>,
    /// What counts towards a level.
    progress: i64,
    /// Of what was to be given back: points that were spent or lapsed meanwhile.
    missing_points: i64,
    /// Vouchers that ended meanwhile.
    missing_vouchers: Vec<String>,
    /// Stamps that filled a card meanwhile.
    missing_stamps: i64,
}

/// Moves what another phone of the same person holds to this member; with `dry_run` it says what would move. The other one
/// belongs no more, and is found at the counter as this member.
#[utoipa::path(post, path = "/v1/members/{id}/merge", tag = "members", params(("id" = Uuid, Path,)),
    request_body = MergeBody, responses((status = 200, body = Merged), Refusals))]
pub async fn merge(
    caller: Caller,
    gateway: web::Data<Gateway>,
    id: web::Path<Uuid>,
    body: Body<MergeBody>,
) -> Result<HttpResponse, Problem> {
    caller.needs(Role::Manager)?;
    let into = members::find(caller, &gateway, *id).await?;
    let from = match (body.0.from_member_id, &body.0.from_phone) {
        (Some(id), None) => id,
        (None, Some(phone)) => by_phone(&gateway, into.merchant_id, phone).await?,
        _ => return Err(wrong("from_member_id", "give either from_member_id or from_phone")),
    };
    let wish = Wish {
        from,
        into: into.id,
        merchant_id: into.merchant_id,
        actor: caller.author(&gateway),
        is_preview: body.0.dry_run,
    };
    let merged = merger(&gateway).merge(&wish).await?;
    Ok(HttpResponse::Ok().json(show(merged)))
}

/// Gives back what is still there of what a merge moved, and says what is not. Never below zero, unless the program lets
/// balances be.
#[utoipa::path(post, path = "/v1/merges/{id}/undo", tag = "members", params(("id" = Uuid, Path,)),
    responses((status = 200, body = Merged), Refusals))]
pub async fn undo(caller: Caller, gateway: web::Data<Gateway>, id: web::Path<Uuid>) -> Result<HttpResponse, Problem> {
    caller.needs(Role::Manager)?;
    let row = gateway.store.merge(*id).await?.filter(|row| caller.may_see(row.merchant_id));
    let row = row.ok_or_else(Problem::not_found)?;
    let merged = merger(&gateway).undo(&row, &caller.author(&gateway)).await?;
    Ok(HttpResponse::Ok().json(show(merged)))
}

fn merger(gateway: &Gateway) -> Merger<'_> {
    Merger { store: &gateway.store, directory: &gateway.directory, now: gateway.clock.now() }
}

async fn by_phone(gateway: &Gateway, merchant_id: Uuid, phone: &str) -> Result<Uuid, Problem> {
    let address = Some(phone.trim().to_owned());
    let filter = MemberFilter { merchant_id: Some(merchant_id), address, shop_id: None };
    let (found, _) = gateway.store.members(&filter, Page { after: None, limit: 1 }).await?;
    let none = || {
        let sentence = "no member has this phone; write it as the provider does: +14155550199".to_owned();
        Problem::of_fields(StatusCode::NOT_FOUND, vec![Mistake { field: "from_phone".to_owned(), sentence }])
    };
    found.first().map(|member| member.id).ok_or_else(none)
}

fn wrong(field: &str, sentence: &str) -> Problem {
    let mistake = Mistake { field: field.to_owned(), sentence: sentence.to_owned() };
    Problem::of_fields(StatusCode::UNPROCESSABLE_ENTITY, vec![mistake])
}

fn show(merged: merging::Merged) -> Merged {
    let missing = merged.missing;
    let moved = |(program_id, holding): (Uuid, Holding)| {
        let missing = missing.get(&program_id).cloned().unwrap_or_default();
        MovedHolding {
            program_id,
            points: holding.points(),
            pending: holding.pending_points(),
            vouchers: holding.vouchers.iter().map(|voucher| shown(&voucher.code)).collect(),
            progress: holding.progress.iter().map(|(_, amount)| amount).sum(),
            stamps: holding.stamps,
            missing_points: missing.points,
            missing_vouchers: missing.vouchers.iter().map(|code| shown(code)).collect(),
            missing_stamps: missing.stamps,
        }
    };
    Merged {
        id: merged.id,
        from_member_id: merged.from,
        into_member_id: merged.into,
        programs: merged.holdings.into_iter().map(moved).collect(),
        not_member_at: merged.not_member_at,
    }
}

impl From<NotMerged> for Problem {
    fn from(refused: NotMerged) -> Self {
        match refused {
            NotMerged::NotFound => Self::not_found(),
            NotMerged::Store(error) => error.into(),
            other => Self::new(StatusCode::CONFLICT, other.to_string()),
        }
    }
}
