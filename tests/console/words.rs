//! A shop's own words: changed on a page, read by members, kept from everybody else.

use regulars::{
    domain::{language::Language, shop::Shop},
    stage::{
        people::{OWNER, furnish},
        shops::NUMBER,
    },
};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::harness::{
    api::Api,
    visitor::Visitor,
    world::{Plan, World},
};

const WELCOME: &str = "Hey, {shop} here. {held} for you. Recurring msgs, {per_month}/month at most. Msg & data rates may apply. \
                       HELP: help, STOP: stop.";

/// The two shops, and the one of them that is not the owner's to see where they belong to several merchants.
async fn opened(world: &World) -> (Visitor, Shop) {
    furnish(world.stage.app.gateway()).await.unwrap();
    (Visitor::signed_in(&world.api, OWNER).await, shop(world, "Bean There"))
}

fn shop(world: &World, name: &str) -> Shop {
    let known = world.stage.app.gateway().directory.read();
    known.directory.all_shops().find(|shop| shop.name == name).cloned().unwrap()
}

fn page_of(shop: &Shop, key: &str) -> String {
    format!("/console/shops/{}/words/en/{key}", shop.id)
}

#[tokio::test]
async fn a_text_is_changed_and_members_read_it_from_then_on() {
    Plan::default()
        .on_both(async |world| {
            let (owner, shop) = opened(world).await;
            let page = page_of(&shop, "join-confirmed");
            let seen = owner.open(&page).await;
            assert_eq!(seen.status, StatusCode::OK);
            assert!(seen.says("{shop}: welcome! You have {held}."), "{}", seen.words());
            let seen = owner.send(&page, &page, &[("text", WELCOME)]).await;
            assert_eq!(seen.location, Some(format!("{page}?done=words")), "{}", seen.words());
            let seen = owner.follow(&format!("{page}?done=words")).await;
            assert!(
                seen.says("Saved.") && seen.says("History: 1 change") && seen.says("Ana Flores"),
                "{}",
                seen.words()
            );
            let read = text(world, "+14155550123", "COFFEE PLS").await;
            assert!(read.starts_with("Hey, Bean There here. "), "{read}");
            // In the list it is marked; of what was said before there is the history.
            let list = owner.open(&format!("/console/shops/{}/words?topic=own", shop.id)).await;
            assert!(list.says("Hey, Bean There here.") && list.says("Yours"), "{}", list.words());
            let seen = owner.send(&page, &format!("{page}/reset"), &[]).await;
            assert_eq!(seen.location, Some(format!("{page}?done=words-reset")));
            let read = text(world, "+14155550124", "COFFEE PLS").await;
            assert!(read.starts_with("Bean There: welcome!"), "{read}");
            let seen = owner.open(&page).await;
            assert!(seen.says("Back to the built-in text.") && seen.says("Use this again"), "{}", seen.words());
        })
        .await;
}

#[tokio::test]
async fn what_is_missing_or_cannot_be_read_is_told_and_what_was_typed_is_kept() {
    Plan::default()
        .on_sqlite(async |world| {
            let (owner, shop) = opened(world).await;
            let page = page_of(&shop, "join-confirmed");
            for (typed, told) in [
                (
                    WELCOME.replace("STOP: stop.", ""),
                    "Say how to stop, with the word STOP in capitals: Reply STOP to stop.",
                ),
                (WELCOME.replace("{shop}", "Us"), "Keep the shop’s name: {shop}"),
                (
                    WELCOME.replace("{held}", "{balance}"),
                    "“balance” is nothing we can fill in here. There is: {shop} {held} {per_month}",
                ),
                (WELCOME.replace("{held}", "{held"), "is not closed"),
                (String::new(), "Write something"),
                ("a".repeat(600), "600 characters"),
            ] {
                let seen = owner.send(&page, &page, &[("text", &typed)]).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
                assert!(seen.says(told), "{told}: {}", seen.words());
                assert!(typed.is_empty() || seen.says(typed.get(..20).unwrap()), "{}", seen.words());
            }
            let known = world.stage.app.gateway().directory.read();
            assert!(known.directory.words_of(shop.id).is_none(), "nothing was kept");
        })
        .await;
}

