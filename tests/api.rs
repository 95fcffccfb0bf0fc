//! A gateway set up and looked into by HTTP alone, on both databases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod harness;

use harness::api::{Answer, Api, text};
use regulars::{
    http::api::RESOURCES,
    stage::{OPERATOR_KEY, Stage, settings},
};
use reqwest::Method;
use sea_orm::{ConnectionTrait, Database};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

/// A gateway and the way to it.
struct Play {
    stage: Stage,
    api: Api,
}

impl std::ops::Deref for Play {
    type Target = Api;

    fn deref(&self) -> &Api {
        &self.api
    }
}

/// Plays on a gateway that knows nobody yet, on both databases.
async fn on_both(play: impl AsyncFn(&Play)) {
    let play = &play;
    harness::on_both(|url| async move { on(&url, play).await }).await;
}

/// The same on SQLite alone, where the database does not matter.
async fn on_sqlite(play: impl AsyncFn(&Play)) {
    let play = &play;
    harness::on_sqlite(|url| async move { on(&url, play).await }).await;
}

async fn on(database_url: &str, play: &impl AsyncFn(&Play)) {
    let stage = Stage::bare(settings(database_url).unwrap()).await.unwrap();
    let api = Api::at(stage.app.address());
    let playing = Play { stage, api };
    play(&playing).await;
    playing.stage.stop().await;
}

impl Play {
    /// Texts from a phone and waits for the replies.
    async fn text(&self, phone: &str, to: &str, body: &str) -> Vec<String> {
        let text = regulars::sandbox::InboundText::new(phone, to, body);
        self.stage.deliver(text, phone).await.unwrap()
    }
}

const NUMBER: &str = "+14155550100";
const ANA: &str = "+14155550199";

#[actix_web::test]
async fn a_gateway_is_set_up_by_http_alone_and_a_text_makes_a_member() {
    on_both(async |api| {
        let (merchant_id, key) = api.merchant("Bean There").await;
        let sender = api.sender(NUMBER).await;
        assert_eq!(sender["merchant_id"], Value::Null);
        let shop_id = api.shop(&key, "Bean There", NUMBER).await;
        let keyword = api.keyword(&key, &shop_id, "Coffee, PLS!").await;
        assert_eq!((&keyword["phrase"], &keyword["sender"]), (&json!("Coffee, PLS!"), &json!(NUMBER)));

        let replies = api.text(ANA, NUMBER, "coffee pls").await;
        assert!(!replies.is_empty());
        api.text(ANA, NUMBER, "BAL").await;
        api.stage.carrier.wait_for_callbacks().await;

        for phone in ["%2B14155550199", "+14155550199"] {
            let members = api.get(&format!("/v1/members?phone={phone}&shop_id={shop_id}"), &key).await.ok();
            let member = &members["items"][0];
            assert_eq!((&member["phone"], &member["merchant_id"]), (&json!(ANA), &json!(merchant_id)));
            assert_eq!((&member["balance"], &member["opted_out"]), (&json!(7), &json!(false)));
            let enrolment = &member["enrolments"][0];
            assert_eq!((&enrolment["shop_id"], &enrolment["shop"]), (&json!(shop_id), &json!("Bean There")));
            assert_eq!((&enrolment["keyword"], &enrolment["source"]), (&json!("Coffee, PLS!"), &json!("door")));
        }
        let id = text(&api.get("/v1/members", &key).await.ok()["items"][0], "id");
        let member = api.get(&format!("/v1/members/{id}"), &key).await.ok();
        assert_eq!(member["id"], json!(id));
        let entries = api.all(&format!("/v1/members/{id}/entries"), &key, 1).await;
        let points: i64 = entries.iter().map(|entry| entry["points"].as_i64().unwrap()).sum();
        assert_eq!(json!(points), member["balance"]);
        let consents = api.all(&format!("/v1/members/{id}/consents"), &key, 50).await;
        assert_eq!((&consents[0]["kind"], &consents[0]["typed"]), (&json!("opt_in"), &json!("coffee pls")));
        assert_eq!(consents[0]["shown"], json!(replies.join("\n")));
    })
    .await;
}

