//! Where a shop tells its terms and how it keeps what is private; printed on its signs.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let terms = string("terms").default("").to_owned();
        manager.alter_table(Table::alter().table("shop").add_column(terms).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("shop").drop_column("terms").to_owned()).await
    }
}
