//! Devices that are a shop's till: kept by the hash of the token that their browser holds.

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use super::{
    Result, Store, Transaction,
    entity::{person, till_device},
};

/// A device as it is kept. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRow {
    /// Our id.
    pub id: Uuid,
    /// What is kept of its token; of the code that it will be opened by, as long as it waits for one.
    pub token_hash: String,
    /// Whose it is.
    pub merchant_id: Uuid,
    /// The shop whose till it is.
    pub shop_id: Uuid,
    /// What it is called.
    pub name: String,
    /// Who approved it.
    pub approved_by: String,
    /// When.
    pub created_at: i64,
    /// When it was last used, to some minutes.
    pub seen_at: Option<i64>,
    /// Since when it is a till no more.
    pub removed_at: Option<i64>,
}

/// What stands before the hash of a code: no token's hash has a blank.
const CODE: &str = "code ";

impl DeviceRow {
    /// As what the hash of a code is kept.
    pub fn waits_for(code_hash: &str) -> String {
        format!("{CODE}{code_hash}")
    }

    /// Whether no browser has opened it yet.
    pub fn waits(&self) -> bool {
        self.token_hash.starts_with(CODE)
    }
}

/// The most devices of a merchant that are listed.
const DEVICES_MAX: u64 = 500;

impl Store {
    /// The device with this token, if it is a till still.
    pub async fn device_by_token(&self, token_hash: &str) -> Result<Option<DeviceRow>> {
        let found = till_device::Entity::find()
            .filter(till_device::Column::TokenHash.eq(token_hash))
            .filter(till_device::Column::RemovedAt.is_null())
            .one(&self.reader)
            .await?;
        Ok(found.map(read_device))
    }

    /// A device by its id, if it is a till still.
    pub async fn device(&self, id: Uuid) -> Result<Option<DeviceRow>> {
        let found = till_device::Entity::find_by_id(id).one(&self.reader).await?.map(read_device);
        Ok(found.filter(|device| device.removed_at.is_none()))
    }

    /// A merchant's devices, the latest first.
    pub async fn devices_of(&self, merchant_id: Uuid) -> Result<Vec<DeviceRow>> {
        let found = till_device::Entity::find()
            .filter(till_device::Column::MerchantId.eq(merchant_id))
            .filter(till_device::Column::RemovedAt.is_null())
            .order_by_desc(till_device::Column::Id)
            .limit(DEVICES_MAX)
            .all(&self.reader)
            .await?;
        Ok(found.into_iter().map(read_device).collect())
    }
}

impl Transaction {
    /// The device with this token or code, as it is kept now.
    pub async fn device_by_token(&self, token_hash: &str) -> Result<Option<DeviceRow>> {
        let found = till_device::Entity::find()
            .filter(till_device::Column::TokenHash.eq(token_hash))
            .filter(till_device::Column::RemovedAt.is_null())
            .one(&self.0)
            .await?;
        Ok(found.map(read_device))
    }

    /// A merchant's device, as it is kept now.
    pub async fn device(&self, merchant_id: Uuid, id: Uuid) -> Result<Option<DeviceRow>> {
        let found = till_device::Entity::find_by_id(id).one(&self.0).await?.map(read_device);
        Ok(found.filter(|device| device.merchant_id == merchant_id && device.removed_at.is_none()))
    }

    /// Keeps a new device.
    pub async fn insert_device(&self, new: &DeviceRow) -> Result<()> {
        till_device::Entity::insert(device_row(new).into_active_model()).exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// Gives a device that waited for its code the token of the browser that brought it; whether it still waited.
    pub async fn open_device(&self, id: Uuid, waited_for: &str, token_hash: &str, now: i64) -> Result<bool> {
        let updated = till_device::Entity::update_many()
            .col_expr(till_device::Column::TokenHash, Expr::value(token_hash))
            .col_expr(till_device::Column::SeenAt, Expr::value(now))
            .filter(till_device::Column::Id.eq(id))
            .filter(till_device::Column::TokenHash.eq(waited_for))
            .filter(till_device::Column::RemovedAt.is_null())
            .exec(&self.0)
            .await?;
        Ok(updated.rows_affected == 1)
    }

    /// Notes that a device was used.
    pub async fn note_device(&self, id: Uuid, seen_at: i64) -> Result<()> {
        till_device::Entity::update_many()
            .col_expr(till_device::Column::SeenAt, Expr::value(seen_at))
            .filter(till_device::Column::Id.eq(id))
            .exec(&self.0)
            .await?;
        Ok(())
    }

    /// Makes a device a till no more.
    pub async fn remove_device(&self, id: Uuid, removed_at: i64) -> Result<()> {
        till_device::Entity::update_many()
            .col_expr(till_device::Column::RemovedAt, Expr::value(removed_at))
            .filter(till_device::Column::Id.eq(id))
            .exec(&self.0)
            .await?;
        Ok(())
    }

    /// Forgets a merchant's devices that waited for a code since before `before` and were never opened.
    pub async fn forget_unopened(&self, merchant_id: Uuid, before: i64) -> Result<()> {
        till_device::Entity::delete_many()
            .filter(till_device::Column::MerchantId.eq(merchant_id))
            .filter(till_device::Column::TokenHash.starts_with(CODE))
            .filter(till_device::Column::CreatedAt.lt(before))
            .exec(&self.0)
            .await?;
        Ok(())
    }

    /// Keeps somebody's PIN, or that they have none; whether they may sign in still.
    pub async fn keep_pin(&self, person_id: Uuid, pin_hash: Option<&str>) -> Result<bool> {
        let updated = person::Entity::update_many()
            .col_expr(person::Column::PinHash, Expr::value(pin_hash.map(str::to_owned)))
            .filter(person::Column::Id.eq(person_id))
            .filter(person::Column::RemovedAt.is_null())
            .exec(&self.0)
            .await?;
        Ok(updated.rows_affected == 1)
    }
}

fn read_device(row: till_device::Model) -> DeviceRow {
    let till_device::Model { id, token_hash, merchant_id, shop_id, name, approved_by, created_at, seen_at, removed_at } =
        row;
    DeviceRow { id, token_hash, merchant_id, shop_id, name, approved_by, created_at, seen_at, removed_at }
}

fn device_row(row: &DeviceRow) -> till_device::Model {
    let DeviceRow { id, token_hash, merchant_id, shop_id, name, approved_by, created_at, seen_at, removed_at } =
        row.clone();
    till_device::Model { id, token_hash, merchant_id, shop_id, name, approved_by, created_at, seen_at, removed_at }
}
