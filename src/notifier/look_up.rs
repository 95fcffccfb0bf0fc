//! Finds out what became of texts that may have been sent, before they are sent again.

use super::{
    Shared,
    settle::{chance, pause_after},
};
use crate::{
    domain::{address::Address, shop::Sender},
    providers::{Account, Listed},
    store::{
        StoreError,
        outbox::{Claimed, Settled, Settlement},
    },
};

/// How much earlier than our own clock says the provider may have noted a text.
const CLOCK_SKEW: chrono::Duration = chrono::Duration::seconds(120);

/// In the provider's list: it was sent. Not there: it is sent again. No list to be had: it is looked up later.
pub async fn look_up(
    shared: &Shared,
    account: &Account,
    sender: &Sender,
    claimed: &Claimed,
) -> Result<Settlement, StoreError> {
    let now = shared.clock.now();
    let since = claimed.attempted_at.unwrap_or(now) - CLOCK_SKEW;
    let is_last = claimed.attempts >= shared.settings.attempts_max;
    let settled =
        |state, reason: &str| Settlement { id: claimed.id, state, error_code: None, reason: Some(reason.into()) };
    let Ok(to) = Address::parse(&claimed.address) else {
        return Ok(settled(Settled::Failed, "the address is none"));
    };
    let listing = shared.carrier.list(account, sender, &to, since);
    let listed = match shared.stop.run_until_cancelled(listing).await {
        None => return Ok(settled(Settled::Unclear { due_at: now }, "to be looked up after the restart")),
        Some(Ok(listed)) => listed,
        Some(Err(error)) => {
            tracing::warn!(%error, outbox.id = claimed.id, "a doubtful text could not be looked up");
            let due_at = now + pause_after(claimed.attempts, chance(), &shared.settings);
            let reason = "perhaps sent; the provider's list does not say";
            return Ok(settled(if is_last { Settled::Failed } else { Settled::Unclear { due_at } }, reason));
        }
    };
    Ok(match ours(shared, &listed, &claimed.body).await? {
        Some(provider_message_id) => settled(Settled::Sent { provider_message_id }, "found in the provider's list"),
        None if is_last => settled(Settled::Failed, "given up after several attempts"),
        None => settled(Settled::Queued { due_at: now }, "not in the provider's list: never sent"),
    })
}

/// The oldest text with this body that belongs to no other of ours: equal texts to one phone are sent in order.
async fn ours(shared: &Shared, listed: &[Listed], body: &str) -> Result<Option<String>, StoreError> {
    let same: Vec<&str> =
        listed.iter().filter(|message| message.body == body).map(|message| message.sid.as_str()).collect();
    let known = shared.store.known_provider_ids(&same).await?;
    let ours = same.iter().rev().find(|sid| !known.iter().any(|known| known == *sid));
    Ok(ours.map(|sid| (*sid).to_owned()))
}
