//! Which shop something is done at: the one that is named, or the only one that it can be.

use actix_web::http::StatusCode;
use uuid::Uuid;

use super::caller::Caller;
use crate::{
    domain::{country::Country, shop::Shop},
    http::{Gateway, problem::Problem},
    service::change::Mistake,
};

/// The most shops that a refusal names.
const NAMED_MAX: usize = 20;

/// The shop of a path, if something may be done there.
pub fn in_path(caller: Caller, gateway: &Gateway, id: Uuid) -> Result<Shop, Problem> {
    find(caller, gateway, id).ok_or_else(|| no_such_shop("There is no such shop here; GET /v1/shops lists them."))
}

/// The shop that a body or query names; without one, the only shop of this key.
pub fn named(caller: Caller, gateway: &Gateway, shop_id: Option<Uuid>) -> Result<Shop, Problem> {
    if let Some(id) = shop_id {
        return in_path(caller, gateway, id);
    }
    let known = gateway.directory.read();
    let theirs = known.directory.all_shops().filter(|shop| caller.may_act_at(shop)).take(NAMED_MAX + 1);
    only(theirs.cloned().collect())
}

/// The shop that a body or query names; without one, the only shop of which somebody is a member. Shops that share a program
/// are as one where it does not matter at which of them it happens.
pub async fn of_member(
    caller: Caller,
    gateway: &Gateway,
    member_id: Uuid,
    shop_id: Option<Uuid>,
) -> Result<Shop, Problem> {
    if let Some(id) = shop_id {
        return in_path(caller, gateway, id);
    }
    let mut enrolments = gateway.store.enrolments(&[member_id]).await?.remove(&member_id).unwrap_or_default();
    enrolments.retain(|enrolment| enrolment.left_at.is_none());
    let shops: Vec<Shop> = enrolments.iter().filter_map(|enrolment| find(caller, gateway, enrolment.shop_id)).collect();
    only(shops)
}

/// The same, where it is only asked what a member holds: shops of one program answer alike.
pub async fn of_holder(
    caller: Caller,
    gateway: &Gateway,
    member_id: Uuid,
    shop_id: Option<Uuid>,
) -> Result<Shop, Problem> {
    match of_member(caller, gateway, member_id, shop_id).await {
        Err(problem) if shop_id.is_none() && problem.status == StatusCode::CONFLICT.as_u16() => {
            let enrolments = gateway.store.enrolments(&[member_id]).await?.remove(&member_id).unwrap_or_default();
            let mut shops = enrolments.iter().filter_map(|enrolment| find(caller, gateway, enrolment.shop_id));
            let first = shops.next().ok_or(problem)?;
            match shops.find(|shop| shop.program_id != first.program_id) {
                None => Ok(first),
                Some(other) => Err(which(&[first, other])),
            }
        }
        found => found,
    }
}

/// The country whose people the members of a shop are, for phones as they are written there.
pub fn country(gateway: &Gateway, shop: &Shop) -> Option<Country> {
    let known = gateway.directory.read();
    Country::of_phone(known.directory.sender(shop.sender_id)?.address.phone()?)
}

fn find(caller: Caller, gateway: &Gateway, id: Uuid) -> Option<Shop> {
    let known = gateway.directory.read();
    known.directory.shop(id).filter(|shop| caller.may_act_at(shop)).cloned()
}

fn only(mut shops: Vec<Shop>) -> Result<Shop, Problem> {
    match shops.len() {
        0 => Err(no_such_shop("There is no shop for this; GET /v1/shops lists them.")),
        1 => Ok(shops.remove(0)),
        _ => Err(which(&shops)),
    }
}

fn which(shops: &[Shop]) -> Problem {
    let mut names: Vec<String> =
        shops.iter().take(NAMED_MAX).map(|shop| format!("{} ({})", shop.name, shop.id)).collect();
    if shops.len() > NAMED_MAX {
        names.push("…".to_owned());
    }
    let mistake = Mistake {
        field: "shop_id".to_owned(),
        sentence: format!("is needed, since there are several shops: {}", names.join(", ")),
    };
    Problem::of_fields(StatusCode::CONFLICT, vec![mistake]).of_kind("which-shop")
}

fn no_such_shop(detail: &str) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, detail).of_kind("no-such-shop")
}
