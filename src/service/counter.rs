//! The till's screen: what is recorded there, shown again as this till's last deeds, and undone within a minute. The orders
//! themselves are the till's ([`super::till`]); each comes under an id that its screen made, so that one whose answer was
//! lost is sent again and done once.

mod deed;

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

pub use deed::{Deed, Kept, Receipt, Undo};

use super::{
    batch::Queue,
    directory::LiveDirectory,
    till::{self, Done, NotDone, Once, Order, Taken, What, Whom},
    write::Write,
};
use crate::{
    domain::{
        program::sale::Sale,
        purse::{draw::typed, refund::Returned},
        shop::Shop,
    },
    store::{Store, StoreError},
};

/// How long a deed can be undone, in seconds.
pub const UNDO_SECONDS: i64 = 60;
/// So many more for the way here on a slow line.
const UNDO_GRACE_SECONDS: i64 = 10;
/// How old something may be that was entered while the line was lost, in days.
pub const LATE_DAYS_MAX: i64 = 30;
/// The most of the last deeds that are shown.
const DEEDS_SHOWN: u64 = 8;
/// For how long a till's deeds are shown, in hours.
const DEEDS_SHOWN_HOURS: i64 = 24;

/// Whose deeds they are: those of a device or, where none is approved, of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// An approved device.
    Device(Uuid),
    /// Somebody who signed in by their password.
    Person(Uuid),
}

impl Place {
    fn id(self) -> Uuid {
        match self {
            Self::Device(id) | Self::Person(id) => id,
        }
    }

    /// Where deeds are kept as those of one phone of staff or, here, of one till.
    fn address(self) -> String {
        match self {
            Self::Device(id) => format!("till {id}"),
            Self::Person(id) => format!("person {id}"),
        }
    }
}

/// A till's screen at a shop.
#[derive(Clone, Copy)]
pub struct Counter<'a> {
    /// Where deeds are kept.
    pub store: &'a Store,
    /// Who is here.
    pub directory: &'a LiveDirectory,
    /// The way in for orders.
    pub writes: &'a Queue<Write>,
    /// The shop.
    pub shop: &'a Shop,
    /// Whose deeds they are.
    pub place: Place,
    /// Who does it, as it stands in the ledger.
    pub actor: &'a str,
    /// The time.
    pub now: DateTime<Utc>,
}

/// What can be recorded on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// A sale of this amount or, where it is nothing, a visit.
    Sale {
        /// Who bought.
        whom: Whom,
        /// In the smallest unit of the shop's currency.
        amount: i64,
        /// When.
        at: DateTime<Utc>,
        /// Whether somebody unknown is invited.
        invites: bool,
    },
    /// A voucher is redeemed, by its code.
    Voucher(String),
    /// A member's points buy a reward, which is handed over at once.
    Reward {
        /// The member.
        member_id: Uuid,
        /// Which reward.
        reward: String,
        /// How many points, where points are money.
        points: Option<i64>,
    },
    /// Somebody is invited, and nothing else.
    Invite(String),
}

