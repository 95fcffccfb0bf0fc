//! Passwords and PINs, kept as Argon2id hashes. (RFC 9106; OWASP's least: 19 MiB, two passes)

use std::sync::LazyLock;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use secrecy::{ExposeSecret, SecretString};

use super::{Vault, VaultError};

/// How many are computed at once: each takes 19 MiB for some hundredths of a second, and a flood of guesses must not take it all.
static AT_ONCE: LazyLock<tokio::sync::Semaphore> = LazyLock::new(|| tokio::sync::Semaphore::new(2));

/// What a password is compared with where there is none, so that the time it takes tells nothing.
static NOBODYS: LazyLock<String> = LazyLock::new(|| hash("nobody's password", &[]).unwrap_or_default());

/// What is kept of a password.
///
/// # Errors
/// There is no randomness for its salt.
pub async fn hash_password(password: &SecretString) -> Result<String, VaultError> {
    hash_slowly(password.expose_secret().to_owned(), Vec::new()).await
}

/// Whether this is the password of which this was kept; where nothing was, it takes as long and is none.
pub async fn is_password(password: &SecretString, kept: Option<&str>) -> bool {
    let known = kept.is_some();
    let kept = kept.map_or_else(|| NOBODYS.clone(), str::to_owned);
    verify_slowly(password.expose_secret().to_owned(), kept, Vec::new()).await && known
}

/// What is kept of a PIN. So few digits can be tried through by whoever steals the database, so the gateway's key goes in.
///
/// # Errors
/// No key is set, or there is no randomness.
pub async fn hash_pin(vault: &Vault, pin: &SecretString) -> Result<String, VaultError> {
    let pepper = vault.derive("PINs");
    if pepper.is_empty() {
        return Err(VaultError::NoKey);
    }
    hash_slowly(pin.expose_secret().to_owned(), pepper).await
}

/// Whether this is the PIN of which this was kept.
pub async fn is_pin(vault: &Vault, pin: &SecretString, kept: Option<&str>) -> bool {
    let known = kept.is_some();
    let kept = kept.map_or_else(|| NOBODYS.clone(), str::to_owned);
    verify_slowly(pin.expose_secret().to_owned(), kept, vault.derive("PINs")).await && known
}

async fn hash_slowly(secret: String, pepper: Vec<u8>) -> Result<String, VaultError> {
    let _turn = AT_ONCE.acquire().await.map_err(|_| VaultError::NoRandomness)?;
    let hashed = tokio::task::spawn_blocking(move || hash(&secret, &pepper)).await;
    hashed.ok().flatten().ok_or(VaultError::NoRandomness)
}

async fn verify_slowly(secret: String, kept: String, pepper: Vec<u8>) -> bool {
    let Ok(_turn) = AT_ONCE.acquire().await else { return false };
    tokio::task::spawn_blocking(move || verify(&secret, &kept, &pepper)).await.unwrap_or(false)
}

fn hash(secret: &str, pepper: &[u8]) -> Option<String> {
    let hash: PasswordHash = argon2(pepper)?.hash_password(secret.as_bytes()).ok()?;
    Some(hash.to_string())
}

fn verify(secret: &str, kept: &str, pepper: &[u8]) -> bool {
    argon2(pepper).is_some_and(|argon2| argon2.verify_password(secret.as_bytes(), kept).is_ok())
}

fn argon2(pepper: &[u8]) -> Option<Argon2<'_>> {
    Argon2::new_with_secret(pepper, Algorithm::Argon2id, Version::V0x13, Params::DEFAULT).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_itself_is_taken() {
        let password = SecretString::from("correct horse battery");
        let kept = hash_password(&password).await.unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(is_password(&password, Some(&kept)).await);
        assert!(!is_password(&SecretString::from("correct horse battery "), Some(&kept)).await);
        assert!(!is_password(&password, None).await);
        assert!(!is_password(&SecretString::from("nobody's password"), None).await);
    }

    #[tokio::test]
    async fn a_pin_is_good_under_its_key_alone() {
        let (vault, pin) = (Vault::new(Some([7; 32])), SecretString::from("4711"));
        let kept = hash_pin(&vault, &pin).await.unwrap();
        assert!(is_pin(&vault, &pin, Some(&kept)).await);
        assert!(!is_pin(&Vault::new(Some([8; 32])), &pin, Some(&kept)).await);
        assert_eq!(hash_pin(&Vault::new(None), &pin).await.unwrap_err(), VaultError::NoKey);
    }
}
