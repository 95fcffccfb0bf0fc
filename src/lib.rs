//! Regulars: a text comes in, the domain decides, one transaction writes what was decided, the notifier sends.
//!
//! The modules in reading order; `ARCHITECTURE.md` walks one text through them.

pub use regulars_domain as domain;

pub use regulars_providers as providers;
pub mod service;
pub mod store;
pub mod tills;

pub mod buyers;

pub mod console;
pub mod herald;
pub mod http;
pub mod notifier;

pub mod bell;
pub mod clock;
pub mod config;
pub mod secrets;
pub mod telemetry;

pub mod app;
pub mod cli;

pub mod loadtest;
pub use regulars_yardstick as yardstick;
pub mod sandbox;
pub mod stage;
