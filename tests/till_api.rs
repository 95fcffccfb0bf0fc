//! The till over HTTP: tills that retry, arrive late, return twice and redeem at the same instant; on both databases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "till_api/batches.rs"]
mod batches;
#[path = "till_api/counter.rs"]
mod counter;
mod harness;
#[path = "till_api/instants.rs"]
mod instants;
#[path = "till_api/purchases.rs"]
mod purchases;
#[path = "till_api/searches.rs"]
mod searches;

use harness::{
    api::{Answer, text},
    world::{Plan, World},
};
use regulars::stage::OPERATOR_KEY;
use reqwest::Method;
use serde_json::{Value, json};

const ANA: &str = "+14155550199";

/// A shop whose program has a bit of everything, with Ana for its member.
struct Till<'w> {
    world: &'w World,
    shop: String,
    ana: String,
}

async fn on_both(play: impl AsyncFn(&Till<'_>)) {
    let play = &play;
    Plan::default().on_both(async |world| play(&Till::open(world).await).await).await;
}

impl<'w> Till<'w> {
    async fn open(world: &'w World) -> Self {
        let shop = world.shop("Bean There").await;
        let program = json!({
            "name": "Coffee club",
            "earn": [
                { "rule": "spend", "points": 1, "per": 1 },
                { "rule": "card", "id": "coffees", "name": "Coffees", "stamps": 3, "reward": "tenth",
                  "articles": { "categories": ["coffee"] } },
                { "rule": "action", "id": "own-cup", "points": 5 },
                { "rule": "code", "id": "pack", "points": 12 },
            ],
            "rewards": [
                { "id": "coffee", "name": "Free coffee", "cost": 50 },
                { "id": "mug", "name": "Our mug", "cost": 60, "stock": 1 },
                { "id": "tenth", "name": "Your 10th coffee", "worth": { "kind": "free_item", "articles": { "categories": ["coffee"] } } },
            ],
            "tiers": { "by": "spend", "window": "calendar_year",
                       "levels": [{ "id": "silver", "name": "Silver", "from": 100 }] },
        });
        world.api.put(&format!("/v1/programs/{shop}"), &program).await;
        world.stage.text(ANA, "COFFEE PLS").await.unwrap();
        let ana = text(&world.api.member(ANA).await, "id");
        Self { world, shop, ana }
    }

    fn purchases(&self, rest: &str) -> String {
        format!("/v1/shops/{}/purchases{rest}", self.shop)
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.world.api.post(path, OPERATOR_KEY, body).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.world.api.get(path, OPERATOR_KEY).await
    }

    /// Ana spends so many cents.
    async fn spend(&self, sale_id: &str, minor: i64) -> Value {
        let body = json!({ "phone": ANA, "sale_id": sale_id, "amount": { "minor": minor, "currency": "USD" } });
        let answer = self.post(&self.purchases(""), body).await;
        assert!(answer.status.is_success(), "{}", answer.text);
        answer.body
    }

    async fn give(&self, points: i64) -> Value {
        let path = format!("/v1/members/{}/adjustments", self.ana);
        let answer = self.post(&path, json!({ "points": points, "reason": "for the test" })).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.body
    }

    async fn balance(&self) -> i64 {
        self.get(&format!("/v1/members/{}/rewards", self.ana)).await.ok()["balance"].as_i64().unwrap()
    }

    /// The code of a coffee that Ana has bought with her points.
    async fn coffee(&self) -> String {
        let answer = self.post(&format!("/v1/members/{}/vouchers", self.ana), json!({ "reward": "coffee" })).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        text(&answer.body["vouchers"][0], "code")
    }

    async fn redeem(&self, code: &str) -> Answer {
        self.post(&format!("/v1/vouchers/{code}/redeem"), json!({ "shop_id": self.shop })).await
    }

    async fn delete(&self, path: &str) -> Answer {
        self.world.api.call(Method::DELETE, path, OPERATOR_KEY, None).await
    }
}

impl World {
    /// The id of a shop by its name.
    async fn shop(&self, name: &str) -> String {
        let shops = self.api.get("/v1/shops", OPERATOR_KEY).await.ok();
        let shop = shops["items"].as_array().unwrap().iter().find(|shop| shop["name"] == name);
        text(shop.unwrap(), "id")
    }
}

#[test]
fn every_problem_is_explained_and_every_explanation_is_of_one() {
    let paper = std::fs::read_to_string("docs/api.md").unwrap();
    for (kind, _, status) in regulars::http::api::refused::KINDS {
        assert!(paper.contains(&format!("| `/problems/{kind}` | {status} |")), "docs/api.md: {kind} {status}");
    }
    let explained = paper.lines().filter(|line| line.starts_with("| `/problems/")).count();
    assert_eq!(explained, regulars::http::api::refused::KINDS.len());
}
