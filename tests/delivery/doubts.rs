//! What may have been taken is looked up before it is sent again.

use regulars::{
    sandbox::{Fault, FaultKind},
    stage::{ACCOUNT_SID, ACCOUNT_TOKEN, shops::NUMBER},
};
use serde_json::json;

use crate::{
    ANA,
    harness::{
        api::text,
        world::{Plan, World, until, within},
    },
    outbox, read, say, settle_as_time_passes, states,
};

/// A send whose answer never comes; what the gateway asks of the carrier, and what the phone reads.
async fn plays_out(fault: FaultKind, asked: &[&str]) {
    Plan::settings(|settings| settings.notifier.request_timeout_seconds = 1)
        .on_both(async |world| {
            world.stage.carrier.add_fault(Fault::once(fault.clone())).unwrap();
            say(world, ANA, "COFFEE PLS").await;
            settle_as_time_passes(world).await;
            assert_eq!(world.relay.methods(ANA), asked, "{fault:?}");
            assert_eq!(read(world, ANA).len(), 1, "{fault:?}");
            let row = &outbox(world).await[0];
            assert_eq!(row["state"], "sent");
            assert_eq!(text(row, "provider_message_id"), world.stage.carrier.messages_to(ANA)[0].sid);
            world.stage.carrier.wait_for_callbacks().await;
            assert_eq!(world.api.of_member(ANA, "messages").await[1]["delivery"], "delivered");
        })
        .await;
}

const FOUND: &[&str] = &["POST", "GET"];
const NOT_FOUND: &[&str] = &["POST", "GET", "POST"];

