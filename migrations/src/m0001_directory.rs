//! Who is here: merchants, provider accounts, senders, shops, keywords, API keys.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create().table("revision").col(integer("id").primary_key()).col(big_integer("value")).to_owned(),
            )
            .await?;
        manager
            .execute(
                Query::insert()
                    .into_table("revision")
                    .columns(["id", "value"])
                    .values_panic([1.into(), 0i64.into()])
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("merchant")
                    .col(pk_uuid("id"))
                    .col(string("name"))
                    .col(big_integer("created_at"))
                    .col(big_integer("revision"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("account")
                    .col(pk_uuid("id"))
                    .col(string_uniq("account_sid"))
                    .col(string("provider"))
                    .col(string("api_base_url"))
                    .col(string("auth_token_sealed"))
                    .col(string_null("auth_token_previous_sealed"))
                    .col(string_null("signing_key_sealed"))
                    .col(string("signature_header"))
                    .col(string("account_sid_pattern"))
                    .col(big_integer("created_at"))
                    .col(big_integer("revision"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("sender")
                    .col(pk_uuid("id"))
                    .col(string_uniq("address"))
                    .col(uuid("account_id"))
                    .col(uuid_null("merchant_id"))
                    .col(string_null("service_sid"))
                    .col(double("messages_per_second"))
                    .col(big_integer("created_at"))
                    .col(big_integer("revision"))
                    .foreign_key(ForeignKey::create().from("sender", "account_id").to("account", "id"))
                    .foreign_key(ForeignKey::create().from("sender", "merchant_id").to("merchant", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("shop")
                    .col(pk_uuid("id"))
                    .col(uuid("merchant_id"))
                    .col(uuid("sender_id"))
                    .col(string("name"))
                    .col(string("time_zone"))
                    .col(string("language"))
                    .col(string("currency"))
                    .col(string("opt_in"))
                    .col(big_integer("welcome_points"))
                    .col(string("contact"))
                    .col(integer("messages_per_month"))
                    .col(text("sign_up"))
                    .col(string("date_order"))
                    .col(big_integer("created_at"))
                    .col(big_integer("revision"))
                    .foreign_key(ForeignKey::create().from("shop", "merchant_id").to("merchant", "id"))
                    .foreign_key(ForeignKey::create().from("shop", "sender_id").to("sender", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("keyword")
                    .col(pk_uuid("id"))
                    .col(uuid("shop_id"))
                    .col(uuid("sender_id"))
                    .col(string("phrase"))
                    .col(string("normal"))
                    .col(string_null("source"))
                    .col(string_null("language"))
                    .col(big_integer_null("starts_at"))
                    .col(big_integer_null("ends_at"))
                    .col(big_integer("created_at"))
                    .col(big_integer_null("deleted_at"))
                    .col(big_integer("revision"))
                    .foreign_key(ForeignKey::create().from("keyword", "shop_id").to("shop", "id"))
                    .foreign_key(ForeignKey::create().from("keyword", "sender_id").to("sender", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("api_key")
                    .col(pk_uuid("id"))
                    .col(uuid_null("merchant_id"))
                    .col(string_uniq("hash"))
                    .col(big_integer("created_at"))
                    .col(big_integer_null("revoked_at"))
                    .foreign_key(ForeignKey::create().from("api_key", "merchant_id").to("merchant", "id"))
                    .to_owned(),
            )
            .await?;
        for (table, columns) in [
            ("merchant", &["revision"][..]),
            ("account", &["revision"]),
            ("sender", &["revision"]),
            ("shop", &["revision"]),
            ("keyword", &["revision"]),
            ("keyword", &["sender_id", "normal"]),
            ("keyword", &["shop_id", "id"]),
            ("shop", &["merchant_id", "id"]),
        ] {
            let name = format!("{table}_{}", columns.join("_"));
            let mut index = Index::create().name(name).table(table).to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["api_key", "keyword", "shop", "sender", "account", "merchant", "revision"]).await
    }
}
