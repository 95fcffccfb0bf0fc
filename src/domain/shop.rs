//! Shops, the senders they text from, and the keywords on their signs.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    address::Address,
    keyword::Phrase,
    language::Language,
    profile::{birthday::DateOrder, question::SignUpQuestions},
    telling::Telling,
};

/// A number, short code or agent from which shops text.
#[derive(Debug, Clone, PartialEq)]
pub struct Sender {
    /// Our id.
    pub id: Uuid,
    /// As the provider writes it.
    pub address: Address,
    /// The provider account it belongs to.
    pub account_id: Uuid,
    /// The merchant it is kept for; `None` when merchants share it.
    pub merchant_id: Option<Uuid>,
    /// The messaging service that sends for it, where there is one.
    pub service_sid: Option<String>,
    /// Its pace: how many texts a second the carrier takes from it.
    pub messages_per_second: f64,
    /// When it was added.
    pub created_at: DateTime<Utc>,
}

/// Where members earn; what it is called in every text.
#[derive(Debug, Clone, PartialEq)]
pub struct Shop {
    /// Our id.
    pub id: Uuid,
    /// Whose shop it is.
    pub merchant_id: Uuid,
    /// The sender it texts from.
    pub sender_id: Uuid,
    /// Its name as members know it.
    pub name: String,
    /// Its IANA time zone.
    pub time_zone: chrono_tz::Tz,
    /// The language it speaks to begin with.
    pub language: Language,
    /// ISO 4217 code.
    pub currency: String,
    /// How one joins.
    pub opt_in: OptIn,
    /// What a new member is given.
    pub welcome_points: i64,
    /// Whom HELP names: a phone number, e-mail address or URL.
    pub contact: String,
    /// Where terms and privacy are told; a web address, or empty.
    pub terms: String,
    /// How many texts a month a member is told to expect at most.
    pub messages_per_month: u16,
    /// What it asks a new member.
    pub sign_up: SignUpQuestions,
    /// In which order its members write dates.
    pub date_order: DateOrder,
    /// What it tells its members without having been asked.
    pub telling: Telling,
    /// The program its members earn in: one shared with other shops, or its own, which has the shop's id.
    pub program_id: Uuid,
    /// When it was added.
    pub created_at: DateTime<Utc>,
}

/// How a keyword makes a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptIn {
    /// The keyword enrols at once.
    Single,
    /// The keyword asks, YES enrols.
    Double,
}

impl OptIn {
    /// The word in tables and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Double => "double",
        }
    }

    /// Reads the word; `None` for another.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Single, Self::Double].into_iter().find(|opt_in| opt_in.word() == word)
    }
}

/// A phrase on a sign that makes members of one shop.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyword {
    /// Our id.
    pub id: Uuid,
    /// The shop one joins by it.
    pub shop_id: Uuid,
    /// The sender on which it is understood.
    pub sender_id: Uuid,
    /// What is on the sign.
    pub phrase: Phrase,
    /// Where it hangs, or which campaign it belongs to.
    pub source: Option<String>,
    /// The language that its sign is written in; `None`: the shop's.
    pub language: Option<Language>,
    /// Not understood before.
    pub starts_at: Option<DateTime<Utc>>,
    /// Not understood from then on.
    pub ends_at: Option<DateTime<Utc>>,
    /// When it was added.
    pub created_at: DateTime<Utc>,
}

/// From when and until when a keyword is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Season {
    starts_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
}

impl Season {
    /// Whether `now` is within it.
    pub fn includes(self, now: DateTime<Utc>) -> bool {
        self.starts_at.is_none_or(|start| start <= now) && self.ends_at.is_none_or(|end| now < end)
    }
}

impl Keyword {
    /// From when and until when it is understood.
    pub fn season(&self) -> Season {
        Season { starts_at: self.starts_at, ends_at: self.ends_at }
    }

    /// Whether it is understood at `now`.
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.season().includes(now)
    }

    /// Whether there is a moment at which both are understood.
    pub fn overlaps(&self, other: &Keyword) -> bool {
        let before = |end: Option<DateTime<Utc>>, start: Option<DateTime<Utc>>| {
            end.zip(start).is_some_and(|(end, start)| end <= start)
        };
        !before(self.ends_at, other.starts_at) && !before(other.ends_at, self.starts_at)
    }
}
