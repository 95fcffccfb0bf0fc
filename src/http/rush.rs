//! How much one session may send: more than anybody can press is some script.

use std::{num::NonZeroU32, time::Duration};

use governor::{
    Quota, RateLimiter, clock::Clock as GovernorClock, middleware::NoOpMiddleware, state::keyed::HashMapStateStore,
};

use crate::clock::Clock;

/// The most forms of one session in a minute; as many at once, and then one by one.
const FORMS_PER_MINUTE: u32 = 120;
/// How many sessions are known before those that have rested are forgotten.
const KNOWN_MAX: usize = 4_096;

/// Says who sends too much.
pub struct Rush {
    limiter: RateLimiter<String, HashMapStateStore<String>, Ticks, NoOpMiddleware<Duration>>,
    ticks: Ticks,
}

/// The gateway's own clock, as the limiter reads it.
#[derive(Clone)]
struct Ticks(Clock);

impl GovernorClock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.now().timestamp_millis()).unwrap_or_default())
    }
}

impl Rush {
    /// Nobody has sent anything yet.
    pub fn new(clock: Clock) -> Self {
        let ticks = Ticks(clock);
        let most = NonZeroU32::new(FORMS_PER_MINUTE).unwrap_or(NonZeroU32::MIN);
        let limiter = RateLimiter::hashmap_with_clock(Quota::per_minute(most), ticks.clone());
        Self { limiter, ticks }
    }

    /// Counts a form of a session.
    ///
    /// # Errors
    /// It is one too many: how long to wait.
    pub fn count(&self, session: &str) -> Result<(), Duration> {
        if self.limiter.len() > KNOWN_MAX {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&session.to_owned()).map_err(|until| until.wait_time_from(self.ticks.now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_that_sends_too_much_waits_and_no_other_does() {
        let clock = Clock::standing_at(chrono::DateTime::from_timestamp(1_803_920_400, 0).unwrap());
        let rush = Rush::new(clock.clone());
        assert!((0..120).all(|_| rush.count("one").is_ok()));
        assert_eq!(rush.count("one"), Err(Duration::from_millis(500)));
        assert_eq!(rush.count("other"), Ok(()));
        clock.advance(chrono::Duration::milliseconds(500));
        assert_eq!(rush.count("one"), Ok(()));
        assert!(rush.count("one").is_err());
    }
}
