//! A phone texts: the webhook, signed and posted as Twilio does it.

use std::sync::Arc;

use super::mailbox::NewMessage;
use super::message::{API_VERSION, Direction, Status};
use super::switchboard::{Event, Switchboard};
use super::webhook::{self, InboundAnswer, SignedForm};
use crate::domain::address::{Address, AddressError};
use crate::domain::segment;

/// Longest body Twilio hands over, in characters.
const BODY_CHARS_MAX: usize = 1600;
/// Most attachments of one text.
const MEDIA_MAX: usize = 10;

/// A text as a phone sends it.
#[derive(Debug, Clone)]
pub struct InboundText {
    from: String,
    to: String,
    body: String,
    sid: Option<String>,
    media: Vec<(String, String)>,
    params: Vec<(String, String)>,
}

impl InboundText {
    /// A plain text.
    pub fn new(from: impl Into<String>, to: impl Into<String>, body: impl Into<String>) -> Self {
        Self { from: from.into(), to: to.into(), body: body.into(), sid: None, media: Vec::new(), params: Vec::new() }
    }

    /// The same under a given id, such as one that was used before.
    #[must_use]
    pub fn sid(mut self, sid: impl Into<String>) -> Self {
        self.sid = Some(sid.into());
        self
    }

    /// The same with an attachment; at most 10 are sent.
    #[must_use]
    pub fn media(mut self, url: impl Into<String>, content_type: impl Into<String>) -> Self {
        self.media.push((url.into(), content_type.into()));
        self
    }

    /// The same with a further parameter (`OptOutType`, `MessagingServiceSid`), or another value for a usual one.
    #[must_use]
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.params.push((name.into(), value.into()));
        self
    }
}

/// Why a text did not get an answer.
#[derive(Debug, thiserror::Error)]
pub enum InboundError {
    /// The phone's number is no address.
    #[error("from: {0}")]
    From(AddressError),
    /// The number texted is no address.
    #[error("to: {0}")]
    To(AddressError),
    /// More than Twilio hands over.
    #[error("a text has at most {BODY_CHARS_MAX} characters")]
    TooLong,
    /// There is no webhook to call.
    #[error("the carrier does not know the gateway's webhook yet")]
    NoWebhook,
    /// The webhook did not answer.
    #[error("the gateway's webhook did not answer: {0}")]
    NoAnswer(String),
}

pub(super) async fn deliver(board: &Arc<Switchboard>, text: InboundText) -> Result<InboundAnswer, InboundError> {
    let text = check(text)?;
    let url = board.inbound_url();
    if url.is_empty() {
        return Err(InboundError::NoWebhook);
    }
    let (number, sid) = remember(board, &text);
    let params = write_params(&text, &sid, &board.settings.account_sid);
    let mut signed = webhook::sign(board, &url, &params);
    signed.sid = sid;
    let answer = webhook::post(board, &signed).await;
    let (status, error_code) = match &answer {
        Ok(answer) if answer.is_success() => (Status::Received, None),
        _ => (Status::NotReceived, Some(11200)),
    };
    board.advance(number, status, error_code);
    answer
}

pub(super) fn sign_form(board: &Switchboard, text: &InboundText) -> SignedForm {
    let sid = text.sid.clone().unwrap_or_else(|| format!("SM{}", uuid::Uuid::new_v4().simple()));
    let params = write_params(text, &sid, &board.settings.account_sid);
    SignedForm { sid, ..webhook::sign(board, &board.inbound_url(), &params) }
}

fn check(mut text: InboundText) -> Result<InboundText, InboundError> {
    Address::parse(&text.from).map_err(InboundError::From)?;
    Address::parse(&text.to).map_err(InboundError::To)?;
    text.media.truncate(MEDIA_MAX);
    if text.body.chars().count() > BODY_CHARS_MAX { Err(InboundError::TooLong) } else { Ok(text) }
}

/// Puts the text on its phone, unless its id is there already; reads STOP and START as carriers do.
fn remember(board: &Switchboard, text: &InboundText) -> (u64, String) {
    let known = text.sid.as_ref().and_then(|sid| board.mailbox().find(sid).map(|message| message.number));
    if let (Some(number), Some(sid)) = (known, &text.sid) {
        return (number, sid.clone());
    }
    let message = board.take(NewMessage {
        sid: text.sid.clone(),
        direction: Direction::Inbound,
        from: text.from.clone(),
        to: text.to.clone(),
        body: text.body.clone(),
        status: Status::Receiving,
        service: None,
        media: text.media.iter().map(|(url, _)| url.clone()).collect(),
    });
    if board.mailbox().hear(&text.from, &text.to, &text.body) {
        board.announce(|| Event::Blocks(text.from.as_str().into()));
    }
    (message.number, message.sid)
}

/// Source: <https://www.twilio.com/docs/messaging/guides/webhook-request>.
fn write_params(text: &InboundText, sid: &str, account_sid: &str) -> Vec<(String, String)> {
    let segments = segment::count(&text.body).segments.max(1).to_string();
    let media_count = text.media.len().to_string();
    let mut params: Vec<(String, String)> = [
        ("ToCountry", "US"),
        ("ToState", "CA"),
        ("SmsMessageSid", sid),
        ("NumMedia", &media_count),
        ("ToCity", "SAN FRANCISCO"),
        ("FromZip", "94107"),
        ("SmsSid", sid),
        ("FromState", "CA"),
        ("SmsStatus", "received"),
        ("FromCity", "SAN FRANCISCO"),
        ("Body", &text.body),
        ("FromCountry", "US"),
        ("To", &text.to),
        ("ToZip", "94105"),
        ("NumSegments", &segments),
        ("MessageSid", sid),
        ("AccountSid", account_sid),
        ("From", &text.from),
        ("ApiVersion", API_VERSION),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    for (index, (url, content_type)) in text.media.iter().enumerate() {
        params.push((format!("MediaUrl{index}"), url.clone()));
        params.push((format!("MediaContentType{index}"), content_type.clone()));
    }
    for (name, value) in &text.params {
        match params.iter_mut().find(|(known, _)| known == name) {
            Some(param) => param.1.clone_from(value),
            None => params.push((name.clone(), value.clone())),
        }
    }
    params
}
