//! What became of a text, and why, in plain words: for whoever asks "why didn't I get it?".

pub mod replying;
pub mod silence;
mod step;
pub mod why;

pub use step::{Step, What};

/// What a provider's error number means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// This number cannot be texted, now or later: a landline, or none at all.
    Unreachable,
    /// The phone was off or out of reach.
    OutOfReach,
    /// The person has opted out with the carrier.
    OptedOut,
    /// Too fast, or too many waiting.
    TooFast,
    /// The provider's or a carrier's own trouble.
    Carrier,
    /// It may have been sent.
    Unclear,
    /// The provider refuses the account.
    Account,
    /// A setting at the provider forbids it.
    Setting,
    /// Our request was not one that the provider takes.
    Request,
    /// A filter stopped it for what it says or who sends it.
    Filtered,
    /// Nobody says why.
    Unknown,
    /// The provider refuses it for good.
    Refused,
}

impl Trouble {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Unreachable,
        Self::OutOfReach,
        Self::OptedOut,
        Self::TooFast,
        Self::Carrier,
        Self::Unclear,
        Self::Account,
        Self::Setting,
        Self::Request,
        Self::Filtered,
        Self::Unknown,
        Self::Refused,
    ];

    /// The word in the API.
    pub fn word(self) -> &'static str {
        self.described().0
    }

    /// What happened, in a sentence that whoever works at a shop understands.
    pub fn sentence(self) -> &'static str {
        self.described().1
    }

    fn described(self) -> (&'static str, &'static str) {
        match self {
            Self::Unreachable => {
                ("unreachable", "This number cannot receive texts: it may be a landline or out of service.")
            }
            Self::OutOfReach => ("out_of_reach", "The phone was off or out of reach."),
            Self::OptedOut => {
                ("opted_out", "The person has opted out with the carrier; only their own START undoes it.")
            }
            Self::TooFast => ("too_fast", "More texts were sent than the number may send at once."),
            Self::Carrier => ("carrier", "The provider or the carrier had trouble of its own."),
            Self::Unclear => ("unclear", "The provider did not say whether it took the text."),
            Self::Account => ("account", "The provider refuses the account; the operator must look at it."),
            Self::Setting => ("setting", "A setting at the provider forbids this text; the operator must look at it."),
            Self::Request => ("request", "The provider did not accept the request; the operator must look at it."),
            Self::Filtered => ("filtered", "A filter of the carrier stopped the text for its words or its sender."),
            Self::Unknown => ("unknown", "The carrier did not say why."),
            Self::Refused => ("refused", "The provider refuses this text for good."),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_trouble_has_a_word_and_a_sentence_of_its_own() {
        let words: BTreeSet<&str> = Trouble::ALL.map(Trouble::word).into();
        let sentences: BTreeSet<&str> = Trouble::ALL.map(Trouble::sentence).into();
        assert_eq!((words.len(), sentences.len()), (Trouble::ALL.len(), Trouble::ALL.len()));
        assert!(sentences.iter().all(|sentence| sentence.ends_with('.')));
    }
}
