//! What shops say in their own words, with what they said before.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::{Result, Store, Transaction, entity::shop_words};

/// A text as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsRow {
    /// Our id.
    pub id: Uuid,
    /// The shop that says it.
    pub shop_id: Uuid,
    /// The language's code.
    pub language: String,
    /// Which text it stands for.
    pub key: String,
    /// What is said; `None`: what is built in.
    pub text: Option<String>,
    /// Unix milliseconds.
    pub changed_at: i64,
    /// Who changed it.
    pub changed_by: String,
}

impl Store {
    /// Texts in force that changed after `revision`.
    pub(super) async fn words_since(&self, revision: i64) -> Result<Vec<WordsRow>> {
        let select = shop_words::Entity::find()
            .filter(shop_words::Column::Revision.gt(revision))
            .filter(shop_words::Column::DeletedAt.is_null());
        Ok(select.all(&self.reader).await?.into_iter().map(read).collect())
    }

    /// What a shop has said in place of a text, the latest first.
    pub async fn words_before(&self, shop_id: Uuid, language: &str, key: &str, limit: u64) -> Result<Vec<WordsRow>> {
        let select = shop_words::Entity::find()
            .filter(shop_words::Column::ShopId.eq(shop_id))
            .filter(shop_words::Column::Language.eq(language))
            .filter(shop_words::Column::Key.eq(key))
            .order_by_desc(shop_words::Column::Id)
            .limit(limit);
        Ok(select.all(&self.reader).await?.into_iter().map(read).collect())
    }
}

impl Transaction {
    /// The text in force, with what is said in its place.
    pub async fn words_in_force(&self, shop_id: Uuid, language: &str, key: &str) -> Result<Option<WordsRow>> {
        let select = shop_words::Entity::find()
            .filter(shop_words::Column::ShopId.eq(shop_id))
            .filter(shop_words::Column::Language.eq(language))
            .filter(shop_words::Column::Key.eq(key))
            .filter(shop_words::Column::DeletedAt.is_null());
        Ok(select.one(&self.0).await?.map(read))
    }

    /// Puts a text in force in place of the one before.
    pub async fn put_words(&self, new: &WordsRow, revision: i64) -> Result<()> {
        shop_words::Entity::update_many()
            .col_expr(shop_words::Column::DeletedAt, Expr::value(new.changed_at))
            .filter(shop_words::Column::ShopId.eq(new.shop_id))
            .filter(shop_words::Column::Language.eq(new.language.as_str()))
            .filter(shop_words::Column::Key.eq(new.key.as_str()))
            .filter(shop_words::Column::DeletedAt.is_null())
            .exec(&self.0)
            .await?;
        let row = shop_words::Model {
            id: new.id,
            shop_id: new.shop_id,
            language: new.language.clone(),
            key: new.key.clone(),
            text: new.text.clone(),
            changed_at: new.changed_at,
            changed_by: new.changed_by.clone(),
            deleted_at: None,
            revision,
        };
        let row = shop_words::ActiveModel { deleted_at: Set(None), ..row.into_active_model() };
        shop_words::Entity::insert(row).exec_without_returning(&self.0).await?;
        Ok(())
    }
}

fn read(row: shop_words::Model) -> WordsRow {
    WordsRow {
        id: row.id,
        shop_id: row.shop_id,
        language: row.language,
        key: row.key,
        text: row.text,
        changed_at: row.changed_at,
        changed_by: row.changed_by,
    }
}
