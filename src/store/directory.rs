//! Merchants, accounts, senders, shops and keywords. Every change carries a revision, so that each node can ask for
//! what has changed since it last looked.

mod rows;
mod writing;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
    sea_query::{Expr, ExprTrait as _, Func, LikeExpr},
};
use uuid::Uuid;

use super::{
    Result, Store,
    entity::{account, keyword, merchant, sender, shop},
    keys::KeyRow,
    programs::ProgramVersion,
    staff::StaffPhoneRow,
    tills::SealedTill,
    words::WordsRow,
};
use crate::domain::shop::{Keyword, Sender, Shop};
use rows::{read_account, read_keyword, read_sender, read_shop};

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
    /// New versions of programs.
    pub programs: Vec<ProgramVersion>,
    /// New or changed keys, with those that were revoked.
    pub keys: Vec<KeyRow>,
    /// New or changed tills, with those that were removed.
    pub tills: Vec<SealedTill>,
    /// Phones of staff, with those that were removed.
    pub staff_phones: Vec<StaffPhoneRow>,
    /// Texts that shops say in their own words, or no longer do.
    pub words: Vec<WordsRow>,
}

/// A page of a list: what comes after `after`, at most `limit`.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The id of the last one seen.
    pub after: Option<Uuid>,
    /// How many at most.
    pub limit: u64,
}

/// Which shops.
#[derive(Debug, Clone, Copy, Default)]
pub struct ShopFilter {
    /// Only this merchant's.
    pub merchant_id: Option<Uuid>,
    /// Only this one.
    pub only: Option<Uuid>,
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
        changes.programs = self.program_versions_since(revision).await?;
        changes.keys = self.keys_since(revision).await?;
        changes.tills = self.tills_since(revision).await?;
        changes.staff_phones = self.staff_phones_since(revision).await?;
        changes.words = self.words_since(revision).await?;
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

    /// Merchants whose name has these letters in it, in the order of their ids. There are few enough to look at one by one.
    pub async fn merchants_named(&self, letters: &str, page: Page) -> Result<Vec<Merchant>> {
        let escaped = letters.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let like = |letters: &str| LikeExpr::new(format!("%{letters}%")).escape('\\');
        let lower = Expr::expr(Func::lower(Expr::col(merchant::Column::Name)));
        let has_them = lower.like(like(&escaped.to_lowercase())).or(merchant::Column::Name.like(like(&escaped)));
        let mut select = merchant::Entity::find().filter(has_them).order_by_asc(merchant::Column::Id).limit(page.limit);
        if let Some(after) = page.after {
            select = select.filter(merchant::Column::Id.gt(after));
        }
        let found = select.all(&self.reader).await?;
        Ok(found.into_iter().map(|row| Merchant { id: row.id, name: row.name, created_at: row.created_at }).collect())
    }

    /// The names of merchants: (merchant, name).
    pub async fn merchant_names(&self, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
        let found =
            merchant::Entity::find().filter(merchant::Column::Id.is_in(ids.iter().copied())).all(&self.reader).await?;
        Ok(found.into_iter().map(|merchant| (merchant.id, merchant.name)).collect())
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

    /// The senders that a shop speaks on: its own, and those of its keywords. In the order of their ids.
    pub async fn senders_of_shop(&self, shop_id: Uuid, page: Page) -> Result<Vec<Sender>> {
        let sql = "SELECT sender_id FROM shop WHERE id = $1 UNION \
                   SELECT sender_id FROM keyword WHERE shop_id = $1 AND deleted_at IS NULL";
        let ids: Vec<Uuid> = self.read_all(sql, vec![shop_id.into()], |row| row.try_get_by_index(0)).await?;
        let mut senders = self.senders_by_ids(&ids).await?;
        senders.sort_by_key(|sender| sender.id);
        let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let behind = senders.into_iter().filter(|sender| page.after.is_none_or(|after| sender.id > after));
        Ok(behind.take(limit).collect())
    }

    /// Shops in the order of their ids.
    pub async fn shops(&self, filter: ShopFilter, page: Page) -> Result<Vec<Shop>> {
        let mut select = shop::Entity::find().order_by_asc(shop::Column::Id).limit(page.limit);
        if let Some(id) = filter.merchant_id {
            select = select.filter(shop::Column::MerchantId.eq(id));
        }
        if let Some(id) = filter.only {
            select = select.filter(shop::Column::Id.eq(id));
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
