//! Figures as a page asks for them: a period in slots, the one before it as a whole.

use std::collections::BTreeMap;

use crate::{
    domain::figures::date_of,
    store::{
        Result, Store,
        figures::{Sum, Wanted},
    },
};
use uuid::Uuid;

/// The periods one can look at, in days.
pub(in crate::console) const PERIODS: [i64; 4] = [7, 30, 90, 365];
/// The one that is looked at first.
pub(in crate::console) const USUAL: i64 = 30;

/// A period of days that ends today, in slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::console) struct Period {
    /// Its first day.
    pub(in crate::console) from: i64,
    /// Its last day, which is included.
    pub(in crate::console) to: i64,
    /// Days to a slot.
    pub(in crate::console) step: i64,
}

impl Period {
    /// So many days that end today.
    pub(in crate::console) fn up_to(today: i64, days: i64) -> Self {
        let step = if days <= 31 {
            1
        } else if days <= 92 {
            3
        } else {
            7
        };
        Self { from: today - days + 1, to: today, step }
    }

    /// Its days.
    pub(in crate::console) fn days(self) -> i64 {
        self.to - self.from + 1
    }

    /// The period of the same length before it, as one slot.
    pub(in crate::console) fn before(self) -> Self {
        Self { from: self.from - self.days(), to: self.from - 1, step: self.days() }
    }

    /// The first day of each slot.
    pub(in crate::console) fn slots(self) -> Vec<i64> {
        (0..).map(|slot| self.from + slot * self.step).take_while(|day| *day <= self.to).collect()
    }

    /// The slot of a day, where it is within.
    pub(in crate::console) fn slot_of(self, day: i64) -> Option<usize> {
        let is_within = (self.from..=self.to).contains(&day);
        is_within.then(|| usize::try_from((day - self.from) / self.step).unwrap_or(0))
    }
}

/// Sums that were read.
#[derive(Debug, Default)]
pub(in crate::console) struct Sums {
    sums: Vec<Sum>,
    slots: usize,
}

impl Sums {
    /// Reads figures of something over a period.
    pub(in crate::console) async fn read(
        store: &Store,
        of: Uuid,
        names: &[&'static str],
        period: Period,
    ) -> Result<Self> {
        let Period { from, to, step } = period;
        let sums = store.figures_of(Wanted { of, names, from, to, step }).await?;
        Ok(Self { sums, slots: period.slots().len() })
    }

    /// All of a figure.
    pub(in crate::console) fn total(&self, name: &str) -> i64 {
        self.sums.iter().filter(|(known, ..)| known == name).map(|(.., value)| value).sum()
    }

    /// A part of a figure.
    pub(in crate::console) fn part(&self, name: &str, part: &str) -> i64 {
        let is_it = |(known, _, of, _): &&Sum| known == name && of == part;
        self.sums.iter().filter(is_it).map(|(.., value)| value).sum()
    }

    /// A figure by slot.
    pub(in crate::console) fn series(&self, name: &str) -> Vec<i64> {
        let mut series = vec![0; self.slots];
        for (known, slot, _, value) in &self.sums {
            if known == name
                && let Some(sum) = usize::try_from(*slot).ok().and_then(|slot| series.get_mut(slot))
            {
                *sum += value;
            }
        }
        series
    }

    /// A figure by part and slot, the greatest part first.
    pub(in crate::console) fn parts(&self, name: &str) -> Vec<(String, Vec<i64>)> {
        let mut parts: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        for (known, slot, part, value) in &self.sums {
            let Ok(slot) = usize::try_from(*slot) else { continue };
            if known == name {
                let series = parts.entry(part).or_insert_with(|| vec![0; self.slots]);
                if let Some(sum) = series.get_mut(slot) {
                    *sum += value;
                }
            }
        }
        let mut parts: Vec<(String, Vec<i64>)> =
            parts.into_iter().map(|(part, series)| (part.to_owned(), series)).collect();
        parts.sort_by_key(|(_, series)| std::cmp::Reverse(series.iter().sum::<i64>()));
        parts
    }

    /// All sums as they were read.
    pub(in crate::console) fn all(&self) -> &[Sum] {
        &self.sums
    }
}

/// A day as it is written in files: 2026-11-30.
pub(in crate::console) fn iso(day: i64) -> String {
    date_of(day).to_string()
}

/// At most so many parts; the rest together behind them, under no name.
pub(in crate::console) fn at_most(mut parts: Vec<(String, Vec<i64>)>, most: usize) -> Vec<(String, Vec<i64>)> {
    if parts.len() <= most {
        return parts;
    }
    let rest = parts.split_off(most - 1);
    let slots = rest.first().map_or(0, |(_, series)| series.len());
    let mut others = vec![0; slots];
    for (_, series) in &rest {
        others.iter_mut().zip(series).for_each(|(sum, value)| *sum += value);
    }
    parts.push(("\u{2026}".to_owned(), others));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_cover_the_period_and_the_one_before_ends_where_it_begins() {
        for days in PERIODS {
            let period = Period::up_to(20_000, days);
            let slots = period.slots();
            assert_eq!((slots[0], period.days()), (period.from, days));
            assert!(*slots.last().unwrap() <= 20_000 && slots.len() <= 60);
            assert_eq!(period.slot_of(20_000), Some(slots.len() - 1));
            assert_eq!((period.slot_of(20_001), period.slot_of(period.from - 1)), (None, None));
            let before = period.before();
            assert_eq!((before.to + 1, before.days(), before.slots().len()), (period.from, days, 1));
        }
    }

    #[test]
    fn many_parts_become_few() {
        let parts: Vec<_> = (0..8).map(|part| (part.to_string(), vec![8 - part, 1])).collect();
        let few = at_most(parts, 5);
        assert_eq!((few.len(), &few[4]), (5, &("\u{2026}".to_owned(), vec![4 + 3 + 2 + 1, 4])));
    }
}
