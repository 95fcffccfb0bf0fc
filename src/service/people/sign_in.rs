//! Signing in and out. Whoever guesses waits, the longer the more often; who guesses at nobody's email takes as long.

use std::net::IpAddr;

use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::{
    guessing::{self, Subject},
    known,
};
use crate::{
    domain::person::{Person, read_email},
    secrets::{Vault, VaultError, hash_token, new_token, passwords::is_password},
    service::audit::{self, Author, Line},
    store::{
        Store, StoreError, Transaction, audit::SESSION, devices::DeviceRow, people::PersonRow, sessions::SessionRow,
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
    /// By what their browser is known from before.
    pub known: Option<String>,
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
    /// By what their browser is known from now on.
    pub known: Option<String>,
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
    (store, vault): (&Store, &Vault),
    now: DateTime<Utc>,
    email: &str,
    password: &SecretString,
    knock: Knock,
) -> Result<SignedIn, KeptOut> {
    let email = read_email(email).unwrap_or_default();
    let found = store.person_by_email(&email).await?;
    let counted = guessing::count_at_once(store, &guessed(vault, &email, found.as_ref(), &knock), now).await?;
    let kept = found.as_ref().and_then(|row| row.password_hash.as_deref());
    let is_right = is_password(password, kept).await;
    let person = found.filter(|_| is_right).ok_or(KeptOut::Wrong)?;
    let tx = store.begin().await?;
    // As they are by now: their password may have become another while this one was looked at.
    let is_same = |row: &PersonRow| row.removed_at.is_none() && row.password_hash == person.password_hash;
    let person = tx.person(person.person.id).await?.filter(is_same).ok_or(KeptOut::Wrong)?;
    counted.forgive(&tx).await?;
    let signed_in = welcome(&tx, vault, now, person, knock).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// Opens a session for somebody who showed who they are; who has one-time codes still owes one.
pub(super) async fn welcome(
    tx: &Transaction,
    vault: &Vault,
    now: DateTime<Utc>,
    person: PersonRow,
    knock: Knock,
) -> Result<SignedIn, KeptOut> {
    let waits_for_code = person.totp_sealed.is_some();
    let lasts = if waits_for_code { Duration::minutes(CODE_MINUTES) } else { Duration::days(SESSION_DAYS) };
    let open = Opened { device: None, waits_for_code, lasts };
    let mut signed_in = open_session(tx, now, person, open, knock).await?;
    if !waits_for_code {
        signed_in.known = known::new_mark(vault, signed_in.person.person.id)?;
    }
    Ok(signed_in)
}

/// How a session begins.
pub(super) struct Opened<'d> {
    /// The till's device at which it begins with a PIN.
    pub(super) device: Option<&'d DeviceRow>,
    pub(super) waits_for_code: bool,
    pub(super) lasts: Duration,
}

/// Opens a session under a new token; what the browser brought is over.
pub(super) async fn open_session(
    tx: &Transaction,
    now: DateTime<Utc>,
    person: PersonRow,
    open: Opened<'_>,
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
        device_id: open.device.map(|device| device.id),
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
        let by = Author::person(&person.person);
        audit::note(tx, &by, now, came_in(&person.person, open.device, &session)).await?;
    }
    Ok(SignedIn { token, session, person, known: None })
}

/// What the book says of somebody's sessions.
pub(super) fn line(person: &Person) -> Line {
    Line::about(SESSION, person.id, &person.name).of(person.merchant_id).at_shop(person.shop_id)
}

fn came_in(person: &Person, device: Option<&DeviceRow>, session: &SessionRow) -> Line {
    let line = line(person);
    match device {
        Some(device) => line.at_shop(Some(device.shop_id)).created(json!({ "device": device.name })).did("signed-in"),
        None => line.created(json!({ "browser": session.agent })).did("signed-in"),
    }
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

/// What a sign-in guesses at, with how often that may go wrong in a row. A browser that somebody came in by before is told apart:
/// neither who guesses elsewhere nor who shares its address is in its way.
fn guessed(vault: &Vault, email: &str, found: Option<&PersonRow>, knock: &Knock) -> Vec<Subject> {
    let what = format!("email {}", hash_token(email));
    let (own, is_known) = known::guessed_at(vault, what, found.map(|row| row.person.id), knock.known.as_deref());
    let address = guessing::from(knock.address).filter(|_| !is_known);
    [own].into_iter().chain(address).collect()
}
