//! A merchant is taken in, with the key that speaks for it.

use secrecy::SecretString;
use uuid::Uuid;

use super::{
    change::{Change, ChangeError},
    keys,
};
use crate::{
    domain::access::{ApiKey, Role},
    secrets::new_api_key,
    store::directory::Merchant,
};

/// Adds a merchant. Its API key is answered here and nowhere else: only a hash is kept.
pub async fn create(change: Change<'_>, name: String) -> Result<(Merchant, SecretString), ChangeError> {
    let key = new_api_key()?;
    let now = change.now.timestamp_millis();
    let merchant = Merchant { id: Uuid::now_v7(), name, created_at: now };
    let (tx, revision) = change.begin().await?;
    tx.insert_merchant(&merchant, revision).await?;
    let role = Role::Owner;
    let of_merchant =
        ApiKey { id: Uuid::now_v7(), merchant_id: merchant.id, shop_id: None, role, name: "owner".to_owned() };
    tx.insert_key(&keys::row(of_merchant, &key, change.now), revision).await?;
    change.finish(tx).await?;
    Ok((merchant, key))
}
