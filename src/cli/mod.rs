//! The command line: one file per command.

mod carrier;
mod chat;
mod classify;
mod counter;
mod demo;
mod export;
mod gateway;
mod health;
mod import;
mod key;
mod ledger;
mod place;
mod program;
mod remote;
mod serve;
mod staff;
mod texts;

use std::{
    fmt::Display,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use tokio::signal::unix::{SignalKind, signal};

use crate::{
    app::StartError,
    config::{Settings, SettingsError},
    loadtest,
    sandbox::CarrierError,
    stage::StageError,
    store::{Store, StoreError},
};

/// Text-to-join loyalty: keyword conversations by SMS in one self-hosted program.
#[derive(Debug, Parser)]
#[command(name = "regulars", version, arg_required_else_help = true, after_help = AFTER_HELP)]
pub struct Cli {
    /// A settings file (TOML); REGULARS__SECTION__KEY in the environment overrides it
    #[arg(long, short, global = true, value_name = "FILE", env = "REGULARS_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Try it: two shops, a gateway and a carrier with phones in the browser, all on this machine
    Demo(demo::Args),
    /// The demo's conversation in the terminal
    Chat(chat::Args),
    /// Run the gateway
    Serve,
    /// Bring the database's schema up to date, and nothing else
    Migrate,
    /// Check the settings and say what is in force, without secrets
    CheckConfig,
    /// Ask a running gateway whether it is ready
    Health(health::Args),
    /// Say how well opt-outs are heard in a corpus of labelled texts
    Classify(classify::Args),
    /// List every reply in every language, with the segments it takes
    Texts(texts::Args),
    /// Check, show and apply loyalty programs
    #[command(subcommand)]
    Program(program::Command),
    /// Record a purchase or a visit of a member
    Purchase(Box<counter::Purchase>),
    /// Take a purchase back, or a part of it, with all that it earned
    Refund(Box<counter::Refund>),
    /// Give or take a member's points by hand
    Adjust(Box<counter::Adjust>),
    /// Redeem or cancel a voucher
    Redeem(Box<counter::Redeem>),
    /// Make single-use codes to print on packs and receipts
    Codes(counter::Codes),
    /// Say a shop's code of the day
    CodeOfDay {
        /// The shop, by name or id; may be left out where there is but one
        #[arg(long)]
        shop: Option<String>,
    },
    /// Make, list, replace and revoke the keys of merchants to the API
    #[command(subcommand)]
    Key(key::Command),
    /// Import members of another system, with balances, history and consent
    Import(Box<import::Args>),
    /// Export members, entries, consents or messages of a shop
    Export(export::Args),
    /// Say whose phones may record by text
    #[command(subcommand)]
    Staff(staff::Command),
    /// Check the ledger
    #[command(subcommand)]
    Ledger(ledger::Command),
    /// Run the built-in carrier alone, for a gateway elsewhere
    Carrier(carrier::Args),
    /// Play a launch day against a gateway, and count what was lost or doubled
    Loadtest(Box<loadtest::Args>),
    /// Time every page of the console with very many members, beside /health/live
    Pagetest(loadtest::PageArgs),
    /// What `loadtest --compare` measures against
    #[command(hide = true)]
    BareEndpoint,
}

const AFTER_HELP: &str = "Exit codes: 0 done, 1 failed, 2 wrong usage, 65 a file is not as it should be, 66 a file cannot be \
                          read, 69 the database, a gateway or a port is not available, 75 stopped half-way and the same command goes on, 78 the settings are wrong.";

/// Why a command ended, in a sentence, with the exit code that says so to programs (sysexits.h).
#[derive(Debug)]
pub struct Failure {
    sentence: String,
    code: u8,
}

impl Failure {
    fn new(code: u8, sentence: impl ToString) -> Self {
        Self { sentence: sentence.to_string(), code }
    }
}

/// EX_DATAERR: a file is not as it should be.
const WRONG_INPUT: u8 = 65;
/// EX_NOINPUT: a file cannot be read.
const NO_INPUT: u8 = 66;
const UNAVAILABLE: u8 = 69;
/// EX_TEMPFAIL: the same command goes on where this one was stopped.
const STOPPED: u8 = 75;
const WRONG_SETTINGS: u8 = 78;

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self::new(WRONG_SETTINGS, error)
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        Self::new(UNAVAILABLE, error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::new(UNAVAILABLE, error)
    }
}

