//! The second door: whoever has one-time codes types one after their password.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;

use super::{
    door,
    form::Posted,
    page::{Page, go, html},
    sign_in::safe_way,
    trouble::Trouble,
    viewer::viewer_of,
};
use crate::{http::Gateway, service::people::one_time};

#[derive(Template)]
#[template(path = "code.html")]
struct CodePage {
    page: Page,
    next: String,
    wrong: Option<String>,
}

/// What the address says, and the form.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct CodeForm {
    code: String,
    next: String,
}

/// The form, empty; nothing for whoever owes no code.
pub(super) async fn page(request: HttpRequest, asked: web::Query<CodeForm>) -> HttpResponse {
    let next = asked.into_inner().next;
    match viewer_of(&request) {
        Ok(viewer) if viewer.waits_for_code => show(&request, StatusCode::OK, next, None),
        Ok(_) => go(safe_way(&next)),
        Err(_) => go("/console/sign-in"),
    }
}

/// Lets them in, under a new token.
pub(super) async fn submit(
    request: HttpRequest,
    form: Posted<CodeForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(CodeForm { code, next }) = form;
    let Some(viewer) = viewer_of(&request).ok().filter(|viewer| viewer.waits_for_code) else {
        return Ok(go("/console/sign-in"));
    };
    let whose = (viewer.person.id, &*viewer.token_hash);
    let knock = door::knock_of(&request);
    match one_time::pass(&gateway.store, &gateway.vault, gateway.clock.now(), whose, &code, knock).await {
        Ok(signed_in) => door::let_in(&gateway, safe_way(&next), &signed_in),
        Err(why) => {
            let (status, wrong) = door::kept_out(Page::bare(&request).say, "code-wrong", why)?;
            Ok(show(&request, status, next, Some(wrong)))
        }
    }
}

fn show(request: &HttpRequest, status: StatusCode, next: String, wrong: Option<String>) -> HttpResponse {
    html(status, &CodePage { page: Page::bare(request).titled("code"), next, wrong })
}
