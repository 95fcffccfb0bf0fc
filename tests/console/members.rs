//! Members in the console: found, looked at, served, merged; and nothing of it for others.

use chrono::Duration;
use regulars::{
    domain::phone::written,
    stage::{
        OPERATOR_KEY,
        people::{OWNER, furnish},
    },
};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::{
    api::{Answer, text},
    visitor::Visitor,
    world::{Plan, World},
};

pub const ANA: &str = "+14155550101";
pub const BO: &str = "+14155550102";

/// People who can sign in, the first shop's program, and its address in the console.
pub async fn open(world: &World) -> String {
    furnish(world.stage.app.gateway()).await.unwrap();
    let shops = world.api.get("/v1/shops", OPERATOR_KEY).await.ok();
    let shop = text(&shops["items"][0], "id");
    let program = json!({ "name": "Club", "unit": "star", "earn": [
        { "rule": "welcome", "points": 10 },
        { "rule": "spend", "points": 1 },
        { "rule": "card", "id": "card", "stamps": 3, "per": "visit", "reward": "gift" }],
        "rewards": [
            { "id": "gift", "name": "Gift", "valid_days": 30 },
            { "id": "mug", "name": "Mug", "cost": 10, "valid_days": 30 }],
        "tiers": { "by": "visits", "window": "calendar_year", "levels": [
            { "id": "silver", "name": "Silver", "from": 1 }, { "id": "gold", "name": "Gold", "from": 9 }] } });
    world.api.put(&format!("/v1/programs/{shop}"), &program).await;
    shop
}

/// Somebody texts; what they read.
pub async fn says(world: &World, phone: &str, body: &str) -> Vec<String> {
    world.stage.clock.advance(Duration::seconds(61));
    world.stage.text(phone, body).await.unwrap()
}

/// The address of a member's pages.
pub async fn page_of(world: &World, shop: &str, phone: &str) -> String {
    let member = world.api.member(phone).await;
    format!("/console/shops/{shop}/members/{}", text(&member, "id"))
}

/// Members come in from a file of another system.
pub async fn import(world: &World, shop: &str, rows: Vec<Value>) {
    let import =
        json!({ "source": "old.csv", "fingerprint": "0123456789abcdef", "consent_text": "Join our club by text" });
    let begun = world.api.post(&format!("/v1/shops/{shop}/imports"), OPERATOR_KEY, import).await.ok();
    let path = format!("/v1/imports/{}/rows?from=0", text(&begun, "id"));
    let rows: String = rows.iter().map(|row| format!("{row}\n")).collect();
    let request = world.api.client.post(world.api.url(&path)).bearer_auth(OPERATOR_KEY);
    let request = request.header("content-type", "application/x-ndjson").body(rows);
    let taken = Answer::of(request.send().await.unwrap()).await.ok();
    assert_eq!(taken["refused"], json!([]), "{taken}");
}

