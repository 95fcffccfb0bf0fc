//! Keys to the API: what each role may do at each address, what a shop's key sees, how secrets are replaced; and writes that are
//! sent again with the same `Idempotency-Key`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod harness;

#[path = "keys/by_command.rs"]
mod by_command;
#[path = "keys/lives.rs"]
mod lives;
#[path = "keys/premises.rs"]
mod premises;
#[path = "keys/repeated_orders.rs"]
mod repeated_orders;
#[path = "keys/repeats.rs"]
mod repeats;
#[path = "keys/roles.rs"]
mod roles;
#[path = "keys/scopes.rs"]
mod scopes;
