//! Two merchants on one number: one with two shops, one with one; and members.

use regulars::{http::api::RESOURCES, stage::shops::NUMBER};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{
    api::{Answer, Api, text},
    world::{Plan, World},
};

/// Of North alone.
pub const ANA: &str = "+14155550191";
/// Of South alone.
pub const BEN: &str = "+14155550192";
/// Of both.
pub const CLEO: &str = "+14155550193";

pub struct Premises {
    pub merchant_id: String,
    pub owner: String,
    pub sender_id: String,
    pub north: String,
    pub south: String,
    /// North's keyword.
    pub keyword: String,
    /// The id of the owner's key.
    pub owner_key: String,
    /// Another merchant's key.
    pub stranger: String,
}

pub fn bare() -> Plan {
    Plan { furnished: false, ..Plan::default() }
}

impl Premises {
    pub async fn open(world: &World) -> Self {
        let api = &world.api;
        let sender_id = text(&api.sender(NUMBER).await, "id");
        let (merchant_id, owner) = api.merchant("Two Cafes").await;
        let (_, stranger) = api.merchant("Somebody Else").await;
        let north = api.shop(&owner, "North Cafe", NUMBER).await;
        let south = api.shop(&owner, "South Cafe", NUMBER).await;
        let keyword = text(&api.keyword(&owner, &north, "LATTE").await, "id");
        api.keyword(&owner, &south, "BAGEL").await;
        for (phone, body) in [(ANA, "latte"), (BEN, "bagel"), (CLEO, "latte"), (CLEO, "bagel"), (CLEO, "BAL")] {
            world.stage.text(phone, body).await.unwrap();
        }
        let owner_key = text(&api.get("/v1/keys", &owner).await.ok()["items"][0], "id");
        Self { merchant_id, owner, sender_id, north, south, keyword, owner_key, stranger }
    }

    /// A key of the merchant's.
    pub async fn key(&self, api: &Api, role: &str, shop_id: Option<&str>) -> String {
        let mut new = json!({ "role": role, "name": format!("a {role}") });
        if let Some(id) = shop_id {
            new["shop_id"] = json!(id);
        }
        text(&api.post("/v1/keys", &self.owner, new).await.created(), "api_key")
    }

    /// An address of `RESOURCES` with what is North's in it: the ids, and whether they are all of things that are there.
    pub fn of_north(&self, path: &str, member: &str) -> String {
        let id = match path.split('/').nth(2).unwrap() {
            "merchants" => &self.merchant_id,
            "keys" => &self.owner_key,
            "senders" => &self.sender_id,
            "members" => member,
            _ => &self.north,
        };
        let path = path.replacen("{id}", id, 1).replace("{keyword_id}", &self.keyword);
        nowhere(&path.replace("{language}", "en").replace("{key}", "hint-hello"))
    }

    /// What nobody may read who may not see North.
    pub fn secrets_of_north(&self) -> [&str; 5] {
        [&self.north, &self.keyword, ANA, "North Cafe", "LATTE"]
    }
}

/// An address with ids of nothing.
pub fn nowhere(path: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { Uuid::nil().to_string() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Every operation: its address and method, with who may.
pub async fn operations(api: &Api) -> Vec<(&'static str, Method, regulars::http::api::access::Who)> {
    let description = api.get("/openapi.json", "").await.ok();
    let mut found = Vec::new();
    for (path, access, _) in RESOURCES {
        for method in description["paths"][*path].as_object().unwrap().keys() {
            let method: Method = method.to_uppercase().parse().unwrap();
            let who = access.of(&method.as_str().parse().unwrap());
            found.push((*path, method, who));
        }
    }
    found
}

/// A request with an `Idempotency-Key`.
pub async fn send(api: &Api, method: Method, path: &str, key: &str, once: &str, body: &str) -> Answer {
    let request = api.client.request(method, api.url(path)).bearer_auth(key).header("Idempotency-Key", once);
    Answer::of(request.body(body.to_owned()).send().await.unwrap()).await
}

/// The same for a body that is JSON, posted.
pub async fn post(api: &Api, path: &str, key: &str, once: &str, body: &Value) -> Answer {
    send(api, Method::POST, path, key, once, &body.to_string()).await
}
