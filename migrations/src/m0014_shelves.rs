//! Members are found by last digits on shelves: those who come in together by an import stand on one of their own. On one shelf for
//! all, whose last digits are in no order, each of a million rows would change another page of it.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

const BY_TAIL: &str = "CREATE INDEX member_tail ON member (merchant_id, shelf, substr(address, length(address) - 3))";
const BY_TAIL_BEFORE: &str = "CREATE INDEX member_tail ON member (merchant_id, substr(address, length(address) - 3))";

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The numbers that members have as their shelf. Who joins by text stands on the first.
        let number = ColumnDef::new("number").big_integer().not_null().primary_key().to_owned();
        manager.create_table(Table::create().table("shelf").col(number).to_owned()).await?;
        manager.get_connection().execute_unprepared("INSERT INTO shelf (number) VALUES (0)").await?;
        let column = big_integer("shelf").default(0).to_owned();
        manager.alter_table(Table::alter().table("member").add_column(column).to_owned()).await?;
        index_again(manager, BY_TAIL).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index_again(manager, BY_TAIL_BEFORE).await?;
        manager.alter_table(Table::alter().table("member").drop_column("shelf").to_owned()).await?;
        crate::drop_tables(manager, &["shelf"]).await
    }
}

async fn index_again(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    manager.drop_index(Index::drop().name("member_tail").table("member").to_owned()).await?;
    manager.get_connection().execute_unprepared(sql).await?;
    Ok(())
}
