//! Links by which people come in: good for some days, once, and until they are taken back. We send none of them: whoever makes
//! a link hands it on.

use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use uuid::Uuid;

use super::{
    NewPerson, check_password, find,
    guessing::{self, Subject},
    keep,
    keeping::Post,
    line, read, read_name,
    sign_in::{KeptOut, Knock, SignedIn, welcome},
};
use crate::{
    domain::{
        access::Role,
        language::Language,
        person::{OPERATOR, read_email},
    },
    secrets::{Vault, hash_token, new_token, passwords::hash_password},
    service::{
        audit::{self, Author, Line, pictures},
        change::{Change, ChangeError},
        merchants,
    },
    store::{
        Store, StoreError, Transaction,
        directory::Merchant,
        people::{PeopleOf, PersonRow, invited::InvitedRow},
    },
};

/// How long a link is good, in days.
pub const LINK_DAYS: i64 = 7;
/// How long links are kept after that, in days.
const KEPT_DAYS: i64 = 30;
/// The most open links of a merchant.
const LINKS_MAX: u64 = 50;
/// The most people of a merchant.
const PEOPLE_MAX: u64 = 500;
/// The longest token that is looked up; ours have 64 characters.
const TOKEN_CHARS_MAX: usize = 128;

/// Somebody who is to be invited.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// Whose people they join; `None`: the operators.
    pub merchant_id: Option<Uuid>,
    /// What they may do, and where.
    pub post: Post,
    /// How they are called.
    pub name: String,
    /// Their email.
    pub email: String,
}

/// Makes a link for somebody new; what is in it is answered here and nowhere else. One that the same email had is taken back.
///
/// # Errors
/// What is wrong with it.
pub async fn invite(change: Change<'_>, new: NewInvitation) -> Result<(InvitedRow, SecretString), ChangeError> {
    let tx = change.store.begin().await?;
    let made = write(&change, &tx, new).await?;
    tx.commit().await?;
    Ok(made)
}

/// Takes in a merchant and invites its owner.
///
/// # Errors
/// What is wrong with it; there is no merchant then.
pub async fn invite_owner(
    change: Change<'_>,
    merchant: &str,
    name: String,
    email: String,
) -> Result<(Merchant, InvitedRow, SecretString), ChangeError> {
    let fits = (1..=merchants::NAME_CHARS_MAX).contains(&merchant.trim().chars().count());
    if !fits || merchant.chars().any(char::is_control) {
        let sentence = format!("must have 1 to {} characters on one line", merchants::NAME_CHARS_MAX);
        return Err(ChangeError::mistake("merchant", sentence));
    }
    let created_at = change.now.timestamp_millis();
    let merchant = Merchant { id: Uuid::now_v7(), name: merchant.trim().to_owned(), created_at };
    let (tx, revision) = change.begin().await?;
    merchants::insert(&change, &tx, &merchant, revision).await?;
    let post = Post { role: Role::Owner, shop_id: None };
    let new = NewInvitation { merchant_id: Some(merchant.id), post, name, email };
    let (row, token) = write(&change, &tx, new).await?;
    change.finish(tx).await?;
    Ok((merchant, row, token))
}

async fn write(
    change: &Change<'_>,
    tx: &Transaction,
    new: NewInvitation,
) -> Result<(InvitedRow, SecretString), ChangeError> {
    let NewInvitation { merchant_id, post, name, email } = new;
    let name = read_name(&name)?;
    let email = read_email(&email)
        .ok_or_else(|| ChangeError::mistake("email", "must be an email address: ana@shop.example"))?;
    post.check(tx, merchant_id).await?;
    if tx.email_is_taken(&email).await? {
        return Err(ChangeError::mistake("email", "signs somebody in already; take another"));
    }
    let of = merchant_id.map_or(PeopleOf::Gateway, PeopleOf::Merchant);
    if tx.count_people(of, None).await? >= PEOPLE_MAX {
        return Err(ChangeError::Taken(format!("There are {PEOPLE_MAX} people already; remove one first.")));
    }
    keep_link(change, tx, Addressee { merchant_id, post, name, email, person_id: None }).await
}

/// Makes a link by which somebody who is here chooses a new password.
///
/// # Errors
/// There is no such person, or they sign in without an email.
pub async fn invite_again(
    change: Change<'_>,
    merchant_id: Option<Uuid>,
    id: Uuid,
) -> Result<(InvitedRow, SecretString), ChangeError> {
    let tx = change.store.begin().await?;
    let person = find(&tx, merchant_id, id).await?.person;
    let email = person.email.ok_or_else(|| ChangeError::mistake("email", "is none: they sign in with a PIN"))?;
    let post = Post { role: person.role, shop_id: person.shop_id };
    let to = Addressee { merchant_id, post, name: person.name, email, person_id: Some(id) };
    let made = keep_link(&change, &tx, to).await?;
    tx.commit().await?;
    Ok(made)
}

/// Whom a link is for.
struct Addressee {
    merchant_id: Option<Uuid>,
    post: Post,
    name: String,
    email: String,
    person_id: Option<Uuid>,
}

