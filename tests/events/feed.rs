//! The feed: oldest first, never passing anything over, and forgetting what is too old.

use regulars::stage::OPERATOR_KEY;
use serde_json::{Value, json};

use crate::{
    ANA, bean_there,
    harness::world::{Plan, World, until},
    order, sale, say,
};

async fn page(world: &World, query: &str) -> Value {
    let (_, merchant_id) = bean_there(world).await;
    world.api.get(&format!("/v1/events?merchant_id={merchant_id}{query}"), OPERATOR_KEY).await.ok()
}

/// Waits until the feed has these kinds; on PostgreSQL whatever else the server is about may hold back what is new for a moment.
async fn hears(world: &World, query: &str, wanted: &[&str]) -> Value {
    until(&format!("{wanted:?} are told"), || async { kinds(&page(world, query).await) == wanted }).await;
    page(world, query).await
}

fn kinds(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_again_with_the_last_cursor_hears_what_is_new() {
    Plan::default()
        .on_both(async |world| {
            let empty = page(world, "").await;
            assert_eq!((kinds(&empty).len(), &empty["has_more"]), (0, &json!(false)));
            let mut cursor = empty["next_cursor"].as_str().unwrap().to_owned();
            say(world, ANA, "COFFEE PLS").await;
            let joined = hears(world, &format!("&cursor={cursor}"), &["member.enrolled", "points.earned"]).await;
            cursor = joined["next_cursor"].as_str().unwrap().to_owned();
            let nothing = page(world, &format!("&cursor={cursor}")).await;
            assert_eq!((kinds(&nothing).len(), nothing["next_cursor"].as_str()), (0, Some(cursor.as_str())));
            say(world, ANA, "STOP").await;
            hears(world, &format!("&cursor={cursor}"), &["member.opted_out"]).await;
            assert_eq!(
                kinds(&page(world, "&types=member.opted_out,points.earned").await),
                ["points.earned", "member.opted_out"]
            );
            let (shop, merchant_id) = bean_there(world).await;
            assert_eq!(kinds(&page(world, &format!("&shop_id={shop}")).await), ["member.enrolled", "points.earned"]);
            for wrong in ["types=points.won", "cursor=x", "limit=0", "shop_id=mine", "colour=red"] {
                let path = format!("/v1/events?merchant_id={merchant_id}&{wrong}");
                world.api.get(&path, OPERATOR_KEY).await.problem(400);
            }
            world.api.get("/v1/events", OPERATOR_KEY).await.problem(409);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_sale_again_is_told_once() {
    Plan::default()
        .on_both(async |world| {
            let (shop, _) = bean_there(world).await;
            let program = json!({ "name": "Club", "earn": [{ "rule": "spend", "points": 1 }] });
            world.api.put(&format!("/v1/programs/{shop}"), &program).await;
            say(world, ANA, "COFFEE PLS").await;
            for _ in 0..3 {
                order(world, "a", sale(world, "a", 7)).await;
            }
            hears(world, "&types=points.earned", &["points.earned"]).await;
            assert_eq!(world.rows.count("event WHERE kind = 'points.earned'").await, 1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_committed_late_is_not_passed_over() {
    Plan::default()
        .on_postgres(async |world| {
            let cursor = page(world, "").await["next_cursor"].as_str().unwrap().to_owned();
            let (_, merchant_id) = bean_there(world).await;
            // Somebody writes an event, and takes long.
            world
                .rows
                .run(&format!(
                    "BEGIN; INSERT INTO event (xact, id, merchant_id, kind, data, created_at) VALUES \
                     (pg_current_xact_id()::text::bigint, gen_random_uuid(), '{merchant_id}', 'webhook.test', '{{}}', 0)"
                ))
                .await;
            say(world, ANA, "COFFEE PLS").await;
            let waiting = page(world, &format!("&cursor={cursor}")).await;
            assert_eq!(kinds(&waiting), Vec::<&str>::new(), "they stand behind one that is not there yet");
            world.rows.run("COMMIT").await;
            let cursor = waiting["next_cursor"].as_str().unwrap();
            hears(world, &format!("&cursor={cursor}"), &["webhook.test", "member.enrolled", "points.earned"]).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_old_is_forgotten_and_what_is_not_stays() {
    Plan::default()
        .on_both(async |world| {
            say(world, ANA, "COFFEE PLS").await;
            let before = world.stage.clock.now().timestamp_millis();
            world.stage.clock.advance(chrono::Duration::days(31));
            say(world, ANA, "STOP").await;
            let store = &world.stage.app.gateway().store;
            for forgotten in [1, 1, 0] {
                let tx = store.begin().await.unwrap();
                assert_eq!(tx.prune_events(before + 1, 1).await.unwrap(), forgotten);
                tx.commit().await.unwrap();
            }
            hears(world, "", &["member.opted_out"]).await;
        })
        .await;
}
