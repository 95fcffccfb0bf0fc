//! What goes out: all of it, harmless in a spreadsheet, and good to come in again elsewhere.

use regulars::stage::{OPERATOR_KEY, shops::Shops, shops::furnish};
use serde_json::{Value, json};

use super::rows::{assert_books, begin, hand_in, shop_id};
use crate::harness::world::{Plan, World};

async fn export(world: &World, what: &str) -> String {
    let shop = shop_id(&world.api, "Bean There").await;
    let answer = world.api.get(&format!("/v1/shops/{shop}/export?{what}"), OPERATOR_KEY).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.text
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_goes_out_and_comes_in_again_elsewhere() {
    Plan::default()
        .on_both(async |world| {
            let api = &world.api;
            world.stage.text("+14155550101", "COFFEE PLS").await.unwrap();
            world.stage.text("+14155550102", "COFFEE PLS").await.unwrap();
            world.stage.text("+14155550102", "STOP").await.unwrap();
            let import = begin(api, "old", json!({})).await;
            let mut rows: Vec<Value> = (0..300)
                .map(|n| json!({"phone": format!("+1999555{n:04}"), "points": n, "consent": "2024-01-02", "consent_how": "paper"}))
                .collect();
            rows[7]["note"] = "=cmd|' /C calc'!A0".into();
            rows[8]["first_name"] = "Chloé".into();
            rows[9]["points"] = "-4".into();
            hand_in(api, &import, 0, &rows).await.ok();
            let members = export(world, "what=members").await;
            assert_eq!(members.lines().count(), 303);
            assert!(members.contains("'=cmd|' /C calc'!A0"), "a formula runs");
            assert!(members.contains("+19995550008,Chloé,"));
            let json = export(world, "what=members&format=json").await;
            let all: Vec<Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert_eq!(all.len(), 302);
            for (what, lines) in [("entries", 302 - 1), ("consents", 300 + 3), ("messages", 6)] {
                let exported = export(world, &format!("what={what}")).await;
                assert_eq!(exported.lines().count(), lines + 1, "{what}: {}", &exported[..exported.len().min(2_000)]);
            }
            let shop = shop_id(api, "Bean There").await;
            for wrong in ["what=all", "format=xml", "who=me"] {
                api.get(&format!("/v1/shops/{shop}/export?{wrong}"), OPERATOR_KEY).await.problem(400);
            }
            // Elsewhere: the rows are taken as they are.
            Plan { furnished: false, ..Plan::default() }
                .on_sqlite(async |other| {
                    furnish(other.stage.app.gateway(), &Shops::two().unwrap()).await.unwrap();
                    let import = begin(&other.api, "regulars", json!({ "without_consent": true })).await;
                    let rows: Vec<Value> = all.iter().map(as_row).collect();
                    let taken = hand_in(&other.api, &import, 0, &rows).await.ok();
                    assert_eq!((&taken["added"], &taken["refused"]), (&json!(302), &json!([])), "{taken}");
                    let again = export(other, "what=members&format=json").await;
                    let again: Vec<Value> = again.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
                    for field in ["phone", "points", "first_name", "language", "opted_out", "note", "joined_at"] {
                        let of = |rows: &[Value]| {
                            let mut of: Vec<String> = rows.iter().map(|row| format!("{}{}", row["phone"], row[field])).collect();
                            of.sort();
                            of
                        };
                        assert_eq!(of(&all), of(&again), "{field}");
                    }
                    assert_books(other).await;
                })
                .await;
        })
        .await;
}

/// What an import knows of an exported member.
fn as_row(member: &Value) -> Value {
    let mut row = member.clone();
    for column in ["points_pending", "points_in_vouchers", "opted_out_at", "left_at"] {
        row.as_object_mut().unwrap().remove(column);
    }
    row
}
