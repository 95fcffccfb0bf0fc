//! `export`: all that is known of a shop's members, as CSV or JSON lines, from a running gateway or its database.

use std::{io::Write, path::PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, UNAVAILABLE, gateway::Access, import::create, place::Place};
use crate::{
    config::Settings,
    service::export::{Export, Format, What},
    store::said::Onlooker,
};

/// What `export` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What
    #[arg(value_parser = ["members", "entries", "consents", "messages"])]
    what: String,
    #[command(flatten)]
    access: Access,
    /// The shop, by name or id; may be left out where there is but one
    #[arg(long)]
    shop: Option<String>,
    /// Where to; standard output where left out
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// A JSON object a line instead of CSV
    #[arg(long)]
    json: bool,
}

/// Does it.
pub async fn run(args: Args, settings: impl FnOnce() -> Result<Settings, Failure>) -> Result<(), Failure> {
    let format = if args.json { Format::Json } else { Format::Csv };
    let what = What::from_word(&args.what).unwrap_or(What::Members);
    let mut out: Box<dyn Write> = match &args.out {
        Some(path) => Box::new(std::io::BufWriter::new(create(path)?)),
        None => Box::new(std::io::BufWriter::new(std::io::stdout())),
    };
    let bar = ProgressBar::new_spinner();
    let style = ProgressStyle::with_template("{spinner} {bytes} written, {bytes_per_sec}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    match args.access.gateway()? {
        Some(gateway) => {
            let (shop_id, _) = gateway.shop(args.shop.as_deref()).await?;
            let path = format!("/v1/shops/{shop_id}/export?what={}&format={}", what.word(), format.word());
            let mut parts = gateway.stream(&path).await?;
            let cut = |error| Failure::new(UNAVAILABLE, format!("the export broke off: {error}; begin again"));
            while let Some(part) = parts.chunk().await.map_err(cut)? {
                out.write_all(&part)?;
                bar.inc(part.len() as u64);
            }
        }
        None => {
            let place = Place::open(&settings()?).await?;
            let shop = place.shop(args.shop.as_deref())?;
            let export = Export::begin(place.change(), shop, (what, format), Onlooker::Operator).await?;
            out.write_all(export.heading().as_bytes())?;
            let mut after = None;
            loop {
                let (lines, next) = export.page(after).await?;
                out.write_all(lines.as_bytes())?;
                bar.inc(lines.len() as u64);
                match next {
                    Some(next) => after = Some(next),
                    None => break,
                }
            }
            drop(export);
            place.close().await?;
        }
    }
    out.flush()?;
    bar.finish_and_clear();
    Ok(())
}
