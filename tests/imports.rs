//! Members of another system come in, and ours go out: by the API while texts come in, and by the command line, stopped and killed
//! and gone on with; on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a test that cannot go on has failed")]

mod harness;
mod imports {
    pub mod commands;
    pub mod exports;
    pub mod rows;
    pub mod stops;
}
