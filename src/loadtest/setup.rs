//! Sets the stage through the gateway's API, as an operator would: a merchant, numbers, a shop and a keyword for each.

use std::time::Duration;

use anyhow::{Context, bail};
use chrono::{Timelike, Utc};
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::access::Access;

/// What everybody texts first.
pub const KEYWORD: &str = "COFFEE PLS";
/// What every new member is given, and so everybody's balance.
pub const WELCOME_POINTS: i64 = 25;

/// What each purchase earns: a point for every dollar.
pub const SALE_POINTS: i64 = 12;

/// The time the gateway has to answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);

/// A shop with a number of its own.
#[derive(Debug, Clone)]
pub struct LaunchShop {
    /// The gateway's id of it.
    pub id: String,
    /// The number that phones text.
    pub sender: String,
    /// What it is called in every reply.
    pub name: String,
}

/// Creates the merchant and its shops. `run` keeps this run's numbers apart from those of any other.
pub async fn set_up(
    access: &Access,
    run: u32,
    count: u16,
    messages_per_second: f64,
) -> anyhow::Result<Vec<LaunchShop>> {
    let operator = Operator::new(access)?;
    let merchant_id = operator.create("/v1/merchants", json!({ "name": format!("Launch day {run:04}") })).await?;
    let mut shops = Vec::new();
    for number in 1..=count {
        let (id, sender, name) = (String::new(), sender_number(run, number), format!("Launch Cafe {number}"));
        let mut shop = LaunchShop { id, sender, name };
        shop.id = operator.open(&shop, &merchant_id, messages_per_second).await?;
        shops.push(shop);
    }
    Ok(shops)
}

/// +999 is nobody's country code: such a number never rings anywhere. The phones' numbers are longer.
fn sender_number(run: u32, number: u16) -> String {
    format!("+999{run:04}{number:03}")
}

/// A time zone in which it is about noon: nobody's quiet hours hold a text back. (The sign of these names is turned about.)
fn zone_of_noon() -> String {
    let ahead = 12 - i64::from(Utc::now().hour());
    format!("Etc/GMT{}{}", if ahead > 0 { "-" } else { "+" }, ahead.abs())
}

struct Operator<'a> {
    access: &'a Access,
    client: reqwest::Client,
}

impl<'a> Operator<'a> {
    fn new(access: &'a Access) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder().no_proxy().timeout(ANSWER_TIMEOUT).build()?;
        Ok(Self { access, client })
    }

    async fn open(&self, shop: &LaunchShop, merchant_id: &str, messages_per_second: f64) -> anyhow::Result<String> {
        let sender = json!({
            "address": shop.sender,
            "merchant_id": merchant_id,
            "messages_per_second": messages_per_second,
        });
        self.create("/v1/senders", sender).await?;
        let opened = json!({
            "merchant_id": merchant_id,
            "name": shop.name,
            "sender": shop.sender,
            "time_zone": zone_of_noon(),
            "language": "en",
            "currency": "USD",
            "opt_in": "single",
            "welcome_points": WELCOME_POINTS,
            "contact": "launch@example.com",
            "telling": { "earned": true },
        });
        let shop_id = self.create("/v1/shops", opened).await?;
        self.create(&format!("/v1/shops/{shop_id}/keywords"), json!({ "phrase": KEYWORD })).await?;
        let program = json!({
            "name": "Launch points",
            "earn": [{ "rule": "welcome", "points": WELCOME_POINTS }, { "rule": "spend", "points": 1, "per": 1 }],
        });
        self.send(Method::PUT, &format!("/v1/programs/{shop_id}"), program).await?;
        Ok(shop_id)
    }

    /// Creates a resource; its id.
    async fn create(&self, path: &str, resource: Value) -> anyhow::Result<String> {
        let created = self.send(Method::POST, path, resource).await?;
        let id = created.get("id").and_then(Value::as_str);
        Ok(id.with_context(|| format!("the answer to POST {path} has no id"))?.to_owned())
    }

    /// Sends JSON; the JSON that is answered.
    async fn send(&self, method: Method, path: &str, resource: Value) -> anyhow::Result<Value> {
        let answer = self
            .client
            .request(method, self.access.address(path))
            .bearer_auth(self.access.api_key.expose_secret())
            .json(&resource)
            .send()
            .await
            .with_context(|| format!("the gateway does not answer {path}"))?;
        let status = answer.status();
        let text = answer.text().await.with_context(|| format!("the answer of {path} broke off"))?;
        if !status.is_success() {
            bail!("the gateway answered {path} with {status}: {text}");
        }
        Ok(serde_json::from_str(&text)?)
    }
}
