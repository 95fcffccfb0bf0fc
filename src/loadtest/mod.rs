//! `regulars loadtest`: plays a launch day against a running gateway, and counts.
//!
//! Many phones text a keyword, then each texts BAL, over real HTTP, every webhook signed. The built-in carrier takes the
//! replies, and at the end every phone must have read exactly what it asked for: nothing lost, nothing doubled.

mod access;
mod args;
mod child;
mod crowd;
mod launch;
mod pages;
mod premises;
mod progress;
mod replies;
mod report;
mod setup;

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;

use crate::config::Settings;
use crate::yardstick::bare::BareEndpoint;

pub use args::Args;
pub use launch::play;
pub use pages::{PageArgs, run_pages};
pub use report::{Bare, Latency, Memory, OwnGateway, Phase, Report, Verdict};

/// Plays the launch day and prints the report; success only when nothing was lost, doubled, wrong or refused.
pub async fn run(args: Args) -> anyhow::Result<ExitCode> {
    let report = play(&args).await?;
    let printed = if args.json { serde_json::to_string_pretty(&report)? } else { report.to_string() };
    writeln!(std::io::stdout(), "{printed}").context("the report could not be printed")?;
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Serves the endpoint that the gateway is compared with. Where it listens, and whose signatures it takes, come from the gateway's own
/// settings, so that both are measured alike.
pub async fn bare_endpoint(settings: &Settings) -> anyhow::Result<()> {
    let endpoint = BareEndpoint {
        base: settings.server.public_url.as_str().trim_end_matches('/').to_owned(),
        token: settings.twilio.auth_token.clone(),
        signature_header: settings.twilio.signature_header.clone(),
    };
    endpoint.serve(settings.server.bind, settings.server.workers).await
}
