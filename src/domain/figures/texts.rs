//! What became of texts: counted at once, and again whenever a later look knows better.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::{Tally, name};

/// How many hours of a sender are kept.
pub const HOURS_KEPT: i64 = 24 * 8;

/// What became of a text, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It waits to be sent, or it is not known whether it was.
    Waiting,
    /// The provider took it.
    Sent,
    /// It is on the phone.
    Delivered,
    /// The carrier could not deliver it.
    Undelivered,
    /// It was given up.
    Failed,
    /// The carrier says that its reader opted out.
    OptedOut,
    /// It was taken back before it was sent.
    Withdrawn,
}

impl Outcome {
    /// All of them, the best first.
    pub const ALL: [Self; 7] =
        [Self::Delivered, Self::Sent, Self::Waiting, Self::Undelivered, Self::Failed, Self::OptedOut, Self::Withdrawn];

    /// What the outbox and the furthest receipt say together.
    pub fn read(state: &str, receipt: Option<&str>) -> Self {
        match (state, receipt) {
            ("sent", Some("delivered" | "read" | "partially_delivered")) => Self::Delivered,
            ("sent", Some("undelivered")) => Self::Undelivered,
            ("sent", Some("failed" | "canceled")) | ("failed", _) => Self::Failed,
            ("sent", _) => Self::Sent,
            ("opted_out", _) => Self::OptedOut,
            ("withdrawn", _) => Self::Withdrawn,
            _ => Self::Waiting,
        }
    }

    /// The word in the database and in texts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Undelivered => "undelivered",
            Self::Failed => "failed",
            Self::OptedOut => "opted_out",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the word; `None` for another.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }

    /// Whether a later look may know better.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Sent)
    }

    /// Whether it did not reach its reader.
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Undelivered | Self::Failed | Self::OptedOut)
    }
}

/// A text as a look finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The sender it goes out from.
    pub sender_id: Uuid,
    /// The shop it speaks for, where it is one.
    pub shop_id: Option<Uuid>,
    /// The day on which it was written, on the shop's calendar.
    pub day: i64,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// In how many parts it is sent.
    pub segments: i64,
    /// What became of it.
    pub outcome: Outcome,
    /// The provider's number for what went wrong.
    pub error_code: Option<i64>,
}

/// Adds what a look found; `before` is what the look before had counted.
pub fn fold_text(text: &Sent, before: Option<Outcome>, tally: &mut Tally) {
    if before == Some(text.outcome) {
        return;
    }
    let hour = text.written_at.timestamp().div_euclid(3600);
    let mut count = |outcome: Outcome, value| {
        tally.add(text.sender_id, name::TEXTS_BY_HOUR, hour, outcome.word(), value);
        if let Some(shop_id) = text.shop_id {
            tally.add(shop_id, name::TEXTS, text.day, outcome.word(), value);
        }
    };
    count(text.outcome, 1);
    if let Some(before) = before {
        count(before, -1);
    }
    let Some(shop_id) = text.shop_id else { return };
    if before.is_none() {
        tally.add(shop_id, name::SEGMENTS, text.day, "", text.segments);
    }
    if let Some(code) = text.error_code.filter(|_| text.outcome.is_failure()) {
        tally.add(shop_id, name::CODES, text.day, &code.to_string(), 1);
    }
}

/// When to look again at a text that was looked at so often; `None` once nothing more is to be expected.
pub fn next_look(looks: i64) -> Option<Duration> {
    let seconds = [20, 60, 300, 1_800, 7_200, 43_200, 86_400, 86_400];
    usize::try_from(looks).ok().and_then(|looks| seconds.get(looks)).map(|seconds| Duration::seconds(*seconds))
}
