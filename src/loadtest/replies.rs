//! Waits for replies at the carrier, and looks at what arrived.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::crowd::Crowd;
use super::progress::Step;
use super::report::Verdict;
use super::setup::LaunchShop;
use crate::sandbox::Carrier;

/// How often we look; the times we report are the carrier's own.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// A reply too many may come late: the time it has.
const GRACE: Duration = Duration::from_millis(500);

/// What the carrier had before a phase.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    arrived: u64,
    at: DateTime<Utc>,
}

/// What arrived since a mark.
#[derive(Debug, Clone, Copy)]
pub struct Arrived {
    /// Replies.
    pub replies: u64,
    /// From the mark to the last of them.
    pub took: Duration,
}

impl Mark {
    /// Now.
    pub fn set(carrier: &Carrier) -> Self {
        Self { arrived: total(carrier), at: Utc::now() }
    }

    /// Waits until so many replies have arrived since, or none did for as long as we are patient.
    pub async fn wait_for(self, expected: u64, carrier: &Carrier, patience: Duration, step: &mut Step) -> Arrived {
        let (began, mut seen, mut seen_at) = (Instant::now(), self.since(carrier), Instant::now());
        let at_first = seen;
        while seen < expected && seen_at.elapsed() < patience {
            tokio::time::sleep(LOOK_EVERY).await;
            let now_there = self.since(carrier);
            if now_there > seen {
                (seen, seen_at) = (now_there, Instant::now());
            }
            step.reach(seen, time_left(seen - at_first, expected.saturating_sub(seen), began.elapsed()));
        }
        // Receipts belong to the phase as well: none shall burden the next.
        tokio::time::timeout(patience, carrier.wait_for_callbacks()).await.ok();
        tokio::time::sleep(GRACE).await;
        Arrived { replies: self.since(carrier), took: self.until_last(carrier) }
    }

    fn since(self, carrier: &Carrier) -> u64 {
        total(carrier) - self.arrived
    }

    fn until_last(self, carrier: &Carrier) -> Duration {
        let last = carrier.look(|mailbox| mailbox.messages().next_back().map(|message| message.created_at));
        last.and_then(|last| (last - self.at).to_std().ok()).unwrap_or_default()
    }
}

/// What the phones have read, compared with what they asked.
pub fn check(crowd: &Crowd, carrier: &Carrier, shops: &[LaunchShop]) -> Verdict {
    carrier.look(|mailbox| {
        crowd.check(shops, |phone| {
            let replies = mailbox.messages_to(phone).map(|message| message.body.as_str()).collect();
            (mailbox.counts(phone).outbound, replies)
        })
    })
}

fn total(carrier: &Carrier) -> u64 {
    carrier.look(|mailbox| mailbox.totals().outbound)
}

fn time_left(arrived: u64, missing: u64, elapsed: Duration) -> String {
    if arrived == 0 {
        return String::new();
    }
    let seconds = elapsed.as_secs_f64() * missing as f64 / arrived as f64;
    format!("about {seconds:.0} s left")
}
