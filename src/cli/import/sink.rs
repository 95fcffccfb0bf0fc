//! Where rows go: into a running gateway, or into the database itself.

use chrono::Utc;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::{
    cli::{Failure, UNAVAILABLE, WRONG_INPUT, gateway::GatewayApi, place::Place},
    domain::import::{Newcomer, Terms},
    service::{
        audit::Author,
        import::{Batch, Import, Importer, NewImport, NotImported},
    },
};

/// Where rows go.
pub enum Sink {
    /// A running gateway.
    Gateway(GatewayApi),
    /// The database, while no gateway runs on it.
    Database(Box<Place>),
}

/// An import that has begun.
pub struct Begun {
    /// Our id.
    pub id: Uuid,
    /// How many rows are done.
    pub rows_done: i64,
    /// How rows are read.
    pub terms: Terms,
    /// As the database knows it.
    kept: Option<Import>,
}

/// Rows on their way: the places of the first and the one behind the last in the order in which they are handed in, and the good
/// ones.
pub struct Set {
    /// The first row.
    pub from: i64,
    /// The row behind the last one.
    pub until: i64,
    /// The rows.
    pub rows: Vec<(i64, Newcomer)>,
    /// The same as a gateway wants them, where they go to one.
    pub written: String,
}

impl Set {
    /// A set that begins there, and has nothing yet.
    pub fn from(from: i64) -> Self {
        Self { from, until: from, rows: Vec::new(), written: String::new() }
    }
}

/// What became of a set.
#[derive(Debug, Default, Deserialize)]
pub struct Outcome {
    /// How many members were added.
    pub added: i64,
    /// How many points came in.
    pub points: i64,
    /// Rows about somebody who was a member.
    pub known: Vec<i64>,
    /// Those whose points came from this source before.
    pub repeated: Vec<i64>,
    /// Rows that were refused there.
    pub refused: Vec<Refused>,
}

/// A row that was refused there.
#[derive(Debug, Deserialize)]
pub struct Refused {
    /// Its place.
    pub row: i64,
    /// What of it.
    pub field: String,
    /// Why.
    pub detail: String,
}

#[derive(Deserialize)]
struct KeptThere {
    id: Uuid,
    rows_done: i64,
    terms: Terms,
}

impl Sink {
    /// The shop that is meant.
    pub async fn shop(&self, named: Option<&str>) -> Result<Uuid, Failure> {
        match self {
            Self::Gateway(gateway) => Ok(gateway.shop(named).await?.0),
            Self::Database(place) => Ok(place.shop(named)?.id),
        }
    }

    /// Whether rows are written out for a gateway.
    pub fn wants_text(&self) -> bool {
        matches!(self, Self::Gateway(_))
    }

    /// Begins an import, or finds how far it got.
    pub async fn begin(&self, new: &NewImport) -> Result<Begun, Failure> {
        match self {
            Self::Gateway(gateway) => {
                let options = &new.options;
                let mut body = json!({
                    "source": new.source, "fingerprint": new.fingerprint, "dry_run": options.dry_run,
                    "without_consent": options.without_consent, "consent_text": options.consent_text,
                });
                if let Some(country) = &options.country {
                    body["country"] = country.as_str().into();
                }
                let path = format!("/v1/shops/{}/imports", new.shop_id);
                let KeptThere { id, rows_done, terms } =
                    gateway.post(&path, "application/json", body.to_string()).await?;
                Ok(Begun { id, rows_done, terms, kept: None })
            }
            Self::Database(place) => {
                let kept = importer(place).begin(new, &Author::command_line()).await?;
                Ok(Begun {
                    id: kept.row.id,
                    rows_done: kept.row.rows_done,
                    terms: kept.terms.clone(),
                    kept: Some(kept),
                })
            }
        }
    }

    /// Hands a set in.
    pub async fn take(&self, import: &mut Begun, set: Set) -> Result<Outcome, Failure> {
        match self {
            Self::Gateway(gateway) => {
                let path = format!("/v1/imports/{}/rows?from={}&until={}", import.id, set.from, set.until);
                gateway.post(&path, "application/x-ndjson", set.written).await
            }
            Self::Database(place) => {
                let kept = import.kept.as_mut().ok_or(NotImported::NotFound)?;
                let batch = Batch { from: set.from, until: set.until, rows: set.rows, refused: Vec::new() };
                let taken = importer(place).take(kept, "operator", batch).await?;
                if !kept.options.dry_run {
                    kept.row.rows_done = taken.rows_done;
                }
                let refused = taken.refused.into_iter().map(|(row, refusal)| Refused {
                    row,
                    field: refusal.field.word().to_owned(),
                    detail: refusal.sentence,
                });
                Ok(Outcome {
                    added: taken.added,
                    points: taken.points,
                    known: taken.known,
                    repeated: taken.repeated,
                    refused: refused.collect(),
                })
            }
        }
    }

    /// Closes what was opened.
    pub async fn close(self) -> Result<(), Failure> {
        match self {
            Self::Gateway(_) => Ok(()),
            Self::Database(place) => place.close().await,
        }
    }
}

fn importer(place: &Place) -> Importer<'_> {
    Importer { store: &place.store, directory: &place.directory, now: place.clock.now() }
}

/// The time by which rows are read here.
pub fn now() -> chrono::DateTime<Utc> {
    crate::clock::Clock::system().now()
}

impl From<NotImported> for Failure {
    fn from(error: NotImported) -> Self {
        match error {
            NotImported::Store(error) => error.into(),
            NotImported::OutOfStep(_) => {
                Self::new(UNAVAILABLE, "somebody else is importing the same file; wait until they are done")
            }
            error => Self::new(WRONG_INPUT, error),
        }
    }
}
