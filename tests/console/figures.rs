//! A shop's figures: a month worked out by hand, counted once whatever happens, shown on a page and given as files.

use chrono::{DateTime, Duration, Utc};
use regulars::{
    domain::{
        figures::{day_of, month_of},
        program::sale::Sale,
        purse::refund::Returned,
    },
    sandbox::CarrierSettings,
    service::{
        figures::{catch_up, look_back},
        till::{self, Done, Order, What, Whom},
    },
    stage::{
        OPERATOR_KEY,
        people::{OWNER, furnish},
        shops::NUMBER,
    },
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{
    api::text,
    visitor::Visitor,
    world::{Plan, World, until},
};

const ANA: &str = "+14155550191";
const BO: &str = "+14155550192";

async fn shop(world: &World, name: &str) -> Uuid {
    let shops = world.api.get("/v1/shops", OPERATOR_KEY).await.ok();
    let shop = shops["items"].as_array().unwrap().iter().find(|shop| shop["name"] == name).unwrap().clone();
    text(&shop, "id").parse().unwrap()
}

fn program(points: i64) -> Value {
    json!({
        "name": "Club",
        "earn": [{ "rule": "spend", "points": points, "when": { "payments": ["card"] } }],
        "rewards": [
            { "id": "cake", "name": "A cake", "cost": 20, "worth": { "kind": "amount_off", "amount": "5.00" } },
            { "id": "tea", "name": "A tea", "cost": 10 },
        ],
    })
}

async fn say(world: &World, phone: &str, body: &str) {
    let answer = world.provider.messages(&world.provider.text(phone, NUMBER, body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    world.stage.settled().await.unwrap();
}

async fn order(world: &World, phone: &str, key: &str, what: What) -> Done {
    let order = Order {
        shop_id: shop(world, "Bean There").await,
        whom: Whom::Address(phone.to_owned()),
        actor: "till".to_owned(),
        key: key.to_owned(),
        what,
        invites: false,
    };
    let gateway = world.stage.app.gateway();
    till::place(&gateway.writes, order, None, world.stage.clock.now()).await.unwrap().done().unwrap()
}

/// A sale of so many dollars; by card it earns.
fn sale(id: &str, dollars: i64, payment: &str, at: DateTime<Utc>) -> What {
    let payment = Some(payment.to_owned());
    What::Sale(Sale { id: id.to_owned(), amount: dollars * 100, tax: 0, items: Vec::new(), payment, at })
}

async fn follow(world: &World) {
    let gateway = world.stage.app.gateway();
    catch_up(&gateway.store, &gateway.directory, world.stage.clock.now()).await.unwrap();
}

/// The sum of a figure; `part` may be `%`.
async fn sum(world: &World, name: &str, part: &str) -> i64 {
    let sql = format!(
        "SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) AS n FROM figure WHERE name = '{name}' AND part LIKE '{part}'"
    );
    world.rows.numbers(&sql).await[0]
}

/// Follows until a figure stands where it should: on PostgreSQL whatever else the server is about may hold back what is new.
async fn comes_to(world: &World, name: &str, wanted: i64) {
    until(&format!("{name} comes to {wanted}"), || async {
        follow(world).await;
        sum(world, name, "%").await == wanted
    })
    .await;
}

/// Follows until no event is behind the cursor, for the same reason.
async fn comes_to_the_end(world: &World) {
    let behind = "event WHERE number > (SELECT second FROM figure_cursor WHERE name = 'events')";
    until("every event is followed", || async {
        follow(world).await;
        world.rows.count(behind).await == 0
    })
    .await;
}

/// Lives through a few days at Bean There.
async fn live(world: &World) {
    let now = || world.stage.clock.now();
    let shop = shop(world, "Bean There").await;
    world.api.put(&format!("/v1/programs/{shop}"), &program(1)).await;
    say(world, ANA, "COFFEE PLS").await;
    say(world, BO, "COFFEE PLS").await;
    order(world, ANA, "a", sale("a", 30, "card", now())).await;
    // It earns nothing, and is a visit all the same.
    order(world, BO, "b", sale("b", 8, "cash", now())).await;
    world.stage.pass(Duration::days(1)).await.unwrap();
    // The till was off the line: sold yesterday.
    order(world, ANA, "c", sale("c", 10, "card", now() - Duration::days(1))).await;
    order(world, ANA, "d", sale("d", 7, "card", now())).await;
    let back = What::Refund { sale_id: "d".to_owned(), returned: Returned::All, refund_id: "r".to_owned() };
    order(world, ANA, "r", back).await;
    let part = What::Refund { sale_id: "b".to_owned(), returned: Returned::Amount(300), refund_id: "p".to_owned() };
    order(world, BO, "p", part).await;
    let issue = What::Issue { reward: "cake".to_owned(), points: None };
    let cake = order(world, ANA, "e", issue).await.issued[0].code.clone();
    let redeemed = order(world, ANA, "f", What::Redeem(cake.clone())).await.redeemed.unwrap();
    order(world, ANA, "g", What::Reinstate(Box::new(redeemed))).await;
    order(world, ANA, "h", What::Redeem(cake)).await;
    order(world, ANA, "i", What::Issue { reward: "tea".to_owned(), points: None }).await;
    say(world, BO, "STOP").await;
    world.stage.pass(Duration::minutes(2)).await.unwrap();
}

async fn assert_month(world: &World) {
    comes_to(world, "opt_outs", 1).await;
    let shop_day = |ago: i64| day_of(world.stage.clock.now(), chrono_tz::America::Los_Angeles) - ago;
    assert_eq!((sum(world, "joins", "sign").await, sum(world, "members", "%").await), (2, 2));
    assert_eq!(sum(world, "opt_outs", "reserved_word").await, 1);
    // Four sales, one of which was taken back as a whole: 30 + 8 + 10 + 7 − 7 − 3 dollars.
    assert_eq!((sum(world, "visits", "%").await, sum(world, "spend", "%").await), (3, 4_500));
    let on = async |name: &str, day: i64| {
        let sql = format!(
            "SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) AS n FROM figure WHERE name = '{name}' AND day = {day}"
        );
        world.rows.numbers(&sql).await[0]
    };
    assert_eq!((on("visits", shop_day(1)).await, on("spend", shop_day(1)).await), (3, 4_800));
    assert_eq!((on("visits", shop_day(0)).await, on("spend", shop_day(0)).await), (0, -300));
    // Ana came twice, Bo once.
    assert_eq!((sum(world, "visitors", "%").await, sum(world, "repeaters", "%").await), (2, 1));
    assert_eq!((on("last_visit", shop_day(0)).await, on("last_visit", shop_day(1)).await), (1, 1));
    let month = month_of(shop_day(1));
    assert_eq!((on("cohort_size", month).await, on("cohort", month).await >= 2), (2, true));
    // 30 + 10 + 7 earned, 7 taken back, 20 spent; the tea holds 10 of the 20 that are left.
    assert_eq!((sum(world, "points_earned", "%").await, sum(world, "points_reversed", "%").await), (47, 7));
    assert_eq!((sum(world, "points_spent", "%").await, sum(world, "points", "%").await), (20, 20));
    assert_eq!((sum(world, "issued", "%").await, sum(world, "issued", "tea").await), (2, 1));
    assert_eq!(sum(world, "redeemed", "cake").await, 1);
    // Two welcomes; that Bo is opted out, and what else is of no shop, counts for the number alone.
    comes_to(world, "texts_by_hour", world.rows.count("outbox").await).await;
    assert_eq!(sum(world, "texts", "%").await, world.rows.count("outbox WHERE shop_id IS NOT NULL").await);
    assert!(sum(world, "texts", "%").await >= 2);
    assert_eq!(sum(world, "texts", "waiting").await, 0);
    assert!(sum(world, "segments", "%").await >= sum(world, "texts", "%").await);
    assert_eq!(sum(world, "received_by_hour", "%").await, 3);
    let held = "SELECT CAST(SUM(available + pending + locked) AS BIGINT) AS n FROM purse";
    assert_eq!(world.rows.numbers(held).await[0], sum(world, "points", "%").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_few_days_come_to_what_they_come_to_by_hand_and_are_on_the_page() {
    Plan::default()
        .on_both(async |world| {
            furnish(world.stage.app.gateway()).await.unwrap();
            let shop = shop(world, "Bean There").await;
            let visitor = Visitor::signed_in(&world.api, OWNER).await;
            let empty = visitor.open(&format!("/console/shops/{shop}")).await;
            assert!(
                empty.says("Nobody has joined yet") && empty.html.contains(&format!("/console/shops/{shop}/keywords"))
            );
            live(world).await;
            assert_month(world).await;
            let seen = visitor.open(&format!("/console/shops/{shop}?days=7")).await;
            assert_eq!(seen.status, StatusCode::OK);
            for words in
                ["Members 2", "Joined 2", "Visits 3", "Spent $45.00", "50.0%", "would cost $5.00 at most", "Opt-outs 1"]
            {
                assert!(seen.says(words), "{words}: {}", seen.words());
            }
            assert!(seen.html.matches("<svg class=\"chart\"").count() >= 7 && !seen.html.contains("style="));
            assert!(seen.html.len() < 100_000, "{}", seen.html.len());
            for days in ["30", "90", "365", "12", "-1", "x"] {
                assert_eq!(visitor.open(&format!("/console/shops/{shop}?days={days}")).await.status, StatusCode::OK);
            }
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_follows_and_however_often_everything_counts_once() {
    Plan::default()
        .on_both(async |world| {
            live(world).await;
            // Several nodes at once, over and over.
            for _ in 0..3 {
                tokio::join!(follow(world), follow(world), follow(world));
            }
            assert_month(world).await;
            // A node that died between reading and its commit has left nothing: the next one begins where it had.
            world.rows.run("DELETE FROM figure").await;
            world.rows.run("DELETE FROM patron").await;
            world.rows.run("DELETE FROM text_open").await;
            world.rows.run("UPDATE figure_cursor SET first = -1, second = -1").await;
            assert_month(world).await;
            follow(world).await;
            assert_month(world).await;
        })
        .await;
}

/// Numbers by chance, always the same ones for a seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// What is done if it can be.
async fn try_order(world: &World, phone: &str, key: &str, what: What) -> Option<Done> {
    let shop_id = shop(world, "Bean There").await;
    let (whom, actor) = (Whom::Address(phone.to_owned()), "till".to_owned());
    let order = Order { shop_id, whom, actor, key: key.to_owned(), what, invites: false };
    let gateway = world.stage.app.gateway();
    till::place(&gateway.writes, order, None, world.stage.clock.now()).await.ok()?.done()
}

/// A few weeks by chance: sales and visits, some told late, refunds, points by hand, rewards, STOP and START, leaving.
async fn live_by_chance(world: &World, chance: &mut Chance) {
    let shop = shop(world, "Bean There").await;
    world.api.put(&format!("/v1/programs/{shop}"), &program(1)).await;
    let phones: Vec<String> = (0..6).map(|at| format!("+1415555019{at}")).collect();
    let mut vouchers: Vec<(usize, String)> = Vec::new();
    let mut sales: Vec<(usize, String, bool)> = Vec::new();
    for step in 0..60 {
        let whose = usize::try_from(chance.below(6)).unwrap();
        let (phone, key, now) = (phones[whose].as_str(), format!("{step}"), world.stage.clock.now());
        match chance.below(12) {
            0 | 1 => say(world, phone, "COFFEE PLS").await,
            2..=5 => {
                let (dollars, ago) = (1 + chance.below(40).cast_signed(), chance.below(3).cast_signed());
                let payment = if chance.below(3) == 0 { "cash" } else { "card" };
                let what = sale(&key, dollars, payment, now - Duration::days(ago));
                if try_order(world, phone, &key, what).await.is_some() {
                    sales.push((whose, key, false));
                }
            }
            6 => {
                let all = chance.below(2) == 0;
                let Some(sold) = sales.iter_mut().find(|(_, _, is_back)| !is_back) else { continue };
                let returned = if all { Returned::All } else { Returned::Amount(50) };
                let back = What::Refund { sale_id: sold.1.clone(), returned, refund_id: format!("r{key}") };
                sold.2 = all;
                try_order(world, &phones[sold.0], &format!("r{key}"), back).await;
            }
            7 | 8 => {
                let reward = if chance.below(2) == 0 { "cake" } else { "tea" };
                let issue = What::Issue { reward: reward.to_owned(), points: None };
                let done = try_order(world, phone, &key, issue).await;
                vouchers.extend(done.into_iter().flat_map(|done| done.issued).map(|voucher| (whose, voucher.code)));
            }
            9 => {
                let Some((whose, code)) = vouchers.pop() else { continue };
                try_order(world, &phones[whose], &key, What::Redeem(code)).await;
            }
            10 => say(world, phone, if chance.below(2) == 0 { "STOP" } else { "START" }).await,
            _ => world.stage.pass(Duration::hours(7 + chance.below(60).cast_signed())).await.unwrap(),
        }
    }
    world.stage.pass(Duration::minutes(2)).await.unwrap();
}

/// All sums that are made of what members did, and how they visit.
async fn figures_of_members(world: &World) -> Vec<String> {
    let figures = "SELECT name, day, part, value FROM figure WHERE value <> 0 AND name NOT IN \
                   ('texts', 'segments', 'codes', 'texts_by_hour', 'received_by_hour', 'last_receipt')";
    let patrons = "SELECT joined_month, visits, last_day, months FROM patron";
    let mut all: Vec<String> = Vec::new();
    for sql in [figures, patrons] {
        all.extend(world.rows.all(sql).await.iter().map(Value::to_string));
    }
    all.sort();
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_of_before_are_rebuilt_from_the_tables_as_they_were_when_they_were_followed() {
    for seed in [1, 2, 3] {
        Plan::default()
            .on_both(async |world| {
                live_by_chance(world, &mut Chance(seed)).await;
                comes_to(world, "texts_by_hour", world.rows.count("outbox").await).await;
                comes_to_the_end(world).await;
                let followed = figures_of_members(world).await;
                assert!(followed.len() > 20, "{followed:#?}");
                // As a database from before has it: members and their ledger, and no events that tell of it.
                for sql in [
                    "DELETE FROM event",
                    "DELETE FROM patron",
                    "DELETE FROM figure WHERE name NOT IN \
                     ('texts', 'segments', 'codes', 'texts_by_hour', 'received_by_hour', 'last_receipt')",
                    "UPDATE figure_cursor SET first = -1, second = -1 WHERE name = 'events'",
                    "DELETE FROM figure_cursor WHERE name IN ('rebuilding', 'rebuilt')",
                ] {
                    world.rows.run(sql).await;
                }
                let gateway = world.stage.app.gateway();
                for _ in 0..2 {
                    look_back(&gateway.store, world.stage.clock.now()).await.unwrap();
                }
                // Several nodes at once: each slice counts once.
                tokio::join!(follow(world), follow(world), follow(world));
                let rebuilt = figures_of_members(world).await;
                let missing: Vec<&String> = followed.iter().filter(|one| !rebuilt.contains(one)).collect();
                let added: Vec<&String> = rebuilt.iter().filter(|one| !followed.contains(one)).collect();
                assert_eq!(rebuilt, followed, "seed {seed}: missing {missing:#?}, added {added:#?}");
                // What happens then is followed, once.
                world.stage.clock.advance(Duration::minutes(1));
                let visits = sum(world, "visits", "%").await;
                say(world, "+14155550177", "COFFEE PLS").await;
                order(world, "+14155550177", "new", sale("new", 9, "card", world.stage.clock.now())).await;
                comes_to(world, "visits", visits + 1).await;
                follow(world).await;
                assert_eq!(sum(world, "visits", "%").await, visits + 1);
            })
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_texts_end_is_counted_when_it_is_known() {
    // Receipts come from the test alone.
    let silent = |settings: &mut CarrierSettings| settings.callback_delay = std::time::Duration::from_secs(3_600);
    Plan { carrier: silent, ..Plan::default() }
        .on_both(async |world| {
            say(world, ANA, "COFFEE PLS").await;
            let sent = world.rows.all("SELECT provider_message_id FROM outbox ORDER BY id").await;
            let sid = sent[0]["provider_message_id"].as_str().unwrap();
            follow(world).await;
            assert_eq!(sum(world, "texts", "%").await, 0, "it is not ripe yet");
            world.stage.clock.advance(Duration::seconds(16));
            comes_to(world, "texts", 1).await;
            assert_eq!((sum(world, "texts", "sent").await, world.rows.count("text_open").await), (1, 1));
            let receipt = world.provider.receipt(sid, NUMBER, ANA, "undelivered");
            let receipt = crate::harness::provider::with(receipt, "ErrorCode", "30005");
            assert_eq!(world.provider.status(&receipt).await.status, 200);
            world.stage.clock.advance(Duration::seconds(21));
            comes_to(world, "codes", 1).await;
            assert_eq!((sum(world, "texts", "sent").await, sum(world, "texts", "undelivered").await), (0, 1));
            assert_eq!((sum(world, "texts", "%").await, sum(world, "texts_by_hour", "%").await), (1, 1));
            assert_eq!((world.rows.count("text_open").await, sum(world, "codes", "30005").await), (0, 1));
            assert!(sum(world, "last_receipt", "%").await > 0);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_imported_counts_on_the_day_they_joined() {
    Plan::default()
        .on_both(async |world| {
            let id = shop(world, "Bean There").await;
            let body = json!({ "source": "old", "fingerprint": "x", "consent_text": "Get our texts", "without_consent": true });
            let import = world.api.post(&format!("/v1/shops/{id}/imports"), OPERATOR_KEY, body).await.ok();
            let path = format!("/v1/imports/{}/rows?from=0", text(&import, "id"));
            let rows = [
                json!({ "phone": ANA, "points": 12, "joined_at": "2024-01-31", "consent": "2024-01-31" }),
                json!({ "phone": BO, "points": 5 }),
            ];
            let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
            for _ in 0..2 {
                let request = world.api.client.post(world.api.url(&path)).bearer_auth(OPERATOR_KEY);
                let request = request.header("content-type", "application/x-ndjson").body(lines.join("\n"));
                assert_eq!(request.send().await.unwrap().status(), StatusCode::OK);
            }
            follow(world).await;
            // Bo did not agree: his points wait, and he is no member yet.
            assert_eq!((sum(world, "joins", "old").await, sum(world, "members", "%").await), (2, 1));
            assert_eq!(sum(world, "points", "%").await, 17);
            let january = "SELECT CAST(SUM(value) AS BIGINT) AS n FROM figure WHERE name = 'cohort_size' AND day = 24288";
            assert_eq!(world.rows.numbers(january).await, [1]);
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_the_program_is_compared_before_and_after() {
    Plan::default()
        .on_both(async |world| {
            furnish(world.stage.app.gateway()).await.unwrap();
            let id = shop(world, "Bean There").await;
            let now = || world.stage.clock.now();
            world.api.put(&format!("/v1/programs/{id}"), &program(1)).await;
            say(world, ANA, "COFFEE PLS").await;
            order(world, ANA, "a", sale("a", 10, "card", now())).await;
            world.stage.pass(Duration::days(2)).await.unwrap();
            world.api.put(&format!("/v1/programs/{id}"), &program(2)).await;
            order(world, ANA, "b", sale("b", 10, "card", now())).await;
            order(world, ANA, "c", sale("c", 20, "card", now())).await;
            world.stage.pass(Duration::days(3)).await.unwrap();
            comes_to(world, "spend", 4_000).await;
            let visitor = Visitor::signed_in(&world.api, OWNER).await;
            let seen = visitor.open(&format!("/console/shops/{id}")).await;
            assert!(seen.says("Before and after: version 2 of the program"), "{}", seen.words());
            assert!(
                seen.says("Visits 1 2 +100%") && seen.says("Visits for each member 1.00 2.00 +100%"),
                "{}",
                seen.words()
            );
            assert!(seen.says("Spent on each visit $10.00 $15.00 +50%"), "{}", seen.words());
            assert!(seen.html.contains("class=\"mark\""));
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_have_what_the_charts_show_and_no_formulas() {
    Plan::default()
        .on_both(async |world| {
            furnish(world.stage.app.gateway()).await.unwrap();
            let (id, other) = (shop(world, "Bean There").await, shop(world, "Crumb & Co").await);
            let body = json!({ "phrase": "TEA PLS", "source": "=1+1,<script>" });
            world.api.post(&format!("/v1/shops/{id}/keywords"), OPERATOR_KEY, body).await.created();
            say(world, ANA, "TEA PLS").await;
            order(world, ANA, "a", sale("a", 30, "card", world.stage.clock.now())).await;
            comes_to(world, "spend", 3_000).await;
            let visitor = Visitor::signed_in(&world.api, OWNER).await;
            let page = visitor.open(&format!("/console/shops/{id}")).await;
            assert!(page.html.contains("=1+1,&#60;script&#62;") && !page.html.contains("1,<script>"));
            let file = visitor.open(&format!("/console/shops/{id}/figures/joins.csv")).await;
            let lines: Vec<&str> = file.html.lines().collect();
            assert_eq!((lines[0], lines.len()), ("day,\"'=1+1,<script>\"", 366));
            assert!(lines[365].ends_with(",1"), "{}", lines[365]);
            assert_eq!(file.headers["content-disposition"], "attachment; filename=\"bean-there-joins.csv\"");
            assert!(file.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
            let spend = format!("/console/shops/{id}/figures/spend.csv?from=2001-01-01&to=x");
            let spend = visitor.open(&spend).await;
            assert_eq!((spend.html.lines().next(), spend.html.lines().count()), (Some("day,spend"), 3_661));
            assert!(spend.html.lines().last().unwrap().ends_with(",3000"));
            for name in ["members", "visits", "points", "rewards", "texts", "opt-outs", "retention"] {
                let file = visitor.open(&format!("/console/shops/{id}/figures/{name}.csv")).await;
                assert_eq!(file.status, StatusCode::OK, "{name}");
            }
            for path in [
                format!("/console/shops/{id}/figures/else.csv"),
                format!("/console/shops/{id}/figures/joins"),
                format!("/console/shops/{}/figures/joins.csv", Uuid::new_v4()),
                format!("/console/shops/{}", Uuid::new_v4()),
            ] {
                assert_eq!(visitor.open(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            // Of another merchant: as if there were none.
            let merchant =
                world.api.post("/v1/merchants", OPERATOR_KEY, json!({ "name": "Elsewhere" })).await.created();
            let elsewhere = text(&merchant, "id");
            move_shop(world, other, &elsewhere).await;
            for path in [format!("/console/shops/{other}"), format!("/console/shops/{other}/figures/joins.csv")] {
                assert_eq!(visitor.open(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            let stranger = Visitor::new(&world.api);
            assert_eq!(
                stranger.open(&format!("/console/shops/{id}/figures/joins.csv")).await.status,
                StatusCode::SEE_OTHER
            );
        })
        .await;
}

/// Makes a shop another merchant's.
async fn move_shop(world: &World, shop: Uuid, merchant: &str) {
    let id = |id: &str| match world.rows.is_sqlite() {
        true => format!("X'{}'", id.replace('-', "")),
        false => format!("'{id}'"),
    };
    world.rows.run("UPDATE revision SET value = value + 1").await;
    let sql = format!(
        "UPDATE shop SET merchant_id = {}, revision = (SELECT value FROM revision) WHERE id = {}",
        id(merchant),
        id(&shop.to_string())
    );
    world.rows.run(&sql).await;
    world.stage.app.gateway().directory.refresh().await.unwrap();
}
