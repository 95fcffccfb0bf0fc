//! A running gateway, reached by its API as whoever has the key.

use std::time::Duration;

use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;
use uuid::Uuid;

use super::{Failure, UNAVAILABLE, WRONG_INPUT};

/// How often a request is sent that is not answered, and how long is waited between.
const TRIES: u32 = 6;
const PAUSE: Duration = Duration::from_millis(500);
const ANSWERS_WITHIN: Duration = Duration::from_secs(60);

/// Where the gateway is, and the key to it; without them a command works on the database itself.
#[derive(Debug, Clone, clap::Args)]
pub struct Access {
    /// The address of a running gateway; without it the database itself is opened, while no gateway runs on it
    #[arg(long, env = "REGULARS_URL")]
    url: Option<Url>,
    /// A key for its API: an owner's or the operator's
    #[arg(long, env = "REGULARS_KEY", hide_env_values = true, requires = "url")]
    key: Option<String>,
}

impl Access {
    /// The gateway, where one is named.
    pub fn gateway(&self) -> Result<Option<GatewayApi>, Failure> {
        let Some(url) = &self.url else { return Ok(None) };
        let Some(key) = self.key.clone().filter(|key| !key.is_empty()) else {
            return Err(Failure::new(WRONG_INPUT, "a gateway needs a key: give it by --key or REGULARS_KEY"));
        };
        let client = Client::builder().timeout(ANSWERS_WITHIN).build();
        let client = client.map_err(|error| Failure::new(1, format!("cannot make an HTTP client: {error}")))?;
        Ok(Some(GatewayApi { base: url.as_str().trim_end_matches('/').to_owned(), key, client }))
    }
}

/// A gateway that answers.
#[derive(Clone)]
pub struct GatewayApi {
    base: String,
    key: String,
    client: Client,
}

impl GatewayApi {
    /// Asks for something.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        self.ask(self.client.get(format!("{}{path}", self.base))).await
    }

    /// Hands something in that may be handed in again.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, kind: &str, body: String) -> Result<T, Failure> {
        let request = self.client.post(format!("{}{path}", self.base)).header("content-type", kind);
        self.ask(request.body(body)).await
    }

    /// An answer that comes in parts, however long it takes.
    pub async fn stream(&self, path: &str) -> Result<Response, Failure> {
        let request = self.client.get(format!("{}{path}", self.base)).timeout(Duration::from_secs(24 * 60 * 60));
        self.send(request).await
    }

    /// A shop by its id or its name; the only one where none is named.
    pub async fn shop(&self, named: Option<&str>) -> Result<(Uuid, String), Failure> {
        let mut found = Vec::new();
        let mut cursor = String::new();
        loop {
            let page: Value = self.get(&format!("/v1/shops?limit=200{cursor}")).await?;
            for shop in page["items"].as_array().into_iter().flatten() {
                let (id, name) = (shop["id"].as_str().unwrap_or_default(), shop["name"].as_str().unwrap_or_default());
                let is_meant = named
                    .is_none_or(|named| named.eq_ignore_ascii_case(id) || named.to_lowercase() == name.to_lowercase());
                if let (true, Ok(id)) = (is_meant, Uuid::parse_str(id)) {
                    found.push((id, name.to_owned()));
                }
            }
            match page["next_cursor"].as_str() {
                Some(next) if found.len() < 20 => cursor = format!("&cursor={next}"),
                _ => break,
            }
        }
        match found.as_slice() {
            [shop] => Ok(shop.clone()),
            [] => Err(Failure::new(WRONG_INPUT, "there is no such shop; name it with --shop")),
            several => {
                let names: Vec<String> = several.iter().take(20).map(|(id, name)| format!("{name} ({id})")).collect();
                Err(Failure::new(WRONG_INPUT, format!("which shop? Name one with --shop: {}", names.join(", "))))
            }
        }
    }

    async fn ask<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Failure> {
        let answer = self.send(request).await?.text().await.map_err(|error| self.unavailable(&error))?;
        serde_json::from_str(&answer)
            .map_err(|error| Failure::new(1, format!("{} answered strangely: {error}", self.base)))
    }

    /// Sends it again where nobody answers, or is busy: what we send may be done twice.
    async fn send(&self, request: RequestBuilder) -> Result<Response, Failure> {
        let mut tries = 1;
        loop {
            let again = request.try_clone();
            let sent = again
                .ok_or_else(|| Failure::new(1, "a request cannot be sent again"))?
                .bearer_auth(&self.key)
                .send()
                .await;
            let failure = match sent {
                Ok(response) if response.status().is_success() => return Ok(response),
                Ok(response) => {
                    let status = response.status();
                    let is_passing = matches!(
                        status,
                        StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS | StatusCode::BAD_GATEWAY
                    );
                    let problem: Value = response.json().await.unwrap_or_default();
                    let detail = problem["detail"].as_str().unwrap_or("it did not say why");
                    let code = if is_passing { UNAVAILABLE } else { 1 };
                    let failure = Failure::new(code, format!("{} refused ({}): {detail}", self.base, status.as_u16()));
                    if !is_passing {
                        return Err(failure);
                    }
                    failure
                }
                Err(error) => self.unavailable(&error),
            };
            if tries == TRIES {
                return Err(failure);
            }
            tokio::time::sleep(PAUSE * (1 << tries)).await;
            tries += 1;
        }
    }

    fn unavailable(&self, error: &reqwest::Error) -> Failure {
        let source = std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
        Failure::new(UNAVAILABLE, format!("no gateway answers at {}: {source}; is it running?", self.base))
    }
}
