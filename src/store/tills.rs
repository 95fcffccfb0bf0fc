//! The tills that report to shops, whose phone a buyer of theirs has, and the sales of theirs that were not recorded.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Statement, Value,
};
use uuid::Uuid;

use super::{Result, Store, Transaction, directory::Page, entity::till};

/// A till as it is kept: what it signs with and what opens its API are sealed. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedTill {
    /// Our id.
    pub id: Uuid,
    /// Where its sales count.
    pub shop_id: Uuid,
    /// Its kind's name.
    pub kind: String,
    /// What its owner calls it.
    pub name: String,
    /// What it signs with, sealed.
    pub secret_sealed: String,
    /// What opens its API, sealed.
    pub token_sealed: Option<String>,
    /// What its owner has chosen, in JSON.
    pub options: String,
    /// When it was added.
    pub created_at: i64,
    /// Since when it is none any more.
    pub removed_at: Option<i64>,
}

impl Store {
    /// Tills that changed after `revision`, with those that were removed.
    pub(super) async fn tills_since(&self, revision: i64) -> Result<Vec<SealedTill>> {
        let found = till::Entity::find().filter(till::Column::Revision.gt(revision)).all(&self.reader).await?;
        Ok(found.into_iter().map(read_till).collect())
    }

    /// A shop's tills in the order of their ids.
    pub async fn tills(&self, shop_id: Uuid, page: Page) -> Result<Vec<SealedTill>> {
        let mut select = till::Entity::find()
            .filter(till::Column::ShopId.eq(shop_id))
            .filter(till::Column::RemovedAt.is_null())
            .order_by_asc(till::Column::Id)
            .limit(page.limit);
        if let Some(after) = page.after {
            select = select.filter(till::Column::Id.gt(after));
        }
        Ok(select.all(&self.reader).await?.into_iter().map(read_till).collect())
    }

    /// A till of a shop; `None` once it is removed.
    pub async fn till(&self, shop_id: Uuid, id: Uuid) -> Result<Option<SealedTill>> {
        let select = till::Entity::find_by_id(id)
            .filter(till::Column::ShopId.eq(shop_id))
            .filter(till::Column::RemovedAt.is_null());
        Ok(select.one(&self.reader).await?.map(read_till))
    }

    /// Whose phone a buyer of a till has.
    pub async fn address_of_buyer(&self, till_id: Uuid, buyer: &str) -> Result<Option<String>> {
        let sql = "SELECT address FROM till_buyer WHERE till_id = $1 AND buyer = $2";
        self.one_text(sql, [till_id.into(), buyer.into()]).await
    }

    /// Why a sale that a till reported was not recorded; `None` where none such was reported.
    pub async fn why_unrecorded(&self, till_id: Uuid, sale_id: &str) -> Result<Option<String>> {
        let sql = "SELECT why FROM till_unrecorded WHERE till_id = $1 AND sale_id = $2";
        self.one_text(sql, [till_id.into(), sale_id.into()]).await
    }

    /// The last sale of a till that was not recorded: why, and when it was reported (Unix milliseconds).
    pub async fn last_unrecorded(&self, till_id: Uuid) -> Result<Option<(String, i64)>> {
        let sql = "SELECT why, created_at FROM till_unrecorded WHERE till_id = $1 ORDER BY created_at DESC LIMIT 1";
        let row =
            self.reader.query_one_raw(Statement::from_sql_and_values(self.backend(), sql, [till_id.into()])).await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some((row.try_get_by_index(0)?, row.try_get_by_index(1)?)))
    }

    async fn one_text<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<Option<String>> {
        let statement = Statement::from_sql_and_values(self.backend(), sql, values);
        let row = self.reader.query_one_raw(statement).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
    }
}

