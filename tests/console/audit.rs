//! The book: who changed what, before and after, whoever did it and by whichever door.

use regulars::stage::{
    OPERATOR_KEY,
    people::{OPERATOR, OWNER},
};
use reqwest::{Method, StatusCode};
use serde_json::json;
use uuid::Uuid;

use super::people::with_people;
use crate::harness::{
    visitor::Visitor,
    world::{Plan, World},
};

fn first_shop(world: &World, merchant: Uuid) -> Uuid {
    let known = world.stage.app.gateway().directory.read();
    let of = known.directory.all_shops().filter(|shop| shop.merchant_id == merchant);
    of.map(|shop| shop.id).min().unwrap()
}

async fn patch(world: &World, path: &str, body: serde_json::Value) {
    let answer = world.api.patch(path, OPERATOR_KEY, body).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
}

#[tokio::test]
async fn what_is_changed_by_a_key_stands_in_the_book_with_before_and_after() {
    Plan::default()
        .on_both(async |world| {
            let (merchant, _) = with_people(world).await;
            let shop = first_shop(world, merchant);
            let path = format!("/v1/shops/{shop}");
            patch(world, &path, json!({ "welcome_points": 7, "contact": "<script>alert(1)</script>" })).await;
            // What changes nothing is no line.
            patch(world, &path, json!({ "welcome_points": 7 })).await;
            let keyword = world.api.keyword(OPERATOR_KEY, &shop.to_string(), "TEA PLS").await;
            let keyword = format!("/v1/shops/{shop}/keywords/{}", keyword["id"].as_str().unwrap());
            world.api.call(Method::DELETE, &keyword, OPERATOR_KEY, None).await;
            let key = json!({ "merchant_id": merchant, "role": "staff", "name": "Counter till" });
            let key = world.api.post("/v1/keys", OPERATOR_KEY, key).await.created();
            let secret = key["secret"].as_str().or(key["api_key"].as_str()).unwrap_or("rgl_").to_owned();

            let import =
                |source: &str, dry_run: bool| json!({ "source": source, "fingerprint": "f", "dry_run": dry_run });
            // To go on with an import is no other one, and what is only tried changes nothing.
            for body in [import("old.csv", false), import("old.csv", false), import("tried.csv", true)] {
                let begun = world.api.post(&format!("{path}/imports"), OPERATOR_KEY, body).await;
                assert_eq!(begun.status, 200, "{:?}", begun.body);
            }

            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let book = owner.open(&format!("/console/merchants/{merchant}/audit")).await;
            let words = book.words();
            for said in [
                "Operator’s key added import old.csv",
                "Operator’s key changed shop",
                "Welcome points",
                "now: 7",
                "Operator’s key added keyword TEA PLS",
                "Operator’s key removed keyword TEA PLS",
                "Operator’s key added key Counter till",
                "Role now: Staff",
            ] {
                assert!(words.contains(said), "{said}: {words}");
            }
            assert_eq!(words.matches("changed shop").count(), 1, "{words}");
            assert_eq!(words.matches("added import").count(), 1, "{words}");
            assert!(!book.html.contains("<script>alert") && !book.html.contains(&secret), "{}", book.html);
            assert!(book.html.contains("&#60;script&#62;alert(1)"), "{}", book.html);
        })
        .await;
}

#[tokio::test]
async fn the_book_is_for_managers_and_more_and_the_gateways_own_for_operators() {
    Plan::default()
        .on_sqlite(async |world| {
            let (merchant, other) = with_people(world).await;
            let path = format!("/console/merchants/{merchant}/audit");
            for (email, status) in [
                ("max@bean.example", StatusCode::OK),
                ("sam@bean.example", StatusCode::FORBIDDEN),
                ("vera@bean.example", StatusCode::FORBIDDEN),
                ("eve@other.example", StatusCode::NOT_FOUND),
                (OPERATOR, StatusCode::OK),
            ] {
                let seen = Visitor::signed_in(&world.api, email).await.open(&path).await;
                assert_eq!(seen.status, status, "{email}");
            }
            let operator = Visitor::signed_in(&world.api, OPERATOR).await;
            let own = operator.open("/console/operator/audit").await;
            assert!(own.says("added merchant Other") && own.says("added person Olga"), "{}", own.words());
            let theirs = operator.open(&format!("/console/merchants/{other}/audit")).await;
            assert!(theirs.says("added merchant Other") && !theirs.says("Olga added"), "{}", theirs.words());
        })
        .await;
}

