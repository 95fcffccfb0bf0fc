//! What the Messages resource answers, in the closed vocabulary of [`Answer`].
//!
//! Sources: <https://www.twilio.com/docs/messaging/api/message-resource>,
//! <https://www.twilio.com/docs/api/errors/20500> (a send is not idempotent),
//! <https://www.twilio.com/docs/api/errors/20429> (a 429 was never taken).

use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use regex::Regex;
use serde_json::Value;

use crate::twilio::error_code::{Class, classify, is_code};
use crate::twilio::inbound::is_id;
use crate::{Answer, Listed, PAUSE_MAX, Page, Unreadable};
use regulars_domain::address::Address;
use regulars_domain::message::DeliveryStatus;

/// Most characters of a reason we keep.
const REASON_CHARS_MAX: usize = 300;

/// Reads what was said to a send: the error number decides, and without one the HTTP status.
///
/// A 2xx without an id and a 5xx may have been taken; any other failure was not. `now` is for a Retry-After date.
pub fn read_answer(http_status: u16, retry_after: Option<&str>, now: DateTime<Utc>, body: &[u8]) -> Answer {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    if (200..300).contains(&http_status) {
        return read_taken(&body);
    }
    let code = number(&body["code"]);
    let class = code.map(classify);
    let pause = retry_after.and_then(|value| read_pause(value, now));
    let reason = || reason(http_status, class, &body);
    match class {
        Some(Class::OptOut) => Answer::OptedOut { code },
        Some(Class::Rate) => Answer::RateLimited { pause, code },
        Some(Class::Auth | Class::Config) => Answer::Misconfigured { code, reason: reason() },
        Some(Class::PermanentRecipient | Class::Permanent | Class::Bug | Class::Filtered) if http_status != 429 => {
            Answer::Refused { code, reason: reason() }
        }
        Some(Class::Ambiguous) => Answer::Unclear { code },
        Some(Class::Transient | Class::TransientRecipient | Class::Unknown) if is_refusal(http_status) => {
            Answer::RetryAfter { pause, code }
        }
        _ => read_status(http_status, code, pause, reason),
    }
}

fn is_refusal(http_status: u16) -> bool {
    (400..500).contains(&http_status) && ![408, 429].contains(&http_status)
}

/// What the HTTP status alone says.
fn read_status(http_status: u16, code: Option<u32>, pause: Option<Duration>, reason: impl Fn() -> String) -> Answer {
    match http_status {
        429 => Answer::RateLimited { pause, code },
        425 => Answer::RetryAfter { pause, code },
        // A redirect, a login, a payment, a path or method unknown: this is not the API the settings promise.
        300..=399 | 401..=405 | 407 => Answer::Misconfigured { code, reason: reason() },
        408 => Answer::Unclear { code },
        400..=499 => Answer::Refused { code, reason: reason() },
        _ => Answer::Unclear { code },
    }
}

/// A text that was taken; or taken and dropped at once, which no receipt will tell us.
fn read_taken(body: &Value) -> Answer {
    let code = number(&body["error_code"]);
    let Some(sid) = text(&body["sid"]).filter(|sid| is_id(sid)) else {
        return Answer::Unclear { code };
    };
    let status = status(&body["status"]).unwrap_or(DeliveryStatus::Queued);
    if status == DeliveryStatus::Failed && code.map(classify) == Some(Class::OptOut) {
        return Answer::OptedOut { code };
    }
    Answer::Accepted { provider_message_id: sid.into(), status }
}

/// `Retry-After` as seconds or as an HTTP date, at most [`PAUSE_MAX`]; a date gone by is no pause.
fn read_pause(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)).min(PAUSE_MAX));
    }
    let until = httpdate::parse_http_date(value).ok()?;
    Some(until.duration_since(SystemTime::from(now)).unwrap_or_default().min(PAUSE_MAX))
}

/// Our advice and the provider's own words, for an operator.
fn reason(http_status: u16, class: Option<Class>, body: &Value) -> String {
    let said = text(&body["message"]).map(scrub).unwrap_or_default();
    let advice = class.map_or("Check the API base URL and the account.", Class::advice);
    let advice = if class.is_none() && http_status == 400 { "" } else { advice };
    match (said.as_str(), advice) {
        ("", "") => format!("The provider refused the request (HTTP {http_status})."),
        ("", advice) => format!("HTTP {http_status}. {advice}"),
        (said, "") => said.into(),
        (said, advice) => format!("{said} {advice}"),
    }
}

/// Five digits or more, however grouped: a phone number or short code, which the provider likes to repeat.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a constant expression that the tests compile")]
    Regex::new(r"\+?\d(?:[\s().\-/]*\d){4,}").expect("a valid expression")
});

/// One bounded line without anybody's number.
fn scrub(message: &str) -> String {
    let line: String = message.chars().take(REASON_CHARS_MAX).map(|c| if c.is_control() { ' ' } else { c }).collect();
    NUMBER.replace_all(line.trim(), "…").into_owned()
}

/// Reads a page of the list of messages. What has no id is left out; other oddities cost a field, not the page.
pub fn read_page(body: &[u8]) -> Result<Page, Unreadable> {
    let body: Value = serde_json::from_slice(body).map_err(|_| Unreadable::NoList)?;
    let messages = body["messages"].as_array().ok_or(Unreadable::NoList)?;
    Ok(Page {
        messages: messages.iter().filter_map(read_listed).collect(),
        next_page_uri: text(&body["next_page_uri"]).filter(|uri| !uri.is_empty()).map(Into::into),
    })
}

fn read_listed(message: &Value) -> Option<Listed> {
    let address = |value: &Value| text(value).and_then(|written| Address::parse(written).ok());
    Some(Listed {
        sid: text(&message["sid"]).filter(|sid| is_id(sid))?.into(),
        to: address(&message["to"]),
        from: address(&message["from"]),
        body: text(&message["body"]).unwrap_or_default().into(),
        status: status(&message["status"]),
        date_created: text(&message["date_created"]).and_then(read_date),
        error_code: number(&message["error_code"]),
        outbound: text(&message["direction"]).is_none_or(|direction| direction.starts_with("outbound")),
    })
}

/// RFC 2822, as documented: `Thu, 24 Aug 2023 05:01:45 +0000`.
fn read_date(written: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(written).ok().map(|date| date.to_utc())
}

fn status(value: &Value) -> Option<DeliveryStatus> {
    text(value).and_then(DeliveryStatus::from_word)
}

fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

/// An error number, or one in quotes.
fn number(value: &Value) -> Option<u32> {
    let number = match value {
        Value::String(digits) => digits.trim().parse().ok(),
        other => other.as_u64().and_then(|number| u32::try_from(number).ok()),
    };
    number.filter(|number| is_code(*number))
}

#[cfg(test)]
mod tests;
