//! The cookie that makes a browser a till: as long-lived as browsers allow, out of reach of scripts.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};

use super::door::gateway;
use crate::http::Gateway;

/// For how long a browser stays a till without being opened. (RFC 6265bis, 5.5: no cookie lives longer)
const DAYS: i64 = 400;
/// The longest token that is looked up; ours have 64 characters.
const TOKEN_CHARS_MAX: usize = 128;

/// The token that this browser keeps as a till.
pub(super) fn token_of(request: &HttpRequest) -> Option<String> {
    let gateway = gateway(request).ok()?;
    let cookie = request.cookie(name(&gateway))?;
    Some(cookie.value().to_owned()).filter(|token| !token.is_empty() && token.len() <= TOKEN_CHARS_MAX)
}

/// What this browser is to keep as a till.
pub(super) fn cookie(gateway: &Gateway, token: &str) -> Cookie<'static> {
    Cookie::build(name(gateway), token.to_owned())
        .path("/")
        .http_only(true)
        .secure(is_secure(gateway))
        .same_site(SameSite::Lax)
        .max_age(Duration::days(DAYS))
        .finish()
}

fn name(gateway: &Gateway) -> &'static str {
    if is_secure(gateway) { "__Host-regulars-till" } else { "regulars-till" }
}

fn is_secure(gateway: &Gateway) -> bool {
    gateway.settings.server.public_url.scheme() == "https"
}
