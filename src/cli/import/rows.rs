//! The rows of a file, read by a thread of their own while those before them are written.

use std::{collections::HashMap, collections::hash_map::Entry, path::PathBuf};

use tokio::sync::mpsc;

use super::{
    history::{History, number_of},
    sheet::{Line, Sheet},
    sink::Set,
    told::{Rows, Told},
};
use crate::{
    cli::Failure,
    domain::import::{Newcomer, Reader, Refusal, row::Field},
};

/// How many rows go in at once.
const ROWS_AT_ONCE: i64 = 2_000;

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
    /// By place in the file: the line, the phone, and why the row was refused. Only where every row is told of.
    pub lines: Vec<(i64, u64, String, Option<String>)>,
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
        let mut next = Next::from(0);
        let mut is_wanted = true;
        for (row, line) in (0..).zip(self.sheet.lines()?) {
            let line = line?;
            match self.read(&line, &mut seen) {
                Ok((newcomer, written)) => {
                    self.told.good(&newcomer);
                    if self.wants_lines {
                        next.lines.push((row, line.number, newcomer.phone.clone(), None));
                    }
                    if row >= self.rows_done {
                        next.add(row, newcomer, &written);
                    }
                }
                Err((kind, reason)) => {
                    self.told.refused(line.number, &kind);
                    self.refused.refuse(&line, &reason)?;
                    if self.wants_lines {
                        next.lines.push((row, line.number, self.sheet.cell(&line, Field::Phone), Some(reason)));
                    }
                }
            }
            next.until = row + 1;
            if next.until - next.from == ROWS_AT_ONCE {
                let full = std::mem::replace(&mut next, Next::from(row + 1));
                is_wanted = sets.blocking_send(full.set(self.told.refused)).is_ok();
                if !is_wanted {
                    break;
                }
            }
        }
        if is_wanted && next.until > next.from {
            sets.blocking_send(next.set(self.told.refused)).ok();
        }
        Ok(Read { history_left: self.history.left(), told: self.told, refused: self.refused.finish()? })
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

/// The next set.
struct Next {
    from: i64,
    until: i64,
    rows: Vec<(i64, Newcomer)>,
    written: String,
    lines: Vec<(i64, u64, String, Option<String>)>,
}

impl Next {
    fn from(from: i64) -> Self {
        Self { from, until: from, rows: Vec::new(), written: String::new(), lines: Vec::new() }
    }

    /// A gateway is told the place of each row, since refused ones are missing.
    fn add(&mut self, row: i64, newcomer: Newcomer, written: &str) {
        if let Some(rest) = written.strip_prefix('{') {
            self.written.push_str(&format!("{{\"row\":{row},{rest}\n"));
        }
        self.rows.push((row, newcomer));
    }

    fn set(self, refused: u64) -> ReadSet {
        let Self { from, until, rows, written, lines } = self;
        ReadSet { set: Set { from, until, rows, written }, refused, lines }
    }
}
