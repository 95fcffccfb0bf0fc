//! How rows of an import are sent: as a list, or an object a line.

use actix_web::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::PLACE_MAX;
use crate::{
    domain::import::{Reader, row::RawRow},
    http::{
        api::{
            body::{Checks, make_whole},
            listing::unfit_query,
        },
        problem::Problem,
    },
    service::import::{Batch, ROWS_MAX},
};

/// Rows as a list.
pub fn listed(body: &[u8]) -> Result<Vec<RawRow>, Problem> {
    let mut value: Value =
        serde_json::from_slice(body).map_err(|error| malformed(format!("The body is not JSON: {error}.")))?;
    make_whole(&mut value);
    let mut checks = Checks::default();
    let rows = checks.check("the body", value.as_array().ok_or("must be a list of rows"));
    let rows = checks.passed(rows)?;
    refuse_too_many(rows.len())?;
    let mut checks = Checks::default();
    let read = |(number, row): (usize, &Value)| {
        // serde would take the items of a list for the cells of a row, in their order.
        let is_object =
            row.is_object() && row["history"].as_array().is_none_or(|history| history.iter().all(Value::is_object));
        let row = if is_object {
            RawRow::deserialize(row).map_err(|error| error.to_string())
        } else {
            Err("must be an object".to_owned())
        };
        checks.check(&format!("[{number}]"), row)
    };
    let read: Vec<RawRow> = rows.iter().enumerate().filter_map(read).collect();
    checks.passed(Some(read))
}

/// Rows as an object a line.
pub fn lined_up(body: &[u8]) -> Result<Vec<RawRow>, Problem> {
    let lines: Vec<&[u8]> = body.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).collect();
    refuse_too_many(lines.len())?;
    let read = |(number, line): (usize, &[u8])| {
        if !line.trim_ascii_start().starts_with(b"{") {
            return Err(malformed(format!("Line {} is no row: it must be an object.", number + 1)));
        }
        serde_json::from_slice(line).map_err(|error| malformed(format!("Line {} is no row: {error}.", number + 1)))
    };
    lines.into_iter().enumerate().map(read).collect()
}

fn refuse_too_many(rows: usize) -> Result<(), Problem> {
    if rows > ROWS_MAX {
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, format!("A set has at most {ROWS_MAX} rows.")));
    }
    Ok(())
}

fn malformed(detail: String) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, detail)
}

/// The rows with their places, each as it is meant.
pub fn batch(reader: &Reader, rows: &[RawRow], from: i64, until: Option<i64>) -> Result<Batch, Problem> {
    let mut batch = Batch { from, until: from, ..Batch::default() };
    for (number, raw) in rows.iter().enumerate() {
        let row = raw.row.unwrap_or(batch.until);
        let mut checks = Checks::default();
        let field = format!("[{number}].row");
        let row =
            checks.check(&field, Some(row).filter(|row| (0..=PLACE_MAX).contains(row)).ok_or("is no row's place"));
        let in_order = |row: i64| Some(row).filter(|row| *row >= batch.until).ok_or("is not behind the row before it");
        let row = row.and_then(|row| checks.fit(&field, in_order(row)));
        let row = checks.passed(row)?;
        batch.until = row + 1;
        match reader.read(raw) {
            Ok(newcomer) => batch.rows.push((row, newcomer)),
            Err(refusal) => batch.refused.push((row, refusal)),
        }
    }
    match until {
        Some(until) if until < batch.until => Err(unfit_query("until", "must be behind the last row")),
        Some(until) => Ok(Batch { until, ..batch }),
        None => Ok(batch),
    }
}
