//! Signing in and out. Whoever guesses waits, the longer the more often; who guesses at nobody's email takes as long.

use std::net::IpAddr;

use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::guessing::{self, GUESSES_FREE, Subject};
use crate::{
    domain::person::read_email,
    secrets::{VaultError, hash_token, new_token, passwords::is_password},
    store::{
        Store, StoreError, Transaction,
        people::PersonRow,
        sessions::{Guesses, SessionRow},
    },
};

/// How long a session is good after it was last used, in days.
pub const SESSION_DAYS: i64 = 30;
/// How long somebody has for their one-time code, in minutes.
pub const CODE_MINUTES: i64 = 10;
/// How long a session at the till is good after its PIN, in hours: a shift.
pub const TILL_HOURS: i64 = 12;
/// After how many minutes without use a session at the till asks for the PIN again.
pub const TILL_IDLE_MINUTES: i64 = 120;
/// After how many minutes another use of a session is noted.
const NOTED_MINUTES: i64 = 5;
/// The first wait, in seconds; every further one is twice as long.
const WAIT_FIRST_SECONDS: i64 = 15;
/// The longest wait, in seconds.
const WAIT_MOST_SECONDS: i64 = 15 * 60;
/// After so many days wrong guesses are forgotten.
const GUESSES_KEPT_DAYS: i64 = 2;
/// The most characters that are kept of what a browser calls itself.
const AGENT_CHARS_MAX: usize = 160;

/// Whoever comes to the door.
#[derive(Debug, Clone, Default)]
pub struct Knock {
    /// Where they come from.
    pub address: Option<IpAddr>,
    /// What their browser calls itself.
    pub agent: String,
    /// The token they bring from before; it is good no more once they are in. (Session fixation)
    pub former: Option<String>,
}

/// Somebody who is in.
#[derive(Debug)]
pub struct SignedIn {
    /// What their browser keeps.
    pub token: SecretString,
    /// Their session.
    pub session: SessionRow,
    /// Who they are.
    pub person: PersonRow,
}

