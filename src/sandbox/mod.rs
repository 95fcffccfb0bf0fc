//! The built-in carrier.
