//! Every role at every address.

use regulars::{domain::access::Role, http::api::access::Who, stage::OPERATOR_KEY};
use serde_json::json;

use crate::premises::{Premises, bare, nowhere, operations};

#[tokio::test(flavor = "multi_thread")]
async fn each_role_may_what_the_table_says_and_no_more() {
    bare()
        .on_sqlite(async |world| {
            let premises = Premises::open(world).await;
            let api = &world.api;
            let operations = operations(api).await;
            assert!(operations.len() > 20);
            for role in Role::ALL.into_iter().filter(|role| *role > Role::Viewer) {
                let key = premises.key(api, role.word(), None).await;
                for (path, method, who) in &operations {
                    let may = matches!(who, Who::Key(needed) if role >= *needed);
                    let body = json!({});
                    let answer = api.call(method.clone(), &nowhere(path), &key, Some(&body)).await;
                    assert_eq!(answer.status != 403, may, "{} {method} {path}: {}", role.word(), answer.text);
                    assert!(![401, 405, 500].contains(&answer.status.as_u16()), "{method} {path}: {}", answer.text);
                    if !may {
                        answer.problem(403);
                    }
                }
            }
            for (path, method, _) in &operations {
                let answer = api.call(method.clone(), &nowhere(path), OPERATOR_KEY, Some(&json!({}))).await;
                assert!(![401, 403].contains(&answer.status.as_u16()), "{method} {path}: {}", answer.text);
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_written_otherwise_asks_for_the_same_role() {
    bare()
        .on_sqlite(async |world| {
            let premises = Premises::open(world).await;
            let staff = premises.key(&world.api, "staff", None).await;
            for path in ["/v1/%6Beys", "/v1/keys", "/v1/k%65ys"] {
                let answer = world.api.post(path, &staff, json!({ "role": "owner", "name": "mine" })).await;
                assert!([403, 404].contains(&answer.status.as_u16()), "{path}: {}", answer.text);
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_says_who_may_and_that_writes_take_a_key() {
    bare()
        .on_sqlite(async |world| {
            let description = world.api.get("/openapi.json", "").await.ok();
            for (path, method, who) in operations(&world.api).await {
                let operation = &description["paths"][path][method.as_str().to_lowercase()];
                let said = operation["description"].as_str().unwrap();
                match who {
                    Who::Operator => assert!(said.contains("operator alone"), "{said}"),
                    Who::Key(role) => assert!(said.contains(&format!("`{}`", role.word())), "{said}"),
                }
                assert_eq!(said.contains("Takes an `Idempotency-Key`."), method != "GET", "{method} {path}");
            }
            let key = &description["components"]["parameters"]["IdempotencyKey"];
            assert_eq!((&key["name"], &key["in"]), (&json!("Idempotency-Key"), &json!("header")));
        })
        .await;
}
