//! Regulars: a text comes in, the domain decides, one transaction writes what was decided, the notifier sends.
//!
//! The modules in reading order; `ARCHITECTURE.md` walks one text through them.

pub mod domain;
pub mod providers;
pub mod sandbox;