#[actix_web::test]
async fn a_conversation_is_listed_newest_first_with_what_became_of_each_text() {
    on_both(async |api| {
        let (_, key) = api.merchant("Bean There").await;
        api.sender(NUMBER).await;
        let shop_id = api.shop(&key, "Bean There", NUMBER).await;
        api.keyword(&key, &shop_id, "coffee").await;
        for body in ["coffee", "BAL", "STOP"] {
            api.text(ANA, NUMBER, body).await;
        }
        api.stage.carrier.wait_for_callbacks().await;

        let member = api.get("/v1/members", &key).await.ok()["items"][0].clone();
        assert_eq!(member["opted_out"], json!(true));
        let path = format!("/v1/members/{}/messages", text(&member, "id"));
        let all = api.all(&path, &key, 50).await;
        let directions: Vec<_> = all.iter().map(|message| text(message, "direction")).collect();
        assert_eq!(directions, ["outbound", "inbound", "outbound", "inbound", "outbound", "inbound"]);
        assert_eq!(all, api.all(&path, &key, 1).await, "the same one by one");
        assert_eq!(
            (&all[5]["body"], &all[3]["body"], &all[1]["body"]),
            (&json!("coffee"), &json!("BAL"), &json!("STOP"))
        );
        for reply in all.iter().step_by(2) {
            assert_eq!((&reply["state"], &reply["delivery"]), (&json!("sent"), &json!("delivered")), "{reply}");
            assert_eq!((&reply["attempts"], &reply["sender"]), (&json!(1), &json!(NUMBER)));
            assert!(reply["segments"].as_i64().unwrap() >= 1);
            assert!(text(reply, "provider_message_id").starts_with("SM"));
        }
    })
    .await;
}

#[actix_web::test]
async fn one_merchant_never_sees_what_is_anothers() {
    on_both(async |api| {
        api.sender(NUMBER).await;
        let (bean_id, bean) = api.merchant("Bean There").await;
        let (crumb_id, crumb) = api.merchant("Crumb & Co").await;
        let bean_shop = api.shop(&bean, "Bean There", NUMBER).await;
        let crumb_shop = api.shop(&crumb, "Crumb & Co", NUMBER).await;
        let coffee = api.keyword(&bean, &bean_shop, "coffee").await;
        api.keyword(&crumb, &crumb_shop, "bread").await;
        for body in ["coffee", "bread", "BAL"] {
            api.text(ANA, NUMBER, body).await;
        }

        for list in ["/v1/merchants", "/v1/shops", "/v1/members"] {
            assert_eq!(api.all(list, OPERATOR_KEY, 50).await.len(), 2, "{list}");
            assert_eq!(api.all(list, &bean, 50).await.len(), 1, "{list}");
        }
        let theirs = text(&api.all("/v1/members", &bean, 50).await[0], "id");
        let coffee_path = format!("/v1/shops/{bean_shop}/keywords/{}", text(&coffee, "id"));
        for path in [
            format!("/v1/merchants/{bean_id}"),
            format!("/v1/shops/{bean_shop}"),
            format!("/v1/shops/{bean_shop}/keywords"),
            coffee_path.clone(),
            format!("/v1/members/{theirs}"),
            format!("/v1/members/{theirs}/entries"),
            format!("/v1/members/{theirs}/messages"),
            format!("/v1/members/{theirs}/consents"),
        ] {
            assert_eq!(api.get(&path, &bean).await.status, 200, "{path}");
            api.get(&path, &crumb).await.problem(404);
        }
        api.patch(&format!("/v1/shops/{bean_shop}"), &crumb, json!({ "name": "Mine" })).await.problem(404);
        api.patch(&coffee_path, &crumb, json!({ "phrase": "mine" })).await.problem(404);
        api.call(Method::DELETE, &coffee_path, &crumb, None).await.problem(404);
        api.post(&format!("/v1/shops/{bean_shop}/keywords"), &crumb, json!({ "phrase": "mine" })).await.problem(404);
        let shop = json!({ "merchant_id": crumb_id, "name": "Mine", "sender": NUMBER });
        assert_eq!(api.post("/v1/shops", &bean, shop).await.fields(), ["merchant_id"]);
        api.post("/v1/merchants", &bean, json!({ "name": "Another" })).await.problem(403);
        api.post("/v1/senders", &bean, json!({ "address": "+14155550101" })).await.problem(403);

        let messages = api.all(&format!("/v1/members/{theirs}/messages"), &bean, 50).await;
        let said = messages
            .iter()
            .filter_map(|message| message["body"].as_str().filter(|_| message["direction"] == "outbound"));
        let said: Vec<&str> = said.collect();
        assert!(!said.is_empty() && said.iter().all(|body| !body.contains("Crumb")), "{said:?}");
        assert!(messages.iter().any(|message| message["body"].is_null()), "the balance at both shops is withheld");
    })
    .await;
}

