//! A merchant is taken in, with the key that speaks for it.

use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use super::{
    audit::{Line, pictures},
    change::{Change, ChangeError},
    keys,
};
use crate::{
    domain::access::{ApiKey, Role},
    secrets::new_api_key,
    store::{Transaction, directory::Merchant},
};

/// The most characters of a merchant's name.
pub const NAME_CHARS_MAX: usize = 80;

/// Adds a merchant. Its API key is answered here and nowhere else: only a hash is kept.
pub async fn create(change: Change<'_>, name: String) -> Result<(Merchant, SecretString), ChangeError> {
    let key = new_api_key()?;
    let now = change.now.timestamp_millis();
    let merchant = Merchant { id: Uuid::now_v7(), name, created_at: now };
    let (tx, revision) = change.begin().await?;
    insert(&change, &tx, &merchant, revision).await?;
    let role = Role::Owner;
    let of_merchant =
        ApiKey { id: Uuid::now_v7(), merchant_id: merchant.id, shop_id: None, role, name: "owner".to_owned() };
    let row = keys::row(of_merchant, &key, change.now);
    tx.insert_key(&row, revision).await?;
    let line = Line::about("key", row.key.id, &row.key.name).of(merchant.id).created(pictures::of_key(&row));
    change.note(&tx, line).await?;
    change.finish(tx).await?;
    Ok((merchant, key))
}

/// Keeps a new merchant, and writes it into its own book and the gateway's.
pub(super) async fn insert(
    change: &Change<'_>,
    tx: &Transaction,
    merchant: &Merchant,
    revision: i64,
) -> Result<(), ChangeError> {
    tx.insert_merchant(merchant, revision).await?;
    let line = Line::about("merchant", merchant.id, &merchant.name).created(json!({ "name": merchant.name }));
    change.note(tx, line.clone()).await?;
    change.note(tx, line.of(merchant.id)).await
}
