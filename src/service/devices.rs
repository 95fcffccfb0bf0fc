//! Devices that are a shop's till: approved by whoever is at one with the right to, or by a code that is typed there.

use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::{
    change::ChangeError,
    people::sign_in::{KeptOut, charge_guess},
};
use crate::{
    domain::{
        person::Person,
        purse::draw::{Draw, typed},
        shop::Shop,
    },
    secrets::{Vault, VaultError, hash_token, new_token, random_bytes},
    store::{Store, StoreError, Transaction, audit::AuditRow, devices::DeviceRow},
};

/// For how long a code opens a device, in minutes.
pub const CODE_MINUTES: i64 = 10;
/// The signs of such a code: more than 25 thousand million, for ten minutes.
const CODE_SIGNS: usize = 8;
/// How many wrong codes in a row one address of the network may try before it must wait.
const GUESSES_FREE: u32 = 10;
/// The most characters of a device's name.
const NAME_CHARS_MAX: usize = 60;
/// After how many minutes another use of a device is noted.
const NOTED_MINUTES: i64 = 5;

/// A device to be approved.
#[derive(Debug, Clone, Copy)]
pub struct NewDevice<'a> {
    /// The shop whose till it shall be.
    pub shop: &'a Shop,
    /// What it shall be called.
    pub name: &'a str,
    /// Who approves it.
    pub by: &'a Person,
}

/// Approves the browser that asks; answers what it is to keep.
///
/// # Errors
/// What is wrong with it.
pub async fn approve(store: &Store, now: DateTime<Utc>, new: NewDevice<'_>) -> Result<SecretString, ChangeError> {
    let token = new_token()?;
    keep(store, now, new, hash_token(token.expose_secret())).await?;
    Ok(token)
}

/// Makes a code by which another browser becomes a till, once and for some minutes.
///
/// # Errors
/// What is wrong with it, or no key is set.
pub async fn make_code(
    store: &Store,
    vault: &Vault,
    now: DateTime<Utc>,
    new: NewDevice<'_>,
) -> Result<String, ChangeError> {
    let code = Draw::new(random_bytes()?).code(CODE_SIGNS);
    let hash = vault.hash_code(&code).ok_or(VaultError::NoKey)?;
    keep(store, now, new, DeviceRow::waits_for(&hash)).await?;
    Ok(code)
}

async fn keep(store: &Store, now: DateTime<Utc>, new: NewDevice<'_>, token_hash: String) -> Result<(), ChangeError> {
    let NewDevice { shop, name, by } = new;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX || name.chars().any(char::is_control) {
        return Err(ChangeError::mistake("name", format!("must have 1 to {NAME_CHARS_MAX} characters on one line")));
    }
    let row = DeviceRow {
        id: Uuid::now_v7(),
        token_hash,
        merchant_id: shop.merchant_id,
        shop_id: shop.id,
        name: name.to_owned(),
        approved_by: by.name.clone(),
        created_at: now.timestamp_millis(),
        seen_at: None,
        removed_at: None,
    };
    let tx = store.begin().await?;
    tx.forget_unopened(shop.merchant_id, (now - Duration::minutes(CODE_MINUTES)).timestamp_millis()).await?;
    tx.insert_device(&row).await?;
    note(&tx, by, now, Noted::device("approved", &row)).await?;
    Ok(tx.commit().await?)
}

/// Makes the browser that brings a code a till; answers what it is to keep. `None`: the code is wrong, used or too old.
///
/// # Errors
/// Too many wrong codes came from there, or the store failed.
pub async fn open_by_code(
    store: &Store,
    vault: &Vault,
    now: DateTime<Utc>,
    code: &str,
    from: &str,
) -> Result<Option<SecretString>, KeptOut> {
    let subject = format!("device code {from}");
    charge_guess(store, &[(&subject, GUESSES_FREE)], now).await?;
    let hash = vault.hash_code(&typed(code)).ok_or(VaultError::NoKey)?;
    let waited_for = DeviceRow::waits_for(&hash);
    let tx = store.begin().await?;
    let since = (now - Duration::minutes(CODE_MINUTES)).timestamp_millis();
    let Some(device) = tx.device_by_token(&waited_for).await?.filter(|device| device.created_at > since) else {
        return Ok(None);
    };
    let token = new_token()?;
    let hash = hash_token(token.expose_secret());
    if !tx.open_device(device.id, &waited_for, &hash, now.timestamp_millis()).await? {
        return Ok(None);
    }
    tx.forget_guesses(&subject).await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// Makes a device a till no more, and ends the sessions there.
///
/// # Errors
/// The merchant has no such device.
pub async fn remove(
    store: &Store,
    now: DateTime<Utc>,
    (merchant_id, id): (Uuid, Uuid),
    by: &Person,
) -> Result<(), ChangeError> {
    let tx = store.begin().await?;
    let device = tx.device(merchant_id, id).await?.ok_or(ChangeError::NotFound)?;
    tx.remove_device(id, now.timestamp_millis()).await?;
    tx.delete_sessions_at(id).await?;
    note(&tx, by, now, Noted::device("removed", &device)).await?;
    Ok(tx.commit().await?)
}

/// The device that a browser's token stands for; its use is noted now and then.
///
/// # Errors
/// The store failed.
pub async fn recognise(store: &Store, now: DateTime<Utc>, token: &str) -> Result<Option<DeviceRow>, StoreError> {
    let Some(device) = store.device_by_token(&hash_token(token)).await? else { return Ok(None) };
    let millis = now.timestamp_millis();
    let noted = Duration::minutes(NOTED_MINUTES).num_milliseconds();
    if device.seen_at.is_none_or(|seen_at| millis - seen_at >= noted) {
        let tx = store.begin().await?;
        tx.note_device(device.id, millis).await?;
        tx.commit().await?;
    }
    Ok(Some(device))
}

/// What is written into the book of changes.
pub(super) struct Noted<'a> {
    pub(super) deed: &'static str,
    pub(super) subject: &'static str,
    pub(super) subject_id: Uuid,
    pub(super) name: &'a str,
    pub(super) merchant_id: Option<Uuid>,
    pub(super) shop_id: Option<Uuid>,
}

impl<'a> Noted<'a> {
    fn device(deed: &'static str, device: &'a DeviceRow) -> Self {
        let (merchant_id, shop_id) = (Some(device.merchant_id), Some(device.shop_id));
        Self { deed, subject: "device", subject_id: device.id, name: &device.name, merchant_id, shop_id }
    }
}

/// Adds a line to the book of changes.
pub(super) async fn note(
    tx: &Transaction,
    by: &Person,
    now: DateTime<Utc>,
    noted: Noted<'_>,
) -> Result<(), StoreError> {
    let Noted { deed, subject, subject_id, name, merchant_id, shop_id } = noted;
    let row = AuditRow {
        id: Uuid::now_v7(),
        merchant_id,
        shop_id,
        created_at: now.timestamp_millis(),
        person_id: Some(by.id),
        actor: by.name.clone(),
        deed: deed.to_owned(),
        subject: subject.to_owned(),
        subject_id: Some(subject_id),
        subject_name: name.to_owned(),
        before: None,
        after: None,
    };
    tx.insert_audit(&row).await
}
