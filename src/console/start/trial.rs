//! The fifth step: a try, on the phone of the page or on one's own.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use url::Host;

use super::{Guide, live_keyword, words::Read};
use crate::{
    console::{
        form::Posted,
        page::{Page, go, html},
        places::guide,
        sign::link,
        trouble::Trouble,
        viewer::AtShop,
    },
    http::Gateway,
    service::try_out::{TEXT_CHARS_MAX, TEXTS_MAX, play},
};

#[derive(Template)]
#[template(path = "start_try.html")]
struct TryStep {
    page: Page,
    guide: Guide,
    number: String,
    phrase: String,
    link: String,
    code_at: String,
    exchanges: Vec<Read>,
    /// What is texted at a press.
    offered: Vec<String>,
    is_full: bool,
    text_max: usize,
    /// Where the built-in carrier's phones are, when it carries.
    phones_at: Option<String>,
}

/// The phone, with nothing on it.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    show(&request, &gateway, &at, &[])
}

/// Plays what was texted before and now. Nothing is written: the form carries the texts.
pub(in crate::console) async fn submit(
    request: HttpRequest,
    at: AtShop,
    form: Posted<Vec<(String, String)>>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(fields) = form;
    let of = |name: &'static str| fields.iter().filter(move |(field, _)| field == name).map(|(_, text)| text.clone());
    let pressed = of("press").find(|text| !text.trim().is_empty());
    let now = pressed.or_else(|| of("say").find(|text| !text.trim().is_empty()));
    let texts: Vec<String> = of("said").chain(now).take(TEXTS_MAX).collect();
    show(&request, &gateway, &at, &texts)
}

fn show(request: &HttpRequest, gateway: &Gateway, at: &AtShop, texts: &[String]) -> Result<HttpResponse, Trouble> {
    let page = Page::of_shop(request, &at.shop, "keywords").titled("start-try");
    let guide_above = Guide::of(gateway, page.say, &at.shop, "try");
    let known = gateway.directory.read();
    let live = live_keyword(&known.directory, &at.shop, gateway.clock.now());
    let sender = live.and_then(|keyword| known.directory.sender(keyword.sender_id));
    let Some((keyword, sender)) = live.zip(sender) else { return Ok(go(guide(&at.shop, "keyword"))) };
    let phrase = keyword.phrase.display().to_owned();
    let played = play(&known, sender.id, texts, gateway.clock.now());
    let offered = [phrase.as_str(), "YES", "BAL", "REWARDS", "HELP", "STOP"].map(str::to_owned).to_vec();
    let shown = TryStep {
        guide: guide_above,
        number: link::number_written(&sender.address),
        link: link::link(&sender.address, &phrase),
        code_at: format!("/console/shops/{}/keywords/{}/qr.svg", at.shop.id, keyword.id),
        phrase,
        exchanges: played.into_iter().map(|exchange| Read::of(exchange, page.say)).collect(),
        offered,
        is_full: texts.len() >= TEXTS_MAX,
        text_max: TEXT_CHARS_MAX,
        phones_at: phones_at(gateway),
        page,
    };
    Ok(html(StatusCode::OK, &shown))
}

/// A carrier on this machine is the built-in one: no other has its API there.
fn phones_at(gateway: &Gateway) -> Option<String> {
    let mut url = gateway.settings.twilio.api_base_url.clone();
    let is_here = match url.host()? {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(name) => name == "localhost",
    };
    url.set_path("/phone");
    is_here.then(|| url.to_string())
}
