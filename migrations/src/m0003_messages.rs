//! What is said: texts that came in, texts to be sent, receipts, and which node drains which sender.

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
                    .table("inbound")
                    .col(big_pk_auto("id"))
                    .col(uuid("account_id"))
                    .col(string("provider_message_id"))
                    .col(uuid_null("sender_id"))
                    .col(string("address"))
                    .col(string("to_address"))
                    .col(text("body"))
                    .col(text_null("media"))
                    .col(string_null("opt_out_type"))
                    .col(integer("segments"))
                    .col(string("request_id"))
                    .col(big_integer("received_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("outbox")
                    .col(big_pk_auto("id"))
                    .col(uuid("sender_id"))
                    .col(string("address"))
                    .col(uuid_null("merchant_id"))
                    .col(uuid_null("shop_id"))
                    .col(big_integer_null("inbound_id"))
                    .col(string("reply"))
                    .col(text("body"))
                    .col(string("state"))
                    .col(integer("attempts"))
                    .col(big_integer("due_at"))
                    .col(string_null("leased_by"))
                    .col(big_integer_null("leased_until"))
                    .col(string_null("provider_message_id"))
                    .col(integer_null("error_code"))
                    .col(string_null("reason"))
                    .col(string("request_id"))
                    .col(big_integer("created_at"))
                    .col(big_integer_null("attempted_at"))
                    .col(big_integer_null("settled_at"))
                    .to_owned(),
            )
            .await?;
        let receipt = Table::create()
            .table("receipt")
            .col(string("provider_message_id"))
            .col(uuid("account_id"))
            .col(string("status"))
            .col(integer("rank"))
            .col(integer_null("error_code"))
            .col(string("done_at"))
            .col(big_integer("received_at"))
            .primary_key(Index::create().col("provider_message_id").col("account_id"))
            .to_owned();
        manager.create_table(crate::clustered(manager, receipt)).await?;
        manager
            .create_table(
                Table::create()
                    .table("sender_lease")
                    .col(pk_uuid("sender_id"))
                    .col(string("leased_by"))
                    .col(big_integer("leased_until"))
                    .col(big_integer("paused_until"))
                    .col(string_null("pause_reason"))
                    .to_owned(),
            )
            .await?;
        // Partial indexes have no builder; the statement reads the same on both databases.
        for statement in [
            "CREATE UNIQUE INDEX inbound_provider_message_id ON inbound (provider_message_id, account_id)",
            "CREATE INDEX inbound_address ON inbound (address, sender_id, id)",
            "CREATE INDEX outbox_address ON outbox (address, sender_id, id)",
            "CREATE INDEX outbox_queued ON outbox (sender_id, id) WHERE state = 'queued'",
            "CREATE INDEX outbox_open ON outbox (sender_id, address, id) WHERE state IN ('queued', 'claimed', 'unclear')",
            "CREATE INDEX outbox_held ON outbox (sender_id, due_at) WHERE state IN ('claimed', 'unclear')",
            "CREATE INDEX outbox_provider_message_id ON outbox (provider_message_id) WHERE provider_message_id IS NOT NULL",
        ] {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["sender_lease", "receipt", "outbox", "inbound"]).await
    }
}
