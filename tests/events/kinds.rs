//! Every kind of event happens, and is told in words that are enough to act on.

use std::collections::BTreeSet;

use chrono::Duration;
use regulars::{
    domain::{event::EventKind, program::sale::Sale, purse::refund::Returned},
    service::till::What,
    stage::{OPERATOR_KEY, shops::NUMBER},
};
use serde_json::{Value, json};

use crate::{
    ANA, bean_there,
    harness::{
        provider::{Params, with},
        receiver::Receiver,
        world::{Plan, World, until},
    },
    order, post, sale, say, webhook,
};

fn program() -> Value {
    json!({
        "name": "Club",
        "pending_days": 1,
        "expiry": { "after_months": 1 },
        "earn": [
            { "rule": "spend", "points": 1 },
            { "rule": "card", "id": "cups", "stamps": 2, "per": "visit", "reward": "cup",
              "when": { "payments": ["card"] } },
        ],
        "rewards": [
            { "id": "cup", "name": "A cup", "valid_days": 10 },
            { "id": "cake", "name": "A cake", "cost": 20, "valid_days": 10 },
        ],
        "tiers": { "by": "spend", "window": "lifetime", "levels": [{ "id": "star", "name": "Star", "from": 50 }] },
    })
}

/// Lives through everything that is told.
async fn live(world: &World) {
    say(world, ANA, "COFFEE PLS").await;
    order(world, "a", sale(world, "a", 60)).await;
    let refund = What::Refund { sale_id: "a".to_owned(), returned: Returned::All, refund_id: "r".to_owned() };
    order(world, "r", refund).await;
    order(world, "b", sale(world, "b", 60)).await;
    let cup = order(world, "c", sale(world, "c", 1)).await.issued[0].code.clone();
    let redeemed = order(world, "cup", What::Redeem(cup.clone())).await.redeemed.unwrap();
    order(world, "oops", What::Reinstate(Box::new(redeemed))).await;
    order(world, "cup again", What::Redeem(cup)).await;
    // A sale of long ago, of which nothing comes.
    order(world, "quiet", quiet_sale(world)).await;
    say(world, ANA, "STOP").await;
    say(world, ANA, "START").await;
    let sent = world.rows.all("SELECT provider_message_id FROM outbox ORDER BY id").await;
    let sid = sent[0]["provider_message_id"].as_str().unwrap();
    let receipt = world.provider.receipt(sid, NUMBER, ANA, "undelivered");
    let receipt = late(receipt, "30005");
    for _ in 0..2 {
        assert_eq!(world.provider.status(&receipt).await.status, 200);
    }
    world.stage.pass(Duration::days(2)).await.unwrap();
    order(world, "d", What::Adjust { points: 5, reason: "a long wait".to_owned() }).await;
    let cake = || What::Issue { reward: "cake".to_owned(), points: None };
    let first = order(world, "e", cake()).await.issued[0].code.clone();
    order(world, "f", What::Cancel(first)).await;
    order(world, "g", cake()).await;
    world.stage.pass(Duration::days(12)).await.unwrap();
    world.stage.pass(Duration::days(60)).await.unwrap();
    say(world, ANA, "LEAVE").await;
    say(world, ANA, "YES").await;
}

/// A visit of which no rule takes notice: it is paid by a voucher.
fn quiet_sale(world: &World) -> What {
    let What::Sale(sale) = sale(world, "q", 0) else { unreachable!("a sale") };
    What::Sale(Sale { payment: Some("voucher".to_owned()), at: sale.at - Duration::hours(1), ..sale })
}

