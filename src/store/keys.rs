//! API keys, kept as hashes; every node knows those that are good.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait as _, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::{
    Result, Store, StoreError, Transaction,
    directory::Page,
    entity::api_key,
    rows::{Columns, Kind, given},
};
use crate::domain::access::{ApiKey, Role};

/// A key as it is kept. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// The key.
    pub key: ApiKey,
    /// What is kept of it.
    pub hash: String,
    /// Its last characters, by which people tell keys apart.
    pub hint: String,
    /// What is kept of the one before, during a rotation.
    pub previous_hash: Option<String>,
    /// Until when the one before is good.
    pub previous_until: Option<i64>,
    /// When it was made.
    pub created_at: i64,
    /// When it was last used, to the minute.
    pub last_used_at: Option<i64>,
    /// Since when it is good no more.
    pub revoked_at: Option<i64>,
}

/// Which keys.
#[derive(Debug, Clone, Copy, Default)]
pub struct KeyFilter {
    /// Only this merchant's.
    pub merchant_id: Option<Uuid>,
    /// Only those for this shop.
    pub shop_id: Option<Uuid>,
}

const USE: Columns = &[("id", Kind::Uuid), ("used_at", Kind::Integer)];

impl Store {
    /// Keys that changed after `revision`, with those that were revoked.
    pub(super) async fn keys_since(&self, revision: i64) -> Result<Vec<KeyRow>> {
        let found = api_key::Entity::find().filter(api_key::Column::Revision.gt(revision)).all(&self.reader).await?;
        found.into_iter().filter(|row| row.merchant_id.is_some()).map(read_key).collect()
    }

    /// Keys in the order of their ids, with those that were revoked.
    pub async fn keys(&self, filter: KeyFilter, page: Page) -> Result<Vec<KeyRow>> {
        let mut select = api_key::Entity::find()
            .filter(api_key::Column::MerchantId.is_not_null())
            .order_by_asc(api_key::Column::Id)
            .limit(page.limit);
        if let Some(id) = filter.merchant_id {
            select = select.filter(api_key::Column::MerchantId.eq(id));
        }
        if let Some(id) = filter.shop_id {
            select = select.filter(api_key::Column::ShopId.eq(id));
        }
        if let Some(after) = page.after {
            select = select.filter(api_key::Column::Id.gt(after));
        }
        select.all(&self.reader).await?.into_iter().map(read_key).collect()
    }

    /// A key by its id.
    pub async fn key(&self, id: Uuid) -> Result<Option<KeyRow>> {
        let found = api_key::Entity::find_by_id(id).one(&self.reader).await?;
        found.filter(|row| row.merchant_id.is_some()).map(read_key).transpose()
    }
}

impl Transaction {
    /// How many good keys a merchant has.
    pub async fn count_keys(&self, merchant_id: Uuid) -> Result<u64> {
        let good = api_key::Entity::find()
            .filter(api_key::Column::MerchantId.eq(merchant_id))
            .filter(api_key::Column::RevokedAt.is_null());
        Ok(good.count(&self.0).await?)
    }

    /// Notes when keys were last used: (key, Unix milliseconds).
    pub async fn note_key_use(&self, used: &[(Uuid, i64)]) -> Result<()> {
        let sql = format!(
            "UPDATE api_key SET last_used_at = given.used_at FROM {} WHERE api_key.id = given.id \
             AND COALESCE(api_key.last_used_at, 0) < given.used_at",
            given(self.backend(), USE)
        );
        self.run(&sql, used, Vec::new()).await.map(drop)
    }

    /// Keeps a new key.
    pub async fn insert_key(&self, new: &KeyRow, revision: i64) -> Result<()> {
        let row = key_row(new, revision).into_active_model();
        api_key::Entity::insert(row).exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// Writes a changed key.
    pub async fn update_key(&self, changed: &KeyRow, revision: i64) -> Result<()> {
        api_key::Entity::update(key_row(changed, revision).into_active_model().reset_all()).exec(&self.0).await?;
        Ok(())
    }

    /// A key as it is kept now.
    pub async fn key(&self, id: Uuid) -> Result<Option<KeyRow>> {
        let found = api_key::Entity::find_by_id(id).one(&self.0).await?;
        found.filter(|row| row.merchant_id.is_some()).map(read_key).transpose()
    }
}

fn read_key(row: api_key::Model) -> Result<KeyRow> {
    let corrupt = |what: &str| StoreError::Corrupt(what.to_owned());
    let key = ApiKey {
        id: row.id,
        merchant_id: row.merchant_id.ok_or_else(|| corrupt("api_key.merchant_id"))?,
        shop_id: row.shop_id,
        role: Role::from_word(&row.role).ok_or_else(|| corrupt("api_key.role"))?,
        name: row.name,
    };
    Ok(KeyRow {
        key,
        hash: row.hash,
        hint: row.hint,
        previous_hash: row.previous_hash,
        previous_until: row.previous_until,
        created_at: row.created_at,
        last_used_at: row.last_used_at,
        revoked_at: row.revoked_at,
    })
}

fn key_row(row: &KeyRow, revision: i64) -> api_key::Model {
    let KeyRow { key, hash, hint, previous_hash, previous_until, created_at, last_used_at, revoked_at } = row.clone();
    api_key::Model {
        id: key.id,
        merchant_id: Some(key.merchant_id),
        hash,
        created_at,
        revoked_at,
        shop_id: key.shop_id,
        role: key.role.word().to_owned(),
        name: key.name,
        hint,
        previous_hash,
        previous_until,
        last_used_at,
        revision,
    }
}
