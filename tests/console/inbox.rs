//! The inbox: what comes in, and what staff may write back.

use chrono::Duration;
use regulars::{
    sandbox::InboundText,
    stage::{OPERATOR_KEY, people::OWNER, shops::NUMBER},
};
use reqwest::StatusCode;
use serde_json::json;

use super::members::{ANA, BO, open, says};
use crate::harness::{
    visitor::Visitor,
    world::{Plan, World},
};

/// The address of the form below the only item on a page.
fn form(html: &str, what: &str) -> String {
    let at = html.split(&format!("/{what}\"")).next().unwrap();
    format!("{}/{what}", at.rsplit("action=\"").next().unwrap())
}

async fn staff(world: &World) -> Visitor {
    Visitor::signed_in(&world.api, "sam@bean.example").await
}

#[tokio::test]
async fn what_no_rule_answers_comes_in_and_staff_write_back() {
    Plan::default()
        .on_both(async |world| {
            let shop = open(world).await;
            let inbox = format!("/console/shops/{shop}/inbox");
            let sam = staff(world).await;
            assert!(sam.open(&inbox).await.says("Nothing to answer"));
            says(world, ANA, "COFFEE PLS").await;
            for answered in ["BAL", "hello", "thanks!", "👍"] {
                says(world, ANA, answered).await;
            }
            assert!(sam.open(&inbox).await.says("Nothing to answer"), "what is answered is no work");
            says(world, ANA, "do you have <i>oat</i> milk?").await;
            let seen = sam.open(&inbox).await;
            assert!(
                seen.says("do you have &#60;i&#62;oat&#60;/i&#62; milk?") && !seen.html.contains("<i>oat"),
                "{}",
                seen.words()
            );
            let reply = form(&seen.html, "reply");
            let wrong = sam.send(&inbox, &reply, &[("text", "  "), ("deed", "send")]).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            let preview = sam.send(&inbox, &reply, &[("text", "Yes, oat!"), ("deed", "preview")]).await;
            assert!(preview.says("Bean There: Yes, oat! 1 segment"), "{}", preview.words());
            assert!(world.stage.carrier.messages_to(ANA).iter().all(|message| !message.body.contains("oat")));
            let sent = sam.send(&inbox, &reply, &[("text", "Yes, oat!"), ("deed", "send")]).await;
            assert_eq!(sent.location, Some(format!("{inbox}?done=replied")), "{}", sent.words());
            world.stage.settled().await.unwrap();
            assert_eq!(world.stage.carrier.messages_to(ANA).last().unwrap().body, "Bean There: Yes, oat!");
            assert!(sam.open(&inbox).await.says("Nothing to answer"));
            // Their answer is for staff, and gets no hint; a command still works.
            assert_eq!(says(world, ANA, "great, then two please for me").await, Vec::<String>::new());
            assert_eq!(says(world, ANA, "BAL").await.len(), 1);
            let seen = sam.open(&inbox).await;
            assert!(seen.says("great, then two please for me") && seen.says("Answer"), "{}", seen.words());
            let done = form(&seen.html, "done");
            let marked = sam.send(&inbox, &done, &[("done", "yes")]).await;
            assert_eq!(marked.location, Some(format!("{inbox}?done=inbox-done")));
            let all = sam.open(&format!("{inbox}?show=all")).await;
            assert!(all.says("Answered by Sam") && all.says("Done by Sam"), "{}", all.words());
        })
        .await;
}

