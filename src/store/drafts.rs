//! Programs while they are being changed: one draft a program.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{Result, Store, StoreError, Transaction, entity::program_draft};

/// A draft as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftRow {
    /// The program's id, or that of the shop whose program it will be.
    pub program_id: Uuid,
    /// Whose it is.
    pub merchant_id: Uuid,
    /// As it is written so far; it may have mistakes.
    pub document: serde_json::Value,
    /// The version it began as; 0 where there was none.
    pub based_on: i32,
    /// When it was last changed, Unix milliseconds; grows with every change.
    pub changed_at: i64,
    /// Who changed it last, by name.
    pub changed_by: String,
}

impl Store {
    /// The draft of a program, if there is one.
    pub async fn program_draft(&self, program_id: Uuid) -> Result<Option<DraftRow>> {
        program_draft::Entity::find_by_id(program_id).one(&self.reader).await?.map(read_draft).transpose()
    }
}

impl Transaction {
    /// The draft of a program as it is kept now, if there is one.
    pub async fn draft(&self, program_id: Uuid) -> Result<Option<DraftRow>> {
        program_draft::Entity::find_by_id(program_id).one(&self.0).await?.map(read_draft).transpose()
    }

    /// Keeps a new draft.
    pub async fn insert_draft(&self, new: &DraftRow) -> Result<()> {
        let row = program_draft::Model {
            program_id: new.program_id,
            merchant_id: new.merchant_id,
            document: new.document.to_string(),
            based_on: new.based_on,
            changed_at: new.changed_at,
            changed_by: new.changed_by.clone(),
        };
        program_draft::Entity::insert(row.into_active_model()).exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// Changes a draft that is still as it was at `seen`; whether it was.
    pub async fn update_draft(&self, changed: &DraftRow, seen: i64) -> Result<bool> {
        let row = program_draft::ActiveModel {
            document: Set(changed.document.to_string()),
            based_on: Set(changed.based_on),
            changed_at: Set(changed.changed_at),
            changed_by: Set(changed.changed_by.clone()),
            ..Default::default()
        };
        let update = program_draft::Entity::update_many().set(row);
        let is_it = program_draft::Column::ProgramId.eq(changed.program_id);
        let done = update.filter(is_it).filter(program_draft::Column::ChangedAt.eq(seen)).exec(&self.0).await?;
        Ok(done.rows_affected == 1)
    }

    /// Takes out a draft that is still as it was at `seen`; whether it was.
    pub async fn delete_draft(&self, program_id: Uuid, seen: i64) -> Result<bool> {
        let delete = program_draft::Entity::delete_many().filter(program_draft::Column::ProgramId.eq(program_id));
        let done = delete.filter(program_draft::Column::ChangedAt.eq(seen)).exec(&self.0).await?;
        Ok(done.rows_affected == 1)
    }
}

fn read_draft(row: program_draft::Model) -> Result<DraftRow> {
    Ok(DraftRow {
        program_id: row.program_id,
        merchant_id: row.merchant_id,
        document: serde_json::from_str(&row.document).map_err(|_| StoreError::Corrupt("program_draft".to_owned()))?,
        based_on: row.based_on,
        changed_at: row.changed_at,
        changed_by: row.changed_by,
    })
}
