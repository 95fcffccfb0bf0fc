//! Where a transaction's statements go: to the one connection that writes to SQLite, or to one of PostgreSQL's.
//!
//! SQLite's pace is that of the thread that has the database, and to wake it costs as much as writing ten rows. A pool wakes it for
//! each transaction to begin, to commit, and to ask whether it still answers. So its connection is ours: a transaction begins with
//! its first statement, and what is known to be the last brings the commit along.

use std::{sync::Arc, time::Duration};

use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, RuntimeErr, Statement, TransactionTrait,
};
use sea_query_sqlx::SqlxValues;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection as _, Executor, Sqlite, SqliteConnection, query::Query,
    sqlite::SqliteConnectOptions,
};
use tokio::{
    runtime::Handle,
    sync::{Mutex, OwnedMutexGuard},
};

/// The longest that a transaction waits for those before it.
pub(super) const BEGINS_WITHIN: Duration = Duration::from_secs(10);

/// What begins transactions.
#[derive(Clone)]
pub(super) enum Writer {
    /// One after the other, on one connection.
    Sqlite(Arc<Mutex<SqliteWriter>>),
    /// Side by side.
    Postgres(DatabaseConnection),
}

impl Writer {
    /// Opens the one connection that writes to an SQLite file.
    pub(super) async fn open_sqlite(options: SqliteConnectOptions) -> Result<Self, DbErr> {
        let connection = Some(options.connect().await.map_err(not_connected)?);
        Ok(Self::Sqlite(Arc::new(Mutex::new(SqliteWriter { options, connection, is_clean: true }))))
    }

    /// Begins a transaction, once it is its turn.
    pub(super) async fn begin(&self) -> Result<Connection, DbErr> {
        match self {
            Self::Sqlite(writer) => Ok(Connection::Sqlite(Mutex::new(Turn::take(writer).await?))),
            Self::Postgres(pool) => Ok(Connection::Postgres(pool.begin().await?)),
        }
    }

    /// Waits for what is under way and closes.
    pub(super) async fn close(self) -> Result<(), DbErr> {
        match self {
            Self::Sqlite(writer) => match writer.lock().await.connection.take() {
                Some(connection) => connection.close().await.map_err(not_connected),
                None => Ok(()),
            },
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// The connection that writes to SQLite; none once it is closed.
pub(super) struct SqliteWriter {
    options: SqliteConnectOptions,
    connection: Option<SqliteConnection>,
    /// Whether no transaction is open.
    is_clean: bool,
}

impl SqliteWriter {
    fn connection(&mut self) -> Result<&mut SqliteConnection, DbErr> {
        self.connection.as_mut().ok_or(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))
    }

    /// Takes back what a transaction left that did not commit. A connection that does not answer is made anew.
    async fn clean(&mut self) -> Result<(), DbErr> {
        if self.is_clean {
            return Ok(());
        }
        match self.connection()?.execute("ROLLBACK").await {
            // After some errors SQLite has rolled back by itself, and says that there is nothing to take back.
            Ok(_) | Err(sqlx::Error::Database(_)) => {}
            Err(_) => self.connection = Some(self.options.connect().await.map_err(not_connected)?),
        }
        self.is_clean = true;
        Ok(())
    }
}

/// SQLite's connection, for one transaction.
pub(super) struct Turn {
    /// There until the turn ends.
    writer: Option<OwnedMutexGuard<SqliteWriter>>,
}

impl Turn {
    async fn take(writer: &Arc<Mutex<SqliteWriter>>) -> Result<Self, DbErr> {
        let waited = tokio::time::timeout(BEGINS_WITHIN, Arc::clone(writer).lock_owned()).await;
        let mut writer = waited.map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))?;
        writer.clean().await?;
        Ok(Self { writer: Some(writer) })
    }

    fn writer(&mut self) -> Result<&mut SqliteWriter, DbErr> {
        self.writer.as_deref_mut().ok_or(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))
    }

    /// Begins where nothing has been done yet; how it is done is left to the caller, whose statement may bring it along.
    fn begins(&mut self) -> Result<(&mut SqliteConnection, bool), DbErr> {
        let writer = self.writer()?;
        let begins = std::mem::replace(&mut writer.is_clean, false);
        Ok((writer.connection()?, begins))
    }

    /// The connection, in a transaction that has begun.
    async fn begun(&mut self) -> Result<&mut SqliteConnection, DbErr> {
        let (connection, begins) = self.begins()?;
        if begins {
            connection.execute(BEGIN).await.map_err(not_done)?;
        }
        Ok(connection)
    }

    async fn query_all(&mut self, mut statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let (connection, begins) = self.begins()?;
        if begins {
            statement.sql = format!("{BEGIN}; {}", statement.sql);
        }
        let rows = query(statement).fetch_all(connection).await.map_err(not_answered)?;
        Ok(rows.into_iter().map(QueryResult::from).collect())
    }

    /// Runs a last statement, and with it the commit.
    pub(super) async fn query_all_and_commit(&mut self, mut statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        statement.sql.push_str("; COMMIT");
        let found = self.query_all(statement).await?;
        self.writer()?.is_clean = true;
        Ok(found)
    }

    async fn commit(&mut self) -> Result<(), DbErr> {
        let writer = self.writer()?;
        if !writer.is_clean {
            writer.connection()?.execute("COMMIT").await.map_err(not_done)?;
            writer.is_clean = true;
        }
        Ok(())
    }
}

impl Drop for Turn {
    /// What was not committed is taken back at once; whoever is next waits for it.
    fn drop(&mut self) {
        if let Some(mut writer) = self.writer.take().filter(|writer| !writer.is_clean)
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(async move { writer.clean().await.ok() });
        }
    }
}

