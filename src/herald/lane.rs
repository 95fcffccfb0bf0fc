//! The lane of one webhook: from the first thing that is due until nothing is.

use std::{collections::VecDeque, time::Duration};

use chrono::{DateTime, Utc};
use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream::FuturesUnordered};
use secrecy::SecretString;
use uuid::Uuid;

use super::{
    Shared,
    caller::Call,
    settle::{Answer, judge},
};
use crate::{
    domain::event::shown_id,
    secrets::{VaultError, random_bytes},
    service::events::payload,
    store::{
        Result,
        deliveries::{ClaimedDelivery, DeliveryClaim, DeliveryState, SettledDelivery, Standing},
        events::KeptEvent,
        webhooks::WebhookRow,
    },
};

/// Calls of one webhook under way at once; one alone while it fails, so that many who are slow do not take all there are.
const CALLS_MAX: usize = 8;
/// How many deliveries are claimed at once, so that as many share a commit.
const CLAIM_MAX: usize = 64;
/// What was answered waits so long for others to share its commit.
const SETTLED_WITHIN: Duration = Duration::from_secs(1);
/// How much longer than a call a lease holds.
const LEASE_BEYOND: Duration = Duration::from_secs(40);

/// A delivery with what is told.
struct Ready {
    claimed: ClaimedDelivery,
    event: Option<KeptEvent>,
    lease_ends: DateTime<Utc>,
}

/// A delivery that was tried.
struct Tried {
    claimed: ClaimedDelivery,
    answer: Answer,
}

/// What is under way for a webhook.
struct Lane<'a> {
    shared: &'a Shared,
    webhook: WebhookRow,
    standing: Standing,
    waiting: VecDeque<Ready>,
    calling: FuturesUnordered<BoxFuture<'a, Tried>>,
    settled: Vec<SettledDelivery>,
}

/// Tells a webhook everything that is due.
pub async fn drain(shared: &Shared, webhook_id: Uuid) -> Result<()> {
    let Some(webhook) = shared.store.webhook(webhook_id).await? else { return Ok(()) };
    let standing = standing_of(&webhook);
    let (waiting, calling, settled) = (VecDeque::new(), FuturesUnordered::new(), Vec::new());
    Lane { shared, webhook, standing, waiting, calling, settled }.work().await
}

