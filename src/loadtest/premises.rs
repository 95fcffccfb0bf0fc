//! Where a gateway of our own keeps its rows and its log: a fresh folder, and a fresh database.

use std::path::{Path, PathBuf};

use anyhow::Context;
use secrecy::{ExposeSecret, SecretString};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use url::Url;

use super::access::random_hex;

/// A folder and a database that are there for one run.
#[derive(Debug)]
pub struct Premises {
    /// Holds the logs and the SQLite database.
    pub folder: PathBuf,
    /// For the gateway's settings.
    pub database_url: SecretString,
    /// What the report says of the database.
    pub description: String,
    /// The server and the name of a database that we have created.
    created: Option<(Url, String)>,
}

impl Premises {
    /// Creates the folder and, on PostgreSQL, the database.
    pub async fn open(folder: Option<&Path>, database: &SecretString) -> anyhow::Result<Self> {
        let name = format!("regulars_loadtest_{}", &random_hex()?[..12]);
        let parent = folder.map_or_else(std::env::temp_dir, Path::to_path_buf);
        let folder = std::path::absolute(parent)?.join(&name);
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("the folder {} cannot be created", folder.display()))?;
        if database.expose_secret() == "sqlite" {
            return Ok(Self::with_sqlite(folder));
        }
        let server: Url = database.expose_secret().parse().context("--database is not a URL")?;
        create_database(&server, &name).await.context("the database could not be created")?;
        let mut url = server.clone();
        url.set_path(&name);
        Ok(Self {
            folder,
            database_url: url.as_str().into(),
            description: "PostgreSQL".to_owned(),
            created: Some((server, name)),
        })
    }

    fn with_sqlite(folder: PathBuf) -> Self {
        let description = match file_system(&folder) {
            Some(kind) if matches!(&*kind, "tmpfs" | "ramfs") => {
                format!("SQLite on {kind} (in memory, where a commit costs nothing: give a --folder on a disk)")
            }
            Some(kind) => format!("SQLite on {kind}"),
            None => "SQLite".to_owned(),
        };
        let url = format!("sqlite://{}", folder.join("regulars.db").display());
        Self { folder, database_url: url.into(), description, created: None }
    }

    /// Drops the database.
    pub async fn drop_database(&mut self) -> anyhow::Result<()> {
        let Some((server, name)) = self.created.take() else {
            return Ok(());
        };
        let sentence = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        tell(&server, sentence).await.with_context(|| format!("the database {name} could not be dropped"))
    }

    /// Whether there is nothing in the folder but empty files.
    pub fn has_nothing_to_show(&self) -> bool {
        std::fs::read_dir(&self.folder).is_ok_and(|entries| {
            let size = |entry: std::io::Result<std::fs::DirEntry>| Ok(entry?.metadata()?.len());
            entries.map(size).all(|size: std::io::Result<u64>| matches!(size, Ok(0)))
        })
    }

    /// Removes the folder with all that is in it.
    pub fn remove_folder(self) -> anyhow::Result<()> {
        std::fs::remove_dir_all(&self.folder)
            .with_context(|| format!("the folder {} could not be removed", self.folder.display()))
    }
}

async fn create_database(server: &Url, name: &str) -> anyhow::Result<()> {
    tell(server, format!("CREATE DATABASE {name}")).await
}

/// The sentence holds nothing but words of ours.
async fn tell(server: &Url, sentence: String) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect(server.as_str()).await?;
    sqlx::raw_sql(AssertSqlSafe(sentence)).execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// The kind of file system that a folder is on, where the system tells (Linux).
fn file_system(folder: &Path) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    let mounts = std::fs::read_to_string("/proc/self/mounts").ok()?;
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        Some((words.next()?, words.next()?))
    });
    // Of two on the same place the later one is on top.
    let nearest = mounts.filter(|(place, _)| folder.starts_with(place)).max_by_key(|(place, _)| place.len())?;
    Some(nearest.1.to_owned())
}
