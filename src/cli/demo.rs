//! `demo`: everything on this machine, ready to be touched.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};
use secrecy::SecretString;

use super::{Failure, asked_to_stop};
use crate::{
    app::App,
    clock::Clock,
    config::Settings,
    sandbox::{Carrier, CarrierSettings, Contact},
    stage::{self, month, people, shops},
    telemetry,
};

/// The pause before each step of a text's delivery: long enough to see it happen.
pub const CALLBACK_DELAY: Duration = Duration::from_millis(300);
const ACCOUNT_SID: &str = "ACde300000000000000000000000000de3";
const AUTH_TOKEN: &str = "demo-token";

/// What `demo` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where the database and the demo's keys are kept
    #[arg(long, default_value = "data", value_name = "FOLDER")]
    data: PathBuf,
    /// Where the gateway listens
    #[arg(long, default_value = "127.0.0.1:8080")]
    bind: SocketAddr,
    /// Where the carrier listens
    #[arg(long, default_value = "127.0.0.1:8081")]
    carrier_bind: SocketAddr,
    /// The loyalty program of the first shop: a preset, as `regulars program presets` lists them
    #[arg(long, default_value = DEMO_PROGRAM, value_name = "PRESET")]
    program: String,
    /// Begin with nobody, instead of with a month of history
    #[arg(long)]
    empty: bool,
}

/// Points, a card, rewards and friends to play with.
const DEMO_PROGRAM: &str = "coffee-club";

/// Runs the demo until it is asked to stop.
pub async fn run(args: Args) -> Result<(), Failure> {
    let carrier = start_carrier(args.carrier_bind).await?;
    let is_new = !args.data.join("regulars.db").exists();
    let settings = settings(&args, &carrier)?;
    let shops = shops::Shops::demo()?.with_program(&args.program)?;
    telemetry::start_logging(&settings.log);
    let operator_key = kept(&args.data, "operator.key", stage::new_secrets_key)?;
    if is_new && !args.empty {
        play_month(&settings, &shops).await?;
    }
    let app = App::start(settings, Clock::system()).await?;
    shops::furnish(app.gateway(), &shops).await?;
    people::furnish(app.gateway()).await?;
    carrier.set_inbound_url(format!("http://{}/webhooks/twilio/messages", app.address()));
    let stop = asked_to_stop()?;
    println!("{}", welcome(&app, &carrier, &operator_key));
    stop.await;
    app.stop().await;
    carrier.stop().await;
    Ok(())
}

/// Plays the month before today, on the first start: a console with nobody in it shows little.
async fn play_month(settings: &Settings, shops: &shops::Shops) -> Result<(), Failure> {
    let style = ProgressStyle::with_template("  A month of history {bar:30} day {pos} of {len}");
    let bar =
        ProgressBar::new(month::DAYS.unsigned_abs()).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let played = month::play(settings, shops, Clock::system().now(), |day| bar.set_position(day.unsigned_abs())).await;
    bar.finish_and_clear();
    Ok(played?)
}

async fn start_carrier(bind: SocketAddr) -> Result<Carrier, Failure> {
    let carrier = Carrier::start(CarrierSettings {
        bind,
        account_sid: ACCOUNT_SID.to_owned(),
        auth_token: AUTH_TOKEN.to_owned(),
        callback_delay: CALLBACK_DELAY,
        contacts: vec![Contact { name: "Bean There · Crumb & Co".to_owned(), address: shops::NUMBER.to_owned() }],
        suggestions: [
            "COFFEE PLS",
            "LATTE LOVE",
            "BREAD PLS",
            "YES",
            "BAL",
            "REWARDS",
            "REDEEM 1",
            "CARD",
            "REFER",
            "HELP",
            "STOP",
            "START",
        ]
        .map(str::to_owned)
        .to_vec(),
        ..CarrierSettings::default()
    });
    carrier.await.map_err(|error| {
        Failure::new(super::UNAVAILABLE, format!("{error}. Choose another with --carrier-bind 127.0.0.1:0"))
    })
}

fn settings(args: &Args, carrier: &Carrier) -> Result<Settings, Failure> {
    let mut settings = Settings::defaults()?;
    settings.server.bind = args.bind;
    let public_url = format!("http://{}:{}", args.bind.ip(), args.bind.port());
    settings.server.public_url = public_url.parse().map_err(|error| Failure::new(super::WRONG_SETTINGS, error))?;
    settings.database.url = SecretString::from(stage::sqlite_url(&args.data));
    settings.operator.api_key = SecretString::from(kept(&args.data, "operator.key", stage::new_secrets_key)?);
    settings.secrets.key = SecretString::from(kept(&args.data, "secrets.key", stage::new_secrets_key)?);
    settings.twilio.account_sid = ACCOUNT_SID.to_owned();
    settings.twilio.account_sid_pattern = "^AC.{32}$".to_owned();
    settings.twilio.auth_token = SecretString::from(AUTH_TOKEN);
    settings.twilio.api_base_url =
        carrier.base_url().parse().map_err(|error| Failure::new(super::WRONG_SETTINGS, error))?;
    settings.notifier.messages_per_second = 10.0;
    settings.events.allow_http = true;
    settings.events.allow_private_addresses = true;
    settings.log.level = "warn".to_owned();
    Ok(settings)
}

/// A value that stays the same from one demo to the next; only its owner may read the file.
fn kept(folder: &Path, name: &str, make: fn() -> String) -> Result<String, Failure> {
    let cannot = |error: std::io::Error| {
        let folder = folder.display();
        Failure::new(1, format!("cannot write to the folder {folder}: {error}. Choose another with --data FOLDER"))
    };
    let path = folder.join(name);
    if let Ok(value) = fs::read_to_string(&path) {
        return Ok(value.trim().to_owned());
    }
    let value = make();
    fs::create_dir_all(folder).map_err(cannot)?;
    write_private(&path, &value).map_err(cannot)?;
    Ok(value)
}

fn write_private(path: &Path, value: &str) -> std::io::Result<()> {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(value.as_bytes())
}

fn welcome(app: &App, carrier: &Carrier, operator_key: &str) -> String {
    let gateway = format!("http://{}", app.address());
    format!(
        "\n  Regulars is running. Two shops share the number {number}.\n\n  \
         Phone            {phone}\n  \
         Console          {gateway}/console\n  \
         Sign in as       {owner}, password: {password}\n  \
         API description  {gateway}/docs\n  \
         Health           {gateway}/health/ready\n  \
         Operator's key   {operator_key}\n\n  \
         Open the phone and text COFFEE PLS: Bean There makes you a member at once.\n  \
         BREAD PLS: Crumb & Co asks first, answer YES. Then try BAL, REWARDS, REDEEM 1, CARD, HELP, STOP and START.\n\n  \
         Ctrl-C stops it; what happened stays in the data folder.\n",
        number = shops::NUMBER,
        phone = carrier.phone_url(),
        owner = people::OWNER,
        password = people::PASSWORD,
    )
}
