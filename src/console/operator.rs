//! The operator's pages: senders with their health, what passes just now, the settings in force.

mod health;
pub(super) mod senders;
pub(super) mod settings;
pub(super) mod traffic;
