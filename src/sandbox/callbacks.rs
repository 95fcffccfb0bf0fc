//! What becomes of a text after it was taken, and how the gateway hears of it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::message::{API_VERSION, Message, Status};
use super::switchboard::Switchboard;
use super::webhook;
use crate::domain::message::DeliveryStatus;

/// What becomes of a text, and in which order the gateway hears of it.
///
/// Twilio leaves out the callback for the first status of a text sent without a service; here `queued` is always told,
/// so that a gateway sees it both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum CallbackMode {
    /// queued, sent, delivered.
    #[default]
    InOrder,
    /// Delivered, and the callbacks come last first.
    OutOfOrder,
    /// queued, sent, undelivered.
    Undelivered {
        /// Twilio's error code; 30005 when left out.
        #[serde(default = "unknown_handset")]
        code: u32,
    },
    /// queued, failed.
    Failed {
        /// Twilio's error code; 30008 when left out.
        #[serde(default = "unknown_error")]
        code: u32,
    },
    /// Delivered, and nobody is told.
    None,
}

fn unknown_handset() -> u32 {
    30005
}

fn unknown_error() -> u32 {
    30008
}

impl CallbackMode {
    fn steps(self) -> &'static [DeliveryStatus] {
        use DeliveryStatus::{Delivered, Failed, Queued, Sent, Undelivered};
        match self {
            Self::InOrder | Self::OutOfOrder | Self::None => &[Queued, Sent, Delivered],
            Self::Undelivered { .. } => &[Queued, Sent, Undelivered],
            Self::Failed { .. } => &[Queued, Failed],
        }
    }

    fn error_code(self, status: DeliveryStatus) -> Option<u32> {
        match (self, status) {
            (Self::Undelivered { code }, DeliveryStatus::Undelivered)
            | (Self::Failed { code }, DeliveryStatus::Failed) => Some(code),
            _ => None,
        }
    }
}

/// Sets a text on its way, telling `callback` about it.
pub(super) fn set_off(board: &Arc<Switchboard>, message: &Message, callback: Option<String>) {
    let mode = board.callbacks();
    let callback = callback.filter(|_| mode != CallbackMode::None);
    let number = message.number;
    let at_once = callback.is_none() && board.settings.callback_delay.is_zero();
    let journey = travel(Arc::clone(board), number, mode, callback);
    if at_once || !board.spawn(journey) {
        arrive(board, number, mode);
    }
}

/// Every step without a pause or a callback.
fn arrive(board: &Switchboard, number: u64, mode: CallbackMode) {
    board.mailbox().choose_sender(number, &board.settings.service_sender);
    if let Some(last) = mode.steps().last() {
        board.advance(number, Status::Outbound(*last), mode.error_code(*last));
    }
}

async fn travel(board: Arc<Switchboard>, number: u64, mode: CallbackMode, callback: Option<String>) {
    board.mailbox().choose_sender(number, &board.settings.service_sender);
    let mut kept_back = Vec::new();
    for status in mode.steps() {
        if !board.settings.callback_delay.is_zero() {
            tokio::time::sleep(board.settings.callback_delay).await;
        }
        let changed = board.advance(number, Status::Outbound(*status), mode.error_code(*status));
        let Some((message, url)) = changed.zip(callback.as_deref()) else {
            continue;
        };
        let form = write_form(&message, &board.settings.account_sid);
        if mode == CallbackMode::OutOfOrder {
            kept_back.push(form);
        } else {
            tell(&board, url, &form).await;
        }
    }
    for (form, url) in kept_back.iter().rev().zip(std::iter::repeat(callback.as_deref())) {
        if let Some(url) = url {
            tell(&board, url, form).await;
        }
    }
}

async fn tell(board: &Switchboard, url: &str, form: &[(String, String)]) {
    let signed = webhook::sign(board, url, form);
    match webhook::post(board, &signed).await {
        Ok(answer) if answer.is_success() => {}
        Ok(answer) => {
            tracing::debug!(status = answer.status, "the gateway refused a status callback");
            board.lose_callback();
        }
        Err(error) => {
            tracing::debug!(%error, "the gateway did not answer a status callback");
            board.lose_callback();
        }
    }
}

/// Source: <https://www.twilio.com/docs/messaging/guides/track-outbound-message-status>.
fn write_form(message: &Message, account_sid: &str) -> Vec<(String, String)> {
    let status = message.status.word();
    let mut form = vec![
        ("SmsSid", message.sid.clone()),
        ("SmsStatus", status.to_owned()),
        ("MessageStatus", status.to_owned()),
        ("To", message.to.clone()),
        ("MessageSid", message.sid.clone()),
        ("AccountSid", account_sid.to_owned()),
        ("From", message.from.clone()),
        ("ApiVersion", API_VERSION.to_owned()),
    ];
    if let Some(service) = &message.service {
        form.push(("MessagingServiceSid", service.clone()));
    }
    if let Some(code) = message.error_code {
        form.push(("ErrorCode", code.to_string()));
    }
    if matches!(message.status, Status::Outbound(DeliveryStatus::Delivered | DeliveryStatus::Undelivered)) {
        form.push(("RawDlrDoneDate", done_date(message.updated_at)));
    }
    form.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// `YYMMDDhhmm`, as carriers write it.
fn done_date(at: DateTime<Utc>) -> String {
    at.format("%y%m%d%H%M").to_string()
}
