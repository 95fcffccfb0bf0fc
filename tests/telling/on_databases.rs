//! On real databases: a text is written with the purse that keeps that it was told, so it goes out once.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use futures_util::future::join_all;
use regulars::{
    domain::{program::sale::Sale, purse::refund::Returned},
    service::{
        clock_work,
        till::{self, Order, What, Whom},
    },
};
use serde_json::json;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::harness::world::{Plan, World};

const PROGRAM: &str = r#"
name = "Points"
earn = [{ rule = "spend", points = 1 }]
rewards = [{ id = "tea", name = "A tea", cost = 100 }]
"#;
pub const KEY: &str = regulars::stage::OPERATOR_KEY;

/// Plays at ten in the morning in Los Angeles, where the phones are, at a shop that tells what is earned.
pub async fn play_on_both(telling: serde_json::Value, play: impl AsyncFn(&World, Uuid)) {
    Plan::default()
        .on_both(async |world| {
            let ten = Duration::hours(18);
            let today = world.stage.clock.now().date_naive().and_hms_opt(0, 0, 0).unwrap().and_utc();
            let next = [today + ten, today + ten + Duration::days(1)];
            let next = next.into_iter().find(|at| *at > world.stage.clock.now()).unwrap();
            world.stage.clock.advance(next - world.stage.clock.now());
            let shop = shop(world);
            let document = regulars::domain::program::draft::parse(PROGRAM).unwrap();
            assert_eq!(world.api.put(&format!("/v1/programs/{shop}"), &document).await["version"], 1);
            let body = json!({ "telling": telling });
            world.api.patch(&format!("/v1/shops/{shop}"), KEY, body).await.ok();
            play(world, shop).await;
        })
        .await;
}

fn shop(world: &World) -> Uuid {
    let known = world.stage.app.gateway().directory.read();
    known.directory.all_shops().find(|shop| shop.name == "Bean There").unwrap().id
}

pub async fn sell(world: &World, shop_id: Uuid, phone: &str, number: &str, dollars: i64) {
    let at = world.stage.clock.now();
    let sale = Sale { id: number.to_owned(), amount: dollars * 100, tax: 0, items: Vec::new(), payment: None, at };
    order(world, shop_id, phone, What::Sale(sale), at).await;
}

async fn order(world: &World, shop_id: Uuid, phone: &str, what: What, at: DateTime<Utc>) {
    let whom = Whom::Address(phone.to_owned());
    let order =
        Order { shop_id, whom, actor: "till".to_owned(), key: Uuid::new_v4().to_string(), what, invites: false };
    till::place(&world.stage.app.gateway().writes, order, None, at).await.unwrap();
}

pub async fn do_due(world: &World) {
    let gateway = world.stage.app.gateway();
    let directory = Arc::clone(&gateway.directory);
    let now = world.stage.clock.now();
    clock_work::do_due(&gateway.store, &directory, now, &CancellationToken::new()).await.unwrap();
}

pub async fn told(world: &World) -> i64 {
    world.rows.count("outbox WHERE reply = 'told'").await
}

fn phones() -> Vec<String> {
    (0..30).map(|n| format!("+141555504{n:02}")).collect()
}

/// Everybody has bought twice: the first sale was told at once, the second waits.
async fn have_all_wait(world: &World, shop: Uuid) {
    for (number, phone) in phones().iter().enumerate() {
        world.stage.text(phone, "COFFEE PLS").await.unwrap();
        sell(world, shop, phone, &format!("a{number}"), 5).await;
        sell(world, shop, phone, &format!("b{number}"), 7).await;
    }
    assert_eq!(told(world).await, 30, "the first sale is told in its own commit");
}

async fn assert_told_twice(world: &World) {
    assert_eq!(told(world).await, 60);
    let often = "SELECT COUNT(*) AS n FROM outbox WHERE reply = 'told' GROUP BY address";
    assert!(world.rows.numbers(often).await.iter().all(|count| *count == 2));
    assert_eq!(world.rows.count("purse WHERE tell_at IS NOT NULL").await, 0);
    world.stage.settled().await.unwrap();
    let last = world.stage.carrier.messages_to(&phones()[7]).pop().unwrap().body;
    assert_eq!(last, "Bean There: +7 points, you have 12 points.");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_told_once_by_whoever_looks() {
    play_on_both(json!({ "earned": true }), async |world, shop| {
        have_all_wait(world, shop).await;
        do_due(world).await;
        assert_eq!(told(world).await, 30, "it is bundled for ten minutes");
        world.stage.clock.advance(Duration::minutes(11));
        join_all((0..4).map(|_| do_due(world))).await;
        do_due(world).await;
        assert_told_twice(world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_cut_off_amid_telling_has_told_all_or_nothing_of_a_batch() {
    play_on_both(json!({ "earned": true }), async |world, shop| {
        have_all_wait(world, shop).await;
        world.stage.clock.advance(Duration::minutes(11));
        for polls in [1, 3, 9, 27] {
            let mut looking = Box::pin(do_due(world));
            for _ in 0..polls {
                if futures_util::poll!(&mut looking).is_ready() {
                    break;
                }
                tokio::task::yield_now().await;
            }
            drop(looking);
        }
        do_due(world).await;
        assert_told_twice(world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_opts_out_is_told_nothing_that_waited() {
    play_on_both(json!({ "earned": true }), async |world, shop| {
        have_all_wait(world, shop).await;
        for phone in &phones()[..10] {
            world.stage.text(phone, "STOP").await.unwrap();
        }
        world.stage.text(&phones()[10], "LEAVE").await.unwrap();
        world.stage.text(&phones()[10], "YES").await.unwrap();
        world.stage.clock.advance(Duration::minutes(11));
        do_due(world).await;
        assert_eq!(told(world).await, 30 + 19);
        assert_eq!(world.rows.count("purse WHERE tell_at IS NOT NULL").await, 0);
        sell(world, shop, &phones()[0], "c", 5).await;
        sell(world, shop, &phones()[10], "d", 5).await;
        world.stage.clock.advance(Duration::days(1));
        do_due(world).await;
        assert_eq!(told(world).await, 30 + 19);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sales_that_share_a_commit_are_one_text_each_member() {
    play_on_both(json!({ "earned": true }), async |world, shop| {
        let phones = &phones()[..5];
        for phone in phones {
            world.stage.text(phone, "COFFEE PLS").await.unwrap();
        }
        let numbers: Vec<String> = (0..20).map(|number| number.to_string()).collect();
        join_all(numbers.iter().enumerate().map(|(at, number)| sell(world, shop, &phones[at % 5], number, 3))).await;
        assert_eq!(told(world).await, 5);
        let refund = What::Refund { sale_id: "19".to_owned(), returned: Returned::All, refund_id: "r".to_owned() };
        order(world, shop, &phones[4], refund, world.stage.clock.now()).await;
        world.stage.clock.advance(Duration::minutes(11));
        do_due(world).await;
        world.stage.settled().await.unwrap();
        let last = |phone: &str| world.stage.carrier.messages_to(phone).pop().unwrap().body;
        assert_eq!(last(&phones[0]), "Bean There: +9 points from 3 visits, you have 12 points.");
        let corrected = last(&phones[4]);
        assert!(corrected.ends_with("you have 9 points.") || corrected.contains("+6 points"), "{corrected}");
    })
    .await;
}
