//! The one counter of guesses: at passwords, PINs, one-time codes, links and the codes of devices. Whoever guesses waits, the longer
//! the more often. A guess is counted before it is looked at, so that a thousand sent at once are not all free.

use std::net::IpAddr;

use chrono::{DateTime, Utc};

use super::sign_in::KeptOut;
use crate::store::{Store, StoreError, Transaction, sessions::Guesses};

/// After how many wrong guesses in a row whoever guesses must wait.
pub(crate) const GUESSES_FREE: u32 = 5;
/// The same for one address of the network, behind which there may be many people.
pub(super) const GUESSES_FREE_OF_ADDRESS: u32 = 50;
/// The first wait, in seconds; every further one is twice as long.
const WAIT_FIRST_SECONDS: i64 = 15;
/// The longest wait, in seconds.
const WAIT_MOST_SECONDS: i64 = 15 * 60;

/// What is guessed at, and how often that may go wrong in a row.
pub(crate) type Subject = (String, u32);

/// Guesses that are counted as wrong until they are forgiven: at what, and how many were wrong before.
#[derive(Debug)]
#[must_use = "a guess that was right is to be forgiven"]
pub(crate) struct Counted(Vec<(Subject, u32)>);

/// Counts a guess at each of these, and refuses whoever guessed too often and has not waited: then none is counted, for the
/// transaction ends. What is guessed at itself comes first, what it is one of many for (an address, a device) behind it.
pub(crate) async fn count(tx: &Transaction, subjects: &[Subject], now: DateTime<Utc>) -> Result<Counted, KeptOut> {
    let mut all = Vec::with_capacity(subjects.len());
    for (subject, free) in subjects {
        let counted = tx.count_guess(subject, now.timestamp_millis()).await?;
        let before = Guesses { count: counted.count.saturating_sub(1), ..counted };
        refuse_early(before, *free, now)?;
        tx.keep_guesses(subject, Guesses { last_at: now.timestamp_millis(), ..counted }).await?;
        all.push(((subject.clone(), *free), before.count));
    }
    Ok(Counted(all))
}

/// The same for what is then looked at outside of any transaction, because that takes long.
pub(crate) async fn count_at_once(store: &Store, subjects: &[Subject], now: DateTime<Utc>) -> Result<Counted, KeptOut> {
    let tx = store.begin().await?;
    let counted = count(&tx, subjects, now).await?;
    tx.commit().await?;
    Ok(counted)
}

impl Counted {
    /// The guess was right: what was guessed at is forgotten, and the others count neither it nor what went wrong before it.
    pub(crate) async fn forgive(self, tx: &Transaction) -> Result<(), StoreError> {
        let mut subjects = self.0.into_iter();
        let Some(((own, _), wrong_before)) = subjects.next() else { return Ok(()) };
        tx.forget_guesses(&own).await?;
        for ((other, _), _) in subjects {
            tx.give_back_guesses(&other, wrong_before.saturating_add(1)).await?;
        }
        Ok(())
    }

    /// What has been guessed at more often than is free, if anything was.
    pub(crate) fn guessed(&self) -> Option<&str> {
        let too_often = self.0.iter().find(|((_, free), before)| before >= free);
        too_often.map(|((subject, _), _)| subject.as_str())
    }
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

/// Refuses who guessed too often and has not waited.
fn refuse_early(guesses: Guesses, free: u32, now: DateTime<Utc>) -> Result<(), KeptOut> {
    let wait = wait_seconds(guesses.count, free) - (now.timestamp_millis() - guesses.last_at) / 1_000;
    if wait > 0 { Err(KeptOut::TooOften(wait)) } else { Ok(()) }
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
    fn a_proxy_is_not_taken_for_whoever_stands_behind_it() {
        assert_eq!(from(Some([10, 0, 0, 1].into())), None);
        assert_eq!(from(None), None);
        assert!(from(Some([203, 0, 113, 9].into())).is_some());
    }

    #[test]
    fn who_guesses_waits_the_longer_the_more_often() {
        assert_eq!(wait_seconds(4, GUESSES_FREE), 0);
        assert_eq!(wait_seconds(5, GUESSES_FREE), 15);
        assert_eq!(wait_seconds(7, GUESSES_FREE), 60);
        assert_eq!(wait_seconds(u32::MAX, GUESSES_FREE), WAIT_MOST_SECONDS);
    }
}