#[actix_web::test]
async fn a_sender_kept_for_one_merchant_is_of_no_use_to_another() {
    on_both(async |api| {
        let (bean_id, bean) = api.merchant("Bean There").await;
        let (_, crumb) = api.merchant("Crumb & Co").await;
        let own = json!({ "address": NUMBER, "merchant_id": bean_id, "messages_per_second": 2.5 });
        let own = api.post("/v1/senders", OPERATOR_KEY, own).await.created();
        let path = format!("/v1/senders/{}", text(&own, "id"));
        assert_eq!(api.get(&path, &bean).await.ok(), own);
        api.get(&path, &crumb).await.problem(404);
        assert!(api.all("/v1/senders", &crumb, 50).await.is_empty());
        let shop = json!({ "name": "Crumb & Co", "sender": NUMBER });
        let refused = api.post("/v1/shops", &crumb, shop.clone()).await;
        refused.problem(404);
        assert_eq!(refused.fields(), ["sender"]);

        let shared = api.patch(&path, OPERATOR_KEY, json!({ "merchant_id": null })).await.ok();
        assert_eq!(shared["merchant_id"], Value::Null);
        api.post("/v1/shops", &crumb, shop).await.created();
        let back = api.patch(&path, OPERATOR_KEY, json!({ "merchant_id": bean_id })).await;
        assert!(back.problem(409).contains("another merchant"));
    })
    .await;
}

#[actix_web::test]
async fn an_account_comes_with_a_sender_and_its_tokens_are_never_shown() {
    on_both(async |api| {
        let account_sid = format!("AC{}", "7".repeat(32));
        let account = json!({ "account_sid": account_sid, "auth_token": "first-token", "api_base_url": "https://x.example/api" });
        let new = json!({ "address": NUMBER, "account": account, "service_sid": "MG1" });
        let sender = api.post("/v1/senders", OPERATOR_KEY, new).await.created();
        assert_eq!((&sender["account_sid"], &sender["service_sid"]), (&json!(account_sid), &json!("MG1")));
        let path = format!("/v1/senders/{}", text(&sender, "id"));
        let rotated = json!({ "account": { "account_sid": account_sid, "auth_token": "second", "auth_token_previous": "first-token" } });
        let after = api.patch(&path, OPERATOR_KEY, rotated).await.ok();
        assert_eq!(after, sender, "the address of the API stays, tokens are not shown");
        assert!(!after.to_string().contains("token"));
        let second = json!({ "address": "+14155550101", "account": account_sid });
        assert_eq!(api.post("/v1/senders", OPERATOR_KEY, second).await.created()["account_sid"], json!(account_sid));

        let missing = json!({ "address": "+14155550102", "account": "ACunknown" });
        assert_eq!(api.post("/v1/senders", OPERATOR_KEY, missing).await.fields(), ["account"]);
        let odd = json!({ "address": "+14155550102", "account": { "account_sid": "PN1", "auth_token": "t" } });
        assert_eq!(api.post("/v1/senders", OPERATOR_KEY, odd).await.fields(), ["account.account_sid"]);
        let unknown = json!({ "address": "+14155550102", "account": { "account_sid": "PN1", "auth_token": "t", "tokn": 1 } });
        assert_eq!(api.post("/v1/senders", OPERATOR_KEY, unknown).await.fields(), ["account.tokn"]);
        let pigeon = json!({ "account_sid": account_sid, "auth_token": "t", "provider": "pigeon", "signing_key": "" });
        let pigeon = json!({ "address": "+14155550102", "account": pigeon });
        let refused = api.post("/v1/senders", OPERATOR_KEY, pigeon).await;
        assert_eq!(refused.fields(), ["account.signing_key", "account.provider"]);
        let again = api.post("/v1/senders", OPERATOR_KEY, json!({ "address": NUMBER })).await;
        assert!(again.problem(409).contains("already"));
    })
    .await;
}

