//! Keywords by a hash. A look reads one place in memory, nearly always.

use std::hint::black_box;

use super::Place;

/// A hash by which keywords are kept.
pub(super) trait Key: Copy + Eq {
    /// Of no keyword. Others may be the same by chance, and are kept all the same.
    const NONE: Self;

    /// The upper half says where it is at home, the bits below of which kind it is.
    fn spread(self) -> u64;
}

/// Places of keywords by a key, several under one if need be: `ENTRIES` to a line, which tells apart `KINDS` of keys that
/// have passed it by.
#[derive(Debug, Clone)]
pub(super) struct Table<K, const ENTRIES: usize, const KINDS: usize> {
    lines: Vec<Line<K, ENTRIES, KINDS>>,
    entries: usize,
}

/// What is read from memory at once. A key that finds its line full passes it by, and is counted there.
#[derive(Debug, Clone, Copy)]
struct Line<K, const ENTRIES: usize, const KINDS: usize> {
    keys: [K; ENTRIES],
    passed: [u8; KINDS],
    places: [Place; ENTRIES],
}

/// No keyword is there.
const NOWHERE: Place = Place(u32::MAX);

/// How many lines are added at least.
const LINES_MIN: usize = 16;

impl<K, const ENTRIES: usize, const KINDS: usize> Default for Table<K, ENTRIES, KINDS> {
    fn default() -> Self {
        Self { lines: Vec::new(), entries: 0 }
    }
}

impl<K: Key, const ENTRIES: usize, const KINDS: usize> Table<K, ENTRIES, KINDS> {
    /// Keeps the keys that keywords have, and hardly any other. All are read before any is looked at, and nothing waits for
    /// what is read: memory answers many questions in the time of one.
    pub(super) fn retain_had(&self, keys: &mut Vec<K>) {
        let read = |key: &K| self.lines.get(self.home(*key)).map_or(0, |line| line.passed[0]);
        black_box(keys.iter().fold(0, |all, key| all ^ read(key)));
        keys.retain(|key| self.may_have(*key));
    }

    /// Whether a keyword may have this key: false says no, true nearly always yes.
    pub(super) fn may_have(&self, key: K) -> bool {
        self.lines.get(self.home(key)).is_some_and(|line| {
            let is_here = line.keys.iter().fold(false, |is_here, other| is_here | (*other == key));
            is_here | (line.passed[kind::<K, KINDS>(key)] > 0)
        })
    }

    /// The keywords that have it.
    pub(super) fn under(&self, key: K) -> impl Iterator<Item = &Place> {
        self.way_of(key).flat_map(move |line| {
            let here = line.keys.iter().zip(&line.places);
            here.filter(move |(other, place)| **other == key && **place != NOWHERE).map(|(_, place)| place)
        })
    }

    pub(super) fn insert(&mut self, key: K, place: Place) {
        self.entries += 1;
        if self.entries * 5 > self.lines.len() * ENTRIES * 4 {
            self.grow();
        }
        self.put(key, place);
    }

    /// Puts another keyword where one is, if it is there.
    pub(super) fn replace(&mut self, key: K, place: Place, by: Place) {
        if let Some((line, at)) = self.find(key, place) {
            self.lines[line].places[at] = by;
        }
    }

