//! `X-Twilio-Signature`: base64(HMAC(token, URL + every parameter, by name)).
//!
//! Sources: <https://www.twilio.com/docs/usage/security#validating-requests>, the behaviour of the official helper
//! libraries (with and without port, repeated names, SHA-256 with a shared key), and
//! <https://www.twilio.com/docs/api/errors/57012> (JSON bodies).

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::form::Form;

/// The header with the signature, unless an account's settings name another.
pub const SIGNATURE_HEADER: &str = "X-Twilio-Signature";
/// The header that names the algorithm when the provider signs with a shared key: `key=<id>,algorithm=HMAC_SHA256`.
pub const SETTINGS_HEADER: &str = "X-Twilio-Webhooks-Signature-Settings";

/// A request whose signature is in question.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// The public URL exactly as configured at the provider, query included, fragment not.
    pub url: &'a str,
    /// The signature header's value; empty if it was missing.
    pub signature: &'a str,
    /// The value of [`SETTINGS_HEADER`], if it was there.
    pub settings: Option<&'a str>,
    /// The raw body.
    pub body: &'a [u8],
    /// The body as a form; `None` for GET and for bodies of another type.
    pub form: Option<&'a Form<'a>>,
}

/// Whether one of the tokens made the signature. An empty token never did. Compares in constant time.
///
/// A form is covered by its parameters, any other body by `bodySHA256` in the query. The provider signs with or without
/// a port, whichever it likes: the URL counts as written, and without its port or with the default one of its scheme.
pub fn verify(auth_tokens: &[SecretString], request: &Signed<'_>) -> bool {
    let Some(algorithm) = Algorithm::from_settings(request.settings) else {
        return false;
    };
    let mut buffer = [0; SIGNATURE_BYTES_MAX];
    let Ok(length) = BASE64_STANDARD.decode_slice(request.signature, &mut buffer) else {
        return false;
    };
    let fits = |params: &[(&str, &str)]| {
        [as_written(request.url), with_other_port(request.url)]
            .iter()
            .any(|url| {
                auth_tokens
                    .iter()
                    .map(ExposeSecret::expose_secret)
                    .filter(|token| !token.is_empty())
                    .any(|token| {
                        match algorithm {
                            Algorithm::Sha1 => mac::<Hmac<Sha1>>(token, url, params)
                                .verify_slice(&buffer[..length]),
                            Algorithm::Sha256 => mac::<Hmac<Sha256>>(token, url, params)
                                .verify_slice(&buffer[..length]),
                        }
                        .is_ok()
                    })
            })
    };
    request
        .form
        .is_some_and(|form| fits(&sorted(form.params())))
        || (url_covers_body(request) && fits(&[]))
}

/// The signature of a form POST to `url`, as the provider makes it. `params` are decoded, in any order.
pub fn sign(auth_token: &str, url: &str, params: &[(String, String)]) -> String {
    let params = sorted(params.iter().map(|(name, value)| (&**name, &**value)));
    let mac = mac::<Hmac<Sha1>>(auth_token, &as_written(url), &params);
    BASE64_STANDARD.encode(mac.finalize().into_bytes())
}

/// Room for a decoded signature (20 or 32 bytes) and for what the decoder sets aside.
const SIGNATURE_BYTES_MAX: usize = 48;

#[derive(Debug, Clone, Copy)]
enum Algorithm {
    Sha1,
    Sha256,
}

impl Algorithm {
    /// SHA-1 unless the settings name another; `None` for one we do not know.
    fn from_settings(settings: Option<&str>) -> Option<Self> {
        let named = settings.unwrap_or_default().split(',').find_map(|part| {
            let (name, value) = part.split_once('=')?;
            Some(value.trim()).filter(|value| name.trim() == "algorithm" && !value.is_empty())
        });
        match named {
            None => Some(Self::Sha1),
            Some(name) if name.eq_ignore_ascii_case("HMAC_SHA1") => Some(Self::Sha1),
            Some(name) if name.eq_ignore_ascii_case("HMAC_SHA256") => Some(Self::Sha256),
            Some(_) => None,
        }
    }
}

