//! Webhooks are made, changed, rotated, resumed; and what was told is told again.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;
use url::{Host, Url};
use uuid::Uuid;

use super::{
    audit::{Line, pictures},
    change::{Change, ChangeError},
    events,
};
use crate::{
    config,
    domain::reach::is_public,
    secrets::new_webhook_secret,
    store::{Transaction, webhooks::WebhookRow},
};

/// The most webhooks of a merchant.
pub const WEBHOOKS_MAX: i64 = 20;
/// The most characters of a webhook's address.
pub const URL_CHARS_MAX: usize = 2000;
/// The most events that are put into the queue again by one request.
pub const REPLAY_MAX: u64 = 10_000;
/// So many of them share a commit.
const REPLAY_BATCH: usize = 500;

/// A webhook as it is asked for.
pub struct NewWebhook {
    /// Whose it is.
    pub merchant_id: Uuid,
    /// Where it leads, read by [`read_url`].
    pub url: Url,
    /// Of which kinds of events; none: all.
    pub kinds: Vec<&'static str>,
    /// What the merchant says it is for.
    pub description: String,
}

/// What shall change of a webhook; `None` stays as it is.
#[derive(Default)]
pub struct WebhookChanges {
    /// Another address.
    pub url: Option<Url>,
    /// Other kinds of events.
    pub kinds: Option<Vec<&'static str>>,
    /// Another description.
    pub description: Option<String>,
}

/// Which events are told again.
pub enum Again {
    /// All that were written from a moment on, of the kinds that the webhook wants.
    Since(DateTime<Utc>),
    /// These.
    Events(Vec<Uuid>),
}

/// Where a webhook may lead.
///
/// # Errors
/// A sentence that says what it must be.
pub fn read_url(text: &str, settings: &config::Events) -> Result<Url, String> {
    if text.chars().count() > URL_CHARS_MAX {
        return Err(format!("has at most {URL_CHARS_MAX} characters"));
    }
    let url = Url::parse(text).map_err(|_| "must be an address such as https://example.com/regulars".to_owned())?;
    match url.scheme() {
        "https" => {}
        "http" if settings.allow_http => {}
        _ => return Err("must begin with https://: what is told has phone numbers in it".to_owned()),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must have no name and password in it; check the signature instead".to_owned());
    }
    if url.fragment().is_some() {
        return Err("must have no # in it".to_owned());
    }
    let is_public = match url.host() {
        Some(Host::Ipv4(address)) => is_public(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => is_public(IpAddr::V6(address)),
        Some(Host::Domain(name)) if !is_host_name(name) => {
            return Err("must name a host by letters, digits, hyphens and dots".to_owned());
        }
        Some(Host::Domain(name)) => is_public_name(name),
        None => return Err("must name a host".to_owned()),
    };
    if !is_public && !settings.allow_private_addresses {
        return Err("must lead to the public network, not to this machine or its neighbours".to_owned());
    }
    Ok(url)
}

/// Addresses let more through than names of hosts are made of. (RFC 1123, 2.1; the underscore is in use.)
fn is_host_name(name: &str) -> bool {
    name.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"-._".contains(&sign))
}

/// What a name leads to is seen when it is called; these never lead to the public network. (RFC 6761, 6762, 8375, 9476)
fn is_public_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let last = name.rsplit('.').next().unwrap_or_default();
    name.contains('.')
        && !["localhost", "local", "internal", "invalid", "test", "onion", "alt"].contains(&last)
        && !name.ends_with(".home.arpa")
}

