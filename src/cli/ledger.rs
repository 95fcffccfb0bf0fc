//! `ledger verify`: every balance reckoned anew from its entries.

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, place::Place};
use crate::{config::Settings, service::verify::verify};

/// What `ledger` does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Reckon every balance anew from its entries, and list what differs
    Verify,
}

/// Does it; fails where something differs.
pub async fn run(Command::Verify: Command, settings: &Settings) -> Result<(), Failure> {
    let place = Place::open(settings).await?;
    let bar = ProgressBar::new_spinner();
    bar.set_style(
        ProgressStyle::with_template("{spinner} {human_pos} purses, {per_sec}")
            .unwrap_or_else(|_| ProgressStyle::default_spinner()),
    );
    let (purses, differences) = verify(&place.store, |looked_at| bar.set_position(looked_at)).await?;
    bar.finish_and_clear();
    for difference in &differences {
        println!("{difference}");
    }
    place.close().await?;
    if differences.is_empty() {
        println!("{purses} purses: every balance is the sum of its entries.");
        return Ok(());
    }
    Err(Failure::new(1, format!("{} differences in {purses} purses", differences.len())))
}
