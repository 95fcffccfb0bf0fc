//! A key is made, used, replaced and revoked.

use chrono::Duration;
use regulars::stage::OPERATOR_KEY;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    harness::{self, api::text, world::World},
    premises::{Premises, bare},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_shown_once_and_kept_nowhere() {
    bare()
        .on_both(async |world| {
            let premises = Premises::open(world).await;
            let api = &world.api;
            let new = json!({ "role": "manager", "name": " Back office ", "shop_id": premises.north });
            let made = api.post("/v1/keys", &premises.owner, new).await.created();
            let secret = text(&made, "api_key");
            assert!(secret.starts_with("rgl_") && secret.len() == 68 && secret.ends_with(&text(&made, "hint")));
            assert_eq!((&made["role"], &made["name"]), (&json!("manager"), &json!("Back office")));
            let path = format!("/v1/keys/{}", text(&made, "id"));
            let shown = api.get(&path, &premises.owner).await;
            assert!(!shown.text.contains(&secret) && shown.body["api_key"].is_null());
            let listed = api.all("/v1/keys", &premises.owner, 1).await;
            assert_eq!(listed.len(), 2);
            assert!(!json!(listed).to_string().contains(&secret));
            assert_eq!(listed[0]["name"], "owner");
            let kept = json!(world.rows.all("SELECT hash, hint, name, role, previous_hash FROM api_key").await);
            assert!(!kept.to_string().contains(&secret));
            assert_eq!(api.all("/v1/keys", OPERATOR_KEY, 50).await.len(), 3);
            assert_eq!(api.all("/v1/keys", &premises.stranger, 50).await.len(), 1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_new_key_is_said() {
    bare()
        .on_both(async |world| {
            let premises = Premises::open(world).await;
            let api = &world.api;
            let theirs = api.shop(&premises.stranger, "Elsewhere", "+14155550100").await;
            let nil = uuid::Uuid::nil();
            let operator = OPERATOR_KEY.to_owned();
            for (body, key, field, status) in [
                (json!({ "role": "king", "name": "A" }), &premises.owner, "role", 422),
                (json!({ "role": "staff", "name": "" }), &premises.owner, "name", 422),
                (json!({ "role": "staff", "name": "n".repeat(81) }), &premises.owner, "name", 422),
                (json!({ "role": "staff", "name": "A", "shop_id": theirs }), &premises.owner, "shop_id", 404),
                (json!({ "role": "staff", "name": "A", "merchant_id": nil }), &premises.owner, "merchant_id", 409),
                (json!({ "role": "staff", "name": "A" }), &operator, "merchant_id", 409),
                (json!({ "role": "staff", "name": "A", "merchant_id": nil }), &operator, "merchant_id", 404),
            ] {
                let refused = api.post("/v1/keys", key, body.clone()).await;
                refused.problem(status);
                assert_eq!(refused.fields(), [field], "{body}");
            }
            let path = format!("/v1/keys/{}/rotate", premises.owner_key);
            for grace in [json!(-1), json!(2_592_001), json!("1"), json!(1.5)] {
                let refused = api.post(&path, &premises.owner, json!({ "grace_seconds": grace })).await;
                refused.problem(422);
                assert_eq!(refused.fields(), ["grace_seconds"]);
            }
            assert_eq!(api.all("/v1/keys", &premises.owner, 50).await.len(), 1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replaced_secret_is_good_for_its_grace_and_a_revoked_key_for_nothing() {
    bare()
        .on_both(async |world| {
            let premises = Premises::open(world).await;
            let api = &world.api;
            let new = json!({ "role": "staff", "name": "Till" });
            let made = api.post("/v1/keys", &premises.owner, new).await.created();
            let (id, first) = (text(&made, "id"), text(&made, "api_key"));
            let good = async |key: &str| api.get("/v1/shops", key).await.status == 200;
            let rotate =
                async |body: Value| api.post(&format!("/v1/keys/{id}/rotate"), &premises.owner, body).await.ok();

            let second = rotate(json!({ "grace_seconds": 60 })).await;
            assert_eq!((&second["id"], &second["role"]), (&json!(id), &json!("staff")));
            assert!(second["previous_until"].is_string());
            let second = text(&second, "api_key");
            assert!(good(&first).await && good(&second).await);
            world.stage.clock.advance(Duration::seconds(60));
            assert!(!good(&first).await && good(&second).await);

            let third = text(&rotate(json!({})).await, "api_key");
            world.stage.clock.advance(Duration::hours(23));
            assert!(good(&second).await && good(&third).await);
            world.stage.clock.advance(Duration::hours(1));
            assert!(!good(&second).await && good(&third).await);

            let fourth = rotate(json!({ "grace_seconds": 0 })).await;
            assert!(fourth["previous_until"].is_null());
            let fourth = text(&fourth, "api_key");
            assert!(!good(&third).await && good(&fourth).await);

            let path = format!("/v1/keys/{id}");
            for _ in 0..2 {
                assert_eq!(api.call(Method::DELETE, &path, &premises.owner, None).await.status, 204);
            }
            assert!(!good(&fourth).await);
            assert!(api.get(&path, &premises.owner).await.ok()["revoked_at"].is_string());
            api.post(&format!("{path}/rotate"), &premises.owner, json!({})).await.problem(409);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_use_is_kept_to_the_minute_without_a_write_for_each_request() {
    harness::on_both(|url| async move {
        let world = World::open(&url, bare()).await;
        let premises = Premises::open(&world).await;
        let key = premises.key(&world.api, "staff", None).await;
        let keys = world.api.all("/v1/keys", &premises.owner, 50).await;
        let path = format!("/v1/keys/{}", text(keys.last().unwrap(), "id"));
        assert!(world.api.get(&path, &premises.owner).await.ok()["last_used_at"].is_null());
        world.api.get("/v1/shops", &key).await.ok();
        let used = text(&world.api.get(&path, &premises.owner).await.ok(), "last_used_at");
        assert!(used.ends_with(":00Z"), "{used}");
        let written = "api_key WHERE role = 'staff' AND last_used_at IS NOT NULL";
        assert_eq!(world.rows.count(written).await, 0);

        let gateway = world.stage.app.gateway();
        assert!(gateway.key_use.write(&gateway.store).await.unwrap() > 0);
        assert_eq!(world.rows.count(written).await, 1);
        world.api.get("/v1/shops", &key).await.ok();
        assert_eq!(gateway.key_use.write(&gateway.store).await.unwrap(), 0, "nothing new within the minute");
        world.stage.clock.advance(Duration::minutes(2));
        world.api.get("/v1/shops", &key).await.ok();

        let world = world.restart(async |_, _, _| {}).await;
        let later = text(&world.api.get(&path, &premises.owner).await.ok(), "last_used_at");
        assert!(later > used, "what was not written yet is written at the stop: {later} after {used}");
        world.close().await;
    })
    .await;
}
