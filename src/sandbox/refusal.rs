//! Twilio's error body: `{code, message, more_info, status}`.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

/// Why a request was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub status: u16,
    pub code: u32,
    pub message: String,
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    code: u32,
    message: &'a str,
    more_info: String,
    status: u16,
}

impl Refusal {
    pub fn new(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    pub fn unauthorised() -> Self {
        Self::new(401, 20003, "Authenticate")
    }

    pub fn not_found(path: &str) -> Self {
        Self::new(404, 20404, format!("The requested resource {path} was not found"))
    }

    pub fn method_not_allowed() -> Self {
        Self::new(405, 20004, "Method not allowed")
    }

    pub fn too_many_requests() -> Self {
        Self::new(429, 20429, "Too Many Requests")
    }

    pub fn server_error() -> Self {
        Self::new(500, 20500, "Internal server error")
    }

    pub fn opted_out() -> Self {
        Self::new(400, 21610, "Attempt to send to unsubscribed recipient")
    }

    pub fn response(&self) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = HttpResponse::build(status);
        if self.status == 401 {
            response.insert_header(("WWW-Authenticate", "Basic realm=\"Twilio API\""));
        }
        response.json(ErrorBody {
            code: self.code,
            message: &self.message,
            more_info: format!("https://www.twilio.com/docs/errors/{}", self.code),
            status: self.status,
        })
    }
}
