//! PINs: staff pick their name at an approved device and type theirs. Each try is counted before it is looked at, so that
//! many at once are as few as one after the other.

use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::{
    read_name,
    sign_in::{KeptOut, Knock, Opened, SignedIn, TILL_HOURS, charge_guess, open_session},
};
use crate::{
    domain::{access::Role, language::Language, person::Person, pin::check_pin, shop::Shop},
    secrets::{
        Vault,
        passwords::{hash_pin, is_pin},
    },
    service::{
        change::ChangeError,
        devices::{Noted, note},
    },
    store::{
        Store, StoreError,
        devices::DeviceRow,
        directory::Page,
        people::{PeopleOf, PersonRow},
        sessions::Guesses,
    },
};

/// How often somebody's PIN may be typed wrong in a row at one device before they must wait.
pub const GUESSES_FREE: u32 = 5;
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
    store: &Store,
    vault: &Vault,
    now: DateTime<Utc>,
    device: &DeviceRow,
    (person_id, pin): (Uuid, &SecretString),
    knock: Knock,
) -> Result<SignedIn, KeptOut> {
    let (theirs, devices) = (format!("PIN {} {person_id}", device.id), format!("PINs {}", device.id));
    let wrong_before = charge(store, device, (&theirs, &devices), now).await?;
    let is_here = |row: &PersonRow| {
        let Person { merchant_id, shop_id, .. } = row.person;
        may_sign_in(row) && merchant_id == Some(device.merchant_id) && shop_id.is_none_or(|id| id == device.shop_id)
    };
    let found = store.person(person_id).await?.filter(is_here);
    let kept = found.as_ref().and_then(|row| row.pin_hash.as_deref());
    let is_right = is_pin(vault, pin, kept).await;
    let person = found.filter(|_| is_right).ok_or(KeptOut::Wrong)?;
    let tx = store.begin().await?;
    tx.forget_guesses(&theirs).await?;
    // What this person mistyped themselves is no guess at others' PINs.
    let of_device = tx.wrong_guesses(&devices).await?;
    let count = of_device.count.saturating_sub(wrong_before.saturating_add(1));
    tx.keep_guesses(&devices, Guesses { count, ..of_device }).await?;
    // Whoever was taken out, or the device, while the PIN was looked at.
    let still = tx.person(person_id).await?.is_some_and(|row| is_here(&row) && row.pin_hash == person.pin_hash);
    if !still || tx.device(device.merchant_id, device.id).await?.is_none() {
        return Err(KeptOut::Wrong);
    }
    let open = Opened { device_id: Some(device.id), waits_for_code: false, lasts: Duration::hours(TILL_HOURS) };
    let signed_in = open_session(&tx, now, person, open, knock).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// Counts a try at a PIN; answers how many were wrong before.
async fn charge(
    store: &Store,
    device: &DeviceRow,
    (theirs, devices): (&str, &str),
    now: DateTime<Utc>,
) -> Result<u32, KeptOut> {
    let before = charge_guess(store, &[(theirs, GUESSES_FREE), (devices, GUESSES_FREE_AT_DEVICE)], now).await?;
    let count = |place: usize| before.get(place).copied().unwrap_or(0);
    if count(0) >= GUESSES_FREE || count(1) >= GUESSES_FREE_AT_DEVICE {
        tracing::warn!(device_id = %device.id, shop_id = %device.shop_id, subject = theirs, "a PIN is being guessed at a till");
    }
    Ok(count(0))
}

/// Gives somebody a PIN, or takes it; ends their sessions at tills.
///
/// # Errors
/// What is wrong with it, or that nobody of the merchant who is below `by` has this id.
pub async fn keep_pin(
    store: &Store,
    vault: &Vault,
    now: DateTime<Utc>,
    (merchant_id, person_id): (Uuid, Uuid),
    pin: Option<&SecretString>,
    by: &Person,
) -> Result<(), ChangeError> {
    let found = store.person(person_id).await?;
    let found = found.filter(|row| row.removed_at.is_none() && row.person.merchant_id == Some(merchant_id));
    let person = found.ok_or(ChangeError::NotFound)?.person;
    if !may_set_pin_of(by, &person) {
        return Err(ChangeError::NotFound);
    }
    let hash = match pin {
        Some(pin) => Some(read_pin(vault, pin).await?),
        None => None,
    };
    let tx = store.begin().await?;
    if !tx.keep_pin(person_id, hash.as_deref()).await? {
        return Err(ChangeError::NotFound);
    }
    tx.delete_pin_sessions_of(person_id).await?;
    let deed = if hash.is_some() { "changed" } else { "removed" };
    note(&tx, by, now, noted(deed, &person)).await?;
    Ok(tx.commit().await?)
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
pub async fn add_person(
    store: &Store,
    vault: &Vault,
    now: DateTime<Utc>,
    new: NewTillPerson<'_>,
    by: &Person,
) -> Result<(), ChangeError> {
    let name = read_name(new.name)?;
    let pin_hash = read_pin(vault, new.pin).await?;
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
        created_at: now.timestamp_millis(),
        seen_at: None,
        removed_at: None,
    };
    let tx = store.begin().await?;
    tx.insert_person(&row).await?;
    note(&tx, by, now, noted("created", &row.person)).await?;
    Ok(tx.commit().await?)
}

fn noted<'a>(deed: &'static str, person: &'a Person) -> Noted<'a> {
    let Person { id, merchant_id, shop_id, name, .. } = person;
    Noted { deed, subject: "pin", subject_id: *id, name, merchant_id: *merchant_id, shop_id: *shop_id }
}

async fn read_pin(vault: &Vault, pin: &SecretString) -> Result<String, ChangeError> {
    check_pin(pin.expose_secret()).map_err(|error| ChangeError::mistake("pin", error))?;
    Ok(hash_pin(vault, pin).await?)
}
