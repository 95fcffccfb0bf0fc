//! A draft as a whole: all of it in sentences, what is still wrong, parts to be added, moved, taken out; and the written program
//! for what no sentence tells.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;
use serde_json::Value;

use super::{
    DoForm, Scene, SectionTold, Tab, place_in, rule_kinds, seen_in, tell,
    telling::{Book, Piece},
    wrong,
};
use crate::{
    console::{
        form::Posted,
        page::{Page, go, go_done, html},
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::program::{
        draft,
        outline::{Section, parts, within},
    },
    http::Gateway,
    service::{change::ChangeError, drafts},
};

#[derive(Template)]
#[template(path = "program/draft.html")]
struct DraftPage {
    page: Page,
    tabs: Vec<Tab>,
    scene: Scene,
    sections: Vec<SectionTold>,
    kinds: Vec<(&'static str, String, String)>,
    seen: i64,
    changed: (String, String),
    wrong: i64,
    /// Mistakes that belong to no part.
    elsewhere: Vec<String>,
    trouble: Option<String>,
}

/// The draft.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let scene = Scene::look(at, &gateway).await?;
    show(&request, scene, &gateway, None)
}

fn show(
    request: &HttpRequest,
    scene: Scene,
    gateway: &Gateway,
    trouble: Option<String>,
) -> Result<HttpResponse, Trouble> {
    let page = Page::of_shop(request, &scene.shop, "program").titled("program-draft");
    let row = scene.draft()?;
    let mistakes = wrong::mistakes(page.say, gateway, &scene.shop, &row.document);
    let sections = tell(&Book::of(page.say, &row.document, &scene.shop), &mistakes);
    let places: Vec<_> = Section::ALL.into_iter().flat_map(|section| section.places(&row.document)).collect();
    let is_elsewhere = |(path, _): &&(String, String)| places.iter().all(|place| within(path, *place).is_none());
    let elsewhere = mistakes.iter().filter(is_elsewhere).map(|(_, sentence)| sentence.clone()).collect();
    let changed = (row.changed_by.clone(), page.say.moment(row.changed_at, scene.shop.time_zone));
    let (seen, wrong) = (row.changed_at, i64::try_from(mistakes.len()).unwrap_or(i64::MAX));
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (tabs, kinds) = (scene.tabs(&page, "draft"), rule_kinds(&page));
    let shown = DraftPage { page, tabs, sections, kinds, seen, changed, wrong, elsewhere, trouble, scene };
    Ok(html(status, &shown))
}

/// Adds, moves or takes out a part, or throws the draft away.
pub(in crate::console) async fn submit(
    request: HttpRequest,
    at: AtShop,
    form: Posted<DoForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(form) = form;
    let scene = Scene::to_change(at, &gateway).await?;
    let seen = seen_in(&form.seen);
    if form.act == "discard" {
        return match drafts::discard(gateway.change(&scene.by), &scene.shop, seen).await {
            Ok(()) => Ok(go_done(&scene.address(""), "draft-discarded")),
            Err(error) => refused(&request, scene, &gateway, error),
        };
    }
    let row = scene.draft()?;
    let mut document = row.document.clone();
    let page = Page::of_shop(&request, &scene.shop, "program");
    let to = change(&page, &mut document, &form).ok_or(Trouble::StaleForm)?;
    match drafts::keep(gateway.change(&scene.by), &scene.shop, row, document, seen).await {
        Ok(()) => Ok(match to {
            To::Part(place) => go(scene.address(&format!("draft/{}/{}", place.section.name(), place.index))),
            To::Draft(done) => go_done(&scene.address("draft"), done),
        }),
        Err(error) => refused(&request, scene, &gateway, error),
    }
}

/// Where one goes after a change.
enum To {
    Part(parts::Place),
    Draft(&'static str),
}

/// Does what the form says; `None` where that cannot be.
fn change(page: &Page, document: &mut Value, form: &DoForm) -> Option<To> {
    if form.act == "add" {
        let section = Section::named(&form.section)?;
        let name = page.say.word("program-new", section.name());
        return Some(To::Part(parts::add(document, section, &form.kind, &name)?));
    }
    let place = place_in(document, &form.section, &form.index)?;
    match &*form.act {
        "remove" => parts::remove(document, place).then_some(To::Draft("part-removed")),
        "raise" => parts::raise(document, place).then_some(To::Draft("part-moved")),
        _ => None,
    }
}

/// What a change was refused for, on the page of the draft.
fn refused(
    request: &HttpRequest,
    scene: Scene,
    gateway: &Gateway,
    error: ChangeError,
) -> Result<HttpResponse, Trouble> {
    match error {
        ChangeError::Taken(_) | ChangeError::Mistaken(_) if scene.draft.is_some() => {
            let say = Page::of_shop(request, &scene.shop, "program").say;
            show(request, scene, gateway, Some(wrong::refusal(say, &error)))
        }
        ChangeError::Taken(_) => Err(Trouble::StaleForm),
        error => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "program/whole.html")]
struct WholePage {
    page: Page,
    tabs: Vec<Tab>,
    scene: Scene,
    seen: i64,
    written: String,
    wrong: Option<String>,
}

/// The form of the written program.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct WholeForm {
    seen: String,
    written: String,
}

/// The draft as it is written.
pub(in crate::console) async fn whole(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let scene = Scene::look(at, &gateway).await?;
    let written = serde_json::to_string_pretty(&scene.draft()?.document).unwrap_or_default();
    show_whole(&request, scene, written, None)
}

fn show_whole(
    request: &HttpRequest,
    scene: Scene,
    written: String,
    wrong: Option<String>,
) -> Result<HttpResponse, Trouble> {
    let page = Page::of_shop(request, &scene.shop, "program").titled("program-whole");
    let seen = scene.draft()?.changed_at;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let tabs = scene.tabs(&page, "draft");
    Ok(html(status, &WholePage { page, tabs, scene, seen, written, wrong }))
}

/// Takes a written program for the draft.
pub(in crate::console) async fn write_whole(
    request: HttpRequest,
    at: AtShop,
    form: Posted<WholeForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(form) = form;
    let scene = Scene::to_change(at, &gateway).await?;
    let say = Page::of_shop(&request, &scene.shop, "program").say;
    let document = match draft::parse(&form.written) {
        Ok(document) if document.is_object() => document,
        Ok(_) => return show_whole(&request, scene, form.written, Some(say.t("program-wrong-no-program"))),
        Err(mistake) => return show_whole(&request, scene, form.written, Some(mistake.sentence)),
    };
    match drafts::keep(gateway.change(&scene.by), &scene.shop, scene.draft()?, document, seen_in(&form.seen)).await {
        Ok(()) => Ok(go_done(&scene.address("draft"), "part-saved")),
        Err(error @ (ChangeError::Taken(_) | ChangeError::Mistaken(_))) => {
            let wrong = wrong::refusal(say, &error);
            show_whole(&request, scene, form.written, Some(wrong))
        }
        Err(error) => Err(error.into()),
    }
}
