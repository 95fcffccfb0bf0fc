//! One of a merchant's people, or of the operators: their post, a new password, their end here.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{crowd::Crowd, read_post, refusal, show_link};
use crate::{
    console::{
        form::{Hints, Posted},
        page::{Page, go, go_done, html},
        trouble::Trouble,
        viewer::id_in,
    },
    http::Gateway,
    service::{
        change::ChangeError,
        people::{inviting, keeping},
    },
    store::people::PersonRow,
};

#[derive(Template)]
#[template(path = "person.html")]
struct PersonPage {
    page: Page,
    crowd: Crowd,
    row: PersonRow,
    form: PostForm,
    since: String,
    seen: Option<String>,
    hints: Hints,
    notice: Option<String>,
}

/// The form of a post.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct PostForm {
    role: String,
    shop: String,
}

/// Their page.
pub(in crate::console) async fn page(
    request: HttpRequest,
    crowd: Crowd,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    show(&request, &gateway, crowd, StatusCode::OK, (None, Hints::default(), None)).await
}

/// Gives them another post.
pub(in crate::console) async fn appoint(
    request: HttpRequest,
    crowd: Crowd,
    form: Posted<PostForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(form) = form;
    let merchant_id = crowd.merchant_id.ok_or(Trouble::NotFound)?;
    let id = id_in(&request, "person_id")?;
    let appointed = match read_post(&crowd, &form.role, &form.shop) {
        Ok(post) => keeping::appoint(gateway.change(&crowd.viewer.author()), merchant_id, id, post).await,
        Err(mistake) => Err(mistake),
    };
    match appointed {
        // Whoever is no owner any more sees these pages no more.
        Ok(()) if id == crowd.viewer.person.id => Ok(go("/console")),
        Ok(()) => Ok(go_done(&format!("{}/{id}", crowd.base()), "appointed")),
        Err(error) => refuse(&request, &gateway, crowd, Some(form), error).await,
    }
}

/// Makes a link by which they choose a new password.
pub(in crate::console) async fn link(
    request: HttpRequest,
    crowd: Crowd,
    form: Posted<Vec<(String, String)>>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(_) = form;
    let id = id_in(&request, "person_id")?;
    match inviting::invite_again(gateway.change(&crowd.viewer.author()), crowd.merchant_id, id).await {
        Ok((row, token)) => {
            let back = format!("{}/{id}", crowd.base());
            Ok(show_link(crowd.frame(&request), &gateway, back, &row, &token))
        }
        Err(error) => refuse(&request, &gateway, crowd, None, error).await,
    }
}

/// Takes their one-time codes from them.
pub(in crate::console) async fn drop_codes(
    request: HttpRequest,
    crowd: Crowd,
    form: Posted<Vec<(String, String)>>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(_) = form;
    let id = id_in(&request, "person_id")?;
    keeping::drop_codes(gateway.change(&crowd.viewer.author()), crowd.merchant_id, id).await?;
    Ok(go_done(&format!("{}/{id}", crowd.base()), "codes-dropped"))
}

/// Removes them.
pub(in crate::console) async fn remove(
    request: HttpRequest,
    crowd: Crowd,
    form: Posted<Vec<(String, String)>>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let Posted(_) = form;
    let id = id_in(&request, "person_id")?;
    match keeping::remove(gateway.change(&crowd.viewer.author()), crowd.merchant_id, id).await {
        Ok(()) if id == crowd.viewer.person.id => Ok(go("/console/sign-in")),
        Ok(()) => Ok(go_done(&crowd.base(), "person-removed")),
        Err(error) => refuse(&request, &gateway, crowd, None, error).await,
    }
}

async fn refuse(
    request: &HttpRequest,
    gateway: &Gateway,
    crowd: Crowd,
    form: Option<PostForm>,
    error: ChangeError,
) -> Result<HttpResponse, Trouble> {
    let (hints, notice) = refusal(Page::of(request, "").say, error)?;
    show(request, gateway, crowd, StatusCode::UNPROCESSABLE_ENTITY, (form, hints, notice)).await
}

async fn show(
    request: &HttpRequest,
    gateway: &Gateway,
    crowd: Crowd,
    status: StatusCode,
    (form, hints, notice): (Option<PostForm>, Hints, Option<String>),
) -> Result<HttpResponse, Trouble> {
    let row = find(gateway, &crowd, id_in(request, "person_id")?).await?;
    let page = crowd.frame(request).named(&row.person.name);
    let form = form.unwrap_or_else(|| PostForm {
        role: row.person.role.word().to_owned(),
        shop: row.person.shop_id.map(|id| id.to_string()).unwrap_or_default(),
    });
    let since = page.say.day(row.created_at, crowd.zone);
    let seen = row.seen_at.map(|at| page.say.moment(at, crowd.zone));
    Ok(html(status, &PersonPage { page, crowd, row, form, since, seen, hints, notice }))
}

async fn find(gateway: &Gateway, crowd: &Crowd, id: Uuid) -> Result<PersonRow, Trouble> {
    let is_theirs = |row: &PersonRow| row.person.merchant_id == crowd.merchant_id && row.removed_at.is_none();
    gateway.store.person(id).await?.filter(is_theirs).ok_or(Trouble::NotFound)
}
