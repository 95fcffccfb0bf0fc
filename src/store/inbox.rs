//! The inbox of a shop: texts that staff should see, the latest first. What a text says is read with the text.

use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};
use serde::Serialize;
use uuid::Uuid;

use super::{
    Result, Store, Transaction,
    rows::{Columns, Kind, given},
    script::Script,
};

/// A text that staff should see.
#[derive(Debug, Clone)]
pub struct NewInboxItem {
    /// Our id; ids grow with the time.
    pub id: Uuid,
    /// Whose.
    pub merchant_id: Uuid,
    /// The shop that it is for.
    pub shop_id: Uuid,
    /// The member, where it is one.
    pub member_id: Option<Uuid>,
    /// The sender that was texted.
    pub sender_id: Uuid,
    /// Who texted.
    pub address: String,
    /// `text`, `feedback`, `answer` or `photo`.
    pub kind: &'static str,
    /// The account it came through.
    pub account_id: Uuid,
    /// The provider's id of the text.
    pub provider_message_id: String,
    /// Unix milliseconds.
    pub received_at: i64,
}

/// Which items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InboxFilter {
    /// Those that are done with, too.
    pub is_all: bool,
    /// Of one kind alone.
    pub kind: Option<&'static str>,
}

/// An item as it is shown. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxItem {
    /// Our id.
    pub id: Uuid,
    /// The shop that it is for.
    pub shop_id: Uuid,
    /// The member, where it is one.
    pub member_id: Option<Uuid>,
    /// The sender that was texted.
    pub sender_id: Uuid,
    /// Who texted.
    pub address: String,
    /// `text`, `feedback`, `answer` or `photo`.
    pub kind: String,
    /// When it came in.
    pub received_at: i64,
    /// When staff answered it, and who.
    pub replied: Option<(i64, String)>,
    /// When it was done with, and by whom.
    pub done: Option<(i64, String)>,
    /// What it says.
    pub body: Option<String>,
    /// Attachments as JSON.
    pub media: Option<String>,
    /// What the member wants to be called.
    pub first_name: Option<String>,
    /// Since when they are opted out of the sender.
    pub opted_out_at: Option<i64>,
}

const ITEM: Columns = &[
    ("id", Kind::Uuid),
    ("merchant_id", Kind::Uuid),
    ("shop_id", Kind::Uuid),
    ("member_id", Kind::Uuid),
    ("sender_id", Kind::Uuid),
    ("address", Kind::Text),
    ("kind", Kind::Text),
    ("account_id", Kind::Uuid),
    ("cause", Kind::Text),
    ("received_at", Kind::Integer),
];
const SHOWN: &str = "x.id, x.shop_id, x.member_id, x.sender_id, x.address, x.kind, x.received_at, x.replied_at, x.replied_by, \
    x.done_at, x.done_by, i.body, i.media, m.first_name, c.opted_out_at FROM inbox AS x \
    LEFT JOIN inbound AS i ON i.id = x.inbound_id LEFT JOIN member AS m ON m.id = x.member_id \
    LEFT JOIN conversation AS c ON c.sender_id = x.sender_id AND c.address = x.address";

