//! Staff who text, strangers who are invited, phones that become one member: once, whatever is repeated, and clean books.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a test that cannot go on has failed")]

mod harness;

use chrono::Duration;
use harness::world::{Plan, World, until};
use regulars::{
    domain::program::sale::Sale,
    sandbox::InboundText,
    service::{
        clock_work,
        till::{self, NotDone, Order, Taken, What, Whom},
        verify::verify,
    },
    stage::{OPERATOR_KEY, shops::NUMBER},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const ANA: &str = "+14155550101";
const BO: &str = "+14155550102";
const ZOE: &str = "+14155550103";
const NEW: &str = "+14155550104";

/// The shop with a program and Bo's phone authorised.
async fn open(world: &World) -> String {
    let shops = world.api.get("/v1/shops", OPERATOR_KEY).await.body;
    let shop = shops["items"][0]["id"].as_str().unwrap().to_owned();
    let program = json!({ "name": "Club", "earn": [
        { "rule": "welcome", "points": 10 },
        { "rule": "spend", "points": 1 },
        { "rule": "card", "id": "card", "stamps": 3, "per": "visit", "reward": "gift" }],
        "rewards": [{ "id": "gift", "name": "Gift", "valid_days": 30 }, { "id": "mug", "name": "Mug", "cost": 10, "valid_days": 30 }] });
    world.api.put(&format!("/v1/programs/{shop}"), &program).await;
    let phone = json!({ "phone": BO, "name": "Bo" });
    let answer =
        world.api.call(Method::POST, &format!("/v1/shops/{shop}/staff-phones"), OPERATOR_KEY, Some(&phone)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{:?}", answer.body);
    shop
}

async fn text(world: &World, phone: &str, body: &str) -> Vec<String> {
    world.stage.clock.advance(Duration::seconds(61));
    world.stage.text(phone, body).await.unwrap()
}

async fn member(world: &World, phone: &str) -> Value {
    let path = format!("/v1/members?phone={}", phone.replace('+', "%2B"));
    world.api.get(&path, OPERATOR_KEY).await.body["items"][0].clone()
}

async fn close(world: &World) {
    world.rows.check_books().await;
    let gateway = world.stage.app.gateway();
    assert_eq!(verify(&gateway.store, |_| {}).await.unwrap().1, []);
}

async fn sell(world: &World, shop: &str, phone: &str, id: &str, minor: i64) -> Result<Taken, NotDone> {
    let gateway = world.stage.app.gateway();
    let at = world.stage.clock.now();
    let sale = Sale { id: id.to_owned(), amount: minor, tax: 0, items: Vec::new(), payment: None, at };
    let order = Order {
        shop_id: shop.parse().unwrap(),
        whom: Whom::Address(phone.to_owned()),
        actor: "till".to_owned(),
        key: id.to_owned(),
        what: What::Sale(sale),
        invites: true,
    };
    till::place(&gateway.writes, order, None, at).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_of_staff_is_done_once_however_often_it_is_delivered() {
    Plan::default()
        .on_both(async |world| {
            open(world).await;
            text(world, ANA, "COFFEE PLS").await;
            world.stage.clock.advance(Duration::seconds(61));
            let punch =
                InboundText::new(BO, NUMBER, format!("SPEND {ANA} 12.50")).sid("SM00000000000000000000000000000001");
            assert_eq!(
                world.stage.deliver(punch.clone(), BO).await.unwrap(),
                ["...0101: +12 points, +1 stamp. Now 22 points."]
            );
            assert_eq!(world.stage.deliver(punch, BO).await.unwrap(), Vec::<String>::new());
            assert_eq!(member(world, ANA).await["balance"], 22);
            // Two phones in one breath: both are done, each is answered.
            world.stage.clock.advance(Duration::seconds(61));
            let (one, other) = tokio::join!(
                world.stage.carrier.deliver(InboundText::new(BO, NUMBER, format!("PUNCH {ANA}"))),
                world.stage.carrier.deliver(InboundText::new(BO, NUMBER, "UNDO")),
            );
            assert_eq!((one.unwrap().status, other.unwrap().status), (200, 200));
            world.stage.settled().await.unwrap();
            assert_eq!(world.rows.count("staff_deed").await, 2);
            close(world).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_raises_one_alarm_and_a_phone_that_is_removed_is_a_members() {
    Plan::settings(|settings| {
        settings.staff.deeds_per_hour_max = 2;
        settings.staff.deeds_per_member_day_max = 0;
    })
    .on_both(async |world| {
        let shop = open(world).await;
        text(world, ANA, "COFFEE PLS").await;
        for amount in [1, 2] {
            assert!(text(world, BO, &format!("SPEND {ANA} {amount}")).await[0].contains("Now"));
        }
        for _ in 0..2 {
            assert!(text(world, BO, &format!("SPEND {ANA} 3")).await[0].contains("2 entries within an hour"));
        }
        assert_eq!(world.rows.count("event WHERE kind = 'staff.limit_reached'").await, 1);
        let path = format!("/v1/shops/{shop}/staff-phones");
        let phones = world.api.get(&path, OPERATOR_KEY).await.body;
        let id = phones["items"][0]["id"].as_str().unwrap().to_owned();
        let again = json!({ "phone": BO, "name": "Bo" });
        let again = world.api.call(Method::POST, &path, OPERATOR_KEY, Some(&again)).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        for (body, status) in
            [(json!({ "phone": "32665", "name": "Bo" }), 422), (json!({ "phone": ZOE, "name": "" }), 422)]
        {
            assert_eq!(world.api.call(Method::POST, &path, OPERATOR_KEY, Some(&body)).await.status, status);
        }
        let gone = world.api.call(Method::DELETE, &format!("{path}/{id}"), OPERATOR_KEY, None).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
        let gone = world.api.call(Method::DELETE, &format!("{path}/{id}"), OPERATOR_KEY, None).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        world.stage.clock.advance(Duration::hours(2));
        let deeds = world.rows.count("staff_deed").await;
        text(world, BO, &format!("SPEND {ANA} 4")).await;
        assert_eq!(world.rows.count("staff_deed").await, deeds);
        close(world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stranger_bought_waits_for_their_yes_and_no_longer() {
    Plan::default()
        .on_both(async |world| {
            let shop = open(world).await;
            world.wait_for_hour(18);
            for _ in 0..2 {
                assert!(matches!(sell(world, &shop, ZOE, "1", 1250).await, Ok(Taken::Waits { .. })));
            }
            assert!(matches!(sell(world, &shop, ZOE, "2", 500).await, Ok(Taken::Waits { .. })));
            world.stage.settled().await.unwrap();
            assert_eq!(world.stage.carrier.messages_to(ZOE).len(), 1);
            assert_eq!(world.rows.count("member").await, 0);
            let read = text(world, ZOE, "YES").await;
            // 10 for joining, 12 and 5 for what was bought.
            assert!(read[0].contains("You have 27 points"), "{read:?}");
            assert_eq!(world.rows.count("consent WHERE method = 'invitation' AND kind = 'opt_in'").await, 1);
            assert_eq!(world.rows.count("waiting_sale").await, 0);
            // The till tries the first one again.
            assert!(matches!(sell(world, &shop, ZOE, "1", 1250).await, Ok(Taken::Done(done)) if done.is_repeat));
            // Who says nothing is not asked again, and what waited is forgotten.
            assert!(matches!(sell(world, &shop, NEW, "3", 500).await, Ok(Taken::Waits { .. })));
            world.stage.clock.advance(Duration::days(8));
            let gateway = world.stage.app.gateway();
            let stop = CancellationToken::new();
            clock_work::do_due(&gateway.store, &gateway.directory, world.stage.clock.now(), &stop).await.unwrap();
            assert_eq!(world.rows.count("waiting_sale").await, 0);
            assert!(matches!(sell(world, &shop, NEW, "4", 500).await, Err(NotDone::NoSuchMember)));
            world.stage.settled().await.unwrap();
            assert_eq!(world.stage.carrier.messages_to(NEW).len(), 1);
            close(world).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_phones_of_allowed_countries_are_invited() {
    Plan::settings(|settings| settings.limits.countries = "US".to_owned())
        .on_sqlite(async |world| {
            let shop = open(world).await;
            for stranger in ["+40712345678", "32665"] {
                let refused = sell(world, &shop, stranger, stranger, 500).await;
                assert!(matches!(refused, Err(NotDone::NoSuchMember)), "{stranger}");
            }
            assert_eq!(world.rows.count("invitation").await, 0);
        })
        .await;
}

async fn merge(world: &World, into: &str, body: Value) -> (StatusCode, Value) {
    let answer = world.api.call(Method::POST, &format!("/v1/members/{into}/merge"), OPERATOR_KEY, Some(&body)).await;
    (answer.status, answer.body)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_phones_become_one_member_and_two_again() {
    Plan::default()
        .on_both(async |world| {
            let shop = open(world).await;
            for phone in [ANA, NEW] {
                text(world, phone, "COFFEE PLS").await;
            }
            sell(world, &shop, ANA, "1", 3000).await.unwrap();
            sell(world, &shop, NEW, "2", 500).await.unwrap();
            let bought = text(world, ANA, "REDEEM 1").await[0].clone();
            let code = bought.split("Code ").nth(1).unwrap().split(',').next().unwrap().to_owned();
            let (ana, new) = (member(world, ANA).await, member(world, NEW).await);
            assert_eq!((&ana["balance"], &new["balance"]), (&json!(30), &json!(15)));
            let id = |member: &Value| member["id"].as_str().unwrap().to_owned();
            let (ana, new) = (id(&ana), id(&new));
            // A preview changes nothing.
            let (status, preview) = merge(world, &new, json!({ "from_phone": ANA, "dry_run": true })).await;
            assert_eq!(status, StatusCode::OK, "{preview}");
            assert_eq!((&preview["id"], &preview["programs"][0]["points"]), (&Value::Null, &json!(30)));
            assert_eq!(preview["programs"][0]["vouchers"], json!([code]));
            assert_eq!(member(world, NEW).await["balance"], 15);
            let (status, merged) = merge(world, &new, json!({ "from_member_id": ana })).await;
            assert_eq!(status, StatusCode::OK, "{merged}");
            assert_eq!(
                (&member(world, NEW).await["balance"], &member(world, ANA).await["balance"]),
                (&json!(45), &json!(0))
            );
            // The old phone is told, and found at the counter as the new one; what it bought can be returned.
            assert!(text(world, ANA, "BAL").await[0].contains("moved to your other phone"));
            sell(world, &shop, ANA, "3", 500).await.unwrap();
            assert_eq!(member(world, NEW).await["balance"], 50);
            assert!(text(world, BO, &format!("REDEEM {code}")).await[0].contains("Done."));
            assert!(text(world, BO, "UNDO").await[0].contains("again"));
            close(world).await;
            let (status, _) = merge(world, &new, json!({ "from_member_id": ana })).await;
            assert_eq!(status, StatusCode::CONFLICT);
            let undo = format!("/v1/merges/{}/undo", merged["id"].as_str().unwrap());
            let undone = world.api.call(Method::POST, &undo, OPERATOR_KEY, None).await;
            assert_eq!(undone.status, StatusCode::OK, "{:?}", undone.body);
            assert_eq!(
                (&member(world, NEW).await["balance"], &member(world, ANA).await["balance"]),
                (&json!(20), &json!(30))
            );
            assert_eq!(world.api.call(Method::POST, &undo, OPERATOR_KEY, None).await.status, StatusCode::CONFLICT);
            assert!(text(world, ANA, "BAL").await[0].contains("30 points"));
            let (status, _) = merge(world, &new, json!({ "from_member_id": Uuid::new_v4() })).await;
            assert_eq!(status, StatusCode::NOT_FOUND);
            close(world).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_of_the_night_waits_for_the_morning_and_holds_up_nothing() {
    Plan::default()
        .on_both(async |world| {
            let shop = open(world).await;
            // It is night where their phones are from.
            world.wait_for_hour(7);
            for (phone, id) in [(ZOE, "1"), (NEW, "2"), (ANA, "3")] {
                assert!(matches!(sell(world, &shop, phone, id, 1250).await, Ok(Taken::Waits { .. })));
            }
            world.stage.settled().await.unwrap();
            assert_eq!(world.rows.count("outbox WHERE state = 'deferred'").await, 3);
            assert_eq!(world.stage.carrier.messages_to(ZOE).len(), 0);
            // Whoever texts is answered at once; nobody has asked them yet, so a yes is none.
            assert_eq!(text(world, ZOE, "BAL").await.len(), 1);
            text(world, ZOE, "YES").await;
            assert_eq!(world.rows.count("member").await, 0);
            // Who joins by keyword meanwhile has what they bought, and is not asked any more; nor is who wants no texts.
            let welcome = text(world, NEW, "COFFEE PLS").await;
            assert!(welcome[0].contains("22 points"), "{welcome:?}");
            text(world, ANA, "STOP").await;
            assert_eq!(world.rows.count("outbox WHERE reply = 'invited' AND state = 'deferred'").await, 1);
            assert_eq!(world.rows.count("outbox WHERE reply = 'invited' AND state = 'withdrawn'").await, 2);
            world.wait_for_hour(18);
            let is_asked =
                || async { world.stage.carrier.messages_to(ZOE).iter().any(|text| text.body.contains("reply YES")) };
            until("the invitation is sent in the morning", is_asked).await;
            world.stage.settled().await.unwrap();
            let read = text(world, ZOE, "YES").await;
            assert!(read[0].contains("22 points"), "{read:?}");
            let asked = world.stage.carrier.messages_to(NEW).iter().any(|text| text.body.contains("reply YES"));
            assert!(!asked, "who is a member is not invited");
            close(world).await;
        })
        .await;
}
