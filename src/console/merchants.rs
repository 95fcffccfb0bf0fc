//! The operator's merchants: found by name, taken in with the link for their owner.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use chrono_tz::Tz;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    form::{Hints, Posted},
    hints,
    page::{Page, html},
    people::show_link,
    trouble::Trouble,
    viewer::Seen,
};
use crate::{
    http::Gateway,
    service::{change::ChangeError, people::inviting},
    store::directory::{self, Merchant},
};

/// How many merchants a page shows.
const SHOWN: u64 = 50;
/// The longest search that is looked at.
const SEARCH_CHARS_MAX: usize = 80;

#[derive(Template)]
#[template(path = "merchants.html")]
struct MerchantsPage {
    page: Page,
    search: String,
    merchants: Vec<Listed>,
    more: Option<String>,
    form: MerchantForm,
    hints: Hints,
}

struct Listed {
    id: Uuid,
    name: String,
    since: String,
    shops: i64,
}

/// The form by which a merchant is taken in.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct MerchantForm {
    merchant: String,
    name: String,
    email: String,
}

/// What the address says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    search: String,
    after: Option<Uuid>,
}

/// All merchants, or those that are looked for.
pub(super) async fn page(
    request: HttpRequest,
    asked: web::Query<Asked>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let (form, hints) = (MerchantForm::default(), Hints::default());
    show(&request, &gateway, asked.into_inner(), StatusCode::OK, form, hints).await
}

/// Takes in a merchant, and shows the link for its owner.
pub(super) async fn create(
    request: HttpRequest,
    seen: Seen,
    form: Posted<MerchantForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let (Seen(viewer), Posted(form)) = (seen, form);
    let (name, email) = (form.name.clone(), form.email.clone());
    match inviting::invite_owner(gateway.change(&viewer.author()), &form.merchant, name, email).await {
        Ok((merchant, row, token)) => {
            let page = Page::of_merchant(&request, merchant.id, "merchants");
            let back = format!("/console/merchants/{}/people", merchant.id);
            Ok(show_link(page, &gateway, back, &row, &token))
        }
        Err(ChangeError::Mistaken(mistakes)) => {
            let hints = hints::of(Page::of(&request, "").say, mistakes);
            show(&request, &gateway, Asked::default(), StatusCode::UNPROCESSABLE_ENTITY, form, hints).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn show(
    request: &HttpRequest,
    gateway: &Gateway,
    asked: Asked,
    status: StatusCode,
    form: MerchantForm,
    hints: Hints,
) -> Result<HttpResponse, Trouble> {
    let page = Page::of(request, "merchants");
    let search: String = asked.search.trim().chars().take(SEARCH_CHARS_MAX).collect();
    let wanted = directory::Page { after: asked.after, limit: SHOWN + 1 };
    let mut found = match search.is_empty() {
        true => gateway.store.merchants(None, wanted).await?,
        false => gateway.store.merchants_named(&search, wanted).await?,
    };
    let has_more = found.len() as u64 > SHOWN;
    found.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
    let more = found.last().filter(|_| has_more).map(|last| {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("search", &search)
            .append_pair("after", &last.id.to_string())
            .finish();
        format!("/console/operator?{query}")
    });
    let shops = count_shops(gateway);
    let merchants = found.into_iter().map(|Merchant { id, name, created_at }| Listed {
        id,
        name,
        since: page.say.day(created_at, Tz::UTC),
        shops: shops.get(&id).copied().unwrap_or(0),
    });
    let merchants = merchants.collect();
    Ok(html(status, &MerchantsPage { page, search, merchants, more, form, hints }))
}

fn count_shops(gateway: &Gateway) -> HashMap<Uuid, i64> {
    let mut counts = HashMap::new();
    for shop in gateway.directory.read().directory.all_shops() {
        *counts.entry(shop.merchant_id).or_insert(0) += 1;
    }
    counts
}
