//! A shop changes its program: its members keep what they hold.

use regulars::service::till::What;
use serde_json::json;
use uuid::Uuid;

use super::shop::{ANA, BEN, gateway, order, play_on_both, sale};

#[tokio::test(flavor = "multi_thread")]
async fn shops_that_come_to_share_a_program_join_what_their_members_hold() {
    play_on_both(async |world, shop| {
        let second = gateway(world).directory.read().directory.all_shops().find(|other| other.id != shop).unwrap().id;
        order(world, shop, ANA, sale(world, "1", 20)).await.unwrap();
        // Ana belongs to both shops, Ben to the second alone.
        for phone in [ANA, BEN] {
            world.stage.text(phone, "BREAD PLS").await.unwrap();
            world.stage.text(phone, "YES").await.unwrap();
        }
        let shared = Uuid::new_v4();
        let document = json!({ "name": "Both", "earn": [{ "rule": "visit", "points": 1 }] });
        let address = format!("/v1/programs/{shared}?shop_ids={shop},{second}");
        let answer = world.api.put(&address, &document).await;
        assert_eq!(answer["shop_ids"].as_array().unwrap().len(), 2, "{answer}");
        let ana = order(world, second, ANA, sale(world, "2", 1)).await.unwrap();
        assert_eq!(ana.purse.available, 10 + 20 + 5 + 1);
        let ben = order(world, second, BEN, What::Adjust { points: 1, reason: "a wait".to_owned() }).await.unwrap();
        assert_eq!(ben.purse.available, 6);
    })
    .await;
}
