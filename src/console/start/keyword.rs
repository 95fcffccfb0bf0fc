//! The second step: what is on the sign.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;

use super::Guide;
use crate::{
    console::{
        form::{Hints, Posted},
        keywords::{
            State,
            edit::{add, check_at},
            fields::KeywordForm,
            verdict::Verdict,
        },
        page::{Page, go_done, html},
        places::guide,
        sign::link,
        trouble::Trouble,
        viewer::AtShop,
    },
    http::Gateway,
};

/// The most keywords that are shown here; all are on their own page.
const SHOWN_MAX: usize = 5;

#[derive(Template)]
#[template(path = "start_keyword.html")]
struct KeywordStep {
    page: Page,
    guide: Guide,
    form: KeywordForm,
    hints: Hints,
    verdict: Verdict,
    check_at: String,
    number: String,
    present: Vec<(String, String, State)>,
}

/// The form, with what hangs already.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let form = KeywordForm::default();
    Ok(show(&request, &gateway, &at, (StatusCode::OK, form, Hints::default(), Verdict::none())))
}

/// Puts a keyword on the sign and goes on to the program.
pub(in crate::console) async fn submit(
    request: HttpRequest,
    at: AtShop,
    form: Posted<KeywordForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(form) = form;
    let form = form.with_suggestion();
    let say = Page::of_shop(&request, &at.shop, "keywords").say;
    match add(&gateway, &at, say, &form).await? {
        Ok(_) => Ok(go_done(&guide(&at.shop, "program"), "keyword-added")),
        Err((hints, verdict)) => {
            Ok(show(&request, &gateway, &at, (StatusCode::UNPROCESSABLE_ENTITY, form, hints, verdict)))
        }
    }
}

fn show(
    request: &HttpRequest,
    gateway: &Gateway,
    at: &AtShop,
    (status, form, hints, verdict): (StatusCode, KeywordForm, Hints, Verdict),
) -> HttpResponse {
    let page = Page::of_shop(request, &at.shop, "keywords").titled("start-keyword");
    let guide = Guide::of(gateway, page.say, &at.shop, "keyword");
    let now = gateway.clock.now();
    let known = gateway.directory.read();
    let number = known.directory.sender(at.shop.sender_id).map(|sender| link::number_written(&sender.address));
    let present = known.directory.keywords_of(at.shop.id).take(SHOWN_MAX);
    let present = present.map(|keyword| {
        let source = keyword.source.clone().unwrap_or_default();
        (keyword.phrase.display().to_owned(), source, State::of(keyword, &at.shop, page.say, now))
    });
    let (present, check_at, number) = (present.collect(), check_at(&at.shop, None), number.unwrap_or_default());
    html(status, &KeywordStep { page, guide, form, hints, verdict, check_at, number, present })
}
