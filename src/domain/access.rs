//! Who may do what with a key.

use uuid::Uuid;

/// What somebody may do at a merchant; each may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Looks, and changes nothing; for people alone, never for keys.
    Viewer,
    /// Records sales and redeems vouchers.
    Staff,
    /// Also corrects: adjusts, merges, makes codes, sets keywords and programs.
    Manager,
    /// Also decides who may: keys, shops, webhooks, tills.
    Owner,
}

impl Role {
    /// All, the least first.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Staff, Self::Manager, Self::Owner];

    /// The word in tables and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Staff => "staff",
            Self::Manager => "manager",
            Self::Owner => "owner",
        }
    }

    /// Reads the word; `None` for another.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Reads the word of a role that a key may have; `None` for another.
    pub fn of_key(word: &str) -> Option<Self> {
        Self::from_word(word).filter(|role| *role > Self::Viewer)
    }
}

/// A key for the API, as far as a request needs to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Our id.
    pub id: Uuid,
    /// Whose it is.
    pub merchant_id: Uuid,
    /// The one shop it is for; `None`: all of the merchant's.
    pub shop_id: Option<Uuid>,
    /// What it may do.
    pub role: Role,
    /// What the merchant calls it; stands in the ledger as who did it.
    pub name: String,
}
