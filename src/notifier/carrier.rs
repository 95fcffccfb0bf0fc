//! Performs the requests that `providers` writes. The only place that talks to a provider.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::{Client, Response, header::RETRY_AFTER, redirect::Policy};
use secrecy::ExposeSecret;

use crate::{
    domain::{address::Address, message::Outbound, shop::Sender},
    providers::{Account, Answer, ApiRequest, Listed, Method, read_no_answer},
};

/// Most bytes of an answer that are read; a page of fifty texts stays under 100 KiB.
const ANSWER_BYTES_MAX: usize = 512 * 1024;
/// Most pages of a list that are read to find one text.
const PAGES_MAX: usize = 4;

/// The way to the providers.
pub struct Carrier {
    client: Client,
    status_callback: String,
}

/// Why a look-up found neither a text nor its absence.
#[derive(Debug, thiserror::Error)]
pub enum LookupError {
    /// No answer.
    #[error("the provider did not answer: {0}")]
    NoAnswer(reqwest::Error),
    /// An answer other than a list.
    #[error("the provider answered with status {0}")]
    Status(u16),
    /// A list that cannot be read.
    #[error("the provider's list is unreadable: {0}")]
    Unreadable(String),
}

impl Carrier {
    /// A client that waits at most `timeout` for an answer and follows no redirect (it would send twice).
    pub fn new(timeout: Duration, status_callback: String) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .timeout(timeout)
            .connect_timeout(timeout.min(Duration::from_secs(5)))
            // Servers hang up on idle connections, many after 5 s; a send on one just closed would be unclear.
            .pool_idle_timeout(Duration::from_secs(2))
            .redirect(Policy::none())
            .user_agent(concat!("regulars/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, status_callback })
    }

    /// Sends a text and reads what the provider makes of it.
    pub async fn send(
        &self,
        account: &Account,
        sender: &Sender,
        to: Address,
        body: String,
        now: DateTime<Utc>,
    ) -> Answer {
        let outbound =
            Outbound { from: sender.address.clone(), to, body, status_callback: self.status_callback.clone() };
        let request = (account.provider.write_message)(account, &outbound, sender.service_sid.as_deref());
        let response = match self.perform(&request).await {
            Ok(response) => response,
            // A refused connection took nothing; anything later may have.
            Err(error) => return read_no_answer(!(error.is_connect() || error.is_builder())),
        };
        let status = response.status().as_u16();
        let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).map(str::to_owned);
        match read_body(response).await {
            Ok(body) => (account.provider.read_answer)(status, retry_after.as_deref(), now, &body),
            Err(_) => read_no_answer(true),
        }
    }

    /// What the provider has sent to a person since `since`, newest first.
    pub async fn list(
        &self,
        account: &Account,
        sender: &Sender,
        to: &Address,
        since: DateTime<Utc>,
    ) -> Result<Vec<Listed>, LookupError> {
        // A messaging service chooses the number it sends from.
        let from = sender.service_sid.is_none().then_some(&sender.address);
        let mut request = Some((account.provider.write_lookup)(account, from, to));
        let mut listed = Vec::new();
        for _ in 0..PAGES_MAX {
            let Some(next) = request.take() else { break };
            let response = self.perform(&next).await.map_err(LookupError::NoAnswer)?;
            if !response.status().is_success() {
                return Err(LookupError::Status(response.status().as_u16()));
            }
            let body = read_body(response).await.map_err(LookupError::NoAnswer)?;
            let page =
                (account.provider.read_page)(&body).map_err(|error| LookupError::Unreadable(error.to_string()))?;
            let oldest = page.messages.last().and_then(|message| message.date_created);
            listed.extend(page.messages.into_iter().filter(|message| message.outbound));
            let more = oldest.is_none_or(|oldest| since < oldest);
            request = page.next_page_uri.filter(|_| more).and_then(|uri| (account.provider.write_page)(account, &uri));
        }
        listed.retain(|message| message.date_created.is_none_or(|created| since <= created));
        Ok(listed)
    }

    async fn perform(&self, request: &ApiRequest) -> Result<Response, reqwest::Error> {
        let builder = match request.method {
            Method::Get => self.client.get(request.url.clone()),
            Method::Post => self.client.post(request.url.clone()).form(&request.form),
        };
        let sent = builder.basic_auth(&request.username, Some(request.password.expose_secret())).send().await;
        // The address of a look-up has a phone number in it.
        sent.map_err(reqwest::Error::without_url)
    }
}

async fn read_body(mut response: Response) -> Result<Vec<u8>, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(reqwest::Error::without_url)? {
        body.extend_from_slice(&chunk);
        if body.len() > ANSWER_BYTES_MAX {
            body.truncate(ANSWER_BYTES_MAX);
            break;
        }
    }
    Ok(body)
}
