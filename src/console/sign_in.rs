//! The way in, and the way out.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use secrecy::SecretString;
use serde::Deserialize;

use super::{
    cookies::{self, Kept},
    door,
    form::Posted,
    page::{Page, go, html},
    trouble::Trouble,
    viewer::Seen,
};
use crate::{
    http::Gateway,
    service::people::sign_in::{sign_in, sign_out},
};

/// Where one comes from, and what was wrong.
#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    page: Page,
    email: String,
    next: String,
    wrong: Option<String>,
    nobody_yet: bool,
}

/// What the address says.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    next: String,
}

/// The form.
#[derive(Deserialize)]
pub(super) struct SignInForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    next: String,
}

/// The form, empty.
pub(super) async fn page(
    request: HttpRequest,
    asked: web::Query<Asked>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let next = asked.into_inner().next;
    show(&request, &gateway, StatusCode::OK, String::new(), next, None).await
}

/// Signs somebody in.
pub(super) async fn submit(
    request: HttpRequest,
    form: Posted<SignInForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(SignInForm { email, password, next }) = form;
    let knock = door::knock_of(&request);
    match sign_in((&gateway.store, &gateway.vault), gateway.clock.now(), &email, &password, knock).await {
        Ok(signed_in) => {
            let way = safe_way(&next);
            let to = if signed_in.session.waits_for_code { code_way(&way) } else { way };
            door::let_in(&gateway, to, &signed_in)
        }
        Err(why) => {
            let (status, wrong) = door::kept_out(Page::of(&request, "").say, "sign-in-wrong", why)?;
            show(&request, &gateway, status, email, next, Some(wrong)).await
        }
    }
}

/// Signs somebody out; the till's device stays approved.
pub(super) async fn leave(
    seen: Seen,
    form: Posted<Vec<(String, String)>>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let (Seen(viewer), Posted(_)) = (seen, form);
    sign_out(&gateway.store, &viewer.token_hash).await?;
    let mut response = go(if viewer.device_id.is_some() { "/till" } else { "/console/sign-in" });
    cookies::put(&mut response, &gateway, Kept::Session, None)?;
    Ok(response)
}

async fn show(
    request: &HttpRequest,
    gateway: &Gateway,
    status: StatusCode,
    email: String,
    next: String,
    wrong: Option<String>,
) -> Result<HttpResponse, Trouble> {
    let page = Page::bare(request).titled("sign-in");
    let nobody_yet = !gateway.store.has_operator().await?;
    Ok(html(status, &SignInPage { page, email, next, wrong, nobody_yet }))
}

/// Where a code is asked for, on the way to somewhere.
fn code_way(way: &str) -> String {
    let way: String = form_urlencoded::byte_serialize(way.as_bytes()).collect();
    format!("/console/sign-in/code?next={way}")
}

/// Where somebody wanted to go, if that is a page of ours; else the front page.
pub(super) fn safe_way(next: &str) -> String {
    let is_ours = ["/console", "/till"]
        .iter()
        .any(|scope| next.strip_prefix(scope).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?'])));
    let is_plain = next.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    if is_ours && is_plain { next.to_owned() } else { "/console".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_away_from_here() {
        assert_eq!(safe_way("/console/shops/1/keywords?a=b"), "/console/shops/1/keywords?a=b");
        assert_eq!(safe_way("/till"), "/till");
        for evil in ["//evil.example", "https://evil.example", "/consoles", "/console\r\nSet-Cookie: a", "/\\evil", ""]
        {
            assert_eq!(safe_way(evil), "/console", "{evil}");
        }
    }
}
