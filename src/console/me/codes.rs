//! My one-time codes: a picture to scan, a first code to show that it works, recovery codes to keep.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use fast_qr::{QRBuilder, convert::svg::SvgBuilder};
use secrecy::SecretString;
use serde::Deserialize;

use super::refused_as;
use crate::{
    console::{
        form::{Hints, Posted},
        page::{Page, go, go_done, html},
        trouble::Trouble,
        viewer::{Seen, Viewer},
    },
    http::Gateway,
    secrets::VaultError,
    service::people::one_time::{self, Pending},
};

#[derive(Template)]
#[template(path = "codes.html")]
struct CodesPage {
    page: Page,
    pending: Pending,
    spaced: String,
    picture: String,
    hints: Hints,
}

#[derive(Template)]
#[template(path = "recovery.html")]
struct RecoveryPage {
    page: Page,
    codes: Vec<String>,
}

/// The form that shows that the app works.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct OnForm {
    sealed: String,
    code: String,
}

/// The form that shows that it is me.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct ProofForm {
    proof: SecretString,
}

/// A picture to scan.
pub(in crate::console) async fn page(
    request: HttpRequest,
    seen: Seen,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let row = gateway.store.person(seen.0.person.id).await?.ok_or(Trouble::NotFound)?;
    if row.totp_sealed.is_some() {
        return Ok(go("/console/me"));
    }
    let pending = one_time::begin(&gateway.vault, &row.person).map_err(failed)?;
    show(&request, StatusCode::OK, pending, Hints::default())
}

/// Turns them on.
pub(in crate::console) async fn turn_on(
    request: HttpRequest,
    seen: Seen,
    form: Posted<OnForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let (Seen(viewer), Posted(form)) = (seen, form);
    let pending = one_time::again(&gateway.vault, &viewer.person, &form.sealed).map_err(|_| Trouble::StaleForm)?;
    let whose = (viewer.person.id, &*viewer.token_hash);
    match one_time::turn_on(gateway.change(&viewer.author()), whose, &form.sealed, &form.code).await {
        Ok(codes) => Ok(show_recovery(&request, codes)),
        Err(refused) => {
            let (status, hints) = refused_as(Page::of(&request, "").say, "code", refused)?;
            show(&request, status, pending, hints)
        }
    }
}

/// Turns them off.
pub(in crate::console) async fn turn_off(
    request: HttpRequest,
    seen: Seen,
    form: Posted<ProofForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let (Seen(viewer), Posted(form)) = (seen, form);
    match one_time::turn_off(gateway.change(&viewer.author()), viewer.person.id, &form.proof).await {
        Ok(()) => Ok(go_done("/console/me", "codes-off")),
        Err(refused) => refuse(&request, &gateway, &viewer, refused).await,
    }
}

/// Makes new recovery codes.
pub(in crate::console) async fn renew(
    request: HttpRequest,
    seen: Seen,
    form: Posted<ProofForm>,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let (Seen(viewer), Posted(form)) = (seen, form);
    match one_time::renew_recovery(gateway.change(&viewer.author()), viewer.person.id, &form.proof).await {
        Ok(codes) => Ok(show_recovery(&request, codes)),
        Err(refused) => refuse(&request, &gateway, &viewer, refused).await,
    }
}

async fn refuse(
    request: &HttpRequest,
    gateway: &Gateway,
    viewer: &Viewer,
    refused: crate::service::people::own::NotDone,
) -> Result<HttpResponse, Trouble> {
    let (status, hints) = refused_as(Page::of(request, "").say, "proof", refused)?;
    super::show(request, gateway, viewer, status, None, hints).await
}

fn show(request: &HttpRequest, status: StatusCode, pending: Pending, hints: Hints) -> Result<HttpResponse, Trouble> {
    let picture =
        drawn(&pending.address).ok_or_else(|| Trouble::Failed("a secret does not fit a QR code".to_owned()))?;
    let signs: Vec<char> = pending.secret.chars().collect();
    let spaced = signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ");
    Ok(html(status, &CodesPage { page: Page::of(request, "").titled("codes"), pending, spaced, picture, hints }))
}

fn show_recovery(request: &HttpRequest, codes: Vec<String>) -> HttpResponse {
    html(StatusCode::OK, &RecoveryPage { page: Page::of(request, "").titled("recovery"), codes })
}

/// A QR code as an image in the page: its secret lies at no address.
fn drawn(address: &str) -> Option<String> {
    let code = QRBuilder::new(address).build().ok()?;
    let svg = SvgBuilder::default().to_str(&code);
    Some(format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(svg)))
}

fn failed(error: VaultError) -> Trouble {
    Trouble::Failed(error.to_string())
}
