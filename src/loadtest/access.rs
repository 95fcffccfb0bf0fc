//! How to reach a gateway, and the secrets shared with it.

use anyhow::Context;
use base64::{Engine, prelude::BASE64_STANDARD};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::args::Args;
use crate::yardstick::line::WEBHOOK_PATH;

/// The addresses and the secrets of one gateway.
#[derive(Debug, Clone)]
pub struct Access {
    /// Where it listens.
    pub base: Url,
    /// What the provider calls it; signatures are made over this address.
    pub public_url: Url,
    /// The operator's key for its API.
    pub api_key: SecretString,
    /// Its account at the carrier.
    pub account_sid: String,
    /// The account's token.
    pub auth_token: SecretString,
}

impl Access {
    /// To the gateway that runs already, if the arguments name one.
    pub fn given(args: &Args) -> anyhow::Result<Option<Self>> {
        let Some(base) = args.gateway.clone() else {
            return Ok(None);
        };
        let missing = |name: &str| format!("--gateway also needs {name}");
        Ok(Some(Self {
            public_url: args.public_url.clone().unwrap_or_else(|| base.clone()),
            base,
            api_key: args.api_key.clone().with_context(|| missing("--api-key"))?,
            account_sid: args.account_sid.clone().with_context(|| missing("--account-sid"))?,
            auth_token: args.auth_token.clone().with_context(|| missing("--auth-token"))?,
        }))
    }

    /// To a program that is yet to be started, on a port that is free now, with fresh secrets.
    pub fn fresh() -> anyhow::Result<Self> {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).context("no free port")?;
        let base: Url = format!("http://{}", listener.local_addr()?).parse()?;
        Ok(Self {
            public_url: base.clone(),
            base,
            api_key: random_hex()?.into(),
            account_sid: format!("AC{}", random_hex()?),
            auth_token: random_hex()?.into(),
        })
    }

    /// To another program on another port, with the same secrets.
    pub fn elsewhere(&self) -> anyhow::Result<Self> {
        let Self { base, public_url, .. } = Self::fresh()?;
        Ok(Self { base, public_url, ..self.clone() })
    }

    /// An address of its API.
    pub fn address(&self, path: &str) -> String {
        join(&self.base, path)
    }

    /// The webhook for inbound texts as the provider calls and signs it.
    pub fn signed_webhook(&self) -> String {
        join(&self.public_url, WEBHOOK_PATH)
    }

    /// The settings of a program that shall be reached like this, as environment variables.
    pub fn environment(&self, carrier_url: &str) -> anyhow::Result<Vec<(&'static str, String)>> {
        let authority = self.base.socket_addrs(|| None)?.first().map(ToString::to_string);
        let mut key = [0; 32];
        getrandom::fill(&mut key).context("no randomness")?;
        Ok(vec![
            ("REGULARS__SERVER__BIND", authority.context("no address to listen on")?),
            ("REGULARS__SERVER__PUBLIC_URL", self.public_url.to_string()),
            ("REGULARS__OPERATOR__API_KEY", self.api_key.expose_secret().to_owned()),
            ("REGULARS__TWILIO__API_BASE_URL", carrier_url.to_owned()),
            ("REGULARS__TWILIO__ACCOUNT_SID", self.account_sid.clone()),
            ("REGULARS__TWILIO__AUTH_TOKEN", self.auth_token.expose_secret().to_owned()),
            ("REGULARS__SECRETS__KEY", BASE64_STANDARD.encode(key)),
            // A launch day whose phones have neighbouring numbers, and all the haste that the gateway can stand.
            ("REGULARS__LIMITS__JOINS_PER_PREFIX_MAX", "0".to_owned()),
            ("REGULARS__LIMITS__JOINS_PER_COUNTRY_MAX", "0".to_owned()),
            ("REGULARS__LIMITS__JOINS_PER_SENDER_MINUTE_MAX", "0".to_owned()),
            ("REGULARS__LIMITS__TEXTS_PER_SENDER_MINUTE_MAX", "0".to_owned()),
        ])
    }
}

/// 32 hexadecimal digits that nobody can guess.
pub fn random_hex() -> anyhow::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).context("no randomness")?;
    Ok(hex::encode(bytes))
}

fn join(base: &Url, path: &str) -> String {
    format!("{}{path}", base.as_str().trim_end_matches('/'))
}
