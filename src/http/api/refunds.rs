//! `/v1/shops/{id}/purchases/{sale_id}/refund`: what is returned, with all that it earned.

use actix_web::{HttpResponse, web};
use uuid::Uuid;

use super::{
    Refusals,
    body::{Body, Checks, line},
    caller::Caller,
    once::OnceKey,
    orders, place,
    purchases::{
        location,
        reading::{self, NUMBER_CHARS_MAX, NewRefund},
    },
};
use crate::{
    domain::{purse::refund::Returned, shop::Shop},
    http::{Gateway, problem::Problem},
    service::till::{Once, What, outcome::Outcome, sale_uuid},
};

/// Takes a purchase back, or a part of it, with the points, stamps and rewards that it would not have earned without. The
/// same `refund_id` again takes nothing back.
#[utoipa::path(post, path = "/v1/shops/{id}/purchases/{sale_id}/refund", tag = "till",
    params(("id" = Uuid, Path,), ("sale_id" = String, Path, description = "The till's number", min_length = 1, max_length = 100)),
    request_body = NewRefund, responses((status = 201, body = Outcome, description = "It was taken back."),
    (status = 200, body = Outcome, description = "It had been taken back before; nothing has changed."), Refusals))]
pub async fn create(
    caller: Caller,
    gateway: web::Data<Gateway>,
    path: web::Path<(Uuid, String)>,
    OnceKey(once): OnceKey,
    body: Body<NewRefund>,
) -> Result<HttpResponse, Problem> {
    let (id, sale_id) = path.into_inner();
    let shop = place::in_path(caller, &gateway, id)?;
    let outcome = refund(caller, &gateway, &shop, (&sale_id, body.0), once).await?;
    Ok(orders::answer(&outcome, Some(location(&shop, sale_id.trim()))))
}

/// Takes back one purchase, or a part of it.
pub(super) async fn refund(
    caller: Caller,
    gateway: &Gateway,
    shop: &Shop,
    (sale_id, mut new): (&str, NewRefund),
    once: Option<Once>,
) -> Result<Outcome, Problem> {
    let mut checks = Checks::default();
    let sale_id = checks.check("sale_id", line(NUMBER_CHARS_MAX)(sale_id.to_owned()));
    let named = (new.phone.take(), new.member_id.take());
    let whom = orders::whom_if_named(gateway, shop, named, &mut checks);
    let returned = reading::returned(&mut new, shop, &mut checks);
    let refund_id = match new.refund_id {
        Some(refund_id) => checks.check("refund_id", line(NUMBER_CHARS_MAX)(refund_id)),
        None => sale_id.as_deref().zip(returned.as_ref()).map(|(sale_id, returned)| {
            let sale = sale_uuid(shop.id, sale_id);
            refund_number(sale, returned, once.as_ref())
        }),
    };
    let (((sale_id, whom), returned), refund_id) = checks.passed(sale_id.zip(whom).zip(returned).zip(refund_id))?;
    let what = What::Refund { sale_id, returned, refund_id };
    orders::place(caller, gateway, (shop, whom, what), once).await
}

/// The number of a refund that its till gave none: the same request has the same, so that it takes back once.
fn refund_number(sale: Uuid, returned: &Returned, once: Option<&Once>) -> String {
    let of = match once {
        Some(once) => format!("key {} {}", once.scope, once.key),
        None => serde_json::to_string(returned).unwrap_or_default(),
    };
    Uuid::new_v5(&sale, of.as_bytes()).to_string()
}
