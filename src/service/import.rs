//! Members of another system become members of a shop, while the gateway runs. A file goes in by sets of rows, each in a short
//! transaction that also says how far the import has got: whatever ends it, it goes on where it stood. Nothing is sent to
//! anybody, and the same source brings the same person's points once.

mod chunk;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use self::chunk::Chunk;
use super::{
    audit::{self, Author, Line},
    directory::LiveDirectory,
    figures, silence,
};
use crate::{
    domain::{
        country::Country,
        import::{Newcomer, Refusal, Terms, row::Field},
        purse::import::first_entry,
        shop::Shop,
    },
    store::{
        Store, StoreError, Transaction,
        importing::{Advance, Destination, ImportRow, KnownMember, Origin},
    },
};

/// The most rows that are handed in at once.
pub const ROWS_MAX: usize = 5_000;
/// The most characters of what a source is called.
pub const SOURCE_CHARS_MAX: usize = 80;
/// So many rows share a transaction: on a slow machine, too, a text waits for less than a tenth of a second.
const ROWS_AT_ONCE: usize = 2_000;
/// The same on PostgreSQL, where each person is locked.
const ROWS_AT_ONCE_POSTGRES: usize = 500;
/// So many rows of an import stand on one shelf of the index by last digits: few enough that a set does not change a page for
/// each row, and many enough that a search looks on few shelves.
const ROWS_ON_SHELF: i64 = 50_000;
/// How often a set is tried when another writer is in the way.
const TRIES: usize = 4;

/// How rows are read, and what is done.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Only say what would be done.
    pub dry_run: bool,
    /// Take rows without consent, as members who are sent nothing until they text a keyword.
    pub without_consent: bool,
    /// What those were shown of whom the file does not say.
    pub consent_text: String,
    /// The country of phones without a country code, where it is not the sender's.
    pub country: Option<String>,
}

/// An import to be begun, or gone on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImport {
    /// The shop.
    pub shop_id: Uuid,
    /// What the other system's file is called: points of one source are added once.
    pub source: String,
    /// Of the file.
    pub fingerprint: String,
    /// How it is read.
    pub options: Options,
}

/// An import, and how its rows are read.
#[derive(Debug, Clone)]
pub struct Import {
    /// How far it has got.
    pub row: ImportRow,
    /// What is done.
    pub options: Options,
    /// How rows are read.
    pub terms: Terms,
}

/// Rows that were read, each with its place in the file, from 0.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// The first row.
    pub from: i64,
    /// The row behind the last one; rows between that are not given were refused by whoever sends them.
    pub until: i64,
    /// The rows, in the order of their places.
    pub rows: Vec<(i64, Newcomer)>,
    /// Those that could not be read.
    pub refused: Vec<(i64, Refusal)>,
}

/// What became of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taken {
    /// How many rows of the import are done.
    pub rows_done: i64,
    /// How many members were added.
    pub added: i64,
    /// How many points came in.
    pub points: i64,
    /// Rows about somebody who was a member.
    pub known: Vec<i64>,
    /// Those of them whose points came from this source before.
    pub repeated: Vec<i64>,
    /// Rows that were refused, and why.
    pub refused: Vec<(i64, Refusal)>,
}

/// Why rows were not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotImported {
    /// There is no such shop or import.
    #[error("there is no such shop or import")]
    NotFound,
    /// It is not a country.
    #[error("{0} is no country; write its ISO code, such as US")]
    NoCountry(String),
    /// The rows do not begin where the import stands; how many are done.
    #[error("rows from {0} on come next")]
    OutOfStep(i64),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes imports in.
#[derive(Clone, Copy)]
pub struct Importer<'a> {
    /// Where to write.
    pub store: &'a Store,
    /// Who is here.
    pub directory: &'a LiveDirectory,
    /// The time.
    pub now: DateTime<Utc>,
}