#[tokio::test]
async fn the_book_is_read_page_by_page_and_shop_by_shop() {
    Plan::default()
        .on_both(async |world| {
            let (merchant, _) = with_people(world).await;
            let shop = first_shop(world, merchant);
            for points in 100..155 {
                patch(world, &format!("/v1/shops/{shop}"), json!({ "welcome_points": points })).await;
            }
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let path = format!("/console/merchants/{merchant}/audit");
            let first = owner.open(&format!("{path}?shop={shop}")).await;
            assert!(first.says("now: 154") && !first.says("now: 104 "), "{}", first.words());
            assert_eq!(first.html.matches("class=\"card\"").count(), 50);
            let more = first
                .html
                .split("href=\"?shop=")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap()
                .replace("&#38;", "&")
                .replace("&amp;", "&");
            let second = owner.open(&format!("{path}?shop={more}")).await;
            assert!(second.says("now: 104") && !second.says("now: 154"), "{}", second.words());
            // Another merchant's shop shows nothing.
            let none = owner.open(&format!("{path}?shop={}", Uuid::nil())).await;
            assert!(none.says("Nothing was changed yet."), "{}", none.words());
        })
        .await;
}

/// Everything of a merchant's book that the API shows, the latest first.
async fn lines(world: &World, key: &str, query: &str) -> Vec<serde_json::Value> {
    let book = world.api.get(&format!("/v1/audit?limit=200{query}"), key).await.ok();
    book["items"].as_array().unwrap().clone()
}

fn found<'l>(lines: &'l [serde_json::Value], subject: &str, deed: &str) -> &'l serde_json::Value {
    let is_it = |line: &&serde_json::Value| line["subject"] == subject && line["deed"] == deed;
    lines.iter().find(is_it).unwrap_or_else(|| panic!("{deed} {subject}: {lines:#?}"))
}

