//! What a load test has found.

mod table;

use std::collections::BTreeMap;
use std::time::Duration;

use hdrhistogram::Histogram;
use serde::Serialize;

use super::args::Args;
use super::replies::Arrived;
use crate::yardstick::player::{Answer, Played};

/// Everything that was measured and counted. Times are in milliseconds, sizes in bytes.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// How many phones texted in each phase.
    pub phones: u32,
    /// How many numbers they texted.
    pub senders: u16,
    /// Replies a second that each of these numbers may send.
    pub pace: f64,
    /// Connections, each with one text under way.
    pub connections: u16,
    /// The gateway that the test started itself.
    pub gateway: Option<OwnGateway>,
    /// The phases in the order played.
    pub phases: Vec<Phase>,
    /// The endpoint that only checks the signature.
    pub bare: Option<Bare>,
    /// Durable joins a second, as a part of what the bare endpoint answers a second.
    pub joins_to_bare: Option<f64>,
    /// Purchases a second, each with its text, as a part of what the bare endpoint answers a second.
    pub purchases_to_bare: Option<f64>,
    /// BALs a second to joins a second, both flat out.
    pub balances_to_joins: Option<f64>,
    /// Delivery reports that the gateway did not take.
    pub receipts_refused: u64,
}

/// The gateway that the test started itself.
#[derive(Debug, Clone, Serialize)]
pub struct OwnGateway {
    /// Which database, and on what it lies.
    pub database: String,
    /// From the start of the process until it said that it was ready.
    pub ready_milliseconds: f64,
    /// Memory before the first phase; `None` where the system does not tell.
    pub idle_bytes: Option<u64>,
    /// The most memory it ever held.
    pub peak_bytes: Option<u64>,
    /// From SIGTERM until it was gone.
    pub stop_milliseconds: f64,
}

/// What a process holds in memory.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// Now.
    pub resident_bytes: u64,
    /// At most since its start.
    pub peak_bytes: u64,
}

/// One phase: every phone texts once.
#[derive(Debug, Clone, Serialize)]
pub struct Phase {
    /// What it is called.
    pub name: String,
    /// Texts a second that were asked for; `None`: flat out.
    pub rate: Option<f64>,
    /// Texts sent.
    pub texts: u64,
    /// Texts answered 2xx.
    pub accepted: u64,
    /// From the first text to the last answer.
    pub milliseconds: f64,
    /// Texts answered 2xx a second.
    pub accepted_per_second: f64,
    /// To the end of each answer; with a rate, from when the text was due.
    pub latency: Latency,
    /// How often each status or failure was met with.
    pub answers: BTreeMap<String, u64>,
    /// Replies that arrived at the carrier.
    pub replies: u64,
    /// Replies a second, from the first text to the last reply.
    pub replies_per_second: f64,
    /// What the phones have read up to the end of this phase.
    pub verdict: Verdict,
}

/// Phones by what is wrong with the replies they have read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Fewer replies than texts answered 2xx.
    pub lost: u64,
    /// More replies than texts.
    pub doubled: u64,
    /// As many as texts, but not saying the right thing, or in the wrong order.
    pub wrong: u64,
}

/// Latency in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Latency {
    /// Half of all answers came faster.
    pub p50: f64,
    /// Of a hundred answers, ninety-nine came faster.
    pub p99: f64,
    /// The slowest.
    pub max: f64,
}

/// The bare endpoint's figures.
#[derive(Debug, Clone, Serialize)]
pub struct Bare {
    /// Texts answered 2xx a second.
    pub accepted_per_second: f64,
    /// To the end of each answer.
    pub latency: Latency,
    /// How often each status or failure was met with.
    pub answers: BTreeMap<String, u64>,
}

impl Report {
    /// Nothing played yet.
    pub(super) fn new(args: &Args) -> Self {
        Self {
            phones: args.phones,
            senders: args.senders,
            pace: args.pace,
            connections: args.connections,
            gateway: None,
            phases: Vec::new(),
            bare: None,
            joins_to_bare: None,
            purchases_to_bare: None,
            balances_to_joins: None,
            receipts_refused: 0,
        }
    }

    /// Whether every text was accepted, and every phone has read exactly what it asked for.
    pub fn is_clean(&self) -> bool {
        self.phases.iter().all(|phase| phase.accepted == phase.texts && phase.verdict == Verdict::default())
    }

    /// The phase of that name.
    pub fn phase(&self, name: &str) -> Option<&Phase> {
        self.phases.iter().find(|phase| phase.name == name)
    }
}

impl Phase {
    pub(super) fn new(name: &str, rate: Option<f64>, played: Played, arrived: Arrived, verdict: Verdict) -> Self {
        let accepted = taken(&played.answers);
        Self {
            name: name.to_owned(),
            rate,
            texts: played.answers.len() as u64,
            accepted,
            milliseconds: milliseconds(played.took),
            accepted_per_second: per_second(accepted, played.took),
            latency: Latency::of(&played.latency),
            answers: played.tally,
            replies: arrived.replies,
            replies_per_second: per_second(arrived.replies, arrived.took),
            verdict,
        }
    }
}

impl Bare {
    pub(super) fn new(played: Played) -> Self {
        let accepted = played.tally.get("200").copied().unwrap_or_default();
        Self {
            accepted_per_second: per_second(accepted, played.took),
            latency: Latency::of(&played.latency),
            answers: played.tally,
        }
    }
}

impl Latency {
    fn of(micros: &Histogram<u64>) -> Self {
        let milliseconds = |micros: u64| micros as f64 / 1_000.0;
        Self {
            p50: milliseconds(micros.value_at_quantile(0.5)),
            p99: milliseconds(micros.value_at_quantile(0.99)),
            max: milliseconds(micros.max()),
        }
    }
}

/// How many texts were answered 2xx.
pub(super) fn taken(answers: &[Answer]) -> u64 {
    answers.iter().filter(|answer| **answer == Answer::Taken).count() as u64
}

/// For the report's times.
pub(super) fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

fn per_second(count: u64, took: Duration) -> f64 {
    if took.is_zero() { 0.0 } else { count as f64 / took.as_secs_f64() }
}
