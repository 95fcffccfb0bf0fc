//! `serve`: the gateway in production.

use secrecy::ExposeSecret;

use super::{Failure, asked_to_stop};
use crate::{app::App, clock::Clock, config::Settings, telemetry};

/// Runs the gateway until it is asked to stop.
pub async fn run(settings: Settings) -> Result<(), Failure> {
    telemetry::start_logging(&settings.log);
    warn_of_risks(&settings);
    let app = App::start(settings, Clock::system()).await?;
    let stop = asked_to_stop()?;
    tracing::info!(address = %app.address(), version = env!("CARGO_PKG_VERSION"), "the gateway is ready");
    stop.await;
    tracing::info!("stopping");
    app.stop().await;
    tracing::info!("the gateway has stopped");
    Ok(())
}

/// Settings that are lawful but probably not meant.
fn warn_of_risks(settings: &Settings) {
    let public = &settings.server.public_url;
    if settings.twilio.account_sid.is_empty() {
        tracing::warn!("twilio.account_sid is not set: no texts until a sender with an account is added");
    }
    if settings.operator.api_key.expose_secret().is_empty() {
        tracing::warn!("operator.api_key is not set: nobody can set up merchants");
    } else if settings.operator.api_key.expose_secret().len() < 16 {
        tracing::warn!("operator.api_key is short: take at least 16 random characters");
    }
    if public.scheme() == "http" && !matches!(public.host_str(), Some("127.0.0.1" | "localhost")) {
        tracing::warn!("server.public_url is http: providers' texts would travel in the clear");
    }
}

/// The settings in force, for people, without secrets.
pub fn in_force(settings: &Settings) -> String {
    let webhook = format!("{}webhooks/twilio/messages", slashed(&settings.server.public_url));
    let mut lines = vec!["The settings are in order.".to_owned()];
    let all = settings.in_force().into_iter().chain([("Webhook for texts", webhook)]);
    lines.extend(all.map(|(key, value)| format!("{key:<38} {value}")));
    lines.join("\n")
}

fn slashed(url: &url::Url) -> String {
    format!("{}/", url.as_str().trim_end_matches('/'))
}
