//! Problem details. (RFC 9457)

use std::{
    borrow::Cow,
    fmt::{self, Display},
};

use actix_web::{
    HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
};
use serde::Serialize;
use utoipa::ToSchema;

use super::api::refused::KINDS;
use crate::{
    secrets::VaultError,
    service::{
        change::{ChangeError, Mistake},
        directory::DirectoryError,
    },
    store::StoreError,
};

/// What went wrong, in the caller's terms.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!({
    "type": "about:blank",
    "title": "Unprocessable Entity",
    "status": 422,
    "detail": "time_zone: is not an IANA time zone, such as America/New_York",
    "errors": [{"field": "time_zone", "detail": "is not an IANA time zone, such as America/New_York"}]
}))]
pub struct Problem {
    /// What kind of problem this is, for programs: `/problems/voucher-ended` and others, see docs/api.md; `about:blank`
    /// says no more than the status.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "about:blank")]
    pub kind: Cow<'static, str>,
    /// The problem in a few words.
    pub title: &'static str,
    /// The HTTP status, again.
    pub status: u16,
    /// What to do about it.
    pub detail: String,
    /// What is wrong, field by field.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(value_type = Vec<FieldProblem>)]
    pub errors: Box<[FieldProblem]>,
    /// The request, as the gateway's log names it; with problems of ours only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Box<str>>,
    /// What really happened: for the log, never for the caller.
    #[serde(skip)]
    #[schema(ignore)]
    pub cause: Option<Box<str>>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field, dotted where it is nested.
    pub field: String,
    /// What is wrong and what to do.
    pub detail: String,
}

/// How long a caller shall wait after a 503 before it tries again.
const RETRY_AFTER_SECONDS: u32 = 2;

impl Problem {
    /// A problem with this status and advice.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank".into(),
            title: status.canonical_reason().unwrap_or("Problem"),
            status: status.as_u16(),
            detail: detail.into(),
            errors: Box::default(),
            request_id: None,
            cause: None,
        }
    }

    /// The same with a type that programs can tell it by: one of [`KINDS`].
    pub fn of_kind(mut self, kind: &'static str) -> Self {
        if let Some((name, title, _)) = KINDS.iter().find(|(name, ..)| *name == kind) {
            (self.kind, self.title) = (format!("/problems/{name}").into(), title);
        }
        self
    }

    /// There is no such thing, or it is another merchant's: nobody can tell which.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "There is no such thing here.")
    }

    /// Fields that are wrong.
    pub fn of_fields(status: StatusCode, mistakes: Vec<Mistake>) -> Self {
        let detail = mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        let errors =
            mistakes.into_iter().map(|Mistake { field, sentence }| FieldProblem { field, detail: sentence }).collect();
        Self { errors, ..Self::new(status, detail) }
    }

    /// A problem of ours: the caller learns no more than that.
    pub fn internal(cause: impl Display) -> Self {
        let detail = "Something went wrong here; it is logged under the request's id.";
        Self { cause: Some(cause.to_string().into()), ..Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail) }
    }

    /// The answer that carries it.
    pub fn response(&self) -> HttpResponse {
        let status = self.status_code();
        let body = serde_json::to_string(self).unwrap_or_default();
        let mut response = HttpResponse::build(status).content_type("application/problem+json").body(body);
        let headers = response.headers_mut();
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"regulars\""));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, RETRY_AFTER_SECONDS.into());
        }
        response
    }
}

impl Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.cause.as_deref().unwrap_or(&self.detail))
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        self.response()
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        if error.is_passing() {
            let detail = "The store does not answer; try again in a moment.";
            return Self {
                cause: Some(error.to_string().into()),
                ..Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
            };
        }
        Self::internal(error)
    }
}

impl From<ChangeError> for Problem {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => Self::not_found(),
            ChangeError::Taken(sentence) => Self::new(StatusCode::CONFLICT, sentence),
            // What is named is not there: it may be in a moment, and nothing is wrong with the request as such.
            ChangeError::Mistaken(mistakes)
                if mistakes.iter().all(|mistake| mistake.sentence.starts_with("there is no such ")) =>
            {
                Self::of_fields(StatusCode::NOT_FOUND, mistakes)
            }
            // What is not as the description says was found before anything was looked up.
            ChangeError::Mistaken(mistakes) => Self::of_fields(StatusCode::CONFLICT, mistakes),
            ChangeError::Store(error) => error.into(),
            ChangeError::Directory(DirectoryError::Store(error)) => error.into(),
            ChangeError::Vault(VaultError::NoKey)
            | ChangeError::Directory(DirectoryError::Vault(VaultError::NoKey)) => {
                Self::new(StatusCode::CONFLICT, "The gateway has no key to seal tokens with: set secrets.key first.")
            }
            ChangeError::Vault(error) => Self::internal(error),
            ChangeError::Directory(error) => Self::internal(error),
        }
    }
}
