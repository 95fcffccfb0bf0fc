//! What was not taken is sent again, later each time, and in order.

use regulars::{
    sandbox::{Fault, FaultKind, StopBlocks},
    stage::shops::NUMBER,
};

use crate::{
    ANA, BEA,
    harness::world::{Plan, until},
    outbox, read, say, settle_as_time_passes, states,
};

fn too_many(retry_after_seconds: Option<u32>) -> Fault {
    Fault::once(FaultKind::TooManyRequests { retry_after_seconds })
}

#[tokio::test(flavor = "multi_thread")]
async fn too_fast_is_tried_again_however_often_and_never_given_up() {
    Plan::settings(|settings| settings.notifier.attempts_max = 2)
        .on_both(async |world| {
            world.stage.carrier.add_fault(too_many(None).times(5)).unwrap();
            say(world, ANA, "COFFEE PLS").await;
            settle_as_time_passes(world).await;
            assert_eq!(states(world).await, [("sent".to_owned(), 6)]);
            assert_eq!(read(world, ANA).len(), 1);
            assert_eq!(world.relay.methods(ANA), ["POST"; 6], "nothing was taken, so nothing is looked up");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_that_the_carrier_asks_for_is_kept_by_the_whole_sender() {
    Plan::default()
        .on_both(async |world| {
            world.stage.carrier.add_fault(too_many(Some(1))).unwrap();
            let began = std::time::Instant::now();
            say(world, ANA, "COFFEE PLS").await;
            until("it was tried", || async { states(world).await == [("queued".to_owned(), 1)] }).await;
            let due = outbox(world).await[0]["due_at"].as_i64().unwrap();
            assert_eq!(due - world.stage.clock.now().timestamp_millis(), 1000);
            say(world, BEA, "COFFEE PLS").await;
            settle_as_time_passes(world).await;
            assert!(began.elapsed() >= std::time::Duration::from_secs(1));
            assert_eq!((read(world, ANA).len(), read(world, BEA).len()), (1, 1));
            assert_eq!(world.relay.requests().len(), 3, "nobody was tried during the pause");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pauses_grow_from_one_attempt_to_the_next() {
    Plan::settings(|settings| settings.notifier.pause_first_milliseconds = 1000)
        .on_both(async |world| {
            world.relay.cut().await;
            say(world, ANA, "COFFEE PLS").await;
            let mut longest = 0;
            for attempt in 1..=5 {
                until("it was tried", || async { states(world).await == [("queued".to_owned(), attempt)] }).await;
                let now = world.stage.clock.now().timestamp_millis();
                let pause = outbox(world).await[0]["due_at"].as_i64().unwrap() - now;
                let grown = 1000 << (attempt - 1);
                assert!((grown * 3 / 4..=grown * 5 / 4).contains(&pause), "{pause} ms after attempt {attempt}");
                assert!(pause > longest);
                longest = pause;
                world.stage.clock.advance(chrono::Duration::milliseconds(pause));
            }
            world.relay.mend().await;
            settle_as_time_passes(world).await;
            assert_eq!(read(world, ANA).len(), 1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_carrier_refuses_connections_texts_wait_and_then_all_go_out_once() {
    Plan::default()
        .on_both(async |world| {
            world.relay.cut().await;
            let phones: Vec<String> = (0..5).map(|n| format!("+1415555020{n}")).collect();
            for phone in &phones {
                say(world, phone, "COFFEE PLS").await;
            }
            let tried = "outbox WHERE state = 'queued' AND attempts > 0";
            until("all were tried", || async { world.rows.count(tried).await == 5 }).await;
            assert_eq!(world.relay.requests().len(), 0);
            world.relay.mend().await;
            settle_as_time_passes(world).await;
            for phone in &phones {
                assert_eq!(read(world, phone).len(), 1);
                assert_eq!(world.relay.methods(phone), ["POST"], "a refused connection took nothing: no look-up");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_carrier_that_is_never_there_is_given_up_and_the_next_text_is_tried() {
    Plan::settings(|settings| settings.notifier.attempts_max = 3)
        .on_both(async |world| {
            world.relay.cut().await;
            say(world, ANA, "COFFEE PLS").await;
            settle_as_time_passes(world).await;
            assert_eq!(states(world).await, [("failed".to_owned(), 3)]);
            let row = &world.api.of_member(ANA, "messages").await[1];
            assert!(row["reason"].as_str().is_some_and(|reason| !reason.contains("415")), "{row}");
            world.relay.mend().await;
            world.stage.text(ANA, "BAL").await.unwrap();
            assert_eq!(read(world, ANA).len(), 1, "the given up one is not sent");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_texts_to_one_phone_keep_their_order_whatever_goes_wrong() {
    let plan = Plan { carrier: |carrier| carrier.stop_blocks = StopBlocks::Never, ..Plan::default() };
    plan.on_both(async |world| {
        let said = ["COFFEE PLS", "BREAD PLS", "YES", "BAL", "HELP"];
        let faults = |phone: &str| {
            [
                too_many(None).times(2),
                Fault::once(FaultKind::Dropped { taken: true }),
                Fault::once(FaultKind::ServerError { taken: false }),
                Fault::once(FaultKind::Dropped { taken: false }),
                Fault::once(FaultKind::ServerError { taken: true }),
                Fault::once(FaultKind::Refused { status: 400, code: 30003 }),
            ]
            .map(|fault| fault.to(phone))
        };
        let phones: Vec<String> = (0..8).map(|n| format!("+1415555020{n}")).collect();
        for (number, phone) in phones.iter().enumerate() {
            // Each phone meets the faults in another order; the last one meets none.
            let mut faults = faults(phone);
            faults.rotate_left(number % 6);
            for fault in faults.into_iter().take(7 - number) {
                world.stage.carrier.add_fault(fault).unwrap();
            }
        }
        for body in said {
            for phone in &phones {
                say(world, phone, body).await;
            }
        }
        settle_as_time_passes(world).await;
        assert!(world.stage.carrier.faults().is_empty());
        for phone in &phones {
            let written = format!("SELECT body FROM outbox WHERE address = '{phone}' ORDER BY id");
            let written: Vec<String> =
                world.rows.all(&written).await.iter().map(|row| row["body"].as_str().unwrap().to_owned()).collect();
            assert_eq!(written.len(), said.len());
            assert_eq!(read(world, phone), written, "{phone}, from {NUMBER}");
        }
    })
    .await;
}
