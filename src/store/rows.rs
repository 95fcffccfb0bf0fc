//! Set-wise statements: any number of rows travel as one JSON parameter, so the text of a statement never changes,
//! it is prepared once, and a batch costs one hand-off to the database instead of one a row.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use serde::{Serialize, de::DeserializeOwned};

use super::{Result, StoreError, Transaction};

/// How a value travels in JSON and what it becomes in the database.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A UUID, hyphenated in JSON.
    Uuid,
    /// Text.
    Text,
    /// A 64-bit integer.
    Integer,
}

/// The columns of a set of rows, in the order in which each row is written.
pub type Columns = &'static [(&'static str, Kind)];

/// `SELECT column, … FROM the rows given as the statement's first parameter`, under the alias `given`.
///
/// The rows are arrays of values in the order of `columns`. SQLite: `CROSS JOIN` against it keeps it the outer loop.
pub fn given(backend: DbBackend, columns: Columns) -> String {
    let values: Vec<String> = columns
        .iter()
        .enumerate()
        .map(|(place, (name, kind))| format!("{} AS {name}", value(backend, place, *kind)))
        .collect();
    let source = match backend {
        DbBackend::Postgres => "jsonb_array_elements($1::jsonb) AS r(value)",
        _ => "json_each($1) AS r",
    };
    format!("(SELECT {} FROM {source}) AS given", values.join(", "))
}

fn value(backend: DbBackend, place: usize, kind: Kind) -> String {
    match (backend, kind) {
        (DbBackend::Postgres, Kind::Uuid) => format!("(r.value->>{place})::uuid"),
        (DbBackend::Postgres, Kind::Integer) => format!("(r.value->>{place})::bigint"),
        (DbBackend::Postgres, Kind::Text) => format!("r.value->>{place}"),
        (_, Kind::Uuid) => format!("unhex(r.value->>{place}, '-')"),
        (_, Kind::Text | Kind::Integer) => format!("r.value->>{place}"),
    }
}

/// `INSERT INTO table (columns) SELECT … FROM given` with `tail` behind it (`ON CONFLICT …`, `RETURNING …`).
pub fn insert(backend: DbBackend, table: &str, columns: Columns, tail: &str) -> String {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let names = names.join(", ");
    // SQLite needs the WHERE to tell the join's ON from that of ON CONFLICT.
    format!("INSERT INTO {table} ({names}) SELECT {names} FROM {} WHERE true {tail}", given(backend, columns))
}

/// `(SELECT` all rows of `from` `)` as one JSON array of arrays. A result of many rows costs a hand-off each, a result
/// of one costs one.
pub fn gathered(backend: DbBackend, columns: &[(&str, Kind)], from: &str) -> String {
    let values: Vec<String> = columns
        .iter()
        .map(|(expression, kind)| match (backend, kind) {
            (DbBackend::Sqlite, Kind::Uuid) => format!("CASE WHEN {expression} IS NOT NULL THEN hex({expression}) END"),
            _ => (*expression).to_owned(),
        })
        .collect();
    let values = values.join(", ");
    match backend {
        DbBackend::Postgres => format!("(SELECT json_agg(json_build_array({values}))::text {from})"),
        _ => format!("(SELECT json_group_array(json_array({values})) {from})"),
    }
}

/// Reads what [`gathered`] made; nothing where there were no rows.
pub fn read_gathered<T: DeserializeOwned>(row: &QueryResult, column: usize) -> Result<Vec<T>> {
    let json: Option<String> = row.try_get_by_index(column)?;
    let Some(json) = json else { return Ok(Vec::new()) };
    serde_json::from_str(&json).map_err(|error| StoreError::Corrupt(error.to_string()))
}

impl Transaction {
    /// The dialect spoken here.
    pub(super) fn backend(&self) -> DbBackend {
        self.0.get_database_backend()
    }

    /// Runs a set-wise statement over `rows`; does nothing where there are none.
    pub(super) async fn run<R: Serialize>(&self, sql: &str, rows: &[R], more: Vec<Value>) -> Result<u64> {
        if rows.is_empty() {
            return Ok(0);
        }
        Ok(self.0.execute_raw(self.statement(sql, rows, more)?).await?.rows_affected())
    }

    /// Runs a set-wise query over `rows`; nothing where there are none.
    pub(super) async fn query<R: Serialize>(&self, sql: &str, rows: &[R], more: Vec<Value>) -> Result<Vec<QueryResult>> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        Ok(self.0.query_all_raw(self.statement(sql, rows, more)?).await?)
    }

    fn statement<R: Serialize>(&self, sql: &str, rows: &[R], more: Vec<Value>) -> Result<Statement> {
        let json = serde_json::to_string(rows).map_err(|error| StoreError::Refused(error.to_string()))?;
        let values: Vec<Value> = std::iter::once(json.into()).chain(more).collect();
        Ok(Statement::from_sql_and_values(self.backend(), sql, values))
    }
}
