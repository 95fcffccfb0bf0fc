//! Where one comes in: the operator to the merchants, a merchant's people to their shop, or to the list of them.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;

use super::{
    page::{Page, go, html},
    trouble::Trouble,
    viewer::Seen,
};
use crate::{domain::access::Role, http::Gateway};

#[derive(Template)]
#[template(path = "shops.html")]
struct ShopsPage {
    page: Page,
}

/// The bare address of the gateway.
pub(super) async fn lead_in() -> HttpResponse {
    go("/console")
}

/// Leads to what there is to see.
pub(super) async fn page(
    request: HttpRequest,
    seen: Seen,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Seen(viewer) = seen;
    if viewer.person.is_operator() {
        return Ok(go("/console/operator"));
    }
    match &*viewer.shops(&gateway) {
        // Nothing to see yet, and somebody who can begin.
        [] if viewer.may(Role::Owner) && viewer.person.shop_id.is_none() => match viewer.person.merchant_id {
            Some(id) => Ok(go(format!("/console/merchants/{id}/start"))),
            None => Err(Trouble::NotFound),
        },
        [only] => Ok(go(format!("/console/shops/{}", only.id))),
        _ => Ok(html(StatusCode::OK, &ShopsPage { page: Page::of(&request, "shops") })),
    }
}
