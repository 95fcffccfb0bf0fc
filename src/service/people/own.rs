//! What people change of themselves: their name, their language, their password; and the ends of their own sessions.

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::json;
use uuid::Uuid;

use super::{
    check_password,
    guessing::{self, GUESSES_FREE, Subject},
    line, read_name,
    sign_in::{self, KeptOut},
};
use crate::{
    domain::{language::Language, person::Person},
    secrets::{
        VaultError, hash_token,
        passwords::{hash_password, is_password},
    },
    service::{
        audit::pictures,
        change::{Change, ChangeError},
    },
    store::{Store, StoreError, people::PersonRow, sessions::SessionRow},
};

/// How many characters of a session's mark there are.
const MARK_CHARS: usize = 16;

/// Keeps the language of somebody's pages.
///
/// # Errors
/// There is no such person.
pub async fn choose_language(store: &Store, id: Uuid, language: Language) -> Result<(), ChangeError> {
    let tx = store.begin().await?;
    let row = tx.person(id).await?.ok_or(ChangeError::NotFound)?;
    let person = Person { language, ..row.person.clone() };
    tx.update_person(&PersonRow { person, ..row }).await?;
    Ok(tx.commit().await?)
}

/// Gives somebody the name they want.
///
/// # Errors
/// It is none, or there is no such person.
pub async fn rename(change: Change<'_>, id: Uuid, name: &str) -> Result<(), ChangeError> {
    let name = read_name(name)?;
    let tx = change.store.begin().await?;
    let row = tx.person(id).await?.ok_or(ChangeError::NotFound)?;
    let person = Person { name, ..row.person.clone() };
    let noted = line(&person).changed(pictures::of_person(&row.person), pictures::of_person(&person));
    tx.update_person(&PersonRow { person, ..row }).await?;
    change.note(&tx, noted).await?;
    Ok(tx.commit().await?)
}

/// Why somebody's password is not taken for the one they have, or their wish is not done.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// It is not their password, or they tried too often.
    #[error(transparent)]
    KeptOut(#[from] KeptOut),
    /// What they want does not hold.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

impl From<VaultError> for NotDone {
    fn from(error: VaultError) -> Self {
        Self::Change(error.into())
    }
}

impl From<StoreError> for NotDone {
    fn from(error: StoreError) -> Self {
        Self::Change(error.into())
    }
}

/// Gives somebody a new password, if they know the present one. Their other sessions end.
///
/// # Errors
/// [`NotDone`].
pub async fn change_password(
    change: Change<'_>,
    (id, session): (Uuid, &str),
    present: &SecretString,
    new: &SecretString,
) -> Result<(), NotDone> {
    check_password(new)?;
    let known = prove(change.store, change.now, id, present).await?;
    let password_hash = Some(hash_password(new).await.map_err(ChangeError::from)?);
    let tx = change.store.begin().await?;
    let row = tx.person(id).await?.filter(|row| row.password_hash == known.password_hash);
    let row = row.ok_or(KeptOut::Wrong)?;
    let noted = line(&row.person).did("password");
    tx.update_person(&PersonRow { password_hash, ..row }).await?;
    tx.delete_sessions_of(id, Some(session)).await?;
    change.note(&tx, noted).await?;
    Ok(tx.commit().await?)
}

/// Has somebody show that they know their password, before what cannot be taken back.
pub(super) async fn prove(
    store: &Store,
    now: DateTime<Utc>,
    id: Uuid,
    password: &SecretString,
) -> Result<PersonRow, KeptOut> {
    let subjects: [Subject; 1] = [(format!("password {id}"), GUESSES_FREE)];
    let counted = guessing::count_at_once(store, &subjects, now).await?;
    let row = store.person(id).await?.filter(|row| row.removed_at.is_none()).ok_or(KeptOut::Wrong)?;
    if !is_password(password, row.password_hash.as_deref()).await {
        return Err(KeptOut::Wrong);
    }
    let tx = store.begin().await?;
    counted.forgive(&tx).await?;
    tx.commit().await?;
    Ok(row)
}

/// By what a session is named on its owner's page: nothing that opens it, and nothing that is kept.
pub fn mark_of(session: &SessionRow) -> String {
    hash_token(&session.token_hash).chars().take(MARK_CHARS).collect()
}

/// Ends one of somebody's own sessions.
///
/// # Errors
/// There is none with this mark.
pub async fn end_session(change: Change<'_>, person: &Person, mark: &str) -> Result<(), ChangeError> {
    let sessions = change.store.sessions_of(person.id).await?;
    let meant = sessions.iter().find(|session| mark_of(session) == mark).ok_or(ChangeError::NotFound)?;
    let tx = change.store.begin().await?;
    tx.delete_session(&meant.token_hash).await?;
    let before = json!({ "browser": meant.agent });
    change.note(&tx, sign_in::line(person).removed(before).did("signed-out")).await?;
    Ok(tx.commit().await?)
}

/// Ends all of somebody's own sessions but the one they look from.
///
/// # Errors
/// The store failed.
pub async fn end_other_sessions(change: Change<'_>, person: &Person, but: &str) -> Result<(), ChangeError> {
    let tx = change.store.begin().await?;
    tx.delete_sessions_of(person.id, Some(but)).await?;
    change.note(&tx, sign_in::line(person).did("signed-out-elsewhere")).await?;
    Ok(tx.commit().await?)
}
