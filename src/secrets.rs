//! Secrets at rest: provider tokens are sealed with the operator's key, API keys are kept as hashes, and so are passwords.

pub mod passwords;

use base64::{Engine, prelude::BASE64_STANDARD};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// Seals and opens secrets with one key of 32 bytes (XChaCha20-Poly1305, a random nonce each).
#[derive(Clone)]
pub struct Vault {
    cipher: Option<XChaCha20Poly1305>,
    key: Option<[u8; 32]>,
}

/// Why a secret cannot be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// `secrets.key` is not set.
    #[error("secrets.key is not set; make one with: openssl rand -base64 32")]
    NoKey,
    /// Sealed with another key, or damaged.
    #[error("a secret in the database does not open with secrets.key; was it sealed with another key?")]
    WrongKey,
    /// The system gave no random bytes.
    #[error("the system has no random numbers to give")]
    NoRandomness,
}

impl Vault {
    /// A vault for this key; without one, it neither seals nor opens.
    pub fn new(key: Option<[u8; 32]>) -> Self {
        Self { cipher: key.map(|key| XChaCha20Poly1305::new(&key.into())), key }
    }

    /// A secret for a purpose, always the same for the same key; nothing without one.
    pub fn derive(&self, purpose: &str) -> Vec<u8> {
        let Some(key) = self.key else { return Vec::new() };
        let mac = Hmac::<Sha256>::new_from_slice(&key).map(|mac| mac.chain_update(purpose));
        mac.map(|mac| mac.finalize().into_bytes().to_vec()).unwrap_or_default()
    }

    /// What is kept of a single-use code: it can be looked up by it, but not be read from it. `None` without a key.
    pub fn hash_code(&self, code: &str) -> Option<String> {
        self.key.map(|_| hex::encode(self.derive(&format!("single-use code {code}"))))
    }

    /// What is kept of the phone of somebody who was erased: it can be looked up by it, but not be read from it. `None` without a
    /// key.
    pub fn hash_phone(&self, address: &str) -> Option<String> {
        self.key.map(|_| hex::encode(self.derive(&format!("erased phone {address}"))))
    }

    /// Seals a secret; `purpose` (an account's id, say) must be the same to open it, so that rows cannot be swapped.
    pub fn seal(&self, secret: &SecretString, purpose: &str) -> Result<String, VaultError> {
        let cipher = self.cipher.as_ref().ok_or(VaultError::NoKey)?;
        let nonce: [u8; 24] = random_bytes()?;
        let payload = Payload { msg: secret.expose_secret().as_bytes(), aad: purpose.as_bytes() };
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| VaultError::WrongKey)?;
        Ok(BASE64_STANDARD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Opens what [`Vault::seal`] made.
    pub fn open(&self, sealed: &str, purpose: &str) -> Result<SecretString, VaultError> {
        let cipher = self.cipher.as_ref().ok_or(VaultError::NoKey)?;
        let bytes = BASE64_STANDARD.decode(sealed).map_err(|_| VaultError::WrongKey)?;
        let (nonce, ciphertext) = bytes.split_first_chunk::<24>().ok_or(VaultError::WrongKey)?;
        let payload = Payload { msg: ciphertext, aad: purpose.as_bytes() };
        let secret = cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| VaultError::WrongKey)?;
        String::from_utf8(secret).map(SecretString::from).map_err(|_| VaultError::WrongKey)
    }
}

/// A new API key: 256 random bits behind a prefix that says what it is.
pub fn new_api_key() -> Result<SecretString, VaultError> {
    let bytes: [u8; 32] = random_bytes()?;
    Ok(SecretString::from(format!("rgl_{}", hex::encode(bytes))))
}

/// A new secret to sign webhooks with, as Standard Webhooks writes one: 256 random bits.
pub fn new_webhook_secret() -> Result<SecretString, VaultError> {
    let bytes: [u8; 32] = random_bytes()?;
    Ok(SecretString::from(format!("whsec_{}", BASE64_STANDARD.encode(bytes))))
}

/// A new token for a session, a link or a device: 256 random bits.
pub fn new_token() -> Result<SecretString, VaultError> {
    let bytes: [u8; 32] = random_bytes()?;
    Ok(SecretString::from(hex::encode(bytes)))
}

/// What is kept of a token of ours: see [`hash_api_key`].
pub fn hash_token(token: &str) -> String {
    hash_api_key(token)
}

/// What is kept of an API key. A plain hash suffices: keys have 256 random bits, so there is nothing to guess.
pub fn hash_api_key(key: &str) -> String {
    hex::encode(Sha256::digest(key.as_bytes()))
}

/// Random bytes from the system.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| VaultError::NoRandomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_secret_opens_only_with_its_key_and_purpose() {
        let vault = Vault::new(Some([7; 32]));
        let sealed = vault.seal(&SecretString::from("token"), "AC1").unwrap();
        assert!(!sealed.contains("token"));
        assert_eq!(vault.open(&sealed, "AC1").unwrap().expose_secret(), "token");
        assert_eq!(vault.open(&sealed, "AC2").unwrap_err(), VaultError::WrongKey);
        assert_eq!(Vault::new(Some([8; 32])).open(&sealed, "AC1").unwrap_err(), VaultError::WrongKey);
        assert_eq!(Vault::new(None).open(&sealed, "AC1").unwrap_err(), VaultError::NoKey);
    }

    #[test]
    fn two_seals_of_one_secret_differ() {
        let vault = Vault::new(Some([7; 32]));
        let secret = SecretString::from("token");
        assert_ne!(vault.seal(&secret, "AC1").unwrap(), vault.seal(&secret, "AC1").unwrap());
    }
}
