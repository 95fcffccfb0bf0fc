//! Merchants, accounts, senders, shops and keywords. Every change carries a revision, so that each node can ask for
//! what has changed since it last looked.

use chrono_tz::Tz;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Statement, sea_query::ExprTrait as _,
};
use uuid::Uuid;

use super::{
    Result, Store, StoreError, Transaction,
    entity::{account, keyword, merchant, sender, shop},
};
use crate::{
    clock::from_millis,
    domain::{
        address::Address,
        keyword::Phrase,
        language::Language,
        shop::{Keyword, OptIn, Sender, Shop},
    },
};

/// A merchant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merchant {
    /// Our id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Unix milliseconds.
    pub created_at: i64,
}

/// A provider account as it is kept: its tokens are sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedAccount {
    /// Our id.
    pub id: Uuid,
    /// The provider's id for it.
    pub account_sid: String,
    /// The provider's name in `providers::PROVIDERS`.
    pub provider: String,
    /// Base of the provider's API.
    pub api_base_url: String,
    /// The token in force, sealed.
    pub auth_token_sealed: String,
    /// The token before, during a rotation, sealed.
    pub auth_token_previous_sealed: Option<String>,
    /// The key that signs webhooks where the token does not, sealed.
    pub signing_key_sealed: Option<String>,
    /// The header that carries the signature.
    pub signature_header: String,
    /// What the account's id looks like.
    pub account_sid_pattern: String,
    /// Unix milliseconds.
    pub created_at: i64,
}

/// What changed between two revisions.
#[derive(Debug, Default)]
pub struct Changes {
    /// The revision up to which these changes go.
    pub revision: i64,
    /// New or changed accounts.
    pub accounts: Vec<SealedAccount>,
    /// New or changed senders.
    pub senders: Vec<Sender>,
    /// New or changed shops.
    pub shops: Vec<Shop>,
    /// New or changed keywords.
    pub keywords: Vec<Keyword>,
    /// Deleted keywords.
    pub deleted_keywords: Vec<Uuid>,
}

/// A page of a list: what comes after `after`, at most `limit`.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The id of the last one seen.
    pub after: Option<Uuid>,
    /// How many at most.
    pub limit: u64,
}

impl Store {
    /// The revision of the last change.
    pub async fn revision(&self) -> Result<i64> {
        let statement = Statement::from_string(self.backend(), "SELECT value FROM revision WHERE id = 1");
        let row = self.reader.query_one_raw(statement).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0))
    }

    /// All that changed after `revision`.
    pub async fn changes_since(&self, revision: i64) -> Result<Changes> {
        // Read first: what is committed meanwhile is seen twice rather than never.
        let mut changes = Changes { revision: self.revision().await?, ..Changes::default() };
        if changes.revision == revision {
            return Ok(changes);
        }
        let db = &self.reader;
        let accounts = account::Entity::find().filter(account::Column::Revision.gt(revision)).all(db).await?;
        changes.accounts = accounts.into_iter().map(read_account).collect();
        let senders = sender::Entity::find().filter(sender::Column::Revision.gt(revision)).all(db).await?;
        changes.senders = senders.into_iter().map(read_sender).collect::<Result<_>>()?;
        let shops = shop::Entity::find().filter(shop::Column::Revision.gt(revision)).all(db).await?;
        changes.shops = shops.into_iter().map(read_shop).collect::<Result<_>>()?;
        let keywords = keyword::Entity::find().filter(keyword::Column::Revision.gt(revision)).all(db).await?;
        for row in keywords {
            if row.deleted_at.is_some() {
                changes.deleted_keywords.push(row.id);
            } else {
                changes.keywords.push(read_keyword(row));
            }
        }
        Ok(changes)
    }

    /// Merchants in the order of their ids; with `only`, that one.
    pub async fn merchants(&self, only: Option<Uuid>, page: Page) -> Result<Vec<Merchant>> {
        let mut select = merchant::Entity::find().order_by_asc(merchant::Column::Id).limit(page.limit);
        if let Some(id) = only {
            select = select.filter(merchant::Column::Id.eq(id));
        }
        if let Some(after) = page.after {
            select = select.filter(merchant::Column::Id.gt(after));
        }
        let found = select.all(&self.reader).await?;
        Ok(found.into_iter().map(|row| Merchant { id: row.id, name: row.name, created_at: row.created_at }).collect())
    }

    /// Senders in the order of their ids; with `merchant_id`, those kept for it and those shared.
    pub async fn senders(&self, merchant_id: Option<Uuid>, page: Page) -> Result<Vec<Sender>> {
        let mut select = sender::Entity::find().order_by_asc(sender::Column::Id).limit(page.limit);
        if let Some(id) = merchant_id {
            select = select.filter(sender::Column::MerchantId.eq(id).or(sender::Column::MerchantId.is_null()));
        }
        if let Some(after) = page.after {
            select = select.filter(sender::Column::Id.gt(after));
        }
        select.all(&self.reader).await?.into_iter().map(read_sender).collect()
    }

    /// Shops in the order of their ids; with `merchant_id`, its own.
    pub async fn shops(&self, merchant_id: Option<Uuid>, page: Page) -> Result<Vec<Shop>> {
        let mut select = shop::Entity::find().order_by_asc(shop::Column::Id).limit(page.limit);
        if let Some(id) = merchant_id {
            select = select.filter(shop::Column::MerchantId.eq(id));
        }
        if let Some(after) = page.after {
            select = select.filter(shop::Column::Id.gt(after));
        }
        select.all(&self.reader).await?.into_iter().map(read_shop).collect()
    }

    /// A shop's keywords in the order of their ids.
    pub async fn keywords(&self, shop_id: Uuid, page: Page) -> Result<Vec<Keyword>> {
        let mut select = keyword::Entity::find()
            .filter(keyword::Column::ShopId.eq(shop_id))
            .filter(keyword::Column::DeletedAt.is_null())
            .order_by_asc(keyword::Column::Id)
            .limit(page.limit);
        if let Some(after) = page.after {
            select = select.filter(keyword::Column::Id.gt(after));
        }
        Ok(select.all(&self.reader).await?.into_iter().map(read_keyword).collect())
    }

    /// Senders by their ids, in no order.
    pub async fn senders_by_ids(&self, ids: &[Uuid]) -> Result<Vec<Sender>> {
        let select = sender::Entity::find().filter(sender::Column::Id.is_in(ids.iter().copied()));
        select.all(&self.reader).await?.into_iter().map(read_sender).collect()
    }

    /// Accounts by our ids, in no order.
    pub async fn accounts_by_ids(&self, ids: &[Uuid]) -> Result<Vec<SealedAccount>> {
        let select = account::Entity::find().filter(account::Column::Id.is_in(ids.iter().copied()));
        Ok(select.all(&self.reader).await?.into_iter().map(read_account).collect())
    }

    /// A keyword of a shop; `None` once it is deleted.
    pub async fn keyword(&self, shop_id: Uuid, id: Uuid) -> Result<Option<Keyword>> {
        let select = keyword::Entity::find_by_id(id)
            .filter(keyword::Column::ShopId.eq(shop_id))
            .filter(keyword::Column::DeletedAt.is_null());
        Ok(select.one(&self.reader).await?.map(read_keyword))
    }

    /// A shop by its id, as it is kept now.
    pub async fn shop(&self, id: Uuid) -> Result<Option<Shop>> {
        shop::Entity::find_by_id(id).one(&self.reader).await?.map(read_shop).transpose()
    }
}

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