#[tokio::test]
async fn members_are_found_by_digits_and_name_and_level_and_listed_the_latest_first() {
    Plan::default()
        .on_both(async |world| {
            let shop = open(world).await;
            for phone in [ANA, BO] {
                says(world, phone, "COFFEE PLS").await;
            }
            world
                .rows
                .run("UPDATE member SET first_name = '<script>alert(1)</script>' WHERE address = '+14155550101'")
                .await;
            let sale = json!({ "sale_id": "1", "phone": BO, "amount": { "minor": 500, "currency": "USD" } });
            let done = world.api.post(&format!("/v1/shops/{shop}/purchases"), OPERATOR_KEY, sale).await;
            assert!(done.status.is_success(), "{}", done.text);
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let list = format!("/console/shops/{shop}/members");
            let seen = owner.open(&list).await;
            assert_eq!(seen.status, StatusCode::OK);
            let (ana, bo) = (seen.html.find(&written(ANA)).unwrap(), seen.html.find(&written(BO)).unwrap());
            assert!(bo < ana, "the latest first");
            assert!(!seen.html.contains("<script>alert"), "what a member texted is text");
            assert!(seen.says("15 stars"), "{}", seen.words());
            let found = |query: &str| {
                let (owner, path) = (&owner, format!("{list}?{query}"));
                async move { owner.open(&path).await }
            };
            for (query, is_ana, is_bo) in [
                ("q=0101", true, false),
                ("q=%2B1+415+555+0102", false, true),
                ("q=%3Cscript", true, false),
                ("q=nobody", false, false),
                ("level=silver", false, true),
                ("level=gold", false, false),
            ] {
                let seen = found(query).await;
                let shown = |phone| seen.html.contains(&written(phone));
                assert_eq!((shown(ANA), shown(BO)), (is_ana, is_bo), "{query}");
            }
            assert!(found("q=01").await.says("at least 4 digits"));
            let viewer = Visitor::signed_in(&world.api, "vera@bean.example").await;
            let seen = viewer.open(&list).await;
            let in_full = [ANA.to_owned(), written(ANA)].iter().any(|phone| seen.html.contains(phone.as_str()));
            assert!(!in_full && seen.says("15 stars"), "who only looks sees no phone in full");
        })
        .await;
}

#[tokio::test]
async fn the_list_goes_on_page_by_page_without_a_gap() {
    Plan::default()
        .on_both(async |world| {
            let shop = open(world).await;
            let row = |n: i32| json!({ "phone": format!("+1415555{:04}", 2000 + n), "consent": "2025-03-01" });
            import(world, &shop, (0..120).map(row).collect()).await;
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let mut path = format!("/console/shops/{shop}/members");
            let mut phones = std::collections::BTreeSet::new();
            for page in 0..3 {
                let seen = owner.open(&path).await;
                let on_page: Vec<&str> = seen.html.split("+1 415-555-").skip(1).map(|rest| &rest[..4]).collect();
                assert_eq!(on_page.len(), if page < 2 { 50 } else { 20 }, "page {page}");
                phones.extend(on_page.into_iter().map(str::to_owned));
                let next = seen.html.split("?before=").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
                assert_eq!(next.is_some(), page < 2);
                path = format!("/console/shops/{shop}/members?before={}", next.unwrap_or_default());
            }
            assert_eq!(phones.len(), 120);
        })
        .await;
}