/// Why a deed is not undone.
#[derive(Debug, thiserror::Error)]
pub enum NotUndone {
    /// This till has no such deed.
    #[error("there is no such deed here")]
    NoSuchDeed,
    /// Its minute is over.
    #[error("the minute is over")]
    TooLate,
    /// It cannot be taken back.
    #[error(transparent)]
    NotDone(#[from] NotDone),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Counter<'_> {
    /// Records something under the id that the screen gave it; the same id again changes nothing.
    ///
    /// # Errors
    /// Why it was not done; nothing has happened then.
    pub async fn record(&self, id: Uuid, what: Recorded) -> Result<Deed, NotDone> {
        let deed = match what {
            Recorded::Sale { whom, amount, at, invites } => {
                let sale_id = number(id);
                let sale = Sale { id: sale_id.clone(), amount, tax: 0, items: Vec::new(), payment: None, at };
                let taken = self.place(id, whom, What::Sale(sale), invites, None).await?;
                let receipt = Receipt { at: at.timestamp_millis(), ..receipt(&taken, self.now) };
                self.deed(id, "sale", &taken, sale_id, Kept { undo: Some(Undo::Sale(amount)), receipt })
            }
            Recorded::Voucher(code) => {
                let once = self.once(id, "redeem", &typed(&code));
                let taken = self.place(id, Whom::Holder, What::Redeem(code.clone()), false, Some(once)).await?;
                let voucher = redeemed(&taken);
                let receipt =
                    Receipt { reward: voucher.clone().map(|voucher| voucher.reward), ..receipt(&taken, self.now) };
                let kept = Kept { undo: voucher.map(|voucher| Undo::Redeemed(Box::new(voucher))), receipt };
                self.deed(id, "redeemed", &taken, typed(&code), kept)
            }
            Recorded::Reward { member_id, reward, points } => self.hand_over(id, member_id, reward, points).await?,
            Recorded::Invite(address) => {
                let taken = self.place(id, Whom::Address(address), What::Invite, true, None).await?;
                self.deed(id, "invited", &taken, String::new(), Kept { undo: None, receipt: receipt(&taken, self.now) })
            }
        };
        self.keep(&deed).await?;
        // One that was recorded before is shown as it is: it may be undone by now.
        let kept = self.find(deed.id).await?;
        Ok(kept.map_or(deed.clone(), |known| {
            let receipt = Receipt { is_repeat: deed.kept.receipt.is_repeat, ..known.kept.receipt };
            Deed { kept: Kept { receipt, ..known.kept }, ..known }
        }))
    }

    /// Buys a reward and redeems its voucher at once: the member stands at the counter.
    async fn hand_over(&self, id: Uuid, member_id: Uuid, reward: String, points: Option<i64>) -> Result<Deed, NotDone> {
        let once = self.once(id, "buy", &format!("{member_id} {reward} {points:?}"));
        let what = What::Issue { reward: reward.clone(), points };
        let taken = self.place(id, Whom::Member(member_id), what, false, Some(once)).await?;
        let issued = done(&taken).and_then(|done| done.issued.first().cloned()).ok_or(NotDone::NoSuchVoucher)?;
        let once = self.once(id, "redeem", &issued.code);
        let taken = self.place(id, Whom::Holder, What::Redeem(issued.code.clone()), false, Some(once)).await?;
        let voucher = redeemed(&taken).unwrap_or_else(|| issued.clone());
        let receipt = Receipt { reward: Some(reward), points: -issued.points, ..receipt(&taken, self.now) };
        let kept = Kept { undo: Some(Undo::Bought(Box::new(voucher))), receipt };
        Ok(self.deed(id, "bought", &taken, issued.code, kept))
    }

    /// Takes a deed of this till back.
    ///
    /// # Errors
    /// Why it was not; it stands then.
    pub async fn undo(&self, id: Uuid) -> Result<Deed, NotUndone> {
        let deed = self.find(id).await?.ok_or(NotUndone::NoSuchDeed)?;
        if deed.undone_at.is_some() {
            return Ok(deed);
        }
        let latest = deed.created_at + (UNDO_SECONDS + UNDO_GRACE_SECONDS) * 1_000;
        let undo =
            deed.kept.undo.clone().filter(|_| self.now.timestamp_millis() <= latest).ok_or(NotUndone::TooLate)?;
        match undo {
            Undo::Sale(_) => {
                let (sale_id, refund_id) = (deed.subject.clone(), "undo".to_owned());
                let what = What::Refund { sale_id, returned: Returned::All, refund_id };
                self.place(id, Whom::Holder, what, false, None).await?;
            }
            Undo::Redeemed(voucher) => self.reinstate(&deed, voucher).await?,
            Undo::Bought(voucher) => {
                let code = voucher.code.clone();
                self.reinstate(&deed, voucher).await?;
                let once = self.once(id, "cancel", &code);
                self.place(id, Whom::Holder, What::Cancel(code), false, Some(once)).await?;
            }
        }
        let now = self.now.timestamp_millis();
        let tx = self.store.begin().await?;
        match tx.undo_deed(id, now).await {
            // Twice at once: it is undone all the same.
            Ok(()) | Err(StoreError::Busy) => tx.commit().await?,
            Err(error) => return Err(error.into()),
        }
        Ok(Deed { undone_at: Some(now), ..deed })
    }

    async fn reinstate(&self, deed: &Deed, voucher: Box<crate::domain::purse::Voucher>) -> Result<(), NotDone> {
        let once = self.once(deed.id, "reinstate", &voucher.code);
        self.place(deed.id, Whom::Holder, What::Reinstate(voucher), false, Some(once)).await.map(drop)
    }

    /// A deed of this till.
    ///
    /// # Errors
    /// The store failed.
    pub async fn find(&self, id: Uuid) -> Result<Option<Deed>, StoreError> {
        let row = self.store.deed(self.shop.id, &self.place.address(), id).await?;
        row.map(Deed::read).transpose()
    }

    /// This till's last deeds, the latest first.
    ///
    /// # Errors
    /// The store failed.
    pub async fn last(&self) -> Result<Vec<Deed>, StoreError> {
        let since = (self.now - Duration::hours(DEEDS_SHOWN_HOURS)).timestamp_millis();
        let rows = self.store.deeds_at(self.shop.id, &self.place.address(), since, DEEDS_SHOWN).await?;
        rows.into_iter().map(Deed::read).collect()
    }

    async fn place(
        &self,
        id: Uuid,
        whom: Whom,
        what: What,
        invites: bool,
        once: Option<Once>,
    ) -> Result<Taken, NotDone> {
        let order = Order {
            shop_id: self.shop.id,
            whom,
            actor: self.actor.to_owned(),
            key: format!("{}:{}", self.place.id(), number(id)),
            what,
            invites,
        };
        till::place(self.writes, order, once, self.now).await
    }

    fn once(&self, id: Uuid, step: &str, fingerprint: &str) -> Once {
        let key = format!("{} {step}", number(id));
        Once { scope: self.place.id(), key, fingerprint: format!("{} {fingerprint}", self.shop.id) }
    }

    fn deed(&self, id: Uuid, kind: &str, taken: &Taken, subject: String, kept: Kept) -> Deed {
        Deed {
            id: Uuid::new_v5(&self.place.id(), id.as_bytes()),
            kind: kind.to_owned(),
            member_id: done(taken).map(|done| done.member_id),
            subject,
            kept,
            created_at: self.now.timestamp_millis(),
            undone_at: None,
        }
    }

    /// Keeps a deed; one that is kept already stays as it is.
    async fn keep(&self, deed: &Deed) -> Result<(), StoreError> {
        let row = deed.row(self.shop.id, self.place.address());
        let tx = self.store.begin().await?;
        tx.insert_deeds_once(&[row]).await?;
        tx.commit().await
    }
}

/// The number of a sale that a screen recorded, under its own id.
fn number(id: Uuid) -> String {
    format!("till-{id}")
}

fn done(taken: &Taken) -> Option<&Done> {
    match taken {
        Taken::Done(done) => Some(done),
        Taken::Waits { .. } => None,
    }
}

fn redeemed(taken: &Taken) -> Option<crate::domain::purse::Voucher> {
    done(taken).and_then(|done| done.redeemed.clone())
}

/// What is shown of an order afterwards.
fn receipt(taken: &Taken, now: DateTime<Utc>) -> Receipt {
    let at = now.timestamp_millis();
    match taken {
        Taken::Waits { until } => Receipt { at, waits_until: Some(until.timestamp_millis()), ..Receipt::default() },
        Taken::Done(done) => Receipt {
            at,
            points: done.award.points(),
            why: done.award.lines.iter().map(|line| (line.rule.clone(), line.points)).collect(),
            stamps: done.award.stamps.clone(),
            gifts: done.issued.iter().map(|voucher| voucher.reward.clone()).collect(),
            is_repeat: done.is_repeat,
            ..Receipt::default()
        },
    }
}
