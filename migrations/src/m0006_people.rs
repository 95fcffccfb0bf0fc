//! Who signs in: people with roles, their sessions, the links by which they are invited, tills' devices, and the book of what
//! they changed.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_people(manager).await?;
        create_doors(manager).await?;
        create_audit(manager).await?;
        for (name, table, columns) in [
            ("person_merchant", "person", &["merchant_id", "id"][..]),
            ("session_person", "session", &["person_id"]),
            ("session_end", "session", &["ends_at"]),
            ("person_invitation_merchant", "person_invitation", &["merchant_id"]),
            ("till_device_merchant", "till_device", &["merchant_id"]),
            ("audit_merchant", "audit", &["merchant_id", "id"]),
            ("audit_shop", "audit", &["shop_id", "id"]),
            ("audit_subject", "audit", &["subject_id", "id"]),
        ] {
            let mut index = Index::create().name(name).table(table).to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["audit", "wrong_guess", "till_device", "person_invitation", "session", "person"];
        crate::drop_tables(manager, &tables).await
    }
}

async fn create_people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("person")
                .col(pk_uuid("id"))
                // Without one: an operator.
                .col(uuid_null("merchant_id"))
                .col(uuid_null("shop_id"))
                .col(string("role"))
                .col(string("name"))
                .col(string_null("email").unique_key().to_owned())
                .col(string("language"))
                .col(string_null("password_hash"))
                .col(string_null("pin_hash"))
                .col(string_null("totp_sealed"))
                .col(big_integer_null("totp_step"))
                .col(big_integer("created_at"))
                .col(big_integer_null("seen_at"))
                .col(big_integer_null("removed_at"))
                .foreign_key(ForeignKey::create().from("person", "merchant_id").to("merchant", "id"))
                .foreign_key(ForeignKey::create().from("person", "shop_id").to("shop", "id"))
                .to_owned(),
        )
        .await
}

async fn create_doors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("session")
                .col(string("token_hash").primary_key())
                .col(uuid("person_id"))
                .col(uuid_null("device_id"))
                .col(string("csrf"))
                .col(boolean("waits_for_code"))
                .col(string("agent"))
                .col(big_integer("created_at"))
                .col(big_integer("seen_at"))
                .col(big_integer("ends_at"))
                .foreign_key(ForeignKey::create().from("session", "person_id").to("person", "id"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("person_invitation")
                .col(pk_uuid("id"))
                .col(string_uniq("token_hash"))
                .col(uuid_null("merchant_id"))
                .col(uuid_null("shop_id"))
                .col(string("role"))
                .col(string("name"))
                .col(string("email"))
                // Who is here already and gets a new password by it.
                .col(uuid_null("person_id"))
                .col(string("invited_by"))
                .col(big_integer("created_at"))
                .col(big_integer("ends_at"))
                .col(big_integer_null("used_at"))
                .col(big_integer_null("withdrawn_at"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("till_device")
                .col(pk_uuid("id"))
                .col(string_uniq("token_hash"))
                .col(uuid("merchant_id"))
                .col(uuid("shop_id"))
                .col(string("name"))
                .col(string("approved_by"))
                .col(big_integer("created_at"))
                .col(big_integer_null("seen_at"))
                .col(big_integer_null("removed_at"))
                .foreign_key(ForeignKey::create().from("till_device", "shop_id").to("shop", "id"))
                .to_owned(),
        )
        .await?;
    // By what was guessed at: an email, an address of the network, a PIN on a device.
    manager
        .create_table(
            Table::create()
                .table("wrong_guess")
                .col(string("subject").primary_key())
                .col(integer("count"))
                .col(big_integer("last_at"))
                .to_owned(),
        )
        .await
}

async fn create_audit(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("audit")
                .col(pk_uuid("id"))
                .col(uuid_null("merchant_id"))
                .col(uuid_null("shop_id"))
                .col(big_integer("created_at"))
                .col(uuid_null("person_id"))
                .col(string("actor"))
                .col(string("deed"))
                .col(string("subject"))
                .col(uuid_null("subject_id"))
                .col(string("subject_name"))
                .col(text_null("before"))
                .col(text_null("after"))
                .to_owned(),
        )
        .await
}
