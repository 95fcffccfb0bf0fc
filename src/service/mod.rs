//! What happens: one file per use-case, one transaction each.

pub mod account;
mod apply;
pub mod batch;
pub mod change;
pub mod clock_work;
pub mod codes;
pub mod directory;
pub mod keywords;
pub mod ledger;
pub mod merchants;
pub mod programs;
pub mod receipt;
pub mod receive;
pub mod recent;
mod repeats;
pub mod senders;
pub mod shops;
pub mod till;
pub mod verify;
pub mod write;
