//! One keyword: adding it, changing it, its codes and signs, ending and deleting it.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use uuid::Uuid;

use super::{State, below, fields::KeywordForm, verdict::Verdict};
use crate::{
    console::{
        form::{Hints, Posted},
        hints,
        page::{Page, go_done, html},
        say::Say,
        sign::{
            AtKeyword, link,
            printed::{Kind, LINE_CHARS_MAX, Paper, Sign, Wanted},
            sign_of,
        },
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::{
        access::Role,
        language::Language,
        shop::{Keyword, Shop},
    },
    http::Gateway,
    service::{
        change::ChangeError,
        keywords::{self, KeywordChanges, Within},
    },
};

/// The form of a new keyword.
#[derive(Template)]
#[template(path = "keyword_new.html")]
struct NewPage {
    page: Page,
    base: String,
    form: KeywordForm,
    hints: Hints,
    verdict: Verdict,
    languages: Vec<(&'static str, String)>,
    check_at: String,
}

/// A keyword with all there is of it.
#[derive(Template)]
#[template(path = "keyword.html")]
struct KeywordPage {
    page: Page,
    base: String,
    form: KeywordForm,
    hints: Hints,
    verdict: Verdict,
    languages: Vec<(&'static str, String)>,
    check_at: String,
    state: State,
    number: String,
    may_change: bool,
    signs: Signs,
}

/// The part of a page from which signs are printed.
pub(in crate::console) struct Signs {
    pub(in crate::console) sign: Sign,
    pub(in crate::console) kind: Kind,
    pub(in crate::console) paper: Paper,
    pub(in crate::console) terms: String,
    pub(in crate::console) line_max: usize,
    /// Where the keyword's pages are.
    pub(in crate::console) path: String,
    /// Where this one is.
    pub(in crate::console) here: String,
    pub(in crate::console) code_at: String,
    pub(in crate::console) link: String,
}

impl Signs {
    /// Of a keyword, as it is asked for.
    pub(in crate::console) fn of(gateway: &Gateway, at: &AtKeyword, wanted: &Wanted, here: String) -> Self {
        let known = gateway.directory.read();
        let of = (&at.at.shop, &at.keyword, &at.sender);
        Self {
            sign: sign_of(&known.directory, of, wanted, gateway.clock.now()),
            kind: wanted.kind,
            paper: wanted.paper.unwrap_or_else(|| Paper::usual(&at.at.shop.currency)),
            terms: wanted.terms.clone().unwrap_or_else(|| at.at.shop.terms.clone()),
            line_max: LINE_CHARS_MAX,
            code_at: format!("{}/qr.svg", at.path()),
            path: at.path(),
            here,
            link: link::link(&at.sender.address, at.keyword.phrase.display()),
        }
    }

    /// The kinds of signs, by their words.
    pub(in crate::console) fn kinds(&self) -> [(&'static str, bool); 3] {
        [Kind::Door, Kind::Tent, Kind::Strip].map(|kind| (kind.word(), kind == self.kind))
    }

    /// The papers, by their words.
    pub(in crate::console) fn papers(&self) -> [(&'static str, bool); 2] {
        [Paper::A4, Paper::Letter].map(|paper| (paper.word(), paper == self.paper))
    }
}

/// The languages that members are answered in, by code, each in its own words.
pub(in crate::console) fn languages(say: Say) -> Vec<(&'static str, String)> {
    Language::all().map(|language| (language.code(), say.word("language", language.code()))).collect()
}

/// Where a phrase is checked while it is typed.
pub(in crate::console) fn check_at(shop: &Shop, keyword: Option<Uuid>) -> String {
    let keyword = keyword.map(|id| format!("keyword={id}&")).unwrap_or_default();
    format!("/console/shops/{}/keywords/check?{keyword}phrase=", shop.id)
}

/// The empty form.
pub(in crate::console) async fn blank(request: HttpRequest, at: AtShop) -> Result<HttpResponse, Trouble> {
    let form = KeywordForm::default();
    Ok(show_new(&request, &at, StatusCode::OK, form, Hints::default(), Verdict::none()))
}

/// Adds a keyword.
pub(in crate::console) async fn create(
    request: HttpRequest,
    at: AtShop,
    form: Posted<KeywordForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(form) = form;
    let form = form.with_suggestion();
    let say = Page::of_shop(&request, &at.shop, "keywords").say;
    match add(&gateway, &at, say, &form).await? {
        Ok(keyword) => Ok(go_done(&format!("/console/shops/{}/keywords/{}", at.shop.id, keyword.id), "keyword-added")),
        Err((hints, verdict)) => Ok(show_new(&request, &at, StatusCode::UNPROCESSABLE_ENTITY, form, hints, verdict)),
    }
}

/// Adds a keyword as a form says, or tells what is wrong with it.
pub(in crate::console) async fn add(
    gateway: &Gateway,
    at: &AtShop,
    say: Say,
    form: &KeywordForm,
) -> Result<Result<Keyword, (Hints, Verdict)>, Trouble> {
    let mut hints = Hints::default();
    let verdict = Verdict::of(gateway, say, (&at.shop, at.shop.sender_id), &form.phrase, None);
    if form.phrase.trim().is_empty() {
        hints.add("phrase", say.t("objection-empty"));
    }
    let Some(new) = form.read_new(&at.shop, say, &mut hints) else { return Ok(Err((hints, verdict))) };
    let added = keywords::create(gateway.change(&at.viewer.author()), within(&at.shop), new).await;
    refused(say, added, hints).map(|added| added.map_err(|hints| (hints, verdict)))
}

/// What was done, or the hints that say why not; the verdict tells of the phrase in the page's words.
fn refused<T>(say: Say, done: Result<T, ChangeError>, mut hints: Hints) -> Result<Result<T, Hints>, Trouble> {
    match done {
        Ok(done) => Ok(Ok(done)),
        Err(ChangeError::Taken(sentence)) => {
            hints.add("phrase", sentence);
            Ok(Err(hints))
        }
        Err(ChangeError::Mistaken(mistakes)) => Ok(Err(hints::of(say, mistakes))),
        Err(error) => Err(error.into()),
    }
}

fn within(shop: &Shop) -> Within {
    Within { merchant_id: Some(shop.merchant_id), shop_id: shop.id }
}

fn show_new(
    request: &HttpRequest,
    at: &AtShop,
    status: StatusCode,
    form: KeywordForm,
    hints: Hints,
    verdict: Verdict,
) -> HttpResponse {
    let page = Page::of_shop(request, &at.shop, "keywords").titled("keyword-new");
    let (languages, check_at) = (languages(page.say), check_at(&at.shop, None));
    html(status, &NewPage { base: below(&at.shop), page, form, hints, verdict, languages, check_at })
}

/// A keyword.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Trouble> {
    let at = AtKeyword::find(&request, at, &gateway)?;
    let form = KeywordForm::of(&at.keyword, &at.at.shop);
    Ok(show(&request, &gateway, &at, (StatusCode::OK, form, Hints::default(), Verdict::none()), &wanted))
}

/// Changes a keyword.
pub(in crate::console) async fn submit(
    request: HttpRequest,
    at: AtShop,
    form: Posted<KeywordForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtKeyword::find(&request, at, &gateway)?;
    let Posted(form) = form;
    let form = form.with_suggestion();
    let say = Page::of_shop(&request, &at.at.shop, "keywords").say;
    let mut hints = Hints::default();
    let place = (&at.at.shop, at.keyword.sender_id);
    let verdict = Verdict::of(&gateway, say, place, &form.phrase, Some(at.keyword.id));
    let wrong = |hints, verdict| (StatusCode::UNPROCESSABLE_ENTITY, form.clone(), hints, verdict);
    let Some(changes) = form.read_changes(&at.keyword, &at.at.shop, say, &mut hints) else {
        return Ok(show(&request, &gateway, &at, wrong(hints, verdict), &Wanted::default()));
    };
    let changed =
        keywords::update(gateway.change(&at.at.viewer.author()), within(&at.at.shop), at.keyword.id, changes).await;
    match refused(say, changed, hints)? {
        Ok(_) => Ok(go_done(&at.path(), "keyword-changed")),
        Err(hints) => Ok(show(&request, &gateway, &at, wrong(hints, verdict), &Wanted::default())),
    }
}

/// Ends a keyword now; its sign is answered with what is there instead.
pub(in crate::console) async fn end(
    request: HttpRequest,
    at: AtShop,
    form: Posted<Vec<(String, String)>>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let (at, Posted(_)) = (AtKeyword::find(&request, at, &gateway)?, form);
    let now = gateway.clock.now();
    // One that has not begun is never understood then.
    let starts_at = at.keyword.starts_at.filter(|start| now <= *start).map(|_| None);
    let changes = KeywordChanges { starts_at, ends_at: Some(Some(now)), ..KeywordChanges::default() };
    keywords::update(gateway.change(&at.at.viewer.author()), within(&at.at.shop), at.keyword.id, changes).await?;
    Ok(go_done(&at.path(), "keyword-ended"))
}

/// Deletes a keyword; who joined by it stays a member.
pub(in crate::console) async fn delete(
    request: HttpRequest,
    at: AtShop,
    form: Posted<Vec<(String, String)>>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let (at, Posted(_)) = (AtKeyword::find(&request, at, &gateway)?, form);
    keywords::delete(gateway.change(&at.at.viewer.author()), within(&at.at.shop), at.keyword.id).await?;
    Ok(go_done(&format!("/console/shops/{}/keywords", at.at.shop.id), "keyword-deleted"))
}

fn show(
    request: &HttpRequest,
    gateway: &Gateway,
    at: &AtKeyword,
    (status, form, hints, verdict): (StatusCode, KeywordForm, Hints, Verdict),
    wanted: &Wanted,
) -> HttpResponse {
    let page = Page::of_shop(request, &at.at.shop, "keywords").named(at.keyword.phrase.display());
    let (languages, check_at) = (languages(page.say), check_at(&at.at.shop, Some(at.keyword.id)));
    let state = State::of(&at.keyword, &at.at.shop, page.say, gateway.clock.now());
    let number = link::number_written(&at.sender.address);
    let may_change = at.at.viewer.may(Role::Manager);
    let signs = Signs::of(gateway, at, wanted, at.path());
    html(
        status,
        &KeywordPage {
            base: below(&at.at.shop),
            page,
            form,
            hints,
            verdict,
            languages,
            check_at,
            state,
            number,
            may_change,
            signs,
        },
    )
}
