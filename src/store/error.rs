//! What can go wrong with the database, classified once.

use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// The kinds of trouble that callers tell apart.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It exists already, or what it refers to does not.
    #[error("conflict: {0}")]
    Conflict(String),
    /// Another writer was in the way; worth another try.
    #[error("the database is busy")]
    Busy,
    /// The database does not answer.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// Another process has this SQLite file.
    #[error(
        "another regulars is running on {0}; stop it first, or use PostgreSQL for several nodes; what is done at the counter goes through it with --url and --key"
    )]
    InUse(String),
    /// Made by a later version of this program.
    #[error("the database has a schema newer than this program ({0}); install the newer version of regulars")]
    NewerSchema(String),
    /// What is kept cannot be read.
    #[error("the database holds something unreadable: {0}")]
    Corrupt(String),
    /// It refused this very statement or its values.
    #[error("the database refused: {0}")]
    Refused(String),
}

impl StoreError {
    /// Whether something of this name is there already.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict(_))
    }

    /// Whether the same write may work a moment later.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Busy | Self::Unavailable(_))
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(what) | SqlErr::ForeignKeyConstraintViolation(what)) =
            error.sql_err()
        {
            return Self::Conflict(what);
        }
        match &error {
            // Whatever a database has against a connection, it has nothing against the write that needs one.
            DbErr::Conn(RuntimeErr::SqlxError(inner)) => match classify(inner) {
                Self::Refused(why) => Self::Unavailable(why),
                other => other,
            },
            DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner)) => classify(inner),
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(error.to_string()),
            DbErr::Type(_) | DbErr::Json(_) | DbErr::TryIntoErr { .. } => Self::Corrupt(error.to_string()),
            _ => Self::Refused(error.to_string()),
        }
    }
}

fn classify(error: &sqlx::Error) -> StoreError {
    let sqlx::Error::Database(inner) = error else {
        return match error {
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => StoreError::Corrupt(error.to_string()),
            _ => StoreError::Unavailable(error.to_string()),
        };
    };
    match inner.code().as_deref() {
        // SQLite: busy, locked and their extended codes. PostgreSQL: serialization failure, deadlock, lock not available.
        Some("5" | "6" | "261" | "517" | "773" | "262" | "40001" | "40P01" | "55P03") => StoreError::Busy,
        // SQLite: read-only, I/O error, full, cannot open.
        Some("8" | "10" | "13" | "14") => StoreError::Unavailable(inner.message().to_owned()),
        // SQLite: corrupt, not a database.
        Some("11" | "26") => StoreError::Corrupt(inner.message().to_owned()),
        // PostgreSQL: connection, resources, operator intervention, system error.
        Some(code) if ["08", "53", "57", "58"].iter().any(|class| code.len() == 5 && code.starts_with(class)) => {
            StoreError::Unavailable(inner.message().to_owned())
        }
        _ => StoreError::Refused(inner.message().to_owned()),
    }
}
