//! The script that opens the till while the line is lost. Its address is within what it may answer for, and never changes.

use actix_web::{HttpResponse, http::header};

const WORKER: &str = include_str!("../assets/till-worker.js");

/// Gives the script.
pub(in crate::console) async fn serve() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        // Without it the script would answer for what is below /till/ alone, and not for /till itself.
        .insert_header(("service-worker-allowed", "/till"))
        .content_type("text/javascript; charset=utf-8")
        .body(WORKER)
}
