//! What a webhook's form says: a text that came in, or what became of one that went out.
//!
//! Sources: <https://www.twilio.com/docs/messaging/guides/webhook-request>,
//! <https://www.twilio.com/docs/messaging/guides/track-outbound-message-status>.

use super::{error_code::is_code, form::Form};
use crate::Unreadable;
use regulars_domain::address::Address;
use regulars_domain::message::{DeliveryStatus, Inbound, Media, OptOutType, Receipt};

/// Most characters of a text; Twilio documents 1,600, other channels take more.
pub const BODY_CHARS_MAX: usize = 10_000;
/// Most attachments of a text, as documented.
pub const MEDIA_MAX: usize = 10;
/// Most characters of an id (Twilio's have 34, a UUID 36).
const ID_CHARS_MAX: usize = 128;
const MEDIA_URL_CHARS_MAX: usize = 2_048;
const CONTENT_TYPE_CHARS_MAX: usize = 255;

/// Reads a text that came in. Parameters we do not know are left alone; odd extras never cost us the text.
pub fn read_inbound(form: &Form<'_>) -> Result<Inbound, Unreadable> {
    Ok(Inbound {
        provider_message_id: message_id(form)?,
        from: address(form, "From")?,
        to: address(form, "To")?,
        service: service_sid(form).map(Into::into),
        body: body(form)?,
        media: media(form),
        opt_out_type: opt_out_type(form),
        segments: number(form, "NumSegments").unwrap_or(1).max(1),
    })
}

/// Reads what became of a text that went out.
pub fn read_receipt(form: &Form<'_>) -> Result<Receipt, Unreadable> {
    Ok(Receipt {
        provider_message_id: message_id(form)?,
        from: address(form, "From").ok(),
        to: address(form, "To").ok(),
        service: service_sid(form).map(Into::into),
        status: status(form)?,
        error_code: number(form, "ErrorCode").filter(|code| is_code(*code)),
        done_at: done_at(form),
    })
}

/// The account a webhook speaks for. Anybody can write it: it says whose token to verify with, no more.
pub fn account_sid<'form>(form: &'form Form<'_>) -> Option<&'form str> {
    id(form, "AccountSid")
}

/// The messaging service through which a text came or went.
pub fn service_sid<'form>(form: &'form Form<'_>) -> Option<&'form str> {
    id(form, "MessagingServiceSid")
}

/// `MessageSid`, or one of the names it had in older versions of the API.
fn message_id(form: &Form<'_>) -> Result<String, Unreadable> {
    let named = ["MessageSid", "SmsSid", "SmsMessageSid"].into_iter().find(|name| form.get_filled(name).is_some());
    let name = named.ok_or(Unreadable::Missing("MessageSid"))?;
    id(form, name).map(Into::into).ok_or(Unreadable::NoId(name))
}

fn id<'form>(form: &'form Form<'_>, name: &str) -> Option<&'form str> {
    form.get_filled(name).filter(|value| is_id(value))
}

/// Whether it can be an id: printable ASCII, not too long. Of what form is up to the provider.
pub(super) fn is_id(text: &str) -> bool {
    (1..=ID_CHARS_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn address(form: &Form<'_>, name: &'static str) -> Result<Address, Unreadable> {
    let written = form.get_filled(name).ok_or(Unreadable::Missing(name))?;
    Address::parse(written).map_err(|error| Unreadable::NoAddress(name, error))
}

/// What was typed; absent is empty. No database takes a NUL in a text.
fn body(form: &Form<'_>) -> Result<String, Unreadable> {
    let typed = form.get("Body").unwrap_or_default();
    if typed.chars().nth(BODY_CHARS_MAX).is_some() {
        return Err(Unreadable::TooLong("Body", BODY_CHARS_MAX));
    }
    Ok(typed.replace('\0', "\u{FFFD}"))
}

const MEDIA_NAMES: [(&str, &str); MEDIA_MAX] = [
    ("MediaUrl0", "MediaContentType0"),
    ("MediaUrl1", "MediaContentType1"),
    ("MediaUrl2", "MediaContentType2"),
    ("MediaUrl3", "MediaContentType3"),
    ("MediaUrl4", "MediaContentType4"),
    ("MediaUrl5", "MediaContentType5"),
    ("MediaUrl6", "MediaContentType6"),
    ("MediaUrl7", "MediaContentType7"),
    ("MediaUrl8", "MediaContentType8"),
    ("MediaUrl9", "MediaContentType9"),
];

/// The attachments that have a web link, in order. A count that is no number means: whatever is there.
fn media(form: &Form<'_>) -> Vec<Media> {
    let count = number(form, "NumMedia").unwrap_or(MEDIA_MAX);
    let linked = MEDIA_NAMES.iter().take(count).filter_map(|(url, content_type)| {
        Some(Media {
            url: form.get(url).filter(|url| is_web_link(url))?.into(),
            content_type: form.get(content_type).filter(|kind| is_content_type(kind)).unwrap_or_default().into(),
        })
    });
    linked.collect()
}

fn is_web_link(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && is_line(text, MEDIA_URL_CHARS_MAX)
}

fn is_content_type(text: &str) -> bool {
    is_line(text, CONTENT_TYPE_CHARS_MAX)
}

fn is_line(text: &str, chars_max: usize) -> bool {
    text.chars().nth(chars_max).is_none() && !text.chars().any(char::is_control)
}

/// Present only where the provider's Advanced Opt-Out has acted:
/// <https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out>.
fn opt_out_type(form: &Form<'_>) -> Option<OptOutType> {
    let word = form.get("OptOutType")?.trim();
    [("STOP", OptOutType::Stop), ("START", OptOutType::Start), ("HELP", OptOutType::Help)]
        .into_iter()
        .find(|(known, _)| word.eq_ignore_ascii_case(known))
        .map(|(_, kind)| kind)
}

/// What the provider says became of it. A word we do not know tells us nothing, but no refusal of ours would change it.
fn status(form: &Form<'_>) -> Result<DeliveryStatus, Unreadable> {
    let word = form.get_filled("MessageStatus").or_else(|| form.get_filled("SmsStatus"));
    let word = word.ok_or(Unreadable::Missing("MessageStatus"))?.trim();
    Ok(DeliveryStatus::from_word(word).unwrap_or(DeliveryStatus::Unknown))
}

/// `RawDlrDoneDate`, if it is the ten digits it is said to be.
fn done_at(form: &Form<'_>) -> Option<String> {
    let digits = form.get("RawDlrDoneDate")?.trim();
    (digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.into())
}

fn number<N: std::str::FromStr>(form: &Form<'_>, name: &str) -> Option<N> {
    form.get(name)?.trim().parse().ok()
}

#[cfg(test)]
mod tests;
