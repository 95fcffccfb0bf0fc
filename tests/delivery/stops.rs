//! A stop in order: what is under way is finished, what was claimed and not tried is handed back.

use futures_util::future::join;
use serde_json::Value;

use crate::{
    ANA,
    harness::world::{Plan, World, until, within},
    outbox, read, say, states,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_finishes_the_send_that_is_under_way() {
    crate::harness::on_both(|url| async move {
        let world = World::open(&url, Plan::default()).await;
        world.relay.hold_answers(true);
        say(&world, ANA, "COFFEE PLS").await;
        world.relay.wait_for(1).await;
        let World { stage, rows, relay, .. } = world;
        let release = async { relay.hold_answers(false) };
        within("the stop", join(stage.app.stop(), release)).await;
        let row = &rows.all("SELECT state, attempts FROM outbox").await[0];
        assert_eq!((row["state"].as_str(), row["attempts"].as_i64()), (Some("sent"), Some(1)));
        assert_eq!(stage.carrier.messages_to(ANA).len(), 1);
        rows.close().await;
        stage.carrier.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_hands_back_what_was_claimed_and_not_tried() {
    crate::harness::on_both(|url| async move {
        let slowly = Plan::settings(|settings| settings.notifier.messages_per_second = 4.0);
        let world = World::open(&url, slowly).await;
        let phones: Vec<String> = (0..8).map(|n| format!("+1415555020{n}")).collect();
        for phone in &phones {
            say(&world, phone, "COFFEE PLS").await;
        }
        until("several are claimed", || async { world.rows.count("outbox WHERE state = 'claimed'").await > 1 }).await;
        let world = world
            .restart(async |rows, _, _| {
                let rows_then = rows.all("SELECT state, attempts, leased_by FROM outbox ORDER BY id").await;
                for row in &rows_then {
                    let tried = i64::from(row["state"] == "sent");
                    assert_eq!(
                        (&row["attempts"], &row["leased_by"]),
                        (&Value::from(tried), &Value::Null),
                        "{rows_then:?}"
                    );
                    assert!(tried == 1 || row["state"] == "queued", "{rows_then:?}");
                }
                assert!(rows_then.iter().any(|row| row["state"] == "queued"), "{rows_then:?}");
                assert_eq!(rows.count("sender_lease WHERE leased_until > 0").await, 0, "the sender is given back");
            })
            .await;
        world.stage.settled().await.unwrap();
        for phone in &phones {
            assert_eq!(read(&world, phone).len(), 1);
        }
        assert!(
            states(&world).await.iter().all(|state| *state == ("sent".to_owned(), 1)),
            "{:?}",
            outbox(&world).await
        );
        world.close().await;
    })
    .await;
}