#[tokio::test]
async fn a_preview_shows_segments_and_the_character_that_costs_and_keeps_nothing() {
    Plan::default()
        .on_sqlite(async |world| {
            let (owner, shop) = opened(world).await;
            let page = page_of(&shop, "hint-hello");
            let typed = "“Hi” – café… mañana, ¿qué tal? á";
            let seen = owner.send(&page, &page, &[("text", typed), ("look", "1"), ("price", "0.02")]).await;
            assert_eq!(seen.status, StatusCode::OK);
            for told in ["UCS-2", "U+201C", "at place 1", "Use plain quotes and dashes", "Drop accents", "$20.00"] {
                assert!(seen.says(told), "{told}: {}", seen.words());
            }
            let seen = owner.send(&page, &page, &[("text", typed), ("plain", "marks")]).await;
            assert!(seen.says("\"Hi\" - café... mañana, ¿qué tal? á") && seen.says("U+00E1"), "{}", seen.words());
            let seen = owner.send(&page, &page, &[("text", typed), ("plain", "accents")]).await;
            assert!(seen.says("\"Hi\" - café... mañana, ¿qué tal? a") && seen.says("GSM-7"), "{}", seen.words());
            assert!(!seen.says("UCS-2"));
            let part = owner.send(&page, &format!("{page}/look"), &[("text", "Hi from <b>us</b>")]).await;
            assert!(
                part.html.contains("Hi from &#60;b&#62;us&#60;/b&#62;") && !part.html.contains("<body"),
                "{}",
                part.html
            );
            let known = world.stage.app.gateway().directory.read();
            assert!(known.directory.words_of(shop.id).is_none(), "nothing was kept");
        })
        .await;
}

#[tokio::test]
async fn script_in_a_text_comes_out_as_it_was_typed() {
    Plan::default()
        .on_sqlite(async |world| {
            let (owner, shop) = opened(world).await;
            let page = page_of(&shop, "hint-hello");
            owner.send(&page, &page, &[("text", "</textarea><script>alert(1)</script>")]).await;
            for path in [
                page,
                format!("/console/shops/{}/words?topic=own", shop.id),
                format!("/console/shops/{}/words?q=%3Cscript%3E", shop.id),
            ] {
                let seen = owner.open(&path).await;
                assert!(!seen.html.contains("<script>"), "{path}");
                assert!(seen.html.contains("script&#62;"), "{path}: {}", seen.html);
            }
        })
        .await;
}

