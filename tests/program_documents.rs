//! Programs as merchants write them: every preset and every example of the handbook reads, every mistake is pointed at,
//! and what is hostile is refused at once.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a test")]

#[path = "program_documents/cases.rs"]
mod cases;
#[path = "program_documents/handbook.rs"]
mod handbook;
#[path = "program_documents/hostile.rs"]
mod hostile;
#[path = "program_documents/mistakes.rs"]
mod mistakes;
#[path = "program_documents/presets.rs"]
mod presets;

use std::path::PathBuf;

use chrono::DateTime;
use regulars::domain::{
    money::Currency,
    profile::question::Mistake,
    program::{
        Program, document,
        draft::{self, Frame},
    },
};
use serde_json::Value;
use uuid::Uuid;

/// A program of a shop in New York.
fn frame() -> Frame {
    Frame {
        id: Uuid::from_u128(1),
        merchant_id: Uuid::from_u128(2),
        version: 1,
        valid_from: DateTime::UNIX_EPOCH,
        currency: Currency::from_code("USD").unwrap(),
        time_zone: chrono_tz::America::New_York,
        secret: vec![7; 32],
    }
}

/// Reads a program from what was written; what is wrong with it.
fn read(written: &str) -> Result<Program, Vec<Mistake>> {
    let document = draft::parse(written).map_err(|mistake| vec![mistake])?;
    Program::read(&document, frame())
}

/// Reads what must be right.
fn read_right(what: &str, written: &str) -> Program {
    read(written).unwrap_or_else(|mistakes| panic!("{what}:\n{}", told(&mistakes)))
}

/// A line for each mistake.
fn told(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(|mistake| format!("  {}: {}\n", mistake.path, mistake.sentence)).collect()
}

/// What the published schema has against a document.
fn against_schema(document: &Value) -> Vec<String> {
    let schema = jsonschema::draft202012::new(&document::json_schema()).unwrap();
    schema.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
