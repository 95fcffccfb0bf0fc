//! What a key does not see: another merchant's things, and another shop's.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    harness::{
        api::{Api, text},
        world::World,
    },
    premises::{ANA, BEN, CLEO, Premises, bare, operations},
};

/// Tries everything on what is North's; nothing of it may be read or changed.
async fn try_everything(world: &World, premises: &Premises, key: &str, may_read: &[&str]) {
    let api = &world.api;
    let ana = text(&api.member(ANA).await, "id");
    let before = all_of_north(api, premises).await;
    for (path, method, _) in operations(api).await {
        let address = premises.of_north(path, &ana);
        let answer = api.call(method.clone(), &address, key, Some(&json!({}))).await;
        // What the caller has sent may come back.
        for secret in premises.secrets_of_north().into_iter().filter(|secret| !address.contains(secret)) {
            assert!(!answer.text.contains(secret), "{method} {address} shows {secret}: {}", answer.text);
        }
        assert_ne!(answer.status, 500, "{method} {address}");
        let names_a_thing = path.contains("{id}") && !may_read.contains(&path);
        if names_a_thing && (method == "GET" || method == "DELETE") {
            assert!([403, 404].contains(&answer.status.as_u16()), "{method} {address}: {}", answer.text);
        }
        if method != "GET" {
            assert!(answer.status.is_client_error(), "{method} {address}: {}", answer.text);
        }
    }
    assert_eq!(all_of_north(api, premises).await, before, "something was changed");
}

