//! The same text again: answered 200, and nothing happens.

use futures_util::future::join_all;
use regulars::stage::shops::NUMBER;
use serde_json::json;

use crate::{
    assert_taken,
    harness::{
        provider::{Provider, get, with},
        world::Plan,
    },
};

const ANA: &str = "+14155550199";

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_text_is_answered_like_the_first_and_nothing_happens() {
    Plan::default()
        .on_both(async |world| {
            let form = world.provider.text(ANA, NUMBER, "COFFEE PLS");
            assert_taken(&world.provider.messages(&form).await);
            world.stage.settled().await.unwrap();
            let before = world.api.figure("regulars_inbound_seen_before_total").await;
            for _ in 0..3 {
                assert_taken(&world.provider.messages(&form).await);
            }
            // The provider's own retry may differ in everything but the id.
            assert_taken(&world.provider.messages(&with(form, "Body", "BAL")).await);
            world.stage.settled().await.unwrap();
            assert!(world.api.figure("regulars_inbound_seen_before_total").await >= before + 4);
            assert_eq!(world.rows.count("inbound").await, 1);
            assert_eq!(world.stage.carrier.messages_to(ANA).len(), 1);
            let causes = world.api.of_member(ANA, "entries").await;
            assert_eq!(causes.len(), 1);
            let told = (&causes[0]["cause"], &causes[0]["rule"], &causes[0]["points"]);
            assert_eq!(told, (&json!("joined"), &json!("welcome"), &json!(10)));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_comes_many_times_at_once_happens_once() {
    Plan::settings(|settings| settings.server.workers = 4)
        .on_both(async |world| {
            let forms: Vec<_> =
                (0..5).map(|n| world.provider.text(&format!("+1415555020{n}"), NUMBER, "COFFEE PLS")).collect();
            let many = (0..20).flat_map(|_| &forms).map(|form| world.provider.messages(form));
            for answer in join_all(many).await {
                assert_taken(&answer);
            }
            world.stage.settled().await.unwrap();
            assert_eq!(world.rows.count("inbound").await, 5);
            for form in &forms {
                let phone = get(form, "From");
                assert_eq!(world.stage.carrier.messages_to(phone).len(), 1);
                assert_eq!(world.api.of_member(phone, "entries").await.len(), 1);
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_words_under_a_new_id_are_a_new_text() {
    Plan::default()
        .on_both(async |world| {
            let first = world.stage.text(ANA, "COFFEE PLS").await.unwrap();
            let second = world.stage.text(ANA, "COFFEE PLS").await.unwrap();
            assert_eq!((first.len(), second.len()), (1, 1));
            assert_ne!(first, second, "greeted, not enrolled again");
            assert_eq!(world.api.of_member(ANA, "entries").await.len(), 1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_is_the_same_only_within_an_account() {
    Plan::default()
        .on_both(async |world| {
            let theirs = json!({ "account_sid": format!("AC{:032}", 9), "auth_token": "theirs" });
            let sender = json!({ "address": "+14155550107", "account": theirs });
            world.api.post("/v1/senders", regulars::stage::OPERATOR_KEY, sender).await.created();
            let ours = world.provider.text("32665", NUMBER, "hi");
            assert_taken(&world.provider.messages(&ours).await);
            let account_sid = format!("AC{:032}", 9);
            let other = Provider { account_sid, token: "theirs".to_owned(), ..world.provider.clone() };
            let sid = get(&ours, "MessageSid");
            let theirs = with(other.text("32665", "+14155550107", "hi"), "MessageSid", sid);
            for _ in 0..2 {
                assert_taken(&other.messages(&theirs).await);
            }
            assert_eq!(world.rows.count(&format!("inbound WHERE provider_message_id = '{sid}'")).await, 2);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_equal_text_within_the_time_is_kept_but_not_acted_on() {
    Plan::settings(|settings| settings.receiver.equal_text_seconds = 10)
        .on_both(async |world| {
            let mut read = Vec::new();
            for (pause, phone, body) in [
                (0, ANA, "COFFEE PLS"),
                (3, ANA, "COFFEE PLS"),
                (0, ANA, "coffee pls"),
                (0, ANA, "COFFEE PLS"),
                (9, ANA, "COFFEE PLS"),
                (0, "+14155550188", "COFFEE PLS"),
                (10, ANA, "COFFEE PLS"),
            ] {
                world.stage.clock.advance(chrono::Duration::seconds(pause));
                read.push(world.stage.text(phone, body).await.unwrap().len());
            }
            // Each repeat begins the time anew.
            assert_eq!(read, [1, 0, 1, 0, 0, 1, 1]);
            assert_eq!(world.rows.count("inbound").await, 7);
            assert_eq!(world.api.of_member(ANA, "entries").await.len(), 1);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn equal_texts_that_come_all_at_once_are_one() {
    Plan::settings(|settings| settings.receiver.equal_text_seconds = 10)
        .on_both(async |world| {
            let forms: Vec<_> = (0..20).map(|_| world.provider.text(ANA, NUMBER, "COFFEE PLS")).collect();
            for answer in join_all(forms.iter().map(|form| world.provider.messages(form))).await {
                assert_taken(&answer);
            }
            world.stage.settled().await.unwrap();
            assert_eq!(world.rows.count("inbound").await, 20);
            assert_eq!(world.stage.carrier.messages_to(ANA).len(), 1);
        })
        .await;
}