/// A transaction's connection.
pub(super) enum Connection {
    /// The one that writes to SQLite.
    Sqlite(Mutex<Turn>),
    /// One of PostgreSQL's.
    Postgres(DatabaseTransaction),
}

impl Connection {
    /// Makes it durable.
    pub(super) async fn commit(self) -> Result<(), DbErr> {
        match self {
            Self::Sqlite(turn) => turn.into_inner().commit().await,
            Self::Postgres(tx) => tx.commit().await,
        }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Connection {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Sqlite(_) => DbBackend::Sqlite,
            Self::Postgres(tx) => tx.get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Sqlite(turn) => {
                let mut turn = turn.lock().await;
                Ok(query(statement).execute(turn.begun().await?).await.map_err(not_done)?.into())
            }
            Self::Postgres(tx) => tx.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Sqlite(turn) => {
                let mut turn = turn.lock().await;
                Ok(turn.begun().await?.execute(AssertSqlSafe(sql)).await.map_err(not_done)?.into())
            }
            Self::Postgres(tx) => tx.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(turn) => Ok(turn.lock().await.query_all(statement).await?.into_iter().next()),
            Self::Postgres(tx) => tx.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(turn) => turn.lock().await.query_all(statement).await,
            Self::Postgres(tx) => tx.query_all_raw(statement).await,
        }
    }
}

/// From the start: a transaction that reads first and then writes could be refused because of another.
const BEGIN: &str = "BEGIN IMMEDIATE";

fn query(statement: Statement) -> Query<'static, Sqlite, SqlxValues> {
    let values = statement.values.unwrap_or_else(|| sea_orm::Values(Vec::new()));
    sqlx::query_with(AssertSqlSafe(statement.sql), SqlxValues(values))
}

fn not_connected(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(error.into()))
}

fn not_done(error: sqlx::Error) -> DbErr {
    DbErr::Exec(RuntimeErr::SqlxError(error.into()))
}

fn not_answered(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}

#[cfg(test)]
mod tests {
    use futures_util::future;

    use super::*;

    async fn open() -> Writer {
        let writer = Writer::open_sqlite(SqliteConnectOptions::new().in_memory(true)).await.unwrap();
        let tx = writer.begin().await.unwrap();
        tx.execute_unprepared("CREATE TABLE stamp (number integer PRIMARY KEY)").await.unwrap();
        tx.commit().await.unwrap();
        writer
    }

    fn sql(sql: &str) -> Statement {
        Statement::from_string(DbBackend::Sqlite, sql)
    }

    async fn query_last(tx: Connection, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let Connection::Sqlite(turn) = tx else { panic!("not SQLite") };
        turn.into_inner().query_all_and_commit(statement).await
    }

    async fn stamps(writer: &Writer) -> i64 {
        let tx = writer.begin().await.unwrap();
        let row = tx.query_one_raw(sql("SELECT COUNT(*) FROM stamp")).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    #[tokio::test]
    async fn what_is_not_committed_is_taken_back_before_the_next_begins() {
        let writer = open().await;
        for _ in 0..3 {
            let tx = writer.begin().await.unwrap();
            let done = tx.execute_raw(sql("INSERT INTO stamp VALUES (1), (2)")).await.unwrap();
            assert_eq!(done.rows_affected(), 2);
            drop(tx);
            assert_eq!(stamps(&writer).await, 0);
        }
    }

    #[tokio::test]
    async fn the_last_statement_brings_the_commit_along_and_gives_its_rows() {
        let writer = open().await;
        let tx = writer.begin().await.unwrap();
        let last = sql("INSERT INTO stamp VALUES (1); INSERT INTO stamp VALUES (2) RETURNING number");
        let rows = query_last(tx, last).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.try_get_by_index::<i64>(0).unwrap()).collect::<Vec<_>>(), [2]);
        assert_eq!(stamps(&writer).await, 2);
    }

    #[tokio::test]
    async fn of_what_fails_before_its_commit_nothing_stands() {
        let writer = open().await;
        let tx = writer.begin().await.unwrap();
        tx.query_all_raw(sql("INSERT INTO stamp VALUES (1)")).await.unwrap();
        let twice = query_last(tx, sql("INSERT INTO stamp VALUES (2); INSERT INTO stamp VALUES (1)")).await;
        assert!(matches!(twice.unwrap_err().sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))));
        assert_eq!(stamps(&writer).await, 0);
    }

    #[tokio::test]
    async fn a_transaction_that_did_nothing_commits_and_the_next_begins() {
        let writer = open().await;
        writer.begin().await.unwrap().commit().await.unwrap();
        drop(writer.begin().await.unwrap());
        assert_eq!(stamps(&writer).await, 0);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn transactions_go_one_after_the_other_whether_they_commit_or_not() {
        let writer = open().await;
        let stamp = async |number: u32| {
            let tx = writer.begin().await.unwrap();
            let row = tx.query_one_raw(sql("SELECT COUNT(*) FROM stamp")).await.unwrap().unwrap();
            let next: i64 = row.try_get_by_index(0).unwrap();
            tx.execute_raw(sql(&format!("INSERT INTO stamp VALUES ({next})"))).await.unwrap();
            if !number.is_multiple_of(3) {
                tx.commit().await.unwrap();
            }
        };
        future::join_all((0..60).map(stamp)).await;
        assert_eq!(stamps(&writer).await, 40);
    }

    #[tokio::test]
    async fn once_it_is_closed_nothing_begins() {
        let writer = open().await;
        writer.clone().close().await.unwrap();
        let tx = writer.begin().await.unwrap();
        assert!(matches!(tx.execute_raw(sql("SELECT 1")).await, Err(DbErr::ConnectionAcquire(_))));
        drop(tx);
        writer.close().await.unwrap();
    }
}
