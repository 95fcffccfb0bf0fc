//! A JSON body, read with every refusal naming its field; and the checks that field after field goes through.

use std::{fmt::Display, future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::StatusCode,
    web::{BytesMut, Data},
};
use chrono::{DateTime, Utc};
use futures_util::StreamExt;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, IgnoredAny},
};

use crate::{
    clock::from_millis,
    http::{Gateway, problem::Problem},
    service::change::Mistake,
};

/// What a problem calls a body that is wrong as a whole.
const WHOLE_BODY: &str = "the body";

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let gateway = request.app_data::<Data<Gateway>>().cloned();
        let payload = payload.take();
        Box::pin(async move {
            let limit = gateway.map_or(0, |gateway| gateway.settings.server.body_bytes_max);
            Ok(Self(parse(&collect(payload, limit).await?)?))
        })
    }
}

async fn collect(mut payload: Payload, limit: usize) -> Result<BytesMut, Problem> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| Problem::new(StatusCode::BAD_REQUEST, error.to_string()))?;
        if body.len() + chunk.len() > limit {
            let detail = format!("A body has at most {limit} bytes.");
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    if body.trim_ascii_start().starts_with(b"[") {
        return Err(refuse_list(body));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        unreadable(path, error.into_inner())
    })?;
    json.end().map_err(|error| unreadable(String::new(), error))?;
    Ok(value)
}

/// serde would take the items of a list for the fields of an object, in their order.
fn refuse_list(body: &[u8]) -> Problem {
    match serde_json::from_slice::<IgnoredAny>(body) {
        Ok(_) => {
            let mistake = Mistake { field: WHOLE_BODY.to_owned(), sentence: "must be an object".to_owned() };
            Problem::of_fields(StatusCode::UNPROCESSABLE_ENTITY, vec![mistake])
        }
        Err(error) => unreadable(String::new(), error),
    }
}

fn unreadable(path: String, error: serde_json::Error) -> Problem {
    if !error.is_data() {
        return Problem::new(StatusCode::BAD_REQUEST, format!("The body is not JSON: {error}."));
    }
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    let mistake = mistake_of(&path, message);
    Problem::of_fields(StatusCode::UNPROCESSABLE_ENTITY, vec![mistake])
}

/// What serde found at a path, in the caller's terms.
pub fn mistake_of(path: &str, message: &str) -> Mistake {
    let field = Some(field_of(path, message)).filter(|field| !field.is_empty());
    Mistake { field: field.unwrap_or_else(|| WHOLE_BODY.to_owned()), sentence: in_plain_words(message) }
}

fn in_plain_words(message: &str) -> String {
    let expected = message.rsplit_once(", expected ").map(|(_, expected)| expected).unwrap_or_default();
    if message.starts_with("missing field") {
        "is needed".to_owned()
    } else if message.starts_with("duplicate field") {
        "is there twice".to_owned()
    } else if message.starts_with("unknown field") {
        let known = expected.trim_start_matches("one of ").replace("` or `", "`, `");
        format!("is not known here; known: {known}")
    } else if message.starts_with("UUID parsing failed") {
        "must be a UUID".to_owned()
    } else if message.starts_with("invalid ") && !expected.is_empty() {
        format!("must be {}", kind_in_plain_words(expected))
    } else {
        message.to_owned()
    }
}

/// serde names types as Rust does.
fn kind_in_plain_words(expected: &str) -> &str {
    match expected {
        "a map" => "an object",
        "a sequence" => "a list",
        "a boolean" => "true or false",
        "f32" | "f64" => "a number",
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number",
        _ if expected.starts_with("struct ") => "an object",
        _ if expected.contains("UUID") => "a UUID",
        _ => expected,
    }
}

/// The path, ending in the field that is unknown or missing, which serde names between backticks.
fn field_of(path: &str, sentence: &str) -> String {
    let path = if path == "." { "" } else { path };
    let about_a_name =
        ["unknown field", "missing field", "duplicate field"].iter().any(|kind| sentence.starts_with(kind));
    match sentence.split('`').nth(1).filter(|_| about_a_name) {
        Some(name) if path.is_empty() => name.to_owned(),
        Some(name) if path != name && !path.ends_with(&format!(".{name}")) => format!("{path}.{name}"),
        _ => path.to_owned(),
    }
}

/// For a field that may be left out but not be `null`, or (`Option<Option<_>>`) whose `null` means "none".
pub fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Gathers what is wrong with a body, so that it is all said at once.
#[derive(Default)]
pub struct Checks(Vec<Mistake>);

impl Checks {
    /// The value where it is right; what is wrong is kept for [`Checks::passed`].
    pub fn check<T, E: Display>(&mut self, field: &str, read: Result<T, E>) -> Option<T> {
        read.map_err(|sentence| self.0.push(Mistake { field: field.to_owned(), sentence: sentence.to_string() })).ok()
    }

    /// The same for a field that may be absent.
    pub fn optional<T, U, E: Display>(
        &mut self,
        field: &str,
        value: Option<T>,
        read: impl FnOnce(T) -> Result<U, E>,
    ) -> Option<U> {
        value.and_then(|value| self.check(field, read(value)))
    }

    /// The same for a field that may be absent or `null`.
    pub fn nullable<T, U, E: Display>(
        &mut self,
        field: &str,
        value: Option<Option<T>>,
        read: impl FnOnce(T) -> Result<U, E>,
    ) -> Option<Option<U>> {
        value.map(|value| self.optional(field, value, read))
    }

    /// What was made of the checked values, if nothing was wrong; all that was, otherwise.
    pub fn passed<T>(self, made: Option<T>) -> Result<T, Problem> {
        match made {
            Some(made) if self.0.is_empty() => Ok(made),
            _ => Err(Problem::of_fields(StatusCode::UNPROCESSABLE_ENTITY, self.0)),
        }
    }
}

/// A line of text: without surrounding blanks, not empty, at most `most` characters, no control characters.
pub fn line(most: usize) -> impl FnOnce(String) -> Result<String, String> {
    move |text| match text_of_at_most(most)(text)? {
        text if text.is_empty() => Err("must not be empty".to_owned()),
        text => Ok(text),
    }
}

/// The same, or nothing.
pub fn text_of_at_most(most: usize) -> impl FnOnce(String) -> Result<String, String> {
    move |text| {
        let text = text.trim();
        if text.chars().nth(most).is_some() {
            Err(format!("has at most {most} characters"))
        } else if text.chars().any(char::is_control) {
            Err("must not contain line breaks or other control characters".to_owned())
        } else {
            Ok(text.to_owned())
        }
    }
}

/// A moment, to the millisecond. (RFC 3339)
pub fn moment(text: String) -> Result<DateTime<Utc>, &'static str> {
    let time = DateTime::parse_from_rfc3339(&text);
    time.map(|time| from_millis(time.timestamp_millis()))
        .map_err(|_| "is not a time in RFC 3339, such as 2026-03-01T00:00:00Z")
}
