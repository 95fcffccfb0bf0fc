//! What a shop tells is a setting of it, and a changed one counts for what waits already.

use chrono::Duration;
use serde_json::json;

use super::on_databases::{KEY, do_due, play_on_both, sell, told};
use crate::harness::world::Plan;

const ANA: &str = "+14155550199";

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_says_what_it_tells_and_hears_what_is_wrong() {
    Plan::default()
        .on_sqlite(async |world| {
            let shops = world.api.all("/v1/shops", KEY, 10).await;
            let path = format!("/v1/shops/{}", shops[0]["id"].as_str().unwrap());
            let quiet = &shops[0]["telling"];
            assert_eq!((&quiet["earned"], &quiet["reward_reached"]), (&json!(false), &json!(true)));
            assert_eq!((&quiet["texts_per_week"], &quiet["welcome_back_days"]), (&json!(2), &json!(0)));
            let changed = json!({ "telling": { "earned": true, "welcome_back_days": 60 } });
            let changed = world.api.patch(&path, KEY, changed).await.ok();
            assert_eq!(
                (&changed["telling"]["earned"], &changed["telling"]["voucher_lapses_days"]),
                (&json!(true), &json!(3))
            );
            // What is left out stays as it was.
            let changed = world.api.patch(&path, KEY, json!({ "telling": { "texts_per_week": 5 } })).await.ok();
            assert_eq!(
                (&changed["telling"]["earned"], &changed["telling"]["welcome_back_days"]),
                (&json!(true), &json!(60))
            );
            assert_eq!(world.api.get(&path, KEY).await.ok()["telling"], changed["telling"]);
            let wrong =
                json!({ "telling": { "texts_per_week": 21, "bundle_minutes": -1, "reward_near_points": 1000001 } });
            let answer = world.api.patch(&path, KEY, wrong).await;
            answer.problem(422);
            let fields = answer.fields();
            for field in ["telling.texts_per_week", "telling.bundle_minutes", "telling.reward_near_points"] {
                assert!(fields.contains(&field), "{fields:?}");
            }
            let answer = world.api.patch(&path, KEY, json!({ "telling": { "earning": true } })).await;
            assert_eq!(answer.fields(), ["telling.earning"]);
            let answer = world.api.patch(&path, KEY, json!({ "telling": null })).await;
            answer.problem(422);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_setting_counts_for_what_is_in_purses_already() {
    play_on_both(json!({}), async |world, shop| {
        world.stage.text(ANA, "COFFEE PLS").await.unwrap();
        sell(world, shop, ANA, "1", 5).await;
        do_due(world).await;
        assert_eq!((told(world).await, world.rows.count("purse WHERE tell_at IS NOT NULL").await), (0, 0));
        let path = format!("/v1/shops/{shop}");
        world.api.patch(&path, KEY, json!({ "telling": { "welcome_back_days": 30 } })).await.ok();
        do_due(world).await;
        assert_eq!(world.rows.count("purse WHERE tell_at IS NOT NULL").await, 1);
        world.stage.clock.advance(Duration::days(30));
        do_due(world).await;
        assert_eq!(told(world).await, 1);
        world.stage.settled().await.unwrap();
        let last = world.stage.carrier.messages_to(ANA).pop().unwrap().body;
        assert_eq!(last, "Bean There: we haven't seen you for a while! You have 5 points. Reply STOP to stop.");
        // Once, until they have been here again.
        world.stage.clock.advance(Duration::days(90));
        do_due(world).await;
        assert_eq!(told(world).await, 1);
    })
    .await;
}
