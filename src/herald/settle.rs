//! What an answer means for the delivery and for its webhook. Pure.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::store::deliveries::{DeliveryState, SettledDelivery, Standing};

/// The pauses after the first, second … attempt; after the last of them it is given up. (Standard Webhooks 1.0.0, the
/// example of its schedule.)
pub const PAUSES: [Duration; 9] = [
    Duration::from_secs(5),
    Duration::from_mins(5),
    Duration::from_mins(30),
    Duration::from_hours(2),
    Duration::from_hours(5),
    Duration::from_hours(10),
    Duration::from_hours(14),
    Duration::from_hours(20),
    Duration::from_hours(24),
];

/// A webhook of which nothing but failures came for so long is called no more until somebody resumes it.
pub const PAUSED_AFTER: TimeDelta = TimeDelta::days(5);

/// How long a webhook rests that is asked for too much and does not say how long.
const REST: Duration = Duration::from_mins(1);
/// The longest that one may ask us to wait.
const REST_MAX: Duration = Duration::from_hours(24);

/// How a webhook answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// With a status; and how long to wait, where it says so.
    Status(u16, Option<Duration>),
    /// Not at all, and why.
    None(String),
}

/// Reads an answer to the attempt number `attempts` (from 1) to tell an event. `chance` is any number; it spreads the retries by a
/// tenth. `standing` is how the webhook stood before, and then how it stands.
pub fn judge(
    event_id: Uuid,
    (answer, attempts): (&Answer, u32),
    now: DateTime<Utc>,
    chance: u64,
    standing: &mut Standing,
) -> SettledDelivery {
    let status = match answer {
        Answer::Status(status, _) => Some(*status),
        Answer::None(_) => None,
    };
    if let Answer::Status(200..=299, _) = answer {
        standing.failing_since = None;
        return SettledDelivery { event_id, state: DeliveryState::Delivered, status, reason: None };
    }
    let reason = reason(answer);
    note_failure(answer, &reason, now, standing);
    let pause = pause_after(attempts, chance);
    let asked = match answer {
        Answer::Status(_, asked) => asked.map(|asked| asked.min(REST_MAX)),
        Answer::None(_) => None,
    };
    let state = match pause {
        Some(pause) => DeliveryState::Queued(now + pause.max(asked.unwrap_or_default())),
        None => DeliveryState::Failed,
    };
    SettledDelivery { event_id, state, status, reason: Some(reason) }
}

fn note_failure(answer: &Answer, reason: &str, now: DateTime<Utc>, standing: &mut Standing) {
    let since = *standing.failing_since.get_or_insert(now);
    match answer {
        Answer::Status(410, _) => {
            let sentence = "it answered 410 Gone: it wants to be called no more".to_owned();
            standing.stopped = Some(("disabled", sentence));
        }
        Answer::Status(429 | 502 | 503 | 504, asked) if asked.is_some() => {
            standing.rests_until = Some(now + asked.unwrap_or(REST).min(REST_MAX)).max(standing.rests_until);
        }
        Answer::Status(429 | 502 | 504, _) => standing.rests_until = Some(now + REST).max(standing.rests_until),
        _ => {}
    }
    if standing.stopped.is_none() && now - since >= PAUSED_AFTER {
        let sentence = format!("nothing but failures since {}; the last: {reason}", since.format("%Y-%m-%d %H:%M UTC"));
        standing.stopped = Some(("paused", sentence));
    }
}

fn reason(answer: &Answer) -> String {
    match answer {
        Answer::Status(300..=399, _) => "it redirects; change the webhook's url to where it leads".to_owned(),
        Answer::Status(status, _) => format!("it answered {status}, not 2xx"),
        Answer::None(why) => why.clone(),
    }
}

