//! Who can sign in at the tills: PINs are given, changed and taken, and people are taken in who work at the till alone.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use secrecy::SecretString;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    devices::shops_of,
    form::{Hints, Posted},
    page::{Page, go_done, html},
    trouble::Trouble,
    viewer::{AtMerchant, id_in},
};
use crate::{
    domain::{access::Role, language::Language},
    http::Gateway,
    service::{
        change::ChangeError,
        people::pins::{self, NewTillPerson, may_set_pin_of},
    },
    store::{
        directory::Page as Rows,
        people::{PeopleOf, PersonRow},
    },
};

/// The most people who are listed.
const PEOPLE_MAX: u64 = 500;

#[derive(Template)]
#[template(path = "pins.html")]
struct PinsPage {
    page: Page,
    merchant_id: Uuid,
    people: Vec<PersonShown>,
    shops: Vec<(Uuid, String)>,
    form: PersonForm,
    hints: Hints,
    /// Whose PIN was not taken, and why.
    wrong: Option<(Uuid, String)>,
}

/// Somebody in the list.
struct PersonShown {
    id: Uuid,
    name: String,
    role: &'static str,
    shop: Option<String>,
    has_pin: bool,
    /// Whether whoever looks may set it.
    may_set: bool,
}

/// Somebody new.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct PersonForm {
    name: String,
    shop_id: String,
    pin: SecretString,
}

/// A PIN.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct PinForm {
    pin: SecretString,
    /// `set` or `remove`.
    what: String,
}

/// The list.
pub(super) async fn page(
    request: HttpRequest,
    at: AtMerchant,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    show(&request, &at, &gateway, Entered::default()).await
}

/// What was entered, and what is wrong with it.
#[derive(Default)]
struct Entered {
    form: PersonForm,
    hints: Hints,
    wrong: Option<(Uuid, String)>,
}

/// Takes in somebody who works at the till alone.
pub(super) async fn add(
    request: HttpRequest,
    at: AtMerchant,
    form: Posted<PersonForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(form) = form;
    let shops = shops_of(&at, &gateway);
    let shop = match form.shop_id.as_str() {
        "" => None,
        id => Some(shops.iter().find(|shop| shop.id.to_string() == id).ok_or(Trouble::NotFound)?),
    };
    let say = Page::of(&request, "").say;
    let language = Language::from_code(say.code()).unwrap_or_default();
    let new = NewTillPerson { merchant_id: at.merchant_id, shop, name: &form.name, language, pin: &form.pin };
    match pins::add_person(gateway.change(&at.viewer.author()), new).await {
        Ok(()) => Ok(go_done(&path(&at), "pin-person")),
        Err(error) => {
            let (field, hint) = mistake(&request, error)?;
            let mut hints = Hints::default();
            hints.add(field, hint);
            show(&request, &at, &gateway, Entered { form, hints, wrong: None }).await
        }
    }
}

/// Gives somebody a PIN, or takes it.
pub(super) async fn set(
    request: HttpRequest,
    at: AtMerchant,
    form: Posted<PinForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(form) = form;
    let id = id_in(&request, "person_id")?;
    let pin = Some(&form.pin).filter(|_| form.what != "remove");
    let (author, by) = (at.viewer.author(), &at.viewer.person);
    match pins::keep_pin(gateway.change(&author), (at.merchant_id, id), pin, by).await {
        Ok(()) => Ok(go_done(&path(&at), if pin.is_some() { "pin" } else { "pin-removed" })),
        Err(error) => {
            let (_, hint) = mistake(&request, error)?;
            show(&request, &at, &gateway, Entered { wrong: Some((id, hint)), ..Entered::default() }).await
        }
    }
}

fn path(at: &AtMerchant) -> String {
    format!("/console/merchants/{}/pins", at.merchant_id)
}

/// What is wrong with what was entered: the field, and what to do.
fn mistake(request: &HttpRequest, error: ChangeError) -> Result<(&'static str, String), Trouble> {
    let say = Page::of(request, "").say;
    match error {
        ChangeError::Mistaken(mistakes) if mistakes.iter().any(|mistake| mistake.field == "name") => {
            Ok(("name", say.t("devices-name-wrong")))
        }
        ChangeError::Mistaken(_) => Ok(("pin", say.t("pins-wrong"))),
        ChangeError::Vault(_) => Ok(("pin", say.t("devices-no-key"))),
        other => Err(other.into()),
    }
}

async fn show(
    request: &HttpRequest,
    at: &AtMerchant,
    gateway: &Gateway,
    entered: Entered,
) -> Result<HttpResponse, Trouble> {
    let page = Page::of_merchant(request, at.merchant_id, "devices").titled("pins");
    let shops: Vec<(Uuid, String)> = shops_of(at, gateway).into_iter().map(|shop| (shop.id, shop.name)).collect();
    let rows = Rows { after: None, limit: PEOPLE_MAX };
    let rows = gateway.store.people(PeopleOf::Merchant(at.merchant_id), rows).await?;
    let shown = |row: PersonRow| PersonShown {
        id: row.person.id,
        role: row.person.role_word(),
        shop: row
            .person
            .shop_id
            .and_then(|id| shops.iter().find(|(known, _)| *known == id))
            .map(|(_, name)| name.clone()),
        has_pin: row.pin_hash.is_some(),
        may_set: may_set_pin_of(&at.viewer.person, &row.person),
        name: row.person.name,
    };
    let people = rows.into_iter().filter(|row| row.person.may(Role::Staff)).map(shown).collect();
    let Entered { form, hints, wrong } = entered;
    let is_wrong = hints.any() || wrong.is_some();
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(html(status, &PinsPage { page, merchant_id: at.merchant_id, people, shops, form, hints, wrong }))
}
