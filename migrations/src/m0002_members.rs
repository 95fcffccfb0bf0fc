//! Who belongs: members, their enrolments at shops, the ledger of points, consent and its proof, open conversations.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let member = Table::create()
            .table("member")
            .col(pk_uuid("id"))
            .col(uuid("merchant_id"))
            .col(string("address"))
            .col(string("language"))
            .col(string_null("first_name"))
            .col(string_null("birthday"))
            .col(big_integer("created_at"))
            .foreign_key(ForeignKey::create().from("member", "merchant_id").to("merchant", "id"))
            .to_owned();
        manager.create_table(crate::clustered(manager, member)).await?;
        let enrolment = Table::create()
            .table("enrolment")
            .col(pk_uuid("id"))
            .col(uuid("member_id"))
            .col(uuid("shop_id"))
            .col(uuid_null("keyword_id"))
            .col(string_null("source"))
            .col(big_integer("balance"))
            .col(big_integer("enrolled_at"))
            .col(big_integer_null("left_at"))
            .foreign_key(ForeignKey::create().from("enrolment", "member_id").to("member", "id"))
            .to_owned();
        manager.create_table(crate::clustered(manager, enrolment)).await?;
        let entry = Table::create()
            .table("entry")
            .col(pk_uuid("id"))
            .col(uuid("enrolment_id"))
            .col(big_integer("points"))
            .col(string("cause"))
            .col(big_integer("created_at"))
            .foreign_key(ForeignKey::create().from("entry", "enrolment_id").to("enrolment", "id"))
            .to_owned();
        manager.create_table(crate::clustered(manager, entry)).await?;
        let conversation = Table::create()
            .table("conversation")
            .col(uuid("sender_id"))
            .col(string("address"))
            .col(text_null("question"))
            .col(big_integer_null("opted_out_at"))
            .col(big_integer_null("no_marketing_since"))
            .col(big_integer_null("hinted_at"))
            .col(string_null("language"))
            .col(big_integer_null("language_offered_at"))
            .col(uuid_null("spoken_shop_id"))
            .col(big_integer_null("spoken_at"))
            .col(big_integer("updated_at"))
            .primary_key(Index::create().col("sender_id").col("address"))
            .to_owned();
        manager.create_table(crate::clustered(manager, conversation)).await?;
        let answer = Table::create()
            .table("profile_answer")
            .col(uuid("member_id"))
            .col(uuid("shop_id"))
            .col(string("question"))
            .col(text("prompt"))
            .col(text("answer"))
            .col(big_integer("answered_at"))
            .primary_key(Index::create().col("member_id").col("shop_id").col("question"))
            .foreign_key(ForeignKey::create().from("profile_answer", "member_id").to("member", "id"))
            .to_owned();
        manager.create_table(crate::clustered(manager, answer)).await?;
        manager
            .create_table(
                Table::create()
                    .table("consent")
                    .col(big_pk_auto("id"))
                    .col(uuid("sender_id"))
                    .col(string("address"))
                    .col(uuid_null("shop_id"))
                    .col(string("kind"))
                    .col(string("method"))
                    .col(text_null("reason"))
                    .col(text("typed"))
                    .col(text("shown"))
                    .col(string_null("provider_message_id"))
                    .col(big_integer("occurred_at"))
                    .to_owned(),
            )
            .await?;
        for (name, table, columns, unique) in [
            ("member_address", "member", &["address", "merchant_id"][..], true),
            ("enrolment_member", "enrolment", &["member_id", "shop_id"], true),
            ("entry_enrolment", "entry", &["enrolment_id", "id"], false),
            ("consent_address", "consent", &["address", "sender_id"], false),
        ] {
            let mut index = Index::create().name(name).table(table).to_owned();
            for column in columns {
                index.col(*column);
            }
            if unique {
                index.unique();
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(manager, &["consent", "profile_answer", "conversation", "entry", "enrolment", "member"])
            .await
    }
}
