//! PINs: staff pick their name at an approved device and type theirs. Each try is counted before it is looked at, so that
//! many at once are as few as one after the other.

use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use uuid::Uuid;

use super::{
    guessing::{self, Counted, GUESSES_FREE, Subject},
    line,
    own::NotDone,
    read_name,
    sign_in::{KeptOut, Knock, Opened, SignedIn, TILL_HOURS, open_session},
};
use crate::{
    domain::{access::Role, language::Language, person::Person, pin::check_pin, shop::Shop},
    secrets::{
        Vault,
        passwords::{hash_pin, is_pin},
    },
    service::{
        audit::{Line, pictures},
        change::{Change, ChangeError},
    },
    store::{
        Store, StoreError, Transaction,
        devices::DeviceRow,
        directory::Page,
        people::{PeopleOf, PersonRow},
    },
};

/// How often one person's PIN may be typed wrong in a row, at whatever devices.
pub const GUESSES_FREE_EVERYWHERE: u32 = 20;
/// How often that may go wrong at one device, whosever PIN it is.
pub const GUESSES_FREE_AT_DEVICE: u32 = 20;
/// The most people who are listed at a till.
const PEOPLE_MAX: u64 = 200;

/// Who can sign in at a shop's till: they have a PIN, and may record.
///
/// # Errors
/// The store failed.
pub async fn people_at(store: &Store, device: &DeviceRow) -> Result<Vec<Person>, StoreError> {
    let of = PeopleOf::Shop(device.merchant_id, device.shop_id);
    let found = store.people(of, Page { after: None, limit: PEOPLE_MAX }).await?;
    let mut people: Vec<Person> = found.into_iter().filter(may_sign_in).map(|row| row.person).collect();
    people.sort_by_key(|person| (person.name.to_lowercase(), person.id));
    Ok(people)
}

fn may_sign_in(row: &PersonRow) -> bool {
    row.pin_hash.is_some() && row.removed_at.is_none() && row.person.may(Role::Staff)
}

/// Signs somebody in by their PIN, for a shift.
///
/// # Errors
/// [`KeptOut`].
pub async fn sign_in_at(
    (store, vault): (&Store, &Vault),
    now: DateTime<Utc>,
    device: &DeviceRow,
    (person_id, pin): (Uuid, &SecretString),
    knock: Knock,
) -> Result<SignedIn, KeptOut> {
    let counted = count(store, Some(device), person_id, now).await?;
    let is_here = |row: &PersonRow| {
        let Person { merchant_id, shop_id, .. } = row.person;
        may_sign_in(row) && merchant_id == Some(device.merchant_id) && shop_id.is_none_or(|id| id == device.shop_id)
    };
    let found = store.person(person_id).await?.filter(is_here);
    let kept = found.as_ref().and_then(|row| row.pin_hash.as_deref());
    let is_right = is_pin(vault, pin, kept).await;
    let person = found.filter(|_| is_right).ok_or(KeptOut::Wrong)?;
    let tx = store.begin().await?;
    counted.forgive(&tx).await?;
    // Whoever was taken out, or the device, while the PIN was looked at.
    let still = tx.person(person_id).await?.is_some_and(|row| is_here(&row) && row.pin_hash == person.pin_hash);
    if !still || tx.device(device.merchant_id, device.id).await?.is_none() {
        return Err(KeptOut::Wrong);
    }
    let open = Opened { device: Some(device), waits_for_code: false, lasts: Duration::hours(TILL_HOURS) };
    let signed_in = open_session(&tx, now, person, open, knock).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// Counts a guess at somebody's PIN: there, wherever theirs is guessed, and at the device whosever is.
async fn count(
    store: &Store,
    device: Option<&DeviceRow>,
    person_id: Uuid,
    now: DateTime<Utc>,
) -> Result<Counted, KeptOut> {
    let there = device.map_or_else(|| "the console".to_owned(), |device| device.id.to_string());
    let own = (format!("PIN {there} {person_id}"), GUESSES_FREE);
    let everywhere = (of_person(person_id), GUESSES_FREE_EVERYWHERE);
    let at_device = device.map(|device| (format!("PINs {}", device.id), GUESSES_FREE_AT_DEVICE));
    let subjects: Vec<Subject> = [own, everywhere].into_iter().chain(at_device).collect();
    let counted = guessing::count_at_once(store, &subjects, now).await?;
    if let Some(subject) = counted.guessed() {
        let device = device.map(|device| (device.id, device.shop_id));
        tracing::warn!(?device, subject, "a PIN is being guessed at a till");
    }
    Ok(counted)
}

fn of_person(person_id: Uuid) -> String {
    format!("PIN of {person_id}")
}

/// Gives somebody a PIN, or takes it; ends their sessions at tills.
///
/// # Errors
/// What is wrong with it, or that nobody of the merchant who is below `by` has this id.
pub async fn keep_pin(
    change: Change<'_>,
    (merchant_id, person_id): (Uuid, Uuid),
    pin: Option<&SecretString>,
    by: &Person,
) -> Result<(), ChangeError> {
    let found = change.store.person(person_id).await?;
    let found = found.filter(|row| row.removed_at.is_none() && row.person.merchant_id == Some(merchant_id));
    let row = found.ok_or(ChangeError::NotFound)?;
    if !may_set_pin_of(by, &row.person) {
        return Err(ChangeError::NotFound);
    }
    let hash = match pin {
        Some(pin) => Some(read_pin(change.vault, pin).await?),
        None => None,
    };
    let tx = change.store.begin().await?;
    put(&change, &tx, &row, hash, None).await?;
    Ok(tx.commit().await?)
}

/// Somebody changes their own PIN, which they know: at a till's device, or on their own page. Their sessions at other tills end.
///
/// # Errors
/// [`NotDone`].
pub async fn change_own(
    change: Change<'_>,
    (person_id, session): (Uuid, &str),
    device: Option<&DeviceRow>,
    wanted: OwnPin<'_>,
) -> Result<(), NotDone> {
    let OwnPin { present, new, again } = wanted;
    check_pin(new.expose_secret()).map_err(|error| ChangeError::mistake("pin", error))?;
    if new.expose_secret() != again.expose_secret() {
        return Err(ChangeError::mistake("again", "is not the same PIN").into());
    }
    let (store, vault) = (change.store, change.vault);
    let counted = count(store, device, person_id, change.now).await?;
    let found = store.person(person_id).await?.filter(|row| row.removed_at.is_none() && row.pin_hash.is_some());
    let kept = found.as_ref().and_then(|row| row.pin_hash.as_deref());
    let is_right = is_pin(vault, present, kept).await;
    let known = found.filter(|_| is_right).ok_or(KeptOut::Wrong)?;
    let hash = Some(hash_pin(vault, new).await?);
    let tx = store.begin().await?;
    counted.forgive(&tx).await?;
    let row = tx.person(person_id).await?.filter(|row| row.pin_hash == known.pin_hash).ok_or(KeptOut::Wrong)?;
    put(&change, &tx, &row, hash, Some(session)).await?;
    Ok(tx.commit().await?)
}

/// A PIN that somebody wants instead of the one they have.
#[derive(Debug, Clone, Copy)]
pub struct OwnPin<'a> {
    /// The one they have.
    pub present: &'a SecretString,
    /// The one they want.
    pub new: &'a SecretString,
    /// The same once more.
    pub again: &'a SecretString,
}

