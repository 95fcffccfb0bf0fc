//! The directory as a change reads and writes it, within its transaction.

use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    Statement,
};
use uuid::Uuid;

use super::{
    Merchant, SealedAccount,
    rows::{keyword_row, read_account, read_keyword, read_sender, read_shop, sender_row, shop_row},
};
use crate::{
    domain::shop::{Keyword, Sender, Shop},
    store::{
        Result, StoreError, Transaction,
        entity::{account, keyword, merchant, sender, shop},
    },
};

impl Transaction {
    /// The next revision. Holds its row until the end of the transaction, so changes become visible in order, and one
    /// that was checked against what is kept cannot be overtaken by another.
    pub async fn next_revision(&self) -> Result<i64> {
        let sql = "UPDATE revision SET value = value + 1 WHERE id = 1 RETURNING value";
        let row = self.0.query_one_raw(Statement::from_string(self.backend(), sql)).await?;
        let row = row.ok_or_else(|| StoreError::Corrupt("the table revision is empty".to_owned()))?;
        Ok(row.try_get_by_index(0)?)
    }

    /// Adds a merchant.
    pub async fn insert_merchant(&self, new: &Merchant, revision: i64) -> Result<()> {
        let row = merchant::Model { id: new.id, name: new.name.clone(), created_at: new.created_at, revision };
        merchant::Entity::insert(row.into_active_model()).exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// Whether there is such a merchant.
    pub async fn merchant_exists(&self, id: Uuid) -> Result<bool> {
        Ok(merchant::Entity::find_by_id(id).one(&self.0).await?.is_some())
    }

    /// The account with the provider's id.
    pub async fn account_by_sid(&self, account_sid: &str) -> Result<Option<SealedAccount>> {
        let found = account::Entity::find().filter(account::Column::AccountSid.eq(account_sid)).one(&self.0).await?;
        Ok(found.map(read_account))
    }

    /// Adds an account, or replaces all of it but its id and age.
    pub async fn put_account(&self, put: &SealedAccount, revision: i64) -> Result<()> {
        let row = account::Model {
            id: put.id,
            account_sid: put.account_sid.clone(),
            provider: put.provider.clone(),
            api_base_url: put.api_base_url.clone(),
            auth_token_sealed: put.auth_token_sealed.clone(),
            auth_token_previous_sealed: put.auth_token_previous_sealed.clone(),
            signing_key_sealed: put.signing_key_sealed.clone(),
            signature_header: put.signature_header.clone(),
            account_sid_pattern: put.account_sid_pattern.clone(),
            created_at: put.created_at,
            revision,
        };
        let conflict = sea_orm::sea_query::OnConflict::column(account::Column::AccountSid)
            .update_columns([
                account::Column::Provider,
                account::Column::ApiBaseUrl,
                account::Column::AuthTokenSealed,
                account::Column::AuthTokenPreviousSealed,
                account::Column::SigningKeySealed,
                account::Column::SignatureHeader,
                account::Column::AccountSidPattern,
                account::Column::Revision,
            ])
            .to_owned();
        account::Entity::insert(row.into_active_model()).on_conflict(conflict).exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// Whether a shop of any other merchant texts from this sender or has a keyword on it.
    pub async fn others_text_from(&self, sender_id: Uuid, merchant_id: Uuid) -> Result<bool> {
        let sql = "SELECT 1 FROM shop WHERE sender_id = $1 AND merchant_id <> $2 \
                   UNION ALL SELECT 1 FROM keyword AS k JOIN shop AS s ON s.id = k.shop_id \
                   WHERE k.sender_id = $1 AND k.deleted_at IS NULL AND s.merchant_id <> $2 LIMIT 1";
        let statement = Statement::from_sql_and_values(self.backend(), sql, [sender_id.into(), merchant_id.into()]);
        Ok(self.0.query_one_raw(statement).await?.is_some())
    }

    /// Adds a sender.
    pub async fn insert_sender(&self, new: &Sender, revision: i64) -> Result<()> {
        sender::Entity::insert(sender_row(new, revision).into_active_model()).exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// Writes a changed sender.
    pub async fn update_sender(&self, changed: &Sender, revision: i64) -> Result<()> {
        sender::Entity::update(sender_row(changed, revision).into_active_model().reset_all()).exec(&self.0).await?;
        Ok(())
    }

    /// Adds a shop.
    pub async fn insert_shop(&self, new: &Shop, revision: i64) -> Result<()> {
        shop::Entity::insert(shop_row(new, revision).into_active_model()).exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// Writes a changed shop.
    pub async fn update_shop(&self, changed: &Shop, revision: i64) -> Result<()> {
        shop::Entity::update(shop_row(changed, revision).into_active_model().reset_all()).exec(&self.0).await?;
        Ok(())
    }

    /// A shop as it is kept now.
    pub async fn shop(&self, id: Uuid) -> Result<Option<Shop>> {
        shop::Entity::find_by_id(id).one(&self.0).await?.map(read_shop).transpose()
    }

    /// A sender as it is kept now.
    pub async fn sender(&self, id: Uuid) -> Result<Option<Sender>> {
        sender::Entity::find_by_id(id).one(&self.0).await?.map(read_sender).transpose()
    }

    /// The sender with this address.
    pub async fn sender_by_address(&self, address: &str) -> Result<Option<Sender>> {
        let found = sender::Entity::find().filter(sender::Column::Address.eq(address)).one(&self.0).await?;
        found.map(read_sender).transpose()
    }

    /// A keyword as it is kept now; `None` once it is deleted.
    pub async fn keyword(&self, id: Uuid) -> Result<Option<Keyword>> {
        let found = keyword::Entity::find_by_id(id).filter(keyword::Column::DeletedAt.is_null()).one(&self.0).await?;
        Ok(found.map(read_keyword))
    }

    /// All keywords with this normal form on a sender.
    pub async fn keywords_like(&self, sender_id: Uuid, normal: &str) -> Result<Vec<Keyword>> {
        let found = keyword::Entity::find()
            .filter(keyword::Column::SenderId.eq(sender_id))
            .filter(keyword::Column::Normal.eq(normal))
            .filter(keyword::Column::DeletedAt.is_null())
            .all(&self.0)
            .await?;
        Ok(found.into_iter().map(read_keyword).collect())
    }

    /// The keywords on a sender that changed after `revision`, and the ids of all that changed or left it since.
    pub async fn keywords_since(&self, revision: i64, sender_id: Uuid) -> Result<(Vec<Keyword>, Vec<Uuid>)> {
        let changed = keyword::Entity::find().filter(keyword::Column::Revision.gt(revision)).all(&self.0).await?;
        let ids = changed.iter().map(|row| row.id).collect();
        let here = changed.into_iter().filter(|row| row.sender_id == sender_id && row.deleted_at.is_none());
        Ok((here.map(read_keyword).collect(), ids))
    }

    /// Adds a keyword.
    pub async fn insert_keyword(&self, new: &Keyword, revision: i64) -> Result<()> {
        keyword::Entity::insert(keyword_row(new, revision).into_active_model()).exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// Writes a changed keyword.
    pub async fn update_keyword(&self, changed: &Keyword, revision: i64) -> Result<()> {
        keyword::Entity::update(keyword_row(changed, revision).into_active_model().reset_all()).exec(&self.0).await?;
        Ok(())
    }

    /// Deletes a keyword; its row stays, since members joined by it. `now` is in Unix milliseconds.
    pub async fn delete_keyword(&self, id: Uuid, now: i64, revision: i64) -> Result<()> {
        let row = keyword::ActiveModel {
            id: Set(id),
            deleted_at: Set(Some(now)),
            revision: Set(revision),
            ..Default::default()
        };
        keyword::Entity::update(row).exec(&self.0).await?;
        Ok(())
    }
}
