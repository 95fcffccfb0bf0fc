//! Who carries it: pure translators between a provider's HTTP and our values. No network here.

pub mod twilio;
