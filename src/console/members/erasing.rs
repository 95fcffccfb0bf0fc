//! What a member may ask for: all that is kept of them, and to be forgotten.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use askama::Template;
use serde::Deserialize;

use super::{AtMember, Frame};
use crate::{
    console::{
        form::{Hints, Posted},
        page::{Page, go_done, html},
        trouble::Trouble,
        viewer::AtShop,
    },
    http::Gateway,
    service::{
        disclosure,
        erasing::{self, NotErased},
    },
};

/// So many last characters of the phone are typed to say that one means it.
const TYPED: usize = 4;

#[derive(Template)]
#[template(path = "members/erase.html")]
struct ErasePage {
    page: Page,
    frame: Frame,
    hints: Hints,
    confirm: String,
}

/// The form.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct EraseForm {
    confirm: String,
}

/// All that is kept of a member, as a file.
pub(in crate::console) async fn export(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtMember::find(&request, at, &gateway).await?;
    let only_program = at.viewer.person.shop_id.map(|_| at.shop.program_id);
    let scope = (at.onlooker(), only_program);
    let author = at.viewer.author();
    let all = disclosure::of_member(gateway.change(&author), &at.shop, (&at.member, &at.enrolments), scope).await?;
    let file = serde_json::to_string_pretty(&all).map_err(|error| Trouble::Failed(error.to_string()))?;
    let name = format!("attachment; filename=\"member-{}.json\"", at.member.id);
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(file))
}

/// What goes and what stays, before it is done.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtMember::find(&request, at, &gateway).await?;
    Ok(show(&request, &at, StatusCode::OK, String::new(), Hints::default()))
}

/// Erases the member.
pub(in crate::console) async fn submit(
    request: HttpRequest,
    at: AtShop,
    form: Posted<EraseForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtMember::find(&request, at, &gateway).await?;
    let Posted(EraseForm { confirm }) = form;
    let say = at.frame(&request, "").0.say;
    let mut hints = Hints::default();
    if confirm.trim() != last_characters(&at.member.address) {
        hints.add("confirm", say.t("erase-confirm-wrong"));
        return Ok(show(&request, &at, StatusCode::UNPROCESSABLE_ENTITY, confirm, hints));
    }
    let which = (at.shop.merchant_id, at.member.id);
    let wrong = match erasing::erase(gateway.change(&at.viewer.author()), which, at.viewer.person.shop_id).await {
        Ok(()) => return Ok(go_done(&format!("/console/shops/{}/members", at.shop.id), "erased")),
        Err(NotErased::NotFound) => return Err(Trouble::NotFound),
        Err(NotErased::Change(error)) => return Err(error.into()),
        Err(NotErased::Merged) => say.t("erase-merged"),
        Err(NotErased::OtherShops) => say.t("erase-other-shops"),
        Err(NotErased::TextUnderWay) => say.t("erase-text-under-way"),
        Err(NotErased::NoKey) => say.t("erase-no-key"),
    };
    hints.add("confirm", wrong);
    Ok(show(&request, &at, StatusCode::CONFLICT, confirm, hints))
}

fn show(request: &HttpRequest, at: &AtMember, status: StatusCode, confirm: String, hints: Hints) -> HttpResponse {
    let (page, frame) = at.frame(request, "");
    html(status, &ErasePage { page, frame, hints, confirm })
}

fn last_characters(address: &str) -> String {
    let count = address.chars().count();
    address.chars().skip(count.saturating_sub(TYPED)).collect()
}
