//! A running gateway that a command speaks to by its API: with `--url` and `--key`, instead of opening the database.

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;
use url::Url;
use uuid::Uuid;

use super::{Failure, UNAVAILABLE, WRONG_INPUT};

const ANSWERS_WITHIN: Duration = Duration::from_secs(30);
/// The most shops that are looked through for a name.
const SHOPS_MAX: usize = 1000;

/// Where the gateway is.
#[derive(Debug, Clone, clap::Args)]
pub struct Reach {
    /// A running gateway to do it through, instead of the database: https://loyalty.example
    #[arg(long, env = "REGULARS_URL")]
    url: Option<Url>,
    /// The key for its API
    #[arg(long, env = "REGULARS_KEY", hide_env_values = true)]
    key: Option<String>,
}

/// A running gateway.
pub struct Remote {
    base: String,
    key: String,
    client: Client,
}

/// A shop, as far as a command needs it.
#[derive(Debug, Clone)]
pub struct RemoteShop {
    /// Its id.
    pub id: Uuid,
    /// ISO 4217 code.
    pub currency: String,
    name: String,
}

impl Reach {
    /// The gateway, where one is named.
    pub fn remote(&self) -> Result<Option<Remote>, Failure> {
        let Some(url) = &self.url else { return Ok(None) };
        let key = self.key.clone().filter(|key| !key.is_empty());
        let key = key.ok_or_else(|| Failure::new(WRONG_INPUT, "--url needs --key, or REGULARS_KEY"))?;
        let client = Client::builder().timeout(ANSWERS_WITHIN).build();
        let client = client.map_err(|error| Failure::new(UNAVAILABLE, error))?;
        Ok(Some(Remote { base: url.as_str().trim_end_matches('/').to_owned(), key, client }))
    }
}

impl Remote {
    /// The shop by name or id; without either, the only one.
    pub async fn shop(&self, named: Option<&str>) -> Result<RemoteShop, Failure> {
        let id = named.and_then(|named| Uuid::parse_str(named).ok());
        let is_meant = |shop: &RemoteShop| {
            named.is_none_or(|named| shop.name.to_lowercase() == named.to_lowercase()) || Some(shop.id) == id
        };
        let mut found: Vec<RemoteShop> = self.shops().await?.into_iter().filter(is_meant).collect();
        match found.len() {
            0 => Err(Failure::new(WRONG_INPUT, "there is no such shop; name it with --shop")),
            1 => Ok(found.remove(0)),
            _ => {
                let names: Vec<String> =
                    found.iter().take(20).map(|shop| format!("{} ({})", shop.name, shop.id)).collect();
                Err(Failure::new(WRONG_INPUT, format!("which shop? Name one with --shop: {}", names.join(", "))))
            }
        }
    }

    async fn shops(&self) -> Result<Vec<RemoteShop>, Failure> {
        let (mut shops, mut cursor) = (Vec::new(), None::<String>);
        loop {
            let mut query = vec![("limit", "200".to_owned())];
            query.extend(cursor.map(|cursor| ("cursor", cursor)));
            let page = self.send(self.request(Method::GET, "/v1/shops").query(&query)).await?;
            shops.extend(page["items"].as_array().into_iter().flatten().filter_map(read_shop));
            cursor = page["next_cursor"].as_str().map(str::to_owned);
            if cursor.is_none() || shops.len() >= SHOPS_MAX {
                return Ok(shops);
            }
        }
    }

    /// The id of the member with this phone at a shop.
    pub async fn member(&self, shop: &RemoteShop, phone: &str) -> Result<String, Failure> {
        let query = [("search", phone), ("shop_id", &shop.id.to_string())];
        let found = self.send(self.request(Method::GET, "/v1/members").query(&query)).await?;
        let members = found["items"].as_array().map(Vec::as_slice).unwrap_or_default();
        match members {
            [member] => Ok(member["id"].as_str().unwrap_or_default().to_owned()),
            [] => Err(Failure::new(WRONG_INPUT, "nobody with this phone is a member here")),
            _ => Err(Failure::new(
                WRONG_INPUT,
                "several members have such a phone; write it with + and the country code",
            )),
        }
    }

    /// A request to a path.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base)).bearer_auth(&self.key)
    }

    /// Sends a request; what was answered, or why it was refused.
    pub async fn send(&self, request: RequestBuilder) -> Result<Value, Failure> {
        let unavailable = |error: reqwest::Error| {
            let reason = std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source()).last();
            let reason = reason.map(ToString::to_string).unwrap_or_default();
            Failure::new(UNAVAILABLE, format!("no gateway answers at {}: {reason}; is it running?", self.base))
        };
        let response = request.send().await.map_err(unavailable)?;
        let status = response.status();
        let body = response.bytes().await.map_err(unavailable)?;
        let answer: Value = serde_json::from_slice(&body).unwrap_or_default();
        if status.is_success() {
            return Ok(answer);
        }
        let code = if status.is_server_error() { UNAVAILABLE } else { WRONG_INPUT };
        let detail = answer["detail"].as_str().unwrap_or("it said no more");
        Err(Failure::new(code, format!("the gateway refused it ({}): {detail}", status.as_u16())))
    }
}

fn read_shop(shop: &Value) -> Option<RemoteShop> {
    Some(RemoteShop {
        id: shop["id"].as_str()?.parse().ok()?,
        currency: shop["currency"].as_str()?.to_owned(),
        name: shop["name"].as_str()?.to_owned(),
    })
}
