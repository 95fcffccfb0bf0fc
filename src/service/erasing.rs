//! Somebody asks to be forgotten: what is personal goes in one transaction, what the books need stays under an empty member, and
//! a phone that wants no texts is known by its hash alone.

use uuid::Uuid;

use super::{
    audit::Line,
    change::{Change, ChangeError},
};
use crate::store::{StoreError, Transaction, erasing::Phone};

/// Why nobody was erased; nothing has happened then.
#[derive(Debug, thiserror::Error)]
pub enum NotErased {
    /// There is no such member.
    #[error("there is no such member here")]
    NotFound,
    /// What they had is another's now.
    #[error("this member was merged into another one; erase that one, and this phone goes with it")]
    Merged,
    /// It belongs to shops that are not the caller's.
    #[error("this member belongs to other shops too; somebody who is for all shops must do it")]
    OtherShops,
    /// A text may be on its way.
    #[error("a text to this member is being sent right now; try again in a minute")]
    TextUnderWay,
    /// The opt-out of the phone could not be kept safely.
    #[error("secrets.key is not set; make one with: openssl rand -base64 32")]
    NoKey,
    /// The change could not be made.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

impl From<StoreError> for NotErased {
    fn from(error: StoreError) -> Self {
        Self::Change(error.into())
    }
}

/// Erases a member of a merchant, with the phones that were merged into theirs.
///
/// # Errors
/// Why not.
pub async fn erase(
    change: Change<'_>,
    (merchant_id, member_id): (Uuid, Uuid),
    only_shop: Option<Uuid>,
) -> Result<(), NotErased> {
    let now = change.now.timestamp_millis();
    let (tx, _) = change.begin().await?;
    let holder = tx.holder(member_id).await?.filter(|holder| holder.merchant_id == merchant_id);
    holder.ok_or(NotErased::NotFound)?;
    if tx.merged_into(member_id).await?.flatten().is_some() {
        return Err(NotErased::Merged);
    }
    if let Some(shop_id) = only_shop
        && tx.enrolments_of(member_id).await?.iter().any(|(_, other, _)| *other != shop_id)
    {
        return Err(NotErased::OtherShops);
    }
    let mut ids = tx.merged_members(member_id).await?;
    ids.push(member_id);
    let addresses = tx.addresses_of_members(&ids).await?;
    if !addresses.contains_key(&member_id) {
        return Err(NotErased::NotFound);
    }
    tx.lock_addresses(&addresses.values().map(String::as_str).collect::<Vec<_>>()).await?;
    for (id, address) in &addresses {
        erase_phone(change, &tx, merchant_id, address).await?;
        tx.empty_member(*id, now).await?;
    }
    let line = Line::about("member", member_id, "").of(merchant_id).did("erased");
    change.note(&tx, line).await?;
    Ok(change.finish(tx).await?)
}

async fn erase_phone(change: Change<'_>, tx: &Transaction, merchant_id: Uuid, address: &str) -> Result<(), NotErased> {
    let hash = change.directory.hash_phone(address).ok_or(NotErased::NoKey)?;
    let is_known_elsewhere = tx.is_known_elsewhere(merchant_id, address).await?;
    let senders = senders(change, merchant_id, is_known_elsewhere);
    let phone = Phone { merchant_id, address, hash: &hash, senders: &senders, is_known_elsewhere };
    if tx.has_text_under_way(&phone).await? {
        return Err(NotErased::TextUnderWay);
    }
    tx.keep_silence(&phone, change.now.timestamp_millis()).await?;
    tx.erase_texts(&phone).await?;
    Ok(tx.erase_traces(&phone).await?)
}

/// The senders on which all that this phone said and heard is the merchant's: its own, and those it shares, unless the phone is
/// another merchant's member too.
fn senders(change: Change<'_>, merchant_id: Uuid, is_known_elsewhere: bool) -> Vec<Uuid> {
    let known = change.directory.read();
    let shops = known.directory.all_shops().filter(|shop| shop.merchant_id == merchant_id);
    let used = shops.flat_map(|shop| {
        let keywords = known.directory.keywords_of(shop.id).map(|keyword| keyword.sender_id);
        keywords.chain([shop.sender_id]).collect::<Vec<_>>()
    });
    let mut senders: Vec<Uuid> = used.chain(known.directory.senders_of(merchant_id)).collect();
    senders.sort_unstable();
    senders.dedup();
    let is_theirs = |id: &Uuid| {
        let owner = known.directory.sender(*id).and_then(|sender| sender.merchant_id);
        owner == Some(merchant_id) || (owner.is_none() && !is_known_elsewhere)
    };
    senders.retain(is_theirs);
    senders
}
