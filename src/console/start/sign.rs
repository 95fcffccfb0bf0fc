//! The last step: the sign is printed.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;

use super::{Guide, live_keyword};
use crate::{
    console::{
        keywords::edit::Signs,
        page::{Page, go, html},
        places::guide,
        sign::{AtKeyword, printed::Wanted},
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::shop::Sender,
    http::Gateway,
};

#[derive(Template)]
#[template(path = "start_sign.html")]
struct SignStep {
    page: Page,
    guide: Guide,
    signs: Signs,
    shop_at: String,
}

/// The signs of the keyword.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Trouble> {
    let page = Page::of_shop(&request, &at.shop, "keywords").titled("start-sign");
    let guide_above = Guide::of(&gateway, page.say, &at.shop, "sign");
    let found = {
        let known = gateway.directory.read();
        let keyword = live_keyword(&known.directory, &at.shop, gateway.clock.now()).cloned();
        let sender = keyword.as_ref().and_then(|keyword| known.directory.sender(keyword.sender_id));
        sender.map(|sender| Sender::clone(sender)).and_then(|sender| Some((keyword?, sender)))
    };
    let Some((keyword, sender)) = found else { return Ok(go(guide(&at.shop, "keyword"))) };
    let shop_at = format!("/console/shops/{}", at.shop.id);
    let here = guide(&at.shop, "sign");
    let signs = Signs::of(&gateway, &AtKeyword { at, keyword, sender }, &wanted, here);
    Ok(html(StatusCode::OK, &SignStep { page, guide: guide_above, signs, shop_at }))
}
