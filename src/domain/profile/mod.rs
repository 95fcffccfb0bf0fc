//! What a shop asks its new members, how their answers are read, and how they are written back: in five languages.

pub mod answer;
pub mod birthday;
pub mod name;
pub mod question;

mod plain;
