//! Friends: both are thanked after the friend's first purchase, and the thanks go back with it.

use regulars::{domain::purse::refund::Returned, service::till::What};

use super::shop::{ANA, BEN, order, play_on_both, refund, sale};

#[tokio::test(flavor = "multi_thread")]
async fn both_are_thanked_once_and_a_refund_takes_it_back_from_both() {
    play_on_both(async |world, shop| {
        let said = world.stage.text(ANA, "REFER").await.unwrap().join(" ");
        let code = world.stage.codes_of(ANA).await.unwrap().pop().unwrap_or_else(|| panic!("{said}"));
        world.stage.text(BEN, &format!("coffee pls {}", code.to_lowercase())).await.unwrap();
        let balance = async |phone: &str| {
            let look = What::Adjust { points: 0, reason: "to look".to_owned() };
            order(world, shop, phone, look).await.unwrap().purse.available
        };
        assert_eq!((balance(ANA).await, balance(BEN).await), (10, 10), "joining alone thanks nobody");
        order(world, shop, BEN, sale(world, "1", 5)).await.unwrap();
        order(world, shop, BEN, sale(world, "2", 5)).await.unwrap();
        assert_eq!((balance(ANA).await, balance(BEN).await), (40, 40));
        order(world, shop, BEN, refund("1", "1", Returned::All)).await.unwrap();
        assert_eq!((balance(ANA).await, balance(BEN).await), (10, 15));
    })
    .await;
}
