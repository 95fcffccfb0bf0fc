//! A JSON body, read with every refusal naming its field; and the checks that field after field goes through.

use std::{
    fmt::{self, Display},
    future::Future,
    marker::PhantomData,
    pin::Pin,
};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    http::StatusCode,
    web::{BytesMut, Data},
};
use chrono::{DateTime, Utc};
use futures_util::StreamExt;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, IgnoredAny, MapAccess, Visitor, value::MapAccessDeserializer},
};
use serde_json::Value;

pub use crate::service::fields::{line, text_of_at_most};
use crate::{
    clock::from_millis,
    http::{Gateway, problem::Problem},
    service::change::Mistake,
};

/// What a problem calls a body that is wrong as a whole.
const WHOLE_BODY: &str = "the body";

/// How many bytes a body may have at this address, where that is not the setting.
#[derive(Debug, Clone, Copy)]
pub struct BodyBytesMax(pub usize);

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let gateway = request.app_data::<Data<Gateway>>().cloned();
        let limit = request.extensions().get::<BodyBytesMax>().map(|BodyBytesMax(bytes)| *bytes);
        let payload = payload.take();
        Box::pin(async move {
            let limit = limit.or_else(|| Some(gateway?.settings.server.body_bytes_max)).unwrap_or_default();
            Ok(Self(parse(&collect(payload, limit).await?)?))
        })
    }
}

/// A body as it is sent, as far as it may be long.
pub async fn collect(mut payload: Payload, limit: usize) -> Result<BytesMut, Problem> {
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
    let read = serde_path_to_error::deserialize(&mut json);
    let value = match read {
        Err(error) if error.inner().to_string().starts_with("invalid type: floating point") => {
            return parse_whole(body);
        }
        read => read.map_err(|error| {
            let path = error.path().to_string();
            unreadable(path, error.into_inner())
        })?,
    };
    json.end().map_err(|error| unreadable(String::new(), error))?;
    Ok(value)
}

/// To JSON 12.0 is a whole number, to serde it is none.
fn parse_whole<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let mut value: Value = serde_json::from_slice(body).map_err(|error| unreadable(String::new(), error))?;
    make_whole(&mut value);
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        unreadable(path, error.into_inner())
    })
}

/// Whole numbers that are written with a point, without one.
pub fn make_whole(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let whole = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0);
            if let Some(whole) = whole.filter(|whole| whole.abs() <= EXACT_MAX) {
                *value = (whole as i64).into();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(make_whole),
        Value::Object(fields) => fields.values_mut().for_each(make_whole),
        _ => {}
    }
}

/// Up to here every whole number is a float of its own. (2^53)
const EXACT_MAX: f64 = 9_007_199_254_740_992.0;

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

/// An object within a body, and nothing else: of a list serde would take the items for its fields, in their order.
pub fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Object::deserialize(deserializer).map(|Object(value)| value)
}

/// The same where it is left out or `null` too.
pub fn object_if_any<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.map(|Object(value)| value))
}

/// The same in a change: what is there is an object.
pub fn given_object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    object(deserializer).map(Some)
}

/// A list of objects.
pub fn objects<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let found: Vec<Object<T>> = Deserialize::deserialize(deserializer)?;
    Ok(found.into_iter().map(|Object(value)| value).collect())
}

/// The same where it is left out or `null` too.
pub fn objects_if_any<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Vec<T>>, D::Error> {
    let found: Option<Vec<Object<T>>> = Deserialize::deserialize(deserializer)?;
    Ok(found.map(|objects| objects.into_iter().map(|Object(value)| value).collect()))
}

struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map))
            }
        }

        deserializer.deserialize_map(Fields(PhantomData)).map(Self)
    }
}

/// Gathers what is wrong with a body, so that it is all said at once. What is not as the description says is answered 422; what
/// it cannot say, since it lies between fields, the key and what is kept, is a clash: 409.
#[derive(Default)]
pub struct Checks {
    mistakes: Vec<Mistake>,
    clashes: Vec<Mistake>,
}

impl Checks {
    /// The value where it is right; what is wrong is kept for [`Checks::passed`].
    pub fn check<T, E: Display>(&mut self, field: &str, read: Result<T, E>) -> Option<T> {
        read.map_err(|sentence| self.mistakes.push(mistake(field, sentence))).ok()
    }

    /// The same for what no description can say of the field.
    pub fn fit<T, E: Display>(&mut self, field: &str, read: Result<T, E>) -> Option<T> {
        read.map_err(|sentence| self.clashes.push(mistake(field, sentence))).ok()
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
        let Self { mistakes, clashes } = self;
        match made {
            Some(made) if mistakes.is_empty() && clashes.is_empty() => Ok(made),
            _ => {
                let only_clash = mistakes.is_empty() && !clashes.is_empty();
                let status = if only_clash { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
                Err(Problem::of_fields(status, mistakes.into_iter().chain(clashes).collect()))
            }
        }
    }
}

fn mistake(field: &str, sentence: impl Display) -> Mistake {
    Mistake { field: field.to_owned(), sentence: sentence.to_string() }
}

/// A moment, to the millisecond. (RFC 3339)
pub fn moment(text: String) -> Result<DateTime<Utc>, &'static str> {
    let time = DateTime::parse_from_rfc3339(&text);
    time.map(|time| from_millis(time.timestamp_millis()))
        .map_err(|_| "is not a time in RFC 3339, such as 2026-03-01T00:00:00Z")
}
