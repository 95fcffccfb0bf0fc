//! Figures: sums that are added to, read over any time by their key, and how far what is folded into them has got.

mod following;
mod rebuilding;

use sea_orm::{DbErr, QueryResult, Statement, Value};
use uuid::Uuid;

use super::{
    Result, Store, Transaction,
    rows::{Columns, Kind, gathered, read_gathered},
};
use crate::domain::figures::Tally;

pub use following::{FollowedEvent, TextLooked};
pub use rebuilding::{PastEnrolment, PastMove, PastVoucher, Rebuilding, Slice};

/// What is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// Events: (transaction, number).
    Events,
    /// Texts that are sent: (how many steps were made, number).
    Texts,
    /// Texts that came in: (0, number).
    Inbound,
    /// Members whose past is rebuilt: the halves of an id.
    Rebuilding,
}

impl Followed {
    fn word(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Texts => "texts",
            Self::Inbound => "inbound",
            Self::Rebuilding => "rebuilding",
        }
    }
}

/// How far following has got.
pub type Cursor = (i64, i64);

/// A sum over a slot of time: (figure, slot, part, sum). Slots count from the first day that was asked for.
pub type Sum = (String, i64, String, i64);

/// Which sums: of what, which figures, from a day up to a day, so many days to a slot.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// A shop, a program or a sender.
    pub of: Uuid,
    /// Which figures.
    pub names: &'a [&'static str],
    /// From this day on.
    pub from: i64,
    /// Up to this day, which is included.
    pub to: i64,
    /// Days to a slot.
    pub step: i64,
}

const FIGURE: Columns = &[
    ("of_id", Kind::Uuid),
    ("name", Kind::Text),
    ("day", Kind::Integer),
    ("part", Kind::Text),
    ("value", Kind::Integer),
];

impl Transaction {
    /// Moves a cursor; `false` where it is elsewhere already: then what was read is folded by another.
    pub async fn move_cursor(&self, followed: Followed, from: Cursor, to: Cursor) -> Result<bool> {
        let sql = "UPDATE figure_cursor SET first = $1, second = $2 WHERE name = $3 AND first = $4 AND second = $5";
        let values: [Value; 5] = [to.0.into(), to.1.into(), followed.word().into(), from.0.into(), from.1.into()];
        Ok(self.change(sql, values).await? > 0)
    }

    /// Adds to the sums.
    pub async fn add_figures(&self, tally: Tally) -> Result<()> {
        // In one order on every node, so that two never wait for each other crosswise.
        let rows: Vec<_> =
            tally.into_sums().map(|((of, name, day, part), value)| (of, name, day, part, value)).collect();
        let tail = "ON CONFLICT (of_id, name, day, part) DO UPDATE SET value = figure.value + excluded.value";
        self.insert("figure", FIGURE, tail, &rows).await?;
        Ok(())
    }

    /// Keeps the greatest of each: (of what, figure, value).
    pub async fn raise_figures(&self, greatest: &[(Uuid, &'static str, i64)]) -> Result<()> {
        let rows: Vec<_> = greatest.iter().map(|(of, name, value)| (of, name, 0, "", value)).collect();
        let tail = "ON CONFLICT (of_id, name, day, part) DO UPDATE SET value = \
                    CASE WHEN excluded.value > figure.value THEN excluded.value ELSE figure.value END";
        self.insert("figure", FIGURE, tail, &rows).await?;
        Ok(())
    }

    /// Forgets a figure of something from before a day.
    pub async fn forget_figures(&self, of: Uuid, name: &str, before: i64) -> Result<u64> {
        let sql = "DELETE FROM figure WHERE of_id = $1 AND name = $2 AND day < $3";
        self.change(sql, [of.into(), name.into(), before.into()]).await
    }
}

impl Store {
    /// How far following has got.
    pub async fn cursor(&self, followed: Followed) -> Result<Cursor> {
        let sql = "SELECT first, second FROM figure_cursor WHERE name = $1";
        let read = |row: &QueryResult| Ok::<Cursor, DbErr>((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
        Ok(self.read_all(sql, vec![followed.word().into()], read).await?.pop().unwrap_or_default())
    }

    /// Sums by slot, in no order. They are read by their key: it costs as much as there are days and parts.
    pub async fn figures_of(&self, wanted: Wanted<'_>) -> Result<Vec<Sum>> {
        let Wanted { of, names, from, to, step } = wanted;
        let names = names.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
        let summed = format!(
            "FROM (SELECT name, (day - $2) / {step} AS slot, part, CAST(SUM(value) AS BIGINT) AS value FROM figure \
             WHERE of_id = $1 AND name IN ({names}) AND day >= $2 AND day <= $3 GROUP BY 1, 2, 3) AS f",
            step = step.max(1)
        );
        let columns =
            [("f.name", Kind::Text), ("f.slot", Kind::Integer), ("f.part", Kind::Text), ("f.value", Kind::Integer)];
        let sql = format!("SELECT {}", gathered(self.backend(), &columns, &summed));
        let values: [Value; 3] = [of.into(), from.into(), to.into()];
        let statement = Statement::from_sql_and_values(self.backend(), sql, values);
        let row = sea_orm::ConnectionTrait::query_one_raw(&self.reader, statement).await?;
        row.map_or_else(|| Ok(Vec::new()), |row| read_gathered(&row, 0))
    }

    /// What stands now: (figure, value).
    pub async fn standing_figures(&self, of: Uuid, names: &[&'static str]) -> Result<Vec<(String, i64)>> {
        let sums = self.figures_of(Wanted { of, names, from: 0, to: 0, step: 1 }).await?;
        Ok(sums.into_iter().map(|(name, _, _, value)| (name, value)).collect())
    }
}