#[tokio::test]
async fn what_members_say_within_a_day_of_a_visit_is_feedback_and_can_be_looked_at_alone() {
    Plan::default()
        .on_both(async |world| {
            let shop = open(world).await;
            let inbox = format!("/console/shops/{shop}/inbox");
            says(world, ANA, "COFFEE PLS").await;
            says(world, ANA, "where is my order from yesterday").await;
            let sale = json!({ "sale_id": "1", "phone": ANA, "amount": { "minor": 500, "currency": "USD" } });
            let sold = world.api.post(&format!("/v1/shops/{shop}/purchases"), OPERATOR_KEY, sale).await;
            assert!(sold.status.is_success(), "{}", sold.text);
            says(world, ANA, "the cake was a little dry today").await;
            says(world, ANA, "do you have oat milk?").await;
            world.stage.clock.advance(Duration::hours(25));
            says(world, ANA, "is the terrace open on monday mornings").await;
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let alone = owner.open(&format!("{inbox}?kind=feedback")).await;
            assert!(alone.says("Feedback") && alone.says("the cake was a little dry today"), "{}", alone.words());
            for other in ["terrace", "oat", "order"] {
                assert!(!alone.html.contains(other), "{other}");
            }
            let questions = owner.open(&format!("{inbox}?kind=text")).await;
            assert!(["terrace", "oat", "order"].iter().all(|word| questions.html.contains(word)));
            assert!(!questions.html.contains("cake"));
            assert_eq!(owner.open(&inbox).await.html.matches("id=\"item-").count(), 4);
            assert_eq!(owner.open(&format!("{inbox}?kind=other")).await.html.matches("id=\"item-").count(), 4);
        })
        .await;
}

#[tokio::test]
async fn nobody_who_opted_out_is_written_to_and_no_stranger_after_a_day() {
    Plan::default()
        .on_both(async |world| {
            let shop = open(world).await;
            let inbox = format!("/console/shops/{shop}/inbox");
            says(world, ANA, "COFFEE PLS").await;
            says(world, ANA, "where is my order from yesterday").await;
            let sam = staff(world).await;
            let reply = form(&sam.open(&inbox).await.html, "reply");
            says(world, ANA, "STOP").await;
            let sent = world.stage.carrier.messages_to(ANA).len();
            let refused = sam.send(&inbox, &reply, &[("text", "Here"), ("deed", "send")]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.says("They opted out of texts from this number"), "{}", refused.words());
            world.stage.settled().await.unwrap();
            assert_eq!(world.stage.carrier.messages_to(ANA).len(), sent);
            // A member who agreed may be written to later, by day.
            says(world, BO, "COFFEE PLS").await;
            says(world, BO, "is the terrace open on monday mornings").await;
            world.rows.run("UPDATE enrolment SET left_at = 1").await;
            let seen = sam.open(&inbox).await;
            let reply = form(&seen.html, "reply");
            world.stage.clock.advance(Duration::hours(25));
            let late = sam.send(&inbox, &reply, &[("text", "Yes"), ("deed", "send")]).await;
            assert!(late.says("not a member, and their last text is more than a day old"), "{}", late.words());
        })
        .await;
}

#[tokio::test]
async fn photos_come_in_and_only_a_safe_address_is_led_to() {
    Plan::default()
        .on_both(async |world| {
            let shop = open(world).await;
            says(world, ANA, "COFFEE PLS").await;
            for (body, media) in [("BAL", "https://media.example/1"), ("REWARDS", "javascript:alert(1)")] {
                world.stage.clock.advance(Duration::seconds(61));
                let text = InboundText::new(ANA, NUMBER, body).media(media, "image/jpeg");
                world.stage.deliver(text, ANA).await.unwrap();
            }
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let seen = owner.open(&format!("/console/shops/{shop}/inbox")).await;
            // What is no web address is no attachment: it is dropped at the border.
            assert_eq!(seen.html.matches("Photo (image/jpeg)").count(), 1, "{}", seen.words());
            assert!(seen.html.contains("href=\"https://media.example/1\"") && !seen.html.contains("href=\"javascript"));
            let viewer = Visitor::signed_in(&world.api, "vera@bean.example").await;
            let path = format!("/console/shops/{shop}/inbox");
            assert_eq!(viewer.open(&path).await.status, StatusCode::FORBIDDEN);
            let csrf = viewer.open("/console/me").await.csrf();
            let done = form(&seen.html, "done");
            for form in [done.clone(), done.replace("/done", "/reply")] {
                assert_eq!(viewer.send_raw(&form, &[("csrf", &csrf)]).await.status, StatusCode::FORBIDDEN);
            }
            let elsewhere = format!("/console/shops/{shop}/inbox/{}/done", uuid::Uuid::nil());
            assert_eq!(owner.send(&path, &elsewhere, &[("done", "yes")]).await.status, StatusCode::NOT_FOUND);
        })
        .await;
}
