//! Who calls, by the key they bring; and every refusal under `/v1` as a problem.

use std::future::{Ready, ready};

use actix_web::{
    Error, FromRequest, HttpMessage, HttpRequest,
    body::{BoxBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    error::QueryPayloadError,
    http::{StatusCode, header},
    middleware::Next,
    web,
};
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;
use tracing_actix_web::RequestId;
use uuid::Uuid;

use super::body::mistake_of;
use crate::{
    domain::{
        access::{ApiKey, Role},
        shop::Shop,
    },
    http::{Gateway, problem::Problem},
    secrets::hash_api_key,
    service::audit::Author,
};

/// The most characters a key may have; ours have 68.
const KEY_CHARS_MAX: usize = 256;

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// Who runs the gateway: sees everything.
    Operator,
    /// A key of a merchant: sees what is the merchant's own, or one shop's.
    Key {
        /// The key.
        id: Uuid,
        /// Whose it is.
        merchant_id: Uuid,
        /// The one shop it is for; `None`: all of the merchant's.
        shop_id: Option<Uuid>,
        /// What it may do.
        role: Role,
    },
}

impl From<&ApiKey> for Caller {
    fn from(key: &ApiKey) -> Self {
        Self::Key { id: key.id, merchant_id: key.merchant_id, shop_id: key.shop_id, role: key.role }
    }
}

impl Caller {
    /// The merchant to whose things this caller is held; `None` for the operator.
    pub fn scope(self) -> Option<Uuid> {
        match self {
            Self::Operator => None,
            Self::Key { merchant_id, .. } => Some(merchant_id),
        }
    }

    /// The one shop to whose things this caller is held; `None`: all of the merchant's.
    pub fn shop(self) -> Option<Uuid> {
        match self {
            Self::Operator => None,
            Self::Key { shop_id, .. } => shop_id,
        }
    }

    /// The merchant that something shall belong to: a key's own, or the one that the operator names.
    pub fn merchant_of(self, named: Option<Uuid>) -> Result<Uuid, &'static str> {
        match (self.scope(), named) {
            (Some(own), Some(named)) if own != named => Err("is not the merchant of this key; leave it out"),
            (own, named) => own.or(named).ok_or("is needed: whose shall it be?"),
        }
    }

    /// Refuses a key that is for one shop.
    pub fn not_of_one_shop(self, detail: &'static str) -> Result<(), Problem> {
        match self.shop() {
            None => Ok(()),
            Some(_) => Err(Problem::new(StatusCode::FORBIDDEN, detail)),
        }
    }

    /// Refuses everybody but the operator.
    pub fn only_operator(self) -> Result<(), Problem> {
        match self {
            Self::Operator => Ok(()),
            Self::Key { .. } => Err(Problem::new(StatusCode::FORBIDDEN, "Only the operator's key may do this.")),
        }
    }

    /// Refuses a key that may not do what a role may.
    pub fn needs(self, wanted: Role) -> Result<(), Problem> {
        match self {
            Self::Key { role, .. } if role < wanted => {
                let detail = format!("This key has the role {}; this needs {} or more.", role.word(), wanted.word());
                Err(Problem::new(StatusCode::FORBIDDEN, detail))
            }
            _ => Ok(()),
        }
    }

    /// Whether a thing of this merchant may be seen.
    pub fn may_see(self, merchant_id: Uuid) -> bool {
        self.scope().is_none_or(|id| id == merchant_id)
    }

    /// Whether something may be done at a shop: it is the merchant's, and the key is not for another shop.
    pub fn may_act_at(self, shop: &Shop) -> bool {
        match self {
            Self::Operator => true,
            Self::Key { merchant_id, shop_id, .. } => {
                merchant_id == shop.merchant_id && shop_id.is_none_or(|id| id == shop.id)
            }
        }
    }

    /// Who did it, as the book of changes has it.
    pub fn author(self, gateway: &Gateway) -> Author {
        Author::named(self.actor(gateway))
    }

    /// Who did it, as the ledger has it: the key's name, or `operator`.
    pub fn actor(self, gateway: &Gateway) -> String {
        match self {
            Self::Operator => "operator".to_owned(),
            Self::Key { id, .. } => {
                let known = gateway.directory.read();
                known.key(id).map_or_else(|| "till".to_owned(), |key| key.name.clone())
            }
        }
    }
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // The guard has put it there before any handler or other extractor runs.
        ready(request.extensions().get::<Self>().copied().ok_or_else(unauthorized))
    }
}

/// Lets in who has a key, and turns every refusal into a problem, logged once where it is ours.
pub async fn guard(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = match caller_of(&request) {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.call(request).await?.map_into_boxed_body()
        }
        Err(problem) => request.error_response(problem),
    };
    let refusal = response.response().error().map(problem_of);
    Ok(match refusal {
        None => response,
        Some(mut problem) => {
            let request_id = response.request().extensions().get::<RequestId>().map(ToString::to_string);
            if problem.status >= 500 {
                tracing::error!(request_id, cause = %problem, "a request failed");
                problem.request_id = request_id.map(String::into_boxed_str);
            }
            response.into_response(problem.response())
        }
    })
}

fn caller_of(request: &ServiceRequest) -> Result<Caller, Problem> {
    let gateway = request.app_data::<web::Data<Gateway>>().ok_or_else(|| Problem::internal("no gateway"))?.clone();
    let key = bearer(request).filter(|key| key.len() <= KEY_CHARS_MAX).ok_or_else(unauthorized)?;
    let hash = hash_api_key(key);
    if is_operator(&gateway, &hash) {
        return Ok(Caller::Operator);
    }
    let now = gateway.clock.now();
    let caller =
        gateway.directory.read().key_of(&hash, now).map(|key| Caller::from(&**key)).ok_or_else(unauthorized)?;
    if let Caller::Key { id, .. } = caller {
        gateway.key_use.note(id, now);
    }
    Ok(caller)
}

/// Hashes are compared, so that neither the key nor its length shows in the time it takes.
fn is_operator(gateway: &Gateway, hash: &str) -> bool {
    let key = gateway.settings.operator.api_key.expose_secret();
    !key.is_empty() && bool::from(hash_api_key(key).as_bytes().ct_eq(hash.as_bytes()))
}

/// The key in `Authorization: Bearer …`. (RFC 6750)
fn bearer(request: &ServiceRequest) -> Option<&str> {
    let (scheme, key) = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then(|| key.trim()).filter(|key| !key.is_empty())
}

fn unauthorized() -> Problem {
    let detail = "Send a valid key: Authorization: Bearer KEY. The operator's is operator.api_key in the settings; a \
                  merchant's was shown when it was made.";
    Problem::new(StatusCode::UNAUTHORIZED, detail)
}

/// What an extractor refused is the caller's mistake; its sentence helps.
fn problem_of(error: &Error) -> Problem {
    if let Some(problem) = error.as_error::<Problem>() {
        return problem.clone();
    }
    if let Some(QueryPayloadError::Deserialize(error)) = error.as_error() {
        return Problem::of_fields(StatusCode::BAD_REQUEST, vec![mistake_of("", &error.to_string())]);
    }
    match error.as_response_error().status_code() {
        StatusCode::NOT_FOUND => Problem::not_found(),
        status if status.is_client_error() => Problem::new(status, error.to_string()),
        _ => Problem::internal(error),
    }
}
