//! The tables that are read and written row by row, as SeaORM knows them; nothing outside the store sees these. What
//! batches write set-wise (`super::rows`) needs no entity.

pub mod account;
pub mod api_key;
pub mod keyword;
pub mod merchant;
pub mod outbox;
pub mod program;
pub mod program_version;
pub mod sender;
pub mod shop;
pub mod till;
