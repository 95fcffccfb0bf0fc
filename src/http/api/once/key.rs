//! The key itself: in the header, as a structured field's string or bare, or in the body.

use std::fmt;

use actix_web::http::{
    StatusCode,
    header::{HeaderMap, HeaderValue},
};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

use crate::{http::problem::Problem, service::change::Mistake};

/// The header's name.
pub const HEADER: &str = "Idempotency-Key";
/// The field of a body.
const FIELD: &str = "idempotency_key";
/// The most characters of a key.
pub const KEY_CHARS_MAX: usize = 128;
/// What a header may be, for the description: a string in marks, or bare.
pub const PATTERN: &str = r#"^([!#-~][!-~]{0,127}|"([!#-\[\]-~]|\\["\\]){1,128}")$"#;

/// A key that is none.
pub fn wrong(sentence: &str) -> Problem {
    let mistake = Mistake { field: HEADER.to_owned(), sentence: sentence.to_owned() };
    Problem::of_fields(StatusCode::BAD_REQUEST, vec![mistake])
}

/// The key in the header.
pub fn in_header(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut lines = headers.get_all(HEADER);
    let Some(line) = lines.next() else { return Ok(None) };
    if lines.next().is_some() {
        return Err(wrong("is there twice; send one"));
    }
    read_line(line).map(Some).ok_or_else(|| wrong(&needed()))
}

fn needed() -> String {
    format!("must be 1 to {KEY_CHARS_MAX} visible ASCII characters, between quotation marks or bare")
}

/// A string of a structured field (RFC 9651, 3.3.3), or a bare word.
fn read_line(line: &HeaderValue) -> Option<String> {
    let written = line.to_str().ok()?.trim();
    let key = match written.strip_prefix('"') {
        Some(rest) => unescaped(rest.strip_suffix('"')?)?,
        None => written.to_owned(),
    };
    Some(key).filter(|key| is_key(key))
}

fn unescaped(written: &str) -> Option<String> {
    let mut key = String::with_capacity(written.len());
    let mut signs = written.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => key.push(signs.next().filter(|sign| matches!(sign, '"' | '\\'))?),
            '"' => return None,
            sign => key.push(sign),
        }
    }
    Some(key)
}

fn is_key(key: &str) -> bool {
    (1..=KEY_CHARS_MAX).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The key in a body that is an object, and the body without it, otherwise as it was. What is no object is for the handler
/// to complain of.
pub fn in_body(body: &[u8]) -> Result<Option<(String, Vec<u8>)>, Problem> {
    let is_object = body.trim_ascii_start().starts_with(b"{");
    if !is_object || !body.windows(FIELD.len()).any(|part| part == FIELD.as_bytes()) {
        return Ok(None);
    }
    let Ok(Fields(fields)) = serde_json::from_slice(body) else { return Ok(None) };
    let (keys, rest): (Vec<_>, Vec<_>) = fields.into_iter().partition(|(name, _)| name == FIELD);
    let key = match keys.as_slice() {
        [] => return Ok(None),
        [(_, value)] => serde_json::from_str::<String>(value.get()).ok().filter(|key| is_key(key)),
        _ => return Err(wrong("is there twice in the body; send one")),
    };
    let key = key.ok_or_else(|| wrong(&needed()))?;
    let written =
        rest.iter().map(|(name, value)| Some(format!("{}:{}", serde_json::to_string(name).ok()?, value.get())));
    let written: Option<Vec<String>> = written.collect();
    Ok(written.map(|fields| (key, format!("{{{}}}", fields.join(",")).into_bytes())))
}

/// The fields of an object in their order, each as it was written: a field that is there twice stays there twice.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_header(written: &str) -> Option<String> {
        read_line(&HeaderValue::from_str(written).unwrap())
    }

    #[test]
    fn a_key_may_stand_between_marks_or_bare() {
        for (written, key) in [
            ("\"8e03978e-40d5-43e8\"", "8e03978e-40d5-43e8"),
            ("8e03978e-40d5-43e8", "8e03978e-40d5-43e8"),
            (r#""a\"b\\c""#, r#"a"b\c"#),
            ("a\"b", "a\"b"),
        ] {
            assert_eq!(of_header(written).as_deref(), Some(key), "{written}");
        }
        assert_eq!(of_header(&"k".repeat(128)).unwrap().len(), 128);
        let long = "k".repeat(129);
        for wrong in ["", "\"\"", "\"", "\"a", "\"a\";b=1", r#""a\b""#, "two words", "\"two words\"", "a,\tb", &long] {
            assert_eq!(of_header(wrong), None, "{wrong}");
        }
        assert_eq!(read_line(&HeaderValue::from_bytes("ключ".as_bytes()).unwrap()), None);
    }

    #[test]
    fn the_published_pattern_is_what_is_taken() {
        let pattern = regex::Regex::new(PATTERN).unwrap();
        for written in ["a", "\"a\"", "a\"b", r#""a\"b""#, "\"", "\"\"", "\"a", r#""a\b""#, "a b", "\"a\"b", "ä"] {
            let read = HeaderValue::from_bytes(written.as_bytes()).ok().and_then(|line| read_line(&line));
            assert_eq!(pattern.is_match(written), read.is_some(), "{written}");
        }
    }

    #[test]
    fn the_body_stays_as_it_was_but_for_the_key() {
        let body =
            br#"{"amount": 12345678901234567890.10, "idempotency_key": "k1", "a": {"idempotency_key": 1}, "a": 2}"#;
        let (key, rest) = in_body(body).unwrap().unwrap();
        assert_eq!(key, "k1");
        assert_eq!(rest, br#"{"amount":12345678901234567890.10,"a":{"idempotency_key": 1},"a":2}"#);
        for none in
            [&b"{}"[..], b"", b"[\"idempotency_key\"]", b"{\"idempotency_key\"", b"{\"a\": \"idempotency_key\"}"]
        {
            assert!(in_body(none).unwrap().is_none());
        }
        for wrong in
            [&br#"{"idempotency_key": 5}"#[..], br#"{"idempotency_key": ""}"#, br#"{"idempotency_key": "a b"}"#]
        {
            assert_eq!(in_body(wrong).unwrap_err().status, 400);
        }
        let twice = br#"{"idempotency_key": "a", "idempotency_key": "a"}"#;
        assert_eq!(in_body(twice).unwrap_err().status, 400);
    }
}
