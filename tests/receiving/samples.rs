//! Webhooks as they are seen in the wild.

use std::collections::{BTreeMap, BTreeSet};

use regulars::{domain::message::DeliveryStatus, sandbox::CallbackMode, stage::OPERATOR_KEY};
use serde_json::{Value, json};

use crate::{
    assert_taken,
    harness::{
        api::text,
        provider::{Params, Provider},
        world::{Plan, World},
    },
};

const PUBLIC_URL: &str = "https://sms.regulars.example";

fn samples() -> Value {
    serde_json::from_str(include_str!("../vectors/twilio_inbound_samples.json")).unwrap()
}

fn meta(name: &str) -> String {
    text(&samples()["meta"], name)
}

fn of_kind(kind: &str) -> Vec<Value> {
    let samples = samples()["samples"].as_array().unwrap().clone();
    samples.into_iter().filter(|sample| sample["kind"] == kind).collect()
}

/// The form as it is on the wire.
fn form(sample: &Value) -> Params {
    form_urlencoded::parse(text(sample, "raw_body").as_bytes()).into_owned().collect()
}

fn param<'a>(sample: &'a Value, name: &str) -> &'a str {
    sample["params"][name].as_str().unwrap_or_default()
}

/// A gateway of the samples' account.
fn plan() -> Plan {
    Plan {
        settings: |settings| {
            settings.server.public_url = PUBLIC_URL.parse().unwrap();
            settings.twilio.account_sid = meta("account_sid");
            settings.twilio.account_sid_pattern = "^AC[0-9a-f]{32}$".to_owned();
            settings.twilio.auth_token = meta("auth_token").into();
        },
        carrier: |carrier| {
            carrier.account_sid = meta("account_sid");
            carrier.auth_token = meta("auth_token");
            carrier.callbacks = CallbackMode::None;
        },
        furnished: false,
    }
}

/// The samples' own provider: their signatures are over another path, so each form is signed anew.
fn provider(world: &World) -> Provider {
    let (account_sid, token) = (meta("account_sid"), meta("auth_token"));
    Provider { public_url: PUBLIC_URL.to_owned(), account_sid, token, ..world.provider.clone() }
}

/// A shop with COFFEE PLS on every number that a sample was sent to or from.
async fn open_shops(world: &World) {
    let (_, key) = world.api.merchant("Bean There").await;
    let texted = of_kind("inbound").into_iter().map(|sample| param(&sample, "To").to_owned());
    let senders: BTreeSet<String> = texted.collect();
    for sender in &senders {
        world.api.sender(sender).await;
        let shop_id = world.api.shop(&key, "Bean There", sender).await;
        world.api.keyword(&key, &shop_id, "COFFEE PLS").await;
    }
}

