//! Browsers by which somebody came in before: guesses at their password from there are counted apart, so that nobody who guesses
//! elsewhere keeps them out. (OWASP, device cookies)

use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::guessing::{GUESSES_FREE, Subject};
use crate::secrets::{Vault, VaultError, random_bytes};

/// What a browser keeps so that it is known for somebody's; `None` without a key.
///
/// # Errors
/// There is no randomness.
pub(super) fn new_mark(vault: &Vault, person_id: Uuid) -> Result<Option<String>, VaultError> {
    let number = hex::encode(random_bytes::<16>()?);
    Ok(proof(vault, &number, person_id).map(|proof| format!("{number}.{proof}")))
}

/// What is guessed at by somebody who says who they are: at that as a whole, or, from a browser of theirs, there alone.
pub(super) fn guessed_at(vault: &Vault, what: String, person_id: Option<Uuid>, mark: Option<&str>) -> (Subject, bool) {
    let number = mark.zip(person_id).and_then(|(mark, id)| number_of(vault, mark, id));
    match number {
        Some(number) => ((format!("{what} at {number}"), GUESSES_FREE), true),
        None => ((what, GUESSES_FREE), false),
    }
}

/// The number of a browser of theirs.
fn number_of<'m>(vault: &Vault, mark: &'m str, person_id: Uuid) -> Option<&'m str> {
    let (number, shown) = mark.split_once('.')?;
    let proof = proof(vault, number, person_id)?;
    bool::from(proof.as_bytes().ct_eq(shown.as_bytes())).then_some(number)
}

fn proof(vault: &Vault, number: &str, person_id: Uuid) -> Option<String> {
    let proof = vault.derive(&format!("browser {number} of {person_id}"));
    (!proof.is_empty()).then(|| hex::encode(proof))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_for_whom_it_was_marked_and_under_the_same_key() {
        let (vault, ana, eve) = (Vault::new(Some([7; 32])), Uuid::from_u128(1), Uuid::from_u128(2));
        let mark = new_mark(&vault, ana).unwrap().unwrap();
        let is_known = |vault: &Vault, id, mark: &str| guessed_at(vault, "email".to_owned(), id, Some(mark)).1;
        assert!(is_known(&vault, Some(ana), &mark));
        assert!(!is_known(&vault, Some(eve), &mark) && !is_known(&vault, None, &mark));
        assert!(
            !is_known(&Vault::new(Some([8; 32])), Some(ana), &mark) && !is_known(&Vault::new(None), Some(ana), &mark)
        );
        for forged in ["", ".", "a.b", &mark.replace('.', ""), &format!("{mark}0")] {
            assert!(!is_known(&vault, Some(ana), forged), "{forged}");
        }
        assert_eq!(new_mark(&Vault::new(None), ana).unwrap(), None);
    }
}
