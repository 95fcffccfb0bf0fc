//! Sales and refunds as tills report them: late, twice, in the wrong order, forged, and of people whom nobody knows.

use chrono::Duration;
use serde_json::{Value, json};

use super::play::{ANA, BEN, OPERATOR, WELCOME, on_both, recorded, with};
use crate::harness::api::{Answer, text};

const PAID: &[(&str, &str)] = &[("X-Shopify-Topic", "orders/paid"), ("X-Shopify-Webhook-Id", "b54557e4")];
const REFUNDED: &[(&str, &str)] = &[("X-Shopify-Topic", "refunds/create")];
const UPDATED: &[(&str, &str)] = &[("X-WC-Webhook-Topic", "order.updated")];

#[actix_web::test]
async fn an_order_of_shopify_earns_once_and_its_refund_takes_back_once() {
    on_both(async |play| {
        let till = play.till("shopify", json!({})).await;
        let (order, refund) = (recorded("shopify_order"), recorded("shopify_refund"));
        assert_eq!(play.told(&till, PAID, &order).await, ["recorded"]);
        assert_eq!(play.balance(ANA).await, WELCOME + 58 + 100, "58.32 for goods, and a mug");
        assert_eq!(play.told(&till, PAID, &order).await, ["repeated"]);
        assert_eq!(play.told(&till, REFUNDED, &refund).await, ["taken_back"]);
        assert_eq!(play.told(&till, REFUNDED, &refund).await, ["repeated"]);
        assert_eq!(play.balance(ANA).await, WELCOME + 38 + 100, "19.44 less is 38.88");
        let all = with(with(refund.clone(), "/id", 2), "/transactions/0/amount", "1000.00");
        assert_eq!(play.told(&till, REFUNDED, &all).await, ["taken_back"], "more than there was takes what is left");
        assert_eq!(play.told(&till, REFUNDED, &with(refund, "/id", 3)).await, ["repeated"], "nothing is left");
        assert_eq!(play.told(&till, PAID, &order).await, ["repeated"]);
        assert_eq!(play.balance(ANA).await, WELCOME);
        let entries = play.api.of_member(ANA, "entries").await;
        assert!(entries.iter().any(|entry| entry["actor"] == "shopify"), "{entries:?}");
        assert_eq!(play.told(&till, &[("X-Shopify-Topic", "products/update")], &json!({})).await, [""; 0]);
    })
    .await;
}

#[actix_web::test]
async fn an_order_of_woocommerce_comes_whole_each_time_it_changes() {
    on_both(async |play| {
        let till = play.till("woocommerce", json!({ "name": "Web shop" })).await;
        let order = recorded("woocommerce_order");
        let pending = with(order.clone(), "/status", "pending");
        assert_eq!(play.told(&till, UPDATED, &pending).await, [""; 0]);
        assert_eq!(play.told(&till, UPDATED, &order).await, ["recorded"]);
        let completed = with(order.clone(), "/status", "completed");
        assert_eq!(play.told(&till, UPDATED, &completed).await, ["repeated"]);
        assert_eq!(play.balance(ANA).await, WELCOME + 19);
        let refunded = with(completed.clone(), "/refunds", json!([{ "id": 9, "total": "-9.72" }]));
        assert_eq!(play.told(&till, UPDATED, &refunded).await, ["repeated", "taken_back"]);
        assert_eq!(play.told(&till, UPDATED, &refunded).await, ["repeated", "repeated"]);
        assert_eq!(play.balance(ANA).await, WELCOME + 9);
        let cancelled = with(refunded, "/status", "cancelled");
        assert_eq!(play.told(&till, UPDATED, &cancelled).await, ["repeated", "taken_back"]);
        assert_eq!(play.balance(ANA).await, WELCOME);
        let never_paid = with(with(order, "/id", 900), "/status", "cancelled");
        assert_eq!(play.told(&till, UPDATED, &never_paid).await, ["no_sale"], "nothing to take back, and no mistake");
        // The number of an order is another order's in another web shop.
        let other = play.till("woocommerce", json!({})).await;
        assert_eq!(play.told(&other, UPDATED, &completed).await, ["recorded"]);
    })
    .await;
}