/// What a sample of a text must leave in the table.
fn kept(sample: &Value) -> Value {
    let count: usize = param(sample, "NumMedia").parse().unwrap();
    let media: Vec<Value> = (0..count)
        .map(|index| {
            json!({
                "url": param(sample, &format!("MediaUrl{index}")),
                "content_type": param(sample, &format!("MediaContentType{index}")),
            })
        })
        .collect();
    json!({
        "provider_message_id": param(sample, "MessageSid"),
        "address": param(sample, "From"),
        "to_address": param(sample, "To"),
        "body": param(sample, "Body"),
        "media": if media.is_empty() { Value::Null } else { json!(media) },
        "opt_out_type": sample["params"].get("OptOutType").cloned().unwrap_or_default(),
        "segments": param(sample, "NumSegments").parse::<i64>().unwrap(),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn every_sample_of_a_text_is_kept_word_for_word_and_once() {
    plan()
        .on_both(async |world| {
            open_shops(world).await;
            let (provider, samples) = (provider(world), of_kind("inbound"));
            assert!(samples.len() >= 25);
            for sample in &samples {
                assert_taken(&provider.messages(&form(sample)).await);
            }
            let mut rows = world
                .rows
                .all(
                    "SELECT provider_message_id, address, to_address, body, media, opt_out_type, segments FROM inbound ORDER BY id",
                )
                .await;
            for row in &mut rows {
                if let Some(media) = row["media"].as_str() {
                    row["media"] = serde_json::from_str(media).unwrap();
                }
            }
            let mut seen = BTreeSet::new();
            let fresh = samples.iter().filter(|sample| seen.insert(param(sample, "MessageSid")));
            let fresh: Vec<&Value> = fresh.collect();
            for (row, sample) in rows.iter().zip(&fresh) {
                assert_eq!(row, &kept(sample), "{}", sample["id"]);
            }
            assert_eq!(rows.len(), fresh.len());
            assert_eq!(world.rows.count("inbound WHERE sender_id IS NULL").await, 0, "all were sent to senders of ours");
            assert!(rows.len() < samples.len(), "one sample is a repeat");
            world.stage.settled().await.unwrap();
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_sample_of_a_text_leads_where_its_description_says() {
    plan()
        .on_both(async |world| {
            open_shops(world).await;
            let provider = provider(world);
            // Each from a phone of its own would hide what one leaves behind for the next: all in order, as they are.
            for sample in of_kind("inbound") {
                assert_taken(&provider.messages(&form(&sample)).await);
            }
            world.stage.settled().await.unwrap();

            let typed_it = |sample: &&Value| param(sample, "Body").to_lowercase().contains("coffee pls");
            let joined = of_kind("inbound");
            let joined = joined.iter().filter(typed_it).map(|sample| param(sample, "From").to_owned());
            let joined: BTreeSet<String> = joined.collect();
            let members = world.api.all("/v1/members", OPERATOR_KEY, 200).await;
            let members: BTreeMap<String, &Value> =
                members.iter().map(|member| (text(member, "phone"), member)).collect();
            assert_eq!(members.keys().cloned().collect::<BTreeSet<_>>(), joined, "codes and anonymous never join");
            for member in members.values() {
                assert_eq!(member["enrolments"].as_array().unwrap().len(), 1, "{member}");
                assert_eq!(member["balance"], 7, "{member}");
            }
            for (phone, sender) in
                [("whatsapp:+14155550123", "whatsapp:+14155550100"), ("rcs:+14155550123", "rcs:regulars_abc123_agent")]
            {
                assert_eq!(members[phone]["opted_out"], true, "{phone} said STOP");
                let sent = world.stage.carrier.messages_to(phone);
                assert!(sent.iter().all(|message| message.from == sender), "answers go back the way the text came");
            }

            let answered = async |condition: &str| {
                let from = format!("outbox AS o JOIN inbound AS i ON i.id = o.inbound_id WHERE {condition}");
                world.rows.count(&from).await
            };
            assert_eq!(answered("i.opt_out_type IS NOT NULL").await, 0, "the provider has answered these");
            assert_eq!(answered("i.address IN ('32665', '7378742883')").await, 0, "nobody is there");
            assert_eq!(answered("i.body = ''").await, 0, "nothing was asked");
            assert_eq!(answered("i.address = 'rcs:+14155550123'").await, 1, "the welcome and no more");
            let lost = "outbox WHERE state NOT IN ('sent', 'withdrawn')";
            assert_eq!(world.rows.count(lost).await, 0, "what was not sent was taken back by a STOP");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_sample_of_a_receipt_is_kept_as_far_as_it_says() {
    plan()
        .on_both(async |world| {
            open_shops(world).await;
            let (provider, samples) = (provider(world), of_kind("status_callback"));
            assert!(samples.len() >= 10);
            let mut furthest: BTreeMap<String, (i16, Value)> = BTreeMap::new();
            for sample in &samples {
                assert_taken(&provider.status(&form(sample)).await);
                let row = json!({
                    "provider_message_id": param(sample, "MessageSid"),
                    "status": param(sample, "MessageStatus"),
                    "error_code": param(sample, "ErrorCode").parse::<i64>().ok(),
                    "done_at": param(sample, "RawDlrDoneDate"),
                });
                let rank = DeliveryStatus::from_word(param(sample, "MessageStatus")).unwrap().rank();
                let known = furthest.entry(param(sample, "MessageSid").to_owned()).or_insert((-1, Value::Null));
                if rank > known.0 {
                    *known = (rank, row);
                }
            }
            let rows =
                "SELECT provider_message_id, status, error_code, done_at FROM receipt ORDER BY provider_message_id";
            let expected: Vec<Value> = furthest.into_values().map(|(_, row)| row).collect();
            assert_eq!(world.rows.all(rows).await, expected);

            let refused: BTreeSet<&str> = samples
                .iter()
                .filter(|sample| param(sample, "ErrorCode") == "21610")
                .map(|sample| param(sample, "To"))
                .collect();
            let silent = world.rows.all("SELECT address FROM conversation WHERE opted_out_at IS NOT NULL").await;
            let silent: Vec<String> = silent.iter().map(|row| text(row, "address")).collect();
            assert_eq!(silent.iter().map(String::as_str).collect::<BTreeSet<_>>(), refused);
        })
        .await;
}