impl From<CarrierError> for Failure {
    fn from(error: CarrierError) -> Self {
        Self::new(UNAVAILABLE, error)
    }
}

impl From<StageError> for Failure {
    fn from(error: StageError) -> Self {
        Self::new(1, error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(1, error)
    }
}

/// What a file says, as `read` understands it.
fn read_file<T, E: Display>(path: &Path, read: impl Fn(&str) -> Result<T, E>) -> Result<T, Failure> {
    let name = path.display();
    let written =
        fs::read_to_string(path).map_err(|error| Failure::new(NO_INPUT, format!("{name} cannot be read: {error}")))?;
    read(&written).map_err(|error| Failure::new(WRONG_INPUT, format!("{name}, {error}")))
}

/// Reads the command line and does what it says.
#[expect(clippy::print_stderr, reason = "a command's last words belong on standard error")]
pub async fn run() -> ExitCode {
    rustls::crypto::ring::default_provider().install_default().ok();
    let cli = Cli::parse();
    match obey(cli).await {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("regulars: {}", failure.sentence);
            ExitCode::from(failure.code)
        }
    }
}

async fn obey(cli: Cli) -> Result<ExitCode, Failure> {
    let settings = || Settings::load(cli.config.as_deref());
    match cli.command {
        Command::Demo(args) => demo::run(args).await?,
        Command::Chat(args) => chat::run(args).await?,
        Command::Serve => serve::run(settings()?).await?,
        Command::Migrate => migrate(settings()?).await?,
        Command::CheckConfig => println!("{}", serve::in_force(&settings()?)),
        Command::Health(args) => health::run(args, || Ok(settings()?)).await?,
        Command::Classify(args) => classify::run(&args)?,
        Command::Texts(args) => texts::run(&args, || Ok(settings()?)).await?,
        Command::Program(command) => program::run(command, || Ok(settings()?)).await?,
        Command::Purchase(args) => counter::purchase(*args, &settings()?).await?,
        Command::Refund(args) => counter::refund(*args, &settings()?).await?,
        Command::Adjust(args) => counter::adjust(*args, &settings()?).await?,
        Command::Redeem(args) => counter::redeem(*args, &settings()?).await?,
        Command::Codes(args) => counter::make_codes(args, &settings()?).await?,
        Command::CodeOfDay { shop } => counter::code_of_day(shop.as_deref(), &settings()?).await?,
        Command::Key(command) => key::run(command, &settings()?).await?,
        Command::Import(args) => import::run(*args, || Ok(settings()?)).await?,
        Command::Export(args) => export::run(args, || Ok(settings()?)).await?,
        Command::Staff(command) => staff::run(command, &settings()?).await?,
        Command::Ledger(command) => ledger::run(command, &settings()?).await?,
        Command::Carrier(args) => carrier::run(args).await?,
        Command::Loadtest(args) => return loadtest::run(*args).await.map_err(broken),
        Command::Pagetest(args) => return loadtest::run_pages(args).await.map_err(broken),
        Command::BareEndpoint => loadtest::bare_endpoint(&settings()?).await.map_err(broken)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The whole chain of reasons in one line.
fn broken(error: anyhow::Error) -> Failure {
    Failure::new(1, format!("{error:#}"))
}

async fn migrate(settings: Settings) -> Result<(), Failure> {
    let store = Store::open(&settings.database.url, settings.database.connections_max).await?;
    println!("The schema is up to date.");
    Ok(store.close().await?)
}

/// From now on Ctrl-C and a request to terminate no longer end the program at once; what is answered ends with either.
fn asked_to_stop() -> Result<impl Future<Output = ()>, Failure> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
