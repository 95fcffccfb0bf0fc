//! The first page of all: whoever holds the operator's key becomes the first operator who signs in.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use subtle::ConstantTimeEq;

use super::{
    door,
    form::{Hints, Posted},
    hints,
    page::{Page, go, html},
    trouble::Trouble,
};
use crate::{
    domain::{access::Role, language::Language},
    http::Gateway,
    secrets::hash_token,
    service::{
        audit::Author,
        change::ChangeError,
        people::{self, NewPerson, sign_in},
    },
};

#[derive(Template)]
#[template(path = "set_up.html")]
struct SetUpPage {
    page: Page,
    form: SetUpForm,
    hints: Hints,
    has_key: bool,
}

/// The form.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct SetUpForm {
    key: SecretString,
    name: String,
    email: String,
    password: SecretString,
}

/// The form, empty; nothing once there is an operator.
pub(super) async fn page(request: HttpRequest, gateway: web::Data<Gateway>) -> Result<HttpResponse, Trouble> {
    if gateway.store.has_operator().await? {
        return Ok(go("/console/sign-in"));
    }
    Ok(show(&request, &gateway, StatusCode::OK, SetUpForm::default(), Hints::default()))
}

/// Makes the first operator.
pub(super) async fn submit(
    request: HttpRequest,
    form: Posted<SetUpForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    if gateway.store.has_operator().await? {
        return Ok(go("/console/sign-in"));
    }
    let Posted(form) = form;
    let page = Page::of(&request, "");
    let mut hints = Hints::default();
    if !is_operators_key(&gateway, &form.key) {
        hints.add("key", page.say.t("set-up-key-wrong"));
        return Ok(show(&request, &gateway, StatusCode::UNPROCESSABLE_ENTITY, form, hints));
    }
    let new = NewPerson {
        merchant_id: None,
        shop_id: None,
        role: Role::Owner,
        name: form.name.clone(),
        email: form.email.clone(),
        language: Language::from_code(page.say.code()).unwrap_or_default(),
        password: form.password.clone(),
    };
    let now = gateway.clock.now();
    match people::create(gateway.change(&Author::operator()), new).await {
        Ok(_) => {}
        Err(ChangeError::Mistaken(mistakes)) => {
            return Ok(show(&request, &gateway, StatusCode::UNPROCESSABLE_ENTITY, form, hints::of(page.say, mistakes)));
        }
        Err(error) => return Err(error.into()),
    }
    let knock = door::knock_of(&request);
    let (store, vault) = (&gateway.store, &gateway.vault);
    let signed_in = sign_in::sign_in((store, vault), now, &form.email, &form.password, knock).await;
    let signed_in = signed_in.map_err(|error| Trouble::Failed(error.to_string()))?;
    door::let_in(&gateway, "/console", &signed_in)
}

fn show(request: &HttpRequest, gateway: &Gateway, status: StatusCode, form: SetUpForm, hints: Hints) -> HttpResponse {
    let has_key = !gateway.settings.operator.api_key.expose_secret().is_empty();
    html(status, &SetUpPage { page: Page::of(request, "").titled("set-up"), form, hints, has_key })
}

fn is_operators_key(gateway: &Gateway, given: &SecretString) -> bool {
    let key = gateway.settings.operator.api_key.expose_secret();
    let given = hash_token(given.expose_secret().trim());
    !key.is_empty() && bool::from(hash_token(key).as_bytes().ct_eq(given.as_bytes()))
}
