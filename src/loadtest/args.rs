//! What one may ask of a load test.

use std::net::SocketAddr;
use std::path::PathBuf;

use secrecy::SecretString;
use url::Url;

/// Plays a launch day: phones text a keyword, then BAL; counts what was accepted, answered, lost and doubled.
///
/// Without --gateway it starts a gateway of its own, with a fresh database, and stops it at the end. Settings of the
/// receiver, the notifier and the server's threads can be tried through REGULARS__… in the environment.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// How many phones text
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(1..=400_000))]
    pub phones: u32,

    /// Texts a second; without it, as fast as the gateway answers
    #[arg(long, value_parser = positive)]
    pub rate: Option<f64>,

    /// Connections to the gateway, each with one text under way
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=2_048))]
    pub connections: u16,

    /// Numbers that the phones text, each with a shop of its own
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=100))]
    pub senders: u16,

    /// Replies a second from each of these numbers; US carriers allow a short code 100
    #[arg(long, default_value_t = 100.0, value_parser = positive)]
    pub pace: f64,

    /// Seconds without a reply after which the missing ones count as lost
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3_600))]
    pub patience: u64,

    /// The carrier reports nothing about the delivery of the replies
    #[arg(long)]
    pub without_receipts: bool,

    /// Also measure, on the same machine, an endpoint that only checks the signature
    #[arg(long)]
    pub compare: bool,

    /// Afterwards play again, with fresh phones, at half the rate that was reached
    #[arg(long, conflicts_with = "rate")]
    pub half: bool,

    /// Then a till records a purchase of each phone, of which its member is told by text
    #[arg(long)]
    pub purchases: bool,

    /// Print the report as JSON
    #[arg(long)]
    pub json: bool,

    /// Where the gateway of its own keeps rows: "sqlite", or postgres://… of a server on which to create a database
    #[arg(long, default_value = "sqlite", value_parser = database, conflicts_with = "gateway")]
    pub database: SecretString,

    /// Where to put the folder with the gateway's log and its SQLite database; default: the folder for temporary files
    #[arg(long, conflicts_with = "gateway")]
    pub folder: Option<PathBuf>,

    /// Leave the folder and the database as they are at the end
    #[arg(long, conflicts_with = "gateway")]
    pub keep: bool,

    /// A gateway that runs already, such as http://127.0.0.1:8080
    #[arg(long, requires_all = ["api_key", "account_sid", "auth_token", "carrier_bind"])]
    pub gateway: Option<Url>,

    /// That gateway's server.public_url, where it is another
    #[arg(long, requires = "gateway")]
    pub public_url: Option<Url>,

    /// That gateway's operator key
    #[arg(long, env = "REGULARS__OPERATOR__API_KEY", hide_env_values = true)]
    pub api_key: Option<SecretString>,

    /// That gateway's account
    #[arg(long, env = "REGULARS__TWILIO__ACCOUNT_SID")]
    pub account_sid: Option<String>,

    /// The token of this account
    #[arg(long, env = "REGULARS__TWILIO__AUTH_TOKEN", hide_env_values = true)]
    pub auth_token: Option<SecretString>,

    /// Where the carrier listens: that gateway's twilio.api_base_url must lead there
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub carrier_bind: Option<SocketAddr>,

    /// The program to start as gateway and as bare endpoint; default: this one
    #[arg(long, hide = true)]
    pub program: Option<PathBuf>,
}

fn positive(written: &str) -> Result<f64, String> {
    let number: f64 = written.parse().map_err(|_| "must be a number".to_owned())?;
    if (0.01..=1_000_000.0).contains(&number) { Ok(number) } else { Err("must be from 0.01 to 1000000".to_owned()) }
}

pub(super) fn database(written: &str) -> Result<SecretString, String> {
    let scheme = written.split_once("://").map(|(scheme, _)| scheme);
    if written == "sqlite" || matches!(scheme, Some("postgres" | "postgresql")) {
        Ok(written.into())
    } else {
        Err("must be \"sqlite\" or begin with postgres://".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    fn parse(words: &[&str]) -> Result<Args, clap::Error> {
        Line::try_parse_from(["loadtest"].iter().chain(words)).map(|line| line.args)
    }

    #[test]
    fn nothing_given_is_a_launch_day_of_twenty_thousand_phones_at_a_short_codes_pace() {
        let args = parse(&[]).unwrap();
        assert_eq!((args.phones, args.senders, args.connections), (20_000, 4, 64));
        assert_eq!((args.rate, args.pace), (None, 100.0));
    }

    #[test]
    fn contradictions_and_impossible_figures_are_refused() {
        for words in [
            ["--phones", "0"].as_slice(),
            &["--rate", "0"],
            &["--rate", "NaN"],
            &["--rate", "100", "--half"],
            &["--database", "mysql://x"],
            &["--gateway", "http://127.0.0.1:1", "--keep"],
            &["--public-url", "http://127.0.0.1:1"],
        ] {
            assert!(parse(words).is_err(), "{words:?}");
        }
    }

    #[test]
    fn debug_shows_no_secrets() {
        let args = parse(&["--api-key", "hush", "--database", "postgres://a:hush@b/c"]).unwrap();
        assert!(!format!("{args:?}").contains("hush"));
    }
}
