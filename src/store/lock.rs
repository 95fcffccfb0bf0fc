//! One process for each SQLite file: two gateways on one file would each drain the same senders.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

use super::{Result, StoreError, cannot_write};

/// An advisory lock beside the database file; the system gives it back when the process ends, however it ends.
pub struct FileLock(#[expect(dead_code, reason = "held, never read")] File);

impl FileLock {
    /// Takes the lock or says who is in the way.
    pub fn take(database: &Path) -> Result<Self> {
        let path = database.with_added_extension("lock");
        let cannot = |error: &dyn std::fmt::Display| StoreError::Unavailable(cannot_write("", &path, error));
        let file = File::create(&path).map_err(|error| cannot(&error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse(database.display().to_string())),
            Err(TryLockError::Error(error)) => Err(cannot(&error)),
        }
    }
}