/// Adds a webhook; answers it with its secret, which is shown this once.
pub async fn create(change: Change<'_>, new: NewWebhook) -> Result<(WebhookRow, SecretString), ChangeError> {
    let id = Uuid::now_v7();
    let secret = new_webhook_secret()?;
    let row = WebhookRow {
        id,
        merchant_id: new.merchant_id,
        url: new.url.to_string(),
        kinds: written_kinds(&new.kinds),
        description: new.description,
        secret_sealed: change.vault.seal(&secret, &id.to_string())?,
        previous_secret_sealed: None,
        previous_until: None,
        state: "active".to_owned(),
        pause_reason: None,
        failing_since: None,
        rests_until: None,
        created_at: change.now.timestamp_millis(),
    };
    let tx = change.store.begin().await?;
    if tx.count_webhooks(new.merchant_id).await? >= WEBHOOKS_MAX {
        let sentence = format!("There are {WEBHOOKS_MAX} webhooks already, which is the most; delete one first.");
        return Err(ChangeError::Taken(sentence));
    }
    tx.insert_webhook(&row).await.map_err(|error| match error.is_conflict() {
        true => ChangeError::mistake("merchant_id", "there is no such merchant"),
        false => error.into(),
    })?;
    change.note(&tx, line(&row).created(pictures::of_webhook(&row))).await?;
    tx.commit().await?;
    Ok((row, secret))
}

/// Changes a webhook. One that leads elsewhere now begins without a history of failures.
pub async fn update(
    change: Change<'_>,
    whose: (Option<Uuid>, Uuid),
    changes: WebhookChanges,
) -> Result<WebhookRow, ChangeError> {
    let (tx, mut row) = begin(change, whose).await?;
    let before = pictures::of_webhook(&row);
    if let Some(url) = changes.url.map(|url| url.to_string()).filter(|url| *url != row.url) {
        (row.url, row.failing_since, row.rests_until) = (url, None, None);
    }
    row.kinds = changes.kinds.map_or(row.kinds, |kinds| written_kinds(&kinds));
    row.description = changes.description.unwrap_or(row.description);
    let noted = line(&row).changed(before, pictures::of_webhook(&row));
    finish(change, tx, row, noted).await
}

/// Deletes a webhook: it is called no more.
pub async fn delete(change: Change<'_>, whose: (Option<Uuid>, Uuid)) -> Result<(), ChangeError> {
    let (tx, mut row) = begin(change, whose).await?;
    let noted = line(&row).removed(pictures::of_webhook(&row));
    "deleted".clone_into(&mut row.state);
    finish(change, tx, row, noted).await.map(drop)
}

/// Gives a webhook a new secret, which is shown this once; the one before signs too for a while.
pub async fn rotate(
    change: Change<'_>,
    whose: (Option<Uuid>, Uuid),
    grace: TimeDelta,
) -> Result<(WebhookRow, SecretString), ChangeError> {
    let secret = new_webhook_secret()?;
    let (tx, mut row) = begin(change, whose).await?;
    let sealed = change.vault.seal(&secret, &row.id.to_string())?;
    row.previous_secret_sealed =
        Some(std::mem::replace(&mut row.secret_sealed, sealed)).filter(|_| grace > TimeDelta::zero());
    row.previous_until = row.previous_secret_sealed.as_ref().map(|_| (change.now + grace).timestamp_millis());
    let noted = line(&row).did("rotated");
    Ok((finish(change, tx, row, noted).await?, secret))
}

/// Calls a webhook again that was paused, disabled or asked for rest; what waits for it goes on.
pub async fn resume(change: Change<'_>, whose: (Option<Uuid>, Uuid)) -> Result<WebhookRow, ChangeError> {
    let (tx, mut row) = begin(change, whose).await?;
    "active".clone_into(&mut row.state);
    (row.pause_reason, row.failing_since, row.rests_until) = (None, None, None);
    let noted = line(&row).did("resumed");
    finish(change, tx, row, noted).await
}

/// Sends a test; answers the event's id.
pub async fn test(change: Change<'_>, whose: (Option<Uuid>, Uuid)) -> Result<Uuid, ChangeError> {
    let (tx, row) = begin(change, whose).await?;
    let event = events::test(row.merchant_id, row.id, change.now);
    tx.insert_event_for(&event, row.id).await?;
    tx.commit().await?;
    Ok(event.id)
}

