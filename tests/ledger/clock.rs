//! What time does by itself, once, however often it is looked at and from however many nodes.

use futures_util::future::join_all;

use super::shop::{ANA, do_due, order, play_on_both, sale};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_is_done_once_by_whoever_looks() {
    play_on_both(async |world, shop| {
        let phones: Vec<String> = (0..30).map(|n| format!("+141555503{n:02}")).collect();
        for (number, phone) in phones.iter().enumerate() {
            world.stage.text(phone, "COFFEE PLS").await.unwrap();
            order(world, shop, phone, sale(world, &number.to_string(), 12)).await.unwrap();
        }
        // Half a year and more goes by while nobody looks.
        world.stage.clock.advance(chrono::Duration::days(400));
        join_all((0..4).map(|_| do_due(world))).await;
        assert_eq!(world.rows.count("purse WHERE available <> 0").await, 0);
        assert_eq!(world.rows.count("entry WHERE cause = 'lapsed'").await, 31);
        assert_eq!(do_due(world).await, 0);
        // A purse that nobody had looked at is up to date before anything else happens to it.
        let done = order(world, shop, ANA, sale(world, "late", 9)).await.unwrap();
        assert_eq!(done.purse.available, 9);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_makes_other_things_due() {
    play_on_both(async |world, shop| {
        let mut program = regulars::domain::program::draft::parse(super::shop::PROGRAM).unwrap();
        program["expiry"] = serde_json::json!({ "inactive_months": 1 });
        let answer = world.api.put(&format!("/v1/programs/{shop}"), &program).await;
        assert_eq!((&answer["version"], answer["versions"].as_array().unwrap().len()), (&2.into(), 2));
        assert!(do_due(world).await > 0, "every purse is looked at once");
        // The points of before have their deadline; the new rule ends them sooner.
        world.stage.clock.advance(chrono::Duration::days(40));
        assert_eq!(do_due(world).await, 1);
        assert_eq!(world.rows.numbers("SELECT available FROM purse").await, [0]);
        let _ = ANA;
    })
    .await;
}
