//! A shop's keywords: what is on its signs, where they hang, what came of them.

pub(super) mod edit;
pub(super) mod fields;
pub(super) mod verdict;

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    page::{Page, html},
    say::Say,
    sign::link,
    trouble::Trouble,
    viewer::AtShop,
};
use crate::{
    domain::{
        access::Role,
        shop::{Keyword, Shop},
    },
    http::Gateway,
    store::keyword_use::KeywordUse,
};

/// How many keywords a page lists.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "keywords.html")]
struct KeywordsPage {
    page: Page,
    base: String,
    rows: Vec<Row>,
    /// Where the older ones are.
    older: Option<Uuid>,
    is_first: bool,
    may_change: bool,
}

/// A keyword in the list.
struct Row {
    id: Uuid,
    phrase: String,
    source: String,
    /// Its number, where it is not the shop's.
    number: Option<String>,
    state: State,
    joins: String,
    last_join: String,
}

/// Whether a keyword is understood.
pub(super) struct State {
    /// `live`, `coming` or `ended`.
    pub(super) word: &'static str,
    /// Written out.
    pub(super) said: String,
}

impl State {
    /// Of a keyword now.
    pub(super) fn of(keyword: &Keyword, shop: &Shop, say: Say, now: DateTime<Utc>) -> Self {
        let day = |at: DateTime<Utc>| say.day(at.timestamp_millis(), shop.time_zone);
        match (keyword.starts_at, keyword.ends_at) {
            (_, Some(end)) if end <= now => {
                Self { word: "ended", said: say.of("keyword-ended", "day", fields::last_day(end, shop, say)) }
            }
            (Some(start), _) if now < start => {
                Self { word: "coming", said: say.of("keyword-coming", "day", day(start)) }
            }
            (_, Some(end)) => {
                Self { word: "live", said: say.of("keyword-live-until", "day", fields::last_day(end, shop, say)) }
            }
            _ => Self { word: "live", said: say.t("keyword-live") },
        }
    }

    /// The class of its tag.
    pub(super) fn class(&self) -> &'static str {
        match self.word {
            "live" => "good",
            "coming" => "warn",
            _ => "",
        }
    }
}

/// Where a shop's pages are.
pub(super) fn below(shop: &Shop) -> String {
    format!("/console/shops/{}", shop.id)
}

/// Which part of the list.
#[derive(Deserialize)]
pub(super) struct Part {
    before: Option<Uuid>,
}

/// The keywords, the newest first.
pub(super) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
    part: web::Query<Part>,
) -> Result<HttpResponse, Trouble> {
    let page = Page::of_shop(&request, &at.shop, "keywords");
    let used = gateway.store.keyword_use(at.shop.id).await?;
    let used: HashMap<&str, &KeywordUse> = used.iter().map(|used| (used.source.as_str(), used)).collect();
    let now = gateway.clock.now();
    let known = gateway.directory.read();
    let mut keywords: Vec<&Keyword> = known.directory.keywords_of(at.shop.id).collect();
    keywords.sort_by_key(|keyword| std::cmp::Reverse((keyword.created_at, keyword.id)));
    let from = part.before.and_then(|id| keywords.iter().position(|keyword| keyword.id == id)).map_or(0, |at| at + 1);
    let older = keywords.get(from + PAGE).and_then(|_| keywords.get(from + PAGE - 1)).map(|keyword| keyword.id);
    let row = |keyword: &&Keyword| {
        let elsewhere = Some(keyword.sender_id).filter(|id| *id != at.shop.sender_id);
        let number = elsewhere.and_then(|id| known.directory.sender(id));
        let used = used.get(keyword.source.as_deref().unwrap_or_default());
        Row {
            id: keyword.id,
            phrase: keyword.phrase.display().to_owned(),
            source: keyword.source.clone().unwrap_or_default(),
            number: number.map(|sender| link::number_written(&sender.address)),
            state: State::of(keyword, &at.shop, page.say, now),
            joins: used.map_or_else(|| "–".to_owned(), |used| page.say.number(used.joins)),
            last_join: used.map_or_else(|| "–".to_owned(), |used| page.say.day(used.last_at, Tz::UTC)),
        }
    };
    let rows = keywords.iter().skip(from).take(PAGE).map(row).collect();
    let may_change = at.viewer.may(Role::Manager);
    Ok(html(
        StatusCode::OK,
        &KeywordsPage { base: below(&at.shop), rows, older, is_first: from == 0, may_change, page },
    ))
}
