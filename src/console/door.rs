//! The door of every page: who comes, whether they may, and that no other site sent them. What is refused is a page too.

use std::rc::Rc;

use actix_web::{
    Error, HttpMessage, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web,
};
use secrecy::ExposeSecret;
use tracing_actix_web::RequestId;

use super::{
    access::{Access, Who, is_read},
    cookies::{self, Kept},
    page::go,
    say::Say,
    trouble::Trouble,
    viewer::Viewer,
};
use crate::{
    http::Gateway,
    service::people::sign_in::{KeptOut, Knock, SignedIn, recognise},
};

/// What every page says to browsers: nothing from elsewhere, nothing inline, no frames, no guesses.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
         manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(self), geolocation=(), microphone=()"),
];

/// Finds out who comes, refuses what another site sent, and turns every refusal into a page.
pub(super) async fn open(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = match greet(&request).await {
        Ok(()) => next.call(request).await?.map_into_boxed_body(),
        Err(trouble) => request.error_response(trouble),
    };
    let trouble = response.response().error().map(Trouble::of_error);
    let mut response = match trouble {
        None => response,
        Some(trouble) => {
            let request = response.request().clone();
            if let Trouble::Failed(cause) = &trouble {
                let request_id = request.extensions().get::<RequestId>().map(ToString::to_string);
                tracing::error!(request_id, %cause, "a page failed");
            }
            response.into_response(trouble.page(&request).await)
        }
    };
    put_headers(response.headers_mut());
    Ok(response)
}

async fn greet(request: &ServiceRequest) -> Result<(), Trouble> {
    if !is_read(request.method()) && is_from_elsewhere(request.headers()) {
        return Err(Trouble::FromElsewhere);
    }
    let gateway = gateway(request.request())?;
    let Some(token) = cookies::read(request.request(), Kept::Session) else { return Ok(()) };
    let now = gateway.clock.now();
    if let Some((session, person)) = recognise(&gateway.store, now, &token).await? {
        if !is_read(request.method()) {
            gateway.rush.count(&session.token_hash).map_err(|wait| Trouble::TooMany(wait.as_secs() + 1))?;
        }
        request.extensions_mut().insert(Rc::new(Viewer::new(session, person)));
    }
    Ok(())
}

/// Lets in who may come here.
pub(super) async fn admit(
    access: Access,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let viewer = request.extensions().get::<Rc<Viewer>>().cloned();
    match may_enter(access, &request, viewer.as_deref()) {
        Ok(()) => Ok(next.call(request).await?.map_into_boxed_body()),
        Err(trouble) => Ok(request.error_response(trouble)),
    }
}

fn may_enter(access: Access, request: &ServiceRequest, viewer: Option<&Viewer>) -> Result<(), Trouble> {
    let who = access.of(request.method());
    if who == Who::Anyone {
        return Ok(());
    }
    let is_fully_in = |viewer: &&Viewer| !viewer.waits_for_code && (viewer.device_id.is_none() || access.takes_pins());
    match viewer.filter(is_fully_in) {
        None => {
            let next = is_read(request.method()).then(|| request.uri().to_string());
            Err(Trouble::NotSignedIn(next))
        }
        Some(viewer) if who.includes(&viewer.person) => Ok(()),
        Some(_) => Err(Trouble::NotAllowed),
    }
}

/// Whether another site's page had the browser send this. Browsers say so by themselves (Fetch Metadata), old ones by Origin.
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    let word = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = word(HeaderName::from_static("sec-fetch-site")) {
        return site != "same-origin" && site != "none";
    }
    match (word(header::ORIGIN), word(header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, of)| of != host),
        (Some(_), None) => true,
        (None, _) => false,
    }
}

fn put_headers(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// The gateway behind a request.
pub(super) fn gateway(request: &HttpRequest) -> Result<web::Data<Gateway>, Trouble> {
    request.app_data::<web::Data<Gateway>>().cloned().ok_or_else(|| Trouble::Failed("no gateway".to_owned()))
}

/// Who knocks, for signing in.
pub(super) fn knock_of(request: &HttpRequest) -> Knock {
    let agent = request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    Knock {
        address: request.peer_addr().map(|address| address.ip()),
        agent: agent.unwrap_or_default().to_owned(),
        former: cookies::read(request, Kept::Session),
        known: cookies::read(request, Kept::Known),
    }
}

/// Leads somebody who signed in to where they are going; their browser keeps the session.
pub(super) fn let_in(gateway: &Gateway, to: impl Into<String>, signed_in: &SignedIn) -> Result<HttpResponse, Trouble> {
    let mut response = go(to.into());
    cookies::put(&mut response, gateway, Kept::Session, Some(signed_in.token.expose_secret()))?;
    if let Some(known) = &signed_in.known {
        cookies::put(&mut response, gateway, Kept::Known, Some(known))?;
    }
    Ok(response)
}

/// How somebody is told why they are not let in; `wrong` is the text for what was not right.
pub(super) fn kept_out(say: Say, wrong: &str, why: KeptOut) -> Result<(StatusCode, String), Trouble> {
    match why {
        KeptOut::Wrong => Ok((StatusCode::UNPROCESSABLE_ENTITY, say.t(wrong))),
        KeptOut::TooOften(seconds) => Ok((StatusCode::TOO_MANY_REQUESTS, say.n("sign-in-too-often", seconds))),
        KeptOut::Store(error) => Err(error.into()),
        KeptOut::Vault(error) => Err(Trouble::Failed(error.to_string())),
    }
}
