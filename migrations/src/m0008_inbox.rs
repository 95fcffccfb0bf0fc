//! What staff look after: the inbox of texts that no rule answered, lists of members that begin with the newest, and what is
//! left of a member who was erased: the opt-outs of a phone, by a keyed hash.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_inbox(manager).await?;
        create_silenced(manager).await?;
        manager
            .alter_table(Table::alter().table("member").add_column(big_integer_null("erased_at")).to_owned())
            .await?;
        for sql in INDEXES {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for index in ["enrolment_shop", "purse_level", "till_buyer_address"] {
            manager.drop_index(Index::drop().name(index).to_owned()).await?;
        }
        manager.alter_table(Table::alter().table("member").drop_column("erased_at").to_owned()).await?;
        crate::drop_tables(manager, &["silenced", "inbox"]).await
    }
}

/// Partial indexes have no builder; the statement reads the same on both databases. Ids grow with the time.
const INDEXES: [&str; 6] = [
    "CREATE INDEX inbox_shop ON inbox (shop_id, id)",
    "CREATE INDEX inbox_open ON inbox (shop_id, id) WHERE done_at IS NULL",
    "CREATE INDEX inbox_address ON inbox (address)",
    "CREATE INDEX enrolment_shop ON enrolment (shop_id, id)",
    "CREATE INDEX purse_level ON purse (program_id, level, id) WHERE level IS NOT NULL",
    "CREATE INDEX till_buyer_address ON till_buyer (address)",
];

/// What a text said is with the text: an item only says that staff should see it.
async fn create_inbox(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let inbox = Table::create()
        .table("inbox")
        .col(pk_uuid("id"))
        .col(uuid("merchant_id"))
        .col(uuid("shop_id"))
        .col(uuid_null("member_id"))
        .col(uuid("sender_id"))
        .col(string("address"))
        // `text`, `feedback` on a visit, `answer` to what staff wrote, or `photo`.
        .col(string("kind"))
        .col(big_integer_null("inbound_id"))
        .col(big_integer("received_at"))
        .col(big_integer_null("replied_at"))
        .col(string_null("replied_by"))
        .col(big_integer_null("done_at"))
        .col(string_null("done_by"))
        .foreign_key(ForeignKey::create().from("inbox", "shop_id").to("shop", "id"))
        .to_owned();
    manager.create_table(crate::clustered(manager, inbox)).await
}

/// Who was erased and wants no texts. Only who has the phone's number and the gateway's key can find the row.
async fn create_silenced(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let silenced = Table::create()
        .table("silenced")
        .col(string("phone_hash"))
        .col(uuid("sender_id"))
        .col(big_integer_null("opted_out_at"))
        .col(big_integer_null("no_marketing_since"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("phone_hash").col("sender_id"))
        .to_owned();
    manager.create_table(crate::clustered(manager, silenced)).await
}