#[tokio::test(flavor = "multi_thread")]
async fn a_time_out_of_a_text_that_was_taken_is_looked_up_and_not_doubled() {
    plays_out(FaultKind::Timeout { taken: true, hold_milliseconds: 60_000 }, FOUND).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_out_of_a_text_that_was_not_taken_is_looked_up_and_sent_once() {
    plays_out(FaultKind::Timeout { taken: false, hold_milliseconds: 60_000 }, NOT_FOUND).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_breaks_after_the_request_left_is_a_doubt_too() {
    plays_out(FaultKind::Dropped { taken: true }, FOUND).await;
    plays_out(FaultKind::Dropped { taken: false }, NOT_FOUND).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_error_is_a_doubt_too() {
    plays_out(FaultKind::ServerError { taken: true }, FOUND).await;
    plays_out(FaultKind::ServerError { taken: false }, NOT_FOUND).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn doubt_upon_doubt_still_ends_in_one_text() {
    Plan::default()
        .on_both(async |world| {
            for fault in [
                FaultKind::Dropped { taken: false },
                FaultKind::ServerError { taken: false },
                FaultKind::Dropped { taken: false },
                FaultKind::Dropped { taken: true },
            ] {
                world.stage.carrier.add_fault(Fault::once(fault)).unwrap();
            }
            say(world, ANA, "COFFEE PLS").await;
            settle_as_time_passes(world).await;
            assert_eq!(world.relay.methods(ANA), ["POST", "GET"].repeat(4));
            assert_eq!(read(world, ANA).len(), 1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_doubts_at_once_need_no_more_connections_than_there_are() {
    Plan::settings(|settings| settings.database.connections_max = 2)
        .on_both(async |world| {
            let phones: Vec<String> = (10..50).map(|n| format!("+141555502{n}")).collect();
            for (number, phone) in phones.iter().enumerate() {
                let dropped = FaultKind::Dropped { taken: number % 2 == 0 };
                world.stage.carrier.add_fault(Fault::once(dropped).to(phone)).unwrap();
            }
            for phone in &phones {
                say(world, phone, "COFFEE PLS").await;
            }
            settle_as_time_passes(world).await;
            for phone in &phones {
                assert_eq!(read(world, phone).len(), 1);
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn equal_texts_to_one_phone_are_told_apart() {
    for taken in [true, false] {
        Plan::default()
            .on_both(async |world| {
                world.stage.text(ANA, "COFFEE PLS").await.unwrap();
                world.stage.text(ANA, "BAL").await.unwrap();
                world.stage.carrier.add_fault(Fault::once(FaultKind::Dropped { taken })).unwrap();
                say(world, ANA, "BAL").await;
                settle_as_time_passes(world).await;
                world.stage.text(ANA, "BAL").await.unwrap();
                let sent = world.stage.carrier.messages_to(ANA);
                assert_eq!(sent.len(), 4);
                assert!(sent[1].body == sent[2].body && sent[2].body == sent[3].body);
                let ids: Vec<String> = outbox(world).await.iter().map(|row| text(row, "provider_message_id")).collect();
                assert_eq!(ids, sent.iter().map(|message| message.sid.clone()).collect::<Vec<_>>());
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_list_to_be_had_nothing_is_sent_again() {
    Plan::default()
        .on_both(async |world| {
            world.stage.carrier.add_fault(Fault::once(FaultKind::Dropped { taken: true })).unwrap();
            world.relay.hold_answers(false);
            say(world, ANA, "COFFEE PLS").await;
            world.stage.carrier.wait_for_messages_to(ANA, 1).await;
            until("it is in doubt", || async { states(world).await[0].0 == "unclear" }).await;
            world.relay.cut().await;
            for attempt in 2..=4 {
                let due = outbox(world).await[0]["due_at"].as_i64().unwrap();
                let pause = due - world.stage.clock.now().timestamp_millis();
                world.stage.clock.advance(chrono::Duration::milliseconds(pause.max(0)));
                until("it was looked up in vain", || async {
                    states(world).await == [("unclear".to_owned(), attempt)]
                })
                .await;
            }
            world.relay.mend().await;
            settle_as_time_passes(world).await;
            assert_eq!(world.relay.methods(ANA), FOUND);
            assert_eq!(read(world, ANA).len(), 1);
        })
        .await;
}

/// A gateway that is gone had claimed a text; what the next one makes of it.
async fn left_behind(url: String, taken: bool) {
    let world = World::open(&url, Plan::default()).await;
    world.relay.cut().await;
    say(&world, ANA, "COFFEE PLS").await;
    until("it was tried", || async { states(&world).await == [("queued".to_owned(), 1)] }).await;
    let body = text(&outbox(&world).await[0], "body");
    world.relay.mend().await;
    let world = world
        .restart(async |rows, carrier, clock| {
            let now = clock.now().timestamp_millis();
            rows.run(&format!(
                "UPDATE outbox SET state = 'claimed', leased_by = 'gone', leased_until = {}, attempted_at = {now}, \
                 attempts = 2, due_at = {now}",
                now + 60_000
            ))
            .await;
            if taken {
                // What the other had sent before it went.
                let url = format!("{}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json", carrier.base_url());
                let form = [("To", ANA), ("From", NUMBER), ("Body", body.as_str())];
                let request = reqwest::Client::new().post(url).form(&form);
                let answer = request.basic_auth(ACCOUNT_SID, Some(ACCOUNT_TOKEN)).send().await.unwrap();
                assert_eq!(answer.status(), 201);
            }
        })
        .await;
    if !world.rows.is_sqlite() {
        // Another node may still be at it, until its lease runs out.
        world.stage.clock.advance(chrono::Duration::seconds(61));
    }
    until("the claim is in doubt", || async { states(&world).await[0].0 != "claimed" }).await;
    settle_as_time_passes(&world).await;
    let asked = if taken { &["GET"][..] } else { &["GET", "POST"] };
    assert_eq!(world.relay.methods(ANA), asked);
    assert_eq!(read(&world, ANA), [body]);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_gateway_that_is_gone_had_claimed_is_looked_up_first() {
    for taken in [true, false] {
        crate::harness::on_both(|url| left_behind(url, taken)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_another_node_has_claimed_meanwhile_is_left_to_it() {
    Plan::default()
        .on_both(async |world| {
            world.relay.hold_answers(true);
            say(world, ANA, "COFFEE PLS").await;
            world.relay.wait_for(1).await;
            world.rows.run("UPDATE outbox SET leased_by = 'another'").await;
            let mut settled = world.stage.app.notifier().settled();
            settled.mark_unchanged();
            world.relay.hold_answers(false);
            within("our node is done with it", settled.changed()).await.unwrap();
            let row = &outbox(world).await[0];
            assert_eq!((&row["state"], &row["leased_by"]), (&json!("claimed"), &json!("another")));
            world.rows.run("UPDATE outbox SET state = 'sent'").await;
        })
        .await;
}
