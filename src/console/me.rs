//! One's own page: name, language, password, one-time codes, and where one is signed in.

pub(super) mod codes;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use chrono_tz::Tz;
use secrecy::SecretString;
use serde::Deserialize;

use super::{
    browser, door,
    form::{Hints, Posted},
    hints,
    page::{Page, go_done, html},
    say::Say,
    trouble::Trouble,
    viewer::{Seen, Viewer},
};
use crate::{
    domain::language::Language,
    http::Gateway,
    service::{
        change::ChangeError,
        people::{
            one_time,
            own::{self, NotDone},
            pins::{self, OwnPin},
        },
    },
    store::sessions::SessionRow,
};

#[derive(Template)]
#[template(path = "me.html")]
struct MePage {
    page: Page,
    languages: Vec<(&'static str, String)>,
    name: String,
    sessions: Vec<Session>,
    has_codes: bool,
    codes_left: usize,
    can_have_codes: bool,
    has_pin: bool,
    hints: Hints,
}

/// Where one is signed in.
struct Session {
    mark: String,
    browser: String,
    is_this: bool,
    is_at_till: bool,
    since: String,
    seen: String,
}

/// The form of the language.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct MeForm {
    language: String,
}

/// The form of the name.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct NameForm {
    name: String,
}

/// The form of the password.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct PasswordForm {
    present: SecretString,
    password: SecretString,
}

/// The form of the PIN.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct PinForm {
    #[serde(rename = "present-pin")]
    present: SecretString,
    pin: SecretString,
    again: SecretString,
}

/// Which session to end; none: all others.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct SessionForm {
    mark: String,
}

/// Who I am here.
pub(super) async fn page(
    request: HttpRequest,
    seen: Seen,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    show(&request, &gateway, &seen.0, StatusCode::OK, None, Hints::default()).await
}

/// Changes my language.
pub(super) async fn submit(
    seen: Seen,
    form: Posted<MeForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let (Seen(viewer), Posted(form)) = (seen, form);
    let known = Say::all().any(|(code, _)| code == form.language);
    let language = Language::from_code(&form.language).filter(|_| known).ok_or(Trouble::StaleForm)?;
    own::choose_language(&gateway.store, viewer.person.id, language).await?;
    Ok(go_done("/console/me", "language"))
}

/// Changes my name.
pub(super) async fn rename(
    request: HttpRequest,
    seen: Seen,
    form: Posted<NameForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let (Seen(viewer), Posted(form)) = (seen, form);
    match own::rename(gateway.change(&viewer.author()), viewer.person.id, &form.name).await {
        Ok(()) => Ok(go_done("/console/me", "name")),
        Err(ChangeError::Mistaken(mistakes)) => {
            let hints = hints::of(Page::of(&request, "").say, mistakes);
            show(&request, &gateway, &viewer, StatusCode::UNPROCESSABLE_ENTITY, Some(form.name), hints).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Changes my password.
pub(super) async fn change_password(
    request: HttpRequest,
    seen: Seen,
    form: Posted<PasswordForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let (Seen(viewer), Posted(form)) = (seen, form);
    let whose = (viewer.person.id, &*viewer.token_hash);
    match own::change_password(gateway.change(&viewer.author()), whose, &form.present, &form.password).await {
        Ok(()) => Ok(go_done("/console/me", "password")),
        Err(refused) => {
            let (status, hints) = refused_as(Page::of(&request, "").say, "present", refused)?;
            show(&request, &gateway, &viewer, status, None, hints).await
        }
    }
}

/// Changes my PIN for the till.
pub(super) async fn change_pin(
    request: HttpRequest,
    seen: Seen,
    form: Posted<PinForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let (Seen(viewer), Posted(PinForm { present, pin, again })) = (seen, form);
    let whose = (viewer.person.id, &*viewer.token_hash);
    let wanted = OwnPin { present: &present, new: &pin, again: &again };
    match pins::change_own(gateway.change(&viewer.author()), whose, None, wanted).await {
        Ok(()) => Ok(go_done("/console/me", "own-pin")),
        Err(refused) => {
            let (status, hints) = refused_as(Page::of(&request, "").say, "present-pin", refused)?;
            show(&request, &gateway, &viewer, status, None, hints).await
        }
    }
}

/// Ends a session of mine, or all others.
pub(super) async fn end_sessions(
    seen: Seen,
    form: Posted<SessionForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let (Seen(viewer), Posted(form)) = (seen, form);
    let author = viewer.author();
    let change = gateway.change(&author);
    if form.mark.is_empty() {
        own::end_other_sessions(change, &viewer.person, &viewer.token_hash).await?;
    } else {
        own::end_session(change, &viewer.person, &form.mark).await?;
    }
    Ok(go_done("/console/me", "sessions"))
}

/// What was refused, at the field that asks for what one knows.
pub(super) fn refused_as(say: Say, field: &str, refused: NotDone) -> Result<(StatusCode, Hints), Trouble> {
    let mut hints = Hints::default();
    let status = match refused {
        NotDone::KeptOut(why) => {
            let (status, wrong) = door::kept_out(say, &format!("hint-{field}-wrong"), why)?;
            hints.add(field, wrong);
            status
        }
        NotDone::Change(ChangeError::Mistaken(mistakes)) => {
            hints = hints::of(say, mistakes);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        NotDone::Change(error) => return Err(error.into()),
    };
    Ok((status, hints))
}

/// The page, with what was wrong.
pub(super) async fn show(
    request: &HttpRequest,
    gateway: &Gateway,
    viewer: &Viewer,
    status: StatusCode,
    name: Option<String>,
    hints: Hints,
) -> Result<HttpResponse, Trouble> {
    let page = Page::of(request, "").titled("me");
    let id = viewer.person.id;
    let row = gateway.store.person(id).await?.ok_or(Trouble::NotFound)?;
    let zone = viewer.shops(gateway).first().map_or(Tz::UTC, |shop| shop.time_zone);
    let now = gateway.clock.now().timestamp_millis();
    let sessions = gateway.store.sessions_of(id).await?.into_iter();
    let sessions = sessions.filter(|session| session.ends_at > now && !session.waits_for_code);
    let sessions = sessions.map(|session| told(&session, viewer, page.say, zone)).collect();
    let codes_left = one_time::recovery_codes_left(&gateway.vault, &row).unwrap_or_default();
    let me = MePage {
        page,
        languages: Say::all().collect(),
        name: name.unwrap_or(row.person.name),
        sessions,
        has_codes: row.totp_sealed.is_some(),
        has_pin: row.pin_hash.is_some(),
        codes_left,
        can_have_codes: !gateway.vault.derive("one-time codes").is_empty(),
        hints,
    };
    Ok(html(status, &me))
}

fn told(session: &SessionRow, viewer: &Viewer, say: Say, zone: Tz) -> Session {
    Session {
        mark: own::mark_of(session),
        browser: browser::told(say, &session.agent),
        is_this: session.token_hash == viewer.token_hash,
        is_at_till: session.device_id.is_some(),
        since: say.moment(session.created_at, zone),
        seen: say.moment(session.seen_at, zone),
    }
}
