//! A stretch of a file, handed in by the order of its phones. Neighbours among phones are neighbours in the database, so that a
//! set of them changes few of its pages; in the order of a file each row would change several pages of its own, and a large
//! import would spend its time writing them.

use super::{
    rows::{ROWS_AT_ONCE, ReadSet, ToldLine},
    sink::Set,
};
use crate::domain::import::Newcomer;

/// How many rows of a file a stretch has.
pub const ROWS: usize = 100_000;

/// A row as it was read.
pub struct ReadRow {
    /// Its line in the file.
    pub line: u64,
    /// Who it is about and how that is written out for a gateway; or the phone's cell, and why the row was refused.
    pub read: Result<(Newcomer, String), (String, String)>,
}

/// Rows that follow one another in a file.
#[derive(Default)]
pub struct Stretch {
    from: i64,
    rows: Vec<ReadRow>,
}

impl Stretch {
    /// Adds the next row.
    pub fn add(&mut self, row: ReadRow) {
        self.rows.push(row);
    }

    /// Whether nothing more goes in.
    pub fn is_full(&self) -> bool {
        self.rows.len() >= ROWS
    }

    /// All that was read, and begins the next stretch.
    pub fn take(&mut self) -> Self {
        let next = self.from + count(self.rows.len());
        std::mem::replace(self, Self { from: next, rows: Vec::new() })
    }

    /// The rows by sets, in the order of their phones, those that were refused at the end. Rows before `rows_done` were done
    /// before, and are only told of. `refused` rows of the file were refused so far.
    pub fn into_sets(mut self, rows_done: i64, refused: u64, wants_lines: bool) -> impl Iterator<Item = ReadSet> {
        self.rows.sort_by(|one, other| in_order(one).cmp(&in_order(other)));
        let (mut from, mut rows) = (self.from, self.rows.into_iter().peekable());
        std::iter::from_fn(move || {
            let mut set = ReadSet { set: Set::from(from), refused, lines: Vec::new(), ends_stretch: false };
            for (place, row) in (from..from + ROWS_AT_ONCE).zip(rows.by_ref()) {
                if wants_lines {
                    set.lines.push(told(place, &row));
                }
                set.set.until = place + 1;
                if let (Ok((newcomer, written)), true) = (row.read, place >= rows_done) {
                    add(&mut set.set, place, newcomer, &written);
                }
            }
            from = set.set.until;
            set.ends_stretch = rows.peek().is_none();
            (set.set.until > set.set.from).then_some(set)
        })
    }
}

fn in_order(row: &ReadRow) -> (bool, &str) {
    match &row.read {
        Ok((newcomer, _)) => (false, &newcomer.phone),
        Err(_) => (true, ""),
    }
}

fn told(place: i64, row: &ReadRow) -> ToldLine {
    let (phone, refused) = match &row.read {
        Ok((newcomer, _)) => (newcomer.phone.clone(), None),
        Err((phone, reason)) => (phone.clone(), Some(reason.clone())),
    };
    ToldLine { place, line: row.line, phone, refused }
}

/// A gateway is told the place of each row, since refused ones are missing.
fn add(set: &mut Set, place: i64, newcomer: Newcomer, written: &str) {
    if let Some(rest) = written.strip_prefix('{') {
        set.written.push_str(&format!("{{\"row\":{place},{rest}\n"));
    }
    set.rows.push((place, newcomer));
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{import::Standing, language::Language, purse::import::Opening};

    fn good(line: u64, phone: &str) -> ReadRow {
        let newcomer = Newcomer {
            phone: phone.to_owned(),
            language: Language::default(),
            first_name: None,
            birthday: None,
            joined_at: None,
            opening: Opening::default(),
            standing: Standing::Unasked,
            external_id: String::new(),
            note: String::new(),
        };
        ReadRow { line, read: Ok((newcomer, format!("{{\"phone\":\"{phone}\"}}"))) }
    }

    fn stretch(rows: impl IntoIterator<Item = ReadRow>) -> Stretch {
        let mut stretch = Stretch::default();
        rows.into_iter().for_each(|row| stretch.add(row));
        stretch
    }

    #[test]
    fn rows_go_in_by_phone_and_are_told_of_by_line() {
        let refused = ReadRow { line: 3, read: Err(("12".to_owned(), "phone: is none".to_owned())) };
        let mut read = stretch([good(2, "+14155550102"), refused, good(4, "+14155550101")]);
        let sets: Vec<ReadSet> = read.take().into_sets(0, 1, true).collect();
        let [set] = sets.as_slice() else { panic!("one set") };
        assert_eq!((set.set.from, set.set.until, set.ends_stretch, set.refused), (0, 3, true, 1));
        assert_eq!(set.set.written, "{\"row\":0,\"phone\":\"+14155550101\"}\n{\"row\":1,\"phone\":\"+14155550102\"}\n");
        let told: Vec<_> = set.lines.iter().map(|told| (told.place, told.line, told.refused.is_some())).collect();
        assert_eq!(told, [(0, 4, false), (1, 2, false), (2, 3, true)]);
        read.add(good(5, "+14155550100"));
        let next: Vec<_> = read.into_sets(0, 1, false).map(|set| (set.set.from, set.set.until)).collect();
        assert_eq!(next, [(3, 4)], "the next stretch goes on behind this one");
    }

    #[test]
    fn what_was_done_before_is_left_out_and_the_same_places_stay_the_same() {
        let rows = || (0..5_000).map(|number| good(number, &format!("+1415555{:04}", number * 7 % 5_000)));
        let places = |rows_done| -> Vec<(i64, String)> {
            let sets = stretch(rows()).into_sets(rows_done, 0, false);
            sets.flat_map(|set| set.set.rows).map(|(place, newcomer)| (place, newcomer.phone)).collect()
        };
        let all = places(0);
        assert!(all.is_sorted() && all.len() == 5_000);
        assert_eq!(places(3_001), all[3_001..]);
        let ends: Vec<_> = stretch(rows()).into_sets(0, 0, false).map(|set| set.ends_stretch).collect();
        assert_eq!(ends, [false, false, true]);
    }
}