#[actix_web::test]
async fn keywords_that_would_mean_two_things_are_refused_and_the_phrase_is_named() {
    on_both(async |api| {
        api.sender(NUMBER).await;
        let (_, bean) = api.merchant("Bean There").await;
        let (_, crumb) = api.merchant("Crumb & Co").await;
        let bean_shop = api.shop(&bean, "Bean There", NUMBER).await;
        let crumb_shop = api.shop(&crumb, "Crumb & Co", NUMBER).await;
        let march =
            json!({ "phrase": "Café", "starts_at": "2026-03-01T00:00:00Z", "ends_at": "2026-04-01T00:00:00+02:00" });
        let keywords = format!("/v1/shops/{bean_shop}/keywords");
        let first = api.post(&keywords, &bean, march).await.created();
        assert_eq!(first["ends_at"], json!("2026-03-31T22:00:00Z"));

        let others = format!("/v1/shops/{crumb_shop}/keywords");
        let clash = api.post(&others, &crumb, json!({ "phrase": "CAFE", "starts_at": "2026-03-15T00:00:00Z" })).await;
        let detail = clash.problem(409);
        assert!(detail.contains("Café") && !detail.contains("Bean"), "{detail}");
        let later = json!({ "phrase": "CAFE", "starts_at": "2026-04-01T00:00:00Z" });
        let later = api.post(&others, &crumb, later).await.created();
        let later_path = format!("{others}/{}", text(&later, "id"));
        api.patch(&later_path, &crumb, json!({ "starts_at": null })).await.problem(409);
        assert_eq!(api.patch(&later_path, &crumb, json!({ "phrase": "Cafe!" })).await.ok()["phrase"], "Cafe!");

        let first_path = format!("{keywords}/{}", text(&first, "id"));
        let deleted = api.call(Method::DELETE, &first_path, &bean, None).await;
        assert_eq!(deleted.status, 204);
        api.get(&first_path, &bean).await.problem(404);
        assert!(api.all(&keywords, &bean, 50).await.is_empty());
        assert_eq!(api.patch(&later_path, &crumb, json!({ "starts_at": null })).await.ok()["starts_at"], Value::Null);

        for (body, field, status) in [
            (json!({ "phrase": "stop" }), "phrase", 409),
            (json!({ "phrase": "one two three four five six" }), "phrase", 409),
            (json!({ "phrase": "x".repeat(61) }), "phrase", 422),
            (json!({ "phrase": "tea", "starts_at": "tomorrow" }), "starts_at", 422),
            (
                json!({ "phrase": "tea", "starts_at": "2026-03-02T00:00:00Z", "ends_at": "2026-03-01T00:00:00Z" }),
                "ends_at",
                409,
            ),
            (json!({ "phrase": "tea", "sender": "+19995550000" }), "sender", 404),
        ] {
            let refused = api.post(&keywords, &bean, body).await;
            refused.problem(status);
            assert_eq!(refused.fields(), [field]);
        }
    })
    .await;
}

#[actix_web::test]
async fn a_keyword_near_another_shops_or_hard_to_type_is_refused_with_the_reason() {
    on_both(async |api| {
        api.sender(NUMBER).await;
        let (_, bean) = api.merchant("Bean There").await;
        let (_, crumb) = api.merchant("Crumb & Co").await;
        let bean_shop = api.shop(&bean, "Bean There", NUMBER).await;
        let crumb_shop = api.shop(&crumb, "Crumb & Co", NUMBER).await;
        let coffee = api.keyword(&bean, &bean_shop, "COFFEE PLS").await;
        let others = format!("/v1/shops/{crumb_shop}/keywords");
        for phrase in ["COFEE PLS", "COFFEEPLS", "coffee please", "hi coffee pls", "COFFEE", "kofee plz"] {
            let refused = api.post(&others, &crumb, json!({ "phrase": phrase })).await;
            let detail = refused.problem(409);
            assert!(detail.contains("COFFEE PLS") && !detail.contains("Bean"), "{phrase}: {detail}");
        }
        for phrase in ["HELLP", "STPO", "C\u{41e}FFEE CAKE", "PLEASE", "7"] {
            let refused = api.post(&others, &crumb, json!({ "phrase": phrase })).await;
            refused.problem(409);
            assert_eq!(refused.fields(), ["phrase"], "{phrase}");
        }
        // Its own may be near, and a change of something else is none of the phrase.
        let own = format!("/v1/shops/{bean_shop}/keywords");
        api.post(&own, &bean, json!({ "phrase": "COFEE PLS" })).await.created();
        let bread = api.keyword(&crumb, &crumb_shop, "BREAD PLS").await;
        let bread_path = format!("{others}/{}", text(&bread, "id"));
        api.patch(&bread_path, &crumb, json!({ "source": "window" })).await.ok();
        api.patch(&bread_path, &crumb, json!({ "phrase": "COFFEE PLUS" })).await.problem(409);
        // Once it is gone, the way is free.
        let coffee_path = format!("{own}/{}", text(&coffee, "id"));
        assert_eq!(api.call(Method::DELETE, &coffee_path, &bean, None).await.status, 204);
        for keyword in api.all(&own, &bean, 50).await {
            let path = format!("{own}/{}", text(&keyword, "id"));
            assert_eq!(api.call(Method::DELETE, &path, &bean, None).await.status, 204);
        }
        api.post(&others, &crumb, json!({ "phrase": "COFFEE" })).await.created();
    })
    .await;
}