#[tokio::test]
async fn what_is_changed_on_the_pages_stands_in_the_book_with_before_and_after() {
    Plan::default()
        .on_both(async |world| {
            let (merchant, _) = with_people(world).await;
            let shop = first_shop(world, merchant);
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            // A draft is begun, a rule is added, and it is thrown away.
            let program = format!("/console/shops/{shop}/program");
            owner.send(&program, &program, &[]).await;
            let draft = format!("{program}/draft");
            let seen = owner.open(&draft).await.value("seen");
            let add = [("act", "add"), ("section", "earn"), ("kind", "visit"), ("seen", &*seen)];
            owner.send(&draft, &draft, &add).await;
            let seen = owner.open(&draft).await.value("seen");
            owner.send(&draft, &draft, &[("act", "discard"), ("seen", &*seen)]).await;
            // A device, a PIN and who works with it alone.
            let devices = format!("/console/merchants/{merchant}/devices");
            let shop_id = shop.to_string();
            let fields = [("shop_id", &*shop_id), ("name", "Counter tablet"), ("how", "code")];
            owner.send(&devices, &devices, &fields).await;
            let pins = format!("/console/merchants/{merchant}/pins");
            owner.send(&pins, &pins, &[("name", "Tess"), ("shop_id", ""), ("pin", "4711")]).await;
            let page = owner.open(&pins).await;
            let tess = page.html.split(&format!("{pins}/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
            owner.send(&pins, &format!("{pins}/{tess}"), &[("pin", "90210"), ("what", "set")]).await;
            owner.send(&pins, &format!("{pins}/{tess}"), &[("pin", ""), ("what", "remove")]).await;
            // A copy of all members, by a key.
            world.api.get(&format!("/v1/shops/{shop}/export"), OPERATOR_KEY).await;

            let book = lines(world, OPERATOR_KEY, &format!("&merchant_id={merchant}")).await;
            let written = serde_json::to_string(&book).unwrap();
            assert!(!written.contains("4711") && !written.contains("90210"), "{written}");
            let changed = found(&book, "draft", "changed");
            assert_eq!((&changed["actor"], &changed["before"]), (&json!("Ana Flores"), &json!(null)));
            assert!(changed["after"].as_object().unwrap().values().any(|value| value == "visit"), "{changed}");
            assert_eq!(found(&book, "draft", "created")["shop_id"], json!(shop));
            assert!(found(&book, "draft", "removed")["before"].is_object());
            assert_eq!(found(&book, "device", "approved")["after"]["name"], "Counter tablet");
            assert_eq!(found(&book, "person", "created")["after"]["role"], "staff");
            let removed = found(&book, "pin", "removed");
            assert_eq!((&removed["before"]["set"], &removed["after"]["set"]), (&json!(true), &json!(false)));
            assert_eq!(found(&book, "pin", "set")["subject_name"], removed["subject_name"]);
            assert_eq!(found(&book, "export", "exported")["actor"], "operator");
            assert_eq!(found(&book, "session", "signed-in")["actor"], "Ana Flores");
            // The page shows the same; who came and went only where that is asked for.
            let path = format!("/console/merchants/{merchant}/audit");
            let page = owner.open(&path).await;
            assert!(page.says("added draft of the program of") && !page.says("signed in:"), "{}", page.words());
            let page = owner.open(&format!("{path}?subject=session")).await;
            assert!(page.says("signed in: session Ana Flores") && !page.says("draft of"), "{}", page.words());
        })
        .await;
}

#[tokio::test]
async fn the_book_is_read_by_a_key_of_the_merchant_or_of_one_shop_page_by_page() {
    Plan::default()
        .on_both(async |world| {
            let (merchant, other) = with_people(world).await;
            let shop = first_shop(world, merchant);
            let key = async |merchant: Uuid, shop: Option<Uuid>, role: &str| {
                let key = json!({ "merchant_id": merchant, "shop_id": shop, "role": role, "name": "Reader" });
                let key = world.api.post("/v1/keys", OPERATOR_KEY, key).await.created();
                key["key"].as_str().or(key["api_key"].as_str()).or(key["secret"].as_str()).unwrap().to_owned()
            };
            let all = key(merchant, None, "manager").await;
            let one = key(merchant, Some(shop), "manager").await;
            let strange = key(other, None, "owner").await;
            for points in 100..107 {
                patch(world, &format!("/v1/shops/{shop}"), json!({ "welcome_points": points })).await;
            }
            let of_shop = lines(world, &all, &format!("&shop_id={shop}&subject=shop")).await;
            assert!(of_shop.len() >= 7 && of_shop[0]["after"] == json!({ "welcome_points": 106 }), "{of_shop:#?}");
            assert!(lines(world, &one, "").await.iter().all(|line| line["shop_id"] == json!(shop)));
            assert!(lines(world, &all, "").await.len() > lines(world, &one, "").await.len());
            // Page by page, each once.
            let (mut seen, mut cursor) = (Vec::new(), String::new());
            loop {
                let page = world.api.get(&format!("/v1/audit?limit=3&subject=shop{cursor}"), &one).await.ok();
                seen.extend(page["items"].as_array().unwrap().iter().map(|line| line["id"].clone()));
                let Some(next) = page["next_cursor"].as_str() else { break };
                cursor = format!("&cursor={next}");
            }
            let ids: Vec<_> = of_shop.iter().map(|line| line["id"].clone()).collect();
            assert_eq!(seen, ids);
            // Nobody reads another's, whatever they name.
            let theirs = lines(world, &strange, "").await;
            assert!(theirs.iter().all(|line| line["merchant_id"] == json!(other)), "{theirs:#?}");
            assert!(lines(world, &strange, &format!("&shop_id={shop}")).await.is_empty());
            world.api.get(&format!("/v1/audit?merchant_id={merchant}"), &strange).await.problem(409);
            for wrong in ["shop_id=1", "limit=0"] {
                world.api.get(&format!("/v1/audit?{wrong}"), &strange).await.problem(400);
            }
            world.api.get(&format!("/v1/audit?shop_id={}", Uuid::nil()), &one).await.problem(409);
            let staff = key(merchant, None, "staff").await;
            world.api.get("/v1/audit", &staff).await.problem(403);
            // The gateway's own book is the operator's.
            let own = lines(world, OPERATOR_KEY, "").await;
            assert!(own.iter().all(|line| line["merchant_id"].is_null()) && !own.is_empty(), "{own:#?}");
        })
        .await;
}
