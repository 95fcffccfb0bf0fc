//! The official library verifies what arrives; secrets are rotated; nothing is lost.

use regulars::stage::OPERATOR_KEY;
use serde_json::json;
use standardwebhooks::Webhook;

use crate::{
    ANA,
    harness::{
        api::text,
        receiver::Receiver,
        world::{Plan, until},
    },
    log, log_says, post, say, show, webhook,
};

#[tokio::test(flavor = "multi_thread")]
async fn what_arrives_is_verified_by_the_official_library_and_nothing_that_was_touched() {
    Plan::default()
        .on_both(async |world| {
            let receiver = Receiver::start().await;
            let (id, secret) = webhook(world, &receiver, json!(["member.enrolled"])).await;
            assert!(!show(world, &id).await.as_object().unwrap().contains_key("secret"), "it is shown once");
            let kept = world.rows.all("SELECT secret_sealed FROM webhook").await;
            assert!(!kept[0].to_string().contains(secret.trim_start_matches("whsec_")), "it is kept sealed");
            say(world, ANA, "COFFEE PLS").await;
            let call = receiver.wait_for(1).await.remove(0);
            assert!(call.id().starts_with("evt_") && !call.id().contains('.'));
            let verifier = Webhook::new(&secret).unwrap();
            verifier.verify(call.body.as_bytes(), &call.headers).unwrap();
            let touched = call.body.replace("COFFEE", "TOFFEE");
            assert!(verifier.verify(touched.as_bytes(), &call.headers).is_err());
            for (name, value) in [("webhook-id", "evt_1"), ("webhook-timestamp", "1"), ("webhook-signature", "v1,AAAA")]
            {
                let mut headers = call.headers.clone();
                headers.insert(name, value.parse().unwrap());
                assert!(verifier.verify(call.body.as_bytes(), &headers).is_err(), "{name}");
            }
            let other = Webhook::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
            assert!(other.verify(call.body.as_bytes(), &call.headers).is_err());
            let row = log_says(world, &id, "delivered", 1).await;
            assert_eq!(
                (&row["status"], &row["reason"], &row["event_id"]),
                (&json!(204), &json!(null), &json!(call.id()))
            );
            receiver.stop().await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn during_a_rotation_both_secrets_sign_and_then_the_new_one_alone() {
    Plan::default()
        .on_both(async |world| {
            let receiver = Receiver::start().await;
            let (id, before) = webhook(world, &receiver, json!(["webhook.test"])).await;
            let rotated = post(world, &format!("/v1/webhooks/{id}/rotate"), json!({ "grace_hours": 1 })).await;
            let after = text(&rotated, "secret");
            assert_ne!(before, after);
            post(world, &format!("/v1/webhooks/{id}/test"), json!({})).await;
            let call = receiver.wait_for(1).await.remove(0);
            for secret in [&before, &after] {
                Webhook::new(secret).unwrap().verify(call.body.as_bytes(), &call.headers).unwrap();
            }
            let rotated = post(world, &format!("/v1/webhooks/{id}/rotate"), json!({ "grace_hours": 0 })).await;
            let last = text(&rotated, "secret");
            assert_eq!(rotated["previous_secret_until"], json!(null));
            post(world, &format!("/v1/webhooks/{id}/test"), json!({})).await;
            let call = receiver.wait_for(2).await.remove(1);
            Webhook::new(&last).unwrap().verify(call.body.as_bytes(), &call.headers).unwrap();
            assert!(Webhook::new(&after).unwrap().verify(call.body.as_bytes(), &call.headers).is_err());
            let path = format!("/v1/webhooks/{id}/rotate");
            world.api.post(&path, OPERATOR_KEY, json!({ "grace_hours": 169 })).await.problem(422);
            receiver.stop().await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_dead_node_had_sent_and_not_settled_is_told_again_under_the_same_id() {
    Plan::default()
        .on_both(async |world| {
            let receiver = Receiver::start().await;
            let (id, _) = webhook(world, &receiver, json!(["member.enrolled"])).await;
            say(world, ANA, "COFFEE PLS").await;
            receiver.wait_for(1).await;
            log_says(world, &id, "delivered", 1).await;
            // As a node leaves it that died between the two steps; its lease ends in a minute.
            let ends = world.stage.clock.now().timestamp_millis() + 60_000;
            let left = format!(
                "UPDATE delivery SET state = 'claimed', leased_by = 'gone', leased_until = {ends}, due_at = {ends}, \
                 settled_at = NULL, status = NULL"
            );
            world.rows.run(&left).await;
            post(world, &format!("/v1/webhooks/{id}/test"), json!({})).await;
            receiver.wait_for(2).await;
            assert_eq!(receiver.calls().len(), 2, "while the lease holds it is the other node's");
            world.stage.clock.advance(chrono::Duration::seconds(61));
            let calls = receiver.wait_for(3).await;
            assert_eq!(calls[2].id(), calls[0].id());
            until("it is settled", || async { log(world, &id).await.iter().all(|row| row["state"] == "delivered") })
                .await;
            let rows = log(world, &id).await;
            assert_eq!(rows.iter().find(|row| row["event_id"] == calls[0].id()).unwrap()["attempts"], 2);
            receiver.stop().await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_or_broken_webhook_holds_up_no_other() {
    Plan::default()
        .on_both(async |world| {
            let (good, bad) = (Receiver::start().await, Receiver::start().await);
            bad.answer((500, None));
            webhook(world, &bad, json!([])).await;
            webhook(world, &good, json!(["member.enrolled"])).await;
            for n in 0..8 {
                say(world, &format!("+1415555{n:04}"), "COFFEE PLS").await;
            }
            let calls = good.wait_for(8).await;
            let ids: std::collections::BTreeSet<&str> = calls.iter().map(|call| call.id()).collect();
            assert_eq!((ids.len(), calls.len()), (8, 8));
            good.stop().await;
            bad.stop().await;
        })
        .await;
}
