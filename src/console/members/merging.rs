//! Two phones of one person: what would move is shown first, then it moves, and it can be taken back.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    AtMember, Frame,
    shown::{display_name, points, shown_phone},
};
use crate::{
    console::{
        form::Posted,
        page::{Page, go_done, html},
        say::Say,
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::{purse::merge::Holding, search},
    http::Gateway,
    service::merging::{Merged, Merger, NotMerged, Wish},
    store::{member_list::ListedMember, members::Member},
};

/// So many are shown of those who fit what was typed.
const FOUND_MAX: u64 = 20;

/// What the address says.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct Asked {
    q: String,
    with: String,
}

/// The form: whom, or which merge is taken back.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct MergeForm {
    with: String,
    undo: String,
}

#[derive(Template)]
#[template(path = "members/merge.html")]
struct MergePage {
    page: Page,
    frame: Frame,
    q: String,
    searched: bool,
    found: Vec<Found>,
    preview: Option<Preview>,
    wrong: Option<String>,
    done: Vec<DoneMerge>,
}

struct Found {
    href: String,
    name: String,
    phone: String,
    joined: String,
}

struct Preview {
    id: Uuid,
    name: String,
    phone: String,
    /// What moves, by program.
    moved: Vec<String>,
    /// Shops that may not text them before they join there themselves.
    not_member_at: Vec<String>,
}

struct DoneMerge {
    id: Uuid,
    when: String,
    who: String,
}

/// Whom to merge with, or what would move.
pub(in crate::console) async fn page(
    request: HttpRequest,
    at: AtShop,
    asked: web::Query<Asked>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtMember::find(&request, at, &gateway).await?;
    let Asked { q, with } = asked.into_inner();
    show(&request, &at, &gateway, (q, Uuid::try_parse(&with).ok()), None).await
}

/// Merges, or takes a merge back.
pub(in crate::console) async fn submit(
    request: HttpRequest,
    at: AtShop,
    form: Posted<MergeForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let at = AtMember::find(&request, at, &gateway).await?;
    let Posted(MergeForm { with, undo }) = form;
    let done = match (Uuid::try_parse(&undo), Uuid::try_parse(&with)) {
        (Ok(id), _) => take_back(&at, &gateway, id).await.map(|()| "unmerged"),
        (_, Ok(other)) => {
            find_other(&at, &gateway, other).await?;
            merge(&at, &gateway, other, false).await.map(|_| "merged")
        }
        _ => return Err(Trouble::StaleForm),
    };
    match done {
        Ok(done) => Ok(go_done(&at.base(), done)),
        Err(NotMerged::Store(error)) => Err(error.into()),
        Err(NotMerged::NotFound) => Err(Trouble::NotFound),
        Err(refused) => show(&request, &at, &gateway, (String::new(), None), Some(refused)).await,
    }
}

async fn show(
    request: &HttpRequest,
    at: &AtMember,
    gateway: &Gateway,
    (q, with): (String, Option<Uuid>),
    refused: Option<NotMerged>,
) -> Result<HttpResponse, Trouble> {
    let (page, frame) = at.frame(request, "");
    let say = page.say;
    let mut wrong = refused.as_ref().map(|refused| why_not(say, refused));
    let preview = match with {
        Some(other) => match preview(at, gateway, other, say).await? {
            Ok(preview) => Some(preview),
            Err(refused) => {
                wrong = Some(why_not(say, &refused));
                None
            }
        },
        None => None,
    };
    let sought = search::read(&q).ok();
    let mut found = Vec::new();
    if let Some(sought) = &sought {
        let places = (at.shop.id, at.shop.program_id);
        found = gateway.store.members_sought(at.shop.merchant_id, places, sought, FOUND_MAX).await?;
        found.retain(|listed| listed.id != at.member.id);
    }
    let merges = gateway.store.merges_into(at.member.id).await?.into_iter();
    let done =
        merges.map(|row| DoneMerge { id: row.id, when: say.moment(row.created_at, at.shop.time_zone), who: row.actor });
    let (status, searched) =
        (if wrong.is_some() { StatusCode::CONFLICT } else { StatusCode::OK }, !q.trim().is_empty());
    let found = found.into_iter().map(|listed| found_row(at, say, listed)).collect();
    let done = done.collect();
    Ok(html(status, &MergePage { page, frame, q, searched, found, preview, wrong, done }))
}

