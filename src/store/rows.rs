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
        // Rows in SQLite's own form of JSON: as text, each would be read anew for every value.
        _ => "jsonb_each($1) AS r",
    };
    format!("(SELECT {} FROM {source}) AS given", values.join(", "))
}

fn value(backend: DbBackend, place: usize, kind: Kind) -> String {
    match (backend, kind) {
        (DbBackend::Postgres, Kind::Uuid) => format!("(r.value->>{place})::uuid"),
        (DbBackend::Postgres, Kind::Integer) => format!("(r.value->>{place})::bigint"),
        (DbBackend::Postgres, Kind::Text) => format!("r.value->>{place}"),
        // A path: of a number, SQLite would make one anew for every value.
        (_, Kind::Uuid) => format!("unhex(r.value->>'$[{place}]', '-')"),
        (_, Kind::Text | Kind::Integer) => format!("r.value->>'$[{place}]'"),
    }
}

/// `INSERT INTO table (columns) SELECT … FROM given` with `tail` behind it (`ON CONFLICT …`).
pub fn insert_given(backend: DbBackend, table: &str, columns: Columns, tail: &str) -> String {
    let names = names(columns);
    format!("INSERT INTO {table} ({names}) SELECT {names} FROM {} WHERE true {tail}", given(backend, columns))
}

fn names(columns: Columns) -> String {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    names.join(", ")
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

    /// Inserts rows, with `tail` behind (`ON CONFLICT …`); does nothing where there are none.
    pub(super) async fn insert<R: Serialize>(
        &self,
        table: &str,
        columns: Columns,
        tail: &str,
        rows: &[R],
    ) -> Result<u64> {
        self.run(&insert_given(self.backend(), table, columns, tail), rows, Vec::new()).await
    }

    /// Runs a set-wise statement over `rows`; does nothing where there are none.
    pub(super) async fn run<R: Serialize>(&self, sql: &str, rows: &[R], more: Vec<Value>) -> Result<u64> {
        let mut affected = 0;
        for statement in self.statements(sql, rows, &more)? {
            affected += self.0.execute_raw(statement).await?.rows_affected();
        }
        Ok(affected)
    }

    /// Runs a set-wise query over `rows`; nothing where there are none.
    pub(super) async fn query<R: Serialize>(
        &self,
        sql: &str,
        rows: &[R],
        more: Vec<Value>,
    ) -> Result<Vec<QueryResult>> {
        let mut found = Vec::new();
        for statement in self.statements(sql, rows, &more)? {
            found.extend(self.0.query_all_raw(statement).await?);
        }
        Ok(found)
    }

    fn statements<R: Serialize>(&self, sql: &str, rows: &[R], more: &[Value]) -> Result<Vec<Statement>> {
        let statement = |json: String| {
            let values: Vec<Value> = std::iter::once(json.into()).chain(more.iter().cloned()).collect();
            Statement::from_sql_and_values(self.backend(), sql, values)
        };
        Ok(arrays(rows, bytes_max(self.backend()))?.into_iter().map(statement).collect())
    }
}

/// The most bytes of rows in one statement to PostgreSQL. Its driver leaves Nagle's algorithm on, so what does not fit
/// into the socket's first write waits some 40 ms for the acknowledgement of that write.
const POSTGRES_BYTES_MAX: usize = 8 * 1024;

/// How many bytes of rows one statement takes.
pub(super) fn bytes_max(backend: DbBackend) -> usize {
    if backend == DbBackend::Postgres { POSTGRES_BYTES_MAX } else { usize::MAX }
}

/// The rows as JSON arrays of rows, each array of at most about `bytes_max` bytes.
pub(super) fn arrays<R: Serialize>(rows: &[R], bytes_max: usize) -> Result<Vec<String>> {
    let mut arrays: Vec<String> = Vec::new();
    let mut array: Vec<u8> = Vec::new();
    for row in rows {
        let end = array.len();
        array.push(if end == 0 { b'[' } else { b',' });
        serde_json::to_writer(&mut array, row).map_err(|error| StoreError::Refused(error.to_string()))?;
        if end > 0 && array.len() > bytes_max {
            let mut begun = array.split_off(end);
            begun[0] = b'[';
            arrays.push(closed(std::mem::replace(&mut array, begun))?);
        }
    }
    if !array.is_empty() {
        arrays.push(closed(array)?);
    }
    Ok(arrays)
}

fn closed(mut array: Vec<u8>) -> Result<String> {
    array.push(b']');
    String::from_utf8(array).map_err(|error| StoreError::Refused(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_split_into_arrays_that_read_the_same() {
        let rows: Vec<(u32, String)> = (0..100).map(|n| (n, "text, [with] \"marks\"".repeat(n as usize % 5))).collect();
        let read: Vec<(u32, String)> =
            arrays(&rows, 200).unwrap().iter().flat_map(|json| serde_json::from_str::<Vec<_>>(json).unwrap()).collect();
        assert_eq!(read, rows);
        assert_eq!(arrays(&rows, usize::MAX).unwrap().len(), 1);
        assert!(arrays::<u32>(&[], 200).unwrap().is_empty());
    }
}
