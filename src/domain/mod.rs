//! What it means. Pure: no I/O, no async, no clock, no randomness.

pub mod address;
pub mod message;
pub mod segment;
pub mod text;
pub mod reserved;
pub mod keyword;
pub mod language;
pub mod shop;
pub mod directory;
pub mod consent;
pub mod effect;
pub mod conversation;
pub mod commands;
