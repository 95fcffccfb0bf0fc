//! The third step: how members earn, by one of the programs to begin with.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;

use super::{
    Guide,
    stories::{self, Story},
};
use crate::{
    console::{
        form::{Hints, Posted},
        page::{Page, go_done, html},
        places::guide,
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::{money::Currency, program::draft},
    http::Gateway,
    service::{
        change::ChangeError,
        presets,
        programs::{self, NewProgram},
        shops::{self, ShopChanges},
    },
};

#[derive(Template)]
#[template(path = "start_program.html")]
struct ProgramStep {
    page: Page,
    guide: Guide,
    stories: Vec<Story>,
    chosen: String,
    hints: Hints,
    /// The name of the program that the shop has.
    present: Option<String>,
    /// The other shops that have it too.
    shared_with: Vec<String>,
    program_at: String,
}

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct ProgramForm {
    preset: String,
}

/// The programs to choose from.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    Ok(show(&request, &gateway, &at, (StatusCode::OK, String::new(), Hints::default())))
}

/// Gives the shop a program and goes on to its words.
pub(in crate::console) async fn submit(
    request: HttpRequest,
    at: AtShop,
    form: Posted<ProgramForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(ProgramForm { preset }) = form;
    let say = Page::of_shop(&request, &at.shop, "program").say;
    let mut hints = Hints::default();
    let document = presets::find(&preset).and_then(|written| draft::parse(written).ok());
    let Some(document) = document else {
        hints.add("preset", say.t("hint-choose-program"));
        return Ok(show(&request, &gateway, &at, (StatusCode::UNPROCESSABLE_ENTITY, preset, hints)));
    };
    // Where several shops earn in one program, this one gets its own: the others keep theirs.
    let is_shared = gateway.directory.read().directory.shops_in(at.shop.program_id).len() > 1;
    let id = if is_shared { at.shop.id } else { at.shop.program_id };
    let new = NewProgram { id, document, valid_from: None, shop_ids: vec![at.shop.id] };
    match programs::apply(gateway.change(&at.viewer.author()), Some(at.shop.merchant_id), new).await {
        Ok(_) => {}
        Err(ChangeError::Mistaken(mistakes)) => {
            let sentences: Vec<String> = mistakes.into_iter().map(|mistake| mistake.to_string()).collect();
            hints.add("preset", sentences.join("; "));
            return Ok(show(&request, &gateway, &at, (StatusCode::UNPROCESSABLE_ENTITY, preset, hints)));
        }
        Err(error) => return Err(error.into()),
    }
    ask_for_birthdays(&gateway, &at).await?;
    Ok(go_done(&guide(&at.shop, "words"), "program-chosen"))
}

/// A program with a birthday gift is of no use to a shop that does not ask for birthdays.
async fn ask_for_birthdays(gateway: &Gateway, at: &AtShop) -> Result<(), Trouble> {
    let (gives, mut sign_up) = {
        let known = gateway.directory.read();
        let Some(shop) = known.directory.shop(at.shop.id) else { return Ok(()) };
        let program = known.directory.program_of(shop, gateway.clock.now());
        (program.is_some_and(|program| program.birthday().is_some()), shop.sign_up.clone())
    };
    if gives && !sign_up.birthday {
        sign_up.birthday = true;
        let changes = ShopChanges { sign_up: Some(sign_up), ..ShopChanges::default() };
        shops::update(gateway.change(&at.viewer.author()), Some(at.shop.merchant_id), at.shop.id, changes).await?;
    }
    Ok(())
}

fn show(
    request: &HttpRequest,
    gateway: &Gateway,
    at: &AtShop,
    (status, chosen, hints): (StatusCode, String, Hints),
) -> HttpResponse {
    let page = Page::of_shop(request, &at.shop, "program").titled("start-program");
    let guide = Guide::of(gateway, page.say, &at.shop, "program");
    let known = gateway.directory.read();
    let program = known.directory.program_of(&at.shop, gateway.clock.now()).filter(|program| program.version > 0);
    let present = program.map(|program| program.name.in_language(at.shop.language).to_owned());
    let others = known.directory.shops_in(at.shop.program_id).into_iter().filter(|shop| shop.id != at.shop.id);
    let shared_with = others.map(|shop| shop.name.clone()).collect();
    let stories = stories::all(page.say, Currency::from_code(&at.shop.currency).unwrap_or_default());
    let program_at = format!("/console/shops/{}/program", at.shop.id);
    html(status, &ProgramStep { page, guide, stories, chosen, hints, present, shared_with, program_at })
}
