//! What an offline till collected.

use serde_json::{Value, json};

use super::{ANA, on_both};

fn sale(number: &str, minor: i64) -> Value {
    json!({ "purchase": { "phone": ANA, "sale_id": number, "amount": { "minor": minor, "currency": "USD" } } })
}

#[actix_web::test]
async fn a_batch_is_answered_item_by_item_and_harmless_when_it_comes_again() {
    on_both(async |till| {
        let before = till.balance().await;
        let batch = json!({ "items": [
            { "refund": { "sale_id": "b", "refund_id": "r" } },
            sale("a", 500),
            sale("b", 700),
            { "purchase": { "sale_id": "c" } },
            { "purchase": { "phone": "+14155550777", "sale_id": "d" } },
            { "refund": { "sale_id": "nothing" } },
            { "gift": {} },
            7,
            sale("a", 500),
        ] });
        let answer = till.post(&till.purchases("/batch"), batch.clone()).await.ok();
        let statuses = |answer: &Value| -> Vec<u64> {
            answer["items"].as_array().unwrap().iter().map(|item| item["status"].as_u64().unwrap()).collect()
        };
        assert_eq!(statuses(&answer), [201, 201, 201, 422, 404, 404, 422, 422, 200], "{answer:#}");
        assert_eq!(answer["items"][4]["problem"]["type"], "/problems/no-such-member");
        assert_eq!(answer["items"][3]["problem"]["errors"][0]["field"], "phone");
        assert_eq!(answer["items"][0]["outcome"]["taken_back"], 7);
        assert_eq!((&answer["recorded"], &answer["repeated"], &answer["refused"]), (&json!(3), &json!(1), &json!(5)));
        assert_eq!(till.balance().await, before + 5);
        let again = till.post(&till.purchases("/batch"), batch).await.ok();
        assert_eq!(statuses(&again), [200, 200, 200, 422, 404, 404, 422, 422, 200], "{again:#}");
        assert_eq!(till.balance().await, before + 5);
    })
    .await;
}

#[actix_web::test]
async fn five_hundred_items_keep_their_order_and_more_are_refused() {
    on_both(async |till| {
        let before = till.balance().await;
        let items: Vec<Value> = (0..500).map(|number| sale(&format!("n{number}"), 100)).collect();
        let answer = till.post(&till.purchases("/batch"), json!({ "items": items })).await.ok();
        let balances: Vec<i64> = answer["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["outcome"]["balance"].as_i64().unwrap())
            .collect();
        assert_eq!(balances, (1..=500).map(|number| before + number).collect::<Vec<_>>());
        let many: Vec<Value> = (0..501).map(|number| sale(&format!("m{number}"), 100)).collect();
        let many = till.post(&till.purchases("/batch"), json!({ "items": many })).await;
        assert!(many.problem(422).contains("1 to 500"));
        till.post(&till.purchases("/batch"), json!({ "items": [] })).await.problem(422);
        assert_eq!(till.balance().await, before + 500);
    })
    .await;
}
