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

/// Keeps receipts.
pub async fn keep(tx: &Transaction, arrived: &[&ArrivedReceipt]) -> Result<()> {
    tx.put_receipts(&furthest(arrived)).await
}

/// The opt-outs that receipts bring to light.
pub fn refusals(directory: &LiveDirectory, arrived: &[&ArrivedReceipt]) -> Vec<CarrierRefusal> {
    let known = directory.read();
    let refusal = |arrived: &&ArrivedReceipt| {
        let sender = known.directory.sender_of(arrived.receipt.from.as_ref()?.as_str(), None)?;
        let to = arrived.receipt.to.as_ref()?;
        (sender.account_id == arrived.account_id).then(|| CarrierRefusal {
            sender_id: sender.id,
            address: to.as_str().to_owned(),
            provider_message_id: Some(arrived.receipt.provider_message_id.clone()),
        })
    };
    arrived.iter().filter(|arrived| arrived.is_opt_out).filter_map(refusal).collect()
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
