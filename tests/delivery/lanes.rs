//! A lane for each sender, each at its own pace.

use std::time::{Duration, Instant};

use regulars::{
    sandbox::{Fault, FaultKind},
    stage::OPERATOR_KEY,
};
use serde_json::json;

use crate::{
    ANA,
    harness::{
        api::text,
        world::{Plan, World, until},
    },
    read, say,
};

/// A shop of its own on a number of its own, at this pace.
async fn open_shop(world: &World, number: &str, messages_per_second: f64) {
    let (_, key) = world.api.merchant("Tea Time").await;
    let sender = json!({ "address": number, "messages_per_second": messages_per_second });
    world.api.post("/v1/senders", OPERATOR_KEY, sender).await.created();
    let shop_id = world.api.shop(&key, "Tea Time", number).await;
    world.api.keyword(&key, &shop_id, "TEA PLS").await;
}

async fn tea(world: &World, phone: &str, number: &str) {
    let form = world.provider.text(phone, number, "TEA PLS");
    assert_eq!(world.provider.messages(&form).await.status, 200);
}

const SLOW: &str = "+14155550108";

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_keeps_its_pace() {
    Plan::default()
        .on_both(async |world| {
            open_shop(world, SLOW, 10.0).await;
            let began = Instant::now();
            for n in 0..5 {
                tea(world, &format!("+1415555020{n}"), SLOW).await;
            }
            world.stage.settled().await.unwrap();
            assert_eq!(world.stage.carrier.outbound().len(), 5);
            assert!(
                began.elapsed() >= Duration::from_millis(400),
                "five texts at ten a second in {:?}",
                began.elapsed()
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_sender_holds_up_no_other() {
    Plan::default()
        .on_both(async |world| {
            open_shop(world, SLOW, 0.01).await;
            for n in 0..5 {
                tea(world, &format!("+1415555020{n}"), SLOW).await;
            }
            for n in 100..150 {
                say(world, &format!("+14155550{n}"), "COFFEE PLS").await;
            }
            for n in 100..150 {
                world.stage.carrier.wait_for_messages_to(&format!("+14155550{n}"), 1).await;
            }
            let slow = world.stage.carrier.outbound().into_iter().filter(|message| message.from == SLOW).count();
            assert!(slow <= 1, "one in a hundred seconds, not {slow}");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_send_that_hangs_holds_up_neither_its_own_sender_nor_another() {
    Plan::settings(|settings| settings.notifier.request_timeout_seconds = 2)
        .on_both(async |world| {
            open_shop(world, SLOW, 1000.0).await;
            let hangs = FaultKind::Timeout { taken: false, hold_milliseconds: 60_000 };
            world.stage.carrier.add_fault(Fault::once(hangs).to(ANA)).unwrap();
            say(world, ANA, "COFFEE PLS").await;
            world.relay.wait_for(1).await;
            for n in 0..5 {
                say(world, &format!("+1415555020{n}"), "COFFEE PLS").await;
                tea(world, &format!("+1415555030{n}"), SLOW).await;
            }
            for n in 0..5 {
                world.stage.carrier.wait_for_messages_to(&format!("+1415555020{n}"), 1).await;
                world.stage.carrier.wait_for_messages_to(&format!("+1415555030{n}"), 1).await;
            }
            assert!(read(world, ANA).is_empty());
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_pace_counts_for_the_next_texts_without_a_restart() {
    Plan::default()
        .on_both(async |world| {
            open_shop(world, SLOW, 10.0).await;
            tea(world, ANA, SLOW).await;
            world.stage.settled().await.unwrap();
            let senders = world.api.all("/v1/senders", OPERATOR_KEY, 50).await;
            let slow = senders.iter().find(|sender| sender["address"] == SLOW).unwrap();
            let path = format!("/v1/senders/{}", text(slow, "id"));
            world.api.patch(&path, OPERATOR_KEY, json!({ "messages_per_second": 1000.0 })).await.ok();
            // At ten a second these would take longer than anybody waits here.
            for n in 100..400 {
                tea(world, &format!("+14155550{n}"), SLOW).await;
            }
            world.stage.settled().await.unwrap();
            assert_eq!(world.stage.carrier.outbound().len(), 301);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_comes_while_a_lane_ends_waits_for_no_poll() {
    Plan::settings(|settings| settings.notifier.poll_milliseconds = 3_600_000)
        .on_postgres(async |world| {
            say(world, ANA, "COFFEE PLS").await;
            world.stage.settled().await.unwrap();
            let held = world.rows.hold_a_lane_at_its_end().await;
            say(world, ANA, "BAL").await;
            held.let_go().await;
            until("the balance is read", || async { world.stage.carrier.messages_to(ANA).len() == 2 }).await;
        })
        .await;
}
