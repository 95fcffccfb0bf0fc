//! Vouchers, points by hand, actions, codes, and what a member can have.

use serde_json::json;

use super::{on_both, text};

#[actix_web::test]
async fn points_become_a_voucher_that_is_redeemed_or_given_back() {
    on_both(async |till| {
        till.give(200).await;
        let before = till.balance().await;
        let code = till.coffee().await;
        assert_eq!(till.balance().await, before - 50);
        let typed = code.to_lowercase().replace('-', "");
        let shown = till.get(&format!("/v1/vouchers/{typed}?shop_id={}", till.shop)).await.ok();
        assert_eq!((&shown["state"], &shown["name"]), (&json!("issued"), &json!("Free coffee")));
        let stranger = uuid::Uuid::nil();
        let body = json!({ "shop_id": till.shop, "member_id": stranger });
        till.post(&format!("/v1/vouchers/{code}/redeem"), body).await.problem(404);
        let redeemed = till.redeem(&typed).await;
        assert_eq!(redeemed.status, 201, "{}", redeemed.text);
        assert_eq!(
            (&redeemed.body["voucher"]["state"], &redeemed.body["outcome"]["balance"]),
            (&json!("redeemed"), &json!(before - 50))
        );
        let twice = till.redeem(&code).await;
        assert_eq!(twice.problem(409), "This voucher was redeemed already.");
        assert_eq!(twice.body["type"], "/problems/voucher-ended");
        let other = till.coffee().await;
        let path = format!("/v1/vouchers/{other}?shop_id={}", till.shop);
        let cancelled = till.delete(&path).await.ok();
        assert_eq!(
            (&cancelled["voucher"]["state"], &cancelled["outcome"]["balance"]),
            (&json!("cancelled"), &json!(before - 50))
        );
        till.delete(&path).await.problem(409);
        till.delete(&format!("/v1/vouchers/CDFHJK?shop_id={}", till.shop)).await.problem(404);
        let all = till.world.api.all(&format!("/v1/members/{}/vouchers", till.ana), super::OPERATOR_KEY, 1).await;
        let mut states: Vec<String> = all.iter().map(|voucher| text(voucher, "state")).collect();
        states.sort();
        assert_eq!(states, ["cancelled", "redeemed"]);
    })
    .await;
}

#[actix_web::test]
async fn what_a_member_can_have_and_why_not_the_rest() {
    on_both(async |till| {
        let rewards = format!("/v1/members/{}/rewards", till.ana);
        let before = till.balance().await;
        let poor = till.get(&rewards).await.ok();
        assert_eq!(
            (&poor["rewards"][0]["why"], &poor["rewards"][0]["missing"]),
            (&json!("too_few_points"), &json!(50 - before))
        );
        till.give(200).await;
        let buy = |reward: &'static str| json!({ "reward": reward });
        let vouchers = format!("/v1/members/{}/vouchers", till.ana);
        assert_eq!(till.post(&vouchers, buy("mug")).await.status, 201);
        let gone = till.post(&vouchers, buy("mug")).await;
        gone.problem(409);
        assert_eq!(gone.body["type"], "/problems/nothing-left");
        let rich = till.get(&rewards).await.ok();
        assert_eq!((&rich["rewards"][0]["available"], &rich["rewards"][1]["why"]), (&json!(true), &json!("sold_out")));
        till.post(&vouchers, buy("yacht")).await.problem(404);
        till.spend("big", 15_000).await;
        let tier = till.get(&format!("/v1/members/{}/tier", till.ana)).await.ok();
        assert_eq!(
            (&tier["level"]["id"], &tier["progress"], &tier["by"]),
            (&json!("silver"), &json!(15_000), &json!("spend"))
        );
        let acted = till.post(&format!("/v1/members/{}/actions", till.ana), json!({ "action": "own-cup" })).await;
        assert_eq!((acted.status.as_u16(), &acted.body["points"]), (201, &json!(5)));
        till.post(&format!("/v1/members/{}/actions", till.ana), json!({ "action": "juggle" })).await.problem(404);
        let too_many = json!({ "points": -1_000_000, "reason": "a mistake" });
        till.post(&format!("/v1/members/{}/adjustments", till.ana), too_many).await;
    })
    .await;
}

#[actix_web::test]
async fn codes_are_made_in_bulk_and_texted_once() {
    on_both(async |till| {
        let path = format!("/v1/programs/{}/codes", till.shop);
        let made = till.post(&path, json!({ "rule": "pack", "batch": "spring", "count": 1000 })).await;
        assert_eq!(made.status, 201, "{}", made.text);
        let codes: std::collections::BTreeSet<&str> =
            made.body["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
        assert_eq!(codes.len(), 1000);
        let before = till.balance().await;
        till.world.stage.text(super::ANA, codes.first().unwrap()).await.unwrap();
        assert_eq!(till.balance().await, before + 12);
        till.post(&path, json!({ "rule": "pack", "batch": "spring", "count": 10_001 })).await.problem(422);
        till.post(&path, json!({ "rule": "none", "batch": "spring", "count": 1 })).await.problem(404);
    })
    .await;
}
