//! Square: payments name a customer, whose phone comes by itself or is asked for.

use chrono::Duration;
use serde_json::{Value, json};

use super::play::{ANA, BEN, WELCOME, on_both, recorded, with};

#[actix_web::test]
async fn a_payment_of_a_customer_whose_phone_is_known_earns_once_without_the_tip() {
    on_both(async |play| {
        let till = play.till("square", json!({})).await;
        let (payment, refund) = (recorded("square_payment"), recorded("square_refund"));
        assert_eq!(play.told(&till, &[], &recorded("square_customer")).await, ["buyer_kept"]);
        let approved = with(payment.clone(), "/data/object/payment/status", "APPROVED");
        assert_eq!(play.told(&till, &[], &approved).await, [""; 0]);
        assert_eq!(play.told(&till, &[], &payment).await, ["recorded"]);
        assert_eq!(play.told(&till, &[], &payment).await, ["repeated"]);
        assert_eq!(play.told(&till, &[], &approved).await, [""; 0], "late, and harmless");
        assert_eq!(play.balance(ANA).await, WELCOME + 12);
        let pending = with(refund.clone(), "/data/object/refund/status", "PENDING");
        assert_eq!(play.told(&till, &[], &pending).await, [""; 0]);
        assert_eq!(play.told(&till, &[], &refund).await, ["taken_back"]);
        assert_eq!(play.told(&till, &[], &refund).await, ["repeated"]);
        assert_eq!(play.balance(ANA).await, WELCOME + 7);
        let rest = with(refund, "/data/object/refund/id", "the-rest-and-the-tip");
        let rest = with(rest, "/data/object/refund/amount_money/amount", 980);
        assert_eq!(play.told(&till, &[], &rest).await, ["taken_back"]);
        assert_eq!(play.balance(ANA).await, WELCOME);
        assert!(play.square.asked().is_empty(), "nobody had to be asked");
    })
    .await;
}

#[actix_web::test]
async fn a_customer_whom_nobody_told_of_is_asked_for_and_remembered() {
    on_both(async |play| {
        let till = play.till("square", json!({ "access_token": "EAAA-token" })).await;
        assert_eq!((&till["has_access_token"], till.to_string().contains("EAAA")), (&json!(true), false));
        let payment = recorded("square_payment");
        play.square.answers(500, &json!({}));
        let put_off = play.report(&till, &[], &payment).await;
        assert!(put_off.problem(503).contains("send it again"), "{}", put_off.text);
        play.square.answers(200, &recorded("square_looked_up"));
        assert_eq!(play.told(&till, &[], &payment).await, ["recorded"]);
        let next = with(payment.clone(), "/data/object/payment/id", "another");
        assert_eq!(play.told(&till, &[], &next).await, ["recorded"]);
        assert_eq!(play.balance(ANA).await, WELCOME + 24);
        let asked = play.square.asked();
        assert_eq!(asked.len(), 2, "the second payment asked nobody");
        assert!(asked[1].starts_with("get /v2/customers/rdx9z4xtizr7mrzjuxny9huk6i "), "{}", asked[1]);
        assert!(asked[1].contains("authorization: bearer eaaa-token") && asked[1].contains("square-version: 20"));
        play.square.answers(404, &json!({}));
        let third = with(with(payment, "/data/object/payment/id", "third"), "/data/object/payment/customer_id", "GONE");
        assert_eq!(play.told(&till, &[], &third).await, ["no_phone"]);
    })
    .await;
}

#[actix_web::test]
async fn a_customer_is_who_they_were_last_said_to_be() {
    on_both(async |play| {
        let till = play.till("square", json!({})).await;
        play.join(BEN).await;
        let customer = recorded("square_customer");
        let at = |event: Value, time: &str, phone: Value| {
            let event = with(event, "/data/object/customer/updated_at", time);
            with(event, "/data/object/customer/phone_number", phone)
        };
        let bens = at(customer.clone(), "2027-03-01T17:45:00Z", json!("415-555-0198"));
        assert_eq!(play.told(&till, &[], &bens).await, ["buyer_kept"]);
        play.told(&till, &[], &customer).await;
        let payment = recorded("square_payment");
        assert_eq!(play.told(&till, &[], &payment).await, ["recorded"]);
        assert_eq!(
            (play.balance(ANA).await, play.balance(BEN).await),
            (WELCOME, WELCOME + 12),
            "an old event came late"
        );
        let without = at(customer.clone(), "2027-03-01T17:50:00Z", Value::Null);
        play.told(&till, &[], &without).await;
        let next = with(payment.clone(), "/data/object/payment/id", "next");
        assert_eq!(play.told(&till, &[], &next).await, ["no_phone"]);
        // The customer is attached to the payment a moment later, as on Square's receipt screen.
        let back = at(customer.clone(), "2027-03-01T17:55:00Z", json!("+14155550199"));
        play.told(&till, &[], &back).await;
        assert_eq!(play.told(&till, &[], &next).await, ["recorded"]);
        let deleted = with(with(customer, "/type", "customer.deleted"), "/created_at", "2027-03-01T17:58:00Z");
        assert_eq!(play.told(&till, &[], &deleted).await, ["buyer_kept"]);
        let last = with(payment, "/data/object/payment/id", "last");
        assert_eq!(play.told(&till, &[], &last).await, ["no_phone"]);
        assert_eq!(play.balance(ANA).await, WELCOME + 12);
    })
    .await;
}

#[actix_web::test]
async fn only_the_chosen_place_counts_and_refunds_of_others_are_not_waited_for() {
    on_both(async |play| {
        let till = play.till("square", json!({ "options": { "location": "ELSEWHERE" } })).await;
        play.told(&till, &[], &recorded("square_customer")).await;
        let (payment, refund) = (recorded("square_payment"), recorded("square_refund"));
        play.report(&till, &[], &refund).await.problem(503);
        assert_eq!(play.told(&till, &[], &payment).await, ["elsewhere"]);
        assert_eq!(play.told(&till, &[], &refund).await, ["no_sale"]);
        let here = with(payment, "/data/object/payment/location_id", "ELSEWHERE");
        let here = with(here, "/data/object/payment/id", "here");
        assert_eq!(play.told(&till, &[], &here).await, ["recorded"]);
        play.stage.clock.advance(Duration::days(3));
        let lost = with(refund, "/data/object/refund/payment_id", "never-reported");
        assert_eq!(play.told(&till, &[], &lost).await, ["no_sale"], "after three days nothing is waited for");
    })
    .await;
}

#[actix_web::test]
async fn the_address_that_square_was_told_is_the_one_that_is_signed() {
    on_both(async |play| {
        let url = "https://shop.example.com/hook?from=square";
        let till = play.till("square", json!({ "options": { "notification_url": url } })).await;
        let event = recorded("square_customer");
        play.report(&till, &[], &event).await.problem(403);
        let path = format!("{}/{}", play.tills(), till["id"].as_str().unwrap());
        let changed = play.api.patch(&path, &play.key, json!({ "options": {} })).await.ok();
        assert_eq!(changed["options"], json!({}));
        assert_eq!(play.told(&changed, &[], &event).await, ["buyer_kept"]);
    })
    .await;
}
