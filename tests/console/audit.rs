//! The book: who changed what, before and after, whoever did it and by whichever door.

use regulars::stage::{
    OPERATOR_KEY,
    people::{OPERATOR, OWNER},
};
use reqwest::{Method, StatusCode};
use serde_json::json;
use uuid::Uuid;

use super::people::with_people;
use crate::harness::{
    visitor::Visitor,
    world::{Plan, World},
};

fn first_shop(world: &World, merchant: Uuid) -> Uuid {
    let known = world.stage.app.gateway().directory.read();
    let of = known.directory.all_shops().filter(|shop| shop.merchant_id == merchant);
    of.map(|shop| shop.id).min().unwrap()
}

async fn patch(world: &World, path: &str, body: serde_json::Value) {
    let answer = world.api.patch(path, OPERATOR_KEY, body).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
}

#[tokio::test]
async fn what_is_changed_by_a_key_stands_in_the_book_with_before_and_after() {
    Plan::default()
        .on_both(async |world| {
            let (merchant, _) = with_people(world).await;
            let shop = first_shop(world, merchant);
            let path = format!("/v1/shops/{shop}");
            patch(world, &path, json!({ "welcome_points": 7, "contact": "<script>alert(1)</script>" })).await;
            // What changes nothing is no line.
            patch(world, &path, json!({ "welcome_points": 7 })).await;
            let keyword = world.api.keyword(OPERATOR_KEY, &shop.to_string(), "TEA PLS").await;
            let keyword = format!("/v1/shops/{shop}/keywords/{}", keyword["id"].as_str().unwrap());
            world.api.call(Method::DELETE, &keyword, OPERATOR_KEY, None).await;
            let key = json!({ "merchant_id": merchant, "role": "staff", "name": "Counter till" });
            let key = world.api.post("/v1/keys", OPERATOR_KEY, key).await.created();
            let secret = key["secret"].as_str().or(key["api_key"].as_str()).unwrap_or("rgl_").to_owned();

            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let book = owner.open(&format!("/console/merchants/{merchant}/audit")).await;
            let words = book.words();
            for said in [
                "Operator’s key changed shop",
                "Welcome points",
                "now: 7",
                "Operator’s key added keyword TEA PLS",
                "Operator’s key removed keyword TEA PLS",
                "Operator’s key added key Counter till",
                "Role now: Staff",
            ] {
                assert!(words.contains(said), "{said}: {words}");
            }
            assert_eq!(words.matches("changed shop").count(), 1, "{words}");
            assert!(!book.html.contains("<script>alert") && !book.html.contains(&secret), "{}", book.html);
            assert!(book.html.contains("&#60;script&#62;alert(1)"), "{}", book.html);
        })
        .await;
}

#[tokio::test]
async fn the_book_is_for_managers_and_more_and_the_gateways_own_for_operators() {
    Plan::default()
        .on_sqlite(async |world| {
            let (merchant, other) = with_people(world).await;
            let path = format!("/console/merchants/{merchant}/audit");
            for (email, status) in [
                ("max@bean.example", StatusCode::OK),
                ("sam@bean.example", StatusCode::FORBIDDEN),
                ("vera@bean.example", StatusCode::FORBIDDEN),
                ("eve@other.example", StatusCode::NOT_FOUND),
                (OPERATOR, StatusCode::OK),
            ] {
                let seen = Visitor::signed_in(&world.api, email).await.open(&path).await;
                assert_eq!(seen.status, status, "{email}");
            }
            let operator = Visitor::signed_in(&world.api, OPERATOR).await;
            let own = operator.open("/console/operator/audit").await;
            assert!(own.says("added merchant Other") && own.says("added person Olga"), "{}", own.words());
            let theirs = operator.open(&format!("/console/merchants/{other}/audit")).await;
            assert!(theirs.says("added merchant Other") && !theirs.says("Olga added"), "{}", theirs.words());
        })
        .await;
}

#[tokio::test]
async fn the_book_is_read_page_by_page_and_shop_by_shop() {
    Plan::default()
        .on_both(async |world| {
            let (merchant, _) = with_people(world).await;
            let shop = first_shop(world, merchant);
            for points in 100..155 {
                patch(world, &format!("/v1/shops/{shop}"), json!({ "welcome_points": points })).await;
            }
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let path = format!("/console/merchants/{merchant}/audit");
            let first = owner.open(&format!("{path}?shop={shop}")).await;
            assert!(first.says("now: 154") && !first.says("now: 104 "), "{}", first.words());
            assert_eq!(first.html.matches("class=\"card\"").count(), 50);
            let more = first
                .html
                .split("href=\"?shop=")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap()
                .replace("&#38;", "&")
                .replace("&amp;", "&");
            let second = owner.open(&format!("{path}?shop={more}")).await;
            assert!(second.says("now: 104") && !second.says("now: 154"), "{}", second.words());
            // Another merchant's shop shows nothing.
            let none = owner.open(&format!("{path}?shop={}", Uuid::nil())).await;
            assert!(none.says("Nothing was changed yet."), "{}", none.words());
        })
        .await;
}