#[actix_web::test]
async fn a_phrase_can_be_checked_while_one_types() {
    on_both(async |api| {
        let shared = api.sender(NUMBER).await;
        let (_, bean) = api.merchant("Bean There").await;
        let (crumb_id, crumb) = api.merchant("Crumb & Co").await;
        let bean_shop = api.shop(&bean, "Bean There", NUMBER).await;
        let crumb_shop = api.shop(&crumb, "Crumb & Co", NUMBER).await;
        api.keyword(&bean, &bean_shop, "COFFEE PLS").await;
        let check = "/v1/keywords/check?phrase=";

        let free = api.get(&format!("{check}Bread%20PLS&sender=%2B14155550100"), &crumb).await.ok();
        assert_eq!(free, json!({ "free": true, "normal": "bread pls", "objections": [], "suggestions": [] }));
        for (typed, code) in [
            ("coffee%20pls", "taken"),
            ("cofee%20pls", "near"),
            ("stop", "phrase"),
            ("HELLP", "reserved"),
            ("", "phrase"),
        ] {
            let answer = api.get(&format!("{check}{typed}&shop_id={crumb_shop}"), &crumb).await.ok();
            assert_eq!((&answer["free"], &answer["objections"][0]["code"]), (&json!(false), &json!(code)), "{answer}");
            assert_eq!(answer["objections"][0]["refuses"], json!(true));
            assert!(!answer.to_string().contains("Bean"), "{answer}");
            let suggested = answer["suggestions"].as_array().unwrap();
            assert!((1..=3).contains(&suggested.len()), "{answer}");
            for phrase in suggested {
                let phrase = phrase.as_str().unwrap().replace(' ', "%20");
                let again = api.get(&format!("{check}{phrase}&shop_id={crumb_shop}"), &crumb).await.ok();
                assert_eq!(again["free"], json!(true), "{again}");
            }
        }
        let own = api.get(&format!("{check}cofee%20pls&shop_id={bean_shop}"), &bean).await.ok();
        assert_eq!(own["free"], json!(true));
        let warned = api.get(&format!("{check}c0ffee%20cake&shop_id={crumb_shop}"), &crumb).await.ok();
        assert_eq!((&warned["free"], &warned["objections"][0]["code"]), (&json!(true), &json!("autocorrected")));

        let kept = json!({ "address": "+14155550199", "merchant_id": crumb_id });
        api.post("/v1/senders", OPERATOR_KEY, kept).await;
        for (query, status) in [
            ("tea", 409),
            ("tea&sender=%2B19995550000", 404),
            ("tea&sender=%2B14155550199", 404),
            (&*format!("tea&shop_id={crumb_shop}"), 404),
            ("tea&shop_id=nonsense", 400),
            ("tea&sender=%2B14155550100&colour=red", 400),
        ] {
            api.get(&format!("{check}{query}"), &bean).await.problem(status);
        }
        api.get("/v1/keywords/check?sender=%2B14155550100", &bean).await.problem(400);
        let long = "a".repeat(3_000);
        let answer = api.get(&format!("{check}{long}&sender={}", text(&shared, "id")), &bean).await.ok();
        assert_eq!(answer["free"], json!(false));
        api.get(&format!("{check}tea&sender=%2B14155550100"), "").await.problem(401);
    })
    .await;
}

#[actix_web::test]
async fn a_shop_has_its_defaults_and_changes_only_in_what_is_said() {
    on_both(async |api| {
        api.sender(NUMBER).await;
        let (merchant_id, _) = api.merchant("Bean There").await;
        let new = json!({ "merchant_id": merchant_id, "name": "  Bean There ", "sender": NUMBER });
        let shop = api.post("/v1/shops", OPERATOR_KEY, new).await.created();
        for (field, value) in [
            ("name", json!("Bean There")),
            ("time_zone", json!("UTC")),
            ("language", json!("en")),
            ("currency", json!("USD")),
            ("opt_in", json!("single")),
            ("welcome_points", json!(0)),
            ("contact", json!("")),
            ("messages_per_month", json!(4)),
            ("sender", json!(NUMBER)),
        ] {
            assert_eq!(shop[field], value, "{field}");
        }
        let path = format!("/v1/shops/{}", text(&shop, "id"));
        let changed = json!({ "opt_in": "double", "time_zone": "Europe/Bucharest" });
        let changed = api.patch(&path, OPERATOR_KEY, changed).await.ok();
        assert_eq!((&changed["opt_in"], &changed["name"]), (&json!("double"), &json!("Bean There")));
        assert_eq!(api.patch(&path, OPERATOR_KEY, json!({})).await.ok(), changed);
        assert_eq!(api.get(&path, OPERATOR_KEY).await.ok(), changed);
    })
    .await;
}

