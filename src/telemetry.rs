//! What is logged and counted. Logs name members and rows by id: never a phone number, a text or a token.

use std::{io::IsTerminal, sync::OnceLock};

use actix_web::HttpMessage;
use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing::{Span, level_filters::LevelFilter};
use tracing_actix_web::{RequestId, RootSpanBuilder};
use tracing_subscriber::{EnvFilter, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::{Log, LogFormat};

/// Starts logging to standard error.
pub fn start_logging(log: &Log) {
    let filter = EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).parse_lossy(&log.level);
    let registry = tracing_subscriber::registry().with(filter);
    let layer =
        tracing_subscriber::fmt::layer().with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr);
    // A second start, as in tests, keeps the first one's.
    match log.format {
        LogFormat::Pretty => registry.with(layer.compact()).try_init().ok(),
        LogFormat::Json => registry.with(layer.json().flatten_event(true)).try_init().ok(),
    };
}

/// The figures that `/metrics` shows; one recorder for the process.
pub fn metrics_handle() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            let recorder = PrometheusBuilder::new().build_recorder();
            let handle = recorder.handle();
            metrics::set_global_recorder(recorder).ok();
            describe();
            handle
        })
        .clone()
}

fn describe() {
    for (name, what) in [
        ("regulars_inbound_total", "Inbound texts handed in by providers"),
        ("regulars_inbound_seen_before_total", "Inbound texts that had been seen before"),
        ("regulars_inbound_equal_total", "Inbound texts that were not acted on because an equal one had just come"),
        ("regulars_inbound_damped_total", "Inbound texts that were one too many, by why"),
        ("regulars_flood_alarms_total", "Floods that began to be damped, by why"),
        ("regulars_receipts_total", "Receipts handed in by providers"),
        ("regulars_webhooks_refused_total", "Webhooks refused because the signature did not fit"),
        ("regulars_webhooks_unreadable_total", "Webhooks that could not be read"),
        ("regulars_webhooks_put_off_total", "Webhooks answered 503"),
        ("regulars_till_reports_total", "What tills reported, by kind and outcome"),
        ("regulars_sends_total", "Sends by outcome"),
        ("regulars_sender_alarms_total", "Senders put to rest because the provider refused them"),
        ("regulars_deliveries_total", "Events told to webhooks, by outcome"),
    ] {
        metrics::describe_counter!(name, what);
    }
    metrics::describe_gauge!("regulars_writes_waiting", "Texts, receipts and settled sends waiting to be written");
    metrics::describe_histogram!("regulars_batch_size", "Texts, receipts and settled sends that shared a commit");
}

/// The span of a request: an id that reaches the outbox row, and nothing that could name a person.
pub struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let request_id = request.extensions().get::<RequestId>().copied();
        tracing::info_span!(
            "request",
            request_id = request_id.map(tracing::field::display),
            method = %request.method(),
            route = request.match_pattern(),
        )
    }

    fn on_request_end<B: MessageBody>(_span: Span, _outcome: &Result<ServiceResponse<B>, Error>) {}
}
