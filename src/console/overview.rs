//! A shop at a glance: the few figures that matter, how they went, and whether a change of the program was a good one. Read
//! from figures that are kept as things happen: a page costs the same at any size.

mod cards;
mod changes;
mod csv;
mod retention;
mod stats;
pub(super) mod sums;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use uuid::Uuid;

pub(super) use csv::file;

use self::{
    cards::Card,
    changes::Comparison,
    retention::Cohorts,
    stats::Stat,
    sums::{PERIODS, Period, Sums, USUAL},
};
use super::{
    page::{Page, html},
    trouble::Trouble,
    viewer::AtShop,
};
use crate::{
    domain::{
        figures::{day_of, name},
        shop::Shop,
    },
    http::Gateway,
};

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage {
    page: Page,
    days: i64,
    stats: Vec<Stat>,
    cards: Vec<Card>,
    retention: Option<Card>,
    comparison: Option<Comparison>,
    is_new: bool,
}

/// What of a shop is read for a period.
const FLOWS: &[&str] = &[
    name::JOINS,
    name::REJOINS,
    name::LEAVES,
    name::OPT_OUTS,
    name::VISITS,
    name::SPEND,
    name::POINTS_EARNED,
    name::POINTS_SPENT,
    name::POINTS_LAPSED,
    name::ISSUED,
    name::REDEEMED,
    name::TEXTS,
    name::SEGMENTS,
];

/// What is known of a shop for a page.
struct Board {
    period: Period,
    now: Sums,
    before: Sums,
    /// Members by the day of their last visit, of the last 90 days.
    last_visits: Sums,
    members: i64,
    visitors: i64,
    repeaters: i64,
    points: i64,
}

impl Board {
    async fn read(gateway: &Gateway, shop: &Shop, period: Period) -> Result<Self, Trouble> {
        let store = &gateway.store;
        let standing = store.standing_figures(shop.id, &[name::MEMBERS, name::VISITORS, name::REPEATERS]).await?;
        let of = |wanted: &str| standing.iter().find(|(name, _)| name == wanted).map_or(0, |(_, value)| *value);
        let points = store.standing_figures(shop.program_id, &[name::POINTS]).await?;
        Ok(Self {
            period,
            now: Sums::read(store, shop.id, FLOWS, period).await?,
            before: Sums::read(store, shop.id, FLOWS, period.before()).await?,
            last_visits: Sums::read(
                store,
                shop.id,
                &[name::LAST_VISIT],
                Period { from: period.to - 89, to: period.to + 1, step: 1 },
            )
            .await?,
            members: of(name::MEMBERS),
            visitors: of(name::VISITORS),
            repeaters: of(name::REPEATERS),
            points: points.first().map_or(0, |(_, points)| *points),
        })
    }

    /// How many members came within so many days.
    fn active(&self, days: i64) -> i64 {
        let from = 90 - days;
        self.last_visits.all().iter().filter(|(_, slot, ..)| *slot >= from).map(|(.., value)| value).sum()
    }
}

/// A shop at a glance.
pub(super) async fn page(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let shop = &at.shop;
    let asked = form_urlencoded::parse(request.query_string().as_bytes()).find(|(name, _)| name == "days");
    let days = asked.and_then(|(_, days)| days.parse().ok()).filter(|days| PERIODS.contains(days)).unwrap_or(USUAL);
    let today = day_of(gateway.clock.now(), shop.time_zone);
    let board = Board::read(&gateway, shop, Period::up_to(today, days)).await?;
    let page = Page::of_shop(&request, shop, "overview");
    let changes = changes::of_program(&gateway, shop);
    let comparison = match changes.last() {
        Some(change) => changes::compare(&gateway, (page.say, shop), *change, today).await?,
        None => None,
    };
    let retention = Cohorts::read(&gateway.store, shop.id, today).await?.card(page.say, shop.id);
    let view = OverviewPage {
        days,
        stats: stats::of(page.say, shop, &gateway, &board),
        cards: cards::of(page.say, shop, &board, &changes),
        retention,
        comparison,
        is_new: board.members == 0 && board.visitors == 0 && board.now.all().is_empty(),
        page,
    };
    Ok(html(StatusCode::OK, &view))
}

/// Where a shop's figures are.
fn below(shop_id: Uuid) -> String {
    format!("/console/shops/{shop_id}")
}
