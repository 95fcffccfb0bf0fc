//! Everything a turn may ask for. Effects are data; `service::apply` turns them into rows.

use uuid::Uuid;

use super::{
    consent::{ConsentKind, ConsentMethod},
    language::Reply,
    profile::{answer::ProfileValue, question::Asked},
};

/// One thing that shall happen because of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Say something to the person who texted.
    Say {
        /// What to say.
        reply: Reply,
        /// For which shop, where it is for one.
        shop_id: Option<Uuid>,
    },
    /// Make the person a member of a shop, by a keyword; or bring back one who had left.
    Enrol {
        /// The shop.
        shop_id: Uuid,
        /// The keyword that did it.
        keyword_id: Uuid,
    },
    /// End the membership of one shop; the balance waits for their return.
    Leave {
        /// The shop.
        shop_id: Uuid,
    },
    /// Keep an answer in the member's profile.
    Answer {
        /// The shop that asked.
        shop_id: Uuid,
        /// Which of its questions.
        asked: Asked,
        /// The answer.
        value: ProfileValue,
    },
    /// Speak the turn's language from now on.
    SpeakLanguage,
    /// Write points to the ledger.
    Post {
        /// At which shop.
        shop_id: Uuid,
        /// How many; negative takes away.
        points: i64,
        /// Why; the entry's id derives from it, so that the same cause posts once.
        cause: Cause,
    },
    /// Keep proof of consent given, asked for or withdrawn. What is said in the same turn is kept as what was shown.
    Record {
        /// What happened.
        kind: ConsentKind,
        /// How it came about.
        method: ConsentMethod,
        /// For one shop, or for all on the sender.
        shop_id: Option<Uuid>,
        /// By which rule it was heard, where it was said in their own words.
        reason: Option<String>,
    },
    /// Take back what waits to be sent to this person.
    Withdraw,
}

impl Effect {
    /// Proof of consent that needs no further reason.
    pub fn record(kind: ConsentKind, method: ConsentMethod, shop_id: Option<Uuid>) -> Self {
        Self::Record { kind, method, shop_id, reason: None }
    }
}

/// Why points moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The shop's gift on joining, once for each enrolment.
    Welcome,
}

impl Cause {
    /// The word in tables and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
        }
    }
}
