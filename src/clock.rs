//! What time it is: the system's, or one that a test sets.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, Duration, Utc};

/// Hands out the time. Domain code never asks it: `now` is passed in.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    stands_at: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's own clock.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands at `time` until it is moved by [`Clock::advance`].
    pub fn standing_at(time: DateTime<Utc>) -> Self {
        Self { stands_at: Some(Arc::new(AtomicI64::new(time.timestamp_millis()))) }
    }

    /// The time, to the millisecond, as it is stored.
    pub fn now(&self) -> DateTime<Utc> {
        match &self.stands_at {
            Some(millis) => from_millis(millis.load(Ordering::SeqCst)),
            None => from_millis(Utc::now().timestamp_millis()),
        }
    }

    /// Moves a standing clock forward; the system's clock moves by itself.
    pub fn advance(&self, by: Duration) {
        if let Some(millis) = &self.stands_at {
            millis.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
        }
    }
}

/// A stored time, Unix milliseconds; the epoch where it is out of range.
pub fn from_millis(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}
