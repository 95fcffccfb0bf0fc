//! API keys, kept as hashes.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Result, Store, Transaction, entity::api_key};

impl Store {
    /// Whose key has this hash: a merchant's id; `None` for a key that is unknown or revoked.
    pub async fn merchant_by_key(&self, hash: &str) -> Result<Option<Uuid>> {
        let key = api_key::Entity::find()
            .filter(api_key::Column::Hash.eq(hash))
            .filter(api_key::Column::RevokedAt.is_null())
            .one(&self.reader)
            .await?;
        Ok(key.and_then(|key| key.merchant_id))
    }
}

impl Transaction {
    /// Keeps a merchant's key by its hash. `now` is in Unix milliseconds.
    pub async fn insert_key(&self, merchant_id: Uuid, hash: String, now: i64) -> Result<()> {
        let key = api_key::ActiveModel {
            id: Set(Uuid::now_v7()),
            merchant_id: Set(Some(merchant_id)),
            hash: Set(hash),
            created_at: Set(now),
            revoked_at: Set(None),
        };
        api_key::Entity::insert(key).exec_without_returning(&self.0).await?;
        Ok(())
    }
}
