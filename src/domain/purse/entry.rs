//! A line of the ledger: so much moves from one book of a purse to another. What leaves one arrives in the other, so debit
//! equals credit by construction; entries are never changed, a correction is another entry.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Why.
    pub cause: Cause,
    /// Its place among the entries of the same cause, from 0: with the cause it makes the id.
    pub place: i64,
    /// Where it is taken from.
    pub from: Book,
    /// Where it goes.
    pub to: Book,
    /// The punch card whose stamps these are; `None` for points.
    pub card: Option<String>,
    /// How many, more than 0.
    pub amount: i64,
    /// The rule that gave it, or the reward it is for.
    pub rule: Option<String>,
    /// The version of the program that decided it.
    pub version: i32,
    /// When it happened, which may be before it was written down.
    pub at: DateTime<Utc>,
    /// At which shop.
    pub shop_id: Option<Uuid>,
    /// Who did it: `till`, `member`, `clock`, or what staff are known by.
    pub actor: String,
    /// What staff said why.
    pub reason: Option<String>,
}

impl Entry {
    /// Its id: the same cause of the same purse always gives the same.
    pub fn id(&self, purse_id: Uuid) -> Uuid {
        entry_id(purse_id, &self.cause, self.place)
    }
}

/// The id of an entry of this cause and place in a purse.
pub fn entry_id(purse_id: Uuid, cause: &Cause, place: i64) -> Uuid {
    beside(purse_id, &format!("{}:{}:{}", cause.kind, cause.id, place))
}

/// The id of what belongs to something, by its name: the same always has the same. It begins as the id of what it belongs to,
/// which is that one's time: what belongs to very many that are opened in a row then stands in a row, where chance would touch
/// another page of the index for each. (UUID version 8: RFC 9562, 5.8.)
pub fn beside(owner: Uuid, name: &str) -> Uuid {
    let mut bytes = Uuid::new_v5(&owner, name.as_bytes()).into_bytes();
    bytes[..6].copy_from_slice(&owner.as_bytes()[..6]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The kind of cause of what was held in another system.
pub const IMPORTED: &str = "imported";

/// Where points and stamps are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Book {
    /// Not with the member: where they come from, and where reversals go.
    Outside,
    /// Not to be spent yet.
    Pending,
    /// To be spent.
    Available,
    /// In a voucher.
    Locked,
    /// In a voucher that was redeemed, or on a full card.
    Spent,
    /// Lapsed.
    Lapsed,
}

impl Book {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Outside, Self::Pending, Self::Available, Self::Locked, Self::Spent, Self::Lapsed];

    /// The word in tables and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Pending => "pending",
            Self::Available => "available",
            Self::Locked => "locked",
            Self::Spent => "spent",
            Self::Lapsed => "lapsed",
        }
    }

    /// Reads the word; `None` for another.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|book| book.word() == word)
    }
}

/// Why something moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The word in tables and in the API.
    pub kind: &'static str,
    /// Which one: the id of the sale, the code of the voucher, the day.
    pub id: String,
}

impl Cause {
    /// A cause of a kind.
    pub fn new(kind: &'static str, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }

    /// Kind and id in one word, as vouchers and sales remember it.
    pub fn written(&self) -> String {
        format!("{}:{}", self.kind, self.id)
    }
}
