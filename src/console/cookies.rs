//! What browsers keep for us, each out of reach of scripts, for this host alone, and on https where there is https.
//! (RFC 6265bis, 4.1.3.2)

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
};

use super::{door::gateway, trouble::Trouble};
use crate::{http::Gateway, service::people::sign_in::SESSION_DAYS};

/// The longest value that is looked at; ours stay below.
const CHARS_MAX: usize = 128;
/// The longest life of a cookie, in days. (RFC 6265bis, 5.5)
const DAYS_MAX: i64 = 400;

/// What a browser keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// The token of a session.
    Session,
    /// The token that makes it a till.
    Till,
    /// That somebody came in by it.
    Known,
}

impl Kept {
    /// What it is called: on https, so that no other host can set it.
    fn name(self, gateway: &Gateway) -> &'static str {
        match (self, is_secure(gateway)) {
            (Self::Session, true) => "__Host-regulars",
            (Self::Session, false) => "regulars",
            (Self::Till, true) => "__Host-regulars-till",
            (Self::Till, false) => "regulars-till",
            (Self::Known, true) => "__Host-regulars-known",
            (Self::Known, false) => "regulars-known",
        }
    }

    fn days(self) -> i64 {
        if self == Self::Session { SESSION_DAYS } else { DAYS_MAX }
    }
}

/// What the browser that asks keeps.
pub(super) fn read(request: &HttpRequest, kept: Kept) -> Option<String> {
    let gateway = gateway(request).ok()?;
    let cookie = request.cookie(kept.name(&gateway))?;
    Some(cookie.value().to_owned()).filter(|value| !value.is_empty() && value.len() <= CHARS_MAX)
}

/// Has the browser keep a value; nothing: forget it.
pub(super) fn put(
    response: &mut HttpResponse,
    gateway: &Gateway,
    kept: Kept,
    value: Option<&str>,
) -> Result<(), Trouble> {
    let lasts = value.map_or(Duration::ZERO, |_| Duration::days(kept.days()));
    let cookie = Cookie::build(kept.name(gateway), value.unwrap_or_default().to_owned())
        .path("/")
        .http_only(true)
        .secure(is_secure(gateway))
        .same_site(SameSite::Lax)
        .max_age(lasts)
        .finish();
    response.add_cookie(&cookie).map_err(|error| Trouble::Failed(error.to_string()))
}

fn is_secure(gateway: &Gateway) -> bool {
    gateway.settings.server.public_url.scheme() == "https"
}
