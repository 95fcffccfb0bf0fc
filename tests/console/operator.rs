//! What the operator sees: senders with their health, what passes, the settings in force; and nobody else sees it.

use std::time::Duration;

use chrono::Duration as Span;
use regulars::{
    service::figures::catch_up,
    stage::{
        people::{OPERATOR, OWNER, furnish},
        shops::NUMBER,
    },
};
use reqwest::StatusCode;

use crate::harness::{
    visitor::Visitor,
    world::{Plan, World, until, within},
};

const ANA: &str = "+14155550191";
const PAGES: [&str; 4] = [
    "/console/operator/senders",
    "/console/operator/traffic",
    "/console/operator/traffic/tail",
    "/console/operator/settings",
];

async fn operator(world: &World) -> Visitor {
    furnish(world.stage.app.gateway()).await.unwrap();
    Visitor::signed_in(&world.api, OPERATOR).await
}

async fn say(world: &World, body: &str) {
    let answer = world.provider.messages(&world.provider.text(ANA, NUMBER, body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    world.stage.settled().await.unwrap();
}

#[tokio::test]
async fn only_operators_come_here() {
    Plan::default()
        .on_both(async |world| {
            operator(world).await;
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let stranger = Visitor::new(&world.api);
            for page in PAGES {
                assert_eq!(owner.open(page).await.status, StatusCode::FORBIDDEN, "{page}");
                assert_eq!(stranger.open(page).await.status, StatusCode::SEE_OTHER, "{page}");
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_senders_health_is_what_it_did_lately_what_waits_and_why_it_rests() {
    Plan::default()
        .on_both(async |world| {
            let visitor = operator(world).await;
            say(world, "COFFEE PLS").await;
            world.stage.clock.advance(Span::minutes(1));
            let gateway = world.stage.app.gateway();
            until("the text that came in is counted", || async {
                catch_up(&gateway.store, &gateway.directory, world.stage.clock.now()).await.unwrap();
                visitor.open("/console/operator/senders").await.says("1 in, 1 out")
            })
            .await;
            let seen = visitor.open("/console/operator/senders").await;
            assert!(seen.says(NUMBER) && seen.says("0 failed: 0.0%"), "{}", seen.words());
            assert!(seen.says("Provider accounts"), "{}", seen.words());
            let sender = gateway.directory.read().directory.all_senders().next().unwrap().id;
            let rests = world.stage.clock.now() + Span::hours(1);
            gateway.store.lease_sender(sender, "other", world.stage.clock.now() + Span::hours(2), rests).await.unwrap();
            gateway.store.pause_sender(sender, rests, "Authenticate <b>").await.unwrap();
            let seen = visitor.open("/console/operator/senders").await;
            assert!(seen.says("Rests until") && seen.html.contains("Authenticate &#60;b&#62;"), "{}", seen.words());
            assert_eq!(visitor.open("/console/operator/senders?after=nothing").await.status, StatusCode::OK);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_passes_is_told_masked_and_without_what_is_said() {
    Plan::default()
        .on_both(async |world| {
            let visitor = operator(world).await;
            let before = visitor.open("/console/operator/traffic").await;
            assert!(before.says("Nothing waits to be sent.") && before.says("None since the start."));
            say(world, "COFFEE PLS").await;
            let forged = world.provider.text(ANA, NUMBER, "COFFEE PLS");
            let answer = world.provider.post("/webhooks/twilio/messages", &forged, Some("forged")).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN);
            until("the send is among the last lines", || async {
                visitor.open("/console/operator/traffic").await.says("sent …91")
            })
            .await;
            let seen = visitor.open("/console/operator/traffic").await;
            assert!(seen.says("text in …91"), "{}", seen.words());
            assert!(seen.says("the signature does not fit /webhooks/twilio/messages 127.0.0.1"), "{}", seen.words());
            assert!(!seen.html.contains("4155550191") && !seen.html.contains("COFFEE"));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_come_as_they_are_written_and_the_stream_ends_with_the_gateway() {
    Plan::default()
        .on_sqlite(async |world| {
            let visitor = operator(world).await;
            let cookie = visitor.cookie("regulars").unwrap();
            let request = world.api.client.get(world.api.url("/console/operator/traffic/tail"));
            let request = request.header("cookie", format!("regulars={cookie}")).header("accept-encoding", "gzip");
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK);
            assert!(response.headers()["content-type"].to_str().unwrap().starts_with("text/event-stream"));
            let mut response = response;
            let mut heard = String::new();
            say(world, "COFFEE PLS").await;
            within("a line is heard", async {
                while !heard.contains("\"what\":\"sent\"") {
                    heard.push_str(std::str::from_utf8(&response.chunk().await.unwrap().unwrap()).unwrap());
                }
            })
            .await;
            assert!(heard.starts_with("retry: 3000\n\n") && heard.contains("\"what\":\"text in\""), "{heard}");
            assert!(heard.contains("\"phone\":\"…91\"") && !heard.contains("COFFEE") && !heard.contains("5550191"));
            // A stop does not wait for whoever looks on.
            world.stage.app.gateway().tail.stop().cancel();
            let ended = tokio::time::timeout(Duration::from_secs(10), async {
                while let Ok(Some(_)) = response.chunk().await {}
            });
            assert!(ended.await.is_ok());
        })
        .await;
}

#[tokio::test]
async fn the_settings_in_force_are_shown_without_secrets() {
    Plan::default()
        .on_sqlite(async |world| {
            let visitor = operator(world).await;
            let seen = visitor.open("/console/operator/settings").await;
            for words in ["[server]", "public_url", "[limits]", "api_key set", "signing_key not set"] {
                assert!(seen.says(words), "{words}: {}", seen.words());
            }
            let settings = &world.stage.app.gateway().settings;
            use secrecy::ExposeSecret;
            for secret in [&settings.operator.api_key, &settings.twilio.auth_token, &settings.secrets.key] {
                assert!(!seen.html.contains(secret.expose_secret()));
            }
        })
        .await;
}