/// A receipt that is the carrier's last word, with what went wrong.
fn late(receipt: Params, code: &str) -> Params {
    with(with(receipt, "ErrorCode", code), "RawDlrDoneDate", "9912312359")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_is_told_once_in_the_feed_and_to_the_webhook_alike() {
    Plan::default()
        .on_both(async |world| {
            let (shop, merchant_id) = bean_there(world).await;
            world.api.put(&format!("/v1/programs/{shop}"), &program()).await;
            let receiver = Receiver::start().await;
            let (id, _) = webhook(world, &receiver, json!([])).await;
            live(world).await;
            post(world, &format!("/v1/webhooks/{id}/test"), json!({})).await;

            let test = format!("/v1/events?merchant_id={merchant_id}&types=webhook.test");
            // On PostgreSQL whatever else the server is about may hold back what is new for a moment.
            until("the last event is in the feed", || async {
                !world.api.get(&test, OPERATOR_KEY).await.ok()["items"].as_array().unwrap().is_empty()
            })
            .await;
            let mut feed: Vec<Value> = Vec::new();
            let mut cursor = String::new();
            loop {
                let path = format!("/v1/events?merchant_id={merchant_id}&limit=3{cursor}");
                let page = world.api.get(&path, OPERATOR_KEY).await.ok();
                feed.extend(page["items"].as_array().unwrap().iter().cloned());
                cursor = format!("&cursor={}", page["next_cursor"].as_str().unwrap());
                if page["has_more"] == false {
                    break;
                }
            }
            let kinds: BTreeSet<&str> = feed.iter().map(|event| event["type"].as_str().unwrap()).collect();
            assert_eq!(kinds, EventKind::ALL.map(EventKind::name).into_iter().collect());
            let ids: BTreeSet<&str> = feed.iter().map(|event| event["id"].as_str().unwrap()).collect();
            assert_eq!(ids.len(), feed.len());
            check_words(&feed, &shop);

            // Time leaps here, and what was on its way meanwhile is told twice: its lease was over.
            until("the webhook has heard all of it", || async {
                receiver.calls().iter().map(|call| call.id()).collect::<BTreeSet<_>>() == ids
            })
            .await;
            let calls = receiver.calls();
            for call in &calls {
                let event = feed.iter().find(|event| event["id"] == call.id()).unwrap();
                assert_eq!((&call.json()["data"], &call.json()["type"]), (&event["data"], &event["type"]));
                assert!(call.body.len() < 20_000 && call.header("content-type") == "application/json");
            }
            receiver.stop().await;
        })
        .await;
}

fn check_words(feed: &[Value], shop: &str) {
    let first = |kind: &str| &feed.iter().find(|event| event["type"] == kind).unwrap()["data"];
    for event in feed.iter().filter(|event| event["type"] != "webhook.test") {
        assert_eq!(event["data"]["phone"], ANA, "{event}");
        assert!(event["data"]["member_id"].is_string(), "{event}");
    }
    let count = |kind: &str| feed.iter().filter(|event| event["type"] == kind).count();
    assert_eq!((count("message.failed"), count("member.enrolled"), count("member.opted_out")), (1, 1, 1));
    let enrolled = first("member.enrolled");
    assert_eq!((&enrolled["keyword"], &enrolled["again"]), (&json!("COFFEE PLS"), &json!(false)));
    let earned = first("points.earned");
    assert_eq!((&earned["points"], &earned["sale_id"], &earned["shop_id"]), (&json!(60), &json!("a"), &json!(shop)));
    assert_eq!((&earned["lines"][0]["points"], &earned["pending"]), (&json!(60), &json!(60)));
    let reversed = first("points.reversed");
    assert_eq!((&reversed["points"], &reversed["sale_id"]), (&json!(60), &json!("a")));
    assert_eq!((&first("points.released")["points"], &first("points.released")["balance"]), (&json!(61), &json!(61)));
    let adjusted = first("points.adjusted");
    assert_eq!((&adjusted["points"], &adjusted["reason"]), (&json!(5), &json!("a long wait")));
    assert_eq!((&first("stamps.earned")["card"], &first("stamps.earned")["in_hand"]), (&json!("cups"), &json!(1)));
    let issued = first("reward.issued");
    assert_eq!(
        (&issued["reward"], &issued["reward_name"], &issued["given_by"]),
        (&json!("cup"), &json!("A cup"), &json!("cups"))
    );
    // Redeemed again after it was taken back, it is told again.
    assert_eq!((count("reward.redeemed"), count("reward.reinstated")), (2, 1));
    assert_eq!(first("reward.redeemed")["code"], issued["code"]);
    assert_eq!(first("reward.reinstated")["code"], issued["code"]);
    let quiet = first("sale.recorded");
    assert_eq!((&quiet["sale_id"], &quiet["amount"], quiet["sold_at"].is_string()), (&json!("q"), &json!(0), true));
    assert_eq!(count("sale.recorded"), 1);
    // What was paid is told once, with the first that comes of a sale.
    let told: Vec<&Value> = feed.iter().filter(|event| event["data"]["amount"].is_number()).collect();
    let sales: BTreeSet<&str> = told.iter().map(|event| event["data"]["sale_id"].as_str().unwrap()).collect();
    assert_eq!((told.len(), sales), (4, BTreeSet::from(["a", "b", "c", "q"])));
    let back: Vec<&Value> = feed.iter().filter(|event| event["data"]["refunded"].is_number()).collect();
    assert_eq!(
        (back.len(), &back[0]["data"]["refunded"], &back[0]["data"]["stands"]),
        (1, &json!(6_000), &json!(false))
    );
    assert_eq!(
        (&first("reward.cancelled")["reward"], &first("reward.cancelled")["points"]),
        (&json!("cake"), &json!(20))
    );
    let tiers: Vec<_> = feed.iter().filter(|event| event["type"] == "tier.changed").collect();
    let moves: Vec<_> = tiers.iter().map(|event| (&event["data"]["level"], &event["data"]["direction"])).collect();
    assert_eq!(moves[..2], [(&json!("star"), &json!("up")), (&Value::Null, &json!("down"))]);
    let failed = first("message.failed");
    assert_eq!((&failed["state"], &failed["error_code"]), (&json!("undelivered"), &json!(30005)));
    assert_eq!(first("member.opted_out")["method"], "reserved_word");
    assert!(first("points.lapsed")["occurred_at"].is_string(), "it lapsed before it was looked at");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_carriers_word_that_somebody_opted_out_is_told_once() {
    Plan::default()
        .on_both(async |world| {
            let receiver = Receiver::start().await;
            webhook(world, &receiver, json!(["member.opted_out", "message.failed"])).await;
            say(world, ANA, "COFFEE PLS").await;
            let sent = world.rows.all("SELECT provider_message_id FROM outbox").await;
            let sid = sent[0]["provider_message_id"].as_str().unwrap();
            let receipt = world.provider.receipt(sid, NUMBER, ANA, "failed");
            let receipt = late(receipt, "21610");
            for _ in 0..2 {
                assert_eq!(world.provider.status(&receipt).await.status, 200);
            }
            let calls = receiver.wait_for(2).await;
            let mut kinds: Vec<String> = calls.iter().map(|call| call.kind()).collect();
            kinds.sort();
            assert_eq!(kinds, ["member.opted_out", "message.failed"]);
            let opted_out = calls.iter().find(|call| call.kind() == "member.opted_out").unwrap().json();
            assert_eq!(opted_out["data"]["method"], "carrier_refusal");
            assert_eq!(world.rows.count("event WHERE kind IN ('member.opted_out', 'message.failed')").await, 2);
            receiver.stop().await;
        })
        .await;
}

#[test]
fn the_handbook_has_every_kind_with_what_it_tells_and_an_example() {
    let handbook = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/events.md")).unwrap();
    for kind in EventKind::ALL {
        let about = kind.about().trim_end_matches('.').split(';').next().unwrap();
        let head = format!("**`{}`** {about}", kind.name());
        let part = handbook.split(&head).nth(1).unwrap_or_else(|| panic!("docs/events.md has no {head}"));
        let example = part.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let example: Value = serde_json::from_str(example).unwrap_or_else(|error| panic!("{}: {error}", kind.name()));
        assert!(example.is_object() && !part.split("```json").next().unwrap().contains("**`"), "{}", kind.name());
    }
}
