//! A sender is taken in or changes: its account, its pace, the merchant it is kept for.

use uuid::Uuid;

use super::{
    account::{self, AccountChoice},
    audit::{Line, pictures},
    change::{Change, ChangeError},
};
use crate::{
    domain::{address::Address, shop::Sender},
    store::{Transaction, directory::SealedAccount},
};

/// A sender as it is asked for.
pub struct NewSender {
    /// As the provider writes it.
    pub address: Address,
    /// The merchant it is kept for; `None` when merchants share it.
    pub merchant_id: Option<Uuid>,
    /// The provider account it belongs to.
    pub account: AccountChoice,
    /// The messaging service that sends for it.
    pub service_sid: Option<String>,
    /// Texts a second, within [`crate::config::is_pace`].
    pub messages_per_second: f64,
}

/// What shall change of a sender; `None` stays as it is.
#[derive(Default)]
pub struct SenderChanges {
    /// Kept for this merchant, or shared.
    pub merchant_id: Option<Option<Uuid>>,
    /// Another account, or new tokens.
    pub account: Option<AccountChoice>,
    /// Another messaging service, or none.
    pub service_sid: Option<Option<String>>,
    /// Texts a second, within [`crate::config::is_pace`].
    pub messages_per_second: Option<f64>,
}

/// A sender named by a caller.
#[derive(Debug, Clone)]
pub enum SenderName {
    /// By our id.
    Id(Uuid),
    /// By its address.
    Address(Address),
}

/// Adds a sender.
pub async fn create(change: Change<'_>, new: NewSender) -> Result<(Sender, SealedAccount), ChangeError> {
    let (tx, revision) = change.begin().await?;
    if tx.sender_by_address(new.address.as_str()).await?.is_some() {
        return Err(ChangeError::Taken(
            "There is a sender with this address already; change it with PATCH.".to_owned(),
        ));
    }
    refuse_unknown_merchant(&tx, new.merchant_id).await?;
    let account = account::choose(&tx, change, new.account, revision).await?;
    let sender = Sender {
        id: Uuid::now_v7(),
        address: new.address,
        account_id: account.id,
        merchant_id: new.merchant_id,
        service_sid: new.service_sid,
        messages_per_second: new.messages_per_second,
        created_at: change.now,
    };
    tx.insert_sender(&sender, revision).await?;
    change.note(&tx, line(&sender).created(pictures::of_sender(&sender))).await?;
    change.finish(tx).await?;
    Ok((sender, account))
}

/// Changes a sender.
pub async fn update(change: Change<'_>, id: Uuid, changes: SenderChanges) -> Result<Sender, ChangeError> {
    let (tx, revision) = change.begin().await?;
    let mut sender = tx.sender(id).await?.ok_or(ChangeError::NotFound)?;
    let before = pictures::of_sender(&sender);
    if let Some(merchant_id) = changes.merchant_id {
        refuse_unknown_merchant(&tx, merchant_id).await?;
        if let Some(merchant_id) = merchant_id
            && tx.others_text_from(sender.id, merchant_id).await?
        {
            let sentence = "Shops of another merchant text from this sender; move them to another sender first.";
            return Err(ChangeError::Taken(sentence.to_owned()));
        }
        sender.merchant_id = merchant_id;
    }
    if let Some(choice) = changes.account {
        sender.account_id = account::choose(&tx, change, choice, revision).await?.id;
    }
    if let Some(service_sid) = changes.service_sid {
        sender.service_sid = service_sid;
    }
    if let Some(messages_per_second) = changes.messages_per_second {
        sender.messages_per_second = messages_per_second;
    }
    tx.update_sender(&sender, revision).await?;
    change.note(&tx, line(&sender).changed(before, pictures::of_sender(&sender))).await?;
    change.finish(tx).await?;
    Ok(sender)
}

fn line(sender: &Sender) -> Line {
    Line::about("sender", sender.id, sender.address.as_str()).of(sender.merchant_id)
}

/// The sender that a merchant names: one that is kept for it, or shared.
pub(super) async fn find_for(tx: &Transaction, merchant_id: Uuid, name: &SenderName) -> Result<Sender, ChangeError> {
    let found = match name {
        SenderName::Id(id) => tx.sender(*id).await?,
        SenderName::Address(address) => tx.sender_by_address(address.as_str()).await?,
    };
    let theirs = |sender: &Sender| sender.merchant_id.is_none_or(|owner| owner == merchant_id);
    found.filter(theirs).ok_or_else(|| {
        ChangeError::mistake(
            "sender",
            "there is no such sender for this merchant; GET /v1/senders lists those it may use",
        )
    })
}

async fn refuse_unknown_merchant(tx: &Transaction, merchant_id: Option<Uuid>) -> Result<(), ChangeError> {
    match merchant_id {
        Some(id) if !tx.merchant_exists(id).await? => {
            Err(ChangeError::mistake("merchant_id", "there is no such merchant; GET /v1/merchants lists them"))
        }
        _ => Ok(()),
    }
}
