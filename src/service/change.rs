//! What every change to the directory has in common: one transaction, checked against what is kept, seen at once.

use std::fmt::Display;

use chrono::{DateTime, Utc};

use super::{
    audit::{self, Author, Line},
    directory::{DirectoryError, LiveDirectory},
};
use crate::{
    secrets::{Vault, VaultError},
    store::{Store, StoreError, Transaction},
};

/// What it takes to change who is here.
#[derive(Clone, Copy)]
pub struct Change<'a> {
    /// Where to write.
    pub store: &'a Store,
    /// Told of the change once it is durable.
    pub directory: &'a LiveDirectory,
    /// Seals provider tokens and makes nothing else.
    pub vault: &'a Vault,
    /// The time.
    pub now: DateTime<Utc>,
    /// Who changes it; stands in the book of what was changed.
    pub author: &'a Author,
}

/// Why a change was not made; nothing of it is kept.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// There is no such thing, or it is another merchant's.
    #[error("there is no such thing here")]
    NotFound,
    /// It clashes with what is kept; a sentence for the caller.
    #[error("{0}")]
    Taken(String),
    /// What was asked for does not hold.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Mistaken(Vec<Mistake>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A secret could not be sealed or made.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// What was to be kept could not be known here afterwards.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {sentence}")]
pub struct Mistake {
    /// The field, dotted where it is nested.
    pub field: String,
    /// What is wrong and what to do.
    pub sentence: String,
}

impl Change<'_> {
    /// Begins the change under the next revision, which holds up every other change until this one ends.
    pub(super) async fn begin(&self) -> Result<(Transaction, i64), ChangeError> {
        let tx = self.store.begin().await?;
        let revision = tx.next_revision().await?;
        Ok((tx, revision))
    }

    /// Writes into the book what the change is, within its transaction.
    pub(super) async fn note(&self, tx: &Transaction, line: Line) -> Result<(), ChangeError> {
        Ok(audit::note(tx, self.author, self.now, line).await?)
    }

    /// Makes the change durable and known on this node; others look for it.
    pub(super) async fn finish(&self, tx: Transaction) -> Result<(), ChangeError> {
        tx.commit().await?;
        // The change is kept already, so a refresh that fails must not be answered as a failed change.
        if let Err(error) = self.directory.refresh().await {
            tracing::warn!(%error, "a change is kept but not yet known here; the next look will find it");
        }
        Ok(())
    }
}

impl ChangeError {
    /// One field is wrong.
    pub(super) fn mistake(field: &str, sentence: impl Display) -> Self {
        Self::Mistaken(vec![Mistake { field: field.to_owned(), sentence: sentence.to_string() }])
    }
}
