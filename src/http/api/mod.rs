//! `/v1`, its description and its documentation.

use actix_web::web;

/// All routes under `/v1`, `/openapi.json` and `/docs`.
pub fn routes(_config: &mut web::ServiceConfig) {}
