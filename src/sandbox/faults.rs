//! What goes wrong next, on demand: the next creates, in order, optionally only those to one phone.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// Most faults that can wait at once.
const FAULTS_MAX: usize = 100;

/// Longest a create is held, in milliseconds.
const HOLD_MILLISECONDS_MAX: u64 = 60_000;

/// A fault for the next creates it fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What happens.
    pub kind: FaultKind,
    /// To how many creates; 1 when left out.
    #[serde(default = "once")]
    pub times: u32,
    /// Only creates to this phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// What happens to a create.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FaultKind {
    /// 429 with code 20429; the text is not taken.
    TooManyRequests {
        /// The `Retry-After` header, in seconds.
        #[serde(default)]
        retry_after_seconds: Option<u32>,
    },
    /// 500 with code 20500.
    ServerError {
        /// Whether the text was taken all the same.
        #[serde(default)]
        taken: bool,
    },
    /// Refused with one of Twilio's codes; the text is not taken.
    Refused {
        /// The HTTP status, 400 when left out.
        #[serde(default = "bad_request")]
        status: u16,
        /// Twilio's error code.
        code: u32,
    },
    /// No answer: the connection is held, then closed.
    Timeout {
        /// Whether the text was taken all the same.
        #[serde(default)]
        taken: bool,
        /// How long it is held, in milliseconds; at most 60,000.
        #[serde(default = "hold_milliseconds")]
        hold_milliseconds: u64,
    },
    /// No answer: the connection is closed at once.
    Dropped {
        /// Whether the text was taken all the same.
        #[serde(default)]
        taken: bool,
    },
}

/// Why a fault was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// Too many wait already.
    #[error("at most {FAULTS_MAX} faults can wait; DELETE /sandbox/faults clears them")]
    TooMany,
    /// `times` is 0.
    #[error("times must be at least 1")]
    Never,
    /// A refusal must be a 4xx.
    #[error("status must be from 400 to 499")]
    Status,
    /// Held too long.
    #[error("hold_milliseconds must be at most {HOLD_MILLISECONDS_MAX}")]
    Hold,
}

impl Fault {
    /// A fault for the next create.
    pub fn once(kind: FaultKind) -> Self {
        Self { kind, times: 1, to: None }
    }

    /// The same for so many creates.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// The same, only for creates to this phone.
    #[must_use]
    pub fn to(mut self, phone: impl Into<String>) -> Self {
        self.to = Some(phone.into());
        self
    }

    fn check(&self) -> Result<(), FaultError> {
        match self.kind {
            _ if self.times == 0 => Err(FaultError::Never),
            FaultKind::Refused { status, .. } if !(400..500).contains(&status) => Err(FaultError::Status),
            FaultKind::Timeout { hold_milliseconds, .. } if hold_milliseconds > HOLD_MILLISECONDS_MAX => {
                Err(FaultError::Hold)
            }
            _ => Ok(()),
        }
    }
}

fn once() -> u32 {
    1
}

fn bad_request() -> u16 {
    400
}

/// Longer than the gateway's own patience.
fn hold_milliseconds() -> u64 {
    30_000
}

/// The faults that wait, first come first served.
#[derive(Debug, Default)]
pub(super) struct Faults(VecDeque<Fault>);

impl Faults {
    pub fn add(&mut self, fault: Fault) -> Result<(), FaultError> {
        fault.check()?;
        if self.0.len() >= FAULTS_MAX {
            return Err(FaultError::TooMany);
        }
        self.0.push_back(fault);
        Ok(())
    }

    /// What happens to a create to `phone`; uses it up.
    pub fn next(&mut self, phone: &str) -> Option<FaultKind> {
        let position = self.0.iter().position(|fault| fault.to.as_deref().is_none_or(|to| to == phone))?;
        let fault = self.0.get_mut(position)?;
        fault.times -= 1;
        if fault.times > 0 { Some(fault.kind.clone()) } else { self.0.remove(position).map(|fault| fault.kind) }
    }

    pub fn waiting(&self) -> Vec<Fault> {
        self.0.iter().cloned().collect()
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_used_up_in_order_and_only_by_the_phone_they_are_for() {
        let mut faults = Faults::default();
        faults.add(Fault::once(FaultKind::Dropped { taken: true }).to("+1")).unwrap();
        faults.add(Fault::once(FaultKind::ServerError { taken: false }).times(2)).unwrap();
        assert_eq!(faults.next("+2"), Some(FaultKind::ServerError { taken: false }));
        assert_eq!(faults.next("+1"), Some(FaultKind::Dropped { taken: true }));
        assert_eq!(faults.next("+1"), Some(FaultKind::ServerError { taken: false }));
        assert_eq!(faults.next("+1"), None);
    }

    #[test]
    fn faults_read_as_plain_json_and_nonsense_is_refused() {
        let read = |json: &str| serde_json::from_str::<Fault>(json);
        assert_eq!(
            read(r#"{"kind":{"too_many_requests":{"retry_after_seconds":2}},"times":3}"#).unwrap(),
            Fault::once(FaultKind::TooManyRequests { retry_after_seconds: Some(2) }).times(3)
        );
        assert!(read(r#"{"kind":{"dropped":{}},"toe":"+1"}"#).is_err());
        let mut faults = Faults::default();
        assert_eq!(faults.add(read(r#"{"kind":{"dropped":{}},"times":0}"#).unwrap()), Err(FaultError::Never));
        assert_eq!(
            faults.add(read(r#"{"kind":{"refused":{"status":500,"code":1}}}"#).unwrap()),
            Err(FaultError::Status)
        );
    }
}
