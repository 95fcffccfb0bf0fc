//! The day itself: start, set up, play, count, stop.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, bail};
use hyper::header::HeaderName;
use secrecy::ExposeSecret;

use super::access::Access;
use super::args::Args;
use super::child::Program;
use super::crowd::{Ask, Crowd};
use super::line::{Destination, PreparedText};
use super::player::{self, Played, Score};
use super::premises::Premises;
use super::progress::Step;
use super::replies::{self, Mark};
use super::report::{Bare, OwnGateway, Phase, Report, Verdict, milliseconds, taken};
use super::setup::{LaunchShop, set_up};
use crate::providers::twilio::signature::SIGNATURE_HEADER;
use crate::sandbox::{CallbackMode, Carrier, CarrierSettings};

/// The bare endpoint is so fast that it has to be played to for a while.
const BARE_AT_LEAST: Duration = Duration::from_secs(4);
/// After this pause a gateway counts as idle.
const UNTIL_IDLE: Duration = Duration::from_secs(1);
/// How often a step shows how far it is.
const SHOW_EVERY: Duration = Duration::from_millis(100);

/// Plays a launch day and reports. Refused, lost or doubled texts are no error here: the report tells of them.
pub async fn play(args: &Args) -> anyhow::Result<Report> {
    // reqwest wants a TLS provider even where only plain HTTP is spoken.
    rustls::crypto::ring::default_provider().install_default().ok();
    let mut report = Report::new(args);
    match Access::given(args)? {
        Some(access) => {
            let day = Day::begin(args, access).await?;
            until_interrupted(day.play(&mut report)).await?;
        }
        None => {
            let mut premises = Premises::open(args).await?;
            let played = until_interrupted(play_at(args, &premises, &mut report)).await;
            if !args.keep {
                premises.drop_database().await?;
            }
            if played.is_ok() && report.is_clean() && !args.keep {
                premises.remove_folder()?;
            } else {
                let folder = premises.folder.display();
                Step::begin(format!("The gateway's log is in {folder}"), 0).finish(0, "");
            }
            played?;
        }
    }
    Ok(report)
}

/// Ctrl-C ends the day early, but not without tidying up.
async fn until_interrupted(day: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    tokio::select! {
        played = day => played,
        _ = tokio::signal::ctrl_c() => bail!("interrupted"),
    }
}

/// Plays with a gateway of our own.
async fn play_at(args: &Args, premises: &Premises, report: &mut Report) -> anyhow::Result<()> {
    let day = Day::begin(args, Access::fresh()?).await?;
    if args.compare {
        report.bare = Some(day.play_to_bare_endpoint(premises).await?);
    }
    let mut gateway = day.start("serve", &day.access, premises)?;
    let ready = gateway.wait_until_ready(&day.access.address("/health/ready")).await?;
    let idle = day.rehearse(&gateway).await?;
    day.play_phases(report).await?;
    let peak = gateway.memory();
    let stopped = gateway.stop().await?;
    report.gateway = Some(OwnGateway {
        database: premises.description.clone(),
        ready_milliseconds: milliseconds(ready),
        idle_bytes: idle.map(|memory| memory.resident_bytes),
        peak_bytes: peak.map(|memory| memory.peak_bytes),
        stop_milliseconds: milliseconds(stopped),
    });
    Ok(())
}
