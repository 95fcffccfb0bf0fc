//! What can be ordered at the counter, and how it went.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    domain::{
        program::{award::Award, sale::Sale},
        purse::{
            NotIssued, Purse, Voucher,
            refund::{NotRefunded, Returned},
            sale::NotAdjusted,
        },
    },
    store::StoreError,
};

/// Something to be done for a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// At which shop.
    pub shop_id: Uuid,
    /// The member.
    pub whom: Whom,
    /// Who does it: `till`, or what staff are known by.
    pub actor: String,
    /// The same key again is the same order; sales and refunds have their own.
    pub key: String,
    /// What.
    pub what: What,
    /// Whether somebody unknown is invited by one text, and their sale waits for their YES.
    pub invites: bool,
}

/// For whom something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// The member with this address.
    Address(String),
    /// The member with this id.
    Member(Uuid),
    /// Whose the voucher or the sale is.
    Holder,
}

/// What must not be done twice, by the key that its sender gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// Whose key it is: the API key's id, or nil for the operator.
    pub scope: Uuid,
    /// The key.
    pub key: String,
    /// Of the request, so that another one under the same key is noticed.
    pub fingerprint: String,
}

/// What can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Record a sale or a visit.
    Sale(Sale),
    /// Take back a sale, or a part of it.
    Refund {
        /// The till's number for the sale.
        sale_id: String,
        /// What of it.
        returned: Returned,
        /// The till's number for the refund.
        refund_id: String,
    },
    /// Give or take points by hand.
    Adjust {
        /// How many; below zero takes.
        points: i64,
        /// Why.
        reason: String,
    },
    /// Record an action, by its rule.
    Action(String),
    /// Begin or prolong the paid membership.
    Prolong,
    /// Buy a reward.
    Issue {
        /// Which.
        reward: String,
        /// How many points, where points are money.
        points: Option<i64>,
    },
    /// Redeem a voucher, by its code.
    Redeem(String),
    /// Cancel a voucher, by its code.
    Cancel(String),
    /// Take back that a voucher was redeemed.
    Reinstate(Box<Voucher>),
    /// Nothing but an invitation, where the order invites.
    Invite,
}

impl What {
    /// The word of its cause in the ledger.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Sale(_) => "sale",
            Self::Refund { .. } => "refund",
            Self::Adjust { .. } => "adjusted",
            Self::Action(_) => "action",
            Self::Prolong => "membership",
            Self::Issue { .. } => "issued",
            Self::Redeem(_) => "redeemed",
            Self::Cancel(_) => "cancelled",
            Self::Reinstate(_) => "reinstated",
            Self::Invite => "invited",
        }
    }

    /// The code of the voucher that it is about.
    pub(super) fn voucher(&self) -> Option<&str> {
        match self {
            Self::Redeem(code) | Self::Cancel(code) => Some(code),
            Self::Reinstate(voucher) => Some(&voucher.code),
            _ => None,
        }
    }

    /// Our id of the sale that it is about.
    pub(super) fn sale_uuid(&self, shop_id: Uuid) -> Option<Uuid> {
        match self {
            Self::Sale(Sale { id, .. }) | Self::Refund { sale_id: id, .. } => Some(super::sale_uuid(shop_id, id)),
            _ => None,
        }
    }

    /// What there is not, where it is for whoever has it.
    pub(super) fn no_such_thing(&self) -> NotDone {
        match self {
            Self::Redeem(_) | Self::Cancel(_) | Self::Reinstate(_) => NotDone::NoSuchVoucher,
            Self::Refund { .. } => NotDone::NoSuchSale,
            _ => NotDone::NoSuchMember,
        }
    }

    /// Whether the order's key tells it from others of its kind.
    pub(super) fn is_keyed(&self) -> bool {
        matches!(self, Self::Adjust { .. } | Self::Action(_) | Self::Issue { .. })
    }

    pub(super) fn reason(&self) -> Option<&str> {
        match self {
            Self::Adjust { reason, .. } => Some(reason),
            _ => None,
        }
    }
}

/// How it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The member.
    pub member_id: Uuid,
    /// What they want to be called.
    pub first_name: Option<String>,
    /// What was earned.
    pub award: Award,
    /// Points that were taken back.
    pub taken_back: i64,
    /// Vouchers that were issued.
    pub issued: Vec<Voucher>,
    /// The voucher that was redeemed, as it was.
    #[serde(default)]
    pub redeemed: Option<Voucher>,
    /// The purse afterwards.
    pub purse: Purse,
    /// The program's version that counts now.
    pub version: i32,
    /// Whether it had been done before.
    pub is_repeat: bool,
}

/// What came of an order that was not refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taken {
    /// It was done.
    Done(Box<Done>),
    /// It waits for the YES of somebody who was invited.
    Waits {
        /// Until when.
        until: DateTime<Utc>,
    },
}

impl Taken {
    /// How it went, where it was done.
    pub fn done(self) -> Option<Done> {
        match self {
            Self::Done(done) => Some(*done),
            Self::Waits { .. } => None,
        }
    }
}

impl Done {
    pub(super) fn of(member_id: Uuid, first_name: Option<String>, purse: Purse, version: i32) -> Self {
        let (award, issued, redeemed) = (Award::default(), Vec::new(), None);
        Self { member_id, first_name, award, taken_back: 0, issued, redeemed, purse, version, is_repeat: false }
    }
}

/// How a voucher ended.
fn ended(state: &str) -> String {
    if state == "lapsed" { "has lapsed".to_owned() } else { format!("was {state} already") }
}

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// There is no such shop.
    #[error("there is no such shop")]
    NoSuchShop,
    /// Nobody with this phone belongs to the shop.
    #[error("nobody with this phone is a member of this shop; they can join by its keyword")]
    NoSuchMember,
    /// What no till can have sold.
    #[error("{0}")]
    NoSale(&'static str),
    /// The sale is another member's.
    #[error("this sale was recorded for another member; refund it there first")]
    SaleOfAnother,
    /// The sale is recorded with another amount.
    #[error(
        "this sale is recorded with another amount: {recorded}, not {given}; refund it, and record it anew under another number"
    )]
    OtherAmount {
        /// What it is recorded with.
        recorded: String,
        /// What is said now.
        given: String,
    },
    /// More money than was paid.
    #[error("only {0} of this sale is left to return")]
    TooMuch(String),
    /// There is no such sale of this member.
    #[error("this member has no such sale at this shop")]
    NoSuchSale,
    /// The program has no such action.
    #[error("the program has no action {0}")]
    NoSuchAction(String),
    /// The program has no paid membership.
    #[error("the program has no paid membership")]
    NoMembership,
    /// There is no such voucher.
    #[error("there is no voucher with this code")]
    NoSuchVoucher,
    /// It is somebody else's.
    #[error("this voucher belongs to another member")]
    NotTheirs,
    /// It has ended.
    #[error("this voucher {}", ended(.0))]
    VoucherEnded(String),
    /// The reward cannot be had.
    #[error(transparent)]
    NotIssued(#[from] NotIssued),
    /// The sale cannot be taken back.
    #[error(transparent)]
    NotRefunded(#[from] NotRefunded),
    /// The points cannot be taken.
    #[error(transparent)]
    NotAdjusted(#[from] NotAdjusted),
    /// The same key stands for another request.
    #[error("this Idempotency-Key was used for another request; use a new key for a new request")]
    KeyReused,
    /// The first request under this key is not done yet.
    #[error("the first request with this Idempotency-Key is still being worked on; ask again in a moment")]
    KeyRunning,
    /// Too many wait already.
    #[error("too much is waiting to be written; send it again in a moment")]
    QueueFull,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
