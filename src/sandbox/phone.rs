//! The phone page, what it needs, and the carrier's controls.

use actix_web::error::{InternalError, JsonPayloadError};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use serde::{Deserialize, Serialize};

use super::Contact;
use super::callbacks::CallbackMode;
use super::events;
use super::faults::Fault;
use super::inbound::{self, InboundError, InboundText};
use super::message::Bubble;
use super::switchboard::Switchboard;

const PAGE: &str = include_str!("phone.html");
const STYLE: &str = include_str!("phone.css");
const SCRIPT: &str = include_str!("phone.js");

/// Nothing from elsewhere, nothing inline, no frames around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Texts a phone page gets when it opens.
const BACKLOG_MAX: usize = 200;
pub(super) fn mount(routes: &mut web::ServiceConfig) {
    routes
        .app_data(web::JsonConfig::default().limit(super::BODY_BYTES_MAX).error_handler(refuse_json))
        .route("/", web::get().to(redirect))
        .route("/phone", web::get().to(|| asset("text/html; charset=utf-8", PAGE)))
        .route("/phone.css", web::get().to(|| asset("text/css; charset=utf-8", STYLE)))
        .route("/phone.js", web::get().to(|| asset("text/javascript; charset=utf-8", SCRIPT)))
        .route("/sandbox/contacts", web::get().to(contacts))
        .route("/sandbox/phones/{phone}", web::get().to(backlog))
        .route("/sandbox/events", web::get().to(events::follow))
        .route("/sandbox/texts", web::post().to(text))
        .route("/sandbox/callbacks", web::post().to(choose_callbacks))
        .service(
            web::resource("/sandbox/faults")
                .route(web::get().to(controls))
                .route(web::post().to(add_fault))
                .route(web::delete().to(clear_faults)),
        );
}

fn refuse_json(error: JsonPayloadError, _: &HttpRequest) -> actix_web::Error {
    let response = explain(HttpResponse::build(error.status_code()), &error);
    InternalError::from_response(error, response).into()
}

async fn redirect() -> HttpResponse {
    HttpResponse::Found().insert_header((header::LOCATION, "/phone")).finish()
}

async fn asset(content_type: &'static str, body: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(content_type)
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(body)
}

#[derive(Serialize)]
struct AddressBook<'a> {
    contacts: &'a [Contact],
    suggestions: &'a [String],
}

async fn contacts(board: web::Data<Switchboard>) -> HttpResponse {
    let settings = &board.settings;
    let shop = [Contact { name: "The shop".to_owned(), address: settings.service_sender.clone() }];
    let contacts = if settings.contacts.is_empty() { &shop[..] } else { &settings.contacts };
    HttpResponse::Ok().json(AddressBook { contacts, suggestions: &settings.suggestions })
}

#[derive(Serialize)]
struct Backlog {
    phone: String,
    blocked: Vec<String>,
    messages: Vec<Bubble>,
}

async fn backlog(board: web::Data<Switchboard>, phone: web::Path<String>) -> HttpResponse {
    let phone = phone.into_inner();
    let (blocked, mut messages) = {
        let mailbox = board.mailbox();
        let messages = mailbox.messages_of(&phone).rev().take(BACKLOG_MAX).map(super::Message::bubble);
        (mailbox.blocked_senders(&phone), messages.collect::<Vec<_>>())
    };
    messages.reverse();
    no_store(HttpResponse::Ok()).json(Backlog { phone, blocked, messages })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Texting {
    from: String,
    to: String,
    body: String,
}

async fn text(board: web::Data<Switchboard>, texting: web::Json<Texting>) -> HttpResponse {
    let Texting { from, to, body } = texting.into_inner();
    let board = board.into_inner();
    let runtime = board.runtime().clone();
    let sending = runtime.spawn(async move { inbound::deliver(&board, InboundText::new(from, to, body)).await });
    match sending.await {
        Ok(Ok(answer)) => HttpResponse::Ok().json(serde_json::json!({ "sid": answer.sid, "status": answer.status })),
        Ok(Err(error @ (InboundError::NoAnswer(_) | InboundError::NoWebhook))) => {
            explain(HttpResponse::BadGateway(), &error)
        }
        Ok(Err(error)) => explain(HttpResponse::BadRequest(), &error),
        Err(error) => explain(HttpResponse::InternalServerError(), &error),
    }
}

#[derive(Serialize)]
pub(super) struct Controls {
    faults: Vec<Fault>,
    callbacks: CallbackMode,
}

pub(super) fn read_controls(board: &Switchboard) -> Controls {
    Controls { faults: board.faults(), callbacks: board.callbacks() }
}

async fn controls(board: web::Data<Switchboard>) -> HttpResponse {
    no_store(HttpResponse::Ok()).json(read_controls(&board))
}

async fn add_fault(board: web::Data<Switchboard>, fault: web::Json<Fault>) -> HttpResponse {
    if let Err(error) = board.add_fault(fault.into_inner()) {
        return explain(HttpResponse::BadRequest(), &error);
    }
    HttpResponse::Created().json(read_controls(&board))
}

async fn clear_faults(board: web::Data<Switchboard>) -> HttpResponse {
    board.clear_faults();
    HttpResponse::Ok().json(read_controls(&board))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Choice {
    mode: CallbackMode,
}

async fn choose_callbacks(board: web::Data<Switchboard>, choice: web::Json<Choice>) -> HttpResponse {
    board.set_callbacks(choice.into_inner().mode);
    HttpResponse::Ok().json(read_controls(&board))
}

fn explain(mut response: actix_web::HttpResponseBuilder, error: &dyn std::fmt::Display) -> HttpResponse {
    response.json(serde_json::json!({ "error": error.to_string() }))
}

pub(super) fn no_store(mut response: actix_web::HttpResponseBuilder) -> actix_web::HttpResponseBuilder {
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    response
}
