//! What is kept. The only module that knows SeaORM; SQLite and PostgreSQL by the same statements.
//!
//! Every write goes through [`Store::begin`]: on SQLite one connection writes, each transaction begins IMMEDIATE,
//! and readers never wait for it (WAL). Hot paths write set-wise, see `rows` and `script`.

pub mod audit;
mod connection;
pub mod consent;
pub mod counter;
pub mod deliveries;
pub mod devices;
pub mod directory;
pub mod drafts;
mod entity;
pub mod equal_texts;
pub mod erasing;
pub mod error;
pub mod events;
pub mod exporting;
pub mod failed;
pub mod figures;
pub mod health;
pub mod importing;
pub mod inbox;
pub mod invitations;
pub mod keys;
pub mod keyword_use;
mod lock;
pub mod member_list;
pub mod members;
pub mod merging;
pub mod once;
pub mod orders;
pub mod outbox;
pub mod people;
pub mod programs;
pub mod purses;
pub mod receipts;
pub mod receiving;
pub mod replaying;
pub mod replays;
mod rows;
pub mod said;
mod script;
pub mod sessions;
pub mod staff;
pub mod telling;
pub mod tills;
pub mod verify;
pub mod way;
pub mod webhooks;
pub mod words;

use std::{
    fmt::Display,
    fs,
    num::NonZero,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use regulars_migrations::Migrator;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use sea_orm_migration::MigratorTrait;
use secrecy::{ExposeSecret, SecretString};
use sqlx::{
    ConnectOptions as _, Connection as _, PgConnection,
    postgres::PgConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use connection::{BEGINS_WITHIN, Connection, Writer};
pub use error::StoreError;
use lock::FileLock;

/// Whether a store operation worked.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// A write transaction; dropped without [`Transaction::commit`], it leaves nothing behind.
pub struct Transaction(Connection);

/// The database, open and migrated.
#[derive(Clone)]
pub struct Store {
    reader: DatabaseConnection,
    writer: Writer,
    /// Held as long as any clone lives: one process for each SQLite file.
    _file_lock: Option<Arc<FileLock>>,
}

impl Store {
    /// Opens the database, creates it where it is a new SQLite file, and brings its schema up to date.
    pub async fn open(url: &SecretString, connections_max: u32) -> Result<Self> {
        if url.expose_secret().starts_with("sqlite:") {
            Self::open_sqlite(url.expose_secret(), connections_max).await
        } else {
            Self::open_postgres(url.expose_secret(), connections_max).await
        }
    }

    async fn open_sqlite(url: &str, connections_max: u32) -> Result<Self> {
        let path = sqlite_path(url)?;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)
                .map_err(|error| StoreError::Unavailable(cannot_write("the folder ", folder, &error)))?;
        }
        let file_lock = FileLock::take(&path)?;
        create_private(&path).map_err(|error| StoreError::Unavailable(cannot_write("", &path, &error)))?;
        let schema = Database::connect(sqlite_pool(url, 1, OF_WRITER)).await?;
        migrate(&schema).await?;
        schema.close().await?;
        let options = SqliteConnectOptions::from_str(url).map_err(not_understood)?;
        let writer = Writer::open_sqlite(tuned(options, OF_WRITER).disable_statement_logging()).await?;
        let readers = connections_max.min(readers_worth_having());
        let reader = Database::connect(sqlite_pool(url, readers, OF_READER)).await?;
        Ok(Self { reader, writer, _file_lock: Some(Arc::new(file_lock)) })
    }

    /// Its schema is one node's to change at a time.
    async fn open_postgres(url: &str, connections_max: u32) -> Result<Self> {
        knock(url).await?;
        let pool = Database::connect(postgres_options(url, connections_max)).await?;
        let guard = Database::connect(postgres_options(url, 1)).await?;
        guard.execute_raw(Statement::from_string(DbBackend::Postgres, MIGRATION_LOCK)).await?;
        migrate(&pool).await?;
        // Closing the connection gives the lock back.
        guard.close().await?;
        Ok(Self { reader: pool.clone(), writer: Writer::Postgres(pool), _file_lock: None })
    }

    /// Begins a write.
    pub async fn begin(&self) -> Result<Transaction> {
        Ok(Transaction(self.writer.begin().await?))
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.reader.ping().await?)
    }

    /// Whether this is the embedded database, which only this process uses.
    pub fn is_sqlite(&self) -> bool {
        self.backend() == DbBackend::Sqlite
    }

    /// Waits for what is under way and closes all connections.
    pub async fn close(self) -> Result<()> {
        self.writer.close().await?;
        Ok(self.reader.close().await?)
    }

    fn backend(&self) -> DbBackend {
        self.reader.get_database_backend()
    }
}

impl Transaction {
    /// Makes the write durable.
    pub async fn commit(self) -> Result<()> {
        Ok(self.0.commit().await?)
    }
}

