//! What it means. Pure: no I/O, no async, no clock, no randomness.

pub mod address;
pub mod commands;
pub mod consent;
pub mod conversation;
pub mod country;
pub mod directory;
pub mod effect;
pub mod flood;
pub mod intent;
pub mod keyword;
pub mod language;
pub mod machine;
pub mod message;
pub mod money;
pub mod profile;
pub mod program;
pub mod purse;
pub mod reading;
pub mod reserved;
mod saying;
pub mod segment;
pub mod shop;
pub mod text;