/// How long after this attempt the next one is made, a tenth longer or shorter by chance; `None`: none is.
fn pause_after(attempts: u32, chance: u64) -> Option<Duration> {
    let place = usize::try_from(attempts.saturating_sub(1)).ok()?;
    let share = (chance % 1001) as f64 / 1000.0;
    PAUSES.get(place).map(|pause| pause.mul_f64(0.9 + share / 5.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn judged(answer: Answer, attempts: u32, chance: u64) -> (SettledDelivery, Standing) {
        let mut standing = Standing::default();
        let settled = judge(Uuid::nil(), (&answer, attempts), now(), chance, &mut standing);
        (settled, standing)
    }

    #[test]
    fn the_whole_schedule_is_that_of_the_specification() {
        let mut since_start = Vec::new();
        let mut at = Duration::ZERO;
        for attempts in 1..=10 {
            since_start.push(at.as_secs());
            let state = judged(Answer::Status(500, None), attempts, 500).0.state;
            match state {
                DeliveryState::Queued(due_at) => at += (due_at - now()).to_std().unwrap(),
                _ => assert_eq!((state, attempts), (DeliveryState::Failed, 10)),
            }
        }
        // 00:00:00, 00:00:05, 00:05:05, 00:35:05, 02:35:05, 07:35:05, 17:35:05, 31:35:05, 51:35:05, 75:35:05
        assert_eq!(since_start, [0, 5, 305, 2_105, 9_305, 27_305, 63_305, 113_705, 185_705, 272_105]);
    }

    #[test]
    fn chance_spreads_a_pause_by_a_tenth_either_way() {
        let pause = |chance| pause_after(2, chance).unwrap().as_secs();
        assert_eq!((pause(0), pause(500), pause(1000), pause(1001)), (270, 300, 330, 270));
    }

    #[test]
    fn only_two_hundreds_are_a_success() {
        for status in [200, 201, 202, 204, 299] {
            assert_eq!(judged(Answer::Status(status, None), 1, 0).0.state, DeliveryState::Delivered, "{status}");
        }
        for status in [100, 199, 300, 301, 302, 304, 307, 308, 400, 401, 404, 409, 422, 429, 500, 502, 503, 504] {
            let (settled, standing) = judged(Answer::Status(status, None), 1, 0);
            assert!(matches!(settled.state, DeliveryState::Queued(_)), "{status}");
            assert_eq!((settled.status, standing.failing_since), (Some(status), Some(now())), "{status}");
            assert_eq!(standing.rests_until.is_some(), [429, 502, 504].contains(&status), "{status}");
            assert_eq!(standing.stopped, None, "{status}");
        }
    }

    #[test]
    fn gone_disables_at_once() {
        let (settled, standing) = judged(Answer::Status(410, None), 1, 0);
        assert!(matches!(settled.state, DeliveryState::Queued(_)));
        assert_eq!(standing.stopped.unwrap().0, "disabled");
    }

    #[test]
    fn who_asks_us_to_wait_is_left_alone_so_long_and_no_longer_than_a_day() {
        for status in [429, 502, 503, 504] {
            let (settled, standing) = judged(Answer::Status(status, Some(Duration::from_secs(600))), 1, 500);
            assert_eq!(settled.state, DeliveryState::Queued(now() + Duration::from_secs(600)));
            assert_eq!(standing.rests_until, Some(now() + Duration::from_secs(600)));
        }
        let (settled, standing) = judged(Answer::Status(429, Some(Duration::from_secs(u64::MAX))), 1, 500);
        assert_eq!(settled.state, DeliveryState::Queued(now() + REST_MAX));
        assert_eq!(standing.rests_until, Some(now() + REST_MAX));
        assert_eq!(judged(Answer::Status(429, None), 1, 500).1.rests_until, Some(now() + REST));
    }

    #[test]
    fn five_days_of_nothing_but_failures_pause_and_one_success_ends_them() {
        let failing = |days| Standing { failing_since: Some(now() - TimeDelta::days(days)), ..Standing::default() };
        let answer = Answer::None("no answer".to_owned());
        let (mut four, mut five) = (failing(4), failing(5));
        judge(Uuid::nil(), (&answer, 3), now(), 0, &mut four);
        judge(Uuid::nil(), (&answer, 3), now(), 0, &mut five);
        assert_eq!((four.stopped, five.stopped.unwrap().0), (None, "paused"));
        let mut standing = failing(5);
        judge(Uuid::nil(), (&Answer::Status(200, None), 3), now(), 0, &mut standing);
        judge(Uuid::nil(), (&answer, 3), now(), 0, &mut standing);
        assert_eq!((standing.stopped, standing.failing_since), (None, Some(now())));
    }
}
