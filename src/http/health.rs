//! Is it alive, is it ready, and the figures for Prometheus.

use actix_web::{HttpResponse, http::StatusCode, web};

use super::{Gateway, problem::Problem};

/// The process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("live\n")
}

/// Texts can be taken in: the store answers and batches are being written.
pub async fn ready(gateway: web::Data<Gateway>) -> HttpResponse {
    let writing = gateway.writes.is_open();
    match gateway.store.ping().await {
        Ok(()) if writing => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"),
        _ => Problem::new(StatusCode::SERVICE_UNAVAILABLE, "The store does not answer; try again in a moment.")
            .response(),
    }
}

/// Counters and gauges in Prometheus' text format.
pub async fn metrics(gateway: web::Data<Gateway>) -> HttpResponse {
    metrics::gauge!("regulars_writes_waiting").set(gateway.writes.depth() as f64);
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(gateway.metrics.render())
}
