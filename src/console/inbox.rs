//! The inbox: texts that no rule answered, answers to staff and photos, in one list, the latest first; and writing back, within
//! consent.

use actix_web::{HttpMessage, HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;
use tracing_actix_web::RequestId;
use uuid::Uuid;

use super::{
    form::Posted,
    members::{
        ROWS,
        said::{Photo, photos},
    },
    page::{Page, go_done, html},
    say::Say,
    trouble::Trouble,
    viewer::{AtShop, id_in},
};
use crate::{
    clock::from_millis,
    domain::{
        conversation::ForStaff,
        delivery::replying::{CHARS_MAX, IS_AN_ANSWER_FOR, NoReply, worded},
        phone::written,
        segment,
    },
    http::Gateway,
    service::{
        audit::Author,
        inbox::{Inbox, NotSent},
    },
    store::inbox::{InboxFilter, InboxItem},
};

/// What the address says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    /// `all`, or what is open.
    show: String,
    /// Of this kind alone, where it says one.
    kind: String,
    before: String,
}

/// What staff wrote, and whether it is to be sent or looked at first.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct ReplyForm {
    text: String,
    deed: String,
    show: String,
}

/// Done, or open again.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct DoneForm {
    done: String,
    show: String,
}

#[derive(Template)]
#[template(path = "inbox.html")]
struct InboxPage {
    page: Page,
    base: String,
    shows_all: bool,
    /// Kinds to choose from, each with whether it is the one.
    kinds: Vec<(&'static str, bool)>,
    items: Vec<Item>,
    next: Option<String>,
    is_first: bool,
    chars_max: usize,
}

struct Item {
    id: Uuid,
    who: String,
    phone: String,
    member: Option<String>,
    kind: &'static str,
    body: String,
    photos: Vec<Photo>,
    when: String,
    replied: Option<String>,
    done: Option<String>,
    /// Why they cannot be written to, where that is plain at once.
    closed: Option<String>,
    /// What stands before what is written: the shop's name.
    before: String,
    draft: Draft,
}

/// What was written and not sent.
#[derive(Default)]
struct Draft {
    text: String,
    wrong: Option<String>,
    /// How it would be read, and how many parts that takes.
    preview: Option<(String, String)>,
}

/// The list.
pub(super) async fn page(
    request: HttpRequest,
    at: AtShop,
    asked: web::Query<Asked>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Asked { show, kind, before } = asked.into_inner();
    let filter = InboxFilter { is_all: show == ALL, kind: kinds().find(|known| *known == kind) };
    render(&request, &at, &gateway, (filter, Uuid::try_parse(&before).ok()), StatusCode::OK, None).await
}

/// Sends what staff wrote, or shows how it would be read.
pub(super) async fn reply(
    request: HttpRequest,
    at: AtShop,
    form: Posted<ReplyForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let id = id_in(&request, "item_id")?;
    let item = gateway.store.inbox_item(at.shop.id, id).await?.ok_or(Trouble::NotFound)?;
    let Posted(ReplyForm { text, deed, show }) = form;
    let shows_all = show == ALL;
    let filter = InboxFilter { is_all: shows_all, kind: None };
    let say = Page::of_shop(&request, &at.shop, "inbox").say;
    if deed == "preview" {
        let preview = worded(&at.shop.name, &text).map(|body| {
            let count = i64::try_from(segment::count(&body).segments).unwrap_or(i64::MAX);
            (body, say.n("segments-count", count))
        });
        let wrong = preview.is_none().then(|| words_wrong(say));
        let draft = (id, Draft { text, wrong, preview });
        return render(&request, &at, &gateway, (filter, place_of(id)), StatusCode::OK, Some(draft)).await;
    }
    let request_id = request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    let author = at.viewer.author();
    let wrong = match inbox(&gateway, &author).reply((&at.shop, &item), &text, request_id).await {
        Ok(()) => return Ok(go_done(&list(&at, shows_all), "replied")),
        Err(NotSent::Change(error)) => return Err(error.into()),
        Err(NotSent::Words) => words_wrong(say),
        Err(NotSent::NoReply(why)) => refused(say, &at, why),
    };
    let draft = (id, Draft { text, wrong: Some(wrong), preview: None });
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    render(&request, &at, &gateway, (filter, place_of(id)), status, Some(draft)).await
}

/// Marks a text as done with, or as open again.
pub(super) async fn mark(
    request: HttpRequest,
    at: AtShop,
    form: Posted<DoneForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let id = id_in(&request, "item_id")?;
    let Posted(DoneForm { done, show }) = form;
    let is_done = done == "yes";
    let item = gateway.store.inbox_item(at.shop.id, id).await?.ok_or(Trouble::NotFound)?;
    inbox(&gateway, &at.viewer.author()).mark((&at.shop, &item), is_done).await?;
    Ok(go_done(&list(&at, show == ALL), if is_done { "inbox-done" } else { "inbox-open" }))
}

/// The kinds of items, by their words.
fn kinds() -> impl Iterator<Item = &'static str> {
    ForStaff::ALL.into_iter().map(ForStaff::word)
}

