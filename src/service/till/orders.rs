//! What can be ordered at the counter, and how it went.

use uuid::Uuid;

use crate::{
    domain::{
        program::{Program, award::Award, sale::Sale},
        purse::{
            Change, NotIssued, Purse, Voucher,
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
    /// The member's address.
    pub address: String,
    /// Who does it: `till`, or what staff are known by.
    pub actor: String,
    /// The same key again is the same order; sales and refunds have their own.
    pub key: String,
    /// What.
    pub what: What,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// What was earned.
    pub award: Award,
    /// Points that were taken back.
    pub taken_back: i64,
    /// Vouchers that were issued.
    pub issued: Vec<Voucher>,
    /// The purse afterwards.
    pub purse: Purse,
    /// The program's version that counts now.
    pub version: i32,
    /// Whether it had been done before.
    pub is_repeat: bool,
}

impl Done {
    pub(super) fn of(purse: &Purse, program: &Program) -> Self {
        let (award, issued) = (Award::default(), Vec::new());
        Self { award, taken_back: 0, issued, purse: purse.clone(), version: program.version, is_repeat: false }
    }

    pub(super) fn by(change: &Change, program: &Program) -> Self {
        Self { issued: change.issued.clone(), ..Self::of(&change.purse, program) }
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
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
