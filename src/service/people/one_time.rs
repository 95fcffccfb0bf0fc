//! One-time codes beside the password (RFC 6238), and recovery codes for whoever lost what makes them.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

use super::{
    guessing::{self, GUESSES_FREE},
    known, line,
    own::{NotDone, prove},
    sign_in::{KeptOut, Knock, Opened, SESSION_DAYS, SignedIn, open_session},
};
use crate::{
    domain::person::Person,
    secrets::{Vault, VaultError, hash_token, random_bytes},
    service::{
        audit::{self, Author},
        change::{Change, ChangeError},
    },
    store::{Store, Transaction, people::PersonRow},
};

/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;
/// The signs of a recovery code: none that is read as another. (Crockford’s base 32)
const SIGNS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// How many signs a recovery code has: 60 bits, which nobody guesses.
const RECOVERY_SIGNS: usize = 12;
/// The longest code that is looked at.
const CODE_CHARS_MAX: usize = 40;
/// What an app shows beside the code.
const ISSUER: &str = "Regulars";

/// A secret that somebody is to put into their app; nothing of it is kept yet.
#[derive(Debug, Clone)]
pub struct Pending {
    /// Sealed, for the form that brings it back.
    pub sealed: String,
    /// To be typed.
    pub secret: String,
    /// To be scanned: an `otpauth:` address.
    pub address: String,
}

/// What is kept, sealed.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    /// In base32.
    secret: String,
    /// What is kept of each recovery code that was not used.
    recovery: Vec<String>,
}

/// Makes a secret for somebody.
///
/// # Errors
/// No key is set, or there is no randomness.
pub fn begin(vault: &Vault, person: &Person) -> Result<Pending, VaultError> {
    let secret = Secret::from(random_bytes::<20>()?).to_base32();
    pending(vault, person, secret)
}

/// The same secret once more, from the form that brought it back.
///
/// # Errors
/// It is not one that was made for them.
pub fn again(vault: &Vault, person: &Person, sealed: &str) -> Result<Pending, VaultError> {
    let secret = vault.open(sealed, &pending_of(person.id))?.expose_secret().to_owned();
    pending(vault, person, secret)
}

fn pending(vault: &Vault, person: &Person, secret: String) -> Result<Pending, VaultError> {
    let sealed = vault.seal(&SecretString::from(secret.as_str()), &pending_of(person.id))?;
    let account = person.email.as_deref().unwrap_or(&person.name).replace(':', " ");
    let totp = maker(&secret, &account).ok_or(VaultError::WrongKey)?;
    let address = totp.to_url().map_err(|_| VaultError::WrongKey)?;
    Ok(Pending { sealed, secret, address })
}

fn maker(secret: &str, account: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    Builder::new().with_secret(secret).with_account_name(account).with_issuer(Some(ISSUER)).build().ok()
}

