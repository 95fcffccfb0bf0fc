//! What happens: one file per use-case, one transaction each.

pub mod account;
mod apply;
pub mod batch;
pub mod directory;
pub mod receipt;
pub mod receive;
