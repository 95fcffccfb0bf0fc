//! The merchant's console over HTTP, without JavaScript: the door, who sees what, and what is kept from whom.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod harness;

#[path = "console/audit.rs"]
mod audit;
#[path = "console/door.rs"]
mod door;
#[path = "console/me.rs"]
mod me;
#[path = "console/people.rs"]
mod people;
#[path = "console/words.rs"]
mod words;

#[path = "console/figures.rs"]
mod figures;
#[path = "console/inbox.rs"]
mod inbox;
#[path = "console/keywords.rs"]
mod keywords;
#[path = "console/members.rs"]
mod members;
#[path = "console/members_erased.rs"]
mod members_erased;
#[path = "console/operator.rs"]
mod operator;
#[path = "console/program.rs"]
mod program;
#[path = "console/strangers.rs"]
mod strangers;
#[path = "console/till.rs"]
mod till;
