//! Programs and their versions. A version that is kept is never changed.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    Statement,
};
use uuid::Uuid;

use super::{
    Result, Store, StoreError, Transaction,
    entity::{program, program_version},
};

/// A version of a program as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgramVersion {
    /// The program.
    pub program_id: Uuid,
    /// Whose it is.
    pub merchant_id: Uuid,
    /// Which version, from 1.
    pub version: i32,
    /// From when on it is in force, Unix milliseconds.
    pub valid_from: i64,
    /// ISO 4217 code of its amounts.
    pub currency: String,
    /// The IANA name of its calendar.
    pub time_zone: String,
    /// As it was written.
    pub document: serde_json::Value,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Who applied it, by name, where they did so by hand.
    pub created_by: Option<String>,
}

impl Store {
    /// The versions that came after a revision.
    pub(super) async fn program_versions_since(&self, revision: i64) -> Result<Vec<ProgramVersion>> {
        let select = program_version::Entity::find().filter(program_version::Column::Revision.gt(revision));
        self.with_merchants(select.order_by_asc(program_version::Column::Revision).all(&self.reader).await?).await
    }

    /// All versions of a program, the latest first.
    pub async fn program_versions(&self, program_id: Uuid) -> Result<Vec<ProgramVersion>> {
        let select = program_version::Entity::find().filter(program_version::Column::ProgramId.eq(program_id));
        self.with_merchants(select.order_by_desc(program_version::Column::Version).all(&self.reader).await?).await
    }

    async fn with_merchants(&self, rows: Vec<program_version::Model>) -> Result<Vec<ProgramVersion>> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let ids = rows.iter().map(|row| row.program_id);
        let programs = program::Entity::find().filter(program::Column::Id.is_in(ids)).all(&self.reader).await?;
        let merchant_of =
            |id: Uuid| programs.iter().find(|program| program.id == id).map(|program| program.merchant_id);
        let read = |row: program_version::Model| {
            let corrupt = || StoreError::Corrupt("program_version".to_owned());
            Ok(ProgramVersion {
                program_id: row.program_id,
                merchant_id: merchant_of(row.program_id).ok_or_else(corrupt)?,
                version: row.version,
                valid_from: row.valid_from,
                currency: row.currency,
                time_zone: row.time_zone,
                document: serde_json::from_str(&row.document).map_err(|_| corrupt())?,
                created_at: row.created_at,
                created_by: row.created_by,
            })
        };
        rows.into_iter().map(read).collect()
    }
}

impl Transaction {
    /// Whose a program is; `None` where there is no such program.
    pub async fn merchant_of_program(&self, id: Uuid) -> Result<Option<Uuid>> {
        Ok(program::Entity::find_by_id(id).one(&self.0).await?.map(|program| program.merchant_id))
    }

