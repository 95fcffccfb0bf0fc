//! What members tell of themselves, from the shop's questions to the API, on both databases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod harness;

use harness::api::{Api, text};
use regulars::{
    sandbox::InboundText,
    stage::{OPERATOR_KEY, Stage, TYPING, settings},
};
use serde_json::{Value, json};

const NUMBER: &str = "+14155550100";
const ANA: &str = "+14155550199";

/// A gateway with a shop that asks, and the way to it.
struct Play {
    stage: Stage,
    api: Api,
    key: String,
    shop_id: String,
}

impl Play {
    async fn open(url: &str, sign_up: Value) -> Self {
        let stage = Stage::bare(settings(url).unwrap()).await.unwrap();
        let api = Api::at(stage.app.address());
        let (_, key) = api.merchant("Glow").await;
        api.sender(NUMBER).await;
        let shop =
            json!({ "name": "Glow", "sender": NUMBER, "currency": "EUR", "welcome_points": 7, "sign_up": sign_up });
        let shop = api.post("/v1/shops", &key, shop).await.created();
        assert_eq!(shop["date_order"], "day_first");
        let shop_id = text(&shop, "id");
        api.keyword(&key, &shop_id, "GLOW NOW").await;
        Self { stage, api, key, shop_id }
    }

    /// What is read after a text, in one line each.
    async fn says(&self, body: &str) -> String {
        self.stage.clock.advance(TYPING);
        self.stage.deliver(InboundText::new(ANA, NUMBER, body), ANA).await.unwrap().join(" | ")
    }
}

fn questions() -> Value {
    json!({
        "first_name": true,
        "birthday": true,
        "own": [
            { "id": "skin", "prompt": "Oily, dry or normal skin?", "kind": "choice", "options": ["Oily", "Dry", "Normal"] },
            { "id": "news", "prompt": "News of our courses too?", "kind": "yes_no" },
        ],
        "lapse_after_minutes": 30,
    })
}

