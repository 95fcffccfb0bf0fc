//! What a purchase costs: for a member with few entries and with 100,000, in a program of few members and of millions. The
//! figures to look at are the ratios to the first row.
//!
//! ```text
//! cargo bench --bench purchases                      5,000,000 members
//! cargo bench --bench purchases -- 100000            as many as are named
//! ```

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark")]

use std::time::{Duration, Instant};

use regulars::{
    domain::program::{draft, sale::Sale},
    service::{
        audit::Author,
        programs::{self, NewProgram},
        till::{Order, Till, What, Whom},
        verify::verify,
    },
    stage::{Stage, shops::Shops, sqlite_url, temporary_folder},
};
use sea_orm::{ConnectionTrait, Database};
use uuid::Uuid;

const PROGRAM: &str = r#"{ "name": "Cost", "expiry": { "after_months": 12 },
    "earn": [{ "rule": "spend", "points": 1, "per": 1 }, { "rule": "card", "stamps": 1000, "reward": "cup", "per": "visit" }],
    "rewards": [{ "id": "cup", "name": "Cup", "cost": 100 }],
    "tiers": { "by": "spend", "window": { "last_months": 12 }, "levels": [{ "id": "gold", "name": "Gold", "from": 100000 }] } }"#;
const NEW: &str = "+14155550101";
const OLD: &str = "+14155550102";
/// So many entries has the member with a long history.
const ENTRIES: u32 = 100_000;
/// So many purchases are timed for each row.
const PURCHASES: u32 = 300;

#[tokio::main]
async fn main() {
    let members: u64 = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(5_000_000);
    let folder = temporary_folder();
    let url = sqlite_url(&folder);
    let stage = Stage::with(&url, &Shops::two().unwrap()).await.unwrap();
    let shop = open(&stage).await;
    println!("{:>12} {:>12} {:>14} {:>8}", "entries", "members", "a purchase", "ratio");
    let first = time(&stage, shop, NEW, "warm").await.min(time(&stage, shop, NEW, "few").await);
    tell(10, 2, first, first);
    lengthen_history(&url).await;
    tell(ENTRIES, 2, time(&stage, shop, OLD, "long").await, first);
    fill(&url, shop, members).await;
    tell(10, members, time(&stage, shop, NEW, "many").await, first);
    tell(ENTRIES, members, time(&stage, shop, OLD, "both").await, first);
    let (_, differences) = verify_some(&stage).await;
    assert!(differences.is_empty(), "{differences:?}");
    stage.stop().await;
    std::fs::remove_dir_all(&folder).ok();
}

fn tell(entries: u32, members: u64, cost: Duration, first: Duration) {
    let ratio = cost.as_secs_f64() / first.as_secs_f64();
    println!("{entries:>12} {members:>12} {:>11.0} µs {ratio:>8.2}", cost.as_secs_f64() * 1e6);
}

/// Only where there are few enough to wait for.
async fn verify_some(stage: &Stage) -> (u64, Vec<regulars::service::verify::Difference>) {
    match std::env::args().skip(1).find_map(|word| word.parse::<u64>().ok()) {
        Some(few) if few <= 100_000 => verify(&stage.app.gateway().store, |_| {}).await.unwrap(),
        _ => (0, Vec::new()),
    }
}

async fn open(stage: &Stage) -> Uuid {
    let gateway = stage.app.gateway();
    let shop = gateway.directory.read().directory.all_shops().find(|shop| shop.name == "Bean There").unwrap().id;
    let document = draft::parse(PROGRAM).unwrap();
    let new = NewProgram { id: shop, document, valid_from: None, shop_ids: vec![shop] };
    programs::apply(gateway.change(&Author::command_line()), None, new).await.unwrap();
    for phone in [NEW, OLD] {
        stage.text(phone, "COFFEE PLS").await.unwrap();
    }
    shop
}

/// The median cost of a purchase, each with a commit of its own.
async fn time(stage: &Stage, shop_id: Uuid, phone: &str, row: &str) -> Duration {
    let gateway = stage.app.gateway();
    let mut costs = Vec::new();
    for number in 0..PURCHASES {
        stage.clock.advance(chrono::Duration::minutes(7));
        let now = stage.clock.now();
        let (items, payment) = (Vec::new(), None);
        let sale = Sale { id: format!("{row}{number}"), amount: 1250, tax: 0, items, payment, at: now };
        let till = Till { store: &gateway.store, directory: &gateway.directory, now };
        let (whom, actor) = (Whom::Address(phone.to_owned()), "till".to_owned());
        let began = Instant::now();
        till.take(Order { shop_id, whom, actor, key: String::new(), what: What::Sale(sale), invites: false })
            .await
            .unwrap();
        costs.push(began.elapsed());
    }
    costs.sort_unstable();
    costs[costs.len() / 2]
}

/// As if the member had bought something many thousand times, the last year of it still to be spent.
async fn lengthen_history(url: &str) {
    let db = Database::connect(url).await.unwrap();
    let purse =
        format!("(SELECT p.id FROM purse AS p JOIN member AS m ON m.id = p.member_id WHERE m.address = '{OLD}')");
    let sql = format!(
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {ENTRIES}) \
         INSERT INTO entry (purse_id, number, id, cause, cause_id, from_book, to_book, amount, version, actor, happened_at, \
         created_at) SELECT {purse}, n + 1000000, randomblob(16), 'sale', n, 'outside', 'available', 1, 1, 'till', n, n FROM n"
    );
    db.execute_unprepared(&sql).await.unwrap();
    let lots: Vec<String> = (0..365)
        .map(|day| {
            let last_day = chrono::NaiveDate::from_ymd_opt(2027, 3, 2).unwrap() + chrono::Days::new(day);
            format!("[{},274]", chrono::Datelike::num_days_from_ce(&last_day))
        })
        .collect();
    let points = 365 * 274;
    let state = format!(r#"{{"available":{points},"lots":[{}],"entries":{}}}"#, lots.join(","), ENTRIES + 1_000_000);
    let sql = format!("UPDATE purse SET state = '{state}', available = {points} WHERE id = {purse}");
    db.execute_unprepared(&sql).await.unwrap();
    db.close().await.unwrap();
}

/// So many other members with a purse in the same program.
async fn fill(url: &str, shop: Uuid, members: u64) {
    let db = Database::connect(url).await.unwrap();
    let shop = shop.simple();
    const AT_ONCE: u64 = 100_000;
    for from in (0..members).step_by(AT_ONCE as usize) {
        let until = (from + AT_ONCE).min(members);
        let numbers = format!(
            "WITH RECURSIVE n(n) AS (SELECT {from} + 1 UNION ALL SELECT n + 1 FROM n WHERE n < {until}), \
             k(n, id) AS (SELECT n, unhex(printf('01910000000070008000%012x', n)) FROM n)"
        );
        let member = format!(
            "{numbers} INSERT INTO member (id, merchant_id, address, language, created_at) \
             SELECT k.id, (SELECT merchant_id FROM shop WHERE id = unhex('{shop}')), printf('+1999%09d', k.n), 'en', 0 FROM k"
        );
        let purse = format!(
            "{numbers} INSERT INTO purse (id, member_id, program_id, available, pending, locked, state, due_at, opened_at, \
             updated_at) SELECT k.id, k.id, unhex('{shop}'), 5, 0, 0, '{{\"available\":5,\"lots\":[{{\"points\":5}}]}}', \
             4000000000000 + k.n, 0, 0 FROM k"
        );
        db.execute_unprepared(&member).await.unwrap();
        db.execute_unprepared(&purse).await.unwrap();
    }
    db.close().await.unwrap();
}
