//! Tills that a shop has already: added, changed, removed; every node knows them. What they report is in [`reports`].

pub mod reports;

use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::{
    audit::{Line, pictures},
    change::{Change, ChangeError},
};
use crate::{
    clock::from_millis,
    domain::shop::Shop,
    secrets::{Vault, VaultError},
    store::{Transaction, tills::SealedTill},
    tills::{Options, Till, TillKind, till_kind},
};

/// The most tills of one shop.
const TILLS_MAX: u64 = 50;

/// A till as it is asked for.
pub struct NewTill {
    /// Where its sales count.
    pub shop_id: Uuid,
    /// What it is.
    pub kind: &'static TillKind,
    /// What its owner calls it.
    pub name: String,
    /// What it signs with; `None`: it is told later, and nothing is believed until then.
    pub secret: Option<SecretString>,
    /// What opens its API.
    pub access_token: Option<SecretString>,
    /// What its owner has chosen.
    pub options: Options,
}

/// What shall change of a till; `None` stays as it is.
#[derive(Default)]
pub struct TillChanges {
    /// What its owner calls it.
    pub name: Option<String>,
    /// What it signs with from now on.
    pub secret: Option<SecretString>,
    /// What opens its API, or nothing.
    pub access_token: Option<Option<SecretString>>,
    /// What its owner has chosen, as a whole.
    pub options: Option<Options>,
}

/// Adds a till.
///
/// # Errors
/// There is no such shop, it has too many, or it could not be kept.
pub async fn create(change: Change<'_>, new: NewTill) -> Result<SealedTill, ChangeError> {
    let (tx, revision) = change.begin().await?;
    let shop = tx.shop(new.shop_id).await?.ok_or(ChangeError::NotFound)?;
    let id = Uuid::now_v7();
    if tx.count_tills(new.shop_id).await? >= TILLS_MAX {
        return Err(ChangeError::Taken(format!("A shop has at most {TILLS_MAX} tills; remove one that is not used.")));
    }
    let till = SealedTill {
        id,
        shop_id: new.shop_id,
        kind: new.kind.name.to_owned(),
        name: new.name,
        secret_sealed: change.vault.seal(&new.secret.unwrap_or_default(), &secret_of(id))?,
        token_sealed: new.access_token.map(|token| change.vault.seal(&token, &token_of(id))).transpose()?,
        options: written(&new.options),
        created_at: change.now.timestamp_millis(),
        removed_at: None,
    };
    tx.insert_till(&till, revision).await?;
    change.note(&tx, line(&till, &shop).created(pictures::of_till(&till))).await?;
    change.finish(tx).await?;
    Ok(till)
}

/// Changes a till of a shop.
///
/// # Errors
/// There is no such till, or the change could not be kept.
pub async fn update(
    change: Change<'_>,
    shop_id: Uuid,
    id: Uuid,
    changes: TillChanges,
) -> Result<SealedTill, ChangeError> {
    let (tx, revision) = change.begin().await?;
    let (mut till, shop) = find(&tx, shop_id, id).await?;
    let before = pictures::of_till(&till);
    let has_new_secret = changes.secret.is_some() || changes.access_token.is_some();
    if let Some(name) = changes.name {
        till.name = name;
    }
    if let Some(secret) = changes.secret {
        till.secret_sealed = change.vault.seal(&secret, &secret_of(id))?;
    }
    if let Some(token) = changes.access_token {
        till.token_sealed = token.map(|token| change.vault.seal(&token, &token_of(id))).transpose()?;
    }
    if let Some(options) = changes.options {
        till.options = written(&options);
    }
    tx.update_till(&till, revision).await?;
    let noted = line(&till, &shop).changed(before, pictures::of_till(&till));
    change.note(&tx, if has_new_secret { noted.did("rotated") } else { noted }).await?;
    change.finish(tx).await?;
    Ok(till)
}

/// Removes a till of a shop. What it reported stays; whose phone its buyers have is forgotten.
///
/// # Errors
/// There is no such till, or the change could not be kept.
pub async fn remove(change: Change<'_>, shop_id: Uuid, id: Uuid) -> Result<(), ChangeError> {
    let (tx, revision) = change.begin().await?;
    let (till, shop) = find(&tx, shop_id, id).await?;
    change.note(&tx, line(&till, &shop).removed(pictures::of_till(&till))).await?;
    let secret_sealed = change.vault.seal(&SecretString::default(), &secret_of(id))?;
    let removed_at = Some(change.now.timestamp_millis());
    tx.update_till(&SealedTill { secret_sealed, token_sealed: None, removed_at, ..till }, revision).await?;
    tx.forget_reports(id).await?;
    change.finish(tx).await
}

async fn find(tx: &Transaction, shop_id: Uuid, id: Uuid) -> Result<(SealedTill, Shop), ChangeError> {
    let till = tx.till(id).await?.filter(|till| till.shop_id == shop_id).ok_or(ChangeError::NotFound)?;
    Ok((till, tx.shop(shop_id).await?.ok_or(ChangeError::NotFound)?))
}

fn line(till: &SealedTill, shop: &Shop) -> Line {
    Line::about("till", till.id, &till.name).at(shop)
}

/// A till with its secrets opened; `None` for one that this version cannot read.
pub(super) fn open(vault: &Vault, sealed: &SealedTill) -> Result<Option<Till>, VaultError> {
    let Some((kind, options)) = till_kind(&sealed.kind).zip(options(sealed)) else {
        tracing::error!(till = %sealed.id, kind = sealed.kind, "a till cannot be read and is left out");
        return Ok(None);
    };
    Ok(Some(Till {
        id: sealed.id,
        shop_id: sealed.shop_id,
        kind,
        name: sealed.name.clone(),
        secret: vault.open(&sealed.secret_sealed, &secret_of(sealed.id))?,
        access_token: sealed.token_sealed.as_ref().map(|token| vault.open(token, &token_of(sealed.id))).transpose()?,
        options,
        created_at: from_millis(sealed.created_at),
    }))
}

/// What the owner of a till has chosen; `None` where it cannot be read.
pub fn options(sealed: &SealedTill) -> Option<Options> {
    serde_json::from_str(&sealed.options).ok()
}

/// Whether what it signs with is known.
///
/// # Errors
/// It does not open.
pub fn has_secret(vault: &Vault, sealed: &SealedTill) -> Result<bool, VaultError> {
    Ok(!vault.open(&sealed.secret_sealed, &secret_of(sealed.id))?.expose_secret().is_empty())
}

fn written(options: &Options) -> String {
    serde_json::to_string(options).unwrap_or_default()
}

fn secret_of(id: Uuid) -> String {
    format!("secret of till {id}")
}

fn token_of(id: Uuid) -> String {
    format!("token of till {id}")
}
