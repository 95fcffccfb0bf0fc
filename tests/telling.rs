//! Members are told unasked: once, whoever looks and whatever breaks; only when they may be; never too often; never after an
//! opt-out.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod harness;
mod telling {
    pub mod histories;
    pub mod on_databases;
    pub mod settings;
}
