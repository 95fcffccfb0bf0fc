//! Settings: `config/default.toml` (embedded) < a file < `REGULARS__…` in the environment; checked at load.

mod in_force;
mod reading;
mod rules;

use std::{net::SocketAddr, path::Path, time::Duration};

use base64::{Engine, prelude::BASE64_STANDARD};
use rlibphonenumber::{PHONE_NUMBER_UTIL, Region};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

/// Every setting with its default and what it means.
pub const DEFAULT_TOML: &str = include_str!("../config/default.toml");

/// All settings, checked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where we listen and what we are called from outside.
    pub server: Server,
    /// Where rows are kept.
    pub database: Database,
    /// Who runs this gateway.
    pub operator: Operator,
    /// What seals secrets at rest.
    pub secrets: Secrets,
    /// The first provider account.
    pub twilio: Twilio,
    /// How inbound texts are taken in.
    pub receiver: Receiver,
    /// How outbound texts are sent.
    pub notifier: Notifier,
    /// Who is answered, and how often.
    pub limits: Limits,
    /// How much staff may record by text.
    pub staff: Staff,
    /// How strangers are invited.
    pub invitations: Invitations,
    /// How changes by other nodes are noticed.
    pub directory: DirectoryPoll,
    /// How what time does to members' points is done.
    pub programs: Programs,
    /// How merchants' own systems are told what happens.
    pub events: Events,
    /// How tills that shops have already are reached.
    pub tills: Tills,
    /// When members are told something unasked.
    pub telling: Telling,
    /// What is logged.
    pub log: Log,
}

/// `[server]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port; port 0 takes a free one.
    pub bind: SocketAddr,
    /// The address that providers call and sign.
    pub public_url: Url,
    /// Largest request body.
    pub body_bytes_max: usize,
    /// How long a stop may take.
    pub shutdown_seconds: u64,
    /// How long a request may take, its body included.
    pub request_timeout_seconds: u64,
    /// HTTP threads; 0 takes one for each core.
    pub workers: usize,
}

/// `[database]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite://…` or `postgres://…`; may hold a password.
    pub url: SecretString,
    /// Connections for reading (SQLite) or in all (PostgreSQL).
    pub connections_max: u32,
}

/// `[operator]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    /// The operator's key for `/v1`; empty: none.
    pub api_key: SecretString,
}

/// `[secrets]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    /// Base64 of 32 bytes.
    pub key: SecretString,
}

/// `[twilio]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Twilio {
    /// Base of the provider's API; may have a path.
    pub api_base_url: Url,
    /// The account's id; empty: no account from the settings.
    pub account_sid: String,
    /// The token that signs webhooks and opens the API.
    pub auth_token: SecretString,
    /// The token before, during a rotation.
    pub auth_token_previous: SecretString,
    /// The key that signs webhooks; empty: the token does.
    pub signing_key: SecretString,
    /// What an account's id looks like.
    pub account_sid_pattern: String,
    /// The header that carries the signature.
    pub signature_header: String,
}

/// `[receiver]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receiver {
    /// How many inbound texts may wait.
    pub queue_max: usize,
    /// The most texts that share one commit.
    pub batch_max: usize,
    /// Within this time an equal text counts as a repeat; 0: never.
    pub equal_text_seconds: u32,
}

/// `[notifier]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notifier {
    /// How long a claim holds.
    pub lease_seconds: u64,
    /// The time the provider has to answer a send.
    pub request_timeout_seconds: u64,
    /// After this many attempts a text is given up.
    pub attempts_max: u32,
    /// The first pause before another attempt.
    pub pause_first_milliseconds: u64,
    /// The longest pause before another attempt.
    pub pause_max_seconds: u64,
    /// How long a sender rests after its account or number was refused.
    pub misconfigured_pause_seconds: u64,
    /// A sender's pace where none is given for it.
    pub messages_per_second: f64,
    /// Sends of one sender under way at once.
    pub sends_at_once_max: usize,
    /// How often to look for work that nobody told us of.
    pub poll_milliseconds: u64,
    /// The most texts to one phone within the next setting's time.
    pub texts_per_phone_max: u32,
    /// That time.
    pub texts_per_phone_seconds: u32,
}

