//! Where a webhook may lead, and whose it is.

use regulars::stage::OPERATOR_KEY;
use reqwest::Method;
use serde_json::json;

use crate::{
    ANA, bean_there,
    harness::{
        api::text,
        receiver::Receiver,
        world::{Plan, until},
    },
    log, post, say, webhook,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_into_our_own_house_is_refused_and_one_that_got_there_is_not_called() {
    let closed = Plan::settings(|settings| {
        settings.events.allow_http = false;
        settings.events.allow_private_addresses = false;
    });
    closed
        .on_sqlite(async |world| {
            let (_, merchant_id) = bean_there(world).await;
            let create = async |url: &str| {
                let body = json!({ "url": url, "merchant_id": merchant_id });
                world.api.post("/v1/webhooks", OPERATOR_KEY, body).await
            };
            for url in [
                "http://example.com/",
                "https://127.0.0.1/",
                "https://localhost/",
                "https://[::1]/",
                "https://[::ffff:169.254.169.254]/",
                "https://169.254.169.254/latest/meta-data/",
                "https://10.1.2.3/",
                "https://2130706433/",
                "https://name:word@example.com/",
                "https://example.com/#x",
                "https://example.com*/",
                "nonsense",
            ] {
                let refused = create(url).await;
                refused.problem(if url == "nonsense" { 422 } else { 409 });
                assert_eq!(refused.fields(), ["url"], "{url}");
            }
            let made = create("https://example.com/").await.created();
            let id = text(&made, "id");
            let path = format!("/v1/webhooks/{id}");
            world.api.patch(&path, OPERATOR_KEY, json!({ "url": "https://10.0.0.1/" })).await.problem(409);
            // As a row that was written while another setting was in force; and a name that leads home.
            let receiver = Receiver::start().await;
            let urls = [receiver.url(), format!("https://localhost:{}/", receiver.address.port())];
            for (place, url) in urls.iter().enumerate() {
                world.rows.run(&format!("UPDATE webhook SET url = '{url}'")).await;
                post(world, &format!("{path}/test"), json!({})).await;
                until("it was tried", || async { tried(&log(world, &id).await) == place + 1 }).await;
            }
            for row in log(world, &id).await {
                assert_eq!(row["status"], json!(null), "{row}");
                assert!(row["reason"].as_str().unwrap().starts_with("its url must"), "{row}");
            }
            assert!(receiver.calls().is_empty());
            receiver.stop().await;
        })
        .await;
}

fn tried(log: &[serde_json::Value]) -> usize {
    log.iter().filter(|row| row["attempts"] == 1 && row["state"] == "queued").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_merchants_never_see_or_touch_each_others() {
    Plan::default()
        .on_both(async |world| {
            let api = &world.api;
            let receiver = Receiver::start().await;
            let (id, _) = webhook(world, &receiver, json!([])).await;
            let (_, key) = api.merchant("Another").await;
            let own = api.post("/v1/webhooks", &key, json!({ "url": receiver.url() })).await.created();
            say(world, ANA, "COFFEE PLS").await;
            let event = receiver.wait_for(1).await[0].id().to_owned();
            assert!(api.get("/v1/events", &key).await.ok()["items"].as_array().unwrap().is_empty());
            assert_eq!(api.all("/v1/webhooks", &key, 50).await.len(), 1);
            assert_eq!(api.all("/v1/webhooks", OPERATOR_KEY, 1).await.len(), 2);
            let path = format!("/v1/webhooks/{id}");
            for (method, path, body) in [
                (Method::GET, path.clone(), None),
                (Method::PATCH, path.clone(), Some(json!({ "description": "mine" }))),
                (Method::DELETE, path.clone(), None),
                (Method::POST, format!("{path}/rotate"), Some(json!({}))),
                (Method::POST, format!("{path}/resume"), None),
                (Method::POST, format!("{path}/test"), None),
                (Method::POST, format!("{path}/replay"), Some(json!({ "since": "2020-01-01T00:00:00Z" }))),
                (Method::GET, format!("{path}/deliveries"), None),
                (Method::POST, format!("{path}/deliveries/{event}/replay"), None),
                (Method::POST, format!("/v1/webhooks/{}/deliveries/{event}/replay", text(&own, "id")), None),
            ] {
                api.call(method, &path, &key, body.as_ref()).await.problem(404);
            }
            let (_, merchant_id) = bean_there(world).await;
            api.get(&format!("/v1/events?merchant_id={merchant_id}"), &key).await.problem(409);
            api.get(&format!("/v1/webhooks?merchant_id={merchant_id}"), &key).await.problem(409);
            let foreign = json!({ "url": receiver.url(), "merchant_id": merchant_id });
            api.post("/v1/webhooks", &key, foreign).await.problem(409);
            receiver.stop().await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn webhooks_are_made_changed_counted_and_deleted() {
    Plan::default()
        .on_both(async |world| {
            let (api, receiver) = (&world.api, Receiver::start().await);
            let (_, key) = api.merchant("Another").await;
            let body = json!({ "url": receiver.url(), "types": ["points.earned"], "description": "Our desk" });
            let made = api.post("/v1/webhooks", &key, body).await.created();
            let path = format!("/v1/webhooks/{}", text(&made, "id"));
            assert!(text(&made, "secret").starts_with("whsec_"));
            assert_eq!((&made["types"], &made["state"]), (&json!(["points.earned"]), &json!("active")));
            let changed = api.patch(&path, &key, json!({ "types": [], "description": "" })).await.ok();
            assert_eq!((&changed["types"], &changed["description"]), (&json!([]), &json!("")));
            let wrong = json!({ "url": "x", "types": ["points.won"], "description": "a\nb" });
            assert_eq!(api.post("/v1/webhooks", &key, wrong).await.fields(), ["url", "types", "description"]);
            api.post("/v1/webhooks", OPERATOR_KEY, json!({ "url": receiver.url() })).await.problem(409);
            for _ in 1..20 {
                api.post("/v1/webhooks", &key, json!({ "url": receiver.url() })).await.created();
            }
            let refused = api.post("/v1/webhooks", &key, json!({ "url": receiver.url() })).await;
            assert!(refused.problem(409).contains("20"));
            assert_eq!(api.call(Method::DELETE, &path, &key, None).await.status, 204);
            api.get(&path, &key).await.problem(404);
            api.call(Method::DELETE, &path, &key, None).await.problem(404);
            api.post("/v1/webhooks", &key, json!({ "url": receiver.url() })).await.created();
            let store = &world.stage.app.gateway().store;
            until("what was deleted is forgotten", || async {
                let tx = store.begin().await.unwrap();
                tx.prune_events(0, 100).await.unwrap();
                tx.commit().await.unwrap();
                world.rows.count("webhook WHERE state = 'deleted'").await == 0
            })
            .await;
            receiver.stop().await;
        })
        .await;
}
