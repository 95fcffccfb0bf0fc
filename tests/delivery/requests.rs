//! What we ask of the provider.

use regulars::stage::{ACCOUNT_SID, OPERATOR_KEY};
use serde_json::{Map, Value, json};

use crate::{
    ANA,
    harness::{
        api::text,
        provider::{get, new_sid, with},
        relay::Request,
        world::Plan,
    },
    outbox, say,
};

const SERVICE: &str = "MG5a5b5c5d5a5b5c5d5a5b5c5d5a5b5c5d";

/// The vendor's description of a create; nothing may be there that is not described.
fn create_description() -> jsonschema::Validator {
    let description: Value = serde_json::from_str(include_str!("../vectors/twilio_messages_openapi.json")).unwrap();
    let post = &description["paths"]["/2010-04-01/Accounts/{AccountSid}/Messages.json"]["post"];
    let mut schema = post["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"].clone();
    schema["additionalProperties"] = json!(false);
    schema["components"] = description["components"].clone();
    jsonschema::validator_for(&schema).unwrap()
}

fn assert_described(request: &Request) {
    assert_eq!(request.method, "POST");
    assert_eq!(request.path, format!("/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"));
    let form: Map<String, Value> = request.form.iter().cloned().map(|(name, value)| (name, json!(value))).collect();
    assert_eq!(form.len(), request.form.len(), "no name twice");
    let form = Value::Object(form);
    let errors: Vec<_> = create_description().iter_errors(&form).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?} in {form}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_is_what_the_vendor_describes_and_says_what_the_outbox_says() {
    Plan::default()
        .on_both(async |world| {
            for body in ["COFFEE PLS", "BREAD PLS", "yes", "BAL", "HELP", "hm?", "STOP"] {
                world.stage.text(ANA, body).await.unwrap();
            }
            let senders = world.api.all("/v1/senders", OPERATOR_KEY, 50).await;
            let path = format!("/v1/senders/{}", text(&senders[0], "id"));
            world.api.patch(&path, OPERATOR_KEY, json!({ "service_sid": SERVICE })).await.ok();
            world.stage.text(ANA, "START").await.unwrap();

            let (requests, rows) = (world.relay.requests(), outbox(world).await);
            assert_eq!((requests.len(), rows.len()), (8, 8));
            for (request, row) in requests.iter().zip(&rows) {
                assert_described(request);
                assert_eq!((get(&request.form, "To"), get(&request.form, "Body")), (ANA, text(row, "body").as_str()));
                assert_eq!(get(&request.form, "StatusCallback"), world.api.url("/webhooks/twilio/status"));
            }
            let (last, before) = requests.split_last().unwrap();
            assert!(before.iter().all(|request| get(&request.form, "From") == regulars::stage::shops::NUMBER));
            assert_eq!((get(&last.form, "MessagingServiceSid"), get(&last.form, "From")), (SERVICE, ""));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_request_that_brought_a_text_is_named_in_the_outbox() {
    Plan::default()
        .on_both(async |world| {
            for _ in 0..3 {
                say(world, ANA, "COFFEE PLS").await;
            }
            world.stage.settled().await.unwrap();
            let inbound = world.rows.all("SELECT request_id FROM inbound ORDER BY id").await;
            let outbox = world.rows.all("SELECT request_id FROM outbox ORDER BY inbound_id").await;
            assert_eq!(inbound, outbox);
            let mut ids: Vec<String> = inbound.iter().map(|row| text(row, "request_id")).collect();
            assert!(ids.iter().all(|id| uuid::Uuid::parse_str(id).is_ok()), "{ids:?}");
            ids.dedup();
            assert_eq!(ids.len(), 3, "each request has its own");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_goes_out_from_the_sender_that_was_texted_at_its_own_provider() {
    Plan::default()
        .on_both(async |world| {
            let (_, key) = world.api.merchant("Tea Time").await;
            let other = "+14155550108";
            world.api.sender(other).await;
            let shop_id = world.api.shop(&key, "Tea Time", other).await;
            world.api.keyword(&key, &shop_id, "TEA PLS").await;
            let form = with(world.provider.text(ANA, other, "TEA PLS"), "MessageSid", &new_sid());
            assert_eq!(world.provider.messages(&form).await.status, 200);
            say(world, ANA, "COFFEE PLS").await;
            world.stage.settled().await.unwrap();
            let mut from: Vec<String> =
                world.stage.carrier.messages_to(ANA).into_iter().map(|message| message.from).collect();
            from.sort();
            assert_eq!(from, [regulars::stage::shops::NUMBER, other]);
        })
        .await;
}
