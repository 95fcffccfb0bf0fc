//! What goes wrong on a page, told as a page.

use std::fmt::{self, Display};

use actix_web::{
    Error, HttpRequest, HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use askama::Template;

use super::page::{Page, html};
use crate::{service::change::ChangeError, store::StoreError};

/// Why there is no such page as was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// There is no such thing, or it is another's: nobody can tell which.
    NotFound,
    /// It takes somebody who is signed in; where they wanted to go.
    NotSignedIn(Option<String>),
    /// Their role is not enough.
    NotAllowed,
    /// Another site's page sent this.
    FromElsewhere,
    /// The form is of an earlier session, or too large or unreadable.
    StaleForm,
    /// The session sends more than anybody can press: how many seconds to wait.
    TooMany(u64),
    /// The store is busy; it may work in a moment.
    Busy,
    /// Ours: for the log, never for the page.
    Failed(String),
}

#[derive(Template)]
#[template(path = "trouble.html")]
struct TroublePage {
    page: Page,
    kind: &'static str,
}

impl Trouble {
    /// What an error of a handler or an extractor is on a page.
    pub(super) fn of_error(error: &Error) -> Self {
        if let Some(trouble) = error.as_error::<Self>() {
            return trouble.clone();
        }
        match error.as_response_error().status_code() {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Self::NotFound,
            StatusCode::SERVICE_UNAVAILABLE => Self::Busy,
            status if status.is_client_error() => Self::StaleForm,
            _ => Self::Failed(error.to_string()),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::NotSignedIn(_) => "not-signed-in",
            Self::NotAllowed => "not-allowed",
            Self::FromElsewhere => "from-elsewhere",
            Self::StaleForm => "stale-form",
            Self::TooMany(_) => "too-many",
            Self::Busy => "busy",
            Self::Failed(_) => "failed",
        }
    }

    /// The page that says so; who is not signed in is led to the door.
    pub(super) async fn page(&self, request: &HttpRequest) -> HttpResponse {
        if let Self::NotSignedIn(next) = self {
            // At the till one comes in by a PIN.
            if request.path().starts_with("/till") {
                let next = next.as_deref().unwrap_or("/till");
                let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
                return HttpResponse::SeeOther()
                    .insert_header((header::LOCATION, format!("/till?next={next}")))
                    .finish();
            }
            let next = next.as_deref().filter(|next| *next != "/console");
            let next = next.map(|next| form_urlencoded::byte_serialize(next.as_bytes()).collect::<String>());
            let door =
                next.map_or_else(|| "/console/sign-in".to_owned(), |next| format!("/console/sign-in?next={next}"));
            return HttpResponse::SeeOther().insert_header((header::LOCATION, door)).finish();
        }
        let page = Page::of(request, "").titled(self.kind());
        let mut response = html(self.status_code(), &TroublePage { page, kind: self.kind() });
        if let Self::TooMany(seconds) = self {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(*seconds));
        }
        response
    }
}

impl Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}

impl ResponseError for Trouble {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotSignedIn(_) => StatusCode::SEE_OTHER,
            Self::NotAllowed | Self::FromElsewhere => StatusCode::FORBIDDEN,
            Self::StaleForm => StatusCode::BAD_REQUEST,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        if error.is_passing() { Self::Busy } else { Self::Failed(error.to_string()) }
    }
}

impl From<ChangeError> for Trouble {
    /// For changes whose form cannot be wrong; a form with hints looks at the mistakes itself.
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => Self::NotFound,
            ChangeError::Store(error) => error.into(),
            other => Self::Failed(other.to_string()),
        }
    }
}
