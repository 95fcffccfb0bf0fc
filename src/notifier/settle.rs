//! What a provider's answer means for the text and for its sender. Pure, but for [`chance`].

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::{
    config,
    domain::message::DeliveryStatus,
    providers::{
        Answer,
        twilio::error_code::{Class, classify},
    },
    secrets::random_bytes,
    store::outbox::{Settled, Settlement},
};

/// What follows from an answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What becomes of the text.
    pub settlement: Settlement,
    /// How long the sender rests before its next text.
    pub rest: Option<Rest>,
}

/// A rest of a sender.
#[derive(Debug, PartialEq, Eq)]
pub enum Rest {
    /// The carrier asked for it; other senders and nodes need not know.
    Brief(Duration),
    /// The operator must act; kept, with why.
    Alarm(Duration, String),
}

/// Reads an answer to the attempt number `attempts` (from 1). `chance` is any number; it spreads the retries.
pub fn judge(
    id: i64,
    answer: Answer,
    attempts: u32,
    now: DateTime<Utc>,
    chance: u64,
    settings: &config::Notifier,
) -> Verdict {
    let pause = pause_after(attempts, chance, settings);
    let later = |asked: Option<Duration>| now + asked.unwrap_or(pause).max(pause / 2);
    let spent = attempts >= settings.attempts_max;
    let (state, code, reason, rest) = match answer {
        Answer::Accepted { status: DeliveryStatus::Failed | DeliveryStatus::Undelivered, .. } => {
            (Settled::Failed, None, Some("the provider took the text and failed at once".to_owned()), None)
        }
        Answer::Accepted { provider_message_id, .. } => (Settled::Sent { provider_message_id }, None, None, None),
        // Too fast is never a failure: the carrier took nothing, and will.
        Answer::RateLimited { pause: asked, code } => {
            let due_at = later(asked);
            let rest = Rest::Brief(asked.unwrap_or(pause));
            (Settled::Queued { due_at }, code, Some("the carrier asked us to slow down".to_owned()), Some(rest))
        }
        Answer::RetryAfter { code, .. } if spent || (is_tried_once_more(code) && attempts >= 2) => {
            (Settled::Failed, code, Some("given up after several attempts".to_owned()), None)
        }
        Answer::RetryAfter { pause: asked, code } => {
            (Settled::Queued { due_at: later(asked) }, code, Some("not taken; it is tried again".to_owned()), None)
        }
        Answer::Unclear { code } => {
            let reason = "the provider may have taken it; it is looked up before it is sent again".to_owned();
            (Settled::Unclear { due_at: now + pause }, code, Some(reason), None)
        }
        Answer::Refused { code, reason } => (Settled::Failed, code, Some(reason), None),
        Answer::OptedOut { code } => {
            (Settled::OptedOut, code, Some("the person opted out with the carrier".to_owned()), None)
        }
        Answer::Misconfigured { code, reason } => {
            let rest = Duration::from_secs(settings.misconfigured_pause_seconds);
            (Settled::Failed, code, Some(reason.clone()), Some(Rest::Alarm(rest, reason)))
        }
    };
    Verdict { settlement: Settlement { id, state, error_code: code, reason }, rest }
}

/// Growing pauses: twice as long each time, up to the greatest, and up to a quarter longer or shorter by chance.
pub fn pause_after(attempts: u32, chance: u64, settings: &config::Notifier) -> Duration {
    let first = Duration::from_millis(settings.pause_first_milliseconds.max(1));
    let most = Duration::from_secs(settings.pause_max_seconds.max(1));
    let grown = first.saturating_mul(2u32.saturating_pow(attempts.saturating_sub(1).min(30))).min(most);
    let share = (chance % 1000) as f64 / 1000.0;
    grown.mul_f64(0.75 + share / 2.0)
}

/// Any number, for [`judge`] and [`pause_after`].
pub fn chance() -> u64 {
    random_bytes::<8>().map(u64::from_le_bytes).unwrap_or_default()
}

fn is_tried_once_more(code: Option<u32>) -> bool {
    code.is_some_and(|code| matches!(classify(code), Class::TransientRecipient | Class::Unknown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    fn settings() -> config::Notifier {
        Settings::defaults().unwrap().notifier
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn judged(answer: Answer, attempts: u32) -> Verdict {
        judge(7, answer, attempts, now(), 500, &settings())
    }

    #[test]
    fn too_fast_is_never_a_failure_and_lets_the_sender_rest() {
        let asked = Duration::from_secs(30);
        let verdict = judged(Answer::RateLimited { pause: Some(asked), code: Some(20429) }, 99);
        assert_eq!(verdict.settlement.state, Settled::Queued { due_at: now() + pause_after(99, 500, &settings()) / 2 });
        assert_eq!(verdict.rest, Some(Rest::Brief(asked)));
    }

    #[test]
    fn a_retry_waits_at_least_as_long_as_the_provider_asks() {
        let asked = Duration::from_secs(30);
        let verdict = judged(Answer::RetryAfter { pause: Some(asked), code: None }, 1);
        assert_eq!(verdict.settlement.state, Settled::Queued { due_at: now() + asked });
    }

    #[test]
    fn connection_errors_are_given_up_after_the_last_attempt() {
        let most = settings().attempts_max;
        let answer = || Answer::RetryAfter { pause: None, code: None };
        assert!(matches!(judged(answer(), most - 1).settlement.state, Settled::Queued { .. }));
        assert_eq!(judged(answer(), most).settlement.state, Settled::Failed);
    }

    #[test]
    fn a_phone_out_of_reach_gets_one_more_try() {
        let answer = || Answer::RetryAfter { pause: None, code: Some(30003) };
        assert!(matches!(judged(answer(), 1).settlement.state, Settled::Queued { .. }));
        assert_eq!(judged(answer(), 2).settlement.state, Settled::Failed);
    }

    #[test]
    fn a_wrong_token_fails_the_text_and_raises_an_alarm() {
        let verdict = judged(Answer::Misconfigured { code: Some(20003), reason: "Authenticate".into() }, 1);
        assert_eq!(verdict.settlement.state, Settled::Failed);
        assert!(matches!(verdict.rest, Some(Rest::Alarm(..))));
    }

    #[test]
    fn pauses_grow_to_the_greatest_and_spread_by_a_quarter() {
        let settings = settings();
        let at = |attempts, chance| pause_after(attempts, chance, &settings).as_millis();
        assert_eq!((at(1, 500), at(2, 500), at(3, 500)), (500, 1000, 2000));
        assert_eq!(at(60, 500), u128::from(settings.pause_max_seconds) * 1000);
        assert!(at(1, 0) == 375 && at(1, 999) < 626);
    }
}
