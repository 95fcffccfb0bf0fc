//! People who sign in: with a password, and sessions that are kept here and can be ended here.

pub(crate) mod guessing;
pub mod inviting;
pub mod keeping;
mod known;
pub mod one_time;
pub mod own;
pub mod pins;
pub mod sign_in;

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use uuid::Uuid;

use super::{
    audit::{Line, pictures},
    change::{Change, ChangeError},
};
use crate::{
    domain::{
        access::Role,
        language::Language,
        person::{NAME_CHARS_MAX, PASSWORD_CHARS, Person, read_email},
    },
    secrets::passwords::hash_password,
    store::{Transaction, people::PersonRow},
};

/// Somebody as they are asked to be let in.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Whose people they shall be of; `None`: an operator.
    pub merchant_id: Option<Uuid>,
    /// The one shop they shall be for.
    pub shop_id: Option<Uuid>,
    /// What they shall be allowed to do.
    pub role: Role,
    /// How they are called.
    pub name: String,
    /// Their email, as it was written.
    pub email: String,
    /// The language of their pages.
    pub language: Language,
    /// Their password.
    pub password: SecretString,
}

/// Lets somebody in.
///
/// # Errors
/// What is wrong with it; nobody is let in then.
pub async fn create(change: Change<'_>, new: NewPerson) -> Result<PersonRow, ChangeError> {
    let row = read(new, change.now).await?;
    let tx = change.store.begin().await?;
    keep(&tx, &row).await?;
    change.note(&tx, line(&row.person).created(pictures::of_person(&row.person))).await?;
    tx.commit().await?;
    Ok(row)
}

/// What the book says of somebody.
pub(super) fn line(person: &Person) -> Line {
    Line::about("person", person.id, &person.name).of(person.merchant_id).at_shop(person.shop_id)
}

/// Somebody of a merchant, or of the operators, who may sign in.
pub(super) async fn find(tx: &Transaction, merchant_id: Option<Uuid>, id: Uuid) -> Result<PersonRow, ChangeError> {
    let is_theirs = |row: &PersonRow| row.person.merchant_id == merchant_id && row.removed_at.is_none();
    tx.person(id).await?.filter(is_theirs).ok_or(ChangeError::NotFound)
}

/// What a new person is kept as; checked, and their password hashed, before any transaction begins.
pub(super) async fn read(new: NewPerson, now: DateTime<Utc>) -> Result<PersonRow, ChangeError> {
    let NewPerson { merchant_id, shop_id, role, name, email, language, password } = new;
    let name = read_name(&name)?;
    let email = read_email(&email)
        .ok_or_else(|| ChangeError::mistake("email", "must be an email address: ana@shop.example"))?;
    check_password(&password)?;
    let person = Person { id: Uuid::now_v7(), merchant_id, shop_id, role, name, email: Some(email), language };
    Ok(PersonRow {
        person,
        password_hash: Some(hash_password(&password).await?),
        pin_hash: None,
        totp_sealed: None,
        totp_step: None,
        created_at: now.timestamp_millis(),
        seen_at: None,
        removed_at: None,
    })
}

/// Keeps a new person whose email nobody has.
pub(super) async fn keep(tx: &Transaction, row: &PersonRow) -> Result<(), ChangeError> {
    if let Some(email) = &row.person.email
        && tx.email_is_taken(email).await?
    {
        return Err(ChangeError::mistake("email", "signs somebody in already; take another"));
    }
    Ok(tx.insert_person(row).await?)
}

/// A name as it is kept.
pub(super) fn read_name(name: &str) -> Result<String, ChangeError> {
    let name = name.trim();
    let fits = !name.is_empty() && name.chars().count() <= NAME_CHARS_MAX && !name.chars().any(char::is_control);
    if fits {
        return Ok(name.to_owned());
    }
    Err(ChangeError::mistake("name", format!("must have 1 to {NAME_CHARS_MAX} characters on one line")))
}

/// Whether a password may be one.
pub(super) fn check_password(password: &SecretString) -> Result<(), ChangeError> {
    use secrecy::ExposeSecret as _;
    let (least, most) = (PASSWORD_CHARS.start(), PASSWORD_CHARS.end());
    let chars = password.expose_secret().chars().count();
    if PASSWORD_CHARS.contains(&chars) {
        return Ok(());
    }
    Err(ChangeError::mistake(
        "password",
        format!("must have {least} to {most} characters; some words in a row are fine"),
    ))
}