/// The word in the address for all items.
const ALL: &str = "all";

fn inbox<'i>(gateway: &'i Gateway, author: &'i Author) -> Inbox<'i> {
    Inbox { change: gateway.change(author), bell: &gateway.bell }
}

fn list(at: &AtShop, shows_all: bool) -> String {
    let base = format!("/console/shops/{}/inbox", at.shop.id);
    if shows_all { format!("{base}?show={ALL}") } else { base }
}

/// The place at which a page begins that has this item on top.
fn place_of(id: Uuid) -> Option<Uuid> {
    Some(Uuid::from_u128(id.as_u128().saturating_add(1)))
}

async fn render(
    request: &HttpRequest,
    at: &AtShop,
    gateway: &Gateway,
    (filter, before): (InboxFilter, Option<Uuid>),
    status: StatusCode,
    mut draft: Option<(Uuid, Draft)>,
) -> Result<HttpResponse, Trouble> {
    let page = Page::of_shop(request, &at.shop, "inbox");
    let say = page.say;
    let mut found = gateway.store.inbox(at.shop.id, filter, before, ROWS + 1).await?;
    let has_more = found.len() as u64 > ROWS;
    found.truncate(usize::try_from(ROWS).unwrap_or(usize::MAX));
    let base = format!("/console/shops/{}/inbox", at.shop.id);
    let (shows_all, kind) = (filter.is_all, filter.kind.unwrap_or_default());
    let show = if shows_all { "show=all&" } else { "" };
    let next = found.last().filter(|_| has_more).map(|last| format!("{base}?{show}kind={kind}&before={}", last.id));
    let kinds = kinds().map(|known| (known, known == kind)).collect();
    let mut items = Vec::with_capacity(found.len());
    for row in found {
        let written = draft.take_if(|(id, _)| *id == row.id).map(|(_, draft)| draft);
        items.push(item(at, gateway, say, row, written.unwrap_or_default()));
    }
    let shown =
        InboxPage { page, base, shows_all, kinds, items, next, is_first: before.is_none(), chars_max: CHARS_MAX };
    Ok(html(status, &shown))
}

fn item(at: &AtShop, gateway: &Gateway, say: Say, row: InboxItem, draft: Draft) -> Item {
    let zone = at.shop.time_zone;
    let named = |(time, who): (i64, String), key: &str| say.of2(key, "who", who, "when", say.moment(time, zone));
    let is_stranger_of_old = row.member_id.is_none()
        && gateway.clock.now() >= from_millis(row.received_at) + IS_AN_ANSWER_FOR
        && row.replied.is_none();
    let closed = match (row.opted_out_at, is_stranger_of_old) {
        (Some(_), _) => Some(refused(say, at, NoReply::OptedOut)),
        (None, true) => Some(refused(say, at, NoReply::NoMember)),
        _ => None,
    };
    let name = row.first_name.clone().filter(|name| !name.trim().is_empty());
    let stranger = if row.member_id.is_some() { "member-unnamed" } else { "inbox-stranger" };
    Item {
        id: row.id,
        who: name.unwrap_or_else(|| say.t(stranger)),
        phone: written(&row.address),
        member: row.member_id.map(|id| format!("/console/shops/{}/members/{id}/conversation", at.shop.id)),
        kind: kinds().find(|known| *known == row.kind).unwrap_or(ForStaff::Text.word()),
        photos: row.media.as_deref().map(|media| photos(media, say)).unwrap_or_default(),
        body: row.body.unwrap_or_default(),
        when: say.moment(row.received_at, zone),
        done: row.done.filter(|_| row.replied.is_none()).map(|done| named(done, "inbox-done-by")),
        replied: row.replied.map(|replied| named(replied, "inbox-replied-by")),
        closed,
        before: format!("{}: ", at.shop.name),
        draft,
    }
}

fn words_wrong(say: Say) -> String {
    say.n("reply-wrong", i64::try_from(CHARS_MAX).unwrap_or(i64::MAX))
}

fn refused(say: Say, at: &AtShop, why: NoReply) -> String {
    let until = match why {
        NoReply::Quiet(until) => say.moment(until.timestamp_millis(), at.shop.time_zone),
        _ => String::new(),
    };
    say.of(&format!("no-reply-{}", why.word()), "until", until)
}
