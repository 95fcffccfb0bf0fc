//! Members as lists and pages show them.
