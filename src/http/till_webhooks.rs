//! What tills call: verified, read, done, and answered 2xx unless another try can better it.

use actix_web::{Error, HttpRequest, HttpResponse, http::StatusCode, web};
use serde::Serialize;
use uuid::Uuid;

use super::{Gateway, problem::Problem};
use crate::{
    service::tills::reports::{PutOff, Reports},
    tills::{Posted, Till, Unreadable},
};

/// The largest report in bytes: an order of two hundred lines, each with taxes, discounts and prices in two currencies.
pub const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

/// What became of a report, for whoever reads the till's log.
#[derive(Serialize)]
struct Taken {
    outcomes: Vec<&'static str>,
}

/// `POST /webhooks/tills/{till_id}`
pub async fn report(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    till_id: web::Path<String>,
    body: Result<web::Bytes, Error>,
) -> Result<HttpResponse, Problem> {
    let till = {
        let known = gateway.directory.read();
        Uuid::parse_str(&till_id).ok().and_then(|id| known.till(id).cloned())
    };
    let till = till.ok_or_else(Problem::not_found)?;
    let body = body.map_err(|error| unreadable_body(&error))?;
    let url = address(&gateway, &till);
    let headers = request.headers().iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    let posted = Posted { url: &url, headers: headers.collect(), body: &body };
    if (till.kind.is_greeting)(&posted) {
        return Ok(HttpResponse::Ok().json(Taken { outcomes: Vec::new() }));
    }
    if !(till.kind.is_signed)(&posted, &till.secret) {
        let from = request.peer_addr().map(|address| address.ip().to_string()).unwrap_or_default();
        gateway.tail.keep_refusal(gateway.clock.now(), request.path(), from, TILLS_SIGNATURE);
        return Err(forged(&till));
    }
    let reported = (till.kind.read)(&posted, &till.options).map_err(unreadable)?;
    let reports = Reports {
        store: &gateway.store,
        directory: &gateway.directory,
        writes: &gateway.writes,
        buyers: &gateway.buyers,
        now: gateway.clock.now(),
    };
    let mut outcomes = Vec::with_capacity(reported.len());
    for one in reported {
        let taken = reports.take(&till, one).await;
        count(&till, taken.as_ref().map_or("put_off", |outcome| outcome.word()));
        outcomes.push(taken.map_err(put_off)?.word());
    }
    Ok(HttpResponse::Ok().json(Taken { outcomes }))
}

/// The address that a till was told to call: ours, unless its owner says otherwise.
fn address(gateway: &Gateway, till: &Till) -> String {
    till.options.notification_url.clone().unwrap_or_else(|| public_address(gateway, till.id))
}

/// The address of a till at this gateway.
pub fn public_address(gateway: &Gateway, till_id: Uuid) -> String {
    let base = gateway.settings.server.public_url.as_str().trim_end_matches('/');
    format!("{base}/webhooks/tills/{till_id}")
}

fn count(till: &Till, outcome: &'static str) {
    metrics::counter!("regulars_till_reports_total", "kind" => till.kind.name, "outcome" => outcome).increment(1);
}

/// Why a till's call is refused.
const TILLS_SIGNATURE: &str = "till's signature";

fn forged(till: &Till) -> Problem {
    let why = TILLS_SIGNATURE;
    metrics::counter!("regulars_webhooks_refused_total", "why" => why).increment(1);
    tracing::warn!(why, till = %till.id, "a webhook was refused");
    let detail = "The signature does not fit. Check that the till was told exactly the address that GET shows, and that its \
                  secret is the one that was given here.";
    Problem::new(StatusCode::FORBIDDEN, detail)
}

fn unreadable(why: Unreadable) -> Problem {
    metrics::counter!("regulars_webhooks_unreadable_total").increment(1);
    Problem::new(StatusCode::BAD_REQUEST, format!("This cannot be read: {why}."))
}

fn unreadable_body(error: &Error) -> Problem {
    metrics::counter!("regulars_webhooks_unreadable_total").increment(1);
    match error.as_response_error().status_code() {
        status @ StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new(status, format!("A report has at most {BODY_BYTES_MAX} bytes."))
        }
        _ => Problem::new(StatusCode::BAD_REQUEST, format!("The body cannot be read: {error}")),
    }
}

/// A till tries again what is answered so.
fn put_off(why: PutOff) -> Problem {
    if let PutOff::Store(error) = why {
        return error.into();
    }
    metrics::counter!("regulars_webhooks_put_off_total").increment(1);
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, why.to_string())
}
