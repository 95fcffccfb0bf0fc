//! Programs while they are being changed, and who applied a version.

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
                    .table("program_draft")
                    // The program's, or that of a shop whose program it will be.
                    .col(pk_uuid("program_id"))
                    .col(uuid("merchant_id"))
                    .col(text("document"))
                    // The version it began as; 0 where there was none.
                    .col(integer("based_on"))
                    // Grows with every change, so that nobody writes over what they have not seen.
                    .col(big_integer("changed_at"))
                    .col(string("changed_by"))
                    .foreign_key(ForeignKey::create().from("program_draft", "merchant_id").to("merchant", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .alter_table(Table::alter().table("program_version").add_column(string_null("created_by")).to_owned())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("program_version").drop_column("created_by").to_owned()).await?;
        crate::drop_tables(manager, &["program_draft"]).await
    }
}
