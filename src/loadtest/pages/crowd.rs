//! Very many members, imported over the API.

use std::fmt::Write as _;

use anyhow::{Context, ensure};
use reqwest::{Client, RequestBuilder};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::loadtest::{access::Access, progress::Step};

/// How many rows go in at once.
const ROWS_AT_ONCE: u32 = 5_000;

/// Imports so many members into a shop.
pub async fn import(access: &Access, shop_id: &str, members: u32) -> anyhow::Result<()> {
    let client = Client::builder().no_proxy().build()?;
    let key = access.api_key.expose_secret();
    let begin = json!({ "source": "pagetest", "fingerprint": members.to_string(), "country": "US" });
    let path = access.address(&format!("/v1/shops/{shop_id}/imports"));
    let begun = answer(client.post(path).bearer_auth(key).json(&begin)).await?;
    let id = begun.get("id").and_then(Value::as_str).context("the import has no id")?.to_owned();
    let mut step = Step::begin("members", members.into());
    let mut from = 0;
    while from < members {
        let until = members.min(from + ROWS_AT_ONCE);
        let path = access.address(&format!("/v1/imports/{id}/rows?from={from}&until={until}"));
        let request = client.post(path).bearer_auth(key).header("content-type", "application/x-ndjson");
        let taken = answer(request.body(rows(from, until))).await?;
        ensure!(taken["refused"].as_array().is_some_and(Vec::is_empty), "rows were refused: {}", taken["refused"]);
        from = until;
        step.reach(from.into(), "");
    }
    step.finish(members.into(), "");
    Ok(())
}

/// Rows as a file would have them; neighbours in it are none among phones.
fn rows(from: u32, until: u32) -> String {
    const NAMES: [&str; 8] = ["Ana", "Ben", "Chloe", "Dan", "Elena", "Frank", "Gloria", "Hugo"];
    let mut rows = String::new();
    for number in from..until {
        let digits = (u64::from(number) * 7_919 + 2_000_000) % 8_000_000 + 2_000_000;
        let (name, points) = (NAMES[number as usize % NAMES.len()], number % 500);
        let (month, day) = (number % 12 + 1, number % 28 + 1);
        let day = format!("2025-{month:02}-{day:02}");
        writeln!(
            rows,
            r#"{{"phone":"+1415{digits:07}","first_name":"{name}","points":{points},"joined_at":"{day}","consent":"yes","consent_at":"{day} 10:00"}}"#
        )
        .ok();
    }
    rows
}

async fn answer(request: RequestBuilder) -> anyhow::Result<Value> {
    let response = request.send().await.context("the gateway does not answer")?;
    let status = response.status();
    let text = response.text().await?;
    ensure!(status.is_success(), "the gateway answered {status}: {text}");
    Ok(serde_json::from_str(&text)?)
}
