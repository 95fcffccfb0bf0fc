//! Before and after a change of the program: the same number of days on both sides.

use super::{
    stats::{Change, More, change},
    sums::{Period, Sums},
};
use crate::{
    console::{say::Say, trouble::Trouble},
    domain::{
        figures::{date_of, day_of, name},
        money::Currency,
        shop::Shop,
    },
    http::Gateway,
};

/// The most days on each side.
const DAYS_MAX: i64 = 28;
/// Changes further back than so many days are not compared any more.
const COMPARED_DAYS: i64 = 365;

/// A day from which on another version was in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::console) struct VersionChange {
    pub(in crate::console) day: i64,
    pub(in crate::console) version: i32,
}

/// Before and after.
pub(in crate::console) struct Comparison {
    pub(in crate::console) title: String,
    pub(in crate::console) about: String,
    pub(in crate::console) rows: Vec<Compared>,
}

/// A figure before and after.
pub(in crate::console) struct Compared {
    pub(in crate::console) label: String,
    pub(in crate::console) before: String,
    pub(in crate::console) after: String,
    pub(in crate::console) change: Option<Change>,
}

/// The days on which the shop's program changed, the latest last. The first version is no change.
pub(super) fn of_program(gateway: &Gateway, shop: &Shop) -> Vec<VersionChange> {
    let now = gateway.clock.now();
    let known = gateway.directory.read();
    let Some(current) = known.directory.program_of(shop, now) else { return Vec::new() };
    let versions = (2..=current.version).rev().take(24);
    let found = versions.filter_map(|version| known.directory.program_version(shop.program_id, version));
    let past = found.filter(|program| program.valid_from <= now);
    let mut changes: Vec<VersionChange> = past
        .map(|program| VersionChange { day: day_of(program.valid_from, shop.time_zone), version: program.version })
        .collect();
    changes.sort_by_key(|change| (change.day, change.version));
    changes
}

/// Compares; nothing where the change was too long ago, or only today.
pub(super) async fn compare(
    gateway: &Gateway,
    (say, shop): (Say, &Shop),
    version: VersionChange,
    today: i64,
) -> Result<Option<Comparison>, Trouble> {
    let days = (today - version.day).min(DAYS_MAX);
    if days < 1 || today - version.day > COMPARED_DAYS {
        return Ok(None);
    }
    let names = &[name::VISITS, name::SPEND, name::ISSUED, name::REDEEMED, name::JOINS, name::REJOINS, name::LEAVES];
    let (from, day) = (version.day - days, version.day);
    let before = Sums::read(&gateway.store, shop.id, names, Period { from, to: day - 1, step: days }).await?;
    let after =
        Sums::read(&gateway.store, shop.id, names, Period { from: day, to: day + days - 1, step: days }).await?;
    // Members at the end of each side: those of now without who came since.
    let since =
        Sums::read(&gateway.store, shop.id, names, Period { from: day, to: today, step: today - day + 1 }).await?;
    let standing = gateway.store.standing_figures(shop.id, &[name::MEMBERS]).await?;
    let members = standing.first().map_or(0, |(_, members)| *members);
    let came = |sums: &Sums| sums.total(name::JOINS) + sums.total(name::REJOINS) - sums.total(name::LEAVES);
    let members_before = members - came(&since);
    let members_after = members_before + came(&after);
    let currency = Currency::from_code(&shop.currency).unwrap_or_default();
    let row = |label: &str, values: (i64, i64), write: &dyn Fn(i64) -> String| Compared {
        label: say.t(label),
        before: write(values.0),
        after: write(values.1),
        change: change(say, values.1, values.0, More::Better),
    };
    let both = |name: &str| (before.total(name), after.total(name));
    let hundredths = |part: i64, whole: i64| if whole > 0 { part.saturating_mul(100) / whole } else { 0 };
    let decimal = |value: i64| say.hundredths(value);
    let rows = vec![
        row("compared-visits", both(name::VISITS), &|value| say.number(value)),
        row(
            "compared-per-member",
            (hundredths(both(name::VISITS).0, members_before), hundredths(both(name::VISITS).1, members_after)),
            &decimal,
        ),
        row("compared-spend", both(name::SPEND), &|value| say.money(currency, value)),
        row(
            "compared-per-visit",
            (
                hundredths(both(name::SPEND).0, both(name::VISITS).0) / 100,
                hundredths(both(name::SPEND).1, both(name::VISITS).1) / 100,
            ),
            &|value| say.money(currency, value),
        ),
        row("compared-redeemed", both(name::REDEEMED), &|value| say.number(value)),
        row(
            "compared-rate",
            (
                hundredths(both(name::REDEEMED).0, both(name::ISSUED).0),
                hundredths(both(name::REDEEMED).1, both(name::ISSUED).1),
            ),
            &|value| format!("{value} %"),
        ),
        row("compared-joins", both(name::JOINS), &|value| say.number(value)),
    ];
    let title = say.of("compared-title", "version", i64::from(version.version));
    let about = say.of2("compared-about", "day", say.whole_day(date_of(version.day)), "days", days);
    Ok(Some(Comparison { title, about, rows }))
}
