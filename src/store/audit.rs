//! The book of who changed what.

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{Result, Store, Transaction, directory::Page, entity::audit};

/// A line of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Our id; ids grow with the time.
    pub id: Uuid,
    /// Whose thing was changed; `None`: the gateway's own.
    pub merchant_id: Option<Uuid>,
    /// The shop it belongs to.
    pub shop_id: Option<Uuid>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Who, where they signed in.
    pub person_id: Option<Uuid>,
    /// Who, by name: a person, a key, `operator`.
    pub actor: String,
    /// What was done: `created`, `changed`, `removed` …
    pub deed: String,
    /// To what kind of thing: `keyword`, `program` …
    pub subject: String,
    /// To which.
    pub subject_id: Option<Uuid>,
    /// What it is called.
    pub subject_name: String,
    /// How it was, as JSON.
    pub before: Option<String>,
    /// How it is now, as JSON.
    pub after: Option<String>,
}

/// Which lines of a book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Of one shop alone.
    pub shop_id: Option<Uuid>,
    /// About things of one kind alone.
    pub subject: Option<String>,
    /// Without who came and went, where no kind is wanted.
    pub only_changes: bool,
}

/// The subject of lines that say who came and went.
pub const SESSION: &str = "session";

impl Store {
    /// The book of a merchant, or the gateway's own; the latest first. The page goes on before `after`.
    pub async fn audit(&self, merchant_id: Option<Uuid>, filter: &AuditFilter, page: Page) -> Result<Vec<AuditRow>> {
        let of_merchant = match merchant_id {
            Some(id) => audit::Column::MerchantId.eq(id),
            None => audit::Column::MerchantId.is_null(),
        };
        let mut select = audit::Entity::find().filter(of_merchant).order_by_desc(audit::Column::Id).limit(page.limit);
        if let Some(id) = filter.shop_id {
            select = select.filter(audit::Column::ShopId.eq(id));
        }
        if let Some(subject) = &filter.subject {
            select = select.filter(audit::Column::Subject.eq(subject));
        } else if filter.only_changes {
            select = select.filter(audit::Column::Subject.ne(SESSION));
        }
        if let Some(before) = page.after {
            select = select.filter(audit::Column::Id.lt(before));
        }
        Ok(select.all(&self.reader).await?.into_iter().map(read_audit).collect())
    }
}

impl Transaction {
    /// Adds a line to the book, in the transaction of what it tells of.
    pub async fn insert_audit(&self, row: &AuditRow) -> Result<()> {
        audit::Entity::insert(audit_row(row).into_active_model()).exec_without_returning(&self.0).await?;
        Ok(())
    }
}

fn read_audit(row: audit::Model) -> AuditRow {
    let audit::Model {
        id,
        merchant_id,
        shop_id,
        created_at,
        person_id,
        actor,
        deed,
        subject,
        subject_id,
        subject_name,
        before,
        after,
    } = row;
    AuditRow {
        id,
        merchant_id,
        shop_id,
        created_at,
        person_id,
        actor,
        deed,
        subject,
        subject_id,
        subject_name,
        before,
        after,
    }
}

fn audit_row(row: &AuditRow) -> audit::Model {
    let AuditRow {
        id,
        merchant_id,
        shop_id,
        created_at,
        person_id,
        actor,
        deed,
        subject,
        subject_id,
        subject_name,
        before,
        after,
    } = row.clone();
    audit::Model {
        id,
        merchant_id,
        shop_id,
        created_at,
        person_id,
        actor,
        deed,
        subject,
        subject_id,
        subject_name,
        before,
        after,
    }
}