#[tokio::test]
async fn nobody_but_a_manager_writes_and_nobody_of_another_merchant_sees() {
    Plan::default()
        .on_both(async |world| {
            let (owner, shop) = opened(world).await;
            let other = other_merchants_shop(&world.api).await;
            for path in [format!("/console/shops/{other}/words"), format!("/console/shops/{other}/words/en/hint-hello")]
            {
                assert_eq!(owner.open(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            let own = page_of(&shop, "hint-hello");
            for action in ["", "/look", "/reset"] {
                let foreign = format!("/console/shops/{other}/words/en/hint-hello{action}");
                let seen = owner.send(&own, &foreign, &[("text", "Hi!")]).await;
                assert_eq!(seen.status, StatusCode::NOT_FOUND, "{foreign}");
            }
            for viewer in ["vera@bean.example", "sam@bean.example"] {
                let viewer = Visitor::signed_in(&world.api, viewer).await;
                let seen = viewer.open(&own).await;
                assert_eq!(seen.status, StatusCode::OK);
                assert!(!seen.html.contains("<textarea"), "{}", seen.html);
                let csrf = seen.csrf();
                let csrf = if csrf.is_empty() { viewer.open("/console/me").await.csrf() } else { csrf };
                for action in ["", "/look", "/reset"] {
                    let fields = [("text", "Hi!"), ("csrf", csrf.as_str())];
                    let seen = viewer.send_raw(&format!("{own}{action}"), &fields).await;
                    assert_eq!(seen.status, StatusCode::FORBIDDEN, "{action}");
                }
            }
            for nowhere in ["xx/hint-hello", "en/nothing", "en/stop-question", "en/words-help"] {
                let path = format!("/console/shops/{}/words/{nowhere}", shop.id);
                assert_eq!(owner.open(&path).await.status, StatusCode::NOT_FOUND, "{nowhere}");
            }
        })
        .await;
}

#[tokio::test]
async fn every_text_has_its_page_in_every_language() {
    Plan::default()
        .on_sqlite(async |world| {
            let (owner, shop) = opened(world).await;
            for language in Language::all() {
                for topic in regulars::domain::words::topics::TOPICS {
                    let code = language.code();
                    let list = format!("/console/shops/{}/words?language={code}&topic={}", shop.id, topic.name);
                    let seen = owner.open(&list).await;
                    assert_eq!(seen.status, StatusCode::OK);
                    assert!(seen.html.len() < 60_000, "{list}: {} bytes", seen.html.len());
                    for key in topic.keys {
                        let path = format!("/console/shops/{}/words/{code}/{key}", shop.id);
                        assert!(seen.html.contains(&path), "{path}");
                        let seen = owner.open(&path).await;
                        assert_eq!(seen.status, StatusCode::OK, "{path}");
                        assert!(!seen.html.contains("words-") || !seen.says("words-"), "{path}: {}", seen.words());
                        assert!(!seen.says("hole-"), "{path}: {}", seen.words());
                    }
                }
            }
            let found = owner.open(&format!("/console/shops/{}/words?q=birthday", shop.id)).await;
            assert!(found.says("Happy birthday") && found.says("texts with “birthday”"), "{}", found.words());
        })
        .await;
}

#[tokio::test]
async fn programs_change_the_same_texts_as_far_as_their_keys_go() {
    Plan { furnished: false, ..Plan::default() }
        .on_both(async |world| {
            let api = &world.api;
            api.sender(NUMBER).await;
            let (merchant, key) = api.merchant("Cafes").await;
            let (_, stranger) = api.merchant("Somebody Else").await;
            let shop = api.shop(&key, "North", NUMBER).await;
            api.keyword(&key, &shop, "LATTE").await;
            let staff = json!({ "role": "staff", "name": "till", "merchant_id": merchant });
            let staff = api.post("/v1/keys", &key, staff).await.created()["api_key"].as_str().unwrap().to_owned();
            let path = format!("/v1/shops/{shop}/words/en/join-already");
            let text = json!({ "text": "Back at {shop}: {held}." });
            for (key, status) in [(&stranger, 404), (&staff, 403)] {
                api.call(Method::PUT, &path, key, Some(&text)).await.problem(status);
                api.call(Method::DELETE, &path, key, None).await.problem(status);
            }
            api.get(&path, &stranger).await.problem(404);
            let built_in = api.get(&path, &staff).await.ok();
            assert_eq!((built_in["is_own"].as_bool(), built_in["changed_by"].is_null()), (Some(false), true));
            assert_eq!(built_in["holes"], json!(["shop", "held"]));
            let put = api.call(Method::PUT, &path, &key, Some(&text)).await.ok();
            assert_eq!((put["is_own"].as_bool(), put["text"].as_str()), (Some(true), Some("Back at {shop}: {held}.")));
            let again = api.call(Method::PUT, &path, &key, Some(&text)).await.ok();
            assert_eq!(put, again, "what is said already is not written again");
            world.stage.text("+14155550123", "LATTE").await.unwrap();
            let read = world.stage.text("+14155550123", "LATTE").await.unwrap();
            assert_eq!(read, ["Back at North: 7 points."]);
            let refused = |body: &'static str| json!({ "text": body });
            for body in
                [refused("{shop"), refused(""), refused("{balance}"), refused("see bit.ly/x"), refused("a\u{202e}b")]
            {
                let answer = api.call(Method::PUT, &path, &key, Some(&body)).await;
                answer.problem(409);
                assert_eq!(answer.fields(), ["text"], "{body}");
            }
            for (name, status) in [("en/stop-question", 409), ("en/nothing", 404), ("xx/join-already", 404)] {
                let path = format!("/v1/shops/{shop}/words/{name}");
                api.call(Method::PUT, &path, &key, Some(&text)).await.problem(status);
            }
            assert_eq!(api.call(Method::DELETE, &path, &key, None).await.status, StatusCode::NO_CONTENT);
            assert_eq!(api.get(&path, &key).await.ok()["text"], built_in["text"]);
        })
        .await;
}

/// What is answered to a text, as it is read.
async fn text(world: &World, from: &str, body: &str) -> String {
    world.stage.text(from, body).await.unwrap().join("\n")
}

/// A shop of somebody else.
async fn other_merchants_shop(api: &Api) -> String {
    let (_, key) = api.merchant("Elsewhere").await;
    api.sender("+14155550177").await;
    api.shop(&key, "Elsewhere", "+14155550177").await
}
