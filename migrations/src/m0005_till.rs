//! The till: keys with roles, results kept for repeats, events for the merchant's own systems, tills that report by
//! webhook, staff who text, sales that wait for a YES, imports, merged members, and when a member is told what.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        widen_tables(manager).await?;
        create_events(manager).await?;
        create_counter(manager).await?;
        create_books_of_change(manager).await?;
        for (name, table, columns, unique) in [
            ("api_key_revision", "api_key", &["revision"][..], false),
            ("api_key_previous_hash", "api_key", &["previous_hash"], false),
            ("idempotency_age", "idempotency", &["created_at"], false),
            ("event_id", "event", &["id"], true),
            ("event_feed", "event", &["merchant_id", "xact", "number"], false),
            ("event_age", "event", &["created_at"], false),
            ("webhook_merchant", "webhook", &["merchant_id"], false),
            ("delivery_log", "delivery", &["webhook_id", "created_at"], false),
            ("staff_phone_revision", "staff_phone", &["revision"], false),
            ("staff_phone_shop", "staff_phone", &["shop_id"], false),
            ("staff_deed_latest", "staff_deed", &["shop_id", "address", "created_at"], false),
            ("till_revision", "till", &["revision"], false),
            ("till_shop", "till", &["shop_id"], false),
            ("till_unrecorded_age", "till_unrecorded", &["till_id", "created_at"], false),
            ("invitation_address", "invitation", &["address", "shop_id"], true),
            ("waiting_sale_address", "waiting_sale", &["address", "shop_id"], false),
            ("waiting_sale_end", "waiting_sale", &["lapses_at"], false),
            ("merge_member", "merge", &["into_member_id"], false),
            ("import_merchant", "import", &["merchant_id"], false),
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
        for sql in PARTIAL_INDEXES {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        manager.get_connection().execute_unprepared(&member_name(manager)).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for index in ["member_tail", "member_name", "purse_tell", "api_key_revision", "api_key_previous_hash"] {
            manager.drop_index(Index::drop().name(index).to_owned()).await?;
        }
        crate::drop_tables(
            manager,
            &[
                "import",
                "merge",
                "waiting_sale",
                "invitation",
                "till_unrecorded",
                "till_buyer",
                "till",
                "staff_deed",
                "staff_phone",
                "delivery",
                "webhook",
                "event",
                "idempotency",
            ],
        )
        .await?;
        for (table, columns) in WIDENED {
            for column in *columns {
                manager.alter_table(Table::alter().table(*table).drop_column(column.name).to_owned()).await?;
            }
        }
        Ok(())
    }
}

/// A column that a table is given.
struct Column {
    name: &'static str,
    kind: fn(&'static str) -> ColumnDef,
}

const fn column(name: &'static str, kind: fn(&'static str) -> ColumnDef) -> Column {
    Column { name, kind }
}

/// The columns that are added to tables of before.
const WIDENED: &[(&str, &[Column])] = &[
    (
        "api_key",
        &[
            column("shop_id", uuid_null),
            column("role", |name| string(name).default("owner").to_owned()),
            column("name", |name| string(name).default("").to_owned()),
            column("hint", |name| string(name).default("").to_owned()),
            column("previous_hash", string_null),
            column("previous_until", big_integer_null),
            column("last_used_at", big_integer_null),
            column("revision", |name| big_integer(name).default(0).to_owned()),
        ],
    ),
    ("shop", &[column("telling", text_null)]),
    ("purse", &[column("tell_at", big_integer_null)]),
    ("member", &[column("merged_into", uuid_null)]),
];

/// Partial indexes have no builder; the statement reads the same on both databases. In most purses there is nothing to tell.
const PARTIAL_INDEXES: [&str; 3] = [
    // A cashier is told the last digits of a number.
    "CREATE INDEX member_tail ON member (merchant_id, substr(address, length(address) - 3))",
    "CREATE INDEX purse_tell ON purse (tell_at) WHERE tell_at IS NOT NULL",
    "CREATE INDEX delivery_due ON delivery (webhook_id, due_at) WHERE state IN ('queued', 'claimed')",
];