/// Tells again; answers how many events are in the queue now, and whether there are more than one request may ask for.
pub async fn replay(change: Change<'_>, whose: (Option<Uuid>, Uuid), again: Again) -> Result<(u64, bool), ChangeError> {
    let row = change.store.webhook(whose.1).await?;
    let row = row.filter(|row| whose.0.is_none_or(|id| id == row.merchant_id)).ok_or(ChangeError::NotFound)?;
    let (ids, has_more) = match again {
        Again::Since(since) => {
            let found = change.store.events_since(row.merchant_id, since.timestamp_millis(), REPLAY_MAX + 1).await?;
            let has_more = found.len() as u64 > REPLAY_MAX;
            let found = found.into_iter().take(usize::try_from(REPLAY_MAX).unwrap_or(usize::MAX));
            let is_wanted = |kind: &str| row.wants(kind) && kind != "webhook.test";
            (found.filter(|(_, kind)| is_wanted(kind)).map(|(id, _)| id).collect(), has_more)
        }
        Again::Events(ids) => (own(change, &row, ids).await?, false),
    };
    let mut queued = 0;
    for batch in ids.chunks(REPLAY_BATCH) {
        let tx = change.store.begin().await?;
        queued += tx.queue_again(row.id, batch, change.now.timestamp_millis()).await?;
        tx.commit().await?;
    }
    Ok((queued, has_more))
}

/// All of these events must be the merchant's and still kept.
async fn own(change: Change<'_>, row: &WebhookRow, ids: Vec<Uuid>) -> Result<Vec<Uuid>, ChangeError> {
    let found = change.store.events(&ids).await?;
    let is_own = |id: &Uuid| found.iter().any(|event| event.id == *id && event.merchant_id == row.merchant_id);
    if ids.iter().all(is_own) { Ok(ids) } else { Err(ChangeError::NotFound) }
}

async fn begin(
    change: Change<'_>,
    (merchant_id, id): (Option<Uuid>, Uuid),
) -> Result<(Transaction, WebhookRow), ChangeError> {
    let tx = change.store.begin().await?;
    let row = tx.webhook(id).await?.filter(|row| merchant_id.is_none_or(|id| id == row.merchant_id));
    Ok((tx, row.ok_or(ChangeError::NotFound)?))
}

async fn finish(change: Change<'_>, tx: Transaction, row: WebhookRow, noted: Line) -> Result<WebhookRow, ChangeError> {
    tx.update_webhook(&row).await?;
    change.note(&tx, noted).await?;
    tx.commit().await?;
    Ok(row)
}

fn line(row: &WebhookRow) -> Line {
    Line::about("webhook", row.id, &row.url).of(row.merchant_id)
}

fn written_kinds(kinds: &[&str]) -> String {
    if kinds.is_empty() { String::new() } else { format!(",{},", kinds.join(",")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    #[test]
    fn a_webhook_leads_to_the_public_network_over_https_and_nowhere_else() {
        let settings = Settings::defaults().unwrap().events;
        for right in [
            "https://example.com",
            "https://example.com:8443/a?b=c",
            "https://8.8.8.8/",
            "https://[2606:4700:4700::1111]/",
        ] {
            assert!(read_url(right, &settings).is_ok(), "{right}");
        }
        for wrong in [
            "",
            "example.com/hook",
            "http://example.com/",
            "ftp://example.com/",
            "file:///etc/passwd",
            "https://name@example.com/",
            "https://name:word@example.com/",
            "https://example.com/#part",
            "https://localhost/",
            "https://LOCALHOST./",
            "https://a.localhost/",
            "https://metadata/",
            "https://metadata.google.internal/",
            "https://printer.local/",
            "https://router.home.arpa/",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0177.0.0.1/",
            "https://0/",
            "https://10.0.0.1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://100.64.0.1/",
            "https://[::1]/",
            "https://[::]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[fd00::1]/",
            "https://[fe80::1]/",
        ] {
            assert!(read_url(wrong, &settings).is_err(), "{wrong}");
        }
        assert!(read_url(&format!("https://example.com/{}", "a".repeat(URL_CHARS_MAX)), &settings).is_err());
        let open = config::Events { allow_http: true, allow_private_addresses: true, ..settings };
        assert!(read_url("http://127.0.0.1:9000/", &open).is_ok());
        assert!(read_url("http://name@127.0.0.1:9000/", &open).is_err());
    }
}
