//! A keyword's QR code and its printed signs.

mod code;
mod draw;
mod letters;
pub(super) mod link;
pub(super) mod printed;
mod sheet;
mod words;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use self::{
    code::Code,
    printed::{Paper, Sign, Wanted},
};
use super::{
    keywords::edit::Signs,
    page::{Page, go, html},
    trouble::Trouble,
    viewer::{AtShop, id_in},
};
use crate::{
    domain::{
        directory::Directory,
        shop::{Keyword, Sender, Shop},
    },
    http::Gateway,
};

/// How many pixels a picture has at each side where nothing is said, at least, and at most.
const PIXELS: (usize, usize, usize) = (1_024, 128, 4_096);

/// A sign to be printed by the browser, in whatever letters it has.
#[derive(Template)]
#[template(path = "sign.html")]
struct SignPage {
    page: Page,
    signs: Signs,
}

/// How large a picture shall be.
#[derive(Deserialize)]
pub(super) struct Size {
    size: Option<usize>,
}

/// What a keyword's pages are about.
pub(super) struct AtKeyword {
    pub(super) at: AtShop,
    pub(super) keyword: Keyword,
    pub(super) sender: Sender,
}

impl AtKeyword {
    /// The keyword that the address names (`{keyword_id}`), if it is that shop's.
    pub(super) fn find(request: &HttpRequest, at: AtShop, gateway: &Gateway) -> Result<Self, Trouble> {
        let id = id_in(request, "keyword_id")?;
        let known = gateway.directory.read();
        let keyword = known.directory.keyword(id).filter(|keyword| keyword.shop_id == at.shop.id).cloned();
        let keyword = keyword.ok_or(Trouble::NotFound)?;
        let sender = known.directory.sender(keyword.sender_id).ok_or(Trouble::NotFound)?;
        let sender = Sender::clone(sender);
        Ok(Self { at, keyword, sender })
    }

    fn code(&self) -> Result<Code, Trouble> {
        let said = link::scanned(&self.sender.address, self.keyword.phrase.display());
        Code::of(&said).ok_or_else(|| Trouble::Failed("a phrase is too long for a code".to_owned()))
    }

    /// Where this keyword's pages are.
    pub(super) fn path(&self) -> String {
        format!("/console/shops/{}/keywords/{}", self.at.shop.id, self.keyword.id)
    }
}

/// The sign of a keyword, as it is asked for.
pub(super) fn sign_of(
    directory: &Directory,
    (shop, keyword, sender): (&Shop, &Keyword, &Sender),
    wanted: &Wanted,
    now: DateTime<Utc>,
) -> Sign {
    Sign::of((shop, keyword), sender, directory.program_of(shop, now).map(AsRef::as_ref), wanted)
}

/// The QR code as a drawing.
pub(super) async fn svg(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtKeyword::find(&request, at, &gateway)?;
    let title = format!("{} → {}", at.keyword.phrase.display(), link::number_written(&at.sender.address));
    let svg = at.code()?.svg(&title);
    Ok(file("image/svg+xml", &at, ".svg", svg.into_bytes(), is_wanted_as_file(&request)))
}

/// The QR code as a picture.
pub(super) async fn png(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
    asked: web::Query<Size>,
) -> Result<HttpResponse, Trouble> {
    let at = AtKeyword::find(&request, at, &gateway)?;
    let (usual, least, most) = PIXELS;
    let pixels = asked.size.unwrap_or(usual).clamp(least, most);
    let png = at.code()?.png(pixels).map_err(|error| Trouble::Failed(error.to_string()))?;
    Ok(file("image/png", &at, ".png", png, is_wanted_as_file(&request)))
}

/// The sign as a PDF; one whose letters a PDF lacks is printed from its page.
pub(super) async fn pdf(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Trouble> {
    let at = AtKeyword::find(&request, at, &gateway)?;
    let paper = wanted.paper.unwrap_or_else(|| Paper::usual(&at.at.shop.currency));
    let sign = {
        let known = gateway.directory.read();
        sign_of(&known.directory, (&at.at.shop, &at.keyword, &at.sender), &wanted, gateway.clock.now())
    };
    if !sign.is_in_letters() {
        return Ok(go(format!("{}/sign?{}", at.path(), request.query_string())));
    }
    let pdf = draw::draw(&sign, &at.code()?, wanted.kind, paper);
    Ok(file("application/pdf", &at, &format!("-{}.pdf", wanted.kind.word()), pdf, false))
}

/// The sign as a page.
pub(super) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Trouble> {
    let at = AtKeyword::find(&request, at, &gateway)?;
    let page = Page::of_shop(&request, &at.at.shop, "keywords").titled("sign");
    let signs = Signs::of(&gateway, &at, &wanted, at.path());
    Ok(html(StatusCode::OK, &SignPage { page, signs }))
}

/// Whether a link says that it is to be saved: `?save=1`.
fn is_wanted_as_file(request: &HttpRequest) -> bool {
    form_urlencoded::parse(request.query_string().as_bytes()).any(|(name, _)| name == "save")
}

/// A file, named by what is texted as far as every system takes it.
fn file(kind: &str, at: &AtKeyword, ending: &str, content: Vec<u8>, is_saved: bool) -> HttpResponse {
    let name: String =
        at.keyword.phrase.normal().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let way = if is_saved { "attachment" } else { "inline" };
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_DISPOSITION, format!("{way}; filename=\"{name}{ending}\"")))
        .body(content)
}
