//! Texts that did not arrive, as the merchant is told of them. The send and the receipt may come in either order, so each
//! looks for the other.

use chrono::{DateTime, Utc};
use sea_orm::{DbBackend, QueryResult};
use uuid::Uuid;

use super::{
    Result, Transaction,
    outbox::{Settlement, settle},
    receipts::{ReceiptRow, put_receipts},
    receiving::{NewInbound, put_texts},
    rows::{Columns, Kind, given},
};

/// A text of a merchant that did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedText {
    /// Our id.
    pub id: i64,
    /// Whose text.
    pub merchant_id: Uuid,
    /// For which shop, where it was for one.
    pub shop_id: Option<Uuid>,
    /// To which member, where it was to one.
    pub member_id: Option<Uuid>,
    /// Which reply.
    pub reply: String,
    /// What became of it: `failed`, `opted_out` or `undelivered`.
    pub state: String,
    /// The provider's number for what went wrong.
    pub error_code: Option<i32>,
    /// In plain words.
    pub reason: Option<String>,
}

const READ: &str = "SELECT o.id, o.merchant_id, o.shop_id, m.id, o.reply, \
                    CASE WHEN o.state = 'sent' THEN r.status ELSE o.state END, COALESCE(r.error_code, o.error_code), o.reason";
const JOINED: &str = "JOIN sender AS s ON s.id = o.sender_id \
                      LEFT JOIN receipt AS r ON r.provider_message_id = o.provider_message_id AND r.account_id = s.account_id \
                      LEFT JOIN member AS m ON m.address = o.address AND m.merchant_id = o.merchant_id";

/// What is heard of texts in one batch.
#[derive(Debug, Default)]
pub struct Reports<'a> {
    /// Sends that were answered, with the node that had claimed each, and when.
    pub settlements: Vec<(&'a Settlement, &'a str, DateTime<Utc>)>,
    /// What carriers report, at most once for each text.
    pub receipts: Vec<ReceiptRow>,
    /// Those of the receipts that say that a text did not arrive: the provider's id, and the account.
    pub failing: Vec<(&'a str, Uuid)>,
}

impl Transaction {
    /// Writes texts that came in, and what was heard of ours; answers those of ours that, now that it is written, did not arrive.
    pub async fn take_in(&self, texts: &[NewInbound<'_>], reports: &Reports<'_>) -> Result<Vec<FailedText>> {
        let mut script = self.script();
        put_texts(&mut script, texts)?;
        settle(&mut script, &reports.settlements)?;
        put_receipts(&mut script, &reports.receipts)?;
        let ended = reports.settlements.iter().filter(|(settlement, ..)| settlement.state.is_final());
        let ended: Vec<[i64; 1]> = ended.map(|(settlement, ..)| [settlement.id]).collect();
        script.add(&ended, failed_settlements)?;
        script.add(&reports.failing, failed_receipts)?;
        self.play(script).await?.iter().map(read_failed).collect()
    }
}

/// Those of these texts, by our ids, that did not arrive.
fn failed_settlements(backend: DbBackend) -> String {
    format!(
        "{READ} FROM {} CROSS JOIN outbox AS o {JOINED} WHERE o.id = given.id AND o.merchant_id IS NOT NULL \
         AND (o.state IN ('failed', 'opted_out') OR (o.state = 'sent' AND r.status IN ('failed', 'undelivered')))",
        given(backend, &[("id", Kind::Integer)])
    )
}

/// Those of these texts, by the provider's ids and the accounts, that did not arrive, and are settled on our side.
fn failed_receipts(backend: DbBackend) -> String {
    let columns: Columns = &[("id", Kind::Text), ("account_id", Kind::Uuid)];
    format!(
        "{READ} FROM {} CROSS JOIN outbox AS o {JOINED} WHERE o.provider_message_id = given.id \
         AND s.account_id = given.account_id AND o.merchant_id IS NOT NULL AND o.state = 'sent' \
         AND r.status IN ('failed', 'undelivered')",
        given(backend, columns)
    )
}

fn read_failed(row: &QueryResult) -> Result<FailedText> {
    Ok(FailedText {
        id: row.try_get_by_index(0)?,
        merchant_id: row.try_get_by_index(1)?,
        shop_id: row.try_get_by_index(2)?,
        member_id: row.try_get_by_index(3)?,
        reply: row.try_get_by_index(4)?,
        state: row.try_get_by_index(5)?,
        error_code: row.try_get_by_index(6)?,
        reason: row.try_get_by_index(7)?,
    })
}
