//! All versions of a program: who put them in force, what each changed, and how an old one is brought back.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;

use super::{
    Scene, SectionTold, Tab,
    publish::{DifferenceTold, tell_differences},
    seen_in, tell,
    telling::{Book, Piece},
};
use crate::{
    console::{
        form::Posted,
        page::{Page, go_done, html},
        say::Say,
        trouble::Trouble,
        viewer::AtShop,
    },
    http::Gateway,
    service::{change::ChangeError, drafts},
};

/// So many versions are told with what they changed; the earlier ones have pages of their own.
const TOLD_MAX: usize = 20;

/// A version, told.
struct VersionTold {
    version: i64,
    from: String,
    by: Option<String>,
    made: String,
    is_in_force: bool,
    is_coming: bool,
    differences: Vec<DifferenceTold>,
}

#[derive(Template)]
#[template(path = "program/versions.html")]
struct VersionsPage {
    page: Page,
    tabs: Vec<Tab>,
    scene: Scene,
    versions: Vec<VersionTold>,
}

/// All versions.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let scene = Scene::look(at, &gateway).await?;
    let page = Page::of_shop(&request, &scene.shop, "program").titled("program-versions");
    let now = gateway.clock.now().timestamp_millis();
    let versions = (0..scene.versions.len()).map(|place| tell_version(&scene, page.say, place, now)).collect();
    let tabs = scene.tabs(&page, "versions");
    Ok(html(StatusCode::OK, &VersionsPage { page, tabs, scene, versions }))
}

fn tell_version(scene: &Scene, say: Say, place: usize, now: i64) -> VersionTold {
    let version = &scene.versions[place];
    let zone = scene.shop.time_zone;
    let plain = drafts::plain(&scene.shop);
    let before = scene.versions.get(place + 1).map_or(&plain, |before| &before.document);
    let (old, new) = (Book::of(say, before, &scene.shop), Book::of(say, &version.document, &scene.shop));
    VersionTold {
        version: i64::from(version.version),
        from: say.moment(version.valid_from, zone),
        by: version.created_by.clone(),
        made: say.moment(version.created_at, zone),
        is_in_force: scene.in_force == Some(place),
        is_coming: version.valid_from > now,
        differences: if place < TOLD_MAX { tell_differences(&old, &new) } else { Vec::new() },
    }
}

#[derive(Template)]
#[template(path = "program/version.html")]
struct VersionPage {
    page: Page,
    tabs: Vec<Tab>,
    scene: Scene,
    version: VersionTold,
    sections: Vec<SectionTold>,
}

/// One version.
pub(in crate::console) async fn version(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let scene = Scene::look(at, &gateway).await?;
    let number: Option<i32> = request.match_info().get("version").and_then(|number| number.parse().ok());
    let place = scene.versions.iter().position(|version| Some(version.version) == number).ok_or(Trouble::NotFound)?;
    let page = Page::of_shop(&request, &scene.shop, "program").titled("program-versions");
    let version = tell_version(&scene, page.say, place, gateway.clock.now().timestamp_millis());
    let sections = tell(&Book::of(page.say, &scene.versions[place].document, &scene.shop), &[]);
    let tabs = scene.tabs(&page, "versions");
    Ok(html(StatusCode::OK, &VersionPage { page, tabs, scene, version, sections }))
}

/// The form.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct BringBackForm {
    version: String,
    /// Of the draft that is thrown away for it, where there is one.
    seen: String,
}

/// Makes a draft of an old version.
pub(in crate::console) async fn bring_back(
    at: AtShop,
    form: Posted<BringBackForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(form) = form;
    let scene = Scene::to_change(at, &gateway).await?;
    let number: Option<i32> = form.version.parse().ok();
    let old = scene.versions.iter().find(|version| Some(version.version) == number).ok_or(Trouble::NotFound)?;
    let based_on = scene.versions.first().map_or(0, |latest| latest.version);
    let new = (old.document.clone(), based_on);
    match drafts::begin(gateway.change(&scene.by), &scene.shop, new, Some(seen_in(&form.seen))).await {
        Ok(()) => Ok(go_done(&scene.address("publish"), "version-brought-back")),
        Err(ChangeError::Taken(_)) => Err(Trouble::StaleForm),
        Err(error) => Err(error.into()),
    }
}
