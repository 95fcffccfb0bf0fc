//! The schema of Regulars: one step a file, SQLite and PostgreSQL from one source.
//!
//! Steps only add to what is there; a step that has shipped is never edited. Times are Unix milliseconds (UTC).

use sea_orm_migration::prelude::*;

mod m0001_directory;
mod m0002_members;
mod m0003_messages;
mod m0004_programs;
mod m0005_till;
mod m0006_people;
mod m0007_drafts;
mod m0008_inbox;
mod m0009_words;
mod m0010_figures;
mod m0011_terms;
mod m0012_deferred;
mod m0013_replays;
mod m0014_shelves;

/// All steps in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_directory::Step),
            Box::new(m0002_members::Step),
            Box::new(m0003_messages::Step),
            Box::new(m0004_programs::Step),
            Box::new(m0005_till::Step),
            Box::new(m0006_people::Step),
            Box::new(m0009_words::Step),
            Box::new(m0010_figures::Step),
            Box::new(m0008_inbox::Step),
            Box::new(m0007_drafts::Step),
            Box::new(m0011_terms::Step),
            Box::new(m0012_deferred::Step),
            Box::new(m0013_replays::Step),
            Box::new(m0014_shelves::Step),
        ]
    }
}

/// A table whose rows live in their primary key's tree on SQLite, where that saves a second tree.
fn clustered(manager: &SchemaManager<'_>, mut table: TableCreateStatement) -> TableCreateStatement {
    if manager.get_database_backend() == sea_orm_migration::sea_orm::DbBackend::Sqlite {
        table.extra("WITHOUT ROWID");
    }
    table
}

/// Drops the step's tables, last one first.
async fn drop_tables(manager: &SchemaManager<'_>, tables: &[&'static str]) -> Result<(), DbErr> {
    for table in tables {
        manager.drop_table(Table::drop().table(*table).to_owned()).await?;
    }
    Ok(())
}