impl Importer<'_> {
    /// Begins an import, or finds the same one again with how far it got.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn begin(&self, new: &NewImport, author: &Author) -> Result<Import, NotImported> {
        let shop = self.shop(new.shop_id)?;
        if let Some(country) = new.options.country.as_deref().filter(|code| Country::from_code(code).is_none()) {
            return Err(NotImported::NoCountry(country.to_owned()));
        }
        let options = serde_json::to_string(&new.options).unwrap_or_default();
        let name = format!("{}\n{}\n{options}", new.source, new.fingerprint);
        let row = ImportRow {
            id: Uuid::new_v5(&shop.id, name.as_bytes()),
            merchant_id: shop.merchant_id,
            shop_id: shop.id,
            source: new.source.clone(),
            fingerprint: new.fingerprint.clone(),
            options,
            rows_done: 0,
            rows_refused: 0,
            members_added: 0,
            members_known: 0,
            points_added: 0,
            created_at: self.now.timestamp_millis(),
            updated_at: self.now.timestamp_millis(),
        };
        let tx = self.store.begin().await?;
        let begins = tx.insert_import(&row).await?;
        // What is only tried changes nothing.
        if begins && !new.options.dry_run {
            let terms = json!({ "source": new.source, "without_consent": new.options.without_consent });
            let line = Line::about("import", row.id, &new.source).at(&shop).created(terms);
            audit::note(&tx, author, self.now, line).await?;
        }
        tx.commit().await?;
        self.find(row.id).await
    }

    /// An import by our id.
    ///
    /// # Errors
    /// That there is none.
    pub async fn find(&self, id: Uuid) -> Result<Import, NotImported> {
        let row = self.store.import(id).await?.ok_or(NotImported::NotFound)?;
        let options: Options = serde_json::from_str(&row.options).unwrap_or_default();
        let shop = self.shop(row.shop_id)?;
        let known = self.directory.read();
        let program = known.directory.program_of(&shop, self.now).ok_or(NotImported::NotFound)?;
        let terms = Terms::of(&shop, known.directory.sender(shop.sender_id).map(|sender| &**sender), program);
        let Options { without_consent, consent_text, country, .. } = options.clone();
        let terms = Terms { without_consent, consent_text, country: country.or(terms.country), ..terms };
        Ok(Import { row, options, terms })
    }

    /// Takes rows, which begin where the import stands. Rows that were taken before are answered as done.
    ///
    /// # Errors
    /// Why the rest was not taken; what was is counted.
    pub async fn take(&self, import: &Import, actor: &str, batch: Batch) -> Result<Taken, NotImported> {
        let mut import = import.clone();
        loop {
            match self.take_from(&import, actor, batch.clone()).await {
                // A set of a run that was cut off was still being written: what it did is done.
                Err(NotImported::OutOfStep(done)) if done > import.row.rows_done => import.row.rows_done = done,
                outcome => return outcome,
            }
        }
    }

    async fn take_from(&self, import: &Import, actor: &str, batch: Batch) -> Result<Taken, NotImported> {
        // A dry run stands nowhere: any rows may come.
        let stands_at = if import.options.dry_run { batch.from } else { import.row.rows_done };
        let mut taken = Taken { rows_done: stands_at, refused: batch.refused, ..Taken::default() };
        if batch.until <= taken.rows_done {
            return Ok(taken);
        }
        if batch.from > taken.rows_done {
            return Err(NotImported::OutOfStep(taken.rows_done));
        }
        // Of a set that was cut short, only the rest is new.
        let from = taken.rows_done;
        let rows = refuse_doubles(batch.rows, &mut taken.refused);
        let rows: Vec<_> = rows.into_iter().filter(|(row, _)| *row >= from).collect();
        let at_once = if self.store.is_sqlite() { ROWS_AT_ONCE } else { ROWS_AT_ONCE_POSTGRES };
        let mut sets: Vec<&[(i64, Newcomer)]> = rows.chunks(at_once).collect();
        // Where all rows were refused, the import moves on all the same.
        if sets.is_empty() {
            sets.push(&[]);
        }
        let (mut from, last) = (from, sets.len() - 1);
        for (place, set) in sets.into_iter().enumerate() {
            let until = if place == last { batch.until } else { set.last().map_or(from, |(row, _)| row + 1) };
            self.take_set(import, actor, (from, until, set), &mut taken).await?;
            from = until;
            // Texts that came in meanwhile go first.
            tokio::task::yield_now().await;
        }
        Ok(taken)
    }

    async fn take_set(
        &self,
        import: &Import,
        actor: &str,
        (from, until, set): (i64, i64, &[(i64, Newcomer)]),
        taken: &mut Taken,
    ) -> Result<(), NotImported> {
        let mut tries = 1;
        loop {
            match self.try_set(import, actor, (from, until, set)).await {
                Ok(done) => {
                    taken.rows_done = done.rows_done;
                    taken.added += done.added;
                    taken.points += done.points;
                    taken.known.extend(done.known);
                    taken.repeated.extend(done.repeated);
                    return Ok(());
                }
                // Somebody may have joined by text in the same moment: the next look finds them.
                Err(NotImported::Store(error)) if tries < TRIES && (error.is_passing() || error.is_conflict()) => {
                    tries += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }

    async fn try_set(
        &self,
        import: &Import,
        actor: &str,
        (from, until, set): (i64, i64, &[(i64, Newcomer)]),
    ) -> Result<Taken, NotImported> {
        let shop = self.shop(import.row.shop_id)?;
        let program = self.directory.read().directory.program_of(&shop, self.now).cloned();
        let program = program.ok_or(NotImported::NotFound)?;
        let to = Destination {
            merchant_id: shop.merchant_id,
            shop_id: shop.id,
            program_id: program.id,
            sender_id: shop.sender_id,
            source: &import.row.source,
        };
        // On the first are those who joined by text.
        let shelf = 1 + from / ROWS_ON_SHELF;
        let origin = Origin { to, version: program.version, actor, shelf, now: self.now.timestamp_millis() };
        let tx = self.store.begin().await?;
        let addresses: Vec<&str> = set.iter().map(|(_, newcomer)| newcomer.phone.as_str()).collect();
        tx.lock_addresses(&addresses).await?;
        let known = tx.known_members(&to, &addresses).await?;
        let repeated = repeated(&tx, &known, to.source).await?;
        let mut chunk = Chunk::new(&program, &origin, self.now);
        chunk.take_in(&tx, known, repeated, set).await?;
        let mut taken = Taken { rows_done: until, ..Taken::default() };
        for (row, newcomer) in set {
            chunk.take(*row, newcomer, &mut taken);
        }
        if import.options.dry_run {
            return Ok(taken);
        }
        // Who was erased and wanted no texts is not made to want some by a file.
        let people: Vec<_> = addresses.iter().map(|address| (to.sender_id, *address)).collect();
        let silent = silence::recall(&tx, self.directory, &people).await?;
        let silent = silent.into_iter().filter_map(|row| Some((row.address, row.opted_out_at?)));
        chunk.newcomers.opted_out.extend(silent);
        tx.insert_newcomers(&origin, &chunk.newcomers).await?;
        let count = |many: usize| i64::try_from(many).unwrap_or(i64::MAX);
        let advance = Advance {
            from,
            until,
            refused: until - from - count(set.len()),
            added: taken.added,
            known: count(taken.known.len()),
            points: taken.points,
            at: self.now.timestamp_millis(),
        };
        tx.add_figures(figures::of_import(&chunk.newcomers, to.source, &shop)).await?;
        if !tx.advance_import(import.row.id, &advance).await? {
            drop(tx);
            let stands_at = self.store.import(import.row.id).await?.map_or(0, |row| row.rows_done);
            return Err(NotImported::OutOfStep(stands_at));
        }
        tx.commit().await?;
        Ok(taken)
    }

    fn shop(&self, id: Uuid) -> Result<Shop, NotImported> {
        self.directory.read().directory.shop(id).cloned().ok_or(NotImported::NotFound)
    }
}

/// Of rows with one phone the first counts.
fn refuse_doubles(rows: Vec<(i64, Newcomer)>, refused: &mut Vec<(i64, Refusal)>) -> Vec<(i64, Newcomer)> {
    let mut first: HashMap<String, i64> = HashMap::with_capacity(rows.len());
    let mut kept = Vec::with_capacity(rows.len());
    for (row, newcomer) in rows {
        match first.get(&newcomer.phone) {
            Some(first) => refused.push((row, same_phone(*first))),
            None => {
                first.insert(newcomer.phone.clone(), row);
                kept.push((row, newcomer));
            }
        }
    }
    kept
}

/// Why a row is refused whose phone an earlier one has; rows count from 0.
fn same_phone(first: i64) -> Refusal {
    Refusal::new(Field::Phone, format!("is the same as in row {}, which was taken", first + 1))
}

/// The purses to which this source brought something before.
async fn repeated(tx: &Transaction, known: &[KnownMember], source: &str) -> Result<HashSet<Uuid>, StoreError> {
    let first: HashMap<Uuid, Uuid> =
        known.iter().filter_map(|known| known.purse_id).map(|id| (first_entry(id, source), id)).collect();
    let ids: Vec<Uuid> = first.keys().copied().collect();
    let entered = tx.entries_known(&ids).await?.into_iter().filter_map(|id| first.get(&id).copied());
    // Who came with nothing has no entry.
    let came = known.iter().filter(|known| known.came_before).filter_map(|known| known.purse_id);
    Ok(entered.chain(came).collect())
}
