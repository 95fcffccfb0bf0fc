//! Levels in the model: what counts is added up anew from the sales that stand, whenever somebody asks.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{
    model::Model,
    terms::{Fall, Levels, Window},
};

/// The level held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// 0 is silver, 1 is gold.
    pub place: usize,
    /// When it was last found to be earned.
    pub earned_on: NaiveDate,
    pub lost_on: Option<NaiveDate>,
}

/// The first day of the year that a day is in, where years begin on the first of a month.
fn year_of(month: u32, day: NaiveDate) -> NaiveDate {
    let year = if day.month() < month { day.year() - 1 } else { day.year() };
    NaiveDate::from_ymd_opt(year, month, 1).unwrap()
}

/// The first day on which a day no longer counts.
fn ends(window: Window, day: NaiveDate) -> Option<NaiveDate> {
    match window {
        Window::Year(month) => Some(year_of(month, day) + Months::new(24)),
        Window::Months(months) => Some(day + Months::new(months)),
        Window::Lifetime => None,
    }
}

impl Model {
    /// What counts towards a level on a day.
    pub fn progress(&self, levels: &Levels, on: NaiveDate) -> i64 {
        let counts = |day: NaiveDate| ends(levels.window, day).is_none_or(|end| on < end);
        let counted = self.sales.iter().filter(|sale| counts(sale.day));
        match levels.window {
            Window::Year(month) => {
                let mut years: BTreeMap<NaiveDate, i64> = BTreeMap::new();
                counted.for_each(|sale| *years.entry(year_of(month, sale.day)).or_default() += sale.award.progress);
                years.into_iter().filter(|(begin, _)| *begin <= on).map(|(_, sum)| sum).max().unwrap_or(0)
            }
            Window::Months(_) => counted.filter(|sale| sale.day <= on).map(|sale| sale.award.progress).sum(),
            Window::Lifetime => counted.map(|sale| sale.award.progress).sum(),
        }
    }

    fn earned(&self, levels: &Levels, on: NaiveDate) -> Option<usize> {
        let progress = self.progress(levels, on);
        (0..2).rev().find(|place| levels.from[*place] <= progress)
    }

    /// Today something no longer counts, or the level is to be lost.
    pub fn review_if_due(&mut self) {
        let (Some(levels), Some(held)) = (self.terms().levels.clone(), self.level.clone()) else { return };
        if levels.fall == Fall::Never {
            return;
        }
        let dropped = |end: NaiveDate| held.earned_on < end && end <= self.today;
        let counted = self.sales.iter().filter(|sale| sale.award.progress > 0);
        let is_due = match held.lost_on {
            Some(day) => day <= self.today,
            None => counted.filter_map(|sale| ends(levels.window, sale.day)).any(dropped),
        };
        if is_due {
            self.review();
        }
    }

    pub fn review(&mut self) {
        let Some(levels) = self.terms().levels.clone() else { return };
        let today = self.today;
        let earned = self.earned(&levels, today);
        let held = self.level.as_ref().map(|held| held.place);
        if earned >= held {
            self.hold(earned);
            return;
        }
        let Some(level) = &mut self.level else { return };
        if levels.fall == Fall::Never {
            level.lost_on = None;
            return;
        }
        let lost_on = level.lost_on.unwrap_or(today + Days::new(levels.grace_days));
        level.lost_on = Some(lost_on);
        if today < lost_on {
            return;
        }
        if levels.fall == Fall::OneLevel && level.place == 1 && earned.is_none() {
            let turn = match levels.window {
                Window::Year(month) => Some(year_of(month, today) + Months::new(12)),
                Window::Months(months) => Some(today + Months::new(months)),
                Window::Lifetime => None,
            };
            *level = Held { place: 0, lost_on: turn.map(|day| day + Days::new(levels.grace_days)), ..level.clone() };
        } else {
            self.hold(earned);
        }
    }

    fn hold(&mut self, place: Option<usize>) {
        self.level = place.map(|place| Held { place, earned_on: self.today, lost_on: None });
    }

    /// A return took something away: a level is lost at once that is earned neither now nor was when it last seemed so.
    pub fn unearn(&mut self) {
        let (Some(levels), Some(held)) = (self.terms().levels.clone(), self.level.clone()) else { return };
        let earned = self.earned(&levels, self.today).max(self.earned(&levels, held.earned_on));
        if earned < Some(held.place) {
            self.hold(earned);
        }
    }
}
