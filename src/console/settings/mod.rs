//! What a shop has chosen, section by section.

mod reading;
mod typed;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;

use self::typed::Typed;
use super::{
    form::{Hints, Posted},
    hints,
    keywords::edit::languages,
    page::{Page, go_done, html},
    places::{Number, currencies, numbers, zones},
    start::shop::senders,
    trouble::Trouble,
    viewer::AtShop,
};
use crate::{
    domain::{
        access::Role,
        profile::question::{OWN_QUESTIONS_MAX, PROMPT_MAX},
    },
    http::Gateway,
    service::{change::ChangeError, shops},
};

/// The sections, each with a form of its own.
const SECTIONS: [&str; 4] = ["shop", "joining", "questions", "telling"];

#[derive(Template)]
#[template(path = "settings.html")]
struct SettingsPage {
    page: Page,
    typed: Typed,
    hints: Hints,
    /// The section in which something is wrong.
    wrong_in: String,
    numbers: Vec<Number>,
    zones: Vec<(String, String)>,
    languages: Vec<(&'static str, String)>,
    currencies: Vec<String>,
    is_currency_fixed: bool,
    may_change_number: bool,
    own_questions: Vec<usize>,
    prompt_max: usize,
    base: String,
}

/// All sections, as they are kept.
pub(super) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let typed = Typed::of(&at.shop);
    show(&request, &gateway, &at, (StatusCode::OK, typed, Hints::default(), String::new())).await
}

/// Changes one section.
pub(super) async fn submit(
    request: HttpRequest,
    at: AtShop,
    form: Posted<Vec<(String, String)>>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let section = request.match_info().get("section").unwrap_or_default().to_owned();
    if !SECTIONS.contains(&section.as_str()) {
        return Err(Trouble::NotFound);
    }
    let Posted(fields) = form;
    let say = Page::of_shop(&request, &at.shop, "settings").say;
    let sent = Typed::sent(fields);
    let mut hints = Hints::default();
    let changes = match section.as_str() {
        "shop" => {
            let fixed = is_currency_fixed(&gateway, &at).await?;
            reading::shop(&sent, &at.shop, (fixed, at.viewer.may(Role::Owner)), say, &mut hints)
        }
        "joining" => reading::joining(&sent, say, &mut hints),
        "questions" => reading::questions(&sent, say, &mut hints),
        _ => reading::telling(&sent, say, &mut hints),
    };
    if !hints.any() {
        let author = at.viewer.author();
        match shops::update(gateway.change(&author), Some(at.shop.merchant_id), at.shop.id, changes).await {
            Ok(_) => {
                return Ok(go_done(&format!("/console/shops/{}/settings", at.shop.id), &format!("settings-{section}")));
            }
            Err(ChangeError::Mistaken(mistakes)) => hints = hints::of(say, mistakes),
            Err(error) => return Err(error.into()),
        }
    }
    // What was typed stays as it is; the other sections are as they are kept.
    let typed = sent.over(&Typed::of(&at.shop), &section);
    show(&request, &gateway, &at, (StatusCode::UNPROCESSABLE_ENTITY, typed, hints, section)).await
}

/// What members hold is in the currency in which it was earned.
async fn is_currency_fixed(gateway: &Gateway, at: &AtShop) -> Result<bool, Trouble> {
    Ok(gateway.store.has_holders(at.shop.program_id).await?)
}

async fn show(
    request: &HttpRequest,
    gateway: &Gateway,
    at: &AtShop,
    (status, typed, hints, wrong_in): (StatusCode, Typed, Hints, String),
) -> Result<HttpResponse, Trouble> {
    let page = Page::of_shop(request, &at.shop, "settings");
    let senders = senders(gateway, at.shop.merchant_id).await?;
    let shown = SettingsPage {
        numbers: numbers(&senders),
        zones: zones(typed.field("time_zone")),
        languages: languages(page.say),
        currencies: currencies(typed.field("currency")),
        is_currency_fixed: is_currency_fixed(gateway, at).await?,
        may_change_number: at.viewer.may(Role::Owner),
        own_questions: (0..OWN_QUESTIONS_MAX).collect(),
        prompt_max: PROMPT_MAX,
        base: format!("/console/shops/{}/settings", at.shop.id),
        page,
        typed,
        hints,
        wrong_in,
    };
    Ok(html(status, &shown))
}
