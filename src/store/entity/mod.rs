//! The tables as SeaORM knows them; nothing outside the store sees these.

pub mod account;
pub mod api_key;
pub mod consent;
pub mod enrolment;
pub mod entry;
pub mod inbound;
pub mod keyword;
pub mod member;
pub mod merchant;
pub mod outbox;
pub mod receipt;
pub mod sender;
pub mod shop;