/// A cashier is told the beginning of a name. PostgreSQL finds beginnings in the order of the characters alone.
fn member_name(manager: &SchemaManager<'_>) -> String {
    let name = match manager.get_database_backend() {
        sea_orm_migration::sea_orm::DbBackend::Postgres => "(lower(first_name) COLLATE \"C\")",
        _ => "lower(first_name)",
    };
    format!("CREATE INDEX member_name ON member (merchant_id, {name}) WHERE first_name IS NOT NULL")
}

async fn widen_tables(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // SQLite adds one column at a time.
    for (table, columns) in WIDENED {
        for column in *columns {
            let added = (column.kind)(column.name);
            manager.alter_table(Table::alter().table(*table).add_column(added).to_owned()).await?;
        }
    }
    // Keys of before are known to every node from the start.
    manager.get_connection().execute_unprepared("UPDATE revision SET value = value + 1 WHERE id = 1").await?;
    let sql = "UPDATE api_key SET revision = (SELECT value FROM revision WHERE id = 1)";
    manager.get_connection().execute_unprepared(sql).await.map(drop)
}

/// What the merchant's own systems are told, and how far.
async fn create_events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("event")
                .col(big_pk_auto("number"))
                // Of the transaction that wrote it on PostgreSQL, so that a reader never passes one that is still under way.
                .col(big_integer("xact"))
                .col(uuid("id"))
                .col(uuid("merchant_id"))
                .col(uuid_null("shop_id"))
                .col(uuid_null("member_id"))
                .col(string("kind"))
                .col(text("data"))
                .col(big_integer("created_at"))
                .foreign_key(ForeignKey::create().from("event", "merchant_id").to("merchant", "id"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("webhook")
                .col(pk_uuid("id"))
                .col(uuid("merchant_id"))
                .col(string("url"))
                // The kinds of events wanted, each between commas; empty: all.
                .col(string("kinds"))
                .col(string("description"))
                .col(string("secret_sealed"))
                .col(string_null("previous_secret_sealed"))
                .col(big_integer_null("previous_until"))
                .col(string("state"))
                .col(string_null("pause_reason"))
                .col(big_integer_null("failing_since"))
                .col(big_integer_null("rests_until"))
                .col(big_integer("created_at"))
                .foreign_key(ForeignKey::create().from("webhook", "merchant_id").to("merchant", "id"))
                .to_owned(),
        )
        .await?;
    let delivery = Table::create()
        .table("delivery")
        .col(uuid("webhook_id"))
        .col(uuid("event_id"))
        .col(string("state"))
        .col(integer("attempts"))
        .col(big_integer("due_at"))
        .col(string_null("leased_by"))
        .col(big_integer_null("leased_until"))
        .col(integer_null("status"))
        .col(string_null("reason"))
        .col(big_integer("created_at"))
        .col(big_integer_null("attempted_at"))
        .col(big_integer_null("settled_at"))
        .primary_key(Index::create().col("webhook_id").col("event_id"))
        .foreign_key(ForeignKey::create().from("delivery", "webhook_id").to("webhook", "id"))
        .to_owned();
    manager.create_table(crate::clustered(manager, delivery)).await
}