impl Transaction {
    /// Adds a till.
    pub async fn insert_till(&self, new: &SealedTill, revision: i64) -> Result<()> {
        till::Entity::insert(till_row(new, revision).into_active_model()).exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// Writes a changed till.
    pub async fn update_till(&self, changed: &SealedTill, revision: i64) -> Result<()> {
        till::Entity::update(till_row(changed, revision).into_active_model().reset_all()).exec(&self.0).await?;
        Ok(())
    }

    /// A till as it is kept now; `None` once it is removed.
    pub async fn till(&self, id: Uuid) -> Result<Option<SealedTill>> {
        let found = till::Entity::find_by_id(id).filter(till::Column::RemovedAt.is_null()).one(&self.0).await?;
        Ok(found.map(read_till))
    }

    /// How many tills a shop has.
    pub async fn count_tills(&self, shop_id: Uuid) -> Result<u64> {
        let select = till::Entity::find().filter(till::Column::ShopId.eq(shop_id));
        Ok(select.filter(till::Column::RemovedAt.is_null()).count(&self.0).await?)
    }

    /// Keeps whose phone a buyer of a till has, unless something later is known. `at` is in Unix milliseconds.
    pub async fn keep_buyer(&self, till_id: Uuid, buyer: &str, address: &str, at: i64) -> Result<()> {
        let sql = "INSERT INTO till_buyer (till_id, buyer, address, updated_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (till_id, buyer) DO UPDATE SET address = excluded.address, updated_at = excluded.updated_at \
                   WHERE excluded.updated_at >= till_buyer.updated_at";
        self.run_one(sql, [till_id.into(), buyer.into(), address.into(), at.into()]).await
    }

    /// Forgets a buyer of a till, unless something later is known. `at` is in Unix milliseconds.
    pub async fn forget_buyer(&self, till_id: Uuid, buyer: &str, at: i64) -> Result<()> {
        let sql = "DELETE FROM till_buyer WHERE till_id = $1 AND buyer = $2 AND updated_at <= $3";
        self.run_one(sql, [till_id.into(), buyer.into(), at.into()]).await
    }

    /// Forgets all buyers of a till that is removed, and what it reported in vain.
    pub async fn forget_reports(&self, till_id: Uuid) -> Result<()> {
        self.run_one("DELETE FROM till_buyer WHERE till_id = $1", [till_id.into()]).await?;
        self.run_one("DELETE FROM till_unrecorded WHERE till_id = $1", [till_id.into()]).await
    }

    /// Keeps that a sale was reported and why it was not recorded (the first reason stays, but for `refunded`), and forgets
    /// those of before `since`. Times are Unix milliseconds.
    pub async fn keep_unrecorded(
        &self,
        (till_id, sale_id): (Uuid, &str),
        why: &str,
        now: i64,
        since: i64,
    ) -> Result<()> {
        let sql = "INSERT INTO till_unrecorded (till_id, sale_id, why, created_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (till_id, sale_id) DO UPDATE SET why = excluded.why \
                   WHERE excluded.why = 'refunded'";
        self.run_one(sql, [till_id.into(), sale_id.into(), why.into(), now.into()]).await?;
        let sql = "DELETE FROM till_unrecorded WHERE till_id = $1 AND created_at < $2";
        self.run_one(sql, [till_id.into(), since.into()]).await
    }

    async fn run_one<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<()> {
        self.0.execute_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        Ok(())
    }
}

fn read_till(row: till::Model) -> SealedTill {
    SealedTill {
        id: row.id,
        shop_id: row.shop_id,
        kind: row.kind,
        name: row.name,
        secret_sealed: row.secret_sealed,
        token_sealed: row.token_sealed,
        options: row.options,
        created_at: row.created_at,
        removed_at: row.removed_at,
    }
}

fn till_row(row: &SealedTill, revision: i64) -> till::Model {
    let SealedTill { id, shop_id, kind, name, secret_sealed, token_sealed, options, created_at, removed_at } =
        row.clone();
    till::Model { id, shop_id, kind, name, secret_sealed, token_sealed, options, created_at, removed_at, revision }
}
