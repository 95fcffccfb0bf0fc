//! An import that is stopped anywhere and gone on with, while texts come in.

use regulars::stage::OPERATOR_KEY;
use serde_json::{Value, json};

use super::rows::{assert_books, begin, hand_in};
use crate::harness::world::{Plan, World};

const ROWS: usize = 60;

fn row(number: usize) -> Value {
    json!({"phone": format!("+1999555{number:04}"), "points": number * 3, "consent": "yes"})
}

fn rows(from: usize, until: usize) -> Vec<Value> {
    (from..until).map(row).collect()
}

async fn assert_all_are_there(world: &World) {
    assert_eq!(world.rows.count("member WHERE address LIKE '+1999%'").await, ROWS as i64);
    let points = (0..ROWS).map(|number| number as i64 * 3).sum::<i64>();
    let sum = "SELECT CAST(SUM(p.available) AS BIGINT) FROM purse AS p JOIN member AS m ON m.id = p.member_id \
               WHERE m.address LIKE '+1999%'";
    assert_eq!(world.rows.numbers(sum).await, [points], "the balances are those of the file");
    assert_books(world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sets_that_come_twice_or_half_are_taken_once_while_texts_come_in() {
    Plan::default()
        .on_both(async |world| {
            let import = begin(&world.api, "file", json!({})).await;
            let mut from = 0;
            let texts = ["COFFEE PLS", "BALANCE", "HELP", "REWARDS", "BALANCE"];
            for (said, size) in texts.into_iter().zip([7, 1, 13, 20, 19]) {
                let until = (from + size).min(ROWS);
                let text = world.stage.text("+14155550177", said);
                let set = rows(from, until);
                let (replies, taken) = tokio::join!(text, hand_in(&world.api, &import, from, &set));
                assert_eq!(taken.ok()["rows_done"], until);
                assert_eq!(replies.unwrap().len(), 1, "a text is answered meanwhile");
                // The answer was lost: the same again, and again with some that are new.
                assert_eq!(hand_in(&world.api, &import, from, &set).await.ok()["rows_done"], until);
                let (began, overlapping) = (from, rows(from, (until + 2).min(ROWS)));
                from = (until + 2).min(ROWS);
                assert_eq!(hand_in(&world.api, &import, began, &overlapping).await.ok()["rows_done"], from);
                // Whoever begins the same import again learns where it stands.
                assert_eq!(begin(&world.api, "file", json!({})).await["rows_done"], from);
                if from == ROWS {
                    break;
                }
            }
            let rest = rows(from, ROWS);
            hand_in(&world.api, &import, from, &rest).await.ok();
            assert_all_are_there(world).await;
            let path = format!("/v1/imports/{}", import["id"].as_str().unwrap());
            let stands = world.api.get(&path, OPERATOR_KEY).await.ok();
            assert_eq!((&stands["rows_done"], &stands["members_added"]), (&json!(ROWS), &json!(ROWS)));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_joins_by_text_in_the_same_moment_is_one_member() {
    Plan::default()
        .on_both(async |world| {
            let import = begin(&world.api, "file", json!({})).await;
            for number in 0..10 {
                let phone = format!("+1999555{number:04}");
                let set = [row(number)];
                let (replies, taken) =
                    tokio::join!(world.stage.text(&phone, "COFFEE PLS"), hand_in(&world.api, &import, number, &set));
                assert_eq!(taken.ok()["rows_done"], number + 1);
                replies.unwrap();
            }
            assert_eq!(world.rows.count("member WHERE address LIKE '+1999%'").await, 10);
            assert_books(world).await;
        })
        .await;
}