impl Lane<'_> {
    async fn work(mut self) -> Result<()> {
        let mut maybe_due = true;
        loop {
            let stops = self.shared.stop.is_cancelled() || self.rests();
            if stops {
                self.hand_back();
            }
            self.begin_calls();
            let has_room = self.calling.len() < self.calls_max();
            if self.waiting.is_empty() && has_room && (maybe_due || !self.settled.is_empty()) {
                maybe_due = self.turn(!stops).await?;
                if maybe_due {
                    continue;
                }
            }
            if self.calling.is_empty() && self.waiting.is_empty() {
                return Ok(());
            }
            tokio::select! {
                Some(tried) = self.calling.next(), if !self.calling.is_empty() => {
                    self.take(tried);
                    maybe_due = true;
                }
                () = tokio::time::sleep(SETTLED_WITHIN), if !self.settled.is_empty() => self.write_settled().await?,
            }
        }
    }

    /// One alone while it fails.
    fn calls_max(&self) -> usize {
        if self.standing.failing_since.is_some() { 1 } else { CALLS_MAX }
    }

    fn rests(&self) -> bool {
        let now = self.shared.clock.now();
        self.standing.stopped.is_some() || self.standing.rests_until.is_some_and(|until| now < until)
    }

    fn begin_calls(&mut self) {
        while self.calling.len() < self.calls_max() {
            let Some(ready) = self.waiting.pop_front() else { return };
            // It might be another node's before the answer comes.
            if self.shared.clock.now() + self.shared.timeout() > ready.lease_ends {
                self.waiting.push_front(ready);
                return self.hand_back();
            }
            let secrets = match self.secrets() {
                Ok(secrets) => secrets,
                Err(error) => {
                    tracing::error!(%error, webhook.id = %self.webhook.id, "a webhook's secret does not open");
                    Vec::new()
                }
            };
            let (shared, url) = (self.shared, self.webhook.url.clone());
            self.calling.push(call(shared, url, secrets, ready).boxed());
        }
    }

    /// The secrets that sign now, the one in force first.
    fn secrets(&self) -> Result<Vec<SecretString>, VaultError> {
        let WebhookRow { id, secret_sealed, previous_secret_sealed, previous_until, .. } = &self.webhook;
        let is_good = previous_until.is_some_and(|until| self.shared.clock.now().timestamp_millis() < until);
        let previous = previous_secret_sealed.as_ref().filter(|_| is_good);
        let sealed = std::iter::once(secret_sealed).chain(previous);
        sealed.map(|sealed| self.shared.vault.open(sealed, &id.to_string())).collect()
    }

    /// Takes in an answer, and those that came with it.
    fn take(&mut self, tried: Tried) {
        let mut next = Some(tried);
        while let Some(Tried { claimed, answer }) = next {
            let chance = random_bytes::<8>().map(u64::from_le_bytes).unwrap_or_default();
            let now = self.shared.clock.now();
            let judged = judge(claimed.event_id, (&answer, claimed.attempts), now, chance, &mut self.standing);
            metrics::counter!("regulars_deliveries_total", "outcome" => word(judged.state)).increment(1);
            let failed = judged.state != DeliveryState::Delivered;
            self.settled.push(judged);
            if failed {
                // What else is due is claimed anew, one by one.
                self.hand_back();
            }
            next = self.calling.next().now_or_never().flatten();
        }
    }

    /// Gives back what was claimed but not tried.
    fn hand_back(&mut self) {
        let untried = self.waiting.drain(..).map(|ready| SettledDelivery {
            event_id: ready.claimed.event_id,
            state: DeliveryState::Untried,
            status: None,
            reason: None,
        });
        self.settled.extend(untried);
    }

    async fn write_settled(&mut self) -> Result<()> {
        let _turn = self.shared.at_store.acquire().await;
        let tx = self.shared.store.begin().await?;
        let of_lane = (self.webhook.id, self.shared.node.as_str());
        tx.settle_deliveries(of_lane, &self.settled, self.shared.clock.now()).await?;
        tx.note_standing(&self.webhook, &self.standing).await?;
        tx.commit().await?;
        self.settled.clear();
        Ok(())
    }

    /// Writes what was answered and claims what is due, in one commit; whether there was anything.
    async fn turn(&mut self, claims: bool) -> Result<bool> {
        let _turn = self.shared.at_store.acquire().await;
        let now = self.shared.clock.now();
        let node = self.shared.node.as_str();
        let tx = self.shared.store.begin().await?;
        tx.settle_deliveries((self.webhook.id, node), &self.settled, now).await?;
        tx.note_standing(&self.webhook, &self.standing).await?;
        let stopped = std::mem::take(&mut self.standing.stopped);
        let webhook = tx.webhook(self.webhook.id).await?.filter(|webhook| webhook.state == "active");
        let lease_ends = now + self.shared.timeout() + LEASE_BEYOND;
        let failing = self.standing.failing_since.is_some();
        let claimed = match &webhook {
            Some(webhook)
                if claims && stopped.is_none() && standing_of(webhook).rests_until.is_none_or(|until| until <= now) =>
            {
                let limit = if failing { 1 } else { CLAIM_MAX };
                tx.claim_deliveries(&DeliveryClaim { webhook_id: webhook.id, node, now, until: lease_ends, limit })
                    .await?
            }
            _ => Vec::new(),
        };
        tx.commit().await?;
        self.settled.clear();
        if let Some((state, reason)) = &stopped {
            tracing::warn!(webhook.id = %self.webhook.id, state, reason, "a webhook is called no more until it is resumed");
        }
        let Some(webhook) = webhook else { return Ok(false) };
        self.standing = standing_of(&webhook);
        self.webhook = webhook;
        self.make_ready(claimed, lease_ends).await
    }

    async fn make_ready(&mut self, claimed: Vec<ClaimedDelivery>, lease_ends: DateTime<Utc>) -> Result<bool> {
        let ids: Vec<Uuid> = claimed.iter().map(|claimed| claimed.event_id).collect();
        let mut events = if ids.is_empty() { Vec::new() } else { self.shared.store.events(&ids).await? };
        let mut ready: Vec<Ready> = Vec::with_capacity(claimed.len());
        for claimed in claimed {
            let place = events.iter().position(|event| event.id == claimed.event_id);
            let event = place.map(|place| events.swap_remove(place));
            ready.push(Ready { claimed, event, lease_ends });
        }
        ready.sort_by_key(|ready| ready.event.as_ref().map(|event| event.place));
        self.waiting.extend(ready);
        Ok(!self.waiting.is_empty())
    }
}

async fn call(shared: &Shared, url: String, secrets: Vec<SecretString>, ready: Ready) -> Tried {
    let Ready { claimed, event, .. } = ready;
    let Some(event) = event else {
        return Tried { claimed, answer: Answer::None("the event is no longer kept".to_owned()) };
    };
    let _call = shared.calls.acquire().await;
    let call = Call { url, secrets, id: shown_id(event.id), body: payload(&event).to_string() };
    let answer = shared.caller.call(call, shared.clock.now()).await;
    Tried { claimed, answer }
}

fn standing_of(webhook: &WebhookRow) -> Standing {
    let time = |millis: Option<i64>| millis.and_then(DateTime::from_timestamp_millis);
    Standing { failing_since: time(webhook.failing_since), rests_until: time(webhook.rests_until), stopped: None }
}

fn word(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Delivered => "delivered",
        DeliveryState::Queued(_) => "put_off",
        DeliveryState::Untried => "handed_back",
        DeliveryState::Failed => "failed",
    }
}
