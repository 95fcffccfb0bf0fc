//! What it means. Pure: no I/O, no async, no clock, no randomness.

pub mod address;
pub mod commands;
pub mod consent;
pub mod conversation;
pub mod directory;
pub mod effect;
pub mod keyword;
pub mod language;
pub mod message;
pub mod reserved;
pub mod segment;
pub mod shop;
pub mod text;
