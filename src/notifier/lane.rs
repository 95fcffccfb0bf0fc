//! One sender's lane: claims a few texts, sends them at the sender's pace, several under way at once, and settles
//! whatever has been answered meanwhile in one write.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use futures_util::{FutureExt, StreamExt, future::join_all, stream::FuturesUnordered};
use tokio::sync::Notify;
use tracing::Instrument;
use uuid::Uuid;

use super::{
    Shared,
    pace::Pace,
    settle::{Rest, Verdict, judge, pause_after},
};
use crate::{
    domain::{address::Address, shop::Sender},
    providers::{Account, Answer},
    secrets::random_bytes,
    service::{
        batch::NotTaken,
        write::{SettledSend, Write},
    },
    store::{
        StoreError,
        consent::CarrierRefusal,
        outbox::{Claim, Claimed, Settled, Settlement},
    },
};

/// How much earlier than our own clock says the provider may have noted a text.
const CLOCK_SKEW: chrono::Duration = chrono::Duration::seconds(120);
/// How many texts are claimed at once.
const CLAIM_MAX: usize = 256;
/// How many doubtful texts are looked up at once.
const LOOKUPS_MAX: usize = 16;

/// How long an idle lane keeps its sender before it gives it back.
const LINGER: Duration = Duration::from_secs(2);

/// The lane of one sender.
pub struct Lane {
    shared: Arc<Shared>,
    sender_id: Uuid,
    bell: Arc<Notify>,
}

/// Why a lane pauses; the next poll starts it anew.
#[derive(Debug, thiserror::Error)]
enum LaneError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    NotTaken(#[from] NotTaken),
}

/// A send that was answered.
struct Answered {
    claimed: Claimed,
    answer: Answer,
}

impl Lane {
    /// A lane that looks for work whenever `bell` rings.
    pub fn new(shared: Arc<Shared>, sender_id: Uuid, bell: Arc<Notify>) -> Self {
        Self { shared, sender_id, bell }
    }

