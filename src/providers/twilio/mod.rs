//! The Twilio-compatible API: Twilio itself, SignalWire and others of the same shape.

pub mod signature;
