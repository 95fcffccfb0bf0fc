//! How senders are, in words: what they sent lately, what waits, when that will be sent, and why they rest.

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use crate::{
    console::{
        overview::sums::{Period, Sums},
        say::Say,
    },
    domain::{
        figures::{Outcome, name},
        shop::Sender,
    },
    http::Gateway,
    store::{
        Result,
        health::{COUNTED_MAX, SenderHealth},
    },
};

/// What was sent within a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Lately {
    pub(super) received: i64,
    pub(super) sent: i64,
    pub(super) failed: i64,
}

/// A sender as a page shows it.
pub(super) struct Health {
    pub(super) address: String,
    pub(super) whose: String,
    pub(super) account: String,
    pub(super) pace: String,
    pub(super) hour: Lately,
    pub(super) hour_failed: String,
    pub(super) day: Lately,
    pub(super) day_failed: String,
    pub(super) last_receipt: Option<String>,
    pub(super) queued: String,
    pub(super) unclear: i64,
    pub(super) done_at: Option<String>,
    pub(super) paused: Option<(String, String)>,
}

impl Lately {
    /// What failed, and which part that is.
    fn failures(self, say: Say) -> String {
        say.of2("sender-failed", "failed", self.failed, "rate", say.percent(self.failed, self.sent + self.failed))
    }

    /// Whether more failed than is usual.
    pub(super) fn is_bad(self) -> bool {
        self.failed * 10 > (self.sent + self.failed).max(9)
    }
}

/// How these senders are.
pub(super) async fn of(gateway: &Gateway, say: Say, senders: &[Sender]) -> Result<Vec<Health>> {
    let ids: Vec<Uuid> = senders.iter().map(|sender| sender.id).collect();
    let kept = gateway.store.sender_health(&ids).await?;
    let merchants = merchants_of(gateway, senders).await?;
    let now = gateway.clock.now();
    let this_hour = now.timestamp().div_euclid(3600);
    let mut all = Vec::with_capacity(senders.len());
    for sender in senders {
        let period = Period { from: this_hour - 24, to: this_hour + 1, step: 1 };
        let sums =
            Sums::read(&gateway.store, sender.id, &[name::TEXTS_BY_HOUR, name::RECEIVED_BY_HOUR], period).await?;
        // The hour that runs and the one before it; and all of them.
        let (hour, day) = (lately(&sums, 23), lately(&sums, 0));
        let last = gateway.store.standing_figures(sender.id, &[name::LAST_RECEIPT]).await?;
        let last_receipt = last.first().map(|(_, at)| say.moment(*at, Tz::UTC));
        let health = kept.iter().find(|health| health.id == sender.id);
        let (queued, done_at) = health.map_or((0, None), |health| (health.queued, finish(sender, health, now)));
        let paused = health.filter(|health| health.paused_until > now.timestamp_millis()).map(|health| {
            (
                say.of("sender-paused", "until", say.moment(health.paused_until, Tz::UTC)),
                health.pause_reason.clone().unwrap_or_default(),
            )
        });
        all.push(Health {
            address: sender.address.as_str().to_owned(),
            whose: whose(say, sender, &merchants),
            account: account_of(gateway, sender),
            pace: say.of("sender-pace", "pace", sender.messages_per_second.to_string()),
            hour,
            hour_failed: hour.failures(say),
            day,
            day_failed: day.failures(say),
            last_receipt,
            queued: if queued >= COUNTED_MAX { format!("{}+", say.number(queued)) } else { say.number(queued) },
            unclear: health.map_or(0, |health| health.unclear),
            done_at: done_at.map(|at| say.of("sender-done-at", "at", say.moment(at.timestamp_millis(), Tz::UTC))),
            paused,
        });
    }
    Ok(all)
}

/// When all that waits will be sent, at the sender's pace; nothing where nothing waits or nobody knows.
pub(super) fn finish(sender: &Sender, health: &SenderHealth, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let is_countable = health.queued > 0 && health.queued < COUNTED_MAX && sender.messages_per_second > 0.0;
    let seconds = (health.queued as f64 / sender.messages_per_second).ceil();
    let begins = DateTime::from_timestamp_millis(health.paused_until).unwrap_or(now).max(now);
    let lasts = Duration::try_milliseconds((seconds * 1000.0) as i64)?;
    is_countable.then(|| begins.checked_add_signed(lasts)).flatten()
}

fn lately(sums: &Sums, from_slot: i64) -> Lately {
    let mut lately = Lately::default();
    for (figure, _, part, value) in sums.all().iter().filter(|(_, slot, ..)| *slot >= from_slot) {
        match Outcome::from_word(part) {
            _ if figure == name::RECEIVED_BY_HOUR => lately.received += value,
            Some(outcome) if outcome.is_failure() => lately.failed += value,
            Some(Outcome::Sent | Outcome::Delivered) => lately.sent += value,
            _ => {}
        }
    }
    lately
}

async fn merchants_of(gateway: &Gateway, senders: &[Sender]) -> Result<Vec<(Uuid, String)>> {
    let mut ids: Vec<Uuid> = senders.iter().filter_map(|sender| sender.merchant_id).collect();
    ids.sort_unstable();
    ids.dedup();
    gateway.store.merchant_names(&ids).await
}

fn whose(say: Say, sender: &Sender, merchants: &[(Uuid, String)]) -> String {
    let merchant = sender.merchant_id.and_then(|id| merchants.iter().find(|(known, _)| *known == id));
    merchant.map_or_else(|| say.t("sender-shared"), |(_, name)| name.clone())
}

fn account_of(gateway: &Gateway, sender: &Sender) -> String {
    let known = gateway.directory.read();
    known.account(sender.account_id).map(|account| account.account_sid.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::address::Address;

    #[test]
    fn a_queue_is_finished_at_the_senders_pace_once_it_rests_no_more() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let sender = Sender {
            id: Uuid::nil(),
            address: Address::parse("+14155550100").unwrap(),
            account_id: Uuid::nil(),
            merchant_id: None,
            service_sid: None,
            messages_per_second: 2.0,
            created_at: now,
        };
        let health = |queued, rests: i64| SenderHealth {
            id: Uuid::nil(),
            queued,
            unclear: 0,
            paused_until: now.timestamp_millis() + rests,
            pause_reason: None,
        };
        assert_eq!(finish(&sender, &health(100, -5), now), Some(now + Duration::seconds(50)));
        assert_eq!(finish(&sender, &health(3, 60_000), now), Some(now + Duration::seconds(62)));
        assert_eq!(finish(&sender, &health(0, 0), now), None);
        assert_eq!(finish(&sender, &health(COUNTED_MAX, 0), now), None);
        let stopped = Sender { messages_per_second: 0.0, ..sender };
        assert_eq!(finish(&stopped, &health(5, 0), now), None);
    }
}