fn found_row(at: &AtMember, say: Say, listed: ListedMember) -> Found {
    Found {
        href: format!("{}/merge?with={}", at.base(), listed.id),
        name: display_name(say, listed.first_name.as_deref()),
        phone: shown_phone(&listed.address, &at.viewer),
        joined: say.day(listed.enrolled_at, at.shop.time_zone),
    }
}

/// Another member of the same shop.
async fn find_other(at: &AtMember, gateway: &Gateway, id: Uuid) -> Result<Member, Trouble> {
    let found = gateway.store.member(id).await?.filter(|other| other.merchant_id == at.shop.merchant_id);
    let other = found.ok_or(Trouble::NotFound)?;
    if gateway.store.was_enrolled(id, at.shop.id).await? { Ok(other) } else { Err(Trouble::NotFound) }
}

async fn preview(
    at: &AtMember,
    gateway: &Gateway,
    other: Uuid,
    say: Say,
) -> Result<Result<Preview, NotMerged>, Trouble> {
    let found = find_other(at, gateway, other).await?;
    let merged = match merge(at, gateway, other, true).await {
        Ok(merged) => merged,
        Err(NotMerged::Store(error)) => return Err(error.into()),
        Err(refused) => return Ok(Err(refused)),
    };
    let known = gateway.directory.read();
    let line = |(program_id, holding): (&Uuid, &Holding)| {
        let program = known.directory.program_at(*program_id, gateway.clock.now())?;
        let vouchers = i64::try_from(holding.vouchers.len()).unwrap_or(0);
        let stamps: i64 = holding.stamps.values().sum();
        let parts = [
            Some(points(program, holding.points() + holding.pending_points(), say)),
            (vouchers > 0).then(|| say.n("vouchers-count", vouchers)),
            (stamps > 0).then(|| say.n("stamps-count", stamps)),
        ];
        Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    };
    let name_of = |id: &Uuid| known.directory.shop(*id).map(|shop| shop.name.clone());
    Ok(Ok(Preview {
        id: other,
        name: display_name(say, found.first_name.as_deref()),
        phone: shown_phone(&found.address, &at.viewer),
        moved: merged.holdings.iter().filter_map(line).collect(),
        not_member_at: merged.not_member_at.iter().filter_map(name_of).collect(),
    }))
}

async fn merge(at: &AtMember, gateway: &Gateway, other: Uuid, is_preview: bool) -> Result<Merged, NotMerged> {
    let wish = Wish {
        from: other,
        into: at.member.id,
        merchant_id: at.shop.merchant_id,
        actor: at.viewer.author(),
        is_preview,
    };
    merger(gateway).merge(&wish).await
}

async fn take_back(at: &AtMember, gateway: &Gateway, id: Uuid) -> Result<(), NotMerged> {
    let row = gateway.store.merge(id).await?;
    let row = row.filter(|row| row.merchant_id == at.shop.merchant_id && row.into_member_id == at.member.id);
    merger(gateway).undo(&row.ok_or(NotMerged::NotFound)?, &at.viewer.author()).await.map(drop)
}

fn merger(gateway: &Gateway) -> Merger<'_> {
    Merger { store: &gateway.store, directory: &gateway.directory, now: gateway.clock.now() }
}

fn why_not(say: Say, refused: &NotMerged) -> String {
    match refused {
        NotMerged::Same => say.t("merge-same"),
        NotMerged::MergedAlready => say.t("merge-already"),
        NotMerged::UndoneAlready => say.t("merge-undone"),
        NotMerged::MergedOn => say.t("merge-on"),
        other => other.to_string(),
    }
}