#[tokio::test]
async fn staff_serve_a_member_and_a_form_sent_twice_counts_once() {
    Plan::default()
        .on_both(async |world| {
            let shop = open(world).await;
            says(world, ANA, "COFFEE PLS").await;
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let base = page_of(world, &shop, ANA).await;
            let seen = owner.open(&base).await;
            assert!(seen.says("Balance 10 stars"), "{}", seen.words());
            assert!(seen.says("0 of 3 stamps"));
            let (once, csrf) = (seen.value("once"), seen.csrf());
            let adjust = format!("{base}/adjust");
            let fields = |points: &'static str, reason: &'static str| {
                [
                    ("csrf", csrf.clone()),
                    ("once", once.clone()),
                    ("points", points.to_owned()),
                    ("reason", reason.to_owned()),
                ]
            };
            let send = |fields: [(&'static str, String); 4]| {
                let (owner, adjust) = (&owner, &adjust);
                async move {
                    let fields: Vec<(&str, &str)> =
                        fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                    owner.send_raw(adjust, &fields).await
                }
            };
            let wrong = send(fields("ten", "")).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(wrong.says("Type a whole number") && wrong.says("Say why") && wrong.html.contains("value=\"ten\""));
            assert!(send(fields("-500", "Too many")).await.says("There are only 10 to take."));
            for _ in 0..2 {
                let done = send(fields("+50", "A long wait <b>")).await;
                assert_eq!(done.location, Some(format!("{base}?done=adjusted")));
            }
            let seen = owner.open(&format!("{base}/entries")).await;
            assert!(
                seen.says("By hand “A long wait &#60;b&#62;” +50 stars To be spent Ana Flores"),
                "{}",
                seen.words()
            );
            assert_eq!(seen.html.matches("+50 stars").count(), 1);
            assert!(!seen.html.contains("wait <b>"));
            let fields = [("reward", "mug"), ("once", ""), ("points", "")];
            let issued = owner.send(&base, &format!("{base}/rewards"), &fields).await;
            assert_eq!(issued.location, Some(format!("{base}?done=issued")), "{}", issued.words());
            let code = owner.open(&base).await.value("code");
            let redeem = [("code", code.as_str()), ("deed", "redeem")];
            let redeemed = owner.send(&base, &format!("{base}/vouchers"), &redeem).await;
            assert_eq!(redeemed.location, Some(format!("{base}?done=redeemed")));
            let again = owner.send(&base, &format!("{base}/vouchers"), &redeem).await;
            assert!(again.says("This voucher was redeemed already."), "{}", again.words());
        })
        .await;
}

#[tokio::test]
async fn a_conversation_shows_what_became_of_each_text_and_why() {
    Plan::default()
        .on_both(async |world| {
            let shop = open(world).await;
            says(world, ANA, "COFFEE PLS").await;
            says(world, ANA, "is there <b>parking</b>?").await;
            world.stage.carrier.wait_for_callbacks().await;
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let base = page_of(world, &shop, ANA).await;
            let seen = owner.open(&format!("{base}/conversation")).await;
            assert!(
                seen.says("COFFEE PLS") && seen.says("is there &#60;b&#62;parking&#60;/b&#62;?"),
                "{}",
                seen.words()
            );
            assert!(!seen.html.contains("<b>parking"));
            let (first, later) = (seen.html.find("COFFEE PLS").unwrap(), seen.html.find("parking").unwrap());
            assert!(first < later, "as it was said");
            let why = seen.html.split("/messages/").nth(1).unwrap().split('"').next().unwrap().to_owned();
            let seen = owner.open(&format!("{base}/messages/{why}")).await;
            assert!(
                seen.says("It answers a text of theirs.") && seen.says("The provider took it."),
                "{}",
                seen.words()
            );
            assert_eq!(owner.open(&format!("{base}/messages/999999")).await.status, StatusCode::NOT_FOUND);
            let seen = owner.open(&format!("{base}/consent")).await;
            assert!(
                seen.says("Agreed") && seen.says("by a keyword") && seen.says("They typed COFFEE PLS"),
                "{}",
                seen.words()
            );
            assert_eq!(owner.open(&format!("{base}/profile")).await.status, StatusCode::OK);
            says(world, ANA, "STOP").await;
            let seen = owner.open(&format!("{base}/why")).await;
            assert!(seen.says("They opted out on"), "{}", seen.words());
            let file = owner.open(&format!("{base}/export")).await;
            let kept: Value = serde_json::from_str(&file.html).unwrap();
            assert_eq!(kept["member"]["phone"], ANA);
            assert!(kept["texts"].as_array().unwrap().len() >= 5 && kept["consents"].as_array().unwrap().len() == 2);
        })
        .await;
}

#[tokio::test]
async fn two_phones_of_one_person_are_merged_after_a_look_and_parted_again() {
    Plan::default()
        .on_both(async |world| {
            let shop = open(world).await;
            for phone in [ANA, BO] {
                says(world, phone, "COFFEE PLS").await;
            }
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let base = page_of(world, &shop, ANA).await;
            let other = page_of(world, &shop, BO).await.rsplit('/').next().unwrap().to_owned();
            let merge = format!("{base}/merge");
            assert!(owner.open(&format!("{merge}?q=0102")).await.html.contains(&format!("merge?with={other}")));
            let seen = owner.open(&format!("{merge}?with={other}")).await;
            assert!(seen.says("this moves here") && seen.says("10 stars"), "{}", seen.words());
            let merged = owner.send(&merge, &merge, &[("with", &other)]).await;
            assert_eq!(merged.location, Some(format!("{base}?done=merged")), "{}", merged.words());
            assert!(owner.open(&base).await.says("Balance 20 stars"));
            let again = owner.send(&merge, &merge, &[("with", &other)]).await;
            assert!(again.says("merged into another member already"), "{}", again.words());
            let undo = owner.open(&merge).await.value("undo");
            let parted = owner.send(&merge, &merge, &[("undo", &undo)]).await;
            assert_eq!(parted.location, Some(format!("{base}?done=unmerged")));
            assert!(owner.open(&base).await.says("Balance 10 stars"));
        })
        .await;
}

/// Every address here, with the role that its reading and its sending take.
fn addresses(base: &str) -> Vec<(String, bool)> {
    let pages = ["", "/entries", "/conversation", "/consent", "/profile", "/why", "/merge", "/export", "/erase"];
    let forms = ["/adjust", "/rewards", "/vouchers", "/merge", "/erase"];
    let pages = pages.iter().map(|page| (format!("{base}{page}"), false));
    pages.chain(forms.iter().map(|form| (format!("{base}{form}"), true))).collect()
}

#[tokio::test]
async fn nothing_of_a_member_is_anothers_to_see_or_a_viewers_to_change() {
    Plan::default()
        .on_both(async |world| {
            let shop = open(world).await;
            says(world, ANA, "COFFEE PLS").await;
            let base = page_of(world, &shop, ANA).await;
            let id = base.rsplit('/').next().unwrap().to_owned();
            let (_, key) = world.api.merchant("Elsewhere").await;
            world.api.sender("+14155550300").await;
            let theirs = world.api.shop(&key, "Elsewhere", "+14155550300").await;
            let owner = Visitor::signed_in(&world.api, OWNER).await;
            let csrf = owner.open("/console/me").await.csrf();
            // Our member below another merchant's shop, another shop's list, and an inbox that is not ours.
            for (path, is_form) in addresses(&format!("/console/shops/{theirs}/members/{id}")) {
                let seen = match is_form {
                    true => owner.send_raw(&path, &[("csrf", &csrf)]).await,
                    false => owner.open(&path).await,
                };
                assert_eq!(seen.status, StatusCode::NOT_FOUND, "{path}");
            }
            for path in [format!("/console/shops/{theirs}/members"), format!("/console/shops/{theirs}/inbox")] {
                assert_eq!(owner.open(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            // A shop of the same merchant that they never joined.
            let shops = world.api.get("/v1/shops", OPERATOR_KEY).await.ok();
            let second = text(&shops["items"][1], "id");
            let seen = owner.open(&format!("/console/shops/{second}/members/{id}")).await;
            assert_eq!(seen.status, StatusCode::NOT_FOUND);
            for (email, may_read) in [("vera@bean.example", 2), ("sam@bean.example", 6)] {
                let visitor = Visitor::signed_in(&world.api, email).await;
                let csrf = visitor.open("/console/me").await.csrf();
                for (place, (path, is_form)) in addresses(&base).into_iter().enumerate() {
                    let seen = match is_form {
                        true => visitor.send_raw(&path, &[("csrf", &csrf)]).await,
                        false => visitor.open(&path).await,
                    };
                    let serves =
                        email.starts_with("sam") && (path.ends_with("/rewards") || path.ends_with("/vouchers"));
                    let expected = match () {
                        () if !is_form && place < may_read => StatusCode::OK,
                        () if serves => seen.status,
                        () => StatusCode::FORBIDDEN,
                    };
                    assert_eq!(seen.status, expected, "{email} {path}");
                }
            }
            let viewer = Visitor::signed_in(&world.api, "vera@bean.example").await;
            assert!(!viewer.open(&base).await.html.contains("<form method=\"post\" action=\"/console/shops"));
        })
        .await;
}
