//! How figures went over the period: each drawn, in a table, and as a file.

use super::{
    Board, below,
    changes::VersionChange,
    sums::{at_most, iso},
};
use crate::{
    console::{
        drawing::{CLASSES, Drawing, Series, bars, lines},
        say::Say,
    },
    domain::{
        figures::{Outcome, date_of, name},
        money::Currency,
        shop::Shop,
    },
};

/// A chart with its table and its file.
pub(in crate::console) struct Card {
    pub(in crate::console) id: &'static str,
    pub(in crate::console) title: String,
    pub(in crate::console) about: String,
    pub(in crate::console) drawing: Drawing,
    /// By colour, what it stands for.
    pub(in crate::console) legend: Vec<(&'static str, String)>,
    pub(in crate::console) head: Vec<String>,
    pub(in crate::console) rows: Vec<(String, Vec<String>)>,
    pub(in crate::console) csv: String,
}

/// What a card shows.
struct Shown {
    id: &'static str,
    /// By name, by slot.
    parts: Vec<(String, Vec<i64>)>,
    /// Whether the parts are lines instead of parts of bars.
    are_lines: bool,
    /// What one unit of the axis is.
    unit: i64,
}

/// All charts over time.
pub(super) fn of(say: Say, shop: &Shop, board: &Board, changes: &[VersionChange]) -> Vec<Card> {
    let currency = Currency::from_code(&shop.currency).unwrap_or_default();
    let minor = 10_i64.pow(currency.digits());
    let named = |label: &str, name: &str| (say.t(label), board.now.series(name));
    let sources = at_most(board.now.parts(name::JOINS), CLASSES.len());
    let sources = sources.into_iter().map(|(source, series)| (source_name(say, &source), series)).collect();
    let delivery = Outcome::ALL.iter().map(|outcome| outcome.word());
    let texts = board.now.parts(name::TEXTS);
    let delivery = delivery.filter_map(|word| {
        let series = texts.iter().find(|(part, _)| part == word).map(|(_, series)| series.clone())?;
        Some((say.word("outcome", word), series))
    });
    let delivery = at_most(delivery.collect(), CLASSES.len());
    let delivery = delivery.into_iter().map(|(part, series)| (source_name(say, &part), series)).collect();
    let shown = [
        Shown { id: "joins", parts: sources, are_lines: false, unit: 1 },
        Shown { id: "visits", parts: vec![named("figure-visits", name::VISITS)], are_lines: false, unit: 1 },
        Shown { id: "spend", parts: vec![named("figure-spend", name::SPEND)], are_lines: true, unit: minor },
        Shown {
            id: "points",
            parts: vec![named("figure-earned", name::POINTS_EARNED), named("figure-spent", name::POINTS_SPENT)],
            are_lines: true,
            unit: 1,
        },
        Shown {
            id: "rewards",
            parts: vec![named("figure-issued", name::ISSUED), named("figure-redeemed", name::REDEEMED)],
            are_lines: true,
            unit: 1,
        },
        Shown { id: "texts", parts: delivery, are_lines: false, unit: 1 },
        Shown { id: "opt-outs", parts: vec![named("figure-opt-outs", name::OPT_OUTS)], are_lines: false, unit: 1 },
    ];
    let marks: Vec<usize> = changes.iter().filter_map(|change| board.period.slot_of(change.day)).collect();
    shown.into_iter().map(|shown| card(say, shop, board, (shown, &marks), currency)).collect()
}

fn card(say: Say, shop: &Shop, board: &Board, (shown, marks): (Shown, &[usize]), currency: Currency) -> Card {
    let Shown { id, parts, are_lines, unit } = shown;
    let slots = board.period.slots();
    let labels: Vec<String> = slots.iter().map(|day| say.short_day(date_of(*day))).collect();
    let (names, series): (Vec<String>, Vec<Vec<i64>>) = parts.into_iter().unzip();
    let total: i64 = series.iter().flatten().sum();
    let is_money = unit > 1 || id == "spend";
    let write = |value: i64| if is_money { say.money(currency, value) } else { say.number(value) };
    let title = say.word("chart", id);
    let about = say.with("chart-about", vec![("total", write(total).into()), ("days", board.period.days().into())]);
    let drawn: Vec<Vec<i64>> = series.iter().map(|part| part.iter().map(|value| value / unit).collect()).collect();
    let short = |value: i64| short(say, value);
    let chart = Series { id, title: &title, about: &about, labels: &labels, parts: &drawn, marks, write: &short };
    let drawing = if are_lines { lines(&chart) } else { bars(&chart) };
    let legend = if names.len() > 1 { CLASSES.into_iter().zip(names.clone()).collect() } else { Vec::new() };
    let row = |(slot, label): (usize, &String)| {
        let values = series.iter().map(|part| write(part.get(slot).copied().unwrap_or(0))).collect();
        (label.clone(), values)
    };
    let rows = labels.iter().enumerate().map(row).rev().collect();
    let (from, to) = (iso(board.period.from), iso(board.period.to));
    let csv = format!("{}/figures/{id}.csv?from={from}&to={to}", below(shop.id));
    Card { id, title, about, drawing, legend, head: names, rows, csv }
}

/// A source by its name; those of the shop's own words stay as they are.
fn source_name(say: Say, source: &str) -> String {
    match source {
        "" => say.t("source-none"),
        "invitation" => say.t("source-invitation"),
        "\u{2026}" => say.t("source-others"),
        other => other.to_owned(),
    }
}

/// A number that fits beside an axis.
pub(super) fn short(say: Say, value: i64) -> String {
    let point = if say.code() == "es" { ',' } else { '.' };
    let in_units = |unit: i64, sign: &str| {
        let tenths = value / (unit / 10);
        if tenths % 10 == 0 || tenths.abs() >= 1_000 {
            format!("{}{sign}", tenths / 10)
        } else {
            format!("{}{point}{}{sign}", tenths / 10, (tenths % 10).abs())
        }
    };
    match value.abs() {
        0..10_000 => say.number(value),
        10_000..1_000_000 => in_units(1_000, "k"),
        _ => in_units(1_000_000, "M"),
    }
}
