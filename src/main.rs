//! Regulars.
fn main() {}
