//! Purchases, quotes and refunds.

use serde_json::json;

use super::{ANA, on_both, text};
use crate::harness::api::Answer;

#[actix_web::test]
async fn a_purchase_that_is_recorded_is_not_taken_for_one_of_another_amount() {
    on_both(async |till| {
        let before = till.balance().await;
        let sale =
            |minor: i64| json!({ "phone": ANA, "sale_id": "17", "amount": { "minor": minor, "currency": "USD" } });
        assert_eq!(till.post(&till.purchases(""), sale(1200)).await.status, 201);
        let other = till.post(&till.purchases(""), sale(9900)).await;
        assert_eq!(other.body["type"], "/problems/other-amount", "{}", other.text);
        let why = other.problem(409);
        assert!(["$12.00", "$99.00", "refund"].iter().all(|word| why.contains(word)), "{why}");
        let batch = json!({ "items": [{ "purchase": sale(9900) }, { "purchase": sale(1200) }] });
        let answer = till.post(&till.purchases("/batch"), batch).await.ok();
        assert_eq!((&answer["items"][0]["status"], &answer["items"][1]["status"]), (&json!(409), &json!(200)));
        // What was returned of it is no other amount.
        let part = json!({ "refund_id": "1", "amount": { "minor": 200, "currency": "USD" } });
        assert_eq!(till.post(&till.purchases("/17/refund"), part).await.status, 201);
        assert_eq!(till.post(&till.purchases(""), sale(1200)).await.status, 200);
        assert_eq!(till.balance().await, before + 10);
    })
    .await;
}

#[actix_web::test]
async fn a_purchase_is_recorded_once_however_often_and_however_spelled_it_is_sent() {
    on_both(async |till| {
        let before = till.balance().await;
        let body = json!({
            "phone": "(415) 555-0199", "sale_id": " 17 ", "amount": { "minor": 1280, "currency": "USD" }, "tax": 98,
            "items": [{ "sku": "L", "category": "coffee", "quantity": 2, "unit_price": 640 }], "payment_method": "card",
        });
        let first = till.post(&till.purchases(""), body.clone()).await;
        assert_eq!(first.status, 201, "{}", first.text);
        assert_eq!(first.header("location"), till.purchases("/17"));
        assert_eq!(first.body["earned"], json!([{ "rule": "spend", "points": 11 }]));
        assert_eq!((&first.body["balance"], &first.body["stamps"]), (&json!(before + 11), &json!({ "coffees": 2 })));
        assert_eq!(first.body["level"]["missing"], json!(10_000 - 1280));
        let again = till.post(&till.purchases(""), body).await;
        assert_eq!((again.status.as_u16(), &again.body["repeat"]), (200, &json!(true)));
        assert_eq!(again.body["earned"], first.body["earned"]);
        assert_eq!(till.balance().await, before + 11);
        let kept = till.get(&till.purchases("/17")).await.ok();
        assert_eq!((&kept["points"], &kept["member_id"]), (&json!(11), &json!(till.ana)));
        let third =
            json!({ "member_id": till.ana, "sale_id": "18", "items": [{ "category": "coffee", "quantity": 1 }] });
        let third = till.post(&till.purchases(""), third).await;
        assert_eq!(
            (&third.body["vouchers"][0]["reward"], &third.body["cards"][0]["filled"]),
            (&json!("tenth"), &json!(1))
        );
        assert_eq!(third.body["vouchers"][0]["worth"]["categories"], json!(["coffee"]));
    })
    .await;
}

#[actix_web::test]
async fn a_quote_says_what_and_why_and_writes_nothing() {
    on_both(async |till| {
        let before = till.balance().await;
        let body = json!({ "phone": ANA, "sale_id": "1", "amount": { "minor": 990, "currency": "USD" } });
        let quote = till.post(&till.purchases("/quote"), body).await.ok();
        assert_eq!(quote["earned"], json!([{ "rule": "spend", "kind": "spend", "points": 9 }]));
        assert_eq!((&quote["balance"], &quote["repeat"]), (&json!(before), &json!(false)));
        till.get(&till.purchases("/1")).await.problem(404);
        assert_eq!(till.balance().await, before);
    })
    .await;
}

#[actix_web::test]
async fn what_is_returned_goes_back_once() {
    on_both(async |till| {
        let before = till.balance().await;
        till.spend("17", 2000).await;
        let refund = till.purchases("/17/refund");
        let five = json!({ "refund_id": "a", "amount": { "minor": 500, "currency": "USD" } });
        let first = till.post(&refund, five.clone()).await;
        assert_eq!((first.status.as_u16(), &first.body["taken_back"]), (201, &json!(5)), "{}", first.text);
        let again = till.post(&refund, five).await;
        assert_eq!((again.status.as_u16(), &again.body["repeat"]), (200, &json!(true)));
        // Without a number, the same is the same.
        let nameless = json!({ "amount": { "minor": 300, "currency": "USD" } });
        assert_eq!(till.post(&refund, nameless.clone()).await.status, 201);
        assert_eq!(till.post(&refund, nameless).await.status, 200);
        assert_eq!(till.balance().await, before + 12);
        let kept = till.get(&till.purchases("/17")).await.ok();
        assert_eq!(kept["amount"], json!({ "minor": 1200, "currency": "USD" }));
        let much = till.post(&refund, json!({ "amount": { "minor": 5000, "currency": "USD" } })).await;
        assert!(much.problem(409).contains("$12.00"), "{}", much.text);
        assert_eq!((&much.body["type"], much.fields()), (&json!("/problems/too-much"), vec!["amount"]));
        assert_eq!(till.post(&refund, json!({})).await.status, 201);
        let none = till.post(&refund, json!({ "refund_id": "z" })).await;
        none.problem(409);
        assert_eq!(none.body["type"], "/problems/nothing-left");
        assert_eq!(till.balance().await, before);
    })
    .await;
}

