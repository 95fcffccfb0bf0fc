//! Calls webhooks: only where a stranger may be called, never farther than the address that was checked, and reads next to
//! nothing of what is answered.

use std::{
    error::Error,
    fmt,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, Utc};
use reqwest::{
    Client, Response,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{CONTENT_TYPE, RETRY_AFTER},
    redirect::Policy,
};
use secrecy::SecretString;

use super::{settle::Answer, signature::sign};
use crate::{config, domain::reach::is_public, service::webhooks::read_url};

/// Most bytes of an answer that are read, so that the connection can be used again.
const ANSWER_BYTES_MAX: usize = 4 * 1024;

/// What is told to a webhook.
#[derive(Debug)]
pub struct Call {
    /// Where it leads.
    pub url: String,
    /// The secrets that sign, the one in force first.
    pub secrets: Vec<SecretString>,
    /// The event's id as it is shown.
    pub id: String,
    /// The body.
    pub body: String,
}

/// The way to webhooks.
pub struct Caller {
    client: Client,
    settings: config::Events,
}

impl Caller {
    /// A client that resolves names itself, follows no redirect and knows no proxy: each would lead elsewhere than was checked.
    pub fn new(settings: config::Events) -> Result<Self, reqwest::Error> {
        let timeout = Duration::from_secs(settings.request_timeout_seconds);
        let client = Client::builder()
            .timeout(timeout)
            .connect_timeout(timeout.min(Duration::from_secs(10)))
            // Servers hang up on idle connections, many after 5 s.
            .pool_idle_timeout(Duration::from_secs(2))
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .dns_resolver(Arc::new(Resolver { allows_private: settings.allow_private_addresses }))
            .user_agent(concat!("regulars/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, settings })
    }

    /// Tells it, and reads what is made of it.
    pub async fn call(&self, call: Call, now: DateTime<Utc>) -> Answer {
        // What a literal address leads to is not resolved; and the setting may have changed since the webhook was made.
        let url = match read_url(&call.url, &self.settings) {
            Ok(url) => url,
            Err(sentence) => return Answer::None(format!("its url {sentence}")),
        };
        let at = now.timestamp();
        let Some(signature) = sign(&call.secrets, &call.id, at, &call.body) else {
            return Answer::None("its secret cannot be read; rotate it".to_owned());
        };
        let request = self
            .client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", call.id)
            .header("webhook-timestamp", at)
            .header("webhook-signature", signature)
            .body(call.body);
        match request.send().await {
            Ok(response) => read(response, now).await,
            Err(error) => Answer::None(self.why(&error)),
        }
    }

    /// Why there was no answer: without the address, which may hold a secret in its path.
    fn why(&self, error: &reqwest::Error) -> String {
        if causes(error).any(|cause| cause.is::<NotPublic>()) {
            NotPublic.to_string()
        } else if error.is_timeout() {
            format!("no answer within {} seconds", self.settings.request_timeout_seconds)
        } else if error.is_connect() {
            let last = causes(error).last().map(ToString::to_string).unwrap_or_default();
            format!("no connection: {}", last.chars().take(200).collect::<String>())
        } else {
            "the connection broke before there was an answer".to_owned()
        }
    }
}

fn causes<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(error.source(), |cause: &&'a (dyn Error + 'static)| (*cause).source())
}

async fn read(mut response: Response, now: DateTime<Utc>) -> Answer {
    let status = response.status().as_u16();
    let asked = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    let asked = asked.and_then(|value| read_pause(value, now));
    let mut bytes = 0;
    while let Ok(Some(chunk)) = response.chunk().await {
        bytes += chunk.len();
        if bytes > ANSWER_BYTES_MAX {
            break;
        }
    }
    Answer::Status(status, asked)
}

/// `Retry-After`: seconds, or a date. (RFC 9110, 10.2.3)
fn read_pause(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date: DateTime<Utc> = httpdate::parse_http_date(value.trim()).ok()?.into();
    (date - now).to_std().ok()
}

/// Resolves names to addresses that a stranger may have us call; the connection is made to one of these, and no other.
struct Resolver {
    allows_private: bool,
}

/// A name that leads nowhere else than into our own house.
#[derive(Debug)]
struct NotPublic;

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("its name leads to an address that is not the public network's")
    }
}

impl Error for NotPublic {}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allows_private = self.allows_private;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            match allowed(found, allows_private) {
                Some(addresses) => Ok(Box::new(addresses.into_iter()) as Addrs),
                None => Err(Box::new(NotPublic) as Box<dyn Error + Send + Sync>),
            }
        })
    }
}

/// All addresses of a name, where each of them may be called: one that is half ours is not asked which half it is today.
fn allowed(found: Vec<SocketAddr>, allows_private: bool) -> Option<Vec<SocketAddr>> {
    let is_allowed = |address: IpAddr| allows_private || is_public(address);
    (!found.is_empty() && found.iter().all(|address| is_allowed(address.ip()))).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    #[test]
    fn a_name_that_leads_to_us_even_once_is_not_called() {
        let addresses = |list: &[&str]| list.iter().map(|text| SocketAddr::new(text.parse().unwrap(), 0)).collect();
        assert!(allowed(addresses(&["8.8.8.8", "2606:4700:4700::1111"]), false).is_some());
        assert!(allowed(addresses(&["8.8.8.8", "127.0.0.1"]), false).is_none());
        assert!(allowed(addresses(&["8.8.8.8", "::ffff:10.0.0.1"]), false).is_none());
        assert!(allowed(addresses(&["127.0.0.1"]), true).is_some());
        assert!(allowed(Vec::new(), true).is_none());
    }

    #[test]
    fn a_pause_is_read_in_seconds_or_as_a_date() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        assert_eq!(read_pause("120", now), Some(Duration::from_secs(120)));
        assert_eq!(
            read_pause(&httpdate::fmt_http_date((now + Duration::from_secs(60)).into()), now),
            Some(Duration::from_secs(60))
        );
        assert_eq!(read_pause("soon", now), None);
        assert_eq!(read_pause("-5", now), None);
    }

    #[tokio::test]
    async fn a_name_of_our_own_house_is_found_out_when_it_is_called() {
        rustls::crypto::ring::default_provider().install_default().ok();
        let mut settings = Settings::defaults().unwrap().events;
        settings.allow_http = true;
        let caller = Caller::new(settings).unwrap();
        let answer = async |url: &str| {
            let secrets = vec![SecretString::from("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")];
            let call = Call { url: url.to_owned(), secrets, id: "evt_1".to_owned(), body: "{}".to_owned() };
            caller.call(call, DateTime::from_timestamp(0, 0).unwrap()).await
        };
        // As a row that was written under another setting.
        for url in [
            "http://127.0.0.1:9/",
            "http://[::1]:9/",
            "http://2130706433/",
            "http://localhost:9/",
            "http://169.254.169.254/",
        ] {
            let Answer::None(why) = answer(url).await else { panic!("{url} was called") };
            assert!(why.contains("public network"), "{url}: {why}");
        }
        let resolver = Resolver { allows_private: false };
        let refused = resolver.resolve("localhost".parse().unwrap()).await;
        assert!(refused.is_err_and(|error| error.is::<NotPublic>()));
    }
}
