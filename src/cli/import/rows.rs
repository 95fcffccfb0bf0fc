//! The rows of a file, read by a thread of their own while those before them are written.

use std::{collections::HashMap, collections::hash_map::Entry, path::PathBuf};

use tokio::sync::mpsc;

use super::{
    history::{History, number_of},
    sheet::{Line, Sheet},
    sink::Set,
    stretch::{ReadRow, Stretch},
    told::{Rows, Told},
};
use crate::{
    cli::Failure,
    domain::import::{Newcomer, Reader, Refusal, row::Field},
};

/// How many rows go in at once.
pub const ROWS_AT_ONCE: i64 = 2_000;

/// What reads a file.
pub struct Reading {
    /// The file.
    pub sheet: Sheet,
    /// How its rows are read.
    pub reader: Reader,
    /// How balances came about.
    pub history: History,
    /// What was seen so far.
    pub told: Told,
    /// Rows that were done before.
    pub rows_done: i64,
    /// Whether good rows are written out for a gateway.
    pub wants_text: bool,
    /// Whether every row is told of.
    pub wants_lines: bool,
    /// Where refused rows go.
    pub refused: Rows,
}

/// A set of rows, with what a report says of them.
pub struct ReadSet {
    /// The rows that are handed in.
    pub set: Set,
    /// How many rows of the file were refused so far.
    pub refused: u64,
    /// What a report says of each row. Only where every row is told of.
    pub lines: Vec<ToldLine>,
    /// Whether all lines of the file before the next set are in this one or those before it.
    pub ends_stretch: bool,
}

/// What a report says of a row.
pub struct ToldLine {
    /// Its place among all rows, as they are handed in.
    pub place: i64,
    /// Its line in the file.
    pub line: u64,
    /// The phone.
    pub phone: String,
    /// Why the row was refused.
    pub refused: Option<String>,
}

/// What was seen of a file in the end.
pub struct Read {
    /// What was seen.
    pub told: Told,
    /// Where refused rows are, if there are any.
    pub refused: Option<PathBuf>,
    /// How many phones of a history no row had.
    pub history_left: usize,
}

impl Reading {
    /// Reads all of it, or until nobody wants more.
    pub fn run(mut self, sets: &mpsc::Sender<ReadSet>) -> Result<Read, Failure> {
        let mut seen: HashMap<u64, u64> = HashMap::new();
        let mut stretch = Stretch::default();
        let mut is_wanted = true;
        for line in self.sheet.lines()? {
            let line = line?;
            let read = match self.read(&line, &mut seen) {
                Ok((newcomer, written)) => {
                    self.told.good(&newcomer);
                    Ok((newcomer, written))
                }
                Err((kind, reason)) => {
                    self.told.refused(line.number, &kind);
                    self.refused.refuse(&line, &reason)?;
                    Err((self.sheet.cell(&line, Field::Phone), reason))
                }
            };
            stretch.add(ReadRow { line: line.number, read });
            if stretch.is_full() {
                is_wanted = self.hand_in(stretch.take(), sets);
                if !is_wanted {
                    break;
                }
            }
        }
        if is_wanted {
            self.hand_in(stretch, sets);
        }
        Ok(Read { history_left: self.history.left(), told: self.told, refused: self.refused.finish()? })
    }

    /// Whether more is wanted.
    fn hand_in(&self, stretch: Stretch, sets: &mpsc::Sender<ReadSet>) -> bool {
        let mut ready = stretch.into_sets(self.rows_done, self.told.refused, self.wants_lines);
        ready.all(|set| sets.blocking_send(set).is_ok())
    }

    /// A row, and how it is written out; or the kind of problem and the reason.
    fn read(&mut self, line: &Line, seen: &mut HashMap<u64, u64>) -> Result<(Newcomer, String), (String, String)> {
        let told = |refusal: Refusal| (refusal.to_string(), refusal.to_string());
        let mut raw = self.sheet.row(line);
        if !self.history.is_empty()
            && let Ok(phone) = self.reader.phone(&raw.phone)
        {
            raw.history = self.history.take(&phone);
        }
        let newcomer = self.reader.read(&raw).map_err(told)?;
        match seen.entry(number_of(&newcomer.phone)) {
            Entry::Occupied(first) => {
                let reason = format!("phone: the same as in line {}, which counts", first.get());
                return Err(("phone: the same phone again".to_owned(), reason));
            }
            Entry::Vacant(place) => {
                place.insert(line.number);
            }
        }
        let written = if self.wants_text { serde_json::to_string(&raw).unwrap_or_default() } else { String::new() };
        Ok((newcomer, written))
    }
}