async fn keep_link(
    change: &Change<'_>,
    tx: &Transaction,
    to: Addressee,
) -> Result<(InvitedRow, SecretString), ChangeError> {
    let Addressee { merchant_id, post, name, email, person_id } = to;
    let now = change.now.timestamp_millis();
    tx.forget_old_invited(merchant_id, (change.now - Duration::days(KEPT_DAYS)).timestamp_millis()).await?;
    tx.withdraw_invited_as(merchant_id, &email, now).await?;
    if tx.count_invited(merchant_id).await? >= LINKS_MAX {
        return Err(ChangeError::Taken(format!("{LINKS_MAX} links are open already; take back one first.")));
    }
    let token = new_token()?;
    let row = InvitedRow {
        id: Uuid::now_v7(),
        token_hash: hash_token(token.expose_secret()),
        merchant_id,
        shop_id: post.shop_id,
        role: post.role,
        name,
        email,
        person_id,
        invited_by: change.author.name.clone(),
        created_at: now,
        ends_at: (change.now + Duration::days(LINK_DAYS)).timestamp_millis(),
        used_at: None,
        withdrawn_at: None,
    };
    tx.insert_invited(&row).await?;
    let noted = noted(&row);
    change.note(tx, if person_id.is_some() { noted.did("link") } else { noted.did("invited") }).await?;
    Ok((row, token))
}

/// Takes a link back.
///
/// # Errors
/// There is no such link that is still open.
pub async fn withdraw(change: Change<'_>, merchant_id: Option<Uuid>, id: Uuid) -> Result<(), ChangeError> {
    let tx = change.store.begin().await?;
    let row = tx.invited(id).await?.filter(|row| row.merchant_id == merchant_id).ok_or(ChangeError::NotFound)?;
    if !tx.withdraw_invited(id, change.now.timestamp_millis()).await? {
        return Err(ChangeError::NotFound);
    }
    change.note(&tx, noted(&row).did("withdrawn")).await?;
    Ok(tx.commit().await?)
}

fn noted(row: &InvitedRow) -> Line {
    let role = if row.merchant_id.is_none() { OPERATOR } else { row.role.word() };
    let after = json!({ "email": row.email, "role": role, "shop": row.shop_id });
    Line::about("person", row.person_id.unwrap_or(row.id), &row.name)
        .of(row.merchant_id)
        .at_shop(row.shop_id)
        .created(after)
}

/// The link that a token is in, while it is good. Whoever tries tokens waits.
///
/// # Errors
/// It is none, or no more; or there were too many tries from there.
pub async fn open(store: &Store, now: DateTime<Utc>, token: &str, knock: &Knock) -> Result<InvitedRow, KeptOut> {
    let found = match token.len() <= TOKEN_CHARS_MAX {
        true => store.invited(&hash_token(token)).await?,
        false => None,
    };
    if let Some(row) = found.filter(|row| row.is_good(now.timestamp_millis())) {
        return Ok(row);
    }
    let subjects: Vec<Subject> = guessing::from(knock.address).into_iter().collect();
    let _wrong = guessing::count_at_once(store, &subjects, now).await?;
    Err(KeptOut::Wrong)
}

/// What whoever follows a link types.
#[derive(Debug, Clone)]
pub struct Acceptance {
    /// Their name, as they want it.
    pub name: String,
    /// Their password from now on.
    pub password: SecretString,
    /// The language of their pages.
    pub language: Language,
}

/// Why nobody came in by a link.
#[derive(Debug, thiserror::Error)]
pub enum NotIn {
    /// The link is not good.
    #[error(transparent)]
    KeptOut(#[from] KeptOut),
    /// What they typed does not hold; the link stays good.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

impl From<StoreError> for NotIn {
    fn from(error: StoreError) -> Self {
        Self::Change(error.into())
    }
}

/// Lets somebody in by a link, which is used up by it, and signs them in.
///
/// # Errors
/// [`NotIn`].
pub async fn accept(
    (store, vault): (&Store, &Vault),
    now: DateTime<Utc>,
    token: &str,
    accepted: Acceptance,
    knock: Knock,
) -> Result<SignedIn, NotIn> {
    let row = open(store, now, token, &knock).await?;
    check_password(&accepted.password)?;
    let (new, password_hash) = match row.person_id {
        None => (Some(read(newcomer(&row, &accepted), now).await?), None),
        Some(_) => (None, Some(hash_password(&accepted.password).await.map_err(ChangeError::from)?)),
    };
    let tx = store.begin().await?;
    if !tx.use_invited(row.id, now.timestamp_millis()).await? {
        return Err(KeptOut::Wrong.into());
    }
    let (person, deed) = match new {
        Some(new) => {
            keep(&tx, &new).await?;
            (new, "accepted")
        }
        None => (give_password(&tx, &row, password_hash).await?, "password"),
    };
    let noted = match deed {
        "accepted" => line(&person.person).created(pictures::of_person(&person.person)).did(deed),
        _ => line(&person.person).did(deed),
    };
    audit::note(&tx, &Author::person(&person.person), now, noted).await?;
    let signed_in = welcome(&tx, vault, now, person, knock).await?;
    tx.commit().await?;
    Ok(signed_in)
}

fn newcomer(row: &InvitedRow, accepted: &Acceptance) -> NewPerson {
    NewPerson {
        merchant_id: row.merchant_id,
        shop_id: row.shop_id,
        role: row.role,
        name: accepted.name.clone(),
        email: row.email.clone(),
        language: accepted.language,
        password: accepted.password.clone(),
    }
}

/// Gives somebody who is here a new password; all their sessions end, and earlier guesses count no more.
async fn give_password(tx: &Transaction, row: &InvitedRow, password_hash: Option<String>) -> Result<PersonRow, NotIn> {
    let id = row.person_id.unwrap_or_default();
    let person = match find(tx, row.merchant_id, id).await {
        Ok(person) if person.person.email.as_ref() == Some(&row.email) => PersonRow { password_hash, ..person },
        Ok(_) | Err(ChangeError::NotFound) => return Err(KeptOut::Wrong.into()),
        Err(error) => return Err(error.into()),
    };
    tx.update_person(&person).await?;
    tx.delete_sessions_of(id, None).await?;
    tx.forget_guesses(&format!("email {}", hash_token(&row.email))).await?;
    Ok(person)
}