/// Keeps a PIN or that there is none; guesses at the one before count no more, and sessions by it end.
async fn put(
    change: &Change<'_>,
    tx: &Transaction,
    row: &PersonRow,
    hash: Option<String>,
    but: Option<&str>,
) -> Result<(), ChangeError> {
    let Person { id, merchant_id, shop_id, ref name, .. } = row.person;
    if !tx.keep_pin(id, hash.as_deref()).await? {
        return Err(ChangeError::NotFound);
    }
    tx.delete_pin_sessions_of(id, but).await?;
    tx.forget_guesses(&of_person(id)).await?;
    let line = Line::about("pin", id, name).of(merchant_id).at_shop(shop_id);
    let there_is = |pin: &Option<String>| json!({ "set": pin.is_some() });
    let line = line.changed(there_is(&row.pin_hash), there_is(&hash));
    change.note(tx, if hash.is_some() { line.did("set") } else { line.did("removed") }).await
}

/// Whether somebody may set another's PIN: with it one is that other at the till.
pub fn may_set_pin_of(by: &Person, other: &Person) -> bool {
    by.may(Role::Manager) && by.role >= other.role && other.may(Role::Staff)
}

/// Somebody who works at the till alone.
#[derive(Debug, Clone)]
pub struct NewTillPerson<'a> {
    /// Whose people they shall be of.
    pub merchant_id: Uuid,
    /// The one shop they shall be for.
    pub shop: Option<&'a Shop>,
    /// How they are called.
    pub name: &'a str,
    /// The language of their pages.
    pub language: Language,
    /// Their PIN.
    pub pin: &'a SecretString,
}

/// Takes in somebody who works at the till alone: a name and a PIN, no email and no password.
///
/// # Errors
/// What is wrong with it.
pub async fn add_person(change: Change<'_>, new: NewTillPerson<'_>) -> Result<(), ChangeError> {
    let name = read_name(new.name)?;
    let pin_hash = read_pin(change.vault, new.pin).await?;
    let person = Person {
        id: Uuid::now_v7(),
        merchant_id: Some(new.merchant_id),
        shop_id: new.shop.map(|shop| shop.id),
        role: Role::Staff,
        name,
        email: None,
        language: new.language,
    };
    let row = PersonRow {
        person,
        password_hash: None,
        pin_hash: Some(pin_hash),
        totp_sealed: None,
        totp_step: None,
        created_at: change.now.timestamp_millis(),
        seen_at: None,
        removed_at: None,
    };
    let tx = change.store.begin().await?;
    tx.insert_person(&row).await?;
    change.note(&tx, line(&row.person).created(pictures::of_person(&row.person))).await?;
    Ok(tx.commit().await?)
}

async fn read_pin(vault: &Vault, pin: &SecretString) -> Result<String, ChangeError> {
    check_pin(pin.expose_secret()).map_err(|error| ChangeError::mistake("pin", error))?;
    Ok(hash_pin(vault, pin).await?)
}
