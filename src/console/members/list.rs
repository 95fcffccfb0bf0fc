//! The list of a shop's members: the latest first, by level, or those who fit what was typed. No page costs more as members
//! become many.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    ROWS, language,
    shown::{display_name, points, shown_phone},
};
use crate::{
    console::{
        page::{Page, html},
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::{
        program::{Program, tier::Level},
        search::{self, NotSought},
    },
    http::Gateway,
    store::member_list::{ListedMember, MemberPage},
};

/// What the address says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct Asked {
    /// What was typed.
    q: String,
    /// A level of the program.
    level: String,
    /// The place behind which the page begins.
    before: String,
}

#[derive(Template)]
#[template(path = "members/list.html")]
struct ListPage {
    page: Page,
    base: String,
    q: String,
    wrong: Option<String>,
    levels: Vec<Choice>,
    rows: Vec<Row>,
    /// Whether more may fit than are shown.
    is_cut: bool,
    next: Option<String>,
    is_first: bool,
    is_filtered: bool,
}

struct Choice {
    id: String,
    name: String,
    is_chosen: bool,
}

struct Row {
    href: String,
    name: String,
    phone: String,
    balance: String,
    level: String,
    last_visit: String,
    joined: String,
    has_left: bool,
}

/// The list.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    asked: web::Query<Asked>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Asked { q, level, before } = asked.into_inner();
    let page = Page::of_shop(&request, &at.shop, "members");
    let program = gateway.directory.read().directory.program_of(&at.shop, gateway.clock.now()).cloned();
    let program = program.ok_or(Trouble::NotFound)?;
    let base = format!("/console/shops/{}/members", at.shop.id);
    let levels = levels(&program, &level, &page);
    let level = levels.iter().find(|choice| choice.is_chosen).map(|choice| choice.id.clone());
    let before = Uuid::try_parse(&before).ok();
    let mut wrong = None;
    let (found, next) = if q.trim().is_empty() {
        let level = level.as_deref();
        let asked = MemberPage { shop_id: at.shop.id, program_id: program.id, level, before, limit: ROWS };
        gateway.store.members_at(asked).await?
    } else {
        match search::read(&q) {
            Ok(sought) => {
                let places = (at.shop.id, program.id);
                let mut found = gateway.store.members_sought(at.shop.merchant_id, places, &sought, ROWS).await?;
                let today = program.day(gateway.clock.now());
                let holds = |row: &ListedMember| row.purse.level_now(&program, today).map(|level| level.id.clone());
                found.retain(|row| level.is_none() || holds(row) == level);
                (found, None)
            }
            Err(NotSought::Length) => (Vec::new(), None),
            Err(NotSought::TooFewDigits) => {
                wrong = Some(page.say.t("members-too-few-digits"));
                (Vec::new(), None)
            }
        }
    };
    let is_searched = !q.trim().is_empty();
    let is_cut = is_searched && found.len() as u64 >= ROWS;
    let rows = found.into_iter().map(|listed| row(&at, &program, &page, &base, &gateway, listed)).collect();
    let next = next.map(|place| match &level {
        Some(level) => format!("{base}?level={}&before={place}", escaped(level)),
        None => format!("{base}?before={place}"),
    });
    let is_filtered = is_searched || level.is_some();
    let is_first = before.is_none();
    let shown = ListPage { page, base, q, wrong, levels, rows, is_cut, next, is_first, is_filtered };
    Ok(html(StatusCode::OK, &shown))
}

fn escaped(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn levels(program: &Program, chosen: &str, page: &Page) -> Vec<Choice> {
    let levels = program.tiers.iter().flat_map(|tiers| &tiers.levels);
    let choice = |level: &Level| Choice {
        id: level.id.clone(),
        name: level.name.in_language(language(page.say)).to_owned(),
        is_chosen: level.id == chosen,
    };
    levels.map(choice).collect()
}

fn row(at: &AtShop, program: &Program, page: &Page, base: &str, gateway: &Gateway, listed: ListedMember) -> Row {
    let (say, zone) = (page.say, at.shop.time_zone);
    let today = program.day(gateway.clock.now());
    let level = listed.purse.level_now(program, today);
    let last = listed.purse.last_visit_at();
    Row {
        href: format!("{base}/{}", listed.id),
        name: display_name(say, listed.first_name.as_deref()),
        phone: shown_phone(&listed.address, &at.viewer),
        balance: points(program, listed.purse.available, say),
        level: level.map(|level| level.name.in_language(language(say)).to_owned()).unwrap_or_default(),
        last_visit: last.map_or_else(|| say.t("never"), |at| say.day(at.timestamp_millis(), zone)),
        joined: say.day(listed.enrolled_at, zone),
        has_left: listed.left_at.is_some(),
    }
}
