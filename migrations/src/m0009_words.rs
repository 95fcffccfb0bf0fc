//! What shops say in their own words. The row in force is the one that is not deleted; those before it are its history.

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
                    .table("shop_words")
                    .col(pk_uuid("id"))
                    .col(uuid("shop_id"))
                    .col(string("language"))
                    .col(string("key"))
                    // Without one: said as built in again.
                    .col(string_null("text"))
                    .col(big_integer("changed_at"))
                    .col(string("changed_by"))
                    .col(big_integer_null("deleted_at"))
                    .col(big_integer("revision"))
                    .foreign_key(ForeignKey::create().from("shop_words", "shop_id").to("shop", "id"))
                    .to_owned(),
            )
            .await?;
        for (name, columns) in
            [("shop_words_text", &["shop_id", "language", "key", "id"][..]), ("shop_words_revision", &["revision"])]
        {
            let mut index = Index::create().name(name).table("shop_words").to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        // Of each text one is in force.
        let one =
            "CREATE UNIQUE INDEX shop_words_in_force ON shop_words (shop_id, language, key) WHERE deleted_at IS NULL";
        manager.get_connection().execute_unprepared(one).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["shop_words"]).await
    }
}
