//! A gateway and a carrier on free ports, with two shops and a clock that one can set: what `chat`, the transcripts and
//! the tests play on. Everything goes the real way, over HTTP.

pub mod counter;
pub mod month;
pub mod people;
pub mod rehearsal;
pub mod shops;
pub mod transcript;

use std::{path::PathBuf, time::Duration};

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use self::counter::Doing;
pub use crate::service::presets;

use crate::{
    app::{App, StartError},
    clock::Clock,
    config::{Settings, SettingsError},
    domain::{
        address::Address,
        purse::{draw::shown, merge::Holding},
        shop::Shop,
    },
    sandbox::{Carrier, CarrierError, CarrierSettings, InboundError, InboundText},
    secrets::random_bytes,
    service::{
        audit::Author,
        clock_work,
        codes::{self, NewCodes},
        merging::{Merger, Wish},
        staff,
        till::{self, NotDone, Order, Taken, Whom},
    },
    store::{StoreError, directory::Page, members::MemberFilter},
};
use base64::{Engine, prelude::BASE64_STANDARD};

/// How long a person takes to read and to type: so much passes before each text of a conversation.
pub const TYPING: chrono::Duration = chrono::Duration::seconds(7);
/// The longest that one text may take until all its replies are at the carrier.
const SETTLES_WITHIN: Duration = Duration::from_secs(60);
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
    /// Clock work, codes, programs.
    #[error("{0}")]
    Other(String),
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
        let clock = Clock::standing_at(begins());
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

    /// Lets time pass, and does what is due by then.
    pub async fn pass(&self, span: chrono::Duration) -> Result<(), StageError> {
        self.clock.advance(span);
        let gateway = self.app.gateway();
        let stop = CancellationToken::new();
        clock_work::do_due(&gateway.store, &gateway.directory, self.clock.now(), &stop).await?;
        self.settled().await
    }

    /// Does something at a shop's counter; says how it went. Without a name it is the first shop.
    pub async fn at_counter(
        &self,
        (shop, phone): (&str, &str),
        (doing, invites): (&Doing, bool),
        number: &str,
    ) -> Result<String, StageError> {
        let shop = self.shop_named(shop)?;
        let what = doing.order(&shop, number, self.clock.now());
        let what = what.ok_or_else(|| StageError::Other("an amount is none".to_owned()))?;
        let gateway = self.app.gateway();
        let (whom, actor, key) = (Whom::Address(phone.to_owned()), "till".to_owned(), number.to_owned());
        let order = Order { shop_id: shop.id, whom, actor, key, what, invites };
        match till::place(&gateway.writes, order, None, self.clock.now()).await {
            Ok(Taken::Done(done)) => Ok(counter::told(&done)),
            Ok(Taken::Waits { until }) => Ok(format!("waits for their YES until {}", until.date_naive())),
            Err(NotDone::Store(error)) => Err(error.into()),
            Err(refused) => Ok(refused.to_string()),
        }
    }

    /// Authorises a phone to record by text at a shop.
    pub async fn hire(&self, shop: &str, phone: &str, name: &str) -> Result<(), StageError> {
        let shop = self.shop_named(shop)?;
        let other = |error: &dyn std::fmt::Display| StageError::Other(error.to_string());
        let address = Address::parse(phone).map_err(|error| other(&error))?;
        let author = Author::command_line();
        let added = staff::phones::add(self.app.gateway().change(&author), &shop, address, name.to_owned()).await;
        added.map(drop).map_err(|error| other(&error))
    }

    /// Merges one phone's member of a shop into another's; says how many points move.
    pub async fn merge(&self, shop: &str, (from, into): (&str, &str)) -> Result<String, StageError> {
        let merchant_id = self.shop_named(shop)?.merchant_id;
        let gateway = self.app.gateway();
        let member = async |phone: &str| {
            let address = Some(phone.to_owned());
            let filter = MemberFilter { merchant_id: Some(merchant_id), address, shop_id: None };
            let (found, _) = gateway.store.members(&filter, Page { after: None, limit: 1 }).await?;
            found.first().map(|member| member.id).ok_or_else(|| StageError::Other("there is no such member".to_owned()))
        };
        let (from, into) = (member(from).await?, member(into).await?);
        let wish = Wish { from, into, merchant_id, actor: Author::named("till"), is_preview: false };
        let merger = Merger { store: &gateway.store, directory: &gateway.directory, now: self.clock.now() };
        let merged = merger.merge(&wish).await.map_err(|error| StageError::Other(error.to_string()))?;
        let points: i64 = merged.holdings.values().map(Holding::points).sum();
        Ok(format!("{points} points move"))
    }

    /// Prints single-use codes of a rule of a shop's program.
    pub async fn print_codes(
        &self,
        shop: &str,
        (count, rule, days): (usize, &str, Option<i64>),
    ) -> Result<Vec<String>, StageError> {
        let gateway = self.app.gateway();
        let ends_at = days.map(|days| self.clock.now() + chrono::Duration::days(days));
        let (program_id, rule, batch) = (self.shop_named(shop)?.program_id, rule.to_owned(), "stage".to_owned());
        let batch = NewCodes { program_id, rule, batch, count, ends_at };
        let made = codes::make(gateway.change(&Author::command_line()), &batch).await;
        made.map_err(|error| StageError::Other(error.to_string()))
    }

    /// The code of the day of a shop.
    pub fn code_of_day(&self, shop: &str) -> Result<String, StageError> {
        let shop = self.shop_named(shop)?;
        let known = self.app.gateway().directory.read();
        let code = codes::of_day(&known.directory, &shop, self.clock.now());
        code.ok_or_else(|| StageError::Other("the program has no check-in".to_owned()))
    }

    /// All codes that were given to a phone, as they are shown.
    pub async fn codes_of(&self, phone: &str) -> Result<Vec<String>, StageError> {
        let codes = self.app.gateway().store.codes_of_address(phone).await?;
        // A voucher's code is shown in groups, a referral's as it is.
        Ok(codes.into_iter().flat_map(|code| [shown(&code), code]).collect())
    }

    /// A shop of the number by its name; the first one without a name.
    fn shop_named(&self, name: &str) -> Result<Shop, StageError> {
        let known = self.app.gateway().directory.read();
        let sender = known.directory.sender_of(shops::NUMBER, None);
        let mut shops = sender.into_iter().flat_map(|sender| known.directory.shops_on(sender.id));
        let shop = shops.find(|shop| name.is_empty() || shop.name == name);
        shop.cloned().ok_or_else(|| StageError::Other(format!("there is no shop {name}")))
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

/// When every stage begins: a Monday morning, 9 o'clock in Los Angeles.
fn begins() -> DateTime<Utc> {
    DateTime::from_timestamp(1_803_920_400, 0).unwrap_or_default()
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
    settings.events.poll_milliseconds = 20;
    settings.events.allow_http = true;
    settings.events.allow_private_addresses = true;
    // On a stage what is due is done when time passes.
    settings.programs.poll_seconds = 3600;
    // Few enough for a conversation to come to an end of them.
    settings.staff.deeds_per_hour_max = 6;
    settings.staff.deeds_per_member_day_max = 4;
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