/// Distinct pairs in byte order.
fn sorted<'a>(params: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<(&'a str, &'a str)> {
    let mut sorted: Vec<_> = params.collect();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
}

/// Name and value without a separator, after the URL (in parts, so that a port is taken out without copying).
fn mac<M: Mac + KeyInit>(auth_token: &str, url: &[&str; 3], params: &[(&str, &str)]) -> M {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = <M as KeyInit>::new_from_slice(auth_token.as_bytes()).expect("any length");
    url.iter().for_each(|part| mac.update(part.as_bytes()));
    for (name, value) in params {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    mac
}

fn as_written(url: &str) -> [&str; 3] {
    [url, "", ""]
}

/// The URL without its port, or with the default port of its scheme if it has none.
fn with_other_port(url: &str) -> [&str; 3] {
    let Some((scheme, rest)) = url.split_once("://") else {
        return as_written(url);
    };
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let end = scheme.len() + "://".len() + authority.len();
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    // The colons of an IPv6 address are in brackets; a port comes after them.
    let port = host
        .rsplit_once(':')
        .map(|(_, port)| port)
        .filter(|port| !port.contains(']'));
    match port {
        Some(port) => [&url[..end - port.len() - ":".len()], "", &url[end..]],
        None if scheme.eq_ignore_ascii_case("https") => [&url[..end], ":443", &url[end..]],
        None => [&url[..end], ":80", &url[end..]],
    }
}

/// Whether the signature of the URL alone vouches for the body: by its hash in the query, or because there is no body.
fn url_covers_body(request: &Signed<'_>) -> bool {
    let query = request.url.split_once('?').map_or("", |(_, query)| query);
    match form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "bodySHA256") {
        Some((_, hash)) => hex::encode(Sha256::digest(request.body))
            .as_bytes()
            .ct_eq(hash.as_bytes())
            .into(),
        None => request.body.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::providers::twilio::tests::{TOKEN, vectors};

    const URL: &str = "https://sms.regulars.example/in";

    fn verify_form(tokens: &[&str], url: &str, signature: &str, body: &[u8]) -> bool {
        let form = Form::parse(body).unwrap();
        let tokens: Vec<SecretString> = tokens.iter().map(|token| (*token).into()).collect();
        verify(
            &tokens,
            &Signed {
                url,
                signature,
                settings: None,
                body,
                form: Some(&form),
            },
        )
    }

    fn header<'a>(case: &'a Value, name: &str) -> Option<&'a str> {
        case["headers"][name].as_str()
    }

    fn verify_case(case: &Value) -> bool {
        let body = case["raw_body"].as_str().unwrap().as_bytes();
        let is_form = case["content_type"]
            .as_str()
            .is_some_and(|kind| kind.contains("form-urlencoded"));
        let form = is_form.then(|| Form::parse(body).unwrap());
        let request = Signed {
            url: case["url"].as_str().unwrap(),
            signature: header(case, SIGNATURE_HEADER).unwrap_or_default(),
            settings: header(case, SETTINGS_HEADER),
            body,
            form: form.as_ref(),
        };
        verify(&[case["auth_token"].as_str().unwrap().into()], &request)
    }

    #[test]
    fn every_vector_is_judged_as_the_official_libraries_judge_it() {
        let file = vectors("signature_vectors.json");
        let cases = file["cases"].as_array().unwrap();
        assert!(cases.len() >= 80);
        let wrong: Vec<&str> = cases
            .iter()
            .filter(|case| {
                case["expected"]
                    .as_bool()
                    .is_some_and(|expected| verify_case(case) != expected)
            })
            .map(|case| case["id"].as_str().unwrap())
            .collect();
        assert_eq!(wrong, [""; 0]);
    }

    #[test]
    fn where_the_official_libraries_differ_only_the_exact_url_counts() {
        let file = vectors("signature_vectors.json");
        for case in file["cases"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|case| case["expected"] == "either")
        {
            assert!(!verify_case(case), "{}", case["id"]);
        }
    }

    #[test]
    fn what_sign_makes_verify_accepts_under_either_of_two_tokens() {
        let signature = sign(
            "older",
            URL,
            &[("b".into(), "2".into()), ("a".into(), String::new())],
        );
        assert!(verify_form(&[TOKEN, "older"], URL, &signature, b"a=&b=2"));
        assert!(!verify_form(&[TOKEN], URL, &signature, b"a=&b=2"));
        assert!(!verify_form(&[], URL, &signature, b"a=&b=2"));
    }

    #[test]
    fn an_empty_token_verifies_nothing() {
        let signature = sign("", URL, &[]);
        assert!(!verify_form(&[""], URL, &signature, b""));
    }

    #[test]
    fn ports_come_and_go_around_userinfo_and_ipv6() {
        for (received, other) in [
            ("https://a.example/in", "https://a.example:443/in"),
            ("HTTP://a.example", "HTTP://a.example:80"),
            (
                "https://a.example?x=http://b:1/",
                "https://a.example:443?x=http://b:1/",
            ),
            (
                "https://a.example:8443/in?x=:1@y",
                "https://a.example/in?x=:1@y",
            ),
            ("https://u:p@a.example/in", "https://u:p@a.example:443/in"),
            ("https://u:p@a.example:1/in", "https://u:p@a.example/in"),
            ("https://[2001:db8::1]/in", "https://[2001:db8::1]:443/in"),
            ("https://[2001:db8::1]:8443", "https://[2001:db8::1]"),
            ("no url", "no url"),
        ] {
            assert_eq!(with_other_port(received).concat(), other);
        }
    }

    #[test]
    fn a_body_that_nothing_covers_is_forged() {
        let signature = sign(TOKEN, URL, &[]);
        let accepts = |body: &'static [u8]| {
            verify(
                &[TOKEN.into()],
                &Signed {
                    url: URL,
                    signature: &signature,
                    settings: None,
                    body,
                    form: None,
                },
            )
        };
        assert!(accepts(b""));
        assert!(!accepts(b"{}"));
    }

    #[test]
    fn the_body_hash_is_in_lower_case() {
        let hash = hex::encode(Sha256::digest(b"{}"));
        for (hash, expected) in [
            (hash.to_uppercase(), false),
            (hash[1..].into(), false),
            (hash, true),
        ] {
            let url = format!("{URL}?shop=7&bodySHA256={hash}");
            let signature = sign(TOKEN, &url, &[]);
            let request = Signed {
                url: &url,
                signature: &signature,
                settings: None,
                body: b"{}",
                form: None,
            };
            assert_eq!(verify(&[TOKEN.into()], &request), expected);
        }
    }

    #[test]
    fn the_algorithm_is_the_one_the_settings_name() {
        let signature = sign(TOKEN, URL, &[]);
        let accepts = |settings| {
            let request = Signed {
                url: URL,
                signature: &signature,
                settings,
                body: b"",
                form: None,
            };
            verify(&[TOKEN.into()], &request)
        };
        assert!(
            accepts(None)
                && accepts(Some(""))
                && accepts(Some("key=k"))
                && accepts(Some("algorithm = hmac_sha1"))
        );
        assert!(!accepts(Some("key=k,algorithm=HMAC_SHA256")) && !accepts(Some("algorithm=NONE")));
    }

    #[test]
    fn signatures_of_any_length_and_alphabet_are_no_harm() {
        for signature in ["", "=", "%%%", "é", &"A".repeat(28), &"A".repeat(10_000)] {
            assert!(!verify_form(&[TOKEN], URL, signature, b"a=1"));
        }
    }
}
