//! A gateway and a carrier on free ports, with two shops and a clock that one can set: what `chat`, the transcripts and
//! the tests play on. Everything goes the real way, over HTTP.

pub mod rehearsal;
pub mod shops;
pub mod transcript;

use std::{path::PathBuf, time::Duration};

use chrono::Utc;
use secrecy::SecretString;
use uuid::Uuid;

use crate::{
    app::{App, StartError},
    clock::Clock,
    config::{Settings, SettingsError},
    sandbox::{Carrier, CarrierError, CarrierSettings, InboundError, InboundText},
    secrets::random_bytes,
    store::StoreError,
};
use base64::{Engine, prelude::BASE64_STANDARD};

/// How long a person takes to read and to type: so much passes before each text of a conversation.
pub const TYPING: chrono::Duration = chrono::Duration::seconds(7);
/// The longest that one text may take until all its replies are at the carrier.
const SETTLES_WITHIN: Duration = Duration::from_secs(20);
/// The account of every stage.
pub const ACCOUNT_SID: &str = "AC5ta9e0000000000000000000000000e0";
/// Its token.
pub const ACCOUNT_TOKEN: &str = "stage-token";
/// The operator's key of every stage.
pub const OPERATOR_KEY: &str = "stage-operator-key";

/// A running gateway with its carrier.
pub struct Stage {
    /// The gateway.
    pub app: App,
    /// The carrier.
    pub carrier: Carrier,
    /// The clock of both.
    pub clock: Clock,
}

/// Why the stage could not be set, or a text not be played.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// The settings.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The gateway.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The carrier.
    #[error(transparent)]
    Carrier(#[from] CarrierError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The webhook.
    #[error(transparent)]
    Text(#[from] InboundError),
    /// The gateway's answer.
    #[error("the gateway answered a text with status {0}")]
    Answer(u16),
    /// Replies that do not come.
    #[error("replies were still waiting after {} seconds", SETTLES_WITHIN.as_secs())]
    NotSettled,
}

impl Stage {
    /// Sets the stage on a fresh SQLite file in the system's folder for temporary files.
    pub async fn on_sqlite() -> Result<Self, StageError> {
        Self::on(&sqlite_url(&temporary_folder())).await
    }

    /// Sets the stage on this database, with two shops of [`shops`].
    pub async fn on(database_url: &str) -> Result<Self, StageError> {
        Self::with(database_url, &shops::Shops::two()?).await
    }

    /// Sets the stage on this database, with these shops.
    pub async fn with(database_url: &str, shops: &shops::Shops) -> Result<Self, StageError> {
        let stage = Self::bare(settings(database_url)?).await?;
        shops::furnish(stage.app.gateway(), shops).await?;
        Ok(stage)
    }

    /// Sets the stage with these settings and nothing in the database.
    pub async fn bare(mut settings: Settings) -> Result<Self, StageError> {
        let carrier = Carrier::start(carrier_settings()).await?;
        let clock = Clock::standing_at(Utc::now());
        if let Ok(url) = carrier.base_url().parse() {
            settings.twilio.api_base_url = url;
        }
        let app = App::start(settings, clock.clone()).await?;
        carrier.set_inbound_url(format!("http://{}/webhooks/twilio/messages", app.address()));
        Ok(Self { app, carrier, clock })
    }

    /// Texts from a phone to the shops' number and waits until every reply is at the carrier; answers those to this phone.
    pub async fn text(&self, phone: &str, body: &str) -> Result<Vec<String>, StageError> {
        self.deliver(InboundText::new(phone, shops::NUMBER, body), phone).await
    }

    /// The same for a text with all its parameters.
    pub async fn deliver(&self, text: InboundText, phone: &str) -> Result<Vec<String>, StageError> {
        let before = self.carrier.messages_to(phone).len();
        let answer = self.carrier.deliver(text).await?;
        if answer.status != 200 {
            return Err(StageError::Answer(answer.status));
        }
        self.settled().await?;
        Ok(self.carrier.messages_to(phone).into_iter().skip(before).map(|message| message.body).collect())
    }

    /// Waits until nothing is due in the outbox.
    pub async fn settled(&self) -> Result<(), StageError> {
        let mut settled = self.app.notifier().settled();
        let all_sent = async {
            loop {
                settled.mark_unchanged();
                if self.app.gateway().store.texts_waiting().await? == 0 {
                    return Ok(());
                }
                settled.changed().await.ok();
            }
        };
        tokio::time::timeout(SETTLES_WITHIN, all_sent).await.unwrap_or(Err(StageError::NotSettled))
    }

    /// Stops both.
    pub async fn stop(self) {
        self.app.stop().await;
        self.carrier.stop().await;
    }
}

/// Settings for a stage: free ports, a fast pace, short polls.
pub fn settings(database_url: &str) -> Result<Settings, StageError> {
    let mut settings = Settings::defaults()?;
    settings.server.bind.set_port(0);
    settings.server.public_url.set_port(Some(0)).ok();
    settings.server.workers = 1;
    settings.server.shutdown_seconds = 5;
    settings.database.url = SecretString::from(database_url);
    settings.database.connections_max = 4;
    settings.operator.api_key = SecretString::from(OPERATOR_KEY);
    settings.secrets.key = SecretString::from(new_secrets_key());
    settings.twilio.account_sid = ACCOUNT_SID.to_owned();
    settings.twilio.account_sid_pattern = "^AC.{32}$".to_owned();
    settings.twilio.auth_token = SecretString::from(ACCOUNT_TOKEN);
    settings.notifier.messages_per_second = 1000.0;
    settings.notifier.pause_first_milliseconds = 10;
    settings.notifier.poll_milliseconds = 20;
    settings.directory.poll_milliseconds = 20;
    // The phones of a stage have neighbouring numbers, and time stands still on it.
    settings.limits.joins_per_prefix_max = 0;
    Ok(settings)
}

/// The carrier that fits [`settings`].
pub fn carrier_settings() -> CarrierSettings {
    CarrierSettings {
        account_sid: ACCOUNT_SID.to_owned(),
        auth_token: ACCOUNT_TOKEN.to_owned(),
        ..CarrierSettings::default()
    }
}

/// A new key for `secrets.key`: base64 of 32 random bytes.
pub fn new_secrets_key() -> String {
    BASE64_STANDARD.encode(random_bytes::<32>().unwrap_or_default())
}

/// A new folder's path in the system's folder for temporary files.
pub fn temporary_folder() -> PathBuf {
    std::env::temp_dir().join(format!("regulars-{}", Uuid::new_v4().simple()))
}

/// The URL of the SQLite file in a folder.
pub fn sqlite_url(folder: &std::path::Path) -> String {
    format!("sqlite://{}", folder.join("regulars.db").display())
}
