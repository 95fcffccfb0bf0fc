//! Loyalty programs, what members hold in them, and the ledger that accounts for it: entries move amounts from one book of
//! a purse to another. What was there before moves over: each enrolment's points become a purse in its shop's own program.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_programs(manager).await?;
        create_purses(manager).await?;
        create_sales_and_vouchers(manager).await?;
        for (name, table, columns, unique) in [
            ("program_version_revision", "program_version", &["revision"][..], false),
            ("purse_member", "purse", &["member_id", "program_id"], true),
            ("purse_program", "purse", &["program_id", "id"], false),
            ("entry_id", "entry", &["id"], true),
            ("sale_purse", "sale", &["purse_id"], false),
            ("voucher_purse", "voucher", &["purse_id"], false),
            ("referral_code_purse", "referral_code", &["purse_id"], true),
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
        let db = manager.get_connection();
        // In most purses nothing is due: they need not be found.
        db.execute_unprepared("CREATE INDEX purse_due ON purse (due_at) WHERE due_at IS NOT NULL").await?;
        for sql in MOVES {
            db.execute_unprepared(sql).await?;
        }
        manager.drop_table(Table::drop().table("entry_before").to_owned()).await?;
        manager.alter_table(Table::alter().table("enrolment").drop_column("balance").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::drop_tables(
            manager,
            &[
                "referral_code",
                "reward_stock",
                "code",
                "voucher",
                "sale",
                "entry",
                "purse",
                "program_version",
                "program",
            ],
        )
        .await?;
        manager.alter_table(Table::alter().table("shop").drop_column("program_id").to_owned()).await?;
        manager
            .alter_table(Table::alter().table("enrolment").add_column(big_integer("balance").default(0)).to_owned())
            .await?;
        let entry = Table::create()
            .table("entry")
            .col(pk_uuid("id"))
            .col(uuid("enrolment_id"))
            .col(big_integer("points"))
            .col(string("cause"))
            .col(big_integer("created_at"))
            .foreign_key(ForeignKey::create().from("entry", "enrolment_id").to("enrolment", "id"))
            .to_owned();
        manager.create_table(crate::clustered(manager, entry)).await
    }
}

/// What was there before, in the order in which it moves.
const MOVES: [&str; 2] = [
    "INSERT INTO purse (id, member_id, program_id, available, pending, locked, state, opened_at, updated_at) \
     SELECT e.id, e.member_id, e.shop_id, e.balance, 0, 0, '{\"available\":' || e.balance || \
     CASE WHEN e.balance > 0 THEN ',\"lots\":[{\"points\":' || e.balance || '}]' ELSE '' END || ',\"entries\":' || \
     (SELECT COUNT(*) FROM entry_before AS b WHERE b.enrolment_id = e.id) || '}', e.enrolled_at, e.enrolled_at \
     FROM enrolment AS e",
    "INSERT INTO entry (purse_id, number, id, cause, cause_id, from_book, to_book, amount, rule, version, shop_id, actor, \
     happened_at, created_at) SELECT b.enrolment_id, ROW_NUMBER() OVER (PARTITION BY b.enrolment_id ORDER BY \
     b.created_at, b.id), b.id, 'joined', b.cause, CASE WHEN b.points < 0 THEN 'available' ELSE 'outside' END, \
     CASE WHEN b.points < 0 THEN 'outside' ELSE 'available' END, ABS(b.points), b.cause, 0, e.shop_id, 'member', \
     b.created_at, b.created_at FROM entry_before AS b JOIN enrolment AS e ON e.id = b.enrolment_id",
];

async fn create_programs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("program")
                .col(pk_uuid("id"))
                .col(uuid("merchant_id"))
                .col(big_integer("created_at"))
                .foreign_key(ForeignKey::create().from("program", "merchant_id").to("merchant", "id"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("program_version")
                .col(uuid("program_id"))
                .col(integer("version"))
                .col(big_integer("valid_from"))
                .col(string("currency"))
                .col(string("time_zone"))
                .col(text("document"))
                .col(big_integer("created_at"))
                .col(uuid_null("reviewed_to"))
                .col(big_integer_null("reviewed_at"))
                .col(big_integer("revision"))
                .primary_key(Index::create().col("program_id").col("version"))
                .foreign_key(ForeignKey::create().from("program_version", "program_id").to("program", "id"))
                .to_owned(),
        )
        .await?;
    manager.alter_table(Table::alter().table("shop").add_column(uuid_null("program_id")).to_owned()).await
}

