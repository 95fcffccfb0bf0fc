//! What a setting must be: for each key the sentence that the operator reads when it is not so.

use secrecy::ExposeSecret;
use tracing_subscriber::{EnvFilter, filter::LevelFilter};
use url::Url;

use super::{Settings, is_pace};

/// A key, what it must be, and whether it is. A value that cannot even be read gets the first sentence of its key.
pub type Rule = (&'static str, &'static str, fn(&Settings) -> bool);

/// All rules.
pub const RULES: &[Rule] = &[
    ("server.bind", "must be an IP address and a port, such as 127.0.0.1:8080 or 0.0.0.0:8080", |_| true),
    (
        "server.public_url",
        "must be an http:// or https:// address without ? and #, such as https://texts.example.com",
        |settings| is_plain_http(&settings.server.public_url),
    ),
    ("server.body_bytes_max", "must be a whole number of bytes from 1024 to 16777216", |settings| {
        (1024..=16_777_216).contains(&settings.server.body_bytes_max)
    }),
    ("server.shutdown_seconds", "must be a whole number of seconds from 1 to 3600", |settings| {
        (1..=3600).contains(&settings.server.shutdown_seconds)
    }),
    ("server.request_timeout_seconds", "must be a whole number of seconds from 1 to 600", |settings| {
        (1..=600).contains(&settings.server.request_timeout_seconds)
    }),
    ("server.workers", "must be a whole number of threads up to 1024; 0 takes one for each core", |settings| {
        settings.server.workers <= 1024
    }),
    (
        "database.url",
        "must be sqlite://path/to/file.db or postgres://name:password@host/database; write signs such as @ or / in the \
         password as %40 or %2F",
        |settings| is_database(settings.database.url.expose_secret()),
    ),
    ("database.connections_max", "must be a whole number from 2 to 1000", |settings| {
        (2..=1000).contains(&settings.database.connections_max)
    }),
    ("operator.api_key", "must be of letters, digits and signs, without blanks: it travels in a header", |settings| {
        settings.operator.api_key.expose_secret().bytes().all(|byte| byte.is_ascii_graphic())
    }),
    ("secrets.key", "is missing; make one with: openssl rand -base64 32", |settings| {
        settings.twilio.account_sid.is_empty() || !settings.secrets.key.expose_secret().is_empty()
    }),
    ("secrets.key", "must be base64 of exactly 32 bytes; make one with: openssl rand -base64 32", |settings| {
        settings.secrets.key.expose_secret().is_empty() || settings.secrets.bytes().is_some()
    }),
    (
        "twilio.api_base_url",
        "must be an http:// or https:// address without ? and #, such as https://api.twilio.com",
        |settings| is_plain_http(&settings.twilio.api_base_url),
    ),
    ("twilio.account_sid_pattern", "must be a regular expression, such as ^AC[0-9a-fA-F]{32}$", |settings| {
        regex::Regex::new(&settings.twilio.account_sid_pattern).is_ok()
    }),
    (
        "twilio.account_sid",
        "does not look like an account's id; the provider's console shows it (and see twilio.account_sid_pattern)",
        |settings| {
            let sid = &settings.twilio.account_sid;
            // A pattern that is none is complained of by itself.
            let fits = |pattern: regex::Regex| pattern.is_match(sid);
            sid.is_empty() || regex::Regex::new(&settings.twilio.account_sid_pattern).map_or(true, fits)
        },
    ),
    ("twilio.auth_token", "is missing; the provider's console shows it beside the account's id", |settings| {
        settings.twilio.account_sid.is_empty() || !settings.twilio.auth_token.expose_secret().is_empty()
    }),
    ("twilio.signature_header", "must be the name of an HTTP header, such as X-Twilio-Signature", |settings| {
        actix_web::http::header::HeaderName::try_from(&settings.twilio.signature_header).is_ok()
    }),
    ("receiver.queue_max", "must be a whole number from 1 to 1000000", |settings| {
        (1..=1_000_000).contains(&settings.receiver.queue_max)
    }),
    ("receiver.batch_max", "must be a whole number from 1 to 2048", |settings| {
        (1..=2048).contains(&settings.receiver.batch_max)
    }),
    ("receiver.equal_text_seconds", "must be a whole number of seconds up to 3600; 0 is off", |settings| {
        settings.receiver.equal_text_seconds <= 3600
    }),
    ("notifier.lease_seconds", "must be a whole number of seconds from 2 to 86400", |settings| {
        (2..=86_400).contains(&settings.notifier.lease_seconds)
    }),
    (
        "notifier.lease_seconds",
        "must be at least twice notifier.request_timeout_seconds, or a text could be looked up while it is being sent",
        |settings| settings.notifier.lease_seconds / 2 >= settings.notifier.request_timeout_seconds,
    ),
    ("notifier.request_timeout_seconds", "must be a whole number of seconds from 1 to 600", |settings| {
        (1..=600).contains(&settings.notifier.request_timeout_seconds)
    }),
    ("notifier.attempts_max", "must be a whole number from 1 to 1000", |settings| {
        (1..=1000).contains(&settings.notifier.attempts_max)
    }),
    ("notifier.pause_first_milliseconds", "must be a whole number of milliseconds from 1 to 3600000", |settings| {
        (1..=3_600_000).contains(&settings.notifier.pause_first_milliseconds)
    }),
    ("notifier.pause_max_seconds", "must be a whole number of seconds from 1 to 86400", |settings| {
        (1..=86_400).contains(&settings.notifier.pause_max_seconds)
    }),
    ("notifier.misconfigured_pause_seconds", "must be a whole number of seconds from 1 to 86400", |settings| {
        (1..=86_400).contains(&settings.notifier.misconfigured_pause_seconds)
    }),
    ("notifier.messages_per_second", "must be a number from 0.01 to 10000", |settings| {
        is_pace(settings.notifier.messages_per_second)
    }),
    ("notifier.sends_at_once_max", "must be a whole number from 1 to 10000", |settings| {
        (1..=10_000).contains(&settings.notifier.sends_at_once_max)
    }),
    ("notifier.poll_milliseconds", "must be a whole number of milliseconds from 10 to 3600000", |settings| {
        (10..=3_600_000).contains(&settings.notifier.poll_milliseconds)
    }),
    ("notifier.texts_per_phone_max", "must be a whole number from 1 to 1000", |settings| {
        (1..=1000).contains(&settings.notifier.texts_per_phone_max)
    }),
    ("notifier.texts_per_phone_seconds", "must be a whole number of seconds from 1 to 3600", |settings| {
        (1..=3600).contains(&settings.notifier.texts_per_phone_seconds)
    }),
    (
        "limits.countries",
        "must be ISO codes of countries with commas between, such as US, CA, GB; empty: all countries",
        |settings| settings.limits.countries().is_some(),
    ),
    ("limits.same_answer_max", "must be a whole number from 0 to 200; 0 is no limit", |settings| {
        settings.limits.same_answer_max <= 200
    }),
    ("limits.answers_per_phone_minute_max", "must be a whole number from 0 to 200; 0 is no limit", |settings| {
        settings.limits.answers_per_phone_minute_max <= 200
    }),
    ("limits.answers_per_phone_hour_max", "must be a whole number from 0 to 200; 0 is no limit", |settings| {
        settings.limits.answers_per_phone_hour_max <= 200
    }),
    ("limits.answers_per_phone_day_max", "must be a whole number from 0 to 200; 0 is no limit", |settings| {
        settings.limits.answers_per_phone_day_max <= 200
    }),
    ("limits.texts_per_phone_minute_max", "must be a whole number from 0 to 10000000; 0 is no limit", |settings| {
        settings.limits.texts_per_phone_minute_max <= 10_000_000
    }),
    ("limits.texts_per_sender_minute_max", "must be a whole number from 0 to 10000000; 0 is no limit", |settings| {
        settings.limits.texts_per_sender_minute_max <= 10_000_000
    }),
    ("limits.joins_per_prefix_max", "must be a whole number from 0 to 10000000; 0 is no limit", |settings| {
        settings.limits.joins_per_prefix_max <= 10_000_000
    }),
    ("limits.joins_per_country_max", "must be a whole number from 0 to 10000000; 0 is no limit", |settings| {
        settings.limits.joins_per_country_max <= 10_000_000
    }),
    ("limits.joins_per_sender_minute_max", "must be a whole number from 0 to 10000000; 0 is no limit", |settings| {
        settings.limits.joins_per_sender_minute_max <= 10_000_000
    }),
    ("staff.deeds_per_hour_max", "must be a whole number from 0 to 1000; 0 is no limit", |settings| {
        settings.staff.deeds_per_hour_max <= 1000
    }),
    ("staff.deeds_per_member_day_max", "must be a whole number from 0 to 1000; 0 is no limit", |settings| {
        settings.staff.deeds_per_member_day_max <= 1000
    }),
    ("invitations.wait_days", "must be a whole number of days from 1 to 90", |settings| {
        (1..=90).contains(&settings.invitations.wait_days)
    }),
    ("directory.poll_milliseconds", "must be a whole number of milliseconds from 10 to 3600000", |settings| {
        (10..=3_600_000).contains(&settings.directory.poll_milliseconds)
    }),
    ("programs.poll_seconds", "must be a whole number of seconds from 1 to 3600", |settings| {
        (1..=3600).contains(&settings.programs.poll_seconds)
    }),
    ("events.keep_days", "must be a whole number of days from 1 to 3650", |settings| {
        (1..=3650).contains(&settings.events.keep_days)
    }),
    ("events.allow_http", "must be true or false", |_| true),
    ("events.allow_private_addresses", "must be true or false", |_| true),
    ("events.request_timeout_seconds", "must be a whole number of seconds from 1 to 60", |settings| {
        (1..=60).contains(&settings.events.request_timeout_seconds)
    }),
    ("events.sends_at_once_max", "must be a whole number from 1 to 10000", |settings| {
        (1..=10_000).contains(&settings.events.sends_at_once_max)
    }),
    ("events.poll_milliseconds", "must be a whole number of milliseconds from 10 to 3600000", |settings| {
        (10..=3_600_000).contains(&settings.events.poll_milliseconds)
    }),
    (
        "tills.square_api_base_url",
        "must be an http:// or https:// address without ? and #, such as https://connect.squareup.com",
        |settings| is_plain_http(&settings.tills.square_api_base_url),
    ),
    ("telling.quiet_hours_file", "must be a file that can be read; empty: the hours that are built in", |settings| {
        settings.telling.quiet_hours_file.is_empty()
            || std::path::Path::new(&settings.telling.quiet_hours_file).is_file()
    }),
    (
        "log.level",
        "must be error, warn, info, debug or trace, or a filter such as info,regulars::notifier=debug",
        |settings| is_filter(&settings.log.level),
    ),
    ("log.format", "must be pretty or json", |_| true),
];

fn is_plain_http(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some()
        && url.query().is_none()
        && url.fragment().is_none()
}

fn is_database(url: &str) -> bool {
    match url.split_once("://") {
        Some(("sqlite", path)) => !path.is_empty() && !path.starts_with('?') && !is_in_memory(path),
        // A sign in a password that was not escaped cuts the address short, and the rest is taken for the database.
        Some(("postgres" | "postgresql", _)) => Url::parse(url).is_ok_and(|url| !url.path().contains('@')),
        _ => false,
    }
}

/// What is only in memory is gone with the process, and each connection would have its own.
fn is_in_memory(path: &str) -> bool {
    path.contains(":memory:") || path.contains("mode=memory")
}

/// A word alone would be read as a filter that logs nothing but the module of that name, so it must be a level.
fn is_filter(filter: &str) -> bool {
    let parts = || filter.split(',').map(str::trim);
    let is_level = |part: &str| part.starts_with(char::is_alphabetic) && part.parse::<LevelFilter>().is_ok();
    parts().all(|part| part.contains(['=', '[']) || is_level(part)) && EnvFilter::builder().parse(filter).is_ok()
}
