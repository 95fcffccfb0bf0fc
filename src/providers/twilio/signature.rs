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

/// Whether one of the keys made the signature. An empty key never did. Compares in constant time.
///
/// A form is covered by its parameters, any other body by `bodySHA256` in the query. The provider signs with or without
/// a port, whichever it likes: the URL counts as written, and without its port or with the default one of its scheme.
pub fn verify(signing_keys: &[SecretString], request: &Signed<'_>) -> bool {
    let Some(algorithm) = Algorithm::from_settings(request.settings) else {
        return false;
    };
    let mut buffer = [0; SIGNATURE_BYTES_MAX];
    let Ok(length) = BASE64_STANDARD.decode_slice(request.signature, &mut buffer) else {
        return false;
    };
    let urls = [as_written(request.url), with_other_port(request.url)];
    let fits = |params: &[(&str, &str)]| {
        let usable = signing_keys.iter().map(ExposeSecret::expose_secret).filter(|key| !key.is_empty());
        usable.into_iter().any(|key| urls.iter().any(|url| algorithm.made(&buffer[..length], key, url, params)))
    };
    let form_fits = request.form.is_some_and(|form| fits(&sorted(form.params())));
    form_fits || (url_covers_body(request) && fits(&[]))
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

    /// Whether the signature is this algorithm's over the URL and the parameters.
    fn made(self, signature: &[u8], auth_token: &str, url: &[&str; 3], params: &[(&str, &str)]) -> bool {
        let verified = match self {
            Self::Sha1 => mac::<Hmac<Sha1>>(auth_token, url, params).verify_slice(signature),
            Self::Sha256 => mac::<Hmac<Sha256>>(auth_token, url, params).verify_slice(signature),
        };
        verified.is_ok()
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
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    // The colons of an IPv6 address are in brackets; a port comes after them.
    let port = host.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.contains(']'));
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
        Some((_, hash)) => hex::encode(Sha256::digest(request.body)).as_bytes().ct_eq(hash.as_bytes()).into(),
        None => request.body.is_empty(),
    }
}

#[cfg(test)]
mod tests;
