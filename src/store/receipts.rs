//! Receipts: one row for each sent text, holding the furthest state reported so far. They may come before the send
//! itself is settled, so what became of a text is read by joining the two, never copied.

use std::collections::HashSet;

use sea_orm::QueryResult;
use serde::Serialize;
use uuid::Uuid;

use super::{
    Result, Transaction,
    rows::{Columns, Kind, given},
    script::Script,
};

/// A receipt as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptRow {
    /// The provider's id of the text.
    pub provider_message_id: String,
    /// The account it was sent through.
    pub account_id: Uuid,
    /// The provider's word.
    pub status: &'static str,
    /// How far along that is.
    pub rank: i16,
    /// Why it failed.
    pub error_code: Option<u32>,
    /// When the carrier was done with it, as the provider writes it; empty where it says nothing.
    pub done_at: String,
    /// Unix milliseconds.
    pub received_at: i64,
}

const RECEIPT: Columns = &[
    ("provider_message_id", Kind::Text),
    ("account_id", Kind::Uuid),
    ("status", Kind::Text),
    ("rank", Kind::Integer),
    ("error_code", Kind::Integer),
    ("done_at", Kind::Text),
    ("received_at", Kind::Integer),
];

impl ReceiptRow {
    /// Whether this one tells more than `other`: further along, or as far and later by the carrier's clock.
    pub fn supersedes(&self, other: &Self) -> bool {
        (self.rank, &self.done_at) > (other.rank, &other.done_at)
    }
}

impl Transaction {
    /// Which of these (provider's id, account, error code) were reported before, by the provider's id and the account.
    pub async fn errors_known(&self, errors: &[(&str, Uuid, u32)]) -> Result<HashSet<(String, Uuid)>> {
        let columns: Columns = &[("id", Kind::Text), ("account_id", Kind::Uuid), ("error_code", Kind::Integer)];
        let sql = format!(
            "SELECT r.provider_message_id, r.account_id FROM {} CROSS JOIN receipt AS r \
             WHERE r.provider_message_id = given.id AND r.account_id = given.account_id AND r.error_code = given.error_code",
            given(self.backend(), columns)
        );
        let found = self.query(&sql, errors, Vec::new()).await?;
        let key = |row: &QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
        found.iter().map(key).collect()
    }
}

/// Keeps receipts, at most one for each text; what is known already stays unless a receipt supersedes it.
pub(super) fn put_receipts(script: &mut Script, receipts: &[ReceiptRow]) -> Result<()> {
    let mut ordered: Vec<&ReceiptRow> = receipts.iter().collect();
    // In one order on every node, so that two batches never wait for each other crosswise.
    ordered
        .sort_unstable_by(|a, b| (&a.provider_message_id, a.account_id).cmp(&(&b.provider_message_id, b.account_id)));
    let rows: Vec<_> = ordered.into_iter().map(receipt_values).collect();
    let tail = "ON CONFLICT (provider_message_id, account_id) DO UPDATE SET status = excluded.status, rank = excluded.rank, \
                error_code = excluded.error_code, done_at = excluded.done_at, received_at = excluded.received_at \
                WHERE excluded.rank > receipt.rank \
                OR (excluded.rank = receipt.rank AND excluded.done_at > receipt.done_at)";
    script.insert("receipt", RECEIPT, tail, &rows)
}

fn receipt_values(row: &ReceiptRow) -> impl Serialize + '_ {
    let ReceiptRow { provider_message_id, account_id, status, rank, error_code, done_at, received_at } = row;
    (provider_message_id, account_id, status, rank, error_code, done_at, received_at)
}