/// Runs what is missing of the schema; refuses a schema newer than this program.
async fn migrate(database: &DatabaseConnection) -> Result<()> {
    Migrator::install(database).await?;
    let applied = Migrator::get_migration_models(database).await?;
    let known: Vec<String> = Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
    if let Some(version) = applied.into_iter().map(|step| step.version).find(|version| !known.contains(version)) {
        return Err(StoreError::NewerSchema(version));
    }
    Ok(Migrator::up(database, None).await?)
}

/// What keeps a file of ours from being written, and what to do.
fn cannot_write(what: &str, path: &Path, error: &dyn Display) -> String {
    format!("cannot write {what}{}: {error}; choose another place with database.url", path.display())
}

/// One connection, to learn at once what is wrong where the pool would only say that it waited in vain.
async fn knock(url: &str) -> Result<()> {
    let options = PgConnectOptions::from_str(url).map_err(not_understood)?;
    let unavailable = |reason: &dyn Display| {
        let (host, port) = (options.get_host(), options.get_port());
        StoreError::Unavailable(format!(
            "PostgreSQL at {host}:{port} does not let us in: {reason}; is it running, and is database.url right?"
        ))
    };
    match tokio::time::timeout(CONNECTS_WITHIN, PgConnection::connect_with(&options)).await {
        Ok(Ok(connection)) => Ok(connection.close().await.map_err(|error| unavailable(&error))?),
        Ok(Err(sqlx::Error::Database(error))) => Err(unavailable(&error.message())),
        Ok(Err(sqlx::Error::Io(error))) => Err(unavailable(&error)),
        Ok(Err(error)) => Err(unavailable(&error)),
        Err(_) => Err(unavailable(&format!("no answer within {} seconds", CONNECTS_WITHIN.as_secs()))),
    }
}

fn not_understood(error: sqlx::Error) -> StoreError {
    StoreError::Unavailable(format!("database.url is not understood: {error}"))
}

/// The time a server has to answer a new connection.
const CONNECTS_WITHIN: Duration = Duration::from_secs(5);

/// Any number will do, as long as every node takes the same one.
const MIGRATION_LOCK: &str = "SELECT pg_advisory_lock(7305808869)";

/// Phone numbers and texts are for the owner of the file alone. What SQLite puts beside it gets the same mode.
fn create_private(path: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn sqlite_path(url: &str) -> Result<PathBuf> {
    let options = SqliteConnectOptions::from_str(url).map_err(not_understood)?;
    let path = options.get_filename().to_path_buf();
    if path.as_os_str().is_empty() || url.contains(":memory:") {
        return Err(StoreError::Unavailable("database.url must name a file: sqlite://data/regulars.db".to_owned()));
    }
    Ok(path)
}

/// How a connection to SQLite works: the KiB of its page cache, and where it puts what is temporary. That is what a statement may
/// have to take back, and large sorts: of a batch's write the former would go through a file of its own each time; the latter,
/// which only readers do, may be larger than memory.
type Tuning = (u32, &'static str);

/// The one connection that writes: a launch day's indexes fit into its cache.
const OF_WRITER: Tuning = (64 * 1024, "MEMORY");
/// Each connection that reads.
const OF_READER: Tuning = (8 * 1024, "FILE");

/// SQLite reads by computing: more connections than two for each core wait for a core, and half a megabyte each lies idle.
fn readers_worth_having() -> u32 {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    u32::try_from(2 * cores).unwrap_or(u32::MAX)
}

fn sqlite_pool(url: &str, connections: u32, tuning: Tuning) -> ConnectOptions {
    let mut options = common_options(url, connections);
    options.map_sqlx_sqlite_opts(move |options| tuned(options, tuning));
    options
}

fn tuned(options: SqliteConnectOptions, (cache_kib, temp_store): Tuning) -> SqliteConnectOptions {
    options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(10))
        .foreign_keys(true)
        .pragma("cache_size", format!("-{cache_kib}"))
        .pragma("temp_store", temp_store)
        // Pages; 64 MiB. A page that changes often is then copied back seldom.
        .pragma("wal_autocheckpoint", "16000")
}

fn postgres_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = common_options(url, connections);
    // A connection that was cut while it was idle must not cost a text: providers rarely try again.
    options.test_before_acquire(true);
    options.map_sqlx_postgres_opts(|options| options.options(BY_INDEX.map(|name| (name, "off"))).options([JIT_OFF]));
    options
}

/// A whole table read as the last resort is priced so high that PostgreSQL would compile the plan first, every time, for
/// a third of a second.
const JIT_OFF: (&str, &str) = ("jit", "off");

/// Every statement of ours finds its rows by an index. Plans made while the tables were empty would read them whole, and
/// stay in the cache for hours; so reading whole tables, and the joins that need it, are the last resort.
const BY_INDEX: [&str; 3] = ["enable_seqscan", "enable_hashjoin", "enable_mergejoin"];

fn common_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(BEGINS_WITHIN)
        .connect_timeout(CONNECTS_WITHIN)
        .test_before_acquire(false)
        .record_stmt_in_spans(false)
        .sqlx_logging(false);
    options
}