/// Why somebody was not let in.
#[derive(Debug, thiserror::Error)]
pub enum KeptOut {
    /// It is not their password, or there is no such person: nobody can tell which.
    #[error("wrong")]
    Wrong,
    /// They guessed too often and must wait so many seconds.
    #[error("too often")]
    TooOften(i64),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no randomness.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// Signs somebody in by their password. Who has one-time codes gets a session that waits for one.
///
/// # Errors
/// [`KeptOut`].
pub async fn sign_in(
    store: &Store,
    now: DateTime<Utc>,
    email: &str,
    password: &SecretString,
    knock: Knock,
) -> Result<SignedIn, KeptOut> {
    let email = read_email(email).unwrap_or_default();
    let subjects = guessed(&email, knock.address);
    guessing::count_at_once(store, &subjects, now).await?;
    let found = store.person_by_email(&email).await?;
    let kept = found.as_ref().and_then(|row| row.password_hash.as_deref());
    let is_right = is_password(password, kept).await;
    let person = found.filter(|_| is_right).ok_or(KeptOut::Wrong)?;
    let tx = store.begin().await?;
    // As they are by now: their password may have become another while this one was looked at.
    let is_same = |row: &PersonRow| row.removed_at.is_none() && row.password_hash == person.password_hash;
    let person = tx.person(person.person.id).await?.filter(is_same).ok_or(KeptOut::Wrong)?;
    guessing::forgive(&tx, &subjects).await?;
    let signed_in = welcome(&tx, now, person, knock).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// Opens a session for somebody who showed who they are; who has one-time codes still owes one.
pub(super) async fn welcome(
    tx: &Transaction,
    now: DateTime<Utc>,
    person: PersonRow,
    knock: Knock,
) -> Result<SignedIn, KeptOut> {
    let waits_for_code = person.totp_sealed.is_some();
    let lasts = if waits_for_code { Duration::minutes(CODE_MINUTES) } else { Duration::days(SESSION_DAYS) };
    let open = Opened { device_id: None, waits_for_code, lasts };
    open_session(tx, now, person, open, knock).await
}

/// How a session begins.
pub(crate) struct Opened {
    pub(crate) device_id: Option<Uuid>,
    pub(crate) waits_for_code: bool,
    pub(crate) lasts: Duration,
}

/// Opens a session under a new token; what the browser brought is over.
pub(crate) async fn open_session(
    tx: &Transaction,
    now: DateTime<Utc>,
    person: PersonRow,
    open: Opened,
    knock: Knock,
) -> Result<SignedIn, KeptOut> {
    if let Some(former) = &knock.former {
        tx.delete_session(&hash_token(former)).await?;
    }
    let millis = now.timestamp_millis();
    tx.forget_old_sessions(millis, (now - Duration::days(GUESSES_KEPT_DAYS)).timestamp_millis()).await?;
    let token = new_token()?;
    let session = SessionRow {
        token_hash: hash_token(token.expose_secret()),
        person_id: person.person.id,
        device_id: open.device_id,
        csrf: new_token()?.expose_secret().to_owned(),
        waits_for_code: open.waits_for_code,
        agent: knock.agent.chars().filter(|c| !c.is_control()).take(AGENT_CHARS_MAX).collect(),
        created_at: millis,
        seen_at: millis,
        ends_at: (now + open.lasts).timestamp_millis(),
    };
    tx.insert_session(&session).await?;
    if !session.waits_for_code {
        tx.note_person_seen(session.person_id, millis).await?;
    }
    Ok(SignedIn { token, session, person })
}

/// Whose session a token is, if it is good; its use is noted now and then.
///
/// # Errors
/// The store failed.
pub async fn recognise(
    store: &Store,
    now: DateTime<Utc>,
    token: &str,
) -> Result<Option<(SessionRow, PersonRow)>, StoreError> {
    let millis = now.timestamp_millis();
    let Some((session, person)) = store.session(&hash_token(token)).await? else { return Ok(None) };
    let idle = Duration::minutes(TILL_IDLE_MINUTES).num_milliseconds();
    if session.ends_at <= millis || (session.device_id.is_some() && millis - session.seen_at > idle) {
        return Ok(None);
    }
    if millis - session.seen_at >= Duration::minutes(NOTED_MINUTES).num_milliseconds() && !session.waits_for_code {
        let slides = session.device_id.is_none();
        let ends_at = if slides { (now + Duration::days(SESSION_DAYS)).timestamp_millis() } else { session.ends_at };
        let tx = store.begin().await?;
        tx.note_session(&session, millis, ends_at).await?;
        tx.commit().await?;
    }
    Ok(Some((session, person)))
}

/// Ends a session.
///
/// # Errors
/// The store failed.
pub async fn sign_out(store: &Store, token_hash: &str) -> Result<(), StoreError> {
    let tx = store.begin().await?;
    tx.delete_session(token_hash).await?;
    tx.commit().await
}

/// What a sign-in guesses at, with how often that may go wrong in a row.
fn guessed(email: &str, address: Option<IpAddr>) -> Vec<Subject> {
    let of_email = (format!("email {}", hash_token(email)), GUESSES_FREE);
    [of_email].into_iter().chain(guessing::from(address)).collect()
}

/// Refuses who guessed too often and has not waited.
pub(crate) fn refuse_early(guesses: Guesses, free: u32, now: DateTime<Utc>) -> Result<(), KeptOut> {
    let wait = wait_seconds(guesses.count, free) - (now.timestamp_millis() - guesses.last_at) / 1_000;
    if wait > 0 { Err(KeptOut::TooOften(wait)) } else { Ok(()) }
}

/// Notes another wrong guess.
pub(crate) async fn note_wrong(tx: &Transaction, subject: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    let before = tx.wrong_guesses(subject).await?;
    let guesses = Guesses { count: before.count.saturating_add(1), last_at: now.timestamp_millis() };
    tx.keep_guesses(subject, guesses).await
}

/// Counts a guess at each of these as wrong before it is looked at, so that many at once are refused as many one after the
/// other are; with how often each may go wrong. Whoever was right has their guesses forgotten. Answers how many were wrong.
pub(crate) async fn charge_guess(
    store: &Store,
    subjects: &[(&str, u32)],
    now: DateTime<Utc>,
) -> Result<Vec<u32>, KeptOut> {
    let tx = store.begin().await?;
    tx.lock_addresses(&subjects.iter().map(|(subject, _)| *subject).collect::<Vec<_>>()).await?;
    let mut before = Vec::with_capacity(subjects.len());
    for (subject, free) in subjects {
        let guesses = tx.wrong_guesses(subject).await?;
        refuse_early(guesses, *free, now)?;
        before.push(guesses.count);
    }
    for (subject, _) in subjects {
        note_wrong(&tx, subject, now).await?;
    }
    tx.commit().await?;
    Ok(before)
}

/// How long to wait after so many wrong guesses in a row, in seconds.
fn wait_seconds(count: u32, free: u32) -> i64 {
    match count.checked_sub(free) {
        None => 0,
        Some(over) => (WAIT_FIRST_SECONDS << over.min(10)).min(WAIT_MOST_SECONDS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_guesses_waits_the_longer_the_more_often() {
        assert_eq!(wait_seconds(4, GUESSES_FREE), 0);
        assert_eq!(wait_seconds(5, GUESSES_FREE), 15);
        assert_eq!(wait_seconds(7, GUESSES_FREE), 60);
        assert_eq!(wait_seconds(u32::MAX, GUESSES_FREE), WAIT_MOST_SECONDS);
    }
}