/// `[limits]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// ISO codes with commas between; empty: all.
    pub countries: String,
    /// How often one phone is told the same within ten minutes.
    pub same_answer_max: u32,
    /// How often one phone is answered within a minute.
    pub answers_per_phone_minute_max: u32,
    /// How often one phone is answered within an hour.
    pub answers_per_phone_hour_max: u32,
    /// How often one phone is answered within a day.
    pub answers_per_phone_day_max: u32,
    /// Texts of one phone in a minute that are more than heard.
    pub texts_per_phone_minute_max: u32,
    /// Texts to one sender in a minute that are more than heard.
    pub texts_per_sender_minute_max: u32,
    /// Who may join within ten minutes from numbers that differ in the last three digits only.
    pub joins_per_prefix_max: u32,
    /// Who may join within ten minutes from one country.
    pub joins_per_country_max: u32,
    /// Who may join within a minute on one sender.
    pub joins_per_sender_minute_max: u32,
}

/// `[staff]`
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    /// What one phone may record at a shop within an hour; 0: no limit.
    pub deeds_per_hour_max: u32,
    /// How often staff may record a sale of one member at a shop in a day; 0: no limit.
    pub deeds_per_member_day_max: u32,
}

/// `[invitations]`
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitations {
    /// How many days what somebody bought waits for their YES.
    pub wait_days: u16,
}

/// `[directory]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectoryPoll {
    /// How often to look for changes by other nodes.
    pub poll_milliseconds: u64,
}

/// `[programs]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programs {
    /// How often to look for what is due in what members hold.
    pub poll_seconds: u64,
}

/// `[events]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Events {
    /// How many days events are kept.
    pub keep_days: u32,
    /// Whether webhooks may lead to http:// addresses.
    pub allow_http: bool,
    /// Whether webhooks may lead to addresses that are not the public network's.
    pub allow_private_addresses: bool,
    /// The time a webhook has to answer.
    pub request_timeout_seconds: u64,
    /// Calls of webhooks under way at once.
    pub sends_at_once_max: usize,
    /// How often to look for events that nobody told us of.
    pub poll_milliseconds: u64,
}

/// `[tills]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tills {
    /// Where Square's API is.
    pub square_api_base_url: Url,
}

/// `[telling]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Telling {
    /// A table of the hours for texts in place of the one that is built in; empty: that one.
    pub quiet_hours_file: String,
}

/// `[log]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// A level or a filter.
    pub level: String,
    /// How lines look.
    pub format: LogFormat,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// For machines, an object a line.
    Json,
}

/// All that is wrong with the settings, a sentence each, every one with its key; never a value, which may be a secret.
#[derive(Debug, thiserror::Error)]
#[error("the settings are wrong:\n  {}", .0.join("\n  "))]
pub struct SettingsError(pub Vec<String>);

impl Settings {
    /// Reads the settings and checks them as a whole.
    pub fn load(file: Option<&Path>) -> Result<Self, SettingsError> {
        reading::read(file, std::env::vars_os())
    }

    /// The defaults alone, for tests and the demo to build on.
    pub fn defaults() -> Result<Self, SettingsError> {
        reading::read(None, [])
    }
}

/// Whether a number can be a sender's pace, in texts a second.
pub fn is_pace(messages_per_second: f64) -> bool {
    (0.01..=10_000.0).contains(&messages_per_second)
}

impl Secrets {
    /// The key's bytes; `None` where it is missing or malformed.
    pub fn bytes(&self) -> Option<[u8; 32]> {
        BASE64_STANDARD.decode(self.key.expose_secret().trim()).ok()?.try_into().ok()
    }
}

impl Limits {
    /// The codes of the allowed countries, in capitals; `None` where one of them is none.
    pub fn countries(&self) -> Option<Vec<String>> {
        let codes = self.countries.split([',', ' ']).filter(|code| !code.is_empty());
        let is_known = |code: &String| {
            let region = Region::from_code(code).ok();
            PHONE_NUMBER_UTIL.get_supported_regions().any(|known| Some(known) == region && known != Region::World)
        };
        codes.map(str::to_ascii_uppercase).map(|code| is_known(&code).then_some(code)).collect()
    }
}

impl Notifier {
    /// How long a claim holds.
    pub fn lease(&self) -> Duration {
        Duration::from_secs(self.lease_seconds)
    }

    /// How often it looks for work that nobody told it of.
    pub fn poll(&self) -> Duration {
        Duration::from_millis(self.poll_milliseconds)
    }
}
