//! Who is erased is not found again in any table, is still not texted if they wanted no texts, and may come back.

use chrono::Duration;
use regulars::{
    sandbox::InboundText,
    service::verify::verify,
    stage::{OPERATOR_KEY, people::OWNER},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::members::{ANA, BO, import, open, page_of, says};
use crate::harness::{
    api::text,
    visitor::Visitor,
    world::{Plan, World},
};

/// Every text column of every table.
async fn text_columns(world: &World) -> Vec<(String, String)> {
    let word = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    if !world.rows.is_sqlite() {
        let sql = "SELECT table_name::text AS t, column_name::text AS c FROM information_schema.columns \
                   WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'json', 'jsonb')";
        return world.rows.all(sql).await.iter().map(|row| (word(row, "t"), word(row, "c"))).collect();
    }
    // A table's own statement names each column in quotes, its kind behind.
    let tables =
        world.rows.all("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").await;
    let mut columns = Vec::new();
    for table in &tables {
        let sql = word(table, "sql");
        let parts: Vec<&str> = sql.split('"').collect();
        for (place, name) in parts.iter().enumerate().filter(|(place, _)| place % 2 == 1) {
            let kind = parts.get(place + 1).map(|kind| kind.trim()).unwrap_or_default();
            if kind.starts_with("varchar") || kind.starts_with("text") {
                columns.push((word(table, "name"), (*name).to_owned()));
            }
        }
    }
    columns
}

/// Where something still stands.
async fn places(world: &World, needle: &str) -> Vec<String> {
    let columns = text_columns(world).await;
    assert!(columns.len() > 60, "the tables are looked into: {columns:?}");
    let mut found = Vec::new();
    for (table, column) in columns {
        let from = format!("\"{table}\" WHERE CAST(\"{column}\" AS text) LIKE '%{needle}%'");
        if world.rows.count(&from).await > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

async fn furnished(world: &World) -> String {
    let shop = open(world).await;
    says(world, ANA, "COFFEE PLS").await;
    says(world, ANA, "my name is Zephyrine, do you have oat milk").await;
    world.rows.run("UPDATE member SET first_name = 'Zephyrine' WHERE address = '+14155550101'").await;
    let sale = json!({ "sale_id": "1", "phone": ANA, "amount": { "minor": 1500, "currency": "USD" } });
    let done = world.api.post(&format!("/v1/shops/{shop}/purchases"), OPERATOR_KEY, sale).await;
    assert!(done.status.is_success(), "{}", done.text);
    let id = text(&world.api.member(ANA).await, "id");
    let reason = json!({ "points": 5, "reason": "Zephyrine waited" });
    let done = world.api.post(&format!("/v1/members/{id}/adjustments"), OPERATOR_KEY, reason).await;
    assert!(done.status.is_success(), "{}", done.text);
    world.stage.settled().await.unwrap();
    shop
}

#[tokio::test]
async fn who_is_erased_is_found_in_no_table_and_the_books_still_add_up() {
    Plan::default()
        .on_both(async |world| {
            let shop = furnished(world).await;
            assert!(places(world, "4155550101").await.len() >= 4);
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let base = page_of(world, &shop, ANA).await;
            let erase = format!("{base}/erase");
            let wrong = owner.send(&erase, &erase, &[("confirm", "0102")]).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(wrong.says("These are not the last 4 digits"));
            let done = owner.send(&erase, &erase, &[("confirm", "0101")]).await;
            assert_eq!(done.location, Some(format!("/console/shops/{shop}/members?done=erased")), "{}", done.words());
            assert_eq!(places(world, "4155550101").await, Vec::<String>::new());
            // What their own reasons said of them went as well; the events of before are told no more after their time.
            let kept = places(world, "Zephyrine").await;
            assert!(kept.iter().all(|place| place == "event.data"), "{kept:?}");
            assert_eq!(owner.open(&base).await.status, StatusCode::NOT_FOUND);
            assert!(!owner.open(&format!("/console/shops/{shop}/members")).await.html.contains("erased:"));
            let id = base.rsplit('/').next().unwrap();
            assert_eq!(world.api.get(&format!("/v1/members/{id}"), OPERATOR_KEY).await.status, StatusCode::NOT_FOUND);
            let book = world.rows.all("SELECT actor, deed, subject FROM audit WHERE deed = 'erased'").await;
            assert_eq!(book, [json!({ "actor": "Ana Flores", "deed": "erased", "subject": "member" })]);
            let gateway = world.stage.app.gateway();
            assert_eq!(verify(&gateway.store, |_| {}).await.unwrap().1, []);
            // They may come back, as somebody new.
            assert_eq!(says(world, ANA, "COFFEE PLS").await.len(), 1);
            assert_ne!(text(&world.api.member(ANA).await, "id"), id);
            assert_eq!(world.api.member(ANA).await["balance"], 10);
        })
        .await;
}

#[tokio::test]
async fn who_wanted_no_texts_gets_none_after_being_erased_until_they_ask_again() {
    Plan::default()
        .on_both(async |world| {
            let shop = furnished(world).await;
            says(world, ANA, "STOP").await;
            let id = text(&world.api.member(ANA).await, "id");
            let path = format!("/v1/members/{id}");
            let erased = world.api.call(Method::DELETE, &path, OPERATOR_KEY, None).await;
            assert_eq!(erased.status, StatusCode::NO_CONTENT, "{}", erased.text);
            assert_eq!(places(world, "4155550101").await, Vec::<String>::new());
            // Neither a text of theirs, nor an invitation, nor a file from elsewhere makes us write to them.
            assert_eq!(says(world, ANA, "what is this about then").await, Vec::<String>::new());
            for (phone, status) in [(ANA, StatusCode::NOT_FOUND), ("+14155550177", StatusCode::ACCEPTED)] {
                let sale =
                    json!({ "sale_id": phone, "phone": phone, "amount": { "minor": 700, "currency": "USD" }, "invite": true });
                let answer = world.api.post(&format!("/v1/shops/{shop}/purchases"), OPERATOR_KEY, sale).await;
                assert_eq!(answer.status, status, "{}", answer.text);
            }
            let row = |phone: &str| json!({ "phone": phone, "consent": "2025-03-01" });
            import(world, &shop, vec![row(ANA), row(BO)]).await;
            assert_eq!(world.api.member(ANA).await["opted_out"], true);
            assert_eq!(world.api.member(BO).await["opted_out"], false);
            assert_eq!(says(world, ANA, "START").await.len(), 1);
            assert_eq!(world.api.member(ANA).await["opted_out"], false);
            world.stage.clock.advance(Duration::hours(2));
            assert_eq!(says(world, ANA, "BAL").await.len(), 1);
        })
        .await;
}

#[tokio::test]
async fn a_phone_that_is_another_merchants_member_too_is_kept_there() {
    Plan::default()
        .on_both(async |world| {
            let shop = furnished(world).await;
            let (_, key) = world.api.merchant("Elsewhere").await;
            world.api.sender("+14155550300").await;
            let theirs = world.api.shop(&key, "Elsewhere", "+14155550300").await;
            world.api.keyword(&key, &theirs, "TEA TIME").await;
            let there = |body: &str| InboundText::new(ANA, "+14155550300", body);
            world.stage.deliver(there("TEA TIME"), ANA).await.unwrap();
            let page = page_at(world, &key).await;
            let members = world.api.get("/v1/members?search=0101", OPERATOR_KEY).await.ok();
            let ours =
                members["items"].as_array().unwrap().iter().find(|member| text(member, "id") != page).unwrap().clone();
            let path = format!("/v1/members/{}", text(&ours, "id"));
            assert_eq!(world.api.call(Method::DELETE, &path, &key, None).await.status, StatusCode::NOT_FOUND);
            assert_eq!(world.api.call(Method::DELETE, &path, OPERATOR_KEY, None).await.status, StatusCode::NO_CONTENT);
            assert_eq!(page_at(world, &key).await, page);
            let answers = world.stage.deliver(there("BAL"), ANA).await.unwrap();
            assert_eq!(answers.len(), 1, "the other shop still answers");
            assert!(!shop.is_empty());
        })
        .await;
}

async fn page_at(world: &World, key: &str) -> String {
    let members = world.api.get("/v1/members?search=0101", key).await.ok();
    text(&members["items"][0], "id")
}
