//! What is not taken is told again, in time; who asks for rest is left alone; who is gone is called no more.

use chrono::Duration;
use regulars::stage::OPERATOR_KEY;
use serde_json::json;

use crate::{
    ANA,
    harness::{
        receiver::Receiver,
        world::{Plan, until},
    },
    log, log_says, post, say, show, webhook,
};

#[tokio::test(flavor = "multi_thread")]
async fn it_is_told_again_after_seconds_and_minutes_until_it_is_taken() {
    Plan::default()
        .on_both(async |world| {
            let receiver = Receiver::start().await;
            receiver.answer_next([(500, None), (302, None)]);
            let (id, _) = webhook(world, &receiver, json!(["member.enrolled"])).await;
            say(world, ANA, "COFFEE PLS").await;
            let first = log_says(world, &id, "queued", 1).await;
            assert_eq!((&first["status"], &first["reason"]), (&json!(500), &json!("it answered 500, not 2xx")));
            assert!(show(world, &id).await["failing_since"].is_string());
            world.stage.clock.advance(Duration::seconds(4));
            assert_eq!(receiver.calls().len(), 1);
            world.stage.clock.advance(Duration::seconds(2));
            let second = log_says(world, &id, "queued", 2).await;
            assert!(second["reason"].as_str().unwrap().contains("redirects"), "{second}");
            world.stage.clock.advance(Duration::seconds(331));
            log_says(world, &id, "delivered", 3).await;
            let calls = receiver.calls();
            assert_eq!(calls.len(), 3);
            assert!(calls.iter().all(|call| call.id() == calls[0].id() && call.body == calls[0].body));
            let times: Vec<i64> = calls.iter().map(|call| call.header("webhook-timestamp").parse().unwrap()).collect();
            assert_eq!((times[1] - times[0], times[2] - times[1]), (6, 331), "each attempt has its own time");
            assert_eq!(show(world, &id).await["failing_since"], json!(null));
            receiver.stop().await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_gone_is_called_no_more_and_can_come_back_and_hear_what_was_missed() {
    Plan::default()
        .on_both(async |world| {
            let receiver = Receiver::start().await;
            receiver.answer_next([(410, None)]);
            let (id, _) = webhook(world, &receiver, json!(["member.enrolled", "member.opted_out"])).await;
            let before = world.stage.clock.now().to_rfc3339();
            say(world, ANA, "COFFEE PLS").await;
            until("it is disabled", || async { show(world, &id).await["state"] == "disabled" }).await;
            assert!(show(world, &id).await["pause_reason"].as_str().unwrap().contains("410"));
            say(world, ANA, "STOP").await;
            assert_eq!(world.rows.count("delivery").await, 1, "nothing waits for who is gone");
            let resumed = post(world, &format!("/v1/webhooks/{id}/resume"), json!({})).await;
            assert_eq!((&resumed["state"], &resumed["pause_reason"]), (&json!("active"), &json!(null)));
            let replayed = post(world, &format!("/v1/webhooks/{id}/replay"), json!({ "since": before })).await;
            assert_eq!((&replayed["queued"], &replayed["has_more"]), (&json!(2), &json!(false)));
            let calls = receiver.wait_for(3).await;
            let mut kinds: Vec<String> = calls[1..].iter().map(|call| call.kind()).collect();
            kinds.sort();
            assert_eq!(kinds, ["member.enrolled", "member.opted_out"]);

            let one = calls[1].id().to_owned();
            until("all is settled", || async { log(world, &id).await.iter().all(|row| row["state"] == "delivered") })
                .await;
            post(world, &format!("/v1/webhooks/{id}/deliveries/{one}/replay"), json!({})).await;
            assert_eq!(receiver.wait_for(4).await[3].id(), one);
            until("it is settled", || async { log(world, &id).await.iter().all(|row| row["state"] == "delivered") })
                .await;
            post(world, &format!("/v1/webhooks/{id}/replay"), json!({ "event_ids": [one] })).await;
            assert_eq!(receiver.wait_for(5).await[4].id(), one);
            let replay = format!("/v1/webhooks/{id}/replay");
            for wrong in [
                json!({}),
                json!({ "since": "yesterday" }),
                json!({ "event_ids": [] }),
                json!({ "event_ids": ["evt_1"] }),
            ] {
                world.api.post(&replay, OPERATOR_KEY, wrong).await.problem(422);
            }
            let unknown = json!({ "event_ids": ["evt_00000000000000000000000000000000"] });
            world.api.post(&replay, OPERATOR_KEY, unknown).await.problem(404);
            receiver.stop().await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_rest_is_left_alone_as_long() {
    Plan::default()
        .on_both(async |world| {
            let receiver = Receiver::start().await;
            receiver.answer_next([(429, Some("600"))]);
            let (id, _) = webhook(world, &receiver, json!(["member.enrolled", "member.opted_out"])).await;
            say(world, ANA, "COFFEE PLS").await;
            until("it rests", || async { show(world, &id).await["rests_until"].is_string() }).await;
            say(world, ANA, "STOP").await;
            world.stage.clock.advance(Duration::seconds(599));
            assert_eq!(receiver.calls().len(), 1, "neither that event nor another one");
            world.stage.clock.advance(Duration::seconds(2));
            receiver.wait_for(3).await;
            until("all is settled", || async { log(world, &id).await.iter().all(|row| row["state"] == "delivered") })
                .await;
            receiver.stop().await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_days_of_failures_pause_and_what_waits_goes_on_afterwards() {
    Plan::default()
        .on_both(async |world| {
            let receiver = Receiver::start().await;
            receiver.answer((503, None));
            let (id, _) = webhook(world, &receiver, json!(["member.enrolled", "member.opted_out"])).await;
            say(world, ANA, "COFFEE PLS").await;
            log_says(world, &id, "queued", 1).await;
            world.stage.clock.advance(Duration::days(5));
            until("it is paused", || async { show(world, &id).await["state"] == "paused" }).await;
            assert!(show(world, &id).await["pause_reason"].as_str().unwrap().contains("503"));
            let calls = receiver.calls().len();
            receiver.answer((200, None));
            say(world, ANA, "STOP").await;
            world.stage.clock.advance(Duration::days(2));
            assert_eq!((receiver.calls().len(), world.rows.count("delivery WHERE state = 'queued'").await), (calls, 2));
            post(world, &format!("/v1/webhooks/{id}/resume"), json!({})).await;
            receiver.wait_for(calls + 2).await;
            until("all is settled", || async { log(world, &id).await.iter().all(|row| row["state"] == "delivered") })
                .await;
            receiver.stop().await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_last_attempt_it_is_given_up() {
    Plan::default()
        .on_sqlite(async |world| {
            let receiver = Receiver::start().await;
            receiver.answer((500, None));
            let (id, _) = webhook(world, &receiver, json!(["member.enrolled"])).await;
            say(world, ANA, "COFFEE PLS").await;
            for attempts in 1..10 {
                log_says(world, &id, "queued", attempts).await;
                // The longest pause would make five days of it; whoever is told of something else meanwhile is not paused.
                world.rows.run("UPDATE webhook SET failing_since = NULL").await;
                world.stage.clock.advance(Duration::hours(27));
            }
            let last = log_says(world, &id, "failed", 10).await;
            assert!(last["settled_at"].is_string() && last["next_attempt_at"].is_null(), "{last}");
            receiver.stop().await;
        })
        .await;
}