#[actix_web::test]
async fn all_mistakes_of_a_body_are_named_at_once() {
    on_both(async |api| {
        api.sender(NUMBER).await;
        let (_, key) = api.merchant("Bean There").await;
        let wrong = json!({
            "name": "\u{7}", "sender": "", "time_zone": "Mars/Base", "language": "tlh", "currency": "usd",
            "opt_in": "triple", "welcome_points": 1_000_001, "contact": "c".repeat(121), "messages_per_month": 0
        });
        let refused = api.post("/v1/shops", &key, wrong).await;
        refused.problem(422);
        let fields = ["name", "sender", "time_zone", "language", "currency", "opt_in", "welcome_points", "contact"];
        assert_eq!(refused.fields(), [&fields[..], &["messages_per_month"]].concat());

        for (body, field) in [
            (json!({ "name": "Bean There" }), "sender"),
            (json!({ "name": "Bean There", "sender": NUMBER, "colour": "red" }), "colour"),
            (json!({ "name": 5, "sender": NUMBER }), "name"),
            (json!({ "name": "Bean \u{202e}erehT", "sender": NUMBER }), "name"),
            (json!({ "name": "Bean\u{200b} There", "sender": NUMBER }), "name"),
            (json!({ "name": "Bean There", "sender": NUMBER, "contact": "\u{2066}hi@beanthere.example" }), "contact"),
        ] {
            let refused = api.post("/v1/shops", &key, body).await;
            assert!(refused.problem(422).contains(field));
            assert_eq!(refused.fields(), [field]);
        }
        let null = api.patch("/v1/shops/00000000-0000-0000-0000-000000000000", &key, json!({ "name": null })).await;
        assert_eq!(null.fields(), ["name"]);
        for pace in [0.0, -1.0, 10_001.0] {
            let body = json!({ "address": "+14155550101", "messages_per_second": pace });
            assert_eq!(api.post("/v1/senders", OPERATOR_KEY, body).await.fields(), ["messages_per_second"]);
        }
    })
    .await;
}

#[actix_web::test]
async fn what_cannot_be_read_is_a_problem_too() {
    on_both(async |api| {
        let url = format!("http://{}/v1/merchants", api.stage.app.address());
        let send = async |body: String| {
            let request = api.client.post(&url).bearer_auth(OPERATOR_KEY).body(body);
            Answer::of(request.send().await.unwrap()).await
        };
        send("{".to_owned()).await.problem(400);
        send("{\"name\": \"A\"} trailing".to_owned()).await.problem(400);
        send(String::new()).await.problem(400);
        send("[\"Bean There\"".to_owned()).await.problem(400);
        send(format!("{{\"name\": \"{}\"}}", "a".repeat(70_000))).await.problem(413);
        let listed = json!({ "name": "A", "sender": "+14155550100", "sign_up": [] });
        let listed = api.post("/v1/shops", OPERATOR_KEY, listed).await;
        listed.problem(422);
        assert_eq!(listed.fields(), ["sign_up"]);

        for path in ["/v1/nothing", "/nothing", "/docs/nothing"] {
            api.get(path, OPERATOR_KEY).await.problem(404);
        }
        api.get("/v1/shops/not-an-id", OPERATOR_KEY).await.problem(404);
        let put = api.call(Method::PUT, "/v1/shops", OPERATOR_KEY, None).await;
        put.problem(405);
        assert_eq!(put.header("allow"), "GET, HEAD, POST");
        for query in ["cursor=brok*n", "cursor=", "limit=0", "limit=201", "limit=x", "colour=red"] {
            for path in ["/v1/merchants", "/v1/members", "/v1/shops"] {
                api.get(&format!("{path}?{query}"), OPERATOR_KEY).await.problem(400);
            }
        }
        api.get("/v1/shops?cursor=broken", OPERATOR_KEY).await.problem(404);
        for (query, field) in [
            ("shops?colour=red", "colour"),
            ("merchants?colour=red", "colour"),
            ("members?limit=1&limit=2", "limit"),
            ("members?shop_id=mine", "shop_id"),
            ("shops?merchant_id=mine", "merchant_id"),
        ] {
            let refused = api.get(&format!("/v1/{query}"), OPERATOR_KEY).await;
            assert!(refused.problem(400).contains(field));
            assert_eq!(refused.fields(), [field]);
        }
    })
    .await;
}

