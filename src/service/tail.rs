//! What passes just now, for whoever runs the gateway: the last lines, as they are written. Phones are masked, and what a text
//! says is never among it. Of this node alone, and kept in memory.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use super::write::Write;
use crate::{domain::address::Address, store::outbox::Settled};

/// How many lines are kept.
pub const LINES: usize = 100;
/// How many refused calls are kept.
pub const REFUSALS: usize = 50;
/// The longest part of a refused call's address that is kept.
const PATH_CHARS_MAX: usize = 80;

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Grows by one.
    pub number: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// What: a word of `WHAT`.
    pub what: &'static str,
    /// The person, masked.
    pub phone: String,
    /// More of it: a receipt's status, an error code.
    pub about: String,
}

/// A call that was refused, since its signature does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// When.
    pub at: DateTime<Utc>,
    /// Which address was called.
    pub path: String,
    /// From where.
    pub from: String,
    /// Why.
    pub why: &'static str,
}

/// What passed lately.
pub struct Tail {
    kept: Mutex<Kept>,
    news: broadcast::Sender<Line>,
    stop: CancellationToken,
}

#[derive(Default)]
struct Kept {
    next: u64,
    lines: VecDeque<Line>,
    refusals: VecDeque<Refusal>,
}

impl Tail {
    /// Nothing has passed yet. Whoever follows is let go when the gateway stops.
    pub fn new(stop: CancellationToken) -> Self {
        Self { kept: Mutex::default(), news: broadcast::Sender::new(LINES), stop }
    }

    /// Keeps what was written: of a large batch its end.
    pub(super) fn keep(&self, items: &[Write]) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        for item in items.iter().skip(items.len().saturating_sub(LINES)) {
            let Some((at, what, phone, about)) = told(item) else { continue };
            let line = Line { number: kept.next, at, what, phone, about };
            kept.next += 1;
            kept.lines.push_back(line.clone());
            if kept.lines.len() > LINES {
                kept.lines.pop_front();
            }
            // Nobody may be following.
            self.news.send(line).ok();
        }
    }

    /// Keeps that a call was refused.
    pub fn keep_refusal(&self, at: DateTime<Utc>, path: &str, from: String, why: &'static str) {
        let path = path.chars().take(PATH_CHARS_MAX).collect();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.refusals.push_front(Refusal { at, path, from, why });
        kept.refusals.truncate(REFUSALS);
    }

    /// The last lines, the newest first.
    pub fn lines(&self) -> Vec<Line> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).lines.iter().rev().cloned().collect()
    }

    /// The last refused calls, the newest first.
    pub fn refusals(&self) -> Vec<Refusal> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).refusals.iter().cloned().collect()
    }

    /// What passes from now on.
    pub fn follow(&self) -> broadcast::Receiver<Line> {
        self.news.subscribe()
    }

    /// How many follow.
    pub fn followers(&self) -> usize {
        self.news.receiver_count()
    }

    /// Cancelled when the gateway stops.
    pub fn stop(&self) -> &CancellationToken {
        &self.stop
    }
}

fn told(item: &Write) -> Option<(DateTime<Utc>, &'static str, String, String)> {
    let masked = |address: &Address| address.to_string();
    match item {
        Write::Text(arrival) => Some((arrival.received_at, "text", masked(&arrival.inbound.from), String::new())),
        Write::Receipt(arrived) => {
            let receipt = &arrived.receipt;
            let code = receipt.error_code.map(|code| format!(" {code}")).unwrap_or_default();
            let phone = receipt.to.as_ref().map(masked).unwrap_or_default();
            Some((arrived.received_at, "receipt", phone, format!("{}{code}", receipt.status.word())))
        }
        Write::Settled(settled) => {
            let what = match settled.settlement.state {
                Settled::Sent { .. } => "sent",
                Settled::Queued { .. } => "again",
                Settled::Untried => return None,
                Settled::Unclear { .. } => "unclear",
                Settled::Failed => "failed",
                Settled::OptedOut => "opted_out",
            };
            let phone = Address::parse(&settled.address).map(|address| masked(&address)).unwrap_or_default();
            let code = settled.settlement.error_code.map(|code| code.to_string()).unwrap_or_default();
            Some((settled.at, what, phone, code))
        }
        Write::Order(placed) => Some((placed.at, "order", String::new(), placed.order.what.kind().to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_calls_are_few_and_short() {
        let tail = Tail::new(CancellationToken::new());
        for call in 0..REFUSALS + 5 {
            tail.keep_refusal(DateTime::UNIX_EPOCH, &"/webhooks".repeat(50), call.to_string(), "wrong signature");
        }
        let refusals = tail.refusals();
        assert_eq!((refusals.len(), refusals[0].from.as_str()), (REFUSALS, "54"));
        assert!(refusals.iter().all(|refusal| refusal.path.len() == PATH_CHARS_MAX));
    }
}
