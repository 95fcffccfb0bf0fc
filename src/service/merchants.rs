//! A merchant is taken in, with the key that speaks for it.

use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::change::{Change, ChangeError};
use crate::{
    secrets::{hash_api_key, new_api_key},
    store::directory::Merchant,
};

/// Adds a merchant. Its API key is answered here and nowhere else: only a hash is kept.
pub async fn create(change: Change<'_>, name: String) -> Result<(Merchant, SecretString), ChangeError> {
    let key = new_api_key()?;
    let now = change.now.timestamp_millis();
    let merchant = Merchant { id: Uuid::now_v7(), name, created_at: now };
    let (tx, revision) = change.begin().await?;
    tx.insert_merchant(&merchant, revision).await?;
    tx.insert_key(merchant.id, hash_api_key(key.expose_secret()), now).await?;
    change.finish(tx).await?;
    Ok((merchant, key))
}