async fn create_purses(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let purse = Table::create()
        .table("purse")
        .col(pk_uuid("id"))
        .col(uuid("member_id"))
        .col(uuid("program_id"))
        .col(big_integer("available"))
        .col(big_integer("pending"))
        .col(big_integer("locked"))
        .col(string_null("level"))
        .col(text("state"))
        .col(big_integer_null("due_at"))
        .col(big_integer("opened_at"))
        .col(big_integer("updated_at"))
        .foreign_key(ForeignKey::create().from("purse", "member_id").to("member", "id"))
        .to_owned();
    manager.create_table(crate::clustered(manager, purse)).await?;
    manager.rename_table(Table::rename().table("entry", "entry_before").to_owned()).await?;
    // Clustered by purse: a member's history lies together, the latest last.
    let entry = Table::create()
        .table("entry")
        .col(uuid("purse_id"))
        .col(big_integer("number"))
        .col(uuid("id"))
        .col(string("cause"))
        .col(string("cause_id"))
        .col(string("from_book"))
        .col(string("to_book"))
        .col(string_null("card"))
        .col(big_integer("amount"))
        .col(string_null("rule"))
        .col(integer("version"))
        .col(uuid_null("shop_id"))
        .col(string("actor"))
        .col(string_null("reason"))
        .col(big_integer("happened_at"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().name("entry_place").col("purse_id").col("number"))
        .foreign_key(ForeignKey::create().name("entry_of_purse").from("entry", "purse_id").to("purse", "id"))
        .to_owned();
    manager.create_table(crate::clustered(manager, entry)).await
}

async fn create_sales_and_vouchers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sale = Table::create()
        .table("sale")
        .col(pk_uuid("id"))
        .col(uuid("shop_id"))
        .col(string("sale_id"))
        .col(uuid("purse_id"))
        .col(uuid("program_id"))
        .col(text("record"))
        .col(big_integer("happened_at"))
        .col(big_integer("created_at"))
        .foreign_key(ForeignKey::create().from("sale", "purse_id").to("purse", "id"))
        .to_owned();
    manager.create_table(crate::clustered(manager, sale)).await?;
    let voucher = Table::create()
        .table("voucher")
        .col(uuid("program_id"))
        .col(string("code"))
        .col(uuid("purse_id"))
        .col(string("reward"))
        .col(big_integer("points"))
        .col(string("state"))
        .col(string("cause"))
        .col(big_integer("issued_at"))
        .col(string("last_day"))
        .col(big_integer_null("ended_at"))
        .col(uuid_null("ended_shop_id"))
        .col(string_null("ended_by"))
        .primary_key(Index::create().col("program_id").col("code"))
        .foreign_key(ForeignKey::create().from("voucher", "purse_id").to("purse", "id"))
        .to_owned();
    manager.create_table(crate::clustered(manager, voucher)).await?;
    let code = Table::create()
        .table("code")
        .col(uuid("program_id"))
        .col(string("hash"))
        .col(string("rule"))
        .col(string("batch"))
        .col(big_integer("created_at"))
        .col(big_integer_null("ends_at"))
        .col(big_integer_null("used_at"))
        .col(uuid_null("used_by"))
        .primary_key(Index::create().col("hash").col("program_id"))
        .to_owned();
    manager.create_table(crate::clustered(manager, code)).await?;
    let stock = Table::create()
        .table("reward_stock")
        .col(uuid("program_id"))
        .col(string("reward"))
        .col(big_integer("issued"))
        .primary_key(Index::create().col("program_id").col("reward"))
        .to_owned();
    manager.create_table(crate::clustered(manager, stock)).await?;
    let referral = Table::create()
        .table("referral_code")
        .col(string("code"))
        .col(uuid("program_id"))
        .col(uuid("purse_id"))
        .primary_key(Index::create().col("code").col("program_id"))
        .to_owned();
    manager.create_table(crate::clustered(manager, referral)).await
}
