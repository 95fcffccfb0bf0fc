//! `/v1/programs`: applied, shown, refused with every mistake at once, and nobody else's.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod harness;

use harness::world::Plan;
use regulars::stage::OPERATOR_KEY;
use reqwest::{Client, Method, StatusCode};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_program_is_applied_shown_and_kept_in_versions() {
    Plan::default()
        .on_both(async |world| {
            let shop =
                world.api.get("/v1/shops", OPERATOR_KEY).await.body["items"][0]["id"].as_str().unwrap().to_owned();
            let address = format!("/v1/programs/{shop}");
            assert_eq!(world.api.get(&address, OPERATOR_KEY).await.status, StatusCode::NOT_FOUND);
            let program = json!({ "name": "Club", "earn": [{ "rule": "spend", "points": 1 }] });
            let first = world.api.put(&address, &program).await;
            assert_eq!(
                (&first["version"], &first["program"], &first["shop_ids"]),
                (&json!(1), &program, &json!([shop]))
            );
            // Tomorrow there will be another one; until then the first is in force.
            let tomorrow = (world.stage.clock.now() + chrono::Duration::days(1)).to_rfc3339();
            let later = json!({ "name": "Club", "earn": [{ "rule": "spend", "points": 2 }] });
            let from = url::form_urlencoded::byte_serialize(tomorrow.as_bytes()).collect::<String>();
            assert_eq!(world.api.put(&format!("{address}?valid_from={from}"), &later).await["version"], 2);
            assert_eq!(world.api.get(&address, OPERATOR_KEY).await.body["version"], 1);
            assert_eq!(world.api.get(&format!("{address}?version=2"), OPERATOR_KEY).await.body["program"], later);
            world.stage.clock.advance(chrono::Duration::days(2));
            assert_eq!(world.api.get(&address, OPERATOR_KEY).await.body["version"], 2);
            let answer =
                Client::builder().no_proxy().build().unwrap().put(world.api.url(&address)).bearer_auth(OPERATOR_KEY);
            let toml = "name = \"Club\"\nearn = [{ rule = \"visit\", points = 1 }]";
            let answer = answer.header("content-type", "application/toml").body(toml).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_mistakes_are_told_and_nothing_is_kept() {
    Plan::default()
        .on_sqlite(async |world| {
            let shop = world.api.get("/v1/shops", OPERATOR_KEY).await.body["items"][0]["id"].as_str().unwrap().to_owned();
            let wrong = json!({ "name": "Club", "earn": [{ "rule": "spend" }, { "rule": "card", "stamps": 0, "reward": "none" }] });
            let answer = world.api.call(Method::PUT, &format!("/v1/programs/{shop}"), OPERATOR_KEY, Some(&wrong)).await;
            assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text);
            for path in ["earn[0]", "earn[1].stamps", "earn[1].reward"] {
                assert!(answer.text.contains(path), "{path} is not in {}", answer.text);
            }
            assert_eq!(world.rows.count("program").await + world.rows.count("program_version").await, 0);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merchants_program_is_nobody_elses() {
    Plan { furnished: false, ..Plan::default() }
        .on_sqlite(async |world| {
            let (_, mine) = world.api.merchant("Mine").await;
            let (_, theirs) = world.api.merchant("Theirs").await;
            world.api.sender("+14155550100").await;
            let shop = world.api.shop(&mine, "Bean There", "+14155550100").await;
            let program = json!({ "name": "Club", "earn": [{ "rule": "spend", "points": 1 }] });
            let address = format!("/v1/programs/{shop}");
            let put = async |key: &str| world.api.call(Method::PUT, &address, key, Some(&program)).await.status;
            assert!(put(&theirs).await.is_client_error());
            assert_eq!(put(&mine).await, StatusCode::OK);
            assert!(put(&theirs).await.is_client_error());
            assert_eq!(world.api.get(&address, &theirs).await.status, StatusCode::NOT_FOUND);
            let taking = format!("/v1/programs/{}?shop_ids={shop}", uuid::Uuid::new_v4());
            assert!(world.api.call(Method::PUT, &taking, &theirs, Some(&program)).await.status.is_client_error());
        })
        .await;
}
