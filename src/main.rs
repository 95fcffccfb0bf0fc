//! The program: see `regulars --help`, and `lib.rs` for a way into the code.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    regulars::cli::run().await
}
