//! The ledger on real databases: random histories from many threads at once, every balance the sum of its entries, nothing
//! posted twice, no voucher redeemed twice, and a refund of everything back at the start.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

mod harness;
mod ledger {
    pub mod clock;
    pub mod histories;
    pub mod moves;
    pub mod referrals;
    pub mod shop;
    pub mod vouchers;
}
