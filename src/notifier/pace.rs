//! A sender's pace: how many texts a second its carrier takes.

use std::{
    num::NonZeroU32,
    time::{Duration, Instant},
};

use governor::{
    DefaultDirectRateLimiter, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
};

/// Says when the next text may leave.
pub struct Pace {
    limiter: DefaultDirectRateLimiter,
    clock: DefaultClock,
    /// No text leaves before this moment, whatever the pace.
    rests_until: Option<Instant>,
    messages_per_second: f64,
}

impl Pace {
    /// A pace of this many texts a second.
    pub fn new(messages_per_second: f64) -> Self {
        let period = Duration::from_secs_f64(1.0 / messages_per_second.max(0.001));
        // Timers tick in milliseconds: what falls due within 20 ms may leave together.
        let burst = NonZeroU32::new((messages_per_second / 50.0) as u32).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::with_period(period).unwrap_or(Quota::per_second(NonZeroU32::MIN)).allow_burst(burst);
        Self {
            limiter: RateLimiter::direct(quota),
            clock: DefaultClock::default(),
            rests_until: None,
            messages_per_second,
        }
    }

    /// The texts a second it was made for.
    pub fn messages_per_second(&self) -> f64 {
        self.messages_per_second
    }

    /// Lets the sender rest for at least this long.
    pub fn rest(&mut self, pause: Duration) {
        let until = Instant::now() + pause;
        self.rests_until = Some(self.rests_until.map_or(until, |already| already.max(until)));
    }

    /// Whether the sender rests.
    pub fn is_resting(&self) -> bool {
        self.rests_until.is_some_and(|until| Instant::now() < until)
    }

    /// Waits for the end of the rest.
    pub async fn rested(&self) {
        if let Some(until) = self.rests_until {
            tokio::time::sleep_until(until.into()).await;
        }
    }

    /// The time from one text to the next.
    pub fn period(&self) -> Duration {
        Duration::from_secs_f64(1.0 / self.messages_per_second.max(0.001))
    }

    /// Waits for the turn of the next text. Dropped before it is done, it has taken no turn.
    pub async fn turn(&self) {
        self.rested().await;
        while let Err(not_until) = self.limiter.check() {
            tokio::time::sleep(not_until.wait_time_from(self.clock.now())).await;
        }
    }
}
