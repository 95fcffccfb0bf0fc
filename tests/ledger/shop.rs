//! A shop with a program, members, and a till.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use regulars::{
    domain::program::sale::{Item, Sale},
    domain::purse::refund::Returned,
    http::Gateway,
    service::{
        clock_work,
        till::{Done, NotDone, Order, Till, What, Whom},
        verify::verify,
    },
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::harness::world::{Plan, World};

/// Everything at once, so that nothing goes unused.
pub const PROGRAM: &str = r#"
name = "All of it"
pending_days = 0
may_be_negative = true
earn = [
    { rule = "welcome", points = 10 },
    { rule = "spend", points = 1, per = 1, tax = "included" },
    { rule = "card", stamps = 4, reward = "coffee", articles = { categories = ["coffee"] } },
    { rule = "bonus", points = 7, when = { basket_from = 50 } },
    { rule = "referral", points = 30, friend_points = 20 },
    { rule = "code", id = "pack", points = 5 },
]
rewards = [
    { id = "coffee", name = "Free coffee", cost = 25, valid_days = 10 },
    { id = "last-mug", name = "Mug", cost = 5, stock = 3 },
]
[expiry]
after_months = 6
[tiers]
by = "spend"
window = "calendar_year"
levels = [{ id = "basic", name = "Basic", from = 0 }, { id = "gold", name = "Gold", from = 200 }]
"#;

pub const ANA: &str = "+14155550199";
pub const BEN: &str = "+14155550198";

/// The shop of a world: its id.
pub async fn open(world: &World) -> Uuid {
    let document = regulars::domain::program::draft::parse(PROGRAM).unwrap();
    let shop = first_shop(world);
    let answer = world.api.put(&format!("/v1/programs/{shop}"), &document).await;
    assert_eq!(answer["version"], 1, "{answer}");
    shop
}

pub fn first_shop(world: &World) -> Uuid {
    let gateway = gateway(world);
    let known = gateway.directory.read();
    known.directory.all_shops().find(|shop| shop.name == "Bean There").unwrap().id
}

pub fn gateway(world: &World) -> &Gateway {
    world.stage.app.gateway()
}

/// Plays with the shop open and Ana a member of it.
pub async fn play_on_both(play: impl AsyncFn(&World, Uuid)) {
    Plan::default()
        .on_both(async |world| {
            let shop = open(world).await;
            world.stage.text(ANA, "COFFEE PLS").await.unwrap();
            // The program is new, and its purses are looked at once.
            do_due(world).await;
            play(world, shop).await;
            world.rows.check_books().await;
            assert_verified(world).await;
        })
        .await;
}

pub async fn assert_verified(world: &World) {
    let (_, differences) = verify(&gateway(world).store, |_| {}).await.unwrap();
    assert_eq!(differences, []);
}

/// Takes one order now.
pub async fn order(world: &World, shop_id: Uuid, phone: &str, what: What) -> Result<Done, NotDone> {
    keyed(world, shop_id, phone, &Uuid::new_v4().to_string(), what).await
}

pub async fn keyed(world: &World, shop_id: Uuid, phone: &str, key: &str, what: What) -> Result<Done, NotDone> {
    let gateway = gateway(world);
    let till = Till { store: &gateway.store, directory: &gateway.directory, now: world.stage.clock.now() };
    let (whom, actor, key) = (Whom::Address(phone.to_owned()), "till".to_owned(), key.to_owned());
    let taken = till.take(Order { shop_id, whom, actor, key, what, invites: false }).await?;
    Ok(taken.done().unwrap())
}

/// A sale of so many whole units of money.
pub fn sale(world: &World, id: &str, amount: i64) -> What {
    What::Sale(bought(world.stage.clock.now(), id, amount, 0))
}

/// The same with coffees, which give stamps.
pub fn bought(at: DateTime<Utc>, id: &str, amount: i64, coffees: i64) -> Sale {
    let item = Item { sku: None, name: None, category: Some("coffee".to_owned()), quantity: coffees, unit_price: 100 };
    let items = if coffees > 0 { vec![item] } else { Vec::new() };
    Sale { id: id.to_owned(), amount: amount * 100, tax: 0, items, payment: None, at }
}

pub fn refund(sale_id: &str, refund_id: &str, returned: Returned) -> What {
    What::Refund { sale_id: sale_id.to_owned(), returned, refund_id: refund_id.to_owned() }
}

/// Does what is due, at the time of the world.
pub async fn do_due(world: &World) -> u64 {
    let gateway = gateway(world);
    let directory = Arc::clone(&gateway.directory);
    clock_work::do_due(&gateway.store, &directory, world.stage.clock.now(), &CancellationToken::new()).await.unwrap()
}
