//! What became of sent texts: receipts in any order, twice, too early, for texts nobody knows.

use futures_util::future::join_all;
use regulars::{
    sandbox::{CallbackMode, CarrierSettings, StopBlocks},
    stage::{OPERATOR_KEY, shops::NUMBER},
};
use serde_json::{Value, json};

use crate::{
    assert_taken,
    harness::{
        api::text,
        provider::{Params, new_sid, with, without},
        world::{Plan, World},
    },
};

const ANA: &str = "+14155550199";

/// A carrier that keeps its receipts to itself, so that we can hand in others.
fn plan() -> Plan {
    let carrier = |carrier: &mut CarrierSettings| {
        (carrier.callbacks, carrier.stop_blocks) = (CallbackMode::None, StopBlocks::Never);
    };
    Plan { carrier, ..Plan::default() }
}

/// Texts BAL from this phone; the provider's id of the reply.
async fn reply_to(world: &World, phone: &str) -> String {
    world.stage.text(phone, "COFFEE PLS").await.unwrap();
    world.stage.carrier.messages_to(phone).pop().unwrap().sid
}

/// The last text to this phone, as the API shows it.
async fn last_sent(world: &World, phone: &str) -> Value {
    let messages = world.api.of_member(phone, "messages").await;
    messages.into_iter().rfind(|message| message["direction"] == "outbound").unwrap()
}

fn receipt(world: &World, sid: &str, phone: &str, status: &str) -> Params {
    world.provider.receipt(sid, NUMBER, phone, status)
}