#[actix_web::test]
async fn the_ping_of_woocommerce_is_answered_before_the_secret_is_known() {
    on_both(async |play| {
        let body = json!({ "kind": "woocommerce" });
        let till = play.api.post(&play.tills(), &play.key, body).await.created();
        assert_eq!(till["has_secret"], false);
        let ping = play.api.client.post(text(&till, "webhook_url")).body("webhook_id=14");
        assert_eq!(ping.send().await.unwrap().status(), 200);
        let order = recorded("woocommerce_order").to_string();
        let unsigned = play.api.client.post(text(&till, "webhook_url")).header("X-WC-Webhook-Topic", "order.updated");
        Answer::of(unsigned.body(order.clone()).send().await.unwrap()).await.problem(403);
        // A secret that is not known yet is not the empty one.
        play.report_signed_with(&till, "", UPDATED, order.as_bytes()).await.problem(403);
        assert_eq!(play.balance(ANA).await, WELCOME);
    })
    .await;
}

#[actix_web::test]
async fn a_refund_before_its_sale_is_asked_for_again_until_it_is_old() {
    on_both(async |play| {
        let till = play.till("shopify", json!({})).await;
        let (order, refund) = (recorded("shopify_order"), recorded("shopify_refund"));
        let early = play.report(&till, REFUNDED, &refund).await;
        assert!(early.problem(503).contains("before its sale"), "{}", early.text);
        assert_eq!(early.header("retry-after"), "2");
        assert_eq!(play.told(&till, PAID, &order).await, ["recorded"]);
        assert_eq!(play.told(&till, REFUNDED, &refund).await, ["taken_back"]);
        let unknown = with(refund, "/order_id", 5);
        play.report(&till, REFUNDED, &unknown).await.problem(503);
        play.stage.clock.advance(Duration::hours(1));
        assert_eq!(play.told(&till, REFUNDED, &unknown).await, ["no_sale"], "the subscription must not be lost for it");
        let before = with(with(unknown, "/order_id", 6), "/created_at", "2027-03-01T16:59:00Z");
        assert_eq!(play.told(&till, REFUNDED, &before).await, ["no_sale"], "it was returned before the till was added");
    })
    .await;
}

#[actix_web::test]
async fn a_sale_of_nobody_is_taken_and_counted_and_so_is_its_refund() {
    on_both(async |play| {
        let till = play.till("shopify", json!({})).await;
        let (order, refund) = (recorded("shopify_order"), recorded("shopify_refund"));
        let bens = with(order.clone(), "/billing_address/phone", "415 555 0198");
        assert_eq!(play.told(&till, PAID, &bens).await, ["no_member"]);
        assert_eq!(
            play.told(&till, REFUNDED, &refund).await,
            ["no_sale"],
            "a refund of somebody unknown is no reason to wait"
        );
        play.join(BEN).await;
        assert_eq!(
            play.told(&till, PAID, &bens).await,
            ["refunded"],
            "what was returned before they joined earns nothing"
        );
        let second = with(bens.clone(), "/id", 2);
        assert_eq!(play.told(&till, PAID, &second).await, ["recorded"]);
        assert_eq!(play.balance(BEN).await, WELCOME + 158);

        let mut nobodys = with(order.clone(), "/id", 3);
        nobodys.as_object_mut().unwrap().retain(|name, _| !name.ends_with("_address"));
        assert_eq!(play.told(&till, PAID, &nobodys).await, ["no_phone"]);
        let nonsense = with(with(order.clone(), "/id", 4), "/phone", "call me");
        assert_eq!(play.told(&till, PAID, &nonsense).await, ["recorded"], "the next best phone counts");
        let lei = with(with(order.clone(), "/id", 5), "/currency", "RON");
        assert_eq!(play.told(&till, PAID, &lei).await, ["other_currency"]);
        let old = with(with(order.clone(), "/id", 6), "/processed_at", "2019-01-01T00:00:00Z");
        assert_eq!(play.told(&till, PAID, &old).await, ["too_early"]);
        let future = with(with(order, "/id", 7), "/processed_at", "2030-01-01T00:00:00Z");
        assert_eq!(play.told(&till, PAID, &future).await, ["refused"]);
        let shown = play.api.get(&format!("{}/{}", play.tills(), text(&till, "id")), &play.key).await.ok();
        assert_eq!(shown["last_unrecorded"]["at"], "2027-03-01T18:00:00Z", "{shown}");
        let counted = "regulars_till_reports_total{kind=\"shopify\",outcome=\"no_member\"}";
        assert!(play.api.figure(counted).await >= 1);
    })
    .await;
}

