//! The tables that are read and written row by row, as SeaORM knows them; nothing outside the store sees these. What
//! batches write set-wise (`super::rows`) needs no entity.

pub mod account;
pub mod api_key;
pub mod audit;
pub mod keyword;
pub mod merchant;
pub mod outbox;
pub mod person;
pub mod person_invitation;
pub mod program;
pub mod program_draft;
pub mod program_version;
pub mod sender;
pub mod session;
pub mod shop;
pub mod shop_words;
pub mod till;
pub mod till_device;
pub mod wrong_guess;