async fn all_of_north(api: &Api, premises: &Premises) -> Vec<Value> {
    let mut found = vec![api.get(&format!("/v1/shops/{}", premises.north), &premises.owner).await.ok()];
    found.extend(api.all(&format!("/v1/shops/{}/keywords", premises.north), &premises.owner, 50).await);
    let keys = api.all("/v1/keys", &premises.owner, 50).await;
    found.extend(keys.into_iter().filter(|key| key["shop_id"].is_null()));
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn another_merchants_key_sees_nothing_at_any_address() {
    bare()
        .on_both(async |world| {
            let premises = Premises::open(world).await;
            // The number is shared.
            try_everything(world, &premises, &premises.stranger, &["/v1/senders/{id}"]).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shops_key_sees_nothing_of_another_shop_at_any_address() {
    bare()
        .on_both(async |world| {
            let premises = Premises::open(world).await;
            for role in ["owner", "manager", "staff"] {
                let key = premises.key(&world.api, role, Some(&premises.south)).await;
                // It is the merchant's, and speaks on the same number.
                try_everything(world, &premises, &key, &["/v1/senders/{id}", "/v1/merchants/{id}"]).await;
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shops_key_sees_its_own_shop_and_its_members() {
    bare()
        .on_both(async |world| {
            let premises = Premises::open(world).await;
            let api = &world.api;
            let Premises { north, south, .. } = &premises;
            let key = premises.key(api, "owner", Some(south)).await;
            for path in ["/v1/shops", "/v1/merchants", "/v1/senders"] {
                assert_eq!(api.all(path, &key, 50).await.len(), 1, "{path}");
            }
            assert_eq!(api.get(&format!("/v1/shops/{south}"), &key).await.ok()["name"], "South Cafe");
            assert_eq!(api.all(&format!("/v1/shops/{south}/keywords"), &key, 50).await[0]["phrase"], "BAGEL");
            let members = api.all("/v1/members", &key, 1).await;
            let mut phones: Vec<&str> = members.iter().map(|member| member["phone"].as_str().unwrap()).collect();
            phones.sort_unstable();
            assert_eq!(phones, [BEN, CLEO]);
            api.get(&format!("/v1/members?shop_id={north}"), &key).await.problem(409);

            let id = text(&api.member(CLEO).await, "id");
            let cleo = api.get(&format!("/v1/members/{id}"), &key).await.ok();
            assert_eq!(cleo["enrolments"].as_array().unwrap().len(), 1, "{cleo}");
            assert_eq!((&cleo["enrolments"][0]["shop_id"], &cleo["balance"]), (&json!(south), &json!(7)));
            let entries = api.all(&format!("/v1/members/{id}/entries"), &key, 50).await;
            assert!(
                !entries.is_empty() && entries.iter().all(|entry| entry["program_id"] == json!(south)),
                "{entries:?}"
            );
            for what in ["messages", "consents"] {
                let said = api.all(&format!("/v1/members/{id}/{what}"), &key, 50).await;
                assert!(!said.is_empty(), "{what}");
                assert!(!json!(said).to_string().contains("North"), "{said:?}");
                let all = api.all(&format!("/v1/members/{id}/{what}"), &premises.owner, 50).await;
                assert!(json!(all).to_string().contains("North"), "{all:?}");
            }
            let ben = text(&api.member(BEN).await, "id");
            let said = api.all(&format!("/v1/members/{ben}/messages"), &key, 50).await;
            assert!(said.iter().all(|message| !message["body"].is_null()), "{said:?}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shops_key_changes_its_own_shop_alone() {
    bare()
        .on_both(async |world| {
            let premises = Premises::open(world).await;
            let api = &world.api;
            let Premises { north, south, merchant_id, .. } = &premises;
            let key = premises.key(api, "owner", Some(south)).await;
            let patched = api.patch(&format!("/v1/shops/{south}"), &key, json!({ "name": "South" })).await.ok();
            assert_eq!(patched["name"], "South");
            api.patch(&format!("/v1/shops/{north}"), &key, json!({ "name": "Mine" })).await.problem(404);
            api.post(&format!("/v1/shops/{north}/keywords"), &key, json!({ "phrase": "MUFFIN" })).await.problem(404);
            api.keyword(&key, south, "MUFFIN").await;
            api.post("/v1/shops", &key, json!({ "name": "Third", "sender": "+14155550100" })).await.problem(403);

            let program = json!({ "name": "Club", "earn": [{ "rule": "visit", "points": 1 }] });
            let put = async |path: String| api.call(Method::PUT, &path, &key, Some(&program)).await;
            put(format!("/v1/programs/{north}")).await.problem(404);
            put(format!("/v1/programs/{}", uuid::Uuid::new_v4())).await.problem(404);
            put(format!("/v1/programs/{south}?shop_ids={north}")).await.problem(403);
            assert_eq!(put(format!("/v1/programs/{south}")).await.ok()["shop_ids"], json!([south]));
            // Once the merchant shares the program, it is not the shop's alone any more.
            let path = format!("/v1/programs/{south}?shop_ids={north}");
            let shared = api.call(Method::PUT, &path, &premises.owner, Some(&program)).await;
            assert_eq!(shared.ok()["shop_ids"].as_array().unwrap().len(), 2);
            put(format!("/v1/programs/{south}")).await.problem(403);
            assert_eq!(api.get(&format!("/v1/programs/{south}"), &key).await.ok()["shop_ids"], json!([south]));

            let new = |shop: Value| json!({ "role": "staff", "name": "Till", "shop_id": shop });
            let made = api.post("/v1/keys", &key, json!({ "role": "owner", "name": "Till" })).await.created();
            assert_eq!((&made["shop_id"], &made["merchant_id"]), (&json!(south), &json!(merchant_id)));
            assert_eq!(api.post("/v1/keys", &key, new(json!(north))).await.fields(), ["shop_id"]);
            assert_eq!(api.all("/v1/keys", &key, 50).await.len(), 2, "its own, and the one it made");
            let owners = format!("/v1/keys/{}", premises.owner_key);
            api.get(&owners, &key).await.problem(404);
            api.call(Method::DELETE, &owners, &key, None).await.problem(404);
            api.post(&format!("{owners}/rotate"), &key, json!({})).await.problem(404);
        })
        .await;
}
