//! Provider accounts: sealed and kept, those that the settings name and those that senders bring.

use chrono::{DateTime, Utc};
use regex::Regex;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::{
    audit::{Line, pictures},
    change::{Change, ChangeError},
    directory::DirectoryError,
};
use crate::{
    config,
    secrets::Vault,
    store::{Store, Transaction, directory::SealedAccount},
};

/// The provider of the account in the settings, and of an account that names none.
const OF_THE_SETTINGS: &str = "twilio";

/// An account as it is told to us, by the settings or through the API.
pub struct NewAccount {
    /// The provider's id for it.
    pub account_sid: String,
    /// The provider's name.
    pub provider: String,
    /// The token in force.
    pub auth_token: SecretString,
    /// The token before, during a rotation.
    pub auth_token_previous: Option<SecretString>,
    /// The key that signs webhooks; `None`: the token does.
    pub signing_key: Option<SecretString>,
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
    let filled = |secret: &SecretString| (!secret.expose_secret().is_empty()).then(|| secret.clone());
    let account = NewAccount {
        account_sid: settings.account_sid.clone(),
        provider: OF_THE_SETTINGS.to_owned(),
        auth_token: settings.auth_token.clone(),
        auth_token_previous: filled(&settings.auth_token_previous),
        signing_key: filled(&settings.signing_key),
        api_base_url: settings.api_base_url.to_string(),
        signature_header: settings.signature_header.clone(),
        account_sid_pattern: settings.account_sid_pattern.clone(),
    };
    let tx = store.begin().await?;
    let revision = tx.next_revision().await?;
    put(&tx, vault, &account, revision, now).await?;
    Ok(tx.commit().await?)
}

/// Adds the account or replaces what is kept of it.
pub async fn put(
    tx: &Transaction,
    vault: &Vault,
    account: &NewAccount,
    revision: i64,
    now: DateTime<Utc>,
) -> Result<SealedAccount, DirectoryError> {
    let seal = |token: &SecretString| vault.seal(token, &account.account_sid);
    let known = tx.account_by_sid(&account.account_sid).await?;
    let sealed = SealedAccount {
        id: known.as_ref().map_or_else(Uuid::now_v7, |known| known.id),
        account_sid: account.account_sid.clone(),
        provider: account.provider.clone(),
        api_base_url: account.api_base_url.clone(),
        auth_token_sealed: seal(&account.auth_token)?,
        auth_token_previous_sealed: account.auth_token_previous.as_ref().map(seal).transpose()?,
        signing_key_sealed: account.signing_key.as_ref().map(seal).transpose()?,
        signature_header: account.signature_header.clone(),
        account_sid_pattern: account.account_sid_pattern.clone(),
        created_at: known.map_or(now.timestamp_millis(), |known| known.created_at),
    };
    tx.put_account(&sealed, revision).await?;
    Ok(sealed)
}

/// The account of a sender, as it is chosen.
pub enum AccountChoice {
    /// One that is known, by the provider's id for it.
    Known(String),
    /// This one, new or changed.
    Given(Box<GivenAccount>),
}

/// An account of which some things may be left unsaid: for a known one they stay as they are, for a new one they are
/// as in the settings.
pub struct GivenAccount {
    /// The provider's id for it.
    pub account_sid: String,
    /// The token in force.
    pub auth_token: SecretString,
    /// The token before, during a rotation; `None`: there is none.
    pub auth_token_previous: Option<SecretString>,
    /// The key that signs webhooks; `None`: the token does.
    pub signing_key: Option<SecretString>,
    /// The provider's name.
    pub provider: Option<String>,
    /// Base of the provider's API, a URL.
    pub api_base_url: Option<String>,
    /// The header that carries the signature.
    pub signature_header: Option<String>,
    /// What its id looks like.
    pub account_sid_pattern: Option<String>,
    /// The settings.
    pub defaults: config::Twilio,
}

/// The account that was chosen, kept first where it was given.
pub(super) async fn choose(
    tx: &Transaction,
    change: Change<'_>,
    choice: AccountChoice,
    revision: i64,
) -> Result<SealedAccount, ChangeError> {
    let account_sid = match &choice {
        AccountChoice::Known(account_sid) => account_sid,
        AccountChoice::Given(given) => &given.account_sid,
    };
    let known = tx.account_by_sid(account_sid).await?;
    match choice {
        AccountChoice::Given(given) => {
            let known_before = known.clone();
            let account = fill_in(*given, known);
            refuse_misfit(&account)?;
            let before = known_before.as_ref().map(pictures::of_account).unwrap_or_default();
            let kept = put(tx, change.vault, &account, revision, change.now).await?;
            let line = Line::about("account", kept.id, &kept.account_sid);
            let line = line.changed(before, pictures::of_account(&kept)).did(match known_before {
                Some(_) => "given-again",
                None => "created",
            });
            change.note(tx, line).await?;
            Ok(kept)
        }
        AccountChoice::Known(_) => known.ok_or_else(|| {
            let sentence = "there is no such account here; give it as an object with account_sid and auth_token";
            ChangeError::mistake("account", sentence)
        }),
    }
}

fn fill_in(given: GivenAccount, known: Option<SealedAccount>) -> NewAccount {
    let (provider, url, header, pattern) = match known {
        Some(known) => (known.provider, known.api_base_url, known.signature_header, known.account_sid_pattern),
        None => {
            let config::Twilio { api_base_url, signature_header, account_sid_pattern, .. } = given.defaults;
            (OF_THE_SETTINGS.to_owned(), api_base_url.to_string(), signature_header, account_sid_pattern)
        }
    };
    NewAccount {
        account_sid: given.account_sid,
        provider: given.provider.unwrap_or(provider),
        auth_token: given.auth_token,
        auth_token_previous: given.auth_token_previous,
        signing_key: given.signing_key,
        api_base_url: given.api_base_url.unwrap_or(url),
        signature_header: given.signature_header.unwrap_or(header),
        account_sid_pattern: given.account_sid_pattern.unwrap_or(pattern),
    }
}

fn refuse_misfit(account: &NewAccount) -> Result<(), ChangeError> {
    let pattern = Regex::new(&account.account_sid_pattern)
        .map_err(|_| ChangeError::mistake("account.account_sid_pattern", "is not a regular expression"))?;
    if pattern.is_match(&account.account_sid) {
        return Ok(());
    }
    let sentence = format!("does not look like an account's id, which fits {}", account.account_sid_pattern);
    Err(ChangeError::mistake("account.account_sid", sentence))
}
