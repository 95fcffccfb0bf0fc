//! What came of replays of drafts, for every node and after every restart: the last one of each program.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("program_replay")
                    .col(pk_uuid("program_id"))
                    // Of this run: an earlier one writes nothing any more.
                    .col(uuid("id"))
                    // A hash of the draft's document.
                    .col(string("draft"))
                    .col(integer("months"))
                    .col(big_integer("began_at"))
                    // When it last said that it goes on.
                    .col(big_integer("seen_at"))
                    // `running`, `done` or `failed`.
                    .col(string("state"))
                    .col(big_integer("members"))
                    .col(big_integer("sales"))
                    .col(text_null("outcome"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["program_replay"]).await
    }
}
