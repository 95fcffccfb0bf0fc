//! Many threads, many members, the same orders again and again.

use futures_util::{StreamExt, stream};
use regulars::{domain::purse::refund::Returned, service::till::What};

use super::shop::{ANA, PROGRAM, assert_verified, bought, do_due, keyed, order, play_on_both, refund, sale};

/// A small generator of our own seed: a failure can be played again.
fn random(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

#[tokio::test(flavor = "multi_thread")]
async fn histories_from_many_threads_add_up_and_repeats_change_nothing() {
    play_on_both(async |world, shop| {
        let phones: Vec<String> = (0..5).map(|n| format!("+1415555020{n}")).collect();
        for phone in &phones {
            world.stage.text(phone, "COFFEE PLS").await.unwrap();
        }
        let mut seed = 0x5eed_u64;
        let at = world.stage.clock.now();
        let mut orders: Vec<(String, String, What)> = Vec::new();
        for number in 0..120 {
            let phone = phones[(random(&mut seed) % 5) as usize].clone();
            let id = format!("S{number}");
            let (amount, coffees) = ((random(&mut seed) % 90) as i64, (random(&mut seed) % 4) as i64);
            orders.push((phone.clone(), id.clone(), What::Sale(bought(at, &id, amount.max(coffees), coffees))));
            match random(&mut seed) % 5 {
                0 => orders.push((phone, format!("R{number}"), refund(&id, "1", Returned::All))),
                1 => orders.push((phone, format!("R{number}"), refund(&id, "1", Returned::Amount(100)))),
                2 => {
                    orders.push((phone, format!("A{number}"), What::Adjust { points: 3, reason: "a wait".to_owned() }))
                }
                3 => orders.push((
                    phone,
                    format!("V{number}"),
                    What::Issue { reward: "coffee".to_owned(), points: None },
                )),
                _ => {}
            }
        }
        // Twice each, all at once: a refund may come before its sale, and is refused then.
        let twice = orders.iter().chain(&orders);
        stream::iter(twice)
            .for_each_concurrent(8, |(phone, key, what)| async move {
                keyed(world, shop, phone, key, what.clone()).await.ok();
            })
            .await;
        assert_verified(world).await;
        // What was refused for its order is done now, once more and once more.
        for _ in 0..2 {
            for (phone, key, what) in &orders {
                keyed(world, shop, phone, key, what.clone()).await.ok();
            }
        }
        let before = world.rows.numbers("SELECT available FROM purse ORDER BY id").await;
        let entries = world.rows.count("entry").await;
        for (phone, key, what) in &orders {
            if !matches!(what, What::Issue { .. }) {
                keyed(world, shop, phone, key, what.clone()).await.ok();
            }
        }
        assert_eq!(world.rows.numbers("SELECT available FROM purse ORDER BY id").await, before);
        assert_eq!(world.rows.count("entry").await, entries);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn histories_over_months_and_versions_add_up_while_the_clock_works() {
    play_on_both(async |world, shop| {
        let phones: Vec<String> = (0..4).map(|n| format!("+1415555040{n}")).collect();
        for phone in &phones {
            world.stage.text(phone, "COFFEE PLS").await.unwrap();
        }
        let mut seed = 0xc10c_u64;
        for round in 0..4 {
            let at = world.stage.clock.now();
            let mut orders: Vec<(String, What)> = Vec::new();
            for number in 0..25 {
                let phone = phones[(random(&mut seed) % 4) as usize].clone();
                let id = format!("{round}-{number}");
                let sold = bought(at, &id, (random(&mut seed) % 60) as i64 + 4, (random(&mut seed) % 4) as i64);
                orders.push((phone.clone(), What::Sale(sold)));
                orders.push((phone.clone(), What::Issue { reward: "coffee".to_owned(), points: None }));
                // Something of the round before comes back, judged by the version of then.
                let before = format!("{}-{}", round - 1, random(&mut seed) % 25);
                phones.iter().for_each(|phone| orders.push((phone.clone(), refund(&before, "late", Returned::All))));
            }
            let taking = stream::iter(orders).for_each_concurrent(6, |(phone, what)| async move {
                order(world, shop, &phone, what).await.ok();
            });
            futures_util::join!(taking, do_due(world), do_due(world));
            // Every voucher of one phone is redeemed twice at once.
            let vouchers = world.stage.codes_of(&phones[0]).await.unwrap();
            let twice = stream::iter(vouchers.iter().chain(&vouchers));
            let redeeming = twice.for_each_concurrent(6, |code| async {
                order(world, shop, &phones[0], What::Redeem(code.clone())).await.ok();
            });
            redeeming.await;
            assert_verified(world).await;
            let mut program = regulars::domain::program::draft::parse(PROGRAM).unwrap();
            program["earn"][1]["points"] = (round + 2).into();
            program["expiry"]["after_months"] = (round + 1).into();
            world.api.put(&format!("/v1/programs/{shop}"), &program).await;
            world.stage.clock.advance(chrono::Duration::days(45));
        }
        let spent = world.rows.count("voucher WHERE state = 'redeemed'").await;
        assert!(spent > 0 && world.rows.count("entry WHERE cause = 'lapsed'").await > 0);
        assert_eq!(
            world.rows.count("entry WHERE cause = 'redeemed'").await,
            world.rows.count("voucher WHERE state = 'redeemed' AND points > 0").await
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refunding_everything_returns_to_the_start() {
    play_on_both(async |world, shop| {
        let start =
            order(world, shop, ANA, What::Adjust { points: 0, reason: "to look".to_owned() }).await.unwrap().purse;
        for number in 0..12 {
            let at = world.stage.clock.now();
            let sold = What::Sale(bought(at, &number.to_string(), 30 + number, number % 4));
            order(world, shop, ANA, sold).await.unwrap();
        }
        let mut last = None;
        for number in (0..12).rev() {
            last = Some(order(world, shop, ANA, refund(&number.to_string(), "all", Returned::All)).await.unwrap());
        }
        let end = last.unwrap().purse;
        assert_eq!((end.available, end.sales, end.vouchers.len()), (start.available, 0, 0));
        assert_eq!((end.cards, end.progress, end.counters), (start.cards, start.progress, start.counters));
        assert_eq!(end.level.map(|level| level.id), start.level.map(|level| level.id));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_that_is_sent_again_is_answered_as_before() {
    play_on_both(async |world, shop| {
        let first = order(world, shop, ANA, sale(world, "17", 60)).await.unwrap();
        let again = order(world, shop, ANA, sale(world, "17", 60)).await.unwrap();
        assert_eq!((first.award.points(), first.is_repeat), (67, false));
        assert_eq!((again.award.points(), again.is_repeat, again.purse.available), (67, true, 77));
        let back = order(world, shop, ANA, refund("17", "1", Returned::Amount(2000))).await.unwrap();
        // 40 are left: 40 points, and no bonus for a basket over 50.
        assert_eq!((back.taken_back, back.purse.available), (27, 50));
        let again = order(world, shop, ANA, refund("17", "1", Returned::Amount(2000))).await.unwrap();
        assert_eq!((again.taken_back, again.is_repeat, again.purse.available), (27, true, 50));
        let too_much = order(world, shop, ANA, refund("17", "2", Returned::Amount(4001))).await;
        assert!(too_much.unwrap_err().to_string().contains("$40.00"));
        world.stage.text("+14155550178", "COFFEE PLS").await.unwrap();
        let of_ana = order(world, shop, "+14155550178", sale(world, "17", 60)).await;
        assert!(of_ana.unwrap_err().to_string().contains("another member"));
        for wrong in [
            sale(world, "", 1),
            sale(world, "19", -1),
            What::Sale(bought(world.stage.clock.now() + chrono::Duration::days(1), "20", 1, 0)),
        ] {
            assert!(order(world, shop, ANA, wrong).await.is_err());
        }
        let unknown = order(world, shop, "+14155550177", sale(world, "18", 1)).await;
        assert!(unknown.unwrap_err().to_string().contains("join by its keyword"));
    })
    .await;
}
