//! `Idempotency-Key`: the same request again is answered as it was the first time.
//! (draft-ietf-httpapi-idempotency-key-header-07; in the body as `idempotency_key`, the way Square has it)

pub mod key;

use std::future::{Ready, ready};

use actix_web::{
    Error, FromRequest, HttpMessage, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody, to_bytes},
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::{Bytes, Data},
};
use sha2::{Digest, Sha256};
use tracing::Instrument;
use uuid::Uuid;

use super::{
    access::{Access, is_known},
    body::collect,
    caller::Caller,
};
use crate::{
    http::{Gateway, problem::Problem},
    service::{
        once::{self, Beginning, KeptAnswer, Turn},
        till::{NotDone, Once},
    },
};

/// Says of an answer that it was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// How soon it is worth asking again for a request that is under way, in seconds.
const UNDER_WAY_SECONDS: u32 = 1;

/// The request's key, for orders: their result is kept in the commit that does them.
pub struct OnceKey(pub Option<Once>);

impl FromRequest for OnceKey {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(request.extensions().get::<Once>().cloned())))
    }
}

/// Answers a write. With a key, the same request is done once; an order only takes the key along.
pub async fn answer_once(
    access: Access,
    caller: Caller,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(gateway) = request.app_data::<Data<Gateway>>().cloned() else {
        return Ok(request.error_response(Problem::internal("no gateway")));
    };
    let bytes_max = access.body_bytes_max.unwrap_or(gateway.settings.server.body_bytes_max);
    let once = match read(bytes_max, caller, &mut request).await {
        Ok(None) => return Ok(next.call(request).await?.map_into_boxed_body()),
        // What is answered 405 is nothing to be done once.
        _ if !is_known(&request) => return Ok(next.call(request).await?.map_into_boxed_body()),
        Ok(Some(once)) => once,
        Err(problem) => return Ok(request.error_response(problem)),
    };
    let Some(turn) = gateway.under_way.take(&once) else {
        return Ok(request.into_response(under_way()));
    };
    if access.takes_orders {
        request.extensions_mut().insert(once);
        let answered = next.call(request).await?.map_into_boxed_body();
        drop(turn);
        return Ok(answered);
    }
    // A task of its own: it ends, and its answer is kept, also when the caller has hung up.
    let answering = actix_web::rt::spawn(answer(gateway, once, turn, request, next).in_current_span());
    answering.await.map_err(|error| Error::from(Problem::internal(error)))?
}

async fn answer(
    gateway: Data<Gateway>,
    once: Once,
    _turn: Turn,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match once::begin(&gateway.store, &gateway.vault, &once, gateway.clock.now()).await {
        Ok(Beginning::First) => {}
        Ok(Beginning::Done(kept)) => return Ok(request.into_response(replay(kept))),
        Ok(Beginning::UnderWay) => return Ok(request.into_response(under_way())),
        Ok(Beginning::Another) => {
            let problem = Problem::from(NotDone::KeyReused);
            return Ok(request.error_response(problem));
        }
        Err(error) => return Ok(request.error_response(Problem::from(error))),
    }
    let response = match next.call(request).await {
        Ok(response) if response.status().is_success() => response,
        other => {
            release(&gateway, &once).await;
            return Ok(other?.map_into_boxed_body());
        }
    };
    keep(&gateway, &once, response).await
}

/// Keeps the answer, and gives it.
async fn keep(
    gateway: &Gateway,
    once: &Once,
    response: ServiceResponse<impl MessageBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let (request, response) = response.into_parts();
    let (head, body) = response.into_parts();
    let body = to_bytes(body).await.map_err(|_| Problem::internal("an answer that cannot be read"))?;
    let text = |name: HeaderName| head.headers().get(name)?.to_str().ok().map(str::to_owned);
    let kept = KeptAnswer {
        status: head.status().as_u16(),
        content_type: text(header::CONTENT_TYPE),
        location: text(header::LOCATION),
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    // It is done, whether it can be repeated or not.
    if let Err(error) = once::keep(&gateway.store, &gateway.vault, once, &kept, gateway.clock.now()).await {
        tracing::error!(%error, "an answer could not be kept for repeats of its request");
    }
    Ok(ServiceResponse::new(request, head.set_body(body).map_into_boxed_body()))
}

async fn release(gateway: &Gateway, once: &Once) {
    if let Err(error) = once::release(&gateway.store, once).await {
        tracing::warn!(%error, "an Idempotency-Key could not be given back; it can be used again in a minute");
    }
}

fn replay(kept: KeptAnswer) -> HttpResponse {
    let mut response = HttpResponse::build(StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK));
    for (name, value) in [(header::CONTENT_TYPE, kept.content_type), (header::LOCATION, kept.location)] {
        if let Some(value) = value {
            response.insert_header((name, value));
        }
    }
    response.insert_header((REPLAYED, "true"));
    if kept.body.is_empty() { response.finish() } else { response.body(kept.body) }
}

fn under_way() -> HttpResponse {
    let mut response = Problem::from(NotDone::KeyRunning).response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(UNDER_WAY_SECONDS));
    response
}

/// The key of a request, and its fingerprint. The body is read, and put back for the handler, without the key.
async fn read(bytes_max: usize, caller: Caller, request: &mut ServiceRequest) -> Result<Option<Once>, Problem> {
    let in_header = key::in_header(request.headers())?;
    let payload = request.parts_mut().1.take();
    let sent = collect(payload, bytes_max).await?.freeze();
    let in_body = key::in_body(&sent)?;
    let (in_body, body) = match in_body {
        Some((key, rest)) => (Some(key), Bytes::from(rest)),
        None => (None, sent.clone()),
    };
    request.set_payload(Payload::from(body));
    if let (Some(header), Some(body)) = (&in_header, &in_body)
        && header != body
    {
        return Err(key::wrong("is another one in the header than in the body; send one"));
    }
    let Some(key) = in_header.or(in_body) else { return Ok(None) };
    let scope = match caller {
        Caller::Operator => Uuid::nil(),
        Caller::Key { id, .. } => id,
    };
    Ok(Some(Once { scope, key, fingerprint: fingerprint(request, &sent) }))
}

/// Of what was asked: method, path with query, body as it was sent.
fn fingerprint(request: &ServiceRequest, body: &[u8]) -> String {
    let mut digest = Sha256::new();
    digest.update(format!("{} {}\n", request.method(), request.uri()));
    digest.update(body);
    hex::encode(digest.finalize())
}
