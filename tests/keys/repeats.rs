//! Writes that are sent again with the same `Idempotency-Key`.

use chrono::Duration;
use futures_util::future::{join_all, select_all};
use regulars::stage::OPERATOR_KEY;
use reqwest::Method;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend};
use secrecy::ExposeSecret;
use serde_json::json;
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::{
    harness::{
        self,
        api::{Answer, text},
        world::{World, until},
    },
    premises::{Premises, bare, post, send},
};

/// Lets no key be made until it is let go.
async fn hold(world: &World) -> DatabaseConnection {
    let mut options = ConnectOptions::new(world.stage.app.gateway().settings.database.url.expose_secret());
    options.max_connections(1);
    let held = Database::connect(options).await.unwrap();
    let begin = match held.get_database_backend() {
        DbBackend::Sqlite => "BEGIN IMMEDIATE",
        _ => "BEGIN; LOCK TABLE merchant IN ACCESS EXCLUSIVE MODE",
    };
    held.execute_unprepared(begin).await.unwrap();
    held
}

fn assert_replayed(again: &Answer, first: &Answer) {
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!((again.status, &again.text), (first.status, &first.text));
    for name in ["content-type", "location", "content-length"] {
        assert_eq!(again.header(name), first.header(name), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_is_done_once_and_answered_the_same_also_after_a_restart() {
    harness::on_both(|url| async move {
        let world = World::open(&url, bare()).await;
        let premises = Premises::open(&world).await;
        let owner = &premises.owner;
        let staff = json!({ "role": "staff", "name": "Till 1" });
        let first = post(&world.api, "/v1/keys", owner, "\"first\"", &staff).await;
        assert_eq!((first.status.as_u16(), first.header("idempotency-replayed")), (201, ""));
        assert_replayed(&post(&world.api, "/v1/keys", owner, "\"first\"", &staff).await, &first);
        assert_replayed(&post(&world.api, "/v1/keys", owner, "first", &staff).await, &first);

        let secret = text(&first.body, "api_key");
        let kept = json!(world.rows.all("SELECT key, fingerprint, answer FROM idempotency").await).to_string();
        assert!(kept.contains("first") && !kept.contains(&secret) && !kept.contains("Till 1"), "{kept}");

        let path = format!("/v1/shops/{}", premises.north);
        let patch = async |world: &World| send(&world.api, Method::PATCH, &path, owner, "p", r#"{"name":"N"}"#).await;
        let patched = patch(&world).await;
        assert_eq!(patched.status, 200);
        world.api.patch(&path, owner, json!({ "name": "Later" })).await.ok();
        let world = world.restart(async |_, _, _| {}).await;
        assert_replayed(&patch(&world).await, &patched);
        assert_eq!(world.api.get(&path, owner).await.ok()["name"], "Later", "a repeat changes nothing");
        assert_replayed(&post(&world.api, "/v1/keys", owner, "first", &staff).await, &first);
        assert_eq!(world.api.all("/v1/keys", owner, 50).await.len(), 2);

        let keyword = format!("/v1/shops/{}/keywords/{}", premises.north, premises.keyword);
        let delete = async || send(&world.api, Method::DELETE, &keyword, owner, "d", "").await;
        let deleted = delete().await;
        assert_eq!(deleted.status, 204);
        assert_replayed(&delete().await, &deleted);
        assert_eq!(send(&world.api, Method::DELETE, &keyword, owner, "other", "").await.status, 404);
        world.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_request_under_the_key_is_refused_and_another_callers_key_is_another() {
    bare()
        .on_both(async |world| {
            let premises = Premises::open(world).await;
            let (api, owner) = (&world.api, &premises.owner);
            let body = json!({ "role": "staff", "name": "Till" });
            let first = post(api, "/v1/keys", owner, "k", &body).await;
            assert_eq!(first.status, 201);
            let other = post(api, "/v1/keys", owner, "k", &json!({ "role": "owner", "name": "Till" })).await;
            assert!(other.problem(422).contains("another request"), "{}", other.text);
            let query = post(api, "/v1/keys?a=b", owner, "k", &body).await;
            query.problem(422);
            send(api, Method::PATCH, &format!("/v1/shops/{}", premises.north), owner, "k", "{}").await.problem(422);
            for key in [&premises.stranger, &premises.key(api, "owner", None).await] {
                let theirs = post(api, "/v1/keys", key, "k", &body).await;
                assert_eq!((theirs.status.as_u16(), theirs.header("idempotency-replayed")), (201, ""));
                assert_ne!(theirs.body["id"], first.body["id"]);
            }
            let merchant = json!({ "name": "Third" });
            let made = post(api, "/v1/merchants", OPERATOR_KEY, "k", &merchant).await;
            assert_replayed(&post(api, "/v1/merchants", OPERATOR_KEY, "k", &merchant).await, &made);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_not_kept_so_the_corrected_request_may_have_the_key() {
    bare()
        .on_both(async |world| {
            let premises = Premises::open(world).await;
            let (api, owner) = (&world.api, &premises.owner);
            post(api, "/v1/keys", owner, "k", &json!({ "role": "king", "name": "Till" })).await.problem(422);
            post(api, "/v1/keys", owner, "k", &json!({ "role": "staff" })).await.problem(422);
            send(api, Method::POST, "/v1/keys", owner, "k", "{").await.problem(400);
            assert_eq!(world.rows.count("idempotency").await, 0);
            let corrected = post(api, "/v1/keys", owner, "k", &json!({ "role": "staff", "name": "Till" })).await;
            assert_eq!(corrected.status, 201);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_may_stand_in_the_body_and_what_is_no_key_is_refused() {
    bare()
        .on_both(async |world| {
            let premises = Premises::open(world).await;
            let (api, owner) = (&world.api, &premises.owner);
            let body = json!({ "role": "staff", "name": "Till", "idempotency_key": "in-the-body" });
            let first = api.post("/v1/keys", owner, body.clone()).await;
            assert_eq!(first.status, 201, "{}", first.text);
            assert_replayed(&api.post("/v1/keys", owner, body.clone()).await, &first);
            assert_replayed(&post(api, "/v1/keys", owner, "in-the-body", &body).await, &first);
            post(api, "/v1/keys", owner, "in-the-header", &body).await.problem(400);

            let long = "k".repeat(129);
            for wrong in ["", "\"\"", "two words", "\"open", &long] {
                let plain = json!({ "role": "staff", "name": "Till" });
                let refused = post(api, "/v1/keys", owner, wrong, &plain).await;
                refused.problem(400);
                assert_eq!(refused.fields(), ["Idempotency-Key"], "{wrong}");
            }
            for wrong in [json!(5), json!(""), json!(null), json!(long)] {
                let body = json!({ "role": "staff", "name": "Till", "idempotency_key": wrong });
                api.post("/v1/keys", owner, body).await.problem(400);
            }
            send(api, Method::POST, "/v1/keys", owner, "k", &" ".repeat(70_000)).await.problem(413);
            assert_eq!(api.all("/v1/keys", owner, 50).await.len(), 2);
            // Reading is always repeatable.
            assert_eq!(send(api, Method::GET, "/v1/keys", owner, "in-the-body", "").await.status, 200);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_first_is_under_way_a_repeat_is_told_so() {
    bare()
        .on_both(async |world| {
            let premises = Premises::open(world).await;
            let (api, owner) = (&world.api, &premises.owner);
            let body = json!({ "role": "staff", "name": "Till" });
            let held = hold(world).await;
            let both = [0, 1].map(|_| Box::pin(post(api, "/v1/keys", owner, "k", &body)));
            let (told, _, mut other) = select_all(both).await;
            assert!(told.problem(409).contains("still being worked on"), "{}", told.text);
            assert_eq!(told.header("retry-after"), "1");
            held.execute_unprepared("ROLLBACK").await.unwrap();
            let first = other.remove(0).await;
            assert_eq!(first.status, 201, "{}", first.text);
            held.close().await.unwrap();
            assert_replayed(&post(api, "/v1/keys", owner, "k", &body).await, &first);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_hangs_up_finds_the_answer_later() {
    bare()
        .on_postgres(async |world| {
            let premises = Premises::open(world).await;
            let (api, owner) = (&world.api, &premises.owner);
            let body = json!({ "role": "staff", "name": "Till" });
            let held = hold(world).await;
            let mut caller = TcpStream::connect(api.address).await.unwrap();
            let written = body.to_string();
            let request = format!(
                "POST /v1/keys HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {owner}\r\nIdempotency-Key: k\r\n\
                 Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{written}",
                written.len()
            );
            caller.write_all(request.as_bytes()).await.unwrap();
            until("the request is under way", || async { world.rows.count("idempotency").await == 1 }).await;
            drop(caller);
            post(api, "/v1/keys", owner, "k", &body).await.problem(409);
            held.execute_unprepared("ROLLBACK").await.unwrap();
            held.close().await.unwrap();
            let done = "idempotency WHERE state = 'done'";
            until("its answer is kept", || async { world.rows.count(done).await == 1 }).await;
            let again = post(api, "/v1/keys", owner, "k", &body).await;
            assert_eq!((again.status.as_u16(), again.header("idempotency-replayed")), (201, "true"));
            assert_eq!(api.all("/v1/keys", owner, 50).await.len(), 2);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_once_one_is_done() {
    bare()
        .on_both(async |world| {
            let premises = Premises::open(world).await;
            let (api, owner) = (&world.api, &premises.owner);
            let body = json!({ "role": "staff", "name": "Till" });
            let answers = join_all((0..20).map(|_| post(api, "/v1/keys", owner, "k", &body))).await;
            let done: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
            assert!(!done.is_empty() && done.iter().all(|answer| answer.text == done[0].text));
            assert!(answers.iter().all(|answer| [201, 409].contains(&answer.status.as_u16())));
            assert_eq!(api.all("/v1/keys", owner, 50).await.len(), 2);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_died_over_a_request_holds_its_key_for_a_minute() {
    bare()
        .on_both(async |world| {
            let premises = Premises::open(world).await;
            let (api, owner) = (&world.api, &premises.owner);
            let body = json!({ "role": "staff", "name": "Till" });
            assert_eq!(post(api, "/v1/keys", owner, "k", &body).await.status, 201);
            world.rows.run("UPDATE idempotency SET state = 'running', answer = NULL").await;
            post(api, "/v1/keys", owner, "k", &body).await.problem(409);
            post(api, "/v1/keys", owner, "k", &json!({})).await.problem(422);
            world.stage.clock.advance(Duration::seconds(61));
            let again = post(api, "/v1/keys", owner, "k", &body).await;
            assert_eq!((again.status.as_u16(), again.header("idempotency-replayed")), (201, ""));
            assert_replayed(&post(api, "/v1/keys", owner, "k", &body).await, &again);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_kept_for_a_day() {
    bare()
        .on_both(async |world| {
            let premises = Premises::open(world).await;
            let (api, owner) = (&world.api, &premises.owner);
            let body = json!({ "role": "staff", "name": "Till" });
            let first = post(api, "/v1/keys", owner, "k", &body).await;
            world.stage.pass(Duration::hours(24)).await.unwrap();
            assert_replayed(&post(api, "/v1/keys", owner, "k", &body).await, &first);
            world.stage.pass(Duration::seconds(1)).await.unwrap();
            assert_eq!(world.rows.count("idempotency").await, 0);
            let anew = post(api, "/v1/keys", owner, "k", &body).await;
            assert_ne!(anew.body["id"], first.body["id"]);
        })
        .await;
}
