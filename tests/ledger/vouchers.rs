//! Vouchers: one redeems them, once; stock holds; they lapse and give back.

use futures_util::{StreamExt, stream};
use regulars::service::till::{NotDone, What};

use super::shop::{ANA, do_due, order, play_on_both, sale};

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_redeem_one_voucher_at_once_one_does() {
    play_on_both(async |world, shop| {
        order(world, shop, ANA, sale(world, "1", 60)).await.unwrap();
        let issued = order(world, shop, ANA, What::Issue { reward: "coffee".to_owned(), points: None }).await.unwrap();
        assert_eq!((issued.purse.available, issued.purse.locked_points()), (52, 25));
        let code = issued.issued[0].code.clone();
        let redeemed = stream::iter(0..20)
            .map(|_| order(world, shop, ANA, What::Redeem(code.to_lowercase())))
            .buffer_unordered(10)
            .collect::<Vec<_>>()
            .await;
        let (done, refused): (Vec<_>, Vec<_>) = redeemed.into_iter().partition(Result::is_ok);
        assert_eq!(done.len(), 1);
        let is_ended =
            |refused: &Result<_, NotDone>| matches!(refused, Err(NotDone::VoucherEnded(state)) if state == "redeemed");
        assert!(refused.iter().all(is_ended));
        assert_eq!(world.rows.count("entry WHERE to_book = 'spent'").await, 1);
        let unknown = order(world, shop, ANA, What::Redeem("CDFHJK".to_owned())).await;
        assert!(matches!(unknown, Err(NotDone::NoSuchVoucher)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_are_sold_than_there_are_and_cancelled_ones_come_back() {
    play_on_both(async |world, shop| {
        order(world, shop, ANA, sale(world, "1", 60)).await.unwrap();
        let wanted = || What::Issue { reward: "last-mug".to_owned(), points: None };
        let bought =
            stream::iter(0..8).map(|_| order(world, shop, ANA, wanted())).buffer_unordered(8).collect::<Vec<_>>().await;
        let codes: Vec<String> =
            bought.into_iter().filter_map(|done| Some(done.ok()?.issued.first()?.code.clone())).collect();
        assert_eq!(codes.len(), 3);
        let back = order(world, shop, ANA, What::Cancel(codes[0].clone())).await.unwrap();
        assert_eq!(back.purse.locked_points(), 10);
        assert!(order(world, shop, ANA, wanted()).await.is_ok());
        assert!(order(world, shop, ANA, wanted()).await.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voucher_that_lapses_gives_its_points_back_and_points_lapse_in_their_turn() {
    play_on_both(async |world, shop| {
        order(world, shop, ANA, sale(world, "1", 40)).await.unwrap();
        order(world, shop, ANA, What::Issue { reward: "coffee".to_owned(), points: None }).await.unwrap();
        world.stage.clock.advance(chrono::Duration::days(11));
        assert_eq!(do_due(world).await, 1);
        assert_eq!(world.rows.numbers("SELECT available FROM purse").await, [50]);
        assert_eq!(do_due(world).await, 0, "what is done is not due any more");
        world.stage.clock.advance(chrono::Duration::days(200));
        do_due(world).await;
        assert_eq!(world.rows.numbers("SELECT available FROM purse").await, [0]);
        assert_eq!(
            world.rows.numbers("SELECT CAST(SUM(amount) AS BIGINT) FROM entry WHERE to_book = 'lapsed'").await,
            [50]
        );
    })
    .await;
}
