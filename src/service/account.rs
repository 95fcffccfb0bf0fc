//! Provider accounts: sealed and kept.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::directory::DirectoryError;
use crate::{
    config,
    secrets::Vault,
    store::{Store, Transaction, directory::SealedAccount},
};

/// An account as it is told to us, by the settings or through the API.
pub struct NewAccount {
    /// The provider's id for it.
    pub account_sid: String,
    /// The token in force.
    pub auth_token: SecretString,
    /// The token before, during a rotation.
    pub auth_token_previous: Option<SecretString>,
    /// Base of the provider's API.
    pub api_base_url: String,
    /// The header that carries the signature.
    pub signature_header: String,
    /// What its id looks like.
    pub account_sid_pattern: String,
}

/// Keeps the account that the settings name, if they name one; the settings win over what was kept before.
pub async fn keep_configured(
    store: &Store,
    vault: &Vault,
    settings: &config::Twilio,
    now: DateTime<Utc>,
) -> Result<(), DirectoryError> {
    if settings.account_sid.is_empty() {
        return Ok(());
    }
    let previous = &settings.auth_token_previous;
    let account = NewAccount {
        account_sid: settings.account_sid.clone(),
        auth_token: settings.auth_token.clone(),
        auth_token_previous: (!previous.expose_secret().is_empty()).then(|| previous.clone()),
        api_base_url: settings.api_base_url.to_string(),
        signature_header: settings.signature_header.clone(),
        account_sid_pattern: settings.account_sid_pattern.clone(),
    };
    let tx = store.begin().await?;
    let revision = tx.next_revision().await?;
    put(&tx, vault, &account, revision, now).await?;
    Ok(tx.commit().await?)
}

/// Adds the account or replaces what is kept of it; answers our id.
pub async fn put(
    tx: &Transaction,
    vault: &Vault,
    account: &NewAccount,
    revision: i64,
    now: DateTime<Utc>,
) -> Result<Uuid, DirectoryError> {
    let seal = |token: &SecretString| vault.seal(token, &account.account_sid);
    let known = tx.account_by_sid(&account.account_sid).await?;
    let sealed = SealedAccount {
        id: known.as_ref().map_or_else(Uuid::now_v7, |known| known.id),
        account_sid: account.account_sid.clone(),
        api_base_url: account.api_base_url.clone(),
        auth_token_sealed: seal(&account.auth_token)?,
        auth_token_previous_sealed: account.auth_token_previous.as_ref().map(seal).transpose()?,
        signature_header: account.signature_header.clone(),
        account_sid_pattern: account.account_sid_pattern.clone(),
        created_at: known.map_or(now.timestamp_millis(), |known| known.created_at),
    };
    tx.put_account(&sealed, revision).await?;
    Ok(sealed.id)
}
