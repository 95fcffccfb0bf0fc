//! `regulars pagetest`: how long the gateway takes over each page of the console with very many members, beside the plainest
//! answer it has, `/health/live`. The figure to look at is the ratio: the machine is in both.
//!
//! It fills a fresh database by importing members over the API, signs in as an operator, follows every link from the front page
//! and opens each kind of page many times.

mod browser;
mod crowd;

use std::{
    fmt::{self, Display},
    io::Write,
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::Context;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use super::{
    access::Access,
    child::Program,
    premises::Premises,
    progress::{Step, say},
    setup::set_up,
};
use crate::sandbox::{Carrier, CarrierSettings};
use browser::{Browser, Kind};

/// The most that the median of a page may take: the promise of the console.
const PAGE_AT_MOST: Duration = Duration::from_millis(20);
/// The most bytes of a page with all that it loads.
const PAGE_BYTES_MAX: usize = 100_000;

/// Times every page of the console with very many members, beside /health/live
#[derive(Debug, Clone, clap::Args)]
pub struct PageArgs {
    /// How many members there are
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(100..=8_000_000))]
    pub members: u32,

    /// How often each page is opened
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub rounds: u32,

    /// Print the report as JSON
    #[arg(long)]
    pub json: bool,

    /// Where rows are kept: "sqlite", or postgres://… of a server on which to create a database
    #[arg(long, default_value = "sqlite", value_parser = super::args::database)]
    pub database: SecretString,

    /// Where to put the folder with the log and the SQLite database; default: the folder for temporary files
    #[arg(long)]
    pub folder: Option<PathBuf>,
}

/// What was measured.
#[derive(Debug, Serialize)]
struct PagesReport {
    members: u32,
    rounds: u32,
    /// The median of `/health/live`, in microseconds.
    live_microseconds: u64,
    pages: Vec<PageReport>,
}

/// One kind of page.
#[derive(Debug, Serialize)]
struct PageReport {
    /// Its address, ids left out.
    page: String,
    median_microseconds: u64,
    slowest_microseconds: u64,
    /// How often `/health/live` would be answered meanwhile.
    to_live: f64,
    /// With its styles and scripts, as they come over the line.
    bytes: usize,
    is_within: bool,
}

/// Measures and reports; success only when every page is within what is promised.
pub async fn run_pages(args: PageArgs) -> anyhow::Result<ExitCode> {
    rustls::crypto::ring::default_provider().install_default().ok();
    let mut premises = Premises::open(args.folder.as_deref(), &args.database).await?;
    let measured = measure(&args, &premises).await;
    premises.drop_database().await?;
    if measured.is_ok() {
        premises.remove_folder()?;
    } else {
        say(&format!("Logs are left in {}", premises.folder.display()));
    }
    let report = measured?;
    let printed = if args.json { serde_json::to_string_pretty(&report)? } else { report.to_string() };
    writeln!(std::io::stdout(), "{printed}").context("the report could not be printed")?;
    let all_within = report.pages.iter().all(|page| page.is_within);
    Ok(if all_within { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn measure(args: &PageArgs, premises: &Premises) -> anyhow::Result<PagesReport> {
    let access = Access::fresh()?;
    let carrier = Carrier::start(CarrierSettings {
        account_sid: access.account_sid.clone(),
        auth_token: access.auth_token.expose_secret().to_owned(),
        ..CarrierSettings::default()
    })
    .await?;
    let mut environment = access.environment(&carrier.base_url())?;
    environment.push(("REGULARS__DATABASE__URL", premises.database_url.expose_secret().to_owned()));
    environment.push(("REGULARS__LOG__LEVEL", "warn".to_owned()));
    let program = std::env::current_exe().context("the path of this program is unknown")?;
    let mut gateway = Program::start(&program, "serve", environment, &premises.folder)?;
    gateway.wait_until_ready(&access.address("/health/ready")).await?;
    let shops = set_up(&access, getrandom::u32()? % 10_000, 1, 100.0).await?;
    let shop = shops.first().context("there is no shop")?;
    crowd::import(&access, &shop.id, args.members).await?;
    let browser = Browser::sign_in(&access).await?;
    let kinds = browser.find_pages(&shop.id).await?;
    let report = time(args, &browser, &kinds).await?;
    gateway.stop().await?;
    carrier.stop().await;
    Ok(report)
}

async fn time(args: &PageArgs, browser: &Browser, kinds: &[Kind]) -> anyhow::Result<PagesReport> {
    let mut step = Step::begin("pages", kinds.len() as u64);
    let live = sample(args.rounds * 5, async || browser.open("/health/live").await.map(drop)).await?;
    let live_microseconds = microseconds(median(&live));
    let mut pages = Vec::with_capacity(kinds.len());
    for (done, kind) in kinds.iter().enumerate() {
        let mut addresses = kind.addresses.iter().cycle();
        let mut taken = Vec::new();
        for _ in 0..args.rounds {
            let address = addresses.next().context("a page without an address")?;
            taken.extend(sample(1, async || browser.open(address).await.map(drop)).await?);
        }
        taken.sort();
        let median = median(&taken);
        pages.push(PageReport {
            page: kind.pattern.clone(),
            median_microseconds: microseconds(median),
            slowest_microseconds: microseconds(taken.last().copied().unwrap_or_default()),
            to_live: median.as_secs_f64() / (live_microseconds.max(1) as f64 / 1e6),
            bytes: kind.bytes,
            is_within: median <= PAGE_AT_MOST && kind.bytes <= PAGE_BYTES_MAX,
        });
        step.reach(done as u64 + 1, "");
    }
    step.finish(kinds.len() as u64, "");
    pages.sort_by_key(|page| std::cmp::Reverse(page.median_microseconds));
    Ok(PagesReport { members: args.members, rounds: args.rounds, live_microseconds, pages })
}

/// How long something takes, so many times; in order of length.
async fn sample(times: u32, what: impl AsyncFn() -> anyhow::Result<()>) -> anyhow::Result<Vec<Duration>> {
    let mut taken = Vec::new();
    for _ in 0..times {
        let began = Instant::now();
        what().await?;
        taken.push(began.elapsed());
    }
    taken.sort();
    Ok(taken)
}

fn median(sorted: &[Duration]) -> Duration {
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn microseconds(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

impl Display for PagesReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milliseconds = |micros: u64| micros as f64 / 1e3;
        let (members, rounds) = (indicatif::HumanCount(self.members.into()), self.rounds);
        writeln!(f, "{members} members, each page {rounds} times; a ratio of 1 is one /health/live")?;
        writeln!(f, "{:<58} {:>9} {:>9} {:>7} {:>8}", "", "median", "slowest", "ratio", "bytes")?;
        writeln!(f, "{:<58} {:>6.2} ms {:>9} {:>7}", "/health/live", milliseconds(self.live_microseconds), "", "1.0")?;
        for page in &self.pages {
            let PageReport { page, median_microseconds, slowest_microseconds, to_live, bytes, is_within } = page;
            let (median, slowest) = (milliseconds(*median_microseconds), milliseconds(*slowest_microseconds));
            let over = if *is_within { "" } else { "  over" };
            writeln!(f, "{page:<58} {median:>6.2} ms {slowest:>6.1} ms {to_live:>7.1} {bytes:>8}{over}")?;
        }
        let within = self.pages.iter().filter(|page| page.is_within).count();
        write!(
            f,
            "{within} of {} pages within {} ms at the median and {} kB with all that they load",
            self.pages.len(),
            PAGE_AT_MOST.as_millis(),
            PAGE_BYTES_MAX / 1_000
        )
    }
}
