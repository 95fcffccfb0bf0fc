//! One shift of a lane: from taking the sender until nothing is due for it or we stop.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream::FuturesUnordered};
use tokio::{task::JoinSet, time::Instant};

use super::{
    lane::{Answered, Lane, LaneError, Outcome},
    pace::Pace,
};
use crate::{
    domain::shop::Sender,
    providers::Account,
    store::{StoreError, outbox::Claimed},
};

/// How many doubtful texts are looked up at once.
const LOOK_UPS_MAX: usize = 16;

/// How long an idle lane keeps its sender before it gives it back.
const LINGER: Duration = Duration::from_secs(2);

/// What is under way for one sender. Sends, look-ups and settlements run beside each other; none waits for another.
///
/// Sends and settlements move only while the shift waits for them, so neither may hold a connection to the store: the
/// shift itself waits for one when it claims.
pub struct Shift<'lane> {
    lane: &'lane Lane,
    sender: Arc<Sender>,
    account: Arc<Account>,
    pace: Pace,
    /// Claimed, and waiting for their turn.
    ready: VecDeque<Claimed>,
    sending: FuturesUnordered<BoxFuture<'lane, Answered>>,
    looking_up: JoinSet<Result<Outcome, StoreError>>,
    settling: FuturesUnordered<BoxFuture<'lane, Result<(), LaneError>>>,
    /// Whether there may be something to claim.
    maybe_due: bool,
    /// Doubtful texts are in no hurry: they are claimed once a poll.
    look_up_from: Instant,
    lease_ends: DateTime<Utc>,
}

impl<'lane> Shift<'lane> {
    /// A shift that begins.
    pub fn new(lane: &'lane Lane, (sender, account): (Arc<Sender>, Arc<Account>), pace: Pace) -> Self {
        Self {
            lane,
            sender,
            account,
            pace,
            ready: VecDeque::new(),
            sending: FuturesUnordered::new(),
            looking_up: JoinSet::new(),
            settling: FuturesUnordered::new(),
            maybe_due: true,
            look_up_from: Instant::now(),
            lease_ends: lane.lease_end(),
        }
    }

    /// Works until nothing is due and nothing under way, or we stop, or another node has the sender.
    pub async fn work(mut self) -> Result<(), LaneError> {
        loop {
            let stopping = self.lane.shared.stop.is_cancelled();
            if stopping || self.pace.is_resting() {
                self.hand_back();
            }
            if stopping && self.is_idle() {
                return Ok(());
            }
            if !self.keep_lease().await? {
                tracing::warn!("another node has taken the sender; what was under way is looked up by it");
                return Ok(());
            }
            self.follow_changes();
            if self.maybe_due && !stopping && !self.pace.is_resting() {
                self.claim().await?;
            }
            if !self.go_on(stopping).await? {
                return Ok(());
            }
        }
    }

    /// Waits for whatever happens next and takes it in; `false` when there has been nothing to do for a while.
    async fn go_on(&mut self, stopping: bool) -> Result<bool, LaneError> {
        let shared = &self.lane.shared;
        let may_send = !self.ready.is_empty() && self.sending.len() < shared.settings.sends_at_once_max;
        let is_resting = self.pace.is_resting();
        let may_end = self.is_idle() && !is_resting;
        tokio::select! {
            Some(answered) = self.sending.next(), if !self.sending.is_empty() => {
                let outcome = self.lane.read(answered, &mut self.pace);
                self.lane.raise_alarm(&outcome).await?;
                self.settle(outcome);
            }
            Some(written) = self.settling.next(), if !self.settling.is_empty() => self.note_settled(written)?,
            Some(outcome) = self.looking_up.join_next(), if !self.looking_up.is_empty() => self.settle(outcome??),
            () = self.pace.turn(), if may_send => self.send_next(),
            () = self.lane.bell.notified(), if !self.maybe_due => self.maybe_due = true,
            () = self.pace.rested(), if is_resting => {}
            () = shared.stop.cancelled(), if !stopping => {}
            () = tokio::time::sleep(self.pace.period().max(LINGER)), if may_end => return Ok(false),
            // To renew the lease in time.
            () = tokio::time::sleep(self.lane.half_lease()) => {}
        }
        Ok(true)
    }

    fn is_idle(&self) -> bool {
        self.ready.is_empty() && self.sending.is_empty() && self.looking_up.is_empty() && self.settling.is_empty()
    }

    /// Renews the lease when half of it is over; `false` when the sender is another node's.
    async fn keep_lease(&mut self) -> Result<bool, StoreError> {
        if self.lane.shared.clock.now() + self.lane.half_lease() > self.lease_ends {
            if !self.lane.lease().await? {
                return Ok(false);
            }
            self.lease_ends = self.lane.lease_end();
        }
        Ok(true)
    }

    /// The operator may have changed the sender's pace or the account's token.
    fn follow_changes(&mut self) {
        let Some((sender, account)) = self.lane.sender() else { return };
        if sender.messages_per_second != self.sender.messages_per_second {
            self.pace = Pace::new(sender.messages_per_second);
        }
        (self.sender, self.account) = (sender, account);
    }

    async fn claim(&mut self) -> Result<(), StoreError> {
        if self.looking_up.is_empty() && self.look_up_from <= Instant::now() {
            self.look_up_from = Instant::now() + self.lane.shared.settings.poll();
            for claimed in self.lane.claim_unclear(LOOK_UPS_MAX, &self.pace).await? {
                let (sender, account) = (Arc::clone(&self.sender), Arc::clone(&self.account));
                self.looking_up.spawn(self.lane.look_up(account, sender, claimed));
            }
        }
        if self.ready.is_empty() && self.sending.len() < self.lane.shared.settings.sends_at_once_max {
            self.ready = self.lane.claim_queued(&self.pace).await?.into();
            self.maybe_due = !self.ready.is_empty();
        }
        Ok(())
    }

    fn send_next(&mut self) {
        if let Some(claimed) = self.ready.pop_front() {
            let (sender, account) = (Arc::clone(&self.sender), Arc::clone(&self.account));
            self.sending.push(self.lane.send(account, sender, claimed).boxed());
        }
    }

    fn settle(&mut self, outcome: Outcome) {
        self.settling.push(self.lane.settle(outcome).boxed());
    }

    fn hand_back(&mut self) {
        while let Some(claimed) = self.ready.pop_front() {
            self.settle(Outcome::untried(claimed));
        }
    }

    fn note_settled(&mut self, written: Result<(), LaneError>) -> Result<(), LaneError> {
        written?;
        // They share commits, so others are done too.
        while let Some(Some(written)) = self.settling.next().now_or_never() {
            written?;
        }
        // What is settled may free a later text to the same phone.
        self.maybe_due = true;
        Ok(())
    }
}