/// Asks somebody for one-time codes from now on, if the first one is right; answers their recovery codes, which are shown this
/// once. Their other sessions end.
///
/// # Errors
/// The code is not right, or too many were tried.
pub async fn turn_on(
    change: Change<'_>,
    (id, session): (Uuid, &str),
    sealed: &str,
    code: &str,
) -> Result<Vec<String>, NotDone> {
    let secret = change.vault.open(sealed, &pending_of(id)).map_err(ChangeError::from)?.expose_secret().to_owned();
    let tx = change.store.begin().await?;
    let counted = guessing::count(&tx, &[(guess_of(id), GUESSES_FREE)], change.now).await?;
    let row = tx.person(id).await?.filter(|row| row.removed_at.is_none()).ok_or(ChangeError::NotFound)?;
    let Some(step) = step_of(&secret, code, change.now) else {
        tx.commit().await?;
        return Err(KeptOut::Wrong.into());
    };
    counted.forgive(&tx).await?;
    let codes = new_recovery_codes()?;
    let totp_sealed = Some(seal(change.vault, id, &Kept { secret, recovery: hashes(&codes) })?);
    let noted = line(&row.person).did("codes-on");
    tx.update_person(&PersonRow { totp_sealed, totp_step: Some(step), ..row }).await?;
    tx.delete_sessions_of(id, Some(session)).await?;
    change.note(&tx, noted).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Asks somebody for no one-time codes any more, if they know their password.
///
/// # Errors
/// [`NotDone`].
pub async fn turn_off(change: Change<'_>, id: Uuid, password: &SecretString) -> Result<(), NotDone> {
    prove(change.store, change.now, id, password).await?;
    let tx = change.store.begin().await?;
    let row = tx.person(id).await?.ok_or(ChangeError::NotFound)?;
    let noted = line(&row.person).did("codes-off");
    tx.update_person(&PersonRow { totp_sealed: None, totp_step: None, ..row }).await?;
    change.note(&tx, noted).await?;
    Ok(tx.commit().await?)
}

/// Gives somebody new recovery codes, if they know their password; those before are good no more.
///
/// # Errors
/// [`NotDone`].
pub async fn renew_recovery(change: Change<'_>, id: Uuid, password: &SecretString) -> Result<Vec<String>, NotDone> {
    prove(change.store, change.now, id, password).await?;
    let tx = change.store.begin().await?;
    let row = tx.person(id).await?.ok_or(ChangeError::NotFound)?;
    let kept = open(change.vault, &row).map_err(ChangeError::from)?.ok_or(ChangeError::NotFound)?;
    let codes = new_recovery_codes()?;
    let totp_sealed = Some(seal(change.vault, id, &Kept { recovery: hashes(&codes), ..kept })?);
    let noted = line(&row.person).did("recovery-codes");
    tx.update_person(&PersonRow { totp_sealed, ..row }).await?;
    change.note(&tx, noted).await?;
    tx.commit().await?;
    Ok(codes)
}

/// How many recovery codes somebody has left.
///
/// # Errors
/// What is kept does not open.
pub fn recovery_codes_left(vault: &Vault, row: &PersonRow) -> Result<usize, VaultError> {
    Ok(open(vault, row)?.map_or(0, |kept| kept.recovery.len()))
}

/// Lets somebody in who signed in and owed a code: with a new session under a new token. No code is good twice.
///
/// # Errors
/// [`KeptOut`].
pub async fn pass(
    store: &Store,
    vault: &Vault,
    now: DateTime<Utc>,
    (id, session): (Uuid, &str),
    code: &str,
    knock: Knock,
) -> Result<SignedIn, KeptOut> {
    let tx = store.begin().await?;
    let (guess, _) = known::guessed_at(vault, guess_of(id), Some(id), knock.known.as_deref());
    let counted = guessing::count(&tx, &[guess], now).await?;
    let row = tx.person(id).await?.filter(|row| row.removed_at.is_none()).ok_or(KeptOut::Wrong)?;
    let waits = tx.session(session).await?.filter(|session| session.waits_for_code && session.person_id == id);
    waits.filter(|session| session.ends_at > now.timestamp_millis()).ok_or(KeptOut::Wrong)?;
    let kept = open(vault, &row)?;
    let Some(row) = kept.map(|kept| take(&tx, vault, now, row, kept, code)) else { return Err(KeptOut::Wrong) };
    let Some(person) = row.await? else {
        tx.commit().await?;
        return Err(KeptOut::Wrong);
    };
    counted.forgive(&tx).await?;
    tx.delete_session(session).await?;
    let open = Opened { device: None, waits_for_code: false, lasts: chrono::Duration::days(SESSION_DAYS) };
    let signed_in = open_session(&tx, now, person, open, knock).await?;
    tx.commit().await?;
    Ok(SignedIn { known: known::new_mark(vault, id)?, ..signed_in })
}

/// Takes a code, so that it is good no more; `None` where it is none.
async fn take(
    tx: &Transaction,
    vault: &Vault,
    now: DateTime<Utc>,
    row: PersonRow,
    kept: Kept,
    code: &str,
) -> Result<Option<PersonRow>, KeptOut> {
    if let Some(step) = step_of(&kept.secret, code, now) {
        // (RFC 6238, 5.2: a code that was taken is refused.)
        if row.totp_step.is_some_and(|last| step <= last) {
            return Ok(None);
        }
        let row = PersonRow { totp_step: Some(step), ..row };
        tx.update_person(&row).await?;
        return Ok(Some(row));
    }
    let hash = hash_recovery(code);
    let (used, recovery): (Vec<String>, Vec<String>) = kept.recovery.into_iter().partition(|one| *one == hash);
    if used.is_empty() {
        return Ok(None);
    }
    let totp_sealed = Some(seal(vault, row.person.id, &Kept { secret: kept.secret, recovery })?);
    let row = PersonRow { totp_sealed, ..row };
    tx.update_person(&row).await?;
    audit::note(tx, &Author::person(&row.person), now, line(&row.person).did("recovery-used")).await?;
    Ok(Some(row))
}

/// The step of time whose code this is, now or one before or after.
fn step_of(secret: &str, code: &str, now: DateTime<Utc>) -> Option<i64> {
    let code = plain(code);
    if code.len() != 6 || !code.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let seconds = u64::try_from(now.timestamp()).ok()?;
    maker(secret, "")?.check(&code, seconds).and_then(|step| i64::try_from(step).ok())
}

/// A code however it was typed.
fn plain(code: &str) -> String {
    let signs = code.chars().take(CODE_CHARS_MAX).filter(char::is_ascii_alphanumeric);
    signs.map(|c| c.to_ascii_lowercase()).collect()
}

fn new_recovery_codes() -> Result<Vec<String>, ChangeError> {
    (0..RECOVERY_CODES).map(|_| Ok(written(random_bytes()?))).collect()
}

/// A recovery code as it is shown: in groups of four.
fn written(bytes: [u8; RECOVERY_SIGNS]) -> String {
    let signs: Vec<char> = bytes.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect();
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

fn hashes(codes: &[String]) -> Vec<String> {
    codes.iter().map(|code| hash_recovery(code)).collect()
}

/// What is kept of a recovery code, whatever sign was read as another.
fn hash_recovery(code: &str) -> String {
    hash_token(&plain(code).replace('o', "0").replace(['i', 'l'], "1"))
}

fn open(vault: &Vault, row: &PersonRow) -> Result<Option<Kept>, VaultError> {
    let Some(sealed) = &row.totp_sealed else { return Ok(None) };
    let kept = vault.open(sealed, &kept_of(row.person.id))?;
    serde_json::from_str(kept.expose_secret()).map(Some).map_err(|_| VaultError::WrongKey)
}

fn seal(vault: &Vault, id: Uuid, kept: &Kept) -> Result<String, VaultError> {
    let written = serde_json::to_string(kept).unwrap_or_default();
    vault.seal(&SecretString::from(written), &kept_of(id))
}

fn kept_of(id: Uuid) -> String {
    format!("one-time codes of {id}")
}

fn pending_of(id: Uuid) -> String {
    format!("one-time codes to come of {id}")
}

fn guess_of(id: Uuid) -> String {
    format!("code {id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "12345678901234567890", the secret of RFC 6238.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard_and_good_for_a_step_more_on_either_side() {
        // RFC 6238, appendix B: the last six of the eight digits.
        assert_eq!(step_of(SECRET, "287 082", at(59)), Some(1));
        assert_eq!(step_of(SECRET, "081804", at(1_111_111_109)), Some(37_037_036));
        assert_eq!(step_of(SECRET, "287082", at(60 + 29)), Some(1));
        assert_eq!(step_of(SECRET, "287082", at(90)), None);
        for none in ["", "28708", "2870820", "287o82", "287082287082", "-87082"] {
            assert_eq!(step_of(SECRET, none, at(59)), None, "{none}");
        }
    }

    #[test]
    fn a_recovery_code_is_read_however_it_is_typed() {
        let code = written([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255]);
        assert_eq!(code.len(), RECOVERY_SIGNS + 2);
        let typed = code.to_uppercase().replace('-', " ").replace('0', "O").replace('1', "I");
        assert_eq!(hash_recovery(&typed), hash_recovery(&code));
    }

    #[test]
    fn a_secret_comes_back_only_for_whom_it_was_made() {
        let vault = Vault::new(Some([7; 32]));
        let person = |id: u128| Person {
            id: Uuid::from_u128(id),
            merchant_id: None,
            shop_id: None,
            role: crate::domain::access::Role::Owner,
            name: "Ana: the owner".to_owned(),
            email: Some("ana@bean.example".to_owned()),
            language: crate::domain::language::Language::default(),
        };
        let made = begin(&vault, &person(1)).unwrap();
        assert!(made.address.starts_with("otpauth://totp/Regulars:ana%40bean.example?secret="), "{}", made.address);
        assert_eq!(again(&vault, &person(1), &made.sealed).unwrap().secret, made.secret);
        assert_eq!(again(&vault, &person(2), &made.sealed).unwrap_err(), VaultError::WrongKey);
    }
}