#[actix_web::test]
async fn what_is_answered_is_in_the_profile() {
    harness::on_both(|url| async move {
        let play = Play::open(&url, questions()).await;
        for (typed, read) in [
            ("glow now", "first name"),
            ("I'm ana", "Thanks, Ana! When's your birthday"),
            ("5/3", "Oily, dry or normal skin?"),
            ("greasy", "one of these numbers"),
            ("the second", "News of our courses"),
            ("nope", "That's all"),
            ("glow now", "good to see you again, Ana!"),
        ] {
            let replies = play.says(typed).await;
            assert!(replies.contains(read), "{typed}: {replies}");
        }
        let member = play.api.member(ANA).await;
        assert_eq!((&member["first_name"], &member["birthday"]), (&json!("Ana"), &json!("03-05")));
        let answers: Vec<(&Value, &Value)> = member["answers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|answer| (&answer["question"], &answer["answer"]))
            .collect();
        assert_eq!(answers, [(&json!("skin"), &json!("Dry")), (&json!("news"), &json!("no"))]);
        assert_eq!((&member["marketing"], &member["balance"]), (&json!(true), &json!(7)));
        play.stage.stop().await;
    })
    .await;
}

#[actix_web::test]
async fn a_question_lapses_when_the_shop_says_and_what_was_skipped_stays_unknown() {
    harness::on_both(|url| async move {
        let play = Play::open(&url, questions()).await;
        play.says("glow now").await;
        assert!(play.says("skip").await.contains("birthday"));
        play.stage.clock.advance(chrono::Duration::minutes(31));
        let late = play.says("5/3").await;
        assert!(late.contains("didn't get that"), "{late}");
        let member = play.api.member(ANA).await;
        assert_eq!((&member["first_name"], &member["birthday"]), (&Value::Null, &Value::Null));
        assert_eq!(member["answers"], json!([]));
        play.stage.stop().await;
    })
    .await;
}

#[actix_web::test]
async fn who_leaves_and_comes_back_finds_their_points_and_is_welcomed_once() {
    harness::on_both(|url| async move {
        let play = Play::open(&url, json!({})).await;
        play.says("glow now").await;
        assert!(play.says("LEAVE").await.contains("You've left Glow"));
        let left = play.api.member(ANA).await;
        assert_ne!(left["enrolments"][0]["left_at"], Value::Null);
        assert_eq!(left["opted_out"], false);
        assert!(play.says("BAL").await.contains("not a member"));
        assert!(play.says("glow now").await.contains("You have 7 points"));
        let back = play.api.member(ANA).await;
        assert_eq!((&back["enrolments"][0]["left_at"], &back["balance"]), (&Value::Null, &json!(7)));
        assert_eq!(back["enrolments"].as_array().unwrap().len(), 1);
        assert_eq!(play.api.of_member(ANA, "entries").await.len(), 1);
        let kinds: Vec<Value> =
            play.api.of_member(ANA, "consents").await.iter().map(|consent| consent["kind"].clone()).collect();
        assert_eq!(kinds, ["opt_in", "opt_out", "opt_in"]);
        play.stage.stop().await;
    })
    .await;
}

#[actix_web::test]
async fn the_source_of_joining_stays_though_the_sign_is_called_otherwise_later() {
    harness::on_sqlite(|url| async move {
        let play = Play::open(&url, json!({})).await;
        play.says("glow now").await;
        let path = format!("/v1/shops/{}/keywords", play.shop_id);
        let keyword = play.api.get(&path, &play.key).await.ok()["items"][0].clone();
        let change = json!({ "source": "window", "language": "fr" });
        let path = format!("{path}/{}", text(&keyword, "id"));
        assert_eq!(play.api.patch(&path, &play.key, change).await.ok()["language"], "fr");
        let member = play.api.member(ANA).await;
        assert_eq!(member["enrolments"][0]["source"], "door");
        assert_eq!(member["language"], "en");
        let another = play.stage.deliver(InboundText::new("+14155550177", NUMBER, "GLOW NOW"), "+14155550177").await;
        assert!(another.unwrap().join("").contains("bienvenue"));
        assert_eq!(play.api.member("+14155550177").await["language"], "fr");
        play.stage.stop().await;
    })
    .await;
}

#[actix_web::test]
async fn who_chooses_a_language_is_answered_in_it_and_has_it_in_the_profile() {
    harness::on_both(|url| async move {
        let play = Play::open(&url, json!({})).await;
        play.says("glow now").await;
        assert!(play.says("LANG").await.contains("2 Español"));
        assert!(play.says("2").await.contains("en español"));
        assert!(play.says("BAL").await.contains("tienes 7 puntos"));
        assert_eq!(play.api.member(ANA).await["language"], "es");
        play.stage.stop().await;
    })
    .await;
}

#[actix_web::test]
async fn an_opt_out_in_doubt_is_no_marketing_until_it_is_answered() {
    harness::on_both(|url| async move {
        let play = Play::open(&url, json!({})).await;
        play.says("glow now").await;
        play.says("you text too much").await;
        let member = play.api.member(ANA).await;
        assert_eq!((&member["marketing"], &member["opted_out"]), (&json!(false), &json!(false)));
        assert!(play.says("keep").await.contains("nothing changes"));
        assert_eq!(play.api.member(ANA).await["marketing"], true);
        play.says("please stop texting me").await;
        let member = play.api.member(ANA).await;
        assert_eq!((&member["marketing"], &member["opted_out"]), (&json!(false), &json!(true)));
        let last = play.api.of_member(ANA, "consents").await.pop().unwrap();
        assert_eq!((&last["kind"], &last["method"]), (&json!("opt_out"), &json!("own_words")));
        assert!(text(&last, "reason").starts_with("opt-out: "), "{last}");
        play.stage.stop().await;
    })
    .await;
}

#[actix_web::test]
async fn every_mistake_in_a_shops_questions_is_named_by_its_path() {
    harness::on_sqlite(|url| async move {
        let play = Play::open(&url, json!({})).await;
        let sign_up = json!({
            "own": [
                { "id": "Skin!", "prompt": "", "kind": "choice", "options": ["Oily"] },
                { "id": "news", "prompt": "News?", "kind": "maybe" },
            ],
            "lapse_after_minutes": 1,
        });
        let path = format!("/v1/shops/{}", play.shop_id);
        let answer = play.api.patch(&path, &play.key, json!({ "sign_up": sign_up })).await;
        answer.problem(422);
        let fields = answer.fields();
        for field in [
            "sign_up.lapse_after_minutes",
            "sign_up.own[0].id",
            "sign_up.own[0].prompt",
            "sign_up.own[0].options",
            "sign_up.own[1].kind",
        ] {
            assert!(fields.contains(&field), "{field} in {fields:?}");
        }
        let shop = play.api.get(&path, OPERATOR_KEY).await.ok();
        assert_eq!(shop["sign_up"]["lapse_after_minutes"], 1440);
        play.stage.stop().await;
    })
    .await;
}
