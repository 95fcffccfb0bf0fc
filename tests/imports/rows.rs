//! What becomes of a row: who is added, who was there, who may be texted.

use regulars::{
    service::verify::verify,
    stage::{OPERATOR_KEY, shops::NUMBER},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::harness::{
    api::{Answer, Api},
    world::{Plan, World},
};

pub const ANA: &str = "+14155550101";
const BEN: &str = "+14155550102";
const CLEO: &str = "+14155550103";

/// The id of a shop by its name.
pub async fn shop_id(api: &Api, name: &str) -> String {
    let shops = api.all("/v1/shops", OPERATOR_KEY, 50).await;
    shops.iter().find(|shop| shop["name"] == name).unwrap()["id"].as_str().unwrap().to_owned()
}

/// Begins an import into Bean There.
pub async fn begin(api: &Api, source: &str, options: Value) -> Value {
    let shop = shop_id(api, "Bean There").await;
    let mut body = json!({ "source": source, "fingerprint": options.to_string() });
    body.as_object_mut().unwrap().extend(options.as_object().unwrap().clone());
    api.post(&format!("/v1/shops/{shop}/imports"), OPERATOR_KEY, body).await.ok()
}

/// Hands rows in, which begin at `from`.
pub async fn hand_in(api: &Api, import: &Value, from: usize, rows: &[Value]) -> Answer {
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    let path = format!("/v1/imports/{}/rows?from={from}", import["id"].as_str().unwrap());
    let request = api.client.request(Method::POST, api.url(&path)).bearer_auth(OPERATOR_KEY);
    Answer::of(request.header("content-type", "application/x-ndjson").body(lines.join("\n")).send().await.unwrap())
        .await
}

/// Every balance is the sum of its entries, as `ledger verify` reckons.
pub async fn assert_books(world: &World) {
    let (_, differences) = verify(&world.stage.app.gateway().store, |_| {}).await.unwrap();
    assert!(differences.is_empty(), "{differences:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn members_come_in_with_what_they_had_and_nothing_is_sent() {
    Plan::default()
        .on_both(async |world| {
            let api = &world.api;
            let import = begin(api, "stamps-app.csv", json!({ "consent_text": "Get our texts" })).await;
            let rows = [
                json!({"phone": "(415) 555-0101", "first_name": "ANA", "points": "1,120", "birthday": "3/5/1990",
                       "language": "es", "joined_at": "2024-01-02", "consent": "2024-01-02", "external_id": "A-17",
                       "history": [{"at": "2024-01-02", "points": 100, "reason": "Coffee"},
                                   {"at": "2024-02-02", "points": -30, "reason": "Muffin"}]}),
                json!({"phone": BEN, "points": 5, "consent": "yes", "opted_out": "yes"}),
                json!({"phone": CLEO, "points": 7}),
                json!({"phone": "12", "points": 7, "consent": "yes"}),
                json!({"phone": "+1 415 555 0101", "points": 9, "consent": "yes"}),
            ];
            let taken = hand_in(api, &import, 0, &rows).await.ok();
            assert_eq!((&taken["rows_done"], &taken["added"], &taken["points"]), (&json!(5), &json!(2), &json!(1125)));
            let refused: Vec<(i64, &str)> = taken["refused"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| (row["row"].as_i64().unwrap(), row["field"].as_str().unwrap()))
                .collect();
            assert_eq!(refused, [(2, "consent"), (3, "phone"), (4, "phone")]);
            let ana = api.member(ANA).await;
            assert_eq!(
                (&ana["balance"], &ana["first_name"], &ana["birthday"]),
                (&json!(1120), &json!("Ana"), &json!("03-05"))
            );
            assert_eq!((&ana["language"], &ana["opted_out"]), (&json!("es"), &json!(false)));
            assert_eq!(ana["enrolments"][0]["source"], "stamps-app.csv");
            assert!(ana["enrolments"][0]["enrolled_at"].as_str().unwrap().starts_with("2024-01-02"));
            assert_eq!(ana["answers"][0]["answer"], "A-17");
            let entries = api.of_member(ANA, "entries").await;
            let told: Vec<(i64, &Value)> =
                entries.iter().map(|entry| (entry["points"].as_i64().unwrap(), &entry["reason"])).collect();
            assert_eq!(told, [(1050, &Value::Null), (100, &json!("Coffee")), (-30, &json!("Muffin"))]);
            let consents = api.of_member(ANA, "consents").await;
            assert_eq!((&consents[0]["kind"], &consents[0]["method"]), (&json!("opt_in"), &json!("imported")));
            assert_eq!(
                (&consents[0]["shown"], &consents[0]["reason"]),
                (&json!("Get our texts"), &json!("stamps-app.csv"))
            );
            assert_eq!(api.member(BEN).await["opted_out"], true);
            assert_eq!(world.rows.count("outbox").await, 0, "an import sends nothing");
            assert_eq!(world.rows.count("event").await, 0);
            assert_books(world).await;
            // They are members like any others.
            let replies = world.stage.text(ANA, "PUNTOS").await.unwrap();
            assert!(
                replies[0].contains("1120") || replies[0].contains("1.120") || replies[0].contains("1,120"),
                "{replies:?}"
            );
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_not_agreed_hears_nothing_until_they_text_a_keyword() {
    Plan::default()
        .on_both(async |world| {
            let import = begin(&world.api, "club", json!({ "without_consent": true })).await;
            let rows = [json!({"phone": CLEO, "points": 40}), json!({"phone": BEN, "points": 8, "opted_out": "stop"})];
            assert_eq!(hand_in(&world.api, &import, 0, &rows).await.ok()["added"], 2);
            let cleo = world.api.member(CLEO).await;
            assert!(!cleo["enrolments"][0]["left_at"].is_null(), "{cleo}");
            assert!(world.api.of_member(CLEO, "consents").await.is_empty());
            let replies = world.stage.text(CLEO, "COFFEE PLS").await.unwrap();
            assert!(replies.concat().contains("40"), "{replies:?}");
            let cleo = world.api.member(CLEO).await;
            assert_eq!((&cleo["enrolments"][0]["left_at"], &cleo["balance"]), (&Value::Null, &json!(40)));
            // Who stopped before is silent until they begin again themselves.
            let replies = world.stage.text(BEN, "BALANCE").await.unwrap();
            assert!(replies.is_empty() || !replies.concat().contains('8'), "{replies:?}");
            assert_books(world).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_gets_a_balance_once_and_keeps_what_they_said() {
    Plan::default()
        .on_both(async |world| {
            let api = &world.api;
            world.stage.text(ANA, "COFFEE PLS").await.unwrap();
            world.stage.text(ANA, "STOP").await.unwrap();
            world.stage.text(BEN, "COFFEE PLS").await.unwrap();
            world.stage.text(BEN, "LEAVE").await.unwrap();
            let sent = world.rows.count("outbox").await;
            let rows = [
                json!({"phone": ANA, "first_name": "Ana", "points": 100, "consent": "yes"}),
                json!({"phone": BEN, "points": 50, "consent": "yes"}),
            ];
            let import = begin(api, "old", json!({})).await;
            let taken = hand_in(api, &import, 0, &rows).await.ok();
            assert_eq!((&taken["added"], &taken["known"], &taken["repeated"]), (&json!(0), &json!([0, 1]), &json!([])));
            // The same people in another file of the same source.
            let again = begin(api, "old", json!({ "consent_text": "another" })).await;
            assert_ne!(again["id"], import["id"]);
            let taken = hand_in(api, &again, 0, &rows).await.ok();
            assert_eq!((&taken["points"], &taken["repeated"]), (&json!(0), &json!([0, 1])));
            let ana = api.member(ANA).await;
            assert_eq!(
                (&ana["balance"], &ana["opted_out"], &ana["first_name"]),
                (&json!(110), &json!(true), &json!("Ana"))
            );
            let ben = api.member(BEN).await;
            assert_eq!(ben["balance"], 60);
            assert!(!ben["enrolments"][0]["left_at"].is_null(), "who left stays away: {ben}");
            assert_eq!(world.rows.count("outbox").await, sent);
            assert_eq!(world.rows.count("consent WHERE method = 'imported'").await, 2, "proof is kept once");
            assert_books(world).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stamps_and_levels_come_along_and_what_they_gave_is_not_given_again() {
    Plan::default()
        .on_both(async |world| {
            let api = &world.api;
            let shop = shop_id(api, "Bean There").await;
            let program = json!({ "name": "Club", "expiry": { "after_months": 12 },
                "earn": [{ "rule": "spend", "points": 1, "per": 1 }, { "rule": "card", "stamps": 10, "reward": "cup", "per": "visit" }],
                "rewards": [{ "id": "cup", "name": "Cup", "cost": 100 }],
                "tiers": { "by": "points", "window": { "last_months": 12 }, "levels": [
                    { "id": "gold", "name": "Gold", "from": 1000, "gifts": [{ "reward": "cup", "per": "year" }] }] } });
            api.put(&format!("/v1/programs/{shop}"), &program).await;
            let import = begin(api, "cards", json!({})).await;
            let rows = [
                json!({"phone": ANA, "points": 30, "stamps": 12, "level": "Gold", "consent": "x"}),
                json!({"phone": BEN, "lifetime_points": "1.500", "points": 10, "consent": "x"}),
                json!({"phone": CLEO, "level": "Platinum", "consent": "x"}),
            ];
            let taken = hand_in(api, &import, 0, &rows).await.ok();
            assert_eq!(taken["refused"][0]["detail"], "is none of the program's: gold");
            for phone in [ANA, BEN] {
                assert_eq!(api.member(phone).await["enrolments"][0]["level"], "gold", "{phone}");
            }
            assert_eq!(world.rows.count("voucher").await, 1, "the full card's, and no level's");
            assert_books(world).await;
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_says_all_and_writes_nothing() {
    Plan::default()
        .on_both(async |world| {
            let api = &world.api;
            let import = begin(api, "try", json!({ "dry_run": true })).await;
            let rows = [json!({"phone": ANA, "points": 3, "consent": "yes"}), json!({"phone": "x"})];
            for _ in 0..2 {
                let taken = hand_in(api, &import, 0, &rows).await.ok();
                assert_eq!((&taken["added"], &taken["points"]), (&json!(1), &json!(3)));
                assert_eq!(taken["refused"].as_array().unwrap().len(), 1);
            }
            assert_eq!(world.rows.count("member").await, 0);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_and_strange_requests_are_refused() {
    Plan::default()
        .on_sqlite(async |world| {
            let api = &world.api;
            let import = begin(api, "mine", json!({})).await;
            let id = import["id"].as_str().unwrap();
            let (_, stranger) = api.merchant("Stranger").await;
            for path in
                [format!("/v1/imports/{id}"), format!("/v1/shops/{}/imports", import["shop_id"].as_str().unwrap())]
            {
                api.get(&path, &stranger).await.problem(404);
            }
            api.get(&format!("/v1/shops/{}/export", import["shop_id"].as_str().unwrap()), &stranger).await.problem(404);
            let row = json!({"phone": ANA, "consent": "yes"});
            assert!(hand_in(api, &import, 3, std::slice::from_ref(&row)).await.problem(409).contains("from=0"));
            // A list is taken too.
            let path = format!("/v1/imports/{}/rows?from=0", import["id"].as_str().unwrap());
            for (rows, status) in [
                (json!([[]]), 422),
                (json!([{ "fone": ANA }]), 422),
                (json!({ "phone": ANA }), 422),
                (json!([{ "row": i64::MAX }]), 422),
                (json!([{ "row": 3 }, { "row": 2 }]), 409),
            ] {
                api.post(&path, OPERATOR_KEY, rows).await.problem(status);
            }
            assert!(hand_in(api, &import, 0, &[json!({"fone": ANA})]).await.problem(400).contains("Line 1"));
            assert!(hand_in(api, &import, 0, &[json!([])]).await.problem(400).contains("object"));
            let many = vec![row; 5_001];
            hand_in(api, &import, 0, &many).await.problem(413);
            let shop = import["shop_id"].as_str().unwrap();
            let body = json!({ "source": "", "fingerprint": "x", "country": "XX" });
            let answer = api.post(&format!("/v1/shops/{shop}/imports"), OPERATOR_KEY, body).await;
            assert_eq!(answer.fields(), ["source"]);
            let body = json!({ "source": "s", "fingerprint": "x", "country": "XX" });
            let answer = api.post(&format!("/v1/shops/{shop}/imports"), OPERATOR_KEY, body).await;
            assert_eq!((answer.status, answer.fields()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["country"]));
            assert_eq!(api.all(&format!("/v1/shops/{shop}/imports"), OPERATOR_KEY, 10).await.len(), 1);
            assert!(!NUMBER.is_empty());
        })
        .await;
}
