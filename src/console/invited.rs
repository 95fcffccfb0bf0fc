//! Whoever has a link comes in: with their name and a password of their own, or with a new password.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use secrecy::SecretString;
use serde::Deserialize;

use super::{
    door,
    form::{Hints, Posted},
    hints,
    page::{Page, html},
    trouble::Trouble,
};
use crate::{
    domain::{language::Language, person::OPERATOR},
    http::Gateway,
    service::{
        change::ChangeError,
        people::{
            inviting::{self, Acceptance, NotIn},
            sign_in::KeptOut,
        },
    },
    store::{directory, people::invited::InvitedRow},
};

#[derive(Template)]
#[template(path = "invited.html")]
struct InvitedPage {
    page: Page,
    row: InvitedRow,
    role: &'static str,
    story: String,
    form: InvitedForm,
    hints: Hints,
}

#[derive(Template)]
#[template(path = "link_over.html")]
struct LinkOverPage {
    page: Page,
    wait: Option<i64>,
}

/// The form.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct InvitedForm {
    name: String,
    password: SecretString,
}

/// What the link is for.
pub(super) async fn page(
    request: HttpRequest,
    token: web::Path<String>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let knock = door::knock_of(&request);
    match inviting::open(&gateway.store, gateway.clock.now(), &token, &knock).await {
        Ok(row) => {
            let form = InvitedForm { name: row.name.clone(), ..InvitedForm::default() };
            show(&request, &gateway, row, StatusCode::OK, form, Hints::default()).await
        }
        Err(kept_out) => over(&request, kept_out),
    }
}

/// Lets them in.
pub(super) async fn submit(
    request: HttpRequest,
    token: web::Path<String>,
    form: Posted<InvitedForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(form) = form;
    let (now, say) = (gateway.clock.now(), Page::of(&request, "").say);
    let accepted = Acceptance {
        name: form.name.clone(),
        password: form.password.clone(),
        language: Language::from_code(say.code()).unwrap_or_default(),
    };
    let knock = door::knock_of(&request);
    match inviting::accept((&gateway.store, &gateway.vault), now, &token, accepted, knock.clone()).await {
        Ok(signed_in) => {
            let to = if signed_in.session.waits_for_code { "/console/sign-in/code" } else { "/console" };
            door::let_in(&gateway, to, &signed_in)
        }
        Err(NotIn::Change(ChangeError::Mistaken(mistakes))) => {
            match inviting::open(&gateway.store, now, &token, &knock).await {
                Ok(row) => {
                    let status = StatusCode::UNPROCESSABLE_ENTITY;
                    show(&request, &gateway, row, status, form, hints::of(say, mistakes)).await
                }
                Err(kept_out) => over(&request, kept_out),
            }
        }
        Err(NotIn::Change(error)) => Err(error.into()),
        Err(NotIn::KeptOut(kept_out)) => over(&request, kept_out),
    }
}

async fn show(
    request: &HttpRequest,
    gateway: &Gateway,
    row: InvitedRow,
    status: StatusCode,
    form: InvitedForm,
    hints: Hints,
) -> Result<HttpResponse, Trouble> {
    let title = if row.person_id.is_some() { "new-password" } else { "invited" };
    let page = Page::bare(request).titled(title);
    let of_shop = row.shop_id.and_then(|id| gateway.directory.read().directory.shop(id).map(|shop| shop.name.clone()));
    let whose = match (of_shop, row.merchant_id) {
        (Some(shop), _) => Some(shop),
        (None, Some(id)) => {
            let found = gateway.store.merchants(Some(id), directory::Page { after: None, limit: 1 }).await?;
            found.into_iter().next().map(|merchant| merchant.name)
        }
        (None, None) => None,
    };
    let role = if row.merchant_id.is_none() { OPERATOR } else { row.role.word() };
    let story = match (row.person_id, whose) {
        (Some(_), _) => page.say.of("new-password-story", "email", &row.email),
        (None, None) => page.say.of("invited-operator", "by", &row.invited_by),
        (None, Some(whose)) => {
            let role = page.say.word("role", role).into();
            page.say
                .with("invited-story", vec![("by", (&row.invited_by).into()), ("whose", whose.into()), ("role", role)])
        }
    };
    Ok(html(status, &InvitedPage { page, row, role, story, form, hints }))
}

/// The link is none, or no more: nobody can tell which.
fn over(request: &HttpRequest, kept_out: KeptOut) -> Result<HttpResponse, Trouble> {
    let (status, wait) = match kept_out {
        KeptOut::Wrong => (StatusCode::NOT_FOUND, None),
        KeptOut::TooOften(seconds) => (StatusCode::TOO_MANY_REQUESTS, Some(seconds)),
        KeptOut::Store(error) => return Err(error.into()),
        KeptOut::Vault(error) => return Err(Trouble::Failed(error.to_string())),
    };
    Ok(html(status, &LinkOverPage { page: Page::bare(request).titled("link-over"), wait }))
}
