//! A merchant's shops.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    page::{Page, html},
    sign::link,
    trouble::Trouble,
    viewer::AtMerchant,
};
use crate::{
    domain::{access::Role, shop::Shop},
    http::Gateway,
};

/// How many shops a page lists.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "merchant_shops.html")]
struct ShopsPage {
    page: Page,
    merchant_id: Uuid,
    rows: Vec<Row>,
    next: Option<Uuid>,
    is_first: bool,
    may_open: bool,
}

/// A shop in the list.
struct Row {
    id: Uuid,
    name: String,
    number: String,
    keywords: Vec<String>,
    has_keyword: bool,
}

/// Which part of the list.
#[derive(Deserialize)]
pub(super) struct Part {
    after: Option<Uuid>,
}

/// The shops, by name.
pub(super) async fn page(
    request: HttpRequest,
    at: AtMerchant,
    gateway: web::Data<Gateway>,
    part: web::Query<Part>,
) -> Result<HttpResponse, Trouble> {
    let page = Page::of_merchant(&request, at.merchant_id, "shops");
    let now = gateway.clock.now();
    let known = gateway.directory.read();
    let shops = known.directory.all_shops();
    let mut shops: Vec<&Shop> = shops.filter(|shop| shop.merchant_id == at.merchant_id).collect();
    shops.sort_by_key(|shop| (shop.name.to_lowercase(), shop.id));
    let from = part.after.and_then(|id| shops.iter().position(|shop| shop.id == id)).map_or(0, |at| at + 1);
    let next = shops.get(from + PAGE).and_then(|_| shops.get(from + PAGE - 1)).map(|shop| shop.id);
    let row = |shop: &&Shop| {
        let live = known.directory.keywords_of(shop.id).filter(|keyword| keyword.is_live(now));
        let sender = known.directory.sender(shop.sender_id);
        let keywords: Vec<String> = live.take(3).map(|keyword| keyword.phrase.display().to_owned()).collect();
        Row {
            id: shop.id,
            name: shop.name.clone(),
            number: sender.map(|sender| link::number_written(&sender.address)).unwrap_or_default(),
            has_keyword: known.directory.keywords_of(shop.id).next().is_some(),
            keywords,
        }
    };
    let rows = shops.iter().skip(from).take(PAGE).map(row).collect();
    let may_open = at.viewer.may(Role::Owner);
    let (merchant_id, is_first) = (at.merchant_id, from == 0);
    Ok(html(StatusCode::OK, &ShopsPage { page, merchant_id, rows, next, is_first, may_open }))
}