#[actix_web::test]
async fn a_body_of_another_kind_is_refused_in_the_callers_words() {
    on_sqlite(async |api| {
        let (_, key) = api.merchant("Bean There").await;
        for (path, body, field, sentence) in [
            ("merchants", json!([]), "the body", "must be an object"),
            ("merchants", json!(["In order"]), "the body", "must be an object"),
            ("merchants", json!("name"), "the body", "must be an object"),
            ("merchants", json!(null), "the body", "must be an object"),
            ("merchants", json!({ "name": 5 }), "name", "must be a string"),
            ("merchants", json!({ "name": null }), "name", "must be a string"),
            ("merchants", json!({}), "name", "is needed"),
            ("merchants", json!({ "name": "A", "colour": 1 }), "colour", "is not known here; known: `name`"),
            (
                "senders",
                json!({ "address": NUMBER, "messages_per_second": "1, expected 2 at line 3" }),
                "messages_per_second",
                "must be a number",
            ),
            ("senders", json!({ "address": NUMBER, "merchant_id": "mine" }), "merchant_id", "must be a UUID"),
            ("senders", json!({ "address": NUMBER, "merchant_id": 5 }), "merchant_id", "must be a UUID"),
            (
                "senders",
                json!({ "address": NUMBER, "account": 5 }),
                "account",
                "must be the id of a known account, or an object with account_sid and auth_token",
            ),
        ] {
            let refused = api.post(&format!("/v1/{path}"), OPERATOR_KEY, body.clone()).await;
            assert_eq!(refused.problem(422), format!("{field}: {sentence}"), "{body}");
            assert_eq!(refused.body["errors"], json!([{ "field": field, "detail": sentence }]));
        }
        for welcome_points in [json!("7"), json!(7.5), json!(1e300), json!(u64::MAX)] {
            let shop = json!({ "name": "Bean There", "sender": NUMBER, "welcome_points": welcome_points });
            let refused = api.post("/v1/shops", &key, shop).await;
            assert_eq!(refused.problem(422), "welcome_points: must be a whole number", "{welcome_points}");
        }
        let patch = api.patch("/v1/shops/00000000-0000-0000-0000-000000000000", &key, json!(["Mine"])).await;
        assert_eq!(patch.fields(), ["the body"]);
    })
    .await;
}

