//! Figures as files for a spreadsheet.

use std::fmt::Display;

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use chrono::NaiveDate;

use super::{
    retention::Cohorts,
    sums::{Period, Sums, iso},
};
use crate::{
    console::{trouble::Trouble, viewer::AtShop},
    domain::{
        figures::{day_of, name, number_of},
        shop::Shop,
    },
    http::Gateway,
};

/// The most days of a file.
const DAYS_MAX: i64 = 3_660;
/// The days of a file for which none are named.
const DAYS_USUAL: i64 = 365;
/// The most columns of one figure; keywords and rewards are few.
const PARTS_MAX: usize = 200;

/// Each file, with the figures in it.
const FILES: &[(&str, &[&str])] = &[
    ("joins", &[name::JOINS]),
    ("members", &[name::JOINS, name::REJOINS, name::LEAVES]),
    ("visits", &[name::VISITS]),
    ("spend", &[name::SPEND]),
    (
        "points",
        &[name::POINTS_EARNED, name::POINTS_REVERSED, name::POINTS_ADJUSTED, name::POINTS_SPENT, name::POINTS_LAPSED],
    ),
    ("rewards", &[name::ISSUED, name::REDEEMED, name::CANCELLED, name::LAPSED]),
    ("texts", &[name::TEXTS, name::SEGMENTS, name::CODES]),
    ("opt-outs", &[name::OPT_OUTS, name::OPT_INS]),
];

/// Figures of a shop as a file: `joins.csv?from=2026-01-01&to=2026-01-31`. Amounts are in the smallest unit.
pub(in crate::console) async fn file(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
) -> Result<HttpResponse, Trouble> {
    let named = request.match_info().get("file").and_then(|file| file.strip_suffix(".csv")).ok_or(Trouble::NotFound)?;
    let today = day_of(gateway.clock.now(), at.shop.time_zone);
    let content = if named == "retention" {
        write_retention(&Cohorts::read(&gateway.store, at.shop.id, today).await?)
    } else {
        let (_, figures) = FILES.iter().find(|(known, _)| *known == named).ok_or(Trouble::NotFound)?;
        let period = asked(&request, today);
        write_days(&Sums::read(&gateway.store, at.shop.id, figures, period).await?, figures, period)
    };
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}\"", file_name(&at.shop, named)),
        ))
        .body(content))
}

/// The days that were asked for; those of the last year where none were, or where they are none.
fn asked(request: &HttpRequest, today: i64) -> Period {
    let read = |wanted: &str| {
        let mut query = form_urlencoded::parse(request.query_string().as_bytes());
        let (_, day) = query.find(|(name, _)| name == wanted)?;
        day.parse::<NaiveDate>().ok().map(number_of)
    };
    let to = read("to").filter(|to| (0..=today + 1).contains(to)).unwrap_or(today);
    let from = read("from").filter(|from| *from <= to).unwrap_or(to - DAYS_USUAL + 1);
    Period { from: from.max(to - DAYS_MAX + 1), to, step: 1 }
}

/// A line for each day, a column for each part of each figure.
fn write_days(sums: &Sums, figures: &[&str], period: Period) -> String {
    let mut columns: Vec<(String, Vec<i64>)> = Vec::new();
    for figure in figures {
        let parts = sums.parts(figure);
        if parts.is_empty() {
            columns.push(((*figure).to_owned(), vec![0; period.slots().len()]));
        }
        for (part, series) in parts.into_iter().take(PARTS_MAX) {
            let label = match (part.as_str(), figures.len()) {
                ("", 1) if *figure == name::JOINS => "(no source)".to_owned(),
                ("", _) => (*figure).to_owned(),
                (part, 1) => part.to_owned(),
                (part, _) => format!("{figure}: {part}"),
            };
            columns.push((label, series));
        }
    }
    let mut content = String::from("day");
    for (label, _) in &columns {
        content.push(',');
        content.push_str(&cell(label));
    }
    content.push_str("\r\n");
    for (slot, day) in period.slots().into_iter().enumerate() {
        let values: Vec<i64> = columns.iter().map(|(_, series)| series.get(slot).copied().unwrap_or(0)).collect();
        write_line(&mut content, &iso(day), &values);
    }
    content
}

fn write_retention(cohorts: &Cohorts) -> String {
    let rows = cohorts.rows();
    let months = rows.iter().map(|(.., cells)| cells.len()).max().unwrap_or(0);
    let mut content = String::from("month,joined");
    (0..months).for_each(|later| content.push_str(&format!(",{later}")));
    content.push_str("\r\n");
    for (month, size, cells) in rows {
        let label = format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
        let values: Vec<String> = std::iter::once(size.to_string())
            .chain(cells.iter().map(|came| came.map_or_else(String::new, |came| came.to_string())))
            .collect();
        write_line(&mut content, &label, &values);
    }
    content
}

fn write_line(content: &mut String, label: &str, values: &[impl Display]) {
    content.push_str(label);
    for value in values {
        content.push_str(&format!(",{value}"));
    }
    content.push_str("\r\n");
}

/// A cell of words. What a spreadsheet would take for a formula gets an apostrophe; what has a comma is quoted. (RFC 4180)
fn cell(words: &str) -> String {
    let is_formula = words.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guarded = if is_formula { format!("'{words}") } else { words.to_owned() };
    if guarded.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

/// Only letters, digits and hyphens of the shop's name.
fn file_name(shop: &Shop, named: &str) -> String {
    let plain: String =
        shop.name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(40).collect();
    format!("{}-{named}.csv", plain.trim_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::figures::date_of;

    #[test]
    fn no_cell_is_a_formula_and_commas_are_kept() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(
            (cell("+1"), cell("-a"), cell("@a"), cell("a=b")),
            ("'+1".into(), "'-a".into(), "'@a".into(), "a=b".into())
        );
        assert_eq!(cell("door, left"), "\"door, left\"");
    }

    #[test]
    fn days_are_days() {
        assert_eq!(iso(number_of(date_of(20_000))), date_of(20_000).to_string());
    }
}
