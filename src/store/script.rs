//! Set-wise statements that are run one after another. On SQLite they travel together: waking the thread that has the
//! database costs as much as writing ten rows.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use serde::Serialize;

use super::{
    Result, Transaction,
    connection::Connection,
    rows::{Columns, arrays, bytes_max, insert_given},
};

/// Statements, each over rows of its own, which it names as its first and only parameter.
pub(super) struct Script {
    backend: DbBackend,
    steps: Vec<Step>,
}

struct Step {
    sql: String,
    /// The rows as JSON arrays; more than one where one statement does not take them all.
    arrays: Vec<String>,
}

impl Script {
    /// Adds a statement over rows; nothing where there are none.
    pub(super) fn add<R: Serialize>(&mut self, rows: &[R], sql: impl FnOnce(DbBackend) -> String) -> Result<()> {
        if !rows.is_empty() {
            self.steps.push(Step { sql: sql(self.backend), arrays: arrays(rows, bytes_max(self.backend))? });
        }
        Ok(())
    }

    /// Adds an insertion, with `tail` behind (`ON CONFLICT …`); nothing where there are no rows.
    pub(super) fn insert<R: Serialize>(&mut self, table: &str, columns: Columns, tail: &str, rows: &[R]) -> Result<()> {
        self.add(rows, |backend| insert_given(backend, table, columns, tail))
    }

    /// Adds a statement that gives a row with how many it changed, where it changed any.
    pub(super) fn add_counted<R: Serialize>(
        &mut self,
        rows: &[R],
        sql: impl FnOnce(DbBackend) -> String,
    ) -> Result<()> {
        self.add(rows, |backend| match backend {
            DbBackend::Postgres => {
                format!("WITH done AS ({} RETURNING 1) SELECT COUNT(*) FROM done HAVING COUNT(*) > 0", sql(backend))
            }
            _ => format!("{}; SELECT changes() WHERE changes() > 0", sql(backend)),
        })
    }

    /// All of it as one text whose parameters are counted through, and these.
    fn together(self) -> Statement {
        let place = |(place, step): (usize, &Step)| step.sql.replace("$1", &format!("${}", place + 1));
        let sql: Vec<String> = self.steps.iter().enumerate().map(place).collect();
        let values: Vec<Value> = self.steps.into_iter().flat_map(|step| step.arrays).map(Value::from).collect();
        Statement::from_sql_and_values(self.backend, sql.join("; "), values)
    }
}

impl Transaction {
    /// A script without any statement yet.
    pub(super) fn script(&self) -> Script {
        Script { backend: self.backend(), steps: Vec::new() }
    }

    /// Runs a script and makes all of the transaction durable, on SQLite in one; the rows that its statements gave.
    pub(super) async fn play_and_commit(self, script: Script) -> Result<Vec<QueryResult>> {
        match self.0 {
            Connection::Sqlite(turn) if !script.steps.is_empty() => {
                Ok(turn.into_inner().query_all_and_commit(script.together()).await?)
            }
            connection => {
                let tx = Self(connection);
                let found = tx.play(script).await?;
                tx.commit().await?;
                Ok(found)
            }
        }
    }

    /// Runs a script; the rows that its statements gave.
    pub(super) async fn play(&self, script: Script) -> Result<Vec<QueryResult>> {
        if script.steps.is_empty() {
            return Ok(Vec::new());
        }
        if script.backend != DbBackend::Postgres {
            return Ok(self.0.query_all_raw(script.together()).await?);
        }
        let mut found = Vec::new();
        for Step { sql, arrays } in script.steps {
            for array in arrays {
                let statement = Statement::from_sql_and_values(script.backend, sql.as_str(), [array.into()]);
                found.extend(self.0.query_all_raw(statement).await?);
            }
        }
        Ok(found)
    }
}
