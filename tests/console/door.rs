//! Coming in, and what comes in from elsewhere.

use regulars::stage::{
    OPERATOR_KEY,
    people::{OPERATOR, OWNER, PASSWORD, furnish},
};
use reqwest::StatusCode;

use crate::harness::{
    visitor::Visitor,
    world::{Plan, World},
};

async fn with_people(world: &World) {
    furnish(world.stage.app.gateway()).await.unwrap();
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_led_to_the_door_and_then_to_where_they_wanted() {
    Plan::default()
        .on_both(async |world| {
            with_people(world).await;
            let visitor = Visitor::new(&world.api);
            let seen = visitor.open("/console/me").await;
            assert_eq!(seen.status, StatusCode::SEE_OTHER);
            let door = seen.location.unwrap();
            assert_eq!(door, "/console/sign-in?next=%2Fconsole%2Fme");
            assert!(visitor.open(&door).await.html.contains("value=\"/console/me\""));
            let seen = visitor.sign_in(" Ana@Bean.example ", PASSWORD, "/console/me").await;
            assert_eq!((seen.status, seen.location.as_deref()), (StatusCode::SEE_OTHER, Some("/console/me")));
            assert!(visitor.open("/console/me").await.says("Ana Flores"));
        })
        .await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_email_are_answered_alike_and_guessing_is_slowed() {
    Plan::default()
        .on_both(async |world| {
            with_people(world).await;
            let visitor = Visitor::new(&world.api);
            let wrong = visitor.sign_in(OWNER, "not the password", "").await;
            let unknown = visitor.sign_in("nobody@bean.example", "not the password", "").await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(wrong.html.replace(OWNER, "X"), unknown.html.replace("nobody@bean.example", "X"));
            for _ in 0..4 {
                visitor.sign_in(OWNER, "not the password", "").await;
            }
            let refused = visitor.sign_in(OWNER, PASSWORD, "").await;
            assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
            assert!(refused.says("Wait 15 seconds"), "{}", refused.words());
            world.stage.clock.advance(chrono::Duration::seconds(16));
            assert_eq!(visitor.sign_in(OWNER, PASSWORD, "").await.status, StatusCode::SEE_OTHER);
        })
        .await;
}

/// Guesses at the owner's password; how each was answered.
async fn guess(visitor: &Visitor, times: usize) -> Vec<StatusCode> {
    let mut answers = Vec::new();
    for _ in 0..times {
        answers.push(visitor.sign_in(OWNER, "not the password", "").await.status);
    }
    answers
}

#[tokio::test]
async fn waits_grow_and_are_the_same_for_whoever_guesses_in_new_sessions() {
    Plan::default()
        .on_both(async |world| {
            with_people(world).await;
            let wrong = StatusCode::UNPROCESSABLE_ENTITY;
            // Each from a browser of its own, which begins with nothing.
            for _ in 0..5 {
                assert_eq!(guess(&Visitor::new(&world.api), 1).await, [wrong]);
            }
            for seconds in [15, 30, 60, 120, 240, 480, 900, 900] {
                let refused = Visitor::new(&world.api).sign_in(OWNER, PASSWORD, "").await;
                assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "{seconds}");
                world.stage.clock.advance(chrono::Duration::seconds(seconds - 1));
                assert_eq!(guess(&Visitor::new(&world.api), 1).await, [StatusCode::TOO_MANY_REQUESTS], "{seconds}");
                world.stage.clock.advance(chrono::Duration::seconds(1));
                assert_eq!(guess(&Visitor::new(&world.api), 1).await, [wrong], "{seconds}");
            }
            // The right one after the wait works, and the guesses are forgotten.
            world.stage.clock.advance(chrono::Duration::minutes(15));
            let seen = Visitor::new(&world.api).sign_in(OWNER, PASSWORD, "").await;
            assert_eq!(seen.status, StatusCode::SEE_OTHER);
            assert_eq!(guess(&Visitor::new(&world.api), 5).await, [wrong; 5]);
        })
        .await;
}

#[tokio::test]
async fn whoever_guesses_does_not_keep_the_owner_out_of_their_own_browser() {
    Plan::default()
        .on_both(async |world| {
            with_people(world).await;
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            owner.send("/console/me", "/console/sign-out", &[]).await;
            let evil = Visitor::new(&world.api);
            guess(&evil, 5).await;
            for _ in 0..8 {
                world.stage.clock.advance(chrono::Duration::minutes(15));
                assert_eq!(guess(&evil, 1).await, [StatusCode::UNPROCESSABLE_ENTITY]);
            }
            // Nobody gets in at a browser that is not known, not even they; they do at theirs.
            let elsewhere = Visitor::new(&world.api).sign_in(OWNER, PASSWORD, "").await;
            assert_eq!(elsewhere.status, StatusCode::TOO_MANY_REQUESTS);
            assert_eq!(owner.sign_in(OWNER, PASSWORD, "").await.status, StatusCode::SEE_OTHER);
            // Their mark is theirs alone: it makes nothing free at somebody else's door, nor does one that is made up.
            let mark = owner.cookie("regulars-known").unwrap();
            for mark in [mark.as_str(), "0.0", &mark.replace('.', "")] {
                evil.keep("regulars-known", mark);
                let max = evil.sign_in("max@bean.example", "wrong", "").await.status;
                assert_eq!(max, StatusCode::UNPROCESSABLE_ENTITY);
            }
            evil.keep("regulars-known", &mark.replace('.', ".0"));
            assert_eq!(guess(&evil, 1).await, [StatusCode::TOO_MANY_REQUESTS]);
            // Who has stolen the mark has as few guesses as anybody, and makes none free for others.
            evil.keep("regulars-known", &owner.cookie("regulars-known").unwrap());
            let answers = guess(&evil, 6).await;
            assert_eq!(answers[4..], [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::TOO_MANY_REQUESTS]);
        })
        .await;
}

#[tokio::test]
async fn signing_in_takes_a_new_session_and_signing_out_ends_it() {
    Plan::default()
        .on_both(async |world| {
            with_people(world).await;
            let visitor = Visitor::new(&world.api);
            visitor.keep("regulars", "chosen-by-somebody-else");
            visitor.sign_in(OWNER, PASSWORD, "").await;
            let token = visitor.cookie("regulars").unwrap();
            assert_ne!(token, "chosen-by-somebody-else");
            // Signing in again in the same browser ends the session before.
            let fields = [("email", OWNER), ("password", PASSWORD)];
            let seen = visitor.send("/console/sign-in", "/console/sign-in", &fields).await;
            assert_eq!(seen.location.as_deref(), Some("/console"));
            let former = Visitor::new(&world.api);
            former.keep("regulars", &token);
            assert_eq!(former.open("/console/me").await.status, StatusCode::SEE_OTHER);
            let token = visitor.cookie("regulars").unwrap();
            let seen = visitor.send("/console/me", "/console/sign-out", &[]).await;
            assert_eq!(seen.location.as_deref(), Some("/console/sign-in"));
            assert_eq!(visitor.cookie("regulars"), None);
            former.keep("regulars", &token);
            assert_eq!(former.open("/console/me").await.status, StatusCode::SEE_OTHER);
        })
        .await;
}

#[tokio::test]
async fn a_session_ends_after_thirty_days_without_use() {
    Plan::default()
        .on_both(async |world| {
            with_people(world).await;
            let visitor = Visitor::signed_in(&world.api, OWNER).await;
            world.stage.clock.advance(chrono::Duration::days(29));
            assert_eq!(visitor.open("/console/me").await.status, StatusCode::OK);
            world.stage.clock.advance(chrono::Duration::days(29));
            assert_eq!(visitor.open("/console/me").await.status, StatusCode::OK);
            world.stage.clock.advance(chrono::Duration::days(31));
            assert_eq!(visitor.open("/console/me").await.status, StatusCode::SEE_OTHER);
        })
        .await;
}

#[tokio::test]
async fn a_form_that_another_site_sends_does_nothing() {
    Plan::default()
        .on_sqlite(async |world| {
            with_people(world).await;
            let visitor = Visitor::signed_in(&world.api, OWNER).await;
            let csrf = visitor.open("/console/me").await.csrf();
            assert_eq!(csrf.len(), 64);
            let fields = [("language", "es"), ("csrf", csrf.as_str())];
            for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
                let seen = visitor.send_with("/console/me", &fields, name, value).await;
                assert_eq!(seen.status, StatusCode::FORBIDDEN, "{name}");
            }
            let other = Visitor::signed_in(&world.api, OPERATOR).await.open("/console/me").await.csrf();
            for wrong in ["", "0", other.as_str()] {
                let seen = visitor.send_raw("/console/me", &[("language", "es"), ("csrf", wrong)]).await;
                assert_eq!(seen.status, StatusCode::BAD_REQUEST);
            }
            assert!(visitor.open("/console/me").await.html.contains("<html lang=\"en\">"));
            let seen = visitor.send_raw("/console/me", &fields).await;
            assert_eq!(seen.location.as_deref(), Some("/console/me?done=language"));
            let seen = visitor.follow("/console/me?done=language").await;
            assert!(seen.says("Ahora tus páginas están en español."), "{}", seen.words());
        })
        .await;
}