#[actix_web::test]
async fn what_is_wrong_is_named_field_by_field_and_nothing_is_written() {
    on_both(async |till| {
        let wrong = |answer: &Answer, status: u16, fields: &[&str]| {
            answer.problem(status);
            assert_eq!(answer.fields(), fields, "{}", answer.text);
        };
        let usd = |minor: i64| json!({ "minor": minor, "currency": "USD" });
        for (body, fields) in [
            (json!({ "sale_id": "1" }), &["phone"][..]),
            (json!({ "phone": "12", "sale_id": " " }), &["phone", "sale_id"]),
            (json!({ "phone": ANA, "member_id": till.ana, "sale_id": "1" }), &["phone"]),
            (json!({ "phone": ANA, "sale_id": "1", "amount": { "minor": 1, "currency": "euro" } }), &["amount"]),
            (json!({ "phone": ANA, "sale_id": "1", "amount": usd(-1) }), &["amount"]),
            (json!({ "phone": ANA, "sale_id": "1", "amount": [1280, "USD"] }), &["amount"]),
            (json!({ "phone": ANA, "sale_id": "1", "items": [["L", null, null, 1, 640]] }), &["items[0]"]),
            (json!({ "phone": ANA, "sale_id": "1", "amount": usd(5), "tax": -1 }), &["tax"]),
            (json!({ "phone": ANA, "sale_id": "1", "occurred_at": "noon" }), &["occurred_at"]),
            (json!({ "phone": ANA, "sale_id": "1", "items": [{ "quantity": 0 }] }), &["items[0].quantity"]),
            (json!({ "phone": ANA, "sale_id": "1", "amout": 5 }), &["amout"]),
            (json!({ "phone": ANA, "sale_id": "1", "amount": { "minor": 1.5, "currency": "USD" } }), &["amount.minor"]),
        ] {
            wrong(&till.post(&till.purchases(""), body).await, 422, fields);
        }
        // Right each by itself, but not together, or not here and now.
        for (body, field) in [
            (json!({ "phone": ANA, "sale_id": "1", "amount": { "minor": 1, "currency": "EUR" } }), "amount"),
            (json!({ "phone": ANA, "sale_id": "1", "amount": usd(5), "tax": 6 }), "tax"),
            (json!({ "phone": ANA, "sale_id": "1", "occurred_at": "2099-01-01T00:00:00Z" }), "occurred_at"),
        ] {
            wrong(&till.post(&till.purchases(""), body).await, 409, &[field]);
        }
        for (phone, kind) in [("+14155550777", "no-such-member")] {
            let answer = till.post(&till.purchases(""), json!({ "phone": phone, "sale_id": "1" })).await;
            answer.problem(404);
            assert_eq!(answer.body["type"], format!("/problems/{kind}"));
        }
        till.get(&till.purchases("/1")).await.problem(404);
        let nowhere = format!("/v1/shops/{}/purchases", uuid::Uuid::nil());
        till.post(&nowhere, json!({ "phone": ANA, "sale_id": "1" })).await.problem(404);
    })
    .await;
}

#[actix_web::test]
async fn a_key_does_nothing_at_the_shop_of_another() {
    on_both(async |till| {
        let (_, stranger) = till.world.api.merchant("Stranger").await;
        let api = &till.world.api;
        let body = json!({ "phone": ANA, "sale_id": "1", "amount": { "minor": 100, "currency": "USD" } });
        till.give(100).await;
        let code = till.coffee().await;
        let member = format!("/v1/members/{}", till.ana);
        for (path, body) in [
            (till.purchases(""), body.clone()),
            (till.purchases("/quote"), body.clone()),
            (till.purchases("/batch"), json!({ "items": [{ "purchase": body }] })),
            (till.purchases("/1/refund"), json!({})),
            (format!("{member}/adjustments"), json!({ "points": 5, "reason": "mine" })),
            (format!("{member}/vouchers"), json!({ "reward": "coffee" })),
            (format!("{member}/actions"), json!({ "action": "own-cup" })),
            (format!("/v1/vouchers/{code}/redeem"), json!({ "shop_id": till.shop })),
            (format!("/v1/programs/{}/codes", till.shop), json!({ "rule": "pack", "batch": "x", "count": 1 })),
        ] {
            api.post(&path, &stranger, body).await.problem(404);
        }
        for path in [
            till.purchases("/1"),
            format!("{member}/vouchers"),
            format!("{member}/rewards"),
            format!("{member}/tier"),
            format!("/v1/vouchers/{code}?shop_id={}", till.shop),
        ] {
            api.get(&path, &stranger).await.problem(404);
        }
        let found = api.get("/v1/members?search=0199", &stranger).await.ok();
        assert_eq!(found["items"], json!([]));
        assert_eq!(text(&till.redeem(&code).await.body["voucher"], "state"), "redeemed");
    })
    .await;
}
