//! How many members of another system come in a second, on SQLite, beside the same number of plain rows into one table. The figure
//! to look at is the ratio: the machine is in both.
//!
//! ```text
//! cargo bench --bench imports                 200,000 members, their phones in no order
//! cargo bench --bench imports -- 1000000      as many as are named
//! ```

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark")]

use std::time::{Duration, Instant};

use chrono::Utc;
use regulars::{
    domain::import::{Newcomer, Reader, row::RawRow},
    service::{
        audit::Author,
        import::{Batch, Importer, NewImport, Options},
        verify::verify,
    },
    stage::{Stage, shops::Shops, sqlite_url, temporary_folder},
};
use sea_orm::{ConnectionTrait, Database, Statement};
use tokio::sync::mpsc;

/// As many as the command hands in at once.
const ROWS_AT_ONCE: i64 = 2_000;
/// As many as the command puts in the order of their phones.
const STRETCH: i64 = 100_000;

#[tokio::main]
async fn main() {
    let members: i64 = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(200_000);
    let folder = temporary_folder();
    let stage = Stage::with(&sqlite_url(&folder), &Shops::two().unwrap()).await.unwrap();
    let read = read_alone(members);
    let (imported, slowest) = import(&stage, members).await;
    let plain = insert_plain_rows(members).await;
    let (_, differences) = verify(&stage.app.gateway().store, |_| {}).await.unwrap();
    assert!(differences.is_empty(), "{differences:?}");
    println!("{:<34} {:>12} {:>10}", "", "rows/s", "ratio");
    for (what, took) in
        [("plain rows into one table", plain), ("rows read alone", read), ("members imported", imported)]
    {
        let rate = members as f64 / took.as_secs_f64();
        println!("{what:<34} {rate:>12.0} {:>10.2}", took.as_secs_f64() / plain.as_secs_f64());
    }
    println!("the slowest set of {ROWS_AT_ONCE} rows: {:.0} ms", slowest.as_secs_f64() * 1e3);
    stage.stop().await;
    std::fs::remove_dir_all(&folder).ok();
}

fn reader() -> Reader {
    let terms = serde_json::json!({ "country": "US", "date_order": "month_first", "language": "en",
        "time_zone": "America/New_York", "levels": [], "has_card": false, "without_consent": false, "consent_text": "" });
    serde_json::from_value::<regulars::domain::import::Terms>(terms).unwrap().reader(Utc::now())
}

/// The same member for the same number; neighbours in the file are none among phones.
fn row(number: i64) -> RawRow {
    let digits = (number * 7_919 + 2_000_000) % 10_000_000;
    RawRow {
        phone: format!("(999) {:03}-{:04}", digits / 10_000, digits % 10_000),
        first_name: ["Ana", "Ben", "Chloe", "Dan"][usize::try_from(number % 4).unwrap()].to_owned(),
        birthday: format!("{:02}/{:02}/1990", number % 12 + 1, number % 28 + 1),
        points: (number % 500).to_string(),
        joined_at: format!("2024-{:02}-{:02}", number % 12 + 1, number % 28 + 1),
        consent: "yes".to_owned(),
        consent_at: format!("2024-{:02}-{:02} 10:00", number % 12 + 1, number % 28 + 1),
        ..RawRow::default()
    }
}

fn read_alone(members: i64) -> Duration {
    let reader = reader();
    let began = Instant::now();
    let points: i64 = (0..members).map(|number| reader.read(&row(number)).unwrap().opening.points).sum();
    assert!(points > 0);
    began.elapsed()
}

/// As the command does it: a thread reads while what it read before is written, a stretch of the file in the order of its phones.
async fn import(stage: &Stage, members: i64) -> (Duration, Duration) {
    let gateway = stage.app.gateway();
    let shop_id = gateway.directory.read().directory.all_shops().next().unwrap().id;
    let importer = Importer { store: &gateway.store, directory: &gateway.directory, now: Utc::now() };
    let (source, fingerprint) = ("bench".to_owned(), members.to_string());
    let new = NewImport { shop_id, source, fingerprint, options: Options::default() };
    let mut import = importer.begin(&new, &Author::command_line()).await.unwrap();
    let (sets, mut coming) = mpsc::channel::<Vec<(i64, Newcomer)>>(20);
    let began = Instant::now();
    let reading = tokio::task::spawn_blocking(move || {
        let reader = reader();
        for from in (0..members).step_by(usize::try_from(STRETCH).unwrap()) {
            let until = (from + STRETCH).min(members);
            let mut read: Vec<_> = (from..until).map(|number| reader.read(&row(number)).unwrap()).collect();
            read.sort_by(|one, other| one.phone.cmp(&other.phone));
            let placed: Vec<_> = (from..).zip(read).collect();
            for set in placed.chunks(usize::try_from(ROWS_AT_ONCE).unwrap()) {
                sets.blocking_send(set.to_vec()).unwrap();
            }
        }
    });
    let mut slowest = Duration::ZERO;
    while let Some(rows) = coming.recv().await {
        let from = import.row.rows_done;
        let batch = Batch { from, until: from + i64::try_from(rows.len()).unwrap(), rows, refused: Vec::new() };
        let set = Instant::now();
        import.row.rows_done = importer.take(&import, "bench", batch).await.unwrap().rows_done;
        slowest = slowest.max(set.elapsed());
    }
    reading.await.unwrap();
    assert_eq!(import.row.rows_done, members);
    (began.elapsed(), slowest)
}

async fn insert_plain_rows(members: i64) -> Duration {
    let folder = temporary_folder();
    std::fs::create_dir_all(&folder).unwrap();
    let db = Database::connect(format!("{}?mode=rwc", sqlite_url(&folder))).await.unwrap();
    let backend = db.get_database_backend();
    db.execute_unprepared("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL").await.unwrap();
    db.execute_unprepared("CREATE TABLE plain (id BLOB PRIMARY KEY, phone TEXT NOT NULL UNIQUE) WITHOUT ROWID")
        .await
        .unwrap();
    let began = Instant::now();
    for from in (0..members).step_by(usize::try_from(ROWS_AT_ONCE).unwrap()) {
        let rows: Vec<_> = (from..(from + ROWS_AT_ONCE).min(members))
            .map(|number| (uuid::Uuid::now_v7(), row(number).phone))
            .collect();
        let sql = "INSERT INTO plain SELECT unhex(value->>0, '-'), value->>1 FROM json_each($1)";
        let json = serde_json::to_string(&rows).unwrap();
        db.execute_raw(Statement::from_sql_and_values(backend, sql, [json.into()])).await.unwrap();
    }
    let took = began.elapsed();
    db.close().await.unwrap();
    std::fs::remove_dir_all(&folder).ok();
    took
}
