//! Who came back: by the month of joining, the part of its members who came in each month after it.

use std::collections::HashMap;

use uuid::Uuid;

use super::{
    below,
    cards::Card,
    sums::{Period, Sums},
};
use crate::{
    console::{drawing, say::Say},
    domain::figures::{month_of, name},
    store::{Result, Store},
};

/// So many months are shown.
const MONTHS: i64 = 12;

/// Months of joining with who came back.
pub(super) struct Cohorts {
    this_month: i64,
    sizes: HashMap<i64, i64>,
    came: HashMap<(i64, i64), i64>,
}

impl Cohorts {
    /// Reads the last months.
    pub(super) async fn read(store: &Store, shop_id: Uuid, today: i64) -> Result<Self> {
        let this_month = month_of(today);
        let from = this_month - MONTHS + 1;
        let period = Period { from, to: this_month, step: 1 };
        let sums = Sums::read(store, shop_id, &[name::COHORT, name::COHORT_SIZE], period).await?;
        let (mut sizes, mut came) = (HashMap::new(), HashMap::new());
        for (figure, slot, part, value) in sums.all() {
            match part.parse::<i64>() {
                Ok(later) if figure == name::COHORT => drop(came.insert((from + slot, later), *value)),
                _ if figure == name::COHORT_SIZE => drop(sizes.insert(from + slot, *value)),
                _ => {}
            }
        }
        Ok(Self { this_month, sizes, came })
    }

    /// Rows, the latest month last: (month, members, by month after it who came; nothing for what is still to come).
    pub(super) fn rows(&self) -> Vec<(i64, i64, Vec<Option<i64>>)> {
        let months = (self.this_month - MONTHS + 1)..=self.this_month;
        let with_members =
            months.filter_map(|month| Some((month, self.sizes.get(&month).copied().filter(|size| *size > 0)?)));
        let row = |(month, size)| {
            let cells = (0..MONTHS).map(|later| {
                let is_over = month + later <= self.this_month;
                is_over.then(|| self.came.get(&(month, later)).copied().unwrap_or(0))
            });
            (month, size, cells.collect())
        };
        with_members.map(row).collect()
    }

    /// Drawn, and as a table.
    pub(super) fn card(&self, say: Say, shop_id: Uuid) -> Option<Card> {
        let rows = self.rows();
        if rows.is_empty() {
            return None;
        }
        let (title, about) = (say.t("chart-retention"), say.t("chart-retention-about"));
        let percent = |came: i64, size: i64| came.saturating_mul(100) / size.max(1);
        let drawn: Vec<(String, Vec<Option<i64>>)> = rows
            .iter()
            .map(|(month, size, cells)| {
                (say.month(*month), cells.iter().map(|came| came.map(|came| percent(came, *size))).collect())
            })
            .collect();
        let drawing = drawing::cohorts("retention", (&title, &about), &drawn);
        let head = std::iter::once(say.t("figure-joins")).chain((0..MONTHS).map(|later| later.to_string())).collect();
        let told = rows.iter().map(|(month, size, cells)| {
            let cells = cells.iter().map(|came| came.map_or_else(String::new, |came| say.percent(came, *size)));
            (say.month(*month), std::iter::once(say.number(*size)).chain(cells).collect())
        });
        let csv = format!("{}/figures/retention.csv", below(shop_id));
        Some(Card { id: "retention", title, about, drawing, legend: Vec::new(), head, rows: told.collect(), csv })
    }
}
