//! Orders at the counter keep their results in the commit that does them; their keys are of the same kind as all others.

use regulars::{
    http::Gateway,
    service::till::{self, NotDone, Once, Order, Taken, What, Whom},
};
use uuid::Uuid;

use crate::premises::{ANA, Premises, bare, post};

async fn adjust(gateway: &Gateway, shop_id: Uuid, once: &Once) -> Result<Taken, NotDone> {
    let what = What::Adjust { points: 5, reason: "sorry".to_owned() };
    let (whom, actor, key) = (Whom::Address(ANA.to_owned()), "till".to_owned(), Uuid::new_v4().to_string());
    let order = Order { shop_id, whom, actor, key, what, invites: false };
    till::place(&gateway.writes, order, Some(once.clone()), gateway.clock.now()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_under_a_key_is_done_once_and_never_under_that_of_another_request() {
    bare()
        .on_both(async |world| {
            let premises = Premises::open(world).await;
            let gateway = world.stage.app.gateway();
            let shop_id: Uuid = premises.north.parse().unwrap();
            let once = |key: &str, fingerprint: &str| Once {
                scope: premises.owner_key.parse().unwrap(),
                key: key.to_owned(),
                fingerprint: fingerprint.to_owned(),
            };
            let first = adjust(gateway, shop_id, &once("a", "1")).await.unwrap();
            assert_eq!(adjust(gateway, shop_id, &once("a", "1")).await.unwrap(), first);
            assert!(matches!(adjust(gateway, shop_id, &once("a", "2")).await, Err(NotDone::KeyReused)));
            assert_eq!(world.api.member(ANA).await["balance"], 12);

            let body = serde_json::json!({ "role": "staff", "name": "Till" });
            assert_eq!(post(&world.api, "/v1/keys", &premises.owner, "b", &body).await.status, 201);
            assert!(matches!(adjust(gateway, shop_id, &once("b", "1")).await, Err(NotDone::KeyReused)));
            world.rows.run("UPDATE idempotency SET state = 'running', answer = NULL WHERE key = 'b'").await;
            assert!(matches!(adjust(gateway, shop_id, &once("b", "1")).await, Err(NotDone::KeyReused)));
            post(&world.api, "/v1/keys", &premises.owner, "a", &body).await.problem(422);
            assert_eq!(world.api.member(ANA).await["balance"], 12);

            let turn = gateway.under_way.take(&once("c", "1"));
            assert!(turn.is_some() && gateway.under_way.take(&once("c", "1")).is_none());
            drop(turn);
            assert!(gateway.under_way.take(&once("c", "1")).is_some());
        })
        .await;
}
