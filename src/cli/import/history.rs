//! How balances came about, in a file of its own: phone, at, points, reason. Kept in memory, some forty bytes a line.

use std::collections::HashMap;

use super::{sheet::Sheet, told::Told};
use crate::{
    cli::Failure,
    domain::import::{
        Reader,
        row::{Field, RawPast},
    },
};

/// The lines of a history by phone.
#[derive(Default)]
pub struct History {
    by_phone: HashMap<u64, Vec<Moved>>,
    reasons: Vec<String>,
}

struct Moved {
    at: i64,
    points: i64,
    reason: usize,
}

impl History {
    /// Reads the file; lines that cannot be read are told, and left out.
    pub fn read(sheet: &Sheet, reader: &Reader, told: &mut Told) -> Result<Self, Failure> {
        let mut history = Self::default();
        let mut place_of: HashMap<String, usize> = HashMap::new();
        for line in sheet.lines()? {
            let line = line?;
            let cell = |field| sheet.cell(&line, field);
            let raw = RawPast { at: cell(Field::At), points: cell(Field::Points), reason: cell(Field::Reason) };
            let read = reader.phone(&cell(Field::Phone)).and_then(|phone| Ok((phone, reader.past(&raw)?)));
            let (phone, past) = match read {
                Ok(read) => read,
                Err(refusal) => {
                    told.history_refused(line.number, &refusal);
                    continue;
                }
            };
            let reason = past.reason.unwrap_or_default();
            let reason = *place_of.entry(reason).or_insert_with_key(|reason| {
                history.reasons.push(reason.clone());
                history.reasons.len() - 1
            });
            let moved = Moved { at: past.at.timestamp_millis(), points: past.points, reason };
            history.by_phone.entry(number_of(&phone)).or_default().push(moved);
        }
        Ok(history)
    }

    /// Takes out what is known of a phone, in the form of a row.
    pub fn take(&mut self, phone: &str) -> Vec<RawPast> {
        let lines = self.by_phone.remove(&number_of(phone)).unwrap_or_default();
        let raw = |moved: Moved| RawPast {
            at: crate::clock::from_millis(moved.at).to_rfc3339(),
            points: moved.points.to_string(),
            reason: self.reasons.get(moved.reason).cloned().unwrap_or_default(),
        };
        lines.into_iter().map(raw).collect()
    }

    /// How many phones are left that no row had.
    pub fn left(&self) -> usize {
        self.by_phone.len()
    }

    /// Whether there is any.
    pub fn is_empty(&self) -> bool {
        self.by_phone.is_empty()
    }
}

/// An E.164 number in eight bytes.
pub fn number_of(phone: &str) -> u64 {
    phone.trim_start_matches('+').parse().unwrap_or_default()
}
