//! Texts that are held back until the morning are found by their time and by their phone.

use sea_orm_migration::prelude::*;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

const INDEXES: [(&str, &str); 2] = [
    ("outbox_deferred_due", "CREATE INDEX outbox_deferred_due ON outbox (due_at) WHERE state = 'deferred'"),
    ("outbox_deferred", "CREATE INDEX outbox_deferred ON outbox (sender_id, address) WHERE state = 'deferred'"),
];

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (_, sql) in INDEXES {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _) in INDEXES {
            manager.drop_index(Index::drop().name(name).table("outbox").to_owned()).await?;
        }
        Ok(())
    }
}
