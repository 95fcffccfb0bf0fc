//! A provider account is taken in, or its tokens change.

use regex::Regex;
use secrecy::SecretString;
use url::Url;
use uuid::Uuid;

use super::change::{Change, ChangeError};
use crate::store::{Transaction, directory::SealedAccount};

/// A provider account as it is given to us.
#[derive(Debug, Clone)]
pub struct GivenAccount {
    /// The provider's id for it.
    pub account_sid: String,
    /// The token in force.
    pub auth_token: SecretString,
    /// The token before, during a rotation.
    pub auth_token_previous: Option<SecretString>,
    /// Base of the provider's API; `None`: as it was, else the default.
    pub api_base_url: Option<Url>,
    /// The header that carries the signature; `None`: as it was, else the default.
    pub signature_header: Option<String>,
    /// What the account's id looks like; `None`: as it was, else the default.
    pub account_sid_pattern: Option<String>,
    /// For a new account, what it does not say.
    pub defaults: AccountDefaults,
}

/// What a new account does not say of itself.
#[derive(Debug, Clone)]
pub struct AccountDefaults {
    /// Base of the provider's API.
    pub api_base_url: Url,
    /// The header that carries the signature.
    pub signature_header: String,
    /// What an account's id looks like.
    pub account_sid_pattern: String,
}

/// The account of a sender.
#[derive(Debug, Clone)]
pub enum AccountChoice {
    /// One that is known, by the provider's id for it.
    Known(String),
    /// This one, new or changed.
    Given(Box<GivenAccount>),
}

/// Adds an account, or replaces the tokens (and what else is given) of the one with this id.
pub async fn put(change: Change<'_>, given: GivenAccount) -> Result<SealedAccount, ChangeError> {
    let (tx, revision) = change.begin().await?;
    let account = put_within(&tx, change, given, revision).await?;
    change.finish(tx).await?;
    Ok(account)
}

/// The account that was chosen, put into the store where it was given.
pub(super) async fn choose(
    tx: &Transaction,
    change: Change<'_>,
    choice: AccountChoice,
    revision: i64,
) -> Result<SealedAccount, ChangeError> {
    match choice {
        AccountChoice::Given(given) => put_within(tx, change, *given, revision).await,
        AccountChoice::Known(account_sid) => tx.account_by_sid(&account_sid).await?.ok_or_else(|| {
            let sentence = "no account with this id is known; give it as an object with account_sid and auth_token";
            ChangeError::mistake("account", sentence)
        }),
    }
}

async fn put_within(
    tx: &Transaction,
    change: Change<'_>,
    given: GivenAccount,
    revision: i64,
) -> Result<SealedAccount, ChangeError> {
    let before = tx.account_by_sid(&given.account_sid).await?;
    let account = sealed(change, given, before)?;
    let pattern = Regex::new(&account.account_sid_pattern)
        .map_err(|_| ChangeError::mistake("account.account_sid_pattern", "is not a regular expression"))?;
    if !pattern.is_match(&account.account_sid) {
        let sentence = format!("does not look like an account's id, which fits {}", account.account_sid_pattern);
        return Err(ChangeError::mistake("account.account_sid", sentence));
    }
    tx.put_account(&account, revision).await?;
    Ok(account)
}

fn sealed(
    change: Change<'_>,
    given: GivenAccount,
    before: Option<SealedAccount>,
) -> Result<SealedAccount, ChangeError> {
    let GivenAccount { account_sid, auth_token, auth_token_previous, defaults, .. } = given;
    let (id, created_at) = match &before {
        Some(before) => (before.id, before.created_at),
        None => (Uuid::now_v7(), change.now.timestamp_millis()),
    };
    let (url, header, pattern) = match before {
        Some(before) => (before.api_base_url, before.signature_header, before.account_sid_pattern),
        None => (defaults.api_base_url.to_string(), defaults.signature_header, defaults.account_sid_pattern),
    };
    let seal = |token: &SecretString| change.vault.seal(token, &account_sid);
    Ok(SealedAccount {
        id,
        auth_token_sealed: seal(&auth_token)?,
        auth_token_previous_sealed: auth_token_previous.as_ref().map(seal).transpose()?,
        api_base_url: given.api_base_url.map_or(url, String::from),
        signature_header: given.signature_header.unwrap_or(header),
        account_sid_pattern: given.account_sid_pattern.unwrap_or(pattern),
        created_at,
        account_sid,
    })
}
