//! Whoever is at the till changes their own PIN: the one they have, and the one they want twice.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use secrecy::SecretString;
use serde::Deserialize;

use super::{AtTill, frame::Frame};
use crate::{
    console::{
        form::{Hints, Posted},
        me::refused_as,
        page::html,
        trouble::Trouble,
    },
    service::people::pins::{self, OwnPin},
};

/// The fields of the form, each with its text.
const FIELDS: [(&str, &str); 3] = [("present-pin", "present-pin"), ("pin", "new-pin"), ("again", "pin-again")];

#[derive(Template)]
#[template(path = "till/own_pin.html")]
struct OwnPinPage {
    frame: Frame,
    has_pin: bool,
    is_done: bool,
    hints: Hints,
    fields: [(&'static str, &'static str); 3],
}

/// The form.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct OwnPinForm {
    #[serde(rename = "present-pin")]
    present: SecretString,
    pin: SecretString,
    again: SecretString,
}

/// The form, empty.
pub(in crate::console) async fn page(request: HttpRequest, at: AtTill) -> Result<HttpResponse, Trouble> {
    show(&request, &at, StatusCode::OK, Hints::default(), false).await
}

/// Changes it.
pub(in crate::console) async fn submit(
    request: HttpRequest,
    at: AtTill,
    form: Posted<OwnPinForm>,
) -> Result<HttpResponse, Trouble> {
    let Posted(OwnPinForm { present, pin, again }) = form;
    let whose = (at.viewer.person.id, &*at.viewer.token_hash);
    let (author, wanted) = (at.viewer.author(), OwnPin { present: &present, new: &pin, again: &again });
    match pins::change_own(at.gateway.change(&author), whose, at.device.as_ref(), wanted).await {
        Ok(()) => show(&request, &at, StatusCode::OK, Hints::default(), true).await,
        Err(refused) => {
            let say = super::frame::say_of(&request, &at);
            let (status, hints) = refused_as(say, "present-pin", refused)?;
            show(&request, &at, status, hints, false).await
        }
    }
}

async fn show(
    request: &HttpRequest,
    at: &AtTill,
    status: StatusCode,
    hints: Hints,
    is_done: bool,
) -> Result<HttpResponse, Trouble> {
    let row = at.gateway.store.person(at.viewer.person.id).await?.ok_or(Trouble::NotFound)?;
    let frame = Frame::of(request, at, "own-pin").await?;
    let page = OwnPinPage { frame, has_pin: row.pin_hash.is_some(), is_done, hints, fields: FIELDS };
    Ok(html(status, &page))
}