/// Who records what at a shop, and by which way.
async fn create_counter(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let idempotency = Table::create()
        .table("idempotency")
        // The key's id, or the nil id for the operator.
        .col(uuid("scope"))
        .col(string("key"))
        .col(string("fingerprint"))
        // `running` or `done`.
        .col(string("state"))
        .col(integer_null("status"))
        .col(text_null("answer"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("scope").col("key"))
        .to_owned();
    manager.create_table(crate::clustered(manager, idempotency)).await?;
    manager
        .create_table(
            Table::create()
                .table("staff_phone")
                .col(pk_uuid("id"))
                .col(uuid("shop_id"))
                .col(string("address"))
                .col(string("name"))
                .col(big_integer("created_at"))
                .col(big_integer_null("removed_at"))
                .col(big_integer("revision"))
                .foreign_key(ForeignKey::create().from("staff_phone", "shop_id").to("shop", "id"))
                .to_owned(),
        )
        .await?;
    let deed = Table::create()
        .table("staff_deed")
        .col(pk_uuid("id"))
        .col(uuid("shop_id"))
        // Of the staff's phone.
        .col(string("address"))
        // `sale` or `redeemed`.
        // Also `invited`, of nobody's member yet.
        .col(string("kind"))
        .col(uuid("member_id"))
        // The sale's number, or the voucher's code.
        .col(string("subject"))
        // What it takes to undo it, as JSON.
        .col(text_null("kept"))
        .col(big_integer("created_at"))
        .col(big_integer_null("undone_at"))
        .to_owned();
    manager.create_table(crate::clustered(manager, deed)).await?;
    manager
        .create_table(
            Table::create()
                .table("till")
                .col(pk_uuid("id"))
                .col(uuid("shop_id"))
                .col(string("kind"))
                .col(string("name"))
                .col(string("secret_sealed"))
                .col(string_null("token_sealed"))
                .col(text("options"))
                .col(big_integer("created_at"))
                .col(big_integer_null("removed_at"))
                .col(big_integer("revision"))
                .foreign_key(ForeignKey::create().from("till", "shop_id").to("shop", "id"))
                .to_owned(),
        )
        .await?;
    let buyer = Table::create()
        .table("till_buyer")
        .col(uuid("till_id"))
        .col(string("buyer"))
        .col(string("address"))
        .col(big_integer("updated_at"))
        .primary_key(Index::create().col("till_id").col("buyer"))
        .foreign_key(ForeignKey::create().from("till_buyer", "till_id").to("till", "id"))
        .to_owned();
    manager.create_table(crate::clustered(manager, buyer)).await?;
    // Sales that a till reported and that were not recorded: their refunds need not be waited for.
    let unrecorded = Table::create()
        .table("till_unrecorded")
        .col(uuid("till_id"))
        .col(string("sale_id"))
        .col(string("why"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("till_id").col("sale_id"))
        .foreign_key(ForeignKey::create().from("till_unrecorded", "till_id").to("till", "id"))
        .to_owned();
    manager.create_table(crate::clustered(manager, unrecorded)).await?;
    let invitation = Table::create()
        .table("invitation")
        .col(pk_uuid("id"))
        .col(uuid("shop_id"))
        .col(string("address"))
        // `sent`, `accepted`, `declined`.
        .col(string("state"))
        .col(big_integer("created_at"))
        .col(big_integer("lapses_at"))
        .to_owned();
    manager.create_table(crate::clustered(manager, invitation)).await?;
    let waiting = Table::create()
        .table("waiting_sale")
        .col(pk_uuid("id"))
        .col(uuid("shop_id"))
        .col(string("address"))
        .col(text("sale"))
        .col(string("actor"))
        .col(big_integer("created_at"))
        .col(big_integer("lapses_at"))
        .to_owned();
    manager.create_table(crate::clustered(manager, waiting)).await
}

/// What is done to many members, or to two at once.
async fn create_books_of_change(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("merge")
                .col(pk_uuid("id"))
                .col(uuid("merchant_id"))
                .col(uuid("from_member_id"))
                .col(uuid("into_member_id"))
                .col(string("actor"))
                // What was moved, for the way back.
                .col(text("moved"))
                .col(big_integer("created_at"))
                .col(big_integer_null("undone_at"))
                .foreign_key(ForeignKey::create().from("merge", "into_member_id").to("member", "id"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("import")
                .col(pk_uuid("id"))
                .col(uuid("merchant_id"))
                .col(uuid("shop_id"))
                .col(string("source"))
                .col(string("fingerprint"))
                // How its rows are read and what is done with them, as JSON.
                .col(text("options"))
                .col(big_integer("rows_done"))
                .col(big_integer("rows_refused"))
                .col(big_integer("members_added"))
                .col(big_integer("members_known"))
                .col(big_integer("points_added"))
                .col(big_integer("created_at"))
                .col(big_integer("updated_at"))
                .foreign_key(ForeignKey::create().from("import", "shop_id").to("shop", "id"))
                .to_owned(),
        )
        .await
}