    /// Drains the sender until nothing is due or we stop.
    pub async fn drain(self) {
        let span = tracing::info_span!("lane", sender.id = %self.sender_id);
        async {
            match self.lease().await {
                Ok(true) => {
                    if let Err(error) = self.drain_leased().await {
                        tracing::warn!(%error, "a lane pauses: the store failed");
                    }
                    if let Err(error) = self.shared.store.release_sender(self.sender_id, &self.shared.node).await {
                        tracing::warn!(%error, "could not give a sender back; its lease runs out by itself");
                    }
                }
                // Another node drains it.
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "could not lease a sender"),
            }
        }
        .instrument(span)
        .await;
    }

    async fn drain_leased(&self) -> Result<(), LaneError> {
        let Some((mut sender, mut account)) = self.sender() else { return Ok(()) };
        let mut pace = Pace::new(sender.messages_per_second);
        let paused_until = self.shared.store.sender_paused_until(self.sender_id).await?;
        if let Ok(pause) = (paused_until - self.shared.clock.now()).to_std() {
            pace.rest(pause);
        }
        let sends_max = self.shared.settings.sends_at_once_max;
        let mut ready: VecDeque<Claimed> = VecDeque::new();
        let mut under_way = FuturesUnordered::new();
        let mut maybe_due = true;
        let mut lease_ends = self.lease_end();
        loop {
            let stopping = self.shared.stop.is_cancelled();
            if stopping && under_way.is_empty() {
                break;
            }
            if self.shared.clock.now() + self.half_lease() > lease_ends {
                if !self.lease().await? {
                    break;
                }
                lease_ends = self.lease_end();
            }
            if let Some((now_sender, now_account)) = self.sender() {
                if now_sender.messages_per_second != sender.messages_per_second {
                    pace = Pace::new(now_sender.messages_per_second);
                }
                (sender, account) = (now_sender, now_account);
            }
            if maybe_due && ready.is_empty() && !stopping && !pace.is_resting() && under_way.len() < sends_max {
                self.look_up_unclear(&account, &sender).await?;
                ready = self.claim(&pace).await?.into();
                maybe_due = !ready.is_empty();
            }
            let may_send = !stopping && !ready.is_empty() && under_way.len() < sends_max;
            let idle = ready.is_empty() && under_way.is_empty();
            tokio::select! {
                Some(answered) = under_way.next(), if !under_way.is_empty() => {
                    let mut answers: Vec<Answered> = vec![answered];
                    while let Some(Some(more)) = under_way.next().now_or_never() {
                        answers.push(more);
                    }
                    self.settle(answers, &mut pace).await?;
                    // What is settled may free a later text to the same phone.
                    maybe_due = true;
                    if pace.is_resting() {
                        self.hand_back(std::mem::take(&mut ready)).await?;
                    }
                }
                () = pace.turn(), if may_send => {
                    if let Some(claimed) = ready.pop_front() {
                        under_way.push(self.send(Arc::clone(&account), Arc::clone(&sender), claimed));
                    }
                }
                () = self.bell.notified(), if !maybe_due => maybe_due = true,
                () = pace.rested(), if pace.is_resting() => {}
                () = self.shared.stop.cancelled(), if !stopping => {}
                () = tokio::time::sleep(pace.period().max(LINGER)), if idle && !pace.is_resting() => break,
            }
        }
        Ok(self.hand_back(ready).await?)
    }

    async fn hand_back(&self, untried: VecDeque<Claimed>) -> Result<(), StoreError> {
        let ids: Vec<i64> = untried.iter().map(|claimed| claimed.id).collect();
        self.shared.store.hand_back(&ids).await
    }

    /// The sender and its account as they are known now.
    fn sender(&self) -> Option<(Arc<Sender>, Arc<Account>)> {
        let known = self.shared.directory.read();
        let sender = known.directory.sender(self.sender_id)?;
        Some((Arc::clone(sender), Arc::clone(known.account(sender.account_id)?)))
    }

    async fn lease(&self) -> Result<bool, StoreError> {
        let now = self.shared.clock.now();
        self.shared.store.lease_sender(self.sender_id, &self.shared.node, now, self.lease_end()).await
    }

    fn lease_end(&self) -> DateTime<Utc> {
        self.shared.clock.now() + self.shared.settings.lease()
    }

    fn half_lease(&self) -> Duration {
        self.shared.settings.lease() / 2
    }

    /// Claims what can leave within about a second: more would only wait here.
    async fn claim(&self, pace: &Pace) -> Result<Vec<Claimed>, StoreError> {
        let limit = (pace.messages_per_second().ceil() as usize).clamp(1, CLAIM_MAX);
        self.shared.store.claim_queued(&self.claim_of(limit)).await
    }

    fn claim_of(&self, limit: usize) -> Claim<'_> {
        Claim {
            sender_id: self.sender_id,
            node: &self.shared.node,
            now: self.shared.clock.now(),
            until: self.lease_end(),
            limit,
        }
    }

    async fn send(&self, account: Arc<Account>, sender: Arc<Sender>, claimed: Claimed) -> Answered {
        let span = tracing::info_span!("send", outbox.id = claimed.id, request_id = %claimed.request_id);
        let answer = match Address::parse(&claimed.address) {
            Ok(to) => {
                let now = self.shared.clock.now();
                self.shared.carrier.send(&account, &sender, to, claimed.body.clone(), now).instrument(span).await
            }
            Err(error) => Answer::Refused { code: None, reason: error.to_string() },
        };
        Answered { claimed, answer }
    }

    /// Reads the answers and writes what became of the texts.
    async fn settle(&self, answers: Vec<Answered>, pace: &mut Pace) -> Result<(), LaneError> {
        let now = self.shared.clock.now();
        let mut writes = Vec::with_capacity(answers.len());
        for Answered { claimed, answer } in answers {
            let Verdict { settlement, rest } =
                judge(claimed.id, answer, claimed.attempts, now, chance(), &self.shared.settings);
            let refusal = (settlement.state == Settled::OptedOut).then(|| CarrierRefusal {
                sender_id: self.sender_id,
                address: claimed.address,
                provider_message_id: None,
            });
            match rest {
                Some(Rest::Brief(pause)) => pace.rest(pause),
                Some(Rest::Alarm(pause, reason)) => {
                    pace.rest(pause);
                    self.raise_alarm(&settlement, pause, &reason).await?;
                }
                None => {}
            }
            writes.push(self.write(settlement, refusal));
        }
        // Handed in together, so that they share a commit.
        for written in join_all(writes).await {
            written?;
        }
        Ok(())
    }

    async fn raise_alarm(&self, settlement: &Settlement, pause: Duration, reason: &str) -> Result<(), StoreError> {
        tracing::error!(
            code = settlement.error_code,
            reason,
            pause_seconds = pause.as_secs(),
            "the provider refuses this sender; it rests, and the operator must act"
        );
        metrics::counter!("regulars_sender_alarms_total").increment(1);
        self.shared.store.pause_sender(self.sender_id, self.shared.clock.now() + pause, reason).await
    }

    /// Writes what became of a text, with the opt-out that it may have brought to light.
    async fn write(&self, settlement: Settlement, refusal: Option<CarrierRefusal>) -> Result<(), NotTaken> {
        let outcome = outcome(&settlement.state);
        let settled = SettledSend { settlement, refusal, at: self.shared.clock.now() };
        self.shared.writes.put_patiently(Write::Settled(Box::new(settled))).await?;
        metrics::counter!("regulars_sends_total", "outcome" => outcome).increment(1);
        self.shared.settled.send_modify(|settled| *settled += 1);
        Ok(())
    }

    /// Finds out what became of texts that may have been sent.
    async fn look_up_unclear(&self, account: &Account, sender: &Sender) -> Result<(), LaneError> {
        for claimed in self.shared.store.claim_unclear(&self.claim_of(LOOKUPS_MAX)).await? {
            let state = self.look_up(account, sender, &claimed).await?;
            let (reason, id) = (Some("looked up in the provider's list".to_owned()), claimed.id);
            self.write(Settlement { id, state, error_code: None, reason }, None).await?;
        }
        Ok(())
    }

    /// In the provider's list: it was sent. Not there: it is sent again. No list to be had: it is looked up later.
    async fn look_up(&self, account: &Account, sender: &Sender, claimed: &Claimed) -> Result<Settled, StoreError> {
        let now = self.shared.clock.now();
        let since = claimed.attempted_at.unwrap_or(now) - CLOCK_SKEW;
        let Ok(to) = Address::parse(&claimed.address) else { return Ok(Settled::Failed) };
        let listed = match self.shared.carrier.list(account, sender, &to, since).await {
            Ok(listed) => listed,
            Err(error) => {
                tracing::warn!(%error, outbox.id = claimed.id, "a doubtful text could not be looked up");
                if claimed.attempts >= self.shared.settings.attempts_max {
                    return Ok(Settled::Failed);
                }
                return Ok(Settled::Unclear {
                    due_at: now + pause_after(claimed.attempts, chance(), &self.shared.settings),
                });
            }
        };
        let same: Vec<&str> =
            listed.iter().filter(|message| message.body == claimed.body).map(|message| message.sid.as_str()).collect();
        let known = self.shared.store.known_provider_ids(&same).await?;
        // The oldest that belongs to no other text: equal texts to one phone are sent in order.
        let ours = same.iter().rev().find(|sid| !known.iter().any(|known| known == *sid));
        Ok(match ours {
            Some(sid) => Settled::Sent { provider_message_id: (*sid).to_owned() },
            None => Settled::Queued { due_at: now },
        })
    }
}

fn outcome(state: &Settled) -> &'static str {
    match state {
        Settled::Sent { .. } => "sent",
        Settled::Queued { .. } => "put_off",
        Settled::Unclear { .. } => "unclear",
        Settled::Failed => "failed",
        Settled::OptedOut => "opted_out",
    }
}

fn chance() -> u64 {
    random_bytes::<8>().map(u64::from_le_bytes).unwrap_or_default()
}
