//! The Messages API: create, list, fetch.
//!
//! Source: <https://www.twilio.com/docs/messaging/api/message-resource> and Twilio's OpenAPI description.

use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use base64::{Engine, prelude::BASE64_STANDARD};
use subtle::ConstantTimeEq;

use super::blocks::Admission;
use super::faults::FaultKind;
use super::form::Form;
use super::mailbox::NewMessage;
use super::message::{Direction, Message, Status};
use super::refusal::Refusal;
use super::switchboard::{Event, Switchboard};
use super::{callbacks, connection, listing};
use crate::domain::address::Address;
use crate::domain::message::DeliveryStatus;

/// Longest body of a create, in characters (21617).
const BODY_CHARS_MAX: usize = 1600;
/// Most media links of a create.
const MEDIA_MAX: usize = 10;

/// The three routes, below the prefix.
pub(super) fn mount(routes: &mut web::ServiceConfig, prefix: &str) {
    let messages = format!("{prefix}/2010-04-01/Accounts/{{account}}/Messages.json");
    let message = format!("{prefix}/2010-04-01/Accounts/{{account}}/Messages/{{sid}}.json");
    let other_methods = || web::to(async || Refusal::method_not_allowed().response());
    let messages = web::resource(messages).route(web::post().to(create)).route(web::get().to(list));
    let message = web::resource(message).route(web::get().to(fetch));
    routes.service(messages.default_service(other_methods())).service(message.default_service(other_methods()));
}

async fn create(
    board: web::Data<Switchboard>,
    account: web::Path<String>,
    body: web::Bytes,
    request: HttpRequest,
) -> HttpResponse {
    if let Err(refusal) = authorise(&board, &account, &request) {
        return refusal.response();
    }
    let form = Form::read(&body);
    match board.next_fault(form.get("To").unwrap_or_default()) {
        None => answer_create(&board, &form),
        Some(fault) => go_wrong(&board, &form, fault, &request).await,
    }
}

fn answer_create(board: &web::Data<Switchboard>, form: &Form) -> HttpResponse {
    match take(board, form) {
        Ok(message) => {
            let settings = &board.settings;
            HttpResponse::Created().json(message.resource(&settings.account_sid, &settings.path_prefix))
        }
        Err(refusal) => refusal.response(),
    }
}

async fn go_wrong(
    board: &web::Data<Switchboard>,
    form: &Form,
    fault: FaultKind,
    request: &HttpRequest,
) -> HttpResponse {
    let take_if = |taken: bool| {
        if taken { take(board, form).map(drop) } else { Ok(()) }
    };
    match fault {
        FaultKind::TooManyRequests { retry_after_seconds } => {
            let mut response = Refusal::too_many_requests().response();
            if let Some(seconds) = retry_after_seconds {
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            response
        }
        FaultKind::Refused { status, code } => {
            Refusal::new(status, code, "Refused on demand by the sandbox").response()
        }
        FaultKind::ServerError { taken } => match take_if(taken) {
            Ok(()) => Refusal::server_error().response(),
            Err(refusal) => refusal.response(),
        },
        FaultKind::Dropped { taken } => match take_if(taken) {
            Ok(()) => connection::close(request),
            Err(refusal) => refusal.response(),
        },
        FaultKind::Timeout { taken, hold_milliseconds } => match take_if(taken) {
            Ok(()) => {
                let hold = tokio::time::sleep(Duration::from_millis(hold_milliseconds));
                board.stopping.run_until_cancelled(hold).await;
                connection::close(request)
            }
            Err(refusal) => refusal.response(),
        },
    }
}

/// Checks a create as Twilio does, takes the text, and sets it on its way.
fn take(board: &web::Data<Switchboard>, form: &Form) -> Result<Message, Refusal> {
    let new = read_create(form)?;
    let callback = form.get("StatusCallback").filter(|url| !url.is_empty()).map(read_callback).transpose()?;
    let sender = if new.from.is_empty() { board.settings.service_sender.as_str() } else { &new.from };
    let admission = board.mailbox().admit(sender, &new.to);
    match admission {
        Admission::Open => {}
        Admission::Last => board.announce(|| Event::Blocks(new.to.as_str().into())),
        Admission::Blocked => return Err(Refusal::opted_out()),
    }
    let message = board.take(new);
    callbacks::set_off(board, &message, callback);
    Ok(message)
}

fn read_create(form: &Form) -> Result<NewMessage, Refusal> {
    let refuse = |code: u32, message: &str| Err(Refusal::new(400, code, message));
    let Some(to) = form.filled("To") else {
        return refuse(21604, "A 'To' phone number is required.");
    };
    let (from, service) = (form.filled("From"), form.filled("MessagingServiceSid"));
    if from.is_none() && service.is_none() {
        return refuse(21603, "A 'From' phone number is required.");
    }
    let media: Vec<String> = form.all("MediaUrl").take(MEDIA_MAX).map(str::to_owned).collect();
    let body = form.get("Body").unwrap_or_default();
    if body.is_empty() && media.is_empty() && form.filled("ContentSid").is_none() {
        return refuse(21602, "Message body is required.");
    }
    if body.chars().count() > BODY_CHARS_MAX {
        return refuse(21617, "The concatenated message body exceeds the 1600 character limit");
    }
    if !Address::parse(to).is_ok_and(|to| to.is_person()) {
        return refuse(21211, "Invalid 'To' Phone Number");
    }
    let status = if from.is_some() { DeliveryStatus::Queued } else { DeliveryStatus::Accepted };
    Ok(NewMessage {
        sid: None,
        direction: Direction::Outbound,
        from: from.unwrap_or_default().to_owned(),
        to: to.to_owned(),
        body: body.to_owned(),
        status: Status::Outbound(status),
        service: service.map(str::to_owned),
        media,
    })
}

fn read_callback(url: &str) -> Result<String, Refusal> {
    let good = url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if good { Ok(url.to_owned()) } else { Err(Refusal::new(400, 21609, "The StatusCallback URL is not valid.")) }
}

async fn list(board: web::Data<Switchboard>, account: web::Path<String>, request: HttpRequest) -> HttpResponse {
    let listed = authorise(&board, &account, &request)
        .and_then(|()| listing::Query::read(request.query_string()))
        .map(|query| query.answer(&board.mailbox(), &board.settings));
    match listed {
        Ok(page) => HttpResponse::Ok().content_type("application/json").body(page),
        Err(refusal) => refusal.response(),
    }
}

async fn fetch(board: web::Data<Switchboard>, path: web::Path<(String, String)>, request: HttpRequest) -> HttpResponse {
    let (account, sid) = path.into_inner();
    if let Err(refusal) = authorise(&board, &account, &request) {
        return refusal.response();
    }
    let settings = &board.settings;
    match board.mailbox().find(&sid) {
        Some(message) => HttpResponse::Ok().json(message.resource(&settings.account_sid, &settings.path_prefix)),
        None => Refusal::not_found(request.path()).response(),
    }
}

/// Basic authentication with the account's id and token; then the account in the path must be the same.
fn authorise(board: &Switchboard, account: &str, request: &HttpRequest) -> Result<(), Refusal> {
    let settings = &board.settings;
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given =
        given.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"));
    let given = given.and_then(|(_, encoded)| BASE64_STANDARD.decode(encoded.trim()).ok()).unwrap_or_default();
    let expected = format!("{}:{}", settings.account_sid, settings.auth_token);
    if !bool::from(given.ct_eq(expected.as_bytes())) {
        Err(Refusal::unauthorised())
    } else if account != settings.account_sid {
        Err(Refusal::not_found(request.path()))
    } else {
        Ok(())
    }
}
