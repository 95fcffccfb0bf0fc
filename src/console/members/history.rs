//! A member's entries: what moved, when, why, and who did it. Entries are never changed.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use uuid::Uuid;

use super::{AtMember, BeforeQuery, Frame, ROWS, shown};
use crate::{
    console::{
        page::{Page, html},
        say::Say,
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::program::Program,
    http::Gateway,
    store::members::LedgerEntry,
};

#[derive(Template)]
#[template(path = "members/entries.html")]
struct EntriesPage {
    page: Page,
    frame: Frame,
    rows: Vec<Row>,
    next: Option<String>,
    is_first: bool,
}

struct Row {
    when: String,
    why: String,
    reason: Option<String>,
    moved: String,
    is_gain: bool,
    is_loss: bool,
    place: String,
    who: String,
}

/// The page.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    asked: BeforeQuery,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtMember::find(&request, at, &gateway).await?;
    let program_id = at.shop.program_id;
    let before = asked.before.parse::<i64>().ok();
    let after = before.map(|number| (program_id, number));
    let mut found = entries(&gateway, &at, after).await?;
    let next = (found.len() as u64 > ROWS).then(|| {
        found.truncate(usize::try_from(ROWS).unwrap_or(usize::MAX));
        found.last().map(|entry| format!("{}/entries?before={}", at.base(), entry.number))
    });
    let (page, frame) = at.frame(&request, "entries");
    let program = gateway.directory.read().directory.program_of(&at.shop, gateway.clock.now()).cloned();
    let rows = found.iter().map(|entry| row(&at, page.say, program.as_deref(), entry, &gateway)).collect();
    let shown = EntriesPage { page, frame, rows, next: next.flatten(), is_first: before.is_none() };
    Ok(html(StatusCode::OK, &shown))
}

/// The first page has no place to begin behind.
async fn entries(gateway: &Gateway, at: &AtMember, after: Option<(Uuid, i64)>) -> Result<Vec<LedgerEntry>, Trouble> {
    let after = after.or(Some((at.shop.program_id, i64::MAX)));
    Ok(gateway.store.entries(at.member.id, Some(at.shop.program_id), after, ROWS + 1).await?)
}

fn row(at: &AtMember, say: Say, program: Option<&Program>, entry: &LedgerEntry, gateway: &Gateway) -> Row {
    let points = entry.points();
    let is_of_card = entry.card.is_some();
    let gains = matches!(entry.to_book.as_str(), "pending" | "available");
    let shop = entry.shop_id.and_then(|id| gateway.directory.read().directory.shop(id).map(|shop| shop.name.clone()));
    let who = match entry.actor.as_str() {
        "member" | "clock" | "till" | "operator" => say.word("actor", &entry.actor),
        name => name.to_owned(),
    };
    Row {
        when: say.moment(entry.happened_at, at.shop.time_zone),
        why: shown::cause(program, entry, say),
        reason: entry.reason.clone(),
        moved: shown::moved(program, entry, say),
        is_gain: points > 0 || (is_of_card && gains),
        is_loss: points < 0,
        place: say.word("book", &format!("{}-{}", entry.from_book, entry.to_book)),
        who: match shop.filter(|_| entry.shop_id != Some(at.shop.id)) {
            Some(shop) => format!("{who} · {shop}"),
            None => who,
        },
    }
}