#[actix_web::test]
async fn a_phone_is_read_in_the_country_beside_it_else_in_the_shops() {
    on_both(async |play| {
        let till = play.till("woocommerce", json!({})).await;
        let order = recorded("woocommerce_order");
        let of = |id: i64, phone: &str, country: &str| {
            let order = with(with(order.clone(), "/id", id), "/billing/phone", phone);
            with(order, "/billing/country", country)
        };
        for (id, phone, country, outcome) in [
            (1, "415.555.0199", "", "recorded"),
            (2, "+1 415 555 0199", "RO", "recorded"),
            (3, "001 415 555 0199", "RO", "recorded"),
            (4, "415 555 0199", "RO", "no_phone"),
            (5, "555 0199", "US", "no_phone"),
            (6, "0712 345 678", "RO", "no_member"),
        ] {
            assert_eq!(play.told(&till, UPDATED, &of(id, phone, country)).await, [outcome], "{phone} in {country}");
        }
    })
    .await;
}

#[actix_web::test]
async fn what_is_forged_broken_or_too_large_changes_nothing() {
    on_both(async |play| {
        let (till, other) =
            (play.till("shopify", json!({})).await, play.till("shopify", json!({ "secret": "other" })).await);
        let order = recorded("shopify_order");
        let body = order.to_string();
        play.report_signed_with(&till, "guessed", PAID, body.as_bytes()).await.problem(403);
        play.report(&other, PAID, &order).await.problem(403);
        for unknown in [uuid::Uuid::nil().to_string(), "x".to_owned()] {
            let url = play.api.url(&format!("/webhooks/tills/{unknown}"));
            Answer::of(play.api.client.post(url).body(body.clone()).send().await.unwrap()).await.problem(404);
        }
        for broken in [&b"{"[..], b"", b"[1]", br#"{"id":5}"#] {
            play.report_signed_with(&till, super::play::SECRET, PAID, broken).await.problem(400);
        }
        let large = vec![b' '; 2 * 1024 * 1024 + 1];
        play.report_signed_with(&till, super::play::SECRET, PAID, &large).await.problem(413);
        assert_eq!(play.balance(ANA).await, WELCOME);
        // An order of two hundred lines is larger than a text, and is taken.
        let mut long = order;
        let line = long["line_items"][0].clone();
        long["line_items"] = (0..200).map(|number| with(line.clone(), "/title", format!("{number:0>600}"))).collect();
        assert!(long.to_string().len() > 150_000);
        assert_eq!(play.told(&till, PAID, &long).await, ["recorded"]);
    })
    .await;
}

#[actix_web::test]
async fn a_till_that_is_removed_is_believed_no_more_and_one_of_another_merchant_never_counts_here() {
    on_both(async |play| {
        let till = play.till("shopify", json!({})).await;
        let (_, crumb) = play.api.merchant("Crumb & Co").await;
        let crumb_shop = play.api.shop(&crumb, "Crumb & Co", super::play::NUMBER).await;
        let body = json!({ "kind": "shopify", "secret": super::play::SECRET });
        let theirs = play.api.post(&format!("/v1/shops/{crumb_shop}/tills"), &crumb, body).await.created();
        let order = recorded("shopify_order");
        assert_eq!(play.told(&theirs, PAID, &order).await, ["no_member"], "Ana is a member of Bean There alone");
        assert_eq!(play.told(&till, PAID, &order).await, ["recorded"]);
        let path = format!("{}/{}", play.tills(), text(&till, "id"));
        let gone = play.api.call(reqwest::Method::DELETE, &path, OPERATOR, None).await;
        assert_eq!(gone.status, 204, "{}", gone.text);
        play.report(&till, PAID, &with(order, "/id", 2)).await.problem(404);
        play.api.get(&path, OPERATOR).await.problem(404);
        assert_eq!(play.balance(ANA).await, WELCOME + 158, "what it reported stays");
        let _: Value = play.api.get(&play.tills(), OPERATOR).await.ok();
    })
    .await;
}
