//! `/v1`, its description and its documentation.

mod body;
mod caller;
mod description;
mod keyword_check;
mod keywords;
mod listing;
mod members;
mod merchants;
mod messages;
mod programs;
mod senders;
mod shops;
mod sign_up;

use actix_web::{Resource, middleware::from_fn, web};

use super::{Gateway, problem::Problem};
use crate::service::change::Change;
use description::Refusals;

/// Gives a resource its methods.
pub type Answer = fn(Resource) -> Resource;

/// Every address under `/v1` with what it answers to; `description.rs` describes the same.
pub const RESOURCES: &[(&str, Answer)] = &[
    ("/v1/merchants", |at| at.get(merchants::list).post(merchants::create)),
    ("/v1/merchants/{id}", |at| at.get(merchants::get)),
    ("/v1/senders", |at| at.get(senders::list).post(senders::create)),
    ("/v1/senders/{id}", |at| at.get(senders::get).patch(senders::update)),
    ("/v1/shops", |at| at.get(shops::list).post(shops::create)),
    ("/v1/shops/{id}", |at| at.get(shops::get).patch(shops::update)),
    ("/v1/shops/{id}/keywords", |at| at.get(keywords::list).post(keywords::create)),
    ("/v1/shops/{id}/keywords/{keyword_id}", |at| {
        at.get(keywords::get).patch(keywords::update).delete(keywords::delete)
    }),
    ("/v1/programs/schema", |at| at.get(programs::schema)),
    ("/v1/programs/{id}", |at| at.get(programs::get).put(programs::put)),
    ("/v1/keywords/check", |at| at.get(keyword_check::check)),
    ("/v1/members", |at| at.get(members::list)),
    ("/v1/members/{id}", |at| at.get(members::get)),
    ("/v1/members/{id}/entries", |at| at.get(members::entries)),
    ("/v1/members/{id}/messages", |at| at.get(messages::list)),
    ("/v1/members/{id}/consents", |at| at.get(messages::consents)),
];

/// All routes under `/v1`, `/openapi.json` and `/docs`.
pub fn routes(config: &mut web::ServiceConfig) {
    let nothing_here = web::to(async || Problem::not_found().response());
    let mut v1 = web::scope("/v1").default_service(nothing_here);
    for (path, answer) in RESOURCES {
        let resource = web::resource(path.trim_start_matches("/v1"));
        v1 = v1.service(answer(resource).default_service(web::to(description::method_not_allowed)));
    }
    config
        .service(v1.wrap(from_fn(caller::guard)))
        .route("/openapi.json", web::get().to(description::openapi))
        .route("/docs", web::get().to(description::docs))
        .route("/docs/{file:.*}", web::get().to(description::docs_file));
}

impl Gateway {
    /// What a change to the directory takes.
    pub fn change(&self) -> Change<'_> {
        Change { store: &self.store, directory: &self.directory, vault: &self.vault, now: self.clock.now() }
    }
}
