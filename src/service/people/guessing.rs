//! Whoever guesses waits, the longer the more often. A guess is counted before it is looked at, so that a thousand sent at once
//! are not all free.

use std::net::IpAddr;

use chrono::{DateTime, Utc};

use super::sign_in::{KeptOut, refuse_early};
use crate::store::{Store, StoreError, Transaction, sessions::Guesses};

/// After how many wrong guesses in a row whoever guesses must wait.
pub(super) const GUESSES_FREE: u32 = 5;
/// The same for one address of the network, behind which there may be many people.
pub(super) const GUESSES_FREE_OF_ADDRESS: u32 = 50;

/// What is guessed at, and how often that may go wrong in a row.
pub(crate) type Subject = (String, u32);

/// Counts a guess, and refuses whoever guessed too often and has not waited: then it is not counted, for the transaction ends.
pub(crate) async fn count(tx: &Transaction, (subject, free): &Subject, now: DateTime<Utc>) -> Result<(), KeptOut> {
    let counted = tx.count_guess(subject, now.timestamp_millis()).await?;
    let before = Guesses { count: counted.count.saturating_sub(1), ..counted };
    refuse_early(before, *free, now)?;
    Ok(tx.keep_guesses(subject, Guesses { last_at: now.timestamp_millis(), ..counted }).await?)
}

/// The same for what is then looked at outside of any transaction, because that takes long.
pub(super) async fn count_at_once(store: &Store, subjects: &[Subject], now: DateTime<Utc>) -> Result<(), KeptOut> {
    let tx = store.begin().await?;
    for subject in subjects {
        count(&tx, subject, now).await?;
    }
    Ok(tx.commit().await?)
}

/// The guess was right: what was guessed at is forgotten, and the others count it no more.
pub(super) async fn forgive(tx: &Transaction, subjects: &[Subject]) -> Result<(), StoreError> {
    let Some(((own, _), others)) = subjects.split_first() else { return Ok(()) };
    tx.forget_guesses(own).await?;
    for (other, _) in others {
        tx.give_back_guess(other).await?;
    }
    Ok(())
}

/// Where somebody comes from, as what is guessed from. An address that is not the public network's is a proxy's, behind which
/// everybody comes.
pub(super) fn from(address: Option<IpAddr>) -> Option<Subject> {
    let address = address.filter(is_public)?;
    Some((format!("address {address}"), GUESSES_FREE_OF_ADDRESS))
}

fn is_public(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => !(v4.is_private() || v4.is_loopback() || v4.is_link_local()),
        IpAddr::V6(v6) => !(v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_not_taken_for_whoever_stands_behind_it() {
        assert_eq!(from(Some([10, 0, 0, 1].into())), None);
        assert_eq!(from(None), None);
        assert!(from(Some([203, 0, 113, 9].into())).is_some());
    }
}
