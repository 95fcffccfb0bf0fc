//! Everything a turn may ask for. Effects are data; `service::apply` turns them into rows.

use uuid::Uuid;

use super::{
    consent::{ConsentKind, ConsentMethod},
    language::Reply,
    profile::{answer::ProfileValue, question::Asked},
    purse::{Change, sale::SaleRecord},
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
        /// The keyword that did it; `None`: an invitation.
        keyword_id: Option<Uuid>,
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
    /// Keep what happened to the member's purse, with the ledger's entries for it.
    Post {
        /// The shop whose program it is.
        shop_id: Uuid,
        /// What happened.
        change: Box<Change>,
        /// The single-use code that did it, as what is kept of it.
        used_code: Option<String>,
    },
    /// Keep a sale that had waited for the member.
    KeepSale {
        /// The shop.
        shop_id: Uuid,
        /// Our id of the sale.
        id: Uuid,
        /// What is written of it.
        record: Box<SaleRecord>,
    },
    /// The person answered a shop's invitation; what waited for them waits no longer.
    EndInvitation {
        /// The shop.
        shop_id: Uuid,
        /// Whether they said yes.
        is_accepted: bool,
    },
    /// Keep the member's own code to bring friends by.
    KeepReferralCode {
        /// The shop whose program it is for.
        shop_id: Uuid,
        /// The code.
        code: String,
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
    /// What happened to a purse.
    pub fn post(shop_id: Uuid, change: Change) -> Self {
        Self::Post { shop_id, change: Box::new(change), used_code: None }
    }

    /// Proof of consent that needs no further reason.
    pub fn record(kind: ConsentKind, method: ConsentMethod, shop_id: Option<Uuid>) -> Self {
        Self::Record { kind, method, shop_id, reason: None }
    }
}
