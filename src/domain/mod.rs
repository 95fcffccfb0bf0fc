//! What it means. Pure: no I/O, no async, no clock, no randomness.

pub mod address;
pub mod message;
pub mod segment;

pub mod text;

pub mod keyword;
pub mod reserved;
