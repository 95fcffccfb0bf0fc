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

/// `INSERT INTO table (columns) SELECT … FROM given` with `tail` behind it (`ON CONFLICT …`).
fn insert_given(table: &str, columns: Columns, tail: &str) -> String {
    let names = names(columns);
    format!(
        "INSERT INTO {table} ({names}) SELECT {names} FROM {} WHERE true {tail}",
        given(DbBackend::Postgres, columns)
    )
}

/// `INSERT INTO table (columns) VALUES (…), …` for so many rows, with `tail` behind it.
fn insert_values(table: &str, columns: Columns, rows: usize, tail: &str) -> String {
    let row = format!("({})", vec!["?"; columns.len()].join(", "));
    format!("INSERT INTO {table} ({}) VALUES {} {tail}", names(columns), vec![row; rows].join(", "))
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
    ///
    /// On SQLite each value is a parameter of its own: reading it out of JSON would cost half as much as writing it. The
    /// statement's text then depends on how many rows there are, hence at most [`ROWS_AT_ONCE`].
    pub(super) async fn insert<R: Serialize>(
        &self,
        table: &str,
        columns: Columns,
        tail: &str,
        rows: &[R],
    ) -> Result<u64> {
        if self.backend() == DbBackend::Postgres {
            return self.run(&insert_given(table, columns, tail), rows, Vec::new()).await;
        }
        let mut affected = 0;
        for rows in rows.chunks(ROWS_AT_ONCE) {
            let mut values = Vec::with_capacity(rows.len() * columns.len());
            for row in rows {
                push_values(row, columns, &mut values)?;
            }
            let sql = insert_values(table, columns, rows.len(), tail);
            let statement = Statement::from_sql_and_values(self.backend(), sql, values);
            affected += self.0.execute_raw(statement).await?.rows_affected();
        }
        Ok(affected)
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
        let bytes_max = if self.backend() == DbBackend::Postgres { POSTGRES_BYTES_MAX } else { usize::MAX };
        let statement = |json: String| {
            let values: Vec<Value> = std::iter::once(json.into()).chain(more.iter().cloned()).collect();
            Statement::from_sql_and_values(self.backend(), sql, values)
        };
        Ok(arrays(rows, bytes_max)?.into_iter().map(statement).collect())
    }
}

/// The most rows in one INSERT of SQLite: its text is kept prepared for each number of rows.
const ROWS_AT_ONCE: usize = 64;

/// A row's values as parameters, in the order of the columns.
fn push_values<R: Serialize>(row: &R, columns: Columns, values: &mut Vec<Value>) -> Result<()> {
    let refused = |why: &dyn std::fmt::Display| StoreError::Refused(why.to_string());
    let row = serde_json::to_value(row).map_err(|error| refused(&error))?;
    let serde_json::Value::Array(row) = row else { return Err(refused(&"a row is no list of values")) };
    for (value, (name, kind)) in row.into_iter().zip(columns) {
        values.push(parameter(value, *kind).ok_or_else(|| refused(&format!("{name} is of another kind")))?);
    }
    Ok(())
}

fn parameter(value: serde_json::Value, kind: Kind) -> Option<Value> {
    use serde_json::Value as Json;
    Some(match (kind, value) {
        (Kind::Uuid, Json::Null) => Value::Uuid(None),
        (Kind::Uuid, Json::String(id)) => Value::Uuid(Some(id.parse().ok()?)),
        (Kind::Text, Json::Null) => Value::String(None),
        (Kind::Text, Json::String(text)) => Value::String(Some(text)),
        (Kind::Integer, Json::Null) => Value::BigInt(None),
        (Kind::Integer, Json::Number(number)) => Value::BigInt(Some(number.as_i64()?)),
        (Kind::Integer, Json::Bool(yes)) => Value::BigInt(Some(yes.into())),
        _ => return None,
    })
}

/// The most bytes of rows in one statement to PostgreSQL. Its driver leaves Nagle's algorithm on, so what does not fit
/// into the socket's first write waits some 40 ms for the acknowledgement of that write.
const POSTGRES_BYTES_MAX: usize = 8 * 1024;

/// The rows as JSON arrays of rows, each array of at most about `bytes_max` bytes.
fn arrays<R: Serialize>(rows: &[R], bytes_max: usize) -> Result<Vec<String>> {
    let mut arrays: Vec<String> = Vec::new();
    for row in rows {
        let row = serde_json::to_string(row).map_err(|error| StoreError::Refused(error.to_string()))?;
        match arrays.last_mut() {
            Some(array) if array.len() + row.len() < bytes_max => {
                array.push(',');
                array.push_str(&row);
            }
            _ => arrays.push(format!("[{row}")),
        }
    }
    arrays.iter_mut().for_each(|array| array.push(']'));
    Ok(arrays)
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
