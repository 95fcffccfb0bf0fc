//! Tills that a shop has already: their recorded webhooks, signed as they sign, played on the real gateway.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod harness;
mod tills {
    pub mod by_api;
    pub mod play;
    pub mod reports;
    pub mod square_buyers;
}
