//! base64(HMAC-SHA256(secret, parts)), which all of these tills sign with.

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// Room for a decoded signature (32 bytes) and for what the decoder sets aside.
const SIGNATURE_BYTES_MAX: usize = 48;

/// Whether the secret made this signature of the parts, one behind the other. An empty secret never did.
pub(super) fn is_made_with(secret: &SecretString, signature: &str, parts: &[&[u8]]) -> bool {
    let secret = secret.expose_secret().as_bytes();
    let mut buffer = [0; SIGNATURE_BYTES_MAX];
    let Ok(length) = BASE64_STANDARD.decode_slice(signature.trim(), &mut buffer) else { return false };
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(secret) else { return false };
    parts.iter().for_each(|part| mac.update(part));
    !secret.is_empty() && mac.verify_slice(&buffer[..length]).is_ok()
}
