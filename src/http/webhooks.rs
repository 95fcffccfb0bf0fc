//! What providers call: a text came in, a receipt came in. Verified, handed to a batch, answered after the commit.

use actix_web::{Error, HttpRequest, HttpResponse, http::StatusCode, web};
use tracing_actix_web::RequestId;
use uuid::Uuid;

use super::{Gateway, problem::Problem};
use crate::{
    providers::{
        Unreadable,
        twilio::{
            error_code::{Class, classify},
            form::Form,
            inbound::{account_sid, read_inbound, read_receipt, service_sid},
            signature::{SETTINGS_HEADER, Signed, verify},
        },
    },
    service::{batch::NotTaken, receipt::ArrivedReceipt, receive::Arrival, write::Write},
};

/// The answer that makes a provider send nothing on our behalf. (`text/plain` would be texted to the person.)
const EMPTY_TWIML: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Response/>"#;

/// `POST /webhooks/twilio/messages`
pub async fn messages(
    request: HttpRequest,
    request_id: RequestId,
    gateway: web::Data<Gateway>,
    body: Result<web::Bytes, Error>,
) -> Result<HttpResponse, Problem> {
    let body = body.map_err(|error| unreadable_body(&error, &gateway))?;
    let (account_id, form) = authenticate(&request, &gateway, &body, "To")?;
    let inbound = read_inbound(&form).map_err(unreadable_form)?;
    let arrival = Arrival { account_id, inbound, request_id: request_id.to_string(), received_at: gateway.clock.now() };
    metrics::counter!("regulars_inbound_total").increment(1);
    answer(gateway.writes.put(Write::Text(Box::new(arrival))).await)
}

/// `POST /webhooks/twilio/status`
pub async fn status(
    request: HttpRequest,
    gateway: web::Data<Gateway>,
    body: Result<web::Bytes, Error>,
) -> Result<HttpResponse, Problem> {
    let body = body.map_err(|error| unreadable_body(&error, &gateway))?;
    let (account_id, form) = authenticate(&request, &gateway, &body, "From")?;
    let receipt = read_receipt(&form).map_err(unreadable_form)?;
    let is_opt_out = receipt.error_code.is_some_and(|code| classify(code) == Class::OptOut);
    let arrived = ArrivedReceipt { account_id, receipt, is_opt_out, received_at: gateway.clock.now() };
    metrics::counter!("regulars_receipts_total").increment(1);
    answer(gateway.writes.put(Write::Receipt(Box::new(arrived))).await)
}

/// The account that the request speaks for, and its form, once the signature holds.
/// `sender` names the parameter that has our sender's address.
fn authenticate<'body>(
    request: &HttpRequest,
    gateway: &Gateway,
    body: &'body [u8],
    sender: &str,
) -> Result<(Uuid, Form<'body>), Problem> {
    let form = Form::parse(body).map_err(unreadable_form)?;
    let account = {
        let known = gateway.directory.read();
        known.account_of(account_sid(&form), form.get_filled(sender), service_sid(&form)).cloned()
    };
    let account = account.ok_or_else(|| forged("unknown account", request, gateway))?;
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let signed = Signed {
        url: &public_url(gateway, request),
        signature: header(&account.signature_header).unwrap_or_default(),
        settings: header(SETTINGS_HEADER),
        body,
        form: Some(&form),
    };
    if verify(&account.signing_keys, &signed) {
        Ok((account.id, form))
    } else {
        Err(forged("wrong signature", request, gateway))
    }
}

/// The address as the provider called it: our public URL, which may have a path of its own, then path and query.
fn public_url(gateway: &Gateway, request: &HttpRequest) -> String {
    let base = gateway.settings.server.public_url.as_str().trim_end_matches('/');
    let path_and_query = request.uri().path_and_query().map_or("/", |path| path.as_str());
    format!("{base}{path_and_query}")
}

fn forged(why: &'static str, request: &HttpRequest, gateway: &Gateway) -> Problem {
    let from = request.peer_addr().map(|address| address.ip().to_string()).unwrap_or_default();
    gateway.tail.keep_refusal(gateway.clock.now(), request.path(), from, why);
    metrics::counter!("regulars_webhooks_refused_total", "why" => why).increment(1);
    tracing::warn!(why, "a webhook was refused");
    let detail = "The signature does not fit. Check that the provider calls exactly server.public_url, and that \
                  the account's token is the one in force.";
    Problem::new(StatusCode::FORBIDDEN, detail)
}

fn unreadable_form(why: Unreadable) -> Problem {
    unreadable(StatusCode::BAD_REQUEST, why.to_string())
}

/// Too large, cut off, or packed in a way that we do not unpack.
fn unreadable_body(error: &Error, gateway: &Gateway) -> Problem {
    let most = gateway.settings.server.body_bytes_max;
    match error.as_response_error().status_code() {
        status @ StatusCode::PAYLOAD_TOO_LARGE => {
            unreadable(status, format!("The body has more than {most} bytes (server.body_bytes_max)."))
        }
        _ => unreadable(StatusCode::BAD_REQUEST, format!("The body cannot be read: {error}")),
    }
}

fn unreadable(status: StatusCode, why: String) -> Problem {
    metrics::counter!("regulars_webhooks_unreadable_total").increment(1);
    Problem::new(status, why)
}

fn answer(taken: Result<(), NotTaken>) -> Result<HttpResponse, Problem> {
    match taken {
        Ok(()) => Ok(HttpResponse::Ok().content_type("text/xml; charset=utf-8").body(EMPTY_TWIML)),
        Err(NotTaken::Poisoned) => Err(Problem::internal("a text could not be written")),
        Err(not_taken) => {
            metrics::counter!("regulars_webhooks_put_off_total").increment(1);
            Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, not_taken.to_string()))
        }
    }
}