#[actix_web::test]
async fn without_a_key_that_is_known_there_is_nothing_to_see() {
    on_both(async |api| {
        for key in ["", "wrong", "rgl_0000", &"k".repeat(10_000)] {
            for path in ["/v1/merchants", "/v1/nothing"] {
                let refused = api.get(path, key).await;
                refused.problem(401);
                assert!(refused.header("www-authenticate").starts_with("Bearer"));
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn a_fault_of_ours_says_no_more_than_the_requests_id() {
    on_both(async |api| {
        let (_, key) = api.merchant("Bean There").await;
        let url = api.stage.app.gateway().settings.database.url.expose_secret().to_owned();
        let other = Database::connect(url).await.unwrap();
        other.execute_unprepared("ALTER TABLE shop RENAME TO gone").await.unwrap();
        other.close().await.unwrap();
        let fault = api.get("/v1/shops", &key).await;
        assert!(!fault.problem(500).contains("shop"));
        assert_eq!(text(&fault.body, "request_id").len(), 36);
    })
    .await;
}

#[actix_web::test]
async fn lists_come_in_pages_without_gap_or_repetition() {
    on_both(async |api| {
        let mut made = Vec::new();
        for number in 0..5 {
            made.push(api.merchant(&format!("Merchant {number}")).await.0);
        }
        for limit in [1, 2, 5, 200] {
            let listed = api.all("/v1/merchants", OPERATOR_KEY, limit).await;
            let listed: Vec<String> = listed.iter().map(|merchant| text(merchant, "id")).collect();
            assert_eq!(listed, made, "{limit} a page");
        }
    })
    .await;
}

#[actix_web::test]
async fn every_route_is_described_and_every_description_has_a_route() {
    on_sqlite(async |api| {
        let description = api.get("/openapi.json", "").await.ok();
        let described = description["paths"].as_object().unwrap();
        let mut paths: Vec<&str> = RESOURCES.iter().map(|(path, ..)| *path).collect();
        let mut known: Vec<&str> = described.keys().map(String::as_str).collect();
        paths.sort_unstable();
        known.sort_unstable();
        assert_eq!(paths, known);
        for (path, ..) in RESOURCES {
            let concrete = path.replace("{id}", &uuid::Uuid::nil().to_string());
            let concrete = concrete.replace("{keyword_id}", &uuid::Uuid::nil().to_string());
            let concrete = concrete.replace("{sale_id}", "17").replace("{code}", "CDF-HJK");
            for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
                let is_described = described[*path].get(method.as_str().to_lowercase()).is_some();
                let answer = api.call(method.clone(), &concrete, OPERATOR_KEY, Some(&json!({}))).await;
                assert_eq!(answer.status != 405, is_described, "{method} {path}");
            }
        }
        // Also where its Idempotency-Key stands for another request.
        for method in [Method::POST, Method::PUT, Method::TRACE] {
            let request = api.client.request(method.clone(), api.url("/v1/merchants")).bearer_auth(OPERATOR_KEY);
            let request = request.header("Idempotency-Key", "one").json(&json!({ "name": "Bean There" }));
            let status = if method == Method::POST { 201 } else { 405 };
            assert_eq!(request.send().await.unwrap().status(), status, "{method}");
        }
        for operation in described.values().flat_map(|item| item.as_object().unwrap().values()) {
            assert_eq!(
                operation["responses"]["401"]["content"].as_object().unwrap().keys().next().unwrap(),
                "application/problem+json"
            );
        }
        assert_eq!(description["components"]["securitySchemes"]["key"]["scheme"], "bearer");
    })
    .await;
}

/// Every `$ref` in a description.
fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[actix_web::test]
async fn the_description_holds_together_so_that_clients_can_be_made_of_it() {
    on_sqlite(async |api| {
        let description = api.get("/openapi.json", "").await.ok();
        let mut found = Vec::new();
        references(&description, &mut found);
        assert!(found.len() > 20, "{found:?}");
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(description.pointer(pointer).is_some(), "{reference} leads nowhere");
        }
        for (name, schema) in description["components"]["schemas"].as_object().unwrap() {
            for (field, described) in schema["properties"].as_object().into_iter().flatten() {
                assert_ne!(described.get("default"), Some(&Value::Null), "{name}.{field}: what is left out stays");
            }
        }
        let items = description["paths"].as_object().unwrap().values();
        let operations: Vec<&Value> = items.flat_map(|item| item.as_object().unwrap().values()).collect();
        let mut names: Vec<String> = operations.iter().map(|operation| text(operation, "operationId")).collect();
        for name in ["create_merchant", "list_keywords", "update_shop", "list_messages", "delete_keyword"] {
            assert!(names.iter().any(|known| known == name), "{name} is not in {names:?}");
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), operations.len(), "an operation shares its name: {names:?}");
        for operation in operations {
            for (status, response) in operation["responses"].as_object().unwrap() {
                let said = response["description"].as_str().unwrap_or_default();
                assert!(!said.is_empty(), "{status} of {} says nothing", operation["operationId"]);
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn head_says_what_get_would_without_a_body() {
    on_sqlite(async |api| {
        let (merchant_id, _) = api.merchant("Bean There").await;
        for path in [
            "/docs/",
            "/openapi.json",
            "/health/live",
            "/health/ready",
            "/v1/merchants",
            &format!("/v1/merchants/{merchant_id}"),
            "/v1/members?limit=5",
            "/v1/members?limit=0",
            "/v1/nothing",
            "/nothing",
        ] {
            let get = api.get(path, OPERATOR_KEY).await;
            let head = api.call(Method::HEAD, path, OPERATOR_KEY, None).await;
            assert_eq!(head.status, get.status, "{path}");
            for name in ["content-type", "content-length", "content-encoding"] {
                assert_eq!(head.header(name), get.header(name), "{name} of {path}");
            }
            assert_eq!(head.body, Value::Null, "{path}");
        }
        // Its figures grow between two requests.
        for (path, status) in
            [("/metrics", 200), ("/docs", 200), ("/v1/merchants", 401), ("/webhooks/twilio/messages", 404)]
        {
            assert_eq!(api.call(Method::HEAD, path, "", None).await.status, status, "{path}");
        }
    })
    .await;
}

#[actix_web::test]
async fn the_documentation_works_without_the_internet() {
    on_sqlite(async |api| {
        let fetch = async |path: &str| {
            let response = api.client.get(format!("http://{}{path}", api.stage.app.address())).send().await.unwrap();
            assert_eq!(response.status(), 200, "{path}");
            let policy = response.headers()["content-security-policy"].to_str().unwrap();
            for rule in ["default-src 'none'", "script-src 'self';", "connect-src 'self';", "frame-ancestors 'none'"] {
                assert!(policy.contains(rule), "{rule} for {path}: {policy}");
            }
            assert_eq!(response.headers()["x-content-type-options"], "nosniff");
            response.text().await.unwrap()
        };
        let page = fetch("/docs").await;
        let parts = page.split(['"', '\'']).filter(|part| part.ends_with(".js") || part.ends_with(".css"));
        let parts: Vec<&str> = parts.collect();
        assert!(parts.len() >= 3, "{page}");
        for part in parts {
            assert!(!part.contains("//"), "{part} comes from elsewhere");
            fetch(&format!("/docs/{}", part.trim_start_matches("./"))).await;
        }
        let start = fetch("/docs/swagger-initializer.js").await;
        assert!(start.contains("openapi.json"));
        assert!(start.contains("\"validatorUrl\": \"none\""), "the description is sent elsewhere: {start}");
    })
    .await;
}
