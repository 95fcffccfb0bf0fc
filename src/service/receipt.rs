//! A batch of receipts: what became of sent texts. A receipt that says "opted out" is an opt-out. (21610, 63014.)

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::directory::LiveDirectory;
use crate::{
    domain::message::{DeliveryStatus, Receipt},
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

    /// By what it is known.
    fn key(&self) -> (String, Uuid) {
        (self.receipt.provider_message_id.clone(), self.account_id)
    }

    /// The same with what went wrong.
    fn error(&self) -> Option<(&str, Uuid, u32)> {
        Some((&self.receipt.provider_message_id, self.account_id, self.receipt.error_code?))
    }
}

/// The receipts as they are kept, one for each text.
pub fn rows(arrived: &[&ArrivedReceipt]) -> Vec<ReceiptRow> {
    for Receipt { provider_message_id, .. } in arrived.iter().map(|arrived| &arrived.receipt).filter(is_unknown) {
        tracing::warn!(provider_message_id, "a receipt has a status that this gateway does not know");
    }
    furthest(arrived)
}

fn is_unknown(receipt: &&Receipt) -> bool {
    receipt.status == DeliveryStatus::Unknown
}

/// The opt-outs that receipts bring to light, to be asked before they are kept: one that was reported before is none,
/// since the person may have come back.
pub async fn refusals(
    tx: &Transaction,
    directory: &LiveDirectory,
    arrived: &[&ArrivedReceipt],
) -> Result<Vec<CarrierRefusal>> {
    let refusing: Vec<&ArrivedReceipt> = arrived.iter().filter(|arrived| arrived.is_opt_out).copied().collect();
    let errors: Vec<_> = refusing.iter().filter_map(|arrived| arrived.error()).collect();
    let known = tx.errors_known(&errors).await?;
    let news = refusing.into_iter().filter(|arrived| !known.contains(&arrived.key()));
    let directory = directory.read();
    let refusal = |arrived: &ArrivedReceipt| {
        let Receipt { from, service, .. } = &arrived.receipt;
        let from = from.as_ref().map(|from| from.as_str()).unwrap_or_default();
        let sender = directory.directory.sender_of(from, service.as_deref())?;
        (sender.account_id == arrived.account_id).then_some(CarrierRefusal {
            sender_id: sender.id,
            address: arrived.refusing()?.to_owned(),
            provider_message_id: Some(arrived.receipt.provider_message_id.clone()),
        })
    };
    Ok(news.filter_map(refusal).collect())
}

/// The texts that did not arrive, by the provider's id and the account.
pub fn failing<'a>(arrived: &[&'a ArrivedReceipt]) -> Vec<(&'a str, Uuid)> {
    let is_failing = |receipt: &Receipt| matches!(receipt.status, DeliveryStatus::Failed | DeliveryStatus::Undelivered);
    let failing = arrived.iter().filter(|arrived| is_failing(&arrived.receipt));
    failing.map(|arrived| (arrived.receipt.provider_message_id.as_str(), arrived.account_id)).collect()
}

/// For each text the receipt that supersedes the others.
fn furthest(arrived: &[&ArrivedReceipt]) -> Vec<ReceiptRow> {
    let mut furthest: HashMap<(String, Uuid), ReceiptRow> = HashMap::with_capacity(arrived.len());
    for arrived in arrived {
        let (key, row) = (arrived.key(), row(arrived));
        match furthest.get(&key) {
            Some(known) if !row.supersedes(known) => {}
            _ => drop(furthest.insert(key, row)),
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
