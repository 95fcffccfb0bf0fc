//! Who may read and write at an address: said in `RESOURCES`, kept here, before any handler runs.

use actix_web::{
    Error, HttpMessage,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, StatusCode},
    middleware::Next,
};

use super::{body::BodyBytesMax, caller::Caller, description::methods_of, once};
use crate::{domain::access::Role, http::problem::Problem};

/// Who may do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The operator alone.
    Operator,
    /// A key of this role or more, and the operator.
    Key(Role),
}

/// The operator alone.
pub const OPERATOR: Who = Who::Operator;
/// Every key.
pub const STAFF: Who = Who::Key(Role::Staff);
/// A manager's or an owner's key.
pub const MANAGER: Who = Who::Key(Role::Manager);
/// An owner's key.
pub const OWNER: Who = Who::Key(Role::Owner);

/// What an address asks of whoever calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// Who may read.
    pub reads: Who,
    /// Who may write.
    pub writes: Who,
    /// Whether its writes see to their repeats by themselves: orders at the counter, whose results the stream of writes keeps, and
    /// what is harmless to send again.
    pub takes_orders: bool,
    /// The most bytes of a body; `None`: `server.body_bytes_max`.
    pub body_bytes_max: Option<usize>,
}

/// Who may read where nothing can be written.
pub const fn reads(reads: Who) -> Access {
    by(reads, reads)
}

/// Who may read, and who may write.
pub const fn by(reads: Who, writes: Who) -> Access {
    Access { reads, writes, takes_orders: false, body_bytes_max: None }
}

/// The same where writes see to their repeats by themselves, as orders do: handlers hand `OnceKey` on to `till::place`.
pub const fn orders(reads: Who, writes: Who) -> Access {
    Access { reads, writes, takes_orders: true, body_bytes_max: None }
}

impl Access {
    /// The same where bodies may have so many bytes.
    pub const fn up_to(self, bytes: usize) -> Self {
        Self { body_bytes_max: Some(bytes), ..self }
    }

    /// Who may call with a method.
    pub fn of(self, method: &Method) -> Who {
        if is_read(method) { self.reads } else { self.writes }
    }
}

impl Who {
    /// Refuses a caller who may not.
    fn refuse_others(self, caller: Caller) -> Result<(), Problem> {
        match self {
            Self::Operator => caller.only_operator(),
            Self::Key(role) => caller.needs(role),
        }
    }
}

/// Lets in who may do this here; a write with an `Idempotency-Key` is done once.
pub async fn admit(
    access: Access,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let caller = request.extensions().get::<Caller>().copied();
    let Some(caller) = caller else {
        return Ok(request.error_response(Problem::new(StatusCode::UNAUTHORIZED, "Send a valid key.")));
    };
    let method = request.method();
    if let Err(problem) = access.of(method).refuse_others(caller) {
        return Ok(request.error_response(problem));
    }
    if let Some(bytes) = access.body_bytes_max {
        request.extensions_mut().insert(BodyBytesMax(bytes));
    }
    if is_read(method) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    once::answer_once(access, caller, request, next).await
}

/// Whether there is such a method at the address. It takes the whole description, so only few requests ask for it.
pub fn is_known(request: &ServiceRequest) -> bool {
    let methods = request.match_pattern().map(|path| methods_of(&path)).unwrap_or_default();
    methods.contains(&request.method().as_str())
}

fn is_read(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}
