//! What was done at a till, as it is kept for its screen: nothing in it names a person.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    domain::purse::Voucher,
    store::{StoreError, staff},
};

/// Something that was recorded at a till. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Our id.
    pub id: Uuid,
    /// `sale`, `redeemed`, `bought` or `invited`.
    pub kind: String,
    /// The member; `None` for somebody who was invited.
    pub member_id: Option<Uuid>,
    /// The sale's number, the voucher's code, or nothing.
    pub subject: String,
    /// What is kept of it.
    pub kept: Kept,
    /// When it was recorded.
    pub created_at: i64,
    /// When it was undone.
    pub undone_at: Option<i64>,
}

/// What is kept of a deed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Kept {
    /// What it takes to undo it.
    pub undo: Option<Undo>,
    /// What is shown of it.
    pub receipt: Receipt,
}

/// What it takes to undo a deed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undo {
    /// A sale of this amount; 0 for a visit.
    Sale(i64),
    /// The voucher as it was before it was redeemed.
    Redeemed(Box<Voucher>),
    /// The same of a reward that was bought and handed over at once.
    Bought(Box<Voucher>),
}

/// What is shown of a deed: what was earned and why.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Receipt {
    /// When it happened: earlier than it was recorded where the line was lost.
    pub at: i64,
    /// Points that were earned; below zero: spent.
    pub points: i64,
    /// The same rule by rule.
    pub why: Vec<(String, i64)>,
    /// Stamps by punch card.
    pub stamps: BTreeMap<String, i64>,
    /// Rewards that it brought.
    pub gifts: Vec<String>,
    /// The reward that was handed over.
    pub reward: Option<String>,
    /// Until when it waits for the YES of somebody who was invited.
    pub waits_until: Option<i64>,
    /// Whether it had been recorded before.
    #[serde(skip)]
    pub is_repeat: bool,
}

impl Deed {
    /// The amount of a sale; 0 for a visit.
    pub fn amount(&self) -> Option<i64> {
        match self.kept.undo {
            Some(Undo::Sale(amount)) => Some(amount),
            _ => None,
        }
    }

    /// Until when it can be undone (Unix milliseconds).
    pub fn undo_until(&self) -> Option<i64> {
        let can = self.undone_at.is_none() && self.kept.undo.is_some();
        can.then_some(self.created_at + super::UNDO_SECONDS * 1_000)
    }

    pub(super) fn read(row: staff::Deed) -> Result<Self, StoreError> {
        let staff::Deed { id, kind, member_id, subject, kept, created_at, undone_at, .. } = row;
        let corrupt = |error| StoreError::Corrupt(format!("staff_deed.kept: {error}"));
        let kept = serde_json::from_str(kept.as_deref().unwrap_or("{\"receipt\":{}}")).map_err(corrupt)?;
        let member_id = Some(member_id).filter(|id| !id.is_nil());
        Ok(Self { id, kind, member_id, subject, kept, created_at, undone_at })
    }

    pub(super) fn row(&self, shop_id: Uuid, address: String) -> staff::Deed {
        staff::Deed {
            id: self.id,
            shop_id,
            address,
            kind: self.kind.clone(),
            member_id: self.member_id.unwrap_or(Uuid::nil()),
            subject: self.subject.clone(),
            kept: serde_json::to_string(&self.kept).ok(),
            created_at: self.created_at,
            undone_at: None,
        }
    }
}
