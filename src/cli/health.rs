//! `health`: asks a running gateway whether it is ready; for containers, which have no curl.

use std::{error::Error, net::Ipv4Addr, time::Duration};

use url::Url;

use super::{Failure, UNAVAILABLE};
use crate::config::Settings;

const ANSWERS_WITHIN: Duration = Duration::from_secs(5);

/// What `health` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The gateway's address; by default the one in the settings, on this machine
    url: Option<Url>,
}

/// Prints the answer; fails when the gateway is not ready.
pub async fn run(args: Args, settings: impl FnOnce() -> Result<Settings, Failure>) -> Result<(), Failure> {
    let base = match args.url {
        Some(url) => url.as_str().trim_end_matches('/').to_owned(),
        None => on_this_machine(&settings()?),
    };
    let unavailable = |error: reqwest::Error| {
        Failure::new(UNAVAILABLE, format!("no gateway answers at {base}: {}; is it running?", root_of(&error)))
    };
    let client = reqwest::Client::builder().timeout(ANSWERS_WITHIN).build().map_err(unavailable)?;
    let response = client.get(format!("{base}/health/ready")).send().await.map_err(unavailable)?;
    if !response.status().is_success() {
        return Err(Failure::new(1, format!("the gateway is not ready: status {}", response.status().as_u16())));
    }
    println!("ready");
    Ok(())
}

/// The innermost reason: "connection refused" rather than "error sending request".
fn root_of<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    std::iter::successors(Some(error), |&error| error.source()).last().unwrap_or(error)
}

/// A gateway that listens on every address answers on the loopback one too.
fn on_this_machine(settings: &Settings) -> String {
    let mut bind = settings.server.bind;
    if bind.ip().is_unspecified() {
        bind.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    format!("http://{bind}")
}