    /// Adds a program, still without a version. `now` is in Unix milliseconds.
    pub async fn insert_program(&self, id: Uuid, merchant_id: Uuid, now: i64) -> Result<()> {
        let row = program::ActiveModel { id: Set(id), merchant_id: Set(merchant_id), created_at: Set(now) };
        program::Entity::insert(row).exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// The last version of a program: its number, and from when on it is in force.
    pub async fn last_program_version(&self, id: Uuid) -> Result<Option<(i32, i64)>> {
        let select = program_version::Entity::find().filter(program_version::Column::ProgramId.eq(id));
        let last = select.order_by_desc(program_version::Column::Version).limit(1).one(&self.0).await?;
        Ok(last.map(|row| (row.version, row.valid_from)))
    }

    /// A version as it was written, and from when on it is in force; `None` where there is none.
    pub async fn program_document(&self, id: Uuid, version: i32) -> Result<Option<(i64, serde_json::Value)>> {
        let found = program_version::Entity::find_by_id((id, version)).one(&self.0).await?;
        let corrupt = |_| StoreError::Corrupt("program_version".to_owned());
        let read =
            |row: program_version::Model| Ok((row.valid_from, serde_json::from_str(&row.document).map_err(corrupt)?));
        found.map(read).transpose()
    }

    /// Adds a version.
    pub async fn insert_program_version(&self, new: &ProgramVersion, revision: i64) -> Result<()> {
        let row = program_version::Model {
            program_id: new.program_id,
            version: new.version,
            valid_from: new.valid_from,
            currency: new.currency.clone(),
            time_zone: new.time_zone.clone(),
            document: new.document.to_string(),
            created_at: new.created_at,
            reviewed_to: None,
            reviewed_at: None,
            revision,
            created_by: new.created_by.clone(),
        };
        program_version::Entity::insert(row.into_active_model()).exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// The shops of a program, oldest first.
    pub async fn shops_of_program(&self, id: Uuid) -> Result<Vec<Uuid>> {
        let sql = "SELECT id FROM shop WHERE program_id = $1 OR (program_id IS NULL AND id = $1) ORDER BY id";
        let rows = self.0.query_all_raw(Statement::from_sql_and_values(self.backend(), sql, [id.into()])).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
    }

    /// Moves what members hold from one program to another. Who holds something in both already has two purses joined: see
    /// [`Transaction::purses_left_behind`].
    pub async fn move_purses(&self, from: Uuid, to: Uuid, now: i64) -> Result<()> {
        let sql = "UPDATE purse SET program_id = $1, due_at = $3 WHERE program_id = $2 AND NOT EXISTS \
                   (SELECT 1 FROM purse AS p WHERE p.member_id = purse.member_id AND p.program_id = $1)";
        let values = [to.into(), from.into(), now.into()];
        self.0.execute_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        for table in ["voucher", "referral_code"] {
            let sql = format!(
                "UPDATE {table} SET program_id = $1 WHERE program_id = $2 AND EXISTS \
                 (SELECT 1 FROM purse AS p WHERE p.id = {table}.purse_id AND p.program_id = $1)"
            );
            let values = [to.into(), from.into()];
            self.0.execute_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        }
        Ok(())
    }

    /// The purses that could not move to a program, because their members hold one there: (left behind, the other).
    pub async fn purses_left_behind(&self, from: Uuid, to: Uuid) -> Result<Vec<(Uuid, Uuid)>> {
        let sql = "SELECT a.id, b.id FROM purse AS a JOIN purse AS b ON b.member_id = a.member_id \
                   WHERE a.program_id = $1 AND b.program_id = $2 ORDER BY a.id";
        let values = [from.into(), to.into()];
        let rows = self.0.query_all_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
    }

    /// A version in force whose purses have not all been looked at since it came into force, and up to which purse they
    /// were. `now` is in Unix milliseconds.
    pub async fn unreviewed_version(&self, now: i64) -> Result<Option<(Uuid, i32, Option<Uuid>)>> {
        let select = program_version::Entity::find()
            .filter(program_version::Column::ReviewedAt.is_null())
            .filter(program_version::Column::ValidFrom.lte(now));
        let found = select.order_by_asc(program_version::Column::ValidFrom).limit(1).one(&self.0).await?;
        Ok(found.map(|row| (row.program_id, row.version, row.reviewed_to)))
    }

    /// Has the purses of a program looked at once more, as for a new version. `now` is in Unix milliseconds.
    pub async fn review_again(&self, program_id: Uuid, now: i64) -> Result<()> {
        let sql = "UPDATE program_version SET reviewed_to = NULL, reviewed_at = NULL WHERE program_id = $1 AND version = \
                   (SELECT MAX(version) FROM program_version WHERE program_id = $1 AND valid_from <= $2)";
        let values = [program_id.into(), now.into()];
        self.0.execute_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        Ok(())
    }

    /// Notes up to which purse those of a version were looked at; `done` when all were.
    pub async fn note_review(&self, program: (Uuid, i32), to: Option<Uuid>, done: Option<i64>) -> Result<()> {
        let row = program_version::ActiveModel {
            program_id: Set(program.0),
            version: Set(program.1),
            reviewed_to: Set(to),
            reviewed_at: Set(done),
            ..Default::default()
        };
        program_version::Entity::update(row).exec(&self.0).await?;
        Ok(())
    }
}
