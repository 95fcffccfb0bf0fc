//! Two staff, one voucher, the same instant. `REGULARS_REDEMPTIONS=10000` plays it so often.

use futures_util::future::join_all;
use serde_json::json;

use super::on_both;

/// So many vouchers are redeemed at once, each by two.
const AT_ONCE: usize = 10;

#[actix_web::test]
async fn of_two_who_redeem_one_voucher_in_the_same_instant_one_wins_and_the_other_gets_a_sentence() {
    let wanted = std::env::var("REGULARS_REDEMPTIONS").ok().and_then(|rounds| rounds.parse().ok());
    let rounds = wanted.unwrap_or(100_usize).div_ceil(AT_ONCE);
    on_both(async |till| {
        for _ in 0..rounds {
            till.give(10 * 50).await;
            let codes = join_all((0..AT_ONCE).map(|_| till.coffee())).await;
            let pairs = codes.iter().map(|code| async { tokio::join!(till.redeem(code), till.redeem(code)) });
            for (one, other) in join_all(pairs).await {
                let (won, lost) = if one.status == 201 { (one, other) } else { (other, one) };
                assert_eq!(won.status, 201, "{}", won.text);
                assert_eq!(lost.problem(409), "This voucher was redeemed already.");
                assert_eq!(lost.body["type"], json!("/problems/voucher-ended"));
            }
        }
        let redeemed = till.world.rows.count("entry WHERE cause = 'redeemed'").await;
        assert_eq!(redeemed, i64::try_from(rounds * AT_ONCE).unwrap(), "each was redeemed once");
    })
    .await;
}
