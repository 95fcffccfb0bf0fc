//! Tills are added, told their secret, changed and removed by whoever owns the shop.

use reqwest::Method;
use serde_json::{Value, json};

use super::play::{ANA, SECRET, WELCOME, on_both, recorded};
use crate::harness::api::text;

#[actix_web::test]
async fn a_till_is_added_first_and_told_its_secret_once_its_maker_shows_it() {
    on_both(async |play| {
        let body = json!({ "kind": "square", "name": "Counter" });
        let till = play.api.post(&play.tills(), &play.key, body).await.created();
        let path = format!("{}/{}", play.tills(), text(&till, "id"));
        assert_eq!(text(&till, "webhook_url"), play.api.url(&format!("/webhooks/tills/{}", text(&till, "id"))));
        assert_eq!(
            (&till["name"], &till["has_secret"], &till["has_access_token"]),
            (&json!("Counter"), &json!(false), &json!(false))
        );
        let events: Vec<&str> = till["events"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert!(events.contains(&"payment.updated") && events.contains(&"customer.created"), "{events:?}");
        play.report(&till, &[], &recorded("square_customer")).await.problem(403);
        let changed = play.api.patch(&path, &play.key, json!({ "secret": SECRET, "access_token": "EAAA" })).await.ok();
        assert_eq!((&changed["has_secret"], &changed["has_access_token"]), (&json!(true), &json!(true)));
        assert!(!changed.to_string().contains(SECRET) && !changed.to_string().contains("EAAA"));
        assert_eq!(play.told(&till, &[], &recorded("square_customer")).await, ["buyer_kept"]);
        let renamed = play.api.patch(&path, &play.key, json!({ "name": "Bar", "access_token": null })).await.ok();
        assert_eq!((&renamed["name"], &renamed["has_access_token"]), (&json!("Bar"), &json!(false)));
        assert_eq!(play.api.get(&path, &play.key).await.ok(), renamed);
        play.till("shopify", json!({})).await;
        assert_eq!(play.api.all(&play.tills(), &play.key, 1).await.len(), 2);
        assert_eq!(play.api.call(Method::DELETE, &path, &play.key, None).await.status, 204);
        play.api.call(Method::DELETE, &path, &play.key, None).await.problem(404);
        assert_eq!(play.api.all(&play.tills(), &play.key, 50).await.len(), 1);
        assert_eq!(play.balance(ANA).await, WELCOME);
    })
    .await;
}

#[actix_web::test]
async fn what_is_wrong_with_a_till_is_said_field_by_field() {
    on_both(async |play| {
        let refused = async |body: Value| {
            let answer = play.api.post(&play.tills(), &play.key, body).await;
            format!("{} {}", answer.status.as_u16(), answer.fields().join(" "))
        };
        let wrong = json!({ "kind": "abacus", "name": "", "secret": "" });
        assert_eq!(refused(wrong).await, "422 kind name secret");
        // What another kind of till has is right by itself.
        let not_its_own = json!({ "kind": "shopify", "access_token": "x",
            "options": { "notification_url": "https://a.example", "paid_statuses": ["completed"] } });
        assert_eq!(refused(not_its_own).await, "409 access_token options.notification_url options.paid_statuses");
        let bad = json!({ "kind": "square", "options": { "notification_url": "ftp://x", "location": " " } });
        assert_eq!(refused(bad).await, "422 options.notification_url options.location");
        assert_eq!(refused(json!({ "kind": "square", "options": [null, null] })).await, "422 options");
        assert_eq!(refused(json!({ "kind": "square", "options": { "colour": "red" } })).await, "422 options.colour");
        assert_eq!(
            refused(json!({ "kind": "woocommerce", "options": { "paid_statuses": ["DONE!"] } })).await,
            "422 options.paid_statuses"
        );
        assert_eq!(refused(json!({})).await, "422 kind");
    })
    .await;
}

#[actix_web::test]
async fn nobody_else_sees_or_changes_a_till() {
    on_both(async |play| {
        let till = play.till("shopify", json!({})).await;
        let path = format!("{}/{}", play.tills(), text(&till, "id"));
        let (_, crumb) = play.api.merchant("Crumb & Co").await;
        let crumb_shop = play.api.shop(&crumb, "Crumb & Co", super::play::NUMBER).await;
        let through_theirs = format!("/v1/shops/{crumb_shop}/tills/{}", text(&till, "id"));
        for path in [&path, &through_theirs] {
            play.api.get(path, &crumb).await.problem(404);
            play.api.patch(path, &crumb, json!({ "secret": "mine" })).await.problem(404);
            play.api.call(Method::DELETE, path, &crumb, None).await.problem(404);
        }
        play.api.get(&play.tills(), &crumb).await.problem(404);
        play.api.post(&play.tills(), &crumb, json!({ "kind": "shopify" })).await.problem(404);
        play.api.get(&play.tills(), "").await.problem(401);
    })
    .await;
}
