//! Devices that are a shop's till: approved by whoever is at one with the right to, or by a code that is typed there.

use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::{
    audit::{self, Author, Line, pictures},
    change::{Change, ChangeError},
    people::{guessing, sign_in::KeptOut},
};
use crate::{
    domain::{
        purse::draw::{Draw, typed},
        shop::Shop,
    },
    secrets::{Vault, VaultError, hash_token, new_token, random_bytes},
    store::{Store, StoreError, devices::DeviceRow},
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
}

/// Approves the browser that asks; answers what it is to keep.
///
/// # Errors
/// What is wrong with it.
pub async fn approve(change: Change<'_>, new: NewDevice<'_>) -> Result<SecretString, ChangeError> {
    let token = new_token()?;
    keep(change, new, hash_token(token.expose_secret())).await?;
    Ok(token)
}

/// Makes a code by which another browser becomes a till, once and for some minutes.
///
/// # Errors
/// What is wrong with it, or no key is set.
pub async fn make_code(change: Change<'_>, new: NewDevice<'_>) -> Result<String, ChangeError> {
    let code = Draw::new(random_bytes()?).code(CODE_SIGNS);
    let hash = change.vault.hash_code(&code).ok_or(VaultError::NoKey)?;
    keep(change, new, DeviceRow::waits_for(&hash)).await?;
    Ok(code)
}

async fn keep(change: Change<'_>, new: NewDevice<'_>, token_hash: String) -> Result<(), ChangeError> {
    let NewDevice { shop, name } = new;
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
        approved_by: change.author.name.clone(),
        created_at: change.now.timestamp_millis(),
        seen_at: None,
        removed_at: None,
    };
    let tx = change.store.begin().await?;
    let oldest = change.now - Duration::minutes(CODE_MINUTES);
    tx.forget_unopened(shop.merchant_id, oldest.timestamp_millis()).await?;
    tx.insert_device(&row).await?;
    change.note(&tx, line(&row).created(pictures::of_device(&row)).did("approved")).await?;
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
    let counted = guessing::count_at_once(store, &[(format!("device code {from}"), GUESSES_FREE)], now).await?;
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
    counted.forgive(&tx).await?;
    let by = Author::named(&*device.approved_by);
    audit::note(&tx, &by, now, line(&device).did("opened")).await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// Makes a device a till no more, and ends the sessions there.
///
/// # Errors
/// The merchant has no such device.
pub async fn remove(change: Change<'_>, (merchant_id, id): (Uuid, Uuid)) -> Result<(), ChangeError> {
    let tx = change.store.begin().await?;
    let device = tx.device(merchant_id, id).await?.ok_or(ChangeError::NotFound)?;
    tx.remove_device(id, change.now.timestamp_millis()).await?;
    tx.delete_sessions_at(id).await?;
    change.note(&tx, line(&device).removed(pictures::of_device(&device))).await?;
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

/// What the book says of a device.
fn line(device: &DeviceRow) -> Line {
    Line::about("device", device.id, &device.name).of(device.merchant_id).at_shop(Some(device.shop_id))
}
