//! One part of a draft as a form of sentences.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;

use super::{
    Scene, Tab,
    asking::{Asked, AskedPiece, Shape},
    place_in, seen_in,
    telling::Book,
    wrong,
};
use crate::{
    console::{
        form::Posted,
        page::{Page, go_done, html},
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::program::outline::{Fields, Place, fill, within},
    http::Gateway,
    service::{change::ChangeError, drafts},
};

#[derive(Template)]
#[template(path = "program/part.html")]
struct PartPage {
    page: Page,
    tabs: Vec<Tab>,
    scene: Scene,
    section: String,
    part_title: String,
    seen: i64,
    asked: Vec<Asked>,
    /// Mistakes that no field is about.
    elsewhere: Vec<String>,
}

impl PartPage {
    /// The sentences that are filled in, or wrong.
    fn told(&self) -> impl Iterator<Item = &Asked> {
        self.asked.iter().filter(|asked| !asked.is_aside)
    }

    /// Those that are not.
    fn asides(&self) -> impl Iterator<Item = &Asked> {
        self.asked.iter().filter(|asked| asked.is_aside)
    }

    fn has_asides(&self) -> bool {
        self.asides().next().is_some()
    }
}

/// A part to be changed.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let scene = Scene::look(at, &gateway).await?;
    let document = scene.draft()?.document.clone();
    let place = named(&request, &document)?;
    let say = Page::of_shop(&request, &scene.shop, "program").say;
    let mistakes = wrong::mistakes(say, &gateway, &scene.shop, &document);
    show(&request, scene, (&document, place), &Fields::new(), of_part(&mistakes, place), StatusCode::OK)
}

fn named(request: &HttpRequest, document: &serde_json::Value) -> Result<Place, Trouble> {
    let word = |name: &str| request.match_info().get(name).unwrap_or_default();
    place_in(document, word("section"), word("index")).ok_or(Trouble::NotFound)
}

/// The mistakes of a part, by the path within it.
fn of_part(mistakes: &[(String, String)], place: Place) -> Vec<(String, String)> {
    mistakes.iter().filter_map(|(path, sentence)| Some((within(path, place)?, sentence.clone()))).collect()
}

fn show(
    request: &HttpRequest,
    scene: Scene,
    (document, place): (&serde_json::Value, Place),
    typed: &Fields,
    mistakes: Vec<(String, String)>,
    status: StatusCode,
) -> Result<HttpResponse, Trouble> {
    let page = Page::of_shop(request, &scene.shop, "program").titled("program-draft");
    let book = Book::of(page.say, document, &scene.shop);
    let asked = book.asked(place, typed, &mistakes);
    let is_said = |sentence: &String| asked.iter().any(|asked| asked.hint.as_ref() == Some(sentence));
    let elsewhere = mistakes.into_iter().map(|(_, sentence)| sentence).filter(|one| !is_said(one)).collect();
    let part_title = book.title(place);
    let (seen, tabs) = (scene.draft()?.changed_at, scene.tabs(&page, "draft"));
    let section = page.say.word("program-section", place.section.name());
    Ok(html(status, &PartPage { page, tabs, scene, section, part_title, seen, asked, elsewhere }))
}

/// Keeps a part as it was filled in, unless something is wrong with it.
pub(in crate::console) async fn submit(
    request: HttpRequest,
    at: AtShop,
    form: Posted<Vec<(String, String)>>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(pairs) = form;
    let scene = Scene::to_change(at, &gateway).await?;
    let fields = joined(pairs);
    let seen = seen_in(fields.get("seen").map_or("", String::as_str));
    let row = scene.draft()?.clone();
    let place = named(&request, &row.document)?;
    let mut document = row.document.clone();
    let clauses = place.clauses(&document);
    if let Some(part) = place.part_mut(&mut document) {
        fill(part, &clauses, &fields);
    }
    let say = Page::of_shop(&request, &scene.shop, "program").say;
    let mistakes = of_part(&wrong::mistakes(say, &gateway, &scene.shop, &document), place);
    if !mistakes.is_empty() {
        let at = (&row.document, place);
        return show(&request, scene, at, &fields, mistakes, StatusCode::UNPROCESSABLE_ENTITY);
    }
    match drafts::keep(gateway.change(&scene.by), &scene.shop, &row, document, seen).await {
        Ok(()) => Ok(go_done(&scene.address("draft"), "part-saved")),
        Err(error @ (ChangeError::Taken(_) | ChangeError::Mistaken(_))) => {
            let wrong = vec![(String::new(), wrong::refusal(say, &error))];
            show(&request, scene, (&row.document, place), &fields, wrong, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error.into()),
    }
}

/// The fields of a form; of several with one name, all that are filled in, with commas between.
fn joined(pairs: Vec<(String, String)>) -> Fields {
    let mut fields = Fields::new();
    for (name, value) in pairs {
        let known = fields.entry(name).or_default();
        if !known.is_empty() && !value.is_empty() {
            known.push_str(", ");
        }
        known.push_str(&value);
    }
    fields
}
