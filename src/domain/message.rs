//! Texts that come in, texts that go out, and what the carrier says became of them.

use super::address::Address;

/// A text from a person's phone, as the provider handed it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbound {
    /// The provider's id for this text; the same id again is the same text again.
    pub provider_message_id: String,
    /// Who texted.
    pub from: Address,
    /// The sender (number, short code, agent) that was texted.
    pub to: Address,
    /// The messaging service through which it came, where the provider names one.
    pub service: Option<String>,
    /// What was typed; NUL replaced, otherwise untouched.
    pub body: String,
    /// Pictures and other attachments, by link.
    pub media: Vec<Media>,
    /// Set when the provider has already acted on and answered this text.
    pub opt_out_type: Option<OptOutType>,
    /// How many parts the text came in, as the provider counts.
    pub segments: u16,
}

/// An attachment of an inbound text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Media {
    /// Where the provider keeps it.
    pub url: String,
    /// Its MIME type, as the provider says.
    pub content_type: String,
}

/// What the provider's own opt-out handling made of a text (Twilio Advanced Opt-Out).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptOutType {
    /// The person opted out.
    Stop,
    /// The person opted in again.
    Start,
    /// The person asked for help.
    Help,
}

/// A text to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outbound {
    /// The sender's address.
    pub from: Address,
    /// The person's address.
    pub to: Address,
    /// What they will read.
    pub body: String,
    /// Where the provider reports what became of it.
    pub status_callback: String,
}

/// A delivery report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The provider's id of the text it speaks of.
    pub provider_message_id: String,
    /// The sender's address, where the provider names it.
    pub from: Option<Address>,
    /// The person's address, where the provider names it.
    pub to: Option<Address>,
    /// The messaging service that sent it, where the provider names one.
    pub service: Option<String>,
    /// What became of the text.
    pub status: DeliveryStatus,
    /// Why it failed, as the provider's number.
    pub error_code: Option<u32>,
    /// When the carrier was done with it, `YYMMDDhhmm` as the provider writes it; sorts as text.
    pub done_at: Option<String>,
}

/// The life of a sent text, in the provider's words but for the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryStatus {
    /// In a word we do not know.
    Unknown,
    /// Taken by a messaging service.
    Accepted,
    /// To be sent at a later time.
    Scheduled,
    /// Waiting for its turn.
    Queued,
    /// On its way to the carrier.
    Sending,
    /// Taken by the carrier.
    Sent,
    /// Some of it, or some of those it went to, was reached.
    PartiallyDelivered,
    /// On the phone.
    Delivered,
    /// The carrier could not deliver it.
    Undelivered,
    /// Never left the provider.
    Failed,
    /// Called back before it was sent.
    Canceled,
    /// Opened by the person.
    Read,
}

/// Every status with the provider's word for it.
const STATUS_WORDS: &[(DeliveryStatus, &str)] = &[
    (DeliveryStatus::Unknown, "unknown"),
    (DeliveryStatus::Accepted, "accepted"),
    (DeliveryStatus::Scheduled, "scheduled"),
    (DeliveryStatus::Queued, "queued"),
    (DeliveryStatus::Sending, "sending"),
    (DeliveryStatus::Sent, "sent"),
    (DeliveryStatus::PartiallyDelivered, "partially_delivered"),
    (DeliveryStatus::Delivered, "delivered"),
    (DeliveryStatus::Undelivered, "undelivered"),
    (DeliveryStatus::Failed, "failed"),
    (DeliveryStatus::Canceled, "canceled"),
    (DeliveryStatus::Read, "read"),
];

impl DeliveryStatus {
    /// Reads the provider's word; `None` for one we do not know.
    pub fn from_word(word: &str) -> Option<Self> {
        STATUS_WORDS.iter().find(|(_, known)| *known == word).map(|(status, _)| *status)
    }

    /// The provider's word.
    pub fn word(self) -> &'static str {
        STATUS_WORDS.iter().find(|(status, _)| *status == self).map_or("", |(_, word)| word)
    }

    /// How far along it is: receipts come in any order, and a lower rank never replaces a higher one.
    pub fn rank(self) -> i16 {
        match self {
            Self::Unknown => -1,
            Self::Accepted | Self::Scheduled => 0,
            Self::Queued => 1,
            Self::Sending => 2,
            Self::Sent => 3,
            Self::PartiallyDelivered => 4,
            Self::Delivered | Self::Undelivered | Self::Failed | Self::Canceled => 5,
            Self::Read => 6,
        }
    }
}
