//! Every address that the gateway answers to, on one screen. The only place with HTTP status codes.

pub mod api;
pub mod health;
pub mod problem;
pub mod rush;
pub mod till_webhooks;
pub mod webhooks;

use std::{sync::Arc, time::Duration};

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, StatusCode},
    middleware::Next,
    web,
};
use metrics_exporter_prometheus::PrometheusHandle;

use crate::{
    bell::Bell,
    buyers::Buyers,
    clock::Clock,
    config::Settings,
    http::{problem::Problem, rush::Rush},
    secrets::Vault,
    service::{
        batch::Queue, directory::LiveDirectory, key_use::KeyUse, once::UnderWay, replays::Replays, tail::Tail,
        write::Write,
    },
    store::Store,
};

/// What every request may use.
pub struct Gateway {
    /// As loaded at the start.
    pub settings: Arc<Settings>,
    /// Where rows are kept.
    pub store: Store,
    /// Who is here.
    pub directory: Arc<LiveDirectory>,
    /// Seals provider tokens.
    pub vault: Vault,
    /// What time it is.
    pub clock: Clock,
    /// The way in for texts and receipts.
    pub writes: Queue<Write>,
    /// Rung when there is something to send.
    pub bell: Bell,
    /// Rung when there may be events to deliver.
    pub event_bell: Bell,
    /// Asks tills who their buyers are.
    pub buyers: Buyers,
    /// What `/metrics` shows.
    pub metrics: PrometheusHandle,
    /// When keys were last used.
    pub key_use: Arc<KeyUse>,
    /// Drafts of programs that are played against what was sold.
    pub replays: Arc<Replays>,
    /// Requests with an `Idempotency-Key` that are under way.
    pub under_way: Arc<UnderWay>,
    /// How much each session sends.
    pub rush: Rush,
    /// What passes, for whoever runs the gateway.
    pub tail: Arc<Tail>,
}

/// HEAD works wherever GET does (RFC 9110, 9.3.2): it is answered as GET is, and the server leaves the body out.
pub async fn answer_head<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    next.call(request).await
}

/// Gives up on a request that takes longer than `server.request_timeout_seconds`, its body included: whoever sends it that
/// slowly holds up every stop. What it had handed in by then is written all the same. A 503, which providers try again, for
/// it may be the store that is slow.
pub async fn answer_in_time<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let gateway = request.app_data::<web::Data<Gateway>>();
    let most = gateway.map_or(u64::MAX, |gateway| gateway.settings.server.request_timeout_seconds);
    let too_slow = |_| Problem::new(StatusCode::SERVICE_UNAVAILABLE, "The request took too long; send it again.");
    tokio::time::timeout(Duration::from_secs(most), next.call(request)).await.map_err(too_slow)?
}

/// All routes.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/webhooks/twilio/messages", web::post().to(webhooks::messages))
        .route("/webhooks/twilio/status", web::post().to(webhooks::status))
        .service(
            web::resource("/webhooks/tills/{till_id}")
                .app_data(web::PayloadConfig::new(till_webhooks::BODY_BYTES_MAX))
                .route(web::post().to(till_webhooks::report)),
        )
        .route("/health/live", web::get().to(health::live))
        .route("/health/ready", web::get().to(health::ready))
        .route("/metrics", web::get().to(health::metrics))
        .configure(api::routes)
        .default_service(web::to(async || Problem::not_found().response()));
}
