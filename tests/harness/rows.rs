//! The tables, looked into and held up by connections of their own.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, FromQueryResult, JsonValue, Statement,
};
use serde_json::Value;

/// What a gateway has written.
pub struct Rows {
    url: String,
    db: DatabaseConnection,
}

/// Writes wait as long as this lives, and go on when it is let go.
pub struct Held(DatabaseConnection);

/// A PostgreSQL that refuses everybody this database.
pub struct Outage {
    admin: DatabaseConnection,
    name: String,
}

impl Rows {
    pub async fn open(url: &str) -> Self {
        Self { url: url.to_owned(), db: connect(url).await }
    }

    pub fn is_sqlite(&self) -> bool {
        self.db.get_database_backend() == DbBackend::Sqlite
    }

    /// Rows as objects, of columns as they are: what is computed and UUIDs are left out on SQLite.
    pub async fn all(&self, sql: &str) -> Vec<Value> {
        let statement = Statement::from_string(self.db.get_database_backend(), sql);
        JsonValue::find_by_statement(statement).all(&self.db).await.unwrap()
    }

    /// The first column of all rows, as numbers.
    pub async fn numbers(&self, sql: &str) -> Vec<i64> {
        let statement = Statement::from_string(self.db.get_database_backend(), sql);
        let rows = self.db.query_all_raw(statement).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }

    /// How many rows there are in `FROM …`.
    pub async fn count(&self, from: &str) -> i64 {
        self.numbers(&format!("SELECT COUNT(*) AS n FROM {from}")).await[0]
    }

    pub async fn run(&self, sql: &str) {
        self.db.execute_unprepared(sql).await.unwrap();
    }

    /// Lets no text be written until it is let go.
    pub async fn hold(&self) -> Held {
        let db = connect(&self.url).await;
        let begin = match db.get_database_backend() {
            DbBackend::Sqlite => "BEGIN IMMEDIATE",
            _ => "BEGIN; LOCK TABLE inbound IN ACCESS EXCLUSIVE MODE",
        };
        db.execute_unprepared(begin).await.unwrap();
        Held(db)
    }

    /// Lets nobody give a sender back until it is let go, and waits until somebody wants to. PostgreSQL only.
    pub async fn hold_a_lane_at_its_end(&self) -> Held {
        let held = Held(connect(&self.url).await);
        held.0.execute_unprepared("BEGIN; LOCK TABLE sender_lease IN ACCESS EXCLUSIVE MODE").await.unwrap();
        let waiting = "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' \
                       AND query LIKE 'UPDATE sender_lease SET leased_until = 0%'";
        super::world::until("a lane ends", || async { self.count(waiting).await == 1 }).await;
        held
    }

    /// Closes all connections to the database and lets nobody in. PostgreSQL only.
    pub async fn outage(&self) -> Outage {
        let mut server: url::Url = self.url.parse().unwrap();
        let name = server.path().trim_start_matches('/').to_owned();
        server.set_path("postgres");
        let outage = Outage { admin: connect(server.as_str()).await, name };
        outage.allow_connections(false).await;
        self.cut_connections().await;
        outage
    }

    /// Closes all other connections to the database. PostgreSQL only.
    pub async fn cut_connections(&self) {
        let others = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity \
                      WHERE datname = current_database() AND pid <> pg_backend_pid()";
        self.db.execute_unprepared(others).await.unwrap();
    }

    /// What must be true of the books after every run.
    pub async fn check_books(&self) {
        for (wrong, what) in [
            (
                "(SELECT p.id FROM purse AS p LEFT JOIN entry AS n ON n.purse_id = p.id AND n.card IS NULL \
                 GROUP BY p.id, p.available, p.pending, p.locked HAVING \
                 p.available <> COALESCE(SUM(CASE n.to_book WHEN 'available' THEN n.amount ELSE 0 END), 0) \
                 - COALESCE(SUM(CASE n.from_book WHEN 'available' THEN n.amount ELSE 0 END), 0) OR \
                 p.pending <> COALESCE(SUM(CASE n.to_book WHEN 'pending' THEN n.amount ELSE 0 END), 0) \
                 - COALESCE(SUM(CASE n.from_book WHEN 'pending' THEN n.amount ELSE 0 END), 0) OR \
                 p.locked <> COALESCE(SUM(CASE n.to_book WHEN 'locked' THEN n.amount ELSE 0 END), 0) \
                 - COALESCE(SUM(CASE n.from_book WHEN 'locked' THEN n.amount ELSE 0 END), 0)) AS w",
                "a balance that is not the sum of its entries",
            ),
            (
                "(SELECT purse_id FROM entry WHERE cause = 'joined' GROUP BY purse_id, rule HAVING COUNT(*) > 1) AS w",
                "a member welcomed twice",
            ),
            (
                "(SELECT inbound_id FROM outbox WHERE inbound_id IS NOT NULL GROUP BY inbound_id, reply HAVING COUNT(*) > 1) AS w",
                "a text answered twice",
            ),
            (
                "(SELECT provider_message_id FROM outbox WHERE provider_message_id IS NOT NULL \
                 GROUP BY provider_message_id HAVING COUNT(*) > 1) AS w",
                "two texts under one id of the provider",
            ),
        ] {
            assert_eq!(self.count(wrong).await, 0, "{what}");
        }
    }

    pub async fn close(self) {
        self.db.close().await.unwrap();
    }
}

impl Held {
    pub async fn let_go(self) {
        self.0.execute_unprepared("COMMIT").await.unwrap();
        self.0.close().await.unwrap();
    }
}

impl Outage {
    pub async fn end(self) {
        self.allow_connections(true).await;
        self.admin.close().await.unwrap();
    }

    async fn allow_connections(&self, allow: bool) {
        let sql = format!("ALTER DATABASE {} ALLOW_CONNECTIONS {allow}", self.name);
        self.admin.execute_unprepared(&sql).await.unwrap();
    }
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false).acquire_timeout(Duration::from_secs(20));
    Database::connect(options).await.unwrap()
}
