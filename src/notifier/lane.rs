//! One sender's lane: the lease on the sender, and the steps of which a [`Shift`] is made — claim, send, look up, settle.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use tokio::sync::Notify;
use tracing::Instrument;
use uuid::Uuid;

use super::{
    Shared,
    look_up::look_up,
    pace::Pace,
    settle::{Rest, Verdict, chance, judge},
    shift::Shift,
};
use crate::{
    config,
    domain::{address::Address, shop::Sender},
    providers::{Account, Answer},
    service::{
        batch::NotTaken,
        write::{SettledSend, Write},
    },
    store::{
        StoreError,
        consent::CarrierRefusal,
        outbox::{Claim, Claimed, PhoneRest, Settled, Settlement},
    },
};

/// How many texts are claimed at once.
const CLAIM_MAX: usize = 256;

/// The lane of one sender.
pub struct Lane {
    pub(super) shared: Arc<Shared>,
    sender_id: Uuid,
    /// Rung when there may be something due.
    pub(super) bell: Arc<Notify>,
}

/// Why a lane pauses; the next poll starts it anew.
#[derive(Debug, thiserror::Error)]
pub enum LaneError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    NotTaken(#[from] NotTaken),
    #[error("a look-up broke: {0}")]
    LookUp(#[from] tokio::task::JoinError),
}

/// A send that was answered.
pub struct Answered {
    claimed: Claimed,
    answer: Answer,
}

/// What is to be written of a claimed text.
pub struct Outcome {
    settlement: Settlement,
    address: String,
    /// Set when the operator must act: how long the sender rests, and why.
    alarm: Option<(Duration, String)>,
}

impl Lane {
    /// A lane that looks for work whenever `bell` rings.
    pub fn new(shared: Arc<Shared>, sender_id: Uuid, bell: Arc<Notify>) -> Self {
        Self { shared, sender_id, bell }
    }

    /// Drains the sender until nothing is due or we stop.
    pub async fn drain(&self) {
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
        let Some(sender) = self.sender() else { return Ok(()) };
        let mut pace = Pace::new(sender.0.messages_per_second);
        let paused_until = self.shared.store.sender_paused_until(self.sender_id).await?;
        if let Ok(pause) = (paused_until - self.shared.clock.now()).to_std() {
            pace.rest(pause);
        }
        Shift::new(self, sender, pace).work().await
    }

    /// The sender and its account as they are known now.
    pub fn sender(&self) -> Option<(Arc<Sender>, Arc<Account>)> {
        let known = self.shared.directory.read();
        let sender = known.directory.sender(self.sender_id)?;
        Some((Arc::clone(sender), Arc::clone(known.account(sender.account_id)?)))
    }

    /// Takes the sender or keeps it; `false` where it is another node's.
    pub async fn lease(&self) -> Result<bool, StoreError> {
        let now = self.shared.clock.now();
        self.shared.store.lease_sender(self.sender_id, &self.shared.node, now, self.lease_end()).await
    }

    /// When a lease that is taken now ends.
    pub fn lease_end(&self) -> DateTime<Utc> {
        self.shared.clock.now() + self.shared.settings.lease()
    }

    /// How long after it was taken a lease is renewed.
    pub fn half_lease(&self) -> Duration {
        self.shared.settings.lease() / 2
    }

    /// Claims what can leave within about a second: more would only wait here.
    pub async fn claim_queued(&self, pace: &Pace) -> Result<Vec<Claimed>, StoreError> {
        let limit = (pace.messages_per_second().ceil() as usize).clamp(1, CLAIM_MAX);
        self.shared.store.claim_queued(&self.claim_of(limit, pace), self.phone_rest()).await
    }

    fn phone_rest(&self) -> PhoneRest {
        let config::Notifier { texts_per_phone_max, texts_per_phone_seconds, .. } = self.shared.settings;
        PhoneRest { texts_max: texts_per_phone_max, time: chrono::Duration::seconds(texts_per_phone_seconds.into()) }
    }

    /// Claims what must be looked up.
    pub async fn claim_unclear(&self, limit: usize, pace: &Pace) -> Result<Vec<Claimed>, StoreError> {
        self.shared.store.claim_unclear(&self.claim_of(limit, pace)).await
    }

    fn claim_of(&self, limit: usize, pace: &Pace) -> Claim<'_> {
        Claim {
            sender_id: self.sender_id,
            node: &self.shared.node,
            now: self.shared.clock.now(),
            // What is claimed may have to wait for its turn, and a slow sender's turns are far apart.
            until: self.lease_end() + pace.period(),
            limit,
        }
    }

    /// Sends a claimed text, now.
    pub async fn send(&self, account: Arc<Account>, sender: Arc<Sender>, claimed: Claimed) -> Answered {
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

    /// For a task of its own: it reads from the store, and what holds a connection must never wait for the lane.
    pub fn look_up(
        &self,
        account: Arc<Account>,
        sender: Arc<Sender>,
        claimed: Claimed,
    ) -> impl Future<Output = Result<Outcome, StoreError>> + Send + use<> {
        let shared = Arc::clone(&self.shared);
        let looking_up = async move {
            let settlement = look_up(&shared, &account, &sender, &claimed).await?;
            Ok(Outcome { settlement, address: claimed.address, alarm: None })
        };
        looking_up.in_current_span()
    }

    /// Reads an answer; lets the sender rest where it must.
    pub fn read(&self, answered: Answered, pace: &mut Pace) -> Outcome {
        let Answered { claimed, answer } = answered;
        let now = self.shared.clock.now();
        let Verdict { settlement, rest } =
            judge(claimed.id, answer, claimed.attempts, now, chance(), &self.shared.settings);
        let alarm = match rest {
            Some(Rest::Brief(pause)) => {
                pace.rest(pause);
                None
            }
            Some(Rest::Alarm(pause, reason)) => {
                pace.rest(pause);
                Some((pause, reason))
            }
            None => None,
        };
        Outcome { settlement, address: claimed.address, alarm }
    }

    /// Writes what became of a text, with the opt-out that it may have brought to light.
    pub async fn settle(&self, outcome: Outcome) -> Result<(), LaneError> {
        let Outcome { settlement, address, alarm: _ } = outcome;
        let word = word(&settlement.state);
        if settlement.state == Settled::Failed {
            let Settlement { id, error_code, reason, .. } = &settlement;
            tracing::warn!(outbox.id = id, code = error_code, reason, "a text was given up");
        }
        let refusal = (settlement.state == Settled::OptedOut).then(|| CarrierRefusal {
            sender_id: self.sender_id,
            address: address.clone(),
            provider_message_id: None,
        });
        let node = Arc::clone(&self.shared.node);
        let settled = SettledSend { settlement, node, address, refusal, at: self.shared.clock.now() };
        self.shared.writes.put_patiently(Write::Settled(Box::new(settled))).await?;
        metrics::counter!("regulars_sends_total", "outcome" => word).increment(1);
        self.shared.settled.send_modify(|settled| *settled += 1);
        Ok(())
    }

    /// Tells the operator and the other nodes that the sender rests, where it must.
    pub async fn raise_alarm(&self, outcome: &Outcome) -> Result<(), StoreError> {
        let Some((pause, reason)) = &outcome.alarm else { return Ok(()) };
        tracing::error!(
            code = outcome.settlement.error_code,
            reason,
            pause_seconds = pause.as_secs(),
            "the provider refuses this sender; it rests, and the operator must act"
        );
        metrics::counter!("regulars_sender_alarms_total").increment(1);
        self.shared.store.pause_sender(self.sender_id, self.shared.clock.now() + *pause, reason).await
    }
}

impl Outcome {
    /// As it was before it was claimed.
    pub fn untried(claimed: Claimed) -> Self {
        let settlement = Settlement { id: claimed.id, state: Settled::Untried, error_code: None, reason: None };
        Self { settlement, address: claimed.address, alarm: None }
    }
}

fn word(state: &Settled) -> &'static str {
    match state {
        Settled::Sent { .. } => "sent",
        Settled::Queued { .. } => "put_off",
        Settled::Untried => "handed_back",
        Settled::Unclear { .. } => "unclear",
        Settled::Failed => "failed",
        Settled::OptedOut => "opted_out",
    }
}
