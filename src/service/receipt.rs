//! A batch of receipts: what became of sent texts. A receipt that says "opted out" is an opt-out. (21610, 63014.)

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::directory::LiveDirectory;
use crate::{
    domain::message::Receipt,
    store::{Result, Transaction, consent::CarrierRefusal, receipts::ReceiptRow},
};

/// A receipt as it came in, verified.
pub struct ArrivedReceipt {
    /// The account that it speaks for.
    pub account_id: Uuid,
    /// What it says.
    pub receipt: Receipt,
    /// Whether its error code means that the person opted out.
    pub is_opt_out: bool,
    /// When it arrived.
    pub received_at: DateTime<Utc>,
}

impl ArrivedReceipt {
    /// The person, where the receipt says that they opted out.
    pub fn refusing(&self) -> Option<&str> {
        self.receipt.to.as_ref().filter(|_| self.is_opt_out).map(|to| to.as_str())
    }
}

/// Keeps receipts.
pub async fn keep(tx: &Transaction, arrived: &[&ArrivedReceipt]) -> Result<()> {
    tx.put_receipts(&furthest(arrived)).await
}

/// The opt-outs that receipts bring to light, to be asked before they are kept: one that was reported before is none,
/// since the person may have come back.
pub async fn refusals(
    tx: &Transaction,
    directory: &LiveDirectory,
    arrived: &[&ArrivedReceipt],
) -> Result<Vec<CarrierRefusal>> {
    let refusing: Vec<&ArrivedReceipt> = arrived.iter().filter(|arrived| arrived.is_opt_out).copied().collect();
    let id = |arrived: &ArrivedReceipt| arrived.receipt.provider_message_id.clone();
    let errors: Vec<(&str, u32)> = refusing
        .iter()
        .filter_map(|arrived| Some((arrived.receipt.provider_message_id.as_str(), arrived.receipt.error_code?)))
        .collect();
    let known = tx.errors_known(&errors).await?;
    let news = refusing.into_iter().filter(|arrived| !known.contains(&id(arrived)));
    let directory = directory.read();
    let refusal = |arrived: &ArrivedReceipt| {
        let sender = directory.directory.sender_of(arrived.receipt.from.as_ref()?.as_str(), None)?;
        (sender.account_id == arrived.account_id).then_some(CarrierRefusal {
            sender_id: sender.id,
            address: arrived.refusing()?.to_owned(),
            provider_message_id: Some(id(arrived)),
        })
    };
    Ok(news.filter_map(refusal).collect())
}

/// For each text the receipt that supersedes the others.
fn furthest(arrived: &[&ArrivedReceipt]) -> Vec<ReceiptRow> {
    let mut furthest: HashMap<String, ReceiptRow> = HashMap::with_capacity(arrived.len());
    for row in arrived.iter().map(|arrived| row(arrived)) {
        match furthest.get(&row.provider_message_id) {
            Some(known) if !row.supersedes(known) => {}
            _ => {
                furthest.insert(row.provider_message_id.clone(), row);
            }
        }
    }
    furthest.into_values().collect()
}

fn row(arrived: &ArrivedReceipt) -> ReceiptRow {
    let receipt = &arrived.receipt;
    ReceiptRow {
        provider_message_id: receipt.provider_message_id.clone(),
        account_id: arrived.account_id,
        status: receipt.status.word(),
        rank: receipt.status.rank(),
        error_code: receipt.error_code,
        done_at: receipt.done_at.clone().unwrap_or_default(),
        received_at: arrived.received_at.timestamp_millis(),
    }
}
