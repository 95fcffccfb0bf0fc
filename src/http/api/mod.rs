//! `/v1`, its description and its documentation.

pub mod access;
mod adjustments;
mod audit;
mod batch;
mod body;
mod caller;
mod codes;
mod deliveries;
mod description;
mod erasing;
mod events;
mod examples;
mod holdings;
mod imports;
mod keys;
mod keyword_check;
mod keywords;
mod listing;
mod members;
mod merchants;
mod merging;
mod messages;
mod once;
mod orders;
mod place;
mod programs;
mod purchases;
mod refunds;
pub mod refused;
mod search;
mod senders;
mod shops;
mod sign_up;
mod staff_phones;
mod telling;
mod tightened;
mod tills;
mod vouchers;
mod webhooks;
mod why;
mod words;

use actix_web::{Resource, middleware::from_fn, web};

use self::access::{Access, MANAGER, OPERATOR, OWNER, STAFF, by, orders, reads};
use super::{Gateway, problem::Problem};
use crate::service::{audit::Author, change::Change};
use description::Refusals;

/// Gives a resource its methods.
pub type Answer = fn(Resource) -> Resource;

/// Every address under `/v1` with who may read and who may write there, and what it answers to. `description.rs` describes the
/// same. An order at the counter (`access::orders`) keeps its result in the commit that does it.
pub const RESOURCES: &[(&str, Access, Answer)] = &[
    ("/v1/merchants", by(STAFF, OPERATOR), |at| at.get(merchants::list).post(merchants::create)),
    ("/v1/merchants/{id}", reads(STAFF), |at| at.get(merchants::get)),
    ("/v1/keys", by(OWNER, OWNER), |at| at.get(keys::list).post(keys::create)),
    ("/v1/keys/{id}", by(OWNER, OWNER), |at| at.get(keys::get).delete(keys::revoke)),
    ("/v1/keys/{id}/rotate", by(OWNER, OWNER), |at| at.post(keys::rotate)),
    ("/v1/senders", by(MANAGER, OPERATOR), |at| at.get(senders::list).post(senders::create)),
    ("/v1/senders/{id}", by(MANAGER, OPERATOR), |at| at.get(senders::get).patch(senders::update)),
    ("/v1/shops", by(STAFF, OWNER), |at| at.get(shops::list).post(shops::create)),
    ("/v1/shops/{id}", by(STAFF, OWNER), |at| at.get(shops::get).patch(shops::update)),
    ("/v1/shops/{id}/keywords", by(STAFF, MANAGER), |at| at.get(keywords::list).post(keywords::create)),
    ("/v1/shops/{id}/keywords/{keyword_id}", by(STAFF, MANAGER), |at| {
        at.get(keywords::get).patch(keywords::update).delete(keywords::delete)
    }),
    ("/v1/shops/{id}/words/{language}/{key}", by(STAFF, MANAGER), |at| {
        at.get(words::get).put(words::put).delete(words::delete)
    }),
    ("/v1/shops/{id}/purchases", orders(STAFF, STAFF), |at| at.post(purchases::create)),
    ("/v1/shops/{id}/purchases/quote", by(STAFF, STAFF), |at| at.post(purchases::quote)),
    ("/v1/shops/{id}/purchases/batch", orders(STAFF, STAFF).up_to(batch::BYTES_MAX), |at| at.post(batch::create)),
    ("/v1/shops/{id}/purchases/{sale_id}", reads(STAFF), |at| at.get(purchases::get)),
    ("/v1/shops/{id}/purchases/{sale_id}/refund", orders(STAFF, STAFF), |at| at.post(refunds::create)),
    ("/v1/programs/schema", reads(STAFF), |at| at.get(programs::schema)),
    ("/v1/programs/{id}", by(STAFF, MANAGER), |at| at.get(programs::get).put(programs::put)),
    ("/v1/programs/{id}/codes", by(MANAGER, MANAGER), |at| at.post(codes::create)),
    ("/v1/keywords/check", reads(STAFF), |at| at.get(keyword_check::check)),
    ("/v1/members", reads(STAFF), |at| at.get(members::list)),
    ("/v1/members/{id}", by(STAFF, MANAGER), |at| at.get(members::get).delete(erasing::erase)),
    ("/v1/members/{id}/entries", reads(STAFF), |at| at.get(members::entries)),
    ("/v1/members/{id}/adjustments", orders(MANAGER, MANAGER), |at| at.post(adjustments::adjust)),
    ("/v1/members/{id}/actions", orders(STAFF, STAFF), |at| at.post(adjustments::act)),
    ("/v1/members/{id}/vouchers", orders(STAFF, STAFF), |at| at.get(vouchers::list).post(vouchers::issue)),
    ("/v1/members/{id}/rewards", reads(STAFF), |at| at.get(holdings::rewards)),
    ("/v1/members/{id}/tier", reads(STAFF), |at| at.get(holdings::tier)),
    ("/v1/vouchers/{code}", orders(STAFF, STAFF), |at| at.get(vouchers::get).delete(vouchers::cancel)),
    ("/v1/vouchers/{code}/redeem", orders(STAFF, STAFF), |at| at.post(vouchers::redeem)),
    ("/v1/members/{id}/messages", reads(MANAGER), |at| at.get(messages::list)),
    ("/v1/members/{id}/consents", reads(MANAGER), |at| at.get(messages::consents)),
    ("/v1/members/{id}/why", reads(MANAGER), |at| at.get(why::of_member)),
    ("/v1/messages/{id}/why", reads(MANAGER), |at| at.get(why::of_message)),
    ("/v1/audit", reads(MANAGER), |at| at.get(audit::list)),
    ("/v1/events", reads(MANAGER), |at| at.get(events::list)),
    ("/v1/webhooks", by(OWNER, OWNER), |at| at.get(webhooks::list).post(webhooks::create)),
    ("/v1/webhooks/{id}", by(OWNER, OWNER), |at| {
        at.get(webhooks::get).patch(webhooks::update).delete(webhooks::delete)
    }),
    ("/v1/webhooks/{id}/rotate", by(OWNER, OWNER), |at| at.post(webhooks::rotate)),
    ("/v1/webhooks/{id}/resume", by(OWNER, OWNER), |at| at.post(webhooks::resume)),
    ("/v1/webhooks/{id}/test", by(OWNER, OWNER), |at| at.post(deliveries::test)),
    ("/v1/webhooks/{id}/replay", by(OWNER, OWNER), |at| at.post(deliveries::replay)),
    ("/v1/webhooks/{id}/deliveries", reads(OWNER), |at| at.get(deliveries::list)),
    ("/v1/webhooks/{id}/deliveries/{event_id}/replay", by(OWNER, OWNER), |at| at.post(deliveries::replay_one)),
    ("/v1/shops/{id}/tills", by(OWNER, OWNER), |at| at.get(tills::list).post(tills::create)),
    ("/v1/shops/{id}/tills/{till_id}", by(OWNER, OWNER), |at| {
        at.get(tills::get).patch(tills::update).delete(tills::delete)
    }),
    ("/v1/shops/{id}/imports", by(OWNER, OWNER), |at| at.get(imports::list).post(imports::create)),
    ("/v1/shops/{id}/export", reads(OWNER), |at| at.get(imports::export)),
    ("/v1/imports/{id}", by(OWNER, OWNER), |at| at.get(imports::get)),
    ("/v1/imports/{id}/rows", orders(OWNER, OWNER).up_to(imports::ROWS_BYTES_MAX), |at| at.post(imports::take)),
    ("/v1/shops/{id}/staff-phones", by(OWNER, OWNER), |at| at.get(staff_phones::list).post(staff_phones::create)),
    ("/v1/shops/{id}/staff-phones/{phone_id}", by(OWNER, OWNER), |at| at.delete(staff_phones::delete)),
    ("/v1/members/{id}/merge", by(MANAGER, MANAGER), |at| at.post(merging::merge)),
    ("/v1/merges/{id}/undo", by(MANAGER, MANAGER), |at| at.post(merging::undo)),
];

/// All routes under `/v1`, `/openapi.json` and `/docs`.
pub fn routes(config: &mut web::ServiceConfig) {
    let nothing_here = web::to(async || Problem::not_found().response());
    let mut v1 = web::scope("/v1").default_service(nothing_here);
    for (path, access, answer) in RESOURCES {
        let resource = web::resource(path.trim_start_matches("/v1"));
        let resource = answer(resource).default_service(web::to(description::method_not_allowed));
        v1 = v1.service(resource.wrap(from_fn(|request, next| access::admit(*access, request, next))));
    }
    config
        .service(v1.wrap(from_fn(caller::guard)))
        .route("/openapi.json", web::get().to(description::openapi))
        .route("/docs", web::get().to(description::docs))
        .route("/docs/{file:.*}", web::get().to(description::docs_file));
}

impl Gateway {
    /// What a change takes, and who makes it.
    pub fn change<'a>(&'a self, author: &'a Author) -> Change<'a> {
        let Self { store, directory, vault, clock, .. } = self;
        Change { store, directory, vault, now: clock.now(), author }
    }
}
