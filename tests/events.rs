//! What merchants' own systems are told: signed, again until it is taken, and by the feed for those who ask.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on has failed")]

mod harness;

mod events {
    mod delivering;
    mod feed;
    mod kinds;
    mod manners;
    mod places;
}

use harness::{
    api::text,
    receiver::Receiver,
    world::{World, until},
};
use regulars::{
    domain::program::sale::Sale,
    service::till::{self, Done, Order, What, Whom},
    stage::{OPERATOR_KEY, shops::NUMBER},
};
use serde_json::{Value, json};

const ANA: &str = "+14155550199";

/// The shop Bean There: (shop, merchant).
async fn bean_there(world: &World) -> (String, String) {
    let shops = world.api.get("/v1/shops", OPERATOR_KEY).await.ok();
    let shop = shops["items"].as_array().unwrap().iter().find(|shop| shop["name"] == "Bean There").unwrap().clone();
    (text(&shop, "id"), text(&shop, "merchant_id"))
}

/// Texts and waits until all is settled.
async fn say(world: &World, phone: &str, body: &str) {
    let answer = world.provider.messages(&world.provider.text(phone, NUMBER, body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    world.stage.settled().await.unwrap();
}

/// Does something at Bean There's counter, for Ana.
async fn order(world: &World, key: &str, what: What) -> Done {
    let (shop, _) = bean_there(world).await;
    let gateway = world.stage.app.gateway();
    let order = Order {
        shop_id: shop.parse().unwrap(),
        whom: Whom::Address(ANA.to_owned()),
        actor: "till".to_owned(),
        key: key.to_owned(),
        what,
        invites: false,
    };
    till::place(&gateway.writes, order, None, world.stage.clock.now()).await.unwrap().done().unwrap()
}

/// A sale of so many dollars.
fn sale(world: &World, id: &str, dollars: i64) -> What {
    What::Sale(Sale {
        id: id.to_owned(),
        amount: dollars * 100,
        tax: 0,
        items: Vec::new(),
        payment: Some("card".to_owned()),
        at: world.stage.clock.now(),
    })
}

/// A webhook of Bean There's merchant, with its id and its secret.
async fn webhook(world: &World, receiver: &Receiver, types: Value) -> (String, String) {
    let (_, merchant_id) = bean_there(world).await;
    let body = json!({ "url": receiver.url(), "types": types, "merchant_id": merchant_id });
    let made = world.api.post("/v1/webhooks", OPERATOR_KEY, body).await.created();
    (text(&made, "id"), text(&made, "secret"))
}

/// The log of a webhook, newest first.
async fn log(world: &World, webhook: &str) -> Vec<Value> {
    world.api.all(&format!("/v1/webhooks/{webhook}/deliveries"), OPERATOR_KEY, 50).await
}

/// Waits until the newest delivery is in a state after so many attempts.
async fn log_says(world: &World, webhook: &str, state: &str, attempts: i64) -> Value {
    until(&format!("a delivery is {state} after {attempts} attempts"), || async {
        log(world, webhook).await.first().is_some_and(|row| row["state"] == state && row["attempts"] == attempts)
    })
    .await;
    log(world, webhook).await.remove(0)
}

async fn show(world: &World, webhook: &str) -> Value {
    world.api.get(&format!("/v1/webhooks/{webhook}"), OPERATOR_KEY).await.ok()
}

async fn post(world: &World, path: &str, body: Value) -> Value {
    let answer = world.api.post(path, OPERATOR_KEY, body).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.text);
    answer.body
}
