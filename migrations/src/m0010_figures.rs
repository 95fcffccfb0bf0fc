//! Figures of shops and senders, kept as things happen: sums by day, how each member visits, texts whose end is not known
//! yet, and how far all of it has got.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let figure = Table::create()
            .table("figure")
            // A shop, a program or a sender.
            .col(uuid("of_id"))
            .col(string("name"))
            // Days or, for senders, hours since 1970, or months; 0 for what stands now.
            .col(big_integer("day"))
            .col(string("part"))
            .col(big_integer("value"))
            .primary_key(Index::create().col("of_id").col("name").col("day").col("part"))
            .to_owned();
        manager.create_table(crate::clustered(manager, figure)).await?;
        let patron = Table::create()
            .table("patron")
            .col(uuid("shop_id"))
            .col(uuid("member_id"))
            .col(big_integer("joined_month"))
            .col(big_integer("visits"))
            .col(big_integer_null("last_day"))
            // A bit for each month with a visit, from the month of joining on.
            .col(big_integer("months"))
            .primary_key(Index::create().col("shop_id").col("member_id"))
            .to_owned();
        manager.create_table(crate::clustered(manager, patron)).await?;
        manager
            .create_table(
                Table::create()
                    .table("text_open")
                    .col(big_integer("outbox_id").primary_key())
                    .col(string("outcome"))
                    .col(big_integer("day"))
                    .col(big_integer("looks"))
                    .col(big_integer("due_at"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(Index::create().name("text_open_due").table("text_open").col("due_at").to_owned()).await?;
        manager
            .create_table(
                Table::create()
                    .table("figure_cursor")
                    .col(string("name").primary_key())
                    .col(big_integer("first"))
                    .col(big_integer("second"))
                    .to_owned(),
            )
            .await?;
        let db = manager.get_connection();
        db.execute_unprepared(
            "INSERT INTO figure_cursor (name, first, second) VALUES ('events', -1, -1), ('texts', 0, 0), ('inbound', 0, 0)",
        )
        .await?;
        // On SQLite the number alone is the order of the feed, and is its key.
        if manager.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared("CREATE INDEX event_order ON event (xact, number)").await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            manager.drop_index(Index::drop().name("event_order").to_owned()).await?;
        }
        crate::drop_tables(manager, &["figure_cursor", "text_open", "patron", "figure"]).await
    }
}
