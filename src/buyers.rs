//! Asks a till's own API who a buyer is. The only place that talks to tills.

use std::time::Duration;

use reqwest::{Client, redirect::Policy};
use secrecy::ExposeSecret;
use url::Url;

use crate::tills::{Phone, Till, Unreadable};

/// The time a till's API has to answer: the till itself is waiting for ours, Shopify for 5 s and Square for 10.
const TIMEOUT: Duration = Duration::from_secs(3);
/// Most bytes of an answer that are read; a buyer has some hundreds.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// The way to the APIs of tills.
pub struct Buyers {
    client: Client,
    square_api_base_url: Url,
}

/// Why it is not known who a buyer is.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// No answer in time.
    #[error("the till's API did not answer")]
    Silence(#[from] reqwest::Error),
    /// An answer that helps nobody.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// More than any buyer has.
    #[error("the till's API answered with more than {ANSWER_BYTES_MAX} bytes")]
    TooLong,
}

impl Buyers {
    /// A client that follows no redirect: it would take the access token elsewhere.
    ///
    /// # Errors
    /// The system has no TLS.
    pub fn new(square_api_base_url: Url) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .timeout(TIMEOUT)
            .redirect(Policy::none())
            .user_agent(concat!("regulars/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, square_api_base_url })
    }

    /// The phone of a buyer; `None` where they left none, or where the till cannot be asked.
    ///
    /// # Errors
    /// It must be asked again.
    pub async fn phone_of(&self, till: &Till, buyer: &str) -> Result<Option<Phone>, NoAnswer> {
        let Some((look_up, token)) = till.kind.look_up.zip(till.access_token.as_ref()) else { return Ok(None) };
        let question = (look_up.write)(&self.square_api_base_url, token, buyer);
        let mut request = self.client.get(question.url).bearer_auth(question.access_token.expose_secret());
        for (name, value) in question.headers {
            request = request.header(*name, *value);
        }
        let mut answer = request.send().await?;
        let status = answer.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if body.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(NoAnswer::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        Ok((look_up.read)(status, &body)?)
    }
}
