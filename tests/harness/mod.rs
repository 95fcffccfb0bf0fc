//! What the tests stand on: real databases, the real gateway, the built-in carrier.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, dead_code, reason = "shared by all tests")]

pub mod api;
pub mod program;
pub mod provider;
pub mod receiver;
pub mod relay;
pub mod rows;
pub mod visitor;
pub mod world;

use std::{future::Future, panic::AssertUnwindSafe, sync::Once};

use futures_util::FutureExt;
use regulars::stage::{sqlite_url, temporary_folder};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use uuid::Uuid;

/// Where PostgreSQL is looked for.
const POSTGRES: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// Runs a test on a fresh SQLite file and on a fresh PostgreSQL database, and removes both.
pub async fn on_both<F: Future<Output = ()>>(test: impl Fn(String) -> F) {
    on_sqlite(&test).await;
    on_postgres(&test).await;
}

/// Runs a test on a fresh SQLite file and removes it.
pub async fn on_sqlite<F: Future<Output = ()>>(test: impl Fn(String) -> F) {
    let folder = temporary_folder();
    let outcome = AssertUnwindSafe(test(sqlite_url(&folder))).catch_unwind().await;
    std::fs::remove_dir_all(&folder).ok();
    outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

/// Runs a test on a fresh PostgreSQL database and drops it. Where no server answers, says so once and passes, unless
/// `REGULARS_TEST_POSTGRES_REQUIRED` is set.
pub async fn on_postgres<F: Future<Output = ()>>(test: impl Fn(String) -> F) {
    let server = std::env::var("REGULARS_TEST_POSTGRES").unwrap_or_else(|_| POSTGRES.to_owned());
    let mut admin = match PgConnection::connect(&server).await {
        Ok(admin) => admin,
        Err(error) => return left_out(&server, &error),
    };
    let name = format!("regulars_test_{}", Uuid::new_v4().simple());
    admin.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.expect("a new database");
    let mut url: url::Url = server.parse().expect("REGULARS_TEST_POSTGRES is a URL");
    url.set_path(&name);
    let outcome = AssertUnwindSafe(test(url.to_string())).catch_unwind().await;
    admin.execute(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.expect("the database goes");
    outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

fn left_out(server: &str, error: &sqlx::Error) {
    assert!(
        std::env::var_os("REGULARS_TEST_POSTGRES_REQUIRED").is_none(),
        "PostgreSQL does not answer at {server}: {error}"
    );
    static SAID: Once = Once::new();
    SAID.call_once(|| eprintln!("PostgreSQL is left out: nothing answers at {server} (REGULARS_TEST_POSTGRES)"));
}
