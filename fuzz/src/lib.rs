//! The domain alone, so that fuzzing does not build the gateway.

#[path = "../../src/domain/mod.rs"]
pub mod domain;
