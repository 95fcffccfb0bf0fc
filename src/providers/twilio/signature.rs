//! `X-Twilio-Signature`: base64(HMAC-SHA1(token, URL + every parameter, by name)).
//!
//! Source: <https://www.twilio.com/docs/usage/security#validating-requests>.

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// The signature of a form POST to `url`, as the provider makes it. `params` are decoded, in any order.
pub fn sign(auth_token: &str, url: &str, params: &[(String, String)]) -> String {
    BASE64_STANDARD.encode(mac(auth_token, url, params).finalize().into_bytes())
}

/// Distinct name and value pairs in byte order, each as name and value without a separator, after the URL.
fn mac(auth_token: &str, url: &str, params: &[(String, String)]) -> Hmac<Sha1> {
    let mut sorted: Vec<&(String, String)> = params.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = Hmac::<Sha1>::new_from_slice(auth_token.as_bytes()).expect("any length");
    mac.update(url.as_bytes());
    for (name, value) in sorted {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    mac
}