impl Store {
    /// What staff of a shop should see, the latest first, before an id.
    pub async fn inbox(
        &self,
        shop_id: Uuid,
        filter: InboxFilter,
        before: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<InboxItem>> {
        let state = if filter.is_all { "true" } else { "x.done_at IS NULL" };
        let sql = format!(
            "SELECT {SHOWN} WHERE x.shop_id = $1 AND x.id < $2 AND {state} AND ($3 = '' OR x.kind = $3) \
             ORDER BY x.id DESC LIMIT {limit}"
        );
        let kind = filter.kind.unwrap_or_default();
        let values: Vec<Value> = vec![shop_id.into(), before.unwrap_or(Uuid::max()).into(), kind.into()];
        self.read_all(&sql, values, read_item).await
    }

    /// An item of a shop.
    pub async fn inbox_item(&self, shop_id: Uuid, id: Uuid) -> Result<Option<InboxItem>> {
        let sql = format!("SELECT {SHOWN} WHERE x.id = $1 AND x.shop_id = $2");
        Ok(self.read_all(&sql, vec![id.into(), shop_id.into()], read_item).await?.pop())
    }
}

/// Keeps what staff should see. The text is named by the provider's id; its row is written just before.
pub(super) fn add_inbox(script: &mut Script, items: &[NewInboxItem]) -> Result<()> {
    script.add(&items.iter().map(item_values).collect::<Vec<_>>(), |backend| {
        format!(
            "INSERT INTO inbox (id, merchant_id, shop_id, member_id, sender_id, address, kind, inbound_id, received_at) \
             SELECT id, merchant_id, shop_id, member_id, sender_id, address, kind, (SELECT i.id FROM inbound AS i \
             WHERE i.provider_message_id = given.cause AND i.account_id = given.account_id), received_at FROM {}",
            given(backend, ITEM)
        )
    })
}

impl Transaction {
    /// When somebody last texted a sender, Unix milliseconds.
    pub async fn last_text_at(&self, sender_id: Uuid, address: &str) -> Result<Option<i64>> {
        let sql = "SELECT i.received_at FROM inbound AS i WHERE i.address = $1 AND i.sender_id = $2 \
                   ORDER BY i.id DESC LIMIT 1";
        let statement = Statement::from_sql_and_values(self.backend(), sql, [address.into(), sender_id.into()]);
        let row = self.0.query_one_raw(statement).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
    }

    /// Says that staff answered an item; it is done with. `now` is in Unix milliseconds.
    pub async fn note_inbox_reply(&self, id: Uuid, by: &str, now: i64) -> Result<()> {
        let sql = "UPDATE inbox SET replied_at = $2, replied_by = $3, done_at = $2, done_by = $3 WHERE id = $1";
        let values: [Value; 3] = [id.into(), now.into(), by.into()];
        self.0.execute_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        Ok(())
    }

    /// Marks an item of a shop as done with, or as open again; whether there is one.
    pub async fn mark_inbox(&self, shop_id: Uuid, id: Uuid, done: Option<(i64, &str)>) -> Result<bool> {
        let (at, by) = done.unzip();
        let sql = "UPDATE inbox SET done_at = $3, done_by = $4 WHERE id = $1 AND shop_id = $2";
        let values: [Value; 4] = [id.into(), shop_id.into(), at.into(), by.map(str::to_owned).into()];
        let marked = self.0.execute_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        Ok(marked.rows_affected() == 1)
    }
}

fn item_values(item: &NewInboxItem) -> impl Serialize + '_ {
    let NewInboxItem { id, merchant_id, shop_id, member_id, sender_id, address, kind, .. } = item;
    let NewInboxItem { account_id, provider_message_id, received_at, .. } = item;
    (id, merchant_id, shop_id, member_id, sender_id, address, kind, account_id, provider_message_id, received_at)
}

fn read_item(row: &QueryResult) -> Result<InboxItem, DbErr> {
    let replied: (Option<i64>, Option<String>) = (row.try_get_by_index(7)?, row.try_get_by_index(8)?);
    let done: (Option<i64>, Option<String>) = (row.try_get_by_index(9)?, row.try_get_by_index(10)?);
    Ok(InboxItem {
        id: row.try_get_by_index(0)?,
        shop_id: row.try_get_by_index(1)?,
        member_id: row.try_get_by_index(2)?,
        sender_id: row.try_get_by_index(3)?,
        address: row.try_get_by_index(4)?,
        kind: row.try_get_by_index(5)?,
        received_at: row.try_get_by_index(6)?,
        replied: replied.0.zip(replied.1),
        done: done.0.zip(done.1),
        body: row.try_get_by_index(11)?,
        media: row.try_get_by_index(12)?,
        first_name: row.try_get_by_index(13)?,
        opted_out_at: row.try_get_by_index(14)?,
    })
}
