//! `carrier`: the built-in carrier alone.

use std::net::SocketAddr;

use super::{Failure, asked_to_stop};
use crate::sandbox::{Carrier, CarrierSettings};

/// What `carrier` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where it listens
    #[arg(long, default_value = "127.0.0.1:8081")]
    bind: SocketAddr,
    /// The gateway's webhook for inbound texts
    #[arg(long, default_value = "http://127.0.0.1:8080/webhooks/twilio/messages")]
    webhook: String,
    /// The account's id, as in twilio.account_sid
    #[arg(long, env = "REGULARS__TWILIO__ACCOUNT_SID")]
    account_sid: String,
    /// The account's token, as in twilio.auth_token
    #[arg(long, env = "REGULARS__TWILIO__AUTH_TOKEN", hide_env_values = true)]
    auth_token: String,
}

/// Runs the carrier until it is asked to stop.
pub async fn run(args: Args) -> Result<(), Failure> {
    let carrier = Carrier::start(CarrierSettings {
        bind: args.bind,
        account_sid: args.account_sid,
        auth_token: args.auth_token,
        inbound_url: args.webhook,
        callback_delay: super::demo::CALLBACK_DELAY,
        ..CarrierSettings::default()
    })
    .await?;
    let stop = asked_to_stop()?;
    println!("Phones          {}", carrier.phone_url());
    println!("API base URL    {}", carrier.base_url());
    stop.await;
    carrier.stop().await;
    Ok(())
}