/// Every order of these.
fn orders<'a>(of: &[&'a str]) -> Vec<Vec<&'a str>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (at, first) in of.iter().enumerate() {
        let mut rest = of.to_vec();
        rest.remove(at);
        all.extend(orders(&rest).into_iter().map(|order| [&[*first], order.as_slice()].concat()));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn in_whatever_order_and_however_often_receipts_come_the_furthest_counts() {
    plan()
        .on_both(async |world| {
            for (case, (words, end)) in [
                (vec!["queued", "sent", "delivered"], "delivered"),
                (vec!["accepted", "sending", "undelivered"], "undelivered"),
                (vec!["sent", "delivered", "read"], "read"),
            ]
            .into_iter()
            .enumerate()
            {
                for (number, order) in orders(&words).into_iter().enumerate() {
                    let phone = format!("+141555502{case}{number}");
                    let sid = reply_to(world, &phone).await;
                    for status in order.iter().chain(&order) {
                        assert_taken(&world.provider.status(&receipt(world, &sid, &phone, status)).await);
                    }
                    let sent = last_sent(world, &phone).await;
                    assert_eq!((&sent["state"], &sent["delivery"]), (&json!("sent"), &json!(end)), "{order:?}");
                }
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_that_come_all_at_once_end_the_same() {
    plan()
        .on_both(async |world| {
            let phones: Vec<String> = (0..10).map(|n| format!("+1415555020{n}")).collect();
            let mut forms = Vec::new();
            for phone in &phones {
                let sid = reply_to(world, phone).await;
                let told = |status: &&str| receipt(world, &sid, phone, status);
                forms.extend(["delivered", "queued", "sent", "delivered", "sent"].iter().map(told));
            }
            for answer in join_all(forms.iter().map(|form| world.provider.status(form))).await {
                assert_taken(&answer);
            }
            for phone in &phones {
                assert_eq!(last_sent(world, phone).await["delivery"], "delivered");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_ends_the_one_that_the_carrier_reached_later_counts() {
    plan()
        .on_both(async |world| {
            let end = |sid: &str, phone: &str, status: &str, done: &str| {
                with(receipt(world, sid, phone, status), "RawDlrDoneDate", done)
            };
            for (phone, first, second, counts) in [
                ("+14155550201", ("delivered", "2611201302"), ("undelivered", "2611201301"), "delivered"),
                ("+14155550202", ("undelivered", "2611201301"), ("delivered", "2611201302"), "delivered"),
                ("+14155550203", ("delivered", "2611201302"), ("failed", ""), "delivered"),
                ("+14155550204", ("failed", ""), ("delivered", "2611201302"), "delivered"),
            ] {
                let sid = reply_to(world, phone).await;
                for (status, done) in [first, second] {
                    assert_taken(&world.provider.status(&end(&sid, phone, status, done)).await);
                }
                assert_eq!(last_sent(world, phone).await["delivery"], counts, "{first:?} then {second:?}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn why_a_text_did_not_arrive_can_be_read() {
    plan()
        .on_both(async |world| {
            let sid = reply_to(world, ANA).await;
            let undelivered = with(receipt(world, &sid, ANA, "undelivered"), "ErrorCode", "30005");
            assert_taken(&world.provider.status(&undelivered).await);
            let sent = last_sent(world, ANA).await;
            assert_eq!((&sent["delivery"], &sent["error_code"]), (&json!("undelivered"), &json!(30005)));
            assert_eq!(world.api.member(ANA).await["opted_out"], false);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_for_texts_nobody_knows_are_taken_and_harm_nothing() {
    plan()
        .on_both(async |world| {
            reply_to(world, ANA).await;
            let before = last_sent(world, ANA).await;
            for status in ["queued", "delivered", "failed", "delivered"] {
                assert_taken(&world.provider.status(&receipt(world, "SMunknown", ANA, status)).await);
            }
            let nameless = without(without(receipt(world, "SMunknown2", ANA, "sent"), "From"), "To");
            assert_taken(&world.provider.status(&nameless).await);
            assert_eq!(last_sent(world, ANA).await, before);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_of_one_account_says_nothing_of_anothers_text() {
    plan()
        .on_both(async |world| {
            let account_sid = format!("AC{:032}", 9);
            let theirs = json!({ "account_sid": account_sid, "auth_token": "theirs" });
            let sender = json!({ "address": "+14155550107", "account": theirs });
            world.api.post("/v1/senders", OPERATOR_KEY, sender).await.created();
            let mut other = world.provider.clone();
            (other.account_sid, other.token) = (account_sid, "theirs".to_owned());

            let sid = reply_to(world, ANA).await;
            let refused = with(other.receipt(&sid, NUMBER, ANA, "failed"), "ErrorCode", "21610");
            assert_taken(&other.status(&refused).await);
            assert_eq!(last_sent(world, ANA).await["delivery"], Value::Null);
            assert_eq!(world.api.member(ANA).await["opted_out"], false);
            assert_taken(&world.provider.status(&receipt(world, &sid, ANA, "delivered")).await);
            assert_eq!(last_sent(world, ANA).await["delivery"], "delivered");
        })
        .await;
}

fn refused(world: &World, sid: &str, phone: &str, code: &str) -> Params {
    with(receipt(world, sid, phone, "failed"), "ErrorCode", code)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_says_opted_out_is_an_opt_out_with_its_proof() {
    plan()
        .on_both(async |world| {
            for (phone, code) in [(ANA, "21610"), ("+14155550188", "63014")] {
                let sid = reply_to(world, phone).await;
                for _ in 0..3 {
                    assert_taken(&world.provider.status(&refused(world, &sid, phone, code)).await);
                }
                assert_eq!(world.api.member(phone).await["opted_out"], true);
                let consents = world.api.of_member(phone, "consents").await;
                assert_eq!(consents.len(), 2, "{consents:?}");
                assert_eq!(
                    (&consents[1]["kind"], &consents[1]["method"]),
                    (&json!("opt_out"), &json!("carrier_refusal"))
                );
                assert_eq!(text(&consents[1], "provider_message_id"), sid);
                assert!(world.stage.text(phone, "BAL").await.unwrap().is_empty(), "silence");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opt_out_told_again_after_the_person_came_back_changes_nothing() {
    plan()
        .on_both(async |world| {
            let sid = reply_to(world, ANA).await;
            let told = refused(world, &sid, ANA, "21610");
            assert_taken(&world.provider.status(&told).await);
            assert_eq!(world.stage.text(ANA, "START").await.unwrap().len(), 1);
            for form in [told.clone(), receipt(world, &sid, ANA, "sent"), told] {
                assert_taken(&world.provider.status(&form).await);
            }
            assert_eq!(world.api.member(ANA).await["opted_out"], false);
            assert_eq!(world.stage.text(ANA, "BAL").await.unwrap().len(), 1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opt_out_is_known_by_the_service_where_it_chose_another_number() {
    const SERVICE: &str = "MG5a5b5c5d5a5b5c5d5a5b5c5d5a5b5c5d";
    plan()
        .on_both(async |world| {
            let senders = world.api.all("/v1/senders", OPERATOR_KEY, 50).await;
            let path = format!("/v1/senders/{}", text(&senders[0], "id"));
            world.api.patch(&path, OPERATOR_KEY, json!({ "service_sid": SERVICE })).await.ok();
            for (phone, from) in [(ANA, Some("+14155550777")), ("+14155550188", None)] {
                let sid = reply_to(world, phone).await;
                let told = with(refused(world, &sid, phone, "21610"), "MessagingServiceSid", SERVICE);
                let told = match from {
                    Some(from) => with(told, "From", from),
                    None => without(told, "From"),
                };
                assert_taken(&world.provider.status(&told).await);
                assert_eq!(world.api.member(phone).await["opted_out"], true, "from {from:?}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opt_out_told_by_receipt_takes_back_what_waits() {
    plan()
        .on_both(async |world| {
            let sid = reply_to(world, ANA).await;
            // Due an hour from now: it waits, and nothing else is said about it.
            let later = world.stage.clock.now() + chrono::Duration::hours(1);
            let waiting = format!(
                "INSERT INTO outbox (sender_id, address, reply, body, state, attempts, due_at, request_id, created_at) \
                 SELECT sender_id, address, 'balance', 'later', 'queued', 0, {0}, 'r', {0} FROM outbox",
                later.timestamp_millis()
            );
            world.rows.run(&waiting).await;
            assert_taken(&world.provider.status(&refused(world, &sid, ANA, "21610")).await);
            let states = world.rows.all("SELECT state FROM outbox ORDER BY id").await;
            assert_eq!(states, [json!({ "state": "sent" }), json!({ "state": "withdrawn" })]);
            world.stage.clock.advance(chrono::Duration::hours(2));
            world.stage.settled().await.unwrap();
            assert_eq!(world.stage.carrier.messages_to(ANA).len(), 1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_may_come_before_we_know_the_texts_id() {
    plan()
        .on_both(async |world| {
            // The text is looked up late: what the carrier told about it meanwhile is joined to it then.
            let early = new_sid();
            assert_taken(&world.provider.status(&receipt(world, &early, ANA, "delivered")).await);
            reply_to(world, ANA).await;
            let known = format!("UPDATE outbox SET provider_message_id = '{early}'");
            world.rows.run(&known).await;
            assert_eq!(last_sent(world, ANA).await["delivery"], "delivered");
        })
        .await;
}
