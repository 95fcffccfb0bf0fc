//! Signs what is told, as Standard Webhooks 1.0.0 has it: HMAC-SHA256 over the id, the time and the body, with full stops
//! between.

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// The value of `webhook-signature`: a signature by each secret, the one in force first. `at` is in Unix seconds. `None` where
/// a secret is none.
pub fn sign(secrets: &[SecretString], id: &str, at: i64, body: &str) -> Option<String> {
    let by_each = secrets.iter().map(|secret| sign_by(secret, id, at, body));
    Some(by_each.collect::<Option<Vec<String>>>()?.join(" "))
}

fn sign_by(secret: &SecretString, id: &str, at: i64, body: &str) -> Option<String> {
    let key = BASE64_STANDARD.decode(secret.expose_secret().strip_prefix("whsec_")?).ok()?;
    let mac = Hmac::<Sha256>::new_from_slice(&key).ok()?.chain_update(format!("{id}.{at}.{body}"));
    Some(format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_official_libraries_is_signed_as_they_sign_it() {
        let secret = SecretString::from("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signed = sign(
            std::slice::from_ref(&secret),
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            "{\"test\": 2432232314}",
        );
        assert_eq!(signed.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        let twice = sign(&[secret.clone(), secret], "a", 1, "b").unwrap();
        assert_eq!(twice.split(' ').collect::<Vec<_>>(), [twice.split(' ').next().unwrap(); 2]);
        assert_eq!(sign(&[SecretString::from("none")], "a", 1, "b"), None);
    }
}
