//! What each of the provider's error numbers leads to.

use regulars::{
    sandbox::{Fault, FaultKind, StopBlocks},
    stage::OPERATOR_KEY,
};
use serde_json::{Value, json};

use crate::{
    ANA, BEA, COUNTING,
    harness::{
        api::text,
        world::{Plan, World, until},
    },
    outbox, read, say, settle_as_time_passes, states,
};

const ALARMS: &str = "regulars_sender_alarms_total";

fn refused(code: u32) -> Fault {
    Fault::once(FaultKind::Refused { status: 400, code })
}

/// Every number of the vectors with its class.
fn codes() -> Vec<(u32, String)> {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/error_codes.json")).unwrap();
    let codes = vectors["codes"].as_array().unwrap().iter();
    codes.map(|code| (u32::try_from(code["code"].as_u64().unwrap()).unwrap(), text(code, "class"))).collect()
}

/// What a text ends as when its first send is refused with a number of this class, and after how many sends.
fn end(class: &str) -> (&'static str, usize) {
    match class {
        "rate" | "transient" | "transient_recipient" | "unknown" | "ambiguous" => ("sent", 2),
        "opt_out" => ("opted_out", 1),
        _ => ("failed", 1),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_error_number_ends_as_its_class_says() {
    let _alone = COUNTING.lock().await;
    Plan::settings(|settings| settings.notifier.misconfigured_pause_seconds = 0)
        .on_both(async |world| {
            let alarms = world.api.figure(ALARMS).await;
            let codes: Vec<(String, u32, String)> = codes()
                .into_iter()
                .enumerate()
                .map(|(n, (code, class))| (format!("+141555521{n:02}"), code, class))
                .collect();
            assert!(codes.len() > 60);
            for (phone, code, _) in &codes {
                world.stage.carrier.add_fault(refused(*code).to(phone)).unwrap();
            }
            for (phone, ..) in &codes {
                say(world, phone, "COFFEE PLS").await;
            }
            settle_as_time_passes(world).await;
            let rows = outbox(world).await;
            for (phone, code, class) in &codes {
                let row = rows.iter().find(|row| row["address"] == phone.as_str()).unwrap();
                let (state, sends) = end(class);
                assert_eq!(row["state"], state, "{code} {class}");
                let posts = world.relay.methods(phone).iter().filter(|method| *method == "POST").count();
                assert_eq!(posts, sends, "{code} {class}");
                assert_eq!(read(world, phone).len(), usize::from(state == "sent"), "{code} {class}");
                if state != "sent" {
                    assert_eq!(row["error_code"], *code, "{code} {class}");
                    assert!(!text(row, "reason").is_empty());
                    assert!(!text(row, "reason").contains(&phone[2..]), "{row}");
                }
                let opted_out = world.api.member(phone).await["opted_out"].as_bool().unwrap();
                assert_eq!(opted_out, class == "opt_out", "{code} {class}");
            }
            let for_the_operator = codes.iter().filter(|(_, _, class)| ["auth", "config"].contains(&class.as_str()));
            assert_eq!(world.api.figure(ALARMS).await - alarms, for_the_operator.count() as u64);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_out_of_reach_gets_one_later_try_and_no_more() {
    Plan::default()
        .on_both(async |world| {
            for (phone, code) in [(ANA, 30003), (BEA, 30008)] {
                world.stage.carrier.add_fault(refused(code).times(3).to(phone)).unwrap();
                say(world, phone, "COFFEE PLS").await;
            }
            settle_as_time_passes(world).await;
            assert_eq!(states(world).await, [("failed".to_owned(), 2), ("failed".to_owned(), 2)]);
            assert_eq!(world.relay.requests().len(), 4);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opt_out_learnt_from_a_send_is_recorded_and_takes_back_what_waits() {
    Plan::default()
        .on_both(async |world| {
            world.relay.cut().await;
            for body in ["COFFEE PLS", "BAL", "HELP"] {
                say(world, ANA, body).await;
            }
            say(world, BEA, "COFFEE PLS").await;
            world.stage.carrier.add_fault(refused(21610).to(ANA)).unwrap();
            world.relay.mend().await;
            settle_as_time_passes(world).await;

            let states: Vec<String> = states(world).await.into_iter().map(|(state, _)| state).collect();
            assert_eq!(states, ["opted_out", "withdrawn", "withdrawn", "sent"]);
            assert_eq!((read(world, ANA).len(), read(world, BEA).len()), (0, 1));
            assert_eq!(world.api.member(ANA).await["opted_out"], true);
            assert_eq!(world.api.member(BEA).await["opted_out"], false);
            let last = world.api.of_member(ANA, "consents").await.pop().unwrap();
            assert_eq!((&last["kind"], &last["method"]), (&json!("opt_out"), &json!("carrier_refusal")));
            assert!(world.stage.text(ANA, "BAL").await.unwrap().is_empty(), "silence");
            assert_eq!(world.stage.text(ANA, "COFFEE PLS").await.unwrap().len(), 1, "fresh consent");
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_that_the_carrier_obeys_before_us_is_one_opt_out() {
    let plan = Plan { carrier: |carrier| carrier.stop_blocks = StopBlocks::Immediately, ..Plan::default() };
    plan.on_both(async |world| {
        world.stage.text(ANA, "COFFEE PLS").await.unwrap();
        assert!(world.stage.text(ANA, "STOP").await.unwrap().is_empty(), "the carrier lets nothing through");
        assert_eq!(states(world).await[1], ("opted_out".to_owned(), 1));
        let consents = world.api.of_member(ANA, "consents").await;
        let kinds: Vec<_> = consents.iter().map(|consent| text(consent, "kind")).collect();
        assert_eq!(kinds, ["opt_in", "opt_out"]);
        assert_eq!(world.stage.text(ANA, "START").await.unwrap().len(), 1);
        assert_eq!(world.stage.text(ANA, "BAL").await.unwrap().len(), 1);
    })
    .await;
}

/// A wrong token: an alarm, and the sender rests until its time is over, through a restart too.
async fn wrong_token(url: String) {
    let _alone = COUNTING.lock().await;
    let world =
        World::open(&url, Plan::settings(|settings| settings.notifier.misconfigured_pause_seconds = 3600)).await;
    let alarms = world.api.figure(ALARMS).await;
    let refused = Fault::once(FaultKind::Refused { status: 401, code: 20003 });
    world.stage.carrier.add_fault(refused).unwrap();
    say(&world, ANA, "COFFEE PLS").await;
    until("the send has failed", || async { states(&world).await == [("failed".to_owned(), 1)] }).await;
    assert_eq!(world.api.figure(ALARMS).await - alarms, 1);
    let paused = world.rows.all("SELECT paused_until, pause_reason FROM sender_lease").await;
    let rest = paused[0]["paused_until"].as_i64().unwrap() - world.stage.clock.now().timestamp_millis();
    assert_eq!(rest, 3_600_000);
    assert!(!text(&paused[0], "pause_reason").contains("415"), "{paused:?}");

    say(&world, BEA, "COFFEE PLS").await;
    let world = world.restart(async |_, _, _| ()).await;
    let world = world.restart(async |_, _, _| ()).await;
    assert_eq!(world.relay.requests().len(), 1, "it rests");
    assert_eq!(states(&world).await[1], ("queued".to_owned(), 0));
    let world = world.restart(async |_, _, clock| clock.advance(chrono::Duration::seconds(3601))).await;
    world.stage.settled().await.unwrap();
    assert_eq!((read(&world, ANA).len(), read(&world, BEA).len()), (0, 1));
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_raises_an_alarm_and_rests_the_sender() {
    crate::harness::on_both(wrong_token).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_that_rests_holds_up_no_other() {
    let _alone = COUNTING.lock().await;
    Plan::settings(|settings| settings.notifier.misconfigured_pause_seconds = 3600)
        .on_both(async |world| {
            let (_, key) = world.api.merchant("Tea Time").await;
            let other = text(&world.api.sender("+14155550108").await, "address");
            let shop_id = world.api.shop(&key, "Tea Time", &other).await;
            world.api.keyword(&key, &shop_id, "TEA PLS").await;
            world.stage.carrier.add_fault(refused(21606)).unwrap();
            say(world, ANA, "COFFEE PLS").await;
            until("the alarm is raised", || async { states(world).await == [("failed".to_owned(), 1)] }).await;
            let form = world.provider.text(BEA, &other, "TEA PLS");
            assert_eq!(world.provider.messages(&form).await.status, 200);
            world.stage.carrier.wait_for_messages_to(BEA, 1).await;
            assert_eq!(world.api.all("/v1/members", OPERATOR_KEY, 50).await.len(), 2);
        })
        .await;
}