#[tokio::test]
async fn the_first_operator_is_whoever_holds_the_operators_key() {
    Plan::default()
        .on_both(async |world| {
            let visitor = Visitor::new(&world.api);
            assert!(visitor.open("/console/sign-in").await.says("Nobody can sign in here yet."));
            let fields =
                |key| [("key", key), ("name", "Olga"), ("email", OPERATOR), ("password", PASSWORD), ("csrf", "")];
            let seen = visitor.send_raw("/console/set-up", &fields("guess")).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.says("not the operator’s key"));
            let seen = visitor.send_raw("/console/set-up", &fields(OPERATOR_KEY)).await;
            assert_eq!(seen.location.as_deref(), Some("/console"));
            // There is one now, so the page is gone, even for who holds the key.
            let other = Visitor::new(&world.api);
            let seen = other.send_raw("/console/set-up", &fields(OPERATOR_KEY)).await;
            assert_eq!(seen.location.as_deref(), Some("/console/sign-in"));
        })
        .await;
}

#[tokio::test]
async fn every_page_says_that_nothing_may_come_from_elsewhere() {
    Plan::default()
        .on_sqlite(async |world| {
            let seen = Visitor::new(&world.api).open("/console/sign-in").await;
            let policy = seen.headers.get("content-security-policy").unwrap().to_str().unwrap();
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
            assert!(!seen.html.contains(" style=") && !seen.html.contains("<script>"), "{}", seen.html);
        })
        .await;
}