fn corrupt(what: &str) -> StoreError {
    StoreError::Corrupt(what.to_owned())
}

fn read_account(row: account::Model) -> SealedAccount {
    SealedAccount {
        id: row.id,
        account_sid: row.account_sid,
        provider: row.provider,
        api_base_url: row.api_base_url,
        auth_token_sealed: row.auth_token_sealed,
        auth_token_previous_sealed: row.auth_token_previous_sealed,
        signing_key_sealed: row.signing_key_sealed,
        signature_header: row.signature_header,
        account_sid_pattern: row.account_sid_pattern,
        created_at: row.created_at,
    }
}

fn read_sender(row: sender::Model) -> Result<Sender> {
    Ok(Sender {
        id: row.id,
        address: Address::parse(&row.address).map_err(|_| corrupt("sender.address"))?,
        account_id: row.account_id,
        merchant_id: row.merchant_id,
        service_sid: row.service_sid,
        messages_per_second: row.messages_per_second,
        created_at: from_millis(row.created_at),
    })
}

fn sender_row(sender: &Sender, revision: i64) -> sender::Model {
    sender::Model {
        id: sender.id,
        address: sender.address.as_str().to_owned(),
        account_id: sender.account_id,
        merchant_id: sender.merchant_id,
        service_sid: sender.service_sid.clone(),
        messages_per_second: sender.messages_per_second,
        created_at: sender.created_at.timestamp_millis(),
        revision,
    }
}

fn read_shop(row: shop::Model) -> Result<Shop> {
    Ok(Shop {
        id: row.id,
        merchant_id: row.merchant_id,
        sender_id: row.sender_id,
        time_zone: row.time_zone.parse::<Tz>().map_err(|_| corrupt("shop.time_zone"))?,
        language: Language::from_code(&row.language).ok_or_else(|| corrupt("shop.language"))?,
        opt_in: OptIn::from_word(&row.opt_in).ok_or_else(|| corrupt("shop.opt_in"))?,
        name: row.name,
        currency: row.currency,
        welcome_points: row.welcome_points,
        contact: row.contact,
        messages_per_month: u16::try_from(row.messages_per_month).map_err(|_| corrupt("shop.messages_per_month"))?,
        created_at: from_millis(row.created_at),
    })
}

fn shop_row(shop: &Shop, revision: i64) -> shop::Model {
    shop::Model {
        id: shop.id,
        merchant_id: shop.merchant_id,
        sender_id: shop.sender_id,
        name: shop.name.clone(),
        time_zone: shop.time_zone.name().to_owned(),
        language: shop.language.code().to_owned(),
        currency: shop.currency.clone(),
        opt_in: shop.opt_in.word().to_owned(),
        welcome_points: shop.welcome_points,
        contact: shop.contact.clone(),
        messages_per_month: shop.messages_per_month.into(),
        created_at: shop.created_at.timestamp_millis(),
        revision,
    }
}

fn read_keyword(row: keyword::Model) -> Keyword {
    Keyword {
        id: row.id,
        shop_id: row.shop_id,
        sender_id: row.sender_id,
        phrase: Phrase::restore(row.phrase, row.normal),
        source: row.source,
        starts_at: row.starts_at.map(from_millis),
        ends_at: row.ends_at.map(from_millis),
        created_at: from_millis(row.created_at),
    }
}

fn keyword_row(keyword: &Keyword, revision: i64) -> keyword::Model {
    keyword::Model {
        id: keyword.id,
        shop_id: keyword.shop_id,
        sender_id: keyword.sender_id,
        phrase: keyword.phrase.display().to_owned(),
        normal: keyword.phrase.normal().to_owned(),
        source: keyword.source.clone(),
        starts_at: keyword.starts_at.map(|time| time.timestamp_millis()),
        ends_at: keyword.ends_at.map(|time| time.timestamp_millis()),
        created_at: keyword.created_at.timestamp_millis(),
        deleted_at: None,
        revision,
    }
}