    /// Takes a keyword from under a key, if it is there.
    pub(super) fn remove(&mut self, key: K, place: Place) {
        let Some((line, at)) = self.find(key, place) else { return };
        let (home, count) = (self.home(key), self.lines.len());
        let steps = (line + count - home) % count;
        (0..steps).for_each(|step| self.lines[(home + step) % count].forget_passed(kind::<K, KINDS>(key)));
        (self.lines[line].keys[at], self.lines[line].places[at]) = (K::NONE, NOWHERE);
        self.entries -= 1;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// The lines in which a key may be: its own, and those behind if it passed that by.
    fn way_of(&self, key: K) -> impl Iterator<Item = &Line<K, ENTRIES, KINDS>> {
        let (before, behind) = self.lines.split_at(self.home(key));
        let mut goes_on = true;
        let is_on_way = move |line: &&Line<K, ENTRIES, KINDS>| {
            std::mem::replace(&mut goes_on, line.passed[kind::<K, KINDS>(key)] > 0)
        };
        behind.iter().chain(before).take_while(is_on_way)
    }

    /// The line of an entry, and where in it.
    fn find(&self, key: K, place: Place) -> Option<(usize, usize)> {
        let is_it =
            |line: &Line<K, ENTRIES, KINDS>| (0..ENTRIES).find(|&at| line.keys[at] == key && line.places[at] == place);
        let (step, at) = self.way_of(key).enumerate().find_map(|(step, line)| Some((step, is_it(line)?)))?;
        Some(((self.home(key) + step) % self.lines.len(), at))
    }

    fn put(&mut self, key: K, place: Place) {
        let home = self.home(key);
        let (before, behind) = self.lines.split_at_mut(home);
        for line in behind.iter_mut().chain(before) {
            if let Some(at) = line.places.iter().position(|other| *other == NOWHERE) {
                (line.keys[at], line.places[at]) = (key, place);
                return;
            }
            let passed = &mut line.passed[kind::<K, KINDS>(key)];
            *passed = passed.saturating_add(1);
        }
    }

    /// Homes keep their order when there are more lines, and only move up: from the last line to the first, each finds room
    /// among lines that were emptied before it, and there is never a second table.
    fn grow(&mut self) {
        let old = self.lines.len();
        let more = (old / 4).max(LINES_MIN);
        self.lines.reserve_exact(more);
        self.lines.resize(old + more, Line::EMPTY);
        self.lines.iter_mut().for_each(|line| line.passed = [0; KINDS]);
        for at in (0..old).rev() {
            // What has passed it by on the way to its new room is not forgotten.
            let line = self.lines[at];
            self.lines[at] = Line { passed: line.passed, ..Line::EMPTY };
            for (key, place) in line.keys.iter().zip(&line.places).filter(|(_, place)| **place != NOWHERE) {
                self.put(*key, *place);
            }
        }
    }

    fn home(&self, key: K) -> usize {
        (((key.spread() >> 32) * self.lines.len() as u64) >> 32) as usize
    }
}

fn kind<K: Key, const KINDS: usize>(key: K) -> usize {
    (key.spread() >> 24) as usize % KINDS
}

impl<K: Key, const ENTRIES: usize, const KINDS: usize> Line<K, ENTRIES, KINDS> {
    const EMPTY: Self = Self { keys: [K::NONE; ENTRIES], passed: [0; KINDS], places: [NOWHERE; ENTRIES] };

    /// Once it is full, a count stays so: nobody knows how many it stands for.
    fn forget_passed(&mut self, kind: usize) {
        let passed = &mut self.passed[kind];
        if *passed < u8::MAX {
            *passed = passed.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    impl Key for u16 {
        const NONE: Self = 0;

        /// Some are at home anywhere, some at the end.
        fn spread(self) -> u64 {
            if self.is_multiple_of(3) {
                u64::MAX - u64::from(self % 5)
            } else {
                u64::from(self).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            }
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_and_goes_it_knows_what_a_plain_set_knows(
            changes in prop::collection::vec((0..4_u8, 0..300_u16, 0..4_u32), 0..3_000)
        ) {
            let mut table: Table<u16, 3, 4> = Table::default();
            let mut plain: BTreeSet<(u16, u32)> = BTreeSet::new();
            for (change, key, place) in changes {
                if change > 0 && plain.insert((key, place)) {
                    table.insert(key, Place(place));
                } else if change == 0 {
                    plain.remove(&(key, place));
                    table.remove(key, Place(place));
                }
                prop_assert!(plain.range((key, 0)..(key + 1, 0)).next().is_none() || table.may_have(key));
            }
            for key in 0..300 {
                let there: BTreeSet<u32> = table.under(key).map(|place| place.0).collect();
                let expected: BTreeSet<u32> = plain.range((key, 0)..(key + 1, 0)).map(|(_, place)| *place).collect();
                prop_assert_eq!(table.under(key).count(), expected.len());
                prop_assert_eq!(there, expected);
            }
            prop_assert_eq!(table.is_empty(), plain.is_empty());
        }
    }

    #[test]
    fn what_is_replaced_is_found_under_the_same_key() {
        let mut table: Table<u16, 3, 4> = Table::default();
        table.insert(7, Place(1));
        table.replace(7, Place(1), Place(2));
        table.replace(7, Place(1), Place(3));
        assert_eq!(table.under(7).collect::<Vec<_>>(), [&Place(2)]);
    }
}
