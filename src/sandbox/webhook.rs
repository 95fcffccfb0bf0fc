//! Calling the gateway: signed, and as patient as Twilio.

use actix_web::http::header::HeaderName;

use super::inbound::InboundError;
use super::switchboard::Switchboard;
use crate::providers::twilio::signature;

/// Most of an answer that is kept, in bytes.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// What the gateway's webhook answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboundAnswer {
    /// The id the text went under; empty for the answer to a status callback.
    pub sid: String,
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`, empty when missing.
    pub content_type: String,
    /// The `Retry-After` header.
    pub retry_after: Option<String>,
    /// The body, cut at 64 KiB.
    pub body: String,
}

impl InboundAnswer {
    /// Whether the gateway took it.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// A form ready to be posted.
#[derive(Debug, Clone)]
pub struct SignedForm {
    /// The URL to post to, without a fragment.
    pub url: String,
    /// The id of the text.
    pub sid: String,
    /// `application/x-www-form-urlencoded`.
    pub body: String,
    /// The header of the signature.
    pub header: HeaderName,
    /// Its value.
    pub signature: String,
}

/// Signs a form for exactly this URL; its fragment is never sent nor signed.
pub(super) fn sign(board: &Switchboard, url: &str, params: &[(String, String)]) -> SignedForm {
    let url = url.split('#').next().unwrap_or_default();
    SignedForm {
        url: url.to_owned(),
        sid: String::new(),
        body: form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish(),
        header: board.signature_header.clone(),
        signature: signature::sign(&board.settings.auth_token, url, params),
    }
}

/// Posts it; once more when the connection failed, as Twilio does by default, and never else.
pub(super) async fn post(board: &Switchboard, form: &SignedForm) -> Result<InboundAnswer, InboundError> {
    let token = uuid::Uuid::new_v4().to_string();
    let attempt = || {
        board
            .client
            .post(&form.url)
            .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
            .header(form.header.as_str(), &form.signature)
            .header("X-Home-Region", "us1")
            .header("I-Twilio-Idempotency-Token", &token)
            .body(form.body.clone())
            .send()
    };
    let answered = match attempt().await {
        Err(error) if error.is_connect() => attempt().await,
        answered => answered,
    };
    let answer = answered.map_err(|error| InboundError::NoAnswer(error.without_url().to_string()))?;
    read_answer(answer, form.sid.clone()).await
}

async fn read_answer(mut answer: reqwest::Response, sid: String) -> Result<InboundAnswer, InboundError> {
    let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (content_type, retry_after) = (header("content-type").unwrap_or_default(), header("retry-after"));
    let mut bytes = Vec::new();
    while bytes.len() < ANSWER_BYTES_MAX {
        let chunk = answer.chunk().await.map_err(|error| InboundError::NoAnswer(error.without_url().to_string()))?;
        let Some(chunk) = chunk else { break };
        bytes.extend_from_slice(&chunk);
    }
    bytes.truncate(ANSWER_BYTES_MAX);
    Ok(InboundAnswer {
        sid,
        status: answer.status().as_u16(),
        content_type,
        retry_after,
        body: String::from_utf8_lossy(&bytes).into_owned(),
    })
}
