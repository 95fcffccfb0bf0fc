//! Senders and the provider accounts behind them, with their health.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use uuid::Uuid;

use super::health::{self, Health};
use crate::{
    console::{
        page::{Page, html},
        trouble::Trouble,
    },
    domain::shop::Sender,
    http::Gateway,
    store,
};

/// So many senders are on a page.
const ON_PAGE: u64 = 25;

#[derive(Template)]
#[template(path = "operator_senders.html")]
struct SendersPage {
    page: Page,
    senders: Vec<Health>,
    accounts: Vec<Account>,
    next: Option<Uuid>,
}

/// A provider account.
struct Account {
    sid: String,
    provider: &'static str,
    base: String,
    senders: usize,
}

/// All senders, page by page in the order in which they were added.
pub(in crate::console) async fn page(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let mut query = form_urlencoded::parse(request.query_string().as_bytes());
    let after = query.find(|(name, _)| name == "after").and_then(|(_, id)| Uuid::try_parse(&id).ok());
    let mut senders = gateway.store.senders(None, store::directory::Page { after, limit: ON_PAGE + 1 }).await?;
    let has_more = senders.len() as u64 > ON_PAGE;
    senders.truncate(usize::try_from(ON_PAGE).unwrap_or(usize::MAX));
    let next = senders.last().map(|sender| sender.id).filter(|_| has_more);
    let page = Page::of(&request, "senders");
    let view = SendersPage {
        senders: health::of(&gateway, page.say, &senders).await?,
        accounts: accounts_of(&gateway, &senders),
        next,
        page,
    };
    Ok(html(StatusCode::OK, &view))
}

fn accounts_of(gateway: &Gateway, senders: &[Sender]) -> Vec<Account> {
    let mut ids: Vec<Uuid> = senders.iter().map(|sender| sender.account_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let known = gateway.directory.read();
    let account = |id: Uuid| {
        let account = known.account(id)?;
        Some(Account {
            sid: account.account_sid.clone(),
            provider: account.provider.name,
            base: account.api_base_url.to_string(),
            senders: known.directory.all_senders().filter(|sender| sender.account_id == id).count(),
        })
    };
    ids.into_iter().filter_map(account).collect()
}
