//! API keys: made, replaced and revoked; kept by a hash alone, so the secret is answered once and nowhere else.

use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::{
    audit::{Line, pictures},
    change::{Change, ChangeError},
};
use crate::{
    domain::access::{ApiKey, Role},
    secrets::{hash_api_key, new_api_key},
    store::{Transaction, keys::KeyRow},
};

/// How many of a key's last characters are kept, so that people can tell keys apart.
const HINT_CHARS: usize = 4;

/// The most good keys that a merchant has.
const KEYS_MAX: u64 = 500;

/// For how long a replaced secret is good where nothing is said, in seconds: a day.
pub const GRACE_SECONDS: u32 = 24 * 60 * 60;

/// The longest that a replaced secret is good, in seconds: thirty days.
pub const GRACE_SECONDS_MAX: u32 = 30 * GRACE_SECONDS;

/// A key as it is asked for.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// Whose it shall be.
    pub merchant_id: Uuid,
    /// The one shop it shall be for; `None`: all of the merchant's.
    pub shop_id: Option<Uuid>,
    /// What it shall be allowed to do.
    pub role: Role,
    /// What the merchant calls it.
    pub name: String,
}

/// The keys over which somebody may decide: their merchant's, and of these those for their shop. The operator: all.
#[derive(Debug, Clone, Copy, Default)]
pub struct KeyKeeper {
    /// Only this merchant's.
    pub merchant_id: Option<Uuid>,
    /// Only those for this shop.
    pub shop_id: Option<Uuid>,
}

impl KeyKeeper {
    /// Whether a key is theirs to decide over.
    pub fn keeps(self, key: &ApiKey) -> bool {
        self.merchant_id.is_none_or(|id| id == key.merchant_id)
            && (self.shop_id.is_none() || self.shop_id == key.shop_id)
    }

    async fn find(self, tx: &Transaction, id: Uuid) -> Result<KeyRow, ChangeError> {
        tx.key(id).await?.filter(|row| self.keeps(&row.key)).ok_or(ChangeError::NotFound)
    }
}

/// Makes a key. Nobody makes one for more than they decide over themselves.
///
/// # Errors
/// What is wrong with it; no key is made then.
pub async fn create(change: Change<'_>, keeper: KeyKeeper, new: NewKey) -> Result<(KeyRow, SecretString), ChangeError> {
    let NewKey { merchant_id, shop_id, role, name } = new;
    let key = ApiKey { id: Uuid::now_v7(), merchant_id, shop_id, role, name };
    if !keeper.keeps(&key) {
        return Err(ChangeError::mistake("shop_id", "must be the shop of the key that asks"));
    }
    let secret = new_api_key()?;
    let (tx, revision) = change.begin().await?;
    if !tx.merchant_exists(merchant_id).await? {
        return Err(ChangeError::mistake("merchant_id", "there is no such merchant; GET /v1/merchants lists them"));
    }
    if let Some(id) = shop_id
        && tx.shop(id).await?.is_none_or(|shop| shop.merchant_id != merchant_id)
    {
        return Err(ChangeError::mistake(
            "shop_id",
            "there is no such shop of this merchant; GET /v1/shops lists them",
        ));
    }
    if tx.count_keys(merchant_id).await? >= KEYS_MAX {
        return Err(ChangeError::Taken(format!(
            "A merchant has at most {KEYS_MAX} keys; revoke those that are not used."
        )));
    }
    let row = row(key, &secret, change.now);
    tx.insert_key(&row, revision).await?;
    change.note(&tx, line(&row).created(pictures::of_key(&row))).await?;
    change.finish(tx).await?;
    Ok((row, secret))
}

/// Gives a key a new secret; the old one is good for so many seconds more.
///
/// # Errors
/// [`ChangeError::NotFound`], or that it was revoked; it stays as it is then.
pub async fn rotate(
    change: Change<'_>,
    keeper: KeyKeeper,
    id: Uuid,
    grace_seconds: u32,
) -> Result<(KeyRow, SecretString), ChangeError> {
    let secret = new_api_key()?;
    let (tx, revision) = change.begin().await?;
    let old = keeper.find(&tx, id).await?;
    if old.revoked_at.is_some() {
        return Err(ChangeError::Taken("This key was revoked; make a new one.".to_owned()));
    }
    let until = change.now + Duration::seconds(grace_seconds.into());
    let kept = (grace_seconds > 0).then(|| (old.hash.clone(), until.timestamp_millis()));
    let (previous_hash, previous_until) = kept.unzip();
    let (hash, hint) = (hash_api_key(secret.expose_secret()), hint(&secret));
    let before = pictures::of_key(&old);
    let row = KeyRow { hash, hint, previous_hash, previous_until, ..old };
    tx.update_key(&row, revision).await?;
    change.note(&tx, line(&row).changed(before, pictures::of_key(&row)).did("rotated")).await?;
    change.finish(tx).await?;
    Ok((row, secret))
}

/// Revokes a key, and with it the secret before it; it is refused from now on. One that is revoked already stays so.
///
/// # Errors
/// [`ChangeError::NotFound`].
pub async fn revoke(change: Change<'_>, keeper: KeyKeeper, id: Uuid) -> Result<(), ChangeError> {
    let (tx, revision) = change.begin().await?;
    let row = keeper.find(&tx, id).await?;
    if row.revoked_at.is_none() {
        let revoked_at = Some(change.now.timestamp_millis());
        let row = KeyRow { revoked_at, previous_hash: None, previous_until: None, ..row };
        tx.update_key(&row, revision).await?;
        change.note(&tx, line(&row).removed(pictures::of_key(&row)).did("revoked")).await?;
    }
    change.finish(tx).await
}

fn line(row: &KeyRow) -> Line {
    Line::about("key", row.key.id, &row.key.name).of(row.key.merchant_id).at_shop(row.key.shop_id)
}

/// A new key as it is kept.
pub(super) fn row(key: ApiKey, secret: &SecretString, now: DateTime<Utc>) -> KeyRow {
    KeyRow {
        key,
        hash: hash_api_key(secret.expose_secret()),
        hint: hint(secret),
        previous_hash: None,
        previous_until: None,
        created_at: now.timestamp_millis(),
        last_used_at: None,
        revoked_at: None,
    }
}

fn hint(secret: &SecretString) -> String {
    let secret = secret.expose_secret();
    secret.chars().skip(secret.chars().count().saturating_sub(HINT_CHARS)).collect()
}
